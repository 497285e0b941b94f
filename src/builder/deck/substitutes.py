"""What stands on a slide for a block that cannot be shown: its words, or a quiet frame that names it; and which blocks show nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from docutils import nodes

from builder.deck.model import (
    Block,
    Box,
    Chart,
    Code,
    Columns,
    Diagram,
    Equation,
    Media,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    Text,
    Timeline,
    plain,
)
from builder.errors import Source

Lines = tuple[str, ...]
INK = frozenset("\u200b\u2060\ufeff\u00ad")
"""Characters that are no space and show nothing."""


def name_of(block: Block) -> str:
    """A few words that tell the author which block is meant."""
    if isinstance(block, Text) and block.paragraphs:
        return f"the point '{plain(block.paragraphs[0].runs)[:60]}…'"
    return f"the {type(block).__name__.lower()}"


def name_of_node(node: nodes.Element) -> str:
    """A node as its author would call it: ``the bullet list``."""
    return f"the {node.tagname.replace('_', ' ')}"


def frame(words: str, source: Source, label: str = "") -> Box:
    """A quiet frame that names what is missing in its place."""
    return Box((), (Paragraph((Run(words, italic=True),), 0, "", source),), source, label)


def text(lines: Lines, source: Source, label: str = "") -> Text:
    """Plain text, a paragraph for each line."""
    return Text(tuple(Paragraph((Run(line),), 0, "", source) for line in lines), source, label)


def substitutes(block: Block) -> list[Block]:
    """What may stand for ``block``, the best first: its words, where it has any that are read and not heard, then a frame that names it."""
    found: list[Block] = []
    named = name_of(block).removeprefix("the ")
    with suppress(Exception):  # what is wrong with the block may be wrong with its words
        lines = words_of(block)
        if lines and not isinstance(block, Picture | Media | Chart | Diagram):
            found.append(text(lines, block.source, block.label))
        named = " ".join(lines) or named
    return [*found, frame(named, block.source, block.label)]


def substitute_of_node(node: nodes.Element, source: Source, label: str) -> Block:
    """What stands for a node that gave no block: its words, or a frame that names its picture or the node."""
    lines = tuple(line for line in (" ".join(part.split()) for part in node.astext().split("\n")) if line)
    images = list(node.findall(nodes.image))
    if lines and not images:
        return text(lines, source, label)
    named = [image.get("alt") or PurePath(image.get("uri", "")).name for image in images]
    return frame(" ".join([*named, *lines]) or node.tagname.replace("_", " "), source, label)


# --- words


def words_of(block: Block) -> Lines:
    """The words of a block, a line for each of its paragraphs, rows or events, with its caption last."""
    caption = getattr(block, "caption", None)
    lines = (*WORDS[type(block)](block), caption.text if caption is not None else "")
    return tuple(line for line in lines if shows(line))


def _paragraphs(items: tuple[Paragraph, ...]) -> Lines:
    return tuple(" ".join(part for part in (item.number, plain(item.runs)) if part) for item in items)


def _columns(block: Columns) -> Lines:
    return tuple(line for column in block.columns for line in (plain(column.heading), *_paragraphs(column.paragraphs)))


def _heard(block: Picture | Media | Chart | Diagram) -> Lines:
    path = getattr(block, "path", "")
    return (block.alt or PurePath(path).name,)


WORDS: dict[type, Callable[[Any], Lines]] = {
    Text: lambda block: _paragraphs(block.paragraphs),
    Table: lambda block: tuple(" · ".join(filter(shows, (plain(cell.runs) for cell in row))) for row in block.rows),
    Picture: _heard,
    Media: _heard,
    Chart: _heard,
    Diagram: _heard,
    Timeline: lambda block: tuple(f"{event.date} {event.text}" for event in block.events),
    Code: lambda block: tuple(map(plain, block.lines)),
    Quote: lambda block: (*map(plain, block.paragraphs), plain(block.attribution)),
    Box: lambda block: (plain(block.title), *_paragraphs(block.paragraphs)),
    Equation: lambda block: (block.latex, block.number),
    Columns: _columns,
}
"""Which lines of words each kind of block holds."""


# --- blocks that show nothing


def shows(line: str) -> bool:
    """True if a line has a character that can be seen."""
    return any(not character.isspace() and character not in INK for character in line)


def is_empty(block: Block) -> bool:
    """True if nothing of a block could be seen on a slide; a title alone is not nothing, but for that of a box without content."""
    if isinstance(block, Box):
        return not any(map(shows, (plain(block.title), *_paragraphs(block.paragraphs))))
    return isinstance(block, Text | Table | Code | Quote | Equation | Columns | Timeline) and not words_of(block)


def without_blank_paragraphs(items: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """``items`` without those that show nothing."""
    return tuple(item for item in items if runs_show(item.runs))


def runs_show(runs: Runs) -> bool:
    """True if one of ``runs`` can be seen."""
    return shows(plain(runs))
