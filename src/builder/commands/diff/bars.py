"""Two printed books → the later one with bars in its margin, where words or pictures are not what they were.

The pages are compared, not the sources: a number that an edit elsewhere has moved is new in print as well. Running
heads, folios, notes in the margin, and the page numbers of contents and index are left aside.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from builder.book.margins import TextBlock, lines_of
from builder.build.book_report import BookPages

HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line that is not in the text."""
SENTENCE_END = re.compile(r".*[.?!:;][”’)\]]*\d*", re.DOTALL)
"""A word that ends a sentence, with the number of a note perhaps."""
FOLIO = re.compile(r"[\d–,]+|[ivxlc]+,?")
DISTANCE, WIDTH = 5.0, 1.8
"""Points from the text block to a bar, and how wide it is."""
JOINED = 9.0
"""Points between lines whose bars are one."""
PRESENT, GONE = (35, 87, 107), (163, 38, 30)
"""Colours: of bars where something is new or changed, and of marks where something was taken out."""
RUN = 4
"""Words that stand one after another in both books are the same words."""
THIN = 2.0
"""Points that a line is not higher than."""
MARK = 4.0
"""Points that a mark for what was taken out is high."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a picture in print: page counted from 0, bottom and top of its line in points."""

    text: str
    page: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in the margin of a page; ``gone`` where there is nothing new, but something was taken out."""

    page: int
    low: float
    high: float
    gone: bool = False


def with_bars(before: Path, after: Path, pages: tuple[BookPages, BookPages]) -> tuple[bytes, int]:
    """The PDF ``after`` with its bars, and how many pages have any; ``pages`` are what the two builds
    reported of them.
    """
    old = pypdfium2.PdfDocument(before)
    new = pypdfium2.PdfDocument(after)
    try:
        bars = list(bars_of(tokens_of(old, pages[0]), tokens_of(new, pages[1])))
        changed = sorted({bar.page for bar in bars})
        for number in changed:
            draw([bar for bar in bars if bar.page == number], new[number], number, pages[1].block)
        out = io.BytesIO()
        new.save(out)
        return out.getvalue(), len(changed)
    finally:
        old.close()
        new.close()


# --- from pages to words


def tokens_of(document: pypdfium2.PdfDocument, pages: BookPages) -> list[Token]:
    """The words and pictures of all pages, in order; then those of all footnotes, which would come between words of a
    sentence.
    """
    text: list[Token] = []
    notes: list[Token] = []
    lists = pages_of_lists(document, pages.index)
    for number in range(len(document)):
        page = document[number]
        left, bottom, right, top = pages.block.within(page, number)
        rule = rule_above_notes(page, left, right)
        for word in page_words(page, number, (left, bottom, right, top)):
            if number in lists and FOLIO.fullmatch(word.text):
                continue
            found = notes if word.high < rule else text
            if found and found[-1].text.endswith(HYPHEN):
                before = found.pop()
                word = Token(before.text[:-1] + word.text, before.page, before.low, before.high)
            found.append(word)
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
            assert isinstance(item, pypdfium2.PdfImage)
            _, low, _, high = item.get_bounds()
            name = hashlib.sha256(bytes(item.get_data())).hexdigest()
            text.append(Token(name, number, max(low, bottom), min(high, top)))
        page.close()
    return text + notes


def rule_above_notes(page: pypdfium2.PdfPage, left: float, right: float) -> float:
    """Return where the line above the footnotes of a page stands, 0 when it has none."""
    found = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        x0, y0, x1, y1 = item.get_bounds()
        is_rule = y1 - y0 < THIN and abs(x0 - left) < THIN and x1 - x0 < (right - left) / 2
        found = max(found, y0) if is_rule else found
    return found


def pages_of_lists(document: pypdfium2.PdfDocument, index: str) -> set[int]:
    """BookPages on which numbers are page numbers: those before the first page of the text, and the index."""
    count = len(document)
    first = next((number for number in range(count) if (document.get_page_label(number) or "").isdecimal()), 0)
    found = set(range(first))
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        if target is not None and bookmark.get_title() == index:
            found |= set(range(target.get_index() or 0, count))
    return found


def page_words(page: pypdfium2.PdfPage, number: int, edges: tuple[float, float, float, float]) -> Iterator[Token]:
    """The words of a page that stand in its text block."""
    left, bottom, right, top = edges
    text = page.get_textpage()
    for x0, y0, x1, y1 in lines_of(text):
        if x0 < right and x1 > left and y0 < top and y1 > bottom:
            for word in text.get_text_bounded(x0, y0, x1, y1).split():
                yield Token(word, number, y0, y1)
    text.close()


# --- from words to bars


def bars_of(old: list[Token], new: list[Token]) -> Iterator[Bar]:
    """Yield where words and pictures are new, changed or gone; what only stands elsewhere is not."""
    old_sentences, new_sentences = sentences(old), sentences(new)
    old_keys, new_keys = list(map(words, old_sentences)), list(map(words, new_sentences))
    went = Counter(old_keys) - Counter(new_keys)
    came = Counter(new_keys) - Counter(old_keys)
    runs_gone, runs_come = runs_of(old_keys, went), runs_of(new_keys, came)
    starts = [0, *accumulate(map(len, new_sentences))]
    for tag, i, end_i, j, end_j in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone = [token for sentence in old_sentences[i:end_i] if went[words(sentence)] for token in sentence]
        come = [token for sentence in new_sentences[j:end_j] if came[words(sentence)] for token in sentence]
        here = new[min(starts[j], len(new) - 1)] if new else None
        for lost, found, place in word_changes(gone, come):
            if found and not stands_in(words(found), runs_gone):
                yield from (Bar(token.page, token.low, token.high) for token in found)
            elif not found and not stands_in(words(lost), runs_come) and (next_to := place or here) is not None:
                yield Bar(next_to.page, next_to.high - MARK, next_to.high, gone=True)


def runs_of(keys: list[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """All runs of `RUN` words in those sentences that are ``wanted``."""
    text = [word for key in keys if wanted[key] for word in key]
    return {tuple(text[i : i + RUN]) for i in range(len(text) - RUN + 1)}


def stands_in(text: tuple[str, ...], runs: set[tuple[str, ...]]) -> bool:
    """True if each word of ``text`` is in a run of `RUN` words that is among ``runs``: it stands there, with something
    else between.
    """
    covered = 0
    for i in range(len(text) - RUN + 1):
        if text[i : i + RUN] in runs:
            covered = i + RUN
        elif i >= covered:
            return False
    return len(text) >= RUN and covered == len(text)


def sentences(tokens: list[Token]) -> list[list[Token]]:
    """Words by sentence; titles go with what follows."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        found[-1].append(token)
        if SENTENCE_END.fullmatch(token.text):
            found.append([])
    return [sentence for sentence in found if sentence]


def words(sentence: list[Token]) -> tuple[str, ...]:
    """The text of a sentence."""
    return tuple(token.text for token in sentence)


def word_changes(gone: list[Token], come: list[Token]) -> Iterator[tuple[list[Token], list[Token], Token | None]]:
    """(words that went, words that came, the word after them that stayed) for each place where they differ."""
    old, new = words(gone), words(come)
    for tag, i, end_i, j, end_j in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "insert":
            j, end_j = slid(new, j, end_j)
        if tag == "delete":
            i, end_i = slid(old, i, end_i)
        yield gone[i:end_i], come[j:end_j], come[min(j, len(come) - 1)] if come else None


def slid(text: tuple[str, ...], start: int, end: int) -> tuple[int, int]:
    """A run moved as far to the front as it may be and leave the same rest, so that it begins where a sentence does."""
    while start > 0 and text[start - 1] == text[end - 1]:
        start, end = start - 1, end - 1
    return start, end


def merged(bars: list[Bar]) -> list[Bar]:
    """The bars of a page, from the top, those of neighbouring lines as one."""
    found: list[Bar] = []
    for bar in sorted(bars, key=lambda bar: (bar.gone, -bar.high)):
        last = found[-1] if found else None
        if last is not None and last.gone == bar.gone and bar.high >= last.low - JOINED:
            if not bar.gone:
                found[-1] = Bar(bar.page, min(last.low, bar.low), last.high)
        else:
            found.append(bar)
    return found


def draw(bars: list[Bar], page: pypdfium2.PdfPage, number: int, block: TextBlock) -> None:
    """Draw the bars of a page on the outer side of its text block."""
    left, _, right, _ = block.within(page, number)
    is_left = left > page.get_width() - right
    x = left - DISTANCE - WIDTH if is_left else right + DISTANCE
    for bar in merged(bars):
        width = WIDTH * 2 if bar.gone else WIDTH
        path = pdfium.FPDFPageObj_CreateNewRect(x, bar.low, width, bar.high - bar.low)
        pdfium.FPDFPageObj_SetFillColor(path, *(GONE if bar.gone else PRESENT), 255)
        pdfium.FPDFPath_SetDrawMode(path, pdfium.FPDF_FILLMODE_WINDING, False)
        page.insert_obj(pypdfium2.PdfObject(path))
    page.gen_content()
