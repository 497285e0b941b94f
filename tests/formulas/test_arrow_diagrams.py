"""Commutative diagrams and proof trees are set as arrays and fractions, on pages and slides."""

from __future__ import annotations

import pytest

from builder.typeset.math.diagrams import without_diagrams
from builder.typeset.math.formulas import Formulas

SQUARE = r"\begin{CD} A @>f>> B \\ @VgVV @VVhV \\ C @>>k> D \end{CD}"
PROOF = r"\begin{prooftree} \AxiomC{$A$} \AxiomC{$A \to B$} \RightLabel{mp} \BinaryInfC{thus $B$} \end{prooftree}"


@pytest.mark.parametrize(
    ("diagram", "cells"),
    [
        (SQUARE, [["A", r"\xrightarrow{\quad f\quad }", "B"],
                  [r"{\scriptstyle g}\Big\downarrow", "", r"\Big\downarrow{\scriptstyle h}"],
                  ["C", r"\xrightarrow[k]{\quad \quad }", "D"]]),
        (r"\begin{CD} A @= B @. C \\ @| @AxAA @. \end{CD}",
         [["A", r"\xlongequal{\quad\quad\;}", "B", "", "C"],
          [r"\Big\Vert", "", r"{\scriptstyle x}\Big\uparrow", "", ""]]),
        (r"\begin{CD} {A@B} @<{x<y}<< C \end{CD}", [["{A@B}", r"\xleftarrow{\quad {x<y}\quad }", "C"]]),
    ],
)  # fmt: skip
def test_each_arrow_of_a_diagram_has_a_cell(diagram: str, cells: list[list[str]]) -> None:
    rows = r" \\ ".join(" & ".join(row) for row in cells)
    columns = "c" * max(map(len, cells))
    assert without_diagrams(diagram) == rf"\begin{{array}}{{{columns}}} {rows} \end{{array}}"


@pytest.mark.parametrize(
    ("steps", "fractions"),
    [
        (PROOF, r"\dfrac{A \qquad A \to B}{\text{thus }B}{\scriptstyle \text{mp}}"),
        (r"\begin{prooftree}\AXC{$A$}\UIC{$B$}\LL{r}\UIC{$C$}\end{prooftree}",
         r"{\scriptstyle \text{r}}\dfrac{\dfrac{A}{B}}{C}"),
        (r"\begin{prooftree}\AXC{$A$}\BIC{$B$}\end{prooftree}", r"\begin{prooftree}\AXC{$A$}\BIC{$B$}\end{prooftree}"),
    ],
)  # fmt: skip
def test_each_rule_of_a_proof_is_a_fraction_of_its_premises(steps: str, fractions: str) -> None:
    assert without_diagrams(steps) == fractions


@pytest.mark.parametrize("latex", [SQUARE, PROOF])
def test_they_can_be_set_and_read_aloud(latex: str) -> None:
    formulas = Formulas()
    formula = formulas[latex]
    assert (formula.problem, bool(formula.typst)) == ("", True)
    assert formula.height_em > 1.5
    assert all(letter in formulas.text(latex) for letter in "AB")
    assert "begin" not in formulas.spoken(latex)
