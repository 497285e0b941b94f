"""Paragraphs: words, pictures alone, and what raw HTML put into one: a film, a sound, a page in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from docutils import nodes

from builder.deck.blocks import Media, Text
from builder.deck.conversion import BlockContext, elements, is_in_line, shows
from builder.deck.handlers.figures import icon_picture
from builder.deck.handlers.math import equation_of, formula_alone, stands_alone
from builder.deck.inline import hard_lines, runs_of, shown_of
from builder.deck.measured import bold
from builder.deck.model import Block, Paragraph, Run
from builder.deck.nesting import headed, joined
from builder.deck.pages.pictures import picture_size
from builder.deck.pieces import VERSE, VERSE_INDENT, stripped
from builder.deck.substitutes import frame
from builder.deck.words import runs_show
from builder.errors import AuthorError, Source, source_of
from builder.source.icons import is_drawn_alone
from builder.source.pictures.names import in_line, source_file
from builder.source.pictures.sizes import is_icon, natural_size

PLAYABLE = {"video": {".mp4", ".m4v", ".mov", ".webm"}, "audio": {".mp3", ".m4a", ".wav"}}
"""Endings of what office programs play."""


@shows(nodes.paragraph)
def paragraph(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Its words, without a bullet; the film, sound, framed page or pictures that it holds instead."""
    if played := child_with(node, "played"):
        return [media(played, context)]
    if framed := child_with(node, "framed"):
        return [frame(framed.astext(), source_of(node), context.label(node))]
    if images := pictures_in(context, node):
        return words_and_pictures(context, node, images)
    if (formula := formula_alone(node)) is not None and stands_alone(context.formulas[formula.astext()]):
        return [equation_of(context, node, formula.astext(), ("",))]
    if any(not isinstance(child, nodes.Inline | nodes.Text) and not is_in_line(child) for child in node.children):
        return with_blocks(context, node)
    if icons := [icon for icon in elements(node) if is_drawn_alone(icon)]:
        return [icon_picture(context, icon) for icon in icons]
    return words(context, node)


def with_blocks(context: BlockContext, node: nodes.Element) -> list[Block]:
    """What a paragraph with blocks holds. In fields of objects, the name that it begins with stands in the line of the
    words that follow; words round formulas stand above and below them.
    """
    if all(is_in_line(child) or isinstance(child, nodes.math_block) for child in node.children):
        return context.children(node)
    named = list(takewhile(is_in_line, node.children))
    name = runs_of(named, context.docname, notes=True)
    found = context.children(node)
    if not runs_show(name) or len(named) == len(node.children):
        return found
    return headed(stripped(name), joined(found[1:]), source_of(node))


@shows(nodes.line_block)
def verse(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Its lines as they were broken, indented as they were."""
    lines = tuple(lines_of_verse(context, node, ""))
    return [Text(lines, source_of(node), context.label(node))] if any(runs_show(line.runs) for line in lines) else []


def lines_of_verse(context: BlockContext, node: nodes.Element, indent: str) -> Iterator[Paragraph]:
    """A paragraph for each line of verse; one between stanzas is blank."""
    for child in elements(node):
        if isinstance(child, nodes.line_block):
            yield from lines_of_verse(context, child, indent + VERSE_INDENT)
        else:
            yield Paragraph((Run(indent or VERSE), *context.runs(child)), source=source_of(child))


@shows(nodes.rubric)
def rubric(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A heading in bold, without a bullet."""
    source = source_of(node)
    runs = bold(context.runs(node))
    return [Text((Paragraph(runs, source=source),), source, context.label(node))] if runs_show(runs) else []


def words(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Text without a bullet, a paragraph for each line that its author ends; nothing where it shows no words."""
    source = source_of(node)
    lines = (runs_of(line, context.docname, notes=True) for line in hard_lines(node))
    shown = tuple(Paragraph(runs, source=source) for runs in lines if runs_show(runs))
    return [Text(shown, source, context.label(node))] if shown else []


def shows_picture(context: BlockContext, node: nodes.Element) -> bool:
    """True for a paragraph with pictures, of a film or sound."""
    return bool(pictures_in(context, node)) or child_with(node, "played") is not None


def words_and_pictures(context: BlockContext, node: nodes.Element, images: list[nodes.image]) -> list[Block]:
    """The pictures of a paragraph, behind its words or before them, as it begins."""
    shown = [block for image in images for block in context.blocks(image)]
    said = words(context, without(node, images))
    return [*shown, *said] if node.children[0] in images else [*said, *shown]


def without(node: nodes.Element, images: list[nodes.image]) -> nodes.Element:
    """A copy of a node that lacks some of its pictures."""
    text = node.deepcopy()
    for image in [one for one in text.findall(nodes.image) if one["uri"] in {image["uri"] for image in images}]:
        image.parent.remove(image)
    text.source, text.line = node.source, node.line
    return text


def child_with(node: nodes.Element, mark: str) -> nodes.inline | None:
    """The inline node that raw HTML left in a paragraph with an attribute ``mark``; None for another node."""
    if not isinstance(node, nodes.paragraph):
        return None
    return next((child for child in node.children if isinstance(child, nodes.inline) and child.get(mark)), None)


def pictures_in(context: BlockContext, node: nodes.Element) -> list[nodes.image]:
    """The pictures of a paragraph, but for icons in its line; none for another node."""
    return larger_pictures(context, node) if isinstance(node, nodes.paragraph) else []


def larger_pictures(context: BlockContext, node: nodes.Element) -> list[nodes.image]:
    """The pictures in a node, but for icons in their line."""
    return [image for image in node.findall(nodes.image) if not (in_line(image) and is_icon_file(context, image))]


def words_and_pictures_of(context: BlockContext, mark: nodes.Element) -> tuple[nodes.Element, list[nodes.image]]:
    """What a mark puts on its slide: a node with its words, and its pictures, but for icons in their line."""
    shown = shown_of(mark)
    pictures = larger_pictures(context, shown)
    return (without(shown, pictures), pictures) if pictures else (mark, [])


def is_icon_file(context: BlockContext, image: nodes.image) -> bool:
    """True for a picture that is no higher than a line of text, and for one that cannot be shown, but as its words."""
    try:
        return is_icon(image, natural_size(context.folder / image["uri"]))
    except Exception:
        return True


def media(node: nodes.inline, context: BlockContext) -> Media:
    """A film or sound with its still.

    Raises:
        AuthorError: the file is missing, outside the project, or of a kind that office programs do not play.
    """
    kind, address, poster = node["played"]
    path = inside(address, context, source_of(node))
    if path.suffix.lower() not in PLAYABLE[kind]:
        kinds = ", ".join(sorted(PLAYABLE[kind]))
        raise AuthorError(f"slides do not play '{address}'; save it as one of {kinds}.", source_of(node))
    still = inside(poster, context, source_of(node)) if poster else None
    size = picture_size(still, poster, source_of(node)) if still else ((1280, 720) if kind == "video" else (960, 240))
    return Media(str(path), kind, str(still or ""), node.astext(), *size, source_of(node))


def inside(address: str, context: BlockContext, source: Source) -> Path:
    """The file that HTML in a document names.

    Raises:
        AuthorError: there is none in the project.
    """
    found = source_file(address, context.docname, context.folder, ())
    if found and not Path(found).is_absolute():  # one outside of the sources is found by its whole path
        return context.folder / found
    raise AuthorError(f"the file '{address}' is not there; put it into the book's folder.", source)
