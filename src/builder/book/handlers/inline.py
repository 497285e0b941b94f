"""Inline markup: emphasis, code, sub- and superscript, keys and the like."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from builder.book.translate import HANDLERS, Handler, Translator, renders
from builder.source.annotations.vocabulary import SPAN_COLOURS
from builder.typeset.escape import call, code, markup, string

WRAPPED = {
    nodes.emphasis: "emph",
    nodes.strong: "strong",
    nodes.subscript: "sub",
    nodes.superscript: "super",
    nodes.title_reference: "emph",
    addnodes.literal_emphasis: "emph",
    addnodes.literal_strong: "strong",
    addnodes.manpage: "emph",
    nodes.abbreviation: "",
    nodes.acronym: "",
    nodes.generated: "",
    addnodes.pending_xref: "",
    nodes.problematic: "",
}
"""Node → the Typst function round its children ('' for none)."""

INLINE_CLASSES = {
    "strike": "strike",
    "underline": "underline",
    "smallcaps": "smallcaps",
    "mark": "highlight",
    "guilabel": "strong",
    "menuselection": "strong",
    "kbd": "key",
    "dfn": "emph",
    "versionmodified": "emph",
}


def _wrap(function: str) -> Handler:
    def handler(t: Translator, node: nodes.Element) -> str:
        body = t.anchors(node) + t.children(node)
        return call(function, body) if function and body else body

    handler.__doc__ = {
        "": "Its content.",
        "emph": "Italic.",
        "strong": "Bold.",
        "sub": "Below the line.",
        "super": "Above the line.",
    }[function]
    return handler


for node_class, typst_function in WRAPPED.items():
    HANDLERS[node_class.__name__] = _wrap(typst_function)


@renders(nodes.inline)
def inline(t: Translator, node: nodes.Element) -> str:
    """Its content, as its class says: struck out, underlined, small capitals, a key, another language."""
    if "line-break" in node["classes"]:
        return "#linebreak();"
    if node.get("icon"):
        return HANDLERS["fontawesome"](t, node)
    body = t.anchors(node) + t.children(node)
    if node.get("framed"):
        return call("missing", body) if is_alone(node) else body
    for name in node["classes"]:
        if name in INLINE_CLASSES:
            body = call(INLINE_CLASSES[name], body)
        if name in SPAN_COLOURS and t.env.config.builder_colour:
            body = call("text", body, fill=f'rgb("#{SPAN_COLOURS[name]}")')
    language = node.get("lang") or next((name[5:] for name in node["classes"] if name.startswith("lang-")), "")
    return call("text", body, lang=string(language[:2])) if language else body


def is_alone(node: nodes.Element) -> bool:
    """True if nothing else stands in the paragraph of a node."""
    return isinstance(node.parent, nodes.paragraph) and node.parent.astext().strip() == node.astext().strip()


@renders(nodes.literal)
def literal(t: Translator, node: nodes.Element) -> str:
    """Code in the line; keys in boxes."""
    if "kbd" in node["classes"]:
        return call("key", markup(node.astext()))
    return code(node.astext())


@renders(nodes.line_block)
def line_block(t: Translator, node: nodes.Element) -> str:
    """Lines as they were broken, indented as they were."""
    lines = []
    for child in node.children:
        assert isinstance(child, nodes.Element)
        if isinstance(child, nodes.line_block):
            lines.append(f"#h(1.5em);{line_block(t, child)}")
        else:
            lines.append(t.children(child))
    joined = " \\\n".join(lines)
    return joined if isinstance(node.parent, nodes.line_block) else f"\n\n{call('lines', joined)}\n\n"


@renders(nodes.raw)
def raw(t: Translator, node: nodes.Element) -> str:
    """Typst passes through; HTML was turned into nodes; other formats are left out."""
    return f"{node.astext()}\n" if "typst" in node.get("format", "").split() else ""
