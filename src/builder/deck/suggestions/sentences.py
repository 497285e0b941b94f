"""The sentences of a paragraph, and the clause of a long one that can stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sentencex
from docutils import nodes

from builder.deck.suggestions.cues import Cues
from builder.source.annotations.inline_source import WrittenText, length_of
from builder.source.annotations.written import WrittenDocument

MOST_WORDS = 20
"""Words of the longest sentence, or clause, that is a point."""
BRIEF_WORDS = 10
"""Words up to which a sentence is shown with all that it says by the way."""
USUAL_WORDS = 13
"""Words up to which a sentence is rather shown whole than by one of its clauses."""
SHORT_WORDS = 6
"""Words of the shortest clause that stands for such a sentence."""
TITLE_WORDS = 12
"""Words of the longest that titles a slide."""
FEWEST_WORDS = 4
"""Words of the shortest."""
CLOSERS = "\"'”’»)]*"
PARTED = re.compile(r"[;；]|\s[–—]\s|(?<!\d)—|—(?!\d)|(?<=\S):(?=\s)")
"""Where the first part of a sentence may stand alone."""
COMMA = re.compile(r"[,，、]\s*")
SIGN = re.compile(r"[\s,，、;；]+")
BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
ABBREVIATION = re.compile(r"[(（][^\s()（）]*[)）]")
"""A bracket of one word, mostly what is written for the words before it."""
NUMBER = re.compile(r"\d")
NO_PROSE = re.compile(r"://|^(?:import [\w.]+|from [\w.]+ import )|\b(?:TODO|FIXME|XXX)\b")
"""An address as it is, a statement of a program, or what its author has still to write."""
UNREAD = re.compile(
    r"\\[A-Za-z]{2,}|^\$ .* \$$|(?:^|\s)#{2,6}\s|^\*\s|\[@\w|\]\(|\{[#.][\w-]|:[a-z]+:[‘’“”'\"]"
    r"|(?<!\w)%s(?!\w)|[\[(]\?+[\])]|\?\?(?!\?)"
)
"""Markup that was not read, among words: a formula, a heading, an item, a cited work, a link, attributes, a role; and
what stands for a reference to nothing: *figure %s*, *[?]*, *??*.
"""
UNRESOLVED = {"std-numref", "eq"}
"""Classes of words that stand for a number which was not found."""
NOT_RUN = re.compile(r"r [A-Za-z._][\s\S]*|\{(?:r|python|julia|ojs)\} [\s\S]+")
"""Code in a line of R Markdown or Quarto of which the result should stand there."""
LETTER = re.compile(r"(?<!\w)\w\)")
"""The sign of an item: *a)*."""
BEHIND_DASH = re.compile(r"[-–—]\s?[^\W\d]")
"""The beginning of words that say whose a quotation is, or that somebody says."""
NUMBERED_TERM = re.compile(r"[^\W\d_]+\.?\s\d+(?:[.–-]\d+)*")
"""A term that names no thing: *Figure 2*, *Step 3*."""
TERM_END = re.compile(r"^\s*[.:–—]|[.:–—]\s*$")
"""What stands between a term and what it is."""
HOLLOW_WORDS = 8
"""Words that may stand behind *here is an example*."""
INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}$")
"""An abbreviation of letters at the end of a part that need not be that of a sentence: *B.C.*"""

GOING_ON = re.compile(r"(?<!\w)(?:vs|cf|approx|resp|zw|bzw|vgl|ggf|sog|bijv|bv|tzv|см|напр)\.$", re.IGNORECASE)
"""An abbreviation that stands at the end of no sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of ``node``: from ``start`` to ``end`` of the text of the paragraph, and its number there."""

    node: nodes.TextElement
    written: WrittenText
    start: int
    end: int
    number: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.written.text[self.start : self.end]

    def count(self, start: int, end: int, cues: Cues) -> int:
        """Return how many words a slide shows of a part of its paragraph."""
        return count_shown(self.node, self.written.text, (start, end), cues)

    @property
    def introduces(self) -> bool:
        """True for one that leads to what stands below its paragraph."""
        return leads_on(self.text)

    @property
    def is_prose(self) -> bool:
        """False for one that is code or part of it, that has an address as it is, or begins with a dash."""
        text = LETTER.sub("", self.text)
        if NO_PROSE.search(text) or text.count(")") > text.count("("):
            return False
        if is_open(text) and text[-1:].isalnum():  # it breaks off
            return False
        at, outside = 0, ""
        for child in self.node.children:
            length = length_of(child)
            is_inside = at < self.end and self.start < at + length
            if is_inside and isinstance(child, nodes.Element) and not UNRESOLVED.isdisjoint(child["classes"]):
                return False
            if is_inside and is_not_run(child):
                return False
            if not isinstance(child, nodes.literal | nodes.math):
                outside += self.written.text[max(at, self.start) : min(at + length, self.end)]
            at += length
        return any(map(str.isalpha, outside)) and not (UNREAD.search(outside) or BEHIND_DASH.match(outside))

    @property
    def is_aside(self) -> bool:
        """True for one that begins in a bracket."""
        return self.text.startswith(("(", "（"))

    def is_hollow(self, cues: Cues) -> bool:
        """True for one that leads to an example and says little more."""
        match = cues.hollow.match(self.text)
        return match is not None and cues.count(self.text[match.end() :]) <= HOLLOW_WORDS


def is_not_run(node: nodes.Node) -> bool:
    """True for code in a line that stands where its result should."""
    return isinstance(node, nodes.literal) and NOT_RUN.fullmatch(node.astext()) is not None


def count_shown(node: nodes.Element, text: str, part: tuple[int, int], cues: Cues) -> int:
    """Return how many words a slide shows of a part of a paragraph's text; a formula in it is one."""
    at, shown = 0, text
    has_formulas = any(isinstance(child, nodes.math) for child in node.children)
    for child in node.children if has_formulas else ():
        length = length_of(child)
        if isinstance(child, nodes.math):
            shown = shown[:at] + "x" * length + shown[at + length :]
        at += length
    return cues.count(shown[slice(*part)])


def leads_on(text: str) -> bool:
    """True for words that what stands below them continues: they end with a colon, or with no full stop."""
    return not text.rstrip().rstrip(CLOSERS).endswith(tuple(".!?…。！？।؟"))


def sentences_of(node: nodes.TextElement, document: WrittenDocument, cues: Cues) -> list[Sentence]:
    """The sentences of a paragraph; none where no marks can be written into it."""
    written = document.paragraph(node)
    if written is None:
        return []
    shown, head = written.text.rstrip("\\ "), head_end(node)  # a line break behind the last line shows nothing
    found = ((start + head, end + head) for start, end in spans_of(shown[head:], cues.language))
    spans = list(joined(found, written.text, term_end(node)))
    return [Sentence(node, written, start, end, number) for number, (start, end) in enumerate(spans)]


def spans_of(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text are, without the space round them."""
    at = 0
    for part in sentencex.segment(language, text):
        start = at + len(part) - len(part.lstrip())
        end = at + len(part.rstrip())
        at += len(part)
        if end > start:
            yield start, end


def head_end(node: nodes.TextElement) -> int:
    """Where the bold words end that are all of the first line of a paragraph, above a sentence; 0 without any."""
    first = next((child for child in node.children if length_of(child)), None)
    end = length_of(first) if isinstance(first, nodes.strong) else 0
    behind = node.astext()[end:]
    return end if behind.startswith("\n") and behind.strip()[:1].isupper() else 0


def term_end(node: nodes.TextElement) -> int:
    """Where the bold words end that a paragraph begins with as with a heading, *Term. What it is*; 0 without any."""
    first = next((child for child in node.children if length_of(child)), None)
    if not isinstance(first, nodes.strong):
        return 0
    end = length_of(first)
    match = TERM_END.search(node.astext()[:end]) or TERM_END.match(node.astext()[end:].lstrip())
    return end if match and node.astext()[end:].strip(" .:–—-") else 0


def term_of(node: nodes.TextElement) -> str:
    """The bold words that a paragraph begins with as with a heading, without the sign behind them; '' for none."""
    return node.astext()[: term_end(node)].strip(" .:–—-")


def joined(spans: Iterator[tuple[int, int]], text: str, term: int = 0) -> Iterator[tuple[int, int]]:
    """The spans, of which one that begins small, or in an open bracket, belongs to the one before, and one behind a
    ``term`` in bold to that; so does what stands behind initials, and what no space parts from a full stop.
    """
    held: tuple[int, int] | None = None
    for start, end in spans:
        is_term = held is not None and held[0] == 0 and 0 < held[1] <= term + 1
        if held is not None and (is_term or text[start].islower() or is_unended(text, *held, start)):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def is_unended(text: str, start: int, end: int, following: int) -> bool:
    """True if a part of a text is no whole sentence: a bracket is open, it ends with an abbreviation, or behind its
    full stop the next one begins without a space, as in the name of a file.
    """
    words = text[start:end]
    is_short = any(one.search(words) is not None for one in (INITIALS, GOING_ON))
    return is_open(words) or is_short or (end == following and words.endswith("."))


def is_open(text: str) -> bool:
    """True if a bracket of a text is not closed in it."""
    return text.count("(") > text.count(")") or text.count("「") > text.count("」")


def can_title(sentence: Sentence, place: tuple[int, int], cues: Cues) -> bool:
    """True if a part of a sentence can title a slide: a short statement of plain words, which leads to nothing
    and speaks of nothing that stands elsewhere.
    """
    text, at = sentence.written.text, 0
    for child in sentence.node.children:
        at += length_of(child)
        is_plain = isinstance(child, nodes.Text | nodes.emphasis | nodes.strong | nodes.literal)
        if not is_plain and place[0] < at and at - length_of(child) < place[1]:
            return False
    if cues.untitled.search(text[slice(*place)]):
        return False
    words = sentence.count(*place, cues)
    return FEWEST_WORDS <= words <= TITLE_WORDS and not text[place[0]].islower() and not sentence.introduces


def point_in(sentence: Sentence, cues: Cues) -> tuple[int, int] | None:
    """From where to where a sentence is a point: all of it where it is brief, else without what it says by the way,
    else a clause that can stand alone, else all of it where a slide can hold that, else the bold term, no number and no
    single letter, that a long one begins with; None where none is so, or it is no prose.
    """
    if not sentence.is_prose:
        return None
    start, end = without_opener(sentence, cues)
    forms = [(start, last) for last in (end, *ends_before_asides(sentence, start, cues))]
    if (place := first_of(sentence, forms, (SHORT_WORDS, BRIEF_WORDS), cues)) is not None:
        return place
    firsts = dict.fromkeys((start, sentence.start, without_concession(sentence, start, cues)))
    clauses = [(first, last) for first in firsts for last in (end, *ends_of_clauses(sentence, first, cues))]
    for limits in ((SHORT_WORDS, BRIEF_WORDS), (SHORT_WORDS, USUAL_WORDS), (FEWEST_WORDS, MOST_WORDS)):
        shortest = [*reversed(forms[1:]), *clauses]
        if (place := first_of(sentence, shortest, limits, cues)) is not None:
            return place
    term = term_end(sentence.node) if sentence.start == 0 else 0
    is_name = sum(map(str.isalpha, sentence.written.text[:term])) > 1  # and not *Q:* of a question
    is_name = is_name and term_of(sentence.node) not in cues.labels
    is_name = is_name and not NUMBERED_TERM.fullmatch(term_of(sentence.node))
    names = is_name and sentence.count(start, end, cues) > MOST_WORDS
    return (0, term) if names and sentence.written.may_hold(0, term) else None


def first_of(
    sentence: Sentence, places: Iterable[tuple[int, int]], limits: tuple[int, int], cues: Cues
) -> tuple[int, int] | None:
    """The first of the parts of a sentence that a mark may hold and whose words are within limits."""
    fewest, most = limits
    return next(
        (
            place
            for place in places
            if fewest <= sentence.count(*place, cues) <= most and sentence.written.may_hold(*place)
        ),
        None,
    )


def without_opener(sentence: Sentence, cues: Cues) -> tuple[int, int]:
    """A sentence without words at its beginning that only join it to others."""
    text, start = sentence.written.text, sentence.start
    if (joining := cues.conjunctions.match(text, start, sentence.end)) and text[joining.end() :].startswith(" "):
        start = joining.end() + 1
    while match := cues.openers.match(text, start, sentence.end):
        after = re.compile(r"[,，]\s*|\s+(?=\S)" if needs_no_comma(match[0]) else r"[,，]\s*")
        comma = after.match(text, match.end(), sentence.end)
        if cues.is_spaced and comma is None:
            break
        start = comma.end() if comma else match.end()
    return start, sentence.end


def without_concession(sentence: Sentence, start: int, cues: Cues) -> int:
    """Where the main clause of a sentence begins behind a concession or a reason, which holds no number, and which the
    only comma ends; ``start`` where none does, or where the main clause leans on what would be cut away.
    """
    text, commas = sentence.written.text, list(COMMA.finditer(sentence.written.text, start, sentence.end))
    if len(commas) != 1 or not cues.conceding.match(text, start, sentence.end):
        return start
    main = commas[0].end()
    leans = cues.pointing.match(text, main, sentence.end) or NUMBER.search(text, start, main)
    is_main = not cues.hanging(text[main : sentence.end])  # and no reason behind another one
    return main if is_main and not leans and not is_open(text[start:main]) else start


def needs_no_comma(opener: str) -> bool:
    """True for an opener that governs what follows it: *note that …*."""
    return opener.lower().endswith((" that", " dass", " que", " che", ", что"))


def ends_before_asides(sentence: Sentence, start: int, cues: Cues) -> Iterator[int]:
    """Where a sentence may end before what it only says by the way, the last place first: before a bracket, behind the
    comma of a clause that tells more of what stands before it, of examples, of words that join it to others.
    """
    text, places = sentence.written.text, set(bracket_of(sentence, start))
    for match in COMMA.finditer(text, start, sentence.end):
        if cues.asides.match(text, match.end(), sentence.end) or is_closing(sentence, match.end(), cues):
            places.add(match.start())
    for place in cuts_at(sentence, start, places, cues):
        if not sentence.introduces and not cues.definitions.search(text[place : sentence.end]):
            yield place


def ends_of_clauses(sentence: Sentence, start: int, cues: Cues) -> Iterator[int]:
    """Where a sentence may end before its end, the last place first: before a bracket, behind a part of its own, before
    a subordinate clause that no other comma ends, a second statement or a reason.
    """
    text, places = sentence.written.text, set(bracket_of(sentence, start))
    places |= {match.start() for match in parts_of(text, start, sentence.end)}
    for match in COMMA.finditer(text, start, sentence.end):
        rest = text[match.end() : sentence.end]
        if cues.hanging(rest) and not (cues.asides.match(rest) and cues.definitions.search(rest)):
            places.add(match.start())
    places |= set(ends_of_statements(sentence, start, cues))
    yield from cuts_at(sentence, start, places, cues)


def ends_of_statements(sentence: Sentence, start: int, cues: Cues) -> Iterator[int]:
    """Where the first statement of a sentence ends: before the second one behind the only comma, and before a reason
    where it denies and restricts nothing and has no comma.
    """
    text, commas = sentence.written.text, list(COMMA.finditer(sentence.written.text, start, sentence.end))
    is_second = len(commas) == 1 and cues.additions.match(text, commas[0].end(), sentence.end)
    if is_second and not cues.qualifiers.search(text[start : commas[0].start()]):
        yield commas[0].start()
    for reason in cues.reasons.finditer(text, start + 1, sentence.end):
        kept = text[start : reason.start()].rstrip()
        if not commas and not cues.qualifiers.search(kept) and not cues.conditions.match(kept):
            yield start + len(kept)


def bracket_of(sentence: Sentence, start: int) -> Iterator[int]:
    """Where the bracket begins that a sentence ends with."""
    text = sentence.written.text[start : sentence.end].rstrip(".。")
    if (bracket := BRACKET.search(text)) is not None and not ABBREVIATION.fullmatch(bracket[0].strip()):
        yield start + bracket.start()


def is_closing(sentence: Sentence, place: int, cues: Cues) -> bool:
    """True if only words like *however* stand between a place and the end of a sentence."""
    match = cues.closers.match(sentence.written.text, place, sentence.end)
    return match is not None and not sentence.written.text[match.end() : sentence.end].strip(" .!")


def cuts_at(sentence: Sentence, start: int, places: Iterable[int], cues: Cues) -> Iterator[int]:
    """Those of the places at which a sentence may be cut, the last one first; none in a language without phrases.

    What is cut away holds no number, no negation, no qualification and no word of somebody else's, and no comma that
    goes on with what is kept; what is kept is no condition without its consequence. Signs in code part no sentence.
    """
    text = sentence.written.text
    of_words = (place for place in places if sentence.written.is_plain(place, place + 1))
    for place in sorted(of_words if cues.has_rules else (), reverse=True):
        is_clause = not cues.conditions.match(text, start, place) or COMMA.search(text, start, place)
        if is_clause and not is_open(text[start:place]) and may_lose(sentence, place, cues):
            yield place


def may_lose(sentence: Sentence, place: int, cues: Cues) -> bool:
    """True if what stands before a place in a sentence says the same without what stands behind it."""
    text = sentence.written.text
    lost, words = text[place : sentence.end], start_of_words(text, place)
    is_inside = COMMA.search(lost, 1) is not None and COMMA.match(lost) is not None
    keeps = not (NUMBER.search(lost) or cues.qualifiers.search(lost) or is_inside)
    return keeps or is_closing(sentence, words, cues)


def start_of_words(text: str, place: int) -> int:
    """Where words begin behind the sign at a place."""
    sign = SIGN.match(text, place)
    return sign.end() if sign else place


def parts_of(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Where a part of a sentence ends that may stand alone: not before a colon, since it announces what stands behind
    that, nor before two dashes, since the sentence goes on behind the second.
    """
    found = [match for match in PARTED.finditer(text, start, end) if match[0] != ":"]
    dashes = [match for match in found if match[0].strip() in ("–", "—")]
    return [match for match in found if match not in dashes] if len(dashes) > 1 else found
