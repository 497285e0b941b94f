"""Figures: pictures, charts, timelines, maps, and what drawing programs make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docutils import nodes

from builder.charts.canvas import Style
from builder.charts.dates import days_of
from builder.charts.maps import draw_map
from builder.deck.blocks import Chart, Picture, Text, Timeline
from builder.deck.conversion import HANDLERS, BlockContext, elements, shows
from builder.deck.diagrams import AS_PICTURE, LAID_OUT, NotNativeError, read_diagram
from builder.deck.model import Block, Caption, Paragraph, Run
from builder.deck.pages.pictures import picture_size
from builder.errors import AuthorError, source_of
from builder.source.annotations.data_figures import alternative
from builder.source.annotations.vocabulary import chart, place_map, slide_figure, timeline
from builder.source.drawings import DrawingError, cached_drawing, drawn_by_dot, mermaid_picture
from builder.source.icons import height_of_icon, name_of_icon
from builder.source.pictures.marks import file_in_short
from builder.source.pictures.sizes import Asked, asked_size, is_icon, points
from builder.source.sub_figures import letter_and_words, sub_pictures
from builder.store.files import write_whole

DRAWN = ("graphviz", "mermaid")
SLIDE_MAP = Style(width=720, size=15, slack=1.08)
"""A map on a slide is a picture of about this width in points, so that its names have the size of small print."""


@shows(nodes.figure)
def figure(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A picture, chart, timeline, map or drawing with the figure's caption and label; other content by itself."""
    if pictures := sub_pictures(node):
        return side_by_side(context, node, pictures)
    captioned = replace(context, caption=context.caption_of(node, "figure"), figure=context.label(node))
    found: list[Block] = []
    for child in elements(node):
        image = next(child.findall(nodes.image), None) if isinstance(child, nodes.reference) else None
        if image is not None:
            found += captioned.blocks(image)
        elif is_drawn(child):
            found += captioned.blocks(child)
        elif isinstance(child, nodes.legend):
            found += map(as_legend, context.children(child))
        elif not isinstance(child, nodes.caption):
            found += context.blocks(child)
    return found


def side_by_side(context: BlockContext, node: nodes.Element, pictures: list[nodes.image]) -> list[Block]:
    """The pictures of one figure with their letters, and its caption and legend below them."""
    found: list[Block] = []
    for place, picture in enumerate(pictures):
        below = Caption("", (Run(letter_and_words(node, place, picture)),))
        label = context.label(node) if place == 0 else ""
        found += replace(context, caption=below, figure=label).blocks(picture)
    caption = context.caption_of(node, "figure")
    if caption is not None:
        found.append(Text((Paragraph(caption.line, source=source_of(node)),), source_of(node), type="legend"))
    legends = [child for child in node.children if isinstance(child, nodes.legend)]
    return found + [as_legend(block) for legend in legends for block in context.children(legend)]


def as_legend(block: Block) -> Block:
    """``block`` as it stands below a picture: text in small print."""
    return replace(block, type="legend") if isinstance(block, Text) else block


@shows(slide_figure)
def figure_of_slide(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A figure or table that only slides show."""
    return HANDLERS[node["of"]](context, node)


def is_drawn(node: nodes.Element) -> bool:
    """True for a picture, a chart, a timeline, a map and a drawing."""
    return isinstance(node, nodes.image | chart | timeline | place_map) or type(node).__name__ in DRAWN


@shows(chart)
def native_chart(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A native chart."""
    return [
        Chart(
            node["data"], alternative(node, context.words), context.caption, source_of(node.parent), context.label(node)
        )
    ]


@shows(timeline)
def native_timeline(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A timeline of native shapes."""
    return [
        Timeline(
            node["events"],
            alternative(node, context.words),
            context.caption,
            source_of(node.parent),
            context.label(node),
            days_of([event.date for event in node["events"]], context.env.config.language),
        )
    ]


@shows(place_map)
def map_picture(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A map, drawn for slides."""
    svg = draw_map(node["map"], SLIDE_MAP)
    file = cached_drawing(context.env.doctreedir, svg, ".svg")
    if not file.exists():
        write_whole(file, svg.encode())
    return [picture_of(context, node, file, alternative(node, context.words))]


@shows(nodes.image)
def picture(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A picture with its size.

    Raises:
        AuthorError: the file is missing or is no picture.
    """
    path = context.folder / node["uri"]
    named = node.get("named") or node["uri"]
    width, height = picture_size(path, named, source_of(node))
    alt = alternative_of(context, node) or file_in_short(named)
    asked = asked_size(node, width)
    link = address_of(node)
    return [Picture(str(path), alt, width, height, context.caption, source_of(node), context.label(node), asked, link)]


def address_of(node: nodes.Element) -> str:
    """The address that a picture leads to; '' for one that leads to none outside of the book."""
    address = str(node.parent.get("refuri", "")) if isinstance(node.parent, nodes.reference) else ""
    return address if address.startswith(("http://", "https://")) else ""


@shows("graphviz")
def graph(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A graph as native shapes where it can be, else as a picture.

    Raises:
        AuthorError: Graphviz is missing or fails.
    """
    alt = alternative_of(context, node) or context.words["diagram"]
    program = (node.get("options") or {}).get("graphviz_dot", "")
    try:
        laid_out = drawn_by_dot(context.env, node["code"], program, ".json", *LAID_OUT)
        try:
            return [read_diagram(laid_out, alt, context.caption, source_of(node), context.label(node))]
        except NotNativeError:
            drawn = drawn_by_dot(context.env, node["code"], program, ".svg", *AS_PICTURE)
            return [picture_of(context, node, drawn, alt)]
    except DrawingError as error:
        raise cannot_be_drawn(node, error) from None


@shows("svg_drawing")
def svg_drawing(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A drawing of raw HTML as a picture; nothing for an icon in a line of text."""
    path = cached_drawing(context.env.doctreedir, node["svg"], ".svg")
    if not path.is_file():
        write_whole(path, node["svg"].encode())
    drawn = picture_of(context, node, path, node["alt"] or context.words["diagram"])
    return [] if is_icon(node, (drawn.width_px, drawn.height_px)) else [drawn]


def icon_picture(context: BlockContext, node: nodes.Element) -> Picture:
    """A drawn icon that stands alone, at the size that its author asks for."""
    svg = node["svg"].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    path = cached_drawing(context.env.doctreedir, svg, ".svg")
    if not path.is_file():
        write_whole(path, svg.encode())
    drawn = picture_of(context, node, path, name_of_icon(node).replace("-", " ").replace("_", " "))
    return replace(drawn, asked=Asked(height=points(height_of_icon(node))))


@shows("mermaid")
def mermaid(context: BlockContext, node: nodes.Element) -> list[Block]:
    """The drawing of Mermaid, as a picture.

    Raises:
        AuthorError: its program is missing or fails.
    """
    try:
        drawn = mermaid_picture(context.env, node["code"], ".png")
    except DrawingError as error:
        raise cannot_be_drawn(node, error) from None
    return [picture_of(context, node, drawn, alternative_of(context, node) or context.words["diagram"])]


def cannot_be_drawn(node: nodes.Element, error: DrawingError) -> AuthorError:
    """The report of a drawing program that is missing or fails."""
    return AuthorError(f"the diagram cannot be drawn: {error}.", source_of(node))


def alternative_of(context: BlockContext, node: nodes.Element) -> str:
    """The alternative text of a picture: its own, else the caption of its figure; '' without either."""
    return node.get("alt") or (context.caption.text if context.caption else "")


def picture_of(context: BlockContext, node: nodes.Element, path: Path, alt: str) -> Picture:
    """A picture file that was drawn for ``node``."""
    width, height = picture_size(path, path.name, source_of(node))
    return Picture(str(path), alt, width, height, context.caption, source_of(node), context.label(node))
