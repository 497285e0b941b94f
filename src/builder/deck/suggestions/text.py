"""What the sections of a chapter share: its text, and what of it stands on no slide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docutils import nodes

from builder.deck.conversion import BlockContext
from builder.deck.suggestions.code import listings_in
from builder.deck.suggestions.cues import Cues
from builder.deck.suggestions.scores import Ranking
from builder.source.annotations.written import WrittenDocument


@dataclass(frozen=True, slots=True)
class ChapterText:
    """What the sections of a chapter share: its source, its language's phrases and its terms."""

    context: BlockContext
    document: WrittenDocument
    cues: Cues
    ranking: Ranking
    first_sentences: bool = False
    footnotes: Mapping[str, int] = field(default_factory=dict)
    """The words of each footnote, by its id."""

    def shown_words(self, node: nodes.Element) -> int:
        """Return how many words a slide shows of a block besides its code, those of its footnotes among them."""
        marks = node.findall(nodes.footnote_reference)
        notes = sum(self.footnotes.get(mark.get("refid", ""), 0) for mark in marks)
        return self.cues.count(node.astext()) - sum(self.cues.count(one.astext()) for one in listings_in(node)) + notes

    def can_show(self, node: nodes.Element) -> bool:
        """True if slides show something of a node, and all of its pictures: a lost one that is marked is an error."""
        try:
            return bool(self.context.blocks(node)) and not any("lost" in image for image in node.findall(nodes.image))
        except Exception:
            return False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A block that stands on no slide, and its kind."""

    kind: str
    node: nodes.Element
