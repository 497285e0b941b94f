"""Elements as they are compared: without what programs write or leave out as they like."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from lxml import etree

from builder.pptx.package.namespaces import A, R

IDLE = ("dirty", "err", "smtClean", "noProof", "kumimoji", "altLang", "bmk")
"""Attributes of a run that do not change its look."""
IDENTITIES = ("creationId", "modId", "decorative")

Resolve = Callable[[str], str]
"""The id of a relationship → what it leads to."""


def canonical(element: Any, resolve: Resolve | None = None) -> bytes:
    """Return an element's content in one form for all programs.

    Ids and marks of the spelling checker go, and runs of one look are joined."""
    found = copy.deepcopy(element)
    found.tail = None
    for item in list(found.iter(etree.Element)):
        parent = item.getparent()
        if parent is not None and is_negligible(item):
            parent.remove(item)
        else:
            normalize(item, resolve)
    for paragraph in found.iter(f"{A}p"):
        join_runs(paragraph)
    return etree.tostring(found, method="c14n", exclusive=True, with_comments=False)


def is_negligible(item: Any) -> bool:
    """Return whether an element is the format of a paragraph's end, or extensions with nothing but identities."""
    name = etree.QName(item).localname
    return name == "endParaRPr" or (name == "extLst" and is_idle(item))


def normalize(item: Any, resolve: Resolve | None) -> None:
    """Take out of an element what programs write as they like, and put in what its relationships lead to."""
    name = etree.QName(item).localname
    if name == "cNvPr":
        item.attrib.pop("id", None)
    if name == "rPr":
        for attribute in IDLE:
            item.attrib.pop(attribute, None)
    if item.text is not None and len(item) and not item.text.strip():
        item.text = None
    item.tail = None
    for attribute, value in list(item.attrib.items()):
        if attribute.startswith(R):
            item.set(attribute, resolve(value) if resolve is not None else "")


def equal(a: Any, b: Any) -> bool:
    """Return whether two elements are canonically the same, wherever relationships lead."""
    if etree.tostring(a, with_tail=False) == etree.tostring(b, with_tail=False):
        return True
    return letters(a) == letters(b) and canonical(a) == canonical(b)


def letters(element: Any) -> str:
    """Return all text in an element."""
    return "".join(item.text or "" for item in element.iter(f"{A}t"))


has_targets = etree.XPath("boolean(descendant-or-self::*/@r:*)", namespaces={"r": R[1:-1]})
"""True if an element names relationships, whose ids differ from deck to deck."""


def is_idle(extensions: Any) -> bool:
    """Return whether a list of extensions holds nothing but identities."""
    return all(
        etree.QName(item).localname in IDENTITIES
        for extension in extensions
        for item in extension.iterchildren(etree.Element)
    )


def join_runs(paragraph: Any) -> None:
    """Join neighbouring runs with equal properties."""
    before: Any = None
    for item in list(paragraph):
        if item.tag != f"{A}r":
            before = None
            continue
        if before is not None and properties(before) == properties(item):
            text = before.find(f"{A}t")
            text.text = (text.text or "") + (item.findtext(f"{A}t") or "")
            paragraph.remove(item)
        else:
            before = item


def properties(run: Any) -> bytes:
    """Return the properties of a run, as bytes to compare."""
    found = run.find(f"{A}rPr")
    return etree.tostring(found, method="c14n", exclusive=True, with_comments=False) if found is not None else b""
