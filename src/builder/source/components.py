"""What sphinx-design, sphinx-tabs and sphinx-inline-tabs leave in a document."""

from __future__ import annotations

from docutils import nodes

TITLED = ("tab-item", "dropdown", "aside")
"""Components of sphinx-design that their first rubric titles."""


def component_of(node: nodes.Element) -> str:
    """The name of a component of sphinx-design; '' for another container."""
    return str(node.get("design_component", ""))


def title_and_rest(node: nodes.Element) -> tuple[nodes.Element | None, list[nodes.Node]]:
    """The title of a component, its rubric or the label of an inline tab (None without one), and other children."""
    title = next((child for child in node.children if isinstance(child, nodes.rubric | nodes.label)), None)
    return title, [child for child in node.children if child is not title]


def tab_of(panel: nodes.Element) -> nodes.Element | None:
    """The tab of sphinx-tabs that has the words of a panel; None without one."""
    if panel.parent is None:
        return None
    tabs = (node for node in panel.parent.findall(nodes.paragraph) if type(node).__name__ == "SphinxTabsTab")
    return next((tab for tab in tabs if tab.get("name") == panel.get("name")), None)


def link_of_card(card: nodes.Element) -> nodes.reference | None:
    """The link that covers a whole card on the web, where its words are hidden; None without one."""
    links = (link for link in card.findall(nodes.reference) if "sd-stretched-link" in link["classes"])
    return next(links, None)
