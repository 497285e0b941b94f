r"""Numbers and letters in circles (``\textcircled{1}``), which MathJax and pandoc do not know, as characters."""

from __future__ import annotations

import re
import unicodedata

_SIZE = r"(?:\\[a-z]+size|\\(?:tiny|small|scriptsize|footnotesize|large|raisebox\{[^{}]*\}))"
_CIRCLED = re.compile(
    rf"\\textcircled(?![a-zA-Z])\s*(?:\{{\s*(?:{_SIZE}\s*)*\{{?(?P<held>[^\s{{}}\\]+)\}}?\s*\}}|(?P<bare>[A-Za-z0-9]))"
)


CIRCLED = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in (*range(0x2460, 0x2474), *range(0x24B6, 0x24EB), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))
}
"""A number or a letter → the character that is it in a circle (Unicode: Enclosed Alphanumerics, CJK letters)."""


def with_circles(latex: str) -> str:
    """Return a formula whose numbers up to 50 and letters in circles are characters; of others a bracket is made."""
    return _CIRCLED.sub(lambda found: rf"\text{{{circled(found['held'] or found['bare'])}}}", latex)


def circled(sign: str) -> str:
    """Return a number or a letter in a circle, in brackets where there is no character for it."""
    return CIRCLED.get(sign, f"({sign})")
