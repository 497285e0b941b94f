"""CSV files of programs of any country: what stands between cells, and how numbers are written, is found in the file.

The rules are fixed, so that a file is read the same everywhere:

- Cells are set off by tabs where the head has one; by semicolons where the head has them and no commas, or where it has
  both and the semicolons divide all lines evenly and the commas do not; else by commas. What stands in quotation marks
  is not looked at.
- A comma before digits that are not three, or behind points between thousands, is a decimal comma; a point likewise.
  The mark of one number holds for all of the file. Where no number shows it, a point is a decimal point in a file with
  commas or tabs between cells, and stands between thousands in one with semicolons, with a warning.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from errno import ENOENT
from pathlib import Path

from docutils.io import FileInput, InputError

from builder.errors import AuthorError, Source, asked, warn
from builder.store.limits import DATA_BYTES
from builder.store.text import wrong

SPACES = re.compile("[ \u00a0\u2007\u2009\u202f'’]")
"""What may stand between thousands besides commas and points."""
MINUS = str.maketrans({"−": "-", "–": "-"})
DECIMAL = {
    mark: re.compile(rf"[+-]?(\d+\{mark}(\d{{1,2}}|\d{{4,}})|0+\{mark}\d+|\{mark}\d+|\d+(\{other}\d{{3}})+\{mark}\d+)")
    for mark, other in ((",", "."), (".", ","))
}
"""A number that shows which mark stands before its decimals."""
THOUSANDS = {mark: re.compile(rf"[+-]?\d{{1,3}}(\{mark}\d{{2,3}})+\{mark}\d{{3}}") for mark in ",."}
"""A number that shows which mark stands between its thousands: it has two of them."""
OPEN = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}\{mark}\d{{3}}") for mark in ",."}
"""A number of which nobody can tell."""


LARGEST = 1e100
"""A chart shows no number that is larger: the distances between larger ones cannot be computed with."""


ALSO_CALLED = {
    "longitude": ("lon", "lng", "long", "x"),
    "latitude": ("lat", "y"),
    "place": ("name", "city", "town", "site", "location"),
    "date": ("year", "day", "when", "time"),
    "event": ("what", "title", "text", "description", "label"),
}
"""A column of a map or timeline → its other usual names."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A CSV file: its columns, its ``rows`` by column with the ``lines`` they end in, and its delimiter.

    ``shown`` is its name as the author wrote it, in the document at ``source``.
    """

    shown: str
    source: Source
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]
    delimiter: str

    def error(self, message: str) -> AuthorError:
        """An error in the file, reported where the document names it."""
        return AuthorError(message, self.source)

    def need(self, names: Iterable[str], what: str) -> None:
        """Raise an `AuthorError` that names the first missing column, those there are and the one that is meant."""
        for name in names:
            if name not in self.columns:
                close = get_close_matches(name.casefold(), [column.casefold() for column in self.columns], n=1)
                meant = next((column for column in self.columns if [column.casefold()] == close), "")
                question = f" Did you mean '{meant}'?" if meant else ""
                hint = self.hint_of_another(name) or question
                raise self.error(
                    f"the {what} needs a column '{name}'; '{self.shown}' has: {', '.join(self.columns)}.{hint}"
                )

    def hint_of_another(self, name: str) -> str:
        """Return what to do with the column that holds what is missing under another usual name; '' for none."""
        other = next((column for column in self.columns if column.casefold() in ALSO_CALLED.get(name, ())), "")
        if not other:
            return ""
        is_option = name in ("date", "event")
        return f" Write ':{name}: {other}' below the directive." if is_option else f" Rename '{other}' to '{name}'."

    def numbers(self, *columns: str) -> dict[str, tuple[float | None, ...]]:
        """The numbers in ``columns``, None for an empty cell, all read with one decimal mark.

        Raises:
            AuthorError: a cell is no number, or two of them have other decimal marks.
        """
        mark = self.decimal_mark(columns)
        return {
            column: tuple(
                self.number(row[column], column, line, mark) for row, line in zip(self.rows, self.lines, strict=True)
            )
            for column in columns
        }

    def number(self, cell: str, column: str, line: int, mark: str) -> float | None:
        """A cell as a number."""
        if not cell:
            return None
        value = value_of(cell, mark)
        if not math.isfinite(value):
            raise self.error(f"'{cell}' in column '{column}', line {line} of '{self.shown}', is not a number.")
        if abs(value) > LARGEST:
            raise self.error(
                f"'{cell}' in column '{column}', line {line} of '{self.shown}', is too large to be drawn; write it in "
                "another unit."
            )
        return value

    def decimal_mark(self, columns: Sequence[str]) -> str:
        """The mark before decimals in ``columns``: a comma or a point.

        Raises:
            AuthorError: some numbers show the one and some the other.
        """
        shown: dict[str, str] = {}
        doubtful = ""
        for row, line in zip(self.rows, self.lines, strict=True):
            for column in columns:
                cell = row[column]
                mark = shown_mark(cell)
                if mark and mark not in shown:
                    shown[mark] = f"'{cell}' in column '{column}', line {line}"
                elif not mark and not doubtful and any(open_.fullmatch(bare(cell)) for open_ in OPEN.values()):
                    doubtful = f"'{cell}' in column '{column}', line {line}"
        if len(shown) > 1:
            raise self.error(
                f"'{self.shown}' has numbers with a decimal comma ({shown[',']}) and with a decimal point "
                f"({shown['.']}); write all the one way."
            )
        if shown:
            return next(iter(shown))
        if doubtful and self.delimiter == ";":
            warn(
                f"{doubtful} of '{self.shown}', may have a decimal mark or one between thousands; it is read with a "
                "comma as the decimal mark, as other files with semicolons have it. Write no mark between thousands.",
                self.source,
                "number",
            )
        return usual_mark(self.delimiter)


def shown_mark(cell: str) -> str:
    """Return which mark a number shows before its decimals; '' where it shows none."""
    text = bare(cell)
    for mark, other in ((",", "."), (".", ",")):
        if DECIMAL[mark].fullmatch(text) or THOUSANDS[other].fullmatch(text):
            return mark
    return ""


def usual_mark(delimiter: str) -> str:
    """Return the decimal mark of files of which no number shows it."""
    return "," if delimiter == ";" else "."


def bare(cell: str) -> str:
    """A cell without spaces between thousands and without a percent sign, with a plain minus."""
    return SPACES.sub("", cell).translate(MINUS).removesuffix("%")


def value_of(cell: str, mark: str) -> float:
    """The number that a cell shows with ``mark`` before its decimals; not a number where it shows none."""
    text = bare(cell)
    text = text.replace(".", "").replace(",", ".") if mark == "," else text.replace(",", "")
    try:
        return float(text) if not re.search(r"[_]", text) else math.nan
    except ValueError:
        return math.nan


def delimiter_of(text: str) -> str:
    """The delimiter of a CSV file: a tab, a semicolon or a comma."""
    counts = {mark: cells_by(text, mark) for mark in ",;\t"}
    if counts["\t"][0] > 1:
        return "\t"
    if counts[";"][0] > 1 and (counts[","][0] == 1 or not is_even(counts[","])):
        return ";" if counts[","][0] == 1 or is_even(counts[";"]) else ","
    return ","


def cells_by(text: str, mark: str) -> list[int]:
    """Return how many cells each line has that is not empty, were they set off by ``mark``."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    return [len(row) for row in rows if row] or [0]


def is_even(counts: Sequence[int]) -> bool:
    """True if all lines have the same number of cells."""
    return len(set(counts)) == 1


def read_table(path: Path, shown: str, source: Source) -> DataFile:
    """A CSV file in UTF-8.

    Raises:
        AuthorError: the file is missing, too large, not UTF-8, empty or has ragged rows.
    """
    if path.is_file() and path.stat().st_size > DATA_BYTES.most:
        raise AuthorError(
            f"the data file '{shown}' is larger than {DATA_BYTES}, the most that is read; make a summary of it.", source
        )
    text = text_of_data(path, shown, source)
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: tuple[str, ...] = ()
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    for cells in reader:
        if not cells:
            continue
        if not columns:
            columns = tuple(name.strip() for name in cells)
            continue
        if len(cells) != len(columns):
            raise AuthorError(
                f"line {reader.line_num} of '{shown}' has not as many cells as the head ({len(columns)}).", source
            )
        rows.append({name: cell.strip() for name, cell in zip(columns, cells, strict=True)})
        lines.append(reader.line_num)
    if not columns or not rows:
        raise AuthorError(f"the data file '{shown}' has no rows below its head.", source)
    return DataFile(shown, source, columns, tuple(rows), tuple(lines), delimiter)


def file_meant(path: Path) -> str:
    """Return the question whether a file beside a missing one was meant; '' where none is like it."""
    try:
        beside = [other.name for other in path.parent.iterdir() if other.is_file()]
    except OSError:
        return ""
    name = path.name.strip("'\"‘’“”")
    return asked(name, beside) or asked(f"{name}.csv", beside)


def text_of_data(path: Path, shown: str, source: Source) -> str:
    """The text of a data file.

    Raises:
        AuthorError: it is missing, cannot be read, or is in another encoding.
    """
    try:
        return FileInput(source_path=str(path), encoding="utf-8-sig").read()
    except UnicodeError as error:
        content = path.read_bytes()
        what = wrong(content, error) if isinstance(error, UnicodeDecodeError) else "is not UTF-8 text"
        raise AuthorError(f"the data file '{shown}' {what}; save it as CSV in UTF-8.", source) from None
    except InputError as error:
        if error.errno == ENOENT:
            message = f"the data file '{shown}' does not exist; paths start at this document's folder."
            raise AuthorError(f"{message}{file_meant(path)}", source) from None
        raise AuthorError(f"the data file '{shown}' cannot be read: {error.strerror}.", source) from None
