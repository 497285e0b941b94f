"""The Sphinx builder ``typstpdf``: the whole book as one PDF, and the page map that the decks use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import typst
from docutils import nodes
from sphinx.builders import Builder
from sphinx.locale import __
from sphinx.util import logging
from sphinx.util.osutil import make_filename_from_project

from builder import formulas as formula_store
from builder.book import handlers, pictures  # noqa: F401 - handlers registers itself
from builder.book.assemble import BookOrder, Entry, book_order
from builder.book.compile import Compiled, compile_book, place_of
from builder.book.escape import array, string
from builder.book.index import index_groups, typst_index
from builder.book.settings import Settings, read_settings, write_text_changed
from builder.book.translate import REFERENCE_MARK, BookContext, Translator, TypstDocument
from builder.errors import AuthorError, Source, report_error, source_of, warn
from builder.files import write_whole
from builder.macros import configured, defined_in
from builder.rows import cells_of

logger = logging.getLogger(__name__)


class ResolvedBuilder(Builder):
    """What our two builders share: addresses of the form ``%docname#id`` and pictures that can be embedded."""

    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"]
    supported_remote_images = True  # nothing is fetched while building; `check_images` names them
    versioning_method = "none"

    def get_outdated_docs(self) -> str | Iterable[str]:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"{REFERENCE_MARK}{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    @cached_property
    def formulas(self) -> formula_store.Formulas:
        """All formulas of the book, converted; those of the last build are kept."""
        path = Path(self.doctreedir) / "formulas.pickle"
        known = formula_store.load(path)
        known.macros = configured(self.config)
        found = sorted({latex for texts in getattr(self.env, "builder_formulas", {}).values() for latex in texts})
        defined_in(found, known.macros)
        if known.add([*found, *cells_of(found, known.macros)]):
            formula_store.save(known, path)
        return known

    def resolved(self, docname: str) -> nodes.document:
        """The doctree of one document with all references resolved."""
        doctree = self.env.get_doctree(docname)
        self.env.apply_post_transforms(doctree, docname)
        return doctree

    def path_problem(self, uri: str) -> str:
        """Why a picture's path is refused, or '': it must stay in the project (the folder round sources and conf.py)."""
        path = (Path(self.srcdir) / uri).resolve()
        homes = {
            Path(self.srcdir).resolve().parent,
            Path(self.confdir).resolve(),
            Path(self.doctreedir).resolve().parent,
        }
        inside = any(path.is_relative_to(home) for home in homes if home != Path(home.anchor))
        return "" if inside else "lies outside the project; copy it into the book's folder."

    def check_images(self, doctree: nodes.document, docname: str) -> None:
        """Note the pictures of ``doctree``.

        One that a source names and that cannot be read is an error with its place; one on the web, or that only raw HTML
        names, is a warning.
        """
        self.post_process_images(doctree)
        for image in list(doctree.findall(nodes.image)):
            uri = image["uri"]
            if pictures.is_remote(uri):
                warn(
                    f"the picture '{uri}' is on the web and not in the book; save it in the book's folder and name it here. "
                    "Its alternative text is printed.",
                    image,
                    "remote_image",
                )
                continue
            if uri not in self.images and not self.note_picture(image, docname):
                continue
            problem = self.path_problem(image["uri"]) or pictures.problem(Path(self.srcdir) / image["uri"])
            if problem:
                self.images.pop(image["uri"], None)
                report_error(self._app, AuthorError(f"the picture '{uri}' {problem}", source_of(image)))

    def note_picture(self, image: nodes.image, docname: str) -> bool:
        """Give a name to a picture that Sphinx does not know: one that raw HTML or an extension put in; false if not there."""
        static = [Path(self.confdir) / name for name in self.config.html_static_path]
        found = pictures.source_file(image["uri"], docname, Path(self.srcdir), static)
        if not found and image.get("from_html"):
            warn(f"the picture '{image['uri']}' is not there; its alternative text is printed.", image, "image")
            return False
        if not found:
            return True  # the check that follows says what is wrong with it
        image["uri"] = found
        name = Path(found).name
        taken = set(self.images.values())
        self.images.setdefault(found, name if name not in taken else f"{len(taken)}-{name}")
        return True


class TypstBuilder(ResolvedBuilder):
    """Writes ``NAME.pdf``, and its Typst text beside it in ``typst/``."""

    name = "typstpdf"
    format = "typst"
    epilog = __("The printed book is in %(outdir)s.")

    def init(self) -> None:
        self.compiled: Compiled | None = None
        self.typst_folder = Path(self.outdir) / "typst"
        self.drawings: dict[str, bytes] = {}
        self.on_resolved: Callable[[str, nodes.document], None] | None = None

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare: the book is written as a whole."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the PDF, unless the sources have errors: then the last good one stays."""
        compiled = self.write_book()
        if compiled is not None and self._app.statuscode == 0:
            write_whole(self.pdf_path, compiled.pdf)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not used: documents are written in printing order by `write_book`."""

    def finish(self) -> None:
        """Everything is written by `write_book`."""

    def write_book(self) -> Compiled | None:
        """Translate all documents in order and compile them.

        Returns the compiled book, None when the text has errors that leave no book.
        """
        order = book_order(self.env, self.config.root_doc)
        logger.info("[print] translating %d documents", len(order.entries))
        documents = list(self.translate(order))
        main = self.write_typst(order, documents)
        logger.info("[print] setting the pages")
        try:
            self.compiled = compile_book(main)
        except typst.TypstError as error:
            report_error(self._app, self.author_error(str(error)))
            return None
        if self.compiled.not_accessible:
            warn(
                f"the PDF is tagged but cannot be marked as PDF/UA-1: {self.compiled.not_accessible.splitlines()[0]}",
                self.author_error(self.compiled.not_accessible).source,
                "pdf_ua",
            )
        for message in self.compiled.warnings:
            warn(f"Typst: {message.splitlines()[0]}", self.author_error(message).source, "typst")
        return self.compiled

    @cached_property
    def settings(self) -> Settings:
        """The look of the printed book, from conf.py; reading it may raise an `AuthorError`."""
        return read_settings(self.config, Path(self.confdir))

    @property
    def pdf_path(self) -> Path:
        """Where the PDF goes."""
        return Path(self.outdir) / f"{pdf_name(self.config)}.pdf"

    def translate(self, order: BookOrder) -> Iterator[TypstDocument]:
        """Typst text of each document, in printing order."""
        context = BookContext(
            self.env, order.documents, self.formulas, self.images, self.config.language or "en",
            self.settings.highlighter, self.settings.text_width, self.settings.has_margin, self.drawings,
        )  # fmt: skip
        front = {entry.docname for entry in order.front}
        for entry in order.entries:
            doctree = self.resolved(entry.docname)
            self.check_images(doctree, entry.docname)
            if self.on_resolved is not None:
                self.on_resolved(entry.docname, doctree)
            yield Translator(context, entry.docname, entry.depth, front=entry.docname in front).translate(doctree)

    def write_typst(self, order: BookOrder, documents: list[TypstDocument]) -> Path:
        """Write the Typst text of the book; returns its main file."""
        folder = self.typst_folder
        folder.mkdir(parents=True, exist_ok=True)
        self.settings.install(folder)
        (folder / "images").mkdir(exist_ok=True)
        for uri, name in self.images.items():
            path = Path(self.srcdir) / uri
            suffix, content = pictures.printable(path)
            printed = name if suffix == path.suffix.lower() else f"{name}{suffix}"
            write_changed(folder / "images" / printed, content)
        for name, content in self.drawings.items():
            write_changed(folder / "images" / name, content)
        defined = set().union(*(document.defined for document in documents)) if documents else set()
        for document in documents:
            missing = sorted(label for label in document.used - defined if label.split(":", 1)[0] == document.docname)
            text = "".join(f"#a({string(label)});" for label in missing) + document.text
            defined.update(missing)
            write_text_changed(self.document_file(document.docname), f'#import "template.typ": *\n\n{text}')
        dangling = sorted(set().union(*(document.used for document in documents)) - defined) if documents else []
        main = folder / "main.typ"
        write_text_changed(main, self.main_text(order, defined, dangling))
        return main

    def document_file(self, docname: str) -> Path:
        """The Typst file of one document."""
        return self.typst_folder / f"doc-{quote(docname, safe='')}.typ"

    def main_text(self, order: BookOrder, defined: set[str], dangling: list[str]) -> str:
        """The main file: settings, title pages, contents, the documents, the index."""
        config = self.config
        title = config.project if config.project != "Project name not set" else "Untitled"
        words = self.settings.words
        arguments = f"title: {string(title)}, author: {string(config.author)}"
        imprint = [f"© {config.copyright}" if config.copyright else "", *config.builder_imprint]
        parts = [
            '#import "template.typ": *\n',
            f"#show: book.with({arguments})\n",
            f"#title-pages(title: {string(title)}, subtitle: {string(config.builder_subtitle)}, author: {string(config.author)}, "
            f"publisher: {string(config.builder_publisher)}, imprint: {array([string(text) for text in imprint if text])})\n",
            f"#contents({string(words['contents'])}, depth: {config.builder_contents_depth})\n",
            f'#float-list({string(words["figures"])}, "figure")\n',
            f'#float-list({string(words["tables"])}, "table")\n',
        ]
        parts += [self.include(entry) for entry in order.front]
        parts.append("#show: main-matter\n")
        parts += [f"#a({string(label)});" for label in dangling]
        parts += [self.include(entry) for entry in order.main]
        if config.html_use_index:
            parts.append(typst_index(index_groups(self, defined), words["index"]))
        return "".join(parts)

    def include(self, entry: Entry) -> str:
        part = f"#part-page({string(entry.part)})\n" if entry.part else ""
        return f"{part}#include {string(self.document_file(entry.docname).name)}\n"

    def author_error(self, message: str) -> AuthorError:
        """A Typst message as an error at the document that it came from."""
        file, _line = place_of(message)
        docname = next((name for name in self.env.found_docs if self.document_file(name).name == Path(file).name), "")
        source = Source(str(self.env.doc2path(docname))) if docname else None
        return AuthorError(f"Typst could not set the book: {message.strip()}", source)


def write_changed(path: Path, content: bytes) -> None:
    """Write ``content`` unless the file holds it already, so that a compiler that stays up sees what changed."""
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def pdf_name(config: Any) -> str:
    """Name of the PDF without its ending."""
    return config.builder_pdf_name or make_filename_from_project(config.project)


def collect_formulas(app: Any, doctree: nodes.document) -> None:
    """At reading: note the formulas of a document, so that all are converted in one batch."""
    env = app.env
    if not hasattr(env, "builder_formulas"):
        env.builder_formulas = {}
    found = {node.astext() for node in doctree.findall(lambda n: isinstance(n, nodes.math | nodes.math_block))}
    env.builder_formulas[env.docname] = sorted(found)


def forget_formulas(app: Any, env: Any, docname: str) -> None:
    """When a document is read again or removed, its formulas go."""
    getattr(env, "builder_formulas", {}).pop(docname, None)


def merge_formulas(app: Any, env: Any, docnames: list[str], other: Any) -> None:
    """After parallel reading: take over what another process noted."""
    if not hasattr(env, "builder_formulas"):
        env.builder_formulas = {}
    for docname in docnames:
        env.builder_formulas[docname] = getattr(other, "builder_formulas", {}).get(docname, [])
