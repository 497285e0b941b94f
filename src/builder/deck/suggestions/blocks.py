"""Blocks of a section that slides show, each with the sentences that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docutils import nodes

from builder.deck.captions import MOST_WORDS as CAPTION_WORDS
from builder.deck.captions import with_short_caption
from builder.deck.conversion import elements
from builder.deck.cut import is_echo
from builder.deck.suggestions.chunks import BLOCK_WORDS, MOST_WORDS, Chunk
from builder.deck.suggestions.code import MOST_LINES, is_failure, lines_that_matter, names_in
from builder.deck.suggestions.cues import COLONS
from builder.deck.suggestions.marks import TextMark
from builder.deck.suggestions.section import MOST, SectionReader, makes
from builder.deck.suggestions.sentences import MOST_WORDS as LONGEST
from builder.deck.suggestions.sentences import PARTED, UNREAD, leads_on, point_in, sentences_of

LIST_WORDS = 45
"""Words of a list that stands on a slide as it is."""
LIST_ITEMS = 8
ITEM_WORDS = 11
"""Words of an item of a longer list, cut to its beginning; fewer items have more."""
ITEMS_CUT = 6
TABLE_WORDS = 60
TABLE_ROWS = 10
YEAR_OF_WORK = re.compile(r"\((?:1[5-9]|20)\d\d[a-z]?\)[.,:]")
"""The year of a work in a list of sources."""
OUTPUT_LINES = 8
CELL_LINES = 11
"""Lines of code and of what it prints that stand on a slide together."""
OUTPUT_WIDTH = 90
"""About how many characters of what a cell prints stand on a line of a slide."""
HIDDEN = ("tag_hide-cell", "tag_remove-cell", "tag_hide-output", "tag_remove-output", "tag_hide_cell",
          "tag_remove_cell", "tag_hide_output", "tag_remove_output")  # fmt: skip
"""Tags of cells whose results the book does not show by itself."""
CODE_HIDDEN = ("tag_hide-input", "tag_remove-input", "tag_hide_input", "tag_remove_input")


@makes("figure")
def figure(reader: SectionReader, index: int) -> Chunk | None:
    """A picture with its caption and the sentence that speaks of it."""
    node = reader.blocks[index]
    if is_without_picture(node) or not reader.can_mark(node) or not reader.count("figure", MOST["figure"]):
        return None
    words = reader.chapter.shown_words(node)
    if isinstance(node, nodes.figure | nodes.paragraph) and (
        words > CAPTION_WORDS or next(node.findall(nodes.legend), None)
    ):
        short = with_short_caption(node, reader.chapter.cues.language)
        return reader.with_nearby(index, ("slide-picture",), reader.chapter.shown_words(short))
    return reader.with_nearby(index, ("slide",), words)


def is_without_picture(node: nodes.Element) -> bool:
    """True for a figure in which the name of an object stands instead of what is drawn."""
    listings = list(node.findall(nodes.literal_block))
    return bool(listings) and not shows_result(node) and all(is_echo(one.astext()) for one in listings)


@makes("table")
def table(reader: SectionReader, index: int) -> Chunk | None:
    """A table that a slide holds, with the sentence that speaks of it."""
    node = reader.blocks[index]
    words = reader.chapter.cues.count(" ".join(entry.astext() for entry in node.findall(nodes.entry)))
    rows = len(list(node.findall(nodes.row)))
    if is_without_cells(node) or words > TABLE_WORDS or rows > TABLE_ROWS or not reader.can_mark(node):
        return None
    if not reader.count("table", MOST["table"]):
        return None
    if words >= TABLE_WORDS - 20:
        return reader.group(index, ("slide",), words, ())
    return reader.with_nearby(index, ("slide",), words)


def is_without_cells(node: nodes.Element) -> bool:
    """True for a table that has a head at most: its author or code has still to fill it."""
    cells = (cell for body in node.findall(nodes.tbody) for cell in body.findall(nodes.entry))
    return not any(cell.astext().strip() or shows_result(cell) for cell in cells)


@makes("list")
def listed(reader: SectionReader, index: int) -> Chunk | None:
    """A list as its slide shows it, that of the list above it where the last item of that leads to it."""
    chunk, above = items_of(reader, index), reader.step_above(index)
    if chunk is None or above is None or not above.astext().rstrip().endswith(COLONS):
        return chunk
    return None if reader.is_left_out(above) else replace(chunk, joins=True)


def items_of(reader: SectionReader, index: int) -> Chunk | None:
    """A list with the sentence that it continues; a long one by the beginnings of its items."""
    node = reader.blocks[index]
    words = reader.chapter.shown_words(node)
    has_more = any(True for _ in node.findall(lambda one: isinstance(one, nodes.literal_block | nodes.image)))
    has_more |= leads_to_nothing(reader, index)
    if has_more or words < 3 or is_of_sources(node) or has_markup(node) or not reader.count("list", MOST["list"]):
        return None
    is_short = words <= LIST_WORDS and len(node.children) <= LIST_ITEMS and reader.can_mark(node)
    items = [] if is_short else beginnings(reader, node)
    if not is_short and not 2 <= sum(one.level == 1 for one in items) <= ITEMS_CUT:
        return None
    lead = reader.lead(index) if reader.is_led_to(index) else None
    if lead is None and reader.is_led_to(index):
        return None
    items = whole_items(reader, node) if is_short else items
    if not items:
        return reader.group(index, ("slide",), words, (lead,))
    if lead is None:
        return reader.chunk(node, tuple(items))
    deeper = 1 if len(items) > 1 else 0
    return reader.chunk(lead.node, (lead, *(replace(one, level=one.level + deeper) for one in items)))


def leads_to_nothing(reader: SectionReader, index: int) -> bool:
    """True for a list of one item that leads to code which no slide shows."""
    node, below = reader.blocks[index], reader.blocks[index + 1 : index + 2]
    is_lead = len(node.children) == 1 and leads_on(node.astext())
    is_code = bool(below) and isinstance(below[0], nodes.literal_block)
    if not (is_lead and is_code):
        return False
    has_enough = reader.counts.get("code", 0) >= MOST["code"]
    return has_enough or lines_that_matter(below[0].astext(), ()) is None or not reader.can_mark(below[0])


def has_markup(node: nodes.Element) -> bool:
    """True for a list with markup that was not read: formulas, or headings within its items."""
    texts = (one for one in node.findall(nodes.Text) if not isinstance(one.parent, nodes.math | nodes.literal))
    return any(UNREAD.search(text.astext()) for text in texts)


def is_of_sources(node: nodes.Element) -> bool:
    """True for a list that only names pages or works: each item has an address as it is, or the year of a work."""
    texts = [item.astext() for item in node.children]
    return all("://" in text for text in texts) or all(map(YEAR_OF_WORK.search, texts))


def whole_items(reader: SectionReader, node: nodes.Element) -> list[TextMark]:
    """Each item of a list from end to end as a point; none at all where one is more than a text, or has a number."""
    found: list[TextMark] = []
    for item in node.children if isinstance(node, nodes.bullet_list) else ():
        text = item.children[0] if isinstance(item, nodes.Element) and len(item.children) == 1 else None
        written = reader.chapter.document.paragraph(text) if isinstance(text, nodes.paragraph) else None
        end = len(written.text.rstrip("\\ ")) if written is not None else 0  # a line break behind the last line
        if not isinstance(text, nodes.paragraph) or written is None or not written.may_hold(0, end):
            return []
        found.append(TextMark(text, 0, end))
    return found


def beginnings(reader: SectionReader, node: nodes.Element) -> list[TextMark]:
    """The beginning of each item of a list as a point, with the first of what it leads to; none at all where one has
    none, or leads to nothing that a slide shows.
    """
    found: list[TextMark] = []
    most = max(ITEM_WORDS, min(LONGEST, MOST_WORDS // max(1, len(node.children))))
    for item in node.children:
        text, *below = item.children or (None,)
        mark = beginning(reader, text, most) if isinstance(text, nodes.paragraph) else None
        if mark is None:
            return []
        found.append(mark)
        if below and mark.node.astext().rstrip().endswith(COLONS):
            led_to = list(first_below(reader, below[0], most))
            if not led_to:
                return []
            found += led_to
    return found


def first_below(reader: SectionReader, node: nodes.Node, most: int) -> Iterator[TextMark]:
    """The beginning of the first text below that of an item, in a list or not, that has one and does not tell of the
    book.
    """
    items = elements(node) if isinstance(node, nodes.bullet_list | nodes.enumerated_list) else []
    for paragraph in [item.children[0] for item in items if item.children] or [node]:
        mark = beginning(reader, paragraph, most) if isinstance(paragraph, nodes.paragraph) else None
        if mark is not None and not reader.chapter.cues.narration.search(mark.node.astext()[: mark.end]):
            yield replace(mark, level=2)
            return


def beginning(reader: SectionReader, text: nodes.paragraph, most: int) -> TextMark | None:
    """The first sentence of an item or a clause of it, what stands before its colon or dash, or its words in bold: the
    longest of these with ``most`` words.
    """
    cues = reader.chapter.cues
    sentences = sentences_of(text, reader.chapter.document, cues)
    if not sentences:
        return None
    first = sentences[0]
    ends = [match.start() for match in PARTED.finditer(first.text) if is_name(first.text[: match.start()])]
    strong = text.children[0]
    if isinstance(strong, nodes.strong):
        ends.append(len(strong.astext()))
    if (place := point_in(first, cues)) is not None and place[0] == first.start:
        ends.append(place[1] - first.start)
    for end in (first.end, *sorted((first.start + end for end in ends), reverse=True)):
        words = cues.count(first.written.text[first.start : end])
        if 0 < words <= most and first.written.may_hold(first.start, end):
            return TextMark(text, first.start, end)
    return None


def is_name(text: str) -> bool:
    """True for words that can name a thing, and are not just its number or a letter: *K2*."""
    return sum(map(str.isalpha, text)) > 1


@makes("definitions")
def definitions(reader: SectionReader, index: int) -> Chunk | None:
    """Terms with what they mean, where a slide holds them."""
    node = reader.blocks[index]
    words = reader.chapter.shown_words(node)
    if words > BLOCK_WORDS or not reader.can_mark(node) or not reader.count("list", MOST["list"]):
        return None
    return reader.group(index, ("slide",), words, (reader.lead(index) if reader.is_led_to(index) else None,))


@makes("quotation")
def quotation(reader: SectionReader, index: int) -> Chunk | None:
    """A quotation of few words, with the sentence that leads to it; none that is the caption of a picture."""
    node = reader.blocks[index]
    words = reader.chapter.shown_words(node)
    is_words = all(isinstance(child, nodes.paragraph | nodes.attribution) for child in node.children)
    is_caption = reader.chapter.cues.pictured.match(node.astext()) is not None
    if YEAR_OF_WORK.search(node.astext()) and is_words:  # it only names a work
        return None
    if not 6 <= words <= BLOCK_WORDS or not is_words or is_caption or not reader.can_mark(node):
        return None
    if not reader.count("quotation", MOST["quotation"]):
        return None
    return reader.group(index, ("slide",), words, (reader.lead(index) if reader.is_led_to(index) else None,))


@makes("code")
def code(reader: SectionReader, index: int) -> Chunk | None:
    """Code that the text talks of, or that the last item above it leads to, cut to the lines that matter."""
    node = reader.blocks[index]
    if not reader.can_mark(node):
        return None
    return talked_of(reader, index, node, ("slide",)) or below_item(reader, index)


def below_item(reader: SectionReader, index: int) -> Chunk | None:
    """Code on the slide of the list whose last item leads to it, or has nothing else but one item, as a step does; None
    where that is left out, or leads to nothing.
    """
    step = reader.step_above(index)
    lines = lines_that_matter(reader.blocks[index].astext(), ())
    if step is None or lines is None or reader.is_left_out(step) or not reader.count("code", MOST["code"]):
        return None
    return reader.below(index, ("slide", *cut_to(lines, reader.blocks[index])), 0)


def cut_to(lines: tuple[int, int], listing: nodes.Element) -> tuple[str, ...]:
    """The class that cuts code to some of its lines; none for all of them."""
    total = len(listing.astext().rstrip("\n").split("\n"))
    return () if lines == (1, total) else (f"lines-{lines[0]}-{lines[1]}",)


@makes("cell")
def cell(reader: SectionReader, index: int) -> Chunk | None:
    """What a cell gives, with the sentence that speaks of it; its code where the text talks of that."""
    node = reader.blocks[index]
    if not set(HIDDEN).isdisjoint(node["classes"]) or not reader.chapter.document.can_mark_cell(node):
        return None
    outputs = [part for part in node.children if isinstance(part, nodes.Element) and is_output(part)]
    text = "\n".join(part.astext() for part in outputs if not is_echo(part.astext()))
    if is_failure(text):
        return None
    if any(shows_result(part) for part in outputs) and all(map(reader.chapter.can_show, outputs)):
        return result(reader, index, outputs)
    printed = sum(1 + len(line) // OUTPUT_WIDTH for line in text.split("\n")) if text else 0
    listing = next((one.astext().rstrip().split("\n") for one in node.findall(nodes.literal_block)), [])
    is_short = 0 < printed <= min(OUTPUT_LINES, CELL_LINES - min(len(listing), MOST_LINES))
    if not set(CODE_HIDDEN).isdisjoint(node["classes"]):
        return None
    return talked_of(reader, index, node, ("slide",) if is_short else ("slide-code",))


def result(reader: SectionReader, index: int, outputs: list[nodes.Element]) -> Chunk | None:
    """The picture or table that a cell gives."""
    words = sum(reader.chapter.cues.count(part.astext()) for part in outputs)
    if words > TABLE_WORDS or not reader.count("cell", MOST["cell"]):
        return None
    has_picture = any(next(part.findall(nodes.image), None) for part in outputs)
    if words > TABLE_WORDS - 20 and not has_picture:
        return None
    chunk = reader.with_nearby(index, ("slide-result",), words)
    return chunk if chunk.points or has_picture else None


def is_output(part: nodes.Element) -> bool:
    """True for what a cell gives."""
    return bool(part.get("nb_element") == "cell_code_output")


def shows_result(part: nodes.Element) -> bool:
    """True for a picture or a table."""
    return next(part.findall(lambda one: isinstance(one, nodes.image | nodes.table)), None) is not None


def talked_of(reader: SectionReader, index: int, node: nodes.Element, classes: tuple[str, ...]) -> Chunk | None:
    """Code with the sentence of the text that talks of it; None where there is none."""
    listing = next(node.findall(lambda one: isinstance(one, nodes.literal_block | nodes.doctest_block)), None)
    if not isinstance(listing, nodes.Element):
        return None
    names = names_in(literal.astext() for literal in literals_near(reader, index))
    lines = lines_that_matter(listing.astext(), names)
    is_named = bool(names & names_in([listing.astext()]))
    if lines is None or not (is_named or reader.is_led_to(index)):
        return None
    if reader.counts.get("code", 0) >= MOST["code"]:
        return None
    lead = reader.lead(index)
    if (lead is None and not reader.is_heading(index - 1)) or not reader.count("code", MOST["code"]):
        return None
    return reader.group(index, (*classes, *cut_to(lines, listing)), 0, (lead,))


def literals_near(reader: SectionReader, index: int) -> list[nodes.literal]:
    """The code that stands in the text above and below a block."""
    around = [reader.blocks[place] for place in (index - 1, index + 1) if 0 <= place < len(reader.blocks)]
    return [one for node in around if isinstance(node, nodes.paragraph) for one in node.findall(nodes.literal)]
