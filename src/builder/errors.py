"""What an author can mend: one exception type, and one way to report it with file and line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
LINE_ENDS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the author's files: ``path`` as the author would name it, ``line`` from 1 (0: whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        if self.line > NOTEBOOK_CELL and self.path.endswith(NOTEBOOKS):
            return f"{self.path}:cell {self.line // NOTEBOOK_CELL}:{self.line % NOTEBOOK_CELL}"
        return f"{self.path}:{self.line}" if self.line else self.path


NOTEBOOK_CELL = 10_000
"""MyST-NB numbers the lines of cell n from n times this."""
NOTEBOOKS = (".ipynb", ".py", ".R", ".Rmd", ".jl", ".lpy")
"""Endings of notebooks, those that jupytext reads included."""

NOWHERE = Source("")
"""No place known."""

MOST_SHOWN = 300
"""Letters of a source that a message repeats."""


def shortened(text: str) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def first_names(names: Sequence[str], most: int) -> str:
    """The first names of some, for a message, and a sign that there are more."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


ALIKE = 0.75
"""How much alike two words must be that one is taken for a slip of the other (`difflib.SequenceMatcher.ratio`)."""


def meant(word: str, known: Iterable[str]) -> str:
    """Return which of ``known`` words an author meant who wrote ``word``; '' where none is like it."""
    by_letters = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), by_letters, n=1, cutoff=ALIKE)
    return by_letters[close[0]] if close else ""


def asked(word: str, known: Iterable[str]) -> str:
    """Return the question whether one of ``known`` was meant, to follow a message; '' where none is like ``word``."""
    found = meant(word, known)
    return f" Did you mean '{found}'?" if found else ""


class AuthorError(SphinxError):
    """Something the author can mend: says what is wrong and what to write instead.

    ``source`` is where; without one the message must name the file itself.
    """

    category = "Error in the sources"

    def __init__(self, message: str, source: Source | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source

    def __str__(self) -> str:
        return f"{self.source}: {self.message}" if self.source else self.message


class EndingError(AuthorError):
    """An error for which nothing is built: outputs would hold what they must not."""


class BlockError(AuthorError):
    """A fault of ours in one block, which costs that block. ``shows_trace`` is true where ``--debug`` is given: then
    the message has the traceback.
    """

    category = "Fault of the builder"
    shows_trace: ClassVar[bool] = False


def fault_in(what: str, instead: str, error: Exception, source: Source | None) -> AuthorError:
    """The report of an exception that costs ``what`` (``the table``), with what is shown ``instead`` (``its words``);
    an author's error is its own report.
    """
    if isinstance(error, AuthorError):
        return error
    message = f"{what} cannot be shown as it should be; there is {instead} in its place. {described(error)}"
    return BlockError(message, source)


def settings_file(folder: Path) -> Source:
    """The file that holds a project's options: ``conf.py``, or that of a Jupyter Book where there is none."""
    names = ("conf.py", "_config.yml", "myst.yml")
    return Source(str(folder / next((name for name in names if (folder / name).is_file()), names[0])))


def source_of(node: nodes.Node) -> Source:
    """The nearest file and line known for ``node``; climbs to the parents when the node has none."""
    path, line = "", 0
    current: nodes.Node | None = node
    while current is not None:
        path = path or (getattr(current, "source", None) or "")
        line = line or (getattr(current, "line", None) or 0)
        if path and line:
            break
        current = current.parent
    if not path and node.document is not None:
        path = node.document.get("source", "") or ""
    return Source(path.split(":docstring of")[0], line)


def location(source: Source | None) -> str | None:
    """``source`` in the form that Sphinx's logger prints as ``file:line:``; a whole file is its first line.

    Sphinx takes a location without a colon for the name of a document, and adds the suffix of its sources.
    """
    if source is None or not source.path:
        return None
    return str(source) if source.line else f"{source.path}:1"


def report_error(app: Sphinx, error: AuthorError) -> None:
    """Log ``error`` with its place and make the run end with status 1; all that can be made is made and published all
    the same.
    """
    logger.error(error.message, location=location(error.source), type="builder", subtype="error")
    app.statuscode = 1


def report_bug(app: Sphinx, lost: str, error: Exception, source: Source | None = None) -> None:
    """Log that ``lost`` could not be made because of a fault of the builder or an extension, and make the run end with
    status 1.

    A previous one stays.
    """
    message = f"{lost} could not be made: {described(error)}"
    logger.error("%s", message, location=location(source), type="builder", subtype="bug")
    app.statuscode = 1


def described(error: BaseException, whose: str = "a fault of the builder") -> str:
    """An exception that no author can mend, in one line, and with its traceback where ``--debug`` is given."""
    line = f"{in_one_line(error)} ({whose}; --debug shows where)."
    if BlockError.shows_trace:
        return "\n".join((line, *traceback.format_exception(error))).rstrip()
    return line


def in_one_line(error: BaseException) -> str:
    """An exception with the name of its kind."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def warn(message: str, where: nodes.Node | Source | str | None, subtype: str) -> None:
    """Log a warning of type ``builder.<subtype>``, which ``suppress_warnings`` can name, in one line; ``where`` may be
    a `location`.
    """
    source = source_of(where) if isinstance(where, nodes.Node) else where
    place = source if isinstance(source, str) else location(source)
    logger.warning(LINE_ENDS.sub(" ", message), location=place, type="builder", subtype=subtype)
