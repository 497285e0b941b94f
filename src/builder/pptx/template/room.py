"""Room for titles, content and the strip of progress on a layout: its own places, mended where they are too small for
slides, leave the slide, or lie on what the template draws.

All in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.deck.geometry import Area
from builder.deck.progress import PROGRESS_HEIGHT
from builder.pptx.template.taken import clipped, free_of, shared

USUAL_HEIGHT = 540.0
"""Points that slides are high mostly."""
TITLE_LINES = 2
LINE = 1.2
"""Height of a line of text in its sizes, as PowerPoint sets it."""
LEAST_OF_TITLE = 0.6
"""What share of a place for titles is left beside logos at least, or it stands as it is."""
SAME = 0.5
"""What share of the larger of two places both cover where they lie on each other."""
RULE = 6.0
"""How high a rule is at most, in points."""
GAP = 6.0
"""Between a title and content where we place them."""
NEAR = 0.1
"""What part of its width content that gives way to a drawing gives way further, to begin below the title."""
LEAST_SHARE = 0.25
"""What part of a slide the place for content covers at least."""
LEAST_HEIGHT = 0.4
"""What part of a slide's height it has at least."""
MARGIN = 0.05
STRIP_FOOT = 8.0
"""Between the strip of progress and the edge of the slide, or what the template has at its foot."""
WIDE_STRIP = 0.75
"""What part of a title's width the strip has where it is not looked for elsewhere."""
NARROWEST_STRIP = 0.4
"""What part of a title's width the strip of progress has at least."""


@dataclass(frozen=True, slots=True)
class Room:
    """A slide with what a layout takes of it."""

    width: float
    height: float
    taken: tuple[Area, ...]

    @property
    def whole(self) -> Area:
        """The slide within usual margins."""
        across, down = self.width * MARGIN, self.height * MARGIN
        return Area(across, down, self.width - 2 * across, self.height - 2 * down)

    def on_slide(self, area: Area | None) -> Area | None:
        """Return the part of a place that is on the slide, with a margin where it is cut; None where that is too little
        to be a place."""
        if area is None:
            return None
        found = clipped(area, self.width, self.height)
        right, bottom = found.x + found.width, found.bottom
        if area.x + area.width > self.width:
            right -= MARGIN * self.width
        if area.bottom > self.height:
            bottom -= MARGIN * self.height
        found = Area(found.x, found.y, max(right - found.x, 0.0), max(bottom - found.y, 0.0))
        return found if found.width > 0.1 * self.width and found.height > 0.02 * self.height else None

    def title(self, own: Area | None, anchor: str, size: float, below: Area | None) -> Area:
        """Return where titles of ``size`` points go: their own place, higher where two lines do not fit in it and there
        is room, down to the content ``below`` it and inside the band that it stands on."""
        area = self.on_slide(own)
        if area is not None:
            area = self.beside_rules(area)
            area = free_of(area, self.logos(area), LEAST_OF_TITLE)
        if area is None:
            whole = self.whole
            return replace(
                whole, height=min(self.height * 0.15, max((below.y if below else self.height) - whole.y, 40.0))
            )
        wanted = TITLE_LINES * LINE * size
        if below is not None and covers(area, below):
            area = replace(area, height=min(area.height, max(min(wanted, 0.4 * below.height), below.y - area.y)))
            wanted = area.height
        if area.height >= wanted - 1:
            return area
        top, bottom = self.around(area)
        if below is not None and below.y > area.y:
            bottom = min(bottom, max(below.y, area.bottom))
        missing = wanted - area.height
        up = {"top": 0.0, "bottom": 1.0}.get(anchor, 0.5)
        higher = min(missing * up, area.y - top)
        lower = min(missing - higher, bottom - area.bottom)
        higher = min(missing - lower, area.y - top)
        return Area(area.x, area.y - max(higher, 0), area.width, area.height + max(higher, 0) + max(lower, 0))

    def beside_rules(self, area: Area) -> Area:
        """Return the larger part of a place for titles that a rule of the template runs through."""
        for other in self.taken:
            is_across = min(other.x + other.width, area.x + area.width) - max(other.x, area.x) >= 0.5 * area.width
            if other.height <= RULE and is_across and area.y < other.y and other.bottom < area.bottom:
                above, below = other.y - area.y, area.bottom - other.bottom
                area = replace(area, height=above) if above >= below else replace(area, y=other.bottom, height=below)
        return area

    def logos(self, area: Area) -> tuple[Area, ...]:
        """Return what reaches into a place for titles from one of its ends, over half of its height or more, above the
        band that it stands on."""
        bands = (at for at, other in enumerate(self.taken) if shared(area, other) >= 0.6 * area.width * area.height)
        return tuple(
            other
            for other in self.taken[max(bands, default=-1) + 1 :]
            if min(other.bottom, area.bottom) - max(other.y, area.y) >= 0.5 * area.height
            and (other.x <= area.x or other.x + other.width >= area.x + area.width)
        )

    def taller(self, own: Area, others: Sequence[Area], wanted: float) -> Area:
        """Return a place that is as high as ``wanted`` as far as there is room, first below it, then above, up to the
        ``others`` and what the layout draws."""
        top, bottom = self.around(own)
        for other in others:
            if other.x < own.x + own.width and own.x < other.x + other.width:
                if other.y + other.height / 2 < own.y + own.height / 2:
                    top = max(top, min(other.bottom, own.y))
                else:
                    bottom = min(bottom, max(other.y, own.bottom))
        lower = max(min(wanted - own.height, bottom - GAP - own.bottom), 0.0)
        higher = max(min(wanted - own.height - lower, own.y - top - GAP), 0.0)
        return replace(own, y=own.y - higher, height=own.height + lower + higher)

    def around(self, area: Area) -> tuple[float, float]:
        """Return the top and bottom of the free room round a place: to the nearest shapes, in the band below it."""
        top, bottom = 4.0, self.height - 4.0
        for other in self.taken:
            if other.x >= area.x + area.width or other.x + other.width <= area.x:
                continue
            if shared(area, other) >= 0.6 * area.width * area.height:
                top, bottom = max(top, other.y), min(bottom, other.bottom)
            elif other.y + other.height / 2 < area.y + area.height / 2:
                top = max(top, min(other.bottom, area.y))
            else:
                bottom = min(bottom, max(other.y, area.bottom))
        return top, bottom

    def content(self, own: Area | None, title: Area, *, grows: bool, air: float = 0.0) -> Area:
        """Return where content goes: its own place, or the free room below the title where that is too small or
        ``grows`` with its text; beside what the layout draws, and ``air`` below the title at least."""
        area = self.on_slide(own)
        if area is not None:
            area = below_title(area, title, air)
            area = in_line(free_of(area, self.taken, 0.5), area, title)
            is_small = area.height < LEAST_HEIGHT * self.height or area.width * area.height < self.least
            if not is_small and not grows:
                return area
        free = self.below(title, area)
        better = free.width * free.height > 1.15 * (area.width * area.height if area is not None else 0)
        return free if area is None or better else area

    @property
    def least(self) -> float:
        """How many square points the place for content covers at least."""
        return LEAST_SHARE * self.width * self.height

    def below(self, title: Area, own: Area | None) -> Area:
        """Return the free room below a title, as wide as it and the place that is there; the whole slide's beside a
        title that stands low or fills it."""
        whole = self.whole
        left = min(title.x, own.x) if own is not None else title.x
        right = max(title.x + title.width, own.x + own.width) if own is not None else title.x + title.width
        if right - left < 0.5 * self.width:
            left, right = whole.x, whole.x + whole.width
        foot = whole.y + whole.height
        top = title.bottom + GAP if title.bottom < 0.55 * self.height else whole.y
        area = Area(left, top, right - left, foot - top)
        if top == whole.y:
            area = free_of(area, (title,), 0.0)
        return free_of(area, self.taken, 0.3)

    def beside(self, own: Area) -> Area:
        """Return a place without what the layout draws across its edges."""
        return free_of(own, self.taken, 0.5)

    def strip(self, title: Area, content: Area) -> Area | None:
        """Return where the strip of progress goes: at the foot, as wide as titles, or between content and what the
        template has there; in a part of that width where it is free nowhere; None where there is no room."""
        narrow: Area | None = None
        low = [other.y for other in self.taken if other.y > content.bottom - 1]
        for bottom in (self.height - STRIP_FOOT, *sorted((y - 3 for y in low), reverse=True)):
            wanted = Area(title.x, bottom - PROGRESS_HEIGHT, title.width, PROGRESS_HEIGHT)
            if wanted.y < content.bottom + 2:
                continue
            free = self.clear(wanted)
            if free is not None and free.width >= WIDE_STRIP * wanted.width:
                return free
            narrow = narrow or free
        return narrow

    def clear(self, wanted: Area) -> Area | None:
        """Return the widest part of a strip that nothing of the template touches; None where it is narrow."""
        across = [other for other in self.taken if other.y < wanted.bottom + 2 and other.bottom > wanted.y - 2]
        edges = [(wanted.x, wanted.x)]
        edges += sorted((other.x - 6, other.x + other.width + 6) for other in across)
        edges += [(wanted.x + wanted.width, wanted.x + wanted.width)]
        best, at = (0.0, wanted.x), wanted.x
        for left, right in edges:
            best = max(best, (min(left, wanted.x + wanted.width) - at, at))
            at = max(at, right)
        width, x = best
        return replace(wanted, x=x, width=width) if width >= NARROWEST_STRIP * wanted.width else None


def covers(area: Area, other: Area) -> bool:
    """Return whether a place lies on the same part of the slide as another, so that neither is free of the other."""
    return shared(area, other) >= SAME * max(area.width * area.height, other.width * other.height)


def below_title(content: Area, title: Area, air: float) -> Area:
    """Return content without the part that its title's place, and ``air`` below that, cover from above."""
    top = title.bottom + air
    if not shared(content, replace(title, height=title.height + air)) or top >= content.y + 0.5 * content.height:
        return content
    return replace(content, y=top, height=content.bottom - top)


def in_line(area: Area, own: Area, title: Area) -> Area:
    """Return content that begins beside a drawing, with its left edge below that of the title where that is near."""
    right = area.x + area.width
    if own.x < area.x < title.x <= area.x + NEAR * area.width:
        return replace(area, x=title.x, width=right - title.x)
    return area


def joined(areas: list[Area]) -> Area | None:
    """Return the box round several places; None for none."""
    if not areas:
        return None
    x, y = min(area.x for area in areas), min(area.y for area in areas)
    right, bottom = max(area.x + area.width for area in areas), max(area.bottom for area in areas)
    return Area(x, y, right - x, bottom - y)
