"""What lies in a folder of somebody's: which tool it is for, and its book as far as its settings say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

PART = re.compile(r"^# \((?:PART|APPENDIX)\\?\*?\)\s*(?P<title>.*?)\s*(?:\{[^}]*\})?\s*$", re.MULTILINE)
"""A heading that opens a part in bookdown; books that came to Quarto from there have them, too."""


@dataclass(frozen=True, slots=True)
class BookPart:
    """Chapters that belong together, by their paths in the folder; ``caption`` '' for those of no part."""

    caption: str
    chapters: tuple[str, ...]
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class ExistingBook:
    """A book that another tool makes.

    ``tool`` is its name; ``first`` the file that it begins with, '' where there is none; ``language`` '' is not known;
    ``below`` the folder in the project that all paths start at; ``made_in`` the folder that the tool makes it in, ''
    for the usual one.
    """

    tool: str
    title: str
    parts: tuple[BookPart, ...]
    first: str = ""
    author: str = ""
    subtitle: str = ""
    language: str = ""
    bibliography: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()
    below: str = ""
    made_in: str = ""
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Document → those that are sections of it."""
    unused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """File of settings → those in it that have no use here."""

    def files(self) -> Iterator[str]:
        """All of its documents, each once."""
        chapters = [name for part in self.parts for name in part.chapters]
        sections = [name for names in self.sections.values() for name in names]
        yield from dict.fromkeys(name for name in (self.first, *chapters, *sections, *self.appendices) if name)


def parts_without(parts: Iterable[BookPart], name: str) -> tuple[BookPart, ...]:
    """Return parts without a document, and without those that hold no other."""
    left = (replace(part, chapters=tuple(one for one in part.chapters if one != name)) for part in parts)
    return tuple(part for part in left if part.chapters)


OWN_NUMBER = re.compile(
    r"^#{1,3}[ \t]+(?:(?P<own>\d+(?:\.\d+)+[.)]?[ \t]|\d+[.)、][ \t]*|(?:chapter|kapitel|chapitre|cap[ií]tulo|глава|第)"
    r"[ \t]*\d+)|)[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""A heading, with the number that it begins with."""


def with_numbers_once(book: ExistingBook, documents: Iterable[str]) -> ExistingBook:
    """Return a book whose chapters get no numbers where half of the headings of its ``documents`` have their own."""
    found = [bool(heading["own"]) for text in documents for heading in OWN_NUMBER.finditer(text)]
    if 2 * sum(found) < len(found) or not found:
        return book
    return replace(book, parts=tuple(replace(part, is_numbered=False) for part in book.parts))


FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<settings>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
Reader = Callable[[Path], ExistingBook]


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the YAML at the head of a document, and the text behind it; no settings where it is none."""
    head = FRONT_MATTER.match(text)
    try:
        found = yaml.safe_load(head["settings"]) if head else None
    except yaml.YAMLError:
        found = None
    return (found, text[head.end() :]) if head and isinstance(found, dict) else ({}, text)


def unused(settings: Mapping[str, Any], used: tuple[str, ...]) -> tuple[str, ...]:
    """Return the settings, as ``format.html``, that are none of those that are ``used``, in whole or in part."""
    found: list[str] = []
    for key, value in settings.items():
        if key in used:
            continue
        if isinstance(value, Mapping) and any(name.startswith(f"{key}.") for name in used):
            found += [f"{key}.{below}" for below in value if f"{key}.{below}" not in used]
        else:
            found.append(str(key))
    return tuple(found)


def texts(value: object) -> tuple[str, ...]:
    """Return one text or several as several."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(map(str, value))
    return (str(value),) if value else ()


def documents_in(folder: Path, suffixes: tuple[str, ...]) -> list[str]:
    """Return the documents in a folder and below it, by name as one counts; hidden folders, outputs and parts of others
    (``_x.qmd``) are none.
    """
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.suffix.lower() in suffixes)
    return [
        path.as_posix()
        for path in sorted(found, key=lambda path: [as_counted(part) for part in path.parts])
        if not any(part.startswith((".", "_")) or part in NO_PARTS for part in path.parts)
    ]


def as_counted(name: str) -> list[tuple[bool, int, str]]:
    """Return the key of a name for sorting: ``chapter2`` comes before ``chapter10``, numbers before letters."""
    parts = filter(None, re.split(r"(\d+)", name))
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part.casefold()) for part in parts]


def caption_of(folder: str) -> str:
    """Return the title of the part that a folder is, made of its name."""
    name = re.sub(r"^\d+[-_. ]+(?=\D)", "", folder.rpartition("/")[2])
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


SUFFIXES = (".md", ".markdown", ".ipynb")
"""Endings of documents in Markdown, and of notebooks."""
NO_PARTS = {"node_modules", "site-packages", "renv", "venv", "site", "public"}
"""Folders that hold outputs, or files of others."""
OTHERS = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE.md", "CODE_OF_CONDUCT.md", "NEWS.md"}
"""Files about a project, which are no chapters of it."""
