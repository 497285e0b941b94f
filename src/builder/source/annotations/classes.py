"""The classes of the annotation language, each with the places where it has an effect: the one list of them."""

from __future__ import annotations

import re

from docutils import nodes

from builder.source.annotations.vocabulary import (
    COUNTED,
    DOTS,
    MARKS,
    MINUTES,
    NUMBERED,
    SLIDE_CLASS,
    SPAN_COLOURS,
)
from builder.source.edition_names import EDITIONS

HEADING, PARAGRAPH, QUOTATION, CODE, BLOCK, WORDS = (
    "a heading", "a paragraph", "a quotation", "code", "a block", "words",
)  # fmt: skip
"""Places of classes, as messages name them."""

EVERYWHERE = (HEADING, PARAGRAPH, QUOTATION, CODE, BLOCK, WORDS)
BLOCKS = (PARAGRAPH, QUOTATION, CODE, BLOCK)

PLACES: dict[str, tuple[str, ...]] = {
    "slide": (HEADING, *BLOCKS),
    "slide-picture": (PARAGRAPH, BLOCK),
    "backup": (HEADING, *BLOCKS),
    "next-slide": (HEADING, *BLOCKS),
    NUMBERED: (HEADING,),
    "unlisted": (HEADING,),
    **dict.fromkeys(MARKS, (WORDS,)),
    "point": (HEADING, WORDS),
    "statement": (WORDS, PARAGRAPH),
    "assertion": (WORDS, PARAGRAPH),
    "question": (WORDS, PARAGRAPH),
    "quotation": (QUOTATION,),
    "number": (WORDS,),
    "lit": (WORDS,),
    COUNTED: (WORDS,),
    DOTS: (WORDS, PARAGRAPH),
    **dict.fromkeys(SPAN_COLOURS, (WORDS,)),
    **dict.fromkeys(EDITIONS, EVERYWHERE),
}
"""Class → where it has an effect."""

COMMON = ("number", "question", COUNTED, DOTS, *SPAN_COLOURS)
"""Classes that projects also use for styles of their own: what is nearly one of them is left alone, and where they have
no effect of ours nothing is said in a project that has styles.
"""

TAGS = ("slide", "slide-result", "slide-code")
"""Tags of a notebook's cell that mean something to us."""

TAGS_OF_OTHERS = (
    "hide-input", "hide-output", "hide-cell", "remove-input", "remove-output", "remove-cell", "remove-stdout",
    "remove-stderr", "raises-exception", "skip-execution", "scroll-output", "full-width",
)  # fmt: skip
"""Tags that mean something to MyST-NB or to the theme of pages."""
OTHER_SPELLINGS = ("remove_input", "remove_output", "remove_cell", "output_scroll")
"""Those of them that MyST-NB reads with an underscore as well."""

WITH_NUMBERS = {
    "lines": (re.compile(SLIDE_CLASS), (CODE,), "lines-3-7"),
    "minutes": (MINUTES, (WORDS, PARAGRAPH, QUOTATION), "minutes-4"),
}
"""How a class with numbers begins → what it must be, where it has an effect, and an example."""


def is_numbered(name: str) -> bool:
    """Return whether a class is one of ours with numbers, as it is written right."""
    return any(name.startswith(stem) and rule[0].fullmatch(name) for stem, rule in WITH_NUMBERS.items())


def is_lines(name: str) -> bool:
    """Return whether a class chooses lines of code."""
    return name.startswith("lines") and is_numbered(name)


OF_MINUTES = "write {.question .minutes-4} above a paragraph, or :minutes: in a ```{slide}"
"""Where minutes are written."""


KINDS_OF_PLACE: tuple[tuple[type[nodes.Element], str], ...] = (
    (nodes.section, HEADING),
    (nodes.paragraph, PARAGRAPH),
    (nodes.block_quote, QUOTATION),
    (nodes.literal_block, CODE),
    (nodes.bullet_list, BLOCK),
    (nodes.enumerated_list, BLOCK),
    (nodes.definition_list, BLOCK),
    (nodes.field_list, BLOCK),
    (nodes.option_list, BLOCK),
    (nodes.table, BLOCK),
    (nodes.inline, WORDS),
)


def place_of(node: nodes.Element) -> str:
    """Return which place a node is; '' for one whose classes may be those of a directive."""
    return next((place for kind, place in KINDS_OF_PLACE if isinstance(node, kind)), "")


def classes_at(place: str) -> tuple[str, ...]:
    """Return the classes that have an effect at a place; at an unknown one, those of blocks and editions."""
    return tuple(name for name, places in PLACES.items() if (place or BLOCK) in places)


def how_to_write(name: str) -> str:
    """Return where an author writes a class, with an example."""
    places = PLACES[name]
    if WORDS in places and PARAGRAPH not in places:
        return f"write it on words, [words]{{.{name}}}"
    return f"write it on a line of its own above {places[-1] if WORDS not in places else PARAGRAPH}"
