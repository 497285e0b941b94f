"""Words that are nearly one of ours."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain

OTHER_WORDS = {
    "side", "sides", "slid", "slice", "slices", "slider", "sliders", "glide", "glides", "elide", "elides", "print",
    "prints", "paint", "paints", "joint", "joints", "pint", "pints", "pointer", "note", "mapping", "nodes", "charm",
    "charms", "carts", "dote", "doty", "greed", "band", "mine", "united", "unlimited", "unlinked", "untested",
    "unvisited", "timezone", "lecturer", "lecturers",
}  # fmt: skip
"""Words that are like one of ours by chance: classes and directives of others."""
SYNONYMS = {
    "bullet": "point",
    "bullets": "point",
    "subbullet": "subpoint",
    "frame": "slide",
    "speaker": "notes",
    "speakernote": "notes",
    "speakernotes": "notes",
    "orfan": "orphan",
    "orphaned": "orphan",
}
"""What other tools call a mark, or other languages a word."""

SHORTEST = 4
"""Letters of a word of ours from which on one of them may be wrong: shorter ones are like too many others."""
LONG = 8
"""Letters of a word of ours from which on two of them may be wrong, behind the first."""


def nearly(word: str, known: Collection[str]) -> str:
    """Return which of ``known`` a word is nearly (or which it is, in other letters, with its parts in another order or
    with an s); '' where it is none, or a word of its own.
    """
    if word in known:
        return word
    letters = {re.sub(r"[-_]", "", name): name for name in known}
    plain = re.sub(r"[-_]", "", word.casefold())
    if plain in letters:
        return letters[plain]
    if plain in OTHER_WORDS:
        return ""
    if (synonym := SYNONYMS.get(plain, "")) in known:
        return synonym
    if (singular := plain.removesuffix("s")) in letters:
        return letters[singular]
    parts = parts_of(word)
    turned = (name for name in known if len(parts) > 1 and parts_of(name) == parts)
    one = (name for near, name in letters.items() if is_slip(plain, near))
    two = (name for near, name in letters.items() if len(parts_of(name)) == len(parts) and are_two_slips(plain, near))
    return next(chain(turned, one, two), "")


def parts_of(word: str) -> list[str]:
    """Return the words that hyphens part, in the order of letters and without an s at their ends."""
    return sorted(part.removesuffix("s") for part in re.split(r"[-_]", word.casefold()))


def is_slip(word: str, name: str) -> bool:
    """Return whether a word may be meant for a name: by one slip of it or of its plural, or by letters that stand
    twice.
    """
    forms = (name, f"{name}s") if len(name) >= SHORTEST else ()
    return any(is_one_slip(word, form) or undoubled(word) == undoubled(form) for form in forms)


def are_two_slips(word: str, name: str) -> bool:
    """Return whether two slips part a word from a long name, behind a letter that they share."""
    return len(name) >= LONG and word[:1] == name[0] and is_apart(word, name, 2)


def undoubled(word: str) -> str:
    """Return a word in which no letter stands twice in a row."""
    return re.sub(r"(.)\1+", r"\1", word)


def is_one_slip(word: str, name: str) -> bool:
    """Return whether one letter too many, missing or other, or two in the wrong order, part two words."""
    return is_apart(word, name, 1)


def is_apart(word: str, name: str, most: int) -> bool:
    """Return whether no more than ``most`` slips of one letter each, or of two in the wrong order, part two words."""
    if abs(len(word) - len(name)) > most:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, other = word[start:], name[start:]
    if not (rest or other):
        return True
    ways = [(rest[1:], other[1:]), (rest[1:], other), (rest, other[1:])]
    if len(other) > 1 and rest[:2] == other[1::-1]:
        ways.append((rest[2:], other[2:]))
    return most > 0 and any(is_apart(*way, most - 1) for way in ways)
