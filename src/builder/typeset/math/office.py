"""Office math as pandoc writes it → as the schema and all office programs have it (ISO/IEC 29500-1, section 22.1).

Bars are delimiters where they enclose, else the sign of divisibility; rows that are aligned are a matrix without
brackets, since a mark of alignment is shown as a sign by some programs; braces grow with what stands below them; and
properties stand in the order of the schema.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

OMML_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
M = f"{{{OMML_NAMESPACE}}}"
ORDER = {
    "rPr": ("lit", "nor", "scr", "sty", "brk", "aln"), "mcPr": ("count", "mcJc", "ctrlPr"),
    "mPr": ("baseJc", "plcHide", "rSpRule", "cGpRule", "rSp", "cSp", "cGp", "mcs", "ctrlPr"),
    "dPr": ("begChr", "sepChr", "endChr", "grow", "shp", "ctrlPr"),
    "naryPr": ("chr", "limLoc", "grow", "subHide", "supHide", "ctrlPr"), "groupChrPr": ("chr", "pos", "vertJc",
    "ctrlPr"),
    "eqArrPr": ("baseJc", "maxDist", "objDist", "rSpRule", "rSp", "ctrlPr"),
    "phantPr": ("show", "zeroWid", "zeroAsc", "zeroDesc", "transp", "ctrlPr"),
}  # fmt: skip
"""Children of properties in the order of the schema."""
BARS = {"|": "|", "∣": "|", "∥": "‖", "‖": "‖"}
SCRIPTS = ("sSup", "sSub", "sSubSup")
ACCENTS = {"‾": "\u0305", "¯": "\u0305"}
"""A line over a letter → the combining one, which the schema asks for."""
BRACES = dict.fromkeys("⏟⎵⏝", ("bot", "top")) | dict.fromkeys("⏞⎴⏜", ("top", "bot"))
"""A brace → where it stands, and which edge of its argument keeps to the line."""
LARGE = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀⨄⨆")
OPERATORS = frozenset("=<>≤≥≠≡≈∼≅∝∈∉⊂⊆⊃⊇→←⇒⇔↔↦+−-±∓×÷⋅·∗*∘⊕⊗∧∨∩∪∖,;:(⟨[{/∣∥≺≻⟶⟹⟺")
"""Signs behind which a bar opens."""


def repaired(math: Any) -> Any:
    """An ``m:oMath`` as all programs read it; the element itself is changed."""
    for array in list(math.iter(f"{M}eqArr")):
        _as_matrix(array)
    for character in math.iter(f"{M}chr"):
        value = character.get(f"{M}val", "")
        character.set(f"{M}val", ACCENTS.get(value, value))
    for limit in [*math.iter(f"{M}limLow"), *math.iter(f"{M}limUpp")]:
        _as_brace(limit)
    for limit in list(math.iter(f"{M}limLow")):
        _as_both(limit)
    for holder in [
        math,
        *math.iter(*(f"{M}{name}" for name in ("e", "num", "den", "sub", "sup", "deg", "lim", "fName"))),
    ]:
        _enclose(holder)
    _valid(math)
    return math


def _valid(math: Any) -> None:
    """Properties in the order of the schema; a run that is text has no style of letters."""
    for properties in math.iter(*(f"{M}{name}" for name in ORDER)):
        order = ORDER[etree.QName(properties).localname]
        if properties.find(f"{M}nor") is not None:
            for style in [*properties.findall(f"{M}sty"), *properties.findall(f"{M}scr")]:
                properties.remove(style)
        properties[:] = sorted(properties, key=lambda child: order.index(etree.QName(child).localname))


def _made(name: str, **values: str) -> Any:
    """An element with properties of the same name."""
    element = etree.Element(f"{M}{name}")
    properties = etree.SubElement(element, f"{M}{name}Pr")
    for key, value in values.items():
        etree.SubElement(properties, f"{M}{key}").set(f"{M}val", value)
    return element


def _plain_run(text: str) -> Any:
    run = etree.Element(f"{M}r")
    etree.SubElement(etree.SubElement(run, f"{M}rPr"), f"{M}sty").set(f"{M}val", "p")
    etree.SubElement(run, f"{M}t").text = text
    return run


def _text(node: Any) -> str:
    """The text of a run; '' for any other element."""
    return "".join(part.text or "" for part in node.findall(f"{M}t")) if node.tag == f"{M}r" else ""


# --- aligned rows


def _as_matrix(array: Any) -> None:
    """Rows with marks of alignment as a matrix of columns to the right and to the left in turn."""
    rows = [_cells(row) for row in array.findall(f"{M}e")]
    columns = max(map(len, rows), default=1)
    matrix = _made("m", baseJc="center", plcHide="1", cGpRule="3", cGp="0")
    columns_of = etree.SubElement(matrix[0], f"{M}mcs")
    for column in range(columns):
        properties = etree.SubElement(etree.SubElement(columns_of, f"{M}mc"), f"{M}mcPr")
        etree.SubElement(properties, f"{M}count").set(f"{M}val", "1")
        side = "center" if columns == 1 else "left" if column % 2 else "right"
        etree.SubElement(properties, f"{M}mcJc").set(f"{M}val", side)
    for row in rows:
        line = etree.SubElement(matrix, f"{M}mr")
        for column in range(columns):
            cell = etree.SubElement(line, f"{M}e")
            parts = row[column] if column < len(row) else []
            if column and column % 2 == 0 and parts:
                cell.append(_plain_run("\u2003\u2003"))
            cell.extend(parts)
    matrix.tail = array.tail
    array.getparent().replace(array, matrix)


def _cells(row: Any) -> list[list[Any]]:
    cells: list[list[Any]] = [[]]
    for child in list(row):
        if _text(child) == "&":
            cells.append([])
        elif not etree.QName(child).localname.endswith("Pr"):
            cells[-1].append(child)
    return cells


# --- braces that grow


def _as_brace(limit: Any) -> None:
    """A limit that is nothing but a brace as the brace of a group."""
    signs = limit.find(f"{M}lim")
    text = "".join(signs.itertext()) if signs is not None else ""
    if text not in BRACES or len(signs) != 1:
        return
    place, at = BRACES[text]
    group = _made("groupChr", chr=text, pos=place, vertJc=at)
    group.append(limit.find(f"{M}e"))
    group.tail = limit.tail
    limit.getparent().replace(limit, group)


def _as_both(limit: Any) -> None:
    """Return what stands under and over a large operator, in the order in which one reads it: below, above."""
    base = limit.find(f"{M}e")
    if len(base) != 1 or base[0].tag != f"{M}limUpp" or "".join(base[0].find(f"{M}e").itertext()) not in LARGE:
        return
    above = base[0]
    limit.getparent().replace(limit, above)
    above.tail, limit.tail = limit.tail, None
    inner = above.find(f"{M}e")
    base[:] = list(inner)
    inner[:] = [limit]


# --- bars


def _bar(node: Any) -> str:
    """The bar that a run is, or that scripts hang on; '' for none."""
    if etree.QName(node).localname in SCRIPTS:
        base = node.find(f"{M}e")
        return _bar(base[0]) if base is not None and len(base) == 1 else ""
    return BARS.get(_text(node), "")


def _enclose(holder: Any) -> None:
    """Bars that enclose as delimiters, the innermost first; others as the sign of divisibility."""
    while (pair := _pair(list(holder))) is not None:
        first, last = pair
        children = list(holder)
        delimiters = _made("d", begChr=_bar(children[first]), sepChr="", endChr=_bar(children[last]))
        inside = etree.SubElement(delimiters, f"{M}e")
        closing = children[last]
        inside.extend(children[first + 1 : last])
        holder.remove(children[first])
        if closing.tag == f"{M}r":
            holder.replace(closing, delimiters)
        else:
            base = closing.find(f"{M}e")
            base[:] = [delimiters]
    for child in holder:
        if _text(child) == "|":
            child.find(f"{M}t").text = "∣"


def _pair(children: list[Any]) -> tuple[int, int] | None:
    """The places of two bars of one kind that enclose something; None where there are none."""
    opened: dict[str, int] = {}
    depth = 0
    for place, child in enumerate(children):
        text = _text(child)
        bar = _bar(child)
        if text == "∣":
            continue
        if bar and bar in opened and not _opens(children, place) and place - opened[bar] > 1:
            return opened[bar], place
        if bar and child.tag == f"{M}r" and _opens(children, place):
            opened[bar] = place
        depth += (text in ("(", "[", "{", "⟨")) - (text in (")", "]", "}", "⟩"))
        if text in (")", "]", "}", "⟩") and depth < 0:
            opened.clear()
            depth = 0
    return None


def _opens(children: list[Any], place: int) -> bool:
    """True if what stands before a bar asks for something to follow: nothing, an operator, an opening bracket."""
    before = [child for child in children[:place] if not etree.QName(child).localname.endswith("Pr")]
    if not before:
        return True
    text = _text(before[-1])
    return text in OPERATORS or (bool(text) and text.isspace() and _opens(children, place - 1)) or text in BARS
