"""What of a marked block its slide does not show is warned of, with file and line."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes

from builder.deck.conserved import Passage, lost_words, stretches
from builder.deck.conversion import HANDLERS, BlockContext
from builder.deck.model import Block

from conftest import PNG, Book

SLIDE = """# Chapter

## Section

:::{admonition} Title
:class: slide
First words.

Second words with $x^2$ and ![an axe](a.png).

$$
y
$$
:::
"""


def seen_as(count: int) -> Any:
    """A handler of boxes that shows the first ``count`` blocks inside of one."""

    def handler(context: BlockContext, node: nodes.Element) -> list[Block]:
        return context.children(node)[:count]

    return handler


@pytest.mark.parametrize(
    ("count", "left_out"),
    [
        (99, []),
        (2, ["9: WARNING: these words are left out of the slide: 'Second words with'", "11: WARNING: this formula"]),
        (1, ["7: WARNING: these words are left out of the slide: 'First words.'", "9: WARNING: the picture 'a.png'"]),
    ],
)
def test_what_a_handler_drops_is_named(
    book: Book, monkeypatch: pytest.MonkeyPatch, count: int, left_out: list[str]
) -> None:
    monkeypatch.setitem(HANDLERS, "admonition", seen_as(count))
    book.write("a.png", PNG)
    errors = book.build(SLIDE, "--to", "pptx").errors
    assert [line for line in left_out if f"chapter.md:{line}" not in errors] == []
    assert bool(errors) == bool(left_out)


def words(*lines: str) -> list[Passage]:
    return [Passage(line, line.replace(" ", ""), nodes.paragraph()) for line in lines]


@pytest.mark.parametrize(
    ("wanted", "shown", "lost"),
    [
        (["a", "b"], "ab", []),
        (["a", "b"], "ba", []),
        (["1", "10"], "10", ["1"]),
        (["10", "1"], "10", ["1"]),
        (["yes", "no", "yes"], "yesno", ["yes"]),
        (["two words"], "xtwowordsx", []),
    ],
)
def test_each_stretch_of_words_has_a_place_of_its_own(wanted: list[str], shown: str, lost: list[str]) -> None:
    assert [stretch.words for stretch in lost_words(words(*wanted), shown)] == lost


def test_words_end_where_a_formula_a_picture_or_a_note_stands_among_them() -> None:
    paragraph = nodes.paragraph("", "one ", nodes.math("", "x"), nodes.Text(" two "), nodes.strong("", "three"))
    paragraph += [nodes.footnote_reference("", "1"), nodes.Text(" four")]
    assert [stretch.words for stretch in stretches(paragraph)] == ["one", "two three", "four"]


def test_a_picture_in_a_footnote_stands_on_the_slide_that_has_the_note(book: Book) -> None:
    book.write("a.png", PNG)
    note = "[^1]: A note\n\n    ![A field](a.png)\n"
    own = book.build(f"# Chapter\n\n{{.slide}}\n- Words[^1].\n\n{note}", "--to", "pptx")
    assert (own.status, own.errors) == (0, "")
    assert [shape.name for shape in own.deck().slides[1].shapes][1:4] == ["Text", "Picture", "Footnotes"]
    other = book.build(f"# Chapter\n\n{{.slide}}\n- Words.\n\nMore[^1].\n\n{note}", "--to", "pptx")
    assert (other.status, other.errors) == (0, "")
    assert "Picture" not in [shape.name for shape in other.deck().slides[1].shapes]


def test_a_formula_that_is_a_space_is_no_loss(book: Book) -> None:
    result = book.build("# C\n\n{.slide}\n## S\n\n{.slide}\nOne $\\quad$ and $\\\\$ two.\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
