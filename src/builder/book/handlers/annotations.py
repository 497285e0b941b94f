"""Annotations: the book shows a point's words and nothing of the slides."""

from __future__ import annotations

from docutils import nodes

from builder.book.translate import Translator, renders
from builder.source.annotations.vocabulary import point, slide, slide_figure, speaker_notes


@renders(point)
def marked_words(t: Translator, node: nodes.Element) -> str:
    """The words of the book, unchanged."""
    return t.children(node)


@renders(slide, speaker_notes, slide_figure)
def slide_only(t: Translator, node: nodes.Element) -> str:
    """Nothing: it is for the slides."""
    return ""
