"""Signatures of the Sphinx domains (autodoc and the rest)."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from builder.book.translate import HANDLERS, Handler, Translator, renders
from builder.source.signatures import lines_of_signature, parameters
from builder.typeset.escape import call

SQUARE = ("\\[", "\\]")
"""Square brackets, as Typst reads them as text."""
WRAPPED_SIGNATURE_PARTS = {
    "desc_name": "strong",
    "desc_addname": "",
    "desc_annotation": "emph",
    "desc_inline": "",
    "desc_sig_space": "",
    "desc_sig_name": "",
    "desc_sig_operator": "",
    "desc_sig_punctuation": "",
    "desc_sig_keyword": "",
    "desc_sig_keyword_type": "",
    "desc_sig_literal_number": "",
    "desc_sig_literal_string": "",
    "desc_sig_literal_char": "",
    "desc_type": "",
    "desc_parameter": "emph",
    "desc_type_parameter": "emph",
}


def _part(function: str) -> Handler:
    def handler(t: Translator, node: nodes.Element) -> str:
        body = t.anchors(node) + t.children(node)
        return call(function, body) if function and body else body

    handler.__doc__ = {
        "": "Part of a signature.",
        "emph": "Part of a signature, italic.",
        "strong": "Part of a signature, bold.",
    }[function]
    return handler


for part, typst_function in WRAPPED_SIGNATURE_PARTS.items():
    HANDLERS[part] = _part(typst_function)


@renders(addnodes.desc)
def desc(t: Translator, node: nodes.Element) -> str:
    """Its signatures, with the description indented below them."""
    return f"\n\n{t.anchors(node)}{t.children(node)}\n\n"


@renders(addnodes.desc_signature)
def desc_signature(t: Translator, node: nodes.Element) -> str:
    """A line of code that stays with what follows, continuation lines indented."""
    lines = "#linebreak();".join(t.children(line) for line in lines_of_signature(node))
    return f"\n\n{t.anchors(node)}{call('signature', lines)}\n\n"


@renders(addnodes.desc_signature_line)
def desc_signature_line(t: Translator, node: nodes.Element) -> str:
    """A line of its own in a signature."""
    return t.children(node)


@renders(addnodes.desc_content)
def desc_content(t: Translator, node: nodes.Element) -> str:
    """Indented below the signature."""
    body = t.children(node).strip()
    return f"\n\n{call('indented', body)}\n\n" if body else ""


@renders(addnodes.desc_returns)
def desc_returns(t: Translator, node: nodes.Element) -> str:
    """The type behind an arrow."""
    return f" → {t.children(node)}"


@renders(addnodes.desc_parameterlist, addnodes.desc_type_parameter_list)
def desc_parameterlist(t: Translator, node: nodes.Element) -> str:
    """Its parameters in brackets."""
    opening, closing = SQUARE if isinstance(node, addnodes.desc_type_parameter_list) else ("\\(", "\\)")
    return f"{opening}{parameters(node, t.render, SQUARE)}{closing}"


@renders(addnodes.desc_optional)
def desc_optional(t: Translator, node: nodes.Element) -> str:
    """Optional parameters in square brackets."""
    return f"{SQUARE[0]}{parameters(node, t.render, SQUARE)}{SQUARE[1]}"
