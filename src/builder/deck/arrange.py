"""Blocks → boxes in the place for content: below each other, or text beside what there is to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from builder.deck.blocks import Chart, Columns, Equation, Media, Picture, Table, Text
from builder.deck.blocks.pictures import picture_box
from builder.deck.furniture import runs_in
from builder.deck.galleries import centred, in_rows, measured_rows
from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import kind_of, measure
from builder.deck.lines import Typeface
from builder.deck.measured import Measured
from builder.deck.model import Block, Paragraph, Placed
from builder.deck.split import is_legend
from builder.deck.stacks import GAP, total_height

SHARES = (1.0, 0.725, 0.45, 0.23, 0.0)
"""Where between the floor of the body text (0) and its natural size (1) the fit tries, from the top."""
FORMULA_STEPS = 20
"""Sizes that a formula is tried at, between its floor and its natural size."""
TALL_FORMULA = 4.0
"""A formula of so many em has several rows, and may stand beside the words that lead to it."""
SIDE_GAP = 36.0
SIDE_SHARE = 0.52
"""How wide words are beside what there is to see, as a share of the width."""
NARROWER = (0.44, 0.36)
"""The same beside pictures, where these are larger so and the words have room at the same size."""
LARGER = 1.05
"""How much wider a picture has to be for that."""
MUCH_LARGER = 1.5
"""How many times as large a chart is below words that do not stand beside it for that."""


@dataclass(frozen=True, slots=True)
class Arranger:
    """Arranges blocks of one slide; ``footnotes`` are the lines of those that they may refer to, with
    their labels."""

    geometry: Geometry
    typeface: Typeface
    footnotes: Sequence[tuple[str, Paragraph]] = ()
    measured: dict[tuple[int, float, float], Measured] = field(default_factory=dict)
    """Measures by the block's identity, width and scale: most are asked for more than once."""
    measured_notes: dict[tuple[Paragraph, ...], Measured] = field(default_factory=dict)
    """Measures of footnotes that stand on one slide."""

    @property
    def scales(self) -> list[float]:
        """The scales that are tried, from the natural size of text to its floor."""
        lowest = self.geometry.sizes.lowest
        return [lowest + (1 - lowest) * share for share in SHARES]

    def measure(self, block: Block, width: float, scale: float) -> Measured:
        """Measure ``block`` in ``width`` points at ``scale``, once a slide."""
        key = id(block), width, scale
        if key not in self.measured:
            self.measured[key] = measure(block, width, scale, self.geometry, self.typeface)
        return self.measured[key]

    def on_slide(self, blocks: Sequence[Block], scales: Sequence[float], share: float = 1.0) -> list[Placed] | None:
        """``blocks`` in the place for content, or in a share of its height, above the footnotes that they refer to.

        At the largest of ``scales`` at which they fit; None where they fit at none.
        """
        area = self.above_notes(blocks, self.geometry.content)
        area = replace(area, height=area.height * share)
        side = self.side_by_side(blocks, area, scales)
        stacked = self.stack(blocks, area, scales)
        if side is not None and (stacked is None or not self.is_better(stacked, side)):
            return side
        return stacked

    def weight(self, blocks: Sequence[Block], scale: float) -> float:
        """Return how full ``blocks`` make a slide at a scale, 1 being full; what can grow counts half of what it may
        take.
        """
        area = self.geometry.content
        measured = self.rows(blocks, area.width, scale)
        growth = sum(max(min(m.wanted, area.height) - m.height, 0.0) for m in measured)
        return (total_height(measured) + growth / 2) / area.height

    def is_crowded(self, blocks: Sequence[Block], scale: float) -> bool:
        """True if what can grow has less than half of the room that it would take, and does not stand beside words."""
        return self.weight(blocks, scale) > 1 and self.side_by_side(blocks, self.geometry.content, (scale,)) is None

    # --- layouts

    def stack(self, blocks: Sequence[Block], area: Area, scales: Sequence[float]) -> list[Placed] | None:
        """``blocks`` below each other at the largest of ``scales`` at which they fit; None where there is none."""
        for scale in scales:
            measured = self.rows(blocks, area.width, scale)
            if stand_in(measured, area):
                placed = in_rows(self.with_large_formulas(blocks, area, scale, measured), area)
                first_text = next((index for index, p in enumerate(placed) if is_body(p.block)), None)
                if first_text is not None:
                    placed[first_text] = replace(placed[first_text], role="body")
                return placed
        return None

    def with_large_formulas(
        self, blocks: Sequence[Block], area: Area, scale: float, measured: list[Measured]
    ) -> list[Measured]:
        """``measured`` with formulas in the largest type for which what stands at ``scale`` leaves room."""
        if scale >= 1 or not any(isinstance(block, Equation) for block in blocks):
            return measured
        for step in range(FORMULA_STEPS):
            larger = 1 - (1 - scale) * step / FORMULA_STEPS
            found = measured_rows(
                blocks,
                area.width,
                lambda block, wide, larger=larger: self.measure(  # type: ignore[misc]
                    block, wide, larger if isinstance(block, Equation) else scale
                ),
            )
            if stand_in(found, area):
                return found
        return measured

    def beside_formula(self, blocks: Sequence[Block]) -> list[Placed] | None:
        """Words at the left and the one formula of several rows that they lead to at the right, where that fits."""
        area, scales = self.above_notes(blocks, self.geometry.content), self.scales
        *texts, last = blocks
        if not texts or not all(isinstance(block, Text) for block in texts):
            return None
        if not isinstance(last, Equation) or last.height_em < TALL_FORMULA:
            return None
        return self.beside(texts, [last], area, scales, SIDE_SHARE)

    def rows(self, blocks: Sequence[Block], width: float, scale: float) -> list[Measured]:
        """``blocks`` as they stand below each other, pictures and narrow tables in rows."""
        return measured_rows(blocks, width, lambda block, wide: self.measure(block, wide, scale))

    def side_by_side(self, blocks: Sequence[Block], area: Area, scales: Sequence[float]) -> list[Placed] | None:
        """Text at the left and the one figure, table or chart, or pictures, at the right, when that suits and fits."""
        visuals = [block for block in blocks if kind_of(block).is_visual]
        texts = [block for block in blocks if not (kind_of(block).is_visual or is_legend(block))]
        with_legends = [block for block in blocks if kind_of(block).is_visual or is_legend(block)]
        if not visuals or not texts or any(isinstance(block, Columns) for block in texts):
            return None
        if len(visuals) > 1 and not all(isinstance(block, Picture) for block in visuals):
            return None
        if any(kind_of(block).is_wide(block) for block in visuals):
            return None
        best = self.beside(texts, with_legends, area, scales, SIDE_SHARE)
        only_pictures = all(isinstance(block, Picture) for block in visuals)
        for share in NARROWER if only_pictures and all(map(is_body, texts)) else ():
            narrower = self.beside(texts, with_legends, area, scales, share)
            if best is None or (narrower is not None and self.is_larger(narrower, best)):
                best = narrower
        order = {id(block): index for index, block in enumerate(blocks)}
        return sorted(best, key=lambda p: order[id(p.block)]) if best is not None else None

    def beside(
        self, texts: Sequence[Block], seen: Sequence[Block], area: Area, scales: Sequence[float], share: float
    ) -> list[Placed] | None:
        """Words at the left, as wide as their ``share``, and what there is to see at the right; None where either does
        not fit.
        """
        left, right = parted(area, share)
        words, shown = self.stack(texts, left, scales), self.stack(seen, right, scales)
        return words + shown if words is not None and shown is not None else None

    def is_larger(self, one: list[Placed], other: list[Placed]) -> bool:
        """True if pictures are clearly larger in the first of two layouts, and no text is smaller."""
        is_wider = picture_width(one) >= LARGER * picture_width(other)
        return is_wider and self.legibility(one) >= self.legibility(other)

    def is_better(self, stacked: list[Placed], side: list[Placed]) -> bool:
        """True if text or table is set larger, the one picture drawn larger, or a chart much larger in the first of
        two layouts."""
        gain = self.legibility(stacked) - self.legibility(side)
        is_larger = picture_width(stacked) > picture_width(side)
        is_larger = is_larger or chart_area(stacked) > MUCH_LARGER * chart_area(side) > 0
        return gain > 0.08 or (gain >= 0 and is_larger)

    def legibility(self, placed: Sequence[Placed]) -> float:
        """The least size of text or table among ``placed``, as a share of its natural size."""
        sizes = self.geometry.sizes
        natural = {Table: sizes.table, Text: sizes.body}
        return min(
            (item.size / natural[type(item.block)] for item in placed if type(item.block) in natural), default=1.0
        )

    def centred(self, placed: list[Placed]) -> list[Placed]:
        """``placed`` in the middle, if it is one picture, with a caption as wide as that, but for narrow ones."""
        if len(placed) != 1 or not isinstance(placed[0].block, Picture | Media):
            return placed
        area = self.above_notes([placed[0].block], self.geometry.content)
        cell = replace(area, y=placed[0].y, height=area.bottom - placed[0].y)
        return [centred(placed[0], cell, lambda block, width: self.measure(block, width, 1.0))]

    # --- footnotes

    def notes(self, blocks: Sequence[Block]) -> list[Placed]:
        """The footnotes that ``blocks`` refer to, at the foot of the place for content; none when there are none."""
        wanted = {run.note for run in runs_in(tuple(blocks)) if run.note} if self.footnotes else set()
        shown = tuple(paragraph for label, paragraph in self.footnotes if label in wanted)
        if not shown:
            return []
        area = self.geometry.content
        if shown not in self.measured_notes:
            block = Text(shown, shown[0].source, type="footnote")
            self.measured_notes[shown] = measure(block, area.width, 1.0, self.geometry, self.typeface)
        measured = self.measured_notes[shown]
        return [measured.at(area.x, area.bottom - measured.height, area.width, measured.height)]

    def above_notes(self, blocks: Sequence[Block], area: Area) -> Area:
        """``area`` without the room that the footnotes of ``blocks`` take."""
        notes = self.notes(blocks)
        return replace(area, height=area.height - notes[0].height - GAP) if notes else area


def is_body(block: Block) -> bool:
    """True for text that may stand in a template's place for content."""
    return isinstance(block, Text) and not is_legend(block)


def stand_in(measured: Sequence[Measured], area: Area) -> bool:
    """True if blocks fit below each other in an area."""
    return all(one.fits for one in measured) and total_height(measured) <= area.height + 0.5


def parted(area: Area, share: float) -> tuple[Area, Area]:
    """The places at the left, a ``share`` of the width, and at the right for words and what stands beside them."""
    left = replace(area, width=area.width * share - SIDE_GAP / 2)
    right_x = left.x + left.width + SIDE_GAP
    return left, replace(area, x=right_x, width=area.x + area.width - right_x)


def picture_width(placed: Sequence[Placed]) -> float:
    """Width in points at which the pictures among ``placed`` are drawn, on average."""
    widths = [picture_box(item)[2] for item in placed if isinstance(item.block, Picture)]
    return sum(widths) / max(len(widths), 1)


def chart_area(placed: Sequence[Placed]) -> float:
    """The area of the charts among ``placed``, without their captions."""
    return sum(one.width * (one.height - one.caption_height) for one in placed if isinstance(one.block, Chart))
