"""Commutative diagrams (amscd) and proof trees (bussproofs) → LaTeX that all sides can set: arrays and fractions."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.rows import split_top

_DIAGRAM = re.compile(r"\\begin\{CD\}(.*?)\\end\{CD\}", re.DOTALL)
_PROOF = re.compile(r"\\begin\{prooftree\}(.*?)\\end\{prooftree\}", re.DOTALL)
_STEP = re.compile(r"\\([a-zA-Z]+)\s*(?=([{$])?)")
ARROWS = {">": "rightarrow", "<": "leftarrow", "V": "downarrow", "A": "uparrow"}
PREMISES = {
    "UnaryInfC": 1, "UIC": 1, "BinaryInfC": 2, "BIC": 2, "TrinaryInfC": 3, "TIC": 3, "QuaternaryInfC": 4,
    "QuinaryInfC": 5, "UnaryInf": 1, "BinaryInf": 2, "TrinaryInf": 3, "QuaternaryInf": 4, "QuinaryInf": 5,
}  # fmt: skip
AXIOMS = ("AxiomC", "AXC", "Axiom")
"""Commands of a proof; those without a ``C`` have sequents between dollars, in the middle of which is ``\\fCenter``."""
LABELS = {"RightLabel": 1, "RL": 1, "LeftLabel": 0, "LL": 0}


def without_diagrams(latex: str) -> str:
    """``latex`` with diagrams as arrays and proofs as fractions; as it is where one of them cannot be read."""
    latex = _replaced(latex, r"\begin{CD}", _DIAGRAM, array_of)
    return _replaced(latex, r"\begin{prooftree}", _PROOF, fraction_of)


def _replaced(latex: str, opening: str, pattern: re.Pattern[str], write: Callable[[str], str]) -> str:
    if opening not in latex:
        return latex
    try:
        return pattern.sub(lambda match: write(match[1]), latex)
    except ValueError:
        return latex


# --- diagrams


def array_of(body: str) -> str:
    """A diagram as an array, in which each arrow has a column or a row of its own.

    Raises:
        ValueError: an arrow has no end.
    """
    rows = [row for line in split_top(body, r"\\") if line.strip() for row in (cells(line),)]
    columns = max(map(len, rows), default=1)
    text = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{array}}{{{'c' * columns}}} {text} \end{{array}}"


def cells(line: str) -> list[str]:
    """The cells of a row: objects with the arrows between them, or arrows with nothing between them."""
    found, position = [""], 0
    is_vertical = re.search(r"@\s*[VA|]", line) is not None
    while position < len(line):
        if line[position] == "{":
            end = matching_brace(line, position) + 1
            found[-1] += line[position:end]
            position = end
        elif line[position] == "@":
            arrow, position = arrow_at(line, position + 1)
            found += [arrow, ""]
        else:
            found[-1] += line[position]
            position += 1
    return [cell.strip() for cell in (found[1:-1] if is_vertical else found)]


def arrow_at(line: str, position: int) -> tuple[str, int]:
    """(the arrow behind an ``@``, the position behind it).

    Raises:
        ValueError: it has no end.
    """
    mark = line[position]
    if mark not in ARROWS:
        return {"=": r"\xlongequal{\quad\quad\;}", "|": r"\Big\Vert", ".": ""}[
            mark
        ] if mark in "=|." else mark, position + 1
    labels = []
    position += 1
    for _ in range(2):
        end = position
        while line[end : end + 1] != mark:
            if end >= len(line):
                raise ValueError("an arrow without an end")
            end = matching_brace(line, end) + 1 if line[end] == "{" else end + 1
        labels.append(line[position:end].strip())
        position = end + 1
    first, second = labels
    if mark in "<>":
        below = f"[{second}]" if second else ""
        return rf"\x{ARROWS[mark]}{below}{{\quad {first}\quad }}", position
    beside = [rf"{{\scriptstyle {label}}}" if label else "" for label in labels]
    return rf"{beside[0]}\Big\{ARROWS[mark]}{beside[1]}", position


# --- proofs


def fraction_of(body: str) -> str:
    """A proof as fractions within fractions, each with the label of its rule beside it.

    Raises:
        ValueError: a rule has fewer premises than it needs.
    """
    proven: list[str] = []
    labels = ["", ""]
    is_ruled, is_turned = True, "alwaysRootAtTop" in body or "rootAtTop" in body
    position = 0
    while (match := _STEP.search(body, position)) is not None:
        name, position = match[1], match.end()
        is_ruled = is_ruled and name not in ("noLine", "alwaysNoLine")
        if match[2] is None or name not in (*AXIOMS, *PREMISES, *LABELS):
            continue
        words, position = _words_at(body, position)
        if name in LABELS:
            labels[LABELS[name]] = rf"{{\scriptstyle {words}}}"
        elif name in AXIOMS:
            proven.append(words)
        else:
            count = PREMISES[name]
            if len(proven) < count:
                raise ValueError("a rule without its premises")
            parts = [r" \qquad ".join(proven[-count:]), words]
            above, below = reversed(parts) if is_turned else parts
            rule = (
                rf"\dfrac{{{above}}}{{{below}}}" if is_ruled else rf"\begin{{gathered}}{above}\\{below}\end{{gathered}}"
            )
            proven[-count:] = [rf"{labels[0]}{rule}{labels[1]}"]
            labels, is_ruled = ["", ""], "alwaysNoLine" not in body
    return r" \qquad ".join(proven)


def _words_at(body: str, position: int) -> tuple[str, int]:
    """(what is proven at a place of a proof as a formula, the place behind it)."""
    if body[position] == "{":
        end = matching_brace(body, position)
        return in_math(body[position + 1 : end]), end + 1
    end = body.find("$", position + 1)
    end = len(body) if end < 0 else end
    return re.sub(r"\\fCenter(?![a-zA-Z])", r"\\;", body[position + 1 : end]).strip(), end + 1


def in_math(words: str) -> str:
    """Text with formulas between dollars as a formula with text in it."""
    parts = words.split("$")
    return "".join(part if number % 2 else rf"\text{{{part}}}" for number, part in enumerate(parts) if part.strip())
