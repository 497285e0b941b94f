"""The annotation language: directives and roles that become nodes, and their removal from plain outputs."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from builder.annotations import vocabulary as annotations
from builder.annotations.data_figures import ChartDirective, TimelineDirective, visit_html, visit_text
from builder.annotations.dropped import check_source
from builder.annotations.marks import PointRole, StripAnnotations
from builder.annotations.vocabulary import MARKS
from builder.annotations.slide import NotesDirective, SlideDirective


def skip(self: Any, node: nodes.Element) -> None:
    """Write nothing for a node that belongs to the slides."""
    raise nodes.SkipNode


def transparent(self: Any, node: nodes.Element) -> None:
    """Write the children only."""


def setup(app: Sphinx) -> None:
    """Register nodes, directives, roles, and what other builders do with them."""
    formats = ("html", "latex", "text", "man", "texinfo")
    for node in (annotations.slide, annotations.speaker_notes, annotations.slide_figure):
        app.add_node(node, **{name: (skip, None) for name in formats})
    app.add_node(annotations.point, **{name: (transparent, transparent) for name in formats})
    for node in (annotations.chart, annotations.timeline):
        app.add_node(node, html=(visit_html, None), **{name: (visit_text, None) for name in formats[1:]})
    app.add_directive("slide", SlideDirective)
    app.add_directive("notes", NotesDirective)
    app.add_directive("chart", ChartDirective)
    app.add_directive("timeline", TimelineDirective)
    for name in MARKS:
        app.add_role(name, PointRole(name))
    app.add_post_transform(StripAnnotations)
    app.connect("source-read", check_source)
