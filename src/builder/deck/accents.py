"""The colours of slides whose title is all that they are about: words in bold in the accent, as the ground needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from builder.deck.furniture import mapped
from builder.deck.geometry import Geometry
from builder.deck.kinds import kind_of
from builder.deck.model import ALONE, FittedDeck, FittedSlide, Placed, Run
from builder.typeset.contrast import LEAST, contrast, readable

ON_BAND = "FFFFFF"
"""The colour of words on the band of a picture."""


def with_accents(fitted: FittedDeck, geometry: Geometry, colours: Mapping[str, str]) -> FittedDeck:
    """``fitted`` with colours on its slides of a sentence, a number, a question, a quotation, or words on a picture."""
    slides = []
    for one in fitted.slides:
        if one.slide.layout in ALONE:
            slides.append(accented(one, geometry, colours))
        elif one.layout == "full-bleed":
            placed = (one.placed[0], *(in_ink(words, ON_BAND) for words in one.placed[1:]))
            slides.append(replace(one, placed=placed))
        elif one.slide.background:
            slides.append(on_its_ground(one, geometry, colours))
        else:
            slides.append(one)
    return replace(fitted, slides=tuple(slides))


def on_its_ground(fitted: FittedSlide, geometry: Geometry, colours: Mapping[str, str]) -> FittedSlide:
    """``fitted`` with words that can be read on the ground that its author asks for; its title, and what stands round
    it, are the writers' (`Look.on`)."""
    ink = readable(colours["dk1"], ground_of(fitted.slide.background, "", colours))[1:]
    return replace(fitted, placed=tuple(in_ink_off_panels(one, ink) for one in fitted.placed))


def in_ink_off_panels(placed: Placed, ink: str) -> Placed:
    """``placed`` with its words in a colour, but for those on panels, which have a ground of their own."""
    if kind_of(placed.block).on_panel:
        return placed
    return replace(in_ink(placed, ink), inside=tuple(in_ink_off_panels(one, ink) for one in placed.inside))


def accented(fitted: FittedSlide, geometry: Geometry, colours: Mapping[str, str]) -> FittedSlide:
    """``fitted`` with its colours: those of words in bold, of a large number, and of what stands in no place that the
    template has for it.
    """
    slide, look = fitted.slide, geometry.look(fitted.slide.layout)
    is_ours = slide.layout in geometry.lacking
    usual = colours.get("ground", look.background) if is_ours else look.background
    ground = ground_of(slide.background, usual, colours)
    accent = readable(colours["accent1"], ground)[1:]
    asked = ground_of(slide.background, "", colours)
    of_title = geometry.title_look(slide.layout).on(asked).colour
    of_words = geometry.looks["content"].texts["content"].on(asked).colour if is_ours else of_title
    ink = of_words[1:] if is_ours and contrast(of_title, ground) < LEAST else ""  # its title stands on a band elsewhere

    def coloured(run: Run) -> Run:
        is_large = is_ours and slide.layout == "number" and not run.small
        is_accented = is_large or (run.bold and slide.layout != "number")
        return replace(run, colour=run.colour or (accent if is_accented else ink))

    placed = tuple(one if one.role == "body" else in_ink(one, of_words[1:]) for one in fitted.placed)
    return replace(fitted, slide=replace(slide, title=tuple(map(coloured, slide.title))), placed=placed)


def ground_of(asked: str, usual: str, colours: Mapping[str, str]) -> str:
    """The colour that a slide stands on, as ``#rrggbb``: what its author asks for, else that of its layout."""
    return colours.get(asked, f"#{asked.lstrip('#')}") if asked else usual


def in_ink(placed: Placed, ink: str) -> Placed:
    """``placed`` with its words in a colour, where they have none of their own."""

    def inked(colour: str, run: Run) -> Run:
        return run if run.colour else replace(run, colour=colour)

    return replace(placed, block=mapped(placed.block, partial(inked, ink)))
