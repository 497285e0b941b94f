"""Raised and lowered signs of Unicode in formulas (``x²``, ``γ₁``) as scripts of LaTeX."""

from __future__ import annotations

import re

_SIGNS = {
    "^": dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ", "0123456789+-=()niT", strict=True)),
    "_": dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₚᵣₛₜₓ", "0123456789+-=()aeijkmnprstx", strict=True)),
}
_RUN = re.compile("|".join(f"[{''.join(signs)}]+" for signs in _SIGNS.values()))


def as_scripts(latex: str) -> str:
    """``latex`` without texts with runs of raised and lowered signs as scripts; signs in scripts stay as they are."""
    return _RUN.sub(lambda run: run[0] if latex[: run.start()].rstrip()[-1:] in ("^", "_") else _script(run[0]), latex)


def _script(run: str) -> str:
    sign, letters = next((sign, signs) for sign, signs in _SIGNS.items() if run[0] in signs)
    return f"{sign}{{{''.join(letters[char] for char in run)}}}"
