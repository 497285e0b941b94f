"""Where the sections of a document are in the book."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from builder.deck.conversion import BlockContext
from builder.deck.inline import runs_of, title_runs
from builder.deck.model import BookPlace, Part, plain
from builder.deck.words import is_visible


def chapter_title(context: BlockContext, section: nodes.section) -> str:
    """The title of the outermost section round ``section`` that shows words, else the name of the document."""
    found = context.docname
    around: nodes.Element | None = section
    while isinstance(around, nodes.section):
        heading = next(child for child in around.children if isinstance(child, nodes.title))
        title = plain(runs_of(heading.children, context.docname))
        found = title if is_visible(title) else found
        around = around.parent
    return found


def place_of(context: BlockContext, section: nodes.section) -> BookPlace:
    """Return where a section is in the book."""
    part = part_of_book(context, section)
    of_chapter = section_of_chapter(section)
    chapter = of_chapter.parent if isinstance(of_chapter.parent, nodes.section) else of_chapter
    words = context.words
    called = words["book"], words["folio"], words["comma"]
    return BookPlace(
        part.label,
        part.number,
        plain(part.title),
        part_of_book(context, of_chapter),
        part_of_book(context, chapter),
        words=called,
    )


def part_of_book(context: BlockContext, section: nodes.section) -> Part:
    """A section by its label, number and title."""
    number = context.numbers.of_section(context.docname, section)
    heading = next(child for child in section.children if isinstance(child, nodes.title))
    return Part(
        f"{context.docname}:{section['ids'][0]}",
        number,
        title_runs(heading.children, context.docname),
    )


def section_of_chapter(section: nodes.section) -> nodes.section:
    """The section straight below the chapter's title that ``section`` is or stands in; the chapter before the first."""
    while isinstance(section.parent, nodes.section) and isinstance(section.parent.parent, nodes.section):
        section = section.parent
    return section


def toctrees_above(doctree: nodes.document, docname: str) -> dict[str, tuple[str, ...]]:
    """Label of a section → the documents in the toctrees that stand above it in its document."""
    named: list[str] = []
    found = {}
    for node in doctree.findall(nodes.Element):
        if isinstance(node, addnodes.toctree):
            named += node["includefiles"]
        elif named and isinstance(node, nodes.section):
            found[f"{docname}:{node['ids'][0]}"] = tuple(named)
    return found
