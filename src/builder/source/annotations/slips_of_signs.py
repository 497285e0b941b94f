"""Signs of MyST that are nearly right, so that a parser takes them for words: found in lines of a source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from builder.source.annotations.source_pieces import SourcePiece
from builder.source.annotations.vocabulary import MARKS
from builder.source.fences import Fence, Fences

UNCLOSED = re.compile(rf"^\s*\{{\s*\.(?:{'|'.join(sorted(MARKS))}|slide|backup|quotation)\b[^{{}}]*$")
NAME_AND_WORDS = re.compile(
    r"^\s*(?P<signs>`{3,}|~{3,}|:{3,})\s*\{(?P<name>[a-z][\w:-]*)"
    r"(?:\}(?P<close>[^\s{}]\S*)|[ \t]+(?P<inside>[^{}=.#][^{}=]*)\}|(?P<open>[ \t]*[^{}]*))[ \t]*$"
)
"""The opening of a directive whose brace is not where it belongs."""
CODE = re.compile(r"(?P<signs>`+)(?:(?!(?P=signs)).)*(?P=signs)")
BARE_ROLE = re.compile(
    r"\{(?P<role>sub|sup|ref|numref|doc|term|eq|abbr|kbd|download|cite|cite:[pt])\}"
    r"(?P<words>[A-Za-z0-9]\S*|[ \t]+`[^`]+`)"
)
"""A role without backticks, or with a space before them."""
QUARTO = re.compile(r"(?<![\w`@/\[({.-])@(?P<label>(?P<kind>fig|tbl|tab|lst|sec|eq|thm)[-:][\w-]+)")
ROLES = {"eq": "eq", "sec": "ref", "thm": "prf:ref"}
SUBSTITUTION = re.compile(r"\{\{\s*[A-Za-z][\w.]*\s*\}\}")
LABEL = re.compile(r"^(?:\((?P<spaced>[\w:-]+)\)[ \t]+=|\[(?P<square>[\w:-]+)\]=|\((?P<bare>[a-z][\w:-]*)\))[ \t]*$")
LABELLED = re.compile(r"^(?:#{1,6}[ \t]|`{3,}|:{3,}|\$\$)")
"""What has a label on the line above it."""
LABEL_OF_FORMULA = re.compile(r"^(?P<before>.*\$\$)[ \t]*\{#(?P<label>[\w:-]+)[^}]*\}[ \t]*$")
HIGHLIGHTED = re.compile(r"^\s*(?:`{3,}|~{3,})\s*(?P<language>[\w+-]+)[ \t]+\{(?P<lines>[\d,\s-]+)\}[ \t]*$")
ENVIRONMENT = re.compile(
    r"^\s*\\begin\{(?P<name>itemize|enumerate|description|figure|table|tabular|center|quote|quotation|verbatim|frame)\}"
)
OF_HTML = re.compile(
    r"<[a-z]\w*\b[^>]*\bclass\s*=\s*[\"'](?:[^\"']*\s)?(?P<name>slide|point|backup)(?:\s[^\"']*)?[\"']"
)
PLAIN_OPTION = re.compile(r"^\s*(?P<name>[a-z][\w-]*):[ \t]+(?P<value>\S.*?)[ \t]*$")
PICTURED = ("alt", "width", "height", "align", "name", "class", "figclass", "target", "scale")
TABULAR = ("name", "class", "align", "width", "widths", "header-rows", "file")
OPTIONS = {
    "figure": PICTURED, "image": PICTURED, "table": TABULAR, "list-table": TABULAR, "csv-table": TABULAR,
    "chart": ("alt", "type", "x", "y", "unit", "name", "class"), "timeline": ("alt", "date", "event", "name"),
    "map": ("alt", "place", "name"), "slide": ("title", "layout", "reveal", "minutes", "background", "decks"),
    "code-block": ("caption", "name", "linenos", "emphasize-lines"),
}  # fmt: skip
"""Directive → options that are easily written without their first colon."""

Slip = tuple[int, str]


def slips_of_signs(piece: SourcePiece, enabled: Collection[str]) -> Iterator[Slip]:
    """Yield line and message for what is printed as it stands in a piece of MyST with the extensions ``enabled``."""
    fences, formula = Fences(), 0
    for number, line in enumerate(piece.lines, start=1):
        is_code = fences.are_verbatim
        opened = fences.take(line)
        below = piece.lines[number] if number < len(piece.lines) else ""
        if is_code:
            continue
        if opened is not None:
            yield from of_opening(number, line, opened, below)
        elif "dollarmath" in enabled and line.count("$$") == 1:
            formula = 0 if formula else number
        if not formula:
            above = piece.lines[number - 2] if number > 1 else ""
            yield from ((number, message) for message in (*of_line(line, enabled), *of_label(line, above, below)))
    if formula and piece.lines[formula - 1].lstrip().startswith("$$"):
        yield formula, "this formula is not closed, so it is printed as it stands; write $$ on a line below it."


def of_opening(number: int, line: str, opened: Fence, below: str) -> Iterator[Slip]:
    """Yield what is to be said of a line that opens a block, and of the line below it."""
    if found := NAME_AND_WORDS.match(line):
        words = (found["close"] or found["inside"] or found["open"] or "").strip()
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
        yield number + 1, f"'{below.strip()}' is no option, but text; write ':{option['name']}: {option['value']}'."


def of_line(line: str, enabled: Collection[str]) -> Iterator[str]:
    """Yield what is to be said of a line of text."""
    if UNCLOSED.match(line):
        yield f"'{line.strip()}' is printed as it stands; its closing brace is missing: {line.strip()}}}."
    if found := ENVIRONMENT.match(line):
        yield f"'{found[0].strip()}' is LaTeX, which is read in formulas only; write it in Markdown."
    if found := LABEL_OF_FORMULA.match(line):
        yield f"'{{#{found['label']}}}' is no label of a formula; write $$ ({found['label']})."
    words = CODE.sub(lambda code: code[0] if line[: code.start()].endswith("} ") else "", line)
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
