"""Containers, and what sphinx-design, sphinx-tabs and sphinx-inline-tabs make: what folds or slides on the web stands
open, under its title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from docutils import nodes

from builder.deck.blocks import Column, Columns
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.handlers.admonitions import box_of
from builder.deck.handlers.code import listing
from builder.deck.handlers.paragraphs import words
from builder.deck.inline import link_of
from builder.deck.model import Block
from builder.deck.natural_columns import column_of
from builder.deck.nesting import joined
from builder.errors import source_of
from builder.source.components import TITLED, component_of, link_of_card, tab_of, title_and_rest

SIDE_BY_SIDE = 3
"""Items of a grid that stand beside each other; more of them stand in rows."""


@shows(nodes.container)
def container(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Its content; code with its caption and number; a tab, a dropdown and a card of sphinx-design in titled boxes; a
    list of works as one text.
    """
    if node.get("literal_block"):
        return listing(context, node)
    if component_of(node) in TITLED:
        return opened(context, node)
    if component_of(node) == "grid-row":
        return row(context, node)
    if node.children and all(isinstance(child, nodes.citation) for child in node.children):
        return joined(context.children(node))
    return card(context, node) if component_of(node) == "card" else context.children(node)


def row(context: BlockContext, node: nodes.Element) -> list[Block]:
    """The items of a grid as columns, in rows of two or three; one that is alone as it is."""
    items = [found for child in elements(node) if (found := context.blocks(child))]
    if len(items) < 2:
        return [block for item in items for block in item]
    count = ceil(len(items) / ceil(len(items) / SIDE_BY_SIDE))
    columns = [*map(column_of, items), *[Column((), ())] * (-len(items) % count)]
    rows = [Columns(tuple(columns[first : first + count]), source_of(node)) for first in range(0, len(columns), count)]
    return [replace(rows[0], label=context.label(node)), *rows[1:]]


def is_shown_whole(node: nodes.Element) -> bool:
    """True for a container that shows more than its content: a caption, a title."""
    return bool(node.get("literal_block")) or component_of(node) in (*TITLED, "card")


@shows("TabContainer")
def opened(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A box titled by the words of its tab."""
    title, rest = title_and_rest(node)
    return titled(context, node, title, [child for child in rest if isinstance(child, nodes.Element)])


@shows("SphinxTabsPanel")
def tab_panel(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A box titled by the words of its tab."""
    return titled(context, node, tab_of(node), elements(node))


def titled(
    context: BlockContext, node: nodes.Element, title: nodes.Element | None, content: list[nodes.Element]
) -> list[Block]:
    """``content``, which stands in ``node``, in a box of this title."""
    runs = context.runs(title) if title is not None else ()
    return box_of(runs, [block for child in content for block in context.blocks(child)], context, node)


@shows("SphinxTabsTablist")
def tab_list(_context: BlockContext, _node: nodes.Element) -> list[Block]:
    """Nothing: each panel is titled instead."""
    return []


@shows("PassthroughTextElement")
def passthrough(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Its words, unless it is the link that covers a card, which the web hides."""
    return [] if link_of_card(node) is not None else words(context, node)


def card(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A box titled by the card's title, or by its header without one; a link where the whole card is one."""
    slots = list(slots_of(node))
    title = title_slot(slots)
    link = link_of_card(node)
    address = link_of(link, context.docname) if link is not None else ""
    heading = context.runs(title) if title is not None else ()
    blocks = [block for slot in slots if slot is not title for block in context.blocks(slot)]
    return box_of(tuple(replace(run, link=run.link or address) for run in heading), blocks, context, node)


def slots_of(card: nodes.Element) -> Iterator[nodes.Element]:
    """The parts of a card in order: pictures, header, title, what stands in its body, footer."""
    for child in elements(card):
        if component_of(child) in ("card-body", "card-overlay"):
            yield from slots_of(child)
        else:
            yield child


def title_slot(slots: list[nodes.Element]) -> nodes.Element | None:
    """The title of a card among its parts, or its header of one paragraph; None without one."""
    named = {component_of(slot): slot for slot in slots}
    header = named.get("card-header")
    is_line = header is not None and len(header) == 1 and isinstance(header[0], nodes.paragraph)
    return named.get("card-title") or (header if is_line else None)
