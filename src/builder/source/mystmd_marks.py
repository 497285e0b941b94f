"""Roles and directives that mystmd has by itself and Sphinx lacks, for a project of it.

References: https://mystmd.org/guide/roles, https://mystmd.org/guide/directives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.directives.patches import Figure
from sphinx.util.docutils import SphinxDirective, SphinxRole

from builder.errors import Source, warn
from builder.source.mystmd_cards import add_cards
from builder.source.mystmd_cells import add_cells
from builder.source.mystmd_embeds import add_embeds, embedded
from builder.source.mystmd_films import FilmsOfPages, FilmsOfPictures
from builder.source.mystmd_tables import CaptionedTables
from builder.source.sub_figures import OWN_WORDS
from builder.source.videos import video_at

STYLES = {
    **dict.fromkeys(("u", "underline"), "underline"),
    **dict.fromkeys(("del", "delete", "strike"), "strike"),
    **dict.fromkeys(("sc", "smallcaps"), "smallcaps"),
}
"""Role → the class of its words."""
CHEMICAL = ("chem", "chemicalFormula")
COUNT = re.compile(r"(?<=[A-Za-z)\]])\d+")
"""How many atoms of a kind a formula has."""
UNIT = re.compile(r"(?P<number>[^<]*?)\s*<(?P<unit>[^>]*)>\s*")
UNITS = {
    "metre": "m", "meter": "m", "second": "s", "gram": "g", "kilogram": "kg", "ampere": "A", "kelvin": "K",
    "mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W",
    "coulomb": "C", "volt": "V", "ohm": "Ω", "tesla": "T", "litre": "L", "liter": "L", "minute": "min", "hour": "h",
    "day": "d", "percent": "%", "degree": "°", "celsius": "°C", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "milli": "m", "micro": "µ", "nano": "n", "pico": "p", "centi": "c", "hecto": "h", "square": "²", "squared": "²",
    "cubed": "³", "per": "/",
}  # fmt: skip
"""Macro of siunitx → its sign."""
LEADING = ("kilo", "mega", "giga", "tera", "milli", "micro", "nano", "pico", "centi", "hecto", "per")
"""Macros whose sign stands before the next one without a space."""
NO_WORDS = (
    nodes.literal,
    nodes.FixedTextElement,
    nodes.math,
    nodes.math_block,
    nodes.title,
    nodes.abbreviation,
    nodes.raw,
)
"""What holds words that are no text."""


class Styled(SphinxRole):
    """Words with a look."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words."""
        return [nodes.inline(self.rawtext, self.text, classes=[STYLES[self.name]])], []


class KeyRole(SphinxRole):
    """A key of a keyboard."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the key."""
        return [nodes.literal(self.rawtext, self.text, classes=["kbd"])], []


class Chemical(SphinxRole):
    """A chemical formula, whose counts stand below the line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the formula."""
        found: list[nodes.Node] = []
        end = 0
        for count in COUNT.finditer(self.text):
            found += [nodes.Text(self.text[end : count.start()]), nodes.subscript("", count[0])]
            end = count.end()
        return [*found, nodes.Text(self.text[end:])], []


class Quantity(SphinxRole):
    """A number with its unit, as siunitx has it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the quantity; what is none stays as it is."""
        found = UNIT.fullmatch(self.text)
        words = f"{found['number']}\N{NO-BREAK SPACE}{signs(found['unit'])}".strip() if found else self.text
        return [nodes.Text(words)], []


def signs(unit: str) -> str:
    """Return the signs of a unit: ``\\\\metre\\\\per\\\\second`` → ``m/s``."""
    text = ""
    names = re.findall(r"\\(\w+)", unit)
    for before, name in zip(["per", *names], names, strict=False):
        sign = UNITS.get(name, name)
        parted = text and before not in LEADING and name != "per" and sign not in "²³"
        text += ("\N{MIDDLE DOT}" if parted else "") + sign
    return text or unit


class WebFrame(SphinxDirective):
    """A page of the web within a page, with a caption."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        (
            "width", "height", "align", "class", "name", "label", "title", "placeholder", "enumerated", "enumerator",
        ),
        directives.unchanged,
    )  # fmt: skip

    def run(self) -> list[nodes.Node]:
        """Return a figure that holds the frame."""
        address = escape(self.arguments[0])
        style = f"width: {escape(self.options.get('width', '100%'))}; aspect-ratio: 16 / 9; border: 0"
        captions = self.parse_content_to_nodes()
        caption = captions[0] if captions and isinstance(captions[0], nodes.paragraph) else nodes.paragraph()
        title = escape(self.options.get("title") or (caption.astext() if video_at(self.arguments[0]) else ""))
        named = f' title="{title}"' if title else ""
        frame = nodes.raw(
            "", f'<iframe src="{address}"{named} style="{style}" allowfullscreen></iframe>', format="html"
        )
        figure = nodes.figure("", frame)
        if caption.children:
            figure += nodes.caption(caption.rawsource, "", *caption.children)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure]


NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s)")


class Pictures(Figure):
    """A figure whose pictures stand in its body, where none is named behind the directive."""

    required_arguments = 0
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        **(Figure.option_spec or {}),
        **dict.fromkeys(("enumerator", "enumerated", "title", "kind", "placeholder"), directives.unchanged),
        "no-subfigures": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        if self.arguments and not self.arguments[0].startswith("#"):
            if self.content:  # a caption that begins with a number is no list
                self.content[0] = NUMBERED.sub(r"\1\\\2", self.content[0])
            found: list[nodes.Node] = super().run()
            return found
        figure = nodes.figure()
        figure.source, figure.line = self.state_machine.get_source_and_line(self.lineno)
        if self.arguments:
            figure += embedded(label=self.arguments[0].removeprefix("#"))
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        words: list[nodes.Node] = []
        for child in body.children:
            pictures = list(child.findall(nodes.image))
            words += [] if pictures else [child]
            captions = list(child.findall(nodes.caption))
            if len(pictures) == 1 and isinstance(child, nodes.figure):  # whose labels are its picture's here
                pictures[0]["ids"] += child["ids"]
            for number, picture in enumerate(pictures):
                if number < len(captions):
                    picture[OWN_WORDS] = captions[number].astext()
                figure += picture
        if words and isinstance(words[0], nodes.paragraph):
            figure += nodes.caption("", "", *words[0].children)
            words = words[1:]
        figure += nodes.legend("", *words) if words else []
        self.add_name(figure)
        return [figure]


class Quotation(SphinxDirective):
    """A quotation of blocks."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"class": directives.class_option, "name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the quotation."""
        quotation = nodes.block_quote("", *self.parse_content_to_nodes(), classes=self.options.get("class", []))
        self.set_source_info(quotation)
        self.add_name(quotation)
        return [quotation]


class AnyOptions(dict[str, Any]):
    """Options of any name, which are taken as they are."""

    def __missing__(self, _name: str) -> Any:
        return directives.unchanged


class NotShown(SphinxDirective):
    """What only mystmd shows: it is left out, and named."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = AnyOptions({"class": directives.unchanged})
    REASONS: ClassVar[dict[str, str]] = {
        "anywidget": "'{anywidget}' is left out: it runs in a browser only; show a picture of it.",
        "toc": "",
    }

    def run(self) -> list[nodes.Node]:
        """Return nothing."""
        source, line = self.get_source_info()
        if reason := self.REASONS[self.name]:
            warn(reason, Source(source, line), "mystmd")
        return []


def add_marks(app: Sphinx) -> None:
    """Register the roles and directives."""
    for name in STYLES:
        app.add_role(name, Styled(), override=True)
    for name in CHEMICAL:
        app.add_role(name, Chemical(), override=True)
    app.add_role("keyboard", KeyRole(), override=True)
    app.add_role("si", Quantity(), override=True)
    app.add_directive("iframe", WebFrame, override=True)
    app.add_directive("figure", Pictures, override=True)
    app.add_directive("table", CaptionedTables, override=True)
    app.add_directive("blockquote", Quotation, override=True)
    add_embeds(app)
    app.add_transform(FilmsOfPictures)
    app.add_post_transform(FilmsOfPages)
    add_cells(app)
    add_cards(app)
    for name in NotShown.REASONS:
        app.add_directive(name, NotShown, override=True)


def explain(doctree: nodes.document, abbreviations: Mapping[str, str]) -> None:
    """Change each abbreviation in the text of a document to one with its meaning."""
    if not abbreviations:
        return
    names = sorted(abbreviations, key=len, reverse=True)
    words = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)")
    for text in list(doctree.findall(nodes.Text)):
        if text.parent is not None and words.search(text) and not any(isinstance(one, NO_WORDS) for one in above(text)):
            parts = words.split(text.astext())
            text.parent.replace(text, [in_full(part, abbreviations) for part in parts if part])


def above(node: nodes.Node) -> Iterator[nodes.Element]:
    """What holds a node."""
    while node.parent is not None:
        yield node.parent
        node = node.parent


def in_full(part: str, abbreviations: Mapping[str, str]) -> nodes.Node:
    """Return an abbreviation with its meaning, other words as they are."""
    if part not in abbreviations:
        return nodes.Text(part)
    return nodes.abbreviation(part, part, explanation=str(abbreviations[part]))
