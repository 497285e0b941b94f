"""Which Office math LibreOffice shows as it is: it reads a formula as StarMath, in which signs and words are commands.

What is listed here was looked at in LibreOffice 7.4; the letters of other alphabets, frames, texts beside each other,
brackets that do not match and signs without something on both sides are not shown as they are.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from builder.typeset.math.office import M

_BINARY = frozenset("=<>≤≥≠≡≈∼≅∝∈∉⊂⊆⊃⊇→⋅·×÷±∓∧∨∩∪∣")
_SIGNS = frozenset("+−-±∓")
_ALONE = frozenset("∞∂∇∅ℏ…⋯⋮⋱∀∃†°!%,")
_NAMES = frozenset(
    (
        "sin",
        "cos",
        "tan",
        "cot",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "arcsin",
        "arccos",
        "arctan",
        "ln",
        "log",
        "exp",
        "lim",
    )
)
"""Names that StarMath sets upright, as they are."""
_LETTER = re.compile(r"[A-Za-zα-ωϵϕϑϱςϖΓΔΘΛΞΠΣΥΦΨΩ]'*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FENCES = frozenset(("()", "[]", "{}", "||", "‖‖", "⟨⟩", "⌊⌋", "⌈⌉"))
_ACCENTS = frozenset("\u0302\u0303\u0307\u0308\u20d7\u0305\u030c\u0306")
_PARTS = {
    "f": ("num", "den"), "rad": ("deg", "e"), "sSup": ("e", "sup"), "sSub": ("e", "sub"), "sSubSup": ("e", "sub",
    "sup"),
    "nary": ("sub", "sup", "e"), "acc": ("e",), "bar": ("e",), "d": ("e",), "limLow": ("e", "lim"), "limUpp": ("e",
    "lim"),
}  # fmt: skip
_MAY_BE_EMPTY = frozenset(("deg",))


def is_shown(omml: str) -> bool:
    """True if LibreOffice shows a formula in Office math as it is."""
    return bool(omml) and _sequence(etree.fromstring(omml))


def _sequence(holder: Any) -> bool:
    """True if the parts of an argument are known, and each sign stands between two of them."""
    operand = False
    brackets: list[str] = []
    for child in holder:
        name = etree.QName(child).localname
        if name.endswith("Pr"):
            continue
        if name != "r":
            if not _structure(child, name):
                return False
            operand = True
            continue
        kind = _run(child)
        if kind == "space":
            continue
        if kind in ("", "binary") and not (kind and operand):
            return False
        if kind == "opening":
            brackets.append(_text(child))
        elif kind == "closing" and (
            not operand or not brackets or brackets.pop() + _text(child) not in ("()", "[]", "{}")
        ):
            return False
        operand = kind in ("operand", "closing")
    return operand and not brackets


def _text(run: Any) -> str:
    return "".join(part.text or "" for part in run.findall(f"{M}t"))


def _run(run: Any) -> str:
    """What a run is: operand, binary, sign, opening, closing or space; '' for what is not shown as it is."""
    text = _text(run)
    properties = run.find(f"{M}rPr")
    if properties is not None and properties.find(f"{M}nor") is not None:
        return "operand" if '"' not in text else ""
    if properties is not None and properties.find(f"{M}scr") is not None:
        return ""
    style = properties.find(f"{M}sty") if properties is not None else None
    look = style.get(f"{M}val") if style is not None else "i"
    if not text.strip("\u200b"):
        return "space" if text.isspace() else ""
    if text in ("(", "[", "{"):
        return "opening"
    if text in (")", "]", "}"):
        return "closing"
    if text in _SIGNS:
        return "sign"
    if text in _BINARY:
        return "binary"
    if _NUMBER.fullmatch(text) or text in _ALONE or text in _NAMES:
        return "operand"
    return "operand" if look == "i" and _LETTER.fullmatch(text) else ""


def _structure(node: Any, name: str) -> bool:
    """True if a fraction, root, script, operator, accent, pair of delimiters or matrix is shown as it is."""
    inside = {etree.QName(child).localname: child for child in node}
    if name == "m":
        return all(_sequence(cell) for row in node.findall(f"{M}mr") for cell in row)
    if name not in _PARTS or not _is_known(node, name):
        return False
    for part in _PARTS[name]:
        holder = inside.get(part)
        if holder is None:
            continue
        if len(holder) == 0 or not "".join(holder.itertext()).strip("\u200b"):
            if name != "nary" and part not in _MAY_BE_EMPTY:
                return False
        elif not _sequence(holder):
            return False
    return True


def _value(node: Any, path: str, default: str) -> str:
    found = node.find("/".join(M + part for part in path.split("/")))
    return default if found is None else str(found.get(f"{M}val", default))


def _is_known(node: Any, name: str) -> bool:
    """True if the sign that a structure has is one that is shown."""
    if name == "d":
        fences = _value(node, "dPr/begChr", "(") + _value(node, "dPr/endChr", ")")
        return fences in _FENCES and len(node.findall(f"{M}e")) == 1
    if name == "acc":
        return _value(node, "accPr/chr", "\u0302") in _ACCENTS
    if name == "nary":
        return _value(node, "naryPr/chr", "∫") in "∑∏∫∬∭∮⋃⋂"
    if name == "f":
        return _value(node, "fPr/type", "bar") == "bar"
    return name not in ("limLow", "limUpp") or "".join(node.find(f"{M}e").itertext()) == "lim"
