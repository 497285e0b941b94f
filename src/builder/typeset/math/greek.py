"""Greek letters as LaTeX and MathJax set them: the small ones stay slanted among upright, bold and other letters."""

from __future__ import annotations

import re

SMALL_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω", "varepsilon": "ε", "vartheta": "ϑ",
    "varpi": "ϖ", "varrho": "ϱ", "varsigma": "ς", "varphi": "φ",
}  # fmt: skip
"""A command without its backslash → its letter, which follows the letters around it."""
_LETTER = re.compile(rf"\s*(\\(?:{'|'.join(SMALL_LETTERS)})(?![a-zA-Z]))\s*")
_LOOK = re.compile(r"(?P<look>\\math(?:rm|bf|sf|tt))\s*\{(?P<inside>[^{}]*)\}")


def with_slanted_greek(latex: str) -> str:
    """``latex`` in which small Greek letters stand outside of commands that have none of their own."""
    return _LOOK.sub(_apart, latex)


def _apart(match: re.Match[str]) -> str:
    pieces = [piece for piece in _LETTER.split(match["inside"]) if piece]
    if not any(map(_LETTER.fullmatch, pieces)):
        return match[0]
    shown = (f"{piece} " if _LETTER.fullmatch(piece) else f"{match['look']}{{{piece}}}" for piece in pieces)
    return f"{{{''.join(shown).rstrip()}}}"
