"""Boxes of a section that slides show: definitions, remarks, exercises, and code that has a number."""

from __future__ import annotations

import re
from dataclasses import replace

from docutils import nodes

from builder.deck.suggestions.chunks import BLOCK_WORDS, MOST_POINTS, NOTHING, Chunk
from builder.deck.suggestions.code import MOST_LINES, lines_of_code, lines_that_matter, listings_in, names_in
from builder.deck.suggestions.content import parts_of
from builder.deck.suggestions.marks import TextMark
from builder.deck.suggestions.section import MOST, SectionReader, makes
from builder.deck.suggestions.sentences import point_in, sentences_of
from builder.source.statements import EXERCISES, is_hidden, is_solution, title_of_statement

FEWEST_IN_BOX = 2
"""Points of a box that is shown by its sentences."""
PLACES_TO_RUN = re.compile(r"\b(?:colab|(?:my)?binder|creativecommons|CC[ -]BY)\b", re.IGNORECASE)
"""Where notebooks are opened, and the names of licences: a box with one of these tells how a page may be used."""
UNSUITED = ("seealso", "contents", "dropdown", "toggle", "margin", "tip", "epigraph-index", "versionmodified")
"""Classes and names of boxes that are no part of the text."""


@makes("box")
def box(reader: SectionReader, index: int) -> Chunk | None:
    """A definition, a theorem, an exercise, a remark of few words, or code with a number."""
    node = reader.blocks[index]
    cues = reader.chapter.cues
    words = reader.chapter.shown_words(node)
    has_room = words <= BLOCK_WORDS and lines_of_code(node) <= MOST_LINES
    title = title_of_statement(node)
    if is_solution(node) or type(node).__name__ in EXERCISES:
        return task(reader, index, words) if has_room and reader.can_mark(node) else None
    is_unsuited = type(node).__name__ in UNSUITED or not set(UNSUITED).isdisjoint(node["classes"]) or is_hidden(node)
    if is_unsuited or not reader.can_mark(node):
        return None
    name = title.astext().casefold().strip(" .:") if title is not None else ""
    if name in cues.goals | cues.skipped or tells_of_page(reader, node):
        return None
    if (code := code_alone(node)) is not None:
        return numbered_code(reader, index, code, words) if has_room else None
    if words < NOTHING or not reader.count("box", MOST["box"]):
        return None
    return reader.group(index, ("slide",), words, ()) if has_room else points_of_box(reader, node)


def code_alone(node: nodes.Element) -> nodes.Element | None:
    """The code of a box that holds nothing else below its title; None for another box."""
    shown, listings = parts_of(node), listings_in(node)
    is_alone = len(shown) == 1 and len(listings) == 1 and shown[0].astext().strip() == listings[0].astext().strip()
    return listings[0] if is_alone else None


def numbered_code(reader: SectionReader, index: int, code: nodes.Element, words: int) -> Chunk | None:
    """A box of code with the sentence that speaks of it; None for one that gets ready for others, or that no sentence
    speaks of.
    """
    names = names_in([code.astext()])
    near = reader.nearby(index, names)
    if lines_that_matter(code.astext(), ()) is None or near is None:
        return None
    if not reader.count("code", MOST["code"]):
        return None
    return reader.beside(index, ("slide",), words, near)


def tells_of_page(reader: SectionReader, node: nodes.Element) -> bool:
    """True for a box that tells of the text, or how its page may be used: where it runs, its licence."""
    text = node.astext()
    links = " ".join(link.get("refuri", "") for link in node.findall(nodes.reference))
    return bool(reader.chapter.cues.narration.search(text) or PLACES_TO_RUN.search(f"{text} {links}"))


def points_of_box(reader: SectionReader, node: nodes.Element) -> Chunk | None:
    """The sentence of each paragraph of a long box that carries most, as points; None where those are too many words
    or fewer than two.
    """
    chapter, marks = reader.chapter, []
    for text in (child for child in parts_of(node) if isinstance(child, nodes.paragraph)):
        rated = [
            (-chapter.ranking.score(one, reader.heading, is_opening=False), one.number, place)
            for one in sentences_of(text, chapter.document, chapter.cues)
            if not (one.introduces or chapter.cues.leads(one.text) or chapter.ranking.leans(one))
            if (place := point_in(one, chapter.cues)) is not None
        ]
        if rated:
            marks.append(TextMark(text, *min(rated)[2]))
    chunk = reader.chunk(node, tuple(marks[:MOST_POINTS]))
    return chunk if chunk.points >= FEWEST_IN_BOX and chunk.words <= BLOCK_WORDS else None


def task(reader: SectionReader, index: int, words: int) -> Chunk:
    """A solution on a slide of its own; an exercise on one with further exercises, where they are short."""
    chunk = reader.group(index, ("slide",), words, ())
    if is_solution(reader.blocks[index]):
        return replace(chunk, has_slide=True)
    return replace(chunk, is_exercise=True, visuals=1)
