"""``lectures.toml`` → the declared decks, with errors that name the file and what to write."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from builder.deck.model import USUAL_STYLE, DeckStyle, Runs
from builder.deck.style import KEYS as STYLE_KEYS
from builder.deck.style import read_style
from builder.errors import NOWHERE, AuthorError, Source, asked, warn
from builder.source.portable_names import refusal
from builder.store.text import text_of, toml_in

KEYS = {"name", "title", "documents", "minutes", "start", "subtitle", *STYLE_KEYS}
TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
NAME = re.compile(r"^[a-z0-9][a-z0-9_-]*$")


@dataclass(frozen=True, slots=True)
class Lecture:
    """A declared deck. Each of ``documents`` is ``docname`` or ``docname#label`` (a section of it).

    ``headline`` is the title where it has styles or formulas.
    """

    name: str
    title: str
    documents: tuple[str, ...]
    minutes: float = 0
    subtitle: str = ""
    style: DeckStyle = USUAL_STYLE
    source: Source = NOWHERE
    headline: Runs = ()
    start: datetime.time | None = None

    @property
    def template(self) -> str:
        """Name or file of its template."""
        return self.style.template


def lecture_of(lectures: Sequence[Lecture], name: str) -> Lecture:
    """The lecture of a name.

    Raises:
        AuthorError: there is none.
    """
    found = next((lecture for lecture in lectures if lecture.name == name), None)
    if found is None:
        known = [lecture.name for lecture in lectures]
        question = asked(name.removesuffix(".pptx"), known)
        raise AuthorError(f"there is no deck '{name}'; the decks are: {', '.join(known)}.{question}")
    return found


def read_lectures(
    path: Path, documents: Iterable[str], style: DeckStyle = USUAL_STYLE
) -> tuple[list[Lecture], list[AuthorError]]:
    """The lectures of ``path``, in order, and an error for each faulty table; ``style`` is the usual one.

    Raises:
        AuthorError: it is not UTF-8 or not TOML, or has no tables ``[[lecture]]``.
    """
    text = text_of(path)
    content = toml_in(text, path)
    unknown = set(content) - {"lecture"}
    if unknown or not isinstance(content.get("lecture", []), list):
        raise AuthorError(
            f"write each deck as a table [[lecture]]; found {', '.join(sorted(unknown)) or '[lecture]'}.",
            Source(str(path), _first_table(text)),
        )
    if not content:
        raise AuthorError("this declares no deck; write a table [[lecture]], or remove the file.", Source(str(path)))
    known = set(documents)
    lectures: list[Lecture] = []
    errors: list[AuthorError] = []
    for index, table in enumerate(content.get("lecture", [])):
        try:
            lecture = _lecture(table, _Place(path, text, index), known, style)
        except AuthorError as error:
            errors.append(AuthorError(f"{error.message} This deck is not made.", error.source))
            continue
        if any(other.name == lecture.name for other in lectures):
            message = f"two lectures are named '{lecture.name}'; names must differ. The second one is not made."
            errors.append(AuthorError(message, lecture.source))
        else:
            lectures.append(lecture)
    return lectures, errors


def _first_table(text: str) -> int:
    """The line of the first table that is no lecture, or the first value before one; 0 for none."""
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if re.match(r"\s*(?!\[\[\s*lecture\s*\]\])[\[\w]", line)), 0)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a lecture stands in its file: the ``index``-th table of it."""

    path: Path
    text: str
    index: int

    @property
    def source(self) -> Source:
        """The line of its table."""
        return Source(str(self.path), self._line_of(r"^\s*\[\[\s*lecture\s*\]\]", self.index))

    def source_of(self, word: str) -> Source:
        """The first line that holds a quoted word, else that of the table."""
        return Source(str(self.path), self._line_of(re.escape(f'"{word}"'), 0) or self.source.line)

    def source_of_key(self, key: str) -> Source:
        """The line on which this lecture gives a key a value, else that of the table."""
        lines = self.text.splitlines()
        given = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        found = (number for number, line in enumerate(lines, 1) if number > self.source.line and given.match(line))
        return Source(str(self.path), next(found, self.source.line))

    def _line_of(self, pattern: str, index: int) -> int:
        found = [number for number, line in enumerate(self.text.splitlines(), start=1) if re.search(pattern, line)]
        return found[index] if index < len(found) else 0


def _lecture(table: dict[str, Any], place: _Place, known: set[str], style: DeckStyle) -> Lecture:
    source = place.source
    if extra := next((key for key in table if key not in KEYS), ""):
        message = (
            f"unknown key '{extra}' in a lecture; known are {', '.join(sorted(KEYS))}.{asked(extra, sorted(KEYS))}"
        )
        raise AuthorError(message, place.source_of_key(extra))
    for key in ("name", "title", "documents"):
        if key not in table:
            raise AuthorError(f"the lecture has no '{key}'; write name, title and documents.", source)
    _check_values(table, place)
    for item in table["documents"]:
        if item.partition("#")[0] not in known:
            message = (
                f"there is no document '{item}'; the book has: {_nearest(item, known)}.{_document_meant(item, known)}"
            )
            raise AuthorError(message, place.source_of(item))
    for key, value in table.items():
        if key in STYLE_KEYS:
            style = read_style({key: value}, style, place.source_of_key(key))
    if style.sections == "auto":  # its author names the chapters, which the pages of one chapter are not
        style = replace(style, sections="chapters")
    return Lecture(
        table["name"], table["title"], tuple(table["documents"]),
        table.get("minutes", 0), str(table.get("subtitle", "")), style, source,
        start=_start(table.get("start"), place.source_of_key("start")),
    )  # fmt: skip


def _check_values(table: dict[str, Any], place: _Place) -> None:
    """Raise an `AuthorError` for a value of a lecture that is not of its kind."""
    name, title, wanted, minutes = table["name"], table["title"], table["documents"], table.get("minutes", 0)
    if not isinstance(name, str) or not NAME.match(name):
        raise AuthorError(
            f"the name {name!r} must be small letters, digits, '-' and '_': it is the name of the file.",
            place.source_of_key("name"),
        )
    if reason := refusal(f"{name}.pptx"):
        raise AuthorError(f"{reason}; give the deck another name.", place.source_of_key("name"))
    if not isinstance(title, str) or not title.strip():
        raise AuthorError("the title must be text.", place.source_of_key("title"))
    if not isinstance(wanted, list) or not wanted or not all(isinstance(item, str) for item in wanted):
        raise AuthorError('documents must be a list of names, as ["01-counting"].', place.source_of_key("documents"))
    if len({*wanted}) < len(wanted):
        twice = next(item for item in wanted if wanted.count(item) > 1)
        warn(f"'{twice}' is named twice, and its slides come twice.", place.source_of_key("documents"), "lecture")
    if not isinstance(table.get("subtitle", ""), str):
        message = f"subtitle must be text, not {table['subtitle']!r}."
        raise AuthorError(message, place.source_of_key("subtitle"))
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes < 0:
        raise AuthorError(f"minutes must be a number, 0 or more, not {minutes!r}.", place.source_of_key("minutes"))


def _start(value: object, source: Source) -> datetime.time | None:
    """The time of day at which a lecture begins, None where it has none.

    Raises:
        AuthorError: it is no time.
    """
    if value is None or isinstance(value, datetime.time):
        return value
    match = TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise AuthorError(f'start must be a time of day, as "10:15", not {value!r}.', source)
    return datetime.time(int(match[1]), int(match[2]))


def _document_meant(item: str, known: set[str]) -> str:
    """Return the question whether a document was meant whose name has no ending, no folder or other letters."""
    plain = item.partition("#")[0].strip("/")
    return asked(str(PurePosixPath(plain).with_suffix("")), known) or asked(PurePosixPath(plain).stem, known)


def _nearest(item: str, known: set[str]) -> str:
    close = difflib.get_close_matches(item, known, n=3, cutoff=0.3)
    return ", ".join(close or sorted(known)[:5])
