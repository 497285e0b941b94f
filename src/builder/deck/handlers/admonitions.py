"""Titled boxes: admonitions, and descriptions of objects by their signatures; quotations."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from builder.deck.blocks import Box, Quote, Text
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.model import Block, Paragraph, Run, Runs
from builder.errors import source_of


@shows(nodes.Admonition, nodes.admonition, nodes.topic, nodes.sidebar, addnodes.seealso)
def admonition(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A titled box with its text, none without any; what is no text follows below the box."""
    title = next((context.runs(child) for child in node.children if isinstance(child, nodes.title)), ())
    if not title and type(node).__name__ in admonitionlabels:
        title = (Run(str(admonitionlabels[type(node).__name__])),)
    return boxed(title, context, node)


def boxed(title: Runs | str, context: BlockContext, node: nodes.Element) -> list[Block]:
    """The text of ``node`` in a box of this title, and below it what is no text; nothing for a node without content."""
    inside = [child for child in elements(node) if not isinstance(child, nodes.title)]
    return box_of(title, [block for child in inside for block in context.blocks(child)], context, node)


def box_of(title: Runs | str, blocks: list[Block], context: BlockContext, node: nodes.Element) -> list[Block]:
    """The texts among ``blocks``, which stand for ``node``, in a box of this title, and the others below it."""
    if not blocks:
        return []
    paragraphs: tuple[Paragraph, ...] = ()
    for block in blocks:
        paragraphs += block.paragraphs if isinstance(block, Text) else ()
    heading = (Run(title),) if isinstance(title, str) else title
    others = [block for block in blocks if not isinstance(block, Text)]
    return [Box(heading, paragraphs, source_of(node), context.label(node)), *others]


@shows(addnodes.desc)
def description(context: BlockContext, node: nodes.Element) -> list[Block]:
    """The description of an object: a box titled by its signature; objects inside of it have boxes of their own."""
    signature = next((child for child in node.children if isinstance(child, addnodes.desc_signature)), None)
    title = (Run(" ".join(signature.astext().split()), code=True),) if signature is not None else ()
    contents = (child for child in node.children if isinstance(child, addnodes.desc_content))
    paragraphs: list[Paragraph] = []
    others: list[Block] = []
    for block in (block for content in contents for block in context.children(content)):
        if isinstance(block, Text) and not others:
            paragraphs += block.paragraphs
        else:
            others.append(block)
    return [Box(title, tuple(paragraphs), source_of(node), context.label(node)), *others]


@shows(nodes.block_quote)
def quote(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A quotation with its attribution."""
    by = next((context.runs(child) for child in node.children if isinstance(child, nodes.attribution)), ())
    paragraphs = tuple(context.runs(child) for child in node.children if isinstance(child, nodes.paragraph))
    return [Quote(paragraphs, by, source_of(node), context.label(node))]
