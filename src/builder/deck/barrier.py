"""Writes a placed block, or what can be written in its place: a block that a writer fails on costs itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

from builder.deck.blocks import Text
from builder.deck.geometry import Geometry
from builder.deck.kinds import measure
from builder.deck.lines import Typeface
from builder.deck.model import Block, FittedSlide, Paragraph, Placed, Run, plain
from builder.deck.rescue import cut_off
from builder.deck.split import largest
from builder.deck.substitutes import name_of, substitutes
from builder.deck.words import words_of
from builder.errors import AuthorError, Source, fault_in

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Barrier:
    """Stands round the writing of each block of a deck; ``errors`` has a report of each that could not be written."""

    geometry: Geometry
    typeface: Typeface
    errors: list[AuthorError] = field(default_factory=list)

    def write(self, placed: Placed, where: Source, write: Callable[[Placed], str]) -> str:
        """Write a block of the slide at ``where``, or the first substitute that can be written; returns '' for none."""
        try:
            return write(placed)
        except Exception as error:
            self.report(placed.block, where, error)
        for one in self.in_its_place(placed):
            with suppress(Exception):
                return write(one)
        return ""

    def report(self, block: Block, where: Source, error: Exception) -> None:
        """Add an error for a block that cannot be written."""
        source = block.source if block.source.path else where
        self.errors.append(fault_in(name_of(block), "its words", error, source))

    def in_its_place(self, placed: Placed) -> Iterator[Placed]:
        """Substitutes for a block in its box, the best first; those are left out that cannot be measured there."""
        for one in substitutes(placed.block):
            with suppress(Exception):
                yield self.boxed(one, placed)
        with suppress(Exception):
            yield self.boxed(self.in_one_paragraph(placed), placed)

    def boxed(self, block: Block, placed: Placed) -> Placed:
        """A block in the box of another, at its smallest size.

        Raises:
            ValueError: it does not fit there.
        """
        sizes = self.geometry.sizes
        measured = measure(block, placed.width, sizes.lowest, self.geometry, self.typeface)
        if measured.height > placed.height + 1:
            raise ValueError("the box is too small")
        return replace(measured.at(placed.x, placed.y, placed.width, placed.height), role=placed.role)

    def in_one_paragraph(self, placed: Placed) -> Text:
        """The words of a block as one paragraph, cut off where its box ends."""
        block = placed.block
        runs = (Run(" ".join(words_of(block))),)

        def fits(count: int) -> bool:
            try:
                self.boxed(text(count), placed)
            except ValueError:
                return False
            return True

        def text(count: int) -> Text:
            return Text((Paragraph(cut_off(runs, count), 0, "", block.source),), block.source, block.label)

        return text(largest(len(plain(runs)), fits))

    @contextmanager
    def around(self, what: str, instead: str, source: Source) -> Iterator[None]:
        """Catch what is raised inside, and add it as a fault in ``what`` that leaves ``instead`` in its place."""
        try:
            yield
        except Exception as error:
            self.errors.append(fault_in(what, instead, error, source))

    def slide(self, fitted: FittedSlide, write: Callable[[FittedSlide], T]) -> T:
        """Write a slide, or its title with the words of its blocks where ``write`` fails outside of a block."""
        try:
            return write(fitted)
        except Exception as error:
            self.errors.append(fault_in("this slide", "its text alone", error, fitted.slide.source))
        return write(self.plain_slide(fitted))

    def plain_slide(self, fitted: FittedSlide) -> FittedSlide:
        """A slide with the usual layout, of its title and substitutes for its blocks."""
        placed = fitted.placed
        if fitted.layout == "full-bleed":
            area = self.geometry.content
            placed = tuple(replace(item, x=area.x, y=area.y, width=area.width, height=area.height) for item in placed)
        found = (next(self.in_its_place(item), None) for item in placed)
        layout = "" if fitted.layout == "full-bleed" else fitted.layout
        slide = replace(fitted.slide, layout=layout if fitted.slide.layout else "", background="")
        shown = tuple(item for item in found if item is not None)
        return FittedSlide(slide, layout, fitted.title_size, fitted.title_lines, shown, title_extra=fitted.title_extra)
