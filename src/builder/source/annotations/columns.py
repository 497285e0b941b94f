"""The ``columns`` and ``column`` directives: blocks of any kind side by side, on web, page and slide.

Pandoc and Quarto write them as ``::: {.columns}`` and ``::: {.column width="40%"}``, which is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from builder.errors import Source, warn
from builder.source.ancestors import ancestors
from builder.source.annotations.vocabulary import column, columns, slide

MOST = 4
"""More columns than these do not stand beside each other."""

DIVS = {"columns": columns, "column": column}
"""Class of a div, as Pandoc has it, → its node."""
SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|fr)?")
HTML_COLUMNS = re.compile(r"<div[^>]*class=[\"'][^\"']*\bcolumns?\b", re.IGNORECASE)
PANDOC_WIDTH = re.compile(r"\bwidth\s*=\s*[\"']?(\d+(?:\.\d+)?)")


class ColumnsDirective(SphinxDirective):
    """Columns side by side: ``:widths:`` are their shares of the width."""

    has_content = True
    option_spec = {
        "widths": directives.unchanged,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        node = columns(classes=self.options.get("class", []))
        self.set_source_info(node)
        node["widths"] = shares_in(self.options.get("widths", ""), Source(*self.get_source_info()))
        node += self.parse_content_to_nodes()
        self.add_name(node)
        return [node]


class ColumnDirective(SphinxDirective):
    """One column, under its heading where it has one: ``:width:`` is its share of the width."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"width": directives.unchanged, "class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        source = Source(*self.get_source_info())
        node = column(classes=self.options.get("class", []))
        node.source, node.line = source.path, source.line
        node["width"] = next(iter(shares_in(self.options.get("width", ""), source)), 0.0)
        if self.arguments:
            words, messages = self.parse_inline(self.arguments[0], lineno=self.lineno)
            heading = nodes.rubric(self.arguments[0], "", *words)
            heading.source, heading.line = source.path, source.line
            node += [heading, *messages]
        node += self.parse_content_to_nodes()
        return [node]


def shares_in(text: str, source: Source) -> tuple[float, ...]:
    """The numbers in ``40% 60%``, ``40, 60`` or ``2 3``; none, and a warning, where there is something else."""
    words = text.replace(",", " ").split()
    found = [SHARE.fullmatch(word) for word in words]
    numbers = [float(match[1]) for match in found if match is not None]
    if len(numbers) < len(words) or not all(numbers):
        warn(f"widths of columns are shares such as '40 60' or '40%', not '{text}'.", source, "columns")
        return ()
    return tuple(numbers)


def shares_of(node: nodes.Element) -> tuple[float, ...]:
    """The share of the width that each column takes; they make 1 together. Those without one share what is left."""
    found = [child for child in node.children if isinstance(child, column)]
    if len(node.get("widths", ())) == len(found):
        given = list(node["widths"])
    else:
        given = [child.get("width", 0.0) for child in found]
    asked = sum(given)
    open_ones = sum(not one for one in given)
    usual = max(100 - asked, 0) / open_ones if open_ones and asked < 100 else asked / max(len(found) - open_ones, 1)
    filled = [one or usual or 1.0 for one in given]
    return tuple(one / sum(filled) for one in filled)


class ColumnsSettled(SphinxTransform):
    """Has divs of Pandoc be columns, and columns hold nothing but columns; what has no effect is warned of."""

    default_priority = 200

    def apply(self, **_kwargs: Any) -> None:
        for div in [node for node in self.document.findall(nodes.container) if div_of(node) == "columns"]:
            if sum(div_of(child) == "column" for child in div.children) > 1:
                renamed(div, columns)
        for node in list(self.document.findall(columns)):
            self.settle(node)
        for raw in self.document.findall(nodes.raw):
            if HTML_COLUMNS.search(raw.astext()) and any(isinstance(one, slide) for one in ancestors(raw)):
                warn("columns of HTML are none on a slide; write 'columns' with 'column' inside.", raw, "columns")
        for one in list(self.document.findall(column)):
            if not isinstance(one.parent, columns):
                warn("a column stands in 'columns', beside another one; around it there are none.", one, "columns")
                one.replace_self(one.children)

    def settle(self, node: columns) -> None:
        """Have ``node`` hold nothing but columns, what stands beside these in one of its own."""
        settled: list[nodes.Node] = []
        for child in node.children:
            if isinstance(child, nodes.container) and div_of(child) == "column":
                settled.append(renamed(child, column))
            elif isinstance(child, column | nodes.comment | nodes.system_message):
                settled.append(child)
            else:
                warn("this stands in 'columns' and in no 'column'; it is a column by itself.", child, "columns")
                settled.append(column("", child))
        node.children = []
        node += settled
        count = sum(isinstance(child, column) for child in settled)
        if not 1 < count <= MOST:
            warn(f"two, three or four columns stand beside each other, not {count}.", node, "columns")
        elif len(node.get("widths", ())) not in (0, count):
            warn(f":widths: has {len(node['widths'])} shares for {count} columns; they are equal now.", node, "columns")


def div_of(node: nodes.Node) -> str:
    """``columns`` or ``column`` for a div of that class, '' for another node; MyST leaves the brace of attributes."""
    if not isinstance(node, nodes.container) or not node.get("is_div"):
        return ""
    found = (name.strip("{.}") for name in node["classes"])
    return next((name for name in found if name in DIVS), "")


def renamed(div: nodes.container, kind: type[nodes.Element]) -> nodes.Element:
    """The node that a div stands for, in its place where it has one."""
    node = kind("", *div.children, ids=div["ids"], names=div["names"])
    node["classes"] = [name for name in div["classes"] if name.strip("{.}") not in DIVS]
    node.source, node.line = div.source, div.line
    if kind is column:
        node["width"] = pandoc_width(div)
    if div.parent is not None and kind is columns:
        div.replace_self(node)
    return node


def pandoc_width(div: nodes.Element) -> float:
    """The width in the line that opens a div, 0 where it has none: MyST does not read attributes of divs."""
    try:
        lines: Sequence[str] = Path(div.source or "").read_text(encoding="utf-8").splitlines()
        found = PANDOC_WIDTH.search(lines[(div.line or 1) - 1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return float(found[1]) if found else 0.0


def visit_columns(self: Any, node: nodes.Element) -> None:
    """Open a grid that is as wide as its place, and one column where that is narrow."""
    style = " ".join(f"{share * 100:.4g}fr" for share in shares_of(node))
    self.body.append(
        self.starttag(node, "div", CLASS="builder-columns", style=f"--builder-columns: {style}"),
    )


def visit_column(self: Any, node: nodes.Element) -> None:
    """Open a column of the grid."""
    self.body.append(self.starttag(node, "div", CLASS="builder-column"))


def depart(self: Any, node: nodes.Element) -> None:
    """Close a grid or a column."""
    self.body.append("</div>\n")
