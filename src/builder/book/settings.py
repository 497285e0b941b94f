"""The options of conf.py as the settings that the Typst template reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typst
from pygments.styles import get_all_styles

from builder.book.changed_files import copy_changed, write_text_changed
from builder.book.fascicles import Paper, looks_beyond
from builder.book.margins import TextBlock
from builder.charts.canvas import Style
from builder.errors import AuthorError, Source, settings_file
from builder.source.config import default_of
from builder.typeset import fonts
from builder.typeset.compile import timestamp
from builder.typeset.escape import array, string
from builder.typeset.highlight import Highlighter
from builder.typeset.scripts import RIGHT_TO_LEFT
from builder.typeset.wording import KEYS, fixed_words

if TYPE_CHECKING:
    from sphinx.config import Config

TEMPLATES = Path(__file__).parent / "template"
TRIMS = {
    "a4": (210, 297), "a5": (148, 210), "b5": (176, 250), "letter": (215.9, 279.4), "legal": (215.9, 355.6),
    "digest": (139.7, 215.9), "trade": (152.4, 228.6), "crown": (189, 246), "royal": (156, 234), "pocket": (105, 148),
}  # fmt: skip
"""Name of a trim size → width and height in mm."""

_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*$")
_TRIM = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*$")
_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
_PRESET_VALUE = re.compile(r"([a-z-]+): (\d+(?:\.\d+)?(?:mm|cm|in|pt))")
_PRESET_COLOUR = re.compile(r'(ink|accent|grey): "(#[0-9a-f]{6})"')
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
MARGIN_FOR_NOTES = 27 * POINTS["mm"]
LIGHT_GROUND = "#f6f1ee"
BLACK = "#000000"
GREYS = ("#000000", "#6e6e6e", "#a8a8a8", "#3c3c3c", "#8a8a8a", "#c8c8c8")
COLOURLESS = {"ink": BLACK, "accent": BLACK, "grey": "#555555", "tint": "#f2f2f2"}


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
        """Where the text of a page stands."""
        values = self.lengths()
        return TextBlock(
            values["inside"], values["outside"], values["top"], values["bottom"], self.paper().two_sided,
            self.language in RIGHT_TO_LEFT,
        )  # fmt: skip

    def paper(self) -> Paper:
        """Whether pages have two sides, and where chapters open."""
        found = dict(re.findall(r'\b(sides|openings-on): "?(\w+)', self.preset_text()))
        found |= {key: value.strip('"') for key, value in self.changed.items() if key in found}
        return Paper(found["openings-on"] == "recto" and found["sides"] == "2", found["sides"] == "2")

    def looks_beyond(self) -> bool:
        """True if the author's template may look beyond a chapter, so that the book has to be set in one piece."""
        files = (path for path in self.template_files if path.suffix == ".typ")
        return any(looks_beyond(path.read_text(encoding="utf-8")) for path in files)

    def drawing_style(self) -> Style:
        """How charts are drawn: in the book's accent colour, and in greys where that is black."""
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

    def typst(self, fallback: Sequence[str], slide_places: Mapping[str, str]) -> str:
        """The file ``settings.typ``.

        The families of ``fallback`` have the characters that the book's own lack; ``slide_places`` says at which section's
        label which slides are named in the margin.
        """
        changes = self.changed | {"fallback": array([string(name) for name in fallback])}
        changed = ", ".join(f"{name}: {value}" for name, value in changes.items())
        words = ", ".join(f"{string(name)}: {string(text)}" for name, text in self.words.items())
        places = ", ".join(f"{string(label)}: {string(text)}" for label, text in sorted(slide_places.items()))
        styles = ", ".join(f"{string(key)}: ({style})" for key, style in code_styles(self.highlighter).items())
        return (
            f'#import "presets/{self.preset}.typ": preset\n'
            f"#let setting = preset + ({changed})\n"
            f"#let words = ({words})\n"
            f"#let language = (lang: {string(self.language)}, region: {string(self.region) if self.region else 'none'}, "
            f"dir: {'rtl' if self.language in RIGHT_TO_LEFT else 'ltr'})\n"
            f"#let code-styles = ({styles or ':'})\n"
            f"#let slide-places = ({places or ':'})\n"
        )

    def install(self, folder: Path, fallback: Sequence[str], slide_places: Mapping[str, str]) -> None:
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


class OptionError(AuthorError):
    """An option has a value that cannot be used."""

    def __init__(self, option: str, message: str, source: Source) -> None:
        super().__init__(message, source)
        self.option = option


class Corrected:
    """The options of a project, some of them with their defaults in the place of what cannot be used."""

    def __init__(self, config: Config, corrected: Mapping[str, object]) -> None:
        self._config, self._corrected = config, corrected

    def __getattr__(self, name: str) -> Any:
        return self._corrected[name] if name in self._corrected else getattr(self._config, name)


def usable_settings(config: Config, confdir: Path, preset: str) -> tuple[Settings, list[AuthorError]]:
    """Settings of a project, and an error for each option that cannot be used and has its default instead."""
    corrected: dict[str, object] = {}
    errors: list[AuthorError] = []
    while True:
        try:
            return read_settings(Corrected(config, corrected), confdir, preset), errors
        except OptionError as error:
            if error.option in corrected:
                raise
            corrected[error.option] = default_of(error.option)
            errors.append(AuthorError(f"{error.message} The book is set as if it were not there.", error.source))


def read_settings(config: Config | Corrected, confdir: Path, preset: str) -> Settings:
    """Settings of a project.

    Raises:
        OptionError: an option has a value that cannot be used; names the option and what it may be.
    """
    conf = settings_file(confdir)
    changed: dict[str, str] = {}
    if config.builder_trim:
        changed["width"], changed["height"] = trim(config.builder_trim, conf)
    changed |= margins(config.builder_margins, conf)
    if config.builder_font_size:
        if not 4 <= float(config.builder_font_size) <= 72:
            raise OptionError(
                "builder_font_size",
                f"builder_font_size is {config.builder_font_size!r}; write points, from 4 to 72.",
                conf,
            )
        changed["size"] = f"{float(config.builder_font_size):g}pt"
    for option, key in (("builder_body_font", "serif"), ("builder_head_font", "sans"), ("builder_code_font", "mono")):
        if getattr(config, option):
            changed[key] = string(getattr(config, option))
    if config.builder_body_font:
        changed["body"] = string("serif")
    if config.builder_accent:
        if not _COLOUR.match(config.builder_accent):
            raise OptionError(
                "builder_accent", f"builder_accent is {config.builder_accent!r}; write a colour as '#7a2a25'.", conf
            )
        changed["accent"] = string(config.builder_accent)
    if not config.builder_colour:
        changed |= {name: string(value) for name, value in COLOURLESS.items()}
    for option, key in (("builder_openings", "openings-on"), ("builder_paragraphs", "paragraphs")):
        if getattr(config, option):
            changed[key] = string(getattr(config, option))
    if config.builder_draft:
        date = timestamp() or datetime.now(UTC)
        changed |= {"draft": "true", "draft-line": string(f"Draft, {date:%Y-%m-%d}")}
    unknown = sorted(set(config.builder_words) - set(KEYS))
    if unknown:
        raise OptionError("builder_words", f"builder_words has '{unknown[0]}'; the words are {', '.join(KEYS)}.", conf)
    style = config.builder_code_style if config.builder_colour else "bw"
    if style not in set(get_all_styles()):
        raise OptionError(
            "builder_code_style",
            f"builder_code_style is {style!r}; write a style of Pygments, such as 'friendly', 'tango' or 'bw'.",
            conf,
        )
    language = (config.language or "en").replace("-", "_")
    region = language.partition("_")[2]
    template = confdir / config.builder_template if config.builder_template else None
    if template is not None and not template.is_file():
        raise OptionError(
            "builder_template", f"builder_template names '{config.builder_template}', which is not there.", conf
        )
    folder = confdir / config.builder_fonts if config.builder_fonts else None
    if folder is not None and not folder.is_dir():
        raise OptionError(
            "builder_fonts", f"builder_fonts names the folder '{config.builder_fonts}', which is not there.", conf
        )
    check_template(template, config.builder_template, conf)
    check_standards(config.builder_pdf_standards, conf)
    return Settings(
        preset,
        changed,
        fixed_words(language, dict(config.builder_words)),
        language.partition("_")[0],
        region if len(region) == 2 else "",
        Highlighter(style, LIGHT_GROUND, colours=config.builder_colour),
        template,
        template_files(template, confdir) if template is not None else (),
        folder,
        font_packages(config, folder, conf),
        tuple(config.builder_pdf_standards),
    )


def check_template(template: Path | None, named: str, conf: Source) -> None:
    """Refuse a template of the author's that is no text.

    Raises:
        OptionError: names it.
    """
    try:
        _ = template is not None and template.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"cannot be read: {error.strerror}"
        raise OptionError("builder_template", f"builder_template names '{named}', which {reason}.", conf) from None


def template_files(template: Path, confdir: Path) -> tuple[Path, ...]:
    """The author's template and what belongs to it: everything in its folder, or the Typst files beside ``conf.py``."""
    if template.parent.resolve() == confdir.resolve():
        return tuple(sorted(confdir.glob("*.typ")))
    files = sorted(path for path in template.parent.rglob("*") if path.is_file() and not path.name.startswith("."))
    return tuple(files)


BUILT_IN = {"libertinus serif", "new computer modern", "dejavu sans mono"}
"""Families inside Typst."""


def font_packages(config: Config | Corrected, folder: Path | None, conf: Source) -> tuple[str, ...]:
    """The families of the options that come from packages.

    Raises:
        AuthorError: a family is nowhere to be found.
    """
    own = {fonts.family_name(path).lower() for path in fonts.font_files(folder)} if folder is not None else set()
    packages = []
    for option in ("builder_body_font", "builder_head_font", "builder_code_font"):
        family = getattr(config, option)
        if not family or family.lower() in own | BUILT_IN:
            continue
        if not fonts.is_installed(family):
            raise OptionError(
                option,
                f"{option} is {family!r}, which is not installed; run 'pip install fontpkg-{fonts.slug(family)}', or put "
                "its files into the folder that builder_fonts names.",
                conf,
            )
        packages.append(family)
    return tuple(packages)


STANDARDS = ("ua-1", "a-1a", "a-1b", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u", "a-4", "1.7", "2.0")


def check_standards(standards: Sequence[str], conf: Source) -> None:
    """Refuse a standard that is not known.

    Raises:
        AuthorError: names it and those that are.
    """
    for standard in standards:
        if standard not in STANDARDS:
            raise OptionError(
                "builder_pdf_standards",
                f"builder_pdf_standards has {standard!r}; write any of {', '.join(STANDARDS)}.",
                conf,
            )
    try:
        if len(standards) > 1:
            typst.Compiler(b"").compile(pdf_standards=cast(Any, list(standards)))
    except RuntimeError as error:
        reason = re.sub(r'.*\["(.*)"\].*', r"\1", str(error).split("\n")[0])
        if "standards error" in str(error):
            raise OptionError(
                "builder_pdf_standards", f"builder_pdf_standards has {list(standards)!r}: {reason}.", conf
            ) from None


def trim(value: str, conf: Source) -> tuple[str, str]:
    """Width and height of a trim size, as Typst lengths."""
    if value.lower() in TRIMS:
        width, height = TRIMS[value.lower()]
        return f"{width:g}mm", f"{height:g}mm"
    match = _TRIM.match(value)
    if not match:
        names = ", ".join(TRIMS)
        raise OptionError(
            "builder_trim", f"builder_trim is {value!r}; write a size as '170x240mm' or one of {names}.", conf
        )
    return f"{match[1]}{match[3]}", f"{match[2]}{match[3]}"


def margins(value: dict[str, str], conf: Source) -> dict[str, str]:
    """Changed margins, as Typst lengths."""
    for side, length in value.items():
        if side not in ("top", "bottom", "inside", "outside") or not _LENGTH.match(str(length)):
            raise OptionError(
                "builder_margins",
                f"builder_margins has {side!r}: {length!r}; write for instance "
                "{'top': '25mm', 'bottom': '30mm', 'inside': '22mm', 'outside': '30mm'}.",
                conf,
            )
    return {side: str(length).strip() for side, length in value.items()}
