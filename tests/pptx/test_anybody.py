"""Templates of anybody: of each kind that real ones show a small one, and what becomes of it."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Pt
from tests.pdf_text import pages_of
from theirs import drawn, layout, place, reader, with_change, without

from builder.commands.cli import main
from builder.errors import AuthorError
from builder.pptx.template.colours import preset
from builder.pptx.template.reading import Template
from builder.pptx.template.writable import FixedLayout, all_layouts, opened
from builder.pptx.write import column_placeholders
from builder.typeset.contrast import contrast

from conftest import Book

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
GREY = f'<a:solidFill xmlns:a="{A}"><a:srgbClr val="888888"/></a:solidFill>'


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Template]:
    return reader(tmp_path)


# --- which layouts are taken


def test_text_that_runs_from_top_to_bottom_serves_for_nothing(read: Callable[..., Template]) -> None:
    """Houses without a title layout had their decks opened by `Vertical Title and Text`."""
    found = read(lambda p: without(p, "Title Slide", "Section Header")).matches
    assert found["title"].name == found["section"].name == "Title and Content"
    assert not any("Vertical" in match.name for match in found.values())


def test_a_layout_that_is_called_after_another_kind_of_slide_is_not_taken_for_its_placeholders(
    read: Callable[..., Template],
) -> None:
    def renamed(presentation: Any) -> None:
        for one in presentation.slide_layouts:
            one.element.attrib.pop("type", None)
        layout(presentation, "Section Header").element.cSld.set("name", "1_Title and Content")
        layout(presentation, "Title and Content").element.cSld.set("name", "Title and Content")

    found = read(renamed).matches
    assert (found["section"].name, found["section"].by) == ("Title Slide", "stand-in")


def test_slides_of_content_stand_on_one_ground(read: Callable[..., Template]) -> None:
    """A black variant of `Title Only` beside a white `Title and Content`: a deck changed between both."""

    def black(presentation: Any) -> None:
        fill = layout(presentation, "Title Only").background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor(0, 0, 0)

    assert read(black).matches["title_only"].name == "Title and Content"


def test_titles_of_one_deck_stand_in_one_place(read: Callable[..., Template]) -> None:
    def lower(presentation: Any) -> None:
        title = place(layout(presentation, "Title Only"), "title")
        title.left, title.top, title.width, title.height = Pt(200), Pt(250), Pt(400), Pt(90)

    assert read(lower).matches["title_only"].name == "Title and Content"


def test_a_template_without_a_layout_for_content_has_its_titles_alone_serve(read: Callable[..., Template]) -> None:
    def only(presentation: Any) -> None:
        without(presentation, *(one.name for one in presentation.slide_layouts if one.name != "Title Only"))

    template = read(only)
    assert template.matches["content"].by == "stand-in"
    assert template.geometry.content.height > 300


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Blank",), "no layout of it has a place for a title (it has 'Blank'). In PowerPoint: View > Slide Master"),
        (("Vertical Title and Text",), "runs from top to bottom"),
    ],
)
def test_one_that_cannot_serve_is_refused_with_what_to_change(
    read: Callable[..., Template], names: tuple[str, ...], expected: str
) -> None:
    def only(presentation: Any) -> None:
        without(presentation, *(one.name for one in presentation.slide_layouts if one.name not in names))

    with pytest.raises(AuthorError, match="cannot be used") as error:
        read(only)
    assert expected in error.value.message


def test_slides_like_stamps_are_refused(read: Callable[..., Template]) -> None:
    def small(presentation: Any) -> None:
        presentation.slide_width, presentation.slide_height = Pt(150), Pt(90)

    with pytest.raises(AuthorError, match="too small for text that a room can read"):
        read(small)


# --- where things go


def test_content_is_beside_what_the_template_draws(read: Callable[..., Template]) -> None:
    """A logo at the right of the foot: nothing of ours lies on it."""
    area = read(lambda p: drawn(p, (600, 430, 100, 60))).geometry.content
    assert area.bottom <= 430 or area.x + area.width <= 600


def test_a_box_that_grows_with_its_text_has_the_room_below_the_title(read: Callable[..., Template]) -> None:
    def growing(presentation: Any) -> None:
        body = place(layout(presentation, "Title and Content"), "obj")
        body.left, body.top, body.width, body.height = Pt(36), Pt(130), Pt(640), Pt(50)
        properties = body.element.find(f".//{qn('a:bodyPr')}")
        etree.SubElement(properties, qn("a:spAutoFit"))

    assert read(growing).geometry.content.height > 300


def test_places_without_a_size_have_usual_ones(read: Callable[..., Template]) -> None:
    def nowhere(presentation: Any) -> None:
        for of in (presentation.slide_master, layout(presentation, "Title and Content")):
            for shape in of.placeholders:
                for frame in list(shape.element.iter(qn("a:xfrm"))):
                    frame.getparent().remove(frame)

    geometry = read(nowhere).geometry
    assert geometry.title.bottom <= geometry.content.y
    assert geometry.content.width > 600
    assert geometry.title_look("content").moved


def test_a_title_and_content_that_lie_on_each_other_share_the_place(read: Callable[..., Template]) -> None:
    def stacked(presentation: Any) -> None:
        for shape in layout(presentation, "Title and Content").placeholders:
            shape.left, shape.top, shape.width, shape.height = Pt(72), Pt(72), Pt(500), Pt(300)

    geometry = read(stacked).geometry
    assert geometry.title.bottom <= geometry.content.y
    assert geometry.content.height > 150
    assert geometry.title_look("content").moved


def test_a_low_title_has_smaller_type_and_advice(read: Callable[..., Template]) -> None:
    def low(presentation: Any) -> None:
        drawn(presentation, (0, 0, 720, 30))
        title = place(layout(presentation, "Title and Content"), "title")
        title.left, title.top, title.width, title.height = Pt(10), Pt(2), Pt(700), Pt(26)

    geometry = read(low).geometry
    assert geometry.title.bottom <= 31
    assert geometry.sizes.title_floor < 20
    assert "in the template theirs.pptx is" in geometry.advice["title"]


def test_titles_stand_above_a_rule_that_runs_through_their_place(read: Callable[..., Template]) -> None:
    """Titles of two lines were struck through."""
    usual = read(lambda _: None).geometry.title
    title = read(lambda p: drawn(p, (0, usual.bottom - 20, 720, 2))).geometry.title
    assert title.y == usual.y
    assert title.bottom == pytest.approx(usual.bottom - 20, abs=0.01)


def test_titles_end_beside_a_logo(read: Callable[..., Template]) -> None:
    def logo(presentation: Any) -> None:
        drawn(presentation, (600, 20, 100, 80))

    def on_a_band(presentation: Any) -> None:
        logo(presentation)
        drawn(presentation, (0, 0, 720, 120), fill="FFFFFF")

    usual = read(lambda _: None).geometry.title
    assert usual.x + usual.width > 640
    beside = read(logo).geometry.title
    assert 590 <= beside.x + beside.width <= 600
    assert read(on_a_band).geometry.title.width == usual.width  # what lies below the band is not seen


def test_a_place_that_leaves_the_slide_ends_at_a_margin(read: Callable[..., Template]) -> None:
    def narrow(presentation: Any) -> None:
        presentation.slide_width = Pt(500)

    content = read(narrow).geometry.content
    assert content.x + content.width == pytest.approx(475)


def test_a_type_that_most_layouts_bear_says_nothing_where_some_have_no_title(read: Callable[..., Template]) -> None:
    """Keynote exports all layouts as `tx`: slides had the layout of a photograph."""

    def keynote(presentation: Any) -> None:
        for one in presentation.slide_layouts:
            one.element.set("type", "tx")
        layout(presentation, "Picture with Caption").element.cSld.set("name", "Photo - Horizontal")
        layouts = presentation.slide_layouts._sldLayoutIdLst
        layouts.insert(0, layouts[8])

    found = read(keynote).matches
    assert (found["content"].name, found["content"].by) == ("Title and Content", "name")
    assert found["title_only"].name == "Title Only"


def test_the_minutes_of_a_question_are_on_its_slide_once(read: Callable[..., Template]) -> None:
    """A layout for titles that has a place for a heading above them showed them there too."""

    def with_heading(presentation: Any) -> None:
        heading = place(layout(presentation, "Section Header"), "body").element
        layout(presentation, "Title Only").shapes._spTree.append(copy.deepcopy(heading))

    look = read(with_heading).geometry.looks["question"]
    assert "title" in look.texts
    assert "extra" not in look.texts


def test_columns_have_their_own_places_whose_edges_differ(read: Callable[..., Template]) -> None:
    """Headings that begin further in than their text had the text of the column in their place."""

    def further_in(presentation: Any) -> None:
        for shape in layout(presentation, "Comparison").placeholders:
            if shape.element.find(f".//{qn('p:ph')}").get("type") == "body":
                shape.left, shape.width = shape.left + Pt(40), shape.width - Pt(80)

    template = read(further_in)
    found = Presentation(io.BytesIO(template.content)).slide_layouts
    comparison = FixedLayout(next(one for one in found if one.name == "Comparison"))
    order = [re.search(r'idx="(\d+)"', mark).group(1) for mark in column_placeholders(comparison, "en")]
    assert order == ["1", "2", "3", "4"]
    order = [re.search(r'idx="(\d+)"', mark).group(1) for mark in column_placeholders(comparison, "ar")]
    assert order == ["3", "4", "1", "2"]


def test_tables_are_in_pages_what_powerpoint_makes_of_its_usual_style(read: Callable[..., Template]) -> None:
    """The tints are those that PowerPoint shows for the accent `4F81BD`."""
    table = read(lambda _: None).geometry.table
    assert (table.others, table.band, table.ink, table.grid) == ("#d0d8e8", "#e9edf4", "#000000", "#ffffff")
    assert read(dark).geometry.table.ink == "#000000"  # rows stay light where slides are dark


def test_links_can_be_read_on_panels(read: Callable[..., Template]) -> None:
    found = read(dark).colours
    assert contrast(found["hlink"], found["ground"]) >= 4.5
    assert contrast(found["hlink"], found["lt2"]) >= 4.5


def test_the_strip_of_progress_gives_way(read: Callable[..., Template]) -> None:
    bar = read(lambda p: drawn(p, (0, 490, 720, 50))).geometry
    assert bar.strip is None or bar.strip.bottom <= 490
    assert read(lambda p: None).geometry.strip is not None


# --- how text is set


def test_content_and_the_strip_of_progress_keep_off_a_bar_that_is_painted_on_the_ground(
    read: Callable[..., Template],
) -> None:
    """The last line of a slide stood on its upper edge, and the strip half on the bar, half on white."""

    def painted(presentation: Any) -> None:
        picture = Image.new("RGB", (720, 540), "white")
        picture.paste((240, 130, 20), (0, 470, 720, 500))
        out = io.BytesIO()
        picture.save(out, "PNG")
        slide = presentation.slides.add_slide(layout(presentation, "Blank"))
        shape = slide.shapes.add_picture(out, 0, 0, Pt(720), Pt(540))
        _, embedded = presentation.slide_master.part.get_or_add_image_part(out)
        shape._element.blipFill.blip.set(qn("r:embed"), embedded)
        presentation.slide_master.shapes._spTree.insert(2, shape._element)

    geometry = read(painted).geometry
    assert 450 < geometry.content.bottom <= 466
    assert geometry.strip is None or geometry.strip.bottom < 467 or geometry.strip.y > 503


def test_the_strip_of_progress_is_rather_higher_than_half_as_wide(read: Callable[..., Template]) -> None:
    """A slide's number in the middle of the foot left it the half at the right."""
    strip = read(lambda p: drawn(p, (300, 520, 120, 15))).geometry.strip
    assert strip is not None
    assert strip.bottom <= 520
    assert strip.width > 0.9 * read(lambda _: None).geometry.title.width


def test_text_that_is_centred_and_in_italics_by_default_is_not_on_slides(read: Callable[..., Template]) -> None:
    def slanted(presentation: Any) -> None:
        for style in presentation.element.iter(qn("p:defaultTextStyle")):
            for level in style.iter(qn("a:lvl1pPr")):
                level.set("algn", "ctr")
                level.find(qn("a:defRPr")).set("i", "1")

    assert 'algn="l"' in read(slanted).styles.box
    assert 'i="0"' in read(slanted).styles.box
    assert read(lambda p: None).styles.box == ""


def test_capitals_and_columns_of_a_place_for_text_are_taken_back(read: Callable[..., Template]) -> None:
    def capitals(presentation: Any) -> None:
        for level in presentation.slide_master.element.iter(qn("a:lvl1pPr")):
            if level.getparent().tag == qn("p:bodyStyle"):
                level.find(qn("a:defRPr")).set("cap", "all")
        place(presentation.slide_master, "body").element.find(f".//{qn('a:bodyPr')}").set("numCol", "2")

    styles = read(capitals).styles
    assert 'cap="none"' in styles.text
    assert 'numCol="1"' in styles.body


# --- colours


def dark(presentation: Any) -> None:
    """A dark rectangle over the slide, whatever the theme says."""
    drawn(presentation, (0, 0, 720, 540), fill="101820")


def test_text_is_read_on_the_ground_that_there_is(read: Callable[..., Template]) -> None:
    template = read(dark)
    assert template.repainted["tx1"] == template.colours["dk1"]
    for name, below in (("dk1", "ground"), ("dk1", "lt2"), ("accent1_text", "lt2"), ("hlink", "ground")):
        assert contrast(template.colours[name], template.colours[below]) >= 4.5, name
    assert contrast(template.geometry.title_look("content").colour, "#101820") >= 3


def test_colours_that_can_be_read_stay(read: Callable[..., Template]) -> None:
    found = read(lambda p: None).repainted
    assert {name for name in found if not name.endswith(("_text", "_mark"))} == set()
    assert (found["accent1_mark"], found["accent6_mark"]) == ("accent1", "accent6")


def test_a_title_on_a_fill_of_its_own_has_a_colour_for_it(read: Callable[..., Template]) -> None:
    def filled(presentation: Any) -> None:
        title = place(layout(presentation, "Title and Content"), "title")
        title.fill.solid()
        title.fill.fore_color.rgb = RGBColor(0x20, 0x20, 0x20)

    look = read(filled).geometry.title_look("content")
    assert look.fill == "#202020"
    assert contrast(look.colour, look.fill) >= 3


def test_slides_have_the_map_of_colours_of_their_layout(read: Callable[..., Template]) -> None:
    """White letters on black by `overrideClrMapping`: a slide that names its master's map has black ones there."""
    turned = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}

    def override(presentation: Any) -> None:
        content = layout(presentation, "Title and Content").element
        found = content.find(qn("p:clrMapOvr"))
        found.remove(found[0])
        master = presentation.slide_master.element.find(qn("p:clrMap"))
        etree.SubElement(found, qn("a:overrideClrMapping"), {**master.attrib, **turned})

    template = read(override)
    fixed = FixedLayout(all_layouts(template.open())[template.layouts["content"]])
    assert 'bg1="dk1"' in fixed.colour_map
    assert 'tx1="lt1"' in fixed.colour_map


# --- what the PDF shows of it


def test_a_ground_that_is_partly_seen_through_is_as_light_as_it_is_shown(read: Callable[..., Template]) -> None:
    def through(presentation: Any) -> None:
        fill = presentation.slide_master.background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string("FF6600")
        etree.SubElement(fill._xPr.find(f".//{qn('a:srgbClr')}"), qn("a:alpha")).set("val", "20000")

    assert read(through).geometry.look("content").background == "#ffe0cc"


@pytest.mark.parametrize(("name", "colour"), [("dkBlue", "#00008b"), ("ltGray", "#d3d3d3"), ("red", "#ff0000")])
def test_colours_by_name_are_what_they_are(name: str, colour: str) -> None:
    """All but six of the hundred and forty were black."""
    assert preset(name) == colour


def test_words_of_the_master_stand_on_each_slide(read: Callable[..., Template]) -> None:
    look = read(lambda p: drawn(p, (0, 500, 720, 40), "University of Somewhere")).geometry.look("content")
    assert [words for _place, words in look.words] == ["University of Somewhere"]


def test_preset_shapes_are_drawn_as_what_they_are(read: Callable[..., Template]) -> None:
    def chevron(presentation: Any) -> None:
        shape = drawn(presentation, (0, 500, 100, 40))
        shape._element.find(f".//{qn('a:prstGeom')}").set("prst", "chevron")

    assert "L80.00 500.00 L100.00 520.00" in read(chevron).geometry.look("content").drawing


def test_a_mirrored_shape_is_drawn_mirrored(read: Callable[..., Template]) -> None:
    def mirrored(presentation: Any) -> None:
        shape = drawn(presentation, (0, 500, 100, 40))
        shape._element.find(f".//{qn('a:xfrm')}").set("flipH", "1")

    assert "scale(-1 1)" in read(mirrored).geometry.look("content").drawing


# --- what ``builder check --template`` says


def test_check_says_what_a_template_gives_and_draws_each_kind_of_slide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--template", "plain"]) == 0
    out = capsys.readouterr().out
    assert "content     Title and Content (by type)" in out
    assert "13.33 × 7.50 in, font Arial" in out
    assert str(tmp_path / "_build/templates/plain.pdf") in out
    shown = " ".join(pages_of(tmp_path / "_build/templates/plain.pdf"))
    for kind in ("title", "section", "content", "statement", "number", "question", "title only", "comparison"):
        assert f"{kind}: layout" in shown, kind


@pytest.mark.slow
def test_check_says_what_gives_way_and_what_could_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "theirs.pptx").write_bytes(with_change(dark))
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--template", "theirs.pptx"]) == 0
    out = capsys.readouterr().out
    assert "contrast: text stand in" in out
    assert "text: 32 pt in the template, too large for sentences: 24 pt is where slides begin" in out
    assert "the font 'Calibri' is not here" in out


def test_check_says_which_text_stands_on_a_drawing_of_its_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dark logo in the middle of the place for dark titles."""
    (tmp_path / "theirs.pptx").write_bytes(with_change(lambda p: drawn(p, (300, 30, 80, 60), fill="101010")))
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--template", "theirs.pptx"]) == 0
    out = capsys.readouterr().out
    assert "hidden: the title of content slides stands on a drawing that swallows its letters on" in out
    assert "hidden: the content" not in out


def test_a_title_of_large_type_has_no_less_contrast(read: Callable[..., Template]) -> None:
    def grey(presentation: Any) -> None:
        style = presentation.slide_master.element.find(f".//{qn('p:titleStyle')}//{qn('a:defRPr')}")
        style.replace(style.find(qn("a:solidFill")), etree.fromstring(GREY))

    title = read(grey).geometry.looks["content"].texts["title"]
    assert title.repainted
    assert contrast(title.colour, "#ffffff") >= 4.5


def test_the_number_of_a_slide_is_read_on_the_drawing_that_it_stands_on(read: Callable[..., Template]) -> None:
    """The other half of its place was white, and the mean of both no colour of either."""
    number = read(lambda p: None).geometry.looks["content"].texts["number"].area
    right = (number.x + number.width - 40, number.y - 5, 60, 50)
    found = read(lambda p: drawn(p, right, fill="E07000")).geometry.looks["content"].texts["number"]
    assert contrast(found.colour, "#e07000") >= 4.5


def test_content_that_gives_way_to_a_picture_at_the_side_begins_below_its_title(
    read: Callable[..., Template],
) -> None:
    def beside(presentation: Any) -> None:
        drawn(presentation, (0, 0, 70, 540))
        for one in (presentation.slide_master, layout(presentation, "Title and Content")):
            title = place(one, "title")
            title.left, title.top, title.width, title.height = Pt(90), Pt(22), Pt(590), Pt(90)

    geometry = read(beside).geometry
    assert geometry.content.x == geometry.title.x


def test_text_has_a_face_where_the_template_names_none(read: Callable[..., Template]) -> None:
    """LibreOffice set a paragraph behind code in the face of code."""

    def bare(presentation: Any) -> None:
        for face in presentation.slide_master.element.findall(f".//{qn('p:bodyStyle')}//{qn('a:latin')}"):
            face.getparent().remove(face)

    assert 'typeface="+mn-lt"' in read(bare).styles.text
    assert read(lambda p: None).styles.text == ""


def test_a_title_beside_a_picture_begins_where_other_titles_do(book: Book, read: Callable[..., Template]) -> None:
    read(lambda p: None)
    out = io.BytesIO()
    Image.new("RGB", (300, 450), "navy").save(out, "JPEG")
    book.write("tall.jpg", out.getvalue())
    book.write("slides/theirs.pptx", with_change(lambda p: None))
    lecture = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'
    book.write("slides/lectures.toml", lecture)
    source = "# One\n\n{.slide}\n## Two\n\n- [A point]{.point}\n\n```{figure} tall.jpg\n:class: slide\n:alt: x\n```\n"
    deck = book.build(source, "--to", "pptx").deck("one")
    title = deck.slides[-1].shapes.title
    own = title.part.slide_layout.placeholders[0]
    assert (title.left, title.top) == (own.left, own.top)
    assert title.width < own.width


def test_shapes_of_a_master_that_bear_one_id_have_ids_of_their_own_in_decks() -> None:
    """As LibreOffice wrote them: PowerPoint may repair such a file."""

    def twice(presentation: Any) -> None:
        shapes = list(presentation.slide_master.element.iter(qn("p:cNvPr")))
        shapes[2].set("id", shapes[0].get("id"))
        shapes[3].set("id", "three")

    [master] = opened(with_change(twice)).slide_masters
    ids = [shape.get("id") for shape in master.element.iter(qn("p:cNvPr"))]
    assert len(set(ids)) == len(ids)
    assert ids[0] == "1"
