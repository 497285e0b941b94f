"""A read project → the texts of its books and the slides of its documents, each document resolved once and let go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxParallelError
from sphinx.util import logging

from builder.book import handlers  # noqa: F401 - registers itself
from builder.book.edition import Edition, open_edition
from builder.book.text import BookText
from builder.book.translate import TypstDocument
from builder.build.planning import Plan, plan_document
from builder.build.project import ReadProject
from builder.errors import AuthorError
from builder.source.books import BookSpec
from builder.source.document_cache import DocumentCache, Recorded, gathers, recording, warn_again
from builder.source.internals import doctree_read, let_doctrees_go
from builder.source.resolved import REFERENCE_MARK, ResolvedBuilder
from builder.source.taken import ALL_OF_IT, Taken, shows_unknown, taken_by
from builder.source.unknown import has_replaced
from builder.store.keys import key_of
from builder.store.names import file_name
from builder.store.processes import spread

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Contents:
    """The books of a project as Typst text, and the slides of its documents by their names."""

    editions: tuple[Edition, ...]
    texts: tuple[BookText, ...]
    plans: dict[str, Plan]


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """A document with all references resolved; ``is_lasting`` where the next build may use what is made of it."""

    name: str
    doctree: nodes.document
    warnings: Recorded
    is_lasting: bool
    taken: Taken


Translated = tuple[str, TypstDocument, bool]
"""The name of a book, a document of it as text, and whether the next build may use that."""


def contents_of(project: ReadProject, folder: Path, planned: Sequence[str] = (), *, may_fork: bool = False) -> Contents:
    """The texts of all books, and the slides of the ``planned`` documents; those that did not change come from the
    caches.

    The texts lie in ``folder``, see `text_folder`. What is raised for a book costs that one, and is reported.
    """
    cache = DocumentCache[Plan](Path(project.resolver.doctreedir) / "plans.pickle", project.elsewhere)
    work = DocumentPass(project, cache, list(opened(project, folder)))
    work.recall(planned)
    if may_fork:
        work.read_beside(planned)
        let_doctrees_go(project.env)
    in_books = (entry.docname for edition in work.editions for entry in edition.order.entries)
    for docname in dict.fromkeys((*in_books, *planned)):
        work.read(docname, is_planned=docname in planned)
    cache.save(set(planned))
    for edition in work.editions:
        text_folder(folder, edition.spec).mkdir(parents=True, exist_ok=True)
        edition.cache.save(edition.order.documents)
    texts = tuple(edition.text(work.texts[edition.spec.name]) for edition in work.editions)
    return Contents(tuple(work.editions), texts, {name: work.plans[name] for name in planned})


def opened(project: ReadProject, folder: Path) -> Iterator[Edition]:
    """The books that can be translated; the others are reported."""
    for spec in project.books:
        with costing_only(project, spec):
            edition = open_edition(project.resolver, spec, text_folder(folder, spec), project.elsewhere)
            count = len(edition.order.entries)
            logger.info("[print] translating %d of %d documents", count - len(edition.known), count)
            yield edition


def text_folder(folder: Path, spec: BookSpec) -> Path:
    """The folder of a book's Typst text."""
    return folder / "typst" / file_name(spec.name, safe=" ")


@contextmanager
def costing_only(project: ReadProject, spec: BookSpec) -> Iterator[None]:
    """Report what is raised in the block: it costs this book, and no other output."""
    try:
        yield
    except AuthorError as error:
        project.resolver.report(error)
    except Exception as error:
        project.resolver.report_bug(f"the printed book '{spec.name}'", error)


@dataclass(slots=True)
class DocumentPass:
    """One pass over the documents: a book that something is raised for is left out of ``editions``, and the pass goes
    on.
    """

    project: ReadProject
    cache: DocumentCache[Plan]
    editions: list[Edition]
    plans: dict[str, Plan] = field(default_factory=dict)
    texts: dict[str, dict[str, TypstDocument]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.texts = {edition.spec.name: dict(edition.known) for edition in self.editions}

    def recall(self, planned: Sequence[str]) -> None:
        """Take the slides of documents that did not change from the cache."""
        for docname in planned:
            plan = self.cache.get(docname)
            if plan is not None and plan.is_current():
                self.plans[docname] = plan
                warn_again(plan.warnings)

    def read(self, docname: str, *, is_planned: bool) -> None:
        """Bring the texts of a document, and its slides where these are wanted, up to date."""
        editions = [edition for edition in self.editions if docname in edition.order.documents]
        missing = self.missing(docname)
        wants_plan = is_planned and docname not in self.plans
        if not missing and not wants_plan:
            self.repeat_warnings(docname, editions)
            return
        try:
            doctree = BuildEnvironment.get_doctree(self.project.env, docname)
            resolved = resolved_document(self.project.resolver, docname, doctree)
        except Exception as error:
            self.report_unresolved(docname, error, missing, wants_plan)
            return
        self.repeat_warnings(docname, [edition for edition in editions if edition not in missing], resolved.warnings)
        for edition in missing:
            with self.costing_only(edition):
                self.take(docname, translated(resolved, edition), resolved.taken)
        if wants_plan:
            plan = planned_slides(self.project, resolved)
            self.take_plan(docname, plan, resolved.taken, is_lasting=resolved.is_lasting)

    def missing(self, docname: str) -> list[Edition]:
        """The books that hold a document and have no text of it yet."""
        holding = (edition for edition in self.editions if docname in edition.order.documents)
        return [edition for edition in holding if docname not in self.texts[edition.spec.name]]

    def lacks_plan(self, docname: str, planned: Sequence[str]) -> bool:
        """True if the slides of a document are wanted and not made yet."""
        return docname in planned and docname not in self.plans

    def take_plan(self, docname: str, plan: Plan, taken: Taken, *, is_lasting: bool) -> None:
        """Note the slides of a document, for the next build as well where that may use them."""
        is_lasting = is_lasting and plan.is_lasting
        key = self.cache.key(docname, taken)
        key = key if is_lasting else key_of(key, plan.slides, plan.warnings, plan.errors)  # made of more
        plan = self.plans[docname] = replace(plan, key=key)
        in_book = any(docname in edition.order.documents for edition in self.editions)
        if in_book and is_lasting:
            self.cache.put(docname, plan, taken)

    def take(self, docname: str, found: Translated, taken: Taken) -> None:
        """Note a document in the text of a book, for the next build as well where that may use it."""
        name, document, is_lasting = found
        self.texts[name][docname] = document
        if is_lasting:
            next(edition for edition in self.editions if edition.spec.name == name).cache.put(docname, document, taken)

    def repeat_warnings(self, docname: str, editions: Sequence[Edition], besides: Recorded = ()) -> None:
        """Repeat the warnings of the texts that come from the cache, but for those that have been logged."""
        for edition in editions:
            if docname in edition.known:
                warn_again(edition.known[docname].warnings, besides)

    def report_unresolved(self, docname: str, error: Exception, missing: Sequence[Edition], wants_plan: bool) -> None:
        """Report a document that cannot be resolved: it costs the books that hold it, and its slides."""
        for edition in missing:
            with self.costing_only(edition):
                raise error
        if wants_plan:
            self.plans[docname] = Plan(())
            self.project.resolver.report_bug(f"the slides of '{docname}'", error, self.project.source_of(docname))

    @contextmanager
    def costing_only(self, edition: Edition) -> Iterator[None]:
        """Report what is raised in the block, and go on without this book."""
        with costing_only(self.project, edition.spec):
            try:
                yield
            except Exception:
                self.editions.remove(edition)
                raise

    # --- in several processes

    def read_beside(self, planned: Sequence[str]) -> None:
        """Make in several processes the texts and slides that are missing; where one ended early, none."""
        names = dict.fromkeys((*(name for edition in self.editions for name in edition.order.documents), *planned))
        needed = [name for name in names if self.missing(name) or self.lacks_plan(name, planned)]
        try:
            found = spread(needed, lambda name: self.made(name, wants_plan=self.lacks_plan(name, planned)))
        except SphinxParallelError:
            return  # they are made here, where what is raised costs one book
        for docname, document in zip(needed, found, strict=False):
            for translation in document.texts:
                self.project.resolver.add_pictures(translation[1].images)
                self.take(docname, translation, document.taken)
            if document.plan is not None:
                self.take_plan(docname, document.plan, document.taken, is_lasting=document.is_lasting)
            self.project.resolver.note_errors(document.has_errors)

    def made(self, docname: str, *, wants_plan: bool) -> MadeDocument:
        """A document as texts of the books that lack it, and as slides, in a process that does nothing else: it may
        change the doctree that was read before it was forked.
        """
        resolved = resolved_document(self.project.resolver, docname, doctree_read(self.project.env, docname))
        texts = tuple(translated(resolved, edition) for edition in self.missing(docname))
        plan = planned_slides(self.project, resolved) if wants_plan else None
        return MadeDocument(texts, plan, resolved.is_lasting, resolved.taken, self.project.resolver.has_errors)


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """What a process made of a document, and whether errors were reported."""

    texts: tuple[Translated, ...]
    plan: Plan | None
    is_lasting: bool
    taken: Taken
    has_errors: bool


def planned_slides(project: ReadProject, resolved: ResolvedDocument) -> Plan:
    """The slides of a resolved document; what they cannot show is reported."""
    plan = plan_document(project, resolved.name, resolved.doctree)
    for error in plan.errors:
        project.resolver.report(error)
    return plan


def resolved_document(resolver: ResolvedBuilder, docname: str, doctree: nodes.document) -> ResolvedDocument:
    """A document with all references resolved."""
    is_lasting, is_unknown = not gathers(doctree), shows_unknown(doctree)
    with recording() as recorder:
        doctree = resolver.resolve(doctree, docname)
    is_lasting = is_lasting and not (recorder.errors or docname in resolver.unsettled)
    is_lasting = is_lasting and not has_replaced(resolver.env, docname, doctree)
    taken = ALL_OF_IT if is_unknown else taken_by(doctree, REFERENCE_MARK)
    return ResolvedDocument(docname, doctree, tuple(recorder.warnings), is_lasting, taken)


def translated(resolved: ResolvedDocument, edition: Edition) -> Translated:
    """A resolved document in the text of a book, with the warnings of both steps."""
    with recording() as recorder:
        document = edition.translate(resolved.name, resolved.doctree)
    document = replace(document, warnings=(*resolved.warnings, *recorder.warnings))
    return edition.spec.name, document, resolved.is_lasting and not recorder.errors
