"""One section of a chapter → the marks that its text, its pictures, formulas, lists and code suggest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from docutils import nodes

from builder.deck.conversion import handler_of
from builder.deck.suggestions.captioned import goes_on_behind, is_beside_picture, is_caption, leading
from builder.deck.suggestions.chunks import MOST_WORDS, Chunk
from builder.deck.suggestions.content import flow, is_bold_heading, is_code, is_words, kind_of, room_of, without_drafts
from builder.deck.suggestions.cues import COLONS
from builder.deck.suggestions.marks import BlockMark, TextMark
from builder.deck.suggestions.scores import terms_of
from builder.deck.suggestions.sentences import (
    FEWEST_WORDS,
    Sentence,
    can_title,
    count_shown,
    leads_on,
    point_in,
    sentences_of,
)
from builder.deck.suggestions.text import ChapterText, LeftOut

WORDS_A_POINT = 60
"""About so many words of the book give a point."""
FEWEST_POINTS = 4
"""Points that a section gives at least, where it has sentences that carry them."""
MOST_OF_SECTION = 24
"""Points of text that a section gives at most."""
FROM_A_PARAGRAPH = 2
LOWEST = 0.4
"""The score below which a sentence is no point."""
LOWEST_ALONE = -1.8
"""The same where the section would show nothing else."""
NEEDED = 4
"""Points that a section without blocks that fill a slide shows, where its sentences are not altogether weak; a long one
shows half of its usual points, whatever else it has.
"""
MOST = {"formula": 3, "code": 2, "quotation": 1, "box": 2, "table": 3, "list": 4, "figure": 8, "cell": 4}
"""Blocks of each kind that a section shows."""
LEAD_WORDS = 28
"""Words of a sentence that a block or a slide needs, where no clause of it stands alone."""


Maker = Callable[["SectionReader", int], "Chunk | None"]
MAKERS: dict[str, Maker] = {}
"""Kind of a node → what makes the chunk of it, with the sentences that belong to it."""


def makes(*kinds: str) -> Callable[[Maker], Maker]:
    """Register a maker for kinds of nodes."""

    def register(maker: Maker) -> Maker:
        MAKERS.update(dict.fromkeys(kinds, maker))
        return maker

    return register


@dataclass
class SectionReader:
    """Reads the blocks of a section; what it suggests are its ``chunks``."""

    chapter: ChapterText
    blocks: list[nodes.Element]
    heading: set[str]
    used: set[tuple[int, int]] = field(default_factory=set)
    read: dict[int, list[Sentence]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    """The sentences, in small letters, that sections above have shown."""
    behind: set[int] = field(default_factory=set)
    """The identities of paragraphs that begin on the slide of the block above them."""

    def chunks(self) -> list[Chunk]:
        """What the section shows, in order; what begins in one paragraph is one chunk."""
        found: dict[int, Chunk] = {}
        for index, node in enumerate(self.blocks):
            maker = MAKERS.get(kind_of(self.chapter.context, node))
            chunk = maker(self, index) if maker is not None else None
            if chunk is not None:
                above = found.pop(self.before(index), None) if chunk.joins else None
                found[index] = above.with_(chunk) if above is not None else chunk
            elif maker is not None:
                self.left_out.append(LeftOut(kind_of(self.chapter.context, node), node))
        self.left_out += self.unwritable()
        texts = self.chosen(any(chunk.is_full for chunk in found.values()))
        firsts = {id(chunk.first): index for index, chunk in found.items()}
        for index, chunk in texts:
            group = firsts.get(id(chunk.first))
            if group is None:
                found[index] = chunk
            elif found[group].words + chunk.words <= MOST_WORDS:
                found[group] = chunk.with_(found[group])
        return [found[index] for index in sorted(found)]

    def unwritable(self) -> Iterator[LeftOut]:
        """The paragraphs into whose source no mark can be written."""
        for node in self.blocks:
            if not isinstance(node, nodes.paragraph) or next(node.findall(nodes.image), None) is not None:
                continue
            if self.chapter.document.paragraph(node) is None:
                yield LeftOut("text", node)

    # --- text

    def sentences(self, index: int) -> list[Sentence]:
        """The sentences of a paragraph in the section; none for another block."""
        if not 0 <= index < len(self.blocks):
            return []
        node = self.blocks[index]
        if not isinstance(node, nodes.paragraph) or next(node.findall(nodes.image), None) is not None:
            return []
        if self.is_heading(index):
            return []
        if index not in self.read:
            self.read[index] = sentences_of(node, self.chapter.document, self.chapter.cues)
        return self.read[index]

    def is_heading(self, index: int) -> bool:
        """True for a paragraph in bold that stands as a heading does."""
        return index >= 0 and not self.chapter.first_sentences and is_bold_heading(self.blocks[index])

    def chosen(self, is_filled: bool) -> list[tuple[int, Chunk]]:
        """The points of the section's text, with the places of their paragraphs: those that carry most."""
        paragraphs = [index for index, node in enumerate(self.blocks) if is_words(node)]
        words = sum(self.chapter.cues.count(self.blocks[index].astext()) for index in paragraphs)
        rated = [
            (self.chapter.ranking.score(one, self.heading, is_opening=self.opens(index)), index, one)
            for index in paragraphs
            for one in self.sentences(index)
            if (index, one.number) not in self.used
            if self.chapter.first_sentences or self.may_be_point(index, one)
            if not self.leads_on(one)
        ]
        rated.sort(key=lambda item: (-item[0], item[1], item[2].number))
        if self.chapter.first_sentences:
            rated = [item for item in rated if item[2].number == 0]
        usual = min(MOST_OF_SECTION, max(FEWEST_POINTS, words // WORDS_A_POINT))
        wanted = len(rated) if self.chapter.first_sentences else usual
        of_paragraph = max(FROM_A_PARAGRAPH, usual // max(1, len(paragraphs)))
        needed = max(0 if is_filled else NEEDED, usual // 2 if usual > NEEDED else 0)
        return self.joined(self.best(rated, wanted, needed, of_paragraph))

    def opens(self, index: int) -> bool:
        """True for the first paragraph of the section."""
        return not any(is_words(node) for node in self.blocks[:index])

    def may_be_point(self, index: int, sentence: Sentence, *, follows: bool = False) -> bool:
        """True for a sentence that says something by itself, or below the sentence that it ``follows``."""
        is_part = self.leads_on(sentence) or self.is_part(index, sentence) or is_caption(self.blocks, index)
        if is_part or not self.says_something(index, sentence):
            return False
        ranking = self.chapter.ranking
        return not ranking.is_remote(sentence) and (follows or not ranking.goes_on(sentence))

    def leads_on(self, sentence: Sentence) -> bool:
        """True for a sentence that ends with a colon, or with words such as *looks as follows*."""
        return sentence.text.endswith(COLONS) or self.chapter.cues.leads(sentence.text)

    def leads_elsewhere(self, index: int, sentence: Sentence) -> bool:
        """True for a sentence that another block continues than a picture near it, unless it begins with that."""
        leads = self.leads_on(sentence) or self.is_part(index, sentence)
        return leads and not self.chapter.cues.pictured.match(sentence.text)

    def says_something(self, index: int, sentence: Sentence) -> bool:
        """False for one that a section above has shown, and for one that says whose a picture is: that stands above or
        below it, or the sentence names a page.
        """
        if sentence.text.casefold() in self.known:
            return False
        names_page = next(sentence.node.findall(nodes.reference), None) is not None or "://" in sentence.text
        return not (
            self.chapter.cues.is_credit(sentence.text) and (is_beside_picture(self.blocks, index) or names_page)
        )

    def place_of(self, node: nodes.Element) -> int:
        """The place of a block in the section."""
        return next(index for index, one in enumerate(self.blocks) if one is node)

    def best(
        self, rated: list[tuple[float, int, Sentence]], wanted: int, needed: int, of_paragraph: int
    ) -> list[tuple[float, int, Sentence, TextMark]]:
        """The best sentences that can be points, at most ``of_paragraph`` of each, and as many as a slide holds; the
        first ``needed`` ones need not carry much.
        """
        found: list[tuple[float, int, Sentence, TextMark]] = []
        shown: set[str] = set()
        words_in: Counter[int] = Counter()
        lowest = float("-inf") if self.chapter.first_sentences else LOWEST
        for score, index, sentence in rated:
            is_needed = len(found) < needed and score >= LOWEST_ALONE
            if len(found) >= wanted or (score < lowest and not is_needed):
                break
            if sum(one[1] == index for one in found) >= of_paragraph:
                continue
            place = point_in(sentence, self.chapter.cues)
            if place is None and self.chapter.first_sentences:
                place = self.whole(sentence)
            elif place is None and is_needed:
                place = self.short_whole(sentence)
            mark = TextMark(sentence.node, *place) if place is not None else None
            words = sentence.written.text[slice(*place)].casefold() if place else ""
            if mark is None or words in shown:
                continue
            has_room = not words_in[index] or words_in[index] + self.words_of(mark) <= MOST_WORDS
            if has_room or self.chapter.first_sentences:
                shown.add(words)
                words_in[index] += self.words_of(mark)
                found.append((score, index, sentence, mark))
        return found

    def joined(self, points: list[tuple[float, int, Sentence, TextMark]]) -> list[tuple[int, Chunk]]:
        """Points in the order of the text, those of a paragraph in one chunk."""
        found: dict[int, Chunk] = {}
        for score, index, sentence, mark in sorted(points, key=lambda one: (one[1], one[2].number)):
            chunk = self.loose(index, sentence, mark, score)
            found[index] = found[index].with_(chunk) if index in found else chunk
        return list(found.items())

    def loose(self, index: int, sentence: Sentence, mark: TextMark, score: float) -> Chunk:
        """The point of a sentence of the text, which can be the title of its slide, and may give way to others."""
        chunk = self.chunk(self.blocks[index], (mark,), score=score)
        title = None if self.is_of_before(sentence) else self.title_in(sentence, mark)
        return replace(chunk, title=title, is_loose=not self.chapter.first_sentences)

    def title_in(self, sentence: Sentence, mark: TextMark | None) -> TextMark | None:
        """The point of a sentence where it can be a title; None where it cannot."""
        if mark is None or self.chapter.first_sentences or self.chapter.ranking.leans(sentence):
            return None
        return mark if can_title(sentence, (mark.start, mark.end), self.chapter.cues) else None

    def is_of_before(self, sentence: Sentence) -> bool:
        """True for one that begins with a thing named before (*the conduct*) and has no word of the heading."""
        cues = self.chapter.cues
        return bool(cues.definite.match(sentence.text)) and self.heading.isdisjoint(terms_of(sentence.text, cues))

    def whole(self, sentence: Sentence) -> tuple[int, int] | None:
        """A sentence from end to end; None where no mark can be written round it."""
        can = sentence.written.may_hold(sentence.start, sentence.end)
        return (sentence.start, sentence.end) if can else None

    def is_part(self, index: int, sentence: Sentence) -> bool:
        """True for a sentence that a block continues, or that continues a block: it is no point without that."""
        has_block = index + 1 < len(self.blocks) and not is_words(self.blocks[index + 1])
        is_last = sentence.introduces and sentence.end >= len(sentence.written.text.rstrip())
        leads = is_last and (has_block or (sentence.number > 0 and sentence.text[-1:].isalpha()))
        return leads or goes_on_behind(self.blocks, index, sentence)

    def short_whole(self, sentence: Sentence) -> tuple[int, int] | None:
        """A sentence that a slide needs and can hold, though no clause of it stands alone; None for a longer one."""
        words = sentence.count(sentence.start, sentence.end, self.chapter.cues)
        return self.whole(sentence) if FEWEST_WORDS <= words <= LEAD_WORDS and sentence.is_prose else None

    # --- what belongs to a block

    def lead(self, index: int) -> TextMark | None:
        """The point that leads to a block: the last sentence of the paragraph above it, or a clause of that; where it
        is hollow or in brackets, the one before it that stands alone.
        """
        sentences = self.sentences(index - 1)
        is_whole = bool(sentences) and self.chapter.cues.definite.match(sentences[-1].text) is not None
        is_shown = index > 1 and not self.is_left_out(self.blocks[index - 2])
        sentences = leading(self.blocks, index - 1, sentences, may_go_on=is_shown or is_whole)
        if sentences and (sentences[-1].is_aside or sentences[-1].is_hollow(self.chapter.cues)):
            sentences = [one for one in sentences[-2:-1] if not self.chapter.ranking.leans(one)]
        return self.taken(index - 1, sentences[-1]) if sentences else None

    def is_led_to(self, index: int) -> bool:
        """True if the paragraph above a block ends with a sentence that the block continues."""
        above = self.blocks[index - 1] if index and not self.is_heading(index - 1) else None
        return above is not None and is_words(above) and leads_on(above.astext())

    def taken(self, index: int, sentence: Sentence) -> TextMark | None:
        """The point of a sentence that belongs to a block; no other takes it."""
        place = self.free_point(index, sentence)
        if place is None:
            return None
        self.used.add((index, sentence.number))
        return TextMark(sentence.node, *place)

    def free_point(self, index: int, sentence: Sentence) -> tuple[int, int] | None:
        """From where to where a sentence is the point of a block; None where it is none, or is another's."""
        is_free = (index, sentence.number) not in self.used
        return point_in(sentence, self.chapter.cues) or self.short_whole(sentence) if is_free else None

    def with_nearby(self, index: int, classes: tuple[str, ...], words: int) -> Chunk:
        """A picture or table below the step that leads to it, else with the sentence near it that speaks of it best,
        which can be the title of both.
        """
        step = self.step_above(index)
        if step is not None and not self.is_left_out(step):
            return self.below(index, classes, words)
        near = self.nearby(index)
        return self.beside(index, classes, words, near) if near else self.group(index, classes, words, ())

    def beside(self, index: int, classes: tuple[str, ...], words: int, near: tuple[int, Sentence]) -> Chunk:
        """A block with a sentence ``near`` it, behind the place of its paragraph."""
        place, sentence = near
        point = self.taken(place, sentence)
        chunk = self.group(index, classes, words, (point,), after=int(point is not None and place > index))
        return replace(chunk, title=self.title_in(sentence, point))

    def nearby(self, index: int, names: AbstractSet[str] | None = None) -> tuple[int, Sentence] | None:
        """The sentence near a block that speaks of it best, behind the place of its paragraph: of a picture or table,
        or of code with some ``names``.
        """
        best: tuple[float, int, Sentence] | None = None
        above = self.before(index)
        for place, distance in ((above, 1), (index + 1, 1), (above - 1, 2), (index + 2, 2)):
            for one in self.sentences(place):
                score = self.chapter.ranking.score(one, self.heading, is_opening=False)
                score += self.chapter.ranking.for_block(one, set(self.blocks[index]["ids"]), distance, names)
                is_free = self.free_point(place, one) is not None and not one.is_aside
                is_free = is_free and self.says_something(place, one)
                is_free &= place == above or not self.leads_elsewhere(place, one)
                if is_free and score > LOWEST_ALONE and (best is None or score > best[0]):
                    best = score, place, one
        return best[1:] if best is not None else None

    # --- chunks

    def chunk(self, first: nodes.Element, marks: tuple[BlockMark | TextMark, ...], *, score: float = 9.0) -> Chunk:
        """A chunk of points and no more."""
        points = [mark for mark in marks if isinstance(mark, TextMark)]
        words = sum(self.words_of(mark) for mark in points)
        can_begin = id(first) not in self.behind and self.chapter.document.can_mark_block(first)
        return Chunk(first, marks, words, len(points), 0, score, can_begin)

    def words_of(self, mark: TextMark) -> int:
        """Return how many words a point has."""
        written = self.chapter.document.paragraph(mark.node)
        assert written is not None
        return count_shown(mark.node, written.text, (mark.start, mark.end), self.chapter.cues)

    def group(
        self, index: int, classes: tuple[str, ...], words: int, around: Sequence[TextMark | None], after: int = 0
    ) -> Chunk:
        """A block with the points that belong to it; the last ``after`` of them stand below it."""
        node = self.blocks[index]
        points = [mark for mark in around if mark is not None]
        before = points[: len(points) - after] if after else points
        first = before[0].node if before else node
        self.behind |= {id(mark.node) for mark in points[len(before) :]}
        chunk = self.chunk(first, (*before, BlockMark(node, classes), *points[len(before) :]))
        room = room_of(node)
        return Chunk(first, chunk.marks, chunk.words + words, chunk.points, room, chunk.score, chunk.can_begin)

    def below(self, index: int, classes: tuple[str, ...], words: int) -> Chunk:
        """A block on the slide of the list above it."""
        return replace(self.group(index, classes, words, ()), joins=True)

    def step_above(self, index: int) -> nodes.Element | None:
        """The list above a block whose last item leads to it, or has nothing else but one item, as a step does."""
        above = self.before(index)
        node = self.blocks[above] if above >= 0 else None
        if not isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            return None
        return node if node.astext().rstrip().endswith(COLONS) or len(node.children) == 1 else None

    def before(self, index: int) -> int:
        """The place of the block above another one, without the code between that no slide shows; -1 for none."""
        place = index - 1
        while place >= 0 and is_code(self.blocks[place]) and self.is_left_out(self.blocks[place]):
            place -= 1
        return place

    def is_left_out(self, node: nodes.Element) -> bool:
        """True for a block that stands on no slide."""
        return any(left.node is node for left in self.left_out)

    def count(self, kind: str, most: int) -> bool:
        """Count a block of a kind; returns whether the section may show one more."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind] <= most

    def can_mark(self, node: nodes.Element) -> bool:
        """True if a block can be marked, and shown."""
        can_mark = handler_of(type(node)) is not None and self.chapter.document.can_mark_block(node)
        return can_mark and self.chapter.can_show(node)


def reader_of(
    chapter: ChapterText, title: nodes.Element, content: Sequence[nodes.Element], known: set[str]
) -> SectionReader:
    """A reader of a section's own content; ``known`` are the sentences that sections above have shown."""
    blocks = without_drafts(flow(content), chapter.cues)
    return SectionReader(chapter, blocks, set(terms_of(title.astext(), chapter.cues)), known=known)
