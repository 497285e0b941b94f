"""Resolved nodes → blocks of the Deck model.

Handlers are functions from a context and a node to blocks, registered for a node class::

    @shows(nodes.block_quote)
    def quote(context, node):
        return [Quote(...)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.deck.blocks import Text
from builder.deck.inline import runs_of
from builder.deck.model import Block, Caption, Paragraph, Runs
from builder.deck.words import runs_show
from builder.errors import source_of
from builder.source.annotations.vocabulary import slide_figure
from builder.source.config import words_of_project
from builder.source.numbers import BookNumbers
from builder.typeset.math.formulas import Formulas
from builder.typeset.wording import Words

Handler = Callable[["BlockContext", nodes.Element], list[Block]]

HANDLERS: dict[str, Handler] = {}
"""Name of a node class → its handler. Third-party extensions add theirs with `shows`."""


def shows(*classes: type | str) -> Callable[[Handler], Handler]:
    """Register a handler for node classes and their bases (or their names, where the package may not be installed)."""

    def register(handler: Handler) -> Handler:
        for cls in classes:
            HANDLERS[cls if isinstance(cls, str) else cls.__name__] = handler
        return handler

    return register


def handler_of(cls: type) -> Handler | None:
    """The handler of a node class or the nearest of its bases; None where none is registered."""
    return next((HANDLERS[base.__name__] for base in cls.__mro__ if base.__name__ in HANDLERS), None)


@dataclass(frozen=True, slots=True)
class BlockContext:
    """The surroundings of a node: its document, the book's numbers, pictures and formulas, and Sphinx's environment.

    ``caption`` and ``figure`` are the caption and the label of the figure that a picture or drawing stands in.
    """

    docname: str
    numbers: BookNumbers
    folder: Path
    formulas: Formulas
    env: BuildEnvironment
    caption: Caption | None = None
    figure: str = ""

    @property
    def words(self) -> Words:
        """The words that the builder writes, in the book's language."""
        return words_of_project(self.env.config)

    def blocks(self, node: nodes.Element) -> list[Block]:
        """Blocks of one node; empty for a node that shows nothing.

        One without a handler is a paragraph where it holds only words, else what it holds.
        """
        handler = handler_of(type(node))
        if handler is None and isinstance(node, nodes.TextElement) and all(map(is_in_line, node.children)):
            handler = HANDLERS["paragraph"]
        return handler(self, node) if handler is not None else self.children(node)

    def children(self, node: nodes.Element, *without: type[nodes.Element]) -> list[Block]:
        """Blocks of all children but those of some classes, in order; words that stand among them are paragraphs."""
        found: list[Block] = []
        for in_line, group in groupby(node.children, is_in_line):
            if in_line:
                runs = runs_of(group, self.docname, notes=True)
                source = source_of(node)
                found += [Text((Paragraph(runs, source=source),), source)] if runs_show(runs) else []
            else:
                found += [
                    block
                    for child in group
                    if isinstance(child, nodes.Element) and not isinstance(child, without)
                    for block in self.blocks(child)
                ]
        return found

    def runs(self, node: nodes.Element) -> Runs:
        """Runs of the inline children of ``node``, with the marks of footnotes."""
        return runs_of(node.children, self.docname, notes=True)

    def label(self, node: nodes.Element) -> str:
        """The label of the figure that ``node`` stands in, else its own; '' when it has no id."""
        return self.figure or (f"{self.docname}:{node['ids'][0]}" if node["ids"] else "")

    def caption_of(self, node: nodes.Element, kind: str) -> Caption | None:
        """The caption of a figure or table with its number; None without one."""
        words = next((child for child in node.children if isinstance(child, nodes.caption | nodes.title)), None)
        if words is None:
            return None
        number = "" if isinstance(node, slide_figure) else self.numbers.of_float(self.docname, node, kind)
        return Caption(number, runs_of(words.children, self.docname, notes=True))


def is_in_line(node: nodes.Node) -> bool:
    """True for words and what stands among them, if neither it nor what it holds has a handler."""
    if isinstance(node, nodes.Element):
        stands_in_words = isinstance(node, nodes.Inline) or isinstance(node.parent, nodes.TextElement)
        return stands_in_words and all(handler_of(type(child)) is None for child in elements_in(node))
    return isinstance(node, nodes.Text)


def elements_in(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield ``node`` and the elements inside of it that may show something."""
    return (child for child in node.findall(nodes.Element) if not isinstance(child, nodes.Invisible | nodes.target))


def elements(node: nodes.Element) -> list[nodes.Element]:
    """The children of ``node`` that are elements."""
    return [child for child in node.children if isinstance(child, nodes.Element)]
