"""sphinx-design, tabs and togglebutton: what folds or slides on the web stands open on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

from docutils import nodes

from builder.book.translate import Translator, renders
from builder.errors import warn
from builder.source.components import TITLED, component_of, tab_of, title_and_rest
from builder.source.icons import loss_of_icon, name_of_icon, sign_of
from builder.typeset.escape import array, call, markup, string

SHORT_CARD = 220
"""Cards of at most so many characters stand side by side."""

COMPONENTS: dict[str, Callable[[Translator, nodes.Element], str]] = {}
"""Name of a sphinx-design component → its handler."""


def component(
    name: str,
) -> Callable[[Callable[[Translator, nodes.Element], str]], Callable[[Translator, nodes.Element], str]]:
    """Register the handler of a sphinx-design component."""

    def register(handler: Callable[[Translator, nodes.Element], str]) -> Callable[[Translator, nodes.Element], str]:
        COMPONENTS[name] = handler
        return handler

    return register


def design_component(t: Translator, node: nodes.Element) -> str:
    """A container of sphinx-design; its content where the component has no look of its own."""
    handler = opened if component_of(node) in TITLED else COMPONENTS.get(component_of(node))
    return handler(t, node) if handler is not None else t.anchors(node) + t.children(node)


def titled(t: Translator, node: nodes.Element, title: str, body: str) -> str:
    """A block under a title of its own: a tab, an opened dropdown."""
    return f"\n\n{t.anchors(node)}{call('titled', body.strip(), title=f'[{title}]')}\n\n"


def opened(t: Translator, node: nodes.Element) -> str:
    title, rest = title_and_rest(node)
    words = t.anchors(title) + t.children(title) if title is not None else ""
    return titled(t, node, words, "".join(map(t.render, rest)))


@component("card")
def card(t: Translator, node: nodes.Element) -> str:
    return f"\n\n{t.anchors(node)}{call('card', t.children(node).strip())}\n\n"


@component("card-title")
@component("card-header")
@component("card-footer")
def card_slot(t: Translator, node: nodes.Element) -> str:
    return call(node["design_component"], t.anchors(node) + t.children(node).strip()) + "\n\n"


@component("grid-row")
@component("card-carousel")
def row(t: Translator, node: nodes.Element) -> str:
    cells = [child for child in node.children if isinstance(child, nodes.Element)]
    short = all(len(cell.astext()) <= SHORT_CARD for cell in cells)
    columns = min(columns_of(node["classes"]), 3 if short else 2, max(len(cells), 1))
    rendered = [f"[{t.render(cell).strip()}]" for cell in cells]
    if columns == 1:
        return "".join(f"\n\n#{body};\n\n" for body in rendered)
    return f"\n\n{t.anchors(node)}#card-grid({columns}, {array(rendered)});\n\n"


def columns_of(classes: list[str]) -> int:
    """Columns that a row has on the widest screen it names."""
    found = [int(match[1]) for name in classes if (match := re.search(r"-cols-(?:\w+-)?(\d+)$", name))]
    return found[-1] if found else 2


def button(t: Translator, node: nodes.Element) -> str:
    """A link that looks like a button on the web: its words, and the address where it leaves the book."""
    body = t.children(node)
    uri = node.get("refuri", "")
    if uri.startswith(("http:", "https:", "mailto:")) and node.astext().strip() != uri:
        return f"#link({string(uri)})[{call('button', body)} {call('address', markup(uri))}];"
    return ""


@renders("sd_badge")
def badge(t: Translator, node: nodes.Element) -> str:
    """A small outlined label in the line."""
    return call("badge", t.anchors(node) + t.children(node))


@renders("sd_line_break")
def line_break(t: Translator, node: nodes.Element) -> str:
    """A line break."""
    return "#linebreak();"


@renders("sd_icon")
def icon(t: Translator, node: nodes.Element) -> str:
    """The icon's drawing at the height of the text, as decoration."""
    return f"#icon({string(node['svg'])});" if "<svg" in node.get("svg", "") else ""


@renders("fontawesome")
def font_icon(t: Translator, node: nodes.Element) -> str:
    """The character that looks like the icon; nothing, with a warning, where none does."""
    name = name_of_icon(node)
    if not sign_of(name):
        warn(loss_of_icon(name, "the printed book"), node, "left_out")
    return markup(sign_of(name))


@renders("PassthroughTextElement")
def passthrough(t: Translator, node: nodes.Element) -> str:
    """Its content; the link that covers a card stands behind the card's text."""
    return t.children(node)


@renders("SphinxTabsContainer", "SphinxTabsPanel")
def tab_panel(t: Translator, node: nodes.Element) -> str:
    """A block titled by the words of its tab."""
    tab = tab_of(node)
    return titled(t, node, t.children(tab) if tab is not None else "", t.children(node))


@renders("SphinxTabsTab")
def tab(t: Translator, node: nodes.Element) -> str:
    """The title of its panel's block."""
    return ""


@renders("TabContainer")
def inline_tab(t: Translator, node: nodes.Element) -> str:
    """A block titled by the words of its tab."""
    return opened(t, node)
