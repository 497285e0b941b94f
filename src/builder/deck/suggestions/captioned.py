"""How a paragraph stands to the blocks round it: as the caption of a picture, or as what goes on behind code."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from builder.deck.suggestions.content import is_formula, is_words
from builder.deck.suggestions.sentences import NUMBERED_TERM, Sentence, term_of


def is_beside_picture(blocks: Sequence[nodes.Element], index: int) -> bool:
    """True for a block with a picture in it, or right above or below it."""
    around = blocks[max(0, index - 1) : index + 2]
    return any(next(node.findall(nodes.image), None) is not None for node in around)


def is_caption(blocks: Sequence[nodes.Element], index: int) -> bool:
    """True for a paragraph beside a picture that begins with the number of that in bold: **Figure 2.** *Waves*."""
    node = blocks[index]
    is_numbered = isinstance(node, nodes.paragraph) and NUMBERED_TERM.fullmatch(term_of(node)) is not None
    return is_numbered and is_beside_picture(blocks, index)


def goes_on_behind(blocks: Sequence[nodes.Element], index: int, sentence: Sentence) -> bool:
    """True for the beginning of a paragraph that goes on in small letters with the sentence of the block above it: *the
    object ``orb`` — is a table*.
    """
    is_below = index > 0 and sentence.start == 0 and not is_words(blocks[index - 1])
    return is_below and sentence.text[:1].islower()


def leading(
    blocks: Sequence[nodes.Element], index: int, sentences: list[Sentence], *, may_go_on: bool
) -> list[Sentence]:
    """The sentences of a paragraph, none where the last goes on behind another block than a formula, behind which it
    ``may_go_on`` where that is shown, or where it names its own subject.
    """
    is_part = bool(sentences) and goes_on_behind(blocks, index, sentences[-1])
    return [] if is_part and not (may_go_on and is_formula(blocks[index - 1])) else sentences
