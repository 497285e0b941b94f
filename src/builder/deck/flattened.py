"""Blocks as paragraphs where only text can stand: in cells of tables and in footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from builder.deck.blocks import Box, Code, Columns, Equation, Indented, Panel, Quote, Table, Text
from builder.deck.blocks.quotes import quote_paragraphs
from builder.deck.blocks.tables import paragraphs_of
from builder.deck.measured import bold
from builder.deck.model import Block, Run, Runs, plain

MARKS = ("•", "–")
"""The bullets of items."""
INDENT = "\u2003"
"""The indentation of a level: a space of one em, which is not folded."""


@dataclass(slots=True)
class Flattened:
    """``paragraphs`` of blocks, with bullets and numbers as words, and the ``others`` that cannot be text."""

    paragraphs: list[Runs] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)

    def add(self, blocks: Iterable[Block], depth: int = 0) -> None:
        """Add ``blocks``, so many levels in."""
        for block in blocks:
            flatten: Callable[[Flattened, Any, int], None] = FLATTEN.get(type(block), _other)
            flatten(self, block, depth)

    def add_line(self, runs: Runs, depth: int) -> None:
        """Add a paragraph, so many levels in."""
        self.paragraphs.append((Run(INDENT * depth), *runs) if depth else runs)


def flattened(blocks: Iterable[Block]) -> Flattened:
    """``blocks`` as paragraphs, and those that cannot be."""
    found = Flattened()
    found.add(blocks)
    return found


def stands_by_itself(line: Runs) -> bool:
    """True for a line of code and for an item of a list."""
    words = plain(line).strip()
    return bool(words) and (all(run.code or not run.text.strip() for run in line) or words[0] in MARKS)


def _text(found: Flattened, block: Text, depth: int) -> None:
    for paragraph in block.paragraphs:
        level = paragraph.level - 1 if paragraph.level else 0
        if paragraph.continues:
            found.add_line(paragraph.runs, depth + level + 1)
            continue
        mark = paragraph.number or paragraph.sign or MARKS[paragraph.level > 1]
        head = (Run(f"{mark} "),) if paragraph.level else ()
        found.add_line((*head, *paragraph.runs), depth + level)


def _indented(found: Flattened, block: Indented, depth: int) -> None:
    found.add((block.block,), depth + block.depth)


def _code(found: Flattened, block: Code, depth: int) -> None:
    for line in block.lines:
        found.add_line(line, depth)
    _caption(found, block, depth)


def _equation(found: Flattened, block: Equation, depth: int) -> None:
    number = (Run(f" {block.number}"),) if block.number else ()
    found.add_line((Run(block.words, math=block.latex), *number), depth)


def _quote(found: Flattened, block: Quote, depth: int) -> None:
    for paragraph in quote_paragraphs(block):
        found.add_line(paragraph.runs, depth)
    if block.portrait is not None:
        found.others.append(block.portrait)


def _box(found: Flattened, block: Box, depth: int) -> None:
    _panel(found, Panel(block.title, (Text(block.paragraphs, block.source),), block.source), depth)


def _panel(found: Flattened, block: Panel, depth: int) -> None:
    if block.title:
        found.add_line(bold(block.title), depth)
    found.add(block.blocks, depth)


def _columns(found: Flattened, block: Columns, depth: int) -> None:
    for column in block.columns:
        _panel(found, Panel(column.heading, column.blocks, block.source), depth)


def _table(found: Flattened, block: Table, depth: int) -> None:
    for number, row in enumerate(block.rows):
        line: list[Run] = []
        for runs in paragraphs_of(row):
            line += [*([Run(" · ")] if line else []), *(bold(runs) if number < block.head else runs)]
        found.add_line(tuple(line), depth)
    _caption(found, block, depth)


def _caption(found: Flattened, block: Code | Table, depth: int) -> None:
    if block.caption is not None:
        found.add_line(tuple(replace(run, italic=True) for run in block.caption.line), depth)


def _other(found: Flattened, block: Block, _depth: int) -> None:
    found.others.append(block)


FLATTEN: dict[type, Callable[[Flattened, Any, int], None]] = {
    Text: _text, Indented: _indented, Code: _code, Equation: _equation, Quote: _quote, Box: _box, Panel: _panel,
    Columns: _columns, Table: _table,
}  # fmt: skip
"""Class of a block → how it becomes paragraphs."""
