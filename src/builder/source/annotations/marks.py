"""Inline marks: the roles, and the transform that takes every annotation out of other outputs."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from builder.errors import warn
from builder.source.annotations import vocabulary
from builder.source.annotations.vocabulary import MARKS, MINUTES, SENTENCE_BLOCKS, SENTENCES, WORD_MARKS

SHORT_FORM = re.compile(r"^(?P<long>.+?)\s*(?<!\\)<(?P<short>.+)>$", re.DOTALL)

OWN_BUILDERS = ("typstpdf", "pptx")
TRANSLATORS = "gettext"
"""The builder that gathers what is to be translated, words of slides among it."""


class MarkRole(SphinxRole):
    """``{point}`long words <short words>```: the book prints the long words, the slide the short ones."""

    def __init__(self, name_of_mark: str) -> None:
        super().__init__()
        self.name_of_mark = name_of_mark

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        match = SHORT_FORM.match(self.text)
        long_words, short_words = (match["long"], match["short"]) if match else (self.text, "")
        node = vocabulary.point("", "", classes=[self.name_of_mark])
        node.source, node.line = self.get_source_info()
        children, messages = self.parse_inline(long_words, self.lineno)
        node += children
        if short_words:
            short, more = self.parse_inline(short_words, self.lineno)
            node["short"] = nodes.inline("", "", *short)
            messages = [*messages, *more]
        return [node], messages

    def parse_inline(self, text: str, line: int) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Parse ``text`` as inline markup of the surrounding language."""
        inliner: Any = self.inliner
        found: tuple[list[nodes.Node], list[nodes.system_message]] = inliner.parse(text, line, inliner, inliner.parent)
        return found


def mark_level(node: nodes.Node) -> int:
    """Bullet level (1 to 3) of an inline mark, 0 for any other node."""
    if not isinstance(node, nodes.inline):
        return 0
    return next((MARKS[name] for name in node["classes"] if name in MARKS), 0)


def mark_of(node: nodes.Node) -> str:
    """The name of an inline mark, '' for any other node."""
    if not isinstance(node, nodes.inline):
        return ""
    return next((name for name in node["classes"] if name in WORD_MARKS), "")


def sentence_of(node: nodes.Node) -> str:
    """The kind of slide that words, a paragraph or a quotation are made for; '' where they are for none."""
    if (name := mark_of(node)) in SENTENCES:
        return name
    if not isinstance(node, nodes.paragraph | nodes.block_quote):
        return ""
    found = next((SENTENCE_BLOCKS[name] for name in node["classes"] if name in SENTENCE_BLOCKS), "")
    return found if (found == "quote") == isinstance(node, nodes.block_quote) else ""


def is_heading_point(node: nodes.Node) -> bool:
    """True for a section whose heading is a point of the slide before it."""
    return isinstance(node, nodes.section) and "point" in node["classes"]


def has_marks(node: nodes.Element) -> bool:
    """True if ``node`` holds a mark, a slide of its own or a block with class ``slide``; notes and options of a slide
    are none.
    """
    return any(
        mark_level(child)
        or sentence_of(child)
        or (isinstance(child, vocabulary.slide) and child["is_own"])
        or vocabulary.marks_block(child)
        or is_heading_point(child)
        for child in node.findall(nodes.Element)
    )


class StripAnnotations(SphinxPostTransform):
    """Take annotations out of a doctree before a builder writes it, but for our two and that of translators."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        if self.env._app.builder.name in (*OWN_BUILDERS, TRANSLATORS):
            return
        strip_annotations(self.document)


def strip_annotations(tree: nodes.Element) -> None:
    """Take what only slides show, and the marks of all else, out of a tree."""
    for node in list(tree.findall(nodes.Element)):
        if isinstance(node, vocabulary.slide | vocabulary.speaker_notes):
            node.parent.remove(node)
        elif mark_of(node) and node.parent is not None:
            node.parent.replace(node, node.children)
        else:
            unmark(node)


def unmark(node: nodes.Element) -> None:
    """Take the classes of the annotation language from a node."""
    has_sentence = sentence_of(node) or (isinstance(node, nodes.paragraph) and any(map(mark_of, node.findall())))
    is_ours = [vocabulary.is_slide_class, *([vocabulary.is_sentence_class] if has_sentence else [])]
    if is_heading_point(node):
        is_ours.append(vocabulary.is_level)
    if any(one(name) for one in is_ours for name in node["classes"]):
        node["classes"] = [name for name in node["classes"] if not any(one(name) for one in is_ours)]


def minutes_of(node: nodes.Element) -> float:
    """The minutes that a class ``minutes-4`` of a node gives, 0 without one."""
    found = (MINUTES.fullmatch(name) for name in node["classes"])
    return next((float(match[1]) for match in found if match), 0.0)


class QuotesWithoutWords(SphinxTransform):
    """Takes out marked quotations that hold nothing, and hands the marks of those that hold doctests on to these.

    Sphinx puts the content of such quotations in their place, and fails where they have a class (`HandleCodeBlocks`).
    """

    default_priority = 209

    def apply(self, **_kwargs: Any) -> None:
        for quote in list(self.document.findall(nodes.block_quote)):
            if not all(isinstance(child, nodes.doctest_block) for child in quote.children):
                continue
            if not quote.children:
                if "slide" in quote["classes"]:
                    warn("this quotation shows nothing; it is left out of its slide.", quote, "empty")
                quote.parent.remove(quote)
                continue
            for child in quote.children:
                assert isinstance(child, nodes.Element)
                child["classes"] += quote["classes"]
            quote["classes"] = []
