"""The data of a chart part: read to be compared, and written into a chart whose looks somebody changed."""

from __future__ import annotations

from typing import Any

from builder.pptx.package.namespaces import C

DIGITS = 12
"""Digits of a number that are compared and written: sums of decimal fractions differ in the sixteenth."""
ChartText = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""For each series its name, and for each point its category and value, as numbers are written."""


def chart_text(root: Any) -> ChartText:
    """Return the data that a chart shows."""
    series = []
    for item in root.iter(f"{C}ser"):
        name = " ".join(value.text or "" for value in item.findall(f"{C}tx//{C}v"))
        where = values(item, "cat") or values(item, "xVal")
        what = values(item, "val") or values(item, "yVal")
        series.append((name, tuple((where.get(index, ""), number) for index, number in sorted(what.items()))))
    return tuple(series)


def values(series: Any, axis: str) -> dict[int, str]:
    """Return index of a point → its value on an axis."""
    found = {}
    for point in series.findall(f"{C}{axis}//{C}pt"):
        found[int(point.get("idx", 0))] = written(point.findtext(f"{C}v") or "")
    return found


def written(text: str) -> str:
    """Return a number in one form, whatever program wrote it."""
    try:
        return f"{float(text):.{DIGITS}g}"
    except ValueError:
        return " ".join(text.split())


def with_data(root: Any, data: ChartText) -> bool:
    """Write data into a chart; returns false where that has another number of series or points."""
    series = list(root.iter(f"{C}ser"))
    if [len(points) for _, points in data] != [len(points) for _, points in chart_text(root)]:
        return False
    for item, (name, points) in zip(series, data, strict=True):
        for value in item.findall(f"{C}tx//{C}v")[:1]:
            value.text = name
        for axis, number in (("cat", 0), ("xVal", 0), ("val", 1), ("yVal", 1)):
            found = sorted(item.findall(f"{C}{axis}//{C}pt"), key=lambda point: int(point.get("idx", 0)))
            if len(found) == len(points):
                for point, texts in zip(found, points, strict=True):
                    point.find(f"{C}v").text = texts[number]
    return True
