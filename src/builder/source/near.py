"""Words that are nearly one of ours."""

from __future__ import annotations

import re
from collections.abc import Collection

OTHER_WORDS = {
    "side", "slid", "slice", "slider", "sliders", "glide", "elide", "print", "prints", "paint", "joint", "pint",
    "pointer", "note", "mapping", "nodes", "charm", "dote", "doty", "greed", "band", "mine",
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
}
"""What other tools call a mark."""

SHORTEST = 4
"""Letters of a word of ours from which on one of them may be wrong: shorter ones are like too many others."""


def nearly(word: str, known: Collection[str]) -> str:
    """Return which of ``known`` a word is nearly (or which it is, in other letters); '' where it is none, or a word of
    its own.
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
    return next((name for near, name in letters.items() if len(near) >= SHORTEST and is_one_slip(plain, near)), "")


def is_one_slip(word: str, name: str) -> bool:
    """Return whether one letter too many, missing or other, or two in the wrong order, part two words."""
    if abs(len(word) - len(name)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, other = word[start:], name[start:]
    swapped = other[1::-1] + other[2:] if len(other) > 1 else ""
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or rest == swapped
