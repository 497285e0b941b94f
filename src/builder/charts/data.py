"""CSV file → chart data and timeline events, with errors that an author can act on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from builder.charts.tables import read_table
from builder.errors import AuthorError, Source, warn
from builder.store.limits import EVENTS

CHART_TYPES = (
    "bar", "column", "line", "range", "stacked-bar", "stacked-column", "area", "scatter", "pie", "doughnut", "combined",
)  # fmt: skip
MOST_ROWS = {"line": 10_000, "area": 10_000, "scatter": 10_000, "pie": 12, "doughnut": 12}
MOST_BARS = 200
"""How many rows a chart can show so that anybody can read it: of bars and columns, and of the kinds named above."""
SMALLEST = 1e-8
"""Where the largest number is below this, the steps of its axis are lost to rounding."""
MOST_LABELS = 8
"""So many columns have room for their values."""
STACKED = ("stacked-bar", "stacked-column", "area")
WHOLE = ("pie", "doughnut")
WITH_ERRORS = ("bar", "column", "line", "scatter", "combined")


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, as long as the chart's categories. ``None`` is a missing value.

    ``errors`` are half the lengths of error bars, or empty; ``as_line`` draws it as a line among columns.
    """

    name: str
    values: tuple[float | None, ...]
    errors: tuple[float | None, ...] = ()
    as_line: bool = False

    def error(self, index: int) -> float | None:
        """Half the length of an error bar, None where there is none."""
        return self.errors[index] if self.errors else None


@dataclass(frozen=True, slots=True)
class ChartData:
    """The data of a chart of a ``kind`` of `CHART_TYPES`; a range has the series low and high, one may lack a value."""

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    category_title: str
    unit: str = ""

    @property
    def has_labels(self) -> bool:
        """True if each value is written at its bar: at bars always, at few columns, never with error bars."""
        if any(series.errors for series in self.series):
            return False
        few = len(self.categories) * len(self.series) <= MOST_LABELS
        return self.kind == "bar" or (self.kind == "column" and few)

    def numbers(self) -> list[float]:
        """All values that are there."""
        return [value for series in self.series for value in series.values if value is not None]

    def extents(self) -> list[float]:
        """The numbers that the value axis has to reach: values with their error bars, or the sums of a stack."""
        if self.kind in STACKED:
            return [sum(series.values[index] or 0.0 for series in self.series) for index in range(len(self.categories))]
        found = self.numbers()
        for series in self.series:
            for index, value in enumerate(series.values):
                if value is not None and (error := series.error(index)):
                    found += [value - error, value + error]
        return found

    def places(self) -> list[float]:
        """The categories as numbers, for points."""
        return [float(category.replace(",", "")) for category in self.categories]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a chronology: ``date`` as it is printed, and what happened."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class ChartColumns:
    """The columns of a CSV file for a chart: categories from ``x``, and a series from each of ``y``.

    ``errors`` are columns with half the lengths of error bars, one for each of ``y``; ``lines`` those of ``y`` that are
    drawn as lines in a chart of kind ``combined``.
    """

    kind: str
    x: str
    y: tuple[str, ...]
    unit: str = ""
    errors: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def read_chart(path: Path, shown: str, source: Source, columns: ChartColumns) -> ChartData:
    """Chart data from a CSV file, which the author names ``shown``.

    Raises:
        AuthorError: file or column missing, a cell that is no number, or what the kind cannot show.
    """
    kind, x, y = columns.kind, columns.x, columns.y
    table = read_table(path, shown, source)
    table.need([x, *y, *columns.errors], "chart")
    most = MOST_ROWS.get(kind, MOST_BARS)
    if len(table.rows) > most:
        message = f"'{shown}' has {len(table.rows):,} rows, and a chart of type '{kind}' can show {most:,}; "
        raise AuthorError(f"{message}draw it from a summary of them.", source)
    check_columns(columns, source)

    values = table.numbers(*y, *columns.errors, *((x,) if kind == "scatter" else ()))
    series = tuple(
        Series(name, values[name], values[columns.errors[index]] if columns.errors else (), name in columns.lines)
        for index, name in enumerate(y)
    )
    categories = tuple(row[x] for row in table.rows)
    if kind == "scatter":
        for line, value in zip(table.lines, values[x], strict=True):
            if value is None:
                raise AuthorError(f"line {line} of '{shown}' has no number in column '{x}'; points need one.", source)
        categories = tuple(plain_number(cell, value) for cell, value in zip(categories, values[x], strict=True))
    data = ChartData(kind, categories, series, x, columns.unit)
    check_numbers(data, f"the columns {', '.join(y)} of '{shown}'", source)
    return data


def check_numbers(data: ChartData, where: str, source: Source) -> None:
    """Raise an `AuthorError` for numbers that a kind of chart cannot show."""
    numbers = data.numbers()
    if not numbers:
        raise AuthorError(f"{where} hold no number at all.", source)
    largest = max(map(abs, data.extents()))
    if 0 < largest < SMALLEST:
        message = f"the largest number in {where} is {largest:g}, which no axis can show; write them in another unit."
        raise AuthorError(message, source)
    if data.kind in (*STACKED, *WHOLE) and min(numbers) < 0:
        raise AuthorError(f"a chart of type '{data.kind}' adds its values up, so none may be below zero.", source)
    if data.kind in WHOLE and not sum(numbers):
        raise AuthorError(f"a chart of type '{data.kind}' needs a value above zero.", source)


def plain_number(cell: str, value: float | None) -> str:
    """A cell that `ChartData.places` reads as ``value``: itself, or the number written with a point."""
    try:
        is_plain = float(cell.replace(",", "")) == value
    except ValueError:
        is_plain = False
    return cell if is_plain else f"{value:.15g}"


def check_columns(columns: ChartColumns, source: Source) -> None:
    """Raise an `AuthorError` where the columns are not those that a kind of chart needs."""
    kind, y, errors, lines = columns.kind, columns.y, columns.errors, columns.lines
    if kind == "range" and len(y) != 2:
        raise AuthorError("a chart of type 'range' needs two columns in :y:, the low and the high value.", source)
    if kind in WHOLE and len(y) != 1:
        raise AuthorError(f"a chart of type '{kind}' needs one column in :y:, the parts of the whole.", source)
    if errors and kind not in WITH_ERRORS:
        raise AuthorError(
            f"a chart of type '{kind}' has no error bars; those that have are {', '.join(WITH_ERRORS)}.", source
        )
    if errors and len(errors) != len(y):
        raise AuthorError(f":errors: needs as many columns as :y:, which has {len(y)}.", source)
    if (kind == "combined") != bool(lines):
        raise AuthorError(
            ":lines: and the type 'combined' go together: it names the columns of :y: that are lines.", source
        )
    if unknown := sorted(set(lines) - set(y)):
        raise AuthorError(f":lines: names '{unknown[0]}', which is not in :y:.", source)
    if lines and set(lines) == set(y):
        raise AuthorError("in a combined chart one column of :y: at least is no line; else write :type: line.", source)


def read_events(path: Path, shown: str, source: Source, *, date: str, text: str) -> tuple[Event, ...]:
    """Events of a timeline from the columns ``date`` and ``text``, in the order of the file."""
    table = read_table(path, shown, source)
    table.need([date, text], "timeline")
    if len(table.rows) > EVENTS.most:
        raise AuthorError(
            f"'{shown}' has {len(table.rows):,} events, and a timeline can show {EVENTS.most:,}; choose among them.",
            source,
        )
    for row, line in zip(table.rows, table.lines, strict=True):
        for column in (date, text):
            if not row[column]:
                warn(f"line {line} of '{shown}' has no '{column}', so its event stands without one.", source, "data")
    return tuple(Event(row[date], row[text]) for row in table.rows)


def format_number(value: float, unit: str = "") -> str:
    """``20474.0`` → ``20,474``; ``2.75`` with unit ``%`` → ``2.75 %`` (narrow no-break space)."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"
    return f"{text}\u202f{unit}" if unit else text


def bound_of(low: float | None, high: float | None) -> tuple[float, int] | None:
    """The one end of a row of a range and its side: (22000, None) → (22000, 1), (None, 30000) → (30000, -1)."""
    if low is not None and high is None:
        return low, 1
    if high is not None and low is None:
        return high, -1
    return None


def arrow_length(ticks: list[float]) -> float:
    """Return how far the arrow of a bound reaches, in the numbers of the axis: the same for all, as it has no end."""
    return (ticks[-1] - ticks[0]) * 0.075


def axis_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers that span ``low`` to ``high``, about ``wanted`` of them."""
    span = (high - low) or abs(high) or 1.0
    step = 10 ** math.floor(math.log10(span / wanted))
    step *= min((1, 2, 2.5, 5, 10), key=lambda factor: abs(span / wanted - factor * step))
    first = math.floor(low / step + 1e-9)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    return [round(index * step, 10) for index in range(first, last + 1)]
