"""Measured blocks → boxes below each other in an area: where there is room, pictures and charts grow."""

from __future__ import annotations

from collections.abc import Sequence

from builder.deck.geometry import Area
from builder.deck.measured import Measured
from builder.deck.model import Placed

GAP = 16.0
"""Room between two blocks."""


def total_height(measured: Sequence[Measured]) -> float:
    """Height that blocks below each other take at least."""
    return sum(m.height for m in measured) + GAP * max(len(measured) - 1, 0)


def below_each_other(measured: Sequence[Measured], area: Area) -> list[Placed]:
    """Boxes for measured blocks; what can grow shares the height that is left."""
    spare = max(area.height - total_height(measured), 0.0)
    growing = sum(m.wanted > m.height for m in measured)
    placed = []
    y = area.y
    for m in measured:
        height = m.height + (min(m.wanted - m.height, spare / growing) if m.wanted > m.height else 0.0)
        placed.append(m.at(area.x, y, area.width, height))
        y += height + GAP
    return placed
