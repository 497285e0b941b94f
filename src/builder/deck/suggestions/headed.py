"""Paragraphs in bold that stand as headings do: points of a slide above what they head, or its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from docutils import nodes

from builder.deck.suggestions.chunks import Chunk
from builder.deck.suggestions.content import is_bold_heading
from builder.deck.suggestions.marks import HeadingMark, Mark, TextMark
from builder.deck.suggestions.section import SectionReader
from builder.deck.suggestions.sentences import TITLE_WORDS, term_end
from builder.source.annotations.vocabulary import DEEPEST_MARK


def headed(reader: SectionReader, slides: Sequence[Chunk]) -> list[Chunk]:
    """The slides of a section, on which each heading in bold stands above the first that it heads; a further slide of
    one of them has it as its title.
    """
    if reader.chapter.first_sentences or not any(map(is_bold_heading, reader.blocks)):
        return list(slides)
    headings = BoldHeadings(reader)
    return [headings.above(slide, is_further=number > 0) for number, slide in enumerate(slides)]


@dataclass
class BoldHeadings:
    """The headings in bold of a section; each is ``shown`` once."""

    reader: SectionReader
    shown: set[int] = field(default_factory=set)

    def above(self, slide: Chunk, *, is_further: bool) -> Chunk:
        """A slide with the headings of what it shows; the only one of a further slide is the title of that."""
        heads = [self.head_of(mark) for mark in slide.marks]
        new = {head: mark for head in dict.fromkeys(heads) if head is not None and (mark := self.point(head))}
        if not new:
            return slide
        self.shown |= set(new)
        is_title = is_further and len(set(heads)) == 1 and all(map(self.is_short, new.values()))
        marks = tuple(with_headings(zip(slide.marks, heads, strict=True), new, is_title=is_title))
        first = self.reader.blocks[heads[0]] if heads[0] in new else slide.first
        words = slide.words + sum(map(self.reader.words_of, new.values()))
        points = slide.points + (0 if is_title else len(new))
        return replace(slide, first=first, marks=marks, words=words, points=points, title=None, parts=())

    def is_short(self, heading: TextMark) -> bool:
        """True for a heading that a slide can have as its title."""
        return self.reader.words_of(heading) <= TITLE_WORDS

    def head_of(self, mark: Mark) -> int | None:
        """The place of the heading in bold above what a mark is for; None where there is none."""
        places = {id(node): place for place, node in enumerate(self.reader.blocks)}
        node: nodes.Element | None = mark.section if isinstance(mark, HeadingMark) else mark.node
        while node is not None and id(node) not in places:
            node = node.parent
        before = range(places[id(node)] - 1 if node is not None else -1, -1, -1)
        return next((place for place in before if is_bold_heading(self.reader.blocks[place])), None)

    def point(self, place: int) -> TextMark | None:
        """The words of a heading as a point; None where it is shown already, or no mark can be written round it."""
        node = self.reader.blocks[place]
        document = self.reader.chapter.document
        written = document.paragraph(node) if isinstance(node, nodes.paragraph) else None
        if written is None or place in self.shown or not document.can_mark_block(node):
            return None
        end = len(written.text.rstrip(" :："))
        return TextMark(node, 0, end) if isinstance(node, nodes.paragraph) and written.may_hold(0, end) else None


def with_headings(
    marks: Iterator[tuple[Mark, int | None]], new: dict[int, TextMark], *, is_title: bool
) -> Iterator[Mark]:
    """Marks below the headings that they have, one level deeper, unless the heading ``is_title``."""
    done: set[int] = set()
    for mark, head in marks:
        if head in new and head not in done:
            done.add(head)
            yield replace(new[head], is_title=is_title)
        is_below = head in new and not is_title and isinstance(mark, TextMark) and mark.level < DEEPEST_MARK
        yield replace(mark, level=mark.level + 1) if is_below and isinstance(mark, TextMark) else mark


def without_last_names(slides: Sequence[Chunk]) -> list[Chunk]:
    """The slides, of which none ends with the bold term that a sentence begins with, unless another such term stands
    above it, or nothing.
    """
    return [without_last_name(slide) for slide in slides]


def without_last_name(slide: Chunk) -> Chunk:
    """A slide without the bold term that it ends with alone."""
    *before, last = slide.marks
    if not isinstance(last, TextMark) or not is_name(last) or not before or is_name(before[-1]):
        return slide
    return replace(slide, marks=tuple(before), points=slide.points - 1)


def is_name(mark: Mark) -> bool:
    """True for a point that is no more than the bold term that its paragraph, which is no item, begins with."""
    if not isinstance(mark, TextMark) or isinstance(mark.node.parent, nodes.list_item):
        return False
    return mark.start == 0 and 0 < mark.end == term_end(mark.node)
