"""Captions as the lists of figures and tables show them: of a long one its first sentence."""

from __future__ import annotations

import re

from docutils import nodes

LONG = 140
"""Letters from which a caption is shown by its first sentence, where that ends before they do."""
LEAST = 12
"""Letters that a first sentence has at least: it tells what is seen."""
SENTENCE_END = re.compile(
    r"(?:^|(?<=[^\W\d_]{3})|(?<=\)))(?P<end>[.!?])(?=\s+(?:[\"“«(\[]?[^\W\d_a-z]|\(?[a-z]\)))|(?P<wide>[。！？])"
)
"""The end of a sentence, behind a word that is no short form."""


def as_listed(caption: nodes.Element) -> nodes.Element:
    """A caption, or the first sentence of a long one, without its notes."""
    if len(caption.astext()) <= LONG:
        return caption
    before = 0
    for place, child in enumerate(caption.children):
        words = child.astext()
        found = next((end for end in ends_of(child) if before + end > LEAST), None)
        if found is not None:
            short = caption.deepcopy()
            short.parent = caption.parent
            short.children = [*short.children[:place], nodes.Text(words[:found])]
            for note in list(short.findall(nodes.footnote_reference)):
                note.parent.remove(note)
            return short
        before += len(words)
        if before > LONG:
            break
    return caption


def ends_of(child: nodes.Node) -> list[int]:
    """Where sentences end in a text; a full stop is not shown."""
    if not isinstance(child, nodes.Text):
        return []
    ends = SENTENCE_END.finditer(child.astext())
    return [found.start() if found["end"] == "." else found.end() for found in ends]
