"""Formulas of a section that slides show, each with the sentences, or the item of a list, that belong to it."""

from __future__ import annotations

import re

from docutils import nodes

from builder.deck.suggestions.chunks import Chunk
from builder.deck.suggestions.content import is_formula
from builder.deck.suggestions.section import MOST, SectionReader, makes
from builder.deck.suggestions.sentences import Sentence

FORMULA_WORDS = 1
LISTS = (nodes.bullet_list, nodes.enumerated_list)
FORMULA_END = re.compile(r"\.\s*(?:\\(?:label|tag)\{[^}]*\}\s*|\\end\{[^}]*\}\s*|\}\s*)*$")
"""A full stop at the end of a formula in LaTeX."""


@makes("formula")
def formula(reader: SectionReader, index: int) -> Chunk | None:
    """A formula with the sentence that introduces it, and the one that says what its letters mean, or below the item
    of a list or the formula that it belongs to.
    """
    node = reader.blocks[index]
    if index and is_formula(reader.blocks[index - 1]) and not reader.is_left_out(reader.blocks[index - 1]):
        return reader.below(index, ("slide",), FORMULA_WORDS) if reader.can_mark(node) else None
    if index and isinstance(reader.blocks[index - 1], LISTS):
        return formula_of_item(reader, index)
    if reader.is_heading(index - 1):
        is_shown = reader.can_mark(node) and reader.count("formula", MOST["formula"])
        return reader.group(index, ("slide",), FORMULA_WORDS, ()) if is_shown else None
    above = reader.sentences(index - 1)
    is_named = bool(node.get("label") or node.get("number"))
    introduced = bool(above) and (above[-1].introduces or is_named)
    hangs = bool(above) and (above[-1].is_aside or reader.chapter.cues.hanging(above[-1].text))
    if not introduced or hangs or goes_on(reader, index, above[-1]) or not reader.can_mark(node):
        return None
    if is_cut_off(reader, index):
        return None
    if not is_named and reader.counts.get("formula", 0) >= MOST["formula"] - 1:
        return None
    meaning = meaning_of(reader, index)
    lead = reader.lead(index)
    if lead is None or not reader.count("formula", MOST["formula"]):
        return None
    below = reader.taken(index + 1, meaning) if meaning is not None else None
    return reader.group(index, ("slide",), FORMULA_WORDS, (lead, below), after=int(below is not None))


def formula_of_item(reader: SectionReader, index: int) -> Chunk | None:
    """A formula on the slide of the list whose last item leads to it, or has nothing else but one item; None where that
    is left out.
    """
    step = reader.step_above(index)
    if step is None or not reader.can_mark(reader.blocks[index]) or reader.is_left_out(step):
        return None
    return reader.below(index, ("slide",), FORMULA_WORDS) if reader.count("formula", MOST["formula"]) else None


def is_cut_off(reader: SectionReader, index: int) -> bool:
    """True if the sentence that leads to a formula only ends below it, in words that no point can show: *the set given
    by … is open*.
    """
    below = reader.blocks[index + 1] if index + 1 < len(reader.blocks) else None
    text = below.astext().lstrip() if isinstance(below, nodes.paragraph) else ""
    is_ended = node_ends(reader.blocks[index])
    return text[:1].islower() and not is_ended and reader.chapter.cues.where.match(text) is None


def node_ends(node: nodes.Element) -> bool:
    """True for a formula that ends its sentence."""
    return FORMULA_END.search(node.astext()) is not None


def goes_on(reader: SectionReader, index: int, lead: Sentence) -> bool:
    """True if a formula's sentence leans on the formula before, which is left out since it is an example."""
    before = [place for place in range(index) if is_formula(reader.blocks[place])]
    if not before or not reader.is_left_out(reader.blocks[before[-1]]):
        return False
    above = reader.sentences(before[-1] - 1)
    is_example = bool(above) and above[-1].is_hollow(reader.chapter.cues)
    return is_example and reader.chapter.ranking.leans(lead)


def meaning_of(reader: SectionReader, index: int) -> Sentence | None:
    """The sentence below a formula that says what its letters are; None where there is none, or where it leads to
    another formula.
    """
    below = reader.sentences(index + 1)
    cues = reader.chapter.cues
    is_meaning = below and cues.where.match(below[0].text) and not below[0].text[0].isupper()
    is_meaning = is_meaning and not (below[0].introduces and any(map(is_formula, reader.blocks[index + 2 : index + 3])))
    return below[0] if is_meaning else None
