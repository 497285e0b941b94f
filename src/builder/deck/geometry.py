"""Where things go on a slide, in points: read from a template, used by the fit and both writers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in points from the slide's top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in points at which the fit starts, and the floors below which it splits instead."""

    title: float = 32
    body: float = 22
    table: float = 20
    code: float = 18
    caption: float = 13
    reference: float = 16
    equation: float = 32
    timeline: float = 18
    box_title: float = 14
    column_heading: float = 18
    title_floor: float = 24
    body_floor: float = 18
    table_floor: float = 14
    reference_floor: float = 14
    code_floor: float = 12
    equation_floor: float = 16
    timeline_floor: float = 14


@dataclass(frozen=True, slots=True)
class Geometry:
    """A template as the fit sees it: slide size, areas by layout, theme font, sizes."""

    width: float
    height: float
    title: Area
    content: Area
    opening_title: Area
    opening_subtitle: Area
    section_title: Area
    font: str
    opening_title_size: float = 50
    section_title_size: float = 38
    sizes: Sizes = field(default_factory=Sizes)
    inherits: bool = True
    """True if text in the template's placeholders has the sizes and indents of ``sizes`` by itself."""
