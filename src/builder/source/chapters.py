"""Which documents are chapters, of which a project that declares no lectures has decks: noted while they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.errors import Source, warn
from builder.source.annotations.marks import has_marks
from builder.source.by_document import note_by_document
from builder.source.order import GENERATED, Entry, book_order

APART = re.compile(
    r"(?:[\w.]*[-_])?(?:abbreviations|about|acknowledge?ments?|authors|bibliography|changelog|changes|colophon|contents|"
    r"contributing|contributors|copyright|credits|dedication|foreword|genindex|glossary|impressum|imprint|index|"
    r"landing|licen[cs]e|notation|preface|references|search|sources|status|symbols|toc|zreferences)"
)
"""Names of documents that are no chapters, where nothing in them is marked for slides."""
MARKED, WORDS, SCANT, NONE = "marked", "words", "scant", ""
"""What a document holds for slides: marks, words of its own, hardly any words and nothing else, or nothing."""
MOST_BELOW = 12
"""Documents below a chapter that are one lecture with it."""
SCANT_LETTERS = 60
"""A page of fewer letters than these, with nothing else or code alone, says hardly anything."""
MUCH_CODE = 60
"""Words of code on such a page from which it is a listing to be read there."""
WIDE = "\u2e80"
"""The first of the letters of which each says as much as two of others."""
WITHOUT_WORDS = (
    addnodes.toctree, addnodes.glossary, addnodes.index, nodes.title, nodes.comment, nodes.target, nodes.citation,
    nodes.footnote, nodes.substitution_definition,
)  # fmt: skip
"""What is no text of a chapter."""
PLAIN = (
    nodes.Inline, nodes.paragraph, nodes.compound, nodes.container, nodes.bullet_list, nodes.enumerated_list,
    nodes.list_item, nodes.block_quote, nodes.Admonition, nodes.line_block, nodes.line, nodes.transition,
    nodes.pending,
)  # fmt: skip
"""What shows words, and nothing else where no other stands in it."""


def setup(app: Sphinx) -> None:
    """Look at documents when they are read."""
    note_by_document(app, holdings, held_in)
    app.connect("env-updated", warn_of_hidden)


def warn_of_hidden(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of documents with words of their own that have the name of a page which Sphinx writes itself."""
    for docname in GENERATED:
        if holdings(env).get(docname):
            warn(
                f"Sphinx writes a page '{docname}' of its own over this document, which is in no book and no deck; "
                "give its file another name.",
                Source(str(env.doc2path(docname)), 1),
                "generated_name",
            )


def holdings(env: BuildEnvironment) -> dict[str, str]:
    """Document → what it holds for slides; none for one that holds nothing."""
    found: dict[str, str] = env.__dict__.setdefault("builder_holdings", {})
    return found


def held_in(doctree: nodes.document, _env: BuildEnvironment) -> str:
    """What a document holds."""
    held = MARKED if has_marks(doctree) else WORDS if any(own_words(doctree)) else NONE
    return SCANT if held == WORDS and is_scant(doctree) else held


def is_scant(doctree: nodes.document) -> bool:
    """True for a document with hardly any words, no picture, table or formula, and no options or notes of a slide: one
    with no section below its heading and no code, or with nothing but much code.
    """
    letters = code = 0
    for node in shown_in(doctree):
        if isinstance(node, nodes.Text) and isinstance(node.parent, nodes.literal_block):
            code += len(node.split())
        elif isinstance(node, nodes.Text):
            letters += sum(1 + (char >= WIDE) for char in node if char.isalpha())
        elif not isinstance(node, (*PLAIN, nodes.literal_block)) or isinstance(node, nodes.image | nodes.math):
            return False
    has_sections = any(isinstance(node.parent, nodes.section) for node in doctree.findall(nodes.section))
    return letters < SCANT_LETTERS and (code > MUCH_CODE or not (code or has_sections))


def shown_in(node: nodes.Element) -> Iterator[nodes.Node]:
    """Yield what stands in a document but its sections, headings and lists of terms, sources or documents."""
    for child in node.children:
        if isinstance(child, WITHOUT_WORDS):
            continue
        if not isinstance(child, nodes.section):
            yield child
        if isinstance(child, nodes.Element):
            yield from shown_in(child)


def own_words(node: nodes.Element) -> Iterator[bool]:
    """Yield true for each text or picture that is neither a heading nor a list of terms, sources or documents."""
    for child in node.children:
        if isinstance(child, WITHOUT_WORDS) or type(child).__name__ == "bibliography":
            continue
        if isinstance(child, nodes.image) or (isinstance(child, nodes.Text) and child.strip()):
            yield True
        elif isinstance(child, nodes.Element):
            yield from own_words(child)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its document, and those below it."""

    docname: str
    below: tuple[str, ...] = ()


def chapters_of(env: BuildEnvironment, root: str) -> tuple[list[Chapter], list[str]]:
    """The chapters of a project, and the documents that are none.

    In a book whose chapters have numbers they are those; else all documents on the first level. The root, documents
    named as what stands round a text, and those without words of their own are none; below a page of a part, and below
    one with more documents than a lecture holds, each document is a chapter. What is marked for slides is a chapter
    whatever it is.
    """
    entries = book_order(env, root).entries
    numbered = any(entry.numbered for entry in entries if entry.depth == 0)
    found: list[Chapter] = []
    left: list[str] = []
    for top, below in grouped(entries, 0):
        if is_part(env, top):
            left.append(top.docname)
            candidates = [(entry, inner, False) for entry, inner in grouped(below, 1)]
        else:
            candidates = [(top, below, numbered)]
        while candidates:
            entry, inner, by_number = candidates.pop(0)
            names = tuple(one.docname for one in inner)
            if not is_chapter(env, entry, root, by_number=by_number):
                left += [entry.docname, *names]
            elif len(inner) <= MOST_BELOW:
                found.append(Chapter(entry.docname, names))
            else:
                has_words = bool(holdings(env).get(entry.docname))
                found += [Chapter(entry.docname)] if has_words else []
                left += [] if has_words else [entry.docname]
                candidates = [(one, below_it, False) for one, below_it in grouped(inner, entry.depth + 1)] + candidates
    if not found:  # whatever there is
        return [Chapter(top.docname, tuple(one.docname for one in below)) for top, below in grouped(entries, 0)], []
    return found, left


def grouped(entries: Iterable[Entry], depth: int) -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield each entry of a depth, with the deeper ones behind it."""
    group: tuple[Entry, list[Entry]] | None = None
    for entry in entries:
        if entry.depth <= depth:
            if group is not None:
                yield group
            group = entry, []
        elif group is not None:
            group[1].append(entry)
    if group is not None:
        yield group


def is_marked(env: BuildEnvironment, docname: str) -> bool:
    """True for a document in which something is marked for slides."""
    return holdings(env).get(docname) == MARKED


def has_hardly_words(env: BuildEnvironment, docname: str) -> bool:
    """True for a document of hardly any words and nothing else."""
    return holdings(env).get(docname) == SCANT


def is_part(env: BuildEnvironment, entry: Entry) -> bool:
    """True for a page of a part: it has no number, no words of its own, and others below it."""
    return not entry.numbered and not holdings(env).get(entry.docname) and bool(env.toctree_includes.get(entry.docname))


def is_chapter(env: BuildEnvironment, entry: Entry, root: str, *, by_number: bool) -> bool:
    """True for a document that is marked for slides, and for one with words of its own that is neither the root nor
    named as what stands round a text; ``by_number`` for one that has a number.
    """
    if is_marked(env, entry.docname):
        return True
    has_words = bool(holdings(env).get(entry.docname)) or bool(env.toctree_includes.get(entry.docname))
    counts = entry.docname != root and has_words and (entry.numbered or not by_number)
    return counts and not APART.fullmatch(name_of(entry.docname))


def name_of(docname: str) -> str:
    """The name by which a document is known: that of its folder for an ``index`` in one."""
    folder, _, name = docname.lower().rpartition("/")
    return folder.rpartition("/")[2] if folder and name == "index" else name
