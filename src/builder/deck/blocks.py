"""Block nodes → blocks of the Deck model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from pygments.styles import get_style_by_name
from pygments.token import Token, is_token_subtype
from pygments.util import ClassNotFound
from roman_numerals import RomanNumeral
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.locale import admonitionlabels

from builder.charts.canvas import Style
from builder.charts.maps import draw_map
from builder.deck.diagrams import AS_PICTURE, LAID_OUT, NotNativeError, read_diagram
from builder.deck.inline import runs_of
from builder.deck.model import (
    Block,
    Box,
    Caption,
    Cell,
    Chart,
    Code,
    Column,
    Columns,
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
from builder.deck.pages.pictures import picture_size
from builder.deck.substitutes import frame, runs_show
from builder.errors import AuthorError, Source, shortened, source_of
from builder.source.annotations.data_figures import alternative
from builder.source.annotations.vocabulary import chart, place_map, slide_figure, timeline
from builder.source.drawings import DrawingError, drawn_by_dot, kept, mermaid_picture
from builder.source.pictures.marks import short_name
from builder.source.pictures.names import source_file
from builder.store.files import write_whole
from builder.typeset.math.formulas import Formulas

NUMBERED: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "loweralpha": lambda n: letters(n).lower(),
    "upperalpha": lambda n: letters(n),
    "lowerroman": lambda n: RomanNumeral(n).to_lowercase(),
    "upperroman": lambda n: RomanNumeral(n).to_uppercase(),
}
PLAYABLE = {"video": {".mp4", ".m4v", ".mov", ".webm"}, "audio": {".mp3", ".m4a", ".wav"}}
"""Endings of what office programs play."""
SLIDE_MAP = Style(width=720, size=15, slack=1.08)
"""A map on a slide is a picture of about this width in points, so that its names have the size of small print."""

DRAWN = ("graphviz", "mermaid")
ADMONITIONS = (nodes.Admonition, nodes.admonition, nodes.topic, nodes.sidebar, addnodes.seealso)
UNSHOWN = (nodes.Invisible, nodes.target, nodes.footnote, nodes.citation, nodes.transition, nodes.raw)
CODE_STYLE = "friendly"


class Numbers(Protocol):
    """Numbers as the book prints them."""

    def of_section(self, docname: str, section: nodes.Element) -> str:
        """``3.2``."""

    def of_float(self, docname: str, node: nodes.Element, kind: str) -> str:
        """``Figure 3.1``."""

    def of_equation(self, docname: str, node: nodes.Element) -> str:
        """``(3.1)``."""


@dataclass(frozen=True, slots=True)
class BlockContext:
    """What converting a block needs: its document, the book's numbers, pictures and formulas, and what drawing programs need."""

    docname: str
    numbers: Numbers
    folder: Path
    formulas: Formulas
    env: BuildEnvironment

    def runs(self, node: nodes.Element) -> Runs:
        """Runs of the inline children of ``node``, with the marks of footnotes."""
        return runs_of(node.children, self.docname, notes=True)

    def label(self, node: nodes.Element) -> str:
        """The label of ``node``, '' when it has no id."""
        return f"{self.docname}:{node['ids'][0]}" if node["ids"] else ""


def convert(node: nodes.Element, context: BlockContext) -> list[Block]:
    """Blocks of one node; empty for a node that shows nothing."""
    source = source_of(node)
    label = context.label(node)
    if isinstance(node, nodes.bullet_list | nodes.enumerated_list):
        return [Text(tuple(list_paragraphs(node, context, 1)), source, label)]
    if isinstance(node, nodes.definition_list):
        return [Text(tuple(definition_paragraphs(node, context)), source, label)]
    if isinstance(node, nodes.table) or _hidden(node) == "table":
        return [table(node, context)]
    if isinstance(node, nodes.figure) or _hidden(node) == "figure":
        return figure(node, context)
    if isinstance(node, nodes.image):
        return [picture(node, context, None)]
    if isinstance(node, nodes.literal_block | nodes.doctest_block):
        return [code(node, context)]
    if isinstance(node, nodes.block_quote):
        return [quote(node, context)]
    if type(node).__name__ in DRAWN:
        return [drawing(node, context, None, label)]
    if isinstance(node, nodes.math_block):
        return [equation(node, context)]
    if isinstance(node, addnodes.desc):
        return described(node, context)
    if isinstance(node, nodes.field_list):
        return [Text(tuple(field_paragraphs(node, context)), source, label)]
    if isinstance(node, ADMONITIONS):
        return box(node, context)
    if played := played_in(node):
        return [media(played, context)]
    if framed := child_with(node, "framed"):
        return [frame(framed.astext(), source, label)]
    if images := only_images(node):
        return [picture(image, context, None) for image in images]
    if isinstance(node, nodes.paragraph | nodes.rubric | nodes.line_block):
        runs = context.runs(node)
        return [Text((Paragraph(runs, source=source),), source, label)] if runs_show(runs) else []
    if isinstance(node, UNSHOWN):
        return []
    return [block for child in node.children if isinstance(child, nodes.Element) for block in convert(child, context)]


def shows_picture(node: nodes.Element) -> bool:
    """True for a drawing, or a paragraph of nothing but pictures."""
    return (
        type(node).__name__ in DRAWN
        or bool(only_images(node))
        or any(child_with(node, mark) for mark in ("played", "framed"))
    )


def played_in(node: nodes.Element) -> nodes.inline | None:
    """The film or sound, a file of the project, that a paragraph is; None for another node."""
    return child_with(node, "played")


def child_with(node: nodes.Element, mark: str) -> nodes.inline | None:
    """What raw HTML put into a paragraph under an attribute: ``played`` is a film or sound, ``framed`` a page; None for another node."""
    if not isinstance(node, nodes.paragraph):
        return None
    return next((child for child in node.children if isinstance(child, nodes.inline) and child.get(mark)), None)


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


def only_images(node: nodes.Element) -> list[nodes.image]:
    """The pictures of a paragraph that holds nothing else; none for another node."""
    if not isinstance(node, nodes.paragraph) or any(text.astext().strip() for text in node.findall(nodes.Text)):
        return []
    return list(node.findall(nodes.image))


def _hidden(node: nodes.Element) -> str:
    return node["of"] if isinstance(node, slide_figure) else ""


def list_paragraphs(node: nodes.Element, context: BlockContext, level: int) -> Iterator[Paragraph]:
    """Paragraphs of a list and the lists in it, level by level."""
    number = node.get("start", 1)
    for item in node.children:
        if not isinstance(item, nodes.Element):
            continue
        mark = ""
        if isinstance(node, nodes.enumerated_list):
            kind = NUMBERED.get(node.get("enumtype", "arabic"), str)
            mark = node.get("prefix", "") + kind(number) + node.get("suffix", ".")
            number += 1
        first = True
        for child in item.children:
            if isinstance(child, nodes.bullet_list | nodes.enumerated_list):
                yield from list_paragraphs(child, context, min(level + 1, 9))
                first = False
            elif isinstance(child, UNSHOWN) or not isinstance(child, nodes.Element):
                continue
            elif runs_show(runs := context.runs(child)):
                roman = "roman" in node.get("enumtype", "")
                yield Paragraph(
                    runs,
                    level if first else min(level + 1, 9),
                    mark if first else "",
                    source_of(child),
                    roman and first,
                )
                first = False


def letters(number: int) -> str:
    """``1`` → ``A``, ``27`` → ``AA``."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def definition_paragraphs(node: nodes.Element, context: BlockContext) -> Iterator[Paragraph]:
    """Each term in bold as a bullet, its definition one level below."""
    for item in node.children:
        assert isinstance(item, nodes.Element)
        for child in item.children:
            if isinstance(child, nodes.term):
                yield Paragraph(runs_of(child.children, context.docname, Run("", bold=True)), 1, "", source_of(child))
            elif isinstance(child, nodes.definition):
                yield from (
                    Paragraph(runs, 2, "", source_of(block))
                    for block in child.children
                    if isinstance(block, nodes.Element) and runs_show(runs := context.runs(block))
                )


def columns_of(node: nodes.Element, context: BlockContext) -> Columns:
    """A definition list as columns side by side: the term is the heading."""
    found = []
    for item in node.children:
        assert isinstance(item, nodes.Element)
        heading = next((context.runs(child) for child in item.children if isinstance(child, nodes.term)), ())
        heading = tuple(run for run in heading)
        paragraphs: list[Paragraph] = []
        for definition in item.children:
            if isinstance(definition, nodes.definition):
                for block in definition.children:
                    assert isinstance(block, nodes.Element)
                    for converted in convert(block, context):
                        paragraphs += converted.paragraphs if isinstance(converted, Text) else ()
        found.append(Column(heading, tuple(paragraphs)))
    return Columns(tuple(found), source_of(node), context.label(node))


def caption_of(node: nodes.Element, context: BlockContext, kind: str) -> Caption | None:
    """The caption of a figure or table with its number, None without one."""
    words = next((child for child in node.children if isinstance(child, nodes.caption | nodes.title)), None)
    if words is None:
        return None
    number = "" if isinstance(node, slide_figure) else context.numbers.of_float(context.docname, node, kind)
    return Caption(number, runs_of(words.children, context.docname))


def figure(node: nodes.Element, context: BlockContext) -> list[Block]:
    """A figure as picture, chart, timeline, or whatever stands in it."""
    caption = caption_of(node, context, "figure")
    label = context.label(node)
    source = source_of(node)
    found: list[Block] = []
    for child in node.children:
        if isinstance(child, chart):
            found.append(Chart(child["data"], alternative(child), caption, source, label))
        elif isinstance(child, timeline):
            found.append(Timeline(child["events"], alternative(child), caption, source, label))
        elif isinstance(child, place_map):
            found.append(map_picture(child, context, caption, label))
        elif isinstance(child, nodes.image):
            found.append(picture(child, context, caption, label))
        elif isinstance(child, nodes.reference) and (image := next(child.findall(nodes.image), None)) is not None:
            found.append(picture(image, context, caption, label))
        elif type(child).__name__ in DRAWN:
            assert isinstance(child, nodes.Element)
            found.append(drawing(child, context, caption, label))
        elif isinstance(child, nodes.Element) and not isinstance(child, nodes.caption | nodes.legend):
            found += convert(child, context)
    return found


def picture(node: nodes.Element, context: BlockContext, caption: Caption | None, label: str = "") -> Picture:
    """A picture with its size.

    Raises:
        AuthorError: the file is missing or is no picture.
    """
    path = context.folder / node["uri"]
    named = node.get("named") or node["uri"]
    width, height = picture_size(path, named, source_of(node))
    alt = node.get("alt") or (caption.text if caption else "") or short_name(named).rsplit("/", 1)[-1]
    return Picture(str(path), alt, width, height, caption, source_of(node), label or context.label(node))


def drawing(node: nodes.Element, context: BlockContext, caption: Caption | None, label: str) -> Block:
    """What a drawing program makes of a node: a graph as native shapes where it can be, else a picture.

    Raises:
        AuthorError: the program is missing or fails.
    """
    alt = node.get("alt") or (caption.text if caption else "") or "Diagram"
    try:
        if type(node).__name__ == "mermaid":
            return picture_of(mermaid_picture(context.env, node["code"], ".png"), alt, caption, source_of(node), label)
        program = (node.get("options") or {}).get("graphviz_dot", "")
        laid_out = drawn_by_dot(context.env, node["code"], program, ".json", *LAID_OUT)
        try:
            return read_diagram(laid_out, alt, caption, source_of(node), label)
        except NotNativeError:
            drawn = drawn_by_dot(context.env, node["code"], program, ".svg", *AS_PICTURE)
            return picture_of(drawn, alt, caption, source_of(node), label)
    except DrawingError as error:
        raise AuthorError(f"the diagram cannot be drawn: {error}.", source_of(node)) from None


def map_picture(node: nodes.Element, context: BlockContext, caption: Caption | None, label: str) -> Picture:
    """A map, drawn for slides and kept for the next build."""
    svg = draw_map(node["map"], SLIDE_MAP)
    file = kept(context.env.doctreedir, svg, ".svg")
    if not file.exists():
        write_whole(file, svg.encode())
    return picture_of(file, alternative(node), caption, source_of(node), label)


def picture_of(path: Path, alt: str, caption: Caption | None, source: Source, label: str) -> Picture:
    """A picture file as a block."""
    width, height = picture_size(path, path.name, source)
    return Picture(str(path), alt, width, height, caption, source, label)


def table(node: nodes.Element, context: BlockContext) -> Table:
    """A table; cells keep alignment and spans."""
    group = next(child for child in node.children if isinstance(child, nodes.tgroup))
    columns = sum(isinstance(child, nodes.colspec) for child in group.children)
    rows, head = [], 0
    for part in group.children:
        if not isinstance(part, nodes.thead | nodes.tbody):
            continue
        for row in part.children:
            assert isinstance(row, nodes.Element)
            rows.append(tuple(_cell(entry, context) for entry in row.children if isinstance(entry, nodes.entry)))
            head += isinstance(part, nodes.thead)
    caption = caption_of(node, context, "table")
    alt = f"{caption.text}. " if caption else ""
    alt += (
        "Table with the columns " + ", ".join(plain(cell.runs) for cell in rows[0]) + "." if rows and head else "Table."
    )
    return Table(tuple(rows), columns, head, caption, alt, source_of(node), context.label(node))


def _cell(entry: nodes.entry, context: BlockContext) -> Cell:
    runs: list[Run] = []
    for block in entry.children:
        if isinstance(block, nodes.Element):
            more = runs_of(
                block.findall(nodes.Text) if not isinstance(block, nodes.TextElement) else block.children,
                context.docname,
                notes=True,
            )
            runs += ([Run(" ")] if runs and more else []) + list(more)
    align = next((name[5:] for name in entry["classes"] if name in ("text-left", "text-center", "text-right")), "left")
    return Cell(tuple(runs), align, entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1)


def code(node: nodes.Element, context: BlockContext) -> Code:
    """Code with the colours of Pygments."""
    language = node.get("language", "text")
    text = node.astext().rstrip("\n").expandtabs(4)
    return Code(tuple(coloured_lines(text, language)), language, source_of(node), context.label(node))


def coloured_lines(text: str, language: str) -> list[Runs]:
    """``text`` as lines of runs in the colours of Pygments; plain where the language is not known."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [(Run(line, code=True),) if line else () for line in text.split("\n")]
    style = get_style_by_name(CODE_STYLE)
    styled = set(style.styles)
    lines: list[list[Run]] = [[]]
    for token, value in lexer.get_tokens(text):
        while token not in styled and token.parent is not None:
            token = token.parent
        look = style.style_for_token(token)
        for index, piece in enumerate(value.split("\n")):
            if index:
                lines.append([])
            if piece:
                colour = look["color"] or "" if not is_token_subtype(token, Token.Text) else ""
                lines[-1].append(
                    Run(piece, code=True, bold=bool(look["bold"]), italic=bool(look["italic"]), colour=colour)
                )
    return [tuple(line) for line in lines[: len(text.split("\n"))]]


def quote(node: nodes.Element, context: BlockContext) -> Quote:
    """A quotation; its attribution is the ``attribution`` node."""
    by = next((context.runs(child) for child in node.children if isinstance(child, nodes.attribution)), ())
    paragraphs = tuple(context.runs(child) for child in node.children if isinstance(child, nodes.paragraph))
    return Quote(paragraphs, by, source_of(node), context.label(node))


def equation(node: nodes.Element, context: BlockContext) -> Block:
    """A displayed formula.

    Raises:
        AuthorError: it cannot be converted.
    """
    latex = node.astext()
    formula = context.formulas[latex]
    if formula.problem:
        raise AuthorError(f"the formula '{shortened(latex)}' cannot be set: {formula.problem}.", source_of(node))
    number = context.numbers.of_equation(context.docname, node)
    return Equation(latex, number, formula.width_em, formula.height_em, source_of(node), context.label(node))


def described(node: addnodes.desc, context: BlockContext) -> list[Block]:
    """The description of an object: a box titled by its signature; objects inside of it have boxes of their own."""
    signature = next((child for child in node.children if isinstance(child, addnodes.desc_signature)), None)
    title = (Run(" ".join(signature.astext().split()), code=True),) if signature is not None else ()
    paragraphs: list[Paragraph] = []
    others: list[Block] = []
    for content in node.children:
        for child in content.children if isinstance(content, addnodes.desc_content) else ():
            for block in convert(child, context) if isinstance(child, nodes.Element) else ():
                if isinstance(block, Text) and not others:
                    paragraphs += block.paragraphs
                else:
                    others.append(block)
    return [Box(title, tuple(paragraphs), source_of(node), context.label(node)), *others]


def field_paragraphs(node: nodes.field_list, context: BlockContext) -> Iterator[Paragraph]:
    """Each field: its name in bold, and what it says, in the line when that is short, else below."""
    for field in node.children:
        assert isinstance(field, nodes.Element)
        name, body = field.children[0], field.children[1]
        assert isinstance(name, nodes.Element)
        assert isinstance(body, nodes.Element)
        head = (Run(f"{name.astext()}: ", bold=True),)
        blocks = [
            block for child in body.children if isinstance(child, nodes.Element) for block in convert(child, context)
        ]
        inside = [paragraph for block in blocks if isinstance(block, Text) for paragraph in block.paragraphs]
        if len(inside) == 1 and not inside[0].number:
            yield Paragraph((*head, *inside[0].runs), 0, "", source_of(field))
        else:
            yield Paragraph((Run(f"{name.astext()}:", bold=True),), 0, "", source_of(field))
            yield from inside


def box(node: nodes.Element, context: BlockContext) -> list[Block]:
    """An admonition as a titled box with its text, none without any; what is no text follows below the box."""
    title = next((context.runs(child) for child in node.children if isinstance(child, nodes.title)), ())
    if not title and type(node).__name__ in admonitionlabels:
        title = (Run(str(admonitionlabels[type(node).__name__])),)
    paragraphs: list[Paragraph] = []
    others: list[Block] = []
    for child in node.children:
        if isinstance(child, nodes.Element) and not isinstance(child, nodes.title):
            for block in convert(child, context):
                if isinstance(block, Text):
                    paragraphs += block.paragraphs
                else:
                    others.append(block)
    if not paragraphs and not others:
        return []
    return [Box(title, tuple(paragraphs), source_of(node), context.label(node)), *others]
