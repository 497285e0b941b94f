"""``shelf.toml`` → the shelf that it describes, with errors that name file and line and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any

from builder.commands.calls import has_settings
from builder.commands.shelf.keys import REQUIRED, TABLES, Key
from builder.errors import AuthorError, Source, meant
from builder.source.portable_names import refusal
from builder.store.text import text_of, toml_in

NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
GLOB = re.compile(r"[*?\[]")
RESERVED = ("days", "index.html", "headings.js", "failures.json")
"""Names of folders beside those of books."""


@dataclass(frozen=True, slots=True)
class BuildLimits:
    """What a build may take: minutes, megabytes of memory and of disk; and whether it may use the network."""

    minutes: float
    memory: float
    disk: float
    network: bool = False


@dataclass(frozen=True, slots=True)
class ShelfBook:
    """One book of a shelf. ``path`` is its folder, or the address of a repository where there is a ``revision``.

    ``template`` is a name, or the path of a file. ``fault`` says with file and line why its table is not a book's;
    such a one is never built.
    """

    name: str
    path: str
    revision: str
    folder: str
    config: str
    outputs: tuple[str, ...]
    editions: tuple[str, ...]
    template: str
    requirements: str
    packages: tuple[str, ...]
    limits: BuildLimits
    checks: bool
    source: Source
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All books, and where their results go: two addresses of `fsspec`, and how long either may answer errors."""

    books: tuple[ShelfBook, ...]
    results: str
    store: str
    patience: float


def read_shelf(path: Path) -> Shelf:
    """The shelf of a file. A book whose table cannot be read is on it with its fault.

    Raises:
        AuthorError: it is not there, no TOML, or says of all books what cannot be.
    """
    if not path.is_file():
        raise AuthorError("there is no such file; it names books and the folder of results.", Source(str(path)))
    text = text_of(path)
    content = toml_in(text, path)
    found = ShelfFile(path, text)
    for name in content:
        if name not in TABLES:
            raise AuthorError(f"there is no table '{name}'{hint(name, TABLES)}", found.at(rf"\[*\s*{re.escape(name)}"))
    tables = content.get("book", [])
    if not isinstance(tables, list) or not tables:
        raise AuthorError("write each book as a table [[book]].", found.at(r"\[book\]"))
    results = found.values("results", content.get("results", {}))
    house = {key: value for key, value in found.values("house", content.get("house", {})).items() if value is not None}
    books = told_apart(book for index, table in enumerate(tables) for book in found.books_or_fault(index, table, house))
    folder = address(path.parent, results["folder"])
    store = address(path.parent, results["store"]) if results["store"] else f"{folder.rstrip('/')}/.shelf"
    return Shelf(books, folder, store, results["patience"] or default("results", "patience"))


@dataclass(frozen=True, slots=True)
class ShelfFile:
    """The file, to say where in it a key stands."""

    path: Path
    text: str

    def at(self, pattern: str, begin: int = 0) -> Source:
        """The first line from ``begin`` on that a pattern opens, else the file, or the line of the table."""
        lines = self.text.splitlines()
        found = (number for number in range(begin, len(lines)) if re.match(rf"\s*{pattern}", lines[number]))
        return Source(str(self.path), next(found, begin - 1) + 1)

    def table(self, name: str, index: int = 0) -> int:
        """The line of a table, 0 where it has none of its own."""
        pattern = re.compile(rf"^\s*\[+\s*{name}\s*\]+")
        found = [number for number, line in enumerate(self.text.splitlines(), start=1) if pattern.match(line)]
        return found[index] if index < len(found) else 0

    def values(self, name: str, table: Any, index: int = 0) -> dict[str, Any]:
        """Key → value of a table, None where it is not given.

        Raises:
            AuthorError: a key is unknown or missing, or a value not of its kind.
        """
        line = self.table(name, index)
        if not isinstance(table, dict):
            raise AuthorError(f"write it as a table [{name}].", Source(str(self.path), line))
        keys = {key.name: key for key in TABLES[name]}
        for given, value in table.items():
            where = self.at(rf"\"?{re.escape(given)}\"?\s*=", line)
            if given not in keys:
                raise AuthorError(f"unknown key '{given}' in [{name}]{hint(given, keys)}", where)
            check_value(keys[given], value, where)
        for needed in REQUIRED[name]:
            if not table.get(needed):
                raise AuthorError(f"[{name}] has no '{needed}'.", Source(str(self.path), line))
        return {key: table.get(key) for key in keys}

    def books_or_fault(self, index: int, table: Any, house: dict[str, Any]) -> Iterator[ShelfBook]:
        """The books of a table, or one that stands for it with its fault."""
        try:
            yield from list(self.books(index, table, house))
        except AuthorError as error:
            given = table.get("name") or table.get("source") if isinstance(table, dict) else ""
            name = Path(given).name if isinstance(given, str) else ""
            line = self.table("book", index)
            yield at_fault(name if is_name(name) else f"book-of-line-{line}", str(error), Source(str(self.path), line))

    def books(self, index: int, table: Any, house: dict[str, Any]) -> Iterator[ShelfBook]:
        """The book of a table, or the books of its glob.

        Raises:
            AuthorError: there is none, or its name cannot be that of a folder.
        """
        given = self.values("book", table, index)
        values = {
            key.name: given[key.name] if given[key.name] is not None else house.get(key.name, key.default)
            for key in TABLES["book"]
        }
        where = Source(str(self.path), self.table("book", index))
        base = self.path.parent
        if values["revision"]:
            path = values["source"] if is_address(values["source"]) else str((base / values["source"]).resolve())
            yield self._book(values, path, Path(path.rstrip("/")).name.removesuffix(".git"), where)
            return
        if is_address(values["source"]):
            raise AuthorError(f"{values['source']} needs a 'revision': a commit, tag or branch.", where)
        named = values["source"]
        paths = sorted(base / path for path in glob(named, root_dir=base)) if GLOB.search(named) else [base / named]
        folders = [
            folder.resolve() for folder in paths if has_settings(folder / (values["config"] or values["folder"]))
        ]
        if not folders:
            raise AuthorError(f"there is no book in {named}: no folder with a conf.py or _config.yml.", where)
        for folder in folders:
            yield self._book(values, str(folder), folder.name, where)

    def _book(self, values: dict[str, Any], path: str, folder: str, where: Source) -> ShelfBook:
        if GLOB.search(values["source"]) and "*" not in (values["name"] or "*"):
            raise AuthorError(f"a glob has many books; let the name hold a *, as '{values['name']}-*'.", where)
        name = (values["name"] or "*").replace("*", re.sub(r"[^a-z0-9._-]+", "-", folder.lower()).strip("-"))
        if not is_name(name):
            why = refusal(name) or "it must be small letters, digits, '-', '_' and '.', and no name of a file of ours"
            raise AuthorError(f"a book cannot have the name '{name}': {why}.", where)
        template, beside = values["template"], self.path.parent / values["template"]
        return ShelfBook(
            name,
            path,
            values["revision"],
            values["folder"],
            values["config"],
            tuple(values["outputs"]),
            tuple(values["editions"]),
            str(beside.resolve()) if template and beside.is_file() else template,
            values["requirements"],
            tuple(values["packages"]),
            BuildLimits(values["minutes"], values["memory"], values["disk"], values["network"]),
            checks=values["checks"],
            source=where,
        )


def hint(word: str, known: Any) -> str:
    """Return the end of a sentence: what an author meant, or what can be written."""
    close = meant(word, known)
    return f"; did you mean '{close}'?" if close else f"; known are {', '.join(known)}."


def check_value(key: Key, value: Any, where: Source) -> None:
    """Raise an `AuthorError` where a value is not of the kind of its key."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    is_texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    fits = {
        "text": isinstance(value, str),
        "place": isinstance(value, str),
        "texts": is_texts,
        "number": is_number,
        "yes or no": isinstance(value, bool),
    }
    wanted = {
        "text": "text",
        "place": "text",
        "texts": "a list of texts",
        "number": "a number above 0",
        "yes or no": "true or false",
    }
    if not fits[key.kind]:
        raise AuthorError(f"'{key.name}' must be {wanted[key.kind]}, not {value!r}.", where)
    if key.kind == "place" and (Path(value).is_absolute() or ".." in Path(value).parts):
        raise AuthorError(f"'{key.name}' is a path in the source of the book, not '{value}'.", where)
    for item in value if key.choices else ():
        if item not in key.choices:
            raise AuthorError(f"'{key.name}' cannot hold '{item}'{hint(item, key.choices)}", where)
    for item in value if key.name == "packages" else ():
        if item.lstrip().startswith("-"):
            raise AuthorError(f"'packages' names packages, and '{item}' is an option.", where)
    if key.name == "outputs" and not value:
        raise AuthorError(f"'outputs' names nothing; write any of {', '.join(key.choices)}.", where)


def told_apart(books: Iterable[ShelfBook]) -> tuple[ShelfBook, ...]:
    """Books of which no two have one name: the first keeps it, others are faults named by their line."""
    known: dict[str, ShelfBook] = {}
    for book in books:
        name = book.name
        if name in known:
            fault = book.fault or f"{book.source}: two books are named '{name}'; names must differ."
            name = f"{name}-of-line-{book.source.line}"
            while name in known:
                name += "-again"
            book = at_fault(name, fault, book.source)
        known[name] = book
    return tuple(known.values())


def at_fault(name: str, fault: str, where: Source) -> ShelfBook:
    """What stands on the shelf for a table that is no book's."""
    return ShelfBook(
        name, "", "", "", "", (), (), "", "", (), BuildLimits(0, 0, 0), checks=False, source=where, fault=fault
    )


def is_name(name: str) -> bool:
    """True if a book can have this name: it is that of a folder everywhere, and none of ours."""
    return bool(NAME.fullmatch(name)) and name not in RESERVED and not refusal(name)


def is_address(text: str) -> bool:
    """True for what is no path: ``https://…``, ``git@…``."""
    return "://" in text or bool(re.match(r"[\w.-]+@[\w.-]+:", text))


def address(base: Path, text: str) -> str:
    """A path from a folder, whole, or an address as it is."""
    return text if is_address(text) else str((base / text).resolve())


def default(table: str, name: str) -> Any:
    """The default of a key."""
    return next(key.default for key in TABLES[table] if key.name == name)
