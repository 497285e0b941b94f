"""A sheet with a picture of each kind of slide in a template, drawn as the PDF of a deck is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.build.fitting import fit_deck
from builder.commands.template.samples import sample_deck
from builder.deck.finish import with_readable_colours
from builder.deck.model import FittedDeck, FittedSlide
from builder.deck.pages.handouts import small
from builder.deck.pages.papers import other_fonts
from builder.deck.pages.typesetting import Press
from builder.deck.pages.typst import PageWriter
from builder.errors import NOWHERE, AuthorError
from builder.pptx.template.reading import Template
from builder.pptx.write import index_of, role_of
from builder.store.files import write_whole
from builder.typeset import fonts
from builder.typeset.escape import markup
from builder.typeset.math.formulas import Formulas
from builder.typeset.measure import face

WIDTH, MARGIN, GAP = 1000.0, 24.0, 16.0
"""Points of the sheet: its width, its margins, and between slides."""
ACROSS = 3


def write_pictures(template: Template, name: str, path: Path) -> list[AuthorError]:
    """Write a PDF with one page of pictures of slides, and what each is; returns what does not fit in the template.

    Raises:
        AuthorError: it cannot be drawn.
        OSError: it cannot be written.
    """
    with TemporaryDirectory() as folder:
        deck = sample_deck(Path(folder), name)
        fit = fit_deck(deck, template, Formulas(), other_fonts(deck, template.geometry.font, None, ()), NOWHERE)
        fitted = with_readable_colours(fit.fitted, template.colours)
        press = Press(template.geometry, template.colours, fit.typeface)
        captions = [caption_of(slide, template) for slide in fitted.slides]
        pdf, errors = press.pdf(fitted, lambda deck, pages: sheet(deck, pages, captions))
    write_whole(path, pdf)
    return [*fit.errors, *errors]


def caption_of(slide: FittedSlide, template: Template) -> str:
    """Return which layout a slide uses."""
    role = role_of(slide, template)
    match = template.matches[role]
    index = index_of(slide, template)
    by = f"by {match.by}" if match.by != "stand-in" else "stands in"
    name = " ".join(match.name.split())
    named = f", {name}" if set(name) <= face(fonts.SANS).characters else ""  # other letters would need other fonts
    return f"{role.replace('_', ' ')}: layout {index + 1}{named} ({by})"


def sheet(fitted: FittedDeck, pages: PageWriter, captions: Sequence[str]) -> str:
    """Typst text of one page with all slides, each with its caption below it."""
    shown = pages.begin(replace(fitted, slides=fitted.slides))
    width = (WIDTH - 2 * MARGIN - (ACROSS - 1) * GAP) / ACROSS
    cells = [
        f"stack(spacing: 5pt, {small(pages, fill, body, width)}, text(9pt, fill: black)[{markup(caption)}])"
        for (fill, body), caption in zip(pages.slides(fitted, shown), captions, strict=True)
    ]
    page = f"width: {WIDTH:g}pt, height: auto, margin: {MARGIN:g}pt"
    grid = f"columns: ({width:.2f}pt,) * {ACROSS}, column-gutter: {GAP:g}pt, row-gutter: {GAP:g}pt"
    return pages.head(fitted, page) + f"#grid({grid},\n" + ",\n".join(cells) + ")"
