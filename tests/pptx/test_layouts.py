"""The layouts of a template are known by type, by name in several languages, by placeholders, by geometry."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from builder.commands.cli import main
from builder.errors import NOWHERE
from builder.pptx.package.conform import problems
from builder.pptx.package.package import Package
from builder.pptx.template.choice import match_layouts
from builder.pptx.template.layouts import kind_of
from builder.pptx.template.masters import TemplateFile, read_file
from builder.pptx.template.reading import read_template

from conftest import Book, titles

DEFAULT = Path(pptx.__file__).parent / "templates/default.pptx"
GERMAN = {
    "Title Slide": "Titelfolie", "Title and Content": "Titel und Inhalt", "Section Header": "Abschnittsüberschrift",
    "Comparison": "Vergleich", "Title Only": "Nur Titel", "Blank": "Leer",
}  # fmt: skip
SPECIAL = {"statement", "number", "question", "quote", "picture"}
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'


def template(change: Callable[[Any], None]) -> TemplateFile:
    """The library's template with each layout changed."""
    presentation = Presentation(io.BytesIO(DEFAULT.read_bytes()))
    for layout in presentation.slide_layouts:
        change(layout)
    out = io.BytesIO()
    presentation.save(out)
    return read_file(Package(out.getvalue()))


def untyped(layout: Any) -> None:
    layout.element.attrib.pop("type", None)


def crowded(layout: Any) -> None:
    """A layout as houses make them: no type, and a picture placeholder more."""
    untyped(layout)
    mark = layout.placeholders[-1].element.find(f".//{qn('p:ph')}")
    mark.set("type", "pic")


def test_by_type() -> None:
    found = match_layouts(template(lambda layout: None))
    assert (found["content"].name, found["content"].by) == ("Title and Content", "type")
    assert {role for role, match in found.items() if match.by != "type"} == SPECIAL


def test_by_placeholders_when_types_are_missing() -> None:
    def nameless(layout: Any) -> None:
        untyped(layout)
        layout.element.cSld.set("name", f"Our {layout.name}")

    found = match_layouts(template(nameless))
    assert {role: match.name.removeprefix("Our ") for role, match in found.items() if match.by == "placeholders"} == {
        "title": "Title Slide", "section": "Section Header", "content": "Title and Content",
        "comparison": "Comparison", "title_only": "Title Only", "blank": "Blank",
    }  # fmt: skip


def test_layouts_for_a_sentence_a_number_a_question_and_a_quotation_are_known_by_name() -> None:
    """`Quote with Caption` is Office's, `BIG_NUMBER` that of Google Slides, `Aussage` a German Keynote's."""
    names = {"Two Content": "Quote with Caption", "Comparison": "BIG_NUMBER", "Section Header": "Aussage"}

    def renamed(layout: Any) -> None:
        untyped(layout)
        layout.element.cSld.set("name", names.get(layout.name, layout.name))
        if layout.name == "Aussage":
            body = next(shape for shape in layout.placeholders if shape.placeholder_format.idx == 1)
            body.element.getparent().remove(body.element)

    found = match_layouts(template(renamed))
    assert {role: found[role].name for role in ("quote", "number", "statement")} == {
        "quote": "Quote with Caption", "number": "BIG_NUMBER", "statement": "Aussage",
    }  # fmt: skip


def test_where_a_template_has_no_such_layout_the_one_with_a_title_alone_stands_in(book: Book) -> None:
    template = read_template(DEFAULT, NOWHERE)
    assert {template.matches[role].name for role in SPECIAL} == {"Title Only"}
    assert template.geometry.lacking == SPECIAL


def test_a_place_with_a_name_of_its_own_is_no_place_for_text() -> None:
    """Author or section: a slide's text never stands there, and the place is found by its name."""
    presentation = Presentation(io.BytesIO(DEFAULT.read_bytes()))
    body = presentation.slide_layouts[0].placeholders[1]
    body.element.find(f".//{qn('p:ph')}").set("type", "body")
    body.name = "Author"
    assert kind_of(body) == "author"


def test_by_name_in_another_language() -> None:
    def german(layout: Any) -> None:
        crowded(layout)
        layout.element.cSld.set("name", GERMAN.get(layout.name, "Anderes"))

    found = match_layouts(template(german))
    assert (found["content"].name, found["content"].by) == ("Titel und Inhalt", "name")
    assert (found["title_only"].name, found["title_only"].by) == ("Nur Titel", "name")


def test_by_geometry_when_nothing_else_tells() -> None:
    def nameless(layout: Any) -> None:
        crowded(layout)
        layout.element.cSld.set("name", "Layout")

    found = match_layouts(template(nameless))
    assert found["content"].by == "geometry"


def test_another_layout_stands_in(book: Book) -> None:
    presentation = Presentation(io.BytesIO(DEFAULT.read_bytes()))
    layouts = presentation.slide_layouts
    for name in ("Section Header", "Title Only"):
        layouts.remove(next(layout for layout in layouts if layout.name == name))
    for layout in layouts:
        if layout.name not in ("Title Slide", "Title and Content", "Blank"):
            layout.element.set("type", "cust")
    out = io.BytesIO()
    presentation.save(out)
    book.write("slides/theirs.pptx", out.getvalue())
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(
        "# One\n\n{.slide}\n## A section\n\n{.slide}\n## Table\n\n{.slide}\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert result.status == 0, result.errors
    assert "A section" in titles(result.deck("one"))
    assert problems(result.pptx("one")) == []


def test_text_has_the_size_that_was_measured_in_a_template_of_other_sizes(book: Book) -> None:
    book.write("slides/theirs.pptx", DEFAULT.read_bytes())
    book.write("slides/lectures.toml", LECTURE)
    deck = book.build("# One\n\n- A point\n  - Below it\n").deck("one")
    sizes = [run.font.size.pt for p in deck.slides[1].placeholders[1].text_frame.paragraphs for run in p.runs]
    assert sizes[0] > sizes[1] >= 18
    assert deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt <= 40


def test_text_inherits_from_our_own_template(book: Book) -> None:
    points = "".join(f"- A point that is long enough for a line of its slide, with number {n}\n" for n in range(9))
    deck = book.build(f"# One\n\n{points}").deck()
    assert deck.slides[1].placeholders[1].text_frame.paragraphs[0].runs[0].font.size is None


def test_text_stands_in_the_place_that_the_layout_has_for_it(book: Book) -> None:
    presentation = Presentation(io.BytesIO(DEFAULT.read_bytes()))
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            mark = shape.element.find(f".//{qn('p:ph')}")
            if mark.get("idx") == "1" and mark.get("type") is None:
                mark.set("idx", "14")
    out = io.BytesIO()
    presentation.save(out)
    book.write("slides/theirs.pptx", out.getvalue())
    book.write("slides/lectures.toml", LECTURE)
    deck = book.build("# One\n\n- A point\n").deck("one")
    assert [shape.placeholder_format.idx for shape in deck.slides[1].placeholders if shape.text == "A point"] == [14]


def test_check_of_a_deck(book: Book, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    book.build("# One\n\n- A point\n")
    deck = book.folder / "_build" / "slides" / "chapter.pptx"
    assert main(["check", str(deck)]) == 0
    assert "opens everywhere" in capfd.readouterr().out
    assert main(["check", str(DEFAULT)]) == 1
    broken = tmp_path / "broken.pptx"
    broken.write_bytes(b"no deck")
    assert main(["check", str(broken)]) == 1
    assert "is not a .pptx file" in capfd.readouterr().err


PRESENTATIONS = Path("/usr/lib/libreoffice/share/template/common/presnt")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Beehive", "Candy", "Focus", "Vivid"])
def test_templates_of_libreoffice(book: Book, name: str) -> None:
    if shutil.which("soffice") is None or not (PRESENTATIONS / f"{name}.otp").is_file():
        pytest.skip("LibreOffice Impress with its templates is not installed")
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pptx", "--outdir", book.folder / "slides", PRESENTATIONS / f"{name}.otp"],
        check=True, capture_output=True, timeout=120,
        env={"HOME": str(book.folder), "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )  # fmt: skip
    book.write("slides/lectures.toml", LECTURE.replace("theirs", name))
    book.write(
        "picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2"/></svg>'
    )
    result = book.build("# One\n\n- A point\n\n:::{figure} picture.svg\n:alt: A box\n\nA caption\n:::\n")
    assert result.status == 0, result.errors
    assert problems(result.pptx("one")) == []
