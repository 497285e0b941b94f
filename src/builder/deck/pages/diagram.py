"""A diagram's shapes and lines → SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from builder.deck.measured import scaled_size

if TYPE_CHECKING:
    from builder.deck.blocks import Diagram, DiagramNode


def draw_diagram(block: Diagram, colours: Mapping[str, str], quiet: str, scale: float) -> str:
    """SVG of a diagram at its own size, in a theme's ``colours``; lines in the ``quiet`` colour.

    Its text is in whole points when the drawing is shown at ``scale``.
    """
    size, small = (scaled_size(size, scale) / scale for size in (block.size, block.size - 2))
    parts = []
    for edge in block.edges:
        points = [edge.points[0], edge.points[-1]] if edge.is_straight else list(edge.points)
        dash = ' stroke-dasharray="5 4"' if edge.dashed else ""
        path = f"M {at(points[0])} " + (
            f"L {at(points[1])}" if edge.is_straight else "C " + " ".join(at(point) for point in points[1:])
        )
        parts.append(f'<path d="{path}" fill="none" stroke="{quiet}" stroke-width="1.5"{dash}/>')
        if edge.arrow:
            parts.append(f'<path d="{arrow(points[-2], points[-1])}" fill="{quiet}"/>')
    for node in block.nodes:
        parts += [outline(node, colours), *texts(node, size, colours)]
    for edge in block.edges:
        if edge.label:
            x, y = edge.label_at
            parts.append(
                f'<text x="{x:.2f}" y="{y:.2f}" font-size="{small:.3f}" text-anchor="middle" '
                f'fill="{colours["dk1"]}">{escape(edge.label)}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {block.width:.2f} {block.height:.2f}" '
        'font-family="Arimo">'
        f"{''.join(parts)}</svg>"
    )


def at(point: tuple[float, float]) -> str:
    """A point as path data."""
    return f"{point[0]:.2f} {point[1]:.2f}"


def outline(node: DiagramNode, colours: Mapping[str, str]) -> str:
    """The shape of a node."""
    if node.kind == "none":
        return ""
    look = f'fill="{"#" + node.fill if node.fill else colours["lt2"]}" stroke="{colours["accent1"]}" stroke-width="1"'
    left, top = node.x - node.width / 2, node.y - node.height / 2
    if node.kind == "ellipse":
        radii = f'rx="{node.width / 2:.2f}" ry="{node.height / 2:.2f}"'
        return f'<ellipse cx="{node.x:.2f}" cy="{node.y:.2f}" {radii} {look}/>'
    if node.kind == "diamond":
        corners = [(node.x, top), (left + node.width, node.y), (node.x, top + node.height), (left, node.y)]
        return f'<polygon points="{" ".join(at(corner) for corner in corners)}" {look}/>'
    radius = min(node.width, node.height) / 6 if node.kind == "roundRect" else 0
    size = f'width="{node.width:.2f}" height="{node.height:.2f}" rx="{radius:.2f}"'
    return f'<rect x="{left:.2f}" y="{top:.2f}" {size} {look}/>'


def texts(node: DiagramNode, size: float, colours: Mapping[str, str]) -> list[str]:
    """The lines of a node's text, centred in it."""
    first = node.y - (len(node.lines) - 1) * size * 0.6 + size * 0.35
    ink = f"#{node.ink}" if node.ink else colours["dk1"]
    return [
        f'<text x="{node.x:.2f}" y="{first + index * size * 1.2:.2f}" font-size="{size:.3f}" text-anchor="middle" '
        f'fill="{ink}">{escape(line)}</text>'
        for index, line in enumerate(node.lines)
    ]


def arrow(before: tuple[float, float], tip: tuple[float, float]) -> str:
    """A triangle at the end of a line, as path data."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    dx, dy = dx / length, dy / length
    back = tip[0] - 9 * dx, tip[1] - 9 * dy
    return (
        f"M {at(tip)} L {back[0] - 4 * dy:.2f} {back[1] + 4 * dx:.2f} L {back[0] + 4 * dy:.2f} {back[1] - 4 * dx:.2f} Z"
    )
