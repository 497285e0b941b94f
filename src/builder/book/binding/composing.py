"""Setting the fascicles of a book: each alone and beside the others, only those that changed, until the context of each
holds.

A chapter must know the folio that it opens with, so it waits until the one before it has been laid out; then it is set
with the right one, for which most of its layout is still in Typst's memory. What was set is cached on disk, under a key
of all that it was set from.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import typst
from sphinx.util import logging

from builder.book.binding import binding
from builder.book.binding.batches import batches
from builder.book.binding.laid_out import SetFascicle, Standards, laid_out, mapped
from builder.book.binding.sheets import take_apart
from builder.book.changed_files import write_text_changed
from builder.book.fascicles import FRONT, Fascicle, FascicleContext, Paper
from builder.errors import warn
from builder.store.keys import key_of
from builder.store.names import file_name
from builder.store.processes import apart, processors
from builder.store.records import read_pickle, write_pickle
from builder.store.stamps import package_stamp, stamp
from builder.typeset.compile import Compiled, diagnostic, export, font_book, make_compiler
from builder.typeset.fonts import font_stamps

logger = logging.getLogger(__name__)

ROUNDS = 5
"""How often a book is set until the folios that its fascicles show of one another hold."""


class SettingError(Exception):
    """Fascicles that could not be set; ``problems`` is the name of each, and what Typst says of it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(*problems.values())
        self.problems = problems


class Composition:
    """The fascicles of one book, for builds one after the other: what was set stays until what it was set from changes.

    ``folder`` holds the Typst text; ``cache`` what was set, for the next process. Where the process ``stays``, so do
    layouts; else those of some chapters, see `batches`, go with a process of their own.
    """

    def __init__(self, folder: Path, cache: Path, *, stays: bool = True) -> None:
        self.folder, self.cache, self.stays = folder, cache, stays
        self.done: dict[str, SetFascicle] = {}
        self._compilers: dict[str, tuple[typst.Fonts, typst.Compiler]] = {}

    def compose(
        self, fascicles: Sequence[Fascicle], paper: Paper, fonts: tuple[str, ...], standards: Standards
    ) -> Compiled:
        """The book as one PDF; without ``standards`` its pages, and no PDF.

        Raises:
            SettingError: fascicles have errors.
        """
        self.load(fascicles)
        faces = font_book(fonts)
        common = self.common_key(fonts)
        contents = {fascicle.name: self.content_key(fascicle, common) for fascicle in fascicles}
        changed = sum(self.is_changed(name, content) for name, content in contents.items())
        if changed:
            logger.info("[print] setting %d of %d parts of %s", changed, len(fascicles), unquote(self.folder.name))
        for _ in range(ROUNDS):
            if not Round(self, paper, faces, standards, contents).set(fascicles):
                break
        else:
            warn("the pages that references name changed each time they were set; some may be wrong.", None, "typst")
        return self.bound(fascicles, paper) if standards is not None else self.paged(fascicles, paper)

    def is_changed(self, name: str, content: str) -> bool:
        """True if a fascicle was not set from this content."""
        return name not in self.done or self.done[name].content != content

    def bound(self, fascicles: Sequence[Fascicle], paper: Paper) -> Compiled:
        """The fascicles bound; each is cached with the numbers that its objects got."""
        exported = [self.done[fascicle.name].sheets for fascicle in fascicles]
        based = binding.based(sheets for sheets in exported if sheets is not None)
        for fascicle, sheets in zip(fascicles, based, strict=True):
            found = self.done[fascicle.name]
            if sheets is not found.sheets or not self.cached_file(fascicle.name).exists():
                self.store(fascicle.name, replace(found, sheets=sheets))
        every = [self.done[fascicle.name] for fascicle in fascicles]
        parts = [
            counted.bound(sheets, one.laid_out.targets)
            for counted, sheets, one in zip(counted_in(fascicles, every, paper), based, every, strict=True)
        ]
        for name in binding.without_target(parts):
            warn(f"a link leads to '{name}', which is not in the book.", None, "typst")
        pdf = binding.bind(parts)
        hindered = tuple(one.hindered for one in every if one.hindered)
        return Compiled(
            pdf, mapped(fascicles, every, parts), hindered, tuple(text for one in every for text in one.warnings)
        )

    def paged(self, fascicles: Sequence[Fascicle], paper: Paper) -> Compiled:
        """The pages of the book; what was laid out is cached."""
        every = [self.done[fascicle.name] for fascicle in fascicles]
        for one, fascicle in zip(every, fascicles, strict=True):
            if not self.cached_file(fascicle.name).exists():
                self.store(fascicle.name, one)
        return Compiled(b"", mapped(fascicles, every, counted_in(fascicles, every, paper)), (), ())

    def can_be_set(self, fascicle: Fascicle, paper: Paper, fonts: tuple[str, ...]) -> bool:
        """True if Typst can set a fascicle as it is now, whatever its context."""
        context = paper.context(1, {}) if fascicle.is_main else FascicleContext()
        write_text_changed(self.file(fascicle), fascicle.text(context))
        compiler = self.compiler(fascicle, font_book(fonts))
        try:
            export(lambda: compiler, ())
        except typst.TypstError:
            return False
        return True

    def compiler(self, fascicle: Fascicle, faces: typst.Fonts) -> typst.Compiler:
        """The compiler of a fascicle; a new one when the fonts changed."""
        found = self._compilers.get(fascicle.name)
        if found is None or found[0] is not faces:
            found = self._compilers[fascicle.name] = faces, make_compiler(self.file(fascicle), faces)
        return found[1]

    @property
    def images(self) -> Path:
        """Return the folder of the book's pictures."""
        return self.folder / "images"

    def file(self, fascicle: Fascicle) -> Path:
        """The main file of a fascicle."""
        return self.folder / f"set-{file_name(fascicle.name)}.typ"

    # --- the cache

    def load(self, fascicles: Sequence[Fascicle]) -> None:
        """Read what the last process cached, and forget what is no longer in the book."""
        wanted = {fascicle.name for fascicle in fascicles}
        for name in self.done.keys() - wanted:
            del self.done[name]
        for path in set(self.cache.glob("*.pickle")) - {self.cached_file(name) for name in wanted}:
            path.unlink()
        for path in set(self.folder.glob("set-*.typ")) - {self.file(fascicle) for fascicle in fascicles}:
            path.unlink()
        for name in wanted - self.done.keys():
            found = read_pickle(self.cached_file(name), package_stamp())
            if found is not None:
                self.done[name] = found

    def store(self, name: str, found: SetFascicle) -> None:
        """Keep what was set, for the next build and the next process."""
        self.done[name] = found
        write_pickle(self.cached_file(name), found, package_stamp())

    def cached_file(self, name: str) -> Path:
        """The file of a fascicle in the cache."""
        return self.cache / f"{file_name(name)}.pickle"

    def common_key(self, fonts: tuple[str, ...]) -> str:
        """The key of what every fascicle is set from: this package, the template, the settings, the fonts."""
        files = []
        for path in sorted(self.folder.rglob("*")):
            of_one = path.name.startswith(("doc-", "set-")) or path.parent == self.images
            if not of_one and path.suffix != ".pickle" and path.is_file():
                files.append((str(path.relative_to(self.folder)), stamp(path)))
        time = os.environ.get("SOURCE_DATE_EPOCH", "")
        return key_of(package_stamp(), fonts, font_stamps(fonts), time, files)

    def content_key(self, fascicle: Fascicle, common: str) -> str:
        """The key of all that a fascicle is set from, but for its context."""
        pictures = {path.name for path in self.images.glob("logo-*")} if not fascicle.is_main else set()
        for document in fascicle.documents:
            pictures |= {*document.images.values(), *document.drawings}
        texts = [document.text for document in fascicle.documents]
        stamps = [(name, stamp(self.images / name)) for name in sorted(pictures)]
        return key_of(common, fascicle.text(FascicleContext()), texts, stamps)


@dataclass(slots=True)
class Round:
    """One round: the chapters of which content or context changed, beside each other; then the index and the front,
    which show the folios of all.

    ``contents`` are the digests of all fascicles; ``count`` is how many were set.
    """

    composition: Composition
    paper: Paper
    faces: typst.Fonts
    standards: Standards
    contents: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    count: int = 0

    @property
    def done(self) -> dict[str, SetFascicle]:
        """Return what is set."""
        return self.composition.done

    def is_changed(self, fascicle: Fascicle) -> bool:
        """True if a fascicle was not set from what it holds now."""
        return self.composition.is_changed(fascicle.name, self.contents[fascicle.name])

    def set(self, fascicles: Sequence[Fascicle]) -> bool:
        """Set every fascicle of which content or context changed; returns whether any was."""
        chapters = [fascicle for fascicle in fascicles if fascicle.is_main and fascicle.documents]
        others = [fascicle for fascicle in reversed(fascicles) if fascicle not in chapters]
        folios = self.folios()
        changed = sum(map(self.is_changed, chapters))
        wanted = [chapter for chapter in chapters if self.is_to_be_set(chapter, folios)]
        if self.composition.stays or len(batches(wanted, self.composition.images)) == 1:
            self.set_others(others, self.set_chapters(chapters, folios, 0, alone=changed == 1))
        else:
            last = 0
            for batch in batches(chapters, self.composition.images):
                last = self.apart(partial(self.set_chapters, batch, folios, last))
            for other in others:
                self.apart(partial(self.set_others, [other], last))
        if self.problems:
            raise SettingError(self.problems)
        return self.count > 0

    def is_to_be_set(self, chapter: Fascicle, folios: dict[str, str]) -> bool:
        """True if a chapter was not set from what it holds now, shows other folios, or has no PDF yet."""
        if self.is_changed(chapter) or self.done[chapter.name].context.folios != shown_folios(chapter, folios):
            return True
        return self.standards is not None and self.done[chapter.name].standards is None

    def apart(self, work: Callable[[], int]) -> int:
        """Return what ``work`` gives, done in a process of its own; what was set there counts here."""

        def told() -> tuple[int, dict[str, SetFascicle], dict[str, str], int]:
            before = dict(self.done)
            given = work()
            found = {name: one for name, one in self.done.items() if before.get(name) is not one}
            return given, found, self.problems, self.count

        given, found, self.problems, self.count = apart(told)
        self.done.update(found)
        return given

    def set_chapters(
        self, chapters: Sequence[Fascicle], folios: dict[str, str], last: int, *, alone: bool = False
    ) -> int:
        """Set the chapters of which content or context changed, beside each other and behind page ``last``; returns the
        folio that they end with.
        """
        ended: Future[int] = Future()
        ended.set_result(last)
        with ThreadPoolExecutor(processors()) as pool:
            tasks = []
            for chapter in chapters:
                following: Future[int] = Future()
                tasks.append(pool.submit(self.set_chapter, chapter, folios, ended, following, alone=alone))
                ended = following
            for task in tasks:
                task.result()
        return ended.result()

    def set_others(self, fascicles: Sequence[Fascicle], last: int) -> int:
        """Set the index and the front, in this order: the contents show the folio of the index, which follows page
        ``last``. Returns how many were set so far.
        """
        for fascicle in fascicles if not self.problems else ():
            shown = shown_folios(fascicle, self.folios())
            first = self.paper.after(last)
            context = self.paper.context(first, shown) if fascicle.is_main else FascicleContext(folios=shown)
            are_met = fascicle.is_main or self.standards is None or not self.hindered()
            self.set_one(fascicle, context, self.standards if are_met else ())
        return self.count

    def folios(self) -> dict[str, str]:
        """The folio of every label, as far as it is known."""
        return {label: folio for one in self.done.values() for label, folio in one.folios.items()}

    def hindered(self) -> bool:
        """True if a chapter keeps the book from the standards asked for, so that it is not to be marked as satisfying
        them.
        """
        return any(one.hindered for name, one in self.done.items() if name in self.contents and name != FRONT)

    def set_chapter(
        self, chapter: Fascicle, folios: dict[str, str], ended: Future[int], following: Future[int], *, alone: bool
    ) -> None:
        """Set a chapter behind the one that ``ended``; ``following`` gets the folio that it ends with as soon as that
        is known.
        """
        shown = shown_folios(chapter, folios)
        pages = None
        try:
            known = self.done.get(chapter.name)
            if known is not None and not self.is_changed(chapter):
                pages = known.pages
            elif not alone:
                pages = self.measured(chapter, known.context if known is not None else self.paper.context(1, shown))
            first = self.paper.after(ended.result())
            if pages is not None:
                following.set_result(first + pages - 1)
            if not self.problems:
                self.set_one(chapter, self.paper.context(first, shown), self.standards)
                pages = self.done[chapter.name].pages if chapter.name in self.done else 1
        except typst.TypstError as error:
            self.problems[chapter.name] = diagnostic(error)
        finally:
            if not following.done():
                following.set_result(self.paper.after(ended.result()) + (pages or 1) - 1)

    def measured(self, fascicle: Fascicle, context: FascicleContext) -> int | None:
        """Return how many pages a fascicle has; None when it cannot be set, and `set_one` finds why."""
        write_text_changed(self.composition.file(fascicle), fascicle.text(context))
        try:
            return laid_out(self.composition.compiler(fascicle, self.faces), context.skipped).pages
        except RuntimeError:
            return None

    def set_one(self, fascicle: Fascicle, context: FascicleContext, standards: Standards) -> None:
        """Set a fascicle, unless it is set from the same things already."""
        content = self.contents[fascicle.name]
        known = self.done.get(fascicle.name)
        is_known = known is not None and (known.content, known.context) == (content, context)
        if known is not None and is_known and standards in (None, known.standards):
            return
        self.count += 1
        write_text_changed(self.composition.file(fascicle), fascicle.text(context))
        compiler = self.composition.compiler(fascicle, self.faces)
        try:
            self.done[fascicle.name] = set_fascicle(compiler, content, context, standards)
        except typst.TypstError as error:
            self.problems[fascicle.name] = diagnostic(error)
            return
        self.composition.cached_file(fascicle.name).unlink(missing_ok=True)


def set_fascicle(compiler: typst.Compiler, content: str, context: FascicleContext, standards: Standards) -> SetFascicle:
    """A fascicle as its compiler sets it in a context.

    Raises:
        typst.TypstError: it has errors.
    """
    if standards is None:
        with suppress(RuntimeError):  # the export says what is wrong
            return SetFascicle(content, context, None, laid_out(compiler, context.skipped), None, "", ())
    pdf, hindered, warnings = export(lambda: compiler, standards or ())
    found = laid_out(compiler, context.skipped)
    return SetFascicle(
        content, context, standards, found, take_apart(pdf, context.skipped, found.pages),
        diagnostic(hindered) if hindered is not None else "", warnings,
    )  # fmt: skip


def counted_in(fascicles: Sequence[Fascicle], every_set: Sequence[SetFascicle], paper: Paper) -> list[binding.Counted]:
    """The fascicles of a book, as they were set and as their pages are counted."""
    found = []
    last = before = 0
    for fascicle, one in zip(fascicles, every_set, strict=True):
        blank = one.context.first > last + 1 or (paper.two_sided and last == 0 and before % 2 == 1)
        main_page = 0 if fascicle.is_main else one.laid_out.main_page
        found.append(binding.Counted(one.pages, blank, main_page, one.context.first or 1))
        last = one.context.first + one.pages - 1 if fascicle.is_main else 0
        before = one.pages
    return found


def shown_folios(fascicle: Fascicle, folios: Mapping[str, str]) -> dict[str, str]:
    """Folios of the labels in other fascicles that one shows; a question mark where none is known yet."""
    own = set().union(*(document.defined for document in fascicle.documents)) if fascicle.named else set()
    return {label: folios.get(label, "?") for label in fascicle.listed | (fascicle.named - own)}
