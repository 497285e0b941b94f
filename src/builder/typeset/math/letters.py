"""How letters look in Office math: upright bold, bold alphabets, fonts of words and colours, which pandoc has no words
for.

They pass through it as marks, characters of private use that stand as runs of their own around what they are of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from builder.typeset.math.braces import group_end, matching_brace
from builder.typeset.math.colours import colour_of

OPENED, NAMED, CLOSED = "\U0010fff0", "\U0010fff1", "\U0010fff2"
"""What begins a mark, what ends its name, and what ends all that it is of."""
_PLANE = 0x100000
_MARKS = re.compile("[\U00100000-\U0010fffd]")
_PIECE = re.compile("(?P<mark>[\U00100000-\U0010fffd])|(?P<words>[^\U00100000-\U0010fffd]+)")
_LOOKS = {
    "mathbf": "bold", "boldsymbol": "strong", "bm": "strong", "pmb": "strong", "textbf": "word bold",
    "textit": "word italic", "emph": "word italic", "textsl": "word italic",
}  # fmt: skip
"""A command of one argument → the name of its mark."""
_LOOK = re.compile(rf"\\(operatorname\*?|{'|'.join(_LOOKS)})(?![a-zA-Z])\s*(?=(\{{)?)")
_COLOUR = re.compile(r"\\(text)?color(?![a-zA-Z])\s*(?:\[([^\]]*)\]\s*)?\{([^{}]*)\}\s*")
_TOKEN = re.compile(r"\\(?:[a-zA-Z]+|.)|\S", re.DOTALL)
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _marked(name: str, latex: str) -> str:
    hidden = "".join(chr(_PLANE + ord(char)) for char in name)
    return f"{{{OPENED}{hidden}{NAMED}{latex}{CLOSED}}}"


def with_marks(latex: str) -> str:
    """``latex`` with marks around letters whose look Office math takes from its runs."""
    out, position = [], 0
    while match := _LOOK.search(latex, position):
        start = match.end()
        token = _TOKEN.match(latex, start)
        end = matching_brace(latex, start) + 1 if match[2] else token.end() if token else start
        inside = latex[start:end]
        out.append(latex[position : match.start()])
        if match[1].startswith("operatorname"):  # whose name is letters alone
            out.append(match[0] + inside)
        else:
            out.append(_marked(_LOOKS[match[1]], f"{match[0]}{with_marks(inside)}"))
        position = end
    return "".join(out) + latex[position:]


def with_colours(latex: str) -> str:
    """``latex`` with marks in place of the commands of colours that are known."""
    while match := _COLOUR.search(latex):
        colour = colour_of(match[3], match[2] or "")
        if match[1] is None:
            start, end = match.end(), group_end(latex, match.end())
            behind = end
        else:
            is_group = latex.startswith("{", match.end())
            start = match.end() + is_group
            end = matching_brace(latex, match.end()) if is_group else min(match.end() + 1, len(latex))
            behind = end + is_group
        body = latex[start:end]
        shown = _marked(colour, body) if colour and body.strip() else f"{{{body}}}"
        latex = latex[: match.start()] + shown + latex[behind:]
    return latex


def without_marks(latex: str) -> str:
    """``latex`` as it is without marks."""
    return _MARKS.sub("", latex)


# --- Office math


def dress(math: Any) -> None:
    """Give the runs of an ``m:oMath`` the looks of the marks around them, and take these away."""
    marks = _Marks()
    for run in list(math.iter(f"{MATH}r")):
        text = run.find(f"{MATH}t")
        if text is None or not (marks.names or _MARKS.search(text.text or "")):
            continue
        for words in marks.words_of(text.text or ""):
            shown = deepcopy(run)
            shown.tail = None
            shown.find(f"{MATH}t").text = words
            for name in marks.names:
                APPLIED.get(name.partition(" ")[0], _coloured)(shown, name)
            run.addprevious(shown)
        run.getparent().remove(run)


@dataclass(slots=True)
class _Marks:
    """The marks that a run stands in, outermost first, of which the last may not be read whole yet."""

    names: list[str] = field(default_factory=list)

    def words_of(self, text: str) -> Iterator[str]:
        """The words between marks, while ``names`` has those that they stand in."""
        for piece in _PIECE.finditer(text):
            if piece["words"] is not None:
                yield piece["words"]
            elif piece["mark"] == OPENED:
                self.names.append("")
            elif piece["mark"] == CLOSED:
                del self.names[-1:]
            elif piece["mark"] != NAMED and self.names:
                self.names[-1] += chr(ord(piece["mark"]) - _PLANE)


def _style(run: Any) -> Any:
    return run.find(f"{MATH}rPr/{MATH}sty")


def _bold(run: Any, _name: str) -> None:
    """Letters that are bold and upright."""
    style = _style(run)
    if style is not None and style.get(f"{MATH}val") == "bi":
        style.set(f"{MATH}val", "b")


def _strong(run: Any, _name: str) -> None:
    """Bold letters of an alphabet of their own."""
    style = _style(run)
    if style is not None and run.find(f"{MATH}rPr/{MATH}scr") is not None:
        style.set(f"{MATH}val", "b")


def _properties(run: Any) -> Any:
    """The properties of a run's text, which stand behind those of its formula."""
    found = run.find(f"{DRAWING}rPr")
    if found is None:
        found = etree.Element(f"{DRAWING}rPr", nsmap={"a": DRAWING[1:-1]})
        run.find(f"{MATH}t").addprevious(found)
    return found


def _word(run: Any, name: str) -> None:
    """Bold or slanted words."""
    if run.find(f"{MATH}rPr/{MATH}nor") is not None:
        _properties(run).set(name.rpartition(" ")[2][0], "1")


def _coloured(run: Any, name: str) -> None:
    """Return what has a colour of its own, the innermost one."""
    properties = _properties(run)
    properties[:] = []
    fill = etree.SubElement(properties, f"{DRAWING}solidFill")
    etree.SubElement(fill, f"{DRAWING}srgbClr").set("val", name.lstrip("#").upper())


APPLIED: dict[str, Callable[[Any, str], None]] = {"bold": _bold, "strong": _strong, "word": _word}
"""The first word of a mark's name → what it does to a run; any other name is a colour."""
