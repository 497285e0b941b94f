"""The texts of a source file that a slide may show, with the place of each character (a source map)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["markdown", "cell", "role", "code", "option", "csv", "quoted", "toml"]
"""How a text is written, and so how new words are."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What ``start`` to ``end`` of a source shows: a character, or, where it is ``computed`` (a number, a formula),
    anything."""

    text: str
    start: int
    end: int
    computed: bool = False


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text in a source: a paragraph, a marked part of one, a cell. ``row`` is the source of a cell's row.

    ``delimiter`` is what parts the cells of a CSV file.
    """

    segments: tuple[Segment, ...]
    kind: Kind
    line: int
    row: str = ""
    delimiter: str = ","

    @property
    def shown(self) -> str:
        """The text, with nothing for what is computed."""
        return "".join(segment.text for segment in self.segments)

    def may_show(self, text: str) -> bool:
        """Return false if it cannot show a text, by its letters; this rules out most."""
        whole, at = letters(text), 0
        for computed, group in groupby(self.segments, lambda segment: segment.computed):
            if not computed:
                part = letters("".join(segment.text for segment in group))
                found = whole.find(part, at)
                if found < 0:
                    return False
                at = found + len(part)
        return any(segment.computed for segment in self.segments) or at == len(whole) == len(letters(self.shown))


def letters(text: str) -> str:
    """Return the letters and digits of a text, small."""
    return "".join(filter(str.isalnum, text)).casefold()


def characters(text: str, start: int) -> list[Segment]:
    """Return a segment for each character of a text that stands at ``start``."""
    return [Segment(char, start + index, start + index + 1) for index, char in enumerate(text)]


def csv_texts(text: str, start: int, line: int, delimiter: str = ",") -> Iterator[SourceText]:
    """Yield the cells of CSV text (RFC 4180) that stands at ``start`` of a file."""
    for (row_start, row_end), cells in csv_rows(text, delimiter):
        whole = text[row_start:row_end]
        for first, last in cells:
            number = line + text.count("\n", 0, first)
            inner = text[first:last].strip()
            place = text.index(inner, first) + start
            quoted = len(inner) > 1 and inner[0] == inner[-1] == '"'
            segments = quoted_segments(inner, place) if quoted else characters(inner, place)
            yield SourceText(tuple(segments), "quoted" if quoted else "csv", number, whole, delimiter)


def csv_rows(text: str, delimiter: str = ",") -> Iterator[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Yield each row of CSV text: start and end, and those of each cell, quotation marks and all."""
    text = text if text.endswith("\n") else f"{text}\n"
    row_start = cell_start = index = 0
    cells: list[tuple[int, int]] = []
    quoted = False
    while index < len(text):
        char = text[index]
        if char == '"' and quoted and text[index + 1] == '"':
            index += 1
        elif char == '"' and (quoted or not text[cell_start:index].strip()):
            quoted = not quoted
        elif char == delimiter and not quoted:
            cells.append((cell_start, index))
            cell_start = index + 1
        elif char == "\n" and not quoted:
            cells.append((cell_start, index))
            yield (row_start, index), cells
            cells, row_start, cell_start = [], index + 1, index + 1
        index += 1


def quoted_segments(cell: str, start: int) -> Iterator[Segment]:
    """Yield the characters of a cell in quotation marks; those in it are doubled."""
    index = 1
    while index < len(cell) - 1:
        width = 2 if cell[index : index + 2] == '""' else 1
        yield Segment(cell[index], start + index, start + index + width)
        index += width


TOML_TEXT = re.compile(r'^\s*(?:title|subtitle)\s*=\s*"((?:[^"\\\n]|\\.)*)"', re.MULTILINE)


def toml_texts(text: str) -> Iterator[SourceText]:
    """Yield the titles in ``lectures.toml``."""
    for match in TOML_TEXT.finditer(text):
        if "\\" not in match[1]:
            yield SourceText(
                tuple(characters(match[1], match.start(1))), "toml", text.count("\n", 0, match.start(1)) + 1
            )
