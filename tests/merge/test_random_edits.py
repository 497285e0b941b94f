"""Whatever a lecturer and an author do, merging again changes nothing, and without edits by hand the new deck comes
out.
"""

from __future__ import annotations

import io

import pytest
from hand import EDITS, made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from test_matrix import CHANGES, decks  # noqa: F401 - a fixture

from builder.merge.decks import merge
from builder.merge.text import TextMerger, visible_text

A = "http://schemas.openxmlformats.org/drawingml/2006/main"

PAIRED = [edit for edit in EDITS if edit.name != "slide pasted from elsewhere"]
"""Edits that can be made one after the other."""


@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_merging_twice_is_merging_once(decks: dict[str, bytes], data: st.DataObject) -> None:  # noqa: F811
    left = decks[""]
    for edit in data.draw(st.lists(st.sampled_from(PAIRED), min_size=1, max_size=3, unique=True)):
        try:
            left = made(left, edit)
        except (AttributeError, StopIteration, IndexError, TypeError, ValueError):
            continue  # what it would change was deleted
    first, second = data.draw(st.tuples(st.sampled_from(list(CHANGES)), st.sampled_from(list(CHANGES))))
    once = merge(decks[""], left, decks[first]).content
    assert merge(decks[first], once, decks[first]).content == once
    assert merge(decks[""], left, decks[first]).content == once
    twice = merge(decks[first], once, decks[second]).content
    Presentation(io.BytesIO(twice))
    assert merge(decks[second], twice, decks[second]).content == twice


@pytest.mark.parametrize("change", CHANGES)
def test_without_edits_by_hand_the_new_deck_comes_out(decks: dict[str, bytes], change: str) -> None:  # noqa: F811
    assert merge(decks[""], decks[""], decks[change]).content == decks[change]
    assert merge(decks[""], decks[change], decks[change]).content == decks[change]


words = st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six"]), max_size=4).map(" ".join)
bodies = st.lists(words, max_size=5)


def paragraphs(texts: list[str]):
    from lxml import etree

    return [
        etree.fromstring(f'<a:p xmlns:a="{A}"><a:r><a:rPr lang="en"/><a:t>{text}</a:t></a:r></a:p>') for text in texts
    ]


def merged(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    return [
        visible_text(found)
        for found in TextMerger(paragraphs(base), paragraphs(mine), paragraphs(theirs), lambda item: item).merged()
    ]


@given(base=bodies, mine=bodies, theirs=bodies)
def test_paragraphs(base: list[str], mine: list[str], theirs: list[str]) -> None:
    assert merged(base, base, theirs) == theirs
    assert merged(base, mine, base) == mine
    result = merged(base, mine, theirs)
    for text in mine:
        if text not in base and text not in result:
            fresh = set(text.split()) - set(" ".join(base).split())
            assert fresh <= set(" ".join(result).split()), (
                "what was written by hand is there, or the sources have taken it"
            )


@given(base=bodies, mine=bodies, theirs=bodies)
def test_what_the_sources_changed_is_there_or_told(base: list[str], mine: list[str], theirs: list[str]) -> None:
    texts = TextMerger(paragraphs(base), paragraphs(mine), paragraphs(theirs), lambda item: item)
    there = [visible_text(found) for found in texts.merged()] + [found.book for found in texts.differences]
    for text in theirs:
        if text not in base:
            assert text in there
