"""LaTeX with commands of packages that MathJax does not have in commands that it has."""

from __future__ import annotations

import re
from collections.abc import Container

from builder.typeset.math.siunitx import plain_quantities
from builder.typeset.math.spans import without_spans

NICE = re.compile(r"\\(begin|end)\{([pbBvV]?)NiceMatrix\}(?:\[[^\]]*\])?")
"""Matrices of the package nicematrix."""
_BOLD = re.compile(r"\\bm(?![a-zA-Z])")
_NAME = re.compile(r"\\([a-zA-Z]+)")


def for_mathjax(latex: str, own: Container[str]) -> str:
    """``latex`` as MathJax shows all of it: quantities of siunitx written out, cells of arrays without spans, bold
    letters; as it is where it uses macros of the author's, which are ``own``.
    """
    if any(name in own for name in _NAME.findall(latex)):
        return latex
    return without_nice(_BOLD.sub(r"\\boldsymbol", without_spans(plain_quantities(latex))))


def without_nice(latex: str) -> str:
    """``latex`` with matrices of nicematrix as those of amsmath."""
    return NICE.sub(r"\\\1{\2matrix}", latex)
