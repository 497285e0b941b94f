"""Signatures of objects: their lines, and parameters of which some are optional."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx import addnodes


def lines_of_signature(signature: nodes.Element) -> list[nodes.Element]:
    """The lines of a signature; C++ has one for each template."""
    return [child for child in signature.children if isinstance(child, addnodes.desc_signature_line)] or [signature]


def parameters(node: nodes.Element, shown: Callable[[nodes.Node], str], brackets: tuple[str, str]) -> str:
    """The parameters in a list of them, with commas, optional ones in ``brackets``: ``a[, b[, c]]``."""
    parts: list[str] = []
    for child in node.children:
        comma = ", " if parts or (isinstance(node, addnodes.desc_optional) and node.parent.index(node)) else ""
        if isinstance(child, addnodes.desc_optional):
            parts.append(f"{brackets[0]}{parameters(child, shown, brackets)}{brackets[1]}")
        else:
            parts.append(comma + shown(child))
    return "".join(parts)


def plain_signature(node: nodes.Node) -> str:
    """The text of a line of a signature."""
    match node:
        case addnodes.desc_type_parameter_list():
            return f"[{parameters(node, plain_signature, ('[', ']'))}]"
        case addnodes.desc_parameterlist():
            return f"({parameters(node, plain_signature, ('[', ']'))})"
        case addnodes.desc_returns():
            return f" → {''.join(map(plain_signature, node.children))}"
        case nodes.Element():
            return "".join(map(plain_signature, node.children))
    return node.astext()
