"""Fitted deck → Typst pages for paper: handouts of several slides a page, and notes pages."""

from __future__ import annotations

from collections.abc import Callable

from builder.deck.model import FittedDeck, Slide
from builder.deck.pages.typst import PageWriter
from builder.typeset.escape import markup

WIDTH, HEIGHT, MARGIN = 595.28, 841.89, 42.5
"""A4 in points, and its margins."""
ROOM = WIDTH - 2 * MARGIN
SHEETS = {2: (1, 0.86), 3: (1, 0.52), 4: (2, 0.485), 6: (2, 0.485)}
"""Slides on a page → columns, and the width of a slide as a part of the room."""
SPACE = 0.35
"""How wide a space at the beginning of a line of notes is, in em."""
RULES = 7
"""Lines for notes beside a slide, three of which stand on a page."""


def handout_pages(fitted: FittedDeck, pages: PageWriter, per_page: int) -> str:
    """Typst text of a handout with 2, 3, 4 or 6 slides a page; three have lines for notes beside them."""
    columns, share = SHEETS[per_page]
    shown = pages.begin(fitted)
    slides = [small(pages, fill, body, ROOM * share) for fill, body in pages.slides(fitted, shown)]
    cells = [
        f"{slide}, {ruled(ROOM * share / pages.geometry.width * pages.geometry.height)}" if per_page == 3 else slide
        for slide in slides
    ]
    across = f"({ROOM * share:.2f}pt, 1fr)" if per_page == 3 else f"({ROOM * share:.2f}pt,) * {columns}"
    rows = per_page if columns == 1 else per_page // columns
    each = (HEIGHT - 2 * MARGIN - 40) / rows
    gutter = "18pt" if per_page == 3 else "1fr"
    grid = f"columns: {across}, rows: {each:.2f}pt, column-gutter: {gutter}, align: top"
    sheets = (
        f"#page[#grid({grid},\n" + ",\n".join(cells[start : start + per_page]) + ")]"
        for start in range(0, len(cells), per_page)
    )
    return pages.head(fitted, paper(fitted)) + "\n".join(sheets)


def notes_pages(fitted: FittedDeck, pages: PageWriter, notes_of: Callable[[Slide], list[str]]) -> str:
    """Typst text of notes pages: each slide with its notes below it; long notes go on on the next page."""
    shown = pages.begin(fitted)
    out = []
    for number, (fill, body) in zip(shown, pages.slides(fitted, shown), strict=True):
        words = "\n\n".join(map(indented, notes_of(fitted.slides[number].slide)))
        slide = small(pages, fill, body, ROOM * 0.82)
        text = (
            f"#block(width: 100%)[#set text(10.5pt); #set par(leading: 0.35em, spacing: 0.8em); {words}]"
            if words
            else ""
        )
        out.append(f"#page[#align(center, {slide})\n#v(14pt)\n{text}]")
    return pages.head(fitted, paper(fitted)) + "\n".join(out)


def indented(line: str) -> str:
    """A line of notes that begins as far in as it is indented, with its spaces as they are."""
    words = line.lstrip(" ")
    body = markup(words.replace("  ", "\u00a0\u00a0"))
    return f"#pad(left: {(len(line) - len(words)) * SPACE:g}em)[{body}]" if words != line else body


def paper(fitted: FittedDeck) -> str:
    """The page of a handout: A4, the deck's title at the head, the folio at the foot."""
    head = f"#text(9pt)[{markup(fitted.deck.title)} #h(1fr) {markup(fitted.deck.book)}]"
    foot = '#align(center, text(9pt, context counter(page).display("1")))'
    return f"width: {WIDTH}pt, height: {HEIGHT}pt, margin: {MARGIN}pt, header: [{head}], footer: [{foot}]"


def small(pages: PageWriter, fill: str, body: str, width: float) -> str:
    """A slide as content, ``width`` points wide, with a thin edge."""
    scale = width / pages.geometry.width * 100
    size = f"width: {pages.geometry.width:.2f}pt, height: {pages.geometry.height:.2f}pt"
    slide = f"block({size}, clip: true, fill: {fill}, stroke: 1pt + luma(60%))[\n{body}\n]"
    return f"box(scale(x: {scale:.3f}%, y: {scale:.3f}%, origin: top + left, reflow: true, {slide}))"


def ruled(height: float) -> str:
    """Lines to write on, as high as a slide."""
    step = height / RULES
    rule = f"block(height: {step:.2f}pt, width: 100%, stroke: (bottom: 0.4pt + luma(65%)))"
    return f"pdf.artifact(stack(..range({RULES}).map(_ => {rule})))"
