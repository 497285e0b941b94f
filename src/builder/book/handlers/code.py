"""Code blocks."""

from __future__ import annotations

from docutils import nodes

from builder.book.handlers.design import design_component
from builder.book.handlers.notebooks import notebook_element
from builder.book.translate import Translator, renders
from builder.source.listings import has_markup, language_of
from builder.typeset.escape import array, call, string
from builder.typeset.highlight import typst_lines


@renders(nodes.literal_block, nodes.doctest_block, "code_links_block")
def literal_block(t: Translator, node: nodes.Element) -> str:
    """Code in colours, long lines wrapped with a mark; line numbers and emphasised lines where asked for."""
    if has_markup(node):
        return parsed_literal(t, node)
    options = node.get("highlight_args") or {}
    arguments = {}
    if node.get("linenos"):
        arguments["first"] = str(options.get("linenostart", 1))
    if options.get("hl_lines"):
        arguments["marked"] = array([str(number) for number in sorted(set(options["hl_lines"]))])
    if node.parent is not None and node.parent.get("nb_element") == "cell_code_output":
        arguments["output"] = "true"
    given = "".join(f", {name}: {value}" for name, value in arguments.items())
    lines = typst_lines(t.context.highlighter.lines(node.astext(), language_of(node)))
    return f"\n\n{t.anchors(node)}#code-block({lines}{given});\n\n"


def parsed_literal(t: Translator, node: nodes.Element) -> str:
    """Literal text with markup in it: its lines, with the markup."""
    for text in list(node.findall(nodes.Text)):
        text.parent.replace(text, preserved("", text.astext()))
    return f"\n\n{t.anchors(node)}{call('parsed-literal', t.children(node))}\n\n"


class preserved(nodes.Inline, nodes.TextElement):
    """Text of a parsed literal block, with its spaces and line ends."""


@renders(preserved)
def preserved_text(t: Translator, node: nodes.Element) -> str:
    """Its text with spaces and line ends as they are."""
    return "#linebreak();".join(f"#{string(line)};" if line else "" for line in node.astext().split("\n"))


@renders(nodes.container)
def container(t: Translator, node: nodes.Element) -> str:
    """Its content; code with a caption is numbered; a component of sphinx-design or MyST-NB is set as such."""
    if node.get("design_component"):
        return design_component(t, node)
    if node.get("nb_element"):
        return notebook_element(t, node)
    if not node.get("literal_block"):
        return t.anchors(node) + t.children(node)
    caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
    body = "".join(t.render(child) for child in node.children if child is not caption)
    label = t.claim(node)
    number = t.numbers.of_float(t.docname, node, "code-block")
    words, labels = t.heading_words(caption) if caption is not None else ("", "")
    arguments = {
        "kind": string("code-block"), "number": string(number), "caption": f"[{words}]", "lbl": string(label),
    }  # fmt: skip
    return f"\n\n{call('numbered', labels + t.anchors(node, skip=1) + body, **arguments)}\n\n"


@renders("autosummary_table")
def autosummary_table(t: Translator, node: nodes.Element) -> str:
    """Its table."""
    return t.children(node)
