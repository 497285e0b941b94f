"""Slides of sections that nobody annotated: blocks stand on them as they are, paragraphs in their notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from builder.deck.blocks import Text
from builder.deck.conversion import BlockContext, elements, handler_of
from builder.deck.drafts import Draft
from builder.deck.handlers.design import is_shown_whole
from builder.deck.handlers.dropped import UNSHOWN
from builder.deck.handlers.paragraphs import shows_picture
from builder.deck.inline import first_sentence, runs_of
from builder.deck.model import Runs
from builder.deck.words import runs_show
from builder.errors import source_of
from builder.source.annotations.slide import SlideOptions
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.annotations.vocabulary import speaker_notes
from builder.source.statements import is_solution

if TYPE_CHECKING:
    from builder.deck.plan import Planner

ONLY_MARKED = (nodes.paragraph, nodes.rubric, nodes.line_block, nodes.topic, nodes.sidebar, *UNSHOWN)
"""What automatic slides leave to the notes, or show the content of; all else that has a handler stands on them."""


def stands_on_slide(context: BlockContext, node: nodes.Element) -> bool:
    """True for a node that an automatic slide shows as it is; of others, what stands in them."""
    if isinstance(node, nodes.paragraph):
        return shows_picture(context, node)
    if type(node) is nodes.container:
        return is_shown_whole(node)
    return handler_of(type(node)) is not None and not isinstance(node, ONLY_MARKED)


def stands_on_short_slide(node: nodes.Element) -> bool:
    """True for a node that the slides of a short document show besides: text, and what is set apart of it."""
    return isinstance(node, nodes.TextElement | nodes.line_block | nodes.topic | nodes.sidebar) and not isinstance(
        node, UNSHOWN
    )


@dataclass(slots=True)
class AutomaticSlides:
    """Fills the slides of one section; ``draft`` is the one that is open."""

    planner: Planner
    section: nodes.section
    draft: Draft
    shows_solution: bool = False

    def take(self, node: nodes.Element) -> None:
        """Put a node on a slide, or into its notes."""
        if isinstance(node, speaker_notes):
            self.draft.author += self.planner.noted(node)
        elif isinstance(node, slide_node):
            if node["is_own"]:
                self.planner.own_slide(node, self.section)
        elif is_solution(node):
            self.solution(node)
        elif stands_on_slide(self.planner.context, node) or (self.planner.is_short and stands_on_short_slide(node)):
            self.show(node)
        elif isinstance(node, nodes.TextElement | nodes.line_block) and not isinstance(node, UNSHOWN):
            self.note(node)
        elif not isinstance(node, nodes.footnote | nodes.citation):
            for child in elements(node):
                self.take(child)

    def show(self, node: nodes.Element) -> None:
        """Put a node on the slide that is open, or on a new one behind a solution."""
        blocks = self.planner.automatic_blocks(node)
        if blocks and self.shows_solution:
            self.open(SlideOptions(source=source_of(self.section)))
            self.shows_solution = False
        has_words = isinstance(node, nodes.paragraph) and any(isinstance(block, Text) for block in blocks)
        if has_words and not self.planner.is_short:
            self.note(node)
            blocks = [block for block in blocks if not isinstance(block, Text)]
        self.draft.blocks += blocks
        self.draft.author += self.planner.notes_inside(node)

    def note(self, node: nodes.Element) -> None:
        """Put a text into the notes; its first sentence is a point where the project asks for that."""
        docname = self.planner.context.docname
        wanted = self.planner.options.first_sentences and isinstance(node, nodes.paragraph)
        if wanted and runs_show(self.planner.context.runs(node)):
            self.draft.add_point(1, first_sentence(runs_of(node.children, docname)), source_of(node))
        self.planner.paragraph(self.draft, node)

    def solution(self, node: nodes.Element) -> None:
        """Open a slide of its own for a solution, behind the exercise."""
        self.draft = self.planner.open_solution(node, self.section)
        self.draft.automatic = self.shows_solution = True
        self.draft.blocks += self.planner.solution_blocks(node, self.planner.automatic_blocks)
        self.draft.author += self.planner.notes_inside(node)

    def open(self, options: SlideOptions, title: Runs | None = None) -> None:
        """Open a further automatic slide of the section."""
        self.draft = self.planner.open(self.section, options, title)
        self.draft.automatic = True
