"""Appendices are lettered: A, A.1, Table A.2, in web, print and slides alike, where Sphinx would go on counting.

Sphinx numbers sections and figures afresh in each build, and compares them with those of the last to find the pages
that it must write again. So the plain numbers are put back before it counts, and the letters are put in after.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.numbers import letters

BEFORE, AFTER = 400, 600
"""Priorities round that of Sphinx's own counting, which is 500."""

Numbers = tuple[int | str, ...]


def restore(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the plain numbers of the last build back; titles have none until they are given anew, since Sphinx leaves
    them to what it does not number any more.
    """
    for node in (*env.titles.values(), *(node for toc in env.tocs.values() for node in toc.findall(nodes.reference))):
        node.attributes.pop("secnumber", None)
    for name, plain in getattr(env, "builder_plain_numbers", {}).items():
        getattr(env, name).update(plain)
    return []


def letter(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give each appendix the letter of its place among the appendices."""
    numbered = {
        docname: numbers[0]
        for docname in app.config.builder_appendices
        if (numbers := env.toc_secnumbers.get(docname, {}).get("")) and isinstance(numbers[0], int)
    }
    first = min(numbered.values(), default=1)
    plain: dict[str, dict[str, Any]] = {"toc_secnumbers": {}, "toc_fignumbers": {}}
    for docname, chapter in numbered.items():
        for part in (docname, *below(env, docname)):
            letter_document(env, part, letters(chapter - first + 1), plain)
    env.builder_plain_numbers = plain  # type: ignore[attr-defined]
    return []


def below(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """The documents in the toctrees of a document, and in theirs."""
    for child in env.toctree_includes.get(docname, []):
        yield child
        yield from below(env, child)


def letter_document(env: BuildEnvironment, docname: str, mark: str, plain: dict[str, dict[str, Any]]) -> None:
    """Put ``mark`` for the first number of all that is numbered in a document; what was there goes into ``plain``."""

    def lettered(numbers: Numbers) -> Numbers:
        return (mark, *numbers[1:]) if numbers else numbers

    if docname in env.toc_secnumbers:
        plain["toc_secnumbers"][docname] = env.toc_secnumbers[docname]
        sections: dict[str, Any] = {
            anchor: lettered(numbers) for anchor, numbers in env.toc_secnumbers[docname].items()
        }
        env.toc_secnumbers[docname] = sections
    if docname in env.toc_fignumbers:
        plain["toc_fignumbers"][docname] = env.toc_fignumbers[docname]
        figures: dict[str, dict[str, Any]] = {
            kind: {name: lettered(numbers) for name, numbers in named.items()}
            for kind, named in env.toc_fignumbers[docname].items()
        }
        env.toc_fignumbers[docname] = figures
    title = env.titles.get(docname)
    references = list(env.tocs[docname].findall(nodes.reference)) if docname in env.tocs else []
    for node in [*references, *([title] if title is not None else [])]:
        if node.get("secnumber"):
            node["secnumber"] = list(lettered(tuple(node["secnumber"])))


def setup(app: Sphinx) -> None:
    """Connect both sides of the counting."""
    app.connect("env-get-updated", restore, priority=BEFORE)
    app.connect("env-get-updated", letter, priority=AFTER)
