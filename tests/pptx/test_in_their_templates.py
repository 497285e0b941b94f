"""Slides in templates of others: one deck in a template with what real ones were seen to do to its text."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from theirs import layout, place, with_change

from builder.deck.lines import indent_at
from builder.errors import NOWHERE
from builder.pptx.template.colours import changed
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.contrast import contrast

from conftest import Book

LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'
CHAPTER = """# Chapter

{.slide}
## Section

[It never shares an **axis**.]{.statement}

:::::{columns}
:class: slide
::::{column} Left
- one
::::
::::{column} Right
- two
::::
:::::

{.slide}
## Points

- [A point]{.point}
"""


def lines_24_points_apart(presentation: Any) -> None:
    level = next(presentation.slide_master.element.iter(qn("p:titleStyle"))).find(qn("a:lvl1pPr"))
    apart = etree.SubElement(level, qn("a:lnSpc"))
    etree.SubElement(apart, qn("a:spcPts")).set("val", "2400")
    level.insert(0, apart)


def titles_at_the_right(presentation: Any) -> None:
    next(presentation.slide_master.element.iter(qn("p:titleStyle"))).find(qn("a:lvl1pPr")).set("algn", "r")


def subtitle_in_a_list(presentation: Any) -> None:
    mark = place(layout(presentation, "Title Slide"), "subTitle").element.find(f".//{qn('p:ph')}")
    mark.set("type", "body")


def headings_in_capitals(presentation: Any) -> None:
    for shape in layout(presentation, "Comparison").placeholders:
        for run in shape.element.iter(qn("a:defRPr")) if shape.placeholder_format.type == PP_PLACEHOLDER.BODY else ():
            run.set("cap", "all")


def all_of_them(presentation: Any) -> None:
    for change in (lines_24_points_apart, titles_at_the_right, subtitle_in_a_list, headings_in_capitals):
        change(presentation)


@pytest.fixture
def shapes(book: Book) -> dict[str, str]:
    """Names of shapes of a deck, with the number of their slide → their XML."""
    book.write("slides/theirs.pptx", with_change(all_of_them))
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    slides = Presentation(io.BytesIO((result.folder / "_build/slides/one.pptx").read_bytes())).slides
    return {
        f"{number} {shape.name}": etree.tostring(shape.element, encoding="unicode")
        for number, slide in enumerate(slides)
        for shape in slide.shapes
    }


def test_text_is_set_as_it_was_measured(shapes: dict[str, str]) -> None:
    """A sentence alone had lines 24 pt apart at 48 pt, a subtitle a bullet, heads of columns the indent of lists."""
    statement = next(xml for xml in shapes.values() if "never shares" in xml)
    assert re.search(r"<a:lnSpc><a:spcPct val=.100000.", statement)
    assert 'algn="l"' in statement  # as a question and a quotation, whose words stand below them
    assert "<a:buNone/>" in shapes["0 Subtitle"]
    assert all("<a:buNone/>" in shapes[name] for name in shapes if "Heading" in name)
    assert any("Heading" in name for name in shapes)
    foot = next(xml for name, xml in shapes.items() if "Footer" in name)
    assert "<a:lvl1pPr" in foot  # that of the master, which LibreOffice does not inherit


def test_tints_and_shades_are_those_of_office_programs() -> None:
    """The subtitle of their usual theme is a tint of black that cannot be read on white, and was taken for a darker
    one."""

    def of(name: str, share: int, colour: str) -> str:
        holder = etree.fromstring(f'<c xmlns:a="{A}"><a:{name} val="{share}"/></c>')
        return changed(colour, holder)[0]

    assert of("tint", 75000, "#000000") == "#898989"
    assert of("shade", 50000, "#ffffff") == "#bcbcbc"


A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def test_bullets_captions_and_panels_suit_the_ground(tmp_path: Any) -> None:
    """A red ground whose first accent is blue had bullets that nobody sees, a grey panel drew the eye."""
    colours = {"lt1": "EC3750", "accent1": "4472C4", "lt2": "808080", "accent6": "555555"}

    def painted(presentation: Any) -> None:
        theme = presentation.slide_master.part.part_related_by(THEME)
        root = etree.fromstring(theme.blob)
        for name, colour in colours.items():
            holder = root.find(f".//{qn(f'a:{name}')}")
            for child in list(holder):
                holder.remove(child)
            etree.SubElement(holder, qn("a:srgbClr")).set("val", colour)
        theme._blob = etree.tostring(root)

    (tmp_path / "theirs.pptx").write_bytes(with_change(painted))
    template = read_template(tmp_path / "theirs.pptx", NOWHERE)
    found = template.colours
    assert found["accent1_mark"] == found["dk1"]
    assert template.repainted["accent1_mark"] == "tx1"
    assert template.geometry.quiet == "tx1"
    assert contrast(found["lt2"], found["ground"]) < 1.8


THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"


@pytest.mark.parametrize("name", ["course", "hall", "plain"])
def test_points_of_ours_stand_as_far_in_as_they_are_measured(name: str) -> None:
    """Text of 30 pt stood 20 pt in, as text of 22 pt does, and its dashes touched their words."""
    geometry = read_template(BUILT_IN / f"{name}.pptx", NOWHERE).geometry
    assert geometry.inherits
    master = Presentation(str(BUILT_IN / f"{name}.pptx")).slide_master.element
    style = next(master.iter(qn("p:bodyStyle")))
    for level in (1, 2):
        own = style.find(qn(f"a:lvl{level}pPr"))
        assert int(own.get("marL")) / 12700 == pytest.approx(indent_at(level, geometry.sizes.body), abs=0.01)


def test_headings_of_columns_have_the_letters_that_were_measured(shapes: dict[str, str]) -> None:
    headings = [xml for name, xml in shapes.items() if re.search(r"Heading \d", name)]
    assert len(headings) == 2
    assert all('cap="none"' in xml for xml in headings)
