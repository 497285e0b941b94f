"""Every key of ``shelf.toml``, declared once: what reads it, its schema and its page in the manual come from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from builder.build.request import TARGETS
from builder.source.edition_names import EDITIONS

Kind = Literal["text", "texts", "place", "number", "yes or no"]
"""What a key holds; a place is a path within the source of a book."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, what it holds, its default, one line of help and, where there are few, what it may hold."""

    name: str
    kind: Kind
    default: Any
    help: str
    choices: tuple[str, ...] = ()


OF_ALL = (
    Key("outputs", "texts", TARGETS, "What to build.", TARGETS),
    Key("editions", "texts", (), "Editions, each in a folder of its own; none is the whole book.", EDITIONS),
    Key("template", "text", "", "Template of decks whose lecture names none: a name, or a file beside shelf.toml."),
    Key("requirements", "place", "", "A file of the book that lists the packages it needs, as requirements.txt."),
    Key("packages", "texts", (), "Packages it needs beside those, as furo; with a version, as sphinx-tabs>=3."),
    Key("checks", "yes or no", False, "Have `builder check` look each book over as well."),
    Key("network", "yes or no", False, "Let the book use the network while it is built."),
    Key("minutes", "number", 60.0, "How long a build may take."),
    Key("memory", "number", 4000.0, "How much memory all processes of a build may hold, in MB."),
    Key("disk", "number", 4000.0, "How much a build may write, in MB."),
)
"""What ``[house]`` says for all books and ``[[book]]`` for one."""

OF_BOOKS = (
    Key("name", "text", "", "Its name, and that of its folder; with a glob, `*` stands for the name of each folder."),
    Key("source", "text", "", "A folder, a glob of folders, or with `revision` a git repository."),
    Key("revision", "text", "", "Commit, tag or branch of the repository."),
    Key("folder", "place", "", "Where the book stands in its source, as docs."),
    Key("config", "place", "", "The folder of conf.py in the source, where it is not that of the book."),
    *OF_ALL,
)

OF_RESULTS = (
    Key("folder", "text", "", "Where results go, a folder a book: a path, or an address as s3://press/books."),
    Key("store", "text", "", "Where results are kept by what they were made from; shelves that name one share them."),
    Key("patience", "number", 300.0, "Seconds for which storage may answer errors before a book is given up."),
)

TABLES: dict[str, tuple[Key, ...]] = {"results": OF_RESULTS, "house": OF_ALL, "book": OF_BOOKS}
"""Table of ``shelf.toml`` → its keys."""
REQUIRED = {"results": ("folder",), "house": (), "book": ("source",)}
