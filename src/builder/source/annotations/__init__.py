"""The annotation language: directives and roles that become nodes, and their removal from plain outputs."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import is_directive_registered, is_role_registered

from builder.source.annotations import columns, dropped, slips, slips_in_sources, vocabulary
from builder.source.annotations.attributes import keep_attributes
from builder.source.annotations.columns import ColumnsSettled
from builder.source.annotations.data_figures import visit_html, visit_text
from builder.source.annotations.directives import FREE, OF_PANDOC, OWN
from builder.source.annotations.marks import MarkRole, QuotesWithoutWords, StripAnnotations
from builder.source.annotations.slide import AsInText, TitleOfSlide
from builder.source.annotations.vocabulary import WORD_MARKS


def skip(self: Any, node: nodes.Element) -> None:
    """Write nothing for a node that belongs to the slides."""
    raise nodes.SkipNode


def transparent(self: Any, node: nodes.Element) -> None:
    """Write the children only."""


def setup(app: Sphinx) -> None:
    """Register nodes, directives, roles, and what other builders do with them."""
    keep_attributes()
    formats = ("html", "latex", "text", "man", "texinfo")
    hidden: dict[str, Any] = dict.fromkeys(formats, (skip, None))
    unmarked: dict[str, Any] = dict.fromkeys(formats, (transparent, transparent))
    drawn: dict[str, Any] = dict.fromkeys(formats, (visit_text, None)) | {"html": (visit_html, None)}
    for node in (vocabulary.slide, vocabulary.speaker_notes, vocabulary.slide_figure):
        app.add_node(node, **hidden)
    app.add_node(vocabulary.point, **unmarked)
    for drawing in (vocabulary.chart, vocabulary.timeline, vocabulary.place_map):
        app.add_node(drawing, **drawn)
    app.add_node(vocabulary.columns, **unmarked | {"html": (columns.visit_columns, columns.depart)})
    app.add_node(vocabulary.column, **unmarked | {"html": (columns.visit_column, columns.depart)})
    for name, own in OWN.items():
        app.add_directive(name, own)
    for name, directive in (FREE | OF_PANDOC).items():
        if not is_directive_registered(name):
            app.add_directive(name, directive)
    for name in WORD_MARKS:
        if not is_role_registered(name):
            app.add_role(name, MarkRole(name))
    app.add_transform(ColumnsSettled)
    app.add_transform(TitleOfSlide)
    app.add_transform(AsInText)
    app.add_transform(QuotesWithoutWords)
    app.add_post_transform(StripAnnotations)
    app.connect("source-read", dropped.check_extensions)
    app.connect("source-read", slips_in_sources.check_source)
    app.connect("doctree-read", slips.check_document)
