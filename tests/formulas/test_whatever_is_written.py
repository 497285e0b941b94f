"""Whatever stands in a formula, its LaTeX is read to its end, and its writers get text."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.typeset.math.formulas import convert
from builder.typeset.math.latex import as_typst, for_office
from builder.typeset.math.verbatim import restored

PIECES = [
    "a", "1", "+", "=", "|", "(", "]", "{", "}", "^", "_", "&", "\\\\", " ", "$", "#", "\\{", "\\|", "\\,", "\\left", "\\right", "\\middle", "\\big",
    "\\frac", "\\sqrt", "[", "\\text{", "\\begin{matrix}", "\\end{matrix}", "\\begin{align}", "\\end{align}", "\\begin{array}{c|c}", "\\hline",
    "\\operatorname*{", "\\color{red}", "\\textcolor", "\\ce{", "->", "\\pu{", "\\hspace", "\\mathop", "\\not", "\\over", "\\limits", "\\genfrac",
    "\\dv", "\\qty(", "\\xrightarrow", "\\substack{", "\\displaystyle", "\\sideset", "\\root", "\\of", "\\verb|", "\\tag{", "\\let\\a", "\\unicode{x41}",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("\\left\\right")
@example("\\begin{matrix}\\end{matrix}\\begin{matrix}")
def test_reading_ends_on_anything(latex: str) -> None:
    assert isinstance(restored(as_typst(latex)), str)
    assert isinstance(for_office(latex), str)


@settings(max_examples=2, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), min_size=60, max_size=60))
def test_one_that_cannot_be_set_spoils_no_other(latex: list[str]) -> None:
    found = convert([*latex, "a + b"])
    assert [formula.latex for formula in found] == [*latex, "a + b"]
    assert found[-1].typst == "a + b"
