"""The ``chart``, ``timeline`` and ``map`` directives: numbered figures whose content is drawn from a CSV file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from builder.charts.canvas import Style
from builder.charts.data import (
    CHART_TYPES,
    ChartColumns,
    ChartData,
    Event,
    Series,
    bound_of,
    format_number,
    read_chart,
    read_events,
)
from builder.charts.map_data import MapData, extent_of, read_extent, read_lines, read_outlines, read_places
from builder.charts.maps import draw_map
from builder.charts.svg import draw_chart, draw_timeline
from builder.charts.tables import read_table
from builder.errors import AuthorError, Source, fault_in, report_error, source_of, warn
from builder.source.annotations import vocabulary
from builder.source.config import words_of_project
from builder.source.formulas import plain_text
from builder.typeset.wording import Words

WEB_STYLE = Style(width=560, size=11, slack=1.28)
"""Drawing for the web page; measured with the print font, shown in the page's own, which may be wider."""


def chart_type(argument: str) -> str:
    """One of the chart types."""
    return directives.choice(argument, CHART_TYPES)


class DataFigure(SphinxDirective):
    """What ``chart``, ``timeline`` and ``map`` share: the file, the figure around the drawing, its caption."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    common_options: dict[str, Callable[[str], Any]] = {
        "name": directives.unchanged,
        "alt": directives.unchanged,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        path, line = self.get_source_info()
        source = Source(path, line)
        shown = self.arguments[0]
        try:
            drawing = self.drawing(self.file(shown, source), shown, source)
        except AuthorError as error:
            return self.fail(error)
        drawing["uri"] = self.env.relfn2path(shown)[0]
        drawing.source, drawing.line = path, line
        figure = nodes.figure("", drawing, classes=[*self.options.get("class", []), "data-figure"])
        figure.source, figure.line = path, line
        if self.content:
            text, messages = self.parse_inline(" ".join(self.content), lineno=self.content_offset + 1)
            caption = nodes.caption("", "", *text)
            caption.source, caption.line = path, self.content_offset + 1
            figure += [caption, *messages]
        self.add_name(figure)
        return [figure]

    def file(self, shown: str, source: Source) -> Path:
        """A file that the figure is drawn from; the page is read again when it changes.

        Raises:
            AuthorError: it lies outside the book's folder.
        """
        relative, absolute = self.env.relfn2path(shown)
        if not Path(absolute).resolve().is_relative_to(Path(self.env.srcdir).resolve()):
            raise AuthorError(f"the data file '{shown}' lies outside the book's folder.", source)
        self.env.note_dependency(relative)
        return Path(absolute)

    def fail(self, error: AuthorError) -> list[nodes.Node]:
        """Report ``error``, and leave the reason in the place of the figure, on page and slide; the document is read
        again next time.
        """
        report_error(self.env._app, error)
        self.env.note_reread()
        reason = nodes.paragraph("", "", nodes.Text(f"[{error.message}]"), classes=self.options.get("class", []))
        self.set_source_info(reason)
        return [reason]

    def drawing(self, path: Path, shown: str, source: Source) -> nodes.Element:
        """The node inside the figure."""
        raise NotImplementedError


class ChartDirective(DataFigure):
    """A chart over columns of a CSV file."""

    option_spec = {
        **DataFigure.common_options,
        "type": chart_type,
        "x": directives.unchanged_required,
        "y": directives.unchanged_required,
        "unit": directives.unchanged,
        "errors": directives.unchanged,
        "lines": directives.unchanged,
    }

    def drawing(self, path: Path, shown: str, source: Source) -> nodes.Element:
        if lacking := [option for option in ("x", "y") if option not in self.options]:
            named = " and ".join(f":{option}:" for option in lacking)
            options = "options" if len(lacking) > 1 else "option"
            there = ", ".join(read_table(path, shown, source).columns)
            message = f"the chart needs the {options} {named} with the name of a column; '{shown}' has {there}."
            raise AuthorError(message, source)
        y, errors, lines = (
            tuple(name.strip() for name in self.options.get(option, "").split(",") if name.strip())
            for option in ("y", "errors", "lines")
        )
        kind, unit = self.options.get("type", "bar"), self.options.get("unit", "").strip()
        columns = ChartColumns(kind, self.options["x"].strip(), y, unit, errors, lines)
        data = read_chart(path, shown, source, columns)
        return vocabulary.chart(data=data, alt=self.options.get("alt", "").strip())


class TimelineDirective(DataFigure):
    """A chronology over a CSV file with the columns ``date`` and ``event`` (or those named)."""

    option_spec = {
        **DataFigure.common_options,
        "date": directives.unchanged_required,
        "event": directives.unchanged_required,
    }

    def drawing(self, path: Path, shown: str, source: Source) -> nodes.Element:
        events = read_events(
            path,
            shown,
            source,
            date=self.options.get("date", "date").strip(),
            text=self.options.get("event", "event").strip(),
        )
        return vocabulary.timeline(events=events, alt=self.options.get("alt", "").strip())


class MapDirective(DataFigure):
    """A map of the places in a CSV file, on the outlines of a GeoJSON file, with the lines of another."""

    option_spec = {
        **DataFigure.common_options,
        "outlines": directives.unchanged_required,
        "lines": directives.unchanged_required,
        "lines-name": directives.unchanged_required,
        "extent": directives.unchanged_required,
    }

    def drawing(self, path: Path, shown: str, source: Source) -> nodes.Element:
        places = read_places(path, shown, source)
        outline_file, line_file = (self.options.get(option, "").strip() for option in ("outlines", "lines"))
        outlines = read_outlines(self.file(outline_file, source), outline_file, source) if outline_file else ()
        lines = read_lines(self.file(line_file, source), line_file, source) if line_file else ()
        extent = (
            read_extent(self.options["extent"], source) if "extent" in self.options else extent_of(places, outlines)
        )
        on_map = tuple(place for place in places if extent.holds(place))
        if away := [place.name for place in places if place not in on_map]:
            warn(f":extent: leaves out {', '.join(away)}; widen it, or take them out of '{shown}'.", source, "map")
        data = MapData(on_map, outlines, extent, lines, self.options.get("lines-name", "").strip())
        return vocabulary.place_map(map=data, alt=self.options.get("alt", "").strip())


def alternative(node: nodes.Element, words: Words) -> str:
    """Alternative text of a chart, timeline or map: the author's, or the caption, followed by the data in words."""
    figure = node.parent
    caption = (
        next((plain_text(child) for child in figure.children if isinstance(child, nodes.caption)), "") if figure else ""
    )
    opening = (node["alt"] or caption or words["chart"]).rstrip(".")
    return f"{opening}. {data_in_words(node, words)}"


def data_in_words(node: nodes.Element, words: Words) -> str:
    """The data behind a drawing as one sentence, for screen readers."""
    if isinstance(node, vocabulary.timeline):
        return " ".join(f"{event.date}: {event.text.rstrip('.')}." for event in node["events"])
    if isinstance(node, vocabulary.place_map):
        shown: MapData = node["map"]
        named = [f"{place.name} ({place.kind})" if place.kind else place.name for place in shown.places]
        legend = [words["lines"].replace("{}", shown.lines_name)] if shown.lines and shown.lines_name else []
        return "; ".join(named + legend) + "."
    data: ChartData = node["data"]
    parts = [
        f"{category}: {words['comma'].join(row_in_words(data, index, words)) or words['no_value']}"
        for index, category in enumerate(data.categories)
    ]
    return "; ".join(parts) + "."


def row_in_words(data: ChartData, index: int, words: Words) -> list[str]:
    """The numbers of one category, each with its series where there are several; the bound of a range as such."""
    if data.kind == "range":
        low, high = (series.values[index] for series in data.series)
        if bound := bound_of(low, high):
            value, way = bound
            return [words["at_least" if way > 0 else "at_most"].replace("{}", format_number(value, data.unit))]
    return [
        f"{series.name} {shown}" if len(data.series) > 1 else shown
        for series in data.series
        if (shown := value_in_words(series, index, data.unit))
    ]


def value_in_words(series: Series, index: int, unit: str) -> str:
    """A value as it is printed, with its error; '' where there is none."""
    value, error = series.values[index], series.error(index)
    if value is None:
        return ""
    return f"{format_number(value)} ± {format_number(error, unit)}" if error else format_number(value, unit)


def data_table(node: nodes.Element, words: Words) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table behind a drawing."""
    if isinstance(node, vocabulary.timeline):
        events: tuple[Event, ...] = node["events"]
        return [words["date"], words["event"]], [[event.date, event.text] for event in events]
    if isinstance(node, vocabulary.place_map):
        rows = [[place.name, place.kind, f"{place.latitude:g}", f"{place.longitude:g}"] for place in node["map"].places]
        return [words[name] for name in ("place", "kind", "latitude", "longitude")], rows
    data: ChartData = node["data"]
    rows = [
        [
            category,
            *(value_in_words(series, i, data.unit) for series in data.series),
        ]
        for i, category in enumerate(data.categories)
    ]
    return [data.category_title, *(series.name for series in data.series)], rows


def drawn(node: nodes.Element, label: str) -> str:
    """The SVG of a drawing for the web, with a label for screen readers."""
    if isinstance(node, vocabulary.chart):
        return draw_chart(node["data"], WEB_STYLE, label)
    if isinstance(node, vocabulary.place_map):
        return draw_map(node["map"], WEB_STYLE, label)
    return draw_timeline(node["events"], WEB_STYLE, label)


def visit_html(self: Any, node: nodes.Element) -> None:
    """Write the inline SVG and, folded, its data table."""
    words = words_of_project(self.config)
    try:
        svg = drawn(node, alternative(node, words))
    except Exception as error:
        warn(fault_in("this drawing", "its data", error, source_of(node)).message, node, "drawing")
        svg = ""
    svg = svg.replace(f'font-family="{WEB_STYLE.font}, sans-serif"', 'class="builder-drawing"', 1)
    head, rows = data_table(node, words)
    cells = "".join(f'<th scope="col">{self.encode(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f"<td>{self.encode(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    self.body.append(
        f'{svg}<details class="builder-data"><summary>{self.encode(words["data"])}</summary>'
        f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></details>"
    )
    raise nodes.SkipNode


def visit_text(self: Any, node: nodes.Element) -> None:
    """In builders that draw nothing, the data stands as words."""
    add, text = getattr(self, "add_text", None), alternative(node, words_of_project(self.config))
    if add is not None:
        add(text)
    else:
        body = self.body if isinstance(self.body, list) else []
        body.append(self.encode(text) if hasattr(self, "encode") else text)
    raise nodes.SkipNode
