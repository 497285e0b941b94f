"""A block of which one item fills more than a slide → blocks that can be divided; columns that are too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from builder.deck.blocks import Column, Columns, Text
from builder.deck.kinds import kind_of
from builder.deck.measured import bold
from builder.deck.model import Block, Paragraph
from builder.deck.split import Content, content_of

MOST_PARTS = 12
"""Columns that would fill more slides are not divided, but stand one below another."""

Fits = Callable[[Block], bool]
"""Does a block fit on a slide at the smallest type?"""


def in_smaller_blocks(block: Block, fits: Fits) -> Sequence[Block]:
    """``block`` as blocks that can be divided so that each part fits; itself where it can be, or cannot be smaller."""
    if fits(block):
        return [block]
    if isinstance(block, Columns):
        return [one for part in shorter_columns(block, fits) for one in in_smaller_blocks(part, fits)]
    content = content_of([block])
    if all(fits(piece) for n in range(content.end) for piece in content.between(n, n + 1)):
        return [block]
    return list(kind_of(block).split.smaller(block, fits)) or [block]


def shorter_columns(block: Columns, fits: Fits) -> Sequence[Block]:
    """The blocks of columns that are too long, one below another where these fit on a slide; else columns for several
    slides, each with a part of every column; one below another where there is no other way.
    """
    below = below_one_another(block)
    if not block.in_turn and not fits(Columns((Column((), below),), block.source, block.label)):
        contents = [content_of(column.blocks) for column in block.columns]
        for count in range(2, MOST_PARTS + 1):
            parts = list(parted(block, contents, count))
            if all(map(fits, parts)):
                return [one for number, part in enumerate(parts) for one in with_label(part, first=number == 0)]
    return below


def below_one_another(block: Columns) -> tuple[Block, ...]:
    """The columns' blocks one below another, each heading as a paragraph in bold."""
    found: list[Block] = []
    for column in block.columns:
        if column.heading:
            found.append(Text((Paragraph(bold(column.heading), 0, "", block.source),), block.source))
        found += column.blocks
    return tuple(found)


def parted(block: Columns, contents: Sequence[Content], count: int) -> Iterator[Columns]:
    """Yield each of ``count`` parts of columns, the items of every column shared out evenly.

    A column that has nothing left leaves its width to the others.
    """
    shares = block.shares or (1.0,) * len(block.columns)
    for number in range(count):
        columns, widths = [], []
        for column, share, content in zip(block.columns, shares, contents, strict=True):
            first, last = (ceil(content.end * end / count) for end in (number, number + 1))
            if (first < last and column.blocks) or (not number and not column.blocks):
                columns.append(Column(column.heading, tuple(content.between(first, last))))
                widths.append(share)
        if columns:
            own = tuple(share / sum(widths) for share in widths) if block.shares else ()
            yield replace(block, columns=tuple(columns), shares=own)


def with_label(block: Columns, *, first: bool) -> Sequence[Block]:
    """A part of columns, with their label if it is the ``first``; the blocks of the only one that has any left."""
    if len(block.columns) == 1:
        return below_one_another(block)
    return [block if first else replace(block, label="")]
