"""A Quarto project: ``_quarto.yml`` and its ``.qmd`` files (https://quarto.org/docs/books/book-structure.html)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from builder.commands.new.existing import (
    OTHERS,
    PART,
    BookPart,
    ExistingBook,
    documents_in,
    front_matter,
    texts,
    unused,
)
from builder.source.yaml_settings import names, settings_of
from builder.store.text import text_of

SETTINGS = ("_quarto.yml", "_quarto.yaml")
SUFFIXES = (".qmd", ".md", ".ipynb", ".rmd")


def read_quarto(folder: Path) -> ExistingBook:
    """Return the book, or the website or folder of documents, that Quarto makes in ``folder``.

    Raises:
        AuthorError: its settings cannot be read.
    """
    path = next(folder / name for name in SETTINGS if (folder / name).is_file())
    settings = settings_of(path)
    book: dict[str, Any] = settings.get("book") or settings.get("website") or settings
    listed = book.get("chapters")
    project = settings.get("project")
    asked = texts(project.get("render")) if isinstance(project, Mapping) else ()
    pages = tuple(name for name in pages_in(folder) if is_rendered(name, asked))
    found = tuple(parts_of(listed) if listed else navigation(book, folder, pages)) or (BookPart("", pages),)
    parts = tuple(part for one in found for part in opened_in(folder, one))
    names_of_first = ("index.qmd", "index.md", "index.Rmd", "index.rmd", "index.ipynb")
    first = next((name for name in names_of_first if (folder / name).is_file()), "")
    return ExistingBook(
        "Quarto",
        VALUE.sub(lambda found: value_of(found["kind"], found["key"], path, {}), names(book.get("title")))
        or folder.resolve().name,
        without(parts, first),
        first,
        names(book.get("author") or settings.get("author")),
        names(book.get("subtitle")),
        str(settings.get("lang") or ""),
        texts(settings.get("bibliography") or book.get("bibliography")),
        tuple(files_of(book.get("appendices") or [])),
        made_in=output_of(settings),
        unused={path.name: unused(settings, USED)},
    )


def output_of(settings: Mapping[str, Any]) -> str:
    """Return the folder that a project is rendered into; '' where its settings name none."""
    project = settings.get("project")
    return str(project.get("output-dir") or "") if isinstance(project, Mapping) else ""


def navigation(site: Mapping[str, Any], folder: Path, pages: Sequence[str]) -> Iterator[BookPart]:
    """The parts of a website, as its sidebars order them, or its bar above the pages; pages that neither names are
    behind them.
    """
    sidebars = site.get("sidebar") or []
    sidebars = [sidebars] if isinstance(sidebars, Mapping) else sidebars
    bar = site.get("navbar") if isinstance(site.get("navbar"), Mapping) else {}
    listed = [item for one in sidebars if isinstance(one, Mapping) for item in items_of(one.get("contents"))]
    listed = listed or [*items_of((bar or {}).get("left")), *items_of((bar or {}).get("right"))]
    seen: set[str] = set()
    for part in grouped(listed):
        chapters = [name for name in part.chapters if (folder / name).is_file() and name not in seen]
        seen.update(chapters)
        if chapters:
            yield BookPart(part.caption, tuple(chapters))
    rest = [name for name in pages if name not in seen]
    if rest and seen:
        yield BookPart("", tuple(rest))


def pages_in(folder: Path) -> list[str]:
    """Return the documents in a folder that are none about the project."""
    return [name for name in documents_in(folder, SUFFIXES[:2]) if Path(name).name not in OTHERS]


def is_rendered(name: str, patterns: Sequence[str]) -> bool:
    """Return whether a document is one of those that a project renders: one that a pattern names, if any names some,
    and none behind an exclamation mark does.
    """
    within = [pattern for pattern in patterns if not pattern.startswith("!")]
    without = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    return (not within or is_named(name, within)) and not is_named(name, without)


def is_named(name: str, patterns: Iterable[str]) -> bool:
    """Return whether one of the patterns names a file, or a folder that it lies in."""
    return any(fnmatchcase(name, one) or name.startswith(f"{one.rstrip('/')}/") for one in patterns)


def items_of(listed: object) -> list[Any]:
    """Return the items of a list of navigation; none where it is a word, as ``auto``."""
    return list(listed) if isinstance(listed, list) else []


def grouped(listed: list[Any]) -> Iterator[BookPart]:
    """The parts of a list of navigation: those with a name, and what stands between them."""
    loose: list[str] = []
    for item in listed:
        below = items_of(item.get("contents") or item.get("menu")) if isinstance(item, Mapping) else []
        if not below:
            loose += files_of([item])
            continue
        if loose:
            yield BookPart("", tuple(loose))
            loose = []
        section = str(item.get("section") or item.get("text") or "")
        opens = [section] if section.lower().endswith(SUFFIXES) else files_of([item])
        inner = [name for part in grouped(below) for name in part.chapters]
        yield BookPart("" if section in opens else section, (*opens, *inner))
    if loose:
        yield BookPart("", tuple(loose))


USED = (
    "lang", "bibliography", "author", "title", "subtitle", "project.type", "project.output-dir", "project.render",
    *(f"{kind}.{name}" for kind in ("book", "website")
      for name in ("title", "subtitle", "author", "chapters", "appendices", "bibliography")),
    "website.sidebar", "website.navbar",
)  # fmt: skip
"""The settings that a book of ours takes over."""
VARIABLES = "_variables.yml"
VALUE = re.compile(r"\{\{<\s*(?P<kind>var|meta)\s+(?P<key>[^\s>]+)\s*>\}\}")


def root_of(path: Path) -> Path | None:
    """Return the folder of the project that a document is in; None where it is in none."""
    return next((folder for folder in path.parents if any((folder / name).is_file() for name in SETTINGS)), None)


def value_of(kind: str, key: str, path: Path, head: Mapping[str, Any]) -> str:
    """Return what ``{{< var key >}}`` or ``{{< meta key >}}`` shows in a document with the front matter ``head``; ''
    for what nothing says.
    """
    root = root_of(path)
    if root is None:
        return ""
    if kind == "var":
        file = root / VARIABLES
        found: Any = settings_of(file) if file.is_file() else {}
    else:
        settings = settings_of(next(root / name for name in SETTINGS if (root / name).is_file()))
        found = settings | (settings.get("book") or settings.get("website") or {}) | {**head}
    for name in key.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return "" if found is None else names(found)


def parts_of(listed: list[Any]) -> Iterator[BookPart]:
    """The parts of a book: chapters between them belong to none."""
    loose: list[str] = []
    for item in listed:
        if not (isinstance(item, dict) and "part" in item):
            loose += files_of([item])
            continue
        if loose:
            yield BookPart("", tuple(loose))
            loose = []
        part = str(item["part"])
        opens = [part] if part.lower().endswith(SUFFIXES) else []
        yield BookPart("" if opens else part, (*opens, *files_of(item.get("chapters") or [])))
    if loose:
        yield BookPart("", tuple(loose))


def opened_in(folder: Path, part: BookPart) -> Iterator[BookPart]:
    """The parts that chapters of a part open with a heading, as in bookdown; those before stay in this one. A chapter
    that holds nothing else is none.
    """
    caption, names_of_chapters = part.caption, list[str]()
    for name in part.chapters:
        text = text_of(folder / name) if (folder / name).is_file() and not name.endswith(".ipynb") else ""
        opened = PART.search(text)
        if opened is not None:
            yield BookPart(caption, tuple(names_of_chapters), part.is_numbered)
            caption, names_of_chapters = opened["title"], []
        if opened is None or PART.sub("", front_matter(text)[1]).strip():
            names_of_chapters.append(name)
    yield BookPart(caption, tuple(names_of_chapters), part.is_numbered)


def files_of(listed: list[Any]) -> list[str]:
    """Return the files of a list of chapters, which are paths or tables with ``file`` or ``href``."""
    given = (item.get("file") or item.get("href") if isinstance(item, dict) else item for item in listed)
    return [str(name) for name in given if name and str(name).lower().endswith(SUFFIXES)]


def without(parts: tuple[BookPart, ...], first: str) -> tuple[BookPart, ...]:
    """Return the parts without the file that the book begins with, and without those that are empty then."""
    kept = (BookPart(part.caption, tuple(name for name in part.chapters if name != first)) for part in parts)
    return tuple(part for part in kept if part.chapters)
