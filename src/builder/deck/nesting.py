"""Blocks in an item of a list: text moves in by levels, all else is indented, since office programs nest only text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from builder.deck.blocks import Indented, Text
from builder.deck.blocks.indented import indented
from builder.deck.model import Block, Paragraph, Run, Runs
from builder.errors import Source
from builder.source.html import BOXES

DEEPEST = 9
"""The last level of bullets that office programs have."""


def below(blocks: Iterable[Block], depth: int) -> list[Block]:
    """``blocks`` below an item at the level ``depth``."""
    return [moved_in(block, depth) if isinstance(block, Text) else indented(block, depth) for block in blocks]


def moved_in(text: Text, depth: int) -> Text:
    """``text`` below an item at the level ``depth``: plain paragraphs continue the item, bullets are those below it."""
    return replace(
        text,
        paragraphs=tuple(
            replace(p, level=min(p.level + depth, DEEPEST), continues=p.continues or not p.level)
            for p in text.paragraphs
        ),
    )


def opened(blocks: list[Block], mark: Paragraph) -> list[Block]:
    """``blocks`` of an item with its bullet or number, those of ``mark``, before the words that it begins with.

    A number stands alone where the item begins with something else.
    """
    first = blocks[0] if blocks else None
    if isinstance(first, Text) and first.paragraphs[0].continues and first.paragraphs[0].level == mark.level:
        head = boxed(replace(first.paragraphs[0], number=mark.number, roman=mark.roman, continues=False))
        return [replace(first, paragraphs=(head, *first.paragraphs[1:])), *blocks[1:]]
    if not mark.number or not blocks:
        return blocks
    return [Text((replace(mark, runs=(Run("\u00a0"),)),), mark.source), *blocks]


def boxed(head: Paragraph) -> Paragraph:
    """``head`` of an item whose words begin with the box of a task, which is its bullet then."""
    words = head.runs[0].text if head.runs else ""
    if head.number or not words.startswith(BOXES):
        return head
    return replace(head, runs=(replace(head.runs[0], text=words[2:]), *head.runs[1:]), sign=words[0])


def joined(blocks: Iterable[Block]) -> list[Block]:
    """``blocks`` with texts that follow each other as one."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Text) and isinstance(last, Text) and block.type == last.type:
            found[-1] = replace(last, paragraphs=(*last.paragraphs, *block.paragraphs), label=last.label or block.label)
        else:
            found.append(block)
    return found


def labelled(blocks: list[Block], label: str) -> list[Block]:
    """``blocks``, to the first of which a link to ``label`` leads, if it has no label of its own."""
    if not blocks or not label or blocks[0].label or not isinstance(blocks[0], Text | Indented):
        return blocks
    return [replace(blocks[0], label=label), *blocks[1:]]


def headed(head: Runs, blocks: list[Block], source: Source) -> list[Block]:
    """``blocks`` after a name: in its line where they begin with plain words, else below it."""
    first = blocks[0] if blocks else None
    if isinstance(first, Text) and not first.paragraphs[0].level and not first.paragraphs[0].number:
        line = replace(first.paragraphs[0], runs=(*head, Run(" "), *first.paragraphs[0].runs), source=source)
        rest = first.paragraphs[1:]
        after = [replace(first, paragraphs=rest), *blocks[1:]] if rest else blocks[1:]
        return [Text((line,), source, first.label), *below_name(after)]
    return [Text((Paragraph(head, source=source),), source), *below_name(blocks)]


def below_name(blocks: list[Block]) -> list[Block]:
    """``blocks`` below a name that has no bullet: plain paragraphs move in, bullets stand where they are."""
    return [
        replace(
            block,
            paragraphs=tuple(p if p.level else replace(p, level=1, continues=True) for p in block.paragraphs),
        )
        if isinstance(block, Text)
        else indented(block, 1)
        for block in blocks
    ]
