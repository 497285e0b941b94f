"""The words that the builder itself writes for readers, in many languages: each has a file in ``words/``.

``{}`` in a word is the place of its number, its name or its list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial, reduce
from pathlib import Path

from babel import Locale

FOLDER = Path(__file__).parent / "words"
USUAL = "en"
PLURALS = {"chapter": "chapters", "appendix": "appendices", "page": "pages", "slide": "slides"}
"""Words of one number → of several; a form for two stands in ``…_two`` where a language has one."""

Words = Mapping[str, str]
"""Each of ``KEYS`` → the word in the language of a book."""


@cache
def words_of(language: str) -> Words:
    """The words of a language that has a file, with the ways in which it joins lists: see `joints`."""
    row = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    alone = {f"{word}_alone": row[word].replace("{}", "").strip() for word in ("chapter", "appendix")}
    return joints(language) | alone | row


def joints(language: str) -> dict[str, str]:
    """Return how a language joins the members of a list (``list``) and its last two (``and``), by CLDR."""
    patterns = Locale.parse(language).list_patterns["standard"]
    found = {"list": patterns["start"], "and": patterns["2"]}
    return {name: pattern.replace("{0}", "{}").replace("{1}", "{}") for name, pattern in found.items()}


KEYS = tuple(words_of(USUAL))
LANGUAGES = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


def fixed_words(language: str, given: Mapping[str, str]) -> dict[str, str]:
    """The words for ``language`` (``pt_BR`` takes those of ``pt``), else English, with the author's own over them.

    A word of the author's without ``{}`` stands before its number, or between the last two members of a list.
    """
    name = language.replace("-", "_")
    found = next((each for each in (name, name.split("_")[0]) if each in LANGUAGES), USUAL)
    own = {key: with_place(key, str(word)) for key, word in given.items()}
    alone = {f"{key}_alone": word.replace("{}", "").strip() for key, word in own.items() if f"{key}_alone" in KEYS}
    usual = {key: word for key, word in words_of(found).items() if key.removesuffix("_two") not in own}
    return usual | alone | own


def with_place(key: str, word: str) -> str:
    """An author's word with ``{}`` where English has it."""
    if "{}" in word:
        return word
    return {0: word, 1: f"{word} {{}}", 2: f"{{}} {word} {{}}"}[words_of(USUAL).get(key, "").count("{}")]


def numbered(kind: str, numbers: Iterable[str], words: Words) -> str:
    """``Chapter 3``, ``Chapters 1, 4 and 2`` for the kinds in ``PLURALS``; '' for no number."""
    found = tuple(numbers)
    if len(found) < 2:
        return words[kind].replace("{}", found[0]) if found else ""
    plural = PLURALS[kind]
    form = words.get(f"{plural}_two", words[plural]) if len(found) == 2 else words[plural]
    return form.replace("{}", joined([words["number"].replace("{}", number) for number in found], words))


def joined(members: Sequence[str], words: Words) -> str:
    """A list as a sentence has it: ``1, 4 and 2``; '' for none."""
    if len(members) < 2:
        return "".join(members)
    *most, last = members
    return pair(words["and"], reduce(partial(pair, words["list"]), most), last)


def pair(pattern: str, before: str, after: str) -> str:
    """A pattern with two places, filled."""
    start, _, rest = pattern.partition("{}")
    between, _, end = rest.partition("{}")
    return f"{start}{before}{between}{after}{end}"


def spans_of(kind: str, spans: Sequence[tuple[str, str]], words: Words) -> str:
    """``page 4``, ``pages 1–8, 31``: numbers from first to last, each span after the other; '' for none."""
    if not spans:
        return ""
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        return words[kind].replace("{}", spans[0][0])
    shown = (first if first == last else f"{first}–{last}" for first, last in spans)
    return words[PLURALS[kind]].replace(
        "{}", words["comma"].join(words["number"].replace("{}", span) for span in shown)
    )
