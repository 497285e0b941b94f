"""The words in the data of charts, timelines and maps, and the same data in other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from builder.charts.data import ChartData, Event
from builder.charts.map_data import MapData

Data = ChartData | tuple[Event, ...] | MapData


def wordings(data: Data) -> list[str]:
    """All words that a drawing of the data shows, or has a screen reader say."""
    found: list[str] = []

    def note(word: str) -> str:
        found.append(word)
        return word

    reworded(data, note)
    return found


def reworded(data: Data, change: Callable[[str], str]) -> Data:
    """The data with ``change`` made to each of its words."""
    if isinstance(data, ChartData):
        return replace(
            data,
            categories=tuple(map(change, data.categories)),
            series=tuple(replace(series, name=change(series.name)) for series in data.series),
            category_title=change(data.category_title),
        )
    if isinstance(data, MapData):
        places = tuple(replace(place, name=change(place.name), kind=change(place.kind)) for place in data.places)
        return replace(data, places=places, lines_name=change(data.lines_name))
    return tuple(Event(change(event.date), change(event.text)) for event in data)
