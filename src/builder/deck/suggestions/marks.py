"""Marks that a chapter could have, by node, and how they are put onto its doctree, as reading them would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docutils import nodes

from builder.source.annotations.inline_source import length_of
from builder.source.annotations.vocabulary import MARKS
from builder.source.annotations.written import is_cell

LEVELS = {level: name for name, level in MARKS.items()}
"""Bullet level → the class of its mark."""


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """``{.slide}`` above the heading of a section; ``{.point}`` where it joins the slide before."""

    section: nodes.section
    classes: tuple[str, ...] = ("slide",)


@dataclass(frozen=True, slots=True)
class BlockMark:
    """A line of attributes above a block, or the tags of a cell."""

    node: nodes.Element
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextMark:
    """A point: the words of a paragraph from ``start`` to ``end`` of its text; or the title of their slide."""

    node: nodes.TextElement
    start: int
    end: int
    level: int = 1
    is_title: bool = False

    @property
    def name(self) -> str:
        """The class of the mark."""
        return "assertion" if self.is_title else LEVELS[self.level]


Mark = HeadingMark | BlockMark | TextMark


def put(marks: Iterable[Mark]) -> None:
    """Put marks onto the nodes that they are for."""
    words: dict[int, list[TextMark]] = {}
    for mark in marks:
        if isinstance(mark, HeadingMark):
            mark.section["classes"] += mark.classes
        elif isinstance(mark, BlockMark):
            mark.node["classes"] += [f"tag_{name}" for name in mark.classes] if is_cell(mark.node) else mark.classes
        else:
            words.setdefault(id(mark.node), []).append(mark)
    for group in words.values():
        for mark in sorted(group, key=lambda one: one.start, reverse=True):
            put_point(mark)


def sections_with(marks: Iterable[Mark]) -> frozenset[int]:
    """The identities of the sections that marks are in."""
    return frozenset(id(section_of(mark.section if isinstance(mark, HeadingMark) else mark.node)) for mark in marks)


def section_of(node: nodes.Element) -> nodes.Element:
    """The section that a node is or stands in."""
    while not isinstance(node, nodes.section) and node.parent is not None:
        node = node.parent
    return node


def put_point(mark: TextMark) -> None:
    """Put the words of a point into an inline node with its class."""
    node = mark.node
    split_at(node, mark.end)
    split_at(node, mark.start)
    point = nodes.inline("", "", classes=[mark.name])
    point.source, point.line = node.source, node.line
    at = 0
    inside: list[nodes.Node] = []
    kept: list[nodes.Node] = []
    for child in node.children:
        length = length_of(child)
        if mark.start <= at and at + length <= mark.end and (length or mark.start < at < mark.end):
            if not inside:
                kept.append(point)
            inside.append(child)
        else:
            kept.append(child)
        at += length
    node.children = []
    node += kept
    point += inside


def split_at(node: nodes.TextElement, offset: int) -> None:
    """Split the words of a paragraph that reach over an offset."""
    at = 0
    for index, child in enumerate(node.children):
        length = length_of(child)
        if at < offset < at + length and isinstance(child, nodes.Text):
            text = child.astext()
            parts = [nodes.Text(text[: offset - at]), nodes.Text(text[offset - at :])]
            node.children[index : index + 1] = []
            for number, part in enumerate(parts):
                node.insert(index + number, part)
            return
        at += length
