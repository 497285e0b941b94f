r"""Chemistry (mhchem's ``\ce``) and physical units (``\pu``) → plain LaTeX.

What is read: https://mhchem.github.io/MathJax-mhchem/
"""

from __future__ import annotations

import re

from builder.typeset.math.braces import matching_brace

_ARROWS = {
    "<=>>": r"\xrightequilibrium", "<<=>": r"\xleftequilibrium", "<-->": r"\xtofrom", "<=>": r"\xrightleftharpoons",
    "<->": r"\xleftrightarrow", "->": r"\xrightarrow", "<-": r"\xleftarrow",
}  # fmt: skip
_BARE_ARROWS = {
    r"\xrightleftharpoons": "⇌", r"\xrightequilibrium": "⥂", r"\xleftequilibrium": "⥄", r"\xtofrom": "⇄",
    r"\xleftrightarrow": "⟷", r"\xrightarrow": "⟶", r"\xleftarrow": "⟵",
}  # fmt: skip
_ARROW = re.compile(rf"(?<!\\bond\{{)(?:{'|'.join(map(re.escape, _ARROWS))})")
_PARTS = re.compile(
    r"(?P<state>\((?:aq|s|l|g|cr|am|vit|ads)\))"
    r"|(?P<gone>\s+(?P<way>[v^])(?=\s|$)|\((?P<held>[v^])\))"
    r"|(?P<fraction>(?<![A-Za-z\d.)\]}])\(?(?P<above>\d+)/(?P<below>\d+)\)?)"
    r"|(?P<math>\$[^$]*\$)"
    r"|(?P<script>[\^_]\s*(?:(?=\{)|(?P<plain>\d*[+-](?![A-Za-z])|\d+|[^\W\d_]+[+-]?|[+-]|\*|\\[a-zA-Z]+)))"
    r"|(?P<bonded>\\bond\{(?P<bond_sign>[^{}]*)\})"
    r"|(?P<command>\\[a-zA-Z]+|\\.)"
    r"|(?P<count>\d+(?:[.,]\d+)?)"
    r"|(?P<amount>(?<![A-Za-z\d)\]}])[a-z](?=\s+[A-Z\\(\[]))"
    r"|(?P<letters>[A-Z][a-z]?|[a-z]+)"
    r"|(?P<dot>\s*[*.]\s*(?=[\dA-Z(\[nx])|\s*\\cdot\s*)"
    r"|(?P<point>\.)"
    r"|(?P<plus>\s+\+\s+|\s+-\s+)"
    r"|(?P<charge>[+-]+(?=\s|$|[)\]},_^]|\((?:aq|s|l|g)\)))"
    r"|(?P<bond>[-=#])"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)


def chemistry(formula: str) -> str:
    """Return what ``\\ce`` holds: upright letters, subscripts, charges, bonds, isotopes, arrows with words, states."""
    out, position = [], 0
    for arrow in _ARROW.finditer(formula):
        if arrow.start() < position:
            continue
        out.append(_compounds(formula[position : arrow.start()].rstrip()))
        above, position = _words(formula, arrow.end())
        below, position = _words(formula, position)
        position += len(formula[position:]) - len(formula[position:].lstrip())
        out.append(_arrow(_ARROWS[arrow[0]], above, below))
    return "".join(out) + _compounds(formula[position:])


def _words(formula: str, position: int) -> tuple[str, int]:
    if not formula.startswith("[", position):
        return "", position
    depth = 0
    for place in range(position, len(formula)):
        depth += {"[": 1, "]": -1}.get(formula[place], 0)
        if depth == 0:
            return formula[position + 1 : place], place + 1
    return "", position


def _arrow(command: str, above: str, below: str) -> str:
    if not above.strip() and not below.strip():
        return rf"\mathrel{{{_BARE_ARROWS[command]}}}"
    return f"{command}[{_compounds(below)}]{{{_compounds(above)}}}"


def _compounds(text: str) -> str:
    """Compounds with the signs between them; a number behind a letter or bracket is a subscript."""
    out: list[str] = []
    position, follows = 0, False
    while match := _PARTS.match(text, position):
        position = match.end()
        kind = next(name for name in _KINDS if match[name] is not None)
        if kind == "script" and match["plain"] is None:
            end = matching_brace(text, position)
            out.append(_script(match[0].strip(), text[position + 1 : end], follows=follows))
            position, follows = end + 1, True
            continue
        if kind == "other" and match[0] == "{":
            end = matching_brace(text, match.start())
            out.append(f"{{{_compounds(text[position:end])}}}")
            position, follows = end + 1, True
            continue
        if kind == "command" and text.startswith("{", position):
            end = matching_brace(text, position)
            out.append(f"{match[0]}{text[position : end + 1]}")
            position, follows = end + 1, True
            continue
        if kind == "charge" and out and out[-1].startswith("^{"):  # behind a number in braces
            out[-1] = f"{out[-1][:-1]}{match[0]}}}"
            continue
        out.append(_part(kind, match, follows=follows))
        if kind in ("count", "fraction") and not follows:
            position += len(text[position:]) - len(text[position:].lstrip())
        follows = kind in ("letters", "state", "script", "charge") or match[0] in (")", "]") or match[0][1:].isalpha()
    return "".join(out)


BONDS = {
    "~": r"\sim",
    "#": "≡",
    "...": r"\cdots",
    "....": r"\cdots",
    "->": r"\rightarrow",
    "<-": r"\leftarrow",
    "1": "-",
    "2": "=",
    "3": "≡",
}
"""What stands in ``\\bond`` → the sign."""
_KINDS = (
    "state", "gone", "fraction", "math", "script", "bonded", "command", "count", "amount", "letters", "dot", "point",
    "plus", "charge", "bond", "space", "other",
)  # fmt: skip


def _script(sign: str, body: str, *, follows: bool) -> str:
    base = "" if follows else "{}"
    inner = re.sub(r"[A-Za-z]+", lambda letters: rf"\mathrm{{{letters[0]}}}", body) if "\\" not in body else body
    inner = re.sub(r"(?<!\d)\.(?!\d)", r"\\bullet ", inner)  # a radical
    return f"{base}{sign}{{{inner.strip('$')}}}"


def _part(kind: str, match: re.Match[str], *, follows: bool) -> str:
    text = match[0]
    if kind == "script":
        return _script(text[0], match["plain"], follows=follows)
    if kind == "count":
        return f"_{{{text}}}" if follows else f"{text}\\,"
    written = {
        "state": rf"\mathrm{{{text}}}", "gone": r"\uparrow " if "^" in text else r"\downarrow ",
        "fraction": rf"\tfrac{{{match['above']}}}{{{match['below']}}}\,", "math": f"{{{text.strip('$')}}}",
        "bonded": f"{{{BONDS.get(match['bond_sign'], match['bond_sign'])}}}", "point": r"{\cdot}",
        "command": f"{text} ", "amount": text, "letters": rf"\mathrm{{{text}}}", "dot": r"{\cdot}", "plus": text,
        "charge": f"^{{{text}}}", "bond": f"{{{'≡' if text == '#' else text}}}", "space": r"\ ",
    }  # fmt: skip
    return written.get(kind, text)


def units(quantity: str) -> str:
    """Return what stands in ``\\pu``: a number, and its units upright, with ``//`` for a fraction."""
    number = re.match(
        r"\s*[-+]?[\d.,]*(?:\([\d]+\))?"
        r"(?:\s*[eE]\s*[-+]?\d+|\s*[*x×]\s*10\^\{?[-+]?\d+\}?)?",
        quantity,
    )
    assert number is not None
    value, rest = number[0].strip(), quantity[number.end() :].strip()
    power = re.search(r"\s*([eE*x×])\s*(?:10\^)?\{?([-+]?\d+)\}?$", value)
    if power is not None:
        sign = r"\cdot " if power[1] in "e*" else r"\times "
        value = f"{value[: power.start()]}{sign}10^{{{power[2]}}}"
    return value + (r"\ " if value and rest else "") + _fraction_of_units(rest)


def _fraction_of_units(rest: str) -> str:
    above, fraction, below = rest.partition("//")
    if fraction:
        return rf"\tfrac{{{_units(above)}}}{{{_units(below)}}}"
    return _units(rest)


def _units(text: str) -> str:
    text = re.sub(r"(?<=[A-Za-zµΩ°])\^?(-?\d+)", r"^{\1}", text.strip())
    text = re.sub(r"\s*[*.]\s*|\s+", r"{\\cdot}" if "*" in text else r"\\,", text)
    return re.sub(r"(?<![\\A-Za-z])[A-Za-zµΩÅ°]+", r"\\mathrm{\g<0>}", text)
