"""What a formula means, as mathra reads it from LaTeX: a tree of nodes, and how one says it.

A node is a mapping with a ``type`` (``row``, ``scripts``, ``fraction``, ...) and other nodes as its parts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import mathra

from builder.store.limits import FORMULA_LETTERS
from builder.typeset.math.latex import OFFICE_MACROS, common

Node = dict[str, Any]

LOCALES = {locale["code"].partition("-")[0]: locale["code"] for locale in mathra.locales()}
"""Languages that mathra has rules for, as Sphinx names them, without the region."""


def meaning(latex: str) -> Node | None:
    """The tree of a formula without macros of the project; None for one that is too much to be read."""
    found = _read(latex, "en")
    return found["tree"] if found is not None else None


def may_break(latex: str) -> bool:
    """True for a formula that lines may end in: behind an operator or relation that stands in nothing else."""
    tree = meaning(latex) or {}
    parts = tree.get("children", []) if tree.get("type") == "row" else []
    return any(part.get("class") in ("bin", "rel") for part in parts[1:-1])


def speech(latex: str, language: str) -> str:
    """Return how mathra says a formula in ``language``, which is one of `LOCALES`; '' for one that is too much to be
    read.
    """
    found = _read(latex, LOCALES[language])
    return str(found["speech"]) if found is not None else ""


@lru_cache(maxsize=20_000)
def _read(latex: str, locale: str) -> dict[str, Any] | None:
    if len(latex) > FORMULA_LETTERS.most:
        return None
    try:
        found = mathra.render(as_read(latex), locale)
    except ValueError:  # nested deeper than it goes
        return None
    return {"tree": found["tree"], "speech": found["speech"]}


def as_read(latex: str) -> str:
    """A formula without labels and tags, in commands that mathra knows; rows without an environment in one."""
    return OFFICE_MACROS.expand(common(latex))
