"""The sections of a deck, as PowerPoint lists slides: those of the book ([MS-PPTX] 2.6.16, ``sectionLst``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from builder.deck.model import FittedDeck
from builder.pptx.xml import P14, guid_from
from builder.store.text import clean

EXTENSION = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def sections_of(fitted: FittedDeck) -> list[tuple[str, list[int]]]:
    """(name, places of its slides) of each section: slides in a row from one section of the book stand together."""
    found: list[tuple[str, list[int]]] = []
    for index, slide in enumerate(fitted.slides):
        place = slide.slide.place
        name = place.section.name if place is not None else fitted.deck.title
        if found and found[-1][0] == name:
            found[-1][1].append(index)
        else:
            found.append((name, [index]))
    return found


def list_sections(root: Any, fitted: FittedDeck, ids: Sequence[str], front: Sequence[str], back: Sequence[str]) -> None:
    """Put the sections into ``p:presentation``, which has none.

    ``ids`` are the slides' ids in their order; ``front`` and ``back`` those of slides that come from the template.
    """
    sections = [(name, [ids[place] for place in places]) for name, places in sections_of(fitted)]
    if front:
        sections[0] = (sections[0][0], [*front, *sections[0][1]])
    if back:
        sections.append((fitted.deck.title, list(back)))
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        extensions = etree.SubElement(root, qn("p:extLst"))
    extension = etree.SubElement(extensions, qn("p:ext"), uri=EXTENSION)
    listed = etree.SubElement(extension, f"{{{P14}}}sectionLst", nsmap={"p14": P14})
    for number, (name, members) in enumerate(sections):
        guid = guid_from("section", fitted.deck.name, number, name)
        section = etree.SubElement(listed, f"{{{P14}}}section", name=clean(name), id=guid)
        slides = etree.SubElement(section, f"{{{P14}}}sldIdLst")
        for member in members:
            etree.SubElement(slides, f"{{{P14}}}sldId", id=member)
