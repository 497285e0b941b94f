"""What phrases say of a sentence, by language, from the table ``cues.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "cues.toml"
UNSPACED = ("ja", "zh", "th", "lo", "km", "my")
"""Languages that are written without spaces between words."""
COLONS = (":", "：")
"""What ends words that lead to what stands below them."""
NOTHING = re.compile(r"(?!)")
LETTERS_A_WORD = 2
"""How many letters of a language without spaces count as a word."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The phrases of one language as patterns; those that stand at the beginning are to be matched there."""

    language: str
    definitions: re.Pattern[str]
    claims: re.Pattern[str]
    openers: re.Pattern[str]
    conjunctions: re.Pattern[str]
    pointing: re.Pattern[str]
    remote: re.Pattern[str]
    anaphora: re.Pattern[str]
    pronouns: re.Pattern[str]
    pictured: re.Pattern[str]
    conceding: re.Pattern[str]
    conditions: re.Pattern[str]
    narration: re.Pattern[str]
    where: re.Pattern[str]
    subordinate: re.Pattern[str]
    asides: re.Pattern[str]
    additions: re.Pattern[str]
    reasons: re.Pattern[str]
    closers: re.Pattern[str]
    qualifiers: re.Pattern[str]
    leading: re.Pattern[str]
    drafts: re.Pattern[str]
    credits: re.Pattern[str]
    hollow: re.Pattern[str]
    elliptical: re.Pattern[str]
    answers: re.Pattern[str]
    questions: re.Pattern[str]
    untitled: re.Pattern[str]
    definite: re.Pattern[str]
    disputes: re.Pattern[str]
    contrasts: re.Pattern[str]
    sayings: re.Pattern[str]
    skipped: frozenset[str]
    goals: frozenset[str]
    labels: frozenset[str] = frozenset()
    """Bold words that several paragraphs of the chapter begin with: they name a kind of remark and no thing."""

    @property
    def is_spaced(self) -> bool:
        """True for a language with spaces between words."""
        return self.language not in UNSPACED

    @property
    def has_rules(self) -> bool:
        """True for a language in which it is known what must not be cut away."""
        return self.qualifiers is not NOTHING

    def hanging(self, text: str) -> bool:
        """True for a text that begins as a part does without which the sentence before it says the same."""
        return any(one.match(text) for one in (self.subordinate, self.asides))

    def is_skipped(self, title: str) -> bool:
        """True for the heading of what no lecture shows, such as a list of sources, or of two of these."""
        parts = re.split(r"\s+(?:and|und|et|y|e|en|và|и|ба)\s+|\s*[&/,]\s*", plain_title(title))
        return all(part in self.skipped for part in parts)

    def is_draft(self, text: str) -> bool:
        """True for words that say no more than that their author has still to write something, or that say it before a
        colon.
        """
        plain = plain_title(text)
        match = self.drafts.match(plain)
        return match is not None and plain[match.end() :].lstrip("*_ ")[:1] in ("", *COLONS)

    def is_credit(self, text: str) -> bool:
        """True for words that say whose a picture is: *Source: …*."""
        match = self.credits.match(text.lstrip("([（*_ "))
        return match is not None and match.string[match.end() :].lstrip("*_ ").startswith(COLONS)

    def leads(self, text: str) -> bool:
        """True for a sentence that ends with words which lead to what stands below it."""
        return ends_with(text, self.leading)

    def omits(self, text: str) -> bool:
        """True for a sentence that ends where a verb would follow which one before it has: *others do not*."""
        return ends_with(text, self.elliptical)

    def count(self, text: str) -> int:
        """Return how many words a text has, counted by letters where no spaces part them."""
        wide = sum(char.isalpha() and ord(char) > 0x2E80 for char in text) if not self.is_spaced else 0
        spaced = re.sub(r"[\u2e80-\uffff]+", " ", text) if wide else text
        return len(re.findall(r"\S*\w\S*", spaced)) + -(-wide // LETTERS_A_WORD)


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """Language → kind of phrase → phrases."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def cues_of(language: str) -> Cues:
    """The phrases of a language (``pt_BR`` takes those of ``pt``); patterns without a match where it has none."""
    name = re.split(r"[-_]", language.lower())[0]
    row: dict[str, Any] = table().get(name, {})
    is_spaced = name not in UNSPACED
    found: dict[str, Any] = {key: pattern(row.get(key, ()), is_spaced=is_spaced) for key in PATTERNS}
    english = table()["en"]
    for key in ("drafts", "answers", "questions"):
        found[key] = pattern((*row.get(key, ()), *english[key]), is_spaced=is_spaced)
    found |= {key: frozenset((*row.get(key, ()), *english[key])) for key in ("skipped", "goals")}
    return Cues(name, **found)


def ends_with(text: str, phrases: re.Pattern[str]) -> bool:
    """True for a sentence that ends with one of some phrases."""
    plain = text.rstrip(" .:。：")
    return any(match.end() == len(plain) for match in phrases.finditer(plain))


def plain_title(title: str) -> str:
    """A heading small, without numbers and signs at its ends."""
    return re.sub(r"^[\W\d_]+|[\W_]+$", "", title.casefold())


PATTERNS = (
    "definitions", "claims", "openers", "conjunctions", "pointing", "remote", "anaphora", "pronouns", "pictured",
    "conceding", "conditions", "narration", "where", "subordinate", "asides", "additions", "reasons", "closers",
    "qualifiers", "leading", "drafts", "credits", "hollow", "elliptical", "untitled", "definite", "disputes",
    "contrasts", "sayings", "answers", "questions",
)  # fmt: skip


def pattern(phrases: Iterable[str], *, is_spaced: bool) -> re.Pattern[str]:
    """A pattern of phrases, the longest first, as whole words; an apostrophe is straight or curly, ё has its dots or
    not, and # is any number."""
    longest_first = map(re.escape, sorted(phrases, key=len, reverse=True))
    parts = [phrase.replace("'", "['’]").replace("ё", "[её]").replace(r"\#", r"\d+") for phrase in longest_first]
    if not parts:
        return NOTHING
    joined = "|".join(parts)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if is_spaced else f"(?:{joined})", re.IGNORECASE)
