"""A slide that does not fit as it is planned, fitted as far as it can be: only the parts that hinder give way.

In turn: a title that is too long is cut off, a layout that the content does not suit is left, and each block that
cannot be fitted alone has a substitute. What is no longer on the slide stands in its notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from builder.deck.blocks import Panel, Text
from builder.deck.formulas_as_text import without_math
from builder.deck.lines import split_runs
from builder.deck.measured import bold
from builder.deck.model import ALONE, LAYOUTS, Block, FittedSlide, Paragraph, Run, Runs, Slide, plain
from builder.deck.split import largest, part_of
from builder.deck.substitutes import name_of, substitutes
from builder.deck.words import words_of
from builder.errors import NOWHERE, AuthorError, BlockError, Source, fault_in, warn

Fit = Callable[[Slide], list[FittedSlide]]
SET_LARGE = ("title", "section", *ALONE)
"""Layouts whose title has a type of its own."""
CUT = "…"


class UnsuitableLayoutError(AuthorError):
    """The content of a slide does not suit the layout that its author asked for."""


def rescued(slide: Slide, fit: Fit) -> tuple[list[FittedSlide], list[AuthorError]]:
    """The parts of a slide as far as it can be fitted, and an error for each part that is not shown as planned."""
    try:
        return fit(slide), []
    except Exception as error:
        why = fault_in("this slide", "what can be shown of it", error, slide.source)
    errors: list[AuthorError] = []
    slide = with_title_that_fits(slide, fit, errors)
    if slide.layout == "full-bleed" or slide.layout not in (*LAYOUTS, ""):
        if isinstance(why, UnsuitableLayoutError):
            warn(f"{why.message} It has the usual layout.", why.source, "layout")
        else:
            errors.append(why)
        slide = replace(slide, layout="")
    slide = with_blocks_that_fit(slide, fit, errors)
    if problem(slide, fit) is None:
        return fit(slide), errors
    return one_by_one(slide, fit), errors or [why]


def problem(slide: Slide, fit: Fit, what: str = "this slide", source: Source = NOWHERE) -> AuthorError | None:
    """The error of a slide that does not fit, as one in ``what`` at ``source``; None for one that fits."""
    try:
        fit(slide)
    except Exception as error:
        return fault_in(what, "what can be shown of it", error, source if source.path else slide.source)
    return None


# --- titles


def with_title_that_fits(slide: Slide, fit: Fit, errors: list[AuthorError]) -> Slide:
    """``slide`` with the formulas of its title as text where it does not fit, else cut off, and without one where it
    cannot be shown at all.
    """
    bare = replace(slide, blocks=(), footnotes=(), layout=slide.layout if slide.layout in SET_LARGE else "")
    error = problem(bare, fit, "the title of this slide")
    if error is None:
        return slide
    in_words = without_math(slide.title)
    if in_words != slide.title and problem(replace(bare, title=in_words), fit) is None:
        warn(
            f"the title '{plain(slide.title)}' has no room for its formulas, and has them as text.",
            slide.source,
            "formula",
        )
        return replace(slide, title=in_words)
    if isinstance(error, BlockError):
        errors.append(error)
    else:
        warn(f"{error.message} It is cut off there, and stands whole in the notes.", error.source, "title")
    text = plain(slide.title)
    count = largest(len(text), lambda count: problem(replace(bare, title=cut_off(slide.title, count)), fit) is None)
    title = cut_off(slide.title, count) if count else (Run(CUT),)
    return replace(with_notes(slide, [text]), title=title)


def cut_off(runs: Runs, count: int) -> Runs:
    """The words in the first ``count`` characters of ``runs``, or part of a longer word, and a mark for the rest."""
    end = plain(runs)[:count].rfind(" ")
    return (*split_runs(runs, [end if end > 0 else count])[0], Run(CUT))


def with_notes(slide: Slide, lines: Sequence[str]) -> Slide:
    """``slide`` with more lines in its notes."""
    return replace(slide, notes=replace(slide.notes, author=(*slide.notes.author, *lines)))


def instead(error: AuthorError, sentence: str) -> AuthorError:
    """``error`` with a sentence about its substitute; a fault of ours has one already."""
    return error if isinstance(error, BlockError) else AuthorError(f"{error.message} {sentence}", error.source)


# --- blocks


def with_blocks_that_fit(slide: Slide, fit: Fit, errors: list[AuthorError]) -> Slide:
    """``slide`` with a substitute for each block that cannot be fitted alone; an automatic slide goes without."""
    shown: list[Block] = []

    def hindrance(block: Block) -> AuthorError | None:
        return problem(replace(slide, blocks=(block,)), fit)

    for block in (part for one in slide.blocks for part in unpacked(one, hindrance)):
        error = problem(replace(slide, blocks=(block,)), fit, name_of(block), block.source)
        if error is None:
            shown.append(block)
            continue
        if slide.automatic:
            errors.append(error)
            continue
        found, lost, sentence = substitute(block, slide, fit)
        errors.append(instead(error, sentence))
        shown += found
        slide = with_notes(slide, lost)
    return replace(slide, blocks=tuple(shown))


def unpacked(block: Block, hindrance: Callable[[Block], AuthorError | None]) -> list[Block]:
    """A panel as several, with what does not fit in one between them; another block, one that fits, and one with a
    fault of ours, as it is.
    """
    if not isinstance(block, Panel) or (why := hindrance(block)) is None or isinstance(why, BlockError):
        return [block]
    name = Text((Paragraph(bold(block.title), source=block.source),), block.source)
    found: list[Block] = [name] if block.title else []
    for can_stay, group in groupby(block.blocks, lambda one: hindrance(replace(block, blocks=(one,))) is None):
        held = tuple(group)
        found += [replace(block, title=(), blocks=held, label="")] if can_stay else held
    return found


def substitute(block: Block, slide: Slide, fit: Fit) -> tuple[list[Block], Sequence[str], str]:
    """(substitutes for a block, its words for the notes, a sentence about both)."""

    def fits(one: Block) -> bool:
        return problem(replace(slide, blocks=(one,)), fit) is None

    if isinstance(block, Text) and (shorter := shortened(block, fits)) is not None:
        return [shorter], words(block), "It is cut off there, and stands whole in the notes."
    for one in substitutes(block):
        if fits(one) and len(fit(replace(slide, blocks=(one,)))) == 1:
            lost = () if isinstance(one, Text) else words(block)
            what = "Its words stand" if isinstance(one, Text) else "A frame that names it stands"
            return [one], lost, f"{what} on the slide."
    return [], words(block), "Its words stand in the notes."


def words(block: Block) -> Sequence[str]:
    """The words of a block; none where its kind fails to give them."""
    try:
        return words_of(block)
    except Exception:
        return ()


def shortened(block: Text, fits: Callable[[Block], bool]) -> Text | None:
    """Text whose paragraphs are cut off where they do not fit alone; None where that does not help."""

    def fits_alone(paragraph: Paragraph) -> bool:
        return fits(replace(block, paragraphs=(paragraph,)))

    text = replace(block, paragraphs=tuple(shorter(paragraph, fits_alone) for paragraph in block.paragraphs))
    return text if fits(text) else None


def shorter(paragraph: Paragraph, fits: Callable[[Paragraph], bool]) -> Paragraph:
    """``paragraph``, cut off where it does not fit."""
    if fits(paragraph):
        return paragraph
    cut = partial(cut_off, paragraph.runs)
    count = largest(len(plain(paragraph.runs)), lambda count: fits(replace(paragraph, runs=cut(count))))
    return replace(paragraph, runs=cut(count))


def one_by_one(slide: Slide, fit: Fit) -> list[FittedSlide]:
    """The blocks of a slide that fit alone and not together, each on slides of its own; the title alone without any."""
    alone = [replace(slide, blocks=(block,)) for block in slide.blocks] or [slide]
    parts = [part for one in alone if problem(one, fit) is None for part in fit(one)]
    return [
        replace(part, slide=part_of(slide, part.slide.blocks, number, len(parts)))
        for number, part in enumerate(parts, start=1)
    ]
