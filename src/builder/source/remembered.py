"""What Sphinx and its extensions look up again for each reference, looked up once for a build.

Measured on 179,000 words with 378 citations: resolving took 10.5 s of 17.5 s, of which 5.7 s went into reading the list
of installed plugins once a citation.
"""

from __future__ import annotations

import filecmp
import gettext
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache, lru_cache
from importlib import import_module
from typing import Any
from weakref import finalize

from sphinx import locale
from sphinx.application import builtin_extensions
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from builder.store.stamps import stamp


@contextmanager
def remembered_plugins() -> Iterator[None]:
    """The citation extension asks for the installed plugins at each citation; while the block runs it is answered from
    memory.
    """
    try:
        plugin: Any = import_module("pybtex.plugin")
    except ImportError:
        yield
        return
    original = getattr(plugin, "entry_points", None)
    if original is None:
        yield
        return
    plugin.entry_points = lru_cache(maxsize=None)(original)
    try:
        yield
    finally:
        plugin.entry_points = original


@contextmanager
def remembered_entries() -> Iterator[None]:
    """At every build the citation extension formats all entries anew, each twice; while the block runs, each is once.

    Entries are told apart by identity: those of a bibliography that was read again are other ones, and what was known
    of the old ones goes with them.
    """
    try:
        style: Any = import_module("pybtex.style.formatting").BaseStyle
    except ImportError:
        yield
        return
    original = style.format_entry
    known: dict[tuple[type, int, str], Any] = {}

    def format_entry(self: Any, label: str, entry: Any, bib_data: Any = None) -> Any:
        if bib_data is not None:
            return original(self, label, entry, bib_data)
        key = (type(self), id(entry), label)
        if key not in known:
            known[key] = original(self, label, entry)
            finalize(entry, known.pop, key, None)
        return known[key]

    style.format_entry = format_entry
    try:
        yield
    finally:
        style.format_entry = original


def forget_files() -> None:
    """Forget what Sphinx and Python's ``filecmp`` remember of files by their size and time as long as a process lives.

    Sphinx remembers checksums of style sheets and scripts; ``filecmp`` remembers which files, such as a source and its
    copy, are alike.
    """
    filecmp.clear_cache()
    assets: Any = import_module("sphinx.builders.html._assets")
    remembered = getattr(assets, "_file_checksum_inner", None)
    if remembered is not None:
        remembered.cache_clear()


def forget_translations() -> None:
    """Forget the words of an earlier application of this process, those of messages among them: Sphinx only adds those
    of the next one to them.
    """
    locale.translators.clear()


def forget_catalogs(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Have the translations of documents read from their files again: Sphinx keeps them, and so does ``gettext``."""
    cached: Any = getattr(gettext, "_translations", None)
    if cached is not None:
        cached.clear()
    for docname in docnames:
        locale.translators.pop(("general", docname_to_domain(docname, env.config.gettext_compact)), None)


@contextmanager
def defaults_kept() -> Iterator[None]:
    """Give options of Sphinx their defaults again when the block ends: themes add folders to lists that all
    applications of a process share, so that each one of `builder serve` had more of them than the one before.
    """
    shared = [option.default for option in Config.config_values.values() if isinstance(option.default, list | dict)]
    before = [copy(default) for default in shared]
    try:
        yield
    finally:
        for default, kept in zip(shared, before, strict=True):
            default.clear()
            if isinstance(default, list):
                default.extend(kept)
            else:
                default.update(kept)


def load_without_language() -> None:
    """Import Sphinx's own extensions while no language is chosen, in a process that may build again.

    Words in the bodies of modules and classes are translated once and for all where a language is chosen already, and
    each time that they are shown where none is.
    """
    forget_translations()
    for name in builtin_extensions:
        import_module(name)


@contextmanager
def bibliographies_by_content() -> Iterator[None]:
    """The citation extension asks for the time of a bibliography; while the block runs it gets a number that stands for
    the content.
    """
    try:
        module: Any = import_module("sphinxcontrib.bibtex.bibfile")
    except ImportError:
        yield
        return
    original = module.get_mtime
    module.get_mtime = lambda path: float(int(hashlib.sha256(stamp(path).encode()).hexdigest()[:12], 16))
    try:
        yield
    finally:
        module.get_mtime = original


@contextmanager
def remembered_objects(env: BuildEnvironment) -> Iterator[None]:
    """A Python name is looked for among all objects of a project at each mention; while the block runs,
    once a class.
    """
    domain: Any = env.domains.python_domain
    find = domain.find_obj

    @cache
    def find_name(*asked: Any) -> Any:
        return find(env, *asked)

    domain.find_obj = lambda _env, *asked: find_name(*asked)
    try:
        yield
    finally:
        del domain.find_obj
