"""What the outputs of a project are made from beside its documents: code in ``conf.py``, modules of the project, tags,
dates, the web book's files.

Sphinx compares the values of options. A function that ``conf.py`` connects, or a module that it imports from the
project's folder, is no option: when one changes, everything is read again. So with options whose values say nothing of
the content of the files that they name.
"""

from __future__ import annotations

import ast
import importlib
import os
import posixpath
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.builders.html import INVENTORY_FILENAME
from sphinx.config import Config
from sphinx.util._uri import is_url

from builder.source.drawings import drawing_programs
from builder.store.keys import key_of
from builder.store.stamps import package_stamp, stamp, stamps_in

SETTINGS = ("_config.yml", "_toc.yml", "myst.yml")
"""Settings of a Jupyter Book, which are no Python."""


def reading_premises(app: Sphinx) -> str:
    """A digest of all that documents are read with, but for the values of options, which Sphinx compares itself."""
    confdir = Path(app.confdir)
    parts = [package_stamp(), os.environ.get("SOURCE_DATE_EPOCH", ""), *sorted(app.tags)]
    parts += [code_of(confdir / "conf.py", app.config), *(stamp(confdir / name) for name in SETTINGS)]
    parts += stamps_in([*project_modules(app), *drawing_programs(app), *local_inventories(app)])
    return key_of(parts)


def web_premises(app: Sphinx) -> str:
    """A digest of all that every page of the web book is made with: values of options, and the files that they name."""
    options = [f"{name}={value}" for name, value in plain_options(app.config).items()]
    return key_of([*surroundings_of_pages(app), *options])


def surroundings_of_pages(app: Sphinx) -> list[str]:
    """What every page of the web book is made with beside options: this package, tags, dates, the files that options
    name.
    """
    parts = [package_stamp(), os.environ.get("SOURCE_DATE_EPOCH", ""), *sorted(app.tags)]
    return [*parts, *stamps_in([*web_files(app), *drawing_programs(app), *local_inventories(app)])]


def web_files(app: Sphinx) -> list[Path]:
    """Files and folders that the options of the web book name: static files, templates, themes, translations, logo,
    favicon, and settings of MathJax.
    """
    config, confdir = app.config, Path(app.confdir)
    named = [*config.html_static_path, *config.html_extra_path, *config.templates_path, *config.html_theme_path]
    named += [name for name in (config.html_logo, config.html_favicon) if name and not is_url(name)]
    named += [config.mathjax_config_path] if "mathjax_config_path" in config and config.mathjax_config_path else []
    named += config.locale_dirs
    return [confdir / name for name in named]


def local_inventories(app: Sphinx) -> list[Path]:
    """The inventories of other projects that are files: Sphinx reads them when it is set up, MyST-Parser while it reads
    documents, and neither tells.
    """
    mapping: dict[str, Any] = app.config.intersphinx_mapping if "intersphinx_mapping" in app.config else {}
    named = [
        location or posixpath.join(address, INVENTORY_FILENAME)
        for _, (address, locations) in mapping.values()
        for location in locations
    ]
    return [Path(app.srcdir, name) for name in named if "://" not in name]


def is_plain(value: object) -> bool:
    """True for a value whose `repr` says all of it, in every process."""
    if isinstance(value, dict):
        return all(map(is_plain, [*value.keys(), *value.values()]))
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    return isinstance(value, str | bytes | int | float | bool | None)


def option_lines(config: Config) -> Iterator[str]:
    """The options that outputs other than the web book depend on, one line each."""
    for name, value in plain_options(config).items():
        if name in PRINTED or not name.startswith("html_"):
            yield f"{name}={value}"


def plain_options(config: Config) -> dict[str, str]:
    """The options with plain values as they were when this was asked first, each with the `repr` of its value.

    That is before pages are written: extensions fill in their options while they write, and what they fill in is made
    from the options themselves. A process that stays up would take each edit for one of the settings.
    """
    if config not in OPTIONS:
        OPTIONS[config] = {value.name: repr(value.value) for value in config if is_plain(value.value)}
    return OPTIONS[config]


OPTIONS: WeakKeyDictionary[Config, dict[str, str]] = WeakKeyDictionary()


PRINTED = ("html_logo", "html_use_index", "html_static_path")
"""Options of the web book that the printed book looks at as well."""


def set_up_stamp(app: Sphinx) -> str:
    """Return what an application was set up from: it must be made anew in a process that stays up when that changes.

    The values of options say nothing here: they come from these files, and extensions change some at work.
    """
    settings = (stamp(Path(app.confdir) / name) for name in ("conf.py", *SETTINGS))
    return "\n".join([reading_premises(app), *surroundings_of_pages(app), *settings])


# --- conf.py


def code_of(path: Path, config: Config) -> str:
    """The code of ``conf.py`` without comments and without plain values of options that are compared elsewhere
    (`is_compared`).

    An option that is used inside of a function is code.
    """
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef)]
    used = {part.id for function in functions for part in ast.walk(function) if isinstance(part, ast.Name)}
    compared = {name for name in config.values.keys() - used if is_compared(name, config)}
    return "\n".join(ast.dump(node) for node in tree.body if option_set_by(node) not in compared)


def is_compared(name: str, config: Config) -> bool:
    """True for an option that Sphinx compares for all documents, or that concerns the outputs only."""
    return name.startswith(OF_OUTPUTS) or config.values[name].rebuild == "env"


OF_OUTPUTS = ("html_", "builder_", "latex_", "epub_")
"""What the names of options begin with that documents are not read with."""


def option_set_by(node: ast.stmt) -> str:
    """The name that a statement gives a plain value; '' for any other statement."""
    if not (isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)):
        return ""
    try:
        ast.literal_eval(node.value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ""
    return node.targets[0].id


# --- modules of the project


def project_modules(app: Sphinx) -> list[Path]:
    """The files of modules that are no installed packages: those in the project's folders, and extensions that are
    being written.
    """
    homes = [Path(app.confdir).resolve(), Path(app.srcdir).resolve()]
    extensions = {name.partition(".")[0] for name in app.extensions}
    found = set()
    modules = list(sys.modules.items())
    installed = {name for name, module in modules if "." not in name and is_installed_module(module)}
    for name, module in modules:
        top = name.partition(".")[0]
        path = None if top in installed or top in ("builder", "__main__") else module_file(module)
        if path is None:
            continue
        if top in extensions or any(path.is_relative_to(home) for home in homes):
            found.add(path)
    return sorted(found)


def is_installed_module(module: Any) -> bool:
    """True for a module, or a package with all that is in it, of an installed package or of Python itself."""
    name = getattr(module, "__file__", None)
    return isinstance(name, str) and is_installed(name)


def module_file(module: Any) -> Path | None:
    """The source of a module that is not installed, None for others."""
    name = getattr(module, "__file__", None)
    if not isinstance(name, str) or not name.endswith(".py") or is_installed(name):
        return None
    return Path(name).resolve()


@cache
def is_installed(file: str) -> bool:
    """True for a file of an installed package or of Python itself."""
    return file.startswith(STANDARD_LIBRARY) or not INSTALLED.isdisjoint(Path(file).parts)


INSTALLED = {"site-packages", "dist-packages"}
"""Folders of installed packages."""
STANDARD_LIBRARY = sysconfig.get_path("stdlib")


class SourceLoader(SourceFileLoader):
    """Loads a module from its source alone: compiled modules are known by time and size of the source, which may
    deceive.
    """

    def path_stats(self, path: str) -> Any:
        """Python compiles a module anew, and keeps nothing of it, where its source cannot be asked for its time."""
        raise OSError


class ProjectFinder:
    """Finds modules in the folders of a project, and nowhere else."""

    def __init__(self, homes: Iterable[Path]) -> None:
        self.homes = [home.resolve() for home in homes]

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """The specification of a module whose source lies in the project's folders, None for others."""
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader) or is_installed(spec.loader.path):
            return None
        origin = Path(spec.loader.path).resolve()
        if not any(origin.is_relative_to(home) for home in self.homes) or name.partition(".")[0] == "builder":
            return None
        spec.loader = SourceLoader(name, spec.loader.path)
        return spec


@contextmanager
def modules_read_anew(homes: Iterable[Path]) -> Iterator[None]:
    """While the block runs, modules of the project are loaded from their sources; when it ends they are forgotten."""
    finder, before = ProjectFinder(homes), set(sys.modules)
    paths = list(sys.path)
    importlib.invalidate_caches()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        sys.path[:] = paths
        for name in set(sys.modules) - before:
            if isinstance(getattr(sys.modules[name], "__loader__", None), SourceLoader):
                del sys.modules[name]
