"""Slips in a ``slide`` directive: its classes, its title, and what has no effect in one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

from builder.source.ancestors import ancestors
from builder.source.annotations.vocabulary import NUMBERED
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.edition_names import EDITIONS
from builder.source.near import nearly

CLASSES = ("backup", *EDITIONS)
"""Classes that a slide may have in its options."""
IN_TITLE = re.compile(r"\{\s*\.(?P<name>[\w-]+)\s*\}")
SIGNS = re.compile(r"#{1,6}\s+(?=\S)")
"""How a heading of Markdown begins."""


def slips_of_slides(node: nodes.Element) -> Iterator[str]:
    """A message for each slip of a ``slide`` directive, and for what has no effect where it stands in one."""
    if isinstance(node, slide_node):
        yield from of_classes(node)
        yield from of_title(node)
        if is_in_slide(node):
            yield "a ```{slide} in another one is shown nowhere; close the first one above it."
    elif "next-slide" in node["classes"] and is_in_slide(node):
        yield "'next-slide' has no effect in a ```{slide}; write another ```{slide} Title for a further slide."


def is_in_slide(node: nodes.Element) -> bool:
    """Return whether a node stands in a ``slide`` directive."""
    return any(isinstance(above, slide_node) for above in ancestors(node))


def of_classes(node: slide_node) -> Iterator[str]:
    """A message for each class of a slide that has no effect."""
    known = CLASSES if node["is_own"] else (*CLASSES, NUMBERED)
    for name in node["options"].classes:
        found = nearly(name.strip("{.}"), known)
        if found != name:
            remedy = f"did you mean '{found}'?" if found else f"it may have {', '.join(CLASSES)}."
            yield f"a slide has no class '{name}'; {remedy}"


def of_title(node: slide_node) -> Iterator[str]:
    """A message for each sign in a title that is printed as it stands."""
    title = node.get("title_nodes")
    text = title.astext() if title is not None else ""
    if found := SIGNS.match(text):
        yield f"'{found[0].strip()}' is printed in this title; write it without: {text[found.end() :]}"
    for found in IN_TITLE.finditer(text):
        name = nearly(found["name"], (*CLASSES, "slide"))
        if name:
            remedy = "take it away" if name == "slide" else f"write ':class: {name}' below"
            yield f"'{found[0]}' is printed in this title; {remedy}."
