"""Nodes → what slides show and notes say of them; where a handler fails, an error, and a substitute."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docutils import nodes

from builder.deck.conserved import warn_of_losses
from builder.deck.conversion import BlockContext, elements
from builder.deck.drafts import Draft
from builder.deck.flattened import flattened, stands_by_itself
from builder.deck.handlers.lists import columns_of
from builder.deck.inline import labels_in, mark_runs
from builder.deck.kinds import kind_of
from builder.deck.marked import is_marked_block
from builder.deck.model import Block, Paragraph, Run, Runs, plain
from builder.deck.notes import noted
from builder.deck.substitutes import name_of_node, substitute_of_node
from builder.deck.words import is_empty, words_of
from builder.errors import AuthorError, fault_in, source_of, warn
from builder.source.annotations.lost_marks import shows_nothing
from builder.source.annotations.vocabulary import speaker_notes
from builder.source.formulas import plain_text


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How to plan: the style of points; whether sections without marks have slides in a marked document too; the
    deepest level that has any without marks.
    """

    verbatim: bool = False
    outline: bool = False
    slide_level: int = 4
    notes_paragraphs: bool = True
    first_sentences: bool = False
    edition: str = ""


class Showing:
    """What the slides of one document show of its nodes. ``errors`` has those of all of them, in their order."""

    def __init__(self, context: BlockContext, options: PlanOptions) -> None:
        self.context = context
        self.options = options
        self.errors: list[AuthorError] = []
        self.footnotes: dict[str, tuple[Paragraph, ...]] = {}
        self.noted_nodes: dict[str, list[nodes.Element]] = {}
        self.noted_pictures: dict[str, list[Block]] = {}

    def footnote(self, label: str, node: nodes.footnote) -> None:
        """Keep a footnote by its label: its number raised, then its text; lines of code and items stand apart."""
        mark = next((child.astext() for child in node.children if isinstance(child, nodes.label)), "")
        found = flattened(self.context.children(node, nodes.label))
        lines = [*found.paragraphs, *((Run(line),) for block in found.others for line in words_of(block))]
        parts: list[Runs] = [(Run(mark, sup=True), Run(" "))]
        for before, line in zip([(), *lines], lines, strict=False):
            if stands_by_itself(line) or stands_by_itself(before):
                parts.append(line)
            else:
                parts[-1] = (*parts[-1], *([Run(" ")] if before else []), *line)
        written = (tuple(replace(run, note="") for run in part) for part in parts)
        self.footnotes[label] = tuple(Paragraph(runs, 0, "", source_of(node)) for runs in written)
        self.noted_pictures[label] = [block for block in found.others if kind_of(block).is_visual]
        self.noted_nodes[label] = [child for child in elements(node) if not isinstance(child, nodes.label)]

    # --- notes

    def paragraph(self, draft: Draft, node: nodes.Element) -> None:
        """Note a paragraph of the book that stands behind a slide."""
        if self.options.notes_paragraphs:
            draft.book += [*self.lines(node), *self.notes_of_marks(node)]
        draft.links += labels_in(node, self.context.docname)

    def noted(self, notes: nodes.Element) -> list[str]:
        """The lines of a ``notes`` directive, those of its footnotes last."""
        for picture in notes.findall(nodes.image):
            warn("notes show no pictures; the words that describe it stand in its place.", picture, "notes")
        lines = [line for child in elements(notes) for line in self.lines(child)]
        return [*lines, *self.notes_of_marks(notes)]

    def notes_of_marks(self, node: nodes.Element) -> list[str]:
        """The words of the footnotes whose marks stand in ``node``, where a slide shows no marks."""
        marks = (f"{self.context.docname}:{mark.get('refid')}" for mark in node.findall(nodes.footnote_reference))
        return [plain(one.runs) for label in marks for one in self.footnotes.get(label, ())]

    def notes_inside(self, node: nodes.Element) -> list[str]:
        """The lines of all notes that stand inside of a block."""
        return [line for notes in node.findall(speaker_notes) for line in self.noted(notes)]

    def lines(self, node: nodes.Element) -> list[str]:
        """The lines of a node in notes; where a handler fails, an error, and its words."""
        try:
            return noted(self.context, node)
        except Exception as error:
            self.errors.append(fault_in(name_of_node(node), "its words", error, source_of(node)))
            return [line for line in node.astext().split("\n") if line.strip()]

    # --- blocks

    def words_of_mark(self, mark: nodes.Element) -> Runs:
        """The runs of a mark; its plain text, and an error, where a handler fails."""
        try:
            return mark_runs(mark, self.context.docname, verbatim=self.options.verbatim)
        except Exception as error:
            self.errors.append(fault_in("this point", "its plain text", error, source_of(mark)))
            return (Run(" ".join(plain_text(mark).split())),)

    def blocks(self, node: nodes.Element, *, as_columns: bool = False) -> list[Block]:
        """Blocks of a marked node; where a handler fails, an error, and its words or a frame that names it."""
        try:
            found = self.converted(node, as_columns=as_columns)
        except Exception as error:
            self.errors.append(fault_in(name_of_node(node), "its words", error, source_of(node)))
            return [substitute_of_node(node, source_of(node), self.context.label(node))]
        shown = [block for block in found if not is_empty(block)]
        if not (shown or shows_nothing(node)) and (found or is_marked_block(node)):
            warn(f"{name_of_node(node)} shows nothing; it is left out of its slide.", source_of(node), "empty")
        return shown

    def converted(self, node: nodes.Element, *, as_columns: bool) -> list[Block]:
        """Blocks of a node; what they do not show of it is warned of.

        Raises:
            AuthorError: slides cannot show it.
        """
        is_columns = as_columns and isinstance(node, nodes.definition_list)
        found: list[Block] = [columns_of(self.context, node)] if is_columns else self.context.blocks(node)
        if found:
            warn_of_losses(node, found)
        return found
