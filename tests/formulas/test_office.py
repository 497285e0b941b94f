"""Formulas in decks as office programs read them: valid, and in LibreOffice as Office math only where it shows them."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re

import pytest
from formulas.corpus import CORPUS
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from builder.typeset.math.formulas import convert
from builder.typeset.math.office import ORDER, M

from conftest import Book


def office(*latex: str) -> list[str]:
    """Office math without its namespaces and properties of letters."""
    return [re.sub(r' xmlns:\w+="[^"]*"|<m:rPr>.*?</m:rPr>|m:', "", formula.omml) for formula in convert(list(latex))]


@pytest.mark.slow
def test_properties_stand_in_the_order_of_the_schema() -> None:
    for formula in convert(CORPUS):
        for properties in etree.fromstring(formula.omml).iter(f"{M}*") if formula.omml else ():
            name = etree.QName(properties).localname
            places = [ORDER[name].index(etree.QName(child).localname) for child in properties] if name in ORDER else []
            assert places == sorted(places), formula.latex
            assert name != "rPr" or properties.find(f"{M}nor") is None or properties.find(f"{M}sty") is None


SHOWN = r"""# One

{.slide}
## Formulas

```{math}
:class: slide

A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}, \quad f = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases}
```

```{math}
:class: slide

\begin{align} |x| &= \underbrace{a + b}_{n} \\ &= \sum_{i=1}^n \bar{x}_i \mid y \end{align}
```

A sentence with $\|x\|_2 \le \mathbb{R}$.
"""


@pytest.mark.slow
def test_a_deck_with_formulas_is_valid(book: Book) -> None:
    result = book.build(SHOWN, "--to", "pptx")
    assert result.status == 0, result.errors
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(result.folder / "_build/slides/chapter.pptx"))
    assert {error.description for error in found.errors} <= {"Unexpected element 'rPr' found"}  # a:rPr, which it lacks


DELIMITERS = {
    "|x| + |y|": ["||", "||"], r"\|x\|_2": ["‖‖"], r"|a + |b||": ["||", "||"], r"P(A \mid B)": [], "P(A | B)": [], r"\left|x\right|": ["||"],
    r"|x|^2 = a": ["||"], r"\{x : |x| > 1\}": ["||"], r"\frac{|x|}{\|y\|}": ["||", "‖‖"], "f(x)|_{x=a}": [], "|-1|": ["||"],
}  # fmt: skip


def test_a_box_of_mathjax_with_a_border_is_a_box() -> None:
    framed, coloured = office(r"\bbox[5px,border:1px solid red]{a}", r"\bbox[yellow]{a}")
    assert "<borderBox><e><r><t>a</t></r></e></borderBox>" in framed
    assert "borderBox" not in coloured


@pytest.mark.parametrize("latex", DELIMITERS)
def test_bars_that_enclose_are_delimiters_and_others_divide(latex: str) -> None:
    (text,) = office(latex)
    pairs = re.findall(r'<begChr val="(.)"/>.*?<endChr val="(.)"/>', text)
    assert ["".join(pair) for pair in pairs] == DELIMITERS[latex]
    assert "<t>|</t>" not in text


def test_aligned_rows_are_a_matrix_without_marks() -> None:
    (text,) = office(r"\begin{align} a &= b & c &= d \\ &= e \end{align}")
    assert "&amp;" not in text
    assert re.findall(r'<mcJc val="(\w+)"/>', text) == ["right", "left", "right", "left"]
    assert len(re.findall("<mr>", text)) == 2


def test_a_brace_belongs_to_what_it_spans_and_a_line_to_its_letter() -> None:
    assert (
        '<groupChr><groupChrPr><chr val="⏟"/><pos val="bot"/><vertJc val="top"/></groupChrPr>'
        in office(r"\underbrace{a+b}_n")[0]
    )
    assert '<chr val="\u0305"/>' in office(r"\bar{x}")[0]


LOOKS = {
    r"\mathbf{x}": '<rPr><sty val="b"/></rPr><t>x</t>', r"\boldsymbol{x}": '<sty val="bi"/>',
    r"\boldsymbol{\mathcal{L}}": '<scr val="script"/><sty val="b"/>', r"\hat{\mathbf x}": '<acc><accPr><chr val="\u0302"/></accPr><e><r><rPr><sty val="b"/>',
    r"\text{na\"ive $x$ \'{\i}}": "<t>naïve </t>", r"\text{a \textbf{b}}": '<nor/></rPr><a:rPr b="1"/><t>b</t>', r"\textit{c}": '<a:rPr i="1"/>',
    r"\textcolor{red}{a} b": '<a:srgbClr val="FF0000"/></a:solidFill></a:rPr><t>a</t></r><r><t>b</t>',
    r"\color{blue} \mathbf{c}": '<rPr><sty val="b"/></rPr><a:rPr><a:solidFill><a:srgbClr val="0000FF"/>',
    r"\begin{matrix} \color{red} a & b \end{matrix}": "<r><t>b</t></r>", r"\operatorname{\mathbf{Set}}": "<sty", r"x^\mathbf{T}": '<sup><r><rPr><sty val="b"/>',
}  # fmt: skip


def test_letters_have_the_look_that_they_have_in_print() -> None:
    plain = [re.sub(r' xmlns:\w+="[^"]*"|m:', "", formula.omml) for formula in convert(list(LOOKS))]
    assert [part for text, part in zip(plain, LOOKS.values(), strict=True) if part not in text] == []
    assert not re.search("[\U00100000-\U0010fffd]", "".join(plain))


COLOURED = "# One\n\n{.slide}\n## A\n\n```{math}\n:class: slide\n\n\\textcolor{red}{a} + \\textbf{b}\n```\n"


def test_runs_of_formulas_have_the_font_of_formulas_and_their_own_look(book: Book) -> None:
    result = book.build(COLOURED, "--to", "pptx")
    runs = [etree.tostring(run).decode() for run in result.deck().slides[1]._element.iter(f"{M}r")]
    assert [("FF0000" in run, ' b="1"' in run, run.count(":rPr ") - run.count("m:rPr "), "Cambria Math" in run) for run in runs] == [
        (True, False, 1, True), (False, False, 1, True), (False, True, 1, True),
    ]  # fmt: skip


def test_what_office_math_lacks_is_seen_by_rules() -> None:
    lacking = [r"\left[\begin{array}{cc|c} 1 & 2 & 3 \end{array}\right]", r"\begin{array}{c} a \\ \hline b \end{array}"]
    whole = [r"\begin{array}{c@{|}c} a & b \end{array}", r"|\begin{array}{c} a \end{array}| : b"]
    assert [formula.is_pictured for formula in convert([*lacking, *whole])] == [True, True, False, False]


def test_formulas_with_rules_are_pictures_on_slides(book: Book) -> None:
    result = book.build(
        "# One\n\n{.slide}\n## A\n\n```{math}\n:class: slide\n\n\\begin{array}{c|c} a & b \\end{array}\n```\n",
        "--to",
        "pptx",
    )
    slide = etree.tostring(result.deck().slides[1]._element).decode()
    assert ("<p:pic" in slide, "oMath" in slide) == (True, False)


def test_formulas_are_pictures_in_libreoffice(book: Book) -> None:
    source = (
        "# One\n\n{.slide}\n## A\n\n```{math}\n:class: slide\n\n"
        + "[a, b)"
        + "\n```\n\n```{math}\n:class: slide\n\na + b\n```\n"
    )
    result = book.build(source, "--to", "pptx")
    slide = etree.tostring(result.deck().slides[1]._element).decode()
    assert re.findall(r'Requires="(.*?)"', slide) == ["a14 p14", "a14 p14"]
