"""Names that several documents give: who bears one is as it is after all documents were read in their order.

In Sphinx's tables a name has one bearer: of labels the last that was read, of other things the first or the last, and
some extensions leave a thing out whose name is taken. So labels are noted by document and entered in order, and
documents that give anything else one name are read together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.by_document import keep_by_document

LAST = 900
"""Priority behind all who enter labels."""
FIRST = 100
"""Priority before those who look for labels, and before those who look at what is going to be read."""
COUNTED = re.compile(r"id\d+")
"""A target that only a document knows."""

Place = TypeVar("Place", bound=tuple[str, ...])
Labels = tuple[dict[str, tuple[str, str, str]], dict[str, tuple[str, str]]]
"""The labels that a document gives, with titles and without."""


def setup(app: Sphinx) -> None:
    """Note names when documents are read; before, find others that give them; after, enter labels in order."""
    app.connect("env-purge-doc", note_gone, priority=FIRST)
    keep_by_document(app, labels_by_document)
    keep_by_document(app, names_by_document)
    keep_by_document(app, counted_by_document)
    app.connect("doctree-read", note, priority=LAST)
    app.connect("env-get-outdated", outdated)
    app.connect("env-before-read-docs", add_sharers, priority=FIRST)
    app.connect("env-updated", enter_labels, priority=FIRST)


def labels_by_document(env: BuildEnvironment) -> dict[str, Labels]:
    """Document → the labels that it gives, whoever bears them."""
    found: dict[str, Labels] = env.__dict__.setdefault("builder_labels", {})
    return found


def names_by_document(env: BuildEnvironment) -> dict[str, frozenset[str]]:
    """Document → the names that it gives to anything but places and figures; none for one without."""
    found: dict[str, frozenset[str]] = env.__dict__.setdefault("builder_names", {})
    return found


def names_gone(env: BuildEnvironment) -> set[str]:
    """The names that documents gave which were taken out of the environment, until others are read."""
    found: set[str] = env.__dict__.setdefault("builder_names_gone", set())
    return found


def note_gone(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Before a document is taken out of the environment."""
    names_gone(env).update(names_by_document(env).get(docname, ()))


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Note the names that a document gives."""
    env, docname = app.env, app.env.docname
    standard = env.domains.standard_domain
    names = set(names_of_places(doctree, docname))
    labels_by_document(env)[docname] = (
        {**own_end(standard.labels, docname), **own(standard.labels, names, docname)},
        {**own_end(standard.anonlabels, docname), **own(standard.anonlabels, names, docname)},
    )
    counted = {node["label"] for node in doctree.findall(nodes.Element) if "label" in node and is_counted(node)}
    if counted and (listed := getattr(env, "proof_list", None)) is not None:
        counted_by_document(env)[docname] = {label: listed[label] for label in counted if label in listed}
    if found := frozenset(names_of_things(doctree)):
        names_by_document(env)[docname] = found


def names_of_places(doctree: nodes.document, docname: str) -> Iterator[str]:
    """The names by which a label may lead to a part of a document."""
    yield from doctree.nametypes
    for section in doctree.findall(nodes.section):
        first = next(iter(section.children), None)  # the section in an exercise without words is empty
        title = nodes.fully_normalize_name(getattr(first, "rawsource", ""))
        yield from (title, nodes.fully_normalize_name(f"{docname}:{title}"))


def own(table: dict[str, Place], names: Collection[str], docname: str) -> dict[str, Place]:
    """The entries of a table that have one of some names and are a document's."""
    return {name: table[name] for name in names if name in table and table[name][0] == docname}


def own_end(table: dict[str, Place], docname: str) -> dict[str, Place]:
    """The last entries of a table, as far as they are a document's, which was read last."""
    found: dict[str, Place] = {}
    for name, place in reversed(table.items()):
        if place[0] != docname:
            break
        found[name] = place
    return found


def names_of_things(doctree: nodes.document) -> Iterator[str]:
    """The names that a document gives to equations, terms, objects, citations, and to what extensions label."""
    for node in doctree.findall(nodes.Element):
        if isinstance(node, addnodes.desc_signature | addnodes.production | nodes.citation):
            yield from (f"#{target}" for target in node["ids"] if not COUNTED.fullmatch(target))
            yield from (f"[{name}]" for name in node["names"] if isinstance(node, nodes.citation))
        elif isinstance(node, addnodes.glossary):
            yield from (f"term {term.astext().lower()}" for term in node.findall(nodes.term))
        elif isinstance(label := node.get("label"), str) and label and not is_counted(node):
            yield f"label {label}"


def is_counted(node: nodes.Element) -> bool:
    """True for a theorem without a label, which sphinx-proof gives the number that it has in its document."""
    return "realtype" in node and re.fullmatch(rf"{re.escape(node['realtype'])}-\d+", node["label"]) is not None


def sharers(env: BuildEnvironment, docnames: Collection[str], names: Collection[str] = ()) -> set[str]:
    """The documents that give one of ``names``, or a name that one of ``docnames``, or of those, gives as well."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for docname, given in names_by_document(env).items():
        for name in given:
            by_name[name].append(docname)
    waiting = {*names, *(name for docname in docnames for name in names_by_document(env).get(docname, ()))}
    found: set[str] = set()
    while waiting:
        new = {docname for name in waiting for docname in by_name.pop(name, ())} - found
        found |= new
        waiting = {name for docname in new for name in names_by_document(env)[docname]} & by_name.keys()
    return found - set(docnames)


def outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Documents that are to be read again beside those that the last reading read, see `late_sharers`."""
    found: set[str] = env.__dict__.pop("builder_read_again", set())
    return sorted(found)


def add_sharers(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Have documents read that give a name which those that are read give, or gave."""
    more = sharers(env, docnames, names_gone(env)) & env.found_docs
    names_gone(env).clear()
    docnames[:] = sorted({*docnames, *more})


def late_sharers(env: BuildEnvironment, docnames: Collection[str]) -> bool:
    """True if documents that were read now give names that others have, so that all of these are to be read again."""
    names_gone(env).clear()
    found = sharers(env, docnames) & env.found_docs
    if found:
        env.__dict__["builder_read_again"] = found
    return bool(found)


def given_apart(env: BuildEnvironment, shares: Sequence[Sequence[str]]) -> list[str]:
    """The documents with a name that is given in several ``shares``, and all that share one with these, in order."""
    found: set[str] = set()
    seen: dict[str, int] = {}
    for number, share in enumerate(shares):
        for docname in share:
            if any(seen.setdefault(name, number) != number for name in names_by_document(env).get(docname, ())):
                found.add(docname)
    return sorted(found | sharers(env, found)) if found else []


def counted_by_document(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Document → its theorems without labels in the list of sphinx-proof, where each document has a *theorem-0*."""
    found: dict[str, dict[str, Any]] = env.__dict__.setdefault("builder_counted", {})
    return found


def enter_labels(_app: Sphinx, env: BuildEnvironment) -> None:
    """Enter the labels of all documents in their order, and theorems without labels."""
    for _, theorems in sorted(counted_by_document(env).items()):
        env.__dict__.setdefault("proof_list", {}).update(theorems)
    standard = env.domains.standard_domain
    noted = [labels for _, labels in sorted(labels_by_document(env).items())]
    for with_titles, without in noted:
        standard.labels.update(with_titles)
        standard.anonlabels.update(without)
