"""A Sphinx extension that marks every block of a project for slides.

    extensions += ["mark_everything"]

Each section opens a slide, and each block in it stands on that. With `compare_decks.py` it shows what slides lose of
the pages of a book that nobody annotated.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.c import AliasNode
from sphinx.domains.cpp import AliasNode as CppAliasNode
from sphinx.transforms import SphinxTransform

UNMARKED = (
    nodes.title,
    nodes.section,
    nodes.Invisible,
    nodes.Part,
    nodes.transition,
    nodes.footnote,
    nodes.citation,
    addnodes.tabular_col_spec,
    addnodes.index,
    AliasNode,
    CppAliasNode,
)


class MarkEverything(SphinxTransform):
    """Gives the class ``slide`` to each section and to each block straight in one."""

    default_priority = 208

    def apply(self, **_kwargs: Any) -> None:
        for section in self.document.findall(nodes.section):
            for block in (section, *section.children):
                if isinstance(block, nodes.Element) and (block is section or stands_on_page(block)):
                    block["classes"].append("slide")


def stands_on_page(block: nodes.Element) -> bool:
    """True for a block that a web page shows where it stands."""
    if isinstance(block, nodes.raw):
        return "html" in block.get("format", "").split() and not block.astext().startswith("<!--")
    return isinstance(block, addnodes.centered) or not isinstance(block, UNMARKED)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform."""
    app.add_transform(MarkEverything)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
