"""Titled boxes: admonitions, and descriptions of objects by their signatures; quotations."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from builder.deck.blocks import Box, Panel, Picture, Quote, Text
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.furniture import mapped
from builder.deck.model import Block, Paragraph, Run, Runs
from builder.deck.nesting import joined
from builder.errors import source_of
from builder.source.signatures import lines_of_signature, plain_signature


@shows(nodes.Admonition, nodes.admonition, nodes.topic, nodes.sidebar, addnodes.seealso)
def admonition(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A titled box with its content; none without any."""
    title = next((context.runs(child) for child in node.children if isinstance(child, nodes.title)), ())
    if not title and type(node).__name__ in admonitionlabels:
        title = (Run(str(admonitionlabels[type(node).__name__])),)
    return boxed(title, context, node)


def boxed(title: Runs | str, context: BlockContext, node: nodes.Element) -> list[Block]:
    """The content of ``node`` in a box of this title; nothing for a node without content."""
    return box_of(title, context.children(node, nodes.title), context, node)


def box_of(title: Runs | str, blocks: list[Block], context: BlockContext, node: nodes.Element) -> list[Block]:
    """``blocks``, which stand for ``node``, in a box of this title; nothing without any."""
    heading = (Run(title),) if isinstance(title, str) else title
    match joined(blocks):
        case []:
            return []
        case [Text(paragraphs=paragraphs)]:
            return [Box(heading, paragraphs, source_of(node), context.label(node))]
        case inside:
            return [Panel(heading, tuple(inside), source_of(node), context.label(node))]


@shows(addnodes.desc)
def description(context: BlockContext, node: nodes.Element) -> list[Block]:
    """The description of an object: a box titled by its signature, or with the lines of several; objects inside of it
    have boxes of their own.
    """
    signatures = [child for child in elements(node) if isinstance(child, addnodes.desc_signature)]
    lines = [line for signature in signatures for line in lines_of_signature(signature)]
    written = [Run(" ".join(plain_signature(line).split()), code=True, bold=len(lines) > 1) for line in lines]
    title = tuple(written) if len(lines) == 1 else ()
    above = tuple(Paragraph((run,), source=source_of(line)) for run, line in zip(written, lines, strict=True))
    contents = [child for child in elements(node) if isinstance(child, addnodes.desc_content)]
    inside = [child for content in contents for child in elements(content)]
    own = list(takewhile(lambda child: not isinstance(child, addnodes.desc), inside))
    blocks: list[Block] = [Text(above, source_of(node))] if len(lines) > 1 else []
    blocks += [block for child in own for block in context.blocks(child)]
    found = box_of(title, blocks, context, node) or [Box(title, (), source_of(node), context.label(node))]
    return [*found, *(block for child in inside[len(own) :] for block in context.blocks(child))]


@shows(nodes.block_quote)
def quote(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A quotation with its attribution, on a panel with what else it holds."""
    by = next((context.runs(child) for child in node.children if isinstance(child, nodes.attribution)), ())
    source, label = source_of(node), context.label(node)
    inside = joined(context.children(node, nodes.attribution))
    portrait = next((block for block in inside if isinstance(block, Picture)), None)
    match joined([block for block in inside if block is not portrait]):
        case [Text(paragraphs=paragraphs)] if all(paragraph == plain_one(paragraph) for paragraph in paragraphs):
            return [Quote(tuple(paragraph.runs for paragraph in paragraphs), by, source, label, portrait)]
        case [] if portrait is None:
            return [Quote((), by, source, label)] if by else []
    quoted = [mapped(block, slanted) if isinstance(block, Text) else block for block in inside]
    if by:
        quoted = joined([*quoted, Text((Paragraph((Run("— "), *by), source=source),), source)])
    return [Panel((), tuple(quoted), source, label, is_quoted=True)]


def plain_one(paragraph: Paragraph) -> Paragraph:
    """``paragraph`` without bullet and number."""
    return Paragraph(paragraph.runs, source=paragraph.source)


def slanted(run: Run) -> Run:
    """``run`` in italics, and one in italics upright."""
    return replace(run, italic=not run.italic)
