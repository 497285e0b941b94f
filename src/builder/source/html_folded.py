"""What HTML folds away, ``<details>`` → what sphinx-design leaves of a dropdown: a box that its summary titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

TAG = re.compile(r"<(/?)details\b[^>]*>", re.IGNORECASE)
SUMMARY = re.compile(r"\s*<summary\b[^>]*>(.*?)</summary>", re.IGNORECASE | re.DOTALL)


def folded(title: Sequence[nodes.Node], content: Sequence[nodes.Node]) -> nodes.container:
    """The box of what is folded away; without a title where its summary shows no words."""
    heading = [nodes.rubric("", "", *title)] if any(node.astext().strip() for node in title) else []
    return nodes.container("", *heading, *content, design_component="dropdown")


class FoldedHtml(SphinxPostTransform):
    """Put what stands between the lone tags of ``<details>`` into one box: blank lines end the HTML of a source, so
    that Markdown can stand between them.
    """

    default_priority = 4  # before the HTML itself
    builders = ("typstpdf", "pptx")

    def run(self, **kwargs: Any) -> None:
        for raw in list(self.document.findall(nodes.raw)):
            if is_html(raw) and not isinstance(raw.parent, nodes.TextElement):
                fold(raw)


def fold(raw: nodes.Element) -> None:
    """Replace a tag, its end and all between them by a box, where the end stands beside it."""
    tags, siblings = unclosed(raw.astext()), raw.parent.children
    following = siblings[siblings.index(raw) + 1 :] if raw in siblings else []
    end = closing(following, len(tags))
    if not tags or end is None:
        return
    (place, tag), last = end, following[end[0]]
    above, below = raw.astext()[: tags[0].start()], raw.astext()[tags[0].end() :]
    inside = [*piece(raw, below), *following[:place], *piece(last, last.astext()[: tag.start()])]
    rest = piece(last, last.astext()[tag.end() :])
    for node in following[: place + 1]:
        raw.parent.remove(node)
    title, content = summary_and_rest(inside)
    box = folded(title, content)
    box.source, box.line = raw.source, raw.line
    box["classes"], box["ids"] = raw["classes"], raw["ids"]
    raw.replace_self([*piece(raw, above), box, *rest])
    for node in (*content, *rest):
        if isinstance(node, nodes.raw) and is_html(node):
            fold(node)


def unclosed(text: str) -> list[re.Match[str]]:
    """The tags in a piece of HTML that open what ends behind it, the outermost first."""
    opened: list[re.Match[str]] = []
    for tag in TAG.finditer(text):
        if not tag[1]:
            opened.append(tag)
        elif opened:
            opened.pop()
    return opened


def closing(following: Sequence[nodes.Node], depth: int) -> tuple[int, re.Match[str]] | None:
    """The node and the tag that close the outermost of ``depth`` open ones; None where none does."""
    for place, node in enumerate(following):
        for tag in TAG.finditer(node.astext()) if is_html(node) else ():
            depth += -1 if tag[1] else 1
            if depth == 0:
                return place, tag
    return None


def summary_and_rest(inside: Sequence[nodes.Node]) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """The words of the summary that something folded begins with, and what stands below it."""
    first, *others = inside or (nodes.Text(""),)
    match = SUMMARY.match(first.astext()) if is_html(first) else None
    if match is None:
        return [], list(inside)
    return [nodes.raw("", match[1], format="html")], [*piece(first, first.astext()[match.end() :]), *others]


def piece(raw: nodes.Node, text: str) -> list[nodes.Node]:
    """Some of a piece of HTML, in its place of the source; nothing of blank space."""
    if not text.strip():
        return []
    part = nodes.raw("", text, format="html")
    part.source, part.line = raw.source, raw.line
    return [part]


def is_html(node: nodes.Node) -> bool:
    """True for a piece of HTML."""
    return isinstance(node, nodes.raw) and "html" in node.get("format", "").split()
