"""Formulas in print as MathJax shows them: spaces, classes, sizes, rows and columns."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
import typst
from formulas.corpus import CORPUS

import builder.book
from builder.book.fascicles import HEAD
from builder.deck.lines import Typeface
from builder.deck.unparted import formula_room
from builder.typeset.math.formulas import Formulas, convert
from builder.typeset.math.macros import configured

from conftest import Book
from pdf_text import pages_of

NOT_SET = (r"\begin{CD}", r"\begin{prooftree}")
"""Diagrams and proof trees, of which an author is told."""


def widths(*latex: str) -> list[float]:
    formulas = convert(list(latex))
    assert [formula.problem for formula in formulas if formula.problem] == []
    return [formula.width_em for formula in formulas]


@pytest.mark.slow
def test_all_of_the_corpus_are_set() -> None:
    formulas = Formulas()
    own = [Formulas(formulas.known).plain(latex) for latex in CORPUS]
    formulas.add(own)
    assert [one for one in own if formulas[one].problem and not one.startswith(NOT_SET)] == []


MU = 1 / 18
WIDER = [
    (r"a \, b", r"a b", 3), (r"a \: b", "a b", 4), (r"a \; b", "a b", 5), (r"r \! s", "r s", -3), (r"a \quad b", "a b", 18),
    (r"a \qquad b", "a b", 36), (r"a \hspace{2em} b", "a b", 36), (r"a \mspace{9mu} b", "a b", 9), (r"a \hspace*{-0.5em} b", "a b", -9), (r"a \kern 1em b", "a b", 18),
    ("a~b", "a b", 6), (r"a\ b", "a b", 6), (r"x \;=\; y", "x = y", 10), (r"x \! = y", "x = y", -3), (r"a \, + \, b", "a + b", 6),
    (r"\int \!\! \int f", r"\int \int f", -6), (r"f \, \sin x", r"f \sin x", 3), (r"x_{a \, = \, b}", "x_{a = b}", 6 * 0.73), (r"( \, -1)", "(-1)", 3),
    (r"a \quad b \; = c", "a b = c", 23), (r"a \enspace b", "a b", 9), (r"x + \dots \, + y", r"x + \dots + y", 3), (r"a \negthinspace b", "a b", -3),
]  # fmt: skip
"""(formula, the same without its spaces, eighteenths of an em between the two)."""


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    asked = list(dict.fromkeys(text for case in WIDER for text in case[:2]))
    return dict(zip(asked, widths(*asked), strict=True))


@pytest.mark.parametrize(("spaced", "bare", "eighteenths"), WIDER, ids=[case[0] for case in WIDER])
def test_spaces_are_as_wide_as_in_latex(measured: dict[str, float], spaced: str, bare: str, eighteenths: float) -> None:
    assert measured[spaced] - measured[bare] == pytest.approx(eighteenths * MU, abs=0.02)


def test_a_bar_keeps_to_what_it_encloses_and_mid_is_a_relation() -> None:
    bars, twice, norm, letter, mid, signs, vert = widths("|x|", "||x||", r"\|x\|", "x", r"A \mid B", "A B", r"\lvert x \rvert")  # fmt: skip
    assert bars == pytest.approx(letter + 2 * 0.28, abs=0.02) == vert
    assert twice == pytest.approx(letter + 4 * 0.28, abs=0.02)
    assert norm < letter + 1.1
    assert mid == pytest.approx(signs + 0.28 + 10 * MU, abs=0.03)


def test_operators_stand_apart_from_letters_and_not_from_brackets() -> None:
    rank, called, word = widths(r"\operatorname{rank} A", r"\operatorname{rank}(A)", r"\operatorname{rank}")
    letter, brackets = widths("A", "(A)")
    assert rank == pytest.approx(word + letter + 3 * MU, abs=0.01)
    assert called == pytest.approx(word + brackets, abs=0.01)


TYPST = {
    r"\operatorname*{arg\,max}_x f": 'op("arg\u2009max", limits: #true)_x',
    r"\left\| \frac{a}{b} \right\|": "bar.v.double",
    r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}": "augment: #(hline: (1, ), vline: (1, )",
    r"\begin{array}{lr} a & b \end{array}": "&inline( a ), inline( b )&",
    r"\left\{ \begin{aligned} x &= 1 \\ y &= 2 \end{aligned} \right.": 'lr(class("opening", \\{)mat(',
    r"\textcolor{red}{x}": 'text(fill: #rgb("#ff0000"), x )',
    r"a \overset{x}{b} c": "limits( b )^x",
    r"\longrightarrow": "arrow.r.long",
    r"a \sim_n b \not=_m c": "scripts( tilde.op )_n b scripts( eq.not )_m",
    r"\boxed{x}": "inset: 3pt",
    r"\begin{eqnarray} a &=& b \end{eqnarray}": '& class("normal", "") = b',
    r"\ket{++}": '+ class("normal", +)',
    r"x^\frac{1}{2}": "x^(1 / 2)",
    r"1{,}000": '1 class("normal", \\, )000',
    r"\text{a \textbf{b}}": 'bold("b")',
    r"\text{`a' `b`}": '"‘a\' ‘b‘"',
    r"\text{caf\'e, g\^{\i}t, \c cedille, Stra\ss e $\dot x$ \v{S}}": '"café, gît, çedille, Straße " #h(0em) dot(x)',
    r"\verb*|a b|": 'mono("a␣b")',
    r"\rule[1em]{2em}{1pt}": "box(width: 36em/18, height: 1.8em/18, baseline: -18em/18, fill: text.fill)",
    r"\S 3 \natural": "§ 3 ♮",
    r"\begin{multline} a \\ + b \\ = c \end{multline}": "grid.cell(align: right, inset: (left: 2em)",
    r"\mathop{\overline{\lim}}_n \hat{=}": "op(overline(class(\"normal\", lim)), limits: #true)_n accent(class(\"normal\", =)",
    r"\begin{align} a &= \begin{pmatrix} 1 \end{pmatrix} \tag{A} \\ c &= d \tag{B} \end{align}": 'mat(delim: #("(", ")")',
    r"\mathsf{A}^\mathsf T \mathsfit{x} \mathbfsf{B}": "upright(sans(A))^(upright(sans(T))) italic(sans(x)) bold(upright(sans(B)))",
    r"\llbracket e \rrbracket": "⟦ e ⟧",
    r"a \leqslant b": "lt.eq.slant",
    r"\bigcap A \sqcap B": "inter.big A inter.sq B",
    r"\sqrt\frac{a}{b}": "sqrt(a / b)",
    r"\begin{cases*} 1 & if $x$ \end{cases*}": '"if " #h(0em) x',
    r"\begin{aligned}[t] a &= b \end{aligned}": 'a & class("normal", "") = b',
    r"\begin{psmallmatrix} a \end{psmallmatrix}": "script( a )",
    r"\mqty(a & b)": "inline( a ), inline( b )",
    r"\underbracket[1pt]{a}_{c}": "limits(underbracket( a ))_c",
    r"\cancelto{0}{x}": "cancel(x)",
    r"{a \overwithdelims () b}": 'lr(class("opening", \\()',
    r"\ce{Y^{99}+}": "^(99 +)",
    r"\pu{3 * 10^8 m/s}": "3 dot.op 10^8",
    r"\textcolor[rgb]{0,0.5,0}{b}": "b",
    r"\begin{array}{c@{=}c} a & b \end{array}": 'inline( a ),  #h(0em) = #h(0em) ,inline( b )',
    r"\begin{array}{r@{}l} 3x&{}=6 \end{array}": '&inline(class("normal", "") = 6 )',
    r"\begin{array}{>{\alpha}l<{;}c} a & b \end{array}": r"&inline( alpha a \;), inline( b )",
    r"\begin{array}{p{3cm}|m{2cm}} a & b \end{array}": "augment: #(hline: (), vline: (1, )",
    r"\begin{array}{rr} 1 & 2 \\ \cline{1-2} 3 & 4 \end{array}": "grid.hline(y: 1, start: 0, end: 2, stroke: 0.4pt)",
    r"\begin{array}{cc} \multicolumn{2}{l}{a} \\ b & c \end{array}": "grid.cell(x: 0, y: 0, colspan: 2, rowspan: 1, align: left + horizon",
    r"\begin{array}{cc} \multirow{2}{*}{a} & b \\ & c \end{array}": "colspan: 1, rowspan: 2",
    r"\begin{pmatrix} a & b \\ \hdotsfor{2} \end{pmatrix}": 'mat(delim: #("(", ")"), #box(grid(columns: (auto, auto',
    r"\begin{bmatrix} \begin{array}{c} A \\ \hline C \end{array} \end{bmatrix}": 'delim: #("[", "]"), column-gap: #1em, row-gap: #0.35em, inline(mat(delim: #(none, none), column-gap: #1em, row-gap: #0.35em, augment: #(hline: (1, )',
    r"\mathscr{L} \mathcal{L}": "scr( L ) cal(L)",
    r"\texteuro 5 \text{\textnumero}": 'euro 5 #h(0em/18) "№"',
    r"\Upgamma \varGamma": "upright(Gamma) italic(Gamma)",
    r"x² \text{m²} a_{n₀}": 'x^2 #h(0em/18) "m²"',
    r"\text{a\textsuperscript{2}}": 'zws^( #h(0em/18) "2")',
    r"\frac{}{b}": "frac(#h(3em/18), b)",
    r"\left⟨ x \right⟦": 'lr(class("opening", chevron.l) x class("closing", \\⟦))',
    r"\left\lgroup a \right.": 'lr(class("opening", \\⟮) a )',
    r"\not\!D \centernot{\parallel}": '"D̸" parallel.not',
    r"\begin{empheq}[left={f = \empheqlbrace}]{align} a &= b \end{empheq}": 'f = lr(class("opening", \\{)mat(',
    r"\begin{xalignat}{2} a &= b & c &= d \end{xalignat}": '= b & c & class("normal", "") = d',
    r"\xlongrightarrow{f}": "stretch(arrow.r",
    r"\qty{1.5e-3}{\kilo\gram\per\square\metre}": "1.5 times 10^(- 3) #h(3em/18) upright(k g) #h(3em/18) upright(m)^(- 2)",
    r"\num{12345.678(9)}": "12 #h(3em/18) 345.678 \\( 9 \\)",
    r"\pdv*{f}{x}": "partial f \\/ partial x",
    r"\eval[x|_a^b": 'lr(class("opening", \\[) x class("closing", bar.v))_a^b',
    r"\begin{pNiceMatrix} a \end{pNiceMatrix}": 'delim: #("(", ")")',
    r"\toggle{a}{b}\endtoggle \mathmakebox[2em]{c}": "a c",
    r"\begin{array}{|c|} \hline a \\ \hline \end{array}": "#box(stroke: (top: 0.4pt, bottom: 0.4pt, left: 0.4pt, right: 0.4pt)",
    r"\begin{aligned} [A] &= 1 \\ [B] &= 2 \end{aligned} x": "\\[ B \\]",
    r"\ce{[Pt(\eta^2-C2H4)]}": "eta^2",
    r"\ce{A-(aq)}": "upright(A)^(-)",
    r"\ce{A\bond{->}B}": "arrow.r",
    r"\ce{A ->[\text{KI}] B}": '"KI"',
    r"\sideset{}{'}\sum": "tr: '",
    r"|{\uparrow\downarrow}\rangle": 'class("normal", arrow.t arrow.b )',
    r"{\large b}": "text(size: #1.095em, b )",
    r"\text{\small b}": '"b"',
    r"\sum_{\mathclap{i<j}} a": "lap($i < j $)",
    r"\left(\vphantom{\frac12} x\right)": "hide($1 / 2$)",
    r"x \surd y": "\\√",
    r"\begin{array}{c||c:c} a & b & c \\ \hdashline d & e & f \end{array}": 'grid.hline(y: 1, stroke: (thickness: 0.4pt, dash: "dashed"))',
    r"\begin{array}{c||c} a & b \end{array}": "columns: (auto, 0.17em, auto,)",
    r"\llbracket e \rrbracket_\rho a_\cap": "⟧_rho a_inter",
    r"\Huge A \normalsize b": "text(size: #2.074em,  A )text(size: #1em,  b )",
    r"\bf x \rm y": "upright(bold(x)) upright(y)",
    r"x_1 + \dots + x_n": "dots.h.c",
    r"f(x_1, \dots, x_n)": "dots.h #h(3em/18) \\,",
    r"\ce{Na+_{(aq)}}": "^(+)",
    r"\ce{A <=>> B}": "⥂",
    r"\cases{x & if $x$ \cr -x & else}": '"if "',

    r"\Rule{2em}{1em}{0.5em}": "box(width: 36em/18, height: 27em/18, baseline: 9em/18",
    r"\framebox[5em][l]{ab} \makebox[5em][l]{c}": '"ab"',
    r"\pqty\big{a} \bra*{x}": 'lr(size: #1.2em, class("opening", \\())',
    r"\mathrm{a\alpha\Gamma}^2": "upright(a) alpha upright(Gamma)", r"\mathbf{\theta}": "theta", r"\upmu": "upright(mu)",
    r"{\oldstyle 1_2} 3": 'text(font: "Libertinus Serif", number-type: "old-style", "2")) 3',
    r"\bbox[4px]{x}": "inset: 4.5em/18",
    r"\Set{a | b | c}": 'mid(bar.v)) #h(4em/18) b class("normal", bar.v) c',
}  # fmt: skip


def test_what_pandoc_has_no_words_for_comes_through() -> None:
    for formula, part in zip(convert(list(TYPST)), TYPST.values(), strict=True):
        assert part.replace(" ", "") in formula.typst.replace(" ", ""), formula.latex


WHOLE = {
    r"\def\inner#1#2{\langle#1,#2\rangle} \inner{a}{b}": "chevron.l a",
    r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert} \abs{x}": "bar.v",
    r"\DeclarePairedDelimiter\ceil{\lceil}{\rceil} \ceil*{\frac12}": "lr(",
    r"\DeclarePairedDelimiterX{\inner}[2]{\langle}{\rangle}{#1 \,\delimsize\vert\, #2} \inner*{a}{b}": "mid(bar.v)",
    r"\newenvironment{m}{\begin{pmatrix}}{\end{pmatrix}} \begin{m} a \\ b \end{m}": "inline( a ); inline( b )",
    r"\begin{CD} A @= B \end{CD}": "inline( A ), inline(stretch(eq,",
    "a % what it is\n + b": "a + b", r"\mbox{68% of $x$} + a % \text{none": '"68% of "',
    "x = 1\\ \\ ": "x = 1 #h(", "x\\ \\label{a}\n": "x #h(", r"x \\ ": "x",
    r"\bbox[5pt, yellow, border: 2px solid red]{x^2}": '#box(stroke: 0.5pt + rgb("#ff0000"), fill: rgb("#ffff00"), inset: 9em/18',
    r"\def\of(#1,#2)#3{#1 : #2 ; #3} \of({a,},b)x": ": b \\; x",
    r"\definecolor{me}{rgb}{1,.5,0}\color{me} x": 'text(fill: #rgb("#ff8000")',
    r"\newcolumntype{R}{>{\alpha}r} \begin{array}{*{2}{R}} a & b \end{array}": "alpha b",
    r"\Newextarrow{\go}{5,10}{0x21C0} \go{b}": "stretch(harpoon.rt",
    r"\global\def\x{7} \begingroup \x \endgroup": "7",
    r"\begin{prooftree} \Axiom$A \fCenter B$ \UnaryInf$C \fCenter D$\end{prooftree}": "A  #h(5em/18)  B",
    r"\DeclarePairedDelimiterXPP\P[1]{A}(){B}{#1 + c} \P{x}": "A \\( x + c \\) B",
}  # fmt: skip


@pytest.mark.parametrize(("latex", "part"), WHOLE.items())
def test_what_a_formula_defines_and_diagrams_are_set(latex: str, part: str) -> None:
    formula = Formulas()[latex]
    assert formula.problem == ""
    assert part in formula.typst


def test_no_function_of_formulas_is_hidden_by_the_template_of_books() -> None:
    known = typst.Compiler(b"#metadata((dictionary(math) + dictionary(sym)).keys())<names>").query(
        "<names>", field="value", one=True
    )
    files = Path(builder.book.__file__).parent.joinpath("template").rglob("*.typ")
    own = {
        name
        for file in files
        for name in re.findall(r"^#let ([a-z][\w-]*)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    given_back = set(re.findall(r"[\w-]+", HEAD.partition("#import math:")[2].partition("\n")[0]))
    assert own & set(json.loads(known)) - {"equation", "section"} == given_back  # which no formula calls


def test_commands_of_physics_mean_what_they_mean_there_where_mathjax_loads_it() -> None:
    tex = {"packages": {"[+]": ["physics"]}}
    loading = Formulas(macros=configured(SimpleNamespace(latex_elements={}, mathjax3_config={"tex": tex})))
    assert [book[r"\div f, \Re z, \sin[2](x)"].typst for book in (Formulas(), loading)] == [
        "div f \\, Re z \\, sin \\[ 2 \\] \\( x \\)",
        'bold(nabla) dot.op f \\, op("Re", limits: #false) z \\, sin^2 \\( x \\)',
    ]


@pytest.mark.parametrize("latex", [r"\left x y \right)", r"\big x", r"\left( a \middle b \right)"])
def test_a_delimiter_that_is_none_is_told(latex: str) -> None:
    assert "unexpected" in Formulas()[latex].problem


def test_signs_that_begin_a_row_behind_its_mark_stand_as_between_terms() -> None:
    between, begun, relation, related = widths("a + b", r"\begin{aligned} a & + b \end{aligned}", r"{}= b", "a = b")
    assert begun == pytest.approx(between, abs=0.01)
    assert related - relation == pytest.approx(widths("a")[0], abs=0.02)


def test_spaces_beside_boxes_are_those_of_letters() -> None:
    bare, boxed = widths("a b c", r"a \vphantom{x} b c")
    assert boxed == pytest.approx(bare, abs=0.01)


def test_a_length_behind_a_row_is_added_below_it() -> None:
    rows, lower, up = convert(
        [rf"\begin{{align}} a &= b \\{gap} c &= d \end{{align}}" for gap in ("", "[2em]", "[-0.3em]")]
    )
    assert lower.height_em - rows.height_em == pytest.approx(2, abs=0.01)
    assert up.height_em - rows.height_em == pytest.approx(-0.3, abs=0.01)
    grid, wide = convert([rf"\begin{{pmatrix}} a & x_y \\{gap} c & d \end{{pmatrix}}" for gap in ("", "[2em]")])
    assert wide.height_em - grid.height_em == pytest.approx(2, abs=0.1)
    assert "height: 1.35em" not in lower.in_line


def test_words_between_rows_have_a_row() -> None:
    formula = Formulas()[r"\begin{align} a &= b \\ \intertext{and so} c &= d \end{align}"]
    assert formula.typst.count("\\ ") == 2


def test_rows_are_lines_of_a_whole_formula_and_a_grid_within_one() -> None:
    whole, within = convert(
        [r"\begin{align} a &= b \\ &= c \end{align}", r"x + \begin{aligned} a &= b \\ &= c \end{aligned}"]
    )
    assert "mat(" not in whole.typst
    assert "mat(" in within.typst


TWO_ROWS = "# One\n\n{.slide}\n## Rows\n\n```{math}\n:class: slide\n\na &= \\frac{1}{8} \\\\\nb &= \\frac{9}{4}\n```\n\nA formula $x + 7$ in its line.\n"


def test_rows_in_a_sentence_are_a_grid() -> None:
    rows, letter, matrix = convert(
        [
            r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            r"A \setminus \{x\}",
            r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}",
        ]
    )
    assert rows.in_line.startswith("mat(delim: #none")
    assert (letter.in_line, matrix.in_line) == (letter.typst, matrix.typst)


def heights_of(page: pypdfium2.PdfPage, *words: str) -> list[tuple[float, float]]:
    """Foot and head of the first letter of words that stand once on a page."""
    text = page.get_textpage()
    found = text.get_text_range()
    places = (len(found[: found.index(word)].encode("utf-16-le")) // 2 for word in words)  # as PDFium counts
    return [(box[1], box[3]) for box in map(text.get_charbox, places)]


def test_rows_stand_apart_on_slides_as_in_print(book: Book) -> None:
    result = book.build(TWO_ROWS, "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    with pypdfium2.PdfDocument(result.folder / "_build/slides/chapter.pdf") as pdf:
        below, above = heights_of(pdf[1], "8", "9")
    assert below[0] - above[1] > 15


def test_a_formula_in_a_sentence_stays_in_its_line(book: Book) -> None:
    result = book.build(TWO_ROWS, "--to", "pdf")
    with pypdfium2.PdfDocument(result.pdf) as pdf:
        page = next(page for page in pdf if "in its line" in page.get_textpage().get_text_range())
        (foot, _), (other, _) = heights_of(page, "7", "in its line")
    assert foot == pytest.approx(other, abs=1)


def test_a_line_has_room_for_what_reaches_below_and_above_its_letters() -> None:
    typeface = Typeface("Arial", Formulas())
    letter, deep, tall = (
        formula_room(typeface.formulas[latex], typeface) for latex in ("x", r"\underset{n}{x}", r"\sum_{i=1}^n")
    )
    assert letter == 0
    assert 0 < deep < 0.6
    assert tall == pytest.approx(2.55 - sum(typeface.edges), abs=0.05)


def test_numbers_and_letters_in_circles_are_characters_in_all_outputs(book: Book) -> None:
    r"""``\textcircled``, which lecturers number lines of a derivation with, is unknown to MathJax and pandoc."""
    result = book.build(
        "# One\n\n{.slide}\n## Two\n\n$$\nx = 1 \\quad \\textcircled{1}\n$$\n\n[By $\\textcircled{\\small 2}$ and "
        "$\\textcircled{99}$.]{.point}\n"
    )
    assert result.errors == ""
    printed = "".join(pages_of(result.pdf))
    assert "①" in printed
    assert "②" in printed
    assert "(99)" in printed
    page = (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert "①" in page
    assert "textcircled" not in page
