"""Slides whose title is all that they are about, a sentence, a number, a question or a quotation: everything in place.

The template's layouts for them have a place for the title and one for the words beside it. Where a template has none,
both are set in its place for content, with the title's own type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.deck.blocks import Text
from builder.deck.blocks.texts import without_bullet
from builder.deck.geometry import Area, Geometry, Look, Sizes, TextLook
from builder.deck.kinds import measure
from builder.deck.lines import Broken, Typeface, break_runs, height_of, lay_out
from builder.deck.measured import placed_lines, styled, title_face
from builder.deck.model import Block, FittedSlide, Paragraph, Placed, Run, Slide
from builder.deck.scripts import side_of
from builder.errors import AuthorError
from builder.typeset.measure import whole_points

NATURAL = {"statement": 48.0, "number": 130.0, "question": 44.0, "quote": 38.0}
FLOORS = {"statement": 28.0, "number": 60.0, "question": 26.0, "quote": 22.0}
"""Points of a title where the template has no layout for its kind of slide, and the least of them everywhere."""
BESIDE, LEAST_BESIDE = 26.0, 18.0
"""Points of the words beside a title where the template says nothing of them, and the least of them everywhere."""
GAP = 24.0
HALF = 0.5
"""The share of the width that a number and its words take beside its dots; a portrait takes a third."""
THIRD = 1 / 3
ABOVE = 0.3
"""The share of the room that a title and its words leave in our place for them that is above them."""
UPPER = 0.6
"""The share of its place that a question takes at most above answers to choose from."""


@dataclass(frozen=True, slots=True)
class PlacesAlone:
    """Where the title of a slide, the words beside it and what there is to see go, as the first two are styled.

    ``is_ours`` is true where the template has no layout for such a slide; the words ``is_free`` where they stand in no
    placeholder, but below the title.
    """

    title: TextLook
    beside: TextLook
    seen: Area
    is_ours: bool = False
    is_free: bool = False


def fit_alone(slide: Slide, geometry: Geometry, typeface: Typeface) -> FittedSlide:
    """A slide of this kind with its title as large as it can be, and all else beside it.

    Raises:
        AuthorError: the title, or what stands beside it, does not fit at the floor.
    """
    texts = [block for block in slide.blocks if isinstance(block, Text)]
    seen = [block for block in slide.blocks if not isinstance(block, Text)]
    places = places_of(slide, geometry, has_seen=bool(seen))
    for size, broken in titles_in(places.title, slide, typeface, geometry):
        tall = broken.height(size * title_face(typeface, geometry).pitch_of(slide.title))
        area = anchored(places.title, tall)
        filled = below_title(places, area) if places.is_free else places
        words = words_beside(texts, filled, slide, typeface)
        if words is not None:
            if places.is_ours and not seen:
                down = ABOVE * max(places.title.area.bottom - bottom_of(area, words), 0.0)
                area, words = replace(area, y=area.y + down), tuple(one.moved(0, down) for one in words)
            titled = FittedSlide(slide, slide.layout, size, broken.lines, title_extra=broken.extra)
            if places.is_free or places.title.area != geometry.title_look(slide.layout).area:
                titled = replace(titled, title_area=area)
            if places.is_free and (words or seen or places.title.align != "center"):
                titled = replace(titled, title_side=side_of(slide.title))
            return replace(titled, placed=(*words, *things_beside(seen, filled, geometry, typeface)))
    raise AuthorError(
        "what stands beside this title is too long; mark fewer words with '.counted', or put it on a slide of its own.",
        slide.source,
    )


def bottom_of(title: Area, words: Sequence[Placed]) -> float:
    """Where a title and the words below it end."""
    return max(title.bottom, *(one.y + one.height for one in words)) if words else title.bottom


# --- places


def places_of(slide: Slide, geometry: Geometry, *, has_seen: bool) -> PlacesAlone:
    """The template's places for a slide of its layout, ours where it has none."""
    look = geometry.look(slide.layout)
    if slide.layout in geometry.lacking or "title" not in look.texts:
        return our_places(slide, geometry, has_seen=has_seen)
    title = look.texts["title"]
    beside = look.texts.get("content") or replace(title, size=BESIDE)
    content = geometry.content
    if slide.layout == "question":  # its placeholder says how long it takes; answers to choose from stand below it
        upper = replace(title.area, height=title.area.height * UPPER) if slide.blocks else title.area
        answers = replace(title, size=BESIDE, bold=False)
        return PlacesAlone(replace(title, area=upper), answers, content, is_free=bool(slide.blocks))
    if slide.layout == "number":  # the template leaves the other side free
        other = other_side(title.area, content)
        if not has_seen:  # the unit and the words may take it
            title, beside = (widened(place, content) for place in (title, beside))
            return PlacesAlone(title, beside, content)
        if other.width >= content.width * THIRD:
            top = title.area.y + GAP
            return PlacesAlone(title, beside, replace(other, y=top, height=beside.area.bottom - top))
    if not has_seen:
        return PlacesAlone(title, beside, content)
    share = HALF if slide.layout == "number" else THIRD
    shared = shared_places(title, beside, share, from_right=begins_right(slide))
    return replace(shared, seen=above(shared.seen, look.occupied))


def above(area: Area, drawn: Sequence[Area]) -> Area:
    """A place down to what the template draws across its lower half, with a gap."""
    middle = area.y + area.height / 2
    tops = (
        one.y - GAP
        for one in drawn
        if middle < one.y - GAP < area.bottom and one.x < area.x + area.width and area.x < one.x + one.width
    )
    return replace(area, height=min([area.bottom, *tops]) - area.y)


def begins_right(slide: Slide) -> bool:
    """True for a slide whose title runs from the right."""
    return side_of(slide.title) == "right"


def other_side(title: Area, content: Area) -> Area:
    """The room at the right or the left of a title, whichever is wider."""
    left, right = title.x - content.x, content.x + content.width - title.x - title.width
    x = title.x + title.width + 2 * GAP if right >= left else content.x
    return replace(title, x=x, width=max(left, right) - 2 * GAP)


def shared_places(title: TextLook, beside: TextLook, share: float, *, from_right: bool) -> PlacesAlone:
    """The places of a title and its words, of which what there is to see takes a share, where lines end."""
    area = title.area
    bottom = max(beside.area.bottom, area.bottom)
    wide = area.width * share - GAP
    x = area.x if from_right else area.x + area.width - wide
    seen = Area(x, area.y, wide, bottom - area.y)
    edge = seen.x + seen.width + GAP if from_right else seen.x - GAP
    title, beside = (cut(place, edge, from_right=from_right) for place in (title, beside))
    return PlacesAlone(title, beside, seen)


def cut(place: TextLook, edge: float, *, from_right: bool) -> TextLook:
    """A place that ends at ``edge``."""
    area = place.area
    if from_right:
        x = max(area.x, edge)
        return replace(place, area=replace(area, x=x, width=area.x + area.width - x))
    return replace(place, area=replace(area, width=min(area.width, edge - area.x)))


def widened(place: TextLook, content: Area) -> TextLook:
    """A place as wide as that for content."""
    return replace(place, area=replace(place.area, x=content.x, width=content.width))


def anchored(place: TextLook, tall: float) -> Area:
    """Where a text ``tall`` points high stands in a place."""
    spare = place.area.height - tall
    y = place.area.y + {"top": 0, "middle": spare / 2, "bottom": spare}[place.anchor]
    return replace(place.area, y=y, height=tall)


def our_places(slide: Slide, geometry: Geometry, *, has_seen: bool) -> PlacesAlone:
    """Places in a template's place for content: its upper part for the title, the rest below."""
    content = geometry.content
    usual: Look = geometry.looks["content"]
    share = {"number": HALF}.get(slide.layout, THIRD) if has_seen else 0.0
    width = content.width * (1 - share) - (GAP if has_seen else 0)
    rest = content.width - width - 2 * GAP
    from_right = begins_right(slide)
    left = Area(content.x + content.width - width if from_right else content.x, content.y, width, content.height)
    seen = Area(content.x if from_right else content.x + width + 2 * GAP, content.y, rest, content.height)
    look = geometry.title_look("title_only")
    scale = geometry.sizes.caption / Sizes().caption  # larger on posters
    title = replace(look, area=left, size=whole_points(NATURAL[slide.layout] * scale), anchor="top")
    words = usual.texts["content"]
    beside = replace(words, area=left, size=whole_points(BESIDE * scale), bold=False, anchor="top")
    return PlacesAlone(title, beside, seen, is_ours=True, is_free=True)


def below_title(places: PlacesAlone, title: Area) -> PlacesAlone:
    """Our places with the words below a title that has its height."""
    top = title.bottom + GAP
    area = replace(places.beside.area, y=top, height=places.beside.area.bottom - top)
    return replace(places, beside=replace(places.beside, area=area))


# --- titles


def titles_in(place: TextLook, slide: Slide, typeface: Typeface, geometry: Geometry) -> Iterator[tuple[float, Broken]]:
    """Yield the sizes at which a title fits in its place, the largest first, and its lines at each.

    Raises:
        AuthorError: it does not fit at the floor.
    """
    runs = styled(slide.title, place)
    face = title_face(typeface, geometry)
    floor = min(FLOORS[slide.layout], place.size)
    fits = False
    for size in descending(place.size, floor):
        broken = break_runs(runs, place.area.width, size, face)
        is_one = slide.layout != "number" or len(broken.lines) == 1 or size == floor
        if is_one and broken.fits and broken.height(size * face.pitch_of(runs)) <= place.area.height + 1:
            fits = True
            yield size, broken
    if not fits:
        what = {"statement": "statement", "number": "number", "question": "question", "quote": "quotation"}
        raise AuthorError(
            f"the {what[slide.layout]} '{slide.heading}' is too long to stand alone at {floor:g} pt; "
            "mark fewer words of it.",
            slide.source,
        )


def descending(first: float, last: float) -> Iterator[float]:
    """Yield sizes in whole points from ``first`` down to ``last``."""
    size = first
    while size > last:
        yield size
        size -= 2 if size > 20 else 1
    yield last


# --- beside them


def words_beside(
    texts: Sequence[Text], places: PlacesAlone, slide: Slide, typeface: Typeface
) -> tuple[Placed, ...] | None:
    """The words beside a title, if there are any: in their place, in the layout's own placeholder where it has one;
    None where they do not fit there.
    """
    minutes = [Text((Paragraph((Run(slide.kicker),)),), slide.source)] if places.is_ours and slide.kicker else []
    area, look = places.beside.area, places.beside
    paragraphs = tuple(one for text in (*minutes, *texts) for one in text.paragraphs)
    if slide.layout == "question":
        paragraphs = tuple(map(without_bullet, paragraphs))
    if not paragraphs:
        return ()
    block = Text(paragraphs, slide.source)
    shown = tuple(replace(one, runs=styled(one.runs, look)) for one in paragraphs)
    for size in descending(max(look.size, LEAST_BESIDE), min(LEAST_BESIDE, look.size)):
        laid = lay_out(shown, area.width, size, typeface)
        if all(one.fits for one in laid) and height_of(laid) <= area.height + 1:
            role = "" if places.is_free else "body"
            return (Placed(block, area.x, area.y, area.width, height_of(laid), size, role, placed_lines(laid)),)
    return None


def things_beside(
    seen: Sequence[Block], places: PlacesAlone, geometry: Geometry, typeface: Typeface
) -> Iterator[Placed]:
    """Yield what there is to see beside a title: the dots of a number, the portrait of somebody."""
    for block in seen:
        area = places.seen
        measured = measure(block, area.width, 1.0, geometry, typeface)
        yield measured.at(area.x, area.y, area.width, min(max(measured.height, measured.wanted), area.height))
