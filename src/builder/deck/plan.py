"""Resolved doctree → slides: which section opens a slide, what joins it, and what its notes say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from docutils import nodes

from builder.deck.blocks import Text
from builder.deck.conversion import BlockContext, handler_of
from builder.deck.furniture import runs_in
from builder.deck.handlers.dropped import UNSHOWN
from builder.deck.handlers.lists import columns_of
from builder.deck.handlers.paragraphs import shows_picture
from builder.deck.inline import labels_in, mark_runs, runs_of, text_of
from builder.deck.lines import split_runs
from builder.deck.model import Block, BookPlace, Notes, Paragraph, Part, Run, Runs, Slide, plain
from builder.deck.substitutes import name_of_node, substitute_of_node
from builder.deck.words import is_empty, is_visible, runs_show
from builder.errors import AuthorError, Source, fault_in, source_of, warn
from builder.source.annotations.marks import has_marks, mark_level
from builder.source.annotations.slide import SlideOptions
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.annotations.vocabulary import speaker_notes
from builder.typeset.wording import fixed_words

FORBIDDEN = {
    nodes.title: "a heading",
    nodes.caption: "a caption",
    nodes.footnote: "a footnote",
    nodes.entry: "a table cell",
    nodes.term: "a term",
}
"""Where marks have no effect."""

ONLY_MARKED = (nodes.paragraph, nodes.rubric, nodes.line_block, nodes.topic, nodes.sidebar, *UNSHOWN)
"""What the slides of an unannotated document leave out; all else that has a handler stands on them."""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How to plan: ``style`` of points, ``outline`` always or only without annotations, its deepest level."""

    verbatim: bool = False
    outline: bool = False
    slide_level: int = 3
    notes_paragraphs: bool = True
    first_sentences: bool = False


@dataclass(slots=True)
class _Draft:
    """A slide being filled."""

    key: str
    title: Runs
    place: BookPlace
    source: Source
    options: SlideOptions
    classes: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    author: list[str] = field(default_factory=list)
    book: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    is_heading: bool = False
    automatic: bool = False

    def add_point(self, level: int, runs: Runs, source: Source) -> None:
        """Append a bullet to the text at the end of the slide, or start one."""
        paragraph = Paragraph(runs, level, "", source)
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Text) and last.paragraphs[-1].level and not last.paragraphs[-1].number:
            self.blocks[-1] = replace(last, paragraphs=(*last.paragraphs, paragraph))
        else:
            self.blocks.append(Text((paragraph,), source))

    def has_point(self) -> bool:
        """True if a bullet of level 1 stands on the slide."""
        return any(p.level == 1 for block in self.blocks if isinstance(block, Text) for p in block.paragraphs)


class Planner:
    """Plans one document. Errors are collected in ``errors``, so that an author sees all of them at once."""

    def __init__(self, context: BlockContext, options: PlanOptions) -> None:
        self.context = context
        self.options = options
        self.errors: list[AuthorError] = []
        self.drafts: list[_Draft] = []
        self.keys: set[str] = set()
        self.footnotes: dict[str, Paragraph] = {}

    def plan(self, doctree: nodes.document) -> list[Slide]:
        """All slides of the document, in order."""
        self.warn_misplaced(doctree)
        self.refuse_outside(doctree)
        self.footnotes = {
            f"{self.context.docname}:{name}": self.footnote(node)
            for node in doctree.findall(nodes.footnote)
            for name in node["ids"]
        }
        outline = self.options.outline or not has_marks(doctree)
        for section in doctree.children:
            if isinstance(section, nodes.section):
                self.section(section, 1, outline)
        return [slide for draft in self.drafts if self.is_shown(draft) for slide in self.finished(draft)]

    def footnote(self, node: nodes.footnote) -> Paragraph:
        """A footnote as a paragraph: its number raised, then its text."""
        mark = next((child.astext() for child in node.children if isinstance(child, nodes.label)), "")
        blocks = [
            child for child in node.children if isinstance(child, nodes.Element) and not isinstance(child, nodes.label)
        ]
        words = [run for block in blocks for run in (Run(" "), *runs_of(block.children, self.context.docname))]
        return Paragraph((Run(mark, sup=True), *words), 0, "", source_of(node))

    @staticmethod
    def is_shown(draft: _Draft) -> bool:
        return bool(draft.blocks or draft.is_heading)

    # --- what cannot be

    def warn_misplaced(self, doctree: nodes.document) -> None:
        for node in doctree.findall(nodes.inline):
            if not mark_level(node):
                continue
            parent = node.parent
            while parent is not None:
                if mark_level(parent):
                    warn("a mark inside a mark has no effect; the outer one counts.", node, "misplaced")
                    break
                where = next((name for cls, name in FORBIDDEN.items() if isinstance(parent, cls)), "")
                if where:
                    warn(
                        f"a mark in {where} has no effect; marks may stand in paragraphs, lists and quotations.",
                        node,
                        "misplaced",
                    )
                    break
                parent = parent.parent

    def refuse_outside(self, doctree: nodes.document) -> None:
        for child in doctree.children:
            if isinstance(child, nodes.Element) and not isinstance(child, nodes.section):
                marked = next((n for n in child.findall(nodes.Element) if self.is_mark(n)), None)
                if marked is not None:
                    message = "this annotation stands outside any section, so it has no slide; put it below a heading."
                    self.errors.append(AuthorError(message, source_of(marked)))

    @staticmethod
    def is_mark(node: nodes.Element) -> bool:
        return bool(mark_level(node)) or isinstance(node, slide_node | speaker_notes) or "slide" in node["classes"]

    # --- sections

    def section(self, section: nodes.section, level: int, outline: bool) -> None:
        """Plan one section and those below it."""
        content = [
            child
            for child in section.children
            if isinstance(child, nodes.Element) and not isinstance(child, nodes.section | nodes.title)
        ]
        try:
            if not outline:
                self.annotated_section(section, content)
            elif level <= self.options.slide_level:
                self.outline_section(section, content, level)
        except Exception as error:
            self.errors.append(fault_in("this section", "less of it", error, source_of(section)))
        for child in section.children:
            if isinstance(child, nodes.section):
                self.section(child, level + 1, outline)

    def outline_section(self, section: nodes.section, content: list[nodes.Element], level: int) -> None:
        draft = self.open(section, self.options_of(section, content))
        draft.is_heading = level <= 2
        draft.automatic = True
        for node in content:
            self.outline_block(draft, node)
        has_parts = any(isinstance(child, nodes.section) for child in section.children)
        if level > 1 and not (draft.blocks or draft.book or draft.author or has_parts):
            self.drafts.remove(draft)  # a list of sources, or nothing at all

    def outline_block(self, draft: _Draft, node: nodes.Element) -> None:
        if shows_picture(node) or (handler_of(type(node)) is not None and not isinstance(node, ONLY_MARKED)):
            draft.blocks += self.automatic_blocks(node)
        elif isinstance(node, nodes.paragraph):
            if self.options.first_sentences and runs_show(self.context.runs(node)):
                draft.add_point(1, first_sentence(runs_of(node.children, self.context.docname)), source_of(node))
            self.paragraph(draft, node)
        elif not isinstance(node, nodes.footnote | nodes.citation):
            for child in node.children:
                if isinstance(child, nodes.Element):
                    self.outline_block(draft, child)

    def annotated_section(self, section: nodes.section, content: list[nodes.Element]) -> None:
        options = self.options_of(section, content)
        current: _Draft | None = None
        if "slide" in section["classes"]:
            current = self.open(section, options)
            current.is_heading = True
        for node in content:
            current = self.walk(node, section, current, options)

    def walk(
        self, node: nodes.Element, section: nodes.section, current: _Draft | None, options: SlideOptions
    ) -> _Draft | None:
        """Take the annotations of ``node`` in order; returns the slide that is open after it."""
        try:
            return self.taken(node, section, current, options)
        except Exception as error:
            self.errors.append(fault_in(name_of_node(node), "nothing", error, source_of(node)))
            return current

    def taken(
        self, node: nodes.Element, section: nodes.section, current: _Draft | None, options: SlideOptions
    ) -> _Draft | None:
        """The slide that is open after the annotations of ``node``."""
        if isinstance(node, slide_node):
            return self.own_slide(node, section) if node["title"] else current
        if isinstance(node, speaker_notes):
            current = current or self.open(section, options)
            current.author += [text_of(child, self.context.docname) for child in text_blocks(node)]
            return current
        if isinstance(node, nodes.footnote | nodes.citation):
            return current
        if is_marked_block(node):
            current = current or self.open(section, options)
            layout = current.options.layout
            current.blocks += self.blocks(node, as_columns=layout in ("comparison", "columns"))
            return current
        if not self.has_annotation(node):
            return current
        if not isinstance(node, nodes.TextElement):
            for child in node.children:
                if isinstance(child, nodes.Element):
                    current = self.walk(child, section, current, options)
            return current
        marks = list(top_marks(node))
        if marks:
            current = current or self.open(section, options)
            self.points(current, marks)
            self.paragraph(current, node)
        return current

    def paragraph(self, draft: _Draft, node: nodes.Element) -> None:
        """Note a paragraph of the book that stands behind a slide."""
        if self.options.notes_paragraphs:
            draft.book.append(text_of(node, self.context.docname))
        draft.links += labels_in(node, self.context.docname)

    def has_annotation(self, node: nodes.Element) -> bool:
        return any(self.is_mark(child) for child in node.findall(nodes.Element))

    def points(self, draft: _Draft, marks: list[nodes.inline]) -> None:
        for mark in marks:
            level, runs = mark_level(mark), self.words_of_mark(mark)
            if not runs_show(runs):
                warn("this point shows no words; it is left out of its slide.", mark, "empty")
                continue
            if level > 1 and not draft.has_point():
                warn("this subpoint has no point before it on its slide; it becomes a point.", mark, "subpoint")
                level = 1
            draft.add_point(level, runs, source_of(mark))

    def words_of_mark(self, mark: nodes.inline) -> Runs:
        """The runs of a mark; its plain text where they cannot be made."""
        try:
            return mark_runs(mark, self.context.docname, verbatim=self.options.verbatim)
        except Exception as error:
            self.errors.append(fault_in("this point", "its plain text", error, source_of(mark)))
            return (Run(" ".join(mark.astext().split())),)

    def blocks(self, node: nodes.Element, *, as_columns: bool = False) -> list[Block]:
        """Blocks of a marked node; where they cannot be made, that is noted and its words stand for it, or a frame that names it."""
        try:
            found = self.converted(node, as_columns=as_columns)
        except Exception as error:
            self.errors.append(fault_in(name_of_node(node), "its words", error, source_of(node)))
            return [substitute_of_node(node, source_of(node), self.context.label(node))]
        shown = [block for block in found if not is_empty(block)]
        if not shown and (found or is_marked_block(node)):
            warn(f"{name_of_node(node)} shows nothing; it is left out of its slide.", source_of(node), "empty")
        return shown

    def converted(self, node: nodes.Element, *, as_columns: bool) -> list[Block]:
        """Blocks of a node.

        Raises:
            AuthorError: slides cannot show it.
        """
        if as_columns and isinstance(node, nodes.definition_list):
            return [columns_of(self.context, node)]
        return self.context.blocks(node)

    def automatic_blocks(self, node: nodes.Element) -> list[Block]:
        """Blocks of a node that nobody marked; one that slides cannot show is left out with a warning."""
        try:
            found = self.converted(node, as_columns=False)
        except Exception as error:
            fault = fault_in(name_of_node(node), "nothing", error, source_of(node))
            warn(f"left out of the slides: {fault.message}", fault.source, "left_out")
            return []
        return [block for block in found if not is_empty(block)]

    # --- slides

    def options_of(self, section: nodes.section, content: list[nodes.Element]) -> SlideOptions:
        """Options of the section's slide; two option blocks are an error that names both."""
        found = [node for node in content if isinstance(node, slide_node) and not node["title"]]
        if len(found) > 1:
            first, second = source_of(found[0]), source_of(found[1])
            message = f"the slide has its options already, in line {first.line}; join the two slide directives."
            self.errors.append(AuthorError(message, second))
        return found[0]["options"] if found else SlideOptions(source=source_of(section))

    def own_slide(self, node: slide_node, section: nodes.section) -> _Draft:
        """A slide opened by a directive with a title, with its slide-only content."""
        options = node["options"]
        draft = self.open(section, options, runs_of(node["title_nodes"].children, self.context.docname))
        draft.is_heading = True
        draft.source = source_of(node)
        as_columns = options.layout in ("comparison", "columns")
        for child in node.children:
            if isinstance(child, speaker_notes):
                draft.author += [text_of(block, self.context.docname) for block in text_blocks(child)]
            elif isinstance(child, nodes.Element):
                columns = as_columns or (
                    options.layout == "" and isinstance(child, nodes.definition_list) and len(child) == 2
                )
                draft.blocks += self.blocks(child, as_columns=columns)
        return draft

    def open(self, section: nodes.section, options: SlideOptions, title: Runs | None = None) -> _Draft:
        """Open a slide of ``section``, titled by its heading unless ``title`` is given."""
        heading = next(child for child in section.children if isinstance(child, nodes.title))
        runs = runs_of(heading.children, self.context.docname) if title is None else title
        if not runs_show(runs):
            place = options.source if title is not None else source_of(heading)
            warn("this title shows no words; the slide is named after the chapter.", place, "empty")
            runs = (Run(self.chapter_title(section)),)
        draft = _Draft(
            self.key(section, options),
            tuple(replace(run, bold=False, link="") for run in runs),
            self.place(section),
            source_of(section),
            options,
            (*section["classes"], *options.classes),
        )
        self.drafts.append(draft)
        return draft

    def chapter_title(self, section: nodes.section) -> str:
        """The title of the outermost section round ``section`` that shows words, else the name of the document."""
        found = self.context.docname
        around: nodes.Element | None = section
        while isinstance(around, nodes.section):
            heading = next(child for child in around.children if isinstance(child, nodes.title))
            title = plain(runs_of(heading.children, self.context.docname))
            found = title if is_visible(title) else found
            around = around.parent
        return found

    def place(self, section: nodes.section) -> BookPlace:
        """Where a section is in the book."""
        part = self.part(section)
        of_chapter = section_of_chapter(section)
        chapter = of_chapter.parent if isinstance(of_chapter.parent, nodes.section) else of_chapter
        config = self.context.env.config
        words = fixed_words(config.language or "en", config.builder_words)
        called = words["book"], words["folio"]
        return BookPlace(part.label, part.number, part.title, self.part(of_chapter), self.part(chapter), words=called)

    def part(self, section: nodes.section) -> Part:
        """A section by its label, number and title."""
        number = self.context.numbers.of_section(self.context.docname, section)
        heading = next(child for child in section.children if isinstance(child, nodes.title))
        return Part(
            f"{self.context.docname}:{section['ids'][0]}",
            number,
            plain(runs_of(heading.children, self.context.docname)),
        )

    def key(self, section: nodes.section, options: SlideOptions) -> str:
        """Stable identity: the slide's name, else document, section and position in it."""
        base = options.name or f"{self.context.docname}:{section['ids'][0]}"
        key, number = base, 2
        while key in self.keys and not options.name:
            key, number = f"{base}-{number}", number + 1
        self.keys.add(key)
        return key

    def finished(self, draft: _Draft) -> list[Slide]:
        """The slide of a draft, none where it cannot be made."""
        try:
            return [self.finish(draft)]
        except Exception as error:
            self.errors.append(fault_in("this slide", "none", error, draft.source))
            return []

    def finish(self, draft: _Draft) -> Slide:
        """The slide of a draft."""
        layout = draft.options.layout or ("section" if not draft.blocks else "")
        return Slide(
            key=draft.key,
            title=draft.title,
            layout=layout,
            blocks=tuple(draft.blocks),
            notes=Notes(tuple(draft.author), tuple(draft.book), tuple(dict.fromkeys(draft.links))),
            place=draft.place,
            source=draft.options.source if draft.options.source.line else draft.source,
            kicker=draft.place.number if layout == "section" else "",
            hidden="backup" in draft.classes,
            reveal=draft.options.reveal,
            minutes=draft.options.minutes,
            background=draft.options.background,
            decks=draft.options.decks,
            named=bool(draft.options.name),
            automatic=draft.automatic,
            footnotes=tuple(
                (label, self.footnotes[label]) for label in notes_in(draft.blocks) if label in self.footnotes
            ),
            labels=(draft.place.label, *(block.label for block in draft.blocks if block.label)),
        )


def is_marked_block(node: nodes.Element) -> bool:
    """True for a block with class ``slide``; docutils puts the ``:class:`` of a figure on the picture in it."""
    in_it = (
        [child for child in node.children if isinstance(child, nodes.image)] if isinstance(node, nodes.figure) else []
    )
    return any("slide" in block["classes"] for block in (node, *in_it))


SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)]*\s+(?=[^\W\d_a-zа-я])")
"""Where a sentence ends: behind a mark and before a capital."""


def first_sentence(runs: Runs) -> Runs:
    """The first sentence of a paragraph; a stop behind a single letter or a short word with a capital ends none."""
    text = plain(runs)
    for match in SENTENCE_END.finditer(text):
        last = text[: match.start()].rpartition(" ")[2].strip("(")
        if not re.fullmatch(r"\w\.|[A-ZА-Я]\w{1,3}\.|(e\.g|i\.e|cf|vol|no|pp?)\.", last):
            return split_runs(runs, [match.start()])[0]
    return runs


def notes_in(blocks: list[Block]) -> list[str]:
    """Labels of the footnotes that blocks refer to, in their order."""
    return list(dict.fromkeys(run.note for run in runs_in(tuple(blocks)) if run.note))


def top_marks(node: nodes.Element) -> Iterator[nodes.inline]:
    """Marks in ``node`` that stand in no other mark."""
    for child in node.children:
        if not isinstance(child, nodes.Element):
            continue
        if mark_level(child):
            assert isinstance(child, nodes.inline)
            yield child
        else:
            yield from top_marks(child)


def text_blocks(node: nodes.Element) -> Iterator[nodes.TextElement]:
    """Paragraphs and code blocks in ``node``."""
    for child in node.findall(nodes.TextElement):
        if isinstance(child, nodes.paragraph | nodes.literal_block):
            yield child


def title_slide(key: str, title: str, subtitle: str, book: str) -> Slide:
    """The slide that opens a deck."""
    return Slide(
        key=key, title=(Run(title),), layout="title", blocks=(), notes=Notes(), place=None, source=Source(""),
        subtitle=subtitle, kicker=book,
    )  # fmt: skip


def section_of_chapter(section: nodes.section) -> nodes.section:
    """The section straight below the chapter's title that ``section`` is or stands in; the chapter for what stands before."""
    while isinstance(section.parent, nodes.section) and isinstance(section.parent.parent, nodes.section):
        section = section.parent
    return section
