"""Rows of slides of one title: those of a section whose heading asks for it are counted, as ``(2/3)``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from builder.deck.drafts import Draft
from builder.deck.model import ALONE, FittedSlide, Runs, Slide
from builder.errors import warn
from builder.source.annotations.vocabulary import NUMBERED


def counted_titles(drafts: Iterable[Draft]) -> dict[str, Runs]:
    """Label of each section whose slides are to be counted → the title that it gives them."""
    asking = (one for one in drafts if NUMBERED in one.classes and not (one.is_own or one.is_asserted or one.is_alone))
    found: dict[str, Runs] = {}
    for draft in asking:
        if not draft.is_solution:
            found.setdefault(draft.place.label, draft.title)
    return found


def with_counts(slides: Sequence[Slide], titles: dict[str, Runs]) -> list[Slide]:
    """``slides``, of which those that show something below the title of their section say which of how many they are;
    warns of a section that has asked for it and has no two of them.
    """
    rows: dict[str, list[int]] = {label: [] for label in titles}
    for place, slide in enumerate(slides):
        label = slide.place.label if slide.place is not None else ""
        if slide.blocks and slide.layout not in ALONE and slide.title == titles.get(label):
            rows[label].append(place)
    for row in rows.values():
        if len(row) == 1 and not slides[row[0]].automatic:
            message = f"'{NUMBERED}' has no effect: the section has one slide of its title."
            warn(message, slides[row[0]].source, "misplaced")
    counts = {
        place: f"{number}/{len(row)}" for row in rows.values() if len(row) > 1 for number, place in enumerate(row, 1)
    }
    return [replace(slide, counted=counts.get(place, "")) for place, slide in enumerate(slides)]


def divided_rows(fitted: Sequence[FittedSlide]) -> Iterator[list[tuple[int, Slide]]]:
    """Yield each row of counted slides some of which were divided by the fit: the place of each, and the slide with its
    place among all that there are now.
    """
    rows: dict[str, list[int]] = {}
    for place, one in enumerate(fitted):
        if one.slide.counted and one.slide.place is not None:
            rows.setdefault(one.slide.place.label, []).append(place)
    for row in rows.values():
        if any(fitted[place].slide.parts > 1 for place in row):
            total = len(row)  # which says of parts what their own numbers would
            yield [
                (place, replace(fitted[place].slide, counted=f"{number}/{total}", parts=1))
                for number, place in enumerate(row, 1)
            ]
