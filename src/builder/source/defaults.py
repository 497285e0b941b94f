"""What a project has that says nothing of it: MyST, the book theme, its first document.

An empty ``conf.py`` is a whole one. What ``conf.py`` sets stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from sphinx.application import Sphinx

from builder.errors import AuthorError
from builder.source.internals import given_options
from builder.source.mistyped_options import check_first_document, name_missing_first_document
from builder.source.not_installed import BOOK_THEME, replace_theme

MARKDOWN, MARKDOWN_SUFFIX = "myst_parser", ".md"
RESTRUCTURED = ".rst"
"""Sphinx's own default of ``source_suffix``."""
SYNTAX = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "strikethrough", "tasklist",
]  # fmt: skip
"""Extensions of MyST for a project that does not name MyST itself: those of the annotations, formulas, and what GitHub
shows.
"""

OF_MARKS = ("attrs_block", "attrs_inline")
"""Those of them that marks need."""

DOUBLE_DOLLARS = "myst_dmath_double_inline"
"""MyST's option without which it takes no formula between ``$$`` that stands right below words: it leaves the outer
dollars, and reads words behind them as formulas.
"""
NO_SOURCES = [".*", "**/.*", "node_modules", "**/node_modules", "**/site-packages"]
"""Folders that hold documents of others."""


def fill_in(app: Sphinx) -> None:
    """Give a project what ``conf.py`` does not say, before options are read.

    Raises:
        AuthorError: nothing says with which document the book begins, or it is not there.
    """
    given = given_options(app.config)
    suffixes = {*app.registry.source_suffix, *suffixes_of(given.get("source_suffix", RESTRUCTURED))}
    if not has_parser(app, MARKDOWN_SUFFIX, given.get("source_suffix")):
        app.setup_extension(MARKDOWN)
        given.setdefault("myst_enable_extensions", list(SYNTAX))
        suffixes.add(MARKDOWN_SUFFIX)
    given.setdefault(DOUBLE_DOLLARS, True)
    if "html_theme" not in given and "project" in given:  # a book is no "documentation", which Sphinx adds to its name
        given.setdefault("html_title", f"{given['project']} {given.get('release', '')}".strip())
    given.setdefault("html_theme", BOOK_THEME)
    replace_theme(app)
    given.setdefault("exclude_patterns", list(NO_SOURCES))
    for name in ("templates_path", "html_static_path"):
        given.setdefault(name, [])  # themes add to Sphinx's own default, which is one list for all of a process
    given.setdefault("source_suffix", {RESTRUCTURED: "restructuredtext"})  # the same: parsers enter their endings there
    is_listed = "sphinx_external_toc" in app.extensions
    if not is_listed:
        check_first_document(app, suffixes)
        app.connect("env-before-read-docs", name_missing_first_document)
    if not is_listed and not {"root_doc", "master_doc"} & (given.keys() | app.config.overrides.keys()):
        given["root_doc"] = first_document(Path(app.srcdir), suffixes)


def has_parser(app: Sphinx, suffix: str, option: object) -> bool:
    """Return whether an extension reads files with this ending, or ``source_suffix`` names the parser of one for it.
    An ending without a parser's name is none: Sphinx would read the file as reStructuredText.
    """
    kind = option.get(suffix) if isinstance(option, Mapping) else None
    return suffix in app.registry.source_suffix or kind in app.registry.source_parsers


def suffixes_of(option: object) -> tuple[str, ...]:
    """Return the endings that ``source_suffix`` names: one, several, or a table of them."""
    return (option,) if isinstance(option, str) else tuple(map(str, option)) if isinstance(option, Iterable) else ()


def first_document(folder: Path, suffixes: Set[str]) -> str:
    """Return the document that a book in ``folder`` begins with: ``index``, or the only one that there is.

    Raises:
        AuthorError: there are several, or none.
    """
    files = sorted(path for path in folder.iterdir() if path.suffix in suffixes and path.is_file())
    names = [path.stem for path in files]
    if "index" in names:
        return "index"
    if len(names) == 1:
        return names[0]
    ending = files[0].suffix if files else ".md"
    first = f"or name another first document in conf.py: root_doc = '{names[0]}'" if names else "or name its folder"
    message = f"there is no index{ending} in {folder}, with which the book begins; write one, {first}."
    raise AuthorError(message)
