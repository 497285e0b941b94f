"""A deck as built and as somebody left it → the texts that were changed, and what else was done to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from builder.merge.charts import ChartText
from builder.merge.compared_shapes import FOOT, ComparedShape, Page, objects, paired, shown
from builder.merge.conflicts import OTHER_PICTURE, Conflict
from builder.merge.deck_file import DeckFile, SlideRef, same_slides
from builder.merge.notes import NOTES, note_paragraphs
from builder.merge.tables import align_rows, columns_of, table_of, texts_of
from builder.merge.tables import shown as row_shown
from builder.merge.text import align_paragraphs, plain, visible_text
from builder.pptx.package.namespaces import A, P

OBJECT = "an object without words"
BESIDE = 15
"""How many characters are shown on both sides of what was changed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that was changed by hand: ``old`` as built, ``new`` as it is now, with formulas as one sign each.

    ``slide`` is the number of its slide in the deck that was left, ``built`` the part of the same slide as built;
    ``what`` names the object. ``row`` are the texts of a table's row, as built, of which this is the ``nth`` that says
    the same, from 0; ``read`` is what is to be read there, formulas and all, before and now; ``parted`` if it is a part
    of what was done: words went to another text or came from it; ``series`` and ``category`` tell a value of a chart.
    """

    slide: int
    built: str
    what: str
    old: str
    new: str
    row: tuple[str, ...] = ()
    series: str = ""
    category: str = ""
    nth: int = 0
    read: tuple[str, str] = ("", "")
    parted: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Object, text and chart value, by which edits are the same in this deck and in one built later."""
        return self.what, self.new, self.series, self.category

    def __str__(self) -> str:
        before, now = around(self.old, self.new)
        where = f", {self.series}, {self.category}" if self.series else ""
        return f"slide {self.slide}, {self.what}{where}: “{before}” → “{now}”"


@dataclass(frozen=True, slots=True)
class OtherChange:
    """Another change, in a ``sentence``. ``old`` is a text that went, ``new`` one that came; ``what`` is the object.

    ``slide`` is the number of its slide in the deck that was left; 0 for a slide that is not there any more.
    """

    slide: int
    sentence: str
    what: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        return f"slide {self.slide}: {self.sentence}" if self.slide else self.sentence


@dataclass(slots=True)
class Changes:
    """Changes of a deck: ``edits`` of texts, and ``others``, which no source can take."""

    edits: list[Edit] = field(default_factory=list)
    others: list[OtherChange] = field(default_factory=list)


def changes_between(base: DeckFile, mine: DeckFile) -> Changes:
    """Return the changes of a deck since it was built."""
    found = Changes()
    to_mine = same_slides(base.slides, mine.slides)
    from_base = {m: b for b, m in to_mine.items()}
    for number, slide in enumerate(mine.slides, start=1):
        b = from_base.get(number - 1)
        if b is None:
            found.others.append(OtherChange(0, f"slide {number} “{slide.words[0]}” is new", new="\n".join(slide.words)))
        else:
            SlideComparison(number, base.slides[b], slide, found).compare()
    for b, slide in enumerate(base.slides):
        if b not in to_mine:
            found.others.append(OtherChange(0, f"the slide “{slide.words[0]}” was deleted", old="\n".join(slide.words)))
    found.edits = [replace(edit, parted=is_parted(edit, found.others)) for edit in found.edits]
    return found


def slide_conflicts(base: SlideRef, mine: SlideRef) -> list[Conflict]:
    """Return every difference of two versions of a slide as a conflict, where nobody knows which is older."""
    found = Changes()
    SlideComparison(1, base, mine, found).compare()
    return [conflict for _, conflict in as_conflicts(found)]


def as_conflicts(found: Changes) -> Iterator[tuple[int, Conflict]]:
    """Yield what differs between the sources and a deck, as conflicts, each with the number of its slide."""
    for edit in found.edits:
        yield edit.slide, Conflict(edit.what, edit.read[1], edit.read[0])
    for other in found.others:
        if other.slide and (other.old or other.new):
            yield other.slide, Conflict(other.what, other.new, other.old)


def is_parted(edit: Edit, others: list[OtherChange]) -> bool:
    """Return whether a text was split in two, or joined with another.

    Its words stand in a new text then, or those of a deleted text in it."""
    if edit.series:
        return False
    old, new = (Counter(re.findall(r"\w+", text.casefold())) for text in edit.read)
    return any(
        is_moved(words_, text)
        for other in others
        if other.slide in (edit.slide, 0)
        for words_, text in ((old - new, other.new), (new - old, other.old))
    )


def is_moved(moved: Counter[str], text: str) -> bool:
    """Return whether words that left a text are half of another one, or most of several stand in it."""
    there = Counter(re.findall(r"\w+", text.casefold()))
    common = (moved & there).total()
    return common > 0 and (2 * common >= there.total() or (common > 1 and 2 * common >= moved.total()))


def belong_together(a: Edit, b: Edit) -> bool:
    """Return whether words went from one of two texts of a slide to the other."""
    if a.slide != b.slide or a.series or b.series:
        return False
    (old_a, new_a), (old_b, new_b) = (
        [Counter(re.findall(r"\w+", text.casefold())) for text in edit.read] for edit in (a, b)
    )
    return any(
        (lost & gained).total() * 2 >= lost.total() > 0
        for lost, gained in ((old_a - new_a, new_b - old_b), (old_b - new_b, new_a - old_a))
    )


class SlideComparison:
    """Compares one slide."""

    def __init__(self, number: int, base: SlideRef, mine: SlideRef, found: Changes) -> None:
        self.number, self.base, self.mine, self.found = number, base, mine, found
        self.looks = 0

    def compare(self) -> None:
        """Record the changes of the slide."""
        pages = [slide.deck.layouts.page(slide.part) for slide in (self.base, self.mine)]
        trees = [page.package.read(page.name).find(f"./{P}cSld/{P}spTree") for page in pages]
        for old, new in pairs(trees[0], trees[1], pages[0], pages[1]):
            self.compare_objects(old, new)
        if self.looks:
            objects_ = "an object was" if self.looks == 1 else f"{self.looks} objects were"
            self.add_other(f"{objects_} moved, resized or formatted")
        self.compare_texts(NOTES, note_paragraphs(pages[0]), note_paragraphs(pages[1]))

    def add_other(self, sentence: str, what: str = "", old: str = "", new: str = "") -> None:
        self.found.others.append(OtherChange(self.number, sentence, what, old, new))

    def compare_objects(self, old: ComparedShape | None, new: ComparedShape | None) -> None:
        if old is None and new is not None:
            sentence = f"“{new.name}” is new" + (f", with the text “{short(new.text)}”" if new.text else "")
            self.add_other(sentence, new.name, new=new.text)
        elif new is None and old is not None:
            self.add_other(f"“{old.name}” was deleted", old.name, old=old.text or shown(old.chart_text) or OBJECT)
        elif old is not None and new is not None and old.role not in FOOT and not old.equals(new):
            before = len(self.found.edits) + len(self.found.others)
            if old.kind == "table":
                self.compare_table(old, new)
            elif old.kind == "chart":
                self.compare_chart(old.name, old.chart_text, new.chart_text)
            elif not old.texts & new.texts:
                self.compare_texts(old.name, old.paragraphs, new.paragraphs)
            if old.kind == "pic" and not old.same_picture(new):
                self.add_other(f"“{old.name}” shows another picture", old.name, OTHER_PICTURE, OTHER_PICTURE)
            elif before == len(self.found.edits) + len(self.found.others) and old.kind != "grpSp" and not old.same(new):
                self.looks += 1

    def compare_texts(self, what: str, old: list[Any], new: list[Any], row: tuple[str, ...] = (), nth: int = 0) -> None:
        """Record the changes of a text, paragraph by paragraph."""
        to_new = align_paragraphs(old, new)
        for b, paragraph in enumerate(old):
            m = to_new.get(b)
            if m is None:
                if visible_text(paragraph):
                    self.add_other(
                        f"“{short(visible_text(paragraph))}” in “{what}” was deleted", what, old=visible_text(paragraph)
                    )
            elif visible_text(paragraph) != visible_text(new[m]):
                edit = Edit(
                    self.number,
                    self.base.part,
                    what,
                    flat(paragraph),
                    flat(new[m]),
                    row,
                    nth=nth,
                    read=(visible_text(paragraph), visible_text(new[m])),
                )
                if edit.old and edit.new:
                    self.found.edits.append(edit)
                else:
                    sentence = f"“{short(edit.old or edit.new)}” in “{what}” {'is new' if edit.new else 'was deleted'}"
                    self.add_other(sentence, what, *edit.read)
        for m, paragraph in enumerate(new):
            if m not in to_new.values() and visible_text(paragraph):
                self.add_other(
                    f"“{short(visible_text(paragraph))}” in “{what}” is new", what, new=visible_text(paragraph)
                )

    def compare_table(self, old: ComparedShape, new: ComparedShape) -> None:
        """Record the changes of a table, row by row and cell by cell."""
        tables = table_of(old.inner), table_of(new.inner)
        if columns_of(tables[0]) != columns_of(tables[1]):
            self.add_other(f"columns of “{old.name}” came or went", old.name, old.text, new.text)
            return
        built, left = (table.findall(f"{A}tr") for table in tables)
        to_left = dict(sorted(align_rows(built, left).items()))
        for b, row in enumerate(built):
            if b not in to_left:
                self.add_other(
                    f"the row “{short(row_shown(row))}” of “{old.name}” was deleted", old.name, old=row_shown(row)
                )
                continue
            texts = texts_of(row)
            pairs_ = zip(row.findall(f"{A}tc"), left[to_left[b]].findall(f"{A}tc"), strict=True)
            for column, cells_ in enumerate(pairs_):
                before, now = (cell.findall(f"./{A}txBody/{A}p") for cell in cells_)
                self.compare_texts(old.name, before, now, texts, texts[:column].count(texts[column]))
        for m, row in enumerate(left):
            if m not in to_left.values():
                self.add_other(
                    f"the row “{short(row_shown(row))}” of “{old.name}” is new", old.name, new=row_shown(row)
                )
        if list(to_left.values()) != sorted(to_left.values()):
            self.add_other(f"rows of “{old.name}” were put in another order")

    def compare_chart(self, name: str, old: ChartText, new: ChartText) -> None:
        """Record the changes of a chart's data."""
        if [len(points) for _, points in old] != [len(points) for _, points in new]:
            self.add_other(f"rows or columns of the data of “{name}” came or went", name, shown(old), shown(new))
            return
        for (series, points), (own_series, own_points) in zip(old, new, strict=True):
            if series != own_series:
                self.add_other(f"“{series}” in “{name}” is called “{own_series}” now", name, series, own_series)
            for (category, value), (own_category, own_value) in zip(points, own_points, strict=True):
                if value != own_value:
                    read = value_name(series, category, value), value_name(series, category, own_value)
                    edit = Edit(self.number, self.base.part, name, value, own_value, (), series, category, read=read)
                    self.found.edits.append(edit)
                if category != own_category:
                    edit = Edit(
                        self.number,
                        self.base.part,
                        name,
                        category,
                        own_category,
                        (category, value),
                        read=(category, own_category),
                    )
                    if not any(known.key == edit.key and known.old == edit.old for known in self.found.edits):
                        self.found.edits.append(edit)


def pairs(old: Any, new: Any, base: Page, mine: Page) -> Iterator[tuple[ComparedShape | None, ComparedShape | None]]:
    """Yield objects of two versions of a tree that are the same one, those of groups after their group."""
    before, now = objects(old, base), objects(new, mine)
    to_new = paired(before, now, 4.0)
    left = [shape for m, shape in enumerate(now) if m not in to_new.values()]
    for b, shape in enumerate(before):
        own = now[to_new[b]] if b in to_new else None
        yield shape, own
        if own is not None and shape.kind == own.kind == "grpSp":
            yield from pairs(shape.inner, own.inner, base, mine)
    for shape in left:
        yield None, shape


def value_name(series: str, category: str, value: str) -> str:
    """Return series, category and value of a point in one text, for comparing."""
    return f"{series}\n{category}\n{value}"


def flat(paragraph: Any) -> str:
    """Return a paragraph's words in one line."""
    return " ".join(plain(paragraph).replace("\v", " ").split(" ")).strip()


def around(old: str, new: str) -> tuple[str, str]:
    """Return two versions of a text, cut to where they differ and some words on both sides."""
    start = alike(old, new)
    end = alike(old[start:][::-1], new[start:][::-1])
    first = 0 if start <= BESIDE else old.rfind(" ", 0, start - BESIDE) + 1
    rest = old.find(" ", len(old) - end + BESIDE)
    tail = 0 if end <= BESIDE or rest < 0 else len(old) - rest
    parts = (text[first : len(text) - tail] for text in (old, new))
    before, now = (f"{'…' if first else ''}{short(part)}{'…' if tail else ''}" for part in parts)
    return before, now


def alike(a: str, b: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return next((index for index, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def short(text: str) -> str:
    """Return a text in one line, cut to 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
