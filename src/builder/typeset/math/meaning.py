"""What a formula means, as mathra reads it from LaTeX: a tree of nodes, and how one says it.

A node is a mapping with a ``type`` (``row``, ``scripts``, ``fraction``, ...) and other nodes as its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import mathra

from builder.store.limits import FORMULA_LETTERS
from builder.typeset.math.aloud import readable
from builder.typeset.math.definitions import OFFICE_MACROS
from builder.typeset.math.for_office import plain_columns
from builder.typeset.math.latex import common
from builder.typeset.math.siunitx import is_unit, readable_quantities
from builder.typeset.math.spans import without_spans

Node = dict[str, Any]

LOCALES = {locale["code"].partition("-")[0]: locale["code"] for locale in mathra.locales()}
"""Languages that mathra has rules for, as Sphinx names them, without the region."""


def meaning(latex: str) -> Node | None:
    """The tree of a formula without macros of the project; None for one that is too much to be read."""
    found = _read(as_read(latex), "en")
    return found["tree"] if found is not None else None


def may_break(latex: str) -> bool:
    """True for a formula that lines may end in: behind an operator or relation that stands in nothing else."""
    tree = meaning(latex) or {}
    parts = tree.get("children", []) if tree.get("type") == "row" else []
    return any(part.get("class") in ("bin", "rel") for part in parts[1:-1])


def speech(latex: str, language: str, prepared: Callable[[str], str] = str) -> str:
    """Return how mathra says a formula in ``language``, which is one of `LOCALES`; '' for one that is too much to be
    read. ``prepared`` has it in the words that it is read from.
    """
    found = _read(prepared(as_read(latex)), LOCALES[language])
    return str(found["speech"]) if found is not None else ""


@lru_cache(maxsize=20_000)
def _read(latex: str, locale: str) -> dict[str, Any] | None:
    if len(latex) > FORMULA_LETTERS.most:
        return None
    try:
        found = mathra.render(latex, locale)
    except ValueError:  # nested deeper than it goes
        return None
    return {"tree": found["tree"], "speech": found["speech"]}


@lru_cache(maxsize=4096)
def as_read(latex: str) -> str:
    """A formula without labels and tags, in commands that mathra knows; rows without an environment in one."""
    if len(latex) > FORMULA_LETTERS.most:
        return latex
    text = plain_columns(without_spans(common(readable_quantities(readable(latex)))))
    return _COMMAND.sub(_known, OFFICE_MACROS.expand(text))


_COMMAND = re.compile(r"\\\\|\\([a-zA-Z]+)")
_READ_AS = {
    "xrightequilibrium": r"\xrightleftharpoons", "xleftequilibrium": r"\xrightleftharpoons",
    "lparen": "(", "rparen": ")", "lgroup": "⟮", "rgroup": "⟯", "lmoustache": "⎰", "rmoustache": "⎱", "gtreqqless": "⪌",
    "llparenthesis": "⦇", "rrparenthesis": "⦈", "llbracket": "⟦", "rrbracket": "⟧", "lBrack": "⟦", "rBrack": "⟧",
}  # fmt: skip
"""Commands that all others know → their signs."""


def _known(match: re.Match[str]) -> str:
    """A command that mathra reads, or its name as a word."""
    name = match[1]
    if name in _READ_AS:
        return _READ_AS[name]
    return match[0] if name is None or is_unit(name) or is_read(name) else rf"\text{{{name}}}"


@cache
def is_read(name: str) -> bool:
    """True for a command that mathra reads as one; it takes others for what they begin with, and letters."""
    try:
        children = mathra.render(f"\\{name}", "en")["tree"].get("children", [])
    except ValueError:
        return True
    last = children[-1] if children else {}
    is_letter = last.get("type") == "identifier" and last.get("name") == name[-1] and name[-1].isascii()
    return not is_letter and "color" not in last
