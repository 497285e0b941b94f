"""The only point of a slide → a sentence without a bullet: there is nothing that a bullet would part it from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.blocks import Indented, Text
from builder.deck.composition.ladder import FEW, LETTERS
from builder.deck.model import Block, plain


def without_lone_bullet(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks``, of which the only point is a sentence; unchanged where there are several, none, or a long one."""
    texts = [block for block in blocks if isinstance(block, Text) and block.type == "body"]
    paragraphs = [one for block in texts for one in block.paragraphs]
    is_alone = [(one.level, one.number, one.sign) for one in paragraphs] == [(1, "", "")]
    if not is_alone or any(isinstance(block, Indented) for block in blocks):
        return tuple(blocks)
    [sentence] = paragraphs
    if len(plain(sentence.runs)) > LETTERS[FEW]:
        return tuple(blocks)
    return tuple(
        replace(block, paragraphs=(replace(sentence, level=0),)) if block in texts else block for block in blocks
    )
