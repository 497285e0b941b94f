"""Formulas, converted before the book is written (see ``builder.typeset.math.formulas``)."""

from __future__ import annotations

from dataclasses import replace

from docutils import nodes

from builder.book.handlers.references import in_heading
from builder.book.translate import Translator, renders
from builder.errors import shortened, warn
from builder.source.ancestors import ancestors
from builder.typeset.escape import array, call, code, markup, string
from builder.typeset.math.rows import Row, cell_formula, rows_of, split_top
from builder.typeset.math.too_long import rows_in_rows

LEAST_SHARE = 0.7
"""Formulas are set no smaller than that, where their rows can be broken."""
NUMBER_EM = 3.0
"""Room for a number beside a formula, and a gap."""


@renders(nodes.math)
def math(t: Translator, node: nodes.Element) -> str:
    """A formula in the line."""
    latex = node.astext()
    if not t.context.formulas.plain(latex).strip():
        return ""
    formula = t.context.formulas[latex]
    if not formula.typst:
        report(node, latex, formula.problem)
        return code(latex)
    equation = f"#math.equation(alt: {alternative(t, latex)}, ${formula.in_line}$);"
    return call("said", equation, words=string(node["words"])) if in_heading(node) else equation


@renders(nodes.math_block)
def math_block(t: Translator, node: nodes.Element) -> str:
    """A formula of its own with its number; rows that bear tags or numbers of their own are set one by one."""
    latex = node.astext()
    plain = t.context.formulas.plain(latex)
    anchors = t.anchors(node)
    if not plain.strip():
        return anchors
    numbers = node["numbers"]
    in_cell = any(isinstance(place, nodes.entry) for place in ancestors(node))
    groups = [] if in_cell else broken_rows(t, plain, numbers)
    if len(numbers) > 1 and not in_cell:
        set_apart = aligned_rows(t, *spread(rows_of(plain), numbers, groups), latex)
        if set_apart:
            return f"\n\n{anchors}{set_apart}\n\n"
    lines = r" \\ ".join(line for group in groups for line in group)
    formula = t.context.formulas[rf"\begin{{aligned}} {lines} \end{{aligned}}" if lines else latex]
    if not formula.typst:
        report(node, latex, formula.problem)
        return f"\n\n{anchors}{call('unconverted', '', source=string(latex))}\n\n"
    number = ", ".join(filter(None, numbers))
    body = f"#math.equation(block: true, alt: {alternative(t, latex)}, $ {formula.typst} $);"
    if in_cell:  # a column is as wide as what stands in it
        return f"\n\n{anchors}{body} {markup(number)}\n\n"
    return f"\n\n{anchors}{call('equation', body, number=string(number))}\n\n"


def broken_rows(t: Translator, plain: str, numbers: tuple[str, ...]) -> list[list[str]]:
    """The rows of a formula of several, each as those in which it fits; none where it need not be made that small."""
    beside = NUMBER_EM * (2 if len(numbers) > 1 else 1) if any(numbers) else 0.0
    room = t.context.text_width / t.context.text_size - beside
    formulas = t.context.formulas
    if formulas[plain].width_em * LEAST_SHARE <= room:
        return []
    return rows_in_rows(plain, room, lambda part: formulas[part].width_em)


def spread(rows: list[Row], numbers: tuple[str, ...], groups: list[list[str]]) -> tuple[list[Row], tuple[str, ...]]:
    """Rows in place of those that became several, with the number of each beside its last one."""
    if len(groups) != len(rows):
        return rows, numbers
    found = [
        (replace(row, cells=tuple(cell.strip() for cell in split_top(line, "&"))), number * (line is group[-1]))
        for row, number, group in zip(rows, numbers, groups, strict=True)
        for line in group
    ]
    return [row for row, _number in found], tuple(number for _row, number in found)


def aligned_rows(t: Translator, rows: list[Row], numbers: tuple[str, ...], latex: str) -> str:
    """Rows with numbers of their own, aligned at their marks; '' when a cell cannot be set alone."""
    columns = max(len(row.cells) for row in rows)
    out = []
    for row, number in zip(rows, numbers, strict=True):
        cells = []
        for index in range(columns):
            cell = row.cells[index] if index < len(row.cells) else ""
            formula = t.context.formulas[cell_formula(index, cell)] if cell else None
            if formula is not None and not formula.typst:
                return ""
            alt = alternative(t, cell)
            body = f"#math.equation(alt: {alt}, math.display(${formula.typst}$.body));" if formula is not None else ""
            cells.append(f"[{body}]")
        out.append(f"({array(cells)}, {string(number)})")
    return call("equation-rows", rows=array(out), alt=alternative(t, latex))


def alternative(t: Translator, latex: str) -> str:
    """The alternative text of a formula, as a Typst string: how one says it, in the book's language."""
    return string(t.context.formulas.spoken(latex))


def report(node: nodes.Element, latex: str, problem: str) -> None:
    """Warn about a formula that is shown as its source."""
    warn(f"the formula '{shortened(latex)}' cannot be set, so its source is shown: {problem}.", node, "formula")
