"""A Jupyter Book 1 folder, with ``_config.yml`` and ``_toc.yml`` and no ``conf.py``, as a Sphinx project.

Its settings are translated to Sphinx's; what has no meaning here, and extensions that are not installed, are listed
once. Reference: https://jupyterbook.org/v1/customize/config.html.
"""

from __future__ import annotations

import logging as python_logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from builder.errors import AuthorError, Source, meant, warn
from builder.source import option_table
from builder.source.old_contents import in_new_form
from builder.source.yaml_settings import content_of, settings_of

CONFIG, TOC = "_config.yml", "_toc.yml"

EXTENSIONS = (
    "sphinx_external_toc", "myst_nb", "sphinx_design", "sphinx_togglebutton", "sphinx_copybutton", "sphinx_thebe",
    "sphinx_comments", "sphinx.ext.intersphinx", "sphinx_book_theme",
)  # fmt: skip
"""What Jupyter Book loads by itself."""
NEEDED = ("sphinx_external_toc", "myst_nb")
NOT_HERE = ("jupyter_book", "sphinx_jupyterbook_latex")
"""Extensions that only serve Jupyter Book's own command."""

DEFAULTS: dict[str, Any] = {
    "external_toc_path": TOC,
    "external_toc_exclude_missing": False,
    "html_theme": "sphinx_book_theme",
    "numfig": True,
    "exclude_patterns": ["_build", "Thumbs.db", ".DS_Store", "**.ipynb_checkpoints"],
    "myst_enable_extensions": ["colon_fence", "dollarmath", "linkify", "substitution", "tasklist"],
    "myst_url_schemes": ["mailto", "http", "https"],
    "nb_execution_mode": "auto",
    "nb_execution_timeout": 30,
    "nb_output_stderr": "show",
    "source_suffix": {".rst": "restructuredtext"},  # Sphinx's own default is one object for all projects of a process
}

OPTIONS: dict[str, tuple[str, ...]] = {
    "title": ("project", "html_title"),
    "author": ("author",),
    "copyright": ("copyright",),
    "logo": ("html_logo",),
    "exclude_patterns": ("exclude_patterns",),
    "only_build_toc_files": ("external_toc_exclude_missing",),
    "bibtex_bibfiles": ("bibtex_bibfiles",),
    "bibtex_reference_style": ("bibtex_reference_style",),
    "execute.execute_notebooks": ("nb_execution_mode",),
    "execute.cache": ("nb_execution_cache_path",),
    "execute.exclude_patterns": ("nb_execution_excludepatterns",),
    "execute.timeout": ("nb_execution_timeout",),
    "execute.run_in_temp": ("nb_execution_in_temp",),
    "execute.allow_errors": ("nb_execution_allow_errors",),
    "execute.raise_on_error": ("nb_execution_raise_on_error",),
    "execute.show_tb": ("nb_execution_show_tb",),
    "execute.stderr_output": ("nb_output_stderr",),
    "execute.eval_regex": ("nb_eval_name_regex",),
    "parse.myst_enable_extensions": ("myst_enable_extensions",),
    "parse.myst_substitutions": ("myst_substitutions",),
    "parse.myst_url_schemes": ("myst_url_schemes",),
    "parse.myst_dmath_double_inline": ("myst_dmath_double_inline",),
    "html.favicon": ("html_favicon",),
    "html.baseurl": ("html_baseurl",),
    "html.comments": ("comments_config",),
    "latex.latex_documents.title": ("project",),
}
"""Key of ``_config.yml``, with dots between levels → options of Sphinx."""

THEME_OPTIONS = {
    "launch_buttons": "launch_buttons",
    "repository.url": "repository_url",
    "repository.path_to_book": "path_to_docs",
    "repository.branch": "repository_branch",
    "html.extra_footer": "extra_footer",
    "html.extra_navbar": "extra_navbar",
    "html.home_page_in_navbar": "home_page_in_toc",
    "html.announcement": "announcement",
    "html.analytics": "analytics",
    "html.use_repository_button": "use_repository_button",
    "html.use_edit_page_button": "use_edit_page_button",
    "html.use_issues_button": "use_issues_button",
}
"""Key of ``_config.yml`` → option of the theme."""

HANDLED = {
    "html.use_multitoc_numbering", "sphinx.extra_extensions", "sphinx.local_extensions", "sphinx.config",
    "sphinx.recursive_update", "latex.latex_documents.targetname", "parse.myst_extended_syntax",
}  # fmt: skip
"""Keys that `translated` looks at by itself."""
OURS = tuple(f"sphinx.config.{option.name}" for option in option_table.OPTIONS)
"""Our options, as keys."""


@dataclass(slots=True)
class JupyterBook:
    """A translated book: options of Sphinx, folders for ``sys.path``, and what was left out."""

    options: dict[str, Any]
    paths: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    not_installed: list[str] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)
    settings: str = CONFIG
    """The file that the settings are read from."""
    ends: dict[str, str] = field(default_factory=dict)
    """Document → what it ends with, where settings have the contents: toctrees, the list of works."""
    sites: dict[str, str] = field(default_factory=dict)
    """Other projects that links may lead into → their addresses."""
    known: tuple[str, ...] = ()
    """Keys that the settings may have, as messages name them."""


def is_jupyter_book(folder: Path) -> bool:
    """True if a folder has a Jupyter Book and no ``conf.py`` of its own."""
    return not (folder / "conf.py").is_file() and (folder / CONFIG).is_file() and (folder / TOC).is_file()


def read(folder: Path) -> JupyterBook:
    """The book in ``folder``.

    Raises:
        AuthorError: the file is not YAML or not a mapping, or a package that every Jupyter Book needs is missing.
    """
    path = folder / CONFIG
    content = settings_of(path)
    missing = [name for name in NEEDED if not is_there(name)]
    if missing:
        raise AuthorError(
            f"a Jupyter Book needs {' and '.join(missing)}; run 'pip install \"book-deck-builder[jupyter]\"'.",
            Source(str(path)),
        )
    check_contents(folder / TOC)
    return translated(content, folder)


def check_contents(path: Path) -> None:
    """Read the contents of a book, which sphinx_external_toc reads again without a word of the file.

    Raises:
        AuthorError: they are no contents.
    """
    from sphinx_external_toc.parsing import MalformedError, parse_toc_data

    content = content_of(path)
    try:
        parse_toc_data(in_new_form(content) if isinstance(content, list) else content)
    except MalformedError as error:
        raise AuthorError(f"these are no contents of a book: {error}.", Source(str(path), 1)) from None


def translated(content: Mapping[str, Any], folder: Path) -> JupyterBook:
    """The settings of ``_config.yml`` as options of Sphinx."""
    book = JupyterBook(deepcopy(DEFAULTS), known=(*OPTIONS, *sorted(HANDLED), *OURS))
    options = book.options
    theme = read_settings(book, content)
    options["exclude_patterns"] = sorted({*DEFAULTS["exclude_patterns"], *(options["exclude_patterns"] or ())})
    if options["nb_execution_mode"] is False:  # YAML reads a bare `off` so
        options["nb_execution_mode"] = "off"
    options["html_theme_options"] = theme
    if (folder / "_static").is_dir():
        options["html_static_path"] = ["_static"]
    if value_at(content, "parse.myst_extended_syntax"):
        options["myst_enable_extensions"] += ["amsmath", "deflist", "html_image"]
    add_extensions(book, content, folder)
    own = value_at(content, "sphinx.config") or {}
    if value_at(content, "sphinx.recursive_update"):
        merge(options, own)
    else:
        options |= own
    if "mathjax_config" in options:
        options["mathjax3_config"] = options.pop("mathjax_config")
    do_without(book, theme)
    return book


def read_settings(book: JupyterBook, content: Mapping[str, Any]) -> dict[str, Any]:
    """Set the options that settings stand for, and note those that stand for none; returns the theme's options."""
    theme: dict[str, Any] = {}
    for key, value in flat(content):
        if key in OPTIONS:
            for option in OPTIONS[key]:
                book.options[option] = "" if value is None else value
        elif key in THEME_OPTIONS:
            theme[THEME_OPTIONS[key]] = value
        elif key not in HANDLED:
            book.left_out.append(key)
    return theme


def do_without(book: JupyterBook, theme: Mapping[str, Any]) -> None:
    """Take out what is asked for and not installed, and note it: linkify, and a theme (sphinx-book-theme serves)."""
    options = book.options
    if "linkify" in options["myst_enable_extensions"] and not is_there("linkify_it"):
        options["myst_enable_extensions"] = [name for name in options["myst_enable_extensions"] if name != "linkify"]
        book.not_installed.append("linkify-it-py")
    html_theme = str(options["html_theme"])
    if not is_there(html_theme) and html_theme not in BUILT_IN_THEMES:
        book.not_installed.append(html_theme)
        options |= {"html_theme": "sphinx_book_theme", "html_theme_options": theme}


BUILT_IN_THEMES = {
    "alabaster", "classic", "basic", "sphinxdoc", "scrolls", "agogo", "nature", "pyramid", "haiku", "traditional",
    "epub", "bizstyle",
}  # fmt: skip


def add_extensions(book: JupyterBook, content: Mapping[str, Any], folder: Path) -> None:
    """The extensions that the book loads; those that are not installed are noted and left out."""
    extra = value_at(content, "sphinx.extra_extensions") or []
    local = value_at(content, "sphinx.local_extensions") or {}
    book.paths = [str((folder / str(path)).resolve()) for path in local.values()]
    wanted = [*EXTENSIONS, *([extra] if isinstance(extra, str) else extra), *local]
    if any(key in content for key in ("bibtex_bibfiles", "bibtex_reference_style")):
        wanted.append("sphinxcontrib.bibtex")
    if value_at(content, "html.use_multitoc_numbering", True):
        wanted.append("sphinx_multitoc_numbering")
    book.options["extensions"] = []
    for name in dict.fromkeys(map(str, wanted)):
        if name in NOT_HERE:
            continue
        if name in local or is_there(name):
            book.options["extensions"].append(name)
        elif name not in ("sphinx_thebe", "sphinx_comments", "sphinx_multitoc_numbering"):
            book.not_installed.append(name)


def flat(content: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """(key with dots, value) of all settings; groups that are translated whole are not taken apart."""
    for name, value in content.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping) and key not in OPTIONS and key not in THEME_OPTIONS and key not in HANDLED:
            yield from flat(value, f"{key}.")
        else:
            yield key, value


def value_at(content: Mapping[str, Any], key: str, default: Any = None) -> Any:
    """The value of a key with dots."""
    value: Any = content
    for name in key.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return default
        value = value[name]
    return value


def merge(target: dict[str, Any], added: Mapping[str, Any]) -> None:
    """Update ``target`` level by level; lists grow."""
    for key, value in added.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            merge(target[key], value)
        elif isinstance(value, list) and isinstance(target.get(key), list):
            target[key] = target[key] + [item for item in value if item not in target[key]]
        else:
            target[key] = value


def is_there(module: str) -> bool:
    """True if a module can be imported."""
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


class UnknownOptions(python_logging.Filter):
    """Holds back Sphinx's warnings of options that nothing declares, and notes their names."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def filter(self, record: python_logging.LogRecord) -> bool:
        if "unknown config value" not in str(record.msg) or not isinstance(record.args, tuple):
            return True
        self.names += map(str, record.args)
        return False


@contextmanager
def unknown_options() -> Iterator[list[str]]:
    """Names of options that are given and that nothing declares, while an application is made."""
    logger = python_logging.getLogger("sphinx.sphinx.config")
    unknown = UnknownOptions()
    logger.addFilter(unknown)
    try:
        yield unknown.names
    finally:
        logger.removeFilter(unknown)


def report(book: JupyterBook, unknown: list[str], folder: Path) -> None:
    """Say once what of the settings is not used, and which extensions are not installed."""
    place = Source(str(folder / book.settings))
    if book.not_installed:
        names = ", ".join(dict.fromkeys(book.not_installed))
        warn(f"these are not installed, so the book is made without them: {names}.", place, "jupyter_book")
    left_out = [*book.left_out, *(f"sphinx.config.{name}" for name in unknown if name not in DEFAULTS)]
    if left_out:
        known = [key for key in book.known if key not in left_out]
        named = (
            f"{key} (did you mean '{found}'?)" if (found := meant(key, known)) else key
            for key in dict.fromkeys(left_out)
        )
        warn(f"these settings have no use here: {', '.join(named)}.", place, "jupyter_book")


def find_local(book: JupyterBook) -> None:
    """Let Python find the extensions that lie in the book's folder."""
    sys.path[:0] = [path for path in book.paths if path not in sys.path]
