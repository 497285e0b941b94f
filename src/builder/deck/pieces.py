"""Text in pieces, where one paragraph, cell or line is longer than a slide; sentences that lead to what follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

from builder.deck.lines import split_runs
from builder.deck.model import Paragraph, Run, Runs, plain
from builder.errors import shortened, warn

LEAD_IN = (":", "：", "﹕")
"""Ends of a sentence that leads to what follows."""
VERSE, VERSE_INDENT = "\u200b", "\u2003\u2003"
"""What lines of verse begin with: nothing that shows, or as indentation spaces of one em, which are not folded."""
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)]*(?:\s+|(?<=[。！？]))")
NEAR = 0.15
"""A sentence that ends within so much of a piece's length from its end is not cut."""


def leads_on(paragraph: Paragraph) -> bool:
    """True for a paragraph that ends with a colon, and for one in bold alone, which is a heading."""
    shown = [run for run in paragraph.runs if run.text.strip()]
    is_heading = bool(shown) and not paragraph.level and all(run.bold for run in shown)
    return is_heading or plain(paragraph.runs).rstrip().endswith(LEAD_IN)


def is_verse(paragraph: Paragraph) -> bool:
    """True for a line of verse, and for what stands between two stanzas."""
    return bool(paragraph.runs) and paragraph.runs[0].text.startswith((VERSE, VERSE_INDENT))


def pieces_of(paragraph: Paragraph, fits: Callable[[Paragraph], bool]) -> list[Paragraph]:
    """A paragraph that fits, else pieces of it that do, of which only the first has its bullet.

    Formulas that are wider than the slide stand in their line of Unicode, which has several lines, with a warning.
    """
    if fits(paragraph):
        return [paragraph]
    settled = tuple(unset(run, paragraph, fits) for run in paragraph.runs)
    first, *others = in_pieces(settled, lambda runs: fits(replace(paragraph, runs=runs)))
    rest = replace(paragraph, number="", continues=paragraph.level > 0)
    return [replace(paragraph, runs=first), *(replace(rest, runs=runs) for runs in others)]


def unset(run: Run, paragraph: Paragraph, fits: Callable[[Paragraph], bool]) -> Run:
    """A run of a paragraph; the words of a formula that does not fit by itself."""
    if not run.math or fits(replace(paragraph, runs=(run,))):
        return run
    message = f"the formula '{shortened(run.math)}' is wider than the slide and stands on it as text; display it"
    warn(f"{message} in a block of its own.", paragraph.source, "wide_formula")
    return replace(run, math="", italic=True)


def in_pieces(runs: Runs, fits: Callable[[Runs], bool]) -> list[Runs]:
    """``runs`` in as few pieces of about one length as fit each; in one where no number of them does."""
    if fits(runs):
        return [runs]
    count, most = 2, len(plain(runs))
    while count <= most:
        pieces = split_runs(runs, cuts(runs, count))
        if all(map(fits, pieces)):
            return [piece for piece in map(stripped, pieces) if piece]
        count += 1 if count < 8 else count // 4
    return [runs]


def cuts(runs: Runs, count: int) -> list[int]:
    """Lengths of ``count`` pieces of ``runs``, cut where a sentence ends nearby, else between words; in no formula."""
    text = plain(runs)
    whole = formulas_in(runs)
    sentences = [match.end() for match in SENTENCE_END.finditer(text)]
    words = [match.end() for match in re.finditer(r"\s+", text)]
    ends, each = [0], len(text) / count
    for number in range(1, count):
        aim = number * each
        near = [end for end in sentences if abs(end - aim) <= NEAR * each]
        near = near or [end for end in words if abs(end - aim) <= each / 2] or [round(aim)]
        possible = [end for end in near if end > ends[-1] and not any(a < end < b for a, b in whole)]
        ends.append(min(possible, key=partial(distance, aim), default=ends[-1]))
    ends.append(len(text))
    return [b - a for a, b in pairwise(ends)]


def distance(aim: float, position: int) -> float:
    """Return how far a position is from where one is wanted."""
    return abs(position - aim)


def formulas_in(runs: Runs) -> list[tuple[int, int]]:
    """(start, end) of each formula in the text of ``runs``."""
    found, start = [], 0
    for run in runs:
        if run.math:
            found.append((start, start + len(run.text)))
        start += len(run.text)
    return found


def stripped(runs: Runs) -> Runs:
    """``runs`` without spaces at their end."""
    found = list(runs)
    while found and not found[-1].math:
        text = found[-1].text.rstrip()
        if text:
            found[-1] = replace(found[-1], text=text)
            break
        found.pop()
    return tuple(found)
