"""SVG files of strangers: are they well-formed, can Typst draw them, how large are they?"""

from __future__ import annotations

import json
import re
from typing import Any

import typst
from lxml import etree

from builder.errors import shortened
from builder.source.pictures.convert import UnusableError
from builder.source.pictures.trial import could_be_endless, problem_of
from builder.store.limits import SVG_SECONDS

LINKED = (
    "has a link to '{}' in it, which is left out: a drawing is shown with what stands in itself; save it with "
    "its pictures embedded."
)
ADDRESS = re.compile(r"url\(\s*(?P<address>[^)]*)\)|@import\s+(?P<imported>[\"'][^\"']*[\"'])\s*;?", re.IGNORECASE)
HTML_TEXT = (
    "has text as HTML in it (foreignObject), which print and slides do not show; save it with its text as "
    "text or paths."
)


def checked_svg(content: bytes) -> tuple[bytes, str]:
    """The bytes that an SVG file is rewritten to, b'' when it is fine as it is, and a remark.

    Raises:
        UnusableError: it is not well-formed, or Typst cannot draw it.
    """
    root = parsed(content)
    html = list(root.iter("{*}foreignObject"))
    remark = HTML_TEXT if any(not inside_switch(node) for node in html) else ""
    for node in html:
        if (parent := node.getparent()) is not None:
            parent.remove(node)  # Typst would warn of it once more, without its file
    outside = take_out_links(root)
    if outside:
        remark = LINKED.format(shortened(outside[0]))
    changed = html or outside or b"<!ENTITY" in content or b"<?xml-stylesheet" in content
    plain = is_utf8(content) and not changed
    text = content.decode() if plain else etree.tostring(root, encoding="unicode")
    drawing = text.removeprefix("\ufeff")
    if could_be_endless(root) and (problem := problem_of(drawing, SVG_SECONDS.most)):
        raise UnusableError(f"is an SVG file that {problem}.")
    width, height = size_in_typst(drawing)
    if shows_nothing(root):
        raise UnusableError(f"is empty: its viewBox is '{root.get('viewBox')}'.")
    if not has_size(root):
        root.set("viewBox", f"0 0 {width:g} {height:g}")
        return etree.tostring(root), remark
    return b"" if plain else etree.tostring(root, encoding="utf-8"), remark


def parsed(content: bytes) -> etree._Element:
    """The root of an SVG file; what it declares itself is put in, and nothing outside of it is read.

    Raises:
        UnusableError: it is not well-formed; the message names line and column.
    """
    entities: Any = "internal"  # lxml 5 and later; its stubs have only true and false
    parser = etree.XMLParser(resolve_entities=entities, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = (error.msg or "it ends early").rsplit(", line", 1)[0]
        raise UnusableError(
            f"is an SVG file that cannot be read: {reason} in its line {line}, column {column}; save it again."
        ) from None
    if etree.QName(root).localname != "svg":
        raise UnusableError("is not an SVG file; save it again in that format.")
    return root


def take_out_links(root: etree._Element) -> list[str]:
    """Take out what an SVG would have read from other files, whoever shows it; returns what that was."""
    found: list[str] = []
    for node in list(root.iter(etree.Element)):
        if etree.QName(node).localname != "a":
            for name in [name for name in node.attrib if etree.QName(name).localname == "href"]:
                if not node.get(name, "").strip().startswith(("#", "data:")):
                    found.append(str(node.attrib.pop(name)))
        for name, value in node.attrib.items():
            if "url(" in str(value).lower():
                node.set(name, without_addresses(str(value), found))
        if etree.QName(node).localname == "style" and node.text:
            node.text = without_addresses(node.text, found)
    return [address for address in found if address.strip()]


def without_addresses(css: str, found: list[str]) -> str:
    """CSS in which no ``url()`` and no ``@import`` leads to another file; what they named is added to ``found``."""

    def replace(match: re.Match[str]) -> str:
        address = (match["address"] or match["imported"]).strip(" \"'")
        if address.startswith(("#", "data:")):
            return match[0]
        found.append(address)
        return "none" if match["address"] is not None else ""

    return ADDRESS.sub(replace, css)


def inside_switch(node: etree._Element) -> bool:
    """True for one of several ways to show the same, of which another is drawn."""
    parent = node.getparent()
    return parent is not None and etree.QName(parent).localname == "switch" and len(parent) > 1


def is_utf8(content: bytes) -> bool:
    """True if bytes are text in UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def has_size(root: etree._Element) -> bool:
    """True if an SVG says how large it is, in lengths that are no shares of anything."""
    box = (root.get("viewBox") or "").replace(",", " ").split()
    if len(box) == 4 and all(re.fullmatch(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?", number) for number in box):
        return min(float(box[2]), float(box[3])) >= 1
    return all(
        re.fullmatch(r"\s*[\d.]*[1-9][\d.]*(?:px|pt|mm|cm|in|pc)?\s*", root.get(side) or "")
        for side in ("width", "height")
    )


def shows_nothing(root: etree._Element) -> bool:
    """True for an SVG whose viewBox has no width or no height, of which browsers show nothing (SVG 2, 8.6)."""
    box = (root.get("viewBox") or "").replace(",", " ").split()
    return len(box) == 4 and any(re.fullmatch(r"[-+]?0*\.?0*", number) for number in box[2:])


def size_in_typst(svg: str) -> tuple[float, float]:
    """Width and height of an SVG in points, as Typst draws it.

    Raises:
        UnusableError: it does not.
    """
    from builder.typeset.compile import font_book, queried  # the package of the book imports this one
    from builder.typeset.escape import string

    source = f'#let it = image(bytes({string(svg)}), format: "svg")\n#context [#metadata(measure(it))<size>]\n#it'
    compiler = typst.Compiler(source.encode(), font_paths=font_book(), ignore_system_fonts=True)
    try:
        found = json.loads(queried(compiler, "<size>"))
    except RuntimeError as error:
        reason = str(error).removeprefix("failed to compile document: ").split("\n")[0]
        raise UnusableError(f"is an SVG file that cannot be drawn: {reason}; save it again.") from None
    width, height = (float(found[side].removesuffix("pt")) for side in ("width", "height"))
    if min(width, height) <= 0 or max(width, height) > 1e6:
        raise UnusableError(f"is empty: {width:g} × {height:g} points.")
    return width, height
