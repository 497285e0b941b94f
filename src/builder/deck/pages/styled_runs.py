"""Runs → Typst markup: their styles, and lines that end where PowerPoint ends them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from builder.deck.lines import SMALL, SUBSCRIPT, Painted, split_runs
from builder.deck.model import Run, Runs, plain
from builder.typeset import fonts
from builder.typeset.escape import call, markup, string


def in_lines(runs: Runs, painted: Painted, width: float, write: Callable[[Runs], str]) -> str:
    """Markup of runs as ``write`` gives it, with PowerPoint's lines where Typst would end them elsewhere."""
    if not painted.starts:
        return write(runs)
    ends = pairwise((0, *painted.starts, len(plain(runs))))
    lines = map(write, split_runs(runs, [end - start for start, end in ends]))
    return f"#block(width: {width * WIDER:.2f}pt)[{'#linebreak();'.join(lines)}]"


WIDER = 1.04
"""How much wider a line may be by its font than it is in PowerPoint, against its box."""


def drawn_with(font: str) -> str:
    """The family, as Typst names it, that a theme font is drawn with."""
    return (fonts.measured_family(font) or "arimo").title()


def styled(run: Run) -> str:
    """The words of a run in its styles."""
    body = f"#raw({string(run.text)});" if run.code else markup(run.text)
    looks = {
        "weight": '"bold"' if run.bold else "",
        "style": '"italic"' if run.italic else "",
        "fill": f'rgb("#{run.colour}")' if run.colour else "",
        "lang": string(run.lang[:2]) if run.lang else "",
    }
    if given := {name: value for name, value in looks.items() if value}:
        body = call("text", body, **given)
    if run.sub or run.sup:
        body = f"#text(size: {SUBSCRIPT:g}em, baseline: {'0.25em' if run.sub else '-0.45em'})[{body}];"
    if run.small:
        body = f"#context text(size: calc.floor(text.size / 1pt * {SMALL} + 0.5) * 1pt)[{body}];"
    for flag, function in (
        (run.strike, "strike"),
        (run.underline and not run.strike, "underline"),
        (run.smallcaps, "upper"),
    ):
        body = call(function, body) if flag else body
    return body
