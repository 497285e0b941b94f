"""The words of blocks, and which of them can be seen."""

from __future__ import annotations

from builder.deck.kinds import Lines, kind_of
from builder.deck.model import Block, Paragraph, Runs, plain

INK = frozenset("\u200b\u2060\ufeff\u00ad")
"""Characters that are no space and show nothing."""


def words_of(block: Block) -> Lines:
    """The words of a block, a line for each of its paragraphs, rows or events, with its caption last."""
    caption = getattr(block, "caption", None)
    lines = (*kind_of(block).words(block), caption.text if caption is not None else "")
    return tuple(line for line in lines if is_visible(line))


def lines_of(items: tuple[Paragraph, ...]) -> Lines:
    """A line for each paragraph, with its number."""
    return tuple(" ".join(part for part in (item.number, plain(item.runs)) if part) for item in items)


def is_visible(line: str) -> bool:
    """True if a line has a character that can be seen."""
    return any(not character.isspace() and character not in INK for character in line)


def runs_show(runs: Runs) -> bool:
    """True if one of ``runs`` can be seen."""
    return is_visible(plain(runs))


def is_empty(block: Block) -> bool:
    """True if nothing of a block could be seen on a slide: no words, where words are what it shows."""
    return kind_of(block).words_are_shown(block) and not words_of(block)
