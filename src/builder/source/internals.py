"""What the builder uses of Sphinx that Sphinx does not promise, each use in a function of its own.

Only this room touches private members of Sphinx; a new version of it is looked through here, and in what
``grep -rn '\\._[a-z]' src/builder/source`` finds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import sphinx
from docutils import nodes
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.languages import get_language
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import ENUM, Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import LoggingReporter, SphinxRole, is_directive_registered, is_role_registered

SIGNATURE_PARTS: type[nodes.Node] = addnodes._desc_classes_injector
"""The class from which the parts of a described object's signature inherit."""


Assets = tuple[list[Any], ...]
"""Lists of scripts and style sheets."""


def warning_count(app: Sphinx) -> int:
    """Return how many warnings were logged so far."""
    return app._warncount


def given_options(config: Config) -> dict[str, Any]:
    """Return what ``conf.py`` and the command line say, by name; to set a name here gives it a default."""
    return config._raw_config


def use_builder(app: Sphinx, builder: Builder) -> None:
    """Have directives, transforms and the environment take ``builder`` for the one that runs."""
    app.builder = builder
    app.env._builder_cls = type(builder)


def assets_of(app: Sphinx) -> Assets:
    """The scripts and style sheets that all pages of an application show, as lists that are added to at work."""
    builder: Any = app.builder
    return app.registry.js_files, app.registry.css_files, builder._js_files, builder._css_files


def change_tags(app: Sphinx, removed: Iterable[str], added: Iterable[str]) -> None:
    """Remove and add tags; conditions of ``only`` are evaluated anew."""
    for tag in removed:
        app.tags.remove(tag)
    for tag in added:
        app.tags.add(tag)
    app.tags._condition_cache.clear()


def forget_doctrees(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Before documents are read: have doctrees loaded from their files again: those of ``docnames``, and the root's.

    Sphinx keeps each pickled doctree that it has loaded, also when its document is read anew.
    """
    env.__dict__.pop("master_doctree", None)
    for docname in docnames:
        env._pickled_doctree_cache.pop(docname, None)
        env._write_doc_doctree_cache.pop(docname, None)


def doctree_read(env: BuildEnvironment, docname: str) -> nodes.document:
    """The doctree of a document, to be changed: as it was read in this process, which then lets it go; else from its
    file.
    """
    doctree = env._write_doc_doctree_cache.pop(docname, None)
    if doctree is None:
        return BuildEnvironment.get_doctree(env, docname)
    doctree.settings.env = env
    doctree.reporter = LoggingReporter(str(env.doc2path(docname)))
    return doctree


def let_doctrees_go(env: BuildEnvironment) -> None:
    """Let the doctrees go that this process has read and not written, since it resolves them no more."""
    env._write_doc_doctree_cache.clear()


def terms(env: BuildEnvironment) -> Mapping[str, tuple[str, str]]:
    """The terms of all glossaries in lower case, each with its document and target."""
    return env.domains.standard_domain._terms


def inheritance_dot(graph: Any, env: BuildEnvironment) -> str:
    """The Graphviz source of an ``inheritance-diagram``; the method has had two names."""
    if hasattr(graph, "_generate_dot"):
        return str(graph._generate_dot("inheritance", {}, env.config))
    return str(graph.generate_dot("inheritance", {}, env))


def has_indexed(indexer: Any, docnames: set[str]) -> bool:
    """True if the search index holds all of ``docnames``, since it is still that of the build before."""
    return bool(docnames <= indexer._filenames.keys())


def set_index_entries(indexer: Any, entries: Mapping[str, list[tuple[str, str, str]]]) -> None:
    """Give the search index the entries of documents in their order: (text, target, 'main' or '')."""
    indexer._index_entries.clear()
    indexer._index_entries.update(entries)


def forget_kinds_of_objects(indexer: Any) -> None:
    """Have the search index count the kinds of objects anew, in the order in which it meets them."""
    indexer._objtypes.clear()
    indexer._objnames.clear()


def drop_empty_words(indexer: Any) -> None:
    """Take words that no page has any more out of the search index."""
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, documents in words.items() if not documents]:
            del words[word]


def directive_names(app: Sphinx) -> set[str]:
    """The names of all directives, those of a domain as ``prf:theorem``."""
    return {*vars(directives)["_directive_registry"], *vars(directives)["_directives"]} | {
        f"{domain.name}:{name}" for domain in app.env.domains.sorted() for name in domain.directives
    }


def is_role(name: str) -> bool:
    """Return whether there is a role, one of docutils included, which enters them when they are used."""
    return is_role_registered(name) or name in vars(roles)["_role_registry"]


def is_directive(name: str) -> bool:
    """Return whether there is a directive, one of docutils included, which enters them when they are used."""
    return is_directive_registered(name) or name in vars(directives)["_directive_registry"]


def option_names(directive: str) -> Collection[str]:
    """The names of the options that a directive takes; none of one of a domain."""
    language: Any = get_language("en")
    found, _messages = directives.directive(directive, language, new_document(""))
    return [*(getattr(found, "option_spec", None) or {})]


def role_names(app: Sphinx) -> set[str]:
    """The names of all roles, those of a domain as ``prf:ref``."""
    return {*vars(roles)["_role_registry"], *vars(roles)["_roles"]} | {
        f"{domain.name}:{name}" for domain in app.env.domains.sorted() for name in domain.roles
    }


def let_documents_go(app: Sphinx) -> None:
    """Have roles forget the document in which they were used last: they stay as long as the process, and with that
    document the application that it was read in stayed, though another one had taken its place.
    """
    of_domains = [role for domain in app.env.domains.sorted() for role in domain.roles.values()]
    for role in [*of_domains, *vars(roles)["_roles"].values()]:
        if isinstance(role, SphinxRole):
            vars(role).pop("inliner", None)


def kinds_of_options(config: Config) -> dict[str, frozenset[type]]:
    """The types that values of the registered options may have, by name; none where Sphinx takes whatever it is given.

    Of an option that takes anything, and whose default is a list, one text is wanted in a list all the same.
    """
    return {name: kinds_of(option.default, option.valid_types) for name, option in config._options.items()}


def kinds_of(default: Any, valid: Any) -> frozenset[type]:
    """The types that an option may have, from its default and the types that are named with it."""
    if isinstance(valid, ENUM) or (callable(default) and not valid):
        return frozenset()
    lists = {list, tuple, set, frozenset}
    if type(default) in lists:
        return frozenset(lists)
    if valid is Any or Any in valid:
        return frozenset()
    named = {kind for kind in valid if isinstance(kind, type)}
    if callable(default) or (default is None and not named):
        return frozenset(named)
    return frozenset({*named, type(default)})


def theme_folders() -> set[str]:
    """The names of the themes that come with Sphinx."""
    return {path.name for path in (Path(sphinx.__file__).parent / "themes").iterdir() if path.is_dir()}


def name_equations_lastingly() -> None:
    """Have MyST-Parser name equations without a label by their place in the document; it draws names by lot, so that
    their pages had other addresses after each reading.
    """
    from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

    def name(self: Any) -> str:
        env = self.sphinx_env
        return str(uuid5(NAMESPACE_URL, f"{env.docname}#{env.new_serialno('equation without a label')}"))

    renderer: Any = SphinxRenderer
    renderer._random_label = name
