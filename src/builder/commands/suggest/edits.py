"""Marks → what to insert into the source of their document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from docutils import nodes

from builder.commands.pull.rewrite import Replacement
from builder.deck.suggestions.marks import BlockMark, HeadingMark, Mark, TextMark
from builder.source.annotations.written import INDENTED, WrittenDocument, is_cell

TAGS = re.compile(r"(\s*(?::tags:|tags:)\s*\[)([^\]]*)(\].*)")
ITEM = re.compile(r"\s*-\s+\S")
BEFORE_ROLE = " \t\n'\"([{<-/:‘“’«¡¿—–"
AFTER_ROLE = " \t\n'\")]}>-/:.,;!?\\’”»—–"
"""What may stand before and behind a role of reStructuredText; a backslash and a space part it from others."""


def edits(document: WrittenDocument, marks: Iterable[Mark]) -> Iterator[tuple[WrittenDocument, list[Replacement]]]:
    """Yield the files that the marks of a document stand in, with what to insert into each."""
    of_files: dict[Path, list[Mark]] = {}
    files = {document.path: document}
    for mark in marks:
        file = document.of(mark.section if isinstance(mark, HeadingMark) else mark.node)
        files[file.path] = file
        of_files.setdefault(file.path, []).append(mark)
    for path, found in of_files.items():
        yield files[path], replacements(files[path], found)


def replacements(document: WrittenDocument, marks: Iterable[Mark]) -> list[Replacement]:
    """What to insert so that a file has the marks; insertions at one place are one."""
    starts = [0]
    for line in document.lines:
        starts.append(starts[-1] + len(line) + 1)
    found: dict[int, str] = {}
    for mark in sorted(marks, key=lambda one: isinstance(one, TextMark)):  # what stands above comes before the words
        for place, text in insertions(document, starts, mark):
            found[place] = found.get(place, "") + text
    return [Replacement(place, place, text) for place, text in found.items()]


def insertions(document: WrittenDocument, starts: list[int], mark: Mark) -> Iterator[tuple[int, str]]:
    """Yield where something is inserted for a mark, and what."""
    if isinstance(mark, TextMark):
        yield from round_words(document, starts, mark)
    elif isinstance(mark, BlockMark) and is_cell(mark.node):
        yield tags(document, starts, mark)
    else:
        line = line_of(document, mark)
        yield starts[line], above(document, line, mark)


def line_of(document: WrittenDocument, mark: HeadingMark | BlockMark) -> int:
    """The line that a line of attributes is written above."""
    if isinstance(mark, HeadingMark):
        line = document.line_of_heading(mark.section)
    else:
        line = document.line_of_block(mark.node)
    assert line is not None
    return line


def above(document: WrittenDocument, line: int, mark: HeadingMark | BlockMark) -> str:
    """The line of attributes for a block, as far in as that stands, and a blank one where it needs one."""
    text, classes = document.lines[line], mark.classes
    indent = text[: len(text) - len(text.lstrip())]
    if isinstance(mark, BlockMark) and isinstance(mark.node, nodes.literal_block) and INDENTED.match(text):
        indent = ""  # code that its indentation makes begins below the margin
    before = document.lines[line - 1].strip() if line else ""
    is_below_blank = line == 0 or document.is_blank(line - 1)
    if isinstance(mark, BlockMark) and document.is_indented_quote(mark.node, line):
        return f".. rst-class:: {' '.join(classes)}\n\n..\n\n"
    if document.language == "rest":
        return f"{indent}.. rst-class:: {' '.join(classes)}\n\n"
    is_in_words = isinstance(mark, BlockMark) and document.ends_paragraph(mark.node)
    ends_block = re.fullmatch(r"[`~:$]{2,}", before) and not is_in_words
    is_held = is_below_blank or ends_block or re.fullmatch(r"\([^)]*\)=|\{.*\}", before)
    return f"{'' if is_held else chr(10)}{indent}{{{' '.join(f'.{name}' for name in classes)}}}\n"


def round_words(document: WrittenDocument, starts: list[int], mark: TextMark) -> Iterator[tuple[int, str]]:
    """Yield what is inserted before and behind the words of a point."""
    written, spots = document.paragraph(mark.node), document.spots(mark.node)
    assert written is not None
    assert spots is not None
    raw, name = written.raw, mark.name
    raws = raw.split("\n")

    def place(offset: int) -> int:
        number = raw.count("\n", 0, offset)
        column = offset - (raw.rfind("\n", 0, offset) + 1)
        margin = len(raws[number]) - len(raws[number].lstrip())
        return starts[spots[number].line] + spots[number].column + column - margin

    first, last = written.starts[mark.start], written.ends[mark.end]
    if document.language == "rest":
        before, after = raw[:first][-1:], raw[last:][:1]
        yield place(first), ("\\ " if before and before not in BEFORE_ROLE else "") + f":{name}:`"
        for escaped in re.finditer(r"[`\\]", raw[first:last]):
            yield place(first + escaped.start()), "\\"
        yield place(last), "`" + ("\\ " if after and after not in AFTER_ROLE else "")
    else:
        yield place(first), "["
        yield place(last), f"]{{.{name}}}"


def tags(document: WrittenDocument, starts: list[int], mark: BlockMark) -> tuple[int, str]:
    """Where the tags of a cell are written, and what."""
    first = document.line_of_cell(mark.node)
    assert first is not None
    names = ", ".join(mark.classes)
    lines = document.lines
    end = next((at for at in range(first + 1, len(lines)) if re.match(r"\s*[`~:]{3,}\s*$", lines[at])), len(lines))
    is_yaml = lines[first + 1].strip() == "---"
    for number in range(first + 1, end):
        match = TAGS.match(lines[number])
        if match:
            return starts[number] + match.end(2), f"{', ' if match[2].strip() else ''}{names}"
        if lines[number].strip() == "tags:" and number + 1 < end and ITEM.match(lines[number + 1]):
            dash = lines[number + 1][: lines[number + 1].index("-") + 1]
            return starts[number + 1], "".join(f"{dash} {name}\n" for name in mark.classes)
        if not is_yaml and not re.match(r"\s*:[\w-]+:", lines[number]):
            break
    if is_yaml:
        return starts[first + 2], f"tags: [{names}]\n"
    return starts[first + 1], f":tags: [{names}]\n"
