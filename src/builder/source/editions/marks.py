"""Which nodes an edition lacks: those that are marked for another one; in the student's also solutions and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.tags import Tags

from builder.errors import AuthorError, Source, asked, report_error
from builder.source.annotations import vocabulary
from builder.source.edition_names import EDITIONS
from builder.source.statements import is_solution

STUDENT = "student"


class edition_block(nodes.General, nodes.Element):
    """An ``edition`` directive: ``editions`` are those that have its content."""


class EditionDirective(SphinxDirective):
    """Content of one edition."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the content in a node that names its editions; an unknown name is reported, and nobody has it."""
        self.assert_has_content()
        names = tuple(self.arguments[0].replace(",", " ").split())
        source = Source(*self.get_source_info())
        for name in set(names) - set(EDITIONS):
            message = f"there is no edition '{name}'; write one of {', '.join(EDITIONS)}.{asked(name, EDITIONS)}"
            report_error(self.env._app, AuthorError(message, source))
            self.env.note_reread()
        block = edition_block(editions=names)
        self.set_source_info(block)
        block += self.parse_content_to_nodes()
        return [block]


class EditionRole(SphinxRole):
    """Words of one edition."""

    def __init__(self, edition: str) -> None:
        super().__init__()
        self.edition = edition

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words, parsed, with the class of the edition."""
        node = nodes.inline("", "", classes=[self.edition])
        node.source, node.line = self.get_source_info()
        inliner: Any = self.inliner
        children, messages = inliner.parse(self.text, self.lineno, inliner, inliner.parent)
        node += children
        return [node], messages


def left_out(node: nodes.Element, edition: str, tags: Tags) -> Iterator[nodes.Element]:
    """Yield the outermost nodes in ``node`` that ``edition`` lacks."""
    for child in node.children:
        if isinstance(child, nodes.Element):
            if is_left_out(child, edition, tags):
                yield child
            else:
                yield from left_out(child, edition, tags)


def is_left_out(node: nodes.Element, edition: str, tags: Tags) -> bool:
    """True for a node that ``edition`` lacks."""
    if isinstance(node, addnodes.only):
        return is_only_of_others(node["expr"], tags)
    if edition == STUDENT and (isinstance(node, vocabulary.speaker_notes) or is_solution(node)):
        return True
    return lacks(editions_of(node), edition)


def lacks(names: frozenset[str], edition: str) -> bool:
    """True if what only the editions ``names`` have, or all where there are none, is not in ``edition``."""
    return bool(names) and edition not in names


def editions_of(node: nodes.Element) -> frozenset[str]:
    """The editions that a node is marked for. The ``:class:`` of a figure is on its picture, that of a listing on its
    code, that of a slide among its options; the tag of a cell is a class of its own.
    """
    if isinstance(node, edition_block):
        return frozenset(node["editions"])
    classes = {*node["classes"]}
    if isinstance(node, nodes.figure | vocabulary.slide_figure):
        classes.update(name for child in node.children for name in classes_of_picture(child))
    elif isinstance(node, nodes.container) and node.get("literal_block"):
        classes.update(name for child in node.findall(nodes.literal_block) for name in child["classes"])
    elif isinstance(node, vocabulary.slide) and node["title"]:
        classes.update(node["options"].classes)
    return frozenset(name for name in EDITIONS if not classes.isdisjoint((name, f"tag_{name}")))


def classes_of_picture(node: nodes.Node) -> list[str]:
    """The classes of what a figure shows: a picture, perhaps in a link, or a drawing."""
    if isinstance(node, nodes.reference):
        return [name for child in node.children for name in classes_of_picture(child)]
    return list(node["classes"]) if isinstance(node, nodes.image | vocabulary.Drawing) else []


def is_only_of_others(expression: str, tags: Tags) -> bool:
    """True for the expression of an ``only`` directive that names editions and holds in no format of this one."""
    words = set(re.findall(r"\w+", expression)) - {"and", "or", "not"}
    if words.isdisjoint(EDITIONS):
        return False
    formats = words - {*EDITIONS}
    present = {*tags} & {*EDITIONS}
    return not any(Tags([*present, *chosen]).eval_condition(expression) for chosen in ((), formats))
