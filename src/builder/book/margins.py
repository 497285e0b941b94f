"""What of a finished PDF stands outside of its text block: measured on the pages, not on what was asked for.

A line that begins in the text block and ends more than `TOLERANCE` beyond it runs into the margin, and so does a
picture that is wider than the block. Running heads, folios and margin notes stand in the margins by right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

TOLERANCE = 3.0
"""Points that the side bearings of italics may stand out."""
HANGING = 7.0
"""Points that punctuation at the end of a line may stand out: Typst hangs it by up to four fifths of its width."""
SPACE = 8.0
"""Points between pieces of one line; a margin note stands farther off."""
PUNCTUATION = tuple(",.;:-\u2013\u2014!?\"'’”»)]}\u00ad\u2010\u3001\u3002")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Where the text of a page stands: lengths in points. ``outside`` is the right margin where pages have one side."""

    inside: float
    outside: float
    top: float
    bottom: float
    two_sided: bool
    right_to_left: bool = False

    def edges(self, page: int, width: float) -> tuple[float, float]:
        """(left, right) of the text block of a page; ``page`` counts from 0."""
        verso = self.two_sided and page % 2 == 1
        left = self.outside if verso is not (self.right_to_left and self.two_sided) else self.inside
        return left, width - (self.inside + self.outside - left)

    def within(self, page: pypdfium2.PdfPage, number: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the text block of a page, whose ``number`` counts from 0."""
        width, height = page.get_size()
        if width > height:  # a turned page has the same margins all round as an upright one
            return self.top, self.outside, width - self.bottom, height - self.inside
        left, right = self.edges(number, width)
        return left, self.bottom, right, height - self.top


@dataclass(frozen=True, slots=True)
class Overrun:
    """A line or picture that runs into the margin by ``points``; ``words`` is its text, '' for a picture."""

    page: int
    folio: str
    points: float
    words: str


def overruns(content: bytes, block: TextBlock) -> Iterator[Overrun]:
    """Yield what runs into the margins of a PDF, page by page."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            folio = document.get_page_label(number) or str(number + 1)
            for points, words in page_overruns(page, number, block):
                yield Overrun(number, folio, points, words)
            page.close()
    finally:
        document.close()


def page_overruns(page: pypdfium2.PdfPage, number: int, block: TextBlock) -> Iterator[tuple[float, str]]:
    """(points beyond the block, text) of all that runs out of the text block of one page."""
    left, low, right, high = block.within(page, number)
    text = page.get_textpage()
    for x0, y0, x1, y1 in lines_of(text):
        beyond = max(x1 - right, left - x0)
        if beyond <= TOLERANCE or x0 > right or x1 < left or y0 > high or y1 < low:
            continue
        words = text.get_text_bounded(x0, y0, x1, y1).strip()
        hangs = words == "" or words.endswith(PUNCTUATION)  # a hyphen of the typesetter's is no character of the text
        if beyond > HANGING or not hangs:
            yield beyond, words
    text.close()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        if pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(item.raw)) > 0:
            continue  # a part of a drawing, which need not show whole
        x0, y0, x1, y1 = item.get_bounds()
        beyond = max(x1 - right, left - x0)
        if beyond > TOLERANCE and x0 < right and x1 > left:
            yield beyond, ""


def lines_of(text: pypdfium2.PdfTextPage) -> list[list[float]]:
    """Left, bottom, right, top of what stands together on a line; formulas come in many pieces."""
    boxes: list[list[float]] = []
    for index in range(text.count_rects()):
        x0, y0, x1, y1 = text.get_rect(index)
        last = boxes[-1] if boxes else None
        if last is not None and -SPACE < x0 - last[2] < SPACE and y0 < last[3] and y1 > last[1]:
            last[:] = min(last[0], x0), min(last[1], y0), max(last[2], x1), max(last[3], y1)
        else:
            boxes.append([x0, y0, x1, y1])
    return boxes
