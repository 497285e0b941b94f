"""A display formula of several rows → these rows, between which it may go on on another slide."""

from __future__ import annotations

import re

from builder.typeset.math.environments import environment_at
from builder.typeset.math.rows import split_top, without_tags

_OF_ROWS = frozenset({
    "align", "aligned", "alignat", "alignedat", "flalign", "split", "gather", "gathered", "eqnarray", "multline",
    "multlined",
})  # fmt: skip
_AROUND = re.compile(r"\\(?:begin|end)\{equation\*?\}|\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])")
_PLACE = re.compile(r"^\s*\[[tbc]\]")
_COLUMNS = re.compile(r"^\s*(?:\[[tbc]\])?\s*\{\d+\}")
"""What stands behind the name of an environment: where it is aligned with its line, and of some how many columns."""


def rows_apart(latex: str) -> tuple[str, tuple[str, ...]]:
    """The environment in which the rows of a formula without macros can be set, and the rows; a formula that stands in
    anything else is one row.
    """
    whole = _AROUND.sub("", without_tags(latex)).strip()
    found = environment_at(whole, 0)
    if found is not None and found[0].rstrip("*") in _OF_ROWS and whole[found[3] :].strip() in ("", ".", ",", ";"):
        argument = _COLUMNS if found[0].startswith(("alignat", "alignedat")) else _PLACE
        whole = argument.sub("", found[2], count=1).rstrip() + whole[found[3] :].strip()
    rows = tuple(row.strip() for row in split_top(whole, r"\\") if row.strip())
    is_aligned = any(len(split_top(row, "&")) > 1 for row in rows)
    return "aligned" if is_aligned else "gathered", rows
