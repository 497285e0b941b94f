"""``columns`` with ``column`` inside: side by side on the slide, the web page and the printed page."""

from __future__ import annotations

import pytest

from conftest import Book

WRITTEN = (
    ":::::{columns}\n:class: slide\n::::{column} Said *then*\n:width: 40%\n- left\n::::\n::::{column}\nright\n::::\n"
    ":::::\n"
)
PANDOC = ':::: {.columns}\n\n::: {.column width="40%"}\nleft\n:::\n\n::: {.column width="60%"}\nright\n:::\n\n::::\n'


def lefts(slide) -> dict[str, tuple[int, int]]:
    """Words of a shape → its left edge and its width, in points."""
    return {
        shape.text_frame.text: (round(shape.left / 12700), round(shape.width / 12700))
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.text
    }


def test_columns_of_the_book_stand_beside_each_other_everywhere(book: Book) -> None:
    result = book.build(f"# Chapter\n\n## Section\n\n{WRITTEN}")
    assert (result.status, result.errors) == (0, "")
    found = lefts(result.deck().slides[1])
    assert found["Said then"] == found["left"]
    assert found["left"][0] + found["left"][1] < found["right"][0]
    assert found["left"][1] / found["right"][1] == pytest.approx(40 / 60, abs=0.01)
    page = (book.folder / "_build/html/chapter.html").read_text()
    assert '<div class="builder-columns" style="--builder-columns: 40fr 60fr">' in page
    assert "#side-by-side((0.4000fr, 0.6000fr,)" in result.typst()


def test_columns_of_pandoc_and_of_restructuredtext_are_columns(book: Book) -> None:
    rest = (
        "Chapter\n=======\n\nSection\n-------\n\n.. slide:: T\n\n   .. columns::\n      :widths: 2 3\n\n"
        "      .. column::\n\n         left\n\n      .. column::\n\n         right\n"
    )
    book.write("other.rst", rest)
    book.write("index.md", "# Root\n\n```{toctree}\n\nchapter\nother\n```\n")
    result = book.build(f"# Chapter\n\n## Section\n\n````{{slide}} T\n{PANDOC}````\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    for name in ("chapter", "other"):
        found = lefts(result.deck(name).slides[1])
        assert found["left"][1] / found["right"][1] == pytest.approx(40 / 60, abs=0.01), name
        assert found["left"][0] + found["left"][1] < found["right"][0], name


def test_columns_too_narrow_for_a_page_stand_below_each_other(book: Book) -> None:
    three = "".join(f"```{{column}}\n{word}\n```\n" for word in ("one", "two", "three"))
    result = book.build(f"# Chapter\n\n## Section\n\n````{{columns}}\n{three}````\n", "--to", "pdf")
    assert (result.status, "side-by-side(" in result.typst()) == (0, False)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("```{column}\na\n```\nb\n", "chapter.md:9: WARNING: this stands in 'columns' and in no 'column'"),
        ("```{column}\na\n```\n", "chapter.md:5: WARNING: two, three or four columns stand beside each other, not 1."),
        (":widths: 1 2 3\n\n```{column}\na\n```\n```{column}\nb\n```\n", ":widths: has 3 shares for 2 columns"),
        ("```{column}\n:width: wide\na\n```\n```{column}\nb\n```\n", "widths of columns are shares such as '40 60'"),
    ],
)
def test_what_has_no_effect_in_columns_is_named(book: Book, body: str, message: str) -> None:
    result = book.build(f"# Chapter\n\n## Section\n\n````{{columns}}\n{body}````\n", "--to", "html")
    assert (result.status, message in result.errors) == (0, True), result.errors


def test_columns_of_html_in_a_slide_are_named(book: Book) -> None:
    body = '````{slide} T\n<div class="columns"><div class="column">\n\nleft\n\n</div></div>\n````\n'
    result = book.build(f"# Chapter\n\n## Section\n\n{body}", "--to", "pptx")
    assert "chapter.md:6: WARNING: columns of HTML are none on a slide; write 'columns'" in result.errors
