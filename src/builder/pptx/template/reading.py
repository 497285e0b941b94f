"""A template file → its layouts and geometry; what is no template is refused, with what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from builder.deck.geometry import Geometry
from builder.errors import AuthorError, Source, asked
from builder.pptx.package.active import disarmed
from builder.pptx.package.package import Package
from builder.pptx.package.parts import PackageError, check_all, file_bytes, unreadable
from builder.pptx.template.choice import Match, match_layouts
from builder.pptx.template.frames import EMU
from builder.pptx.template.from_right import turn
from builder.pptx.template.hidden import hidden_texts
from builder.pptx.template.inherited import PLAIN_STYLES, TextStyles
from builder.pptx.template.layouts import kinds
from builder.pptx.template.masters import TemplateFile, read_file
from builder.pptx.template.measures import Surveyor
from builder.pptx.template.pictures import not_shown
from builder.pptx.template.tables import MEDIUM_2
from builder.store.keys import key_of
from builder.store.records import read_pickle, write_pickle
from builder.store.stamps import package_stamp, stamp

MOST_NAMES = 12
"""Layouts that a message names."""
SMALLEST_SLIDE = 240
"""Points that a slide is wide and high at least: eight lines of text and a title."""
BUILT_IN = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Template:
    """A template that has been read: its bytes, the index of each layout, its geometry and theme font."""

    content: bytes
    layouts: dict[str, int]
    geometry: Geometry
    colours: dict[str, str]
    matches: dict[str, Match]
    slides: int
    table_style: str
    styles: TextStyles = PLAIN_STYLES
    repainted: Mapping[str, str] = field(default_factory=dict)
    """Names of the theme's colours → ``#rrggbb``, for those in which text cannot be read on its ground."""
    taken_out: tuple[str, ...] = ()
    """What ran, fetched or signed in the file; ``content`` is without it."""
    not_shown: tuple[str, ...] = ()
    """Pictures that the PDF of its decks lacks, and why."""
    hidden: tuple[str, ...] = ()
    """Sentences about text that what its layouts draw swallows."""

    def open(self, *, keep_slides: bool = False) -> Any:
        """Return a fresh presentation over the template, without its slides unless ``keep_slides``."""
        from builder.pptx.template.writable import opened

        return opened(self.content, keep_slides=keep_slides)

    def in_front(self, where: str) -> int:
        """Return how many of its slides stand before those of a deck with this ``template_slides``."""
        return {"front": self.slides, "around": min(self.slides, 1)}.get(where, 0)


def template_path(name: str, folder: Path, source: Source) -> Path:
    """Return the file of a built-in template (``plain``) or of one in the author's folder.

    Raises:
        AuthorError: there is no such file.
    """
    if (BUILT_IN / f"{name}.pptx").is_file() and "/" not in name:
        return BUILT_IN / f"{name}.pptx"
    for path in (folder / name, folder.parent / name):
        if path.is_file():
            return path
    built_in = sorted(path.stem for path in BUILT_IN.glob("*.pptx"))
    raise AuthorError(
        f"there is no template '{name}'; name a .pptx file beside lectures.toml, or one of: {', '.join(built_in)}."
        f"{asked(name, built_in)}",
        source,
    )


def read_template(path: Path, source: Source, *, from_right: bool = False, cache: Path | None = None) -> Template:
    """Read and check a template; the result is remembered until the file changes, in the folder ``cache`` by the next
    process too. Its text begins at the right where ``from_right`` is asked for; built-in ones change sides whole,
    others keep the places of their shapes. Errors name ``source``, which is where lectures name the template.

    Raises:
        AuthorError: it is no package that is read (`open_parts`), or lacks a layout.
    """
    try:
        return _remembered(path, from_right, cache, stamp(path))
    except AuthorError as error:
        raise AuthorError(error.message, source) from error


@lru_cache(maxsize=8)
def _remembered(path: Path, from_right: bool, cache: Path | None, content: str) -> Template:
    """A template of this ``content``; one that this version has read before is neither opened nor measured again."""
    if cache is None:
        return _read(path, from_right)
    file = cache / f"{key_of(str(path), from_right)}.pickle"
    version = f"{package_stamp()} {content}"
    found = read_pickle(file, version)
    if not isinstance(found, Template):
        found = _read(path, from_right)
        with suppress(AuthorError):  # a folder that cannot be written is reported where more depends on it
            write_pickle(file, found, version)
    return found


def _read(path: Path, from_right: bool) -> Template:
    from builder.pptx.template.writable import name_relationships, opened  # python-pptx, which takes long to load

    with unreadable(f"the template {path.name}"):
        content, taken_out = disarmed(file_bytes(path))
        package = Package(content)
        check_parts(package)
        is_renamed = name_relationships(package)
        is_turned = from_right and turn(package, with_places=path.parent == BUILT_IN)
        if is_renamed or is_turned:
            content = package.content()
        file = read_file(package)
        matches = match_layouts(file)
    if "content" not in matches:
        raise AuthorError(f"the template {path.name} cannot be used: {lacking_in(file)}")
    check_size(file, path.name)
    with unreadable(f"the template {path.name}"):
        layouts = {role: match.index for role, match in matches.items()}
        surveyor = Surveyor(file, matches, path.name, is_ours=path.parent == BUILT_IN)
        geometry = surveyor.geometry()
        colours, repainted = surveyor.paint(geometry)
        opened(content)  # what python-pptx does not open is refused here, and not when a deck is written
        return Template(
            content,
            layouts,
            geometry,
            colours,
            matches,
            file.slides,
            file.table_style or MEDIUM_2,
            surveyor.text_styles(geometry, from_right=from_right),
            repainted,
            taken_out,
            tuple(not_shown(file)),
            tuple(hidden_texts(geometry)),
        )


def check_parts(package: Package) -> None:
    """Read every part once, within the limits.

    Raises:
        PackageError: one is beyond them; of a slide it says that a template does without its slides.
    """
    try:
        check_all(package.parts)
    except PackageError as error:
        if error.message.startswith("ppt/slides/"):
            advice = " A template does without its slides: delete them in PowerPoint, and save it as .potx."
            raise PackageError(error.message + advice) from None
        raise


def lacking_in(file: TemplateFile) -> str:
    """Return why no layout of a template can show content, and what to add to it in PowerPoint."""
    names = ", ".join(f"'{' '.join(layout.name.split())}'" for layout in file.layouts[:MOST_NAMES])
    more = f" and {len(file.layouts) - MOST_NAMES} more" if len(file.layouts) > MOST_NAMES else ""
    titled = [layout for layout in file.layouts if kinds(layout)["title"] or kinds(layout)["ctrTitle"]]
    lack = (
        "it has no layouts"
        if not file.layouts
        else "no layout of it has a place for a title"
        if not titled
        else "the text of its layouts with a title runs from top to bottom"
    )
    has = f" (it has {names}{more})" if names else ""
    return (
        f"{lack}{has}. In PowerPoint: View > Slide Master > Insert Layout, keep its title, "
        "Insert Placeholder > Content, name it 'Title and Content'."
    )


def check_size(file: TemplateFile, name: str) -> None:
    """Refuse slides on which text that a room can read has no place.

    Raises:
        AuthorError: they are too small.
    """
    if min(file.width, file.height) < SMALLEST_SLIDE * EMU:
        inches = f"{file.width / EMU / 72:.2f} × {file.height / EMU / 72:.2f} in"
        raise AuthorError(
            f"the slides of the template {name} are {inches}, too small for text that a room can read. In PowerPoint: "
            "Design > Slide Size > Widescreen (13.33 × 7.5 in)."
        )
