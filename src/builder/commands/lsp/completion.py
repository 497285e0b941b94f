"""What can be written at a place of a source: a list of words, and where the one that is begun begins."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.commands.lsp import words
from builder.commands.lsp.names import ProjectFiles, columns_of
from builder.commands.lsp.words import CompletionWord

FENCE = re.compile(r"^\s*(?:`{3,}|~{3,}|:{3,})\{(?P<name>[\w-]*)\}(?P<rest>.*)$")
OPENED = re.compile(r"^\s*(?:`{3,}|~{3,}|:{3,})\{(?P<begun>[\w-]*)$")
OPTION = re.compile(r"^\s*:(?P<begun>[\w-]*)$")
VALUE = re.compile(r"^\s*:(?P<option>[\w-]+):\s*(?P<before>.*?)(?P<begun>[^\s,]*)$")
ANY_OPTION = re.compile(r"^\s*:[\w-]+:")
ROLE_TEXT = re.compile(r"\{(?P<role>ref|numref|eq|doc)\}`(?:[^`<]*<)?(?P<begun>[^`<>]*)$")
LINK = re.compile(r"\]\((?:<?)#(?P<begun>[^)\s>]*)$")
BLOCK_CLASS = re.compile(r"^\s*\{(?:[^{}]*\s)?\.(?P<begun>[\w-]*)$")
SPAN_CLASS = re.compile(r"\]\{(?:[^{}]*\s)?\.(?P<begun>[\w-]*)$")
ROLE = re.compile(r"(?:^|[^`\]{\\])\{(?P<begun>[a-z]*)$")
SETTING = re.compile(r"^(?P<begun>[a-z_]*)$")
SETTING_VALUE = re.compile(r"^(?P<option>builder_\w+)\s*=\s*[\"'](?P<begun>[\w-]*)$")
DOCUMENTS = re.compile(r"[\"'](?P<begun>[^\"'\s]*)$")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a file: the lines up to its own, which ends where the cursor stands."""

    path: Path
    lines: tuple[str, ...]

    @property
    def line(self) -> str:
        """The line up to the cursor."""
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class Completions:
    """Words that can stand at a place; ``begun`` is how much of one is written already."""

    begun: str = ""
    words: tuple[CompletionWord, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDirective:
    """The directive in whose options a place stands."""

    name: str
    argument: str


def completions(place: Cursor, project: ProjectFiles) -> Completions:
    """Return what can be written at a place of a chapter, of conf.py or of lectures.toml."""
    if place.path.name == "conf.py":
        return in_settings(place)
    if place.path.suffix == ".toml":
        match = DOCUMENTS.search(place.line)
        return from_words(match["begun"], documents(project)) if match else Completions()
    return in_options(place, project) or in_words(place, project)


def in_settings(place: Cursor) -> Completions:
    """Return options of conf.py, or what one may be."""
    if match := SETTING_VALUE.match(place.line):
        return from_words(match["begun"], words.choices(match["option"]))
    match = SETTING.match(place.line)
    return from_words(match["begun"], words.settings()) if match else Completions()


def in_options(place: Cursor, project: ProjectFiles) -> Completions | None:
    """Return options of the directive that is open, or values of one; None where no directive is."""
    opened = open_directive(place.lines)
    if opened is None:
        return None
    if match := OPTION.match(place.line):
        return from_words(match["begun"], [CompletionWord(name) for name in words.options_of(opened.name)])
    match = VALUE.match(place.line)
    return from_words(match["begun"], values(opened, match["option"], place, project)) if match else None


def open_directive(lines: Sequence[str]) -> OpenDirective | None:
    """Return the directive whose options a line is among: nothing but options stands between it and its fence."""
    for line in reversed(lines[:-1]):
        if match := FENCE.match(line):
            return OpenDirective(match["name"], match["rest"].strip())
        if not ANY_OPTION.match(line):
            return None
    return None


def values(opened: OpenDirective, option: str, place: Cursor, project: ProjectFiles) -> list[CompletionWord]:
    """Return what an option of a directive may be."""
    name = opened.name
    if option in words.COLUMNS.get(name, ()):
        return [CompletionWord(column) for column in columns_of(beside(place.path, opened.argument, project))]
    if endings := words.DRAWN_BESIDE.get((name, option)):
        return data_files(endings, place, project)
    if option == "class":
        return words.marks(words.BLOCK_CLASSES)
    if option == "decks":
        return decks(project)
    return [CompletionWord(value) for value in words.VALUES.get((name, option), ())]


def in_words(place: Cursor, project: ProjectFiles) -> Completions:
    """Return directives, marks, roles, labels and files that can stand at the end of a line."""
    if fence := FENCE.match(place.line):
        endings = words.DATA.get(fence["name"], ())
        return from_words(fence["rest"].strip(), data_files(endings, place, project) if endings else [])
    sources: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[CompletionWord]]], ...] = (
        (OPENED, lambda _: words.directives()),
        (ROLE_TEXT, lambda found: documents(project) if found["role"] == "doc" else labels(project)),
        (LINK, lambda _: labels(project)),
        (SPAN_CLASS, lambda _: words.marks(words.SPAN_CLASSES)),
        (BLOCK_CLASS, lambda _: words.marks(words.BLOCK_CLASSES)),
        (ROLE, lambda _: words.marks(words.ROLES)),
    )
    for pattern, found_words in sources:
        if match := pattern.search(place.line):
            return from_words(match["begun"], found_words(match))
    return Completions()


def from_words(begun: str, found: Sequence[CompletionWord]) -> Completions:
    """Return those of some words that go on as one is begun."""
    start = begun.casefold()
    return Completions(begun, tuple(word for word in found if word.text.casefold().startswith(start)))


def labels(project: ProjectFiles) -> list[CompletionWord]:
    """Return the labels of a project, each with its document."""
    return [CompletionWord(label, document) for label, document in project.labels().items()]


def documents(project: ProjectFiles) -> list[CompletionWord]:
    """Return the names of all documents."""
    return [CompletionWord(name) for name in project.documents()]


def decks(project: ProjectFiles) -> list[CompletionWord]:
    """Return the decks of a project with their titles."""
    return [CompletionWord(name, title) for name, title in project.decks().items()]


def data_files(endings: Sequence[str], place: Cursor, project: ProjectFiles) -> list[CompletionWord]:
    """Return files with some endings as a document names them: from its own folder."""
    home = place.path.parent
    return [CompletionWord(Path(os.path.relpath(path, home)).as_posix()) for path in project.files(*endings)]


def beside(document: Path, name: str, project: ProjectFiles) -> Path:
    """Return the file that a document names: from its own folder, or with a slash from that of the sources."""
    return project.source / name.lstrip("/") if name.startswith("/") else document.parent / name
