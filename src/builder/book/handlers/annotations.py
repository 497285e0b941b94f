"""Annotations: the book shows a point's words and nothing of the slides."""

from __future__ import annotations

from docutils import nodes

from builder.book.translate import Translator, renders
from builder.source.annotations.columns import shares_of
from builder.source.annotations.vocabulary import column, columns, point, slide, slide_figure, speaker_notes
from builder.source.editions.gaps import gap
from builder.source.editions.marks import edition_block
from builder.typeset.escape import array

NARROWEST_COLUMN = 125.0
"""Points below which a column is too narrow for text on a page: then columns stand one below another."""
COLUMN_GAP = 14.0


@renders(columns)
def side_by_side(t: Translator, node: nodes.Element) -> str:
    """Columns beside each other where all are wide enough, else one below another."""
    shares = shares_of(node)
    room = t.context.text_width - COLUMN_GAP * (len(shares) - 1)
    if len(shares) < 2 or any(share * room < NARROWEST_COLUMN for share in shares):
        return f"\n\n{t.anchors(node)}{t.children(node)}\n\n"
    cells = [f"[{t.render(child).strip()}]" for child in node.children if isinstance(child, column)]
    widths = array([f"{share:.4f}fr" for share in shares])
    return f"\n\n{t.anchors(node)}#side-by-side({widths}, {COLUMN_GAP:g}pt, {array(cells)});\n\n"


@renders(column)
def one_column(t: Translator, node: nodes.Element) -> str:
    """Its content."""
    return f"\n\n{t.anchors(node)}{t.children(node)}\n\n"


@renders(point)
def marked_words(t: Translator, node: nodes.Element) -> str:
    """The words of the book, unchanged."""
    return t.children(node)


@renders(edition_block)
def of_an_edition(t: Translator, node: nodes.Element) -> str:
    """Its content, in the editions that have it."""
    return t.children(node)


@renders(gap)
def left_out(t: Translator, node: nodes.Element) -> str:
    """Nothing: its edition lacks what stood here."""
    return ""


@renders(slide, speaker_notes, slide_figure)
def slide_only(t: Translator, node: nodes.Element) -> str:
    """Nothing: it is for the slides."""
    return ""
