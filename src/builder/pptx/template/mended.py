"""The look of a layout → the same with places for text that are not its own, or larger than these."""

from __future__ import annotations

from dataclasses import replace

from builder.deck.geometry import Area, Look, TextLook
from builder.pptx.template.room import USUAL_HEIGHT, Room

SUBTITLE_LINES = 90.0
"""How high the place below the title of a deck is at least, in points of a slide of the usual height: who gives it,
where, when, and what it covers stand in five lines of 15 points."""


def without_extra(look: Look) -> Look:
    """Return the look of a layout that stands in for another one: its further line is for other slides."""
    return replace(look, texts={name: text for name, text in look.texts.items() if name != "extra"})


def with_title(look: Look, title: TextLook) -> Look:
    """Return a look with another title."""
    return replace(look, texts={**look.texts, "title": title})


def with_subtitle(look: Look, room: Room, *, is_ours: bool) -> Look:
    """Return the look of a title slide with one place for the subtitle: below the title where the layout has none, and
    in templates of others with room for the lines that stand in it."""
    texts = dict(look.texts)
    if "subtitle" in texts and "extra" in texts and texts["extra"].area == texts["subtitle"].area:
        del texts["extra"]
    own = room.on_slide(texts["subtitle"].area) if "subtitle" in texts else None
    if own is None:
        title = texts["title"]
        below = Area(
            title.area.x, title.area.bottom + 8, title.area.width, min(60, room.height - title.area.bottom - 16)
        )
        texts["subtitle"] = replace(title, area=below, size=min(title.size, 20), bold=False, anchor="top", moved=True)
    elif not is_ours:
        others = [text.area for name, text in texts.items() if name not in ("subtitle", "content")]
        area = room.taller(own, others, SUBTITLE_LINES * room.height / USUAL_HEIGHT)
        texts["subtitle"] = replace(texts["subtitle"], area=area, moved=area != texts["subtitle"].area)
    return replace(look, texts=texts)
