"""Numbers of displayed formulas, and references to them within formulas.

In resolved documents of any builder each displayed formula has ``numbers``: those beside its rows where these bear
tags or numbers of their own, else the one beside all of it. References in formulas (``\\eqref``, ``\\ref``) are
numbers; on web pages MathJax sets those to numbers that it has given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.errors import shortened, warn
from builder.source.formulas import formulas_by_document, formulas_in, formulas_of, noted
from builder.source.internals import name_equations_lastingly
from builder.source.numbers import BookNumbers
from builder.typeset.math.braces import matching_brace
from builder.typeset.math.linear import linear
from builder.typeset.math.macros import numbers_displays, numbers_environments
from builder.typeset.math.rows import Row, is_environment, is_unnumbered, rows_of

BEFORE_WORDS = 400
"""Before formulas of resolved documents get their words, which happens at the usual priority, 500."""
UNKNOWN = "???"
"""What MathJax shows for the number of an equation that is not there."""
_DOLLARS = re.compile(r"\$([^$]*)\$")
_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|hbox)\s*(?=\{)")
_REFERENCE = re.compile(r"\\(?P<command>eqref|refeq|ref)\s*\{(?P<label>[^}]*)\}")


def setup(app: Sphinx) -> None:
    """Number the displayed formulas of resolved documents, and set the references in formulas."""
    name_equations_lastingly()
    app.connect("doctree-resolved", set_numbers, priority=BEFORE_WORDS)


def set_numbers(app: Any, doctree: nodes.document, docname: str) -> None:
    """When a document is resolved: give displayed formulas their numbers, and formulas those they refer to."""
    by_mathjax = number_formulas(app.env, doctree, docname)
    referring = [node for node in formulas_in(doctree) if _REFERENCE.search(node.astext())]
    if not referring:
        return
    on_web = app.builder.format == "html"
    numbers = equation_numbers(app.env, [node.astext() for node in referring])
    numbers |= dict.fromkeys(by_mathjax, "") if on_web else by_mathjax
    for node in referring:
        latex = node.astext()
        for reference in [] if on_web else _REFERENCE.finditer(latex):
            if reference["label"] not in numbers:
                warn(f"the formula '{shortened(latex)}' refers to '{reference['label']}', which no equation of the "
                     "document and no numbered equation of the book is called.", node, "formula")  # fmt: skip
        node.children = []
        node += nodes.Text(with_numbers(latex, numbers, unknown="" if on_web else UNKNOWN))


def number_formulas(env: BuildEnvironment, doctree: nodes.document, docname: str) -> dict[str, str]:
    """Give displayed formulas their ``numbers``; returns the numbers of the labels within formulas.

    MathJax counts what it numbers on each page. An environment that it numbers has no number of MyST-Parser's beside.
    """
    counted, all_counted = numbers_environments(env.config), numbers_displays(env.config)
    numbers, page = BookNumbers(env), count(1)
    found: dict[str, str] = {}
    for node in doctree.findall(nodes.math_block):
        if counted and "amsmath" in node["classes"]:
            node["number"] = None
        whole = numbers.of_equation(docname, node)
        latex = formulas_of(env).plain(node.astext())
        rows = rows_of(latex)
        counts = counted and not whole
        if all_counted and not whole and is_single(latex, rows):
            whole = f"({next(page)})"
        of_rows = [shown_tag(row) or (f"({next(page)})" if counts and row.counts else "") for row in rows]
        for row, number in zip(rows, of_rows, strict=True):
            found |= dict.fromkeys(row.labels if number or whole else (), number or whole)
        several = len(rows) > 1 and any(of_rows)
        node["numbers"] = tuple(of_rows) if several else (whole or "".join(of_rows[:1]),)
    return found


def is_single(latex: str, rows: list[Row]) -> bool:
    """True for a display that MathJax numbers as a whole where it numbers all: one that says nothing of numbers."""
    return not is_environment(latex) and not any(row.tag for row in rows) and not is_unnumbered(latex)


def shown_tag(row: Row) -> str:
    """The tag of a row as it is printed, formulas in it in Unicode."""
    words = _DOLLARS.sub(lambda formula: linear(formula[1]).strip(), row.tag)
    return linear(rf"\text{{{words}}}") if "\\" in words else words


def equation_numbers(env: BuildEnvironment, latex: Iterable[str]) -> dict[str, str]:
    """Label → number of the equations that Sphinx numbers and formulas refer to."""
    known, numbers = env.domains.math_domain.equations, BookNumbers(env)
    labels = {reference["label"] for text in latex for reference in _REFERENCE.finditer(text)}
    return {
        label: numbers.of_equation(known[label][0], numbered(label, known[label][1])) for label in labels & {*known}
    }


def numbered(label: str, number: int) -> nodes.Element:
    """An equation, as far as its number asks."""
    return nodes.math_block("", number=number, ids=[nodes.make_id(f"equation-{label}")])


def with_numbers(latex: str, numbers: Mapping[str, str], unknown: str) -> str:
    """``latex`` with the numbers in the place of references; with ``unknown`` for those that have none, and these as
    they are where that is ''.
    """

    def shown(reference: re.Match[str]) -> str:
        number = numbers.get(reference["label"], "") or unknown
        if not number:
            return reference[0]
        words = f"({number.strip('()')})" if reference["command"] != "ref" else number.strip("()")
        return words if in_text(latex, reference.start()) else rf"\text{{{words}}}"

    return _REFERENCE.sub(shown, latex)


def in_text(latex: str, position: int) -> bool:
    """True for a place within words of a formula."""
    return any(words.end() < position < matching_brace(latex, words.end()) for words in _TEXT.finditer(latex))


def set_formulas(env: BuildEnvironment) -> list[str]:
    """The LaTeX of all formulas as print and slides set them, each once."""
    return sorted({*noted(env), *referring(env)})


def referring(env: BuildEnvironment) -> Iterator[str]:
    """Yield the formulas that refer to equations, with the numbers."""
    referring = {
        docname: texts
        for docname, of_document in formulas_by_document(env).items()
        if (texts := [latex for latex in of_document if _REFERENCE.search(latex)])
    }
    for docname, texts in referring.items():
        everywhere = equation_numbers(env, texts)
        here = number_formulas(env, BuildEnvironment.get_doctree(env, docname), docname)
        yield from (with_numbers(latex, everywhere | here, UNKNOWN) for latex in texts)
