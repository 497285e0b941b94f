"""The last changes of a fitted deck: printed pages, colours that can be read; its files and its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from builder.deck.furniture import mapped, runs_in
from builder.deck.geometry import Geometry
from builder.deck.kinds import kind_of, with_inner
from builder.deck.model import LIGHT, LIT, DeckStyle, FittedDeck, Placed, Run, Slide, is_lit
from builder.typeset.contrast import mixed, readable
from builder.typeset.measure import whole_points


def with_pages(fitted: FittedDeck, pages: Mapping[str, str], subtitle: str, extent: str) -> FittedDeck:
    """``fitted`` with the printed page of each slide's section, and the subtitle and the ``extent`` of its title slide:
    which chapters and pages it shows.
    """
    slides = []
    for number, of_fit in enumerate(fitted.slides):
        slide = of_fit.slide
        if slide.place is not None:
            slide = replace(slide, place=replace(slide.place, page=pages.get(slide.place.label, "")))
        if number == 0:
            slide = replace(slide, subtitle=subtitle, beside=(*slide.beside, ("extent", extent)))
        slides.append(replace(of_fit, slide=slide))
    return replace(fitted, slides=tuple(slides))


def with_readable_colours(fitted: FittedDeck, colours: Mapping[str, str]) -> FittedDeck:
    """``fitted`` with coloured words, those of code above all, so that they can be read on the ground they stand on."""

    def mended(placed: Placed, below: str = "ground") -> Placed:
        runs = list(runs_in(placed.block))
        if not any(run.colour for run in runs):
            return placed
        name = "lt2" if kind_of(placed.block).on_panel else below
        ground = colours.get(name, colours["lt1"])
        grounds = (ground, mixed(ground, colours[LIT], LIGHT)) if is_lit(runs) else (ground,)
        inside = tuple(mended(one, name) for one in placed.inside)
        return replace(placed, block=mapped(placed.block, partial(coloured, grounds)), inside=inside)

    slides = []
    for slide in fitted.slides:
        placed = tuple(map(mended, slide.placed))
        slides.append(slide if placed == slide.placed else replace(slide, placed=placed))
    return replace(fitted, slides=tuple(slides))


def coloured(grounds: tuple[str, ...], run: Run) -> Run:
    """A run in a colour that can be read on all of some grounds; one word of code has one colour on lit lines and on
    others."""
    colour = f"#{run.colour}" if run.colour else ""
    for ground in grounds:
        colour = readable(colour, ground)
    return replace(run, colour=colour[1:])


def spans(numbers: list[int]) -> list[tuple[str, str]]:
    """Rising numbers as stretches from first to last: 3 to 3, 7 to 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [(str(run[0]), str(run[-1])) for run in runs]


def with_floors(geometry: Geometry, style: DeckStyle) -> Geometry:
    """``geometry`` with the floors that a deck's style asks for; natural sizes are not below them."""
    sizes = geometry.sizes
    asked = {"body": style.body_floor, "table": style.table_floor, "code": style.code_floor}
    floors = {name: whole_points(floor) for name, floor in asked.items()}
    changes = {f"{name}_floor": floor for name, floor in floors.items()}
    changes |= {name: max(getattr(sizes, name), floor) for name, floor in floors.items()}
    return replace(geometry, sizes=replace(sizes, **changes))


def files_of(fitted: FittedDeck) -> set[str]:
    """Files of pictures, films and sounds on the slides of a fitted deck."""
    return files_in(slide.slide for slide in fitted.slides)


def files_in(slides: Iterable[Slide]) -> set[str]:
    """Files of pictures, films and sounds on slides."""
    return {file for slide in slides for block in with_inner(slide.blocks) for file in kind_of(block).files(block)}
