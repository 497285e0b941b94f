"""doctree → Typst text, one document at a time.

Handlers are functions from a translator and a node to Typst markup, registered for a node class::

    @renders(nodes.emphasis)
    def emphasis(t, node):
        return call("emph", t.children(node))
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.book.extents import FIRST_ATTEMPT, Attempt, elements_of
from builder.book.listed import as_listed
from builder.book.marks import Marks, Places, take_out
from builder.charts.canvas import Style
from builder.errors import fault_in, source_of, warn
from builder.source.numbers import NUMBER_OF, BookNumbers
from builder.source.resolved import REFERENCE_MARK
from builder.store.names import file_name
from builder.typeset.escape import call, markup, string
from builder.typeset.highlight import Highlighter
from builder.typeset.math.formulas import Formulas
from builder.typeset.scripts import SAME_SCRIPT, beyond_latin, script_language

Handler = Callable[["Translator", nodes.Element], str]

HANDLERS: dict[str, Handler] = {}
"""Name of a node class → its handler. Third-party extensions add theirs with `renders`."""

_ANCHOR = re.compile(r'#a\("(?:[^"\\]|\\.)*"\);')
_OPENS = re.compile(rf"(?:\s|{_ANCHOR.pattern})*#section\(level: 1,")
LISTED_LEVELS = 3
"""Down to which level headings may stand in the contents, as in ``section`` of the template."""


def renders(*classes: type[nodes.Node] | str) -> Callable[[Handler], Handler]:
    """Register a handler for node classes (or their names, where the package may not be installed)."""

    def register(handler: Handler) -> Handler:
        for cls in classes:
            HANDLERS[cls if isinstance(cls, str) else cls.__name__] = handler
        return handler

    return register


@dataclass(frozen=True, slots=True)
class TypstDocument:
    """One translated document: its Typst markup, the labels it sets and those it links to, and what belongs to it.

    ``characters`` are those of the text that some faces lack. ``paged`` are the labels that it links to with their
    pages; ``listed`` are the lines that it has in contents and lists of figures and tables, label and Typst call of
    each, and '' and the name of each document that stands in the middle of it; ``floats`` are its floating figures,
    with the labels of the sections that call each, which may end on a page before. ``places`` leads from lines of
    ``text`` to the source; ``images`` is uri → file name, ``drawings`` file name → content; ``warnings`` are those of
    the builder: message, place, subtype.
    """

    docname: str
    text: str
    characters: frozenset[str] = frozenset()
    defined: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    paged: set[str] = field(default_factory=set)
    listed: list[tuple[str, str]] = field(default_factory=list)
    floats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    images: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, bytes] = field(default_factory=dict)
    warnings: tuple[tuple[str, Any, str], ...] = ()

    @property
    def file(self) -> str:
        """Name of the Typst file that holds it."""
        return file_of(self.docname)

    @property
    def is_empty(self) -> bool:
        """True if nothing of it can be seen on a page."""
        return not _ANCHOR.sub("", self.text).strip()

    @property
    def opens_page(self) -> bool:
        """True if it begins with the title of a chapter."""
        return _OPENS.match(self.text) is not None


def file_of(docname: str) -> str:
    """Name of the Typst file that holds a document."""
    return f"doc-{file_name(docname)}.typ"


@dataclass(frozen=True, slots=True)
class BookContext:
    """What a translator needs to know about the whole book."""

    env: BuildEnvironment
    documents: frozenset[str]
    formulas: Formulas
    images: dict[str, str]
    language: str
    highlighter: Highlighter
    text_width: float
    has_margin: bool
    drawing: Style = field(default_factory=Style)
    text_height: float = 0.0
    text_size: float = 10.0
    unknown: set[str] = field(default_factory=set)
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Document → those that are set in the middle of it."""


class Translator:
    """Walks one resolved doctree. ``depth`` is how far below a chapter the document's title stands (0: a chapter).

    ``front`` is true in the front matter, which no list shows.
    """

    def __init__(
        self,
        context: BookContext,
        docname: str,
        depth: int = 0,
        *,
        front: bool = False,
        attempt: Attempt = FIRST_ATTEMPT,
    ) -> None:
        self.context = context
        self.env = context.env
        self.numbers = BookNumbers(context.env)
        self.docname = docname
        self.level = depth
        self.front = front
        self.defined: set[str] = set()
        self.used: set[str] = set()
        self.paged: set[str] = set()
        self.listed: list[tuple[str, str]] = []
        self.floats: dict[str, tuple[str, ...]] = {}
        self.sections: list[str] = []
        self.footnotes: dict[str, nodes.Element] = {}
        self.printed_footnotes: set[str] = set()
        self.opening = False
        self.marks = Marks()
        self.images: dict[str, str] = {}
        self.drawings: dict[str, bytes] = {}
        self.attempt, self.extents = attempt, attempt.extents
        self._aside: set[int] = set()

    def add_drawing(self, content: bytes, suffix: str) -> str:
        """Add a picture that was drawn while translating to the document; returns the path by which Typst finds it."""
        name = f"made-{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
        self.drawings[name] = content
        return f"images/{name}"

    def picture_file(self, uri: str) -> str | None:
        """Name of the file of a picture among the book's images; None when it is not there."""
        name = self.context.images.get(uri)
        if name is not None:
            self.images[uri] = name
        return name

    def translate(self, doctree: nodes.document) -> TypstDocument:
        """The whole document as Typst markup."""
        if self.attempt.aside:
            self._aside = {id(node) for number, node in elements_of(doctree) if number in self.attempt.aside}
        if self.extents is not None:
            self.extents.number(doctree)
        for note in doctree.findall(nodes.footnote):
            for identifier in note["ids"]:
                self.footnotes[identifier] = note
        text = self.children(doctree)
        text += self.documents_within(sorted(self.context.within.get(self.docname, ())))  # of toctrees that are hidden
        if self.extents is not None:
            text = self.extents.take_out(text)
        text, places = take_out(text, self.marks)
        return TypstDocument(
            self.docname,
            text,
            beyond_latin(text),
            self.defined,
            self.used,
            self.paged,
            self.listed,
            self.floats,
            places,
            self.images,
            self.drawings,
        )

    def render(self, node: nodes.Node) -> str:
        """Markup of one node."""
        if isinstance(node, nodes.Text):
            return markup(node.astext())
        assert isinstance(node, nodes.Element)
        level = self.level
        try:
            text = self.words_of(node) if id(node) in self._aside else self.handled(node)
        except Exception as error:
            self.level = level
            fault = fault_in(f"the {node.tagname.replace('_', ' ')}", "its text", error, source_of(node))
            warn(fault.message, fault.source, "fault")
            text = self.words_of(node)
        return self.marked(node, text)

    def handled(self, node: nodes.Element) -> str:
        """Return what the handler of a node's class makes of it."""
        for cls in type(node).__mro__:
            handler = HANDLERS.get(cls.__name__)
            if handler is not None:
                return handler(self, node)
            if cls is nodes.Element:
                break
        return self.unknown(node)

    def words_of(self, node: nodes.Element) -> str:
        """The words of a node that cannot be set, plain, with its labels; a block in a quiet frame, which names what
        has no words.
        """
        words = markup(" ".join(node.astext().split()))
        if isinstance(node.parent, nodes.TextElement):
            return words
        labels = "".join(self.anchors(element) for element in node.findall(nodes.Element))
        named = words or markup(" ".join(picture.get("alt") or picture["uri"] for picture in node.findall(nodes.image)))
        return f"\n\n{labels}{call('missing', named or markup(node.tagname.replace('_', ' ')))}\n\n"

    def marked(self, node: nodes.Element, text: str) -> str:
        """The markup of a block with a mark of its source."""
        if self.extents is not None:
            text = self.extents.around(text, node)
        if node.line is None or isinstance(node.parent, nodes.TextElement) or not text.strip():
            return text
        return self.marks.before(text, source_of(node))

    def children(self, node: nodes.Element) -> str:
        """Markup of all children, in order."""
        return "".join(map(self.render, node.children))

    def prose(self, node: nodes.Element) -> str:
        """Markup of the words of ``node``, marked with the language and direction of their script when it is
        another.
        """
        return self.in_script(node, "in-script")

    def in_script(self, node: nodes.Element, function: str) -> str:
        """Markup of the words of ``node``, in a call of ``function`` of the template when their script is another."""
        body = self.children(node)
        found = script_language(node.astext())
        own = self.context.language.partition("_")[0].partition("-")[0]
        if found is None or not body.strip() or found[0] == SAME_SCRIPT.get(own, own):
            return body
        return call(function, body, lang=string(found[0]), dir=found[1])

    def unknown(self, node: nodes.Element) -> str:
        """The text of a node that nobody registered, with a warning that names it and its package."""
        name = type(node).__name__
        if name not in self.context.unknown:
            self.context.unknown.add(name)
            package = type(node).__module__.split(".")[0]
            warn(
                f"the printed book has no handler for the node '{name}' of the extension '{package}'; its text is set "
                f"plain. Register one with builder.book.translate.renders('{name}').",
                node,
                "unknown_node",
            )
        body = self.children(node) or (markup(node.astext()) if node.astext() else "")
        return body if isinstance(node, nodes.Inline) else f"\n\n{self.anchors(node)}{body}\n\n"

    def label(self, identifier: str, docname: str = "") -> str:
        """Name of the Typst label for an id of a document ('' is the document itself)."""
        return f"{docname or self.docname}:{identifier}"

    def anchors(self, node: nodes.Element, skip: int = 0) -> str:
        """Invisible labels for the ids of ``node`` from number ``skip`` on."""
        out = []
        for identifier in node["ids"][skip:]:
            name = self.label(identifier)
            if name not in self.defined:
                self.defined.add(name)
                out.append(f"#a({string(name)});")
        return "".join(out)

    def heading_words(self, node: nodes.Element) -> tuple[str, str]:
        """Words of a heading or caption, which the contents and running heads show again, and the labels taken out of
        them.
        """
        body = self.in_script(node, "title-in-script")
        labels = "".join(match[0] for match in _ANCHOR.finditer(body))
        return _ANCHOR.sub("", body), labels

    def documents_within(self, names: Iterable[str]) -> str:
        """Those of the named documents that stand in the middle of this one, each once."""
        within = self.context.within.get(self.docname, frozenset())
        out = ""
        for name in names:
            if name in within and ("", name) not in self.listed:
                self.listed.append(("", name))
                out += f"\n\n#include {string(file_of(name))}\n\n"
        return out

    def claim(self, node: nodes.Element) -> str:
        """The label that ``node`` itself will bear: its first id, or '' when it has none."""
        if not node["ids"]:
            return ""
        name = self.label(node["ids"][0])
        if name in self.defined:
            return ""
        self.defined.add(name)
        return name

    def listed_label(self, node: nodes.Element) -> str:
        """The label of a heading or figure that the lists at the front show: its own, or one that no id can have."""
        name = self.claim(node) or self.label(f".{len(self.defined)}")
        self.defined.add(name)
        return name

    def float_label(self, node: nodes.Element, kind: str, number: str, words: str) -> str:
        """The label of a figure or table with a caption, '' when it has none; a numbered one stands in the list of its
        kind, by its ``words`` there, unless it is shown once more.
        """
        if not number or NUMBER_OF in node:
            return self.claim(node)
        label = self.listed_label(node)
        self.list_line("listed-float", label, words, kind=string(kind), number=string(number))
        return label

    def caption_words(self, caption: nodes.Element) -> tuple[str, str, str]:
        """The words of a caption as they stand there, as a list shows them, and the labels taken out of them."""
        words, labels = self.heading_words(caption)
        short = as_listed(caption)
        if short is caption:
            return words, words, labels
        listed = self.heading_words(short)[0]
        return f"#listed-as([{listed}])[{words}]", listed, labels

    def list_line(self, function: str, label: str, words: str, **arguments: str) -> None:
        """Note what a list at the front shows of a heading or figure of the main matter."""
        if not self.front:
            self.listed.append((label, call(function, words, lbl=string(label), **arguments)))

    def target_label(self, uri: str) -> str:
        """Label that ``%docname#id`` or ``#id`` points at; '' when that document is not in the book."""
        if uri.startswith(REFERENCE_MARK):
            docname, _, identifier = uri[1:].partition("#")
            if docname not in self.context.documents:
                return ""
            name = self.label(identifier, docname)
        else:
            name = self.label(uri.removeprefix("#"))
        self.used.add(name)
        return name
