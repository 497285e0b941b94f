"""The Sphinx builder ``pptx``: plans and fits the declared decks, writes each as .pptx and as PDF."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from docutils import nodes
from sphinx.locale import __
from sphinx.util import logging

from builder.build.books import TypstBuilder
from builder.build.deck_places import DeckPlacing, MadeDeck, WrittenDeck, limits_of
from builder.build.ledger import DeckRecord, Ledger
from builder.build.places import Placing, placed
from builder.build.planning import PlanningBuilder
from builder.deck.blocks import Equation
from builder.deck.finish import files_in, files_of, spans, with_floors, with_pages, with_readable_colours
from builder.deck.fit import Fitter
from builder.deck.furniture import runs_in
from builder.deck.lectures import Lecture
from builder.deck.lines import Typeface
from builder.deck.model import FittedDeck
from builder.deck.pages.papers import other_fonts, papers, thumbnail
from builder.deck.subtitle import chapters, pages_of, subtitle
from builder.errors import AuthorError, Source, report_bug, report_error, settings_file, warn
from builder.pptx.template.reading import Template, read_template, template_path
from builder.pptx.write import write_deck
from builder.source.document_cache import Recorded, recording, warn_again
from builder.source.readings import reading_of
from builder.store.processes import Beside
from builder.store.published import Published, published_in
from builder.store.stamps import digest, package_stamp, stamp
from builder.typeset import fonts
from builder.typeset.page_map import PageMap, joined
from builder.typeset.wording import fixed_words

logger = logging.getLogger(__name__)


Fit = tuple[FittedDeck, Template, Typeface]
"""A fitted deck, and what it was fitted to."""
Papers = tuple[dict[str, bytes], list[AuthorError]]
"""Ending of a file's name → PDF, and what could not be shown there as planned."""


@dataclass(frozen=True, slots=True)
class KnownFit:
    """A fit under the key of what it was made from, with the warnings and errors of it."""

    key: str
    fit: Fit
    warnings: Recorded
    errors: tuple[AuthorError, ...]


class PptxBuilder(PlanningBuilder):
    """Writes ``DECK.pptx`` and ``DECK.pdf`` for each lecture."""

    name = "pptx"
    format = "pptx"
    epilog = __("The decks are in %(outdir)s.")
    only_deck = ""
    fresh_decks = False
    page_map: PageMap | None = None
    output: Path | None = None
    """The output folder whose manifest the decks are noted in; without one they have a manifest of their own."""

    def init(self) -> None:
        self._known_fits: dict[str, KnownFit] = {}
        self._last_pages: PageMap | None = None
        self.begin()

    def begin(self) -> None:
        """Forget what the last build in this process found, but for what may still be right."""
        super().begin()
        self.written: list[WrittenDeck] = []
        self.page_map = None
        self._fitted: dict[str, Fit] = {}
        self._papers: dict[str, tuple[str, Papers]] = {}
        self.quick: dict[str, str] = {}
        """Name of a deck → its `quick_key`."""
        self.damaged = set(self.manifest().damaged())
        """Outputs that are gone, or not as they were published."""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare: decks are written as a whole."""

    def write_documents(self, docnames: Set[str]) -> None:
        self.write_decks()

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not used."""

    def finish(self) -> None:
        """Everything is written by `write_decks`."""

    # --- from documents to decks

    def write_decks(self) -> None:
        """Make every declared deck and put all in their places."""
        self.put_in_place(self.make_decks(), self.manifest())

    def make_decks(self) -> list[MadeDeck]:
        """Plan, fit and write every declared deck in memory, but for those that cannot be made, which are reported."""
        lectures = self.lectures
        if self.only_deck:
            lectures = [lecture for lecture in lectures if lecture.name == self.only_deck]
        self.finish_planning(lectures)
        pages = self._last_pages = self.pages()
        made = []
        for number, lecture in enumerate(self.lectures, start=1):
            if lecture in lectures:
                with self.costing_only(lecture):
                    made.append(self.make(lecture, number, pages))
        return made

    @contextmanager
    def costing_only(self, lecture: Lecture) -> Iterator[None]:
        """Report what is raised in the block: it costs this deck, and no other."""
        try:
            yield
        except AuthorError as error:
            report_error(self._app, error)
        except Exception as error:
            report_bug(self._app, f"the deck '{lecture.name}'", error, lecture.source)

    def slides_at_once(self) -> dict[str, bytes]:
        """Name of each deck that changed → its slides as PDF, before the book is set; none before this process has set the book once.

        They have the printed pages of the last build; where those hold, `make` need not set the PDF again.
        """
        found: dict[str, bytes] = {}
        pages = self._last_pages
        if pages is None:
            return found
        for number, lecture in enumerate(self.lectures, start=1):
            with suppress(Exception):  # reported when the deck is made
                quick = self.quick[lecture.name] = self.quick_key(lecture, number, pages)
                if self.ledger.quickly_kept(lecture.name, quick, lecture.style, self.damaged) is not None:
                    continue
                fitted, template, typeface = self.fit(lecture)
                fitted = self.with_places(lecture, number, pages, fitted, template)
                made = papers(fitted, template.geometry, template.colours, typeface)
                self._papers[lecture.name] = self.made_of(fitted, template), made
                if pdf := made[0].get(".pdf"):
                    found[lecture.name] = pdf
        return found

    def finish_planning(self, lectures: list[Lecture]) -> None:
        """Plan what is not planned yet, then check the decks against each other."""
        self.plan_documents(lectures)
        self.check_decks(lectures)

    def slide_places(self) -> dict[str, str]:
        """Label of a section → where it is shown, as the printed book says it: ``Lecture 2, slides 14–16``."""
        lectures = self.lectures
        self.plan_documents(lectures)
        words = fixed_words(self.config.language or "en", self.config.builder_words)
        shown: dict[str, list[str]] = {}
        for lecture_number, lecture in enumerate(lectures, start=1):
            fit = self.fit_or_none(lecture)
            places: dict[str, list[int]] = {}
            for number, slide in enumerate(*((fit[0].slides, fit[0].first) if fit is not None else ((), 1))):
                if slide.slide.place is not None and not slide.slide.hidden:
                    places.setdefault(slide.slide.place.label, []).append(number)
            for label, numbers in places.items():
                where = f"{words['lecture']} {lecture_number}, {words['slide' if len(numbers) == 1 else 'slides']} {spans(numbers)}"
                shown.setdefault(label, []).append(where)
        return {label: "; ".join(where) for label, where in shown.items()}

    def subtitle(self, lecture: Lecture, number: int, pages: PageMap) -> str:
        """The author's own subtitle, else one that says what of the book the deck shows."""
        if lecture.subtitle:
            return lecture.subtitle
        words = fixed_words(self.config.language or "en", self.config.builder_words)
        documents = [item.partition("#")[0] for item in lecture.documents]
        labels = [self.label_of(item, lecture.source) for item in lecture.documents]
        book = chapters(documents, lecture.title, self.env, words)
        return subtitle(number if self.are_declared else 0, book, pages_of(labels, pages, words), words)

    def pages(self) -> PageMap:
        """What stands on which page; compiles the book when no page map was handed over."""
        if self.page_map is None:
            book = TypstBuilder(self._app, self.env)
            book.outdir = Path(self.doctreedir) / "typstpdf"
            book.outdir.mkdir(parents=True, exist_ok=True)
            book.init()
            self.page_map = joined([made.compiled.page_map for made in book.make_books()])
        return self.page_map

    # --- from decks to files

    def fit(self, lecture: Lecture) -> Fit:
        """The fitted deck with its template and typeface, once a build; what cannot be shown as planned is reported.

        The printed pages are not in it yet: the book may need to know the slides first.

        Raises:
            AuthorError: the template cannot be used.
        """
        if lecture.name in self._fitted:
            return self._fitted[lecture.name]
        key = self.fit_key(lecture)
        known = self._known_fits.get(lecture.name)
        if known is not None and known.key == key:
            warn_again(known.warnings)
        else:
            with recording() as said:
                fit, errors = self._fit(lecture)
            known = KnownFit(key, fit, tuple(said.warnings), tuple(errors))
            self._known_fits[lecture.name] = known
        for error in known.errors:
            report_error(self._app, error)
        self._fitted[lecture.name] = known.fit
        return known.fit

    def fit_or_none(self, lecture: Lecture) -> Fit | None:
        """See `fit`; None where it raises what is reported when the deck is made."""
        try:
            return self.fit(lecture)
        except Exception:
            return None

    def fit_key(self, lecture: Lecture) -> str:
        """A digest of all that a fitted deck is made of: its documents, the rest of the book, its lecture and template."""
        files = [self.template_file(lecture)[0]]
        if self.config.builder_fonts:
            files += sorted((Path(self.confdir) / self.config.builder_fonts).rglob("*"))
        documents = (reading_of(self.env, item.partition("#")[0]) for item in lecture.documents)
        parts = (self.digest, repr(lecture), self.lectures.index(lecture), *documents, *map(stamp, files))
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    def template_file(self, lecture: Lecture) -> tuple[Path, Source]:
        """The file of a lecture's template, and where it is named.

        Raises:
            AuthorError: there is none.
        """
        folder = (Path(self.confdir) / self.config.builder_lectures).parent
        source = lecture.source if lecture.source.path else settings_file(Path(self.confdir))
        return template_path(lecture.template, folder, source), source

    def _fit(self, lecture: Lecture) -> tuple[Fit, list[AuthorError]]:
        path, source = self.template_file(lecture)
        template = read_template(path, source)
        if template.taken_out:
            warn(
                f"of the template {path.name} was left out: {', '.join(template.taken_out)}.", source, "active_content"
            )
        font = template.geometry.font
        deck = self.deck(lecture)
        own = Path(self.confdir) / self.config.builder_fonts if self.config.builder_fonts else None
        families = other_fonts(deck, font, own)
        titles = template.geometry.title_font
        others = tuple(family.file for family in families)
        typeface = Typeface(font, self.formulas, others, titles if titles != font else "")
        for family in typeface.families:
            if not fonts.is_measurable(family):
                warn(f"the theme's font {fonts.not_here(family)}", source, "font")
        fitted, errors = Fitter(with_floors(template.geometry, lecture.style), typeface).deck(deck)
        if not fitted.slides:
            raise AuthorError(f"no slide of the deck '{lecture.name}' can be shown, so it is not made.", source)
        fitted = replace(fitted, first=1 + template.in_front(lecture.style.template_slides))
        return (fitted, template, typeface), errors

    def make(self, lecture: Lecture, number: int, pages: PageMap) -> MadeDeck:
        """Write one deck, as .pptx and as PDF, in memory; what cannot be shown as planned is reported, and such a deck made again next time.

        Raises:
            AuthorError: see `fit`.
        """
        started = time.perf_counter()
        logger.info("[slides] %s", lecture.name)
        name, style = lecture.name, lecture.style
        quick = self.quick[name] = self.quick_key(lecture, number, pages)
        wants_fresh = self.fresh_decks and self.ledger.is_edited(name)
        known = self.ledger.quickly_kept(name, quick, style, self.damaged)
        if known is not None and not wants_fresh:
            if name not in self._fitted:
                warn_again(known.warnings)
            return MadeDeck(name, b"", {}, time.perf_counter() - started, known)
        fitted, template, typeface = self.fit(lecture)
        fitted = self.with_places(lecture, number, pages, fitted, template)
        early, made_papers = self._papers.get(name, ("", ({}, [])))
        with Beside(lambda: papers(fitted, template.geometry, template.colours, typeface)) as setting:
            if not early and not self.ledger.is_there(name, style, self.damaged):
                setting.begin()  # it is wanted, whatever the digest says
            made_of = self.made_of(fitted, template)
            of_fit = self._known_fits[name]
            known_by = "" if of_fit.errors else quick  # what could not be shown is said again at each build
            kept = DeckRecord("", made_of, known_by, len(fitted.slides), fitted.actions, of_fit.warnings)
            if not wants_fresh and self.ledger.is_kept(name, made_of, style, self.damaged):
                return MadeDeck(name, b"", {}, time.perf_counter() - started, kept)
            if early != made_of:
                setting.begin()
            picture = thumbnail(fitted, template.geometry, template.colours, typeface)
            content, errors = write_deck(
                fitted, template, typeface, self.formulas, self.config.builder_web_url, picture
            )
            if early != made_of:
                made_papers = setting.result()
        files, of_papers = made_papers
        for error in (*errors, *of_papers):
            report_error(self._app, error)
        if errors or of_papers:
            kept = replace(kept, made_of="", quick="")
        return MadeDeck(name, content, files, time.perf_counter() - started, kept)

    def quick_key(self, lecture: Lecture, number: int, pages: PageMap) -> str:
        """A digest of what a deck is made of that needs no fit: see `fit_key`, printed pages and the times of its files."""
        slides = [slide for item in lecture.documents for slide in self.planned[item.partition("#")[0]]]
        folios = [pages.folio(slide.place.label) for slide in slides if slide.place is not None]
        parts = (
            self.fit_key(lecture), self.subtitle(lecture, number, pages), *folios, *(stamp(Path(path)) for path in sorted(files_in(slides))),
            self.config.builder_web_url, os.environ.get("SOURCE_DATE_EPOCH", ""),
        )  # fmt: skip
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def with_places(
        self, lecture: Lecture, number: int, pages: PageMap, fitted: FittedDeck, template: Template
    ) -> FittedDeck:
        """A fitted deck ready to be written: with the printed pages, and colours that can be read."""
        fitted = with_pages(fitted, pages.folios, self.subtitle(lecture, number, pages))
        return with_readable_colours(fitted, template.colours)

    @property
    def ledger(self) -> Ledger:
        """What is remembered of the decks, outside the output folder."""
        return Ledger(Path(self.doctreedir) / "decks.json", Path(self.outdir))

    def made_of(self, fitted: FittedDeck, template: Template) -> str:
        """A digest of all that a deck's files are made of: its slides, pictures and formulas, the template, this tool."""
        runs = {run.math for slide in fitted.slides for run in runs_in(slide.slide.blocks) if run.math}
        shown = {block.latex for slide in fitted.slides for block in slide.slide.blocks if isinstance(block, Equation)}
        formulas = [(latex, repr(self.formulas[latex])) for latex in sorted(runs | shown)]
        files = [(path, digest(Path(path))) for path in sorted(files_of(fitted))]
        found = hashlib.sha256(package_stamp().encode())
        for part in (
            repr(fitted),
            repr(formulas),
            repr(files),
            self.config.builder_web_url,
            os.environ.get("SOURCE_DATE_EPOCH", ""),
        ):
            found.update(part.encode("utf-8", "surrogatepass"))
        found.update(template.content)
        return found.hexdigest()

    def manifest(self) -> Published:
        """What was published in the output folder, as it is noted now."""
        if self.output is not None:
            return published_in(self.output)
        return Published(Path(self.doctreedir) / f"published-{self.name}.json", Path(self.outdir))

    def put_in_place(self, made: list[MadeDeck], published: Published) -> None:
        """Move all decks into the output folder; what was changed by hand is merged into it."""
        papers = {
            Path(self.outdir) / f"{deck.name}{ending}": pdf for deck in made for ending, pdf in deck.papers.items()
        }
        with Placing(published) as placing:
            decks = DeckPlacing(self.ledger, placing, limits_of(self.config), self.fresh_decks)
            self.ledger.doubt({f"{deck.name}.pptx" for deck in made if deck.pptx or deck.papers})
            with placed(published, papers):
                for deck in made:
                    decks.put(deck)
            self.written = decks.finish(made)
