"""Which fonts the scripts of a book need: characters that its own faces lack are looked for in installed font packages.

Typst itself reports the characters that it cannot show, since its own fonts are inside it; others stand in font files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg
import typst
from fontTools.ttLib import TTFont

from builder.typeset import fonts
from builder.typeset.escape import array, string
from builder.typeset.measure import face, face_of_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

OTHER_PACKAGES = (
    "manimgx_fonts", "pylopdf_fonts_jp", "pylopdf_fonts_zh_cn", "pylopdf_fonts_zh_tw", "pylopdf_fonts_ko",
)  # fmt: skip
"""Packages with font files, beside those named fontpkg-*."""

GLYPHS = 0x10000
"""As many as a font file can have."""

ADVICE = {
    "ARABIC": "fontpkg-amiri", "HEBREW": "fontpkg-frank-ruhl-libre", "DEVANAGARI": "fontpkg-noto-sans-devanagari",
    "TAMIL": "fontpkg-noto-sans-tamil", "TELUGU": "fontpkg-noto-sans-telugu", "THAI": "fontpkg-noto-sans-thai",
    "KHMER": "fontpkg-noto-sans-khmer", "BENGALI": "fontpkg-hind-siliguri", "CJK": "pylopdf-fonts-zh-cn",
    "HIRAGANA": "pylopdf-fonts-jp", "KATAKANA": "pylopdf-fonts-jp", "HANGUL": "pylopdf-fonts-ko",
}  # fmt: skip
"""First word of a character's Unicode name → the package to install for it."""
USUAL_ADVICE = "manimgx-fonts"
OF_TYPST = "New Computer Modern Math"
"""The family within Typst that has signs which text faces lack: Typst takes them from there."""

UNSHOWN = re.compile("[\u0000-\u024f\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
"""Characters that need no look: Latin ones that every text face has, and those that show nothing."""
_MISSING = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')


@dataclass(frozen=True, slots=True)
class FontFamily:
    """An installed family: its name as Typst knows it, and a file of it."""

    name: str
    file: Path

    @property
    def has_ideographs(self) -> bool:
        """True for a family with signs of Chinese, Japanese or Korean."""
        return not coverage(self.file).isdisjoint("\u4e00\u3042\uac00")

    @property
    def has_bold(self) -> bool:
        """True where a bold file of the family lies beside its own, or can be cut from it."""
        beside = [path for path in self.file.parent.iterdir() if path.suffix in (".ttf", ".otf")]
        return "[" in self.file.name or any(
            fonts.style_of(path)[0] for path in beside if fonts.family_name(path) == self.name
        )


def beyond_latin(text: str) -> frozenset[str]:
    """The characters of ``text`` that some faces lack."""
    return frozenset(UNSHOWN.sub("", "".join(set(text))))


def missing_from(characters: set[str], families: Sequence[str], folders: Sequence[str]) -> set[str]:
    """Those of ``characters`` that none of ``families`` has."""
    return set(not_shown(frozenset(characters), tuple(families), tuple(folders))) if characters else set()


@lru_cache(maxsize=64)
def not_shown(characters: frozenset[str], families: tuple[str, ...], folders: tuple[str, ...]) -> frozenset[str]:
    """The same, asked of Typst once."""
    lines = "".join(f"#t({string(character)})\n" for character in sorted(characters))
    text = (
        '#set document(title: "t")\n'
        f"#let t(c) = text(font: {array([string(name) for name in families])}, fallback: false, c)\n{lines}"
    )
    paths: Any = list(folders)
    compiler = typst.Compiler(text.encode(), font_paths=paths, ignore_system_fonts=True)
    try:
        compiler.compile(pdf_standards=["ua-1"])
    except typst.TypstError as error:
        shown = "".join(match["text"] for match in _MISSING.finditer(str(getattr(error, "diagnostic", error))))
        unescaped = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown)
        return characters & set(unescaped)
    return frozenset()


def fallbacks(missing: set[str], own: Path | None) -> tuple[list[FontFamily], set[str]]:
    """Installed families that have the ``missing`` characters, and the characters that none of them has.

    Fonts of the author's folder ``own`` come first, then the family that has most of what is left.
    """
    found: list[FontFamily] = []
    left = set(missing)
    families = installed_families(own) if missing else []
    candidates = [family for family in families if left & coverage(family.file)]
    while left and candidates:
        best = max(candidates, key=lambda family: (own in family.file.parents, len(left & coverage(family.file))))
        gained = left & coverage(best.file)
        if not gained:
            break
        found.append(best)
        left -= gained
        candidates.remove(best)
    return found, left


def installed_families(own: Path | None) -> list[FontFamily]:
    """Every family that is here, one file for each, in a fixed order."""
    files = fonts.font_files(own) if own is not None else []
    for slug in sorted(set(fontpkg.families()) - set(fonts.STATIC_FAMILIES)):
        files.append(fontpkg.path(slug, nearest=True))
    for package in OTHER_PACKAGES:
        spec = find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            files += sorted(path for path in Path(folder).iterdir() if path.suffix in (".ttf", ".otf"))
    by_name: dict[str, FontFamily] = {}
    for file in files:
        if "Italic" not in file.name:
            name = fonts.family_name(file)
            by_name.setdefault(name, FontFamily(name, file))
    return list(by_name.values())


@lru_cache(maxsize=256)
def coverage(file: Path) -> frozenset[str]:
    """The characters that a font file has."""
    with TTFont(file, lazy=True) as font:
        font.setGlyphOrder(range(GLYPHS))  # the names of the glyphs, which are not asked for, take as long as the rest
        return frozenset(map(chr, font.getBestCmap() or {}))


def use_fonts(app: Sphinx, config: Config) -> None:
    """Let the author's own fonts be found; when they changed, what is cached of font files is dropped."""
    folder = Path(app.confdir) / str(config.builder_fonts)
    if fonts.use_own(folder if config.builder_fonts and folder.is_dir() else None):
        for known in (coverage, not_shown, face, face_of_file):
            known.cache_clear()


def advice(characters: set[str]) -> list[tuple[str, str]]:
    """(package, its characters) to install for characters that no font here has."""
    packages: dict[str, list[str]] = {}
    # Japanese is written with the signs of Chinese too, and one package has all of each.
    ideographs = ADVICE["HIRAGANA" if any("\u3041" <= each <= "\u30ff" for each in characters) else "CJK"]
    for character in sorted(characters):
        word = unicodedata.name(character, "").split(" ")[0].split("-")[0]
        among_ideographs = word in ("CJK", "FULLWIDTH") or "\u3000" <= character <= "\u303f"
        package = ideographs if among_ideographs else ADVICE.get(word, USUAL_ADVICE)
        packages.setdefault(package, []).append(character)
    return [(package, "".join(found)) for package, found in packages.items()]


def how_to_get(package: str) -> str:
    """Return what to do for characters that no font here has; a package that is here does not have them."""
    own = "put a font that has them into the folder that builder_fonts names"
    return own if find_spec(package.replace("-", "_")) else f"run 'pip install {package}', or {own}"


# --- paragraphs in another script than the book

_LETTERS = re.compile(
    "[\u0370-\u058f\u0590-\u08ff\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\ufb1d-\ufeff]"
)
LANGUAGES = (
    ("he", "rtl", re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")),
    ("ar", "rtl", re.compile("[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")),
    ("ja", "ltr", re.compile("[\u3040-\u30ff]")),
    ("ko", "ltr", re.compile("[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", "ltr", re.compile("[\u3400-\u9fff]")),
    ("th", "ltr", re.compile("[\u0e00-\u0e7f]")),
    ("el", "ltr", re.compile("[\u0370-\u03ff]")),
)
FROM_LEFT, FROM_RIGHT = 1 / 2, 2 / 3
"""The part of its letters that makes a text one of a script: a word with its translation runs as that does."""
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi", "dv", "ps", "ku"}
SAME_SCRIPT = {"fa": "ar", "ur": "ar", "ps": "ar", "ku": "ar", "yi": "he"}


def runs_from_right(language: str | None) -> bool:
    """True for a language (``ar``, ``ar-EG``, ``fa_IR``) that is written from the right."""
    return (language or "").replace("_", "-").split("-")[0] in RIGHT_TO_LEFT


def script_language(text: str) -> tuple[str, str] | None:
    """(language, direction) of a text most of whose letters are in the script of one language, two thirds of them where
    that runs from the right; else None.

    Kana make a text Japanese even where Han characters outnumber them.
    """
    if text.isascii() or not _LETTERS.search(text):
        return None
    letters = "".join(filter(str.isalpha, text))  # without vowel signs, of which a word has as many as letters
    for language, direction, pattern in LANGUAGES:
        own = len(pattern.findall(letters))
        if language == "ja" and own:
            own += len(LANGUAGES[4][2].findall(letters))
        most = FROM_RIGHT if direction == "rtl" else FROM_LEFT
        if own > most * len(letters):
            return language, direction
    return None
