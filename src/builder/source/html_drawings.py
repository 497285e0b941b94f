"""Drawings in raw HTML: an SVG that stands by itself, as XML has it, from what a parser of HTML makes of it."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from lxml import etree, html

from builder.store.text import clean

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
CAPITALS = """
altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath feBlend feColorMatrix
feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient radialGradient textPath
attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant edgeMode filterUnits
gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust
limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves pathLength
patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
primitiveUnits refX refY repeatCount repeatDur requiredExtensions requiredFeatures specularConstant specularExponent
spreadMethod startOffset stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX targetY textLength
viewBox viewTarget xChannelSelector yChannelSelector zoomAndPan
"""
NAMES = {name.lower(): name for name in CAPITALS.split()}
"""Names of elements and attributes that have capital letters, which parsers of HTML write small (HTML, 13.2.6)."""
NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
"""A name of XML without a prefix; HTML takes others as well, as in ``@click``."""
SHOWN_NOWHERE = {"defs", "symbol", "title", "desc", "metadata", "style", "script", "clippath", "lineargradient",
                 "radialgradient", "pattern", "mask", "marker", "filter"}  # fmt: skip
"""Elements that draw nothing where they stand."""


class svg_drawing(nodes.General, nodes.Element):
    """A drawing whose SVG text is in its attribute ``svg``, and what it shows in ``alt`` ('' when decorative)."""


def drawing_of(element: html.HtmlElement) -> svg_drawing | None:
    """The drawing of an ``svg`` element, with the shapes that it takes from others of the page; None for one that only
    holds shapes for others.
    """
    if all(name_of(child) in SHOWN_NOWHERE for child in element):
        return None
    spaces: Any = {None: SVG, "xlink": XLINK}  # of which the stubs know none without a prefix
    root = etree.Element(etree.QName(SVG, "svg"), nsmap=spaces)
    fill(root, element)
    add_borrowed(root, element)
    title = next((child.text for child in element if name_of(child) == "title" and child.text), "")
    return svg_drawing("", svg=etree.tostring(root, encoding="unicode"), alt=title or element.get("aria-label", ""))


def fill(target: etree._Element, source: html.HtmlElement) -> None:
    """Give an element of SVG the attributes, text and children of one of HTML; those of editors' own are left out."""
    for key, value in source.attrib.items():
        if name := attribute_name(str(key)):
            target.set(name, clean(str(value)))
    target.text = clean(source.text or "")
    for child in source:
        name = name_of(child)
        if name == "script" or not NAME.fullmatch(name):
            keep_tail(target, child.tail)
            continue
        made = etree.SubElement(target, etree.QName(SVG, NAMES.get(name, name)))
        fill(made, child)
        made.tail = clean(child.tail or "")


def keep_tail(target: etree._Element, tail: str | None) -> None:
    """Put the text behind an element that is left out where it stood."""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + clean(tail or "")
    else:
        target.text = (target.text or "") + clean(tail or "")


def attribute_name(name: str) -> str | etree.QName:
    """The name of an attribute in SVG; '' for what is none of its."""
    prefix, colon, local = name.rpartition(":")
    if not NAME.fullmatch(local):
        return ""
    if colon:
        namespace = {"xlink": XLINK, "xml": XML}.get(prefix)
        return etree.QName(namespace, local) if namespace else ""
    return "" if name == "xmlns" else NAMES.get(name, name)


def add_borrowed(root: etree._Element, element: html.HtmlElement) -> None:
    """Put the shapes into a drawing that it uses from other drawings of the page, and those that they use."""
    wanted = used_in(root)
    if not wanted:
        return
    others = {str(other.get("id")): other for other in element.getroottree().iter() if other.get("id")}
    own = {node.get("id") for node in root.iter("*")}
    while wanted:
        name = wanted.pop()
        if name in own or name not in others or element in others[name].iter():
            continue
        own.add(name)
        kind = name_of(others[name])
        shapes = etree.SubElement(root, etree.QName(SVG, "defs"))
        fill(etree.SubElement(shapes, etree.QName(SVG, NAMES.get(kind, kind))), others[name])
        wanted += used_in(shapes)


def used_in(root: etree._Element) -> list[str]:
    """The names of the shapes that a part of a drawing uses."""
    uses = root.iter(f"{{{SVG}}}use")
    addresses = [node.get("href") or node.get(etree.QName(XLINK, "href")) or "" for node in uses]
    return [address.removeprefix("#") for address in addresses if address.startswith("#")]


def name_of(element: html.HtmlElement) -> str:
    """The name of an element in small letters, '' for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""
