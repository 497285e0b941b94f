"""The directives of the annotation language: the one list of them."""

from __future__ import annotations

from builder.source.annotations.columns import ColumnDirective, ColumnsDirective
from builder.source.annotations.data_figures import ChartDirective, MapDirective, TimelineDirective
from builder.source.annotations.slide import NotesDirective, QuestionDirective, SlideDirective
from builder.source.edition_names import EDITION_DIRECTIVE

OWN = {
    "slide": SlideDirective,
    "notes": NotesDirective,
    "chart": ChartDirective,
    "timeline": TimelineDirective,
    "map": MapDirective,
}
"""Directives that are ours in every project."""

FREE = {"question": QuestionDirective, "columns": ColumnsDirective, "column": ColumnDirective}
"""Directives whose names other extensions may have taken; then they stay theirs."""

OF_PANDOC = {".columns": ColumnsDirective, ".column": ColumnDirective}
"""What Pandoc writes for some: a class, which MyST takes for the name of a directive."""

NAMES = (*OWN, *FREE, EDITION_DIRECTIVE)
"""What an author writes."""
