"""The slides round those of the book: agenda, openings of parts, works cited. Deck → Deck."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from builder.charts.data import ChartData, Event
from builder.deck.blocks import Column, Columns, Text
from builder.deck.blocks.texts import MOST_WORDS_OF_WORKS
from builder.deck.kinds import kind_of, with_inner
from builder.deck.model import Deck, FittedDeck, Notes, Paragraph, Part, Run, Runs, Slide, joined, plain
from builder.deck.unparted import unbroken
from builder.errors import NOWHERE, Source

AGENDA_SLIDES = 8
AGENDA_PARTS = 3
"""A deck of fewer slides or parts needs no agenda, and one of fewer parts no sign of where we are."""
OPENED_SLIDES = 4
"""Slides that the pages of a chapter have on average, at least, where each is opened by a slide of its own."""
AGENDA_MOST = 40
"""Nor does an agenda of more parts than these tell anybody anything."""
AGENDA_LINES = 9
"""Lines that one column of an agenda holds."""
AGENDA_COLUMNS = 3
"""A deck of more chapters than these lists only the chapters."""
WORDS_OF_LONG_WORK = 40
"""Words of a work cited that has more than a slide of works may."""

BETWEEN_WORDS = re.compile(r"[\s.,:;!?…\"'“”„‘’«»()–—-]+")
"""What titles of the same words may differ in."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work: its number in the book's list ('' without one), author and year, and its entry."""

    mark: str
    short: str
    entry: Runs

    @property
    def text(self) -> str:
        """The entry as the book's list has it, on one line."""
        return f"{self.mark} {plain(self.entry)}".strip()


def furnished(deck: Deck, works: Mapping[str, Work], words: Mapping[str, str]) -> Deck:
    """``deck`` with all that its style asks for. ``works`` has a work for each label in the list of sources."""
    wanted = with_solutions(deck.slides, deck.style.solutions)
    listing = [with_works_listed(with_short_citations(slide, works), works) for slide in wanted]
    opening, *slides = opened_once(listing)
    shown = with_openings(opening, [slide for slide in slides if not slide.hidden], deck.style.sections)
    backup = [slide for slide in slides if slide.hidden]
    agenda = agenda_slide(deck, shown, words["agenda"]) if deck.style.agenda else None
    closing = works_slide(deck, shown, works, words["references"]) if deck.style.references else None
    all_slides = (opening, agenda, *shown, closing, *backup)
    return replace(deck, slides=tuple(slide for slide in all_slides if slide is not None))


# --- solutions


def with_solutions(slides: Iterable[Slide], where: str) -> Iterator[Slide]:
    """Slides of which those of solutions are as they are (``after``), ``hidden``, or left out (``none``)."""
    for slide in slides:
        if not slide.is_solution or where == "after":
            yield slide
        elif where == "hidden":
            yield replace(slide, hidden=True)


# --- slides that open a part


def opened_once(slides: list[Slide]) -> list[Slide]:
    """``slides``, of which none opens what the one before it has opened: the first is the title, which also opens a
    part of the same title, as the opening of a part does.
    """
    found = slides[:1]
    for slide in slides[1:]:
        last = found[-1]
        is_second = is_opening(slide) and (is_opening(last) or len(found) == 1) and same_title(last, slide)
        if is_second and Notes() in (last.notes, slide.notes):
            found[-1] = with_opening(last, slide)
        else:
            found.append(slide)
    return found


def is_opening(slide: Slide) -> bool:
    """True for a slide that opens a part and shows nothing else."""
    return (slide.automatic or slide.layout == "section") and not slide.blocks and not slide.hidden


def with_opening(first: Slide, slide: Slide) -> Slide:
    """A title or opening that stands for the opening behind it, too."""
    notes = slide.notes if first.notes == Notes() else first.notes
    labels = (*first.labels, *slide.labels)
    place = first.place or slide.place
    return replace(first, notes=notes, place=place, labels=labels, minutes=first.minutes + slide.minutes)


def same_title(one: Slide | Part, other: Slide | Part) -> bool:
    """True for titles that differ at most in capitals and in the signs between words."""
    return words_of_title(one) == words_of_title(other)


def words_of_title(titled: Slide | Part) -> str:
    """A title small, without signs between its words; as it is where it has no others."""
    title = plain(titled.title)
    return BETWEEN_WORDS.sub(" ", title.casefold()).strip() or title


def with_openings(title: Slide, slides: list[Slide], parts: str) -> list[Slide]:
    """``slides`` with an opening before each part without one: ``chapters`` (if several), ``sections`` or ``none``;
    ``auto`` are chapters, or pages of one, of some slides each.

    None stands where another slide is titled so already: the ``title`` slide before it, or the only one of the part.
    """
    out: list[Slide] = []
    chapters = {slide.place.chapter for slide in slides if slide.place}
    several = len(chapters) > 1 and (parts != "auto" or len(slides) >= OPENED_SLIDES * len(chapters))
    for before, slide, after in zip([None, *slides], slides, [*slides[1:], None], strict=False):
        for part, above in openings(before, slide):
            wanted = several and parts != "none" if above is None else parts == "sections"
            is_there = slide.layout == "section" and slide.place is not None and slide.place.label == part.label
            goes_on = bool(slide.behind) and any(one.place and one.place.chapter == part for one in out)
            same = [title] * (not out) + [slide] * (after is None or part not in held_in(after))
            titled = any(same_title(part, one) for one in same)
            if wanted and not is_there and not goes_on and not titled:
                out.append(opening_slide(part, slide))
        out.append(slide)
    return out


def held_in(slide: Slide) -> tuple[Part, ...]:
    """The chapter and the section in which a slide stands."""
    return (slide.place.chapter, slide.place.section) if slide.place is not None else ()


def openings(before: Slide | None, slide: Slide) -> Iterator[tuple[Part, Part | None]]:
    """The parts that begin with ``slide``, the outer first: (part, the chapter of a section)."""
    place, last = slide.place, before.place if before is not None else None
    if place is None:
        return
    if last is None or last.chapter != place.chapter:
        yield place.chapter, None
    if place.section != place.chapter and (last is None or last.section != place.section):
        yield place.section, place.chapter


def opening_slide(part: Part, slide: Slide) -> Slide:
    """The slide that opens a part, before ``slide``, which is the first of it."""
    assert slide.place is not None
    section = slide.place.section if part == slide.place.section else part
    place = replace(slide.place, label=part.label, number=part.number, title=plain(part.title), section=section)
    return Slide(
        key=f"{part.label}/opening", title=in_whole_spans(part.title), layout="section", blocks=(), notes=Notes(),
        place=place, source=slide.source, kicker=part.number, labels=(part.label,), automatic=slide.automatic,
    )  # fmt: skip


# --- agenda


def agenda_slide(deck: Deck, slides: list[Slide], title: str) -> Slide | None:
    """A slide that lists the parts of the deck, each a link to its first slide; None for a short deck.

    A deck of one chapter lists its sections; of two or three, those of each in a column; of more, the chapters. More
    lines than one column holds stand in two, each with the numbers in it above.
    """
    chapters: dict[Part, dict[Part, str]] = {}
    for slide in slides:
        if slide.place is not None:
            sections = chapters.setdefault(slide.place.chapter, {slide.place.chapter: slide.place.label})
            sections.setdefault(slide.place.section, slide.place.label)
    below = {
        chapter: told_apart({part: first for part, first in sections.items() if part != chapter}, {chapter})
        for chapter, sections in chapters.items()
    }
    listed = told_apart({chapter: sections[chapter] for chapter, sections in chapters.items()})
    if len(chapters) == 1:
        [listed] = below.values()
    listed = told_apart(listed, {Part("", "", (Run(deck.title),))})
    count = sum(len(parts) or 1 for parts in below.values())
    if len(slides) < AGENDA_SLIDES or not AGENDA_PARTS <= count <= AGENDA_MOST:
        return None
    if 1 < len(chapters) <= AGENDA_COLUMNS and all(below.values()):
        columns = tuple(
            Column(in_whole_spans(chapter.line), (Text(entries(parts), NOWHERE),)) for chapter, parts in below.items()
        )
        return added_slide(f"{deck.name}/agenda", title, Columns(columns, NOWHERE))
    block = in_columns(listed) or Text(entries(listed), NOWHERE)
    return added_slide(f"{deck.name}/agenda", title, block)


def told_apart(parts: Mapping[Part, str], above: Collection[Part] = ()) -> dict[Part, str]:
    """Parts, with labels of their first slides, without those that have no number and are titled as one before them or
    ``above``.
    """
    found: dict[Part, str] = {}
    for part, first in parts.items():
        if part.number or not any(same_title(part, one) for one in (*above, *found)):
            found[part] = first
    return found


def entries(parts: Mapping[Part, str]) -> tuple[Paragraph, ...]:
    """The lines of parts in an agenda."""
    return tuple(entry(part, first) for part, first in parts.items())


def in_columns(listed: Mapping[Part, str]) -> Columns | None:
    """Parts, with labels of their first slides, in two columns; None where one holds them, or without numbers."""
    parts = list(listed)
    if len(parts) <= AGENDA_LINES or not all(part.number for part in parts):
        return None
    half = -(-len(parts) // 2)
    columns = (
        Column(
            (Run(f"{held[0].number} – {held[-1].number}"),),
            (Text(entries({part: listed[part] for part in held}), NOWHERE),),
        )
        for held in (parts[:half], parts[half:])
    )
    return Columns(tuple(columns), NOWHERE, in_turn=True)


def entry(part: Part, first: str) -> Paragraph:
    """A line of the agenda: the part's name, a link to the slide that shows the label ``first``."""
    return Paragraph(tuple(replace(run, link=f"#{first}") for run in in_whole_spans(part.line)), 1, "", NOWHERE)


def in_whole_spans(runs: Runs) -> Runs:
    """``runs`` with spans of numbers (1939–1952) that no line breaks."""
    return tuple(replace(run, text=unbroken(run.text)) for run in runs)


def added_slide(key: str, title: str, block: Text | Columns) -> Slide:
    """A slide that stands for no place in the book."""
    return Slide(
        key=key, title=(Run(title),), layout="", blocks=(block,), notes=Notes(), place=None, source=Source(""),
        reveal="nothing",
    )  # fmt: skip


# --- works cited


def cited_in(slide: Slide) -> Iterator[str]:
    """Labels that the slide, or the book's paragraphs in its notes, refer to."""
    for run in runs_in(slide.blocks):
        if run.link.startswith("#"):
            yield run.link[1:]
    yield from slide.notes.links


def with_short_citations(slide: Slide, works: Mapping[str, Work]) -> Slide:
    """``slide`` with author and year where the book cites by number or key, and the full entries in its notes."""

    def short(run: Run) -> Run:
        work = works.get(run.link[1:]) if run.link.startswith("#") else None
        return replace(run, text=work.short) if work is not None and f"[{run.text}]" == work.mark else run

    cited = dict.fromkeys(label for label in cited_in(slide) if label in works)
    if not cited:
        return slide
    notes = replace(slide.notes, works=tuple(works[label].text for label in cited))
    return replace(slide, blocks=mapped(slide.blocks, short), notes=notes)


def with_works_listed(slide: Slide, works: Mapping[str, Work]) -> Slide:
    """``slide`` with the labels of the works whose entries it shows, as a list of works that is marked does."""
    texts = [one for one in with_inner(slide.blocks) if isinstance(one, Text) and one.type == "reference"]
    entries = {"".join(plain(paragraph.runs).split()) for text in texts for paragraph in text.paragraphs}
    if not entries:
        return slide
    shown = [label for label, work in works.items() if "".join(work.text.split()) in entries]
    return replace(slide, labels=(*slide.labels, *shown)) if shown else slide


def works_slide(deck: Deck, slides: list[Slide], works: Mapping[str, Work], title: str) -> Slide | None:
    """The closing slide: works cited in the deck that none of its slides lists, in the order of the book's list; None
    when there are none.
    """
    there = {label for slide in slides for label in slide.labels}
    cited = {label for slide in slides for label in cited_in(slide)} - there
    listed = [(label, work) for label, work in works.items() if label in cited]
    if not listed:
        return None
    paragraphs = tuple(Paragraph((*mark_of(work), *in_short(work.entry)), 0, "", NOWHERE) for _label, work in listed)
    slide = added_slide(f"{deck.name}/references", title, Text(paragraphs, NOWHERE, type="reference"))
    cut = tuple(work.text for _label, work in listed if in_short(work.entry) != work.entry)
    return replace(slide, labels=tuple(label for label, _work in listed), notes=Notes(works=cut))


def in_short(entry: Runs) -> Runs:
    """The entry of a work; one with more words than people read on a slide by its beginning."""
    if len(plain(entry).split()) <= MOST_WORDS_OF_WORKS:
        return entry
    kept: list[Run] = []
    for run in entry:
        room = WORDS_OF_LONG_WORK - len(plain(tuple(kept)).split())
        pieces = re.findall(r"\s*\S+\s*", run.text)
        kept.append(replace(run, text="".join(pieces[:room])) if len(pieces) > room else run)
        if len(pieces) >= room:
            break
    kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return joined((*kept, Run(" …")))


def mark_of(work: Work) -> Runs:
    """The mark of a work in the book's list, with a space behind it."""
    return (Run(f"{work.mark} "),) if work.mark else ()


# --- runs, wherever they stand in a block


def runs_in(value: Any) -> Iterator[Run]:
    """All runs in a block, or in a tuple of blocks."""
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from runs_in(item)
    else:
        kind: type = type(value)
        for name in parts_of(kind):
            yield from runs_in(getattr(value, name))


@cache
def parts_of(kind: type) -> tuple[str, ...]:
    """The fields of a class of the model in which runs may stand."""
    if not is_dataclass(kind) or issubclass(kind, ChartData | Event | Source):
        return ()
    return tuple(field.name for field in fields(kind))


def words_in(deck: Deck) -> Iterator[str]:
    """All text that the slides of a deck show, but for formulas."""
    yield deck.title
    for slide in deck.slides:
        yield from (slide.subtitle, slide.kicker, *(text for _place, text in slide.beside))
        yield from (run.text for run in (*slide.headline, *runs_in(slide.blocks)) if not run.math)
        for block in with_inner(slide.blocks):
            yield from kind_of(block).drawn_words(block)


def mapped(value: T, change: Callable[[Run], Run]) -> T:
    """``value``, a block or a tuple of blocks, with every run in it changed."""
    found: Any = value
    if isinstance(found, Run):
        return change(found)  # type: ignore[return-value]
    if isinstance(found, tuple):
        return tuple(mapped(item, change) for item in found)  # type: ignore[return-value]
    kind: type = type(found)
    if names := parts_of(kind):
        found = replace(found, **{name: mapped(getattr(found, name), change) for name in names})
        return found  # type: ignore[no-any-return]
    return value


# --- where we are


def jump_targets(fitted: FittedDeck) -> dict[str, int]:
    """Label in the book → place of the first slide that shows it."""
    targets: dict[str, int] = {}
    for index, slide in enumerate(fitted.slides):
        if not slide.slide.hidden:
            for label in filter(None, slide.slide.labels):
                targets.setdefault(label, index)
    return targets
