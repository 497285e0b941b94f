"""Cells of CSV files that a chart draws, found by series and category, and new numbers in the notation of the file.

How a file is read is decided in `builder.charts.tables`. A cell may be read in two ways (``1.500``); the one that gives
the value as the deck was built with it is the right one, and holds for the new number too.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.charts.tables import shown_mark, usual_mark, value_of
from builder.commands.pull.rewrite import Replacement
from builder.commands.pull.source_texts import csv_rows
from builder.commands.pull.sources import SourceFile
from builder.merge.charts import written

NUMBER = re.compile(r"[+−–-]?[\d.,](?:[\d.,' \u00a0\u2007\u2009\u202f’]*[\d.,])?")
"""A number in a cell, without the percent sign behind it."""
GROUPED = re.compile(r"\d([.,' \u00a0\u2007\u2009\u202f’])\d{3}(?!\d)")
"""The mark between thousands."""


@dataclass(frozen=True, slots=True)
class SeriesCell:
    """A cell of a series: its ``place`` in the file, quotation marks and all, and the ``column`` below the head."""

    place: tuple[int, int]
    column: Sequence[str]


def new_numbers(file: SourceFile, series: str, category: str, old: str, new: str) -> Iterator[Replacement]:
    """Yield how each cell that has the value ``old`` in the column of a series, in a row that has a category,
    becomes ``new``."""
    if not math.isfinite(value_of(new or "0", ".")):
        return
    for cell in series_cells(file, series, category):
        start, end = cell.place
        raw = file.before[start:end]
        number = NUMBER.search(raw)
        marks = [mark for mark in (",", ".") if number and written(str(value_of(number[0], mark))) == written(old)]
        if number is None or not marks:
            continue
        mark = marks[0] if len(marks) == 1 else mark_of(cell.column, file.delimiter)
        text = in_notation(new, number[0], mark)
        if file.delimiter in text and not raw.lstrip().startswith('"'):
            text = f'"{text}"'
        yield Replacement(start + number.start(), start + number.end(), text)


def series_cells(file: SourceFile, series: str, category: str) -> Iterator[SeriesCell]:
    """Yield the cells in the column of a series, one for each row that has a category."""
    rows = list(csv_rows(file.before, file.delimiter))
    read = [
        [cell.strip() for cell in next(csv.reader([file.before[start:end]], delimiter=file.delimiter), [])]
        for (start, end), _places in rows
    ]
    if not read or series not in read[0]:
        return
    at, width = read[0].index(series), len(read[0])
    column = [row[at] for row in read[1:] if len(row) == width]
    for row, (_span, places) in zip(read[1:], rows[1:], strict=True):
        if category in row and len(row) == len(places) == width:
            yield SeriesCell(places[at], column)


def mark_of(cells: Sequence[str], delimiter: str) -> str:
    """Return the decimal mark that the numbers of a column show; the usual one where none shows it."""
    shown = {shown_mark(cell) for cell in cells} - {""}
    return shown.pop() if len(shown) == 1 else usual_mark(delimiter)


def in_notation(number: str, like: str, mark: str) -> str:
    """Write a number of a chart with the marks of the one in its place; a value that was deleted gives ''."""
    grouped = GROUPED.search(like)
    between = grouped[1] if grouped and grouped[1] != mark else ""
    text = f"{Decimal(number):,f}" if number else ""
    minus = like[0] if like[0] in "−–" else "-"
    return text.translate({ord(","): between, ord("."): mark, ord("-"): minus})
