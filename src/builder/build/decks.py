"""A fitted deck → its files, as .pptx and as PDF, with the printed pages; those in their places where they are still
right.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sphinx.util import logging

from builder.build.deck_places import MadeDeck
from builder.build.deck_report import about
from builder.build.fitting import Fit, Fits
from builder.build.ledger import DeckRecord, Ledger
from builder.build.planning import label_of
from builder.build.project import ReadProject
from builder.deck.accents import with_accents
from builder.deck.blocks import Equation
from builder.deck.finish import files_in, files_of, with_pages, with_readable_colours
from builder.deck.furniture import runs_in
from builder.deck.kinds import with_inner
from builder.deck.lectures import Lecture
from builder.deck.model import FittedDeck, Slide
from builder.deck.pages.papers import papers, thumbnail
from builder.deck.subtitle import chapters, pages_of, subtitle
from builder.errors import AuthorError
from builder.source.document_cache import warn_again
from builder.source.pictures.sizes import pixels_of
from builder.store.keys import key_of
from builder.store.processes import Beside
from builder.store.stamps import digest, package_stamp, stamp
from builder.typeset.math.formulas import Formulas
from builder.typeset.page_map import PageMap

logger = logging.getLogger(__name__)

PIXELS_A_DECK = 2_000_000
"""Pixels of pictures that take as much memory as the rest of a deck: Typst keeps each unpacked, with four bytes a
pixel.
"""
Papers = tuple[dict[str, bytes], list[AuthorError]]
"""Ending of a file's name → PDF, and what could not be shown there as planned."""


@dataclass(frozen=True, slots=True)
class EarlyDeck:
    """A deck before the book is set: its `DeckMaker.quick_key`, and its papers where it changed, with the key of what
    these show.
    """

    quick: str
    papers: Papers | None = None
    key: str = ""

    def papers_of(self, key: str) -> Papers | None:
        """The papers if they show what has this key."""
        return self.papers if self.key == key else None


@dataclass(frozen=True, slots=True)
class DeckMaker:
    """Makes the decks of one build; ``pages`` are those of the printed book, ``early`` has papers that were set
    already.

    With ``wants_fresh`` a deck that was edited by hand is made though nothing changed.
    """

    fits: Fits
    ledger: Ledger
    pages: PageMap
    early: Mapping[str, EarlyDeck] = field(default_factory=dict)
    wants_fresh: bool = False

    @property
    def project(self) -> ReadProject:
        """The project."""
        return self.fits.project

    def make(self, lecture: Lecture) -> MadeDeck:
        """A deck as .pptx and as PDF, or, where those on disk are right, as it is recorded.

        What cannot be shown as planned is reported, and such a deck made again by the next build.

        Raises:
            AuthorError: see `Fits.of`.
        """
        started = time.perf_counter()
        logger.info("[slides] %s", lecture.name)
        name = lecture.name
        quick = self.quick_key(lecture)
        is_fresh = self.wants_fresh and self.ledger.is_edited(name)
        known = self.ledger.current_record(name, quick, lecture.style)
        if known is not None and not is_fresh:
            if name not in self.fits.found:
                warn_again(known.warnings)
            return MadeDeck(name, None, {}, time.perf_counter() - started, known, quick)
        fit = self.fits.of(lecture)
        fitted = finished(self.project, lecture, fit, self.pages)
        key = self.key(fitted, fit)
        # an error of the fit is reported by each build
        record = DeckRecord("", key, "" if fit.errors else quick, len(fitted.slides), fitted.actions, fit.warnings)
        shown = about(lecture, fit)
        if not is_fresh and self.ledger.is_current(name, key, lecture.style):
            return MadeDeck(name, None, {}, time.perf_counter() - started, record, quick, shown)
        content, files, errors = self.files(lecture, fit, fitted, key)
        for error in errors:
            self.project.resolver.report(error)
        if errors:
            record = replace(record, made_of="", quick="")
        pptx = self.ledger.made(f"{name}.pptx", content)
        pdfs = {ending: self.ledger.made(f"{name}{ending}", pdf) for ending, pdf in files.items()}
        return MadeDeck(name, pptx, pdfs, time.perf_counter() - started, record, quick, shown)

    def files(
        self, lecture: Lecture, fit: Fit, fitted: FittedDeck, key: str
    ) -> tuple[bytes, dict[str, bytes], list[AuthorError]]:
        """The .pptx file of a deck, its papers, and what could not be shown in them as planned; the papers are set
        beside the file.
        """
        from builder.pptx.write import write_deck  # python-pptx, which takes a tenth of a second to load

        template, typeface = fit.template, fit.typeface
        early = self.early[lecture.name].papers_of(key) if lecture.name in self.early else None
        with Beside(lambda: papers(fitted, template.geometry, template.colours, typeface)) as setting:
            if early is None:
                setting.begin()
            picture = thumbnail(fitted, template.geometry, template.colours, typeface)
            content, errors = write_deck(fitted, template, typeface, self.project.config.builder_web_url, picture)
            files, of_papers = setting.result() if early is None else early
        return content, files, [*errors, *of_papers]

    def make_early(self, lecture: Lecture) -> EarlyDeck | None:
        """A deck with the pages that are known before the book is set; None of one that cannot be made, which is
        reported when it is.
        """
        with suppress(Exception):
            quick = self.quick_key(lecture)
            if self.ledger.current_record(lecture.name, quick, lecture.style) is not None:
                return EarlyDeck(quick)
            fit = self.fits.of(lecture)
            fitted = finished(self.project, lecture, fit, self.pages)
            found = papers(fitted, fit.template.geometry, fit.template.colours, fit.typeface)
            return EarlyDeck(quick, found, self.key(fitted, fit))
        return None

    def slides(self, lecture: Lecture) -> list[Slide]:
        """The slides of the documents of a lecture."""
        return [slide for item in lecture.documents for slide in self.fits.plans[item.partition("#")[0]].slides]

    def weight(self, lecture: Lecture) -> float:
        """How much of a deck stays in the memory of the process that makes it, beside one without pictures."""
        return 1 + sum(pixels_of(Path(path)) for path in files_in(self.slides(lecture))) / PIXELS_A_DECK

    # --- keys

    def quick_key(self, lecture: Lecture) -> str:
        """The key of what a deck is made from in turn, which needs no fit: see `Fits.key`; printed pages, and files on
        its slides.
        """
        slides = self.slides(lecture)
        folios = [self.pages.folio(slide.place.label) for slide in slides if slide.place is not None]
        files = [stamp(Path(path)) for path in sorted(files_in(slides))]
        title = extent_of(self.project, lecture, self.pages)
        return key_of(self.fits.key(lecture), title, folios, files, self.surroundings)

    def key(self, fitted: FittedDeck, fit: Fit) -> str:
        """The key of all that a deck's files are made from: its slides, pictures and formulas, the template, this
        package.
        """
        files = [(path, digest(Path(path))) for path in sorted(files_of(fitted))]
        formulas = formulas_of(fitted, self.project.formulas)
        return key_of(package_stamp(), repr(fitted), formulas, files, fit.template.content, self.surroundings)

    @property
    def surroundings(self) -> tuple[str, str]:
        """Return what is written into a deck beside its slides: the address of the web book, and the time, where one is
        given.
        """
        return self.project.config.builder_web_url, os.environ.get("SOURCE_DATE_EPOCH", "")


def finished(project: ReadProject, lecture: Lecture, fit: Fit, pages: PageMap) -> FittedDeck:
    """A fitted deck ready to be written: with the printed pages, and colours that can be read.

    Raises:
        AuthorError: see `extent_of`.
    """
    extent = extent_of(project, lecture, pages)
    template = fit.template
    numbered = with_pages(fit.fitted, pages.folios, lecture.subtitle, extent)
    readable = with_readable_colours(numbered, template.colours)
    return with_accents(readable, template.geometry, template.colours)


def formulas_of(fitted: FittedDeck, formulas: Formulas) -> list[tuple[str, str]]:
    """The formulas on the slides of a deck, each with its conversions."""
    blocks = [block for slide in fitted.slides for block in with_inner(slide.slide.blocks)]
    in_lines = {run.math for run in runs_in(blocks) if run.math}
    shown = {block.latex for block in blocks if isinstance(block, Equation)}
    return [(latex, repr(formulas[latex])) for latex in sorted(in_lines | shown)]


def extent_of(project: ReadProject, lecture: Lecture, pages: PageMap) -> str:
    """The line that names the lecture, and the chapters and pages of the book that it shows.

    Raises:
        AuthorError: the lecture names a section that its document does not have.
    """
    documents = [item.partition("#")[0] for item in lecture.documents]
    labels = [label_of(project.env, item, lecture.source) for item in lecture.documents]
    book = chapters(documents, lecture.title, project.env, project.words)
    return subtitle(project.number_shown(lecture), book, pages_of(labels, pages, project.words), project.words)
