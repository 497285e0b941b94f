"""Links, footnotes, citations and index marks."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes

from builder.book.handlers.design import button
from builder.book.translate import Translator, renders
from builder.source.resolved import REFERENCE_MARK
from builder.typeset.escape import call, markup, string

WORD_JOINER = "\u2060"
"""Before a link inside of a word: Typst 0.15 loses a link, and with it the PDF, when the word is hyphenated just before
it.
"""
IDEOGRAPHS = "\u2e80"
"""From here on come scripts that break lines between any two characters."""


@renders(nodes.reference, addnodes.number_reference)
def reference(t: Translator, node: nodes.Element) -> str:
    """A link: to a place in the book or to an address."""
    if "sd-btn" in node["classes"] and (pressed := button(t, node)):
        return pressed
    body = t.children(node)
    return f"{WORD_JOINER}{link(t, node, body)}" if body and is_inside_a_word(node) else link(t, node, body)


def is_inside_a_word(node: nodes.Element) -> bool:
    """True if a letter or digit stands before a link and one begins it, of scripts whose words are hyphenated."""
    here, above = node, node.parent
    while isinstance(above, nodes.TextElement) and isinstance(above, nodes.Inline) and above.index(here) == 0:
        here, above = above, above.parent
    before = above.children[: above.index(here)] if above is not None else []
    words = next((text for text in (child.astext() for child in reversed(before)) if text), "")
    return all(letter.isalnum() and letter < IDEOGRAPHS for letter in (words[-1:], node.astext()[:1]))


def link(t: Translator, node: nodes.Element, body: str) -> str:
    """The call that sets a link; its words alone where it leads to nothing in print."""
    uri = node.get("refuri", "")
    if node.get("refid") or uri.startswith((REFERENCE_MARK, "#")):
        label = t.target_label(uri or f"#{node['refid']}")
        if not label:
            return body
        if t.env.config.builder_page_references:
            t.paged.add(label)
            return f"#ref-with-page({string(label)})[{body}];"
        return f"#ref-to({string(label)})[{body}];"
    if not uri or not body:
        return body
    if not uri.startswith(("http:", "https:", "mailto:", "ftp:")):
        return body
    shown = node.astext().strip()
    if shown and uri.removeprefix("mailto:").rstrip("/") != shown.rstrip("/"):
        if t.env.config.builder_link_addresses == "inline":
            return f"#web-link-inline({string(uri)}, [{markup(uri)}])[{body}];"
        if t.env.config.builder_link_addresses == "footnote":
            return f"#web-link-note({string(uri)})[{body}];"
    return f"#link({string(uri)})[{body}];"


@renders(addnodes.download_reference)
def download_reference(t: Translator, node: nodes.Element) -> str:
    """The words of the link."""
    return t.children(node)


@renders(nodes.footnote_reference)
def footnote_reference(t: Translator, node: nodes.Element) -> str:
    """A footnote at the foot of the page."""
    identifier = node.get("refid", "")
    note = t.footnotes.get(identifier)
    if note is None:
        return call("super", t.children(node))
    label = string(t.label(f"footnote-{identifier}"))
    number = string(node.astext())
    if identifier in t.printed_footnotes:
        return f"#fn-again({label}, {number});"
    t.printed_footnotes.add(identifier)
    body = "".join(t.render(child) for child in note.children if not isinstance(child, nodes.label)).strip()
    mark = f"#fn({label}, {number})[{body}];"
    return call("heading-note", mark) if in_heading(node) else mark


def in_heading(node: nodes.Element) -> bool:
    """True in the words of a heading or caption, which the contents show again without their notes."""
    above = node.parent
    while isinstance(above, nodes.TextElement):
        if isinstance(above, nodes.title | nodes.caption):
            return True
        above = above.parent
    return False


@renders(nodes.footnote)
def footnote(t: Translator, node: nodes.Element) -> str:
    """Nothing: it stands at the foot of the page that refers to it."""
    return ""


@renders(nodes.citation)
def citation(t: Translator, node: nodes.Element) -> str:
    """An entry in the list of sources."""
    label = next((child for child in node.children if isinstance(child, nodes.label)), None)
    body = "".join(t.render(child) for child in node.children if child is not label).strip()
    by_author = str(getattr(t.env.config, "bibtex_reference_style", "")).startswith("author_year")
    mark = t.children(label) if label is not None and not by_author else ""
    return f"\n\n{call('bib-entry', t.anchors(node) + body, mark=f'[{mark}]')}\n\n"


@renders(nodes.citation_reference)
def citation_reference(t: Translator, node: nodes.Element) -> str:
    """A link to the list of sources."""
    return f"\\[{t.children(node)}\\]"


@renders(addnodes.index)
def index(t: Translator, node: nodes.Element) -> str:
    """A place that the index names."""
    out: list[str] = []
    entries: list[tuple[Any, ...]] = node.get("entries") or []
    for entry in entries:
        name = t.label(entry[2])
        if entry[2] and name not in t.defined:
            t.defined.add(name)
            out.append(f"#a({string(name)});")
    return "".join(out)
