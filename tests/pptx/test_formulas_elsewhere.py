"""Formulas in programs that do not show Office math, or not well: LibreOffice leaves out those in text, draws all in black
and stretches them.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile

import pypdfium2
import pytest

from builder.pptx.package.namespaces import URIS

from conftest import Book

CHAPTER = """# One

{.slide}
## In text

[The identity $e^{i\\\\pi} + 1 = 0$ is known]{.point}.

{.slide}
## By itself

```{math}
:class: slide

\\\\frac{\\\\sqrt{\\\\pi}}{2}
```
""".replace("\\\\", "\\")


def needs(book: Book, template: str) -> list[list[str]]:
    """What the choices of each slide that has any require."""
    book.write(
        "slides/lectures.toml",
        f'[[lecture]]\nname = "chapter"\ntitle = "T"\ndocuments = ["chapter"]\ntemplate = "{template}"\n',
    )
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    with zipfile.ZipFile(book.folder / "_build/slides/chapter.pptx") as package:
        slides = [package.read(f"ppt/slides/slide{number}.xml").decode() for number in (2, 3)]
    return [re.findall(r'Requires="(.*?)"', slide) for slide in slides]


@pytest.mark.slow
def test_what_a_program_must_know_to_be_given_office_math(book: Book) -> None:
    assert needs(book, "plain") == [["a14 p14"], ["a14 p14"]]
    assert needs(book, "dark") == [["a14 p14"], ["a14 p14"]]


@pytest.mark.slow
@pytest.mark.parametrize("template", ["plain", "dark"])
def test_libreoffice_shows_every_formula(book: Book, template: str) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed here")
    needs(book, template)
    slides = book.folder / "_build/slides"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(book.folder / 'profile').as_uri()}", "--convert-to", "pdf", "--outdir", slides / "office", slides / "chapter.pptx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with pypdfium2.PdfDocument(slides / "office/chapter.pdf") as pdf:
        assert "+ 1 = 0 is known" in pdf[1].get_textpage().get_text_range()
        shown = pdf[2].render(scale=0.5).to_pil().convert("L")
    middle = shown.crop((shown.width // 3, shown.height // 4, 2 * shown.width // 3, 5 * shown.height // 6))
    darkest, lightest = middle.getextrema()
    assert lightest - darkest > 150


@pytest.mark.parametrize(
    ("formula", "runs"),
    [
        ("k_B T_{max}", [("k", ""), ("B", "-25000"), ("Tₘₐₓ", "")]),
        ("e^{-x/2}", [("e", ""), ("−x/2", "30000")]),
        ("a_1 b", [("a₁b", "")]),
    ],
)
def test_what_stands_below_and_above_the_line_does_so_where_no_formula_can_be_shown(
    book: Book, formula: str, runs: list[tuple[str, str]]
) -> None:
    result = book.build(f"# Chapter\n\n{{.slide}}\n## Heat\n\n[Words ${formula}$]{{.point}}.\n", "--to", "pptx")
    tree = result.deck().slides[-1].shapes._spTree
    fallback = next(tree.iter(f"{{{URIS['mc']}}}Fallback"), tree)
    found = [(run[-1].text, run[0].get("baseline", "")) for run in fallback.iter(f"{{{URIS['a']}}}r")]
    place = found.index(("Words ", "")) + 1
    assert found[place : place + len(runs)] == runs
