r"""Accents of LaTeX in texts of formulas (``\text{caf\'e}``) as letters: MathJax and pandoc read none there."""

from __future__ import annotations

import re
import unicodedata

from builder.typeset.math.texts import inside_texts

MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
"""A command of an accent → the character that combines with the letter before it."""
LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
_NAMED = "|".join(sorted(LETTERS, key=len, reverse=True))
_LETTER = rf"\\(?:{_NAMED})(?![a-zA-Z])(?:\s+|\{{\}})?|[^\W\d_]"
_FOUND = re.compile(
    r"(?P<formula>(?<!\\)\$[^$]*\$)|\\\\"
    rf"|\\(?P<sign>[`'^~=.\"]|[uvHcdbkr](?![a-zA-Z]))\s*(?:\{{\s*(?P<held>{_LETTER})\s*\}}|(?P<bare>{_LETTER}))"
    rf"|\\(?P<name>{_NAMED})(?![a-zA-Z])(?:\s+|\{{\}})?"
)


def with_accents(latex: str) -> str:
    """Return a formula whose texts have letters with their accents; formulas within texts stay as they are."""
    return inside_texts(latex, lambda text: _FOUND.sub(_letter, text))


def _letter(found: re.Match[str]) -> str:
    if found["name"]:
        return LETTERS[found["name"]]
    if not found["sign"]:
        return found[0]
    base = found["held"] or found["bare"]
    if base.startswith("\\"):
        name = re.sub(r"[^a-zA-Z]", "", base)
        base = name if name in ("i", "j") else LETTERS[name]  # these two lose their dot for an accent alone
    return unicodedata.normalize("NFC", base + MARKS[found["sign"]])
