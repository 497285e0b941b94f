"""Text of a template that stands on what its layouts draw, a dark logo below dark words → sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator

from builder.deck.geometry import Geometry
from builder.pptx.template.paint import FEW, hidden_share

WRITTEN = {"title": ("title", "subtitle"), "section": ("title", "extra"), "content": ("title", "content", "foot")}
"""Kind of slide → the places of its layout that slides write in."""


def hidden_texts(geometry: Geometry) -> Iterator[str]:
    """Yield which text has hardly another colour than a part of what its layout draws below it, and what to do."""
    size = geometry.width, geometry.height
    for role, names in WRITTEN.items():
        look = geometry.looks[role]
        for name in names:
            text = look.texts.get(name)
            share = hidden_share(look, text, size) if text is not None else 0.0
            if share > FEW:
                yield (
                    f"the {name} of {role} slides stands on a drawing that swallows its letters on {share:.0%} of its "
                    "place; in PowerPoint, View > Slide Master, move one of both"
                )
