"""The lines of a slide's notes: programs show notes as plain paragraphs, so their structure is in their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docutils import nodes

from builder.deck.blocks import Box, Code, Columns, Equation, Indented, Media, Panel, Picture, Quote, Table, Text
from builder.deck.blocks.tables import cells_of
from builder.deck.conserved import warn_of_losses
from builder.deck.conversion import BlockContext, elements
from builder.deck.inline import hard_lines, runs_of
from builder.deck.model import Block, Paragraph, Slide, plain
from builder.deck.words import words_of

INDENTATION = "    "
BULLET = "•"
CELLS = " | "
"""What stands between the cells of a row."""


def notes_of(slide: Slide) -> list[str]:
    """Paragraphs of the notes: when it is on, the author's, the book's, the works cited, the place in the book."""
    place = [str(slide.place)] if slide.place else []
    planned = [slide.when] if slide.when else []
    return [*planned, *slide.notes.author, *slide.notes.book, *slide.notes.works, *place]


def noted(context: BlockContext, node: nodes.Element) -> list[str]:
    """The lines of a node that stands in notes: a line of its own for each paragraph, item, row and line of code."""
    if isinstance(node, nodes.line_block):
        return list(verse(context, node))
    if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.FixedTextElement | nodes.math_block):
        return [line for part in hard_lines(node) if (line := plain(runs_of(part, context.docname)))]
    blocks = context.blocks(node)
    warn_of_losses(node, blocks)
    return [line for block in blocks for line in lines_of(block)]


def verse(context: BlockContext, node: nodes.Element, indentation: str = "") -> Iterator[str]:
    """The lines of a line block, indented as they are."""
    for child in elements(node):
        if isinstance(child, nodes.line_block):
            yield from verse(context, child, indentation + INDENTATION)
        else:
            yield indentation + plain(runs_of(child.children, context.docname))


def lines_of(block: Block) -> Iterable[str]:
    """The lines of a block; those of its words where its kind has no structure of its own in notes."""
    structured = STRUCTURED.get(type(block))
    if structured is None:
        return words_of(block)
    caption = getattr(block, "caption", None)
    return [*structured(block), *([caption.text] if caption is not None else [])]


def _items(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Items with their bullets or numbers, indented by their levels; paragraphs as they are."""
    for paragraph in paragraphs:
        level = paragraph.level if paragraph.continues else max(paragraph.level - 1, 0)
        mark = "" if paragraph.continues else paragraph.number or (BULLET if paragraph.level else "")
        yield INDENTATION * level + " ".join(part for part in (mark, plain(paragraph.runs)) if part)


def _box(block: Box) -> Iterator[str]:
    if block.title:
        yield plain(block.title)
    yield from _items(block.paragraphs)


def _code(block: Code) -> Iterator[str]:
    yield from map(plain, block.lines)


def _equation(block: Equation) -> Iterator[str]:
    yield f"{block.words}  {block.number}".rstrip()


def _quote(block: Quote) -> Iterator[str]:
    for runs in block.paragraphs:
        yield f"“{plain(runs)}”"
    if block.attribution:
        yield f"— {plain(block.attribution)}"


def _rows(block: Table) -> Iterator[str]:
    """A line for each row; places that a cell spans are empty."""
    for _, row in cells_of(block):
        places = [""] * block.columns
        for column, cell in row:
            places[column] = " ".join(map(plain, cell.paragraphs))
        yield CELLS.join(places)


def _panel(block: Panel) -> Iterator[str]:
    if block.title:
        yield plain(block.title)
    for line in (line for inner in block.blocks for line in lines_of(inner)):
        yield (INDENTATION if block.is_quoted else "") + line


def _indented(block: Indented) -> Iterator[str]:
    for line in lines_of(block.block):
        yield INDENTATION * block.depth + line


def _columns(block: Columns) -> Iterator[str]:
    for column in block.columns:
        if column.heading:
            yield plain(column.heading)
        for inner in column.blocks:
            yield from lines_of(inner)


def _texts(block: Text) -> Iterator[str]:
    return _items(block.paragraphs)


def _picture(block: Picture | Media) -> Iterator[str]:
    yield f"[{block.alt}]"


STRUCTURED: dict[type, Callable[[Any], Iterator[str]]] = {
    Text: _texts, Box: _box, Code: _code, Equation: _equation, Quote: _quote, Table: _rows, Columns: _columns,
    Panel: _panel, Indented: _indented, Picture: _picture, Media: _picture,
}  # fmt: skip
"""Class of a block → its lines without its caption."""
