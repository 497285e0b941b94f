"""A read environment → the project as print and slides see it in one build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from builder.deck.declared import chapters_with_decks, declared_lectures
from builder.deck.lectures import Lecture
from builder.errors import AuthorError, Source, asked, settings_file, warn
from builder.source.books import BookSpec, declared_books
from builder.source.config import place_of_option, words_of_project
from builder.source.near import nearly
from builder.source.option_table import default_of
from builder.source.resolved import ResolvedBuilder
from builder.source.taken import Elsewhere
from builder.typeset.math.formulas import Formulas
from builder.typeset.wording import Words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadProject:
    """What a project declares, and who resolves its documents.

    Where ``books_are_known`` is false, a declaration could not be read, so books that are not among ``books`` may still
    be wanted; the same holds of ``lectures``.
    """

    resolver: ResolvedBuilder
    elsewhere: Elsewhere
    books: tuple[BookSpec, ...]
    lectures: tuple[Lecture, ...] = ()
    books_are_known: bool = True
    lectures_are_known: bool = True

    @property
    def env(self) -> BuildEnvironment:
        """Sphinx's environment."""
        return self.resolver.env

    @property
    def config(self) -> Any:
        """The options of conf.py."""
        return self.resolver.config

    @property
    def confdir(self) -> Path:
        """The folder of conf.py."""
        return Path(self.resolver.confdir)

    @property
    def formulas(self) -> Formulas:
        """All formulas, converted."""
        return self.resolver.formulas

    @property
    def words(self) -> Words:
        """The fixed words in the project's language."""
        return words_of_project(self.config)

    @property
    def fonts_folder(self) -> Path | None:
        """The author's own folder of fonts."""
        return self.confdir / self.config.builder_fonts if self.config.builder_fonts else None

    @property
    def names_slides(self) -> bool:
        """True if the margins of the printed book name the slides that show a section."""
        return bool(self.config.builder_slide_references)

    @property
    def has_declared_lectures(self) -> bool:
        """True if there is a ``lectures.toml``; else each chapter is a deck."""
        return Path(self.confdir, self.config.builder_lectures).is_file()

    def number_shown(self, lecture: Lecture) -> tuple[str, ...]:
        """The number of a lecture as its slides show it; none where decks are no lectures."""
        return (str(self.number_of(lecture)),) if self.has_declared_lectures else ()

    def number_of(self, lecture: Lecture) -> int:
        """The number of a lecture among those that are declared."""
        return self.lectures.index(lecture) + 1

    def source_of(self, docname: str) -> Source:
        """The file of a document."""
        return Source(str(self.env.doc2path(docname)))


def read_project(resolver: ResolvedBuilder, *, with_lectures: bool) -> ReadProject:
    """The project that ``resolver`` has read; what is wrong with its declarations is reported."""
    resolver.begin()
    lectures, errors = declared_lectures(resolver.application) if with_lectures else ([], [])
    for error in errors:
        resolver.report(error)
    try:
        books = declared_books(resolver.application)
    except AuthorError as error:
        resolver.report(AuthorError(f"{error.message} No book is printed.", error.source))
        books = []
    elsewhere = Elsewhere(resolver.application, resolver.env)
    project = ReadProject(resolver, elsewhere, tuple(books), tuple(lectures), bool(books), not errors)
    warn_of_missing_files(project)
    if with_lectures and not project.has_declared_lectures:
        warn_of_lectures_elsewhere(project)
        name_those_without_decks(project)
    return project


def warn_of_missing_files(project: ReadProject) -> None:
    """Warn of documents and files that options name and that are not there, unless an edition leaves them out."""
    config, found = project.config, project.env.found_docs
    for name in () if config.builder_edition else config.builder_appendices:
        if name not in found:
            question = asked(str(name).removesuffix(".md"), found)
            message = f"builder_appendices names the document '{name}', which is not there.{question}"
            warn(message, place_of_option(project.confdir, "builder_appendices"), "option")
    lectures = config.builder_lectures
    if lectures != default_of("builder_lectures") and not project.has_declared_lectures:
        message = f"builder_lectures names '{lectures}', which is not there; each chapter is a deck."
        warn(message, place_of_option(project.confdir, "builder_lectures"), "option")


def warn_of_lectures_elsewhere(project: ReadProject) -> None:
    """Warn of a file that will have been meant to declare the decks, and has another name or place."""
    expected = Path(project.confdir, project.config.builder_lectures)
    roots = {project.confdir, Path(project.env.srcdir)}
    beside = {path for root in roots for path in root.iterdir() if nearly(path.name, (expected.parent.name,))}
    found = [path for folder in (*roots, *beside) for path in (*folder.glob("*.toml"), *folder.glob("*.toml.txt"))]
    found += [path for folder in beside for path in (*folder.glob("*.yml"), *folder.glob("*.yaml"))]
    for path in sorted(found):
        if nearly(path.name.partition(".")[0], (expected.stem,)):
            message = f"no deck is read from this file; move it to {project.config.builder_lectures} beside conf.py."
            warn(message, Source(str(path)), "lectures")


def name_those_without_decks(project: ReadProject) -> None:
    """Say which documents have no deck, since they are no chapters, and how they would have one."""
    left = chapters_with_decks(project.resolver.application)[1]
    if left:
        logger.info(
            "[slides] no deck of %s: not a chapter; what is marked for slides has one, and what %s names",
            ", ".join(left),
            project.config.builder_lectures,
        )


def lecture_source(project: ReadProject, lecture: Lecture) -> Source:
    """Return where a lecture is declared, or the file of settings."""
    return lecture.source if lecture.source.path else settings_file(project.confdir)
