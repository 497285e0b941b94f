"""Numbers of sections, figures, tables and equations, as the environment of Sphinx has them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes

from builder.source.numbers import BookNumbers, letters


def numbers(**config: Any) -> BookNumbers:
    """Of a project with one document, ``chapter``."""
    env = SimpleNamespace(
        toc_secnumbers={"chapter": {"": (3,), "#part": (3, 2), "#deep": None}},
        toc_fignumbers={
            "chapter": {"figure": {"fig": (3, 1)}, "table": {"tab": (3, 4)}, "displaymath": {"law": (3, 5)}}
        },
        config=SimpleNamespace(
            **{"numfig": True, "math_numfig": True, "numfig_format": {"figure": "Figure %s"}, **config}
        ),
    )
    return BookNumbers(env)


def section(*identifiers: str, inside: nodes.Element | None = None) -> nodes.section:
    found = nodes.section(ids=list(identifiers))
    (nodes.section() if inside is None else inside).append(found)
    return found


@pytest.mark.parametrize(
    ("identifiers", "number"),
    [(["part"], "3.2"), (["other", "part"], "3.2"), (["other"], ""), (["deep"], ""), ([], "")],
)
def test_a_section_has_the_number_of_one_of_its_identifiers(identifiers: list[str], number: str) -> None:
    assert numbers().of_section("chapter", section(*identifiers)) == number


def test_the_title_of_a_document_has_the_number_of_the_document() -> None:
    title = section("other", inside=nodes.document(None, None))
    assert numbers().of_section("chapter", title) == "3"
    assert numbers().of_section("unnumbered", title) == ""


def test_floats_have_numbers_in_the_words_of_their_kind() -> None:
    assert numbers().of_float("chapter", nodes.figure(ids=["none", "fig"]), "figure") == "Figure 3.1"
    assert numbers().of_float("chapter", nodes.table(ids=["tab"]), "table") == "3.4"
    assert numbers().of_float("chapter", nodes.table(ids=["fig"]), "table") == ""
    assert numbers().of_float("chapter", nodes.figure(ids=["fig"]), "code-block") == ""
    assert numbers().of_float("other", nodes.figure(ids=["fig"]), "figure") == ""
    assert numbers(numfig=False).of_float("chapter", nodes.figure(ids=["fig"]), "figure") == ""
    assert numbers().plain_float("chapter", nodes.figure(ids=["fig"]), "figure") == "3.1"


@pytest.mark.parametrize(
    ("config", "identifier", "number"),
    [
        ({}, "law", "(3.5)"),
        ({}, "other", "(7)"),
        ({"math_numfig": False}, "law", "(7)"),
        ({"numfig": False}, "law", "(7)"),
    ],
)
def test_equations_have_numbers_with_chapters_where_figures_have(
    config: dict[str, Any], identifier: str, number: str
) -> None:
    assert numbers(**config).of_equation("chapter", nodes.math_block(ids=[identifier], number=7)) == number
    assert numbers(**config).of_equation("elsewhere", nodes.math_block(ids=[identifier], number=7)) == "(7)"
    assert numbers(**config).of_equation("chapter", nodes.math_block(ids=[identifier])) == ""


@pytest.mark.parametrize(
    ("number", "found"), [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (53, "BA"), (703, "AAA"), (0, "")]
)
def test_letters_count_on_behind_z(number: int, found: str) -> None:
    assert letters(number) == found
