"""A project of MkDocs: ``mkdocs.yml`` (https://www.mkdocs.org/user-guide/configuration/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from builder.commands.new.existing import (
    SUFFIXES,
    BookPart,
    ExistingBook,
    caption_of,
    documents_in,
    parts_without,
    unused,
)
from builder.commands.new.mdbook import SUMMARY, outline
from builder.errors import AuthorError, Source
from builder.source.yaml_settings import AnyTag, names, settings_of
from builder.store.text import text_of

SETTINGS = ("mkdocs.yml", "mkdocs.yaml")
FIRST = ("index", "readme")
USED = (
    "site_name", "site_author", "docs_dir", "nav", "theme", "markdown_extensions", "plugins", "site_url", "site_dir",
    "site_description", "repo_url", "repo_name", "edit_uri", "copyright", "extra", "extra_css", "watch", "strict",
    "dev_addr", "use_directory_urls", "validation", "exclude_docs", "not_in_nav", "draft_docs", "remote_branch",
)  # fmt: skip
"""Settings that say something of a book, or only of a web site."""
PLUGINS = ("search", "mkdocs-jupyter", "literate-nav", "minify", "offline", "privacy", "social", "tags", "glightbox",
           "git-revision-date-localized", "git-revision-date", "git-committers", "git-authors", "optimize", "meta",
           "section-index", "redirects", "rss", "typeset")  # fmt: skip
"""Extensions of MkDocs that a book needs not, or that are met."""


def read_mkdocs(folder: Path) -> ExistingBook:
    """Return the book that MkDocs makes in ``folder``: a section of its navigation is a part, sections in it are parts
    of their own.

    Raises:
        AuthorError: its settings cannot be read, or it has no documents.
    """
    file = next(name for name in SETTINGS if (folder / name).is_file())
    settings = settings_of(folder / file, AnyTag)
    below = str(settings.get("docs_dir") or "docs")
    if not (folder / below).is_dir():
        message = f"there is no folder '{below}', in which its documents are; name theirs in docs_dir."
        raise AuthorError(message, Source(str(folder / file)))
    parts = tuple(parts_of(settings, folder / below))
    pages = [name for part in parts for name in part.chapters]
    first = pages[0] if pages and PurePosixPath(pages[0]).stem.lower() in FIRST else ""
    theme = settings.get("theme")
    language = (theme.get("language") or theme.get("locale")) if isinstance(theme, Mapping) else ""
    others = tuple(f"plugins.{name}" for name in named(settings, "plugins") if name.lower() not in PLUGINS)
    return ExistingBook(
        "MkDocs",
        names(settings.get("site_name")) or folder.resolve().name,
        parts_without(parts, first),
        first,
        names(settings.get("site_author")),
        language=str(language or "").replace("-", "_"),
        below=below,
        unused={file: (*unused(settings, USED), *others)},
    )


def parts_of(settings: Mapping[str, Any], sources: Path) -> Iterator[BookPart]:
    """The parts of a book: as its navigation has them, else a summary, else the folders."""
    nav, summary = settings.get("nav"), sources / SUMMARY
    if isinstance(nav, list):
        try:
            found = list(in_navigation(nav, ""))
        except RecursionError:
            message = "the navigation has no end: a section stands in itself."
            raise AuthorError(message, Source(str(sources.parent / SETTINGS[0]))) from None
    elif summary.is_file():
        found = list(outline(text_of(summary))[0])
    else:
        found = in_folders(documents_in(sources, SUFFIXES))
    seen: set[str] = set()
    for part in found:
        once = tuple(name for name in dict.fromkeys(part.chapters) if name not in seen)
        seen |= set(once)
        yield BookPart(part.caption, once)


def in_navigation(entries: list[Any], caption: str) -> Iterator[BookPart]:
    """The parts in a section of the navigation; its own pages are one, or several where others stand between them."""
    pages: list[str] = []
    for title, leads_to in titled(entries):
        if isinstance(leads_to, list):
            if pages:
                yield BookPart(caption, tuple(pages))
                pages = []
            yield from in_navigation(leads_to, title)
        elif is_page(leads_to):
            pages.append(leads_to.removeprefix("./"))
    if pages:
        yield BookPart(caption, tuple(pages))


def titled(entries: list[Any]) -> Iterator[tuple[str, Any]]:
    """The entries of a section of the navigation: the title of each, '' for none, and to what it leads."""
    for entry in entries:
        if isinstance(entry, Mapping):
            yield from ((str(title), leads_to) for title, leads_to in entry.items())
        else:
            yield "", entry


def is_page(leads_to: object) -> bool:
    """Return whether an entry of the navigation is a document of the project."""
    return isinstance(leads_to, str) and "://" not in leads_to and leads_to.lower().endswith(SUFFIXES)


def in_folders(documents: list[str]) -> list[BookPart]:
    """The documents of each folder as a part, those of the first one without a title; the first page is first."""
    folders: dict[str, list[str]] = {}
    for name in documents:
        folders.setdefault(str(PurePosixPath(name).parent), []).append(name)
    return [
        BookPart(
            "" if folder == "." else caption_of(folder),
            tuple(sorted(found, key=lambda name: PurePosixPath(name).stem.lower() not in FIRST)),
        )
        for folder, found in sorted(folders.items(), key=lambda item: item[0] != ".")
    ]


def named(settings: Mapping[str, Any], key: str) -> list[str]:
    """The names in a list of extensions, in which those with options are tables, or in a table of them."""
    given = settings.get(key) or ()
    items = given if isinstance(given, list | Mapping) else [given]
    return [str(name) for item in items for name in (item if isinstance(item, Mapping) else [item])]


@lru_cache(maxsize=4)
def project_of(path: Path) -> tuple[Path, frozenset[str], Mapping[str, str]]:
    """The folder of the project that a document is of, the extensions of Markdown that it uses, and document → its
    title in the navigation.
    """
    root = next((folder for folder in path.parents if any((folder / name).is_file() for name in SETTINGS)), path.parent)
    file = next((root / name for name in SETTINGS if (root / name).is_file()), None)
    settings = settings_of(file, AnyTag) if file is not None else {}
    nav = settings.get("nav")
    return root, frozenset(named(settings, "markdown_extensions")), dict(titles(nav if isinstance(nav, list) else []))


def titles(entries: list[Any]) -> Iterator[tuple[str, str]]:
    """Each page of a section of the navigation that has a title there, and that."""
    for title, leads_to in titled(entries):
        if isinstance(leads_to, list):
            yield from titles(leads_to)
        elif is_page(leads_to) and title:
            yield leads_to.removeprefix("./"), title
