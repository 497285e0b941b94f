"""Formulas that MathJax shows come out in print too."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.formulas import convert
from builder.latex import rewritten

SHOWN = [
    r"{n \over k}", r"{\rm max}_x", r"{\bf x} + \cal L", r"\pmatrix{1 & 2 \cr 3 & 4}", r"\begin{vmatrix}1&2\\3&4\end{vmatrix}",
    r"A \cap B", r"u \otimes v", r"\bigodot_i x", r"\dbinom{n}{k}", r"\bra{x} \ket{y}", r"\textcolor{red}{x}",
    r"\ce{SO4^2- + Ba^2+ -> BaSO4}", r"\unicode{x263a}", r"\kern1pt x", r"\cfrac{1}{2}", r"{a \atop b}", r"\require{cancel}\cancel{x}",
    r"\Pi = \begin{bmatrix} 1 & 0 \cr 0 & \sqrt{\beta} \end{bmatrix}", "$$\nx^2 + \\alpha$$", r"u_T^{\*}", r"\text{Кириллица}", r"x \degree", r"\varprojlim A",
]  # fmt: skip


def test_all_are_set() -> None:
    assert [formula.latex for formula in convert(SHOWN) if not formula.typst] == []


def test_fractions_of_plain_tex_keep_to_their_group() -> None:
    assert rewritten(r"a + {n+1 \over k} b") == r"a + {\frac{n+1}{k}} b"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=r"ab\{}&^_ \overcrmbf1", max_size=40))
def test_rewriting_ends_on_anything(text: str) -> None:
    assert isinstance(rewritten(text), str)
