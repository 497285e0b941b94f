"""A fitted deck on paper and as a picture: its slides as PDF, handout, notes pages, thumbnail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from unicodedata import bidirectional

from builder.deck.furniture import words_in
from builder.deck.geometry import Geometry
from builder.deck.lines import Typeface
from builder.deck.model import Deck, FittedDeck
from builder.deck.notes import notes_of
from builder.deck.pages.handouts import handout_pages, notes_pages
from builder.deck.pages.pictures import as_jpeg
from builder.deck.pages.typesetting import Press, Write
from builder.deck.steps import states
from builder.errors import AuthorError, fault_in, warn
from builder.typeset import fonts, scripts
from builder.typeset.contrast import faint
from builder.typeset.measure import face

THUMBNAIL_WIDTH = 256
"""Pixels."""


def papers(
    fitted: FittedDeck, geometry: Geometry, colours: Mapping[str, str], typeface: Typeface
) -> tuple[dict[str, bytes], list[AuthorError]]:
    """Ending of a file's name → PDF: the slides (``.pdf``), and the handout, notes pages and steps
    that the deck asks for.

    With an error for each block that has a substitute there, and for each file that cannot be typeset.
    """
    style = fitted.deck.style
    wanted: dict[str, Write] = {".pdf": lambda fitted, pages: pages.deck(fitted)}
    if style.handout:
        wanted["-handout.pdf"] = lambda fitted, pages: handout_pages(fitted, pages, style.handout)
    if style.notes_pages:
        wanted["-notes.pdf"] = lambda fitted, pages: notes_pages(fitted, pages, notes_of)
    if style.steps:
        colour = faint(colours["dk1"], colours["lt1"])
        wanted["-steps.pdf"] = lambda fitted, pages: pages.deck(fitted, partial(states, faint=colour))
    press = Press(geometry, colours, typeface)
    made: dict[str, bytes] = {}
    errors: list[AuthorError] = []
    for ending, write in wanted.items():
        try:
            made[ending], found = press.pdf(fitted, write)
            errors += found
        except Exception as error:
            file = f"the file '{fitted.deck.name}{ending}'"
            errors.append(fault_in(file, "none", error, fitted.slides[0].slide.source))
    return made, errors


def thumbnail(fitted: FittedDeck, geometry: Geometry, colours: Mapping[str, str], typeface: Typeface) -> bytes:
    """The first slide as a small JPEG; nothing where it cannot be drawn, which its PDF reports."""
    press = Press(geometry, colours, typeface)
    with suppress(Exception):
        text = press.pages(fitted.deck.lang).deck(replace(fitted, slides=fitted.slides[:1]))
        png = press.compiler(text).compile(format="png", ppi=72 * THUMBNAIL_WIDTH / geometry.width)
        assert isinstance(png, bytes)
        return as_jpeg(png)
    return b""


def other_fonts(deck: Deck, font: str, own: Path | None, words: Iterable[str]) -> list[scripts.FontFamily]:
    """Installed families for characters that the theme font and the faces of the slides lack, of which the deck and the
    ``words`` round its slides are; warns of the rest.

    The letters of scripts that run from the right are joined, so that those of the face of code are no words.
    """
    used = set(scripts.beyond_latin("".join([*words_in(deck), *words])))
    unknown = used - face(font).characters
    joined = {character for character in unknown if bidirectional(character) in ("R", "AL")}
    names, folders = [font, fonts.SANS], fonts.typst_font_folders()
    lacking = scripts.missing_from(unknown, [*names, fonts.MONO, scripts.OF_TYPST], folders)
    families, left = scripts.fallbacks(lacking | scripts.missing_from(joined, names, folders), own)
    left &= lacking
    for package, characters in scripts.advice(left):
        warn(
            f"no font here has '{characters[:20]}' for the PDF of the deck '{deck.name}'; "
            f"{scripts.how_to_get(package)}.",
            None,
            "missing_font",
        )
    return families
