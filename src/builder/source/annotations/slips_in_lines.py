"""Slips of MyST of which the parser leaves nothing that could be known again: found in the lines of a source."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from builder.source.annotations.source_pieces import SourcePiece
from builder.source.fences import EVAL_RST, Fence, Fences

BOXES = ("attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning")
"""Directives whose first line is text, and no title."""
WORDS_OF_A_TITLE = 6

OPTION = re.compile(r"^\s*:(?P<name>[\w-]+):\s*(?P<value>.*)$")
CODE = re.compile(r"(?P<signs>`+)(?:(?!(?P=signs)).)*(?P=signs)")
TEX = re.compile(r"(?<!\\)\\\((?P<inline>[^\n]*?)(?<!\\)\\\)|^\s*(?P<display>\\\[)\s*(?!.*\]\()")
"""A formula in the brackets of LaTeX."""
IS_FORMULA = re.compile(r"^(?!.*://).*[\\^_=]|^\s*\w\s*$")
DELIMITERS = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
"""The line below the head of a table."""
PIPE = re.compile(r"(?<!\\)\|")
KEY = re.compile(r"^(?:[\w-]+\s*:|\s+\S|-\s)")

Slip = tuple[int, str]


def slips_in_lines(piece: SourcePiece, untitled: Container[str] = BOXES) -> Iterator[Slip]:
    """Yield line and message for each slip in a piece of MyST, in which the directives ``untitled`` take no title."""
    yield from front_matter_below(piece)
    yield from cells_too_many(piece.lines)
    fences = Fences()
    for number, line in enumerate(piece.lines, start=1):
        is_code = fences.are_verbatim
        if opened := fences.take(line):
            yield from of_options(piece.lines, number, opened)
            if opened.directive in untitled and (message := of_box(opened, piece.lines[number:])):
                yield number, message
        if not is_code and (message := of_tex(line)):
            yield number, message


def front_matter_below(piece: SourcePiece) -> Iterator[Slip]:
    """Yield what is to be said of a front matter that blank lines stand before."""
    start = next((number for number, line in enumerate(piece.lines, start=1) if line.strip()), 0)
    if start > 1 and not piece.cell and piece.lines[start - 1].rstrip() == "---":
        below = piece.lines[start:]
        end = next((number for number, line in enumerate(below) if line.rstrip() == "---"), 0)
        if end and all(KEY.match(line) for line in below[:end]):
            yield start, "this front matter is printed; begin the file with its '---', without a blank line before it."


def cells_too_many(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield what is to be said of each row of a table that has more cells than its head: they are left out."""
    fences, columns, is_comment = Fences(), 0, False
    for number, line in enumerate(lines, start=1):
        fences.take(line)
        cells = cells_of(line)
        is_comment = is_comment or "<!--" in line
        if is_comment and not fences.are_verbatim:
            columns, is_comment = 0, "-->" not in line
        elif fences.are_verbatim or not line.strip():
            columns = 0
        elif number > 1 and "|" in line and DELIMITERS.match(line) and len(cells_of(lines[number - 2])) == len(cells):
            columns = len(cells)
        elif columns and any(cell.strip() for cell in cells[columns:]):
            lost = "'|'".join(cell.strip() for cell in cells[columns:])
            yield (
                number,
                f"this row has {len(cells)} cells and the head of its table {columns}, so '{lost}' is left out; write "
                "as many cells in both, and a sign | that belongs to a text as \\|.",
            )


def cells_of(line: str) -> list[str]:
    """Return the cells in a row of a table."""
    row = line.strip().removeprefix("|")
    return PIPE.split(row.removesuffix("|") if row.endswith("|") and not row.endswith("\\|") else row)


def of_options(lines: Sequence[str], number: int, opened: Fence) -> Iterator[Slip]:
    """Yield what is to be said of the options of the directive that stands in line ``number``."""
    seen: set[str] = set()
    has_options = opened.directive not in ("", EVAL_RST)
    for at in range(number + 1, len(lines) + 1 if has_options else 0):
        option = OPTION.match(lines[at - 1])
        if option is None:
            return
        name, value = option["name"], option["value"]
        if name in seen:
            yield at, f"the option ':{name}:' is given twice, and the last one counts; take one of them away."
        if name == "background" and value.startswith("#"):
            yield at, f"'#' begins a comment, so this is empty; write ':background: {value.strip('# ')}'."
        seen.add(name)


def of_box(opened: Fence, below: Sequence[str]) -> str:
    """Return what is to be said of a box without a title whose first words seem to be one; '' for any other box."""
    words = opened.info.strip().partition("}")[2].strip()
    following = next((line.strip() for line in below if line.strip()), "")
    if not words or words[-1] in ".!?:,;…。！？" or OPTION.match(following):
        return ""
    goes_on = following[:1].islower() or following.startswith(opened.signs)
    if goes_on or len(words.split()) > WORDS_OF_A_TITLE:
        return ""
    return (
        f"'{words}' begins the text of this box, which has no title of its own; write {opened.signs}{{admonition}} "
        f"{words}, and ':class: {opened.directive}' below."
    )


def of_tex(line: str) -> str:
    """Return what is to be said of a formula in the brackets of LaTeX, of which signs would be printed; '' for none."""
    for found in TEX.finditer(CODE.sub("", line)):
        if found["display"]:
            return "'\\[' is printed as '['; write $$ on a line above and below the formula."
        if IS_FORMULA.search(found["inline"]):
            return f"'{found[0]}' is printed as '({found['inline']})'; write ${found['inline'].strip()}$."
    return ""
