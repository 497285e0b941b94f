"""A fitted deck on paper and as a picture: its slides as PDF, handout, notes pages, thumbnail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import typst
from sphinx.errors import SphinxError

from builder import fonts
from builder.book import scripts
from builder.book.compile import export
from builder.deck.furniture import words_in
from builder.deck.handouts import handout_pages, notes_pages
from builder.deck.lines import Typeface
from builder.deck.model import Deck, FittedDeck
from builder.deck.pictures import as_jpeg
from builder.deck.typst import Pages
from builder.errors import warn
from builder.measure import face
from builder.pptx.notes import notes_of
from builder.pptx.template import Template

THUMBNAIL_WIDTH = 256
"""Pixels."""


def typst_pages(template: Template, typeface: Typeface) -> Pages:
    """What draws the slides of a deck as Typst."""
    families = tuple(fonts.family_name(file) for file in typeface.others)
    return Pages(template.geometry, typeface, typeface.formulas, template.colours, lambda path: path, families)


def papers(fitted: FittedDeck, template: Template, typeface: Typeface) -> dict[str, bytes]:
    """Ending of a file's name → PDF: the slides (``.pdf``), and the handout and notes pages that the deck asks for."""
    style = fitted.deck.style
    texts = {".pdf": typst_pages(template, typeface).deck(fitted)}
    if style.handout:
        texts["-handout.pdf"] = handout_pages(fitted, typst_pages(template, typeface), style.handout)
    if style.notes_pages:
        texts["-notes.pdf"] = notes_pages(fitted, typst_pages(template, typeface), notes_of)
    return {ending: pdf_of(text, typeface, fitted.deck.name) for ending, text in texts.items()}


def compiler(text: str, typeface: Typeface) -> typst.Compiler:
    """A compiler over slides as Typst."""
    files = [*map(fonts.font_file, typeface.families), *typeface.others]
    folders: Any = [*fonts.typst_font_folders(), *map(fonts.static_folder, files)]
    return typst.Compiler(text.encode(), root="/", font_paths=folders, ignore_system_fonts=True)


def pdf_of(text: str, typeface: Typeface, name: str) -> bytes:
    """Slides as PDF."""
    try:
        pdf, hindered, _warnings = export(lambda: compiler(text, typeface))
    except typst.TypstError as error:
        raise SphinxError(f"the PDF of the deck {name} does not compile: {error}") from error
    if hindered is not None:
        warn(f"the PDF of the deck '{name}' is not PDF/UA-1: {hindered}", None, "pdf_standard")
    return pdf


def thumbnail(fitted: FittedDeck, template: Template, typeface: Typeface) -> bytes:
    """The first slide as a small JPEG."""
    first = replace(fitted, slides=fitted.slides[:1])
    text = typst_pages(template, typeface).deck(first)
    png = compiler(text, typeface).compile(format="png", ppi=72 * THUMBNAIL_WIDTH / template.geometry.width)
    assert isinstance(png, bytes)
    return as_jpeg(png)


def other_fonts(deck: Deck, font: str, own: Path | None) -> list[scripts.FontFamily]:
    """Installed families for what the theme font and the faces of the slides lack; says which package has the rest."""
    used = set(scripts.beyond_latin("".join(words_in(deck))))
    shown = {character for character in used if character in face(font).characters}
    names = [font, fonts.SANS, fonts.MONO]
    lacking = scripts.missing_from(used - shown, names, fonts.typst_font_folders())
    families, left = scripts.fallbacks(lacking, own) if lacking else ([], set())
    for package, characters in scripts.advice(left):
        warn(
            f"no font here has '{characters[:20]}' for the PDF of the deck '{deck.name}'; pip install {package}.",
            None,
            "missing_font",
        )
    return families
