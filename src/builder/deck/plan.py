"""Resolved doctree → slides: sections that open a slide, the points and blocks that join it, and its notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from docutils import nodes

from builder.deck.automatic import AutomaticSlides
from builder.deck.blocks import Text
from builder.deck.conserved import warn_of_losses
from builder.deck.conversion import BlockContext, elements
from builder.deck.cut import shown_part
from builder.deck.drafts import Draft
from builder.deck.handlers.paragraphs import words_and_pictures_of
from builder.deck.handlers.statements import name_runs
from builder.deck.inline import runs_of, title_runs
from builder.deck.marked import (
    classes_of,
    has_annotation,
    is_marked_block,
    opens_next_slide,
    outside_of_sections,
    top_marks,
    warn_misplaced,
)
from builder.deck.measured import bold
from builder.deck.model import Block, Notes, Paragraph, Run, Runs, Slide
from builder.deck.natural_columns import in_columns
from builder.deck.places import chapter_title, place_of, toctrees_above
from builder.deck.showing import PlanOptions, Showing
from builder.deck.substitutes import name_of_node
from builder.deck.unheaded import sections_of
from builder.deck.words import runs_show
from builder.errors import AuthorError, Source, fault_in, source_of, warn
from builder.source.annotations.marks import has_marks, mark_level
from builder.source.annotations.slide import SlideOptions
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.annotations.vocabulary import speaker_notes
from builder.source.statements import is_solution, title_of_statement

WITH_COLUMNS = ("comparison", "columns")
"""Layouts that ask for columns."""


SHORT = 300
"""Words in paragraphs up to which a document is notes for slides rather than a text: they stand on its slides."""


class Planner(Showing):
    """Plans the slides of one document. All errors are collected, so that an author sees them at once."""

    def __init__(self, context: BlockContext, options: PlanOptions) -> None:
        super().__init__(context, options)
        self.drafts: list[Draft] = []
        self.keys: set[str] = set()
        self.is_short = False

    def plan(self, doctree: nodes.document) -> list[Slide]:
        """All slides of the document, in order."""
        warn_misplaced(doctree)
        self.errors += outside_of_sections(doctree)
        self.footnotes = {
            f"{self.context.docname}:{name}": self.footnote(node)
            for node in doctree.findall(nodes.footnote)
            for name in node["ids"]
        }
        outline = self.options.outline or not has_marks(doctree)
        self.is_short = words_in_paragraphs(doctree) <= SHORT and not self.options.first_sentences
        sections = sections_of(doctree, self.context.docname)
        front = in_front_of(sections) if outline else []
        for section in sections:
            self.section(section, 1, outline, front)
            front = []
        for draft in self.drafts:
            if draft.author and not draft.is_shown:
                warn("these notes have no slide, since nothing else of their section is on one.", draft.source, "notes")
        shown = (draft for draft in self.drafts if draft.is_shown and draft.is_in(self.options.edition))
        slides = [slide for draft in shown for slide in self.finished(draft)]
        above = toctrees_above(doctree, self.context.docname)
        return [replace(one, behind=above.get(one.place.label, ()) if one.place else ()) for one in slides]

    # --- sections

    def section(self, section: nodes.section, level: int, outline: bool, front: Sequence[nodes.Element] = ()) -> None:
        """Plan one section, with what stands in ``front`` of its heading, and those below it."""
        content = [
            *front,
            *(
                child
                for child in section.children
                if isinstance(child, nodes.Element) and not isinstance(child, nodes.section | nodes.title)
            ),
        ]
        try:
            if not outline:
                self.annotated_section(section, content)
            elif level <= self.options.slide_level:
                self.outline_section(section, content, level)
            elif self.drafts:
                self.section_below(section, content, self.drafts[-1])
        except Exception as error:
            self.errors.append(fault_in("this section", "less of it", error, source_of(section)))
        for child in section.children:
            if isinstance(child, nodes.section):
                self.section(child, level + 1, outline)

    def outline_section(self, section: nodes.section, content: list[nodes.Element], level: int) -> None:
        """Open automatic slides for a section and fill them; one that stays empty is dropped."""
        draft = self.open(section, self.options_of(section, content))
        draft.automatic = True
        slides = AutomaticSlides(self, section, draft)
        for node in content:
            slides.take(node)
        draft.is_heading = level <= 2 or bool(draft.author)
        has_parts = any(isinstance(child, nodes.section) for child in section.children)
        if level > 1 and not (draft.blocks or draft.book or draft.author or has_parts):
            self.drafts.remove(draft)  # a list of sources, or nothing at all

    def section_below(self, section: nodes.section, content: list[nodes.Element], draft: Draft) -> None:
        """Put a section that is too deep for a slide of its own on the one above it, under its heading in bold."""
        before = len(draft.blocks)
        slides = AutomaticSlides(self, section, draft)
        for node in content:
            slides.take(node)
        if len(draft.blocks) > before:
            heading = bold(runs_of(title_of(section).children, self.context.docname))
            draft.blocks.insert(before, Text((Paragraph(heading, source=source_of(section)),), source_of(section)))
        draft.is_heading = draft.is_heading or bool(draft.author)

    def annotated_section(self, section: nodes.section, content: list[nodes.Element]) -> None:
        """Take the annotations of a section in order."""
        options = self.options_of(section, content)
        current: Draft | None = None
        if "slide" in section["classes"]:
            current = self.open(section, options)
            current.is_heading = True
        for node in content:
            current = self.walk(node, section, current, options)

    def walk(
        self, node: nodes.Element, section: nodes.section, current: Draft | None, options: SlideOptions
    ) -> Draft | None:
        """Take the annotations of ``node`` in order; returns the slide that is open after it."""
        try:
            if is_solution(node) and has_annotation(node):
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
            return self.own_slide(node, section) if node["title"] else current
        if isinstance(node, nodes.footnote | nodes.citation) or not has_annotation(node):
            return current
        if isinstance(node, speaker_notes):
            current = self.opened(current, section, options)
            current.author += self.noted(node)
            return current
        if opens_next_slide(node) and current is not None:
            current = self.open(section, SlideOptions(source=source_of(node)))
        if is_marked_block(node):
            current = self.opened(current, section, options)
            self.marked_block(current, node)
            return current
        if not isinstance(node, nodes.TextElement):
            for child in node.children:
                if isinstance(child, nodes.Element):
                    current = self.walk(child, section, current, options)
            return current
        marks = list(top_marks(node))
        if marks:
            current = self.opened(current, section, options)
            self.points(current, marks)
            self.paragraph(current, node)
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

    def opened(self, current: Draft | None, section: nodes.section, options: SlideOptions) -> Draft:
        """The slide that is open, or a new one of the section; behind a solution a further one."""
        if current is not None and current.is_over:
            return self.open(section, SlideOptions(source=source_of(section)))
        return current or self.open(section, options)

    def marked_block(self, draft: Draft, node: nodes.Element) -> None:
        """Add to a slide what it shows of a marked block, and to its notes those that stand in the block."""
        shown = shown_part(node, classes_of(node))
        draft.blocks += self.blocks(shown, as_columns=draft.options.layout in WITH_COLUMNS)
        draft.author += self.notes_inside(node)

    def points(self, draft: Draft, marks: list[nodes.inline]) -> None:
        """Add a point to a slide for each mark, and behind it the pictures that stand in it."""
        for mark in marks:
            shown, pictures = words_and_pictures_of(self.context, mark)
            level, runs = mark_level(mark), self.words_of_mark(shown)
            if not (runs_show(runs) or pictures):
                warn("this point shows no words; it is left out of its slide.", mark, "empty")
                continue
            if level > 1 and not draft.has_point():
                warn("this subpoint has no point before it on its slide; it becomes a point.", mark, "subpoint")
                level = 1
            if runs_show(runs):
                draft.add_point(level, runs, source_of(mark))
            draft.blocks += [block for picture in pictures for block in self.blocks(picture)]

    # --- slides

    def options_of(self, section: nodes.section, content: list[nodes.Element]) -> SlideOptions:
        """Options of the section's slide; two option blocks are an error that names both."""
        found = [node for node in content if isinstance(node, slide_node) and not node["title"]]
        if len(found) > 1:
            first, second = source_of(found[0]), source_of(found[1])
            message = f"the slide has its options already, in line {first.line}; join the two slide directives."
            self.errors.append(AuthorError(message, second))
        return found[0]["options"] if found else SlideOptions(source=source_of(section))

    def own_slide(self, node: slide_node, section: nodes.section) -> Draft:
        """A slide opened by a directive with a title, with its slide-only content."""
        options = node["options"]
        draft = self.open(section, options, title_runs(node["title_nodes"].children, self.context.docname))
        draft.is_heading = True
        draft.source = source_of(node)
        as_columns = options.layout in WITH_COLUMNS
        for child in node.children:
            if isinstance(child, speaker_notes):
                draft.author += self.noted(child)
            elif isinstance(child, nodes.Element):
                columns = as_columns or (
                    options.layout == "" and isinstance(child, nodes.definition_list) and len(child) == 2
                )
                draft.blocks += self.blocks(child, as_columns=columns)
        return draft

    def open(self, section: nodes.section, options: SlideOptions, title: Runs | None = None) -> Draft:
        """Open a slide of ``section``, titled by its heading unless ``title`` is given."""
        heading = title_of(section)
        runs = title_runs(heading.children, self.context.docname) if title is None else title
        if not runs_show(runs):
            place = options.source if title is not None else source_of(heading)
            warn("this title shows no words; the slide is named after the chapter.", place, "empty")
            runs = (Run(chapter_title(self.context, section)),)
        draft = Draft(
            self.key(section, options),
            runs,
            place_of(self.context, section),
            source_of(section),
            options,
            (*section["classes"], *options.classes),
        )
        self.drafts.append(draft)
        return draft

    def key(self, section: nodes.section, options: SlideOptions) -> str:
        """Stable identity: the slide's name, else document, section and position in it."""
        base = options.name or f"{self.context.docname}:{section['ids'][0]}"
        key, number = base, 2
        while key in self.keys and not options.name:
            key, number = f"{base}-{number}", number + 1
        self.keys.add(key)
        return key

    def finished(self, draft: Draft) -> list[Slide]:
        """The slide of a draft; none, and an error, where it fails."""
        try:
            if draft.options.layout in WITH_COLUMNS and draft.blocks:
                draft.blocks = with_columns(draft)
            slide = draft.finish(self.footnotes)
            for _label, paragraph in slide.footnotes:
                for node in self.noted_nodes.pop(paragraph, ()):
                    warn_of_losses(node, [Text((paragraph,), paragraph.source)])
            return opening_and_rest(slide)
        except Exception as error:
            self.errors.append(fault_in("this slide", "none", error, draft.source))
            return []


def with_columns(draft: Draft) -> list[Block]:
    """The blocks of a slide that is to have columns, in them; unchanged, with a warning, where none are clear."""
    found = in_columns(draft.blocks)
    if not found:
        message = f"the layout '{draft.options.layout}' finds no columns here: give each a heading in bold with what "
        message += "belongs to it below, or write a definition list, or just two blocks."
        warn(message, draft.options.source, "columns")
    return found or draft.blocks


def in_front_of(sections: Sequence[nodes.section]) -> list[nodes.Element]:
    """Return what stands straight in a document before its first heading."""
    front: list[nodes.Element] = []
    for child in elements(sections[0].parent) if sections and sections[0].parent is not None else []:
        if isinstance(child, nodes.section):
            break
        front.append(child)
    return front


def opening_and_rest(slide: Slide) -> list[Slide]:
    """A slide; one that is to open a part and shows more is two: the opening, then the rest under the same title."""
    if slide.layout not in ("title", "section") or not slide.blocks:
        return [slide]
    opening = replace(slide, blocks=(), footnotes=(), notes=Notes(), minutes=0, labels=slide.labels[:1])
    rest = replace(slide, key=f"{slide.key}/rest", layout="", kicker="", named=False, labels=slide.labels[1:])
    return [opening, rest]


def title_of(section: nodes.section) -> nodes.Element:
    """The heading of a section."""
    return next(child for child in section.children if isinstance(child, nodes.title))


def words_in_paragraphs(doctree: nodes.document) -> int:
    """Return how many words stand in the paragraphs straight in the sections of a document."""
    paragraphs = (node for node in doctree.findall(nodes.paragraph) if isinstance(node.parent, nodes.section))
    return sum(len(node.astext().split()) for node in paragraphs)


def title_slide(key: str, title: Runs, subtitle: str, book: str) -> Slide:
    """The slide that opens a deck."""
    return Slide(
        key=key, title=title, layout="title", blocks=(), notes=Notes(), place=None, source=Source(""),
        subtitle=subtitle, kicker=book,
    )  # fmt: skip
