"""A deck as PowerPoint writes it when it saves one that another program made: other names of parts, other ids of
relationships, runs cut in pieces, marks of its spelling checker and of its revisions, and its own order of attributes.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree

from builder.pptx.package.package import Package, Relationship

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def as_powerpoint(content: bytes) -> bytes:
    """The same deck, written anew."""
    package = Package(content)
    rename(package)
    for name in [name for name in package.parts if re.fullmatch(r"/ppt/(slides|notesSlides)/[^/]+\.xml", name)]:
        root = package.xml(name)
        for number, run in enumerate(list(root.iter(f"{A}r"))):
            mark(run, number)
        for end in root.iter(f"{A}endParaRPr"):
            end.set("dirty", "0")
        if name.startswith("/ppt/slides/"):
            identify(root)
        renumber(package, name, root)
        package.put(name, root)
    return package.content()


def mark(run: Any, number: int) -> None:
    """What the spelling checker leaves, and a run cut in two behind a space."""
    look = run.find(f"{A}rPr")
    if look is None:
        look = etree.Element(f"{A}rPr")
        run.insert(0, look)
    look.set("dirty", "0")
    text = run.find(f"{A}t")
    words = (text.text or "").split(" ")
    if len(words) > 3 and number % 2 == 0:
        second = copy.deepcopy(run)
        text.text = " ".join(words[:2]) + " "
        second.find(f"{A}t").text = " ".join(words[2:])
        second.find(f"{A}rPr").set("err", "1")
        run.addnext(second)


def identify(root: Any) -> None:
    """The mark of a revision of the slide."""
    extensions = root.find(f"./{P}extLst")
    if extensions is None:
        extensions = etree.SubElement(root, f"{P}extLst")
    modified = etree.SubElement(extensions, f"{P}ext", uri="{D42A27DB-BD31-4B8C-83A1-F6EECF244321}")
    etree.SubElement(modified, f"{{{P14}}}modId", nsmap={"p14": P14}).set("val", "1234567")


def renumber(package: Package, name: str, root: Any) -> None:
    """Other ids of relationships, in another order."""
    known = package.rels(name)
    new = {rid: f"rId{len(known) - number + 1}" for number, rid in enumerate(known, start=1)}
    for item in root.iter(etree.Element):
        for attribute, value in item.attrib.items():
            if attribute.startswith(R) and value in new:
                item.set(attribute, new[value])
    changed = {new[rid]: found for rid, found in known.items()}
    known.clear()
    known.update(changed)


def rename(package: Package) -> None:
    """Slides are numbered in their order."""
    root = package.xml(package.presentation)
    known = package.rels(package.presentation)
    slides = [known[entry.get(f"{R}id")].target for entry in root.iter(f"{P}sldId") if entry.get(f"{R}id")]
    names = {old: f"/ppt/slides/slide{number}.xml" for number, old in enumerate(slides, start=1)}
    relationships = {}
    for owner in ["/", *(name for name in package.parts if not name.endswith(".rels"))]:
        relationships[names.get(owner, owner)] = {
            rid: Relationship(found.kind, names.get(found.target, found.target), found.external)
            for rid, found in package.rels(owner).items()
        }
    package.parts = {
        names.get(name, name): content for name, content in package.parts.items() if not name.endswith(".rels")
    }
    package.overrides = {names.get(name, name): kind for name, kind in package.overrides.items()}
    package._rels = relationships
