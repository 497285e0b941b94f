"""Lines of attributes above blocks: what they mark, and which part of a block goes on the slide."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pptx.oxml.ns import qn

from conftest import SVG, Book, bullets, titles
from slide_texts import MATH_TEXT


def texts_of_slide(slide: Any) -> str:
    """All words on a slide, those of formulas too."""
    paragraphs = slide.shapes._spTree.iter(qn("a:p"))
    return "\n".join("".join(t.text or "" for t in line.iter(qn("a:t"), MATH_TEXT)) for line in paragraphs)


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("```{note}\nSet apart\n```", "Set apart"),
        (":::{note}\nSet apart\n:::", "Set apart"),
        ("$$\na = 47\n$$", "47"),
        ("$$\na = 47\n$$ (labelled)", "47"),
        ("```{code-block} python\nseven = 47\n```", "seven = 47"),
        ("```{eval-rst}\n| A line\n|   of verse\n```", "A line"),
    ],
)
def test_a_line_above_marks_directives_and_formulas_too(book: Book, block: str, shown: str) -> None:
    result = book.build(f"# One\n\n## Two\n\nText.\n\n{{.slide}}\n{block}\n", "--to", "html,pptx")
    assert result.errors == ""
    assert shown in texts_of_slide(result.deck().slides[1])
    page = (result.folder / "_build/html/chapter.html").read_text()
    assert not re.search(r'class="[^"]*(?<![\w-])slide(?![\w-])', page)


def test_a_line_above_marks_a_directive_with_an_option_that_is_wrong(book: Book) -> None:
    figure = "```{figure} map.svg\n---\nheight:\n---\nWhere the gauges stand\n```"
    book.write("map.svg", SVG)
    result = book.build(f"# One\n\n## Two\n\nText.\n\n{{.slide}}\n{figure}\n", "--to", "pptx")
    assert "Invalid option value for 'height'" in result.errors
    assert "Where the gauges stand" in texts_of_slide(result.deck().slides[1])


def test_classes_of_restructuredtext_in_markdown_mark_what_stands_below_them(book: Book) -> None:
    verse = "```{eval-rst}\n.. rst-class:: slide\n\n| A line\n| of verse\n\n.. rst-class:: slide\n\n| Another\n```"
    result = book.build(f"# One\n\n{{.slide}}\n## Two\n\n{verse}\n", "--to", "html,pptx")
    assert result.errors == ""
    shown = texts_of_slide(result.deck().slides[1]).replace("\u200b", "")
    assert shown.split("\n")[:4] == ["Two", "A line", "of verse", "Another"]


def test_a_further_slide_of_a_section_has_its_title(book: Book) -> None:
    first, second = "[First]{.point}.\n\n", "{.next-slide}\n[Second]{.point}.\n\n"
    chapter = f"# One\n\n{{.slide}}\n## Two\n\n{first}{second}{{.slide .next-slide}}\n- Third\n"
    deck = book.build(chapter, "--to", "pptx").deck()
    assert titles(deck)[1:] == ["Two", "Two", "Two"]
    assert [bullets(slide) for slide in list(deck.slides)[1:]] == [[(1, "First")], [(1, "Second")], [(1, "Third")]]


def test_lines_of_code_that_matter(book: Book) -> None:
    code = "```python\nimport os\ndef f():\n    return 1\n    # why\nf()\n```"
    deck = book.build(f"# One\n\n## Two\n\n{{.slide .lines-3-4}}\n{code}\n", "--to", "pptx").deck()
    shown = texts_of_slide(deck.slides[1])
    code_lines = [line for line in shown.split("\n") if re.search(r"import|return|why|f\(", line)]
    assert code_lines == ["return 1", "# why"]


def test_lines_that_code_lacks(book: Book) -> None:
    result = book.build("# One\n\n## Two\n\n{.slide .lines-7-9}\n```python\nx = 1\n```\n", "--to", "pptx")
    assert "this code has 1 lines, none of those that are named" in result.errors
    assert "x = 1" in texts_of_slide(result.deck().slides[1])
