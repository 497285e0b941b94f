"""Signs of MyST that are nearly right, so that a parser takes them for words: found in lines of a source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from builder.source.annotations.slips_in_lines import CODE
from builder.source.annotations.slips_of_classes import is_language_in_braces
from builder.source.annotations.slips_of_marks import of_marked_fence, of_marked_line
from builder.source.annotations.source_pieces import SourcePiece
from builder.source.annotations.vocabulary import MARKS
from builder.source.fences import Fence, Fences

UNCLOSED = re.compile(rf"^\s*\{{\s*\.(?:{'|'.join(sorted(MARKS))}|slide|backup|quotation)\b[^{{}}]*$")
NAME_AND_WORDS = re.compile(
    r"^\s*(?P<signs>`{3,}|~{3,}|:{3,})\s*\{(?P<name>[a-z][\w:-]*)"
    r"(?:\}(?P<close>[^\s{}`][^{}`]*)$|[ \t]+(?P<inside>[^\s{}=.#][^{}=]*)\}[ \t]*$|(?P<open>[^{}]*)$)"
)
"""The opening of a directive whose brace is not where it belongs."""
FORMULA = re.compile(r"\$\$.*?\$\$|(?<![\\$])\$(?:[^$\\]|\\.)+\$")
AMS = re.compile(r"^\s*\\begin(?P<name>\{(?:align|alignat|eqnarray|equation|flalign|gather|multline)\*?\})")
"""What begins a formula without dollars."""
BARE_ROLE = re.compile(
    r"\{(?P<role>sub|sup|ref|numref|doc|term|eq|abbr|kbd|download|cite|cite:[pt])\}"
    r"(?P<words>[A-Za-z0-9]\S*|[ \t]+`[^`]+`)"
)
"""A role without backticks, or with a space before them."""
QUARTO = re.compile(r"(?<![\w`@/\[({.-])@(?P<label>(?P<kind>fig|tbl|tab|lst|sec|eq|thm)[-:][\w-]+)")
ROLES = {"eq": "eq", "sec": "ref", "thm": "prf:ref"}
SUBSTITUTION = re.compile(r"\{\{\s*[A-Za-z][\w.]*\s*\}\}")
LABEL = re.compile(
    r"^(?:\((?P<spaced>[\w:-]+)\)[ \t]+=|\[(?P<square>[\w:-]+)\]=|\((?P<bare>[a-z]+[-_:][\w:-]*)\))[ \t]*$"
)
LABELLED = re.compile(r"^(?:#{1,6}[ \t]|`{3,}|:{3,}|\$\$)")
"""What has a label on the line above it."""
LABEL_OF_FORMULA = re.compile(r"^(?P<before>.*\$\$)[ \t]*\{#(?P<label>[\w:-]+)[^}]*\}[ \t]*$")
HIGHLIGHTED = re.compile(r"^\s*(?:`{3,}|~{3,})\s*(?P<language>[\w+-]+)[ \t]+\{(?P<lines>[\d,\s-]+)\}[ \t]*$")
ENVIRONMENT = re.compile(
    r"^\s*\\begin\{(?P<name>itemize|enumerate|description|figure|table|tabular|center|quote|quotation|verbatim|frame)\}"
)
OF_HTML = re.compile(
    r"<[a-z]\w*\b[^<>]*\bclass\s*=\s*[\"'](?![^\"']*carousel)(?:[^\"']*\s)?(?P<name>slide|point|backup)(?:\s[^\"']*)?[\"']"
)
PLAIN_OPTION = re.compile(r"^\s*(?P<name>[a-z][\w-]*):[ \t]+(?P<value>\S.*)$")
PICTURED = ("alt", "width", "height", "align", "name", "class", "figclass", "target", "scale")
TABULAR = ("name", "class", "align", "width", "widths", "header-rows", "file")
OPTIONS = {
    "figure": PICTURED, "image": PICTURED, "table": TABULAR, "list-table": TABULAR, "csv-table": TABULAR,
    "chart": ("alt", "type", "x", "y", "unit", "name", "class"), "timeline": ("alt", "date", "event", "name"),
    "map": ("alt", "place", "name"),
    "code-block": ("caption", "name", "linenos", "emphasize-lines"),
}  # fmt: skip
"""Directive → options that are easily written without their first colon."""

Slip = tuple[int, str]


def slips_of_signs(piece: SourcePiece, enabled: Collection[str]) -> Iterator[Slip]:
    """Yield line and message for what is printed as it stands in a piece of MyST with the extensions ``enabled``."""
    fences, end, begun = Fences(), "", 0
    for number, line in enumerate(piece.lines, start=1):
        is_code = fences.are_verbatim
        opened = fences.take(line)
        if is_code or line.startswith("%"):
            continue
        above = piece.lines[number - 2] if number > 1 else ""
        below = piece.lines[number] if number < len(piece.lines) else ""
        words = words_of(line)
        if opened is not None:
            yield from of_opening(number, line, opened, below)
            yield from ((number, message) for message in of_marked_fence(line, opened))
        elif end:
            end = "" if end in words else end
        elif end := end_of_unread(words, enabled):
            begun = number
        if not end:
            messages = (*of_line(line, words, enabled), *of_label(line, above, below))
            messages += (*of_marked_line(line, words, below),)
            yield from ((number, message) for message in messages)
    if end == "$$" and piece.lines[begun - 1].lstrip().startswith("$$"):
        yield begun, "this formula is not closed, so it is printed as it stands; write $$ on a line below it."


def words_of(line: str) -> str:
    """Return a line with empty backticks for its code, and without the formulas that begin and end in it; code that a
    space parts from a role is left.
    """
    words = CODE.sub(lambda code: code[0] if line[: code.start()].endswith("} ") else "``", line)
    return FORMULA.sub("", words)


def end_of_unread(words: str, enabled: Collection[str]) -> str:
    """Return what ends the formula or the comment that begins in a line and goes on below it; '' for neither."""
    if "dollarmath" in enabled and words.count("$$") == 1:
        return "$$"
    if "<!--" in words and "-->" not in words.partition("<!--")[2]:
        return "-->"
    formula = AMS.match(words) if "amsmath" in enabled else None
    closing = rf"\end{formula['name']}" if formula else ""
    return "" if closing in words else closing


def of_opening(number: int, line: str, opened: Fence, below: str) -> Iterator[Slip]:
    """Yield what is to be said of a line that opens a block, and of the line below it."""
    found = NAME_AND_WORDS.match(line)
    if found and not is_language_in_braces("{" + found["name"]):  # of which the parser leaves a block of code
        words = (found["close"] or found["inside"] or found["open"] or "").strip(" \t:")
        written = f"{found['signs']}{{{found['name']}}} {words}".strip()
        yield number, f"'{line.strip()}' opens no directive; write {written}."
    if found := HIGHLIGHTED.match(line):
        yield (
            number,
            f"'{{{found['lines']}}}' has no effect; write ```{{code-block}} {found['language']} and "
            f"':emphasize-lines: {found['lines']}' below.",
        )
    option = PLAIN_OPTION.match(below)
    if option and option["name"] in OPTIONS.get(opened.directive, ()):
        yield (
            number + 1,
            f"'{below.strip()}' is no option, but text; write ':{option['name']}: {option['value'].strip()}'.",
        )


def of_line(line: str, words: str, enabled: Collection[str]) -> Iterator[str]:
    """Yield what is to be said of a line of text; ``words`` is that without code and formulas."""
    if UNCLOSED.match(line):
        yield f"'{line.strip()}' is printed as it stands; its closing brace is missing: {line.strip()}}}."
    if found := ENVIRONMENT.match(line):
        yield f"'{found[0].strip()}' is LaTeX, which is read in formulas only; write it in Markdown."
    if found := LABEL_OF_FORMULA.match(line):
        yield f"'{{#{found['label']}}}' is no label of a formula; write $$ ({found['label']})."
    for found in BARE_ROLE.finditer(words):
        text = found["words"].strip().strip("`")
        yield f"'{found[0]}' is printed as it stands; write {{{found['role']}}}`{text}`, with backticks and no space."
    for found in QUARTO.finditer(words):
        role = ROLES.get(found["kind"], "numref")
        yield f"'{found[0]}' is printed as it stands; write {{{role}}}`{found['label']}`."
    if "substitution" not in enabled and (given := SUBSTITUTION.search(words)):
        yield f"'{given[0]}' is printed as it stands; add 'substitution' to myst_enable_extensions in conf.py."
    if found := OF_HTML.search(words):
        yield f"the class '{found['name']}' has no effect in HTML; write {{.{found['name']}}}, as for Markdown."


def of_label(line: str, above: str, below: str) -> Iterator[str]:
    """Yield what is to be said of a line that is nearly a label, above what has one."""
    found = LABEL.match(line)
    if found and not above.strip() and LABELLED.match(below):
        label = found["spaced"] or found["square"] or found["bare"]
        yield f"'{line.strip()}' is printed as it stands; a label is written ({label})=."
