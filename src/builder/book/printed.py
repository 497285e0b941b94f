"""A book's text → its pages, without the blocks that Typst cannot set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from sphinx.util.logging import suppress_logging

from builder.book.binding.composing import SettingError
from builder.book.folder import BookFolder
from builder.book.isolate import Isolation, Translate
from builder.book.problems import Problem, gathered, problem_of, problems_of
from builder.book.text import BookText
from builder.errors import AuthorError, warn
from builder.typeset.compile import Compiled


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A book as it was set, in memory.

    ``text`` is what its pages show; ``compiled`` is None where Typst could not set it. ``aside`` are the documents of
    which blocks are shown by their words alone, ``errors`` what the author can mend.
    """

    text: BookText
    compiled: Compiled | None
    aside: frozenset[str] = frozenset()
    errors: tuple[AuthorError, ...] = ()

    @property
    def name(self) -> str:
        """The name of its PDF, without the ending."""
        return self.text.spec.name

    @property
    def is_withheld(self) -> bool:
        """True if the book is not as its standards ask, and must be."""
        return self.compiled is not None and bool(self.compiled.hindered) and self.text.surroundings.strict


def compose_book(
    text: BookText,
    slide_places: Mapping[str, str],
    folder: BookFolder,
    translate: Translate,
    *,
    wants_pdf: bool = True,
) -> PrintedBook:
    """The pages of a book; a block that Typst cannot set is shown by its words, for which its document is translated
    again.

    ``slide_places`` has, by the label of a section, the slides that show it. Pages alone tell nothing of a PDF.
    """
    standards = text.settings.standards if wants_pdf else None
    places = places_with_room(text, slide_places)
    isolation = Isolation(text, places, folder, translate)
    quiet: AbstractContextManager[object] = nullcontext()
    while True:
        text = isolation.text
        with quiet:
            fascicles, fonts = folder.write(text, places)
        try:
            compiled = folder.composition.compose(fascicles, text.settings.paper(), fonts, standards)
        except SettingError as failed:
            if isolation.narrow(failed.problems, fascicles):
                quiet = suppress_logging()  # what is warned of has been
                continue
            errors = [
                AuthorError(f"Typst could not set the book: {problem.message}", problem.source)
                for problem in problems_in(text, tuple(failed.problems.values()))
            ]
            return PrintedBook(text, None, frozenset(isolation.aside), (*isolation.errors, *errors))
        errors = [*isolation.errors, *report(text, compiled)]
        return PrintedBook(text, compiled, frozenset(isolation.aside), tuple(errors))


def places_with_room(text: BookText, slide_places: Mapping[str, str]) -> Mapping[str, str]:
    """``slide_places``, or none, with a warning, where the margin has no room for them."""
    if not slide_places or text.settings.has_margin:
        return slide_places
    warn(
        "builder_slide_references needs an outer margin of 27 mm or more; set it in builder_margins.",
        text.surroundings.conf,
        "slide_references",
    )
    return {}


def report(text: BookText, compiled: Compiled) -> Iterator[AuthorError]:
    """Warn of what Typst reports, and of what hinders the standards asked for; where these are a must, that is
    errors.
    """
    if compiled.hindered:
        names = " and ".join(standard.upper() for standard in text.settings.standards)
        for problem in gathered(problems_in(text, compiled.hindered)):
            message = f"this hinders {names}: {problem.message}."
            if text.surroundings.strict:
                yield AuthorError(message, problem.source)
            else:
                warn(message, problem.source, "pdf_standard")
        if not text.surroundings.strict:
            warn(f"the PDF is tagged, but not marked as {names}; see above.", None, "pdf_standard")
    for problem in dict.fromkeys(problem_of(found, text.source_at) for found in compiled.warnings):
        warn(f"Typst: {problem.message}", problem.source, "typst")


def problems_in(text: BookText, reports: Sequence[str]) -> list[Problem]:
    """The problems in Typst's reports on several fascicles, each once."""
    return list(dict.fromkeys(problem for found in reports for problem in problems_of(found, text.source_at)))
