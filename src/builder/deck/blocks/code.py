"""Source code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import FEW, KINDS, Kind, Lines, Split
from builder.deck.lines import Typeface, split_runs
from builder.deck.measured import Measured, caption_size, size_at
from builder.deck.model import Block, Caption, Placed, PlacedParagraph, Run, Runs, is_lit, plain
from builder.errors import Source
from builder.typeset.measure import OFFICE_PITCH

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

CODE_PADDING = 14.0
LETTER = Run("", code=True)
"""What is measured for a letter of code: all have one width."""
CODE_PITCH = OFFICE_PITCH
"""Line height in em; that of DejaVu Sans Mono, which shows code in PDF, is 1.164."""

LATEST_SPACE = 0.6
"""What share of a line is filled at least by words that are not cut."""
READABLE = 0.8
"""Code stands in type of no less than this share of its natural size where that cuts few of its lines, as do code and
tables beside each other.
"""
CUT = 0.2
"""How many of the lengths of its lines are cut for that at most; one may always be."""
HANG, FARTHEST = 4, 1 / 3
"""How many letters the rest of a cut line begins further in than the line, in up to what share of the room."""


@dataclass(frozen=True, slots=True)
class Code:
    """Source code: one tuple of coloured runs for each line."""

    lines: tuple[Runs, ...]
    language: str
    source: Source
    label: str = ""
    caption: Caption | None = None
    lengths: frozenset[int] = frozenset()
    """How many characters the lines of the whole have, of which this is a part: parts have one type size."""


def _measure(block: Code, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    inside = width - 2 * CODE_PADDING
    size = fitted_size(block, inside, size_at(geometry, "code", scale), geometry, typeface)
    room, pitch = room_for(inside, size, typeface), size * CODE_PITCH
    lines, y = [], CODE_PADDING
    for text in map(plain, block.lines):
        hang = hang_of(text, room)
        pieces = tuple(chunks(text, room, hang))
        lines.append(PlacedParagraph(y, len(pieces) * pitch, pieces, hang * typeface.width(LETTER, "m", size)))
        y += len(pieces) * pitch
    below = caption_size(block.caption, width, geometry, typeface)
    height = y + CODE_PADDING + below
    return Measured(block, size, height, height, True, tuple(lines), caption_height=below)


def fitted_size(block: Code, inside: float, largest: float, geometry: Geometry, typeface: Typeface) -> float:
    """The largest size at which no line is cut that need not be; where that is small, the largest one up to the natural
    size at which `CUT` says that few are.
    """
    sizes = geometry.sizes
    steps = [*downwards(largest, sizes.code_floor)]
    most = room_for(inside, sizes.code_floor, typeface)
    lengths = [length for length in lengths_of(block) if length <= most]
    cut = {size: sum(length > room_for(inside, size, typeface) for length in lengths) for size in steps}
    whole = next((size for size in steps if not cut[size]), steps[-1])
    if whole >= READABLE * sizes.code:
        return whole
    few = max(1, CUT * len(lengths))
    return next((size for size in steps if size <= sizes.code and cut[size] <= few), whole)


def downwards(largest: float, least: float) -> Iterator[float]:
    """Sizes from the largest one down to the least, a point apart."""
    size = largest
    while size > least:
        yield size
        size -= 1
    yield min(least, largest)


def room_for(inside: float, size: float, typeface: Typeface) -> int:
    """How many letters a line of ``inside`` points has."""
    return int(inside / typeface.width(LETTER, "m", size) + 1e-6)


def hang_of(text: str, room: int) -> int:
    """How many letters the rest of a line begins further in where it is cut."""
    return min(len(text) - len(text.lstrip()) + HANG, int(room * FARTHEST))


def lengths_of(block: Code) -> frozenset[int]:
    """How many characters the lines have, those of the whole included."""
    return block.lengths.union(len(plain(line)) for line in block.lines)


def panel_of(placed: Placed) -> Placed:
    """The panel of a block of code, without its caption."""
    return replace(placed, height=placed.height - placed.caption_height)


def lit_bands(placed: Placed) -> list[Area]:
    """The grounds of the lines of code that are lit, over the whole width of the panel."""
    block = placed.block
    assert isinstance(block, Code)
    return [
        Area(placed.x, placed.y + line.y, placed.width, line.height)
        for runs, line in zip(block.lines, placed.lines, strict=True)
        if is_lit(runs)
    ]


def chunks(text: str, room: int, hang: int = 0) -> list[str]:
    """A code line in pieces of at most ``room`` characters, those behind the first ``hang`` less. They end behind a
    comma where one is near the end, else behind a space or a bracket.
    """
    found, rest = [], room - hang
    while len(text) > room:
        nearest = int(room * LATEST_SPACE)
        ends = (text.rfind(sign, nearest, room) + len(sign) for sign in (", ", " ", "(") if sign in text[nearest:room])
        end = next(ends, room)
        found.append(text[:end])
        text, room = text[end:], rest
    return [*found, text]


def _points(block: Code) -> Sequence[int]:
    return range(1, len(block.lines))


def _split(block: Code, point: int) -> tuple[Code, Code]:
    """Both parts, without a blank line between."""
    rest = point + 1 if _is_blank(block, point) and point + 1 < len(block.lines) else point
    whole = replace(block, lengths=lengths_of(block))
    return replace(whole, lines=block.lines[:point]), replace(whole, lines=block.lines[rest:], label="")


def _smaller(block: Code, fits: Callable[[Block], bool]) -> Sequence[Code]:
    """The code with lines that fill more than a slide cut into several."""
    lines: list[Runs] = []
    for line in block.lines:
        lines += in_lines(line, lambda one: fits(replace(block, lines=(one,))))
    return [replace(block, lines=tuple(lines))]


def in_lines(line: Runs, fits: Callable[[Runs], bool]) -> list[Runs]:
    """A line that fits, else as few equal pieces as do."""
    length, count = len(plain(line)), 1
    pieces = [line]
    while not all(map(fits, pieces)) and count < length:
        count += 1
        pieces = split_runs(line, [ceil(length / count)] * count)
    return [piece for piece in pieces if piece] or [line]


def _preferred(block: Code, points: Sequence[int]) -> Collection[int]:
    """Blank lines; any line where there is none."""
    return [point for point in points if _is_blank(block, point)] or points


def _poor(block: Code, points: Sequence[int]) -> Collection[int]:
    """All of few lines, else where a part has a single line with words."""
    if len(points) < FEW:
        return points
    lines = [number for number in range(len(block.lines)) if not _is_blank(block, number)]
    return [point for point in points if lines and not lines[1 % len(lines)] < point <= lines[max(len(lines) - 2, 0)]]


def _is_blank(block: Code, line: int) -> bool:
    return not plain(block.lines[line]).strip()


def _words(block: Code) -> Lines:
    return tuple(map(plain, block.lines))


def _page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Code)
    out = [p.panel(panel_of(placed)), *map(p.light, lit_bands(placed))]
    pitch = placed.size * CODE_PITCH
    for runs, line in zip(block.lines, placed.lines, strict=True):
        for index, piece in enumerate(split_runs(runs, [len(part) for part in line.lines])):
            x, y = placed.x + CODE_PADDING + (line.hang if index else 0.0), placed.y + line.y + index * pitch
            out.append(
                f"#at({x:.2f}, {y:.2f}, {placed.width:.2f})"
                f"[#text({placed.size:g}pt{', dir: ltr' if placed.from_right else ''})[{p.runs(piece)}]]"
            )
    return "\n".join(out) + p.caption(block.caption, placed, placed.y + placed.height)


KINDS[Code] = Kind(
    _measure, _words, _page, split=Split(_points, _split, _preferred, _poor, smaller=_smaller), on_panel=True
)
