"""Marked sentences → what their slides show: the words of the title, and what stands beside them.

A number stands large with its unit, and below it what it counts: the words that are marked for that, the rest of a
sentence that begins with the number, or the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docutils import nodes

from builder.deck.blocks import Dots, Quote, Text
from builder.deck.inline import as_bullet, capital, runs_of, sentence_ends, shown_of, tidy
from builder.deck.lines import split_runs
from builder.deck.minutes import in_minutes
from builder.deck.model import ALONE, Block, Paragraph, Run, Runs, Slide, joined, plain
from builder.errors import source_of, warn
from builder.source.annotations.marks import mark_of
from builder.source.annotations.vocabulary import COUNTED, DOTS

DIGITS = r"\d(?:[\d.,'’\u00a0\u202f\u2009]*\d)?"
LARGE = re.compile(rf"[+−–-]?[$€£¥₮]?(?:{DIGITS})(?:[\u00a0\u202f ]?[%‰°])?")
"""What stands large of a number: its figures, with what belongs to them."""
MOST_DOTS = 200
"""More things are not counted by looking at them."""
OPENS, CLOSES = "\ue0f0", "\ue0f1"
"""Private characters round a mark, by which its words are found among those of its paragraph."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The slide of a marked sentence: its title, and the blocks that stand beside that."""

    title: Runs
    blocks: tuple[Block, ...] = ()


def spoken(mark: nodes.Element, kind: str, docname: str, *, verbatim: bool) -> Spoken:
    """What the slide of a mark, or of a marked paragraph, shows; ``kind`` is that of the slide."""
    runs = tuple(replace(run, link="") for run in runs_of(shown_of(mark).children, docname))
    if kind == "number":
        return Spoken(with_unit(runs), tuple(beside_number(mark, runs, docname)))
    if kind == "assertion":
        return Spoken(tuple(replace(run, bold=False) for run in (runs if verbatim else as_bullet(runs))))
    if not verbatim and runs and not (runs[0].code or runs[0].math):
        runs = (replace(runs[0], text=capital(runs[0].text)), *runs[1:])
    return Spoken(runs)


def with_unit(runs: Runs) -> Runs:
    """The words of a number, all small but for its figures; unchanged where there are none, or formulas."""
    found = LARGE.search(plain(runs))
    if found is None or any(run.math for run in runs):
        return runs
    before, figures, behind = split_runs(runs, [found.start(), found.end() - found.start(), len(plain(runs))])
    small = [[replace(run, small=True) for run in part if run.text] for part in (before, behind)]
    return (*small[0], *figures, *small[1])


def beside_number(mark: nodes.Element, runs: Runs, docname: str) -> Iterator[Block]:
    """Yield what a number counts, and its dots where they are asked for."""
    source = source_of(mark)
    counted = counted_by(mark, docname)
    if counted:
        yield Text((Paragraph(counted, source=source),), source)
    around = mark.parent["classes"] if mark.parent is not None else ()
    if DOTS in mark["classes"] or DOTS in around:
        dots = dots_of(plain(runs))
        if dots is None:
            message = f"dots show so many of so many, such as '36 of 51', up to {MOST_DOTS}; '{plain(runs)}' is not so."
            warn(message, mark, "dots")
        else:
            yield Dots(*dots, plain(runs), source)


def dots_of(words: str) -> tuple[int, int] | None:
    """(how many, of how many) of words such as ``36 of 51``; None where they have not two such numbers."""
    found = [int(one) for one in re.findall(r"\d+", re.sub(r"(?<=\d)[.,'’\u00a0\u202f](?=\d{3})", "", words))]
    if len(found) != 2 or not 0 < found[0] <= found[1] <= MOST_DOTS:
        return None
    return found[0], found[1]


def counted_by(mark: nodes.Element, docname: str) -> Runs:
    """What a marked number counts."""
    around = mark.parent
    while isinstance(around, nodes.inline) or type(around) in (nodes.emphasis, nodes.strong):
        around = around.parent
    if around is None:
        return ()
    other = next((one for one in around.findall(nodes.inline) if mark_of(one) == COUNTED), None)
    if other is not None:
        return as_bullet(runs_of(shown_of(other).children, docname))
    before, number, behind = sentence_of_mark(around, mark, docname)
    if any(char.isalnum() for char in plain(before)):
        whole = (*before, *(replace(run, bold=True) for run in number), *behind)
        return without_stop(tidy(list(whole)))
    return without_stop(tidy(list(behind)))


def sentence_of_mark(around: nodes.Element, mark: nodes.Element, docname: str) -> tuple[Runs, Runs, Runs]:
    """The sentence that a mark stands in: the runs before it, its own, and those behind it."""
    place = next(number for number, node in enumerate(around.findall(nodes.Element)) if node is mark)
    copied = around.deepcopy()
    same = next(node for number, node in enumerate(copied.findall(nodes.Element)) if number == place)
    same.insert(0, nodes.Text(OPENS))
    same.append(nodes.Text(CLOSES))
    runs = tuple(replace(run, link="") for run in runs_of(copied.children, docname))
    text = plain(runs)
    opens, closes = text.index(OPENS), text.index(CLOSES)
    letters = text.replace(OPENS, "A").replace(CLOSES, "a")  # a sentence may begin with the figures of a mark
    ends = [0, *sentence_ends(letters), len(text)]
    start, end = next((a, b) for a, b in pairwise(ends) if a <= opens < b)
    end = max(end, next((b for b in ends if b > closes), len(text)))
    cut = [start, opens - start, 1, closes - opens - 1, 1, end - closes - 1]
    pieces: Sequence[Runs] = split_runs(runs, cut)
    return pieces[1], pieces[3], pieces[5]


def without_stop(runs: Runs) -> Runs:
    """``runs`` without the full stop that they end with."""
    text = plain(runs).rstrip()
    if not text.endswith(".") or text.endswith("..."):
        return runs
    return tidy([*split_runs(runs, [len(text) - 1])[0]])


def alone_and_rest(slide: Slide, *, has_own_title: bool, language: str) -> list[Slide]:
    """A slide; one whose title is all that it is about is made of what its layout shows, and the rest follows under
    the same title.
    """
    if slide.layout not in ALONE:
        return [slide]
    if slide.layout == "quote":
        return [quotation(slide, has_own_title=has_own_title)]
    if slide.layout == "number":
        slide = replace(slide, title=with_unit(slide.title) if has_own_title else slide.title)
    if slide.layout == "question":
        slide = replace(slide, kicker=in_minutes(slide.minutes, language, "long") if slide.minutes else "")
    beside = tuple(block for block in slide.blocks if stands_beside(block, slide.layout))
    rest = tuple(block for block in slide.blocks if block not in beside)
    alone = replace(slide, blocks=beside)
    if not rest:
        return [alone]
    return [alone, replace(slide, key=f"{slide.key}/rest", layout="", kicker="", blocks=rest, named=False, minutes=0)]


def stands_beside(block: Block, layout: str) -> bool:
    """True for a block that the slide of a number or question shows: its words, the dots of a number."""
    return layout in ("number", "question") and isinstance(block, Text | Dots)


def quotation(slide: Slide, *, has_own_title: bool) -> Slide:
    """The slide of a quotation: its words are the title, and below it stands who said them, beside a portrait.

    Where the slide has another title, or shows something else, it has the usual layout.
    """
    [*quotes] = (block for block in slide.blocks if isinstance(block, Quote))
    if has_own_title or len(slide.blocks) != 1 or not quotes or not quotes[0].paragraphs:
        if not has_own_title:
            message = "a slide of the layout 'quote' shows one quotation and nothing else; it has the usual layout."
            warn(message, slide.source, "layout")
        return replace(slide, layout="")
    [quote] = quotes
    by = [Text((Paragraph(quote.attribution, source=quote.source),), quote.source)] if quote.attribution else []
    portrait = [quote.portrait] if quote.portrait is not None else []
    title = joined(run for number, runs in enumerate(quote.paragraphs) for run in (*[Run(" ")] * bool(number), *runs))
    return replace(slide, title=title, blocks=(*by, *portrait))
