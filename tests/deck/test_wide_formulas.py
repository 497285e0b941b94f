"""Displayed formulas that no slide has room for: in rows that begin with a relation or a sign, else smaller."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from builder.deck.blocks import Equation
from builder.deck.blocks.equations import FormulaRows, of_rows
from builder.deck.split import split_at
from builder.errors import Source
from builder.typeset.math.divided import rows_apart
from builder.typeset.math.too_long import in_rows, rows_in_rows

from conftest import Book


def letters(latex: str) -> float:
    """As many em as there are letters and signs."""
    return float(len(re.sub(r"\{\}|[&\s]", "", latex.replace(r"\qquad", "mm"))))


@pytest.mark.parametrize(
    ("latex", "room", "rows"),
    [
        ("y = a + b = c + d", 7, ["y &= a + b", "&= c + d"]),
        ("y = a + b + c + d + e", 8, ["y &= a + b + c", r"&\qquad + d + e"]),
        ("a + b + c + d", 5, ["&a + b + c", r"&\qquad + d"]),
        ("y = -a + (b + c + d) - e", 13, ["y &= -a + (b + c + d)", r"&\qquad - e"]),
        (r"y = \left(a + b + c + d + e\right)", 18, [r"y &= \bigl( a + b + c + d", r"&\qquad + e\bigr)"]),
        ("y = f(a + b + c + d)", 8, ["y &= f(a + b", r"&\qquad + c + d)"]),
        (r"y = \frac{a + b + c + d + e}{f}", 9, None),
        (r"\begin{matrix} a & b \\ c & d \end{matrix} = e + f", 5, None),
    ],
)  # fmt: skip
def test_rows_begin_with_relations_else_with_signs_outside_of_brackets(
    latex: str, room: float, rows: list[str] | None
) -> None:
    expected = r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}" if rows else ""
    assert in_rows(latex, room, letters) == expected


def test_each_row_is_broken_by_itself() -> None:
    wide = r"\begin{align} y &= a + b + c + d \label{q} \\ z &= e \\ &= f \end{align}"
    assert rows_in_rows(wide, 8, letters) == [["y & = a + b + c", r"& \qquad + d"], ["z & = e"], [" & = f"]]
    assert rows_in_rows(r"\begin{align} y &= \frac{a + b + c}{d + e} \\ z &= e \end{align}", 5, letters) == []
    assert rows_in_rows("a = b", 5, letters) == []
    assert rows_in_rows(r"\begin{aligned} a \\ b + c + d \end{aligned}", 4, letters)[1] == [" & b + c", r"& \qquad + d"]


def test_equations_beside_each_other_come_below_each_other_and_columns_of_terms_stay() -> None:
    wide = r"\begin{align*} a &= b & c &\le d \\ e &= f & g &= h \end{align*}"
    assert rows_in_rows(wide, 5, letters) == [["a & = b", r"c & \le d"], ["e & = f", "g & = h"]]
    assert rows_in_rows(r"\begin{align} a &+ b & &= c \\ a &- b & &= d \end{align}", 5, letters) == []


@pytest.mark.parametrize(
    ("latex", "environment", "rows"),
    [
        (r"\begin{aligned} a &= b \\[1ex] &= c \end{aligned}.", "aligned", ("a &= b", "&= c.")),
        (r"\begin{equation}\label{q}\begin{split} a &= b \\ c \end{split}\end{equation}", "aligned", ("a &= b", "c")),
        (r"\begin{gather} a \tag{1} \\ b \notag \end{gather}", "gathered", ("a", "b")),
        (r"\begin{align*} {2} x \\ {3} y \end{align*}", "gathered", ("{2} x", "{3} y")),
        (r"\begin{alignat*}{2} a &= b \\ & c \end{alignat*}", "aligned", ("a &= b", "& c")),
        (r"a = \begin{cases} b \\ c \end{cases}", "gathered", (r"a = \begin{cases} b \\ c \end{cases}",)),
        (r"\begin{aligned}a\end{aligned} + \begin{aligned}b \\ c\end{aligned}", "gathered",
         (r"\begin{aligned}a\end{aligned} + \begin{aligned}b \\ c\end{aligned}",)),
    ],
)  # fmt: skip
def test_rows_between_which_a_formula_may_be_divided(latex: str, environment: str, rows: tuple[str, ...]) -> None:
    assert rows_apart(latex) == (environment, rows)


def test_a_formula_that_is_divided_has_its_numbers_beside_their_rows() -> None:
    rows = FormulaRows("aligned", ("a &= b", "&= c", "&= d"), (1.0, 2.0, 1.0), 0.5, ("(1)", "", "(2)"))
    whole = of_rows(Equation("", "", (), 9.0, 0.0, Source("a.md", 1), "first"), rows)
    first, second = split_at(whole, 1)
    assert isinstance(first, Equation)
    assert isinstance(second, Equation)
    assert first.latex == r"\begin{aligned} a &= b \end{aligned}"
    assert (first.numbers, first.height_em) == ((("(1)", 0.5),), 1.0)
    assert (second.numbers, second.height_em, second.words) == ((("(2)", 3 / 3.5),), 3.5, "= c; = d")
    assert (first.label, second.label) == ("first", "")


@pytest.mark.slow
def test_a_formula_that_is_too_high_goes_on_on_the_next_slide(book: Book) -> None:
    rows = r" \\ ".join(rf"f_{{{n}}} &= \frac{{a}}{{b}}" for n in range(16))
    formula = rf"\begin{{aligned}}{rows}\end{{aligned}}"
    result = book.build(f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n$$\n{formula}\n$$\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    assert [slide.shapes.title.text for slide in result.deck().slides][1:] == ["S (1/2)", "S (2/2)"]


NUMBERED = rf"""# C

{{.slide}}
## S

{{.slide}}
$$
\begin{{align}}
S &= {" + ".join(f"abc_{{{n}}}" for n in range(50))} \tag{{A}} \\
T &= u \tag{{B}}
\end{{align}}
$$
"""


@pytest.mark.slow
def test_numbers_stay_with_the_last_of_the_rows_that_theirs_became(book: Book) -> None:
    result = book.build(NUMBERED, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    shapes = result.deck().slides[1].shapes
    first, second = sorted(shape.top for shape in shapes if shape.name == "Equation number")
    assert 20 < (second - first) / 12700 < 40  # points: one row and no more


SUM = " + ".join(rf"\frac{{a_{{{n}}}}}{{b_{{{n}}}}}" for n in range(14))


@pytest.mark.slow
def test_a_formula_that_is_wider_than_a_slide_stands_on_it_in_rows_without_a_word(book: Book) -> None:
    result = book.build(f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n$$ S = {SUM} = {SUM} $$\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    slide = etree.tostring(result.deck().slides[1].element, encoding="unicode")
    assert slide.count("<m:mr>") + slide.count("<m:e>") >= 2
    assert 'name="Equation' in slide


@pytest.mark.slow
def test_one_that_cannot_be_broken_is_set_smaller_with_a_warning(book: Book) -> None:
    result = book.build(f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n$$ S = \\sqrt{{{SUM} + {SUM}}} $$\n", "--to", "pptx")
    assert result.status == 0
    assert "chapter.md:7: WARNING: this formula is too large for a slide; it is set at" in result.errors
    assert result.errors.count("too large") == 1


def test_one_that_could_be_read_at_no_size_is_shown_by_its_words_with_a_warning(book: Book) -> None:
    cells = "&".join("1234567" for _ in range(40))
    result = book.build(
        f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n$$ \\begin{{pmatrix}}{cells}\\end{{pmatrix}} $$\n", "--to", "pptx"
    )
    assert result.status == 0
    assert "chapter.md:7: WARNING: the formula" in result.errors
    assert any("1234567, 1234567" in shape.text for shape in result.deck().slides[1].shapes if shape.has_text_frame)


def test_a_formula_in_text_that_breaks_has_room_for_its_lines(book: Book) -> None:
    """In Office math it has more lines than in Unicode; what follows stands below both."""
    long = r" \qquad = \qquad ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    result = book.build(f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n${long}$\n\n{{.slide}}\n- Follows.\n", "--to", "pptx")
    follows = next(shape for shape in result.deck().slides[1].shapes if shape.has_text_frame and "Fol" in shape.text)
    assert follows.top / 12700 > 200


def test_text_around_formulas_without_spaces_is_not_parted_into_letters(book: Book) -> None:
    """A short formula that hangs on a wide one, which lines may end in, hinders nothing."""
    wide = " = ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 2)
    text = f"Some words stand before it. ${wide}$,$y$. More words stand behind it. " * 8
    result = book.build(f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n{text}\n", "--to", "pptx")
    assert result.status == 0
    assert len(result.deck().slides) < 8


def test_a_title_without_room_for_its_formulas_has_them_as_text(book: Book) -> None:
    tall = r"$\\dfrac{\\dfrac{a}{b}}{\\dfrac{c}{d}}$".replace("\\\\", "\\")
    result = book.build(
        f"# C\n\n{{.slide}}\n## Why {tall} {'is long and ' * 4} {tall}\n\n{{.slide}}\nText.\n", "--to", "pptx"
    )
    assert result.status == 0
    assert "chapter.md:4: WARNING: the title" in result.errors
    assert "/" in result.deck().slides[1].shapes.title.text
