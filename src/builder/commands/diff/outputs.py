"""The outputs of a build → what can be compared: blocks of the book's text, slides, and where things stand in print."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html
import pypdfium2

from builder.build import book_report
from builder.build.book_report import BookPages
from builder.build.deck_report import read
from builder.errors import AuthorError

BLOCKS = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "figcaption", "pre"]
OWN_TEXT = ("//article[contains(@class, 'bd-article')]", "//article", "//*[@role='main']", "//main")
"""Where the themes have a page's own text."""
NOT_DOCUMENTS = {"genindex", "search", "py-modindex", "modindex"}
SMALL = 240
"""Width in pixels at which pictures of slides are compared."""


@dataclass(frozen=True, slots=True)
class SlideSeen:
    """A slide as it is shown: what stands on it, its notes, and a small picture to compare."""

    number: int
    title: str
    text: str
    notes: tuple[str, ...]
    minutes: float
    picture: bytes


@dataclass(frozen=True, slots=True)
class DeckSeen:
    """A deck; ``declared`` minutes are 0 when there are none."""

    name: str
    title: str
    declared: float
    slides: tuple[SlideSeen, ...]

    @property
    def minutes(self) -> float:
        """Return how long the deck is, by its slides."""
        return sum(slide.minutes for slide in self.slides)


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made, in ``folder``. ``documents``: name → (title, blocks of text); ``places``: heading → folio in
    the printed book.
    """

    folder: Path
    documents: dict[str, tuple[str, tuple[str, ...]]]
    decks: dict[str, DeckSeen]
    places: dict[str, str]
    pages: int = 0
    books: tuple[Path, ...] = ()
    pages_of: dict[str, BookPages] = field(default_factory=dict)
    """Name of a printed book → what the build reported of its pages."""


def read_build(folder: Path) -> Build:
    """Read an output folder.

    Raises:
        AuthorError: nothing was built there.
    """
    if not (folder / "html" / "index.html").is_file():
        raise AuthorError(f"{folder} holds no build with a web book; run 'builder build' first.")
    documents = {}
    for path in sorted((folder / "html").rglob("*.html")):
        name = path.relative_to(folder / "html").with_suffix("").as_posix()
        if name not in NOT_DOCUMENTS and not name.startswith("_") and (found := read_page(path)) is not None:
            documents[name] = found
    books = tuple(sorted((folder / "pdf").glob("*.pdf")))
    places: dict[str, str] = {}
    pages = 0
    for book in books:
        found_places, count = read_places(book)
        places |= found_places
        pages += count
    return Build(
        folder, documents, read_decks(folder), places, pages, books, book_report.read(folder / ".work" / "books.json")
    )


def read_page(path: Path) -> tuple[str, tuple[str, ...]] | None:
    """Title and blocks of a page's own text; None for what is no document."""
    tree: Any = lxml.html.fromstring(path.read_bytes())
    articles: list[Any] = next((found for place in OWN_TEXT if (found := tree.xpath(place))), [])
    if not articles:
        return None
    for extra in articles[0].xpath(
        ".//*[contains(@class, 'headerlink') or contains(@class, 'builder-outputs') or contains(@class, "
        "'builder-data')] | .//script | .//style | .//svg"
    ):
        extra.drop_tree()
    blocks = []
    for element in articles[0].iter(*BLOCKS):
        if not any(inner is not element for inner in element.iter(*BLOCKS)):
            text = " ".join(element.text_content().split())
            if text:
                blocks.append(text)
    headings = articles[0].xpath(".//h1")
    return " ".join(headings[0].text_content().split()) if headings else path.stem, tuple(blocks)


def read_decks(folder: Path) -> dict[str, DeckSeen]:
    """Decks with their slides, from what the build reported of them and from their PDFs."""
    decks = {}
    for deck in read(folder / ".work" / "slides.json"):
        path = folder / "slides" / f"{deck['name']}.pdf"
        if not path.is_file():
            continue
        pdf = pypdfium2.PdfDocument(path)
        try:
            slides = tuple(
                SlideSeen(
                    number, slide["title"], text_of(pdf, number), tuple(slide["notes"]), slide["minutes"],
                    pdf[number - 1].render(scale=SMALL / pdf[number - 1].get_width()).to_pil().tobytes(),
                )
                for number, slide in enumerate(deck["slides"][: len(pdf)], start=1)
            )  # fmt: skip
        finally:
            pdf.close()
        decks[deck["name"]] = DeckSeen(deck["name"], deck["title"], deck["minutes"], slides)
    return decks


def text_of(pdf: pypdfium2.PdfDocument, number: int) -> str:
    """The words of a page without its foot, whose number changes with every slide before it."""
    words = pdf[number - 1].get_textpage().get_text_bounded(bottom=pdf[number - 1].get_height() * 0.08)
    return " ".join(words.split())


def read_places(path: Path) -> tuple[dict[str, str], int]:
    """Headings of a printed book → their folios, from its bookmarks; and how many pages it has."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        places: dict[str, str] = {}
        for bookmark in pdf.get_toc():
            target = bookmark.get_dest()
            index = target.get_index() if target is not None else None
            if index is not None:
                places.setdefault(bookmark.get_title(), pdf.get_page_label(index) or str(index + 1))
        return places, len(pdf)
    finally:
        pdf.close()
