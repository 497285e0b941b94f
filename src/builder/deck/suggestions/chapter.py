"""A chapter → the marks that it would have, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.deck.conversion import BlockContext
from builder.deck.showing import PlanOptions
from builder.deck.suggestions import blocks, boxes, formulas  # noqa: F401 - they register themselves
from builder.deck.suggestions.chunks import Chunk, marks_of_slides, slides_of
from builder.deck.suggestions.content import without_drafts
from builder.deck.suggestions.cues import Cues, cues_of, plain_title
from builder.deck.suggestions.filled import filled
from builder.deck.suggestions.headed import headed, without_last_names
from builder.deck.suggestions.marks import Mark, TextMark
from builder.deck.suggestions.outlined import Outlined, marks_of
from builder.deck.suggestions.scores import Ranking
from builder.deck.suggestions.section import SectionReader, reader_of
from builder.deck.suggestions.sentences import term_of
from builder.deck.suggestions.short import (
    as_points,
    divided,
    has_long_block,
    is_brief,
    is_notes,
    own_content,
    whole,
    without_leads,
)
from builder.deck.suggestions.text import ChapterText, LeftOut
from builder.source.annotations.marks import has_marks
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.annotations.vocabulary import speaker_notes
from builder.source.annotations.written import WrittenDocument, with_included, written_document
from builder.source.included import files_of_several

JOINED = {"slide", "point"}
"""Classes of a heading that its author has marked."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The marks of a document, in its order, and what of it stands on no slide."""

    document: WrittenDocument
    marks: tuple[Mark, ...]
    left_out: tuple[LeftOut, ...]


def suggested(context: BlockContext, sections: Sequence[nodes.section], options: PlanOptions) -> Suggestions:
    """The marks of the sections of a document that nobody marked."""
    paragraphs = [node for section in sections for node in section.findall(nodes.paragraph)]
    own = written_document(Path(context.env.doc2path(context.docname)))
    document = with_included(own, paragraphs, partial(parts_among, context.env))
    texts = [node.astext() for node in paragraphs]
    terms = Counter(term_of(node) for node in paragraphs)
    labels = frozenset(term for term, count in terms.items() if count > 1)
    cues = replace(cues_of(context.env.config.language or "en"), labels=labels)
    whole_document = root_of(sections[0]) if sections else nodes.section()
    notes = list(whole_document.findall(nodes.footnote))
    footnotes = {name: cues.count(note.astext()) for note in notes for name in note["ids"]}
    chapter = ChapterText(context, document, cues, Ranking(texts, cues), options.first_sentences, footnotes)
    stands_whole = is_notes(sections, chapter) and not options.first_sentences
    outline = SectionWalk(chapter, options.slide_level, stands_whole)
    return Suggestions(document, tuple(outline.marks(sections)), tuple(outline.left_out))


def parts_among(env: BuildEnvironment, paths: set[Path]) -> set[Path]:
    """Those of some files that are among the sources, are no documents, and are included by one document alone."""
    folder, shared = Path(env.srcdir).resolve(), files_of_several(env)

    def is_part(path: Path) -> bool:
        file = path.resolve()
        is_source = file.is_relative_to(folder) and env.path2doc(str(path)) not in env.found_docs
        return is_source and file.relative_to(folder).as_posix() not in shared

    return set(filter(is_part, paths))


def root_of(node: nodes.Element) -> nodes.Element:
    """The outermost node that a node stands in."""
    while node.parent is not None:
        node = node.parent
    return node


class SectionWalk:
    """Goes through the sections of a chapter; what is to be learnt is shown once."""

    def __init__(self, chapter: ChapterText, deepest: int, stands_whole: bool) -> None:
        self.chapter = chapter
        self.deepest = deepest
        self.stands_whole = stands_whole
        self.has_goals = False
        self.known: set[str] = set()
        self.left_out: list[LeftOut] = []

    def marks(self, sections: Sequence[nodes.section]) -> Iterator[Mark]:
        """The marks of sections of the first level and of those in them, in their order."""
        for part in self.outlined(sections, 1):
            yield from marks_of(part)

    def outlined(self, sections: Sequence[nodes.section], level: int) -> Iterator[Outlined]:
        """The sections of one level that are shown, with what they show."""
        for section in sections if level <= self.deepest else ():
            title = title_of(section)
            if self.is_skipped(title):
                continue
            own, slides = self.own_marks(section, title)
            below = self.outlined([child for child in section.children if isinstance(child, nodes.section)], level + 1)
            is_closed = not JOINED.isdisjoint(section["classes"]) or not self.chapter.document.can_mark_heading(section)
            yield Outlined(
                section, level, self.chapter.cues.count(title.astext()), tuple(own), tuple(slides), tuple(below),
                is_fixed=has_child(section, slide_node), has_notes=has_child(section, speaker_notes),
                is_closed=is_closed,
            )  # fmt: skip

    def own_marks(self, section: nodes.section, title: nodes.Element) -> tuple[list[Mark], list[Chunk]]:
        """The marks of what stands straight in a section, and the slides that it may share with others; none where
        somebody has marked something there.
        """
        written = [*in_front_of(section), *own_content(section)]
        if not JOINED.isdisjoint(section["classes"]) or any(map(has_marks, written)):
            return [], []
        content = without_drafts(written, self.chapter.cues)
        is_whole = self.stands_whole and is_brief(content, self.chapter)
        slides: list[Chunk] = []
        if not is_whole or has_long_block(content, self.chapter):
            reader = reader_of(self.chapter, title, content, self.known)
            fill = list if self.chapter.first_sentences else partial(filled, reader)
            slides = without_last_names(headed(reader, slides_of(reader.chunks(), fill)))
            self.known |= sentences_in(slides, reader)
        if is_whole and not slides:
            blocks, left_out = whole(self.chapter, content)
            self.left_out += left_out
            blocks = without_leads(blocks, left_out)
            return divided(blocks, self.chapter), as_points(blocks, self.chapter)
        self.left_out += reader.left_out
        return marks_of_slides(slides), slides

    def is_skipped(self, title: nodes.Element) -> bool:
        """True for a section that no lecture shows, and for what is to be learnt where that was shown."""
        cues: Cues = self.chapter.cues
        is_draft = cues.is_draft(title.astext())
        if self.stands_whole or is_draft:
            return is_draft
        name = plain_title(title.astext())
        if name in cues.goals:
            is_again, self.has_goals = self.has_goals, True
            return is_again
        return cues.is_skipped(name)


def sentences_in(slides: Sequence[Chunk], reader: SectionReader) -> set[str]:
    """The sentences of a section, in small letters, whose points stand on slides."""
    starts = {(id(mark.node), mark.start) for one in slides for mark in one.marks if isinstance(mark, TextMark)}
    every = (one for sentences in reader.read.values() for one in sentences)
    return {
        one.text.casefold()
        for one in every
        if any(node == id(one.node) and one.start <= start < one.end for node, start in starts)
    }


def in_front_of(section: nodes.section) -> list[nodes.Element]:
    """Return what stands straight in a document before its first heading, for the section of that; else nothing."""
    front: list[nodes.Element] = []
    for child in section.parent.children if isinstance(section.parent, nodes.document) else ():
        if isinstance(child, nodes.section):
            return front if child is section else []
        if isinstance(child, nodes.Element):
            front.append(child)
    return []


def has_child(section: nodes.section, kind: type[nodes.Element]) -> bool:
    """True if a node of some kind stands straight in a section."""
    return any(isinstance(child, kind) for child in section.children)


def title_of(section: nodes.section) -> nodes.Element:
    """The heading of a section."""
    return next(child for child in section.children if isinstance(child, nodes.title))
