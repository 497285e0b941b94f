"""Figures with several pictures."""

from __future__ import annotations

import pikepdf
import pypdfium2 as pdfium
import pytest
from docutils import nodes
from pptx.enum.shapes import MSO_SHAPE_TYPE

from builder.source.sub_figures import sub_pictures

from conftest import SVG, Book
from pdf_text import pages_of

FIGURES = """
from docutils import nodes
from docutils.parsers.rst import Directive


class Figures(Directive):
    has_content = True

    def run(self):
        figure = nodes.figure(LAYOUT)
        for name in "abc":
            figure += nodes.image(uri=f"{name}.svg", alt=f"Picture {name}", subfigure_area=name.upper())
        figure += nodes.caption("", "", nodes.Text("A layout"))
        return [figure]


def setup(app):
    app.add_directive("figures", Figures)
"""


@pytest.fixture
def pictures(book: Book) -> Book:
    for name in "abc":
        book.write(f"{name}.svg", SVG)
    return book


def alternatives(book_pdf) -> list[str]:
    """The alternative texts of all pictures of a PDF."""
    with pikepdf.open(book_pdf) as pdf:
        found = [item.Alt for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    return sorted(map(str, found))


def test_pictures_of_one_figure_stand_side_by_side_with_letters(pictures: Book) -> None:
    pictures.write("conf.py", (pictures.folder / "conf.py").read_text() + FIGURES.replace("LAYOUT", ""))
    source = "# One\n\n{.slide}\n## Two\n\n{.slide}\n```{figures}\nx\n```\n"
    result = pictures.build(source)
    text = " ".join(pages_of(result.pdf))
    slide = result.deck().slides[1]
    drawn = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len({shape.top for shape in drawn}) == 1
    assert len({shape.left for shape in drawn}) == len(drawn) == 3
    on_slide = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert sum("A layout" in words for words in [text, *on_slide]) == 2
    page = (pictures.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    for letter in "abc":
        assert f"({letter})" in text
        assert f"({letter})" in on_slide
        assert f'<span class="caption-text">({letter})</span>' in page
    assert alternatives(result.pdf) == ["Picture a", "Picture b", "Picture c"]


def test_a_figure_of_one_picture_has_no_letter(pictures: Book) -> None:
    result = pictures.build("# One\n\n:::{figure} a.svg\n:alt: First\n\nOne of them\n:::\n", "--to", "pdf")
    assert "(a)" not in " ".join(pages_of(result.pdf))


@pytest.mark.parametrize(
    ("further", "count"),
    [
        (nodes.reference("", "", nodes.image(uri="c.svg"), refuri="https://example.org"), 0),
        (nodes.target(ids=["here"]), 0),
        (nodes.math_block("", ""), 0),
        (nodes.comment("", "Nobody sees it."), 2),
        (nodes.paragraph("", "", nodes.Text("\n")), 2),
    ],
    ids=["a picture that is a link", "a place that others name", "a formula", "a comment", "a blank"],
)
def test_nothing_else_in_a_figure_is_lost_beside_its_pictures(further: nodes.Node, count: int) -> None:
    figure = nodes.figure("", nodes.image(uri="a.svg"), nodes.image(uri="b.svg"), further)
    assert len(sub_pictures(figure)) == count


def test_the_layout_of_sphinx_subfigure_is_kept(pictures: Book) -> None:
    layout = "is_subfigure=True, layout={'default': [['A', 'B'], ['A', 'C']]}, subcaptions='below'"
    pictures.write("conf.py", (pictures.folder / "conf.py").read_text() + FIGURES.replace("LAYOUT", layout))
    result = pictures.build("# One\n\n```{figures}\nx\n```\n", "--to", "pdf")
    assert "(x: 0, y: 0, columns: 1, rows: 2, caption: [\\(a\\) Picture a]" in result.typst("chapter")
    assert "(c) Picture c" in " ".join(pages_of(result.pdf))


@pytest.mark.parametrize(
    ("names", "layout"),
    [("abc" * 9, ""), ("abc", "layout={'default': [['A', 'B']]}")],
    ids=["more pictures than letters", "a layout without a place for each"],
)
def test_any_number_of_pictures_and_any_layout_is_set(pictures: Book, names: str, layout: str) -> None:
    directive = FIGURES.replace("LAYOUT", layout).replace('in "abc"', f'in "{names}"')
    pictures.write("conf.py", (pictures.folder / "conf.py").read_text() + directive)
    result = pictures.build("# One\n\n```{figures}\nx\n```\n", "--to", "pdf")
    assert result.status == 0, result.errors
    assert len(alternatives(result.pdf)) == len(names)


CHART = "# One\n\n:::{chart} numbers.csv\n:type: bar\n:x: year\n:y: count\n:alt: A rising number\n\nA chart\n:::\n"


@pytest.mark.parametrize(("preset", "colour"), [("textbook", "#7a2a25"), ("manual", "#1f4e79"), ("novel", "#000000")])
def test_charts_are_drawn_in_the_colour_of_the_book(pictures: Book, preset: str, colour: str) -> None:
    pictures.write("conf.py", (pictures.folder / "conf.py").read_text() + f"\nbuilder_preset = '{preset}'\n")
    pictures.write("numbers.csv", "year,count\n1937,3\n1938,5\n")
    result = pictures.build(CHART, "--to", "pdf")
    assert result.errors == ""
    assert f'fill=\\"{colour}\\"' in result.typst("chapter")


def height_of(pdf: pdfium.PdfDocument, words: str, first: int = 0) -> tuple[int, float]:
    """(page, distance from its foot in points) of where words stand first, on page ``first`` or behind it."""
    for number, page in enumerate(pdf):
        if number < first:
            continue
        found = page.get_textpage().search(words).get_next()
        if found is not None:
            return number, page.get_textpage().get_charbox(found[0])[1]
    raise AssertionError(words)


@pytest.mark.parametrize("preset", ["thesis", "textbook"])
def test_nothing_floats_above_the_title_where_a_chapter_opens(pictures: Book, preset: str) -> None:
    pictures.write("conf.py", (pictures.folder / "conf.py").read_text() + f"builder_preset = '{preset}'\n")
    figure = ":::{figure} a.svg\n:alt: First\n\nA caption\n:::\n"
    result = pictures.build(f"# A chapter\n\nSome words.\n\n{figure}\n{'Words. ' * 200}\n", "--to", "pdf")
    with pdfium.PdfDocument(result.pdf) as pdf:
        opening, title = height_of(pdf, "Some words")
        page, caption = height_of(pdf, "A caption", opening)
    assert page > opening or caption < title
