"""Captions as slides show them where they are long: their first sentence, or the clause of it that stands alone."""

from __future__ import annotations

from docutils import nodes

from builder.deck.suggestions.cues import cues_of
from builder.deck.suggestions.marks import split_at
from builder.deck.suggestions.sentences import Sentence, count_shown, point_in, spans_of
from builder.source.annotations.inline_source import length_of, shown_text

MOST_WORDS = 25
"""Words of a caption that a slide shows."""


def with_short_caption(figure: nodes.Element, language: str) -> nodes.Element:
    """A copy of a figure without its legend, and of its caption what is short; of a longer one only its number. Of a
    paragraph, its pictures.
    """
    copy = figure.deepcopy()
    copy.parent = figure.parent
    if isinstance(copy, nodes.paragraph):
        copy.children = [child for child in copy.children if is_picture(child)]
    for child in list(copy.children):
        if isinstance(child, nodes.legend):
            copy.remove(child)
        elif isinstance(child, nodes.caption):
            cut(child, *short_span(child, language))
    return copy


def is_picture(node: nodes.Node) -> bool:
    """True for a picture, and for a link round one."""
    return isinstance(node, nodes.Element) and next(node.findall(nodes.image), None) is not None


def short_span(caption: nodes.TextElement, language: str) -> tuple[int, int]:
    """From where to where a caption is shown: its first sentence where that is short, else a clause of it; else
    nothing.
    """
    written, cues = shown_text(caption), cues_of(language)
    span = next(spans_of(written.text, cues.language), (0, 0))
    first = Sentence(caption, written, *span, 0)
    for start, end in (span, point_in(first, cues) or (0, 0)):
        if end and count_shown(caption, written.text, (start, end), cues) <= MOST_WORDS:
            return start, end
    return 0, 0


def cut(node: nodes.TextElement, start: int, end: int) -> None:
    """Leave of the words of a node those from ``start`` to ``end``, and no marks of footnotes."""
    split_at(node, end)
    split_at(node, start)
    at = 0
    kept: list[nodes.Node] = []
    for child in node.children:
        length = length_of(child)
        if start <= at and at + length <= end and length and not isinstance(child, nodes.footnote_reference):
            kept.append(child)
        at += length
    node.children = []
    node += kept
