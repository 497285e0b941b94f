"""A book with every node: its words, its pictures, its structure tree."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from builder.book.margins import TextBlock, overruns
from builder.commands.cli import main

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tools"))
from compare_words import compare

SOURCE = Path(__file__).parent.parent / "books" / "kitchen-sink"
PICTURES = Path(__file__).parent.parent / "golden" / "kitchen-sink"
DOTS_PER_INCH = 40
DIFFERENT_PIXELS = 0.004
"""What part of a page may differ by more than a quarter of the scale from its reference: faces of other versions."""
WEB_ONLY = {"contents", "menu", "click", "show", "permalink"}


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kitchen")
    shutil.copytree(SOURCE, folder / "book", ignore=shutil.ignore_patterns("_build"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1760000000")
        patch.setenv("PATH", "/nowhere")  # no Graphviz and no Mermaid, wherever this runs
        assert main(["build", str(folder / "book"), "-o", str(folder / "out"), "--to", "html,pdf", "-q"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def printed(kitchen: Path) -> Path:
    return next((kitchen / "pdf").glob("*.pdf"))


def test_no_word_is_lost(kitchen: Path, printed: Path) -> None:
    total, missing = compare(kitchen / "html", printed)
    lost = {word: count for word, count in missing.items() if word not in WEB_ONLY}
    assert total > 700
    assert sum(lost.values()) / total < 0.03, sorted(lost)


def test_no_line_runs_into_the_margin(printed: Path) -> None:
    mm = 72 / 25.4
    block = TextBlock(22 * mm, 30 * mm, 25 * mm, 30 * mm, two_sided=True)
    assert list(overruns(printed.read_bytes(), block)) == []


def structure(node: pikepdf.Object, found: list[pikepdf.Object]) -> list[pikepdf.Object]:
    """All elements of a structure tree, in reading order (ISO 32000-1, 14.7)."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            structure(kid, found)
    return found


def attribute(element: pikepdf.Object, name: str) -> object:
    held = element.get("/A", [])
    for attributes in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(attributes, pikepdf.Dictionary) and name in attributes:
            return attributes[name]
    return None


def test_the_structure_tree_is_sound(printed: Path) -> None:
    with pikepdf.open(printed) as pdf:
        assert pdf.open_metadata().get("pdfuaid:part") == "1"
        elements = structure(pdf.Root.StructTreeRoot, [])
        kinds = [str(element["/S"]) for element in elements]
        levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        pictures = [element for element in elements if str(element["/S"]) in ("/Figure", "/Formula")]
        assert len(pictures) > 5
        assert [element for element in pictures if "/Alt" not in element] == []
        heads = [element for element in elements if str(element["/S"]) == "/TH"]
        assert len(heads) > 5
        assert [element for element in heads if attribute(element, "/Scope") is None] == []


def test_no_content_is_untagged(printed: Path) -> None:
    """Everything that is painted stands in a marked sequence, as content or as an artifact."""
    paints = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "BI"}
    with pikepdf.open(printed) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            depth = 0
            for _operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                assert depth > 0 or name not in paints, f"page {number}: {name} is not tagged"


def test_pages_look_as_they_did(printed: Path, request: pytest.FixtureRequest) -> None:
    """Each page against its reference picture; `pytest --regenerate` writes them anew, to be looked at."""
    document = pypdfium2.PdfDocument(printed)
    pages = [page.render(scale=DOTS_PER_INCH / 72).to_pil().convert("L") for page in document]
    if request.config.getoption("--regenerate"):
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        for number, page in enumerate(pages, start=1):
            page.quantize(16).save(PICTURES / f"page-{number:02d}.png", optimize=True)
    references = sorted(PICTURES.glob("page-*.png"))
    assert len(pages) == len(references)
    for page, reference in zip(pages, references, strict=True):
        difference = ImageChops.difference(page, Image.open(reference).convert("L"))
        differing = sum(difference.histogram()[64:]) / (page.width * page.height)
        assert differing <= DIFFERENT_PIXELS, f"{reference.name}: {differing:.2%} of the page differ"


@pytest.mark.slow
def test_the_extension_works_in_plain_sphinx(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("_build"))
    (folder / "conf.py").write_text((folder / "conf.py").read_text() + '\nextensions.append("builder")\n')
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "typstpdf", str(folder), str(tmp_path / "out")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "thekitchensink.pdf").exists()
