"""The works that a book cites, as its lists of sources have them: from the citation extension's environment, and from
the citations that stand in documents themselves (``.. [key] ...``).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.deck.furniture import Work
from builder.deck.inline import runs_of
from builder.deck.model import Run, Runs
from builder.source.config import words_of_project
from builder.typeset.wording import Words, joined


def works_of(env: BuildEnvironment) -> dict[str, Work]:
    """Label of each entry in a list of sources (``sources:id3``) → the work, in the order of the lists."""
    return from_bibliographies(env) | in_documents(env)


def in_documents(env: BuildEnvironment) -> dict[str, Work]:
    """The citations of documents, each document read once."""
    places: dict[str, list[tuple[str, str]]] = {}
    domain: Any = env.domains.get("citation")
    for label, (docname, identifier, _line) in (domain.citations if domain is not None else {}).items():
        places.setdefault(docname, []).append((label, identifier))
    found = {}
    for docname, cited in places.items():
        bodies = {name: node for node in env.get_doctree(docname).findall(nodes.citation) for name in node["ids"]}
        for label, identifier in cited:
            if identifier in bodies:
                found[f"{docname}:{identifier}"] = Work(f"[{label}]", label, body_of(bodies[identifier], docname))
    return found


def body_of(citation: nodes.Element, docname: str) -> Runs:
    """What stands behind the key of a citation, its blocks on one line."""
    runs: list[Run] = []
    for block in citation.children[1:]:
        inside = block.children if isinstance(block, nodes.paragraph) else [nodes.Text(" ".join(words_of(block)))]
        runs += [Run(" "), *runs_of(inside, docname)] if runs else runs_of(inside, docname)
    return tuple(runs)


def words_of(block: nodes.Node) -> list[str]:
    """The lines of a block that is no paragraph."""
    return [text.astext() for text in block.findall(nodes.Text)]


def from_bibliographies(env: BuildEnvironment) -> dict[str, Work]:
    """The entries of bibliographies."""
    domain: Any = env.domains.get("cite")
    if domain is None or not domain.citations:
        return {}
    backend = import_module("pybtex_docutils").Backend()
    found, words, marked = {}, words_of_project(env.config), has_marks(env)
    for citation in domain.citations:
        docname = citation.bibliography_key.docname
        entry = runs_of(backend.paragraph(citation.formatted_entry).children, docname)
        mark = f"[{citation.formatted_entry.label}]" if marked else ""
        found[f"{docname}:{citation.citation_id}"] = Work(mark, author_year(citation.entry, words), entry)
    return found


def has_marks(env: BuildEnvironment) -> bool:
    """True unless works are cited by author and year."""
    return not str(getattr(env.config, "bibtex_reference_style", "")).startswith("author_year")


def author_year(entry: Any, words: Words) -> str:
    """``King 2018``, ``King and Lee 2018``, ``King et al. 2018`` of a pybtex entry; its title without an author."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(str(part) for part in (*person.rich_prelast_names, *person.rich_last_names)) for person in people]
    if len(names) > 2:
        names = [words["et_al"].replace("{}", names[0])]
    name = joined(names, words) or entry.fields.get("title", entry.key)
    return f"{name} {entry.fields.get('year', '')}".strip()
