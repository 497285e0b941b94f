"""Deck → Deck with everything in its box: scaled by measured text down to a floor, then split.

Nothing here depends on the file format; `Geometry` has the places of the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from builder.deck.alone import fit_alone
from builder.deck.arrange import Arranger
from builder.deck.blocks import Columns, Picture, Text
from builder.deck.composition.edges import picture_at_edge, title_beside
from builder.deck.composition.heights import below_short_title
from builder.deck.composition.lone_points import without_lone_bullet
from builder.deck.composition.rules import composed
from builder.deck.counted import divided_rows
from builder.deck.flow import Flow, NoPartitionError
from builder.deck.full_bleed import BAND_FOOT, BAND_PADDING, place_on_band, words_on_band
from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import with_inner
from builder.deck.lines import Broken, Typeface, break_runs
from builder.deck.measured import caption_size, styled, title_face
from builder.deck.model import (
    ALONE,
    LAYOUTS,
    Block,
    Deck,
    FittedDeck,
    FittedSlide,
    Placed,
    Runs,
    Slide,
    plain,
)
from builder.deck.rescue import UnsuitableLayoutError, rescued
from builder.deck.scripts import side_of
from builder.deck.smaller import in_smaller_blocks
from builder.deck.split import content_of, part_of
from builder.deck.substitutes import name_of
from builder.deck.surroundings import shortened
from builder.errors import NOWHERE, AuthorError, asked, warn

ONE_LINE = 0.85
"""A title is rather set so much smaller on one line than on two."""
SHORT = 0.7
"""A box, a table and the like of no more than this share of a slide is rather on the next slide than divided."""
LEAST_TITLE = 14.0
"""The least size, in points, of a title that is too long for its box at the floor."""


@dataclass(frozen=True, slots=True)
class Fitter:
    """Fits slides of one template."""

    geometry: Geometry
    typeface: Typeface

    def deck(self, deck: Deck) -> tuple[FittedDeck, list[AuthorError]]:
        """All slides in their boxes, and an error for each part that does not stand as it was planned.

        What nobody asked for and cannot be fitted is left out with a warning.
        """
        fitted: list[FittedSlide] = []
        actions: list[str] = []
        errors: list[AuthorError] = []
        for slide in deck.slides:
            parts, found = rescued(slide, self.slide)
            self.typeface.texts.clear()  # the next slide has other texts, and the garbage collector walks what is kept
            if slide.automatic:
                for error in found:
                    warn(f"left out of the slides: {error.message}", error.source, "left_out")
                if found and not any(part.placed for part in parts):
                    continue
            else:
                errors += found
            if not parts:
                continue
            self.warn_of_small_title(slide, parts[0])
            is_asked = slide.source != NOWHERE  # an agenda has columns where there is room
            if is_asked and shows_columns([slide]) and not shows_columns(part.slide for part in parts):
                warn("the columns do not fit beside each other; they stand one below another.", slide.source, "layout")
            if len(parts) > 1:
                actions.append(f"split in {len(parts)}: {plain(slide.title)}")
            elif sizes := [p.size for p in parts[0].placed if p.role == "body" and p.size < self.geometry.sizes.body]:
                actions.append(f"scaled to {min(sizes):.1f} pt: {plain(slide.title)}")
            fitted += parts
        return FittedDeck(deck, tuple(self.with_counts(fitted)), tuple(actions)), errors

    def with_counts(self, fitted: Sequence[FittedSlide]) -> list[FittedSlide]:
        """The slides, of which those of a row that is counted are counted as they were divided, unless a title would
        then take more lines.
        """
        found = list(fitted)
        for row in divided_rows(fitted):
            titled = [(place, self.with_title_of(fitted[place], slide)) for place, slide in row]
            if all(new is not None and len(new.title_lines) <= len(fitted[at].title_lines) for at, new in titled):
                for at, new in titled:
                    found[at] = new or found[at]
        return found

    def with_title_of(self, fitted: FittedSlide, slide: Slide) -> FittedSlide | None:
        """A slide as it was fitted, with the title of another; None where that has no room."""
        area = fitted.title_area or fitted.title_box or self.geometry.title
        try:
            new = self.titled(slide, area, fitted.layout)
        except AuthorError:
            return None
        return replace(
            fitted, slide=slide, title_size=new.title_size,
            title_lines=new.title_lines, title_extra=new.title_extra,
        )  # fmt: skip

    def slide(self, slide: Slide) -> list[FittedSlide]:
        """One slide, or several numbered parts of it.

        Raises:
            AuthorError: the title, or something that cannot be split, does not fit at the floor.
        """
        if slide.layout in ("title", "section"):
            return [self.opening(slide)]
        if slide.layout in ALONE:
            return [fit_alone(slide, self.geometry, self.typeface)]
        if slide.layout == "full-bleed":
            return [self.full_bleed(slide)]
        if slide.layout and slide.layout not in LAYOUTS:
            return [self.on_named_layout(slide)]
        slide = replace(slide, blocks=without_lone_bullet(slide.blocks))
        pages = self.pages(slide)
        out = []
        for number, (blocks, placed) in enumerate(pages, start=1):
            part = part_of(slide, blocks, number, len(pages))
            box = title_beside(placed, self.geometry.title)
            titled = self.titled(part, box, layout_of(part))
            own = box if box != self.geometry.title else None
            out.append(replace(titled, placed=tuple(placed), title_box=own))
        return out

    def full_bleed(self, slide: Slide) -> FittedSlide:
        """One picture that fills the slide, cut to its shape, with the title and words on a band at its foot.

        Raises:
            AuthorError: there is not just one picture, or something else than words, or too many of these.
        """
        pictures = [block for block in slide.blocks if isinstance(block, Picture)]
        texts = [block for block in slide.blocks if isinstance(block, Text)]
        if len(pictures) != 1 or len(texts) + 1 < len(slide.blocks):
            raise UnsuitableLayoutError(
                "a full-bleed slide shows one picture and words on it; take the rest away, or the layout.", slide.source
            )
        g, [picture], place = self.geometry, pictures, place_on_band(self.geometry)
        below = caption_size(picture.caption, place.width, g, self.typeface)
        titled = self.titled(slide, place, "full-bleed")
        tall = len(titled.title_lines) * titled.title_size * self.typeface.pitch + titled.title_extra
        bottom = g.height - BAND_FOOT - below
        words = words_on_band(texts, bottom, g, self.typeface)
        if texts and words is None:
            raise UnsuitableLayoutError("a full-bleed slide has room for a few words on its picture.", slide.source)
        top = words.y - BAND_PADDING if words is not None else bottom
        area = Area(place.x, top - tall, place.width, tall)
        placed = Placed(picture, 0, 0, g.width, g.height, g.sizes.caption, "full-bleed", caption_height=below)
        shown = replace(titled, placed=(placed,), title_area=area)
        if words is not None:
            shown = replace(shown, placed=(placed, words), title_side=side_of(slide.title))
        return shown

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
                f"{asked(slide.layout, [*LAYOUTS, *(other.name for other in self.geometry.named.values())])}"
            )
            raise AuthorError(message, slide.source)
        if layout.title is None or (slide.blocks and not layout.contents):
            what = "title" if layout.title is None else "contents"
            raise UnsuitableLayoutError(
                f"the template's layout '{layout.name}' has no place for {what}; choose another one.", slide.source
            )
        titled = self.titled(slide, layout.title, slide.layout)
        last = len(layout.contents) - 1
        groups = [
            [block for index, block in enumerate(slide.blocks) if min(index, last) == place]
            for place in range(last + 1)
        ]
        arranger = Arranger(self.geometry, self.typeface)
        placed: list[Placed] = []
        for blocks, area in zip(groups, layout.contents, strict=True):
            found = arranger.stack(blocks, area, arranger.scales)
            if found is None:
                raise UnsuitableLayoutError(
                    f"{name_of(blocks[0])} does not fit in the template's layout '{layout.name}'; shorten it, "
                    "or choose another layout.",
                    slide.source,
                )
            placed += found
        first = next((index for index, item in enumerate(placed) if item.role == "body"), -1)
        placed = [replace(item, role="body" if index == first else "") for index, item in enumerate(placed)]
        return replace(titled, placed=tuple(placed))

    def opening(self, slide: Slide) -> FittedSlide:
        """A title or section slide."""
        geometry = self.geometry
        area = geometry.opening_title if slide.layout == "title" else geometry.section_title
        size = geometry.opening_title_size if slide.layout == "title" else geometry.section_title_size
        fitted, broken = self.title(slide, area, size, geometry.sizes.title_floor, 3)
        return FittedSlide(slide, slide.layout, fitted, broken.lines, title_extra=broken.extra)

    def titled(self, slide: Slide, area: Area, layout: str) -> FittedSlide:
        """A slide with its title in ``area``, on two lines at most, and nothing else yet; beside its content, in a
        place that is higher than wide, a title has as many lines as there is room for."""
        sizes = self.geometry.sizes
        most = 2 if area.width >= area.height else int(area.height / (sizes.title_floor * self.typeface.pitch))
        size, broken = self.title(slide, area, sizes.title, sizes.title_floor, most)
        return FittedSlide(slide, layout, size, broken.lines, title_extra=broken.extra)

    def title(self, slide: Slide, area: Area, size: float, floor: float, most: int) -> tuple[float, Broken]:
        """Size and lines of the title, at most ``most`` lines and the height of ``area``; one that is too long for that
        has lines below ``floor``.
        """
        runs = styled(slide.headline, self.geometry.title_look(slide.layout))
        typeface = title_face(self.typeface, self.geometry)
        sizes = [size - step for step in range(0, int(size - floor) + 1, 2)]
        on_one_line = [(one, 1) for one in sizes if one >= size * ONE_LINE]
        for one, lines in [*on_one_line, *((one, most) for one in sizes)]:
            broken = break_runs(runs, area.width, one, typeface)
            height = broken.height(one * typeface.pitch_of(runs))
            if len(broken.lines) <= lines and broken.needed <= most and broken.fits and height <= area.height + 1:
                return one, broken
        return self.small_title(slide, runs, area, floor)

    def small_title(self, slide: Slide, runs: Runs, area: Area, floor: float) -> tuple[float, Broken]:
        """Size, from ``floor`` down, and lines of a long title, as many as stand in the height of ``area``; words that
        are too wide are broken.

        Raises:
            AuthorError: it is too long even at `LEAST_TITLE`, or has formulas that do not fit at the floor.
        """
        typeface = title_face(self.typeface, self.geometry)
        least = floor if any(run.math for run in runs) else min(floor, LEAST_TITLE)
        for step in range(int(floor - least) + 1):
            broken = break_runs(runs, area.width, floor - step, typeface)
            if broken.formulas_fit and broken.height((floor - step) * typeface.pitch_of(runs)) <= area.height + 1:
                return floor - step, broken
        raise AuthorError(
            f"the title '{shortened(slide.heading)}' is too long for its box at {least:g} pt; {self.shorten()}",
            slide.source,
        )

    def shorten(self) -> str:
        """What to do about a long title."""
        return f"shorten it, or give the slide one of its own{self.mend('title')}."

    def warn_of_small_title(self, slide: Slide, part: FittedSlide) -> None:
        """Log a title that is set whole, below the floor."""
        text, size = plain(slide.title), part.title_size
        if size < self.geometry.sizes.title_floor and part.slide.heading.startswith(text):
            message = f"the title '{shortened(text)}' is long and stands at {size:g} pt; {self.shorten()}"
            warn(message, slide.source, "title")

    def mend(self, place: str) -> str:
        """What to change in a template whose place for titles or content is too small: the end of a sentence."""
        advice = self.geometry.advice.get(place)
        return f"; or mend the template: {advice}" if advice else ""

    def is_title_clear(self, slide: Slide, area: Area) -> bool:
        """True if the title fits in ``area`` and is not set smaller for it."""
        try:
            return self.titled(slide, area, "").title_size >= ONE_LINE * self.geometry.sizes.title
        except AuthorError:
            return False

    # --- content

    def pages(self, slide: Slide) -> list[tuple[Sequence[Block], list[Placed]]]:
        """Blocks of each part of a slide, placed above the footnotes that they refer to.

        Raises:
            AuthorError: something that cannot be divided does not fit at the floor.
        """
        if not slide.blocks:
            return [((), [])]
        arranger = Arranger(self.geometry_for(slide), self.typeface, slide.footnotes)
        edged = picture_at_edge(arranger, slide.blocks)
        if edged is not None and self.is_title_clear(slide, title_beside(edged, self.geometry.title)):
            return [(slide.blocks, self.finished(slide.blocks, edged, arranger))]
        placed = (
            composed(arranger, slide.blocks)
            or arranger.on_slide(slide.blocks, arranger.scales)
            or arranger.beside_formula(slide.blocks)
        )
        if placed is not None:
            return [(slide.blocks, self.finished(slide.blocks, placed, arranger))]
        found: list[tuple[Sequence[Block], list[Placed]]] = []
        for scale, series in self.divided(slide, arranger):
            for blocks in series:
                placed = (composed(arranger, blocks) if len(series) == 1 else None) or arranger.on_slide(
                    blocks, (scale,)
                )
                assert placed is not None
                found.append((blocks, self.finished(blocks, placed, arranger)))
        return found

    def geometry_for(self, slide: Slide) -> Geometry:
        """The geometry of a slide, whose title may leave room to what there is to see below it."""
        sizes = self.geometry.sizes
        try:
            size, title = self.title(slide, self.geometry.title, sizes.title, sizes.title_floor, 2)
        except AuthorError:
            return self.geometry
        return below_short_title(self.geometry, slide.blocks, title.height(size * self.typeface.pitch))

    def divided(self, slide: Slide, arranger: Arranger) -> list[tuple[float, list[list[Block]]]]:
        """The scale and the blocks of parts of a slide that is too long, those that go on in each other together.

        Raises:
            AuthorError: something that cannot be divided does not fit at the floor.
        """

        def fits(blocks: Sequence[Block], scale: float, share: float) -> bool:
            return arranger.on_slide(blocks, (scale,), share) is not None

        floor = arranger.scales[-1]
        small_enough = [
            one for block in slide.blocks for one in in_smaller_blocks(block, lambda piece: fits([piece], floor, 1.0))
        ]
        content = content_of(small_enough, lambda block: is_short(block, arranger))
        try:
            return list(Flow(content, arranger.scales, fits, arranger.weight, arranger.is_crowded).runs())
        except NoPartitionError as error:
            [block, *_] = content.between(error.first, error.first + 1)
        raise AuthorError(
            f"this does not fit on a slide, not even at {self.geometry.sizes.body_floor:g} pt, and cannot be split: "
            f"{name_of(block)}. Shorten it or give it a shorter form for the slide{self.mend('content')}.",
            block.source if block.source.line else slide.source,
        )

    @staticmethod
    def finished(blocks: Sequence[Block], placed: list[Placed], arranger: Arranger) -> list[Placed]:
        """Placed blocks, a picture alone in the middle, with their footnotes."""
        return [*arranger.centred(placed), *arranger.notes(blocks)]


def is_short(block: Block, arranger: Arranger) -> bool:
    """True for a box, a table and the like that leaves room for other things on a slide, and for a box with a picture
    that has room on one.
    """
    area = arranger.geometry.content
    height = arranger.measure(block, area.width, arranger.scales[-1]).height
    share = 1.0 if any(isinstance(one, Picture) for one in with_inner([block])) else SHORT
    return not isinstance(block, Text) and height <= share * area.height


def shows_columns(slides: Iterable[Slide]) -> bool:
    """True if one of ``slides`` has blocks in columns."""
    return any(isinstance(block, Columns) for slide in slides for block in slide.blocks)


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
