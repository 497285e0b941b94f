"""A template's layouts by kind of slide → the geometry that the fit works with: sizes of type, places, colours."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from builder.deck.geometry import Area, Geometry, Look, Sizes, TableLook, TextLook
from builder.deck.lines import SECOND_LEVEL, indent_at
from builder.pptx.package.namespaces import qn
from builder.pptx.template.choice import Match
from builder.pptx.template.colours import read_colours
from builder.pptx.template.frames import EMU
from builder.pptx.template.inherited import (
    TextStyles,
    body_attributes,
    default_differs,
    differs,
    has_ground,
    named_face,
    plain_style,
    text_placeholders,
    title_style,
)
from builder.pptx.template.layouts import TEXT_TYPES, kind_of, main_place, placeholder
from builder.pptx.template.looks import (
    grows,
    named_layout,
    read_look,
    strip_area,
    style_of,
    text_area,
    text_style,
    theme_font,
)
from builder.pptx.template.masters import LayoutPlaceholder, SlideLayout, TemplateFile
from builder.pptx.template.mended import with_subtitle, with_title, without_extra
from builder.pptx.template.paint import even, ground_at, is_even_at, is_like, painted, roles_on
from builder.pptx.template.room import LINE, TITLE_LINES, USUAL_HEIGHT, Room, covers, joined
from builder.pptx.template.tables import MEDIUM_2, medium_style, read_table_look
from builder.pptx.template.taken import taken_on
from builder.typeset.contrast import LEAST, channels, contrast
from builder.typeset.measure import whole_points

OPENINGS = {"title": 50.0, "section": 38.0}
"""Points at which titles of decks and sections are set where a template gives no size."""
GREY = 48
"""How far the channels of a grey may lie apart, of 255."""
MOST_TITLE, MOST_BODY = 40.0, 24.0
"""Points beyond which the sizes of a template of others are not followed: its sample texts are three words long."""
LEAST_TITLE = 14.0
"""Points below which no title is set, however low its place is."""
NARROW_SLIDE, NARROW_TITLE = 800.0, 20.0
"""Points below which a slide is narrow, and the floor of its titles: on a screen they are as large as others."""
AIR = 0.02
"""What part of a slide's height is free below the titles of a template of others at least."""
LARGE_SLIDE = 800.0
"""Points that both sides of a slide have at least for its sizes of type to grow with it: it is a poster."""
NEAR_STRIP = 3.0
"""Points above and below the strip of progress in which its ground is one: the edge of a bar is seen beside it."""
LEAST_TITLE_WIDTH = 0.45
"""What part of a slide's width titles have at least, below which a template is advised of it."""
WITH_TITLE_OF_CONTENT = ("content", "title_only", "comparison", "blank")
"""Kinds of slide whose titles stand where those of content do."""


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Measures a template: ``layouts`` by kind of slide, and the looks of all that it has."""

    file: TemplateFile
    matches: Mapping[str, Match]
    name: str
    is_ours: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a slide in points."""
        return self.file.width / EMU, self.file.height / EMU

    @property
    def most(self) -> tuple[float, float]:
        """Points that titles and text have at most."""
        if self.is_ours:
            return math.inf, math.inf
        side = min(self.size)
        scale = side / USUAL_HEIGHT if side > LARGE_SLIDE else 1.0
        return MOST_TITLE * scale, MOST_BODY * scale

    def layout(self, role: str) -> SlideLayout:
        """Return the layout for a kind of slide."""
        return self.file.layouts[self.matches[role].index]

    def room(self, role: str) -> Room:
        """Return what is free on the layout for a kind of slide."""
        return Room(*self.size, taken_on(self.layout(role), *self.size))

    def title_of(self, role: str) -> TextLook:
        """Return how titles of a kind of slide are set, their place not mended yet."""
        layout = self.layout(role)
        shape = self.title_place(role)
        assert shape is not None
        nowhere = Area(0, 0, 0, 0)
        return style_of(layout, shape, read_colours(layout.master, layout), text_area(shape) or nowhere)

    def content_place(self) -> Area | None:
        """Return where the layout for content has its text: in one place, or in those side by side of a layout that is
        known by nothing else."""
        layout = self.layout("content")
        main = main_place(layout)
        if main is None or self.matches["content"].by != "geometry":
            return text_area(main) if main is not None else None
        places = [text_area(shape) for shape in layout.placeholders if kind_of(shape) in TEXT_TYPES]
        least = 0.02 * self.size[0] * self.size[1]
        return joined([area for area in places if area is not None and area.width * area.height > least])

    def opening(self, role: str, floor: float) -> TextLook:
        """Return how and where the title of a deck or section is set."""
        layout, look, room = self.layout(role), self.title_of(role), self.room(role)
        others = [text_area(shape) for shape in layout.placeholders if kind_of(shape) in ("subTitle", *TEXT_TYPES)]
        lower = [area for area in others if area is not None and area.y > look.area.y + look.area.height / 2]
        own = look.area if look.area.width else None
        area = room.title(own, look.anchor, floor, min(lower, key=lambda one: one.y, default=None))
        return replace(look, area=area, moved=area != own)

    def geometry(self) -> Geometry:
        """Return the geometry of the template."""
        every = [read_look(layout, *self.size) for layout in self.file.layouts]
        content, look, room = self.layout("content"), self.title_of("content"), self.room("content")
        sizes, inherits = sizes_of(content, self.size, self.most)
        own = look.area if look.area.width else None
        place = self.content_place()
        floor = min(sizes.title, sizes.title_floor)
        if not self.is_ours and self.size[0] < NARROW_SLIDE:
            floor = min(floor, NARROW_TITLE)
        if self.matches["content"].by == "stand-in" and place is None:
            own = None  # a title alone stands in the middle of its slide, where content goes
        title = room.title(own, look.anchor, floor, place)
        main = main_place(content)
        above = (
            title
            if own is None or own.y > title.y or (place is not None and covers(own, place))
            else replace(title, height=max(title.bottom, own.bottom) - title.y)
        )
        air = 0.0 if self.is_ours else AIR * self.size[1]
        area = room.content(place, above, grows=main is not None and grows(main), air=air)
        area = even(every[self.matches["content"].index], area, self.size)
        sizes = replace(sizes, title_floor=floor_in(title, floor))
        openings = {role: self.opening(role, sizes.title_floor) for role in OPENINGS}
        title_sizes = {role: size_or(openings[role].size, usual) for role, usual in OPENINGS.items()}
        lacking = frozenset(role for role, match in self.matches.items() if match.by == "stand-in")
        looks = {role: every[match.index] for role, match in self.matches.items()}
        looks |= {role: without_extra(looks[role]) for role in lacking - set(OPENINGS)}
        looks |= {role: with_title(looks[role], opening) for role, opening in openings.items()}
        looks["title"] = with_subtitle(looks["title"], self.room("title"), is_ours=self.is_ours)
        for role in WITH_TITLE_OF_CONTENT:
            if role in looks:
                found = looks[role].texts.get("title", look)
                moved = found.area != title
                looks[role] = with_title(looks[role], replace(found, area=title, moved=moved, anchor=look.anchor))
        looks["content"] = replace(
            looks["content"], texts={**looks["content"].texts, "content": replace(self.style_of_content(), area=area)}
        )
        looks = {role: painted(found, self.size) for role, found in looks.items()}
        return Geometry(
            *self.size, title, area, openings["title"].area, looks["title"].texts["subtitle"].area,
            openings["section"].area,
            font=self.face(main, "minorFont"),
            title_font=self.face(placeholder(content, "ctrTitle", "title"), "majorFont"),
            quiet=quiet_of(colours_of(content)["accent6"], ground_at(looks["content"], area, self.size)),
            sizes=sizes,
            inherits=inherits and all(
                text_style(self.layout(role), 1, self.title_place(role))[0] == title_sizes[role] for role in title_sizes
            ),
            opening_title_size=title_sizes["title"],
            section_title_size=title_sizes["section"],
            looks=looks,
            named={
                layout.name.casefold(): named_layout(index, layout, every[index])
                for index, layout in enumerate(self.file.layouts)
            },
            lacking=lacking,
            strip=strip_area(content) or self.strip(room, title, area, looks["content"]),
            has_strip=strip_area(content) is not None,
            table=self.table(),
            advice=self.advice(title, area, sizes),
        )  # fmt: skip

    def strip(self, room: Room, title: Area, content: Area, look: Look) -> Area | None:
        """Return where the strip of progress goes; None where the template has no room, or another ground there."""
        found = room.strip(title, content)
        if found is None:
            return None
        around = replace(found, y=found.y - NEAR_STRIP, height=found.height + 2 * NEAR_STRIP)
        is_there = is_like(ground_at(look, found, self.size), ground_at(look, content, self.size))
        return found if is_there and is_even_at(look, around, self.size) else None

    def table(self) -> TableLook:
        """Return how tables look, their heads in black or white where the style's own colour cannot be read."""
        layout = self.layout("content")
        colours = colours_of(layout)
        of_theme = read_colours(layout.master, layout)
        if of_theme.theme and self.file.table_style in ("", MEDIUM_2):
            return medium_style(of_theme)
        look = read_table_look(self.file.package, self.file.table_style)
        names = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
        fill, head = (colours.get(names.get(name, name), "") for name in (look.head_fill, look.head))
        if not fill or not head or contrast(head, fill) >= LEAST:
            return look
        best = max((colours["dk1"], colours["lt1"]), key=lambda colour: contrast(colour, fill))
        return replace(look, head=best.lstrip("#"), repainted=True)

    def face(self, shape: LayoutPlaceholder | None, usual: str) -> str:
        """Return the face of a placeholder of the layout for content, that of the theme where it names none."""
        layout = self.layout("content")
        named = named_face(layout, shape) if shape is not None else ""
        theme = {"+mn-lt": "minorFont", "+mj-lt": "majorFont"}
        return named if named and not named.startswith("+") else theme_font(layout.master, theme.get(named, usual))

    def style_of_content(self) -> TextLook:
        """Return how text is set in the layout for content."""
        layout = self.layout("content")
        shape, colours = main_place(layout), read_colours(layout.master, layout)
        nowhere = Area(0, 0, 0, 0)
        return (
            style_of(layout, shape, colours, nowhere) if shape is not None else TextLook(nowhere, colours.named("tx1"))
        )

    def paint(self, geometry: Geometry) -> tuple[dict[str, str], dict[str, str]]:
        """Return the colours of the template by their roles as text can be read in them, and those that slides write
        out."""
        colours = colours_of(self.layout("content"))
        look = geometry.looks["content"]
        ground = ground_at(look, geometry.content, self.size)
        return roles_on(colours, ground, self.style_of_content().colour)

    def text_styles(self, geometry: Geometry, *, from_right: bool) -> TextStyles:
        """Return what slides write so that text is set as it is measured, in a template whose text begins at the right
        or not."""
        content = self.layout("content")
        face = geometry.font if geometry.font != theme_font(content.master, "minorFont") else ""
        main = main_place(content)
        is_unnamed = main is not None and not named_face(content, main)  # LibreOffice takes that of code before it
        ink, own = self.paint(geometry)[0]["dk1"], self.style_of_content().colour
        layouts = [self.layout(role) for role in ("content", "comparison") if role in self.matches]
        texts = [(layout, shape) for layout in layouts for shape in text_placeholders(layout)]
        titled = [(role, self.title_place(role)) for role in self.matches if self.title_place(role) is not None]
        inks = {colour for layout, shape in texts for colour in level_colours(layout, shape)}
        is_plain = not is_unnamed and len(inks) <= 1 and not any(differs(layout, shape) for layout, shape in texts)
        of_text = plain_style("+mn-lt" if is_unnamed else face, ink if ink != own or not is_plain else "")
        of_boxes = plain_style(face, ink if ink != self.colour_of_boxes() else "")
        every = [*(shape for _, shape in texts), *(shape for role, shape in titled if role in WITH_TITLE_OF_CONTENT)]
        return TextStyles(
            of_text if not from_right and not (is_plain and ink == own) else "",
            of_boxes
            if not from_right and (face or ink != self.colour_of_boxes() or default_differs(self.file, content))
            else "",
            next((found for shape in every if shape is not None and (found := body_attributes(shape))), ""),
            {role: title_style(self.layout(role), shape) for role, shape in titled if shape is not None},
            is_bare=any(has_ground(shape) for _, shape in texts),
        )

    def colour_of_boxes(self) -> str:
        """Return the colour of text in boxes, which are no placeholders."""
        master = self.layout("content").master
        colours = read_colours(master, self.layout("content"))
        others = master.element.find(f".//{qn('p:otherStyle')}")
        for style in (self.file.default_style, others):
            level = style.find(f"{qn('a:lvl1pPr')}/{qn('a:defRPr')}/{qn('a:solidFill')}") if style is not None else None
            found = colours.of(level) if level is not None else None
            if found is not None:
                return found[0]
        return colours.named("tx1")

    def title_place(self, role: str) -> LayoutPlaceholder | None:
        """Return the placeholder for the title of a kind of slide; None where its layout has none."""
        return placeholder(self.layout(role), "ctrTitle", "title")

    def advice(self, title: Area, content: Area, sizes: Sizes) -> dict[str, str]:
        """Return what to change in the template so that more fits: sentences for ``title`` and ``content``."""
        layout = self.layout("content")
        found = {}
        if sizes.title_floor < NARROW_TITLE or title.width < LEAST_TITLE_WIDTH * self.size[0]:
            shape = placeholder(layout, "ctrTitle", "title")
            wanted = TITLE_LINES * LINE * Sizes().title_floor
            found["title"] = self.sentence(
                layout,
                shape,
                f"is {title.width:.0f} × {title.height:.0f} pt large",
                f"{max(title.width, 0.8 * self.size[0]):.0f} × {max(title.height, wanted):.0f} pt large",
            )
        width, height = self.size
        if content.width * content.height < 0.25 * width * height or content.height < 0.35 * height:
            has = f"is {content.width:.0f} × {content.height:.0f} pt large"
            wanted_size = f"{max(0.8 * width, content.width):.0f} × {max(0.6 * height, content.height):.0f} pt large"
            found["content"] = self.sentence(layout, main_place(layout), has, wanted_size)
        return found

    def sentence(self, layout: SlideLayout, shape: LayoutPlaceholder | None, has: str, wanted: str) -> str:
        """Return what is wrong with a placeholder, and what to do in PowerPoint."""
        place = f"the place '{shape.name if shape is not None else ''}' of the layout '{' '.join(layout.name.split())}'"
        return f"{place} in the template {self.name} {has}; in PowerPoint, View > Slide Master, make it {wanted}"


def level_colours(layout: SlideLayout, shape: LayoutPlaceholder) -> list[str]:
    """Return the colours of the first two levels of a placeholder's text."""
    colours = read_colours(layout.master, layout)
    return [style_of(layout, shape, colours, Area(0, 0, 0, 0), level).colour for level in (1, 2)]


def floor_in(title: Area, floor: float) -> float:
    """Return the size at which two lines fit in the place of titles, at most ``floor``."""
    return max(LEAST_TITLE, min(floor, math.floor((title.height + 1) / (TITLE_LINES * LINE))))


def quiet_of(grey: str, ground: str) -> str:
    """Return the colour of captions: ``accent6`` where that is a ``grey`` to be read on the ground, else ``tx1``."""
    values = channels(grey)
    is_grey = max(values) - min(values) < GREY
    return "accent6" if is_grey and contrast(grey, ground) >= LEAST else "tx1"


def size_or(size: float, other: float) -> float:
    """Return ``size``, or ``other`` where a title of that size would be below the floor."""
    return size if size >= Sizes().title_floor else other


def sizes_of(layout: SlideLayout, size: tuple[float, float], most: tuple[float, float]) -> tuple[Sizes, bool]:
    """Return type sizes of a template's titles and text, up to the ``most`` of each, and whether text in its
    placeholders is set as the fit measures it."""
    ours = scaled(Sizes(), min(size))
    title = text_style(layout, 1, placeholder(layout, "ctrTitle", "title"))[0]
    main = main_place(layout)
    levels = [text_style(layout, level, main) for level in range(1, 6)]
    body = levels[0][0]
    sizes = replace(
        ours,
        title=min(max(whole_points(title or ours.title), ours.title_floor), most[0]),
        body=min(max(whole_points(body or ours.body), ours.body_floor), most[1]),
    )
    sizes = beside_text(sizes, sizes.body / ours.body)
    sizes = replace(sizes, table=min(sizes.table, max(sizes.body, sizes.table_floor)))
    wanted = [
        (sizes.body if level == 1 else whole_points(sizes.body * SECOND_LEVEL), indent_at(level, sizes.body))
        for level in range(1, 6)
    ]
    is_alike = all(
        math.isclose(one, other, abs_tol=0.01)
        for pair in zip(levels, wanted, strict=True)
        for one, other in zip(*pair, strict=True)
    )
    return sizes, title == sizes.title and is_alike and not (main is not None and differs(layout, main))


WITH_TEXT = ("table", "code", "equation", "timeline", "box_title", "column_heading")
"""Sizes that are larger where a template's text is larger than usual."""


def beside_text(sizes: Sizes, larger: float) -> Sizes:
    """Return sizes of what stands beside text that is so many times as large as usual."""
    return replace(sizes, **{name: whole_points(getattr(sizes, name) * max(larger, 1.0)) for name in WITH_TEXT})


def scaled(sizes: Sizes, side: float) -> Sizes:
    """Return sizes of type for slides whose shorter side is ``side`` points: larger ones on posters."""
    if side <= LARGE_SLIDE:
        return sizes
    return replace(
        sizes, **{name: whole_points(getattr(sizes, name) * side / USUAL_HEIGHT) for name in Sizes.__slots__}
    )


def colours_of(layout: SlideLayout) -> dict[str, str]:
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
