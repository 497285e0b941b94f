"""A template file → its layouts and geometry; what is no template is refused, with what to do instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any

from builder.deck.geometry import Geometry, Sizes
from builder.deck.lines import LEVEL_INDENT, SECOND_LEVEL
from builder.errors import AuthorError, Source
from builder.pptx.package.active import disarmed
from builder.pptx.package.package import Package
from builder.pptx.package.parts import check_all, file_bytes, unreadable
from builder.pptx.template.colours import read_colours
from builder.pptx.template.from_right import turn
from builder.pptx.template.layouts import NAMES, REQUIRED, Match, match_layouts
from builder.pptx.template.looks import named_layout, read_look, strip_area, text_style, theme_font
from builder.pptx.template.masters import SlideLayout, TemplateFile, read_file
from builder.pptx.template.tables import read_table_look
from builder.pptx.template.writable import name_relationships, opened
from builder.store.stamps import stamp
from builder.typeset.contrast import LEAST, channels, contrast
from builder.typeset.measure import whole_points

BUILT_IN = Path(__file__).parent.parent / "templates"
EMU_PER_POINT = 12700
OPENINGS = {"title": 50.0, "section": 38.0}
"""Points at which titles of decks and sections are set where a template gives no size."""
USUAL_TABLE_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""Medium Style 2 - Accent 1, which PowerPoint gives new tables."""
GREY = 48
"""How far the channels of a grey may lie apart, of 255."""
MOST_TITLE, MOST_BODY = 40.0, 24.0
"""Points beyond which the sizes of a template of others are not followed: its sample texts are three words long."""


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
    taken_out: tuple[str, ...] = ()
    """What ran, fetched or signed in the file; ``content`` is without it."""

    def open(self, *, keep_slides: bool = False) -> Any:
        """Return a fresh presentation over the template, without its slides unless ``keep_slides``."""
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
    built_in = ", ".join(sorted(path.stem for path in BUILT_IN.glob("*.pptx")))
    raise AuthorError(
        f"there is no template '{name}'; name a .pptx file beside lectures.toml, or one of: {built_in}.", source
    )


def read_template(path: Path, source: Source, *, from_right: bool = False) -> Template:
    """Read and check a template; the result is cached until the file changes. Its text begins at the right where
    ``from_right`` is asked for; built-in ones change sides whole, others keep the places of their shapes. Errors name
    ``source``, which is where lectures name the template.

    Raises:
        AuthorError: it is no package that is read (`open_parts`), or lacks a layout.
    """
    try:
        return _read(path, from_right, stamp(path))
    except AuthorError as error:
        raise AuthorError(error.message, source) from error


@lru_cache(maxsize=8)
def _read(path: Path, from_right: bool, _stamp: str) -> Template:
    with unreadable(f"the template {path.name}"):
        content, taken_out = disarmed(file_bytes(path))
        package = Package(content)
        check_all(package.parts)
        is_renamed = name_relationships(package)
        is_turned = from_right and turn(package, with_places=path.parent == BUILT_IN)
        if is_renamed or is_turned:
            content = package.content()
        file = read_file(package)
        matches = match_layouts(file)
    for role in REQUIRED:
        if role not in matches:
            names = ", ".join(layout.name for layout in file.layouts)
            raise AuthorError(
                f"the template {path.name} has no layout that can be told to be for {role.replace('_', ' ')} slides; "
                f"give one the name '{NAMES[role][0].capitalize()}'. It has: {names}."
            )
    with unreadable(f"the template {path.name}"):
        layouts = {role: match.index for role, match in matches.items()}
        opened(content)  # what python-pptx does not open is refused here, and not when a deck is written
        return Template(
            content,
            layouts,
            replace(
                _geometry(file, layouts, path),
                lacking=frozenset(role for role, match in matches.items() if match.by == "stand-in"),
            ),
            _colours(file.layouts[layouts["content"]]),
            matches,
            file.slides,
            file.table_style or USUAL_TABLE_STYLE,
            taken_out,
        )


def _geometry(file: TemplateFile, layouts: dict[str, int], path: Path) -> Geometry:
    every = file.layouts
    size = file.width / EMU_PER_POINT, file.height / EMU_PER_POINT
    every_look = [read_look(layout, *size) for layout in every]
    looks = {role: every_look[index] for role, index in layouts.items()}
    wanted = (
        ("content", "title"),
        ("content", "content"),
        ("title", "title"),
        ("title", "subtitle"),
        ("section", "title"),
    )
    for role, name in wanted:
        if name not in looks[role].texts:
            raise AuthorError(
                f"the template {path.name} has no placeholder for the {name} of {role} slides; add it to the layout "
                f"'{every[layouts[role]].name}'."
            )
    content = every[layouts["content"]]
    sizes, inherits = _sizes(content, (MOST_TITLE, MOST_BODY) if path.parent != BUILT_IN else (inf, inf))
    openings = {role: size_or(looks[role].texts["title"].size, usual) for role, usual in OPENINGS.items()}
    inherits = inherits and all(
        text_style(every[layouts[role]], 1, "ctrTitle", "title")[0] == size for role, size in openings.items()
    )
    areas = [looks[role].texts[name].area for role, name in wanted]
    return Geometry(
        size[0], size[1], areas[0], areas[1], areas[2], areas[3], areas[4],
        font=theme_font(content.master, "minorFont"),
        title_font=theme_font(content.master, "majorFont"),
        quiet=quiet_of(_colours(content)),
        sizes=sizes,
        inherits=inherits,
        opening_title_size=openings["title"],
        section_title_size=openings["section"],
        looks=looks,
        strip=strip_area(content),
        table=read_table_look(content.package, file.table_style),
        named={
            layout.name.casefold(): named_layout(index, layout, every_look[index]) for index, layout in enumerate(every)
        },
    )  # fmt: skip


def quiet_of(colours: dict[str, str]) -> str:
    """Return the colour of captions: ``accent6`` where it is a grey that can be read on the ground, else ``tx1``."""
    values = channels(colours["accent6"])
    is_grey = max(values) - min(values) < GREY
    return "accent6" if is_grey and contrast(colours["accent6"], colours["lt1"]) >= LEAST else "tx1"


def size_or(size: float, other: float) -> float:
    """Return ``size``, or ``other`` where a title of that size would be below the floor."""
    return size if size >= Sizes().title_floor else other


def _sizes(layout: SlideLayout, most: tuple[float, float]) -> tuple[Sizes, bool]:
    """Return type sizes of a template's titles and text, up to the ``most`` of each, and whether text in its
    placeholders is set as the fit measures it."""
    ours = Sizes()
    title = text_style(layout, 1, "title", "ctrTitle")[0]
    levels = [text_style(layout, level, "obj", "body") for level in range(1, 6)]
    body = levels[0][0]
    sizes = replace(
        ours,
        title=min(max(whole_points(title or ours.title), ours.title_floor), most[0]),
        body=min(max(whole_points(body or ours.body), ours.body_floor), most[1]),
    )
    wanted = [
        (sizes.body if level == 1 else whole_points(sizes.body * SECOND_LEVEL), LEVEL_INDENT * level)
        for level in range(1, 6)
    ]
    return sizes, title == sizes.title and levels == wanted


def _colours(layout: SlideLayout) -> dict[str, str]:
    """Return role → ``#rrggbb``: ``dk1`` is the master's colour of text and ``lt1`` of its ground, whatever the
    theme calls them."""
    colours = read_colours(layout.master, layout)
    roles = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
    usual = dict(zip(COLOUR_NAMES, DEFAULT_COLOURS, strict=True))
    return {name: colours.named(roles.get(name, name)) if colours.theme else usual[name] for name in COLOUR_NAMES}


COLOUR_NAMES = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink")
DEFAULT_COLOURS = (
    "#22262b", "#ffffff", "#35576b", "#f4efeb", "#7a2a25", "#35576b", "#b8862f", "#5f7a54", "#8a6d8f",
    "#667078", "#35576b",
)  # fmt: skip
"""For a template whose theme has no colours."""
