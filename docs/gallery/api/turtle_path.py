"""Paths of a turtle that walks on a plane."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Path:
    """Where a turtle stands, and where it looks.

    Args:
        x: How far east it is.
        y: How far north it is.
        heading: Where it looks, in degrees; 0 is east, 90 north.
    """

    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0

    def forward(self, length: float) -> Path:
        """Return the path after ``length`` more steps."""
        angle = math.radians(self.heading)
        return Path(self.x + length * math.cos(angle), self.y + length * math.sin(angle), self.heading)

    def left(self, degrees: float) -> Path:
        """Return the path after a turn to the left."""
        return Path(self.x, self.y, (self.heading + degrees) % 360)

    @property
    def end(self) -> tuple[float, float]:
        """The place where it ends, rounded to nine digits."""
        return round(self.x, 9), round(self.y, 9)

    def distance(self) -> float:
        """Return how far the end is from the beginning, as the crow flies."""
        return math.hypot(self.x, self.y)


def square(side: float) -> Path:
    """Return a walk around a square, which ends where it began.

    Raises:
        ValueError: ``side`` is negative.
    """
    if side < 0:
        raise ValueError(side)
    path = Path()
    for _ in range(4):
        path = path.forward(side).left(90)
    return path
