"""From documents to decks: which lectures there are, the slides of each document, and the deck of a lecture before the fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes

from builder.deck.conversion import BlockContext
from builder.deck.declared import declared_lectures
from builder.deck.finish import files_in, language_tag
from builder.deck.furniture import Work, furnished
from builder.deck.lectures import Lecture
from builder.deck.model import Deck, Slide
from builder.deck.plan import Planner, PlanOptions, title_slide
from builder.deck.works import works_of
from builder.errors import AuthorError, Source, report_bug, report_error
from builder.source.document_cache import DocumentCache, Recorded, book_digest, recording, warn_again
from builder.source.numbers import BookNumbers
from builder.source.resolved import ResolvedBuilder
from builder.store.stamps import stamp
from builder.typeset.wording import fixed_words


@dataclass(frozen=True, slots=True)
class Plan:
    """The slides of a document, the files that they show with their times, and what was said when they were planned."""

    slides: tuple[Slide, ...]
    files: tuple[tuple[str, str], ...]
    warnings: Recorded


class PlanningBuilder(ResolvedBuilder):
    """Plans the slides of documents, each once however many decks hold it."""

    _known_works: tuple[str, dict[str, Work]] = "", {}

    def begin(self) -> None:
        """Forget what the last build in this process found."""
        super().begin()
        self.planned: dict[str, Sequence[Slide]] = {}
        for name in ("declared", "works", "digest", "plans"):
            self.__dict__.pop(name, None)

    @cached_property
    def digest(self) -> str:
        """What documents may take from the rest of the book, as a digest."""
        return book_digest(self.env)

    @cached_property
    def plans(self) -> DocumentCache[Plan]:
        """The slides of documents that did not change."""
        return DocumentCache(Path(self.doctreedir) / "plans.pickle", self.env, self.digest)

    @cached_property
    def declared(self) -> tuple[list[Lecture], list[AuthorError]]:
        """See `declared_lectures`; its errors are reported when they are found."""
        lectures, errors = declared_lectures(self._app)
        for error in errors:
            report_error(self._app, error)
        return lectures, errors

    @property
    def lectures(self) -> list[Lecture]:
        """Declared lectures, or one deck a chapter."""
        return self.declared[0]

    @property
    def are_known(self) -> bool:
        """True if every lecture that is declared could be read, so that other decks are those of an earlier build."""
        return not self.declared[1]

    def plan_documents(self, lectures: list[Lecture]) -> None:
        """Plan each document once, however many decks hold it."""
        options = plan_options(self.config)
        for item in dict.fromkeys(item for lecture in lectures for item in lecture.documents):
            docname = item.partition("#")[0]
            if docname not in self.planned:
                self.plan_document(docname, self.resolved(docname), options, keeps=False)

    def recall(self, docname: str) -> bool:
        """Take the slides of a document as they were planned last; false when it changed."""
        plan = self.plans.get(docname)
        if plan is None or any(stamp(Path(path)) != known for path, known in plan.files):
            return False
        self.planned[docname] = plan.slides
        warn_again(plan.warnings)
        return True

    def plan_document(self, docname: str, doctree: nodes.document, options: PlanOptions, *, keeps: bool) -> None:
        """Plan one resolved document; with ``keeps`` the next build may take its slides as they are."""
        context = BlockContext(docname, BookNumbers(self.env), Path(self.srcdir), self.formulas, self.env)
        planner = Planner(context, options)
        self.planned[docname] = ()
        with recording() as said:
            try:
                slides = tuple(planner.plan(doctree))
            except Exception as bug:
                report_bug(self._app, f"the slides of '{docname}'", bug, Source(str(self.env.doc2path(docname))))
                return
        self.planned[docname] = slides
        for error in planner.errors:
            report_error(self._app, error)
        if keeps and not planner.errors:
            files = tuple((path, stamp(Path(path))) for path in sorted(files_in(slides)))
            self.plans.put(docname, Plan(slides, files, tuple(said.warnings)))

    def check_decks(self, lectures: list[Lecture]) -> None:
        """Names of slides are used once, and ``:decks:`` names decks that exist."""
        names = {lecture.name for lecture in self.lectures}
        first: dict[str, Slide] = {}
        for slides in self.planned.values():
            for slide in slides:
                if slide.named and slide.key in first:
                    other = first[slide.key].source
                    message = f"the slide name '{slide.key}' is used already, in {other}; names must differ."
                    report_error(self._app, AuthorError(message, slide.source))
                first.setdefault(slide.key, slide)
                for deck in slide.decks:
                    if deck not in names:
                        message = f"there is no deck '{deck}'; the decks are: {', '.join(sorted(names))}."
                        report_error(self._app, AuthorError(message, slide.source))

    def deck(self, lecture: Lecture) -> Deck:
        """The deck of a lecture, before the fit and without printed pages."""
        slides: list[Slide] = []
        for item in lecture.documents:
            docname, _, section = item.partition("#")
            wanted = self.section_labels(docname, section, lecture.source) if section else None
            for slide in self.planned[docname]:
                in_deck = not slide.decks or lecture.name in slide.decks
                in_section = wanted is None or (slide.place is not None and slide.place.label in wanted)
                if in_deck and in_section:
                    slides.append(slide)
        slides = with_own_keys(slides)
        book = self.config.project
        opening = replace(title_slide(f"{lecture.name}/title", lecture.title, "", book), source=lecture.source)
        words = fixed_words(self.config.language or "en", self.config.builder_words)
        number = f"{words['lecture']} {self.lectures.index(lecture) + 1}" if self.are_declared else ""
        deck = Deck(
            name=lecture.name,
            title=lecture.title,
            book=book,
            author=self.config.author,
            lang=language_tag(self.config.language or "en"),
            slides=(opening, *slides),
            minutes=lecture.minutes,
            template=lecture.template,
            documents=lecture.documents,
            style=lecture.style,
            foot=" · ".join(part for part in (number, lecture.title) if part),
        )
        try:
            return furnished(deck, self.works, words)
        except Exception as error:
            report_bug(self._app, f"what stands round the slides of '{lecture.name}'", error, lecture.source)
            return deck

    @cached_property
    def works(self) -> dict[str, Work]:
        """Label of each entry in the book's list of sources → the work; the same as long as the book has the same."""
        if self._known_works[0] != self.digest:
            self._known_works = self.digest, works_of(self.env)
        return self._known_works[1]

    @property
    def are_declared(self) -> bool:
        """True if there is a ``lectures.toml``; else each chapter is a deck."""
        named: str = self.config.builder_lectures
        return (Path(self.confdir) / named).is_file()

    def section_labels(self, docname: str, section: str, source: Source) -> set[str]:
        """Labels of a section of a document and all sections in it.

        Raises:
            AuthorError: the document has no such section.
        """
        found = self.section(docname, section, source)
        return {f"{docname}:{node['ids'][0]}" for node in found.findall(nodes.section)}

    def label_of(self, item: str, source: Source) -> str:
        """The label in print of what a lecture names: a document, or a section of one.

        Raises:
            AuthorError: the document has no such section.
        """
        docname, _, section = item.partition("#")
        return f"{docname}:{self.section(docname, section, source)['ids'][0] if section else ''}"

    def section(self, docname: str, section: str, source: Source) -> nodes.section:
        """The section of a document with an id or name.

        Raises:
            AuthorError: there is none.
        """
        sections = list(self.env.get_doctree(docname).findall(nodes.section))
        found = next((node for node in sections if section in node["ids"] or section in node["names"]), None)
        if found is None:
            have = ", ".join(name for node in sections for name in node["ids"][:1])
            raise AuthorError(f"there is no section '{section}' in '{docname}'; it has: {have}.", source)
        return found


def with_own_keys(slides: list[Slide]) -> list[Slide]:
    """``slides``, of which those that were given a name that another has (which is reported) are told from it by a number."""
    seen: Counter[str] = Counter()
    found = []
    for slide in slides:
        seen[slide.key] += 1
        again = seen[slide.key] > 1
        found.append(replace(slide, key=f"{slide.key}-{seen[slide.key]}", named=False) if again else slide)
    return found


def plan_options(config: Any) -> PlanOptions:
    """The planner's options from conf.py."""
    return PlanOptions(
        verbatim=config.builder_point_style == "verbatim",
        outline=config.builder_plan == "outline",
        slide_level=config.builder_slide_level,
        notes_paragraphs=config.builder_notes_paragraphs,
        first_sentences=config.builder_first_sentences,
    )
