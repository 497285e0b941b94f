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
from builder.source.annotations.vocabulary import MARKS

SHORT_FORM = re.compile(r"^(?P<long>.+?)\s*(?<!\\)<(?P<short>.+)>$", re.DOTALL)

OWN_BUILDERS = ("typstpdf", "pptx")
TRANSLATORS = "gettext"
"""The builder that gathers what is to be translated, words of slides among it."""


class PointRole(SphinxRole):
    """``{point}`long words <short words>```: the book prints the long words, the slide the short ones."""

    def __init__(self, level_class: str) -> None:
        super().__init__()
        self.level_class = level_class

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        match = SHORT_FORM.match(self.text)
        long_words, short_words = (match["long"], match["short"]) if match else (self.text, "")
        node = vocabulary.point("", "", classes=[self.level_class])
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


def has_marks(node: nodes.Element) -> bool:
    """True if ``node`` holds a mark, a slide of its own or a block with class ``slide``; notes and options of a slide
    are none.
    """
    return any(
        mark_level(child) or (isinstance(child, vocabulary.slide) and child["title"]) or vocabulary.marks_block(child)
        for child in node.findall()
    )


class StripAnnotations(SphinxPostTransform):
    """Take annotations out of a doctree before a builder writes it, but for our two and that of translators."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        if self.env._app.builder.name in (*OWN_BUILDERS, TRANSLATORS):
            return
        for node in list(self.document.findall(nodes.Element)):
            if isinstance(node, vocabulary.slide | vocabulary.speaker_notes):
                node.parent.remove(node)
            elif mark_level(node) and node.parent is not None:
                node.parent.replace(node, node.children)
            elif any(map(vocabulary.is_slide_class, node["classes"])):
                node["classes"] = [name for name in node["classes"] if not vocabulary.is_slide_class(name)]


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
