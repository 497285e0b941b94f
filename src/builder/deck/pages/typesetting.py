"""The slides of a fitted deck set by Typst; slides and blocks that it refuses are found and have substitutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typst

from builder.deck.barrier import Barrier
from builder.deck.geometry import Geometry
from builder.deck.lines import Typeface
from builder.deck.model import FittedDeck, FittedSlide, Placed
from builder.deck.pages.typst import PageWriter
from builder.errors import AuthorError, fault_in, warn
from builder.store.bisecting import spoiling
from builder.typeset import fonts
from builder.typeset.compile import below_root, compiled, export, font_book, root_of_drive
from builder.typeset.scripts import runs_from_right

Write = Callable[[FittedDeck, PageWriter], str]
"""What makes Typst text of a deck."""


def typst_path(picture: str) -> str:
    """A picture's file as Typst finds it."""
    return below_root(Path(picture))


@dataclass(frozen=True, slots=True)
class Press:
    """Sets the slides of a deck in the look of its template."""

    geometry: Geometry
    colours: Mapping[str, str]
    """Role of a theme → ``#rrggbb``."""
    typeface: Typeface

    def pages(self, lang: str) -> PageWriter:
        """The writer of the slides of a deck in a language as Typst."""
        families = tuple(fonts.family_name(file) for file in self.typeface.others)
        barrier = Barrier(self.geometry, self.typeface)
        formulas = self.typeface.formulas
        return PageWriter(
            self.geometry, self.typeface, formulas, self.colours, typst_path, barrier, families, runs_from_right(lang)
        )

    def compiler(self, text: str) -> typst.Compiler:
        """A compiler over slides as Typst."""
        files = [*map(fonts.font_file, self.typeface.families), *self.typeface.others]
        faces = font_book([*fonts.typst_font_folders(), *map(fonts.static_folder, files)])
        return typst.Compiler(text.encode(), root=root_of_drive(), font_paths=faces, ignore_system_fonts=True)

    def pdf(self, fitted: FittedDeck, write: Write) -> tuple[bytes, list[AuthorError]]:
        """The PDF of a deck as ``write`` gives its Typst text, and an error for each block that has a substitute.

        Raises:
            TypstError: it does not compile, whatever its blocks are.
        """
        pages = self.pages(fitted.deck.lang)
        text = write(fitted, pages)
        try:
            return self.exported(text, fitted.deck.name), pages.barrier.errors
        except typst.TypstError as error:
            fitted, errors = self.mended(fitted, error)
        return self.exported(write(fitted, self.pages(fitted.deck.lang)), fitted.deck.name), [
            *pages.barrier.errors,
            *errors,
        ]

    def exported(self, text: str, name: str) -> bytes:
        """Slides as PDF.

        Raises:
            TypstError: they do not compile.
        """
        pdf, hindered, _warnings = export(lambda: self.compiler(text))
        if hindered is not None:
            warn(f"the PDF of the deck '{name}' is not PDF/UA-1: {hindered}", None, "pdf_standard")
        return pdf

    # --- what Typst refuses

    def compiles(self, fitted: FittedDeck, slides: Sequence[FittedSlide]) -> bool:
        """True if ``slides`` of a deck compile."""
        text = self.pages(fitted.deck.lang).deck(replace(fitted, slides=tuple(slides)))
        try:
            compiled(self.compiler(text))
        except typst.TypstError:
            return False
        return True

    def mended(self, fitted: FittedDeck, error: Exception) -> tuple[FittedDeck, list[AuthorError]]:
        """A deck without the blocks that Typst refuses, and an error for each with Typst's message for the whole."""
        barrier = Barrier(self.geometry, self.typeface)
        broken = spoiling(
            [slide for slide in fitted.slides if not slide.slide.hidden],
            lambda slides: self.compiles(fitted, slides),
        )
        slides = tuple(
            self.mended_slide(fitted, slide, error, barrier) if slide in broken else slide for slide in fitted.slides
        )
        return replace(fitted, slides=slides), barrier.errors

    def mended_slide(self, fitted: FittedDeck, slide: FittedSlide, error: Exception, barrier: Barrier) -> FittedSlide:
        """A slide with substitutes for the blocks that do not compile, and without its title when that does not."""

        def works(placed: Sequence[Placed]) -> bool:
            return self.compiles(fitted, [replace(bare, placed=tuple(placed))])

        bare = replace(slide, placed=(), layout="" if slide.layout == "full-bleed" else slide.layout)
        if not works(()):
            barrier.errors.append(fault_in("the title of this slide", "none", error, slide.slide.source))
            bare = replace(
                bare, slide=replace(slide.slide, title=(), subtitle="", kicker="", background=""), title_lines=()
            )
        shown: list[Placed] = []
        for placed in slide.placed:
            if works([placed]):
                shown.append(placed)
                continue
            barrier.report(placed.block, slide.slide.source, error)
            shown += [one for one in barrier.in_its_place(placed) if works([one])][:1]
        return replace(bare, placed=tuple(shown))
