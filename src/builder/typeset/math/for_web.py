"""LaTeX with commands of packages that MathJax does not have in commands that it has."""

from __future__ import annotations

import re
from collections.abc import Container

from builder.typeset.math.accents import with_accents
from builder.typeset.math.circled import with_circles
from builder.typeset.math.rows import take_tag
from builder.typeset.math.siunitx import plain_quantities
from builder.typeset.math.spans import without_spans

NICE = re.compile(r"\\(begin|end)\{([pbBvV]?)NiceMatrix\}(?:\[[^\]]*\])?")
"""Matrices of the package nicematrix."""
_BOLD = re.compile(r"\\bm(?![a-zA-Z])")
_NAME = re.compile(r"\\([a-zA-Z]+)")


def for_mathjax(latex: str, own: Container[str]) -> str:
    """``latex`` as MathJax shows all of it: quantities of siunitx written out, cells of arrays without spans, bold
    letters, accents in texts; but for these as it is where it uses macros of the author's, which are ``own``.
    """
    latex = with_accents(with_circles(latex))
    if any(name in own for name in _NAME.findall(latex)):
        return latex
    return without_nice(_BOLD.sub(r"\\boldsymbol", without_spans(plain_quantities(latex))))


_INNER = {
    "align": "aligned", "flalign": "aligned", "alignat": "alignedat", "xalignat": "alignedat", "gather": "gathered",
    "multline": "gathered", "eqnarray": "array", "equation": "",
}  # fmt: skip
"""An environment for display → the one that shows its rows within a display."""
_OUTER = re.compile(rf"\\(begin|end)\{{({'|'.join(_INNER)})\*?\}}")
_NUMBERS = re.compile(r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])")


def within_display(latex: str) -> str:
    """A formula with a number beside all of it, whose rows MathJax takes within a display and does not number."""

    def inner(match: re.Match[str]) -> str:
        name = _INNER[match[2]]
        columns = "{rcl}" if name == "array" and match[1] == "begin" else ""
        return rf"\{match[1]}{{{name}}}{columns}" if name else ""

    text = _OUTER.sub(inner, _NUMBERS.sub("", latex))
    return take_tag(text)[1] if text != latex else latex


def without_nice(latex: str) -> str:
    """``latex`` with matrices of nicematrix as those of amsmath."""
    return NICE.sub(r"\\\1{\2matrix}", latex)
