"""What a lecturer asks of a deck before the lecture: is it as long as it should be, is it crowded, what does it leave
out?
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.build.planning import section_labels
from builder.build.wording import counted
from builder.deck.lectures import Lecture
from builder.deck.minutes import minutes_of, time_of_day
from builder.deck.model import FittedDeck
from builder.errors import Source, source_of
from builder.store.files import seen_from

TOLERANCE = 0.15
"""What part of its declared length a lecture may be off."""


@dataclass(frozen=True, slots=True)
class Review:
    """One deck: ``minutes`` by its slides, ``declared`` 0 when not; ``remarks`` in words, one a line."""

    name: str
    slides: int
    hidden: int
    minutes: float
    declared: float
    remarks: tuple[str, ...]
    start: datetime.time | None = None

    def lines(self) -> list[str]:
        """``lecture-1: 24 slides, 2 of them hidden, about 48 of 50 minutes``, then the remarks, indented."""
        hidden = f", {self.hidden} of them hidden" if self.hidden else ""
        minutes = counted(self.minutes, "minute")
        if self.declared:
            minutes = f"{self.minutes:,.0f} of {self.declared:g} {'minute' if self.declared == 1 else 'minutes'}"
        times = f", {time_of_day(self.start, 0)} to {time_of_day(self.start, self.minutes)}" if self.start else ""
        head = f"{self.name}: {counted(self.slides, 'slide')}{hidden}, about {minutes}{times}"
        return [head, *(f"  {remark}" for remark in self.remarks)]


def review(env: BuildEnvironment, lecture: Lecture, deck: FittedDeck | None) -> Review:
    """The review of a fitted deck; None is one that cannot be fitted.

    Raises:
        AuthorError: the lecture names a section that its document does not have.
    """
    slides = deck.slides if deck is not None else ()
    shown = [slide for slide in slides if not slide.slide.hidden]
    minutes = sum(map(minutes_of, shown))
    remarks = []
    if lecture.minutes and abs(minutes - lecture.minutes) > TOLERANCE * lecture.minutes:
        off = minutes - lecture.minutes
        remarks.append(f"about {counted(abs(off), 'minute')} too {'long' if off > 0 else 'short'} by its slides")
    if deck is not None:
        remarks += [f"crowded: {action}" for action in deck.actions]
    places = {slide.slide.place.label for slide in slides if slide.slide.place is not None}
    remarks += [f"no slide: {words}" for words in without_slides(env, lecture, places)]
    return Review(
        lecture.name, len(slides), len(slides) - len(shown), minutes, lecture.minutes, tuple(remarks), lecture.start
    )


def without_slides(env: BuildEnvironment, lecture: Lecture, places: set[str]) -> Iterator[str]:
    """Titles, with file and line, of the outermost sections of a lecture that no slide shows a part of."""
    for item in lecture.documents:
        docname, _, section = item.partition("#")
        wanted = section_labels(env, docname, section, lecture.source) if section else None
        for node in outermost(env.get_doctree(docname), docname, places):
            if wanted is None or f"{docname}:{node['ids'][0]}" in wanted:
                title = node.next_node(nodes.title)
                source = source_of(title if title is not None else node)
                path = seen_from(source.path) if source.path else docname
                yield f"{title.astext() if title is not None else docname} ({Source(path, source.line)})"


def outermost(tree: nodes.Element, docname: str, places: set[str]) -> Iterator[nodes.section]:
    """The sections in ``tree`` that hold no place of a slide, but not those inside of such a one."""
    for section in tree.children:
        if isinstance(section, nodes.section):
            labels = {f"{docname}:{inner['ids'][0]}" for inner in section.findall(nodes.section)}
            if not labels & places:
                yield section
            else:
                yield from outermost(section, docname, places)
