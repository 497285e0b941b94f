"""A formula in one line of Unicode, for footers, bookmarks, properties of files and notes: ``χ²ₙ₋₁``, ``a/(b + c)``.

Where Unicode has no raised or lowered sign, it is written as in Unicode Technical Note 28, *UnicodeMath*: ``x_max``,
``e^(−x²/2)``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from builder.typeset.math.meaning import Node, meaning

RAISED = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″‴*∗∘°†⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″‴**°°†ᵀ",
        strict=True,
    )
)
LOWERED = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
"""Signs that Unicode has above and below the line (blocks 2070 to 209F, 1D2C to 1D6A)."""

ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
BRACKETS = {
    "p-matrix": ("(", ")"), "b-matrix": ("[", "]"), "B-matrix": ("{", "}"), "v-matrix": ("|", "|"),
    "V-matrix": ("‖", "‖"), "cases": ("{", ""),
}  # fmt: skip
ALIGNED = ("aligned", "centered", "substack")
"""Tables of which the cells of a row are parts of one formula."""
STRUCK = {
    "double-struck": "DOUBLE-STRUCK", "calligraphic": "SCRIPT", "script": "SCRIPT", "fraktur": "BLACK-LETTER",
}  # fmt: skip
"""Styles of letters that mean something, by their names in Unicode; only ℝ and the like, which most fonts have."""
SINGLE = ("identifier", "number", "text", "function", "accent", "bar", "root", "delimited")
"""Types of nodes that are one thing, which needs no brackets."""
FACTORS = {"identifier", "number", "fraction", "function", "text"}
"""Types of nodes beside which a fraction stands in brackets."""
_APPLIED = re.compile(r"[^\s()/]?\([^()]*\)[⁰-ⁿ²³¹]*")
"""A letter with its arguments, or what stands in brackets, to a power."""
_GAP = re.compile(r"\s+")
_BINARY_AT_START = re.compile(r"(^|[(\[{=<>≤≥,;/^_√])\s*([−+±∓])\s+")
_NEGATED = "\u0338"


BEGIN, END = "\ue000", "\ue001"
"""What stands round a script behind its mark while a line is written."""
_ENDS = re.compile(rf"(?<!\)){END}+(?=\w)")
_SCRIPT = re.compile(rf"(?P<mark>[_^]){BEGIN}(?P<words>[^{BEGIN}{END}]*){END}")


def linear(latex: str) -> str:
    """A formula without macros of the project in one line of Unicode; never a command of LaTeX."""
    return without_ends(_ENDS.sub(" ", marked(latex)))


def in_scripts(latex: str) -> list[tuple[str, str]]:
    """The same in parts, each with ``_`` or ``^`` where it stands below or above the line, which needs no brackets."""
    line = _SCRIPT.sub(lambda script: f"\ue002{script['mark']}{unbracketed(script['words'])}\ue002", marked(latex))
    parts = enumerate(line.split("\ue002"))
    found = [(without_ends(part[1:]), part[0]) if place % 2 else (without_ends(part), "") for place, part in parts]
    return [(words, mark) for words, mark in found if words]


def marked(latex: str) -> str:
    """A formula in one line in which scripts have their marks, and their beginnings and ends."""
    tree = meaning(latex)
    return tidied(written(tree) if tree is not None else re.sub(r"[{}$&]", "", latex))


def without_ends(line: str) -> str:
    """A line without the beginnings and ends of its scripts."""
    return line.replace(BEGIN, "").replace(END, "")


def unbracketed(words: str) -> str:
    """The words of a script without brackets round all of them."""
    return words[1:-1] if re.fullmatch(r"\([^()]*\)", words) else words


def tidied(text: str) -> str:
    """``text`` with single spaces, signs before what they belong to, and no command of LaTeX."""
    text = _GAP.sub(" ", re.sub(r"\\([a-zA-Z]+)", r"\1", text).replace("\\", "∖"))
    text = _BINARY_AT_START.sub(r"\1\2", text)
    return unicodedata.normalize("NFC", re.sub(r" (?=[,;:.)\]}⟩⌋⌉](?:\s|$))", "", text)).strip()


def written(node: Node | None) -> str:
    """A node in a line; '' for none. One of an unknown type is what its parts are."""
    if not node:
        return ""
    write = WRITERS.get(str(node.get("type")))
    return write(node) if write is not None else joined(parts_of(node))


def parts_of(node: Node) -> list[Node]:
    """All nodes right below a node."""
    values = [value if isinstance(value, list) else [value] for value in node.values()]
    return [part for value in values for part in value if isinstance(part, dict)]


def joined(nodes: Iterable[Node]) -> str:
    """Nodes one after the other: names of functions apart from letters beside them, fractions in brackets there."""
    shown = [(kind_of(node), text) for node in nodes if (text := written(node))]
    out = ""
    for place, (kind, text) in enumerate(shown):
        beside = {shown[other][0] for other in (place - 1, place + 1) if 0 <= other < len(shown)}
        if kind == "fraction" and beside & FACTORS:
            text = f"({text})"
        elif (
            "function" in (kind, shown[place - 1][0]) and out and is_letter(out.rstrip(END)[-1]) and is_letter(text[0])
        ):
            text = f" {text}"
        out += text
    return out


def kind_of(node: Node | None) -> str:
    """The type of a node, of scripts that of their base; '' for none."""
    kind = str((node or {}).get("type", ""))
    return kind_of((node or {}).get("base")) if kind == "scripts" else kind


def is_letter(char: str) -> bool:
    """True for a letter or digit, also one above or below the line."""
    return char.isalnum() or unicodedata.category(char) in ("No", "Lm", "Mn")


def operator(node: Node) -> str:
    """A sign with the room round it that its class asks for."""
    return spaced(str(node["symbol"]).replace("\\", "∖").replace("∣", "|"), node)


def spaced(sign: str, node: Node) -> str:
    """``sign`` with the room round it that the class of ``node`` asks for."""
    if node["class"] in ("bin", "rel"):
        return f" {sign} "
    return f"{sign} " if node["class"] == "punct" else sign


def identifier(node: Node) -> str:
    """A letter; in a struck style where Unicode has it among its oldest signs."""
    name, style = str(node["name"]), STRUCK.get(str(node.get("variant", "")), "")
    case = "CAPITAL" if name.isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"{style} {case} {name.upper()}") if style else name
    except KeyError:
        return name


def scripts(node: Node) -> str:
    """A base with what stands below and above it; a long index stands behind a short exponent, as in ``χ²ₙ₋₁``."""
    base = node.get("base")
    low = script(node.get("sub"), LOWERED, "_")
    high = script(node.get("sup"), RAISED, "^")
    is_large = kind_of(base) in ("large-operator", "function")
    pair = high + low if len(high) == 1 and len(low) > 1 and not is_large else low + high
    inside = written(base).strip()
    if kind_of(base) in ("fraction", "root"):
        inside = f"({inside})"
    is_apart = kind_of(base) == "large-operator" or (is_large and pair.rstrip(END).endswith(")"))
    return f"{inside}{pair}{' ' if is_apart else ''}"


def script(node: Node | None, signs: dict[str, str], mark: str) -> str:
    """A node in signs that stand above or below the line; where one is missing, behind ``mark``."""
    tight = written(node).replace(" ", "")
    if all(sign in signs for sign in tight):
        return "".join(signs[sign] for sign in tight)
    return f"{mark}{BEGIN}{atom(node)}{END}"


def atom(node: Node | None) -> str:
    """A node in brackets, unless it is one thing."""
    text = tidied(written(node))
    return text if is_single(node) or len(text) == 1 else f"({text})"


def is_single(node: Node | None) -> bool:
    """True for a letter, number, word, root, or something in brackets."""
    kind = str((node or {}).get("type", ""))
    if kind == "row":
        [*inner] = (node or {}).get("children", [])
        return len(inner) == 1 and is_single(inner[0])
    return kind in SINGLE


def fraction(node: Node) -> str:
    """``a/b``; one without a rule is a binomial coefficient."""
    above, below = node.get("num"), node.get("den")
    if node.get("rule") is False:
        return f"{tidied(written(above))} over {tidied(written(below))}"
    return f"{divided(above)}/{divided(below)}"


def divided(node: Node | None) -> str:
    """One side of a fraction; letters with scripts need no brackets there, nor do differentials."""
    text = tidied(written(node))
    only = (node or {}).get("children", [node])
    is_one = text.startswith("∂") or (len(only) == 1 and (only[0] or {}).get("type") == "scripts")
    is_one = is_one and not re.search(r"[ /]", text)
    return text if is_one or _APPLIED.fullmatch(text) else atom(node)


def root(node: Node) -> str:
    """``√x``, ``∛(x + 1)``, ``ⁿ√x``."""
    index = node.get("index")
    sign = ROOTS.get(tidied(written(index))) or script(index, RAISED, "^") + "√"
    return f"{sign}{atom(node['radicand'])}"


def accent(node: Node) -> str:
    """A letter with its accent; more than one in brackets."""
    base = tidied(written(node["base"]))
    return f"{base if is_one_letter(base) else f'({base})'}{node['accent']}"


def is_one_letter(text: str) -> bool:
    """True for a letter with or without marks."""
    return sum(not unicodedata.combining(char) for char in text) == 1


def bar(node: Node) -> str:
    """Letters with a line above or below each."""
    mark = "\u0305" if node["above"] else "\u0332"
    return "".join(char + ("" if char.isspace() else mark) for char in tidied(written(node["base"])))


def delimited(node: Node) -> str:
    """Return what stands between brackets, with the signs that part it."""
    marks = [str(mark) for mark in node.get("middles") or []]
    parts = [tidied(written(part)) for part in node["parts"]]
    inside = "".join(f"{part} {mark} " for part, mark in zip(parts, marks, strict=False)) + parts[-1]
    return f"{node.get('open') or ''}{inside}{node.get('close') or ''}"


def table(node: Node) -> str:
    """Rows between semicolons, cells of a matrix between commas."""
    shape = str(node.get("shape", ""))
    between = "" if shape in ALIGNED else ", "
    rows = [between.join(tidied(cell) if between else cell for cell in map(written, row)) for row in node["rows"]]
    left, right = BRACKETS.get(shape, ("", ""))
    return f"{left}{'; '.join(row for row in map(tidied, rows) if row)}{right}"


def text_parts(node: Node) -> str:
    """Words, and formulas among them."""
    return "".join(written(part) for part in node["parts"]) if "parts" in node else str(node.get("value", ""))


def scripts_above(node: Node) -> str:
    """A sign with others above or below it."""
    return scripts({"base": node.get("base"), "sub": node.get("below"), "sup": node.get("above")})


def arrow(node: Node) -> str:
    """A long arrow with what stands above and below it."""
    return f" {scripts_above({**node, 'base': {'type': 'text', 'value': node['symbol']}})} "


def brace(node: Node) -> str:
    """Return what stands over or under a brace, then its label."""
    label = tidied(written(node.get("label")))
    return written(node["base"]) + (f" [{label}]" if label else "")


def canceled(node: Node) -> str:
    """A sign that is struck out; of several, as they are."""
    base = written(node["base"])
    return re.sub(r"^(\s*)(\S)(\s*)$", rf"\1\2{_NEGATED}\3", base)


def space(node: Node) -> str:
    """A space, where it widens."""
    return " " if node["em"] > 0 else ""


WRITERS: dict[str, Callable[[Node], str]] = {
    "row": lambda node: joined(node["children"]),
    "operator": operator,
    "identifier": identifier,
    "number": lambda node: str(node["value"]),
    "quantity": lambda node: written(node.get("unit")),
    "function": lambda node: str(node["name"]),
    "large-operator": lambda node: f"{node['symbol']} ",
    "fixed-delimiter": lambda node: str(node["symbol"]),
    "scripts": scripts,
    "fraction": fraction,
    "root": root,
    "accent": accent,
    "bar": bar,
    "delimited": delimited,
    "table": table,
    "text": text_parts,
    "stacked": scripts_above,
    "forced-class": lambda node: spaced(written(node.get("base")).strip(), node),
    "arrow": arrow,
    "brace": brace,
    "canceled": canceled,
    "space": space,
    "phantom": lambda _node: "",
    "rule": lambda _node: "",
}
"""The writer of each type of node; those of all others are their parts."""
