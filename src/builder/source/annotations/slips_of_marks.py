"""Marks and directives of ours in signs that are not MyST's, so that a parser takes them for words, for code or for
nothing: found in lines of a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.source.annotations.directives import NAMES
from builder.source.annotations.slips_of_classes import is_language_in_braces
from builder.source.annotations.vocabulary import MARKS, WORD_MARKS
from builder.source.edition_names import EDITIONS
from builder.source.fences import Fence

OF_WORDS = "|".join(sorted({*WORD_MARKS, *EDITIONS}, key=len, reverse=True))
CLEAR = "|".join(sorted({*MARKS, "statement", "assertion"}, key=len, reverse=True))
"""Marks whose names are no words of text."""
OURS = "|".join(NAMES)

UNCLOSED = re.compile(rf"(?P<words>\[[^\[\]]*\])\{{\s*\.(?P<name>{OF_WORDS})\b[^{{}}]*$")
BEHIND_DOT = re.compile(rf"(?P<words>\[[^\[\]]*\])\.\{{(?P<name>{CLEAR})\}}")
AS_LINK = re.compile(rf"(?P<words>\[[^\[\]]*\])\(\.(?P<name>{OF_WORDS})\)")
EMPTY = re.compile(rf"(?<!`)\{{(?P<name>{OF_WORDS})\}}``(?![^\s`.,;:!?)])(?!.*``)")
"""A role without words: behind its two backticks stand none."""
ALONE = re.compile(
    rf"^\s*\{{\s*(?P<name>{'|'.join(name for name in NAMES if name != 'slide')})\s*\}}(?!`)\s*(?P<words>.*)$"
)
"""The name of a directive in braces without a fence."""
QUOTED = re.compile(rf"^\s*(?P<signs>``|'''+|´´´*|’’’+|‘‘‘+|\"\"\"+)\{{(?P<name>{OURS})\}}(?P<words>[^`]*)$")
"""A fence of signs that are like backticks, or of two of them."""
SPACED = re.compile(
    r"^\s*(?P<signs>`{3,}|~{3,}|:{3,})\s*\{(?=\s|[^{}]*\s\})\s*(?P<name>[a-z][\w:-]*)\s*\}(?P<words>[^{}]*)$"
)
WITHOUT_BRACES = re.compile(
    r"^(?:(?P<name>slide|notes|columns|column|edition|question)\b|(?P<drawn>chart|timeline|map)(?=\s+\S+\.csv\s*$))"
    r"(?P<words>[^{}=]*)$"
)
"""The language of code that is the name of a directive."""
OF_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d+[.)])\s+(?P<mark>\{[^{}`]*\.slide\b[^{}`]*\})\s*$")
BARE_ADDRESS = re.compile(r"(?<!!)(?P<words>\[[^\[\]\n]+\])\((?P<address>www\.[\w-]+\.[a-z][^\s()]*)\)")


def of_marked_line(line: str, words: str, below: str) -> Iterator[str]:
    """Yield what is to be said of a line of text; ``words`` is that without code and formulas, ``below`` the next."""
    if found := UNCLOSED.search(words):
        mark = found[0].removeprefix(found["words"])
        yield f"'{mark.strip()}' is printed as it stands; its closing brace is missing: [words]{{.{found['name']}}}."
    for pattern in (BEHIND_DOT, AS_LINK):
        for found in pattern.finditer(words):
            yield f"'{found[0]}' is no mark; write {found['words']}{{.{found['name']}}}."
    for found in EMPTY.finditer(line):
        yield f"'{found[0]}' has no words, and is printed as it stands; write them between its backticks."
    if found := ALONE.match(words):
        title = f" {found['words'].strip()}".rstrip()
        yield f"'{line.strip()}' is printed as it stands; write ```{{{found['name']}}}{title} above, and ``` below."
    if found := QUOTED.match(line):
        yield (
            f"'{line.strip()}' opens no directive: a fence has three backticks or colons; write "
            f"```{{{found['name']}}}{found['words'].rstrip()}."
        )
    if (found := OF_ITEM.match(line)) and not below.startswith(f"{found['indent']} "):
        yield f"this {found['mark']} stands in an item of its own; write it on the line above the list or heading."
    for found in BARE_ADDRESS.finditer(words):
        yield f"'{found['address']}' is taken for a label; write {found['words']}(https://{found['address']})."


def of_marked_fence(line: str, opened: Fence) -> Iterator[str]:
    """Yield what is to be said of a line that opens a block and was meant for a directive."""
    if (found := SPACED.match(line)) and not is_language_in_braces("{" + found["name"]):
        yield (
            f"'{line.strip()}' opens no directive; write {found['signs']}{{{found['name']}}}{found['words'].rstrip()}, "
            "without spaces in the braces."
        )
    if opened.signs[0] in "`~" and (found := WITHOUT_BRACES.match(opened.info.strip())):
        name = found["name"] or found["drawn"]
        yield f"'{line.strip()}' is code; write {opened.signs}{{{name}}}{found['words'].rstrip()}, with braces."
