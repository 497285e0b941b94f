"""The options of conf.py → the settings of a printed book; options that cannot be used are errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typst
from pygments.styles import get_all_styles

from builder.errors import AuthorError, Source, settings_file
from builder.source.config import place_of_option, words_of_project
from builder.source.option_table import default_of
from builder.store.processes import apart
from builder.typeset import fonts
from builder.typeset.compile import timestamp
from builder.typeset.escape import string
from builder.typeset.highlight import Highlighter
from builder.typeset.wording import KEYS, Words

if TYPE_CHECKING:
    from sphinx.config import Config

from builder.book.settings import BLACK, Settings

TRIMS = {
    "a4": (210, 297), "a5": (148, 210), "b5": (176, 250), "letter": (215.9, 279.4), "legal": (215.9, 355.6),
    "digest": (139.7, 215.9), "trade": (152.4, 228.6), "crown": (189, 246), "royal": (156, 234), "pocket": (105, 148),
}  # fmt: skip
"""Name of a trim size → width and height in mm."""

_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*$")
_TRIM = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*$")
_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
LIGHT_GROUND = "#f6f1ee"
COLOURLESS = {"ink": BLACK, "accent": BLACK, "grey": "#555555", "tint": "#f2f2f2"}


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
            place = place_of_option(confdir, error.option)
            errors.append(AuthorError(f"{error.message} The book is set as if it were not there.", place))


def read_settings(config: Config | Corrected, confdir: Path, preset: str) -> Settings:
    """Settings of a project.

    Raises:
        OptionError: an option has a value that cannot be used; names the option and what it may be.
    """
    conf = settings_file(confdir)
    check_words(config.builder_words, conf)
    words = words_of_project(config)
    changed = dimensions(config, conf) | typefaces(config) | look(config, words, conf)
    highlighter = highlighter_of(config, conf)
    language = (config.language or "en").replace("-", "_")
    region = language.partition("_")[2]
    template = confdir / config.builder_template if config.builder_template else None
    folder = confdir / config.builder_fonts if config.builder_fonts else None
    check_template(template, config.builder_template, conf)
    check_folder(folder, config.builder_fonts, conf)
    check_standards(config.builder_pdf_standards, conf)
    return Settings(
        preset,
        changed,
        dict(words),
        language.partition("_")[0],
        region if len(region) == 2 else "",
        highlighter,
        template,
        template_files(template, confdir) if template is not None else (),
        folder,
        font_packages(config, folder, conf),
        tuple(config.builder_pdf_standards),
    )


def dimensions(config: Config | Corrected, conf: Source) -> dict[str, str]:
    """The changed measures of a preset: trim, margins, size of type.

    Raises:
        OptionError: one cannot be used.
    """
    changed = {}
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
    return changed


def typefaces(config: Config | Corrected) -> dict[str, str]:
    """The changed families of a preset."""
    options = {"builder_body_font": "serif", "builder_head_font": "sans", "builder_code_font": "mono"}
    changed = {key: string(getattr(config, option)) for option, key in options.items() if getattr(config, option)}
    return changed | ({"body": string("serif")} if config.builder_body_font else {})


def look(config: Config | Corrected, words: Words, conf: Source) -> dict[str, str]:
    """The changed colours, openings and paragraphs of a preset, and the mark of a draft.

    Raises:
        OptionError: a colour cannot be used.
    """
    changed = {}
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
        changed |= {"draft": "true", "draft-line": string(f"{words['draft']}{words['comma']}{date:%Y-%m-%d}")}
    return changed


def highlighter_of(config: Config | Corrected, conf: Source) -> Highlighter:
    """The highlighter of code.

    Raises:
        OptionError: there is no such style.
    """
    style = config.builder_code_style if config.builder_colour else "bw"
    if style not in set(get_all_styles()):
        raise OptionError(
            "builder_code_style",
            f"builder_code_style is {style!r}; write a style of Pygments, such as 'friendly', 'tango' or 'bw'.",
            conf,
        )
    return Highlighter(style, LIGHT_GROUND, colours=config.builder_colour)


def check_words(words: Mapping[str, str], conf: Source) -> None:
    """Refuse a word that is not among the fixed ones.

    Raises:
        OptionError: names it and those that are.
    """
    unknown = sorted(set(words) - set(KEYS))
    if unknown:
        raise OptionError("builder_words", f"builder_words has '{unknown[0]}'; the words are {', '.join(KEYS)}.", conf)


def check_folder(folder: Path | None, named: str, conf: Source) -> None:
    """Refuse a folder of fonts that is not there.

    Raises:
        OptionError: names it.
    """
    if folder is not None and not folder.is_dir():
        raise OptionError("builder_fonts", f"builder_fonts names the folder '{named}', which is not there.", conf)


def check_template(template: Path | None, named: str, conf: Source) -> None:
    """Refuse a template of the author's that is not there, or no text.

    Raises:
        OptionError: names it.
    """
    if template is not None and not template.is_file():
        raise OptionError("builder_template", f"builder_template names '{named}', which is not there.", conf)
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
                f"{option} is {family!r}, which is not installed; run 'pip install fontpkg-{fonts.slug(family)}', or "
                "put its files into the folder that builder_fonts names.",
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
            apart(lambda: nothing_set(standards))  # Typst begins threads, and forking is over then
    except RuntimeError as error:
        reason = re.sub(r'.*\["(.*)"\].*', r"\1", str(error).split("\n")[0])
        if "standards error" in str(error):
            raise OptionError(
                "builder_pdf_standards", f"builder_pdf_standards has {list(standards)!r}: {reason}.", conf
            ) from None


def nothing_set(standards: Sequence[str]) -> None:
    """Set an empty page by several standards.

    Raises:
        RuntimeError: they exclude one another.
    """
    typst.Compiler(b"", ignore_system_fonts=True).compile(pdf_standards=cast(Any, list(standards)))


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
