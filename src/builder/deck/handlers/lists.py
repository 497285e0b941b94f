"""Lists as bullets: plain, numbered, of definitions and of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes
from roman_numerals import RomanNumeral

from builder.deck.blocks import Column, Columns, Text
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.handlers.dropped import UNSHOWN
from builder.deck.inline import runs_of
from builder.deck.model import Block, Paragraph, Run
from builder.deck.words import runs_show
from builder.errors import source_of

NUMBERED: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "loweralpha": lambda n: letters(n).lower(),
    "upperalpha": lambda n: letters(n),
    "lowerroman": lambda n: RomanNumeral(n).to_lowercase(),
    "upperroman": lambda n: RomanNumeral(n).to_uppercase(),
}
DEEPEST = 9
"""The last level of bullets that office programs have."""


@shows(nodes.bullet_list, nodes.enumerated_list)
def item_list(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Bullets, level by level; items of a numbered list with their numbers."""
    return [Text(tuple(list_paragraphs(node, context, 1)), source_of(node), context.label(node))]


def list_paragraphs(node: nodes.Element, context: BlockContext, level: int) -> Iterator[Paragraph]:
    """Paragraphs of a list and the lists in it, level by level."""
    number = node.get("start", 1)
    for item in elements(node):
        mark = ""
        if isinstance(node, nodes.enumerated_list):
            kind = NUMBERED.get(node.get("enumtype", "arabic"), str)
            mark = node.get("prefix", "") + kind(number) + node.get("suffix", ".")
            number += 1
        is_roman = "roman" in node.get("enumtype", "")
        yield from item_paragraphs(item, context, level, mark, is_roman)


def item_paragraphs(
    item: nodes.Element, context: BlockContext, level: int, mark: str, is_roman: bool
) -> Iterator[Paragraph]:
    """Paragraphs of an item: the first has its ``mark``, the others and the lists in it stand one level below."""
    first = True
    below = min(level + 1, DEEPEST)
    for child in elements(item):
        if isinstance(child, nodes.bullet_list | nodes.enumerated_list):
            yield from list_paragraphs(child, context, below)
            first = False
        elif not isinstance(child, UNSHOWN) and runs_show(runs := context.runs(child)):
            if first:
                yield Paragraph(runs, level, mark, source_of(child), is_roman)
            else:
                yield Paragraph(runs, below, "", source_of(child))
            first = False


def letters(number: int) -> str:
    """``1`` → ``A``, ``27`` → ``AA``."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


@shows(nodes.definition_list)
def definition_list(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Each term in bold as a bullet, its definition one level below."""
    return [Text(tuple(definition_paragraphs(node, context)), source_of(node), context.label(node))]


def definition_paragraphs(node: nodes.Element, context: BlockContext) -> Iterator[Paragraph]:
    """The paragraphs of a list of definitions."""
    for item in elements(node):
        for child in item.children:
            if isinstance(child, nodes.term):
                yield Paragraph(runs_of(child.children, context.docname, Run("", bold=True)), 1, "", source_of(child))
            elif isinstance(child, nodes.definition):
                yield from (
                    Paragraph(runs, 2, "", source_of(block))
                    for block in elements(child)
                    if runs_show(runs := context.runs(block))
                )


def columns_of(context: BlockContext, node: nodes.Element) -> Columns:
    """A definition list as columns side by side: the term is the heading."""
    found = []
    for item in elements(node):
        heading = next((context.runs(child) for child in item.children if isinstance(child, nodes.term)), ())
        definitions = (child for child in item.children if isinstance(child, nodes.definition))
        found.append(Column(heading, tuple(block for child in definitions for block in context.children(child))))
    return Columns(tuple(found), source_of(node), context.label(node))


@shows(nodes.field_list)
def field_list(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Each field: its name in bold, and its text, in the line when that is short, else below."""
    return [Text(tuple(field_paragraphs(node, context)), source_of(node), context.label(node))]


def field_paragraphs(node: nodes.Element, context: BlockContext) -> Iterator[Paragraph]:
    """The paragraphs of a list of fields."""
    for field in elements(node):
        name, body = elements(field)[:2]
        inside = [part for block in context.children(body) if isinstance(block, Text) for part in block.paragraphs]
        if len(inside) == 1 and not inside[0].number:
            head = Run(f"{name.astext()}: ", bold=True)
            yield Paragraph((head, *inside[0].runs), 0, "", source_of(field))
        else:
            yield Paragraph((Run(f"{name.astext()}:", bold=True),), 0, "", source_of(field))
            yield from inside
