"""``builder pull``: what a lecturer changed in a deck goes back into the sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from myst_parser.config.main import MdParserConfig

from builder.changes.revisions import built
from builder.deck.furniture import parts_of
from builder.deck.model import FittedSlide, Paragraph, Slide, plain
from builder.errors import AuthorError, Source
from builder.files import seen_from
from builder.merge.builds import build_of
from builder.merge.deck import Deck, same_slides
from builder.merge.decks import merge
from builder.merge.edits import Edit, edits_of, value_name
from builder.merge.shapes import P, Page, every
from builder.merge.slides import readable
from builder.merge.text import PART
from builder.pptx.ledger import Ledger
from builder.pull.markdown import parser_for
from builder.pull.project import Now, Reading, reading
from builder.pull.rewrite import ComputedError, Replacement, rewritten
from builder.pull.sources import SourceFile, Sources, data_cell, with_number
from builder.request import Request

ROUNDS = 4
"""How many places in the sources are tried for a text that stands in several."""
NEAR = 8
"""How far, in lines, a text in a table of its own is counted from the place that shows it."""
CAPTION = re.compile(r"\A[^·]{1,40} · ")
SAID_BY = re.compile(r"\A— ")


@dataclass
class Pulled:
    """What was found: ``taken`` edits with where they go, ``refused`` ones with the reason, and ``others``, which no source can take."""

    taken: list[tuple[Edit, Source]] = field(default_factory=list)
    refused: list[tuple[Edit, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    patch: str = ""
    written: list[Path] = field(default_factory=list)

    def lines(self, here: Path) -> list[str]:
        """What is said of it, with paths as seen from a folder."""

        def seen(path: str | Path) -> str:
            return seen_from(path, here)

        found: list[str] = []
        if self.taken:
            found += ["written into the sources:" if self.written else "found in the sources:"]
            found += [f"  {seen(place.path)}:{place.line}: {edit}" for edit, place in self.taken]
        if self.refused:
            found += ["not taken:"]
            found += [f"  {edit}: {reason}" for edit, reason in self.refused]
        if self.others:
            found += ["no source has a place for these; they stay in the deck:"]
            found += [f"  {sentence}" for sentence in self.others]
        if self.written:
            found += ["builder: the sources have the edits; build, and the deck agrees with them"]
        elif self.taken:
            found += ["builder: nothing is written yet; --apply writes it"]
        else:
            found += ["builder: nothing to take back"]
        return found


def pull(request: Request, path: Path, *, lecture: str = "", revision: str = "", apply: bool = False) -> Pulled:
    """Take the edits of a deck back into the sources; with ``apply`` write them, else only show them.

    ``revision`` is the one that the deck was built from, where that is not the last build; ``lecture`` the name of its deck, where the file's name does not tell.

    Raises:
        AuthorError: the deck is not one of the project's, or was built from other sources; the sources have errors.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AuthorError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        mine = Deck(content)
    except AuthorError as error:
        raise AuthorError(f"{path}: {error.message}") from None
    lecture = lecture or lecture_name(request, path, mine)
    base = base_of(request, path, lecture, mine, revision)
    found = edits_of(Deck(base), mine)
    result = Pulled(others=list(map(str, found.others)))
    if not found.edits:
        return result
    with reading(request) as project:
        now = project.deck(lecture, {})
        assert now is not None
        work = _Pull(request, project, lecture, now, base, content, result)
        work.take(found.edits)
        result.patch = work.sources.patch(request.config)
        if apply:
            result.written = work.sources.write()
    return result


def ledger_of(request: Request) -> Ledger:
    """What is remembered of the decks that were built last."""
    return Ledger(request.work / "doctrees" / "decks.json", request.output / "slides")


def lecture_name(request: Request, path: Path, mine: Deck) -> str:
    """The lecture that a deck belongs to: by the build that it comes from, else by the name of its file.

    Raises:
        AuthorError: neither tells.
    """
    ledger = ledger_of(request)
    names = [Path(name).stem for name in ledger.remembered()]
    if not names:
        raise AuthorError(f"no deck was built in {request.output}; build first, then pull.")
    mark = build_of(mine.package)
    for name in names:
        base = ledger.base(f"{name}.pptx")
        if mark and base.is_file() and build_of(Deck(base.read_bytes()).package) == mark:
            return name
    like = [name for name in names if path.stem.startswith(name)]
    if like:
        return max(like, key=len)
    raise AuthorError(
        f"{path.name} is none of this book's decks by its name; say which with --deck: {', '.join(names)}."
    )


def base_of(request: Request, path: Path, lecture: str, mine: Deck, revision: str) -> bytes:
    """The deck as it was built, before anybody changed it.

    Raises:
        AuthorError: it is not known, or the deck comes from another build.
    """
    if revision:
        request = replace(request, output=built(request, revision))
    ledger = ledger_of(request)
    try:
        content = ledger.base(f"{lecture}.pptx").read_bytes()
    except OSError:
        known = ", ".join(Path(name).stem for name in ledger.remembered())
        raise AuthorError(
            f"there is no deck '{lecture}' among those that were built last: {known or 'none; build first, then pull'}."
        ) from None
    own, built_last = build_of(mine.package), build_of(Deck(content).package)
    if own and own != built_last:
        other = f"{revision} gives another deck" if revision else "the last build gave another one"
        raise AuthorError(
            f"{path} was made from other sources than those at hand ({other}), so its edits cannot be told from the changes of the sources; "
            "name the revision that it was built from: --from REV."
        )
    return content


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place in the sources that shows the text of an edit, and how it is changed there; small ``rank`` is better."""

    file: SourceFile
    replacements: list[Replacement]
    rank: tuple[float, ...]

    @property
    def source(self) -> Source:
        """File and line of the first change."""
        first = min((found.start for found in self.replacements), default=0)
        return Source(str(self.file.path), self.file.before.count("\n", 0, first) + 1)


class _Pull:
    """Finds the places of edits, and tries the changed sources before anything is written."""

    def __init__(
        self, request: Request, project: Reading, lecture: str, now: Now, base: bytes, mine: bytes, result: Pulled
    ) -> None:
        self.request, self.project, self.lecture, self.now, self.result = request, project, lecture, now, result
        self.base, self.mine = base, mine
        self.base_deck, self.now_deck = Deck(base), Deck(now.content)
        slides = same_slides(self.base_deck.slides, self.now_deck.slides)
        self.to_now = {self.base_deck.slides[b].part: n for b, n in slides.items()}
        env = project.app.env
        config = getattr(env, "myst_config", None) or getattr(env, "mynb_config", None)
        parser = parser_for(config if isinstance(config, MdParserConfig) else MdParserConfig())
        self.sources = Sources((request.source.resolve(), request.config.resolve()), parser)

    def take(self, edits: list[Edit]) -> None:
        """Place as many edits as can be; each of the others is refused with a reason."""
        tries = dict.fromkeys(range(len(edits)), 0)
        refused: dict[int, str] = {}
        while True:
            self.sources.reset()
            placed: dict[int, _Candidate] = {}
            for number in list(tries):
                outcome = self.place(edits[number], tries[number])
                if isinstance(outcome, _Candidate):
                    placed[number] = outcome
                else:
                    del tries[number]
                    refused[number] = outcome
            failed = self.failed({number: edits[number] for number in placed}, placed)
            if not failed:
                break
            for number in failed:
                tries[number] += 1
                if tries[number] == ROUNDS:
                    del tries[number]
                    refused[number] = OTHERWISE
        self.result.taken = [(edits[number], found.source) for number, found in placed.items()]
        self.result.refused = [(edits[number], reason) for number, reason in sorted(refused.items()) if reason]

    def place(self, edit: Edit, attempt: int) -> _Candidate | str:
        """Make an edit in the sources, in memory, at the best place that was not tried; else why not ('' where they have it already)."""
        index = self.to_now.get(edit.built)
        if index is None:
            return GONE
        slide = self.now_deck.slides[index]
        page = self.now_deck.layouts.page(slide.part)
        has_old, has_new = (any(same_text(text, wanted) for text in texts_of(page)) for wanted in edit.read)
        if not has_old:
            return "" if has_new else CHANGED
        fitted = self.fitted(index)
        try:
            found = sorted(self.candidates(edit, fitted), key=lambda candidate: candidate.rank)
        except ComputedError:
            return COMPUTED
        if attempt >= len(found):
            return OTHERWISE if attempt else self.no_place(edit, fitted)
        chosen = found[attempt]
        return chosen if chosen.file.take(chosen.replacements) else SHARED

    def no_place(self, edit: Edit, slide: FittedSlide | None) -> str:
        """Why there is no place for an edit, and where its author may look."""
        if slide is None or is_made(edit.old, slide.slide):
            return MADE
        hints = hints_of(slide, edit.old)
        path = next(iter(hints))
        where = f"{seen_from(path)}:{min(hints[path]) or 1}"
        return f"{NO_PLACE if path.suffix == '.md' else FORMAT}; see {where}"

    def fitted(self, index: int) -> FittedSlide | None:
        """The slide of the model; None for one of the template's."""
        slides = self.now.fitted.slides
        own = index - (self.now.fitted.first - 1)
        return slides[own] if 0 <= own < len(slides) else None

    # --- where a text may come from

    def candidates(self, edit: Edit, slide: FittedSlide | None) -> list[_Candidate]:
        """All places in the sources that show the text of an edit.

        Raises:
            ComputedError: there is one, but what shall change in it is computed; and there is no other.
        """
        hints = hints_of(slide, edit.old) if slide is not None else {}
        documents = [path for path in hints if path.suffix != ".toml"]
        data = [file for path in documents for file in self.data_of(path)]
        if edit.series:
            return [found for file in data for found in value_candidates(file, edit)]
        lectures = self.request.config / self.project.app.config.builder_lectures
        files = [self.sources.file(path) for path in [*documents, *([lectures] if not documents else [])]]
        found: list[_Candidate] = []
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

    def text_candidates(self, file: SourceFile, edit: Edit, old: str, new: str, lines: list[int]) -> list[_Candidate]:
        """The places of a text in one file."""
        found: list[_Candidate] = []
        seen: Counter[str] = Counter()
        computed = False
        for stretch in self.sources.stretches(file):
            if not stretch.may_show(old):
                continue
            try:
                replacements = rewritten(stretch, old, new)
            except ComputedError:
                computed = True
                continue
            if replacements is None:
                continue
            score = sum(text in stretch.row for text in edit.row) if stretch.row else 0
            distance = min((abs(stretch.line - line) for line in lines), default=NEAR)
            in_row = abs(seen[stretch.row] - edit.nth) if stretch.row else 0
            seen[stretch.row] += 1
            if not edit.row and stretch.row and file.is_data:
                score = 1
            found.append(_Candidate(file, replacements, (-score, distance, in_row)))
        if computed and not found:
            raise ComputedError
        return found

    def data_of(self, document: Path) -> list[SourceFile]:
        """The tables that a document was made of."""
        docname = self.project.app.env.path2doc(str(document))
        files = [self.sources.file(path) for path in self.project.data_files(docname)] if docname else []
        return [file for file in files if file is not None and file.is_data]

    # --- what the changed sources would give

    def failed(self, edits: dict[int, Edit], placed: dict[int, _Candidate]) -> set[int]:
        """Numbers of the edits that the changed sources would not give; titles of lectures are not tried."""
        tried = {number for number, found in placed.items() if self.project.readers(found.file.path)}
        texts = {placed[number].file.path: placed[number].file.text for number in tried}
        if not texts:
            return set()
        now = self.project.deck(self.lecture, texts)
        if now is None:
            return tried
        merged = merge(self.base, self.mine, now.content)
        left = {edit.key for edit in edits_of(Deck(now.content), Deck(merged.content)).edits}
        stay = {found.conflict.hand for found in merged.conflicts}
        return {number for number in tried if edits[number].key in left or edits[number].read[1] in stay}


GONE = "the sources have no such slide any more"
CHANGED = "the sources say something else there now"
COMPUTED = "the change touches a number, a reference or a formula, which the sources compute"
MADE = "the builder writes this: change the heading, the work in the bibliography or the title that it repeats"
SHARED = "another edit changes the same words"
FORMAT = "only MyST documents, CSV files and lectures.toml are written"
NO_PLACE = "no place in the sources has this text as it stands"
OTHERWISE = "written into the sources, it would not give this slide"
PAGES = re.compile(r", p(?:ages?|\.) [\w–-]+\Z")


def same_text(a: str, b: str) -> bool:
    """True if two texts are the same but for the printed pages that they end in."""
    return PAGES.sub("", a) == PAGES.sub("", b)


def texts_of(page: Page) -> Iterator[str]:
    """All texts of a slide and its notes, and the values of its charts as `Edit.read` names them."""
    yield from readable(page)
    for seen in every(page.package.read(page.name).find(f"./{P}cSld/{P}spTree"), page):
        for series, points in seen.chart_text:
            for category, value in points:
                yield value_name(series, category, value)
                yield category


def variants(edit: Edit) -> Iterator[tuple[str, str]]:
    """The texts of an edit, and both without what the builder put round them: the part of a split slide, the number of a figure, a dash."""
    yield edit.old, edit.new
    for pattern in (PART, CAPTION, SAID_BY):
        old, new = pattern.search(edit.old), pattern.search(edit.new)
        if old and (new is None or new[0] == old[0]):
            yield pattern.sub("", edit.old), pattern.sub("", edit.new)


def is_made(text: str, slide: Slide) -> bool:
    """True for what is no text of a document: a work cited, a place in the book, an agenda."""
    place = str(slide.place) if slide.place is not None else ""
    return not slide.source.path or text in slide.notes.works or bool(place and text.startswith(place))


def hints_of(slide: FittedSlide, text: str) -> dict[Path, list[int]]:
    """Where a slide comes from: each file with lines, those of the paragraph with this text where there is one."""
    exact: dict[Path, list[int]] = {}
    others: dict[Path, list[int]] = {}
    for source, words in sources_in((slide.slide, tuple(placed.block for placed in slide.placed))):
        if source.path:
            others.setdefault(Path(source.path).resolve(), []).append(source.line)
            if words == text:
                exact.setdefault(Path(source.path).resolve(), []).append(source.line)
    return others | exact


def sources_in(item: Any) -> Iterator[tuple[Source, str]]:
    """Every place that a part of the model names, with the words of it where it is a paragraph."""
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


def value_candidates(file: SourceFile, edit: Edit) -> Iterator[_Candidate]:
    """The cells of a data file that a value of a chart stands for."""
    for stretch in data_cell(file, edit.series, edit.category):
        try:
            same = float(stretch.shown.replace(",", "").replace(" ", "").replace("\u202f", "")) == float(edit.old)
        except ValueError:
            continue
        if same:
            yield _Candidate(file, with_number(stretch, edit.new), (0,))
