"""Operators as lecturers say them: what a maximum is taken over, products of vectors, sizes of matrices.

Each becomes a sign of its own, whose words are in `signs`.
"""

from __future__ import annotations

import re

from builder.typeset.math.braces import matching_brace

OVER = {
    "max": "⍐", "min": "⍗", "sup": "⍓", "inf": "⍌", "argmax": "⍃", "argmin": "⍄", "limsup": "⍇", "liminf": "⍈",
}  # fmt: skip
"""An operator with something below it → its sign."""
OF = "⍛"
_OVER = re.compile(
    r"(?:\\(?P<name>max|min|sup|inf|limsup|liminf)(?![a-zA-Z])"
    r"|(?:\\arg\s*\\|\\operatorname\*?\s*\{\s*arg(?:\s|\\,)*\\?)(?P<arg>max|min)(?(name)|\s*\}?))"
    r"\s*(?:\\(?:no)?limits\s*)?_\s*"
)
_ATOM = re.compile(r"\\[a-zA-Z]+|[^\\\s]")
_NOTHING = re.compile(r"(?:\s|\\[,;:! ]|~)*(?:$|[=<>,;.)\]}&^]|\\\\|\\(?:le|ge|leq|geq|in|to|right|end|neq|approx)\b)")
_SCRIPTS = r"(?:\s*[_^]\s*(?:\{[^{}]*\}|\\[a-zA-Z]+|\w))*"
_VECTOR = r"\\(?:mathbf|boldsymbol|vec|bm)\s*(?:\{[^{}]*\}|\\?[a-zA-Z]+)"
_PRODUCT = re.compile(
    rf"(?P<left>\\nabla(?![a-zA-Z])\s*|{_VECTOR}{_SCRIPTS}\s*(?=\\[a-z]+\s*(?:d|\\mathrm\s*\{{d\}}|\\nabla)?\s*{_VECTOR}))"
    r"\\(?P<sign>cdot|times)(?![a-zA-Z])"
)
_PRODUCTS = {"cdot": "⦁", "times": "⨯"}
_SIZE = re.compile(r"(?<=\^\{)(\s*\w+\s*)\\times(?=\s*\w+\s*\})")
_CIRCLE = re.compile(
    r"(?<![A-Za-z\\])([A-Z](?:_(?:\{[^{}]*\}|\w))?)\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![a-zA-Z]))(_(?:\{[^{}]*\}|\w))?"
)


def with_operators_said(latex: str) -> str:
    """``latex`` with a sign where lecturers have words that depend on what stands beside an operator."""
    text = _PRODUCT.sub(lambda match: f"{match['left']}{_PRODUCTS[match['sign']]} ", latex)
    text = _CIRCLE.sub(r"\1\2\\,⚬ ", _SIZE.sub(r"\1⨰", text))
    out, position = [], 0
    while match := _OVER.search(text, position):
        out.append(text[position : match.start()])
        end = script_end(text, match.end())
        name = match["name"] or f"arg{match['arg']}"
        of = "" if _NOTHING.match(text, end) else OF
        out.append(f"{OVER[name]} {text[match.end() : end]}{of} ")
        position = end
    return "".join(out) + text[position:]


def script_end(text: str, position: int) -> int:
    """The place behind a script."""
    if text.startswith("{", position):
        return matching_brace(text, position) + 1
    atom = _ATOM.match(text, position)
    return atom.end() if atom else position
