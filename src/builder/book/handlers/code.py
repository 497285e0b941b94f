"""Code blocks."""

from __future__ import annotations

from docutils import nodes

from builder.book.escape import call, string
from builder.book.translate import Translator, renders


@renders(nodes.literal_block, nodes.doctest_block)
def literal_block(t: Translator, node: nodes.Element) -> str:
    language = node.get("language", "")
    arguments = {} if language in ("", "default", "none", "text") else {"lang": string(language)}
    if node.get("linenos"):
        arguments["first"] = str((node.get("highlight_args") or {}).get("linenostart", 1))
    given = "".join(f", {name}: {value}" for name, value in arguments.items())
    return f"\n\n{t.anchors(node)}#code-block({string(node.astext())}{given});\n\n"


@renders(nodes.container)
def container(t: Translator, node: nodes.Element) -> str:
    if not node.get("literal_block"):
        return t.anchors(node) + t.children(node)
    caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
    body = "".join(t.render(child) for child in node.children if child is not caption)
    label = t.claim(node)
    number = t.numbers.of_float(t.docname, node, "code-block")
    words = t.children(caption) if caption is not None else ""
    return f"\n\n{call('numbered', body, kind=string('code-block'), number=string(number), caption=f'[{words}]', lbl=string(label))}\n\n"
