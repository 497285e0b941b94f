"""Random histories of builds and of decks that come back from any of them: no word of the author's and no edit by hand
is lost unless that is told.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder.merge.bases import Bases, Limits
from builder.merge.deck_file import DeckFile
from builder.merge.decks import Merged
from builder.merge.origins import origin_of
from builder.merge.returned import merge_returned, replaced_by
from builder.merge.text import visible_text
from builder.pptx import mark
from builder.pptx.package.conform import problems
from builder.pptx.package.namespaces import A
from builder.pptx.package.package import Package

from conftest import CONF, INDEX, Book, examples

SLIDES, BULLETS = 4, 3
Place = tuple[int, int]
"""A slide, and a bullet on it; the last one is a paragraph of its notes."""
PLACES = [(slide, bullet) for slide in range(SLIDES) for bullet in range(BULLETS + 1)]
ALWAYS = 2
"""Slides that the author never drops."""


def text_at(place: Place, word: str) -> str:
    return f"Place {place[0]} {place[1]} of this deck now says {word}"


@dataclass(frozen=True)
class Whole:
    """A deck; its bytes are not shown where an example fails."""

    content: bytes = field(repr=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A deck in which each place says ``start``."""
    folder = tmp_path_factory.mktemp("history")
    chapter = "# The chapter\n"
    for slide in range(SLIDES):
        points = "".join(f"[{text_at((slide, bullet), 'start')}]{{.point}}. " for bullet in range(BULLETS))
        chapter += (
            f"\n{{.slide}}\n## Slide {slide}\n\n{points}\n\n```{{notes}}\n{text_at((slide, BULLETS), 'start')}\n```\n"
        )

    class Quiet:
        def readouterr(self) -> Any:
            return type("Nothing", (), {"out": "", "err": ""})

    book = Book(folder, Quiet())  # type: ignore[arg-type]
    book.write("conf.py", CONF + "builder_notes_paragraphs = False\n")
    book.write("index.md", INDEX)
    book.write(
        "slides/lectures.toml",
        '[[lecture]]\nname = "a"\ntitle = "A"\ndocuments = ["chapter"]\nagenda = false\nprogress = '
        "false\nreferences = false\n",
    )
    result = book.build(chapter, "--to", "pptx")
    assert result.status == 0
    return Whole(result.pptx("a"))


def rewritten(package: Package, words: dict[Place, str]) -> None:
    """Let places of a deck say other words, as whoever edits it types them; '' takes a paragraph out."""
    for name in list(package.parts):
        if not re.fullmatch(r"/ppt/(slides|notesSlides)/[^/]+\.xml", name):
            continue
        root = package.xml(name)
        for paragraph in list(root.iter(f"{A}p")):
            match = re.match(r"Place (\d) (\d) ", visible_text(paragraph))
            word = words.get((int(match[1]), int(match[2]))) if match else None
            if word is None:
                continue
            runs = paragraph.findall(f"{A}r")
            for run in runs[1:] if word else runs:
                paragraph.remove(run)
            if word:
                assert match is not None
                runs[0].find(f"{A}t").text = text_at((int(match[1]), int(match[2])), word)
            elif len(paragraph.getparent().findall(f"{A}p")) > 1:
                paragraph.getparent().remove(paragraph)
        package.put(name, root)


def built(whole: Whole, words: dict[Place, str], slides: set[int]) -> bytes:
    """The deck of the author's words, with some of the slides."""
    package = Package(whole.content)
    rewritten(package, words)
    root = package.xml(package.presentation)
    listed = root.find("{*}sldIdLst")
    rels = package.rels(package.presentation)
    for number, entry in enumerate(list(listed)[1:]):
        if number not in slides:
            rid = entry.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            listed.remove(entry)
            del rels[rid]
    for sections in root.iter("{*}sectionLst"):
        for entry in list(sections.iter("{*}sldId")):
            if entry.get("id") not in {item.get("id") for item in listed}:
                entry.getparent().remove(entry)
    package.put(package.presentation, root)
    part = package.related("/", "custom-properties")[0]
    properties = package.xml(part)
    mark.set_mark(properties, mark.NAME, sha256(f"{sorted(words.items())}{sorted(slides)}".encode()).hexdigest())
    package.put(part, properties)
    return package.content()


def all_words(content: bytes) -> str:
    """Everything that a deck says, on slides, in notes and in comments."""
    found = []
    deck = DeckFile(content)
    package = deck.package
    for slide in deck.slides:
        for name in (slide.part, *package.related(slide.part, "notesSlide")):
            found += [visible_text(paragraph) for paragraph in package.read(name).iter(f"{A}p")]
        found += [package.parts[name].decode() for name in package.related(slide.part, "comments")]
    return "\n".join(found)


@dataclass
class History:
    """Builds and decks that come back; ``author`` is what the sources say at each place, ``made_on`` what they said
    when an edit by hand was made.
    """

    whole: Whole
    bases: Bases
    limits: Limits
    author: dict[Place, str] = field(default_factory=lambda: dict.fromkeys(PLACES, "start"))
    slides: set[int] = field(default_factory=lambda: set(range(ALWAYS)))
    published: list[bytes] = field(default_factory=list)
    sources: list[dict[Place, str]] = field(default_factory=list)
    made_on: dict[str, str] = field(default_factory=dict)
    told: str = ""
    last: bytes = b""
    aside: str = ""
    """What was put beside the deck, and said."""
    count: int = 0

    def word(self, who: str) -> str:
        self.count += 1
        return f"{who}{self.count}x"

    def build(self, left: bytes) -> Merged:
        """A build that finds a deck in its place."""
        content = built(self.whole, self.author, self.slides)
        replaced = replaced_by(self.bases, "a", left) if left else None
        self.aside = all_words(replaced) if replaced is not None else ""
        merged = merge_returned(self.bases, "a", self.last, left, content).merged if left else Merged(content)
        self.bases.record("a", content, merged.content, self.limits)
        self.last = content
        self.published.append(merged.content)
        self.sources.append(dict(self.author))
        self.told += "\n".join(map(str, merged.conflicts))
        return merged


def try_history(whole: Whole, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        limits = Limits(data.draw(st.sampled_from([1, 2, 50])), 10**9)
        history = History(whole, Bases(Path(folder) / "earlier.sqlite"), limits)
        history.build(b"")
        for _ in range(data.draw(st.integers(2, 4))):
            step(history, data)


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(
    max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW, phases=[Phase.generate]
)
@given(data=st.data())
def test_nothing_is_lost_in_silence(whole: Whole, data: st.DataObject) -> None:
    try_history(whole, data)


@pytest.mark.slow
@settings(max_examples=examples(100), deadline=None, derandomize=True, database=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_nothing_is_lost_in_silence_in_many_histories(whole: Whole, data: st.DataObject) -> None:
    try_history(whole, data)


def step(history: History, data: st.DataObject) -> None:
    """Draw what the author writes, the deck that comes back, and what a hand writes into it."""
    places = data.draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True), "the author writes at")
    slides = data.draw(st.sets(st.integers(ALWAYS, SLIDES - 1)), "slides")
    back = data.draw(st.integers(0, len(history.published) - 1), "the deck that comes back is of build")
    by_hand = data.draw(st.lists(st.sampled_from(PLACES), max_size=2, unique=True), "a hand writes at")
    write_and_return(history, places, slides, back, by_hand)


def write_and_return(history: History, places: list[Place], slides: set[int], back: int, by_hand: list[Place]) -> None:
    """The author writes, somebody returns a deck that he has from some build, and a build finds it."""
    for place in places:
        history.author[place] = history.word("author")
    history.slides = set(range(ALWAYS)) | slides
    package = Package(history.published[back])
    before = all_words(history.published[back])
    words = {}
    for place in by_hand:
        if f"Place {place[0]} {place[1]} " in before:
            words[place] = history.word("hand")
            history.made_on[words[place]] = history.sources[back][place]
    rewritten(package, words)
    current = all_words(history.published[-1])
    goes_on = origin_of(package) == history.bases.last_origin("a")
    merged = history.build(package.content())
    check(history, merged, words, back, current, goes_on)


def test_a_place_that_two_hands_and_the_author_wrote(whole: Whole, tmp_path: Path) -> None:
    history = History(whole, Bases(tmp_path / "earlier.sqlite"), Limits(50, 10**9))
    history.build(b"")
    write_and_return(history, [(1, 3)], set(), 0, [(2, 0), (1, 3)])
    write_and_return(history, [(3, 2), (0, 0), (3, 3)], {2, 3}, 0, [(0, 2)])
    write_and_return(history, [(1, 2)], set(), 1, [(0, 3)])


def test_a_deck_without_its_base_where_a_hand_and_the_author_wrote(whole: Whole, tmp_path: Path) -> None:
    history = History(whole, Bases(tmp_path / "earlier.sqlite"), Limits(2, 10**9))
    history.build(b"")
    write_and_return(history, [(0, 0), (1, 2)], set(), 0, [])
    write_and_return(history, [], {2}, 1, [(1, 2)])
    write_and_return(history, [], set(), 0, [])


def test_a_place_that_hands_wrote_before_and_after_the_author(whole: Whole, tmp_path: Path) -> None:
    history = History(whole, Bases(tmp_path / "earlier.sqlite"), Limits(50, 10**9))
    history.build(b"")
    write_and_return(history, [(0, 0), (1, 0)], set(), 0, [])
    write_and_return(history, [], set(), 1, [(1, 0)])
    write_and_return(history, [], set(), 0, [(1, 0)])


def by_hand_in(words: str) -> dict[Place, str]:
    """Places of a deck → what a hand wrote there."""
    found = re.findall(r"^Place (\d) (\d) of this deck now says (hand\d+x)$", words, re.MULTILINE)
    return {(int(a), int(b)): word for a, b, word in found}


def check(history: History, merged: Merged, words: dict[Place, str], back: int, current: str, goes_on: bool) -> None:
    """See that each word is there or was told.

    Who ``goes_on`` with the deck that was published last, and has other words where he wrote before, may have taken
    back what else he did.
    """
    now = all_words(merged.content)
    told = now + history.aside + "\n".join(map(str, merged.conflicts))
    shown = {(int(a), int(b)): word for a, b, word in re.findall(r"^Place (\d) (\d) of this deck now says "
                                                                 r"(\w+)$", now, re.MULTILINE)}  # fmt: skip
    for place, word in words.items():
        assert word in told, f"{word} was written by hand at {place} and is lost"
    earlier = by_hand_in(current)
    came_from = by_hand_in(all_words(history.published[back]))
    goes_on = goes_on and not earlier.keys().isdisjoint(words | came_from)
    for where, word in earlier.items() if not goes_on else ():
        replaced = where in words and came_from.get(where) == word
        dropped = where[0] not in history.slides
        assert word in told or replaced or dropped, f"{word} was in the last deck at {where} and is lost"
    for place, word in history.author.items():
        if place[0] not in history.slides or word in told.replace(history.aside, ""):
            continue
        by_hand = shown.get(place, "")
        assert history.made_on.get(by_hand) == word, f"the author's {word} at {place} is not there; {by_hand!r} is"
    for slide in history.slides:
        assert f"Slide {slide}" in now or f"Slide {slide}" in merged.deleted
    assert origin_of(Package(merged.content)).build == origin_of(Package(history.last)).build
    assert problems(merged.content) == []
