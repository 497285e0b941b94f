"""Classes in a line of attributes above a directive or a displayed formula, which MyST-Parser 5 reads and drops."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from docutils import nodes
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from builder.source.annotations.vocabulary import is_slide_class

RENDERS = {
    DocutilsRenderer: ("render_directive", "render_math_block"),
    SphinxRenderer: ("render_math_block_label", "render_amsmath"),
}
"""Class of MyST-Parser → its methods that make nodes of a token and leave the token's attributes out."""


def keep_attributes() -> None:
    """Have MyST-Parser put classes of ours onto what stands below them, for all documents that this process reads."""
    for renderer, names in RENDERS.items():
        for name in names:
            render = renderer.__dict__[name]
            if not hasattr(render, "__wrapped__"):
                setattr(renderer, name, with_classes(render))


def with_classes(render: Callable[..., None]) -> Callable[..., None]:
    """Return a method that renders as ``render`` does, and puts the token's classes of ours onto the first node."""

    @wraps(render)
    def rendered(self: Any, token: Any, *arguments: Any, **options: Any) -> None:
        parent = self.current_node
        before = len(parent.children)
        render(self, token, *arguments, **options)
        classes = [name for name in str(token.attrs.get("class", "")).split() if is_slide_class(name)]
        if not classes:
            return
        made = (node for node in parent.children[before:] if isinstance(node, nodes.Element))
        block = next((node for node in made if not isinstance(node, nodes.Invisible)), None)
        if block is not None:
            block["classes"] += classes

    return rendered
