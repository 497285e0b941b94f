"""Resolved doctree → slides: sections that open a slide, the points and blocks that join it, and its notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from docutils import nodes

from builder.deck.answers import is_answer
from builder.deck.blocks import Chart, Code, Equation, PictureGrid, Table, Text, Timeline
from builder.deck.conserved import warn_of_losses
from builder.deck.conversion import elements
from builder.deck.counted import counted_titles, with_counts
from builder.deck.cut import noted_warnings, shown_part, shows_picture_alone
from builder.deck.drafts import Draft
from builder.deck.handlers.paragraphs import words_and_pictures_of
from builder.deck.handlers.statements import name_runs
from builder.deck.kinds import kind_of, with_inner
from builder.deck.marked import (
    classes_of,
    has_annotation,
    is_marked_block,
    opens_next_slide,
    top_marks,
    warn_misplaced,
)
from builder.deck.model import Block, Notes, Runs, Slide, is_lit
from builder.deck.natural_columns import WITH_GRID, in_columns, in_grid
from builder.deck.opened import WITH_COLUMNS, Opening, is_joined, joined_to
from builder.deck.places import toctrees_above
from builder.deck.spoken import alone_and_rest
from builder.deck.substitutes import name_of_node
from builder.deck.suggestions.chapter import in_front_of, suggested
from builder.deck.suggestions.cues import cues_of
from builder.deck.suggestions.marks import put, sections_with
from builder.deck.suggestions.short import own_content
from builder.deck.unheaded import sections_of
from builder.deck.words import runs_show
from builder.errors import Source, fault_in, source_of, warn
from builder.source.annotations.marks import has_marks, is_heading_point, mark_level, sentence_of
from builder.source.annotations.slide import SlideOptions
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.annotations.vocabulary import speaker_notes
from builder.source.statements import title_of_statement


class Planner(Opening):
    """Plans the slides of one document. All errors are collected, so that an author sees them at once."""

    def plan(self, doctree: nodes.document) -> list[Slide]:
        """All slides of the document, in order."""
        warn_misplaced(doctree)
        for node in doctree.findall(nodes.footnote):
            for name in node["ids"]:
                self.footnote(f"{self.context.docname}:{name}", node)
        sections = sections_of(doctree, self.context.docname)
        if self.options.outline or not has_marks(doctree):
            self.suggest(sections)
        for section in sections:
            self.section(section)
        self.hand_on_notes()
        for draft in self.drafts:
            draft.take_minutes()
        shown = (draft for draft in self.drafts if draft.is_shown and draft.is_in(self.options.edition))
        finished = [slide for draft in shown for slide in self.finished(draft)]
        slides = with_counts(finished, counted_titles(self.drafts))
        above = toctrees_above(doctree, self.context.docname)
        return [replace(one, behind=above.get(one.place.label, ()) if one.place else ()) for one in slides]

    def hand_on_notes(self) -> None:
        """Give the notes of a slide that shows nothing to the one before it in its section, or to the first; warns of
        those of a section that is on none.
        """
        shown = [draft for draft in self.drafts if draft.is_shown and not draft.is_solution]
        takers = {draft.place.label: draft for draft in reversed(shown)}
        for draft in self.drafts:
            if draft.is_shown and not draft.is_solution:
                takers[draft.place.label] = draft
            elif draft.author and not draft.is_shown and (taker := takers.get(draft.place.label)):
                taker.author += [line for line in draft.author if line not in taker.author]
            elif draft.author and not draft.is_shown:
                warn("these notes have no slide, since nothing else of their section is on one.", draft.source, "notes")

    # --- sections

    def suggest(self, sections: Sequence[nodes.section]) -> None:
        """Put the marks onto sections that nobody marked; where that fails, an error, and no slides of them."""
        try:
            marks = suggested(self.context, sections, self.options).marks
        except Exception as error:
            self.errors.append(fault_in("this chapter", "none of its slides", error, source_of(sections[0])))
            return
        put(marks)
        self.suggested = sections_with(marks)

    def section(self, section: nodes.section, before: Draft | None = None) -> Draft | None:
        """Plan one section and those below it. ``before`` is the slide that it joins if its heading is a point; returns
        the one that such a section behind it joins.
        """
        current: Draft | None = None
        try:
            current = self.annotated_section(section, [*in_front_of(section), *own_content(section)], before)
        except Exception as error:
            self.errors.append(fault_in("this section", "less of it", error, source_of(section)))
        for child in section.children:
            if isinstance(child, nodes.section):
                current = self.section(child, current)
        return current if is_joined(section) else None

    def annotated_section(
        self, section: nodes.section, content: list[nodes.Element], before: Draft | None
    ) -> Draft | None:
        """Take the annotations of a section in order; returns the slide that is open after them."""
        options = self.options_of(section, content)
        current: Draft | None = None
        shown, before_it = section, len(self.drafts)
        if is_joined(section):
            shown = joined_to(section)
            current = self.heading_point(section, shown, before)
            if any(isinstance(node, slide_node) and not node["is_own"] for node in content):
                warn("these options have no effect: the heading above them is a point.", options.source, "misplaced")
            options = SlideOptions(source=source_of(section))
        elif "slide" in section["classes"]:
            current = self.open(section, options)
            current.is_heading = True
            current.blocks += self.pictures_of_heading(section)
        elif is_heading_point(section):
            warn("'point' has no effect on the first heading: no slide stands before it.", section, "misplaced")
        for node in content:
            current = self.walk(node, shown, current, options)
        if len(self.drafts) == before_it and shown is section and options != SlideOptions(source=options.source):
            message = "these options have no effect: nothing of their section is on a slide; write {.slide} above its "
            warn(f"{message}heading.", options.source, "misplaced")
        return current

    def walk(
        self, node: nodes.Element, section: nodes.section, current: Draft | None, options: SlideOptions
    ) -> Draft | None:
        """Take the annotations of ``node`` in order; returns the slide that is open after it."""
        try:
            if has_annotation(node) and is_answer(node, cues_of(self.context.env.config.language or "en")):
                return self.solution(node, section)
            return self.taken(node, section, current, options)
        except Exception as error:
            self.errors.append(fault_in(name_of_node(node), "nothing", error, source_of(node)))
            return current

    def taken(
        self, node: nodes.Element, section: nodes.section, current: Draft | None, options: SlideOptions
    ) -> Draft | None:
        """The slide that is open after the annotations of ``node``."""
        if isinstance(node, slide_node):
            return self.own_slide(node, section) if node["is_own"] else current
        if opens_next_slide(node) and current is not None:
            current = self.open(section, SlideOptions(source=source_of(node)))
        if isinstance(node, nodes.footnote | nodes.citation) or not has_annotation(node):
            return current
        if isinstance(node, speaker_notes):
            current = self.opened(current, section, options)
            current.author += self.noted(node)
            return current
        if sentence_of(node):
            draft = self.sentence(node, section, current, options)
            self.paragraph(draft, node)
            return draft
        if is_marked_block(node):
            current = self.joined(section, current, options)
            self.marked_block(current, node)
            return current
        if not isinstance(node, nodes.TextElement):
            for child in node.children:
                if isinstance(child, nodes.Element):
                    current = self.walk(child, section, current, options)
            return current
        return self.marked_words(node, section, current, options)

    def marked_words(
        self, node: nodes.TextElement, section: nodes.section, current: Draft | None, options: SlideOptions
    ) -> Draft | None:
        """Take the marks in a text in order; returns the slide that is open after it."""
        behind: list[Draft] = []
        for mark in top_marks(node):
            if sentence_of(mark):
                current = self.sentence(mark, section, current, options)
            elif mark_level(mark):
                current = self.joined(section, current, options)
                self.point(current, mark)
            if current is not None and current not in behind:
                behind.append(current)
                self.paragraph(current, node)
        for picture in node.findall(nodes.image):
            if "slide" in picture["classes"]:
                current = self.joined(section, current, options)
                current.blocks += self.blocks(picture)
        return current

    def solution(self, node: nodes.Element, section: nodes.section) -> Draft:
        """The slide of its own of a solution, with what is marked in it, or all where it is marked as a whole."""
        draft: Draft | None = self.open_solution(node, section)
        first = draft
        assert first is not None
        if is_marked_block(node):
            first.blocks += self.solution_blocks(node, self.blocks)
            first.author += self.notes_inside(node)
        else:
            for child in elements(node):
                draft = self.walk(child, section, draft, first.options)
        first.is_over = True
        return draft or first

    def open_solution(self, node: nodes.Element, section: nodes.section) -> Draft:
        """Open a slide for a solution, titled by its name."""
        name = tuple(replace(run, link="") for run in name_runs(self.context, node))
        draft = self.open(section, SlideOptions(source=source_of(node)), name or None)
        draft.labels.append(self.context.label(node))
        draft.is_solution = True
        return draft

    def solution_blocks(self, node: nodes.Element, blocks_of: Callable[[nodes.Element], list[Block]]) -> list[Block]:
        """The blocks of a solution, whose title is that of its slide."""
        title = title_of_statement(node)
        return [block for child in elements(node) if child is not title for block in blocks_of(child)]

    def marked_block(self, draft: Draft, node: nodes.Element) -> None:
        """Add to a slide what it shows of a marked block, and to its notes those that stand in the block."""
        classes = classes_of(node)
        shown = shown_part(node, classes, self.context.env.config.language or "en")
        if shows_picture_alone(node, classes):
            for words in [node] if isinstance(node, nodes.paragraph) else elements(node):
                if isinstance(words, nodes.caption | nodes.legend | nodes.paragraph):
                    self.paragraph(draft, words)
        draft.blocks += self.blocks(shown, as_columns=draft.options.layout in WITH_COLUMNS)
        draft.author += self.notes_inside(node)
        draft.book += [line for text in noted_warnings(node, classes) for line in self.lines(text)]

    def point(self, draft: Draft, mark: nodes.inline) -> None:
        """Add the point of a mark to a slide, and behind it the pictures that stand in it."""
        shown, pictures = words_and_pictures_of(self.context, mark)
        level, runs = mark_level(mark), self.words_of_mark(shown)
        if not (runs_show(runs) or pictures):
            warn("this point shows no words; it is left out of its slide.", mark, "empty")
            return
        if level > 1 and not draft.has_point():
            warn("this subpoint has no point before it on its slide; it becomes a point.", mark, "subpoint")
            level = 1
        if runs_show(runs):
            draft.add_point(level, runs, source_of(mark))
        draft.blocks += [block for picture in pictures for block in self.blocks(picture)]

    # --- slides

    def finished(self, draft: Draft) -> list[Slide]:
        """The slide of a draft; none, and an error, where it fails."""
        try:
            if draft.options.layout in WITH_COLUMNS and draft.blocks:
                draft.blocks = with_columns(draft)
            if draft.options.layout in WITH_GRID:
                draft.blocks = with_grid(draft)
            if draft.options.layout == "evidence":
                check_evidence(draft)
            if draft.options.layout in HELD:
                check_held(draft, *HELD[draft.options.layout])
            if draft.options.reveal == "lines":
                check_lines(draft)
            slide = self.with_pictures_of_notes(draft.finish(self.footnotes))
            for label in dict.fromkeys(label for label, _paragraph in slide.footnotes):
                text = Text(self.footnotes[label], slide.source)
                for node in self.noted_nodes.pop(label, ()):
                    warn_of_losses(node, [text, *self.noted_pictures[label]])
            language, is_own = self.context.env.config.language, draft.is_own
            parts = (alone_and_rest(one, has_own_title=is_own, language=language) for one in opening_and_rest(slide))
            return [slide for found in parts for slide in found]
        except Exception as error:
            self.errors.append(fault_in("this slide", "none", error, draft.source))
            return []

    def with_pictures_of_notes(self, slide: Slide) -> Slide:
        """``slide`` with the pictures in its footnotes behind its own blocks: a line of a footnote holds only text."""
        labels = dict.fromkeys(label for label, _paragraph in slide.footnotes)
        pictures = [one for label in labels for one in self.noted_pictures[label]]
        return replace(slide, blocks=(*slide.blocks, *pictures)) if pictures else slide


def with_columns(draft: Draft) -> list[Block]:
    """The blocks of a slide that is to have columns, in them; unchanged, with a warning, where none are clear."""
    found = in_columns(draft.blocks)
    if not found:
        message = f"the layout '{draft.options.layout}' finds no columns here: give each a heading in bold with what "
        message += "belongs to it below, or write a definition list, or just two blocks."
        warn(message, draft.options.source, "columns")
    return found or draft.blocks


def with_grid(draft: Draft) -> list[Block]:
    """The blocks of a slide that is to have its pictures in a grid; unchanged, with a warning, where they cannot be."""
    found = in_grid(draft.blocks, draft.options.layout)
    if not found:
        message = (
            f"the layout '{draft.options.layout}' shows {WITH_GRID[draft.options.layout]}, each with a caption or "
        )
        message += "a heading in bold before it; the slide has the usual layout."
        warn(message, draft.options.source, "layout")
    return found or draft.blocks


def check_evidence(draft: Draft) -> None:
    """Warn of a slide that is to show the evidence for its title, and shows something else besides, or none."""
    shown = [block for block in draft.blocks if kind_of(block).is_visual or isinstance(block, PictureGrid | Table)]
    if len(shown) != 1 or len(draft.blocks) != 1:
        message = "the layout 'evidence' shows one picture, chart, map or table below a sentence; take the rest away."
        warn(message, draft.options.source, "layout")


HELD = {
    "table": (Table, "a table"),
    "code": (Code, "code"),
    "chart": (Chart, "a chart"),
    "timeline": (Timeline, "a chronology"),
    "equation": (Equation, "a formula on lines of its own"),
}
"""Layout → what its slide shows: the kind of block, and what messages call it."""


def check_held(draft: Draft, kind: type, words: str) -> None:
    """Warn of a slide whose layout is for a kind of block that it has none of."""
    if not any(isinstance(block, kind) for block in with_inner(draft.blocks)):
        layout = draft.options.layout
        message = f"the layout '{layout}' is for a slide with {words}, and this has none; take the layout away."
        warn(message, draft.options.source, "layout")


def check_lines(draft: Draft) -> None:
    """Warn of a slide that is to light the lines of its code one after another, and has none to light."""
    if not any(is_lit(runs) for block in draft.blocks if isinstance(block, Code) for runs in block.lines):
        message = (
            "':reveal: lines' has no effect: no code of this slide has lines to light; give it ':emphasize-lines:'."
        )
        warn(message, draft.options.source, "reveal")


def opening_and_rest(slide: Slide) -> list[Slide]:
    """A slide; one that is to open a part and shows more is two: the opening, then the rest under the same title."""
    if slide.layout not in ("title", "section") or not slide.blocks:
        return [slide]
    opening = replace(slide, blocks=(), footnotes=(), notes=Notes(), minutes=0, labels=slide.labels[:1])
    rest = replace(slide, key=f"{slide.key}/rest", layout="", kicker="", named=False, labels=slide.labels[1:])
    return [opening, rest]


def title_slide(key: str, title: Runs, subtitle: str, book: str) -> Slide:
    """The slide that opens a deck."""
    return Slide(
        key=key, title=title, layout="title", blocks=(), notes=Notes(), place=None, source=Source(""),
        subtitle=subtitle, kicker=book,
    )  # fmt: skip
