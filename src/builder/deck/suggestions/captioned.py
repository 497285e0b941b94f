"""Blocks beside a picture, and paragraphs that are its caption though nothing says so."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from builder.deck.suggestions.sentences import NUMBERED_TERM, term_of


def is_beside_picture(blocks: Sequence[nodes.Element], index: int) -> bool:
    """True for a block with a picture in it, or right above or below it."""
    around = blocks[max(0, index - 1) : index + 2]
    return any(next(node.findall(nodes.image), None) is not None for node in around)


def is_caption(blocks: Sequence[nodes.Element], index: int) -> bool:
    """True for a paragraph beside a picture that begins with the number of that in bold: **Figure 2.** *Waves*."""
    node = blocks[index]
    is_numbered = isinstance(node, nodes.paragraph) and NUMBERED_TERM.fullmatch(term_of(node)) is not None
    return is_numbered and is_beside_picture(blocks, index)
