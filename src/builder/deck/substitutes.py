"""Substitutes for a block that cannot be shown: its words, or a quiet frame that names it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePath

from docutils import nodes

from builder.deck.blocks import Box, Text
from builder.deck.kinds import Lines, kind_of
from builder.deck.model import Block, Paragraph, Run, plain
from builder.deck.words import words_of
from builder.errors import Source
from builder.source.formulas import plain_text


def name_of(block: Block) -> str:
    """A few words by which the author knows the block."""
    if isinstance(block, Text) and block.paragraphs:
        return f"the point '{plain(block.paragraphs[0].runs)[:60]}…'"
    return f"the {type(block).__name__.lower()}"


def name_of_node(node: nodes.Element) -> str:
    """A node as its author would call it: ``the bullet list``."""
    return f"the {node.tagname.replace('_', ' ')}"


def frame(words: str, source: Source, label: str = "") -> Box:
    """A quiet frame with the name of the missing block."""
    return Box((), (Paragraph((Run(words, italic=True),), 0, "", source),), source, label)


def text(lines: Lines, source: Source, label: str = "") -> Text:
    """Plain text, a paragraph for each line."""
    return Text(tuple(Paragraph((Run(line),), 0, "", source) for line in lines), source, label)


def substitutes(block: Block) -> list[Block]:
    """Substitutes for ``block``, the best first: its words, if they are shown at all, then a frame that names it."""
    found: list[Block] = []
    named = name_of(block).removeprefix("the ")
    with suppress(Exception):  # what is wrong with the block may be wrong with its words
        lines = words_of(block)
        if lines and kind_of(block).words_are_shown(block):
            found.append(text(lines, block.source, block.label))
        named = " ".join(lines) or named
    return [*found, frame(named, block.source, block.label)]


def substitute_of_node(node: nodes.Element, source: Source, label: str) -> Block:
    """The substitute for a node without blocks: its words, or a frame that names its picture or the node."""
    words = node.astext() if isinstance(node, nodes.math_block) else plain_text(node)  # the author knows its source
    lines = tuple(line for line in (" ".join(part.split()) for part in words.split("\n")) if line)
    images = list(node.findall(nodes.image))
    if lines and not images:
        return text(lines, source, label)
    named = [image.get("alt") or PurePath(image.get("uri", "")).name for image in images]
    return frame(" ".join([*named, *lines]) or node.tagname.replace("_", " "), source, label)
