"""How much a sentence carries of its section: by its place, its terms, its marks of emphasis and its phrases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from math import log, sqrt

import snowballstemmer
from babel import Locale, UnknownLocaleError
from docutils import nodes
from sphinx import addnodes

from builder.deck.suggestions.code import names_in
from builder.deck.suggestions.cues import Cues
from builder.deck.suggestions.sentences import COMMA, MOST_WORDS, Sentence, point_in, without_opener
from builder.source.annotations.inline_source import length_of

WORD = re.compile(r"[^\W\d_]{4,}")
WIDE = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff]{2,}")
CHAPTER = re.compile(r"\b(?:[Cc]hapter|[Ss]ection|[Kk]apitel|[Aa]bschnitt) \d")
"""Words that speak of another part of the text."""
LICENCE = re.compile(r"^\W*(?:\w+ )?(?:[Ll]i[cz]en\w+|[Лл]ицензи\w+)\b.{0,60}\bCC[ -]BY")
"""How the page may be used."""
FOREIGN = re.compile(r"(?<!\w):[a-z]+:\w")
"""A role of another dialect, which stands in the text as it is."""
NUMBERED = re.compile(r"^(?!\[)\D{0,20}\(?\d[\d.]*\)?$")
"""The words of a reference to a figure, table or formula, and not those of a citation."""
BROKEN_OFF = re.compile(r"\w\s?(?:\.\.\.|…)(?:\s|$)")
"""Dots behind a word at which a sentence stops, and not those of a series of symbols (*1, 2, …, n*)."""
EMPHASIS = (nodes.strong, nodes.emphasis, addnodes.literal_emphasis)
EMPHASISED = 1.0
FIRST = 1.0
"""What the first sentence of a paragraph has more than others."""
OPENING = 0.5
HEADING = 0.7
"""For each term of the heading, at most two."""
DEFINITION = 1.0
CLAIM = 0.7
REFERENCE = 0.6
"""For a sentence that speaks of a figure, table or formula by its number."""
CENTRAL = 1.5
"""For the terms that the chapter speaks of most."""
PICTURED = 3.5
"""What a sentence near a picture or table has more where it begins by speaking of that."""
NAMED = 4.0
"""What it has more where it calls that by its number."""
ABOUT = 4.0
"""What a sentence near code has more where it has a name from that."""
FURTHER = 0.7
"""What each further paragraph between costs."""
POINTING = -2.5
NARRATION = -2.5
LEANS_LATER = -0.8
"""For one with *this* or *these* behind its first words, which mostly stand for what was said before."""
QUESTION = -6.0
EXCLAMATION = -2.5
"""For one that calls to the reader, or breaks off."""
SPEECH = -6.0
"""For words that somebody says, or a part of them."""
SPOKEN = re.compile(r"[\"“„«‘']\s?(?:[^\"”“»’]*(?:[,!?]\s?[\"”“»’]|[\"”“»’]\s?,)|[^\"”“»’]*$)")
CODE = -0.4
EASY_WORDS = 8
LENGTH = 0.3
"""What each word of a point costs beyond `EASY_WORDS`: four short points say more on a slide than two long ones."""
ADDRESS = -2.0
WORDS_OF_SUBJECT = 8
"""Words at the beginning of a sentence of which one can lean on the sentence before it."""
LETTERS_OF_SUBJECT = 6
"""The same in letters, where no spaces part words."""
WORDS_IN_FRONT = 3
"""Words before a main clause that hardly name what its pronoun stands for."""
DATED = re.compile(r"\w+ \d{3,4},?\s")


@cache
def stemmer_of(language: str) -> snowballstemmer.stemmer | None:
    """The stemmer of a language; None where there is none."""
    try:
        name = (Locale.parse(language).english_name or "").lower().split(" ")[0]
    except (UnknownLocaleError, ValueError):
        return None
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


def terms_of(text: str, cues: Cues) -> list[str]:
    """The terms of a text, stemmed where the language has a stemmer; pairs of letters where no spaces part words."""
    if not cues.is_spaced:
        return [part[at : at + 2] for part in WIDE.findall(text) for at in range(len(part) - 1)]
    return [stem(word, cues.language) for word in WORD.findall(text.casefold())]


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a word in small letters, which is looked for once: the chapter has it, and each of its sentences."""
    stemmer = stemmer_of(language)
    return str(stemmer.stemWord(word)) if stemmer else word


class Ranking:
    """Scores of sentences by the terms of their chapter."""

    def __init__(self, texts: Iterable[str], cues: Cues) -> None:
        self.cues = cues
        found = [set(terms_of(text, cues)) for text in texts]
        counts = Counter(term for terms in found for term in terms)
        common = len(found) / 4
        self.weights = {
            term: log(count) for term, count in counts.items() if count > 1 and (len(found) < 12 or count <= common)
        }
        self.heaviest = max(self.weights.values(), default=1.0)
        self._phrases: dict[str, float] = {}
        self._telling: dict[str, bool] = {}

    def score(self, sentence: Sentence, heading: set[str], *, is_opening: bool) -> float:
        """Return how much a sentence carries; ``is_opening`` for those of the section's first paragraph."""
        text = sentence.text
        terms = set(terms_of(text, self.cues))
        found = self.central(terms) + HEADING * min(2, len(terms & heading)) + OPENING * is_opening
        found += FIRST if sentence.number == 0 else 0
        shown = point_in(sentence, self.cues) or (sentence.start, sentence.end)
        found -= LENGTH * max(0, min(MOST_WORDS, sentence.count(*shown, self.cues)) - EASY_WORDS)
        return found + self.by_phrases(text, behind_opener(sentence, self.cues)) + by_markup(sentence)

    def central(self, terms: set[str]) -> float:
        """Return what the terms of a sentence weigh in the chapter."""
        if not terms:
            return 0.0
        weight = sum(self.weights.get(term, 0.0) for term in terms) / self.heaviest
        return CENTRAL * weight / sqrt(len(terms) * max(4, len(terms)))

    def leans(self, sentence: Sentence) -> bool:
        """True for a sentence that says little alone: it goes on from one before it or speaks of what is not shown."""
        return self.goes_on(sentence) or self.is_remote(sentence)

    def goes_on(self, sentence: Sentence) -> bool:
        """True for a sentence that leans on the one before it, by its first words, a word behind these, or its last."""
        cues, text = self.cues, sentence.text
        rest = behind_opener(sentence, cues)
        tells = self.tells(text[: len(text) - len(rest)])  # *in this chapter we will see that* leans on nothing
        points = cues.pointing.match(rest) or (not tells and cues.pointing.match(text))
        main = rest if tells else text
        leans = begins_with_pronoun(main, cues) or any(map(cues.anaphora.search, subjects_of(main, cues)))
        return bool(points or leans or cues.omits(text))

    def asks(self, sentence: Sentence) -> bool:
        """True for a sentence that asks to look at something, or to imagine it."""
        return self.cues.remote.match(sentence.text) is not None

    def disputes(self, sentence: Sentence) -> bool:
        """True for a sentence that says who sees otherwise what stands before it."""
        cues, text = self.cues, sentence.text
        contrasts = cues.contrasts.match(text) and cues.sayings.search(text)
        return bool(contrasts or cues.disputes.search(text))

    def is_remote(self, sentence: Sentence) -> bool:
        """True for a sentence that leans on more than the one before it: it tells of the text, or of what has a number
        or stands elsewhere.
        """
        text = sentence.text
        tells = self.tells(behind_opener(sentence, self.cues)) or self.cues.remote.match(text)
        return bool(tells or sentence.is_aside or has_number_of_another(sentence))

    def tells(self, text: str) -> bool:
        """True if a sentence tells of the text, or has a role of another dialect."""
        if text not in self._telling:
            self._telling[text] = any(one.search(text) for one in (self.cues.narration, FOREIGN, CHAPTER, LICENCE))
        return self._telling[text]

    def for_block(self, sentence: Sentence, ids: set[str], distance: int, names: AbstractSet[str] | None) -> float:
        """Return how much more a sentence is for a picture or table, or for code with some ``names``."""
        if names is None:
            return self.for_picture(sentence, ids, distance)
        return self.for_code(sentence, ids, names, distance)

    def for_picture(self, sentence: Sentence, ids: set[str], distance: int) -> float:
        """Return how much more a sentence is for a picture or table with these ``ids``: it calls that by its number, or
        begins by speaking of it; one that leans on another or on something else, or asks to look at an example, is none
        for it.
        """
        is_named = refers_to(sentence, ids)
        begins = self.cues.pictured.match(sentence.text) is not None
        leans_on_others = self.asks(sentence) or self.goes_on(sentence) if is_named else self.leans(sentence)
        if leans_on_others and not begins:
            return float("-inf")
        return NAMED * is_named + PICTURED * (begins and distance == 1) - FURTHER * (distance - 1)

    def for_code(self, sentence: Sentence, ids: set[str], names: AbstractSet[str], distance: int) -> float:
        """Return how much more a sentence is for code with these ``ids`` and ``names`` in it: it has one of the names,
        or calls the code by its number and says more than where that stands; one that leans on another is none for it.
        """
        is_about = not names.isdisjoint(names_in(literals_in(sentence)))
        is_named = refers_to(sentence, ids) and (is_about or len(sentence.text.split()) > WORDS_OF_SUBJECT)
        if not (is_about or is_named) or (self.goes_on(sentence) and not self.asks(sentence)):
            return float("-inf")
        return NAMED * is_named + ABOUT * is_about - FURTHER * (distance - 1)

    def by_phrases(self, text: str, rest: str) -> float:
        """Return what the phrases of a sentence say of it; ``rest`` is what stands behind its opener."""
        if text not in self._phrases:
            self._phrases[text] = self._by_phrases(text, rest)
        return self._phrases[text]

    def _by_phrases(self, text: str, rest: str) -> float:
        cues = self.cues
        found = DEFINITION if cues.definitions.search(text) else 0.0
        found += CLAIM if cues.claims.search(text) else 0.0
        found += POINTING if cues.pointing.match(text) else 0.0
        found += NARRATION if self.tells(rest) else 0.0
        found += LEANS_LATER if cues.is_spaced and cues.anaphora.search(behind_subject(rest)) else 0.0
        found += SPEECH if SPOKEN.match(text) else 0.0
        last = text.rstrip("\"'”’»)")
        found += QUESTION if last.endswith(("?", "？", "؟")) else 0.0
        return found + (EXCLAMATION if last.endswith(("!", "！")) or BROKEN_OFF.search(last) else 0.0)


def subjects_of(text: str, cues: Cues) -> Iterator[str]:
    """The first words of a sentence, and those of its main clause behind words or a clause that only a comma ends: *In
    Peru, these tensions …*.
    """
    parts = COMMA.split(text, maxsplit=1)
    for part in parts if cues.conditions.match(text) else parts[:1]:
        yield " ".join(part.split()[:WORDS_OF_SUBJECT]) if cues.is_spaced else part[:LETTERS_OF_SUBJECT]


def behind_subject(text: str) -> str:
    """The words of a sentence behind its first ones."""
    return " ".join(text.split()[WORDS_OF_SUBJECT:])


def begins_with_pronoun(text: str, cues: Cues) -> bool:
    """True if the main clause of a sentence begins with a pronoun behind a date or a few words: *In 1992, he …*."""
    comma, date = COMMA.search(text), DATED.match(text)
    if date is not None:
        return cues.pronouns.match(text, date.end()) is not None
    if comma is None or not cues.conditions.match(text) or len(text[: comma.start()].split()) > WORDS_IN_FRONT:
        return False
    return cues.pronouns.match(text, comma.end()) is not None


def behind_opener(sentence: Sentence, cues: Cues) -> str:
    """The words of a sentence behind those that only join it to others, or tell of the text."""
    return sentence.written.text[without_opener(sentence, cues)[0] : sentence.end]


def parts_in(sentence: Sentence) -> Iterator[nodes.Element]:
    """The markup that stands wholly inside of a sentence."""
    at = 0
    for child in sentence.node.children:
        length = length_of(child)
        if sentence.start <= at and at + length <= sentence.end and isinstance(child, nodes.Element):
            yield child
        at += length


def has_number_of_another(sentence: Sentence) -> bool:
    """True for a sentence that speaks of a figure, table or formula by its number; a cited work is none."""
    return any(map(is_numbered, parts_in(sentence)))


def literals_in(sentence: Sentence) -> Iterator[str]:
    """The code in a sentence."""
    return (part.astext() for part in parts_in(sentence) if isinstance(part, nodes.literal))


def is_numbered(part: nodes.Element) -> bool:
    """True for a reference to something of the book by its number."""
    text = part.astext()
    is_link = isinstance(part, nodes.reference) and bool(part.get("internal"))
    return is_link and NUMBERED.search(text) is not None


def by_markup(sentence: Sentence) -> float:
    """Return what the markup inside of a sentence says of it."""
    found = 0.0
    for part in parts_in(sentence):
        if isinstance(part, EMPHASIS) or "term" in part.get("classes", ()):
            found = max(found, EMPHASISED)
        elif isinstance(part, nodes.literal):
            found += CODE
        elif is_numbered(part):
            found += REFERENCE
        elif isinstance(part, nodes.reference) and part.astext().startswith("http"):
            found += ADDRESS
    return found


def refers_to(sentence: Sentence, ids: set[str]) -> bool:
    """True if a sentence has a link to something with one of these ids."""
    at = 0
    for child in sentence.node.children:
        inside = sentence.start <= at < sentence.end
        at += len(child.astext())
        if inside and isinstance(child, nodes.reference):
            target = child.get("refid") or child.get("refuri", "").partition("#")[2]
            if target in ids:
                return True
    return False
