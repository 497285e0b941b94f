"""Drawings in raw HTML stand by themselves, in print and on slides, and what they use comes with them."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from docutils import nodes

from builder.source.html import blocks_of
from builder.source.html_drawings import svg_drawing

from conftest import Book

SHEET = '<svg style="position: absolute; width: 0"><defs><symbol id="disk"><path d="M0 0h9v9z"/></symbol></defs></svg>'
DISK = "<svg class='icon'><use xlink:href='#disk'></use></svg>"
FADE = (
    '<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="fade" '
    'gradientUnits="userSpaceOnUse"><stop stop-color="red"/></linearGradient></defs><rect fill="url(#fade)"/></svg>'
)


def drawings(html: str) -> list[str]:
    return [found["svg"] for node in blocks_of(html) for found in node.findall(svg_drawing)]


def test_what_only_holds_shapes_for_others_is_no_drawing_and_they_have_them() -> None:
    (drawing,) = drawings(f"<div>{SHEET}<p>A disk</p>{DISK}</div>")
    assert "M0 0h9v9z" in drawing
    ElementTree.fromstring(drawing)


@pytest.mark.parametrize(
    "html",
    [
        '<svg xmlns:sodipodi="x" sodipodi:docname="a.svg"><sodipodi:namedview/><path d="M0 0h9v9z"/></svg>',
        "<svg><g onclick=play><text>1 &lt; 2&nbsp;m</text></g></svg>",
        DISK,
        '<svg @click="x" :href="y" (tap)="z" 9="w"><p@q>words</p@q><path d="M0 0h9v9z&#1;"/></svg>',
    ],
)
def test_whatever_html_allows_is_well_formed(html: str) -> None:
    (drawing,) = drawings(html)
    ElementTree.fromstring(drawing)


def test_shapes_that_use_each_other_come_once() -> None:
    ring = '<svg><defs><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/><path d="M1 1"/></g></defs></svg>'
    (drawing,) = drawings(f'<div>{ring}<svg><use href="#a"/></svg></div>')
    assert drawing.count("M1 1") == 1


def test_names_have_their_capital_letters() -> None:
    (drawing,) = drawings(FADE)
    assert "<linearGradient" in drawing
    assert "gradientUnits=" in drawing
    assert "viewBox=" in drawing


@pytest.mark.parametrize("hidden", ["hidden", 'style="display: none"'])
def test_a_text_that_stands_for_what_is_hidden_stands_alone(hidden: str) -> None:
    found = blocks_of(f'<div><pre class="text-repr-fallback">Heights: 3</pre><div {hidden}><p>Heights</p></div></div>')
    assert [node.astext() for node in found] == ["Heights: 3"]
    assert isinstance(found[0], nodes.literal_block)


def test_what_is_hidden_without_such_a_text_is_shown() -> None:
    assert [node.astext() for node in blocks_of("<div hidden><p>The answer</p></div>")] == ["The answer"]


def test_print_shows_a_drawing_in_its_size_and_an_icon_as_one(book: Book) -> None:
    page = "# Sea\n\n```{raw} html\n<svg width='300' height='200'><rect width='300' height='200'/></svg>\n```\n\n"
    result = book.build(page + f"```{{raw}} html\n<div>{SHEET}{DISK}</div>\n```\n", "--to", "pdf")
    assert (result.status, result.errors) == (0, "")
    text = result.typst()
    assert text.count("#icon(") == 1
    assert text.count("#diagram(") == 1


@pytest.mark.parametrize("number", ["²", "9" * 5000, "x", ""])
def test_a_number_that_is_none_costs_only_itself(number: str) -> None:
    listing, table = blocks_of(
        f'<ol start="{number}"><li>a</li></ol><table><tr><td colspan="{number}">b</td></tr></table>'
    )
    assert "start" not in listing
    assert [entry.get("morecols", 0) for entry in table.findall(nodes.entry)] == [0]


def test_a_drawing_in_a_line_without_words_is_told_unless_it_is_an_ornament(book: Book) -> None:
    drawn = '<svg{} width="9" height="9">{}<path d="M0 0h9v9z"/></svg>'
    lines = [drawn.format("", ""), drawn.format(' aria-hidden="true"', ""), drawn.format("", "<title>a dot</title>")]
    result = book.build("# C\n\n" + "\n\n".join(f"Words {line} here." for line in lines) + "\n", "--to", "pdf")
    assert result.errors.count("the drawing in this line is left out") == 1
    assert "chapter.md:3: WARNING: the drawing" in result.errors
    assert "Words a dot here." in " ".join(result.typst().split())


FALLBACK = '<p>This browser has no PDFs. <a href="plan.pdf">Download</a></p>'


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        (f'<object data="plan.pdf"><embed src="plan.pdf">{FALLBACK}</object>', "plan.pdf"),
        (f'<div><object data="https://example.org/plan.pdf">{FALLBACK}</object></div>', "https://example.org/plan.pdf"),
        (f'<video controls><source src="tide.mp4">{FALLBACK}</video>', "tide.mp4"),
        (f'<iframe src="https://example.org/a" title="A tide">{FALLBACK}</iframe>', "A tide"),
        ("<object><p>A tide in words</p></object>", "A tide in words"),
    ],
)
def test_words_for_browsers_that_cannot_play_something_are_shown_only_where_it_has_no_address(
    element: str, shown: str
) -> None:
    (block,) = blocks_of(element)
    assert (block.astext() or block.children[0]["uri"]) == shown
