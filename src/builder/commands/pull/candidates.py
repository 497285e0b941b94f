"""Places in the sources that the text of an edit may come from, with the change in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.commands.pull.data_cells import new_numbers
from builder.commands.pull.project import ProjectCopy
from builder.commands.pull.rewrite import ComputedError, Replacement, rewritten
from builder.commands.pull.sources import SourceFile, Sources
from builder.deck.furniture import parts_of
from builder.deck.model import FittedSlide, Paragraph, Slide, plain
from builder.errors import Source
from builder.merge.edits import Edit
from builder.merge.text import PART
from builder.store.files import seen_from

NEAR = 8
"""How far, in lines, a text in a table of its own is counted from the place that shows it."""
CAPTION = re.compile(r"\A[^·]{1,40} · ")
ATTRIBUTED = re.compile(r"\A— ")
ITEM = re.compile(r"\A *(?:•|\(?\w{1,4}[.)]) ")
"""Bullet or number of an item in the notes."""
GENERATED = "the builder writes this: change the heading, the work in the bibliography or the title that it repeats"
FORMAT = "only MyST documents, CSV files and lectures.toml are written"
NO_PLACE = "no place in the sources has this text as it stands"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the sources that shows the text of an edit, with the change; a small ``rank`` is better."""

    file: SourceFile
    replacements: list[Replacement]
    rank: tuple[float, ...]

    @property
    def source(self) -> Source:
        """File and line of the first change."""
        first = min((found.start for found in self.replacements), default=0)
        return Source(str(self.file.path), self.file.before.count("\n", 0, first) + 1)

    def meets(self, other: Candidate) -> bool:
        """Return whether both would put other words at one place of a file."""
        own, others = set(self.replacements), set(other.replacements)
        return self.file is other.file and any(a.meets(b) for a in own - others for b in others - own)


@dataclass(frozen=True, slots=True)
class CandidateFinder:
    """Finds candidates in the files of a project; ``lectures`` is the file that declares the decks."""

    project: ProjectCopy
    sources: Sources
    lectures: Path

    def candidates(self, edit: Edit, slide: FittedSlide | None) -> list[Candidate]:
        """Return all places in the sources that show the text of an edit.

        Raises:
            ComputedError: there is one, but what shall change in it is computed; and there is no other.
        """
        hints = hints_of(slide, edit.old) if slide is not None else {}
        documents = [path for path in hints if path.suffix != ".toml"]
        data = [file for path in documents for file in self.data_of(path)]
        if edit.series:
            return [
                Candidate(file, [found], (0,))
                for file in data
                for found in new_numbers(file, edit.series, edit.category, edit.old, edit.new)
            ]
        files = [self.sources.file(path) for path in [*documents, *([self.lectures] if not documents else [])]]
        found: list[Candidate] = []
        computed = False
        for old, new in variants(edit):
            for file in [*files, *data]:
                if file is None:
                    continue
                try:
                    found += self.text_candidates(file, edit, old, new, hints.get(file.path, []))
                except ComputedError:
                    computed = True
            if found:
                return found
        if computed:
            raise ComputedError
        return []

    def text_candidates(self, file: SourceFile, edit: Edit, old: str, new: str, lines: list[int]) -> list[Candidate]:
        """Return the places of a text in one file."""
        found: list[Candidate] = []
        counts: Counter[str] = Counter()
        computed = False
        for source_text in self.sources.texts(file):
            if not source_text.may_show(old):
                continue
            try:
                replacements = rewritten(source_text, old, new)
            except ComputedError:
                computed = True
                continue
            if replacements is None:
                continue
            score = sum(text in source_text.row for text in edit.row) if source_text.row else 0
            distance = min((abs(source_text.line - line) for line in lines), default=NEAR)
            in_row = abs(counts[source_text.row] - edit.nth) if source_text.row else 0
            counts[source_text.row] += 1
            if not edit.row and source_text.row and file.is_data:
                score = 1
            found.append(Candidate(file, replacements, (-score, distance, in_row)))
        if computed and not found:
            raise ComputedError
        return found

    def data_of(self, document: Path) -> list[SourceFile]:
        """Return the data files that a document reads."""
        docname = self.project.app.env.path2doc(str(document))
        files = [self.sources.file(path) for path in self.project.data_files(docname)] if docname else []
        return [file for file in files if file is not None and file.is_data]


def no_place(edit: Edit, slide: FittedSlide | None) -> str:
    """Return why an edit has no place, and where its author may look."""
    if slide is None or is_generated(edit.old, slide.slide):
        return GENERATED
    hints = hints_of(slide, edit.old)
    path = next(iter(hints))
    where = Source(seen_from(path), min(hints[path]) or 1)
    return f"{NO_PLACE if path.suffix == '.md' else FORMAT}; see {where}"


def variants(edit: Edit) -> Iterator[tuple[str, str]]:
    """Yield both texts of an edit, and both without what the builder adds: part of a split slide, number of a
    figure, dash, bullet."""
    yield edit.old, edit.new
    for pattern in (PART, CAPTION, ATTRIBUTED, ITEM):
        old, new = pattern.search(edit.old), pattern.search(edit.new)
        if old and (new is None or new[0] == old[0]):
            yield pattern.sub("", edit.old), pattern.sub("", edit.new)


def is_generated(text: str, slide: Slide) -> bool:
    """Return whether the builder writes a text: a work cited, a place in the book, an agenda."""
    place = str(slide.place) if slide.place is not None else ""
    return not slide.source.path or text in slide.notes.works or bool(place and text.startswith(place))


def hints_of(slide: FittedSlide, text: str) -> dict[Path, list[int]]:
    """Return file → lines that a slide comes from, those of the paragraph with this text where it has one."""
    exact: dict[Path, list[int]] = {}
    others: dict[Path, list[int]] = {}
    for source, words in sources_in((slide.slide, tuple(placed.block for placed in slide.placed))):
        if source.path:
            others.setdefault(Path(source.path).resolve(), []).append(source.line)
            if words == text:
                exact.setdefault(Path(source.path).resolve(), []).append(source.line)
    return others | exact


def sources_in(item: Any) -> Iterator[tuple[Source, str]]:
    """Yield every place that a part of the model names, with the words of it where it is a paragraph."""
    if isinstance(item, Source):
        yield item, ""
    elif isinstance(item, Paragraph):
        yield item.source, plain(item.runs)
    elif isinstance(item, tuple):
        for part in item:
            yield from sources_in(part)
    else:
        kind: type = type(item)
        for name in parts_of(kind):
            yield from sources_in(getattr(item, name))
