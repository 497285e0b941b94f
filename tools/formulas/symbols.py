"""The symbols of a formula in the order of reading, from MathML, from Office math and from Typst's own tree.

Letters of the mathematical alphabets count as plain ones, and signs that differ by program alone as one sign. Spaces,
phantoms, tags, colours and rules of fractions and roots are no symbols.
"""

# A table of signs stands on few lines.
# ruff: noqa: E501

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ACCENTS = {
    mark: shown
    for shown, marks in {
        "^": "^\u0302ˆ", "~": "~\u0303˜", "‾": "¯ˉ\u0304\u0305―–—_\u0332\u0331‾", "→": "→\u20d7\u20ef", "←": "←\u20d6\u20ee", "↔": "↔\u20e1",
        "˙": "˙\u0307.", "¨": "¨\u0308", "⃛": "\u20db", "⃜": "\u20dc", "ˇ": "ˇ\u030c", "˘": "˘\u0306", "´": "´\u0301", "`": "`\u0300", "˚": "˚\u030a",
        "⎴": "⎴⎵",
    }.items()
    for mark in marks
}  # fmt: skip
"""A mark over or under a letter → the one that stands for it."""
_ALIKE = {
    "-": "−\u2010\u2011", "|": "∣⎸", "∥": "‖ǁ", "⟨": "〈", "⟩": "〉", "*": "∗⋆", "'": "′’", "~": "∼˜", "·": "⋅∙•", "ε": "ϵ", "φ": "ϕ", "θ": "ϑ", "ρ": "ϱ", "σ": "ς",
    "π": "ϖ", "…": "⋯", "→": "⟶\ue429", "←": "⟵\ue428", "⇒": "⟹", "⇐": "⟸", "⇔": "⟺", "↔": "⟷\ue42a", "↦": "⟼", "⇌": "\ue408", "⇄": "\ue42b⇆", "⥂": "\ue409", "⥄": "\ue40a",
    "△": "▵", "Δ": "∆", "Ω": "Ω", "ℏ": "ħ", "□": "◻▫⬚", "■": "◼▪", "≤": "⩽", "≥": "⩾", "\\": "∖⧵﹨", "‾": "¯", "×": "⨯☓", ":": "∶", "/": "∕", "⊥": "⟂",
    "i": "ı𝚤", "j": "ȷ𝚥", "d": "ⅆ", "": "\u2061\u2062\u2063\u2064\u00ad\u200b\ufe0e\ufe0f",
}  # fmt: skip
_LONG = {"″": "''", "‴": "'''", "⁗": "''''", "≔": ":=", "⩴": "::="}
ALIKE = str.maketrans({sign: shown for shown, signs in _ALIKE.items() for sign in signs} | _LONG)
UNSEEN = {"mphantom", "annotation", "mspace"}
_SCRIPTS = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}


def plain(text: str) -> str:
    """``text`` without spaces, its letters those of the usual alphabet and its signs those that stand for all alike."""
    folded = unicodedata.normalize("NFKD", text.translate(ALIKE)).translate(ALIKE)
    return "".join(folded.split())


def mark(text: str) -> str:
    """A mark over or under a letter."""
    return ACCENTS.get(text.strip(), plain(text))


# --- MathML, as MathJax writes it


def of_mathml(text: str) -> str:
    """The symbols of a formula in MathML."""
    return "".join(_mathml(etree.fromstring(text.encode())))


def _mathml(node: Any) -> Iterator[str]:
    name = etree.QName(node).localname
    children = [child for child in node if not _is_painted_twice(child)]
    if name in UNSEEN or (name == "mpadded" and node.get("width") == "0" and node.get("height") == "0"):
        return
    if name == "mlabeledtr":
        children = children[1:]
    if name in _SCRIPTS and len(children) > 1:
        yield from _mathml(children[0])
        for child in children[1:]:
            inside = "".join(_mathml(child))
            yield mark(child.text or "") if etree.QName(child).localname == "mo" and not len(child) else inside
    elif name == "mmultiscripts":
        yield from _multiscripts(children)
    elif not children:
        yield plain(node.text or "")
    else:
        for child in children:
            yield from _mathml(child)


def _is_painted_twice(node: Any) -> bool:
    r"""True for the first of the two copies that ``\pmb`` is."""
    after = node.getnext()
    shift = after is not None and after.get("data-latex") == r"\kern1px"
    return shift and str(node.get("data-latex", "")).startswith(r"\rlap")


def _multiscripts(children: list[Any]) -> Iterator[str]:
    names = [etree.QName(child).localname for child in children]
    place = names.index("mprescripts") if "mprescripts" in names else len(children)
    for child in [*children[place + 1 :], children[0], *children[1:place]]:
        yield from _mathml(child)


# --- Office math


def of_office(text: str) -> str:
    """The symbols of a formula in Office math; '' for none."""
    return "".join(_office(etree.fromstring(text))) if text else ""


def _value(node: Any, path: str, default: str) -> str:
    found = node.find("/".join(MATH + part for part in path.split("/")))
    return default if found is None else str(found.get(f"{MATH}val", default))


def _office(node: Any) -> Iterator[str]:
    name = etree.QName(node).localname
    if name == "r":
        yield plain("".join(part.text or "" for part in node.findall(f"{MATH}t")))
    elif name == "d":
        yield from _delimited(node)
    elif name in _MARKS:
        yield from _office(node.find(f"{MATH}e"))
        yield mark(_value(node, _MARKS[name][0], _MARKS[name][1]))
    elif name.endswith("Pr") or (name == "phant" and _value(node, "phantPr/show", "1") in ("0", "off")):
        return
    else:
        if name == "nary":
            yield plain(_value(node, "naryPr/chr", "∫"))
        for child in reversed(node) if name == "rad" else node:
            yield from _office(child)


_MARKS = {"acc": ("accPr/chr", "\u0302"), "groupChr": ("groupChrPr/chr", "⏟"), "bar": ("barPr/chr", "‾")}
"""Elements with a mark → where it stands, and what it is by default."""


def _delimited(node: Any) -> Iterator[str]:
    yield plain(_value(node, "dPr/begChr", "("))
    for index, argument in enumerate(node.findall(f"{MATH}e")):
        if index:
            yield plain(_value(node, "dPr/sepChr", "|"))
        yield from _office(argument)
    yield plain(_value(node, "dPr/endChr", ")"))


# --- Typst, as its compiler reports the content of an equation

_PARTS = {
    "attach": ("bl", "tl", "base", "b", "br", "t", "tr"), "frac": ("num", "denom"), "root": ("radicand", "index"), "op": ("text",),
    "sequence": ("children",), "styled": ("child",), "binom": ("upper", "lower"), "mat": ("rows",), "vec": ("children",), "cases": ("children",),
    "grid": ("children",),
}  # fmt: skip
"""Parts of an element in the order of reading; of others it is the body."""
_UNSEEN = ("hide", "metadata", "context", "h", "v", "space", "linebreak", "align-point")


def of_typst(tree: Any) -> str:
    """The symbols of a formula in Typst's tree of content."""
    return "".join(_typst(tree))


def _typst(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for part in tree:
            yield from _typst(part)
    elif isinstance(tree, Mapping) and tree.get("func") not in _UNSEEN:
        yield from _element(tree, str(tree.get("func")))


def _element(tree: Mapping[str, Any], name: str) -> Iterator[str]:
    if name in ("text", "symbol"):
        yield plain(str(tree.get("text", "")))
        return
    if name == "primes":
        yield "'" * int(tree["count"])
        return
    opened, closed = _fences(tree, name)
    yield opened
    for part in _PARTS.get(name, ("base",) if name == "accent" else ("body",)):
        yield from _typst(tree.get(part))
    yield mark(str(tree["accent"])) if name == "accent" else _OVER.get(name, "")
    yield from _typst(tree.get("annotation"))
    yield closed


def _fences(tree: Mapping[str, Any], name: str) -> tuple[str, str]:
    if name == "binom":
        return "(", ")"
    if name not in ("mat", "vec", "cases"):
        return "", ""
    opened, closed = tree.get("delim", ("{", "}") if name == "cases" else ("(", ")"))
    return plain(opened or ""), "" if name == "cases" else plain(closed or "")


_OVER = {
    "overline": "‾", "underline": "‾", "overbrace": "⏞", "underbrace": "⏟", "overbracket": "⎴", "underbracket": "⎴", "overparen": "⏜",
    "underparen": "⏝", "overshell": "⏠", "undershell": "⏡",
}  # fmt: skip
