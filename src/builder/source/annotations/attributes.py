"""Classes in a line of attributes above a directive, a displayed formula, HTML or a target, which MyST-Parser 5 reads
and drops.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from docutils import nodes
from docutils.transforms.misc import ClassAttribute
from markdown_it.token import Token
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from builder.errors import EndingError, Source, warn
from builder.source.annotations.dropped import is_comment
from builder.source.annotations.lost_marks import lost_above, lost_on_nothing, lost_on_target, shows_nothing
from builder.source.annotations.slips_of_classes import slip_of_class
from builder.source.annotations.vocabulary import is_sentence_class, is_slide_class
from builder.source.edition_names import EDITIONS

RENDERS = {
    DocutilsRenderer: (
        "render_directive", "render_code_block", "render_math_block", "render_html_block", "render_substitution_block",
        "render_hr", "render_footnote_reference", "render_restructuredtext",
    ),
    SphinxRenderer: ("render_math_block_label", "render_amsmath"),
}  # fmt: skip
"""Class of MyST-Parser → its methods that make nodes of a token and leave the token's attributes out."""

PASSED = ("myst_target", "myst_line_comment", "myst_block_break")
"""Tokens that show nothing."""


def keep_attributes() -> None:
    """Have MyST-Parser put classes of ours onto what stands below them, for all documents that this process reads."""
    for renderer, names in RENDERS.items():
        for name in names:
            render = renderer.__dict__[name]
            if not hasattr(render, "__wrapped__"):
                setattr(renderer, name, with_classes(render))
    render_tokens: Any = DocutilsRenderer._render_tokens
    if not hasattr(render_tokens, "__wrapped__"):
        setattr(DocutilsRenderer, render_tokens.__name__, handing_on(render_tokens))


def with_classes(render: Callable[..., None]) -> Callable[..., None]:
    """Return a method that renders as ``render`` does, and puts the token's classes of ours onto the first node, those
    of editions onto all.
    """

    @wraps(render)
    def rendered(self: Any, token: Any, *arguments: Any, **options: Any) -> None:
        parent = self.current_node
        before = len(parent.children)
        render(self, token, *arguments, **options)
        give_classes(self.document, parent)
        classes = str(token.attrs.get("class", "")).split()
        made = [node for node in parent.children[before:] if isinstance(node, nodes.Element)]
        shown = [node for node in made if is_shown(node)]
        line = token.map[0] if token.map else 0
        for node in shown:
            if line and node.line != line:
                node["begins"] = line
            if token.type == "code_block":
                node["is_indented"] = True
        source = Source(self.document["source"], token_line(token, 0))
        if made and all(map(shows_nothing, made)):
            lost = dict(lost_on_nothing(classes, made[0]))
        else:
            lost = dict(lost_above(classes, shown[0])) if shown else {}
        for node in shown[:1]:
            node["classes"] += [name for name in classes if is_ours(name) and name not in lost]
        for message in lost.values():
            warn(message, source, "slip")
        editions = [name for name in classes if name in EDITIONS]
        for node in made:
            node["classes"] += editions
        if editions and self.current_node is not parent:
            raise EndingError("what is marked for an edition here has headings; mark each of them instead.", source)

    return rendered


def is_shown(node: nodes.Element) -> bool:
    """Return whether readers see a node; what stands above a comment of HTML is told of with its line (`dropped`)."""
    is_comment_of_html = isinstance(node, nodes.raw) and is_comment(node.astext().lstrip())
    return not (is_comment_of_html or isinstance(node, nodes.Invisible | nodes.system_message))


def is_ours(name: str) -> bool:
    """Return whether a class is of the annotation language, or so nearly that its author is asked (`slips`)."""
    return is_slide_class(name) or is_sentence_class(name) or bool(slip_of_class(name, "", has_styles=True))


def give_classes(document: nodes.document, parent: nodes.Element) -> None:
    """Put the classes of ``.. rst-class::`` in ``parent`` onto what stands below it: MyST-Parser takes reStructuredText
    from a document of its own, whose transforms never run, and Sphinx stops at what waits for them.
    """
    for pending in list(parent.findall(nodes.pending)):
        if pending.transform is ClassAttribute:
            ClassAttribute(document, pending).apply()


def handing_on(render_tokens: Callable[..., None]) -> Callable[..., None]:
    """Return a method that renders tokens as ``render_tokens`` does, when a class of an edition that stands above a
    target or a comment is that of the block below.
    """

    @wraps(render_tokens)
    def rendered(self: Any, tokens: list[Token]) -> None:
        waiting: list[str] = []
        for token in tokens:
            if token.type in PASSED:
                classes = str(token.attrs.get("class", "")).split()
                waiting += [name for name in classes if name in EDITIONS]
                for message in lost_on_target(classes, waiting):
                    warn(message, Source(self.document["source"], token.map[0] if token.map else 0), "slip")
            elif waiting and token.nesting >= 0:
                token.attrJoin("class", " ".join(waiting))
                waiting = []
        render_tokens(self, tokens)

    return rendered
