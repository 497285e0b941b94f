"""A read project → a book about to be translated, with the text of its unchanged documents from the cache; and its
documents, one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes

from builder.book.extents import FIRST_ATTEMPT, Attempt
from builder.book.index import index_letters
from builder.book.options import usable_settings
from builder.book.settings import Settings
from builder.book.text import BookText, Surroundings
from builder.book.translate import BookContext, Translator, TypstDocument
from builder.errors import settings_file
from builder.source.books import BookSpec
from builder.source.document_cache import DocumentCache
from builder.source.order import BookOrder, book_order
from builder.source.pictures import names as pictures
from builder.source.pictures.convert import UnusableError
from builder.source.pictures.usable import usable
from builder.source.resolved import ResolvedBuilder
from builder.source.taken import Elsewhere
from builder.store.processes import apart


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """A book as it is translated in one build; ``known`` has the documents that did not change since the last one."""

    spec: BookSpec
    settings: Settings
    order: BookOrder
    surroundings: Surroundings
    context: BookContext
    cache: DocumentCache[TypstDocument]
    known: Mapping[str, TypstDocument]

    def translate(self, docname: str, doctree: nodes.document, attempt: Attempt = FIRST_ATTEMPT) -> TypstDocument:
        """A resolved document as Typst text."""
        entry = next(entry for entry in self.order.entries if entry.docname == docname)
        front = entry in self.order.front
        translator = Translator(self.context, docname, entry.depth, front=front, attempt=attempt)
        return translator.translate(doctree)

    def text(self, documents: Mapping[str, TypstDocument]) -> BookText:
        """The book with its documents translated."""
        in_order = {entry.docname: documents[entry.docname] for entry in self.order.entries}
        return BookText(self.spec, self.settings, self.order, in_order, self.surroundings)


def open_edition(resolver: ResolvedBuilder, spec: BookSpec, folder: Path, elsewhere: Elsewhere) -> Edition:
    """A book to be translated, of which the texts of the last build lie in ``folder``; options that cannot be used are
    reported.
    """
    env, config = resolver.env, resolver.config
    settings, errors = usable_settings(config, Path(resolver.confdir), spec.preset)
    for error in errors:
        resolver.report(error)
    order = book_order(env, spec.root)
    within = {name: found for name in order.documents if (found := order.set_within(name))}
    context = BookContext(
        env, order.documents, resolver.formulas, resolver.images, config.language or "en",
        settings.highlighter, settings.text_width, settings.has_margin, settings.drawing_style(), settings.text_height,
        settings.text_size, within=within,
    )  # fmt: skip
    places = {entry.docname: (entry, entry in order.front, within.get(entry.docname)) for entry in order.entries}
    cache = DocumentCache[TypstDocument](folder / "kept.pickle", elsewhere, places)
    known = {entry.docname: cache.get(entry.docname) for entry in order.entries}
    whole = {
        name: document
        for name, document in known.items()
        if document is not None and all((Path(resolver.srcdir) / uri).is_file() for uri in document.images)
    }
    for document in whole.values():
        resolver.add_pictures(document.images)
    return Edition(spec, settings, order, surroundings_of(resolver, order), context, cache, whole)


def surroundings_of(resolver: ResolvedBuilder, order: BookOrder) -> Surroundings:
    """Return what a book has beside its documents."""
    config, logo = resolver.config, logo_of(resolver)
    return Surroundings(
        publisher=config.builder_publisher,
        imprint=(f"© {config.copyright}" if config.copyright else "", *config.builder_imprint),
        contents_depth=config.builder_contents_depth,
        contents_columns=config.builder_contents_columns,
        appendices=tuple(config.builder_appendices),
        letters=index_letters(resolver) if config.html_use_index else (),
        logo=logo,
        logo_name=f"logo-{Path(config.html_logo).stem}{logo.suffix}" if logo is not None else "",
        files={docname: str(resolver.env.doc2path(docname)) for docname in order.documents},
        folder=Path(resolver.srcdir),
        conf=settings_file(Path(resolver.confdir)),
        strict=config.builder_pdf_strict,
    )


def logo_of(resolver: ResolvedBuilder) -> Path | None:
    """The file of the logo; None when there is none that can be printed."""
    logo = resolver.config.html_logo
    if not logo or pictures.is_remote(str(logo)):
        return None
    path, cache = Path(resolver.confdir) / logo, resolver.converted_pictures
    try:
        return Path(apart(lambda: usable(path, cache)).path)  # Typst draws it, and its threads would hinder forks
    except UnusableError:
        return None  # the web theme warns of it
