"""Doctree nodes of the annotation language; the book side draws three of them, the deck side reads all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes

from builder.source.annotations.wordings import reworded, wordings


class slide(nodes.General, nodes.Element, addnodes.translatable):
    """A ``slide`` directive. ``title`` (may be empty) and ``options``; its children are slide-only content.

    It is a slide of its own where ``is_own``, else it has options of the section's slide.
    """

    def preserve_original_messages(self) -> None:
        """The title stays as it was written."""

    def extract_original_messages(self) -> Sequence[str]:
        """The title, for translators."""
        return [self["title"]] if self["title"] else []

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Nothing: a translated title is that of the `slide_title`, which has its markup."""


class slide_title(nodes.Part, nodes.TextElement):
    """The title of a ``slide`` directive until it is translated."""


class speaker_notes(nodes.General, nodes.Element):
    """A ``notes`` directive: speaker notes of the current slide."""


class point(nodes.inline):
    """A ``point`` role: children are the book's words; attribute ``short`` the words of the slide, or ''."""


class Drawing(nodes.General, nodes.Element, addnodes.translatable):
    """What is drawn from a file of data: ``alt``, and the data in the attribute ``held``. Its words are translated with
    the text of the book.
    """

    held = ""

    def preserve_original_messages(self) -> None:
        """Keep the words as they are written."""
        self["written"] = self.extract_original_messages()

    def extract_original_messages(self) -> Sequence[str]:
        """The words of the drawing, each once, for translators."""
        found = self.get("written") or [self["alt"], *wordings(self[self.held])]
        return [word for word in dict.fromkeys(found) if any(map(str.isalpha, word))]

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Write a translated word in the place of its original."""

        def change(word: str) -> str:
            return translated_message if word == original_message else word

        self["alt"] = change(self["alt"])
        self[self.held] = reworded(self[self.held], change)


class chart(Drawing):
    """The drawing of a ``chart`` directive, inside a figure. Attributes: ``alt``, ``data``."""

    held = "data"


class timeline(Drawing):
    """A ``timeline`` directive's drawing, inside a figure. Attributes: ``events``, ``alt``."""

    held = "events"


class place_map(Drawing):
    """A ``map`` directive's drawing, inside a figure. Attributes: ``map``, ``alt``."""

    held = "map"


class slide_figure(nodes.General, nodes.Element):
    """A figure or titled table that exists only on a slide, so that Sphinx gives it no number of the book."""


class columns(nodes.General, nodes.Element):
    """Columns side by side. ``widths`` are the shares that all of them are given, () where none are."""


class column(nodes.General, nodes.Element):
    """One of several columns. ``width`` is the share that it asks for, 0 without one."""


SPAN_COLOURS = {
    "red": "a3261e", "orange": "9a4a00", "green": "2b6a3a", "blue": "1f5a8f", "purple": "6a3d8a", "grey": "5c646b",
    "sd-text-primary": "1f5a8f", "sd-text-secondary": "5c646b", "sd-text-success": "2b6a3a", "sd-text-info": "1f5a8f",
    "sd-text-warning": "9a4a00", "sd-text-danger": "a3261e", "sd-text-muted": "5c646b",
}  # fmt: skip
"""Class of a span → the colour of its words, the same in book, web and slides; each can be read on white."""

MARKS = {"point": 1, "subpoint": 2, "subsubpoint": 3}
"""Class of an inline mark → its bullet level on the slide."""
DEEPEST_MARK = max(MARKS.values())
"""The deepest bullet level that a mark gives."""

BLOCK_MARKS = frozenset(("slide", "slide-picture", "tag_slide", "tag_slide-result", "tag_slide-code"))
"""Classes that put a block, or a heading, on a slide; MyST-NB makes classes of the tags of cells."""
NUMBERED = "numbered-slides"
"""Class of a heading whose slides of the same title are counted in it."""
SLIDE_CLASS = re.compile(rf"slide|slide-picture|backup|next-slide|{NUMBERED}|lines-\d+(?:-\d+)?")
"""Classes of blocks that say what slides show of them, and of headings."""


def marks_block(node: nodes.Node) -> bool:
    """True for an element with a class that puts it on a slide."""
    return isinstance(node, nodes.Element) and not BLOCK_MARKS.isdisjoint(node["classes"])


def is_slide_class(name: str) -> bool:
    """True for a class that is of the annotation language, and means nothing to the book."""
    return SLIDE_CLASS.fullmatch(name) is not None


def is_level(name: str) -> bool:
    """True for a class that makes a point."""
    return name in MARKS


SENTENCES = ("statement", "number", "question", "assertion")
"""Inline marks of words that a slide is made for; ``assertion`` titles the slide of the evidence for it."""

COUNTED = "counted"
"""Class of the words that say what a number counts."""

SENTENCE_BLOCKS = {
    "statement": "statement", "question": "question", "assertion": "assertion", "quotation": "quote",
}  # fmt: skip
"""Class of a paragraph, or of a quotation → the layout of the slide that it is made for."""

WORD_MARKS = (*MARKS, *SENTENCES, COUNTED)
"""Classes of all inline marks, and the names of their roles."""

DOTS = "dots"
"""Class of a number that is shown as dots as well: so many of so many."""

MINUTES = re.compile(r"minutes-(\d{1,3})")
"""Class of a question that says how long it takes."""


def is_sentence_class(name: str) -> bool:
    """True for a class of a paragraph or quotation that has a slide of its own, or says something about that."""
    return name in (DOTS, *SENTENCE_BLOCKS) or MINUTES.fullmatch(name) is not None
