"""What documents describe stands in the order of the documents, as it does after all of them are read.

Of several objects whose names end alike, Sphinx takes the first in its tables for a reference that gives the end
alone; and what is read again is entered behind all others.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

FIRST = 100
"""Priority before those who look for objects."""
TABLES = ("objects", "modules")


def setup(app: Sphinx) -> None:
    """Put objects in order when documents were read."""
    app.connect("env-updated", put_in_order, priority=FIRST)


def put_in_order(_app: Sphinx, env: BuildEnvironment) -> None:
    """Sort the tables of all domains by the documents of their entries: those that are named by documents, and those
    of objects, where they come first in each.
    """
    for domain in env.domains.sorted():
        for name, table in domain.data.items():
            if not isinstance(table, dict):
                continue
            if name in TABLES and all(map(has_place, table.values())):
                enter(table, sorted(table.items(), key=lambda entry: str(entry[1][0])))
            elif table.keys() <= env.all_docs.keys():
                enter(table, sorted(table.items(), key=lambda entry: str(entry[0])))


def enter(table: dict[Any, Any], entries: list[tuple[Any, Any]]) -> None:
    """Have a table hold some entries in their order."""
    table.clear()
    table.update(entries)


def has_place(entry: Any) -> bool:
    """True for an entry of which the first part is the name of a document."""
    return isinstance(entry, tuple) and bool(entry) and isinstance(entry[0], str)
