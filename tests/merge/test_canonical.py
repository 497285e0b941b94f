"""What counts as the same in two decks, whatever program saved them, and who decides about the ground of a slide."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from builder.merge.canonical import canonical
from builder.merge.slides import merge_background

NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def element(xml: str) -> Any:
    """XML with the names of a slide."""
    first, _, rest = xml.partition(">")
    return etree.fromstring(f"{first} {NAMES}>{rest}")


WORDS = '<a:r><a:rPr lang="en"/><a:t>one two</a:t></a:r>'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"<a:p>{WORDS}</a:p>", f'<a:p>{WORDS}<a:endParaRPr lang="en"/></a:p>'),
        (f"<a:p>{WORDS}</a:p>", f"<a:p>\n  {WORDS}\n</a:p>"),
        (f"<a:p>{WORDS}</a:p>", f"<a:p>{WORDS.replace(' two', '')}{WORDS.replace('one', '')}</a:p>"),
        ('<p:cNvPr name="a" id="1"></p:cNvPr>', '<p:cNvPr name="a" id="7"></p:cNvPr>'),
    ],
)
def test_what_programs_write_as_they_like_is_no_change(one: str, other: str) -> None:
    assert canonical(element(one)) == canonical(element(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"<a:p>{WORDS}</a:p>", "<a:p><a:r><a:t>one three</a:t></a:r></a:p>"),
        (f"<a:p>{WORDS}</a:p>", '<a:p><a:r><a:rPr b="1"/><a:t>one two</a:t></a:r></a:p>'),
        ('<p:cNvPr name="a" id="1"></p:cNvPr>', '<p:cNvPr name="b" id="1"></p:cNvPr>'),
    ],
)
def test_words_looks_and_names_are_changes(one: str, other: str) -> None:
    assert canonical(element(one)) != canonical(element(other))


def slide(colour: str) -> Any:
    """A slide with a ground of its own; none without a colour."""
    ground = f'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></p:bgPr></p:bg>' if colour else ""
    return element(f"<p:sld><p:cSld>{ground}<p:spTree/></p:cSld></p:sld>")


@pytest.mark.parametrize(
    ("before", "by_hand", "now", "merged"),
    [
        ("", "", "", ""),
        ("", "", "112233", "112233"),
        ("112233", "112233", "", ""),
        ("112233", "112233", "445566", "445566"),
        ("112233", "778899", "445566", "778899"),
        ("112233", "", "445566", ""),
        ("", "778899", "445566", "778899"),
        ("112233", "778899", "112233", "778899"),
    ],
)
def test_the_ground_of_a_slide_is_that_of_the_book_unless_a_hand_changed_it(
    before: str, by_hand: str, now: str, merged: str
) -> None:
    own = slide(by_hand)
    merge_background(slide(before), own, slide(now), SimpleNamespace(adopt=copy.deepcopy))  # type: ignore[arg-type]
    assert canonical(own) == canonical(slide(merged))
