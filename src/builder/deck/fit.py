"""Deck → Deck with everything in its box: scaled by measured text down to a floor, then split.

Nothing here depends on the file format; `Geometry` has the places of the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from builder.deck.arrange import GAP, below_each_other, total_height
from builder.deck.blocks import Box, Columns, Media, Picture, Table, Text
from builder.deck.blocks.pictures import picture_box
from builder.deck.full_bleed import BAND_FOOT
from builder.deck.furniture import runs_in
from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import kind_of, measure
from builder.deck.lines import Typeface, break_runs
from builder.deck.measured import Measured, caption_size
from builder.deck.model import (
    LAYOUTS,
    Block,
    Deck,
    FittedDeck,
    FittedSlide,
    Paragraph,
    Placed,
    Run,
    Slide,
    plain,
)
from builder.deck.rescue import rescued
from builder.deck.split import best_point, largest, part_of, split_at
from builder.deck.substitutes import name_of
from builder.errors import AuthorError, warn

SHARES = (1.0, 0.725, 0.45, 0.23, 0.0)
"""Where between the floor of the body text (0) and its natural size (1) the fit tries, from the top."""
SIDE_GAP = 36.0
SIDE_SHARE = 0.52
NARROWEST_CAPTION = 0.4
"""How wide the caption of a picture alone on its slide is at least, as a share of the place for content."""
ONE_LINE = 0.85
"""A title is rather set so much smaller on one line than on two."""


class DoesNotFitError(Exception):
    """The blocks do not fit, not even at the floor."""


@dataclass(frozen=True, slots=True)
class Fitter:
    """Fits slides of one template; ``footnotes`` are those of the slide at hand, by their labels."""

    geometry: Geometry
    typeface: Typeface
    footnotes: Mapping[str, Paragraph] = field(default_factory=dict)
    measured: dict[tuple[int, float, float], Measured] = field(default_factory=dict)
    """Measures of the slide at hand by the block's identity, width and scale: most are asked for more than once."""

    def deck(self, deck: Deck) -> tuple[FittedDeck, list[AuthorError]]:
        """All slides in their boxes, and an error for each part that does not stand as it was planned.

        What nobody asked for and cannot be fitted is left out with a warning.
        """
        fitted: list[FittedSlide] = []
        actions: list[str] = []
        errors: list[AuthorError] = []
        for slide in deck.slides:
            parts, found = rescued(slide, self.slide)
            if slide.automatic:
                for error in found:
                    warn(f"left out of the slides: {error.message}", error.source, "left_out")
                if found and not any(part.placed for part in parts):
                    continue
            else:
                errors += found
            if not parts:
                continue
            if len(parts) > 1:
                actions.append(f"split in {len(parts)}: {plain(slide.title)}")
            elif sizes := [p.size for p in parts[0].placed if p.role == "body" and p.size < self.geometry.sizes.body]:
                actions.append(f"scaled to {min(sizes):.1f} pt: {plain(slide.title)}")
            fitted += parts
        return FittedDeck(deck, tuple(fitted), tuple(actions)), errors

    def slide(self, slide: Slide) -> list[FittedSlide]:
        """One slide, or several numbered parts of it.

        Raises:
            AuthorError: the title, or something that cannot be split, does not fit at the floor.
        """
        if slide.layout in ("title", "section"):
            return [self.opening(slide)]
        if slide.layout == "full-bleed":
            return [self.full_bleed(slide)]
        if slide.layout and slide.layout not in LAYOUTS:
            return [self.on_named_layout(slide)]
        fitter = replace(self, footnotes=dict(slide.footnotes), measured={})
        pages = fitter.pages(list(slide.blocks), slide)
        out = []
        for number, (blocks, placed) in enumerate(pages, start=1):
            part = part_of(slide, blocks, number, len(pages))
            size, lines = self.title(
                part, self.geometry.title, self.geometry.sizes.title, self.geometry.sizes.title_floor, 2
            )
            out.append(FittedSlide(part, layout_of(part), size, lines, (*placed, *fitter.notes(part.blocks))))
        return out

    def notes(self, blocks: Sequence[Block]) -> list[Placed]:
        """The footnotes that ``blocks`` refer to, at the foot of the place for content; none when there are none."""
        wanted = {run.note for run in runs_in(tuple(blocks)) if run.note} if self.footnotes else set()
        shown = tuple(paragraph for label, paragraph in self.footnotes.items() if label in wanted)
        if not shown:
            return []
        area = self.geometry.content
        block = Text(shown, shown[0].source, type="footnote")
        measured = measure(block, area.width, 1.0, self.geometry, self.typeface)
        return [measured.at(area.x, area.bottom - measured.height, area.width, measured.height)]

    def full_bleed(self, slide: Slide) -> FittedSlide:
        """One picture that fills the slide, cut to its shape, with the title on a band at its foot.

        Raises:
            AuthorError: there is not just one picture.
        """
        if len(slide.blocks) != 1 or not isinstance(slide.blocks[0], Picture):
            raise AuthorError(
                "a full-bleed slide shows one picture and nothing else; take the rest away, or the layout.",
                slide.source,
            )
        g = self.geometry
        picture = slide.blocks[0]
        below = caption_size(picture.caption, g.title.width, g, self.typeface)
        size, lines = self.title(slide, g.title, g.sizes.title, g.sizes.title_floor, 2)
        tall = len(lines) * size * self.typeface.pitch
        area = Area(g.title.x, g.height - BAND_FOOT - below - tall, g.title.width, tall)
        placed = Placed(picture, 0, 0, g.width, g.height, g.sizes.caption, "full-bleed", caption_height=below)
        return FittedSlide(slide, "full-bleed", size, lines, (placed,), area)

    def on_named_layout(self, slide: Slide) -> FittedSlide:
        """A slide on a layout that its author named: each block in a place of its own, the last ones share one.

        Raises:
            AuthorError: the template has no such layout, or it has no title, or not enough room.
        """
        layout = self.geometry.named.get(slide.layout.casefold())
        if layout is None:
            names = ", ".join(f"'{other.name}'" for other in self.geometry.named.values())
            ours = ", ".join(LAYOUTS)
            message = (
                f"there is no layout '{slide.layout}'; write one of {ours}, or one that the template has: {names}."
            )
            raise AuthorError(message, slide.source)
        if layout.title is None or (slide.blocks and not layout.contents):
            what = "title" if layout.title is None else "contents"
            raise AuthorError(
                f"the template's layout '{layout.name}' has no place for {what}; choose another one.", slide.source
            )
        size, lines = self.title(slide, layout.title, self.geometry.sizes.title, self.geometry.sizes.title_floor, 2)
        last = len(layout.contents) - 1
        groups = [
            [block for index, block in enumerate(slide.blocks) if min(index, last) == place]
            for place in range(last + 1)
        ]
        placed: list[Placed] = []
        for blocks, area in zip(groups, layout.contents, strict=True):
            try:
                placed += self.stack(blocks, area) if blocks else []
            except DoesNotFitError:
                raise AuthorError(
                    f"{name_of(blocks[0])} does not fit in the template's layout '{layout.name}'; shorten it, "
                    "or choose another layout.",
                    slide.source,
                ) from None
        first = next((index for index, item in enumerate(placed) if item.role == "body"), -1)
        placed = [replace(item, role="body" if index == first else "") for index, item in enumerate(placed)]
        return FittedSlide(slide, slide.layout, size, lines, tuple(placed))

    def opening(self, slide: Slide) -> FittedSlide:
        """A title or section slide."""
        geometry = self.geometry
        area = geometry.opening_title if slide.layout == "title" else geometry.section_title
        size = geometry.opening_title_size if slide.layout == "title" else geometry.section_title_size
        fitted, lines = self.title(slide, area, size, geometry.sizes.title_floor, 3)
        return FittedSlide(slide, slide.layout, fitted, lines)

    def title(self, slide: Slide, area: Area, size: float, floor: float, most: int) -> tuple[float, tuple[str, ...]]:
        """Size and lines of the title, at most ``most`` lines and the height of ``area``."""
        look = self.geometry.title_look(slide.layout)
        heading = slide.heading.upper() if look.capitals else slide.heading
        runs = (Run(heading, bold=look.bold),)
        typeface = replace(self.typeface, text=self.geometry.title_font or self.typeface.text)
        sizes = [size - step for step in range(0, int(size - floor) + 1, 2)]
        on_one_line = [(one, 1) for one in sizes if one >= size * ONE_LINE]
        for one, lines in [*on_one_line, *((one, most) for one in sizes)]:
            broken = break_runs(runs, area.width, one, typeface)
            if (
                len(broken.lines) <= lines
                and broken.fits
                and len(broken.lines) * one * typeface.pitch <= area.height + 1
            ):
                return one, broken.lines
        message = f"the title '{slide.heading}' is too long for its box at {floor:g} pt; shorten it, or give "
        message += "the slide one of its own."
        raise AuthorError(message, slide.source)

    # --- content

    def pages(self, blocks: list[Block], slide: Slide) -> list[tuple[list[Block], list[Placed]]]:
        """Blocks of each part of a slide, placed above the footnotes that they refer to."""
        if not blocks:
            return [([], [])]
        area = self.geometry.content
        room = self.above_notes(blocks, area)
        side = self.side_by_side(blocks, room)
        if side is not None and not self.stacks_better(blocks, room, side):
            return [(blocks, side)]
        heads: list[list[Block]] = []
        rest = blocks
        while rest:
            head, rest = self.cut(rest, area, slide)
            heads.append(head)
        if len(heads) > 1 and len(heads[-1]) == 1 and isinstance(heads[-1][0], Box) and len(heads[-2]) > 1:
            company = [heads[-2][-1], *heads[-1]]  # a box is not left alone
            if self.fits(company, area):
                heads[-2:] = [heads[-2][:-1], company]
        found = [(head, self.stack(head, self.above_notes(head, area))) for head in heads]
        return [(head, self.centred(placed, area)) for head, placed in found]

    def centred(self, placed: list[Placed], area: Area) -> list[Placed]:
        """``placed`` in the middle, if it is one picture, with a caption as wide as that, but for narrow ones."""
        if len(placed) != 1 or not isinstance(placed[0].block, Picture | Media):
            return placed
        [one] = placed
        for _ in range(2):  # a narrower caption may take more lines, and leave less for the picture
            width = max(picture_box(one)[2], area.width * NARROWEST_CAPTION)
            measured = self.measure(one.block, width, 1.0)
            one = measured.at(area.x + (area.width - width) / 2, one.y, width, one.height)
        return [one]

    def above_notes(self, blocks: Sequence[Block], area: Area) -> Area:
        """``area`` without the room that the footnotes of ``blocks`` take."""
        notes = self.notes(blocks)
        return replace(area, height=area.height - notes[0].height - GAP) if notes else area

    def side_by_side(self, blocks: list[Block], area: Area) -> list[Placed] | None:
        """Text at the left and the one figure, table or chart at the right, when that suits and fits."""
        visuals = [block for block in blocks if kind_of(block).is_visual]
        texts = [block for block in blocks if not kind_of(block).is_visual]
        if len(visuals) != 1 or not texts or any(isinstance(block, Columns) for block in texts):
            return None
        if kind_of(visuals[0]).is_wide(visuals[0]):
            return None
        left = Area(area.x, area.y, area.width * SIDE_SHARE - SIDE_GAP / 2, area.height)
        right_x = left.x + left.width + SIDE_GAP
        right = Area(right_x, area.y, area.x + area.width - right_x, area.height)
        try:
            placed = self.stack(texts, left) + self.stack(visuals, right)
        except DoesNotFitError:
            return None
        order = {id(block): index for index, block in enumerate(blocks)}
        return sorted(placed, key=lambda p: order[id(p.block)])

    def stacks_better(self, blocks: list[Block], area: Area, side: list[Placed]) -> bool:
        """True if text or table is set larger, or the one picture drawn larger, with the blocks below each other."""
        try:
            stacked = self.stack(blocks, area)
        except DoesNotFitError:
            return False
        gain = self.legibility(stacked) - self.legibility(side)
        return gain > 0.08 or (gain >= 0 and picture_width(stacked) > picture_width(side))

    def legibility(self, placed: Sequence[Placed]) -> float:
        """The least size of text or table among ``placed``, as a share of its natural size."""
        sizes = self.geometry.sizes
        natural = {Table: sizes.table, Text: sizes.body}
        return min(
            (item.size / natural[type(item.block)] for item in placed if type(item.block) in natural), default=1.0
        )

    def stack(self, blocks: Sequence[Block], area: Area) -> list[Placed]:
        """``blocks`` below each other at the largest scale at which they fit.

        Raises:
            DoesNotFitError: they do not fit at the floor.
        """
        lowest = self.geometry.sizes.body_floor / self.geometry.sizes.body
        for share in SHARES:
            scale = lowest + (1 - lowest) * share
            measured = [self.measure(block, area.width, scale) for block in blocks]
            if all(m.fits for m in measured) and total_height(measured) <= area.height + 0.5:
                return self.place(measured, area)
        raise DoesNotFitError

    def measure(self, block: Block, width: float, scale: float) -> Measured:
        """Measure ``block`` in ``width`` points at ``scale``, once a slide."""
        key = id(block), width, scale
        if key not in self.measured:
            self.measured[key] = measure(block, width, scale, self.geometry, self.typeface)
        return self.measured[key]

    def place(self, measured: Sequence[Measured], area: Area) -> list[Placed]:
        """Boxes for measured blocks; the first text stands in the template's place for content."""
        placed = below_each_other(measured, area)
        first_text = next((index for index, p in enumerate(placed) if isinstance(p.block, Text)), None)
        if first_text is not None:
            placed[first_text] = replace(placed[first_text], role="body")
        return placed

    def cut(self, blocks: list[Block], area: Area, slide: Slide) -> tuple[list[Block], list[Block]]:
        """The blocks that fill one slide, and the rest.

        Raises:
            AuthorError: the first block cannot be split and does not fit alone.
        """
        count = largest(len(blocks), lambda count: self.fits(blocks[:count], area))
        if count:
            return self.fill(blocks[:count], blocks[count:], area)
        point = best_point(blocks[0], lambda piece: self.fits([piece], area))
        if point:
            piece, remainder = split_at(blocks[0], point)
            return [piece], [remainder, *blocks[1:]]
        block = blocks[0]
        raise AuthorError(
            f"this does not fit on a slide, not even at {self.geometry.sizes.body_floor:g} pt, and cannot be split: "
            f"{name_of(block)}. Shorten it or give it a shorter form for the slide.",
            block.source if block.source.line else slide.source,
        )

    def fill(self, head: list[Block], rest: list[Block], area: Area) -> tuple[list[Block], list[Block]]:
        """Move as much of the next block as fits onto the slide, when it is text that can be split."""
        if rest and isinstance(rest[0], Text):
            point = best_point(rest[0], lambda piece: self.fits([*head, piece], area))
            if point:
                piece, remainder = split_at(rest[0], point)
                return [*head, piece], [remainder, *rest[1:]]
        return head, rest

    def fits(self, blocks: Sequence[Block], area: Area) -> bool:
        """True if ``blocks`` fit in ``area`` at some scale."""
        try:
            self.stack(blocks, self.above_notes(blocks, area))
        except DoesNotFitError:
            return False
        return True


def picture_width(placed: Sequence[Placed]) -> float:
    """Width in points at which the picture among ``placed`` is drawn."""
    for item in placed:
        if isinstance(item.block, Picture):
            room = item.height - item.caption_height
            return min(item.width, room * item.block.width_px / item.block.height_px)
    return 0.0


def layout_of(slide: Slide) -> str:
    """Name of the slide's layout: the author's, or the one that its content asks for."""
    if slide.layout:
        return slide.layout
    kinds = {type(block) for block in slide.blocks}
    if not kinds:
        return "blank"
    if kinds == {Text}:
        return "bullets"
    if len(slide.blocks) == 1:
        return type(slide.blocks[0]).__name__.lower().replace("picture", "figure")
    return "mixed"
