"""Each command of MathJax is set with the symbols that MathJax shows, in print and on slides."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "formulas"))

from compare import converted, trees
from symbols import of_office, of_typst

_LINES = (Path(__file__).parent / "commands.tsv").read_text(encoding="utf-8").splitlines()
COMMANDS = [tuple(line.split("\t")) for line in _LINES if not line.startswith("%")]
PARTS = [COMMANDS[start : start + 200] for start in range(0, len(COMMANDS), 200)]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(len(PARTS)))
def test_commands_have_the_symbols_that_mathjax_shows(part: int) -> None:
    asked = [latex for latex, _symbols in PARTS[part]]
    ours = converted(asked)
    assert [formula.latex for formula in ours if formula.problem] == []
    for (latex, symbols), formula, tree in zip(PARTS[part], ours, trees(ours), strict=True):
        assert (of_typst(tree), of_office(formula.omml) or symbols) == (symbols, symbols), latex
