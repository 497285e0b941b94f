"""The settings of a printed book: its look, as the Typst template reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.book.changed_files import copy_changed, write_text_changed
from builder.book.fascicles import Paper, looks_beyond
from builder.book.margins import TextBlock
from builder.charts.canvas import Style
from builder.typeset.escape import array, string
from builder.typeset.highlight import Highlighter
from builder.typeset.scripts import RIGHT_TO_LEFT, FontFamily

if TYPE_CHECKING:
    pass

TEMPLATES = Path(__file__).parent / "template"
_PRESET_VALUE = re.compile(r"([a-z-]+): (\d+(?:\.\d+)?(?:mm|cm|in|pt))")
_PRESET_COLOUR = re.compile(r'(ink|accent|grey): "(#[0-9a-f]{6})"')
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
MARGIN_FOR_NOTES = 27 * POINTS["mm"]
BLACK = "#000000"
GREYS = ("#000000", "#6e6e6e", "#a8a8a8", "#3c3c3c", "#8a8a8a", "#c8c8c8")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the template needs to know beside the text: preset, its changed values, words, language and code colours."""

    preset: str
    changed: dict[str, str]
    words: dict[str, str]
    language: str
    region: str
    highlighter: Highlighter
    author_template: Path | None
    template_files: tuple[Path, ...] = ()
    font_folder: Path | None = None
    font_packages: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()

    @property
    def text_width(self) -> float:
        """Width of the text block in points."""
        values = self.lengths()
        return values["width"] - values["inside"] - values["outside"]

    @property
    def text_size(self) -> float:
        """Size of the text in points."""
        return self.lengths()["size"]

    @property
    def text_height(self) -> float:
        """Height of the text block in points."""
        values = self.lengths()
        return values["height"] - values["top"] - values["bottom"]

    @property
    def has_margin(self) -> bool:
        """True if the outer margin has room for notes."""
        return self.lengths()["outside"] >= MARGIN_FOR_NOTES

    def lengths(self) -> dict[str, float]:
        """The preset's lengths in points, with the author's own over them."""
        found = dict(_PRESET_VALUE.findall(self.preset_text()))
        return {name: points(value) for name, value in (found | self.changed).items() if name in found}

    def text_block(self) -> TextBlock:
        """Return where the text of a page stands."""
        values = self.lengths()
        return TextBlock(
            values["inside"], values["outside"], values["top"], values["bottom"], self.paper().two_sided,
            self.language in RIGHT_TO_LEFT,
        )  # fmt: skip

    def paper(self) -> Paper:
        """Return whether pages have two sides, and where chapters open."""
        found = dict(re.findall(r'\b(sides|openings-on): "?(\w+)', self.preset_text()))
        found |= {key: value.strip('"') for key, value in self.changed.items() if key in found}
        return Paper(found["openings-on"] == "recto" and found["sides"] == "2", found["sides"] == "2")

    def looks_beyond(self) -> bool:
        """True if the author's template may look beyond a chapter, so that the book has to be set in one piece."""
        files = (path for path in self.template_files if path.suffix == ".typ")
        return any(looks_beyond(path.read_text(encoding="utf-8")) for path in files)

    def drawing_style(self) -> Style:
        """Return how charts are drawn: in the book's accent colour, and in greys where that is black."""
        found = dict(_PRESET_COLOUR.findall(self.preset_text()))
        found |= {key: value.strip('"') for key, value in self.changed.items() if key in found}
        ours = Style()
        colours = GREYS if found["accent"] == BLACK else (found["accent"], *ours.colours[1:])
        return replace(ours, ink=found["ink"], grey=found["grey"], colours=colours)

    def preset_text(self) -> str:
        """The file of the preset."""
        return (TEMPLATES / "presets" / f"{self.preset}.typ").read_text(encoding="utf-8")

    def families(self) -> tuple[str, ...]:
        """The families of text and headings, then that of code."""
        found = dict(re.findall(r'(serif|sans|mono): "([^"]+)"', self.preset_text()))
        return tuple((found | {key: value.strip('"') for key, value in self.changed.items() if key in found}).values())

    def typst(self, fallback: Sequence[FontFamily], slide_places: Mapping[str, str]) -> str:
        """The file ``settings.typ``.

        The families of ``fallback`` have the characters that the book's own lack; ``slide_places`` says at which
        section's label which slides are named in the margin.
        """
        changes = self.changed | {"fallback": array([string(family.name) for family in fallback])}
        if any(family.has_ideographs and not family.has_bold for family in fallback):
            changes["lacks-bold"] = "true"
        changed = ", ".join(f"{name}: {value}" for name, value in changes.items())
        words = ", ".join(f"{string(name)}: {string(text)}" for name, text in self.words.items())
        places = ", ".join(f"{string(label)}: {string(text)}" for label, text in sorted(slide_places.items()))
        styles = ", ".join(f"{string(key)}: ({style})" for key, style in code_styles(self.highlighter).items())
        return (
            f'#import "presets/{self.preset}.typ": preset\n'
            f"#let setting = preset + ({changed})\n"
            f"#let words = ({words})\n"
            f"#let language = (lang: {string(self.language)}, "
            f"region: {string(self.region) if self.region else 'none'}, "
            f"dir: {'rtl' if self.language in RIGHT_TO_LEFT else 'ltr'})\n"
            f"#let code-styles = ({styles or ':'})\n"
            f"#let slide-places = ({places or ':'})\n"
        )

    def install(self, folder: Path, fallback: Sequence[FontFamily], slide_places: Mapping[str, str]) -> None:
        """Put the template, the presets, the settings and the author's own template into the Typst folder."""
        (folder / "presets").mkdir(parents=True, exist_ok=True)
        for file in TEMPLATES.rglob("*.typ"):
            copy_changed(file, folder / file.relative_to(TEMPLATES))
        write_text_changed(folder / "settings.typ", self.typst(fallback, slide_places))
        layers = '#import "book.typ": *\n'
        author = folder / "author"
        own = self.author_template.parent if self.author_template is not None else author
        copies = {author / file.relative_to(own): file for file in self.template_files}
        for path in set(author.rglob("*")) - copies.keys():
            if path.is_file():
                path.unlink()
        for path, file in copies.items():
            copy_changed(file, path)
        if self.author_template is not None:
            layers += f'#import "author/{self.author_template.name}": *\n'
        write_text_changed(folder / "template.typ", layers)


def points(length: str) -> float:
    """A Typst length in points."""
    return float(length[:-2]) * POINTS[length[-2:]]


def code_styles(highlighter: Highlighter) -> dict[str, str]:
    """Key of each code style → its arguments of Typst's ``text``."""
    found = {}
    for kind, _style in highlighter.style:
        key = highlighter.key(kind)
        if not key:
            continue
        parts = [f"fill: rgb({string(key[:7])})"] if key.startswith("#") else []
        rest = key[7:] if key.startswith("#") else key
        parts += ['weight: "bold"'] if "b" in rest else []
        parts += ['style: "italic"'] if "i" in rest else []
        found[key] = ", ".join(parts)
    return dict(sorted(found.items()))
