"""What stands where in a finished PDF, read with PDFium and nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pypdfium2

POINTS = 72 / 25.4
HEAD = 22 * POINTS
"""Down to here, in points from the top, there is nothing but the running head, in the margins of the presets."""


@dataclass(frozen=True)
class Finished:
    """A printed book. Pages are counted from 0; ``folios`` are their page labels, ``heads`` what stands above the text,
    ``texts`` the rest.
    """

    path: Path
    folios: tuple[str, ...]
    heads: tuple[str, ...]
    texts: tuple[str, ...]
    bookmarks: tuple[tuple[int, str, int], ...]
    """Level, title, page."""
    margins: tuple[str, ...] = ()
    """What stands in the outer margins."""

    def where(self, pattern: str, pages: range | None = None) -> list[int]:
        """The pages of the text on which a pattern is found."""
        return [page for page in pages or self.main if re.search(pattern, self.texts[page])]

    def folios_of(self, pattern: str) -> list[str]:
        """The folios of the pages of the text on which a pattern is found."""
        return [self.folios[page] for page in self.where(pattern)]

    @cached_property
    def main(self) -> range:
        """The pages of chapters and appendices: behind the lists and before the index."""
        ends = [page for _, title, page in self.bookmarks if title in ("Index", "Register")]
        return range(self.folios.index("1"), ends[-1] if ends else len(self.folios))

    def matter(self, title: str) -> range:
        """The pages of a list at the front, or of the index, by its title."""
        outermost = [(name, page) for level, name, page in self.bookmarks if level == 0]
        for (name, page), (_, following) in pairwise([*outermost, ("", len(self.folios))]):
            if name == title:
                return range(page, following)
        raise AssertionError(f"there is no {title!r} among {[name for name, _ in outermost]}")

    def list_text(self, title: str) -> str:
        """The text of a list at the front, or of the index."""
        return " ".join(self.texts[page] for page in self.matter(title))


def read_finished(path: Path, margin: float = 0) -> Finished:
    """Read a printed book of two-sided pages whose outer margin has so many millimetres."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        folios, heads, texts, margins = [], [], [], []
        for number in range(len(pdf)):
            page = pdf[number]
            textpage = page.get_textpage()
            height = page.get_height()
            folios.append(pdf.get_page_label(number))
            heads.append(plain(textpage.get_text_bounded(bottom=height - HEAD)))
            texts.append(plain(textpage.get_text_bounded(top=height - HEAD)))
            sides = {"left": page.get_width() - margin * POINTS} if number % 2 == 0 else {"right": margin * POINTS}
            margins.append(plain(textpage.get_text_bounded(**sides)))
        return Finished(path, tuple(folios), tuple(heads), tuple(texts), tuple(bookmarks_of(pdf)), tuple(margins))
    finally:
        pdf.close()


def bookmarks_of(pdf: pypdfium2.PdfDocument) -> Iterator[tuple[int, str, int]]:
    """The bookmarks, in order."""
    for bookmark in pdf.get_toc():
        yield bookmark.level, bookmark.get_title(), bookmark.get_dest().get_index()


def plain(text: str) -> str:
    """Text on one line, hyphenation undone, without joiners."""
    text = re.sub("\\x02\\s*|[\\u2060\\u00ad\\u200b]|\ufffe\\s*", "", text)
    return re.sub(r"\s+", " ", text).strip()
