"""Where fonts come from: pip packages, this package and the author's folder, never the system.

Typst is slow with variable fonts, so static instances are cut once and cached in the user's folder.
"""

from __future__ import annotations

import getpass
import logging
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import fontpkg
import platformdirs
from fontTools.ttLib import TTFont, TTLibError
from sphinx.util import logging as sphinx_logging

from builder.errors import Source, warn
from builder.store.stamps import Version, stamps_in, version

logger = sphinx_logging.getLogger(__name__)

METRIC_TWINS = {
    "arial": ("arimo", "liberation sans"),
    "helvetica": ("arimo", "liberation sans"),
    "liberation sans": ("arimo",),
    "times new roman": ("tinos", "liberation serif"),
    "courier new": ("cousine", "liberation mono"),
    "calibri": ("carlito",),
    "cambria": ("caladea",),
    "georgia": ("gelasio",),
}
"""Theme font → free fonts with the same advance widths, any of which stands for it when measuring and drawing."""

MEASURED_INSTEAD = "measured with Arimo, which has the metrics of Arial"
"""What is said of the text of a font that is not here."""

STATIC_FAMILIES = ("fira-sans",)
VARIABLE_FAMILIES = ("arimo",)
STYLES = ((400, "normal"), (700, "normal"), (400, "italic"), (700, "italic"))

MONO = "DejaVu Sans Mono"
SANS = "Fira Sans"


def cache_folder() -> Path:
    """The folder that keeps static instances; a temporary one where the home is read-only."""
    base = platformdirs.user_cache_path("book-deck-builder", appauthor=False)
    try:
        base.mkdir(parents=True, exist_ok=True)
        if os.access(base, os.W_OK):
            return base
    except OSError:
        pass
    return Path(tempfile.gettempdir()) / f"book-deck-builder-{getpass.getuser()}"


def slug(family: str) -> str:
    """Name of the pip package's family: ``Fira Sans`` → ``fira-sans``."""
    return family.strip().lower().replace(" ", "-")


Styles = dict[tuple[bool, bool], Path]
"""(bold, italic) → font file."""

FACES = Path(__file__).parent / "faces"
SHIPPED: dict[str, Styles] = {
    "libertinus serif": {
        (False, False): FACES / "LibertinusSerif-Regular.ttf",
        (True, False): FACES / "LibertinusSerif-Bold.ttf",
        (False, True): FACES / "LibertinusSerif-Italic.ttf",
        (True, True): FACES / "LibertinusSerif-BoldItalic.ttf",
    }
}
"""Families in this package: Typst has Libertinus for itself, and no font package has it."""

_own: dict[str, Styles] = {}
_own_stamps: list[str] = []


def use_own(folder: Path | None) -> bool:
    """Let the families of the author's folder be found; false when they are those that are found already."""
    stamps = font_stamps([folder] if folder is not None else [])
    if stamps == tuple(_own_stamps):
        return False
    _own_stamps[:] = stamps
    _own.clear()
    for cached in (family_name, measured_family, font_file):
        cached.cache_clear()
    for file in font_files(folder) if folder is not None else []:
        with suppress(TTLibError, KeyError):
            _own.setdefault(family_name(file).lower(), {}).setdefault(style_of(file), file)
    return True


def font_files(folder: Path) -> list[Path]:
    """The font files of a folder and all below it; a file that is named as one and is none is warned of."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".ttf", ".otf") and path.is_file():
            if is_font(path, version(path)):
                found.append(path)
            else:
                warn("this is no font file; it is left out. Put the font's own file here.", Source(str(path)), "font")
    return found


@lru_cache(maxsize=1024)
def is_font(path: Path, _version: Version | None) -> bool:
    """True if a file is a font: its tables can be read."""
    try:
        with TTFont(path, lazy=True) as font:
            return bool(font["name"].names) and "OS/2" in font and len(font.getGlyphOrder()) > 0
    except Exception:  # of what is no font, anything may be raised
        return False


def font_stamps(folders: Iterable[str | Path]) -> tuple[str, ...]:
    """A stamp of each file in ``folders``."""
    return tuple(stamps_in(map(Path, folders)))


@lru_cache(maxsize=256)
def family_name(file: Path) -> str:
    """The family that a font file belongs to, as Typst names it (OpenType, ``name`` table)."""
    with TTFont(file, lazy=True) as font:
        names = font["name"]
        return str(names.getDebugName(16) or names.getDebugName(1))


def style_of(file: Path) -> tuple[bool, bool]:
    """Return whether a font file is bold, and whether it is italic (OpenType, ``OS/2`` table)."""
    with TTFont(file, lazy=True) as font:
        selection = font["OS/2"].fsSelection
    return bool(selection & 32), bool(selection & 1)


@lru_cache(maxsize=64)
def measured_family(family: str) -> str:
    """The family that ``family`` is drawn with: itself or one of its metrics; '' where only Arimo is left."""
    wanted = family.strip().lower()
    return next((name for name in (wanted, *METRIC_TWINS.get(wanted, ())) if is_here(name)), "")


def is_here(family: str) -> bool:
    """Return whether a family itself, by its name in small letters, is at hand."""
    return family in _own or family in SHIPPED or is_installed(family)


@lru_cache(maxsize=64)
def font_file(family: str, *, bold: bool = False, italic: bool = False) -> Path:
    """A static font file for ``family``; falls back to Arimo for a family that is not here."""
    name = measured_family(family) or "arimo"
    if styles := _own.get(name) or SHIPPED.get(name):
        wanted = ((bold, italic), (bold, False), (False, italic), (False, False))
        return next((styles[style] for style in wanted if style in styles), next(iter(styles.values())))
    return _static_file(slug(name), 700 if bold else 400, "italic" if italic else "normal")


def own_file(family: str, *, bold: bool, italic: bool) -> Path | None:
    """Return the file of ``family`` itself in a style, or in the nearest that it has; None where it is not here."""
    return font_file(family, bold=bold, italic=italic) if is_here(family.strip().lower()) else None


def is_measurable(family: str) -> bool:
    """True if ``family``, or a font with its metrics, is here."""
    return measured_family(family) != ""


def not_here(family: str) -> str:
    """The message for a theme font that is not installed: its substitute, and the remedy."""
    twins = [twin.title() for twin in METRIC_TWINS.get(family.strip().lower(), ())]
    instead = f", or {' or '.join(twins)}, which has the same metrics," if twins else ""
    wanted = f"put the files of {family}{instead} into the folder that builder_fonts names."
    return f"'{family}' is not here: its text is {MEASURED_INSTEAD}; {wanted}"


def _static_file(package: str, weight: int, style: str) -> Path:
    source: Path = fontpkg.path(package, weight=weight, style=style, nearest=True)
    if "[" not in source.name:
        return source
    target = cache_folder() / f"{package}-{package_version(package)}" / f"{package}-{weight}-{style}.ttf"
    if not target.exists():
        _cut_instance(source, target, weight)
    return target


@lru_cache(maxsize=64)
def package_version(package: str) -> str:
    """The version of an installed ``fontpkg-PACKAGE``."""
    return metadata.version(f"fontpkg-{package}")


def _cut_instance(source: Path, target: Path, weight: int) -> None:
    from fontTools.varLib import instancer  # a sixth of a second, and needed once for each version of a font

    target.parent.mkdir(parents=True, exist_ok=True)
    logger.info("[fonts] cutting %s", target.stem)
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    font = TTFont(source, recalcTimestamp=False)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    static = instancer.instantiateVariableFont(font, axes, updateFontNames="STAT" in font)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        static.save(part.name)
    os.replace(part.name, target)


def typst_font_folders(own: Path | None = None, families: Iterable[str] = ()) -> list[str]:
    """Folders of static fonts for Typst: those of every book, of the installed ``families``, and the author's ``own``.

    Cuts the instances that are not there yet.
    """
    folders = {str(fontpkg.path(package).parent) for package in STATIC_FAMILIES}
    for package in (*VARIABLE_FAMILIES, *(slug(family) for family in families if is_installed(family))):
        for weight, style in STYLES:
            folders.add(str(_static_file(package, weight, style).parent))
    return sorted(folders) + ([str(own)] if own is not None else [])


def is_installed(family: str) -> bool:
    """True if the package ``fontpkg-FAMILY`` is installed."""
    try:
        fontpkg.family(slug(family))
    except fontpkg.FontpkgError:
        return False
    return True


def static_folder(file: Path) -> str:
    """A folder that holds ``file`` for Typst: its own, or that of static instances cut from a variable font."""
    if "[" not in file.name:
        return str(file.parent)
    name = file.name.partition("[")[0]
    target = cache_folder() / f"{name}-{file.stat().st_size}"
    for weight in (400, 700):
        instance = target / f"{name}-{weight}.ttf"
        if not instance.exists():
            _cut_instance(file, instance, weight)
    return str(target)
