"""Paragraphs of a box → Typst: each with its bullet where the fit put it, from the side on which it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.deck.geometry import Area
from builder.deck.lines import Indent, indent_of, marker_of, marker_width
from builder.deck.model import Paragraph, Placed, PlacedParagraph, Runs
from builder.deck.scripts import by_script, direction, is_foreign
from builder.typeset.escape import markup
from builder.typeset.measure import face

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter


def in_places(p: PageWriter, items: tuple[Paragraph, ...], lines: tuple[PlacedParagraph, ...], box: Placed) -> str:
    """Paragraphs at the places that the fit gave them, in a box and at its type size."""
    x, y, width, size = box.x, box.y, box.width, box.size
    marker = marker_width(items, size, p.typeface)
    out = []
    for paragraph, line in zip(items, lines, strict=True):
        indent = indent_of(paragraph, size, marker)
        if (box.from_right and paragraph.level) or direction(paragraph.runs, from_right=box.from_right) == "rtl":
            out.append(from_the_right(p, paragraph, Area(x, y + line.y, width, 0), indent))
            continue
        if paragraph.level and not paragraph.continues:
            mark, colour = marker_of(paragraph)
            out.append(
                f"#at({x + indent.bullet:.2f}, {y + line.y:.2f}, {max(indent.text - indent.bullet, 1):.2f})"
                f"[#text({indent.size:g}pt, fill: {p.colour(colour)})[{markup(mark)}]]"
            )
        way = ", dir: ltr" if box.from_right else ""
        side = f"#set align({p.side}); " if p.side and not paragraph.level else ""
        out.append(
            f"#at({x + indent.text:.2f}, {y + line.y:.2f}, {width - indent.text + 0.02:.2f})"
            f"[{side}{loose(p, paragraph.runs)}"
            f"#text({indent.size:g}pt{way})[{p.lines(paragraph.runs, width - indent.text, indent.size)}]]"
        )
    return "\n".join(out)


def from_the_right(p: PageWriter, paragraph: Paragraph, box: Area, indent: Indent) -> str:
    """A paragraph at the top of a box that runs from the right, with its bullet at the right."""
    x, y, width = box.x, box.y, box.width
    language = next((run.lang[:2] for run in by_script(paragraph.runs) if run.lang), "ar")
    side = "right" if paragraph.level else p.side or "right"
    look = f'#set text(lang: "{language}", dir: rtl, size: {indent.size:g}pt); #set align({side}); '
    body = loose(p, paragraph.runs) + look + p.runs(paragraph.runs)
    out = f"#at({x:.2f}, {y:.2f}, {width - indent.text + 0.02:.2f})[{body}]"
    if paragraph.level and not paragraph.continues:
        mark, named = marker_of(paragraph)
        colour = p.colour(named)
        place = x + width - indent.text
        bullet = f"#align(right, text({indent.size:g}pt, fill: {colour})[{markup(mark)}])"
        out += f"#at({place:.2f}, {y:.2f}, {indent.text - indent.bullet:.2f})[{bullet}]"
    return out


def loose(p: PageWriter, runs: Runs) -> str:
    """The room between the lines of a paragraph that holds another script; '' for others."""
    if not is_foreign(runs):
        return ""
    metrics = face(p.geometry.font).metrics
    return f"#set par(leading: {p.typeface.pitch_of(runs) - metrics.ascent - metrics.descent:.4f}em); "
