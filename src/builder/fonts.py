"""Where fonts come from: pip packages and the author's folder, never the system.

Typst is slow with variable fonts, so static instances are cut once and kept in the user's cache folder.
"""

from __future__ import annotations

import getpass
import logging
import os
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont
from sphinx.util import logging as sphinx_logging

logger = sphinx_logging.getLogger(__name__)

METRIC_TWINS = {
    "arial": "arimo",
    "helvetica": "arimo",
    "liberation sans": "arimo",
}
"""Theme font → the free font with the same advance widths that stands for it when measuring and drawing."""

MEASURED_INSTEAD = "measured with Arimo, which has the metrics of Arial"
"""What is said of the text of a font that is not installed here."""

STATIC_FAMILIES = ("fira-sans",)
VARIABLE_FAMILIES = ("arimo",)
STYLES = ((400, "normal"), (700, "normal"), (400, "italic"), (700, "italic"))

MONO = "DejaVu Sans Mono"
SANS = "Fira Sans"


def cache_folder() -> Path:
    """The folder that keeps static instances; a temporary one where the home is read-only."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "book-deck-builder"
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


@lru_cache(maxsize=64)
def font_file(family: str, *, bold: bool = False, italic: bool = False) -> Path:
    """A static font file for ``family``; falls back to Arimo for a family that no package here has."""
    name = METRIC_TWINS.get(family.strip().lower(), family)
    weight, style = (700 if bold else 400), ("italic" if italic else "normal")
    try:
        return _static_file(slug(name), weight, style)
    except fontpkg.FontpkgError:
        return _static_file("arimo", weight, style)


def is_measurable(family: str) -> bool:
    """True if ``family``, or a font with its metrics, is installed here."""
    return is_installed(METRIC_TWINS.get(family.strip().lower(), family))


def _static_file(package: str, weight: int, style: str) -> Path:
    source = fontpkg.path(package, weight=weight, style=style, nearest=True)
    if "[" not in source.name:
        return source
    version = metadata.version(f"fontpkg-{package}")
    target = cache_folder() / f"{package}-{version}" / f"{package}-{weight}-{style}.ttf"
    if not target.exists():
        _cut_instance(source, target, weight)
    return target


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
