"""Documents of few words, which are notes for slides rather than a text: all that stands in them is on their slides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docutils import nodes

from builder.deck.conversion import elements, handler_of
from builder.deck.handlers.dropped import UNSHOWN
from builder.deck.suggestions.chunks import BLOCK_WORDS, MOST_WORDS, NOTHING, Chunk
from builder.deck.suggestions.content import is_passed_through, is_words, without_drafts
from builder.deck.suggestions.cues import COLONS
from builder.deck.suggestions.marks import BlockMark, Mark, TextMark
from builder.deck.suggestions.outlined import is_room
from builder.deck.suggestions.sentences import leads_on
from builder.deck.suggestions.text import ChapterText, LeftOut
from builder.source.annotations.vocabulary import slide, speaker_notes
from builder.source.annotations.written import is_cell

SHORT_DOCUMENT = 300
"""Words in the paragraphs of such a document."""
SHORT_WITH_ALL = 700
"""Words in all that such a document holds: code and tables make a text of it."""
MUCH_CODE = 60
"""Words of code that make a listing of it, where it has fewer others."""
SHORT_SECTION = 60
"""Words in the paragraphs of a section of it that stands on its slide as it is."""
SHORT_SECTION_WITH_ALL = 150
"""Words in all that such a section holds, with its lists and boxes."""
SLIDE_WORDS = 75
"""Words of a section that one slide holds."""
LISTINGS = (nodes.literal_block, nodes.doctest_block)
WORDLESS = (*LISTINGS, nodes.math_block)
"""What has no words of its own."""
DEEPEST_ITEM = 2
"""The level of the deepest item of a list that is a point by itself."""
USUAL = 0.75
"""The share of its sections that are so short: where more are long, it is a text, though a brief one."""


def is_short(nodes_in: Sequence[nodes.Element], chapter: ChapterText, most: int) -> bool:
    """True if paragraphs straight in sections, or in a section's content, have few words."""
    paragraphs = (one for node in nodes_in for one in node.findall(nodes.paragraph))
    straight = (one for one in paragraphs if isinstance(one.parent, nodes.section))
    return sum(chapter.cues.count(one.astext()) for one in straight) <= most


def is_brief(content: Sequence[nodes.Element], chapter: ChapterText) -> bool:
    """True if a slide or two hold all that stands straight in a section: paragraphs, and lists and boxes, are short."""
    shown = (one for one in content if not isinstance(one, (*UNSHOWN, slide, speaker_notes, nodes.literal_block)))
    words = sum(chapter.cues.count(one.astext()) for one in shown if not is_cell(one))
    return words <= SHORT_SECTION_WITH_ALL and is_short(content, chapter, SHORT_SECTION)


def is_notes(sections: Sequence[nodes.section], chapter: ChapterText) -> bool:
    """True for a document of few words, with less code than words and few tables, most of whose sections are brief."""
    words = sum(len(section.astext().split()) for section in sections)
    listings = (one for section in sections for one in section.findall(lambda node: isinstance(node, LISTINGS)))
    code = sum(len(one.astext().split()) for one in listings)
    if code > max(MUCH_CODE, words // 2) or words > SHORT_WITH_ALL or not is_short(sections, chapter, SHORT_DOCUMENT):
        return False
    every = [part for section in sections for part in section.findall(nodes.section)]
    contents = [own for part in every if (own := own_content(part))]
    has_cells = any(is_cell(one) for content in contents for one in content)
    return not has_cells and sum(is_brief(one, chapter) for one in contents) >= USUAL * len(contents)


def own_content(section: nodes.section) -> list[nodes.Element]:
    """What stands straight in a section, without what is in the sections below it."""
    return [one for one in elements(section) if not isinstance(one, nodes.section | nodes.title)]


def has_long_block(content: Sequence[nodes.Element], chapter: ChapterText) -> bool:
    """True if a block of a section has more words than a slide should hold, with those of its footnotes."""
    blocks = (one for one in content if not isinstance(one, (*UNSHOWN, slide, speaker_notes)) and not is_cell(one))
    return any(chapter.shown_words(one) > BLOCK_WORDS for one in blocks if not isinstance(one, WORDLESS))


def without_leads(marks: Sequence[BlockMark], left_out: Sequence[LeftOut]) -> list[BlockMark]:
    """The marks of blocks, without words that lead to what no slide of the section shows."""
    lost = {id(previous_block(one.node)) for one in left_out}
    found = [mark for mark in marks if not (is_lead(mark.node) and id(mark.node) in lost)]
    while found and is_lead(found[-1].node):
        found.pop()
    return found


def previous_block(node: nodes.Element) -> nodes.Node | None:
    """What stands above a block, in a container or not; None for the first of its section."""
    above = node.previous_sibling()
    while isinstance(above, nodes.Invisible | nodes.target):
        above = above.previous_sibling()
    is_first = above is None and node.parent is not None and is_passed_through(node.parent)
    return previous_block(node.parent) if is_first else above


def is_lead(node: nodes.Element) -> bool:
    """True for words that end with a colon."""
    return isinstance(node, nodes.paragraph) and node.astext().rstrip().endswith(COLONS)


def divided(marks: Sequence[BlockMark], chapter: ChapterText) -> list[Mark]:
    """The marks of blocks, with those that open further slides where one would hold too many words; a block stays with
    the words that lead to it, or stands without them where they would be all of a slide; a few last words stay with
    what is above them.
    """
    words = [0 if isinstance(one.node, WORDLESS) else chapter.shown_words(one.node) for one in marks]
    found: list[BlockMark | None] = list(marks)
    first = 0
    for index in range(1, len(marks) if sum(words) > SLIDE_WORDS else 0):
        above = marks[index - 1].node
        is_led = isinstance(above, nodes.paragraph) and leads_on(above.astext())
        is_rest = sum(words[index:]) < NOTHING
        most = SLIDE_WORDS if is_rest or (is_led and index - 1 == first) else BLOCK_WORDS
        if sum(words[first : index + 1]) <= most:
            continue
        opening = found[first]
        if is_led and index - 1 == first and opening is not None:
            first, found[first], found[index] = index, None, replace(opening, node=marks[index].node)
        else:
            first = index - (is_led and index - 1 > first)
            found[first] = BlockMark(marks[first].node, ("slide", "next-slide"))
    return [mark for mark in found if mark is not None]


def as_points(marks: Sequence[BlockMark], chapter: ChapterText) -> list[Chunk]:
    """The slide of a section of notes whose lists are a few points, as which they may stand with those of its
    neighbours; none for one that holds more, or other things.
    """
    if not any(isinstance(mark.node, nodes.bullet_list) for mark in marks):
        return []
    found: list[TextMark] = []
    for index, mark in enumerate(marks):
        is_led = index > 0 and is_lead(marks[index - 1].node)
        points = points_of(mark.node, chapter, 2 if is_led else 1)
        if not points:
            return []
        found += points
    words = sum(chapter.shown_words(mark.node) for mark in marks)
    if not found or not is_room(len(found), words) or words > MOST_WORDS:
        return []
    return [Chunk(marks[0].node, tuple(found), words, len(found))]


def points_of(node: nodes.Node | None, chapter: ChapterText, level: int = 1) -> list[TextMark]:
    """A paragraph, a quotation of a word or two, or each item of a list as a point; none where one is no such thing."""
    if isinstance(node, nodes.paragraph):
        return whole_text(node, chapter, level)
    if isinstance(node, nodes.block_quote) and chapter.shown_words(node) < NOTHING:
        return points_of(node.children[0], chapter, level) if len(node.children) == 1 else []
    found: list[TextMark] = []
    items = elements(node) if isinstance(node, nodes.bullet_list) and level <= DEEPEST_ITEM else []
    for item in items:
        first, *below = item.children or (None,)
        parts = [points_of(first, chapter, level), *(points_of(one, chapter, level + 1) for one in below)]
        if not isinstance(first, nodes.paragraph) or not all(parts):
            return []
        found += [mark for part in parts for mark in part]
    return found


def whole_text(node: nodes.paragraph, chapter: ChapterText, level: int) -> list[TextMark]:
    """A paragraph of words from end to end as a point; none where no mark can be written round it."""
    written = chapter.document.paragraph(node) if is_words(node) else None
    end = len(written.text.rstrip("\\ ")) if written is not None else 0  # a line break behind the last line
    is_plain = next(node.findall(nodes.image), None) is None
    return [TextMark(node, 0, end, level)] if written is not None and is_plain and written.may_hold(0, end) else []


def whole(chapter: ChapterText, content: Sequence[nodes.Element]) -> tuple[list[BlockMark], list[LeftOut]]:
    """The marks of all that a section shows, and what cannot be marked."""
    marks: list[BlockMark] = []
    left_out: list[LeftOut] = []
    for node in content:
        if isinstance(node, (*UNSHOWN, slide, speaker_notes)):
            continue
        if chapter.document.can_mark_block(node) and chapter.can_show(node):
            marks.append(BlockMark(node, ("slide",)))
        elif is_passed_through(node):
            inner = whole(chapter, without_drafts(elements(node), chapter.cues))
            marks += inner[0]
            left_out += inner[1]
        elif is_shown(node):
            left_out.append(LeftOut("block", node))
    return marks, left_out


def is_shown(node: nodes.Element) -> bool:
    """True for a node that a reader sees."""
    return handler_of(type(node)) is not None or isinstance(node, nodes.TextElement)
