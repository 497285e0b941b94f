"""Formulas that MathJax shows come out in print too."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.typeset.math.definitions import known_macros
from builder.typeset.math.formulas import Formulas, convert, too_much
from builder.typeset.math.latex import rewritten
from builder.typeset.math.rows import cells_of, with_equations_in_rows

from conftest import CONF, Book

SHOWN = [
    r"{n \over k}", r"{\rm max}_x", r"{\bf x} + \cal L", r"\pmatrix{1 & 2 \cr 3 & 4}", r"\begin{vmatrix}1&2\\3&4\end{vmatrix}",
    r"A \cap B", r"u \otimes v", r"\bigodot_i x", r"\dbinom{n}{k}", r"\bra{x} \ket{y}", r"\textcolor{red}{x}",
    r"\ce{SO4^2- + Ba^2+ -> BaSO4}", r"\unicode{x263a}", r"\kern1pt x", r"\cfrac{1}{2}", r"{a \atop b}", r"\require{cancel}\cancel{x}",
    r"\Pi = \begin{bmatrix} 1 & 0 \cr 0 & \sqrt{\beta} "
    r"\end{bmatrix}", "$$\nx^2 + \\alpha$$", r"u_T^{\*}", r"\text{Кириллица}", r"x \degree", r"\varprojlim A",
    r"\\", "{}", r"\clap{k}", r"{\displaystyle\mathchoice{D}{T}{S}{R}}", r"\intop_2^2 x", r"a \newline b",
    r"\text{\sf for $a$ x}", r"\text{r\it it\rm m}",
]  # fmt: skip


def test_all_are_set() -> None:
    assert [formula.latex for formula in convert(SHOWN) if not formula.typst] == []


def test_switches_of_font_in_a_text_hold_to_its_end() -> None:
    [formula] = convert([r"\text{r\it it $x$\bf b}"])
    assert [part in formula.typst for part in ('"r"', 'italic("it ")', 'bold("b")')] == [True] * 3


def test_no_letter_lengthens_the_name_of_the_command_before_it() -> None:
    macros = known_macros(r"\newcommand{\x}{x}\newcommand{\greek}{\alpha}")
    assert macros.expand(r"\alpha\x \greek\x \greek b") == r"\alpha x \alpha x \alpha b"


def test_what_shows_nothing_is_set_as_nothing() -> None:
    assert ["square" in formula.typst + formula.omml or "□" in formula.omml for formula in convert(["", r"\\"])] == [
        False
    ] * 2


def test_rows_in_a_line_of_text_may_begin_with_their_mark() -> None:
    [formula] = convert([r"\begin{align} a &= b \\ &= c \end{align}"])
    assert "display()" not in formula.in_line
    assert formula.in_line.count("display(") == 4


def test_fractions_of_plain_tex_keep_to_their_group() -> None:
    assert rewritten(r"a + {n+1 \over k} b") == r"a + {\frac{n+1}{k}} b"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=r"ab\{}&^_ \overcrmbf1", max_size=40))
def test_rewriting_ends_on_anything(text: str) -> None:
    assert isinstance(rewritten(text), str)


TOO_MUCH = {
    r"\newcommand{\a}{\a\a}\a": "it has more than 5,000 uses of macros",
    "".join(rf"\newcommand{{\{a}}}{{\{b}\{b}}}" for a, b in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)) + r"\a": "it has more than 5,000 uses of macros",
    r"\newcommand{\a}[1]{\a{#1#1}}\a{x}": "its macros expand to more than 20,000 letters",
    r"\newcommand{\a}{" + "x" * 15_000 + r"}\a\a": "its macros expand to more than 20,000 letters",
    "x" * 1_000_000: "it is longer than 20,000 letters",
    r"\\" * 500_000: "it is longer than 20,000 letters",
    "x^{" * 40 + "y" + "}" * 40: "it has scripts of scripts over more than 6 levels",
    r"x^\frac{1}{" * 40 + "y" + "}" * 40: "it has scripts of scripts over more than 6 levels",
    "^" * 1_000: "it has scripts of scripts over more than 6 levels",
    "{" * 5_000: "it is nested over more than 30 levels",
    r"\begin{matrix}" * 40 + "x" + r"\end{matrix}" * 40: "it is nested over more than 30 levels",
}  # fmt: skip


@pytest.mark.parametrize("latex", TOO_MUCH, ids=lambda latex: latex[:30])
def test_a_formula_that_is_too_much_is_told_at_once(latex: str) -> None:
    started = time.perf_counter()
    formulas = Formulas()
    formula = formulas[latex]
    assert (formula.typst, formula.problem) == ("", TOO_MUCH[latex])
    assert list(cells_of([latex], formulas.plain)) == []
    assert time.perf_counter() - started < 30


def test_what_people_write_is_not_too_much() -> None:
    usual = [
        r"e^{e^{e^{e^{x}}}}", r"x_{a}^{b_{c}^{d_{e}^{f}}}", r"a^{2}(b^{2}(c^{2}(d^{2}(e^{2}(f^{2}(g^{2}(h^{2})))))))", r"[a, b) \cup (c, d]",
        r"\left\{ \left[ \left( "
        r"x \right) \right] \right.", r"\begin{aligned} a &= b \\ " * 1 + r"\end{aligned}", "x + " * 4_000,
    ]  # fmt: skip
    assert [too_much(latex) for latex in usual] == [""] * len(usual)


def test_a_macro_that_doubles_in_a_source_shows_its_source(book: Book) -> None:
    result = book.build("# T\n\n$\\newcommand{\\a}{\\a\\a}\\a$\n\nMore text.\n")
    assert result.status == 0, result.errors
    assert "chapter.md:3: WARNING: the formula '\\newcommand{\\a}{\\a\\a}\\a' cannot be set" in result.errors
    assert "it has more than 5,000 uses of macros" in result.errors


def test_a_macro_of_the_settings_that_doubles_is_told_where_it_is_used(book: Book) -> None:
    book.write("conf.py", CONF + 'mathjax3_config = {"tex": {"macros": {"a": r"\\a\\a"}}}\n')
    result = book.build(f"# T\n\n$$\\a$$\n\n$x$ {'and $y$' * 3}\n", "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    assert "chapter.md:3: WARNING: the formula '\\a' cannot be set" in result.errors


@pytest.mark.slow
def test_a_formula_of_a_million_letters_is_told_in_short(book: Book) -> None:
    result = book.build(f"# T\n\n$$\n{'x+' * 500_000}x\n$$\n\nMore text.\n")
    assert result.status == 0, result.errors[:2000]
    assert "it is longer than 20,000 letters" in result.errors
    assert len(result.errors) < 2000


def test_a_bracket_alone_is_a_formula_in_print_and_on_slides(book: Book) -> None:
    signs = " ".join(f"${a}$ ${b}$" for a, b in ((r"\{", r"\}"), ("(", "["), ("]", r"\rangle"), ("|", r"\|")))
    result = book.build(f"# One\n\n{{.slide}}\n## Sets\n\n[Poor and rich {signs}]{{.point}} are states.\n")
    assert (result.status, result.errors) == (0, "")


def test_a_formula_in_text_that_is_wider_than_a_slide_stands_on_it_as_text(book: Book) -> None:
    terms = " + ".join(rf"\alpha_{{{n}}} x^{{{n}}}" for n in range(40))
    result = book.build(
        f"# One\n\n{{.slide}}\n## Sums\n\n[The root $\\sqrt{{{terms}}}$ is long.]{{.point}}\n", "--to", "pptx"
    )
    assert result.status == 0
    assert result.errors.count("is wider than the slide and stands on it as text; display it in a block") == 1
    assert "chapter.md:6" in result.errors
    assert "α₃₉x³⁹) is long" in result.deck().slides[1].placeholders[1].text_frame.text


@pytest.mark.parametrize(
    ("latex", "rows"),
    [
        ("x = 1\n\ny = 2", r"\begin{aligned}x = 1 \\ y = 2\end{aligned}"),
        ("x = 1\n \na &= 2 \\\\\nb &= 3\n\n", "\\begin{aligned}x = 1 \\\\ \\begin{aligned}a &= 2 \\\\\nb &= 3\\end{aligned}\\end{aligned}"),
        ("\\begin{align}\nx\n\ny\n\\end{align}", "\\begin{align}\nx\n\ny\n\\end{align}"),
        ("x\n", "x\n"),
    ],
)  # fmt: skip
def test_equations_that_a_blank_line_parts_stand_in_rows(latex: str, rows: str) -> None:
    assert with_equations_in_rows(latex) == rows
