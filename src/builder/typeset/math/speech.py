"""Formulas as one says them, for those who hear a book: ``chi sub n minus 1 squared``.

The rules for sixteen languages are mathra's; signs that it leaves as they are have words in `SIGNS`, in English also
their names in Unicode. In other languages a formula is read as its line of Unicode.
"""

from __future__ import annotations

import re
import unicodedata

from builder.typeset.math.aloud import aloud
from builder.typeset.math.linear import linear
from builder.typeset.math.meaning import LOCALES, speech
from builder.typeset.math.signs import LANGUAGES, SIGNS

_NEGATED = "\u0338"


def spoken(latex: str, language: str) -> str:
    """Return how one says a formula without macros of the project in a language by its code (``de``, ``pt-BR``)."""
    code = re.split("[-_]", language.lower())[0]
    said = speech(latex, code, aloud if code in LANGUAGES else str) if code in LOCALES else ""
    return with_words(said.replace("\\", "∖"), code) or linear(latex)


def with_words(said: str, code: str) -> str:
    """``said`` with the words of its signs, in a language that has them."""
    if code not in LANGUAGES:
        return said
    return " ".join("".join(word_of(sign, code) for sign in said.replace(" ()", "")).split())


def word_of(sign: str, code: str) -> str:
    """The words of a sign between spaces; letters, and signs without words, as they are."""
    column = LANGUAGES.index(code)
    if sign in SIGNS:
        return f" {SIGNS[sign][column]} "
    if sign.isascii() or sign.isalnum():
        return sign
    base, *marks = list(unicodedata.normalize("NFD", sign))
    if _NEGATED in marks:
        return f" {SIGNS['¬'][column]} {with_words(speech(base, code), code)} "
    is_symbol = unicodedata.category(sign)[0] == "S" and code == "en"
    return f" {unicodedata.name(sign, sign).lower()} " if is_symbol else sign
