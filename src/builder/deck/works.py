"""The works that a book cites, as its list of sources has them; from the citation extension's environment."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sphinx.environment import BuildEnvironment

from builder.deck.furniture import Work
from builder.deck.inline import runs_of
from builder.source.config import words_of_project
from builder.typeset.wording import Words, joined


def works_of(env: BuildEnvironment) -> dict[str, Work]:
    """Label of each entry in a list of sources (``sources:id3``) → the work, in the order of the lists."""
    domain: Any = env.domains.get("cite")
    if domain is None or not domain.citations:
        return {}
    backend = import_module("pybtex_docutils").Backend()
    by_author = str(getattr(env.config, "bibtex_reference_style", "")).startswith("author_year")
    found, words = {}, words_of_project(env.config)
    for citation in domain.citations:
        docname = citation.bibliography_key.docname
        entry = runs_of(backend.paragraph(citation.formatted_entry).children, docname)
        mark = "" if by_author else f"[{citation.formatted_entry.label}]"
        found[f"{docname}:{citation.citation_id}"] = Work(mark, author_year(citation.entry, words), entry)
    return found


def author_year(entry: Any, words: Words) -> str:
    """``King 2018``, ``King and Lee 2018``, ``King et al. 2018`` of a pybtex entry; its title without an author."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(str(part) for part in (*person.rich_prelast_names, *person.rich_last_names)) for person in people]
    if len(names) > 2:
        names = [words["et_al"].replace("{}", names[0])]
    name = joined(names, words) or entry.fields.get("title", entry.key)
    return f"{name} {entry.fields.get('year', '')}".strip()
