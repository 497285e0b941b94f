"""One printed book: its documents as Typst text in a folder of its own, and the compiler that sets them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxParallelError
from sphinx.util import logging
from sphinx.util.logging import suppress_logging

from builder.book.binding.composing import Composition, SettingError
from builder.book.extents import Extents
from builder.book.fascicles import HEAD, Fascicle, Matter, divide, undivided
from builder.book.index import index_letters
from builder.book.isolate import Isolation
from builder.book.margins import Overrun, overruns
from builder.book.problems import Problem, problem_of, problems_of
from builder.book.settings import Settings, usable_settings, write_text_changed
from builder.book.translate import BookContext, Translator, TypstDocument
from builder.errors import AuthorError, Source, report_error, settings_file, warn
from builder.source.books import BookSpec
from builder.source.document_cache import DocumentCache, gathers, recording, warn_again
from builder.source.order import BookOrder, Entry, book_order
from builder.source.pictures import names as pictures
from builder.source.pictures.convert import UnusableError
from builder.source.pictures.usable import usable
from builder.source.resolved import ResolvedBuilder
from builder.store.files import unwanted
from builder.store.processes import spread
from builder.store.stamps import stamp
from builder.typeset import fonts
from builder.typeset.compile import Compiled
from builder.typeset.escape import array, string
from builder.typeset.page_map import PageMap
from builder.typeset.scripts import FontFamily, advice, fallbacks, missing_from

logger = logging.getLogger(__name__)

Planned = Callable[[str, nodes.document, bool], None]
"""Called with the name and the resolved doctree of a document that the decks are made of too, and whether it shows nothing of others."""

SHOWN_CHARACTERS = 12
"""How many characters a warning shows."""


class PrintedBook:
    """A book of ``spec``, for builds one after the other in one process: the compiler keeps what it has laid out."""

    def __init__(self, builder: ResolvedBuilder, spec: BookSpec) -> None:
        self.builder, self.spec = builder, spec
        self.env, self.config = builder.env, builder.config
        self.folder = Path(builder.outdir) / "typst" / quote(spec.name, safe=" ")
        self.documents: dict[str, TypstDocument] = {}
        self.fallbacks: list[FontFamily] = []
        self.compiled: Compiled | None = None
        self.slide_places: Mapping[str, str] = {}
        """Label of a section → the slides that show it, as its margin says."""
        self.written: dict[Path, str] = {}
        """Which version of a file this process wrote last: its text, or the stamp of what it was copied from."""
        self.composition = Composition(self.folder, Path(builder.outdir) / "fascicles" / self.folder.name)

    @cached_property
    def settings(self) -> Settings:
        """The look of the book, from conf.py, read once a build; what cannot be used is reported."""
        settings, errors = usable_settings(self.config, Path(self.builder.confdir), self.spec.preset)
        for error in errors:
            report_error(self.builder.application, error)
        return settings

    def set_pages(self, slide_places: Mapping[str, str]) -> Compiled | None:
        """Set the pages of what `translate` made, without what Typst cannot set; None when that cannot be found, or a standard is a must.

        ``slide_places`` has, by the label of a section, the slides that show it.
        """
        self.slide_places = slide_places
        isolation = Isolation(self)
        standards = self.settings.standards
        fascicles = self.write_typst(self.order)
        while True:
            try:
                self.compiled = self.composition.compose(
                    fascicles, self.settings.paper(), self.face_folders(), standards
                )
            except SettingError as failed:
                if isolation.narrow(failed.problems, fascicles):
                    with suppress_logging():  # what is reported of it has been
                        fascicles = self.write_typst(self.order)
                    continue
                for problem in self.problems_of(tuple(failed.problems.values())):
                    message = f"Typst could not set the book: {problem.message}"
                    report_error(self.builder.application, AuthorError(message, problem.source))
                return None
            self.report(self.compiled)
            return None if self.compiled.hindered and self.config.builder_pdf_strict else self.compiled

    def face_folders(self) -> tuple[str, ...]:
        """Folders of the fonts that the settings name, and of those for characters that they lack."""
        return (*self.font_folders(), *(fonts.static_folder(family.file) for family in self.fallbacks))

    # --- without what Typst cannot set

    @property
    def lines_before(self) -> int:
        """Lines of the file of a document before its own text."""
        return HEAD.count("\n") + 1

    def retranslated(self, docname: str, aside: Collection[int], extents: Extents | None) -> TypstDocument:
        """A document translated again, with some of its elements (`Translator.set_aside`) shown by their words."""
        entry = next(entry for entry in self.order.entries if entry.docname == docname)
        front = entry in self.order.front
        doctree = self.builder.resolved(docname)
        translator = Translator(self.context, docname, entry.depth, front=front, set_aside=aside, extents=extents)
        return translator.translate(doctree)

    def translate_again(self, docname: str, aside: Collection[int]) -> None:
        """Have the book with some elements of a document shown by their words; the next build tries them again."""
        with suppress_logging():
            self.documents[docname] = self.retranslated(docname, aside, None)
        self.kept.drop({docname})

    def can_be_set(self, fascicle: Fascicle, documents: Mapping[str, TypstDocument]) -> bool:
        """True if Typst can set a fascicle with ``documents`` in the place of its own of those names."""
        usual = dict(self.documents)
        self.documents |= documents
        try:
            with suppress_logging():
                fascicles = self.write_typst(self.order)
            tried = next(one for one in fascicles if one.name == fascicle.name)
            return self.composition.can_be_set(tried, self.settings.paper(), self.face_folders())
        finally:
            self.documents = usual

    def without_template(self) -> None:
        """Have the book set with our own template."""
        self.settings = replace(self.settings, author_template=None, template_files=())
        self.written.clear()

    def font_folders(self) -> tuple[str, ...]:
        """Folders of the fonts that the settings name."""
        return tuple(fonts.typst_font_folders(self.settings.font_folder, self.settings.font_packages))

    def find_fallbacks(self) -> list[FontFamily]:
        """Families for the characters that the book's own faces lack; warns of characters that no font here has."""
        used = set().union(*(document.characters for document in self.documents.values()))
        *faces, code_face = self.settings.families()
        missing = missing_from(used, faces, self.font_folders())
        found, left = fallbacks(missing, self.settings.font_folder)
        left = missing_from(left, [code_face], self.font_folders())
        for package, characters in advice(left):
            docname = next(name for name, document in self.documents.items() if document.characters & set(characters))
            codes = ", ".join(f"U+{ord(c):04X}" for c in characters[:5])
            many = len(characters) > SHOWN_CHARACTERS
            warn(
                f"no font here has the characters {characters[:SHOWN_CHARACTERS]}{' …' if many else ''} ({codes}"
                f"{', …' if len(characters) > 5 else ''}); run 'pip install {package}', or put a font that has them into "
                "the folder that builder_fonts names.",
                Source(str(self.env.doc2path(docname))),
                "font",
            )
        return found

    def report(self, compiled: Compiled) -> None:
        """Say what hinders the standards asked for, each with file and line, and what else Typst has to say."""
        if compiled.hindered:
            names = " and ".join(standard.upper() for standard in self.settings.standards)
            strict = self.config.builder_pdf_strict
            for problem in self.problems_of(compiled.hindered):
                message = f"this hinders {names}: {problem.message}."
                if strict:
                    report_error(self.builder.application, AuthorError(message, problem.source))
                else:
                    warn(message, problem.source, "pdf_standard")
            if not strict:
                warn(f"the PDF is tagged, but not marked as {names}; see above.", None, "pdf_standard")
        for problem in dict.fromkeys(problem_of(text, self.source_at) for text in compiled.warnings):
            warn(f"Typst: {problem.message}", problem.source, "typst")

    def problems_of(self, texts: Sequence[str]) -> list[Problem]:
        """The problems that Typst tells of several fascicles, each once."""
        return list(dict.fromkeys(problem for text in texts for problem in problems_of(text, self.source_at)))

    # --- from documents to Typst text

    def translate(self, digest: str, planned: dict[str, Planned], *, may_fork: bool = False) -> None:
        """Bring ``documents`` up to date: what did not change is kept, the rest is translated in printing order.

        ``digest`` is that of everything that documents take from the rest of the project (`kept.book_digest`);
        ``planned`` has the documents that must be resolved even when their Typst text is kept; they are taken out of it when they are planned.
        """
        self.__dict__.pop("settings", None)
        order = self.order = book_order(self.env, self.spec.root)
        images = self.builder.images
        kept = self.kept = DocumentCache[TypstDocument](self.folder / "kept.pickle", self.env, digest)
        context = self.context = BookContext(
            self.env, order.documents, self.builder.formulas, images, self.config.language or "en",
            self.settings.highlighter, self.settings.text_width, self.settings.has_margin, self.settings.drawing_style(), self.settings.text_height,
        )  # fmt: skip
        front = {entry.docname for entry in order.front}
        found = {entry.docname: self.whole(kept.get(entry.docname)) for entry in order.entries}
        for document in found.values():
            images.update(document.images if document is not None else {})
        self.documents = {}
        changed = sum(document is None for document in found.values())
        logger.info("[print] translating %d of %d documents", changed, len(found))
        waiting = [entry for entry in order.entries if found[entry.docname] is None and entry.docname not in planned]
        beside = self.translated_beside(context, waiting, front) if may_fork else {}
        for entry in order.entries:
            document, plan = found[entry.docname], planned.pop(entry.docname, None)
            if document is None:
                made = beside.get(entry.docname)
                document, keeps = made or self.translated(context, entry, entry.docname in front, plan)
                if keeps:
                    kept.put(entry.docname, document)
            elif plan is None:
                warn_again(document.warnings)
            else:
                with recording() as said:
                    doctree = self.builder.resolved(entry.docname)
                warn_again(document.warnings, said.warnings)
                plan(entry.docname, doctree, True)
            self.documents[entry.docname] = document
        self.folder.mkdir(parents=True, exist_ok=True)
        kept.save(order.documents)

    def whole(self, document: TypstDocument | None) -> TypstDocument | None:
        """What is kept of a document, unless a picture that was converted for it is gone."""
        gone = document is not None and not all((Path(self.builder.srcdir) / uri).is_file() for uri in document.images)
        return None if gone else document

    def translated(
        self, context: BookContext, entry: Entry, front: bool, plan: Planned | None
    ) -> tuple[TypstDocument, bool]:
        """One document, translated anew, and whether the next build may take it as it is."""
        doctree = BuildEnvironment.get_doctree(self.env, entry.docname)
        keeps = not gathers(doctree)
        with recording() as said:
            doctree = self.builder.resolve(doctree, entry.docname)
            document = Translator(context, entry.docname, entry.depth, front=front).translate(doctree)
        document.warnings = tuple(said.warnings)
        keeps = keeps and not said.errors and entry.docname not in self.builder.unsettled
        if plan is not None:
            plan(entry.docname, doctree, keeps)
        return document, keeps

    def translated_beside(
        self, context: BookContext, entries: list[Entry], front: set[str]
    ) -> dict[str, tuple[TypstDocument, bool]]:
        """Documents translated in several processes, each with whether the next build may take it as it is.

        None where there is but one process, and where one ended early: then they are translated here.
        """

        def work(part: Sequence[Entry]) -> tuple[dict[str, tuple[TypstDocument, bool]], int]:
            made = {entry.docname: self.translated(context, entry, entry.docname in front, None) for entry in part}
            return made, self.builder.application.statuscode

        found: dict[str, tuple[TypstDocument, bool]] = {}
        try:
            for made, statuscode in spread(entries, work):
                found |= made
                self.builder.application.statuscode = self.builder.application.statuscode or statuscode
        except SphinxParallelError:
            return {}
        for document, _ in found.values():
            context.images.update(document.images)
        return found

    def write_typst(self, order: BookOrder) -> list[Fascicle]:
        """Write the Typst text of the book's documents, as far as it changed; returns its fascicles."""
        folder = self.folder
        self.fallbacks = self.find_fallbacks()
        self.settings.install(folder, [family.name for family in self.fallbacks], self.places_of_slides())
        (folder / "images").mkdir(exist_ok=True)
        documents = self.documents.values()
        for document in documents:
            for uri, name in document.images.items():
                picture = Path(self.builder.srcdir) / uri
                self.put(folder / "images" / name, stamp(picture), partial(write_picture, picture))
            for name, content in document.drawings.items():
                write_changed(folder / "images" / name, content)
        defined: set[str] = set().union(*(document.defined for document in documents))
        for document in documents:
            missing = sorted(label for label in document.used - defined if label.split(":", 1)[0] == document.docname)
            anchors = "".join(f"#a({string(label)});" for label in missing)
            defined.update(missing)
            text = f"{HEAD}\n{anchors}{document.text}"
            self.put(folder / document.file, text, partial(write_text_changed, text=text))
        dangling = sorted(set().union(*(document.used for document in documents)) - defined)
        for path in unwanted(folder.glob("doc-*.typ"), {folder / document.file for document in documents}):
            path.unlink()
        anchors = "".join(f"#a({string(label)});" for label in dangling)
        division = undivided if self.settings.looks_beyond() else divide
        return division(order, self.documents, self.matter(defined), self.config.builder_appendices, anchors)

    def put(self, path: Path, version: str, write: Callable[[Path], object]) -> None:
        """Have ``path`` written, unless this process wrote that version of it."""
        if self.written.get(path) != version or not path.exists():
            write(path)
            self.written[path] = version

    def places_of_slides(self) -> Mapping[str, str]:
        """Label of a section → the slides that show it; a margin must have room for them."""
        if self.slide_places and not self.settings.has_margin:
            warn(
                "builder_slide_references needs an outer margin of 27 mm or more; set it in builder_margins.",
                settings_file(Path(self.builder.confdir)),
                "slide_references",
            )
            return {}
        return self.slide_places

    def matter(self, defined: set[str]) -> Matter:
        """What stands in the book beside its documents, of which ``defined`` are the labels."""
        config, spec = self.config, self.spec
        words = self.settings.words
        logo = f", logo: {string(self.logo())}" if self.logo() else ""
        about = f"title: {string(spec.title)}, author: {string(spec.author)}"
        imprint = [f"© {config.copyright}" if config.copyright else "", *config.builder_imprint]
        front = (
            f"#title-pages({about}, subtitle: {string(spec.subtitle)}, publisher: {string(config.builder_publisher)}, "
            f"imprint: {array([string(text) for text in imprint if text])}{logo})\n"
            f"#contents({string(words['contents'])}, depth: {config.builder_contents_depth})\n"
            f'#float-list({string(words["figures"])}, "figure")\n'
            f'#float-list({string(words["tables"])}, "table")\n'
        )
        letters = index_letters(self.builder, defined) if config.html_use_index else ()
        return Matter(f"{HEAD}#show: book.with({about})\n", front, words["index"], letters)

    def logo(self) -> str:
        """The logo's path from the main file, '' when there is none that can be printed."""
        logo = self.config.html_logo
        if not logo or pictures.is_remote(str(logo)):
            return ""
        try:
            found = Path(usable(Path(self.builder.confdir) / logo, self.builder.kept_pictures).path)
        except UnusableError:
            return ""  # the web theme warns of it
        target = self.folder / "images" / f"logo-{Path(logo).stem}{found.suffix}"
        write_picture(found, target)
        return f"images/{target.name}"

    # --- from Typst text back to the sources

    def source_at(self, file: str, line: int) -> Source | None:
        """The source of a line of a Typst file; None for the template's own files."""
        name = Path(file).name
        for docname, document in self.documents.items():
            if document.file == name:
                found = document.places.source(line - HEAD.count("\n") - 1)
                return found or Source(str(self.env.doc2path(docname)))
        return None

    def overruns(self) -> Iterator[tuple[Overrun, Source | None]]:
        """What runs into the margins of the book that was made last, each with its source where it can be told."""
        assert self.compiled is not None
        found = list(overruns(self.compiled.pdf, self.settings.text_block()))
        lines = self.lines_with(set().union(*(words_of(overrun.words) for overrun in found)))
        for overrun in found:
            yield overrun, self.source_of(overrun, lines, self.compiled.page_map)

    def lines_with(self, sought: set[str]) -> list[Line]:
        """The lines of Typst text that have any of the words."""
        if not sought:
            return []
        every = (
            Line(name, number, words_of(text) & sought)
            for name, document in self.documents.items()
            for number, text in enumerate(document.text.split("\n"), start=1)
        )
        return [line for line in every if line.words]

    def source_of(self, overrun: Overrun, lines: list[Line], page_map: PageMap) -> Source | None:
        """The source of the line that has most of an overrun's words: first among the documents with a target on its page."""
        sought = words_of(overrun.words)
        here = {label.partition(":")[0] for label, folio in page_map.folios.items() if folio == overrun.folio}
        matching = [line for line in lines if line.words & sought]
        nearest = [line for line in matching if line.docname in here] or matching
        if not nearest:
            return None
        best = max(nearest, key=lambda line: (len(line.words & sought), -line.number, line.docname))
        return self.documents[best.docname].places.source(best.number)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document's Typst text, counted from 1, with those of its words that are looked for."""

    docname: str
    number: int
    words: set[str]


def words_of(text: str) -> set[str]:
    """The words of a line, of Typst text or of a page, without what the typesetter puts into them."""
    return set(re.findall(r"\w{2,}", re.sub("[\\\\\u200b\u00ad]", "", text)))


def write_picture(source: Path, target: Path) -> None:
    """Copy a picture, which is one that Typst reads."""
    write_changed(target, source.read_bytes())


def write_changed(path: Path, content: bytes) -> None:
    """Write ``content`` unless the file holds it already, so that a compiler that stays up sees what changed."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
