"""What documents hold of extensions of which nobody knows what they take from other documents.

A node of such an extension that is there when a document is resolved shows itself. One that is gone has been replaced,
and a reference into a domain of such an extension was answered, by what only the extension knows: that may be anything
that other documents hold, so what is made of the document is made anew at each build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.by_document import note_by_document
from builder.source.made_from import BY_FILES

KNOWN = tuple(f"{name}." for name in ("docutils", *BY_FILES))
"""What the names of modules begin with of which we know what they take from other documents: nothing but what
references lead to.
"""


def setup(app: Sphinx) -> None:
    """Note what nobody knows when documents are read."""
    note_by_document(app, unknown_by_document, unknown_in)


def unknown_by_document(env: BuildEnvironment) -> dict[str, frozenset[str]]:
    """Document → what it holds that nobody knows, see `unknown_in`; none for most."""
    found: dict[str, frozenset[str]] = env.__dict__.setdefault("builder_unknown", {})
    return found


def unknown_in(doctree: nodes.document, env: BuildEnvironment) -> frozenset[str]:
    """The kinds of nodes in a document, and the domains that its references name, of which nobody knows what they take
    from others.
    """
    kinds = {type(node) for node in doctree.findall(nodes.Element)}
    asked = {str(node.get("refdomain", "")) for node in doctree.findall(addnodes.pending_xref)}
    domains = (domain for domain in env.domains.sorted() if domain.name in asked)
    return frozenset(
        [f"{kind.__module__}.{kind.__qualname__}" for kind in kinds if not is_known(kind.__module__)]
        + [f"domain {domain.name}" for domain in domains if not is_known(type(domain).__module__)]
    )


def has_replaced(env: BuildEnvironment, docname: str, resolved: nodes.document) -> bool:
    """True if something in a document that nobody knows is gone now that it is resolved."""
    before = unknown_by_document(env).get(docname, frozenset())
    return bool(before - unknown_in(resolved, env)) if before else False


def strangers_take_part(app: Sphinx) -> bool:
    """True if functions or transforms of which nobody knows what they take take part in resolving documents: whatever
    they have found in one, they may show in any other.
    """
    return not all(map(is_known, resolving(app)))


def resolving(app: Sphinx) -> Iterator[str]:
    """The modules of all that takes part in resolving documents: what listens, and transforms."""
    for event in ("doctree-resolved", "missing-reference"):
        for listener in app.events.listeners.get(event, ()):
            yield module_of(listener.handler)
    for transform in app.registry.get_post_transforms():
        yield transform.__module__


def module_of(handler: Callable[..., Any]) -> str:
    """The module in which a function, or the class of a method, is written."""
    while isinstance(handler, partial):
        handler = handler.func
    owner = getattr(handler, "__self__", None)
    return str(getattr(handler if owner is None else type(owner), "__module__", ""))


def is_known(module: str) -> bool:
    """True for a module of which we know what it takes from other documents."""
    return f"{module}.".startswith(KNOWN)
