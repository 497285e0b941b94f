"""What a document shows of itself to others: for each document a digest, its *facade*, of all that others may show of
it; and for each word, a digest of whose names end in it.

So who has noted which documents something was taken from, and which names it looked for (see `sought`), knows whether
it would be taken again as it was.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.source.editions.references import lacking
from builder.source.internals import terms
from builder.source.sought import last_words
from builder.store.keys import key_of


class Shown(NamedTuple):
    """Something of a document that others may show; ``name``, and of what ``kind`` it is, where they find it by one."""

    docname: str
    value: object
    name: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facades:
    """What the documents of a project show of themselves in one build, and who bears which names."""

    shown: dict[str, list[object]]
    named: dict[str, list[tuple[str, str, str]]]
    known: dict[str, str] = field(default_factory=dict)
    """Facades that were asked for."""

    def of(self, docname: str) -> str:
        """The facade of a document; '' where there is no such document."""
        if docname not in self.shown:
            return ""
        if docname not in self.known:
            self.known[docname] = key_of(self.shown[docname])
        return self.known[docname]

    def bearing(self, word: str) -> str:
        """A digest of all whose names end in a word; '' where nothing's does."""
        bearers = self.named.get(word)
        return hashlib.sha256(repr(bearers).encode()).hexdigest()[:20] if bearers else ""


def facades_of(env: BuildEnvironment) -> Facades:
    """The facades of all documents of a project that is read and numbered."""
    shown: dict[str, list[object]] = defaultdict(list)
    named: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for item in chain(documents(env), objects(env), labels(env), exercises(env), citations(env), gaps(env)):
        shown[item.docname].append(item.value)
        for word in last_words(item.name) if item.name else ():
            named[word].append((item.kind, item.name, item.docname))
    return Facades(dict(shown), {word: sorted(bearers) for word, bearers in named.items()})


def documents(env: BuildEnvironment) -> Iterator[Shown]:
    """The titles of documents, the numbers of their sections and figures, the names of their sections in links of
    MyST, the documents that they stand below.
    """
    above = documents_above(env)
    for docname in env.found_docs:
        slugs = env.metadata.get(docname, {}).get("myst_slugs", {})
        yield Shown(docname, sorted(above.get(docname, ())), docname, "document")
        yield Shown(docname, sorted((slug, known[1:]) for slug, known in slugs.items()))
        for of_documents in (env.titles, env.longtitles, env.toc_secnumbers, env.toc_fignumbers):
            yield Shown(docname, of_documents.get(docname))


def documents_above(env: BuildEnvironment) -> dict[str, set[str]]:
    """Document → all whose toctrees lead to it, over others as well."""
    found: dict[str, set[str]] = defaultdict(set)
    waiting = [(docname, child) for docname, children in env.toctree_includes.items() for child in children]
    while waiting:
        docname, child = waiting.pop()
        if docname not in found[child]:
            found[child].add(docname)
            waiting += [(docname, below) for below in env.toctree_includes.get(child, ())]
    return found


def objects(env: BuildEnvironment) -> Iterator[Shown]:
    """Yield what documents describe: functions, classes, terms and the like."""
    for domain in env.domains.sorted():
        for item in sorted(domain.get_objects(), key=repr):
            yield Shown(item[3], (domain.name, *item), item[0], f"{domain.name} {item[2]}")


def labels(env: BuildEnvironment) -> Iterator[Shown]:
    """Labels, terms of glossaries, options of programs, citations, and the numbers of equations."""
    standard = env.domains.standard_domain
    tables: list[tuple[str, Any]] = [
        ("label", standard.labels), ("anonymous label", standard.anonlabels), ("term", terms(env)),
        ("equation", env.domains.math_domain.data["objects"]),
    ]  # fmt: skip
    for kind, table in tables:
        for label, place in sorted(table.items(), key=repr):
            yield Shown(place[0], (label, *place), str(label), kind)
    for option, place in sorted(standard.progoptions.items(), key=repr):
        yield Shown(place[0], (option, *place), option[1], f"option of {option[0]}")
    for citation, place in sorted(env.domains["citation"].data["citations"].items()):
        yield Shown(place[0], (citation, *place[:2]), citation, "citation")  # without its line


def exercises(env: BuildEnvironment) -> Iterator[Shown]:
    """The exercises and solutions of sphinx-exercise. Who refers to a solution shows the title and the number of its
    exercise, which may stand in another document.
    """
    known: dict[str, Any] = getattr(env, "sphinx_exercise_registry", {})
    for label, entry in sorted(known.items()):
        exercise = known.get(entry["node"].get("target_label"), entry)
        numbers = env.toc_fignumbers.get(exercise["docname"], {}).values()
        targets = [number for named in numbers if (number := named.get(exercise["node"].get("label")))]
        yield Shown(entry["docname"], (label, entry["type"], subtitle(exercise), targets), label, "exercise")


def subtitle(exercise: dict[str, Any]) -> list[str]:
    """The words that an exercise has for a title."""
    found = exercise["node"].findall(nodes.Element)
    return [node.pformat() for node in found if type(node).__name__ == "exercise_subtitle"]


def citations(env: BuildEnvironment) -> Iterator[Shown]:
    """The works that documents list, where the project has sphinxcontrib-bibtex."""
    if "cite" in env.domains:
        cite: Any = env.domains["cite"]
        for citation in cite.citations:
            yield Shown(citation.bibliography_key.docname, citation, citation.key, "work")
    for key, bibliography in bibliographies_as_read(env).items():
        yield Shown(key.docname, bibliography)


def bibliographies_as_read(env: BuildEnvironment) -> dict[Any, Any]:
    """The lists of works of a project that has sphinxcontrib-bibtex, with the places of works alone: their words, which
    its citations have as well, come into the list when a page with it is written.
    """
    if "cite" not in env.domains:
        return {}
    cite: Any = env.domains["cite"]
    return {
        key: found._replace(citation_nodes={work: node["ids"] for work, node in found.citation_nodes.items()})
        for key, found in cite.bibliographies.items()
    }


def gaps(env: BuildEnvironment) -> Iterator[Shown]:
    """What documents lack in this edition."""
    for docname, lost in lacking(env).items():
        yield Shown(docname, lost)
