"""The decks of a project: those that ``lectures.toml`` declares, or one for each chapter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sphinx.environment import BuildEnvironment

from builder.deck.inline import title_runs
from builder.deck.lectures import Lecture, read_lectures
from builder.deck.model import USUAL_STYLE, DeckStyle, Runs
from builder.deck.style import read_style
from builder.deck.suggestions.cues import cues_of
from builder.errors import AuthorError
from builder.source.chapters import Chapter, chapters_of, has_hardly_words, is_marked
from builder.source.config import place_of_option
from builder.source.formulas import formulas_of, readable
from builder.source.titles import title_of_document


def declared_lectures(app: Any) -> tuple[list[Lecture], list[AuthorError]]:
    """The lectures of ``lectures.toml``, or one for each chapter without such a file; and the errors in it."""
    path = Path(app.confdir) / app.config.builder_lectures
    errors: list[AuthorError] = []
    usual = replace(USUAL_STYLE, solutions=app.config.builder_solutions)
    try:
        style = read_style(app.config.builder_deck, usual, place_of_option(Path(app.confdir), "builder_deck"))
    except AuthorError as error:
        style = usual
        errors.append(AuthorError(f"{error.message} The decks have the usual style.", error.source))
    if not path.is_file():
        return lectures_of_chapters(app, style), errors
    try:
        lectures, wrong = read_lectures(path, app.env.found_docs, style)
    except AuthorError as error:
        lectures, wrong = [], [AuthorError(f"{error.message} No deck is made.", error.source)]
    return lectures, [*errors, *wrong]


def chapters_with_decks(app: Any) -> tuple[list[Chapter], list[str]]:
    """The chapters of a project that have decks, and the documents that have none: what is no chapter, and one page
    whose title is that of what no lecture shows or that has hardly any words, unless it is marked or there is no other.
    """
    chapters, left = chapters_of(app.env, app.config.root_doc)
    cues = cues_of(app.config.language or "en")

    def has_deck(chapter: Chapter) -> bool:
        if chapter.below or is_marked(app.env, chapter.docname):
            return True
        title = title_of_document(app.env, chapter.docname)
        return not (cues.is_skipped(title) or has_hardly_words(app.env, chapter.docname))

    shown = [chapter for chapter in chapters if has_deck(chapter)]
    return (shown, [*left, *(one.docname for one in chapters if one not in shown)]) if shown else (chapters, left)


def lectures_of_chapters(app: Any, style: DeckStyle) -> list[Lecture]:
    """A lecture for each chapter that has a deck."""
    lectures: list[Lecture] = []
    for chapter in chapters_with_decks(app)[0]:
        name = chapter.docname.replace("/", "-")
        title = title_of_document(app.env, chapter.docname)
        headline = headline_of(app.env, chapter.docname) if title else ()
        taken = {lecture.name for lecture in lectures}
        own = f"{name}-{len(lectures) + 1}" if name in taken else name
        documents = (chapter.docname, *chapter.below)
        lectures.append(Lecture(own, title or name, documents, style=style, headline=headline))
    return lectures


def headline_of(env: BuildEnvironment, docname: str) -> Runs:
    """The title of a document as it is set."""
    return title_runs(readable(env.titles[docname], formulas_of(env)).children, docname)


def deck_links(app: Any) -> dict[str, list[tuple[str, str]]]:
    """Document → (name, title) of each deck that holds it."""
    links: dict[str, list[tuple[str, str]]] = {}
    for lecture in declared_lectures(app)[0]:
        for item in lecture.documents:
            links.setdefault(item.partition("#")[0], []).append((lecture.name, lecture.title))
    return links
