"""What runs, fetches or signs in the decks and templates of strangers: found by relationships, taken out and named.

Pictures, texts, charts with their workbooks and plain links stay. An object that a program would open (OLE) leaves its
picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from builder.pptx.package.namespaces import MC, A, P, R
from builder.pptx.package.package import Package, last_word, natural
from builder.pptx.package.parts import XML_ENDINGS, extension, may_name

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
RUNS = {
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "attachedToolbars": "macros",
    "control": "an ActiveX control",
    "activeXControlBinary": "an ActiveX control",
    "ctrlProp": "an ActiveX control",
    "oleObject": "an embedded object",
    "extensibility": "buttons of its own",
    "userCustomization": "buttons of its own",
    "webextensiontaskpanes": "an add-in",
    "webextension": "an add-in",
    "origin": "a digital signature",
    "signature": "a digital signature",
    "attachedTemplate": "a template elsewhere",
}
"""The last word of a relationship's type (ECMA-376 part 1, 15; MS-OFFMACRO, MS-OE376) → what its target is."""
LINKS = ("hyperlink",)
"""External targets that stay: they lead somewhere when a person follows them, and nothing is fetched before."""
LINK_ELEMENTS = ("hlinkClick", "hlinkHover", "hlinkMouseOver")
ACTIONS = ("ppaction://program", "ppaction://macro", "ppaction://ole")
"""What a click may do that runs something."""
SCRIPTS = ("javascript:", "vbscript:", "data:", "ms-", "search-ms:")
"""How addresses begin that run or open something when they are followed."""
WHOLE = ("videoFile", "audioFile", "wavAudioFile", "quickTimeFile", "audioCd", "snd", "externalData", "control", "tags")
"""Elements that are nothing without their target."""


def what_runs(kind: str, target: str, external: bool) -> str:
    """Return what a relationship leads to that runs, fetches or signs, ``macros``; '' for a harmless one."""
    word = last_word(kind)
    if word in RUNS:
        return RUNS[word]
    if external and word not in LINKS:
        return f"a link to {target}"
    if external and target.strip().lower().startswith(SCRIPTS):
        return f"a link to {target[:40]}"
    return ""


def disarmed(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a deck or template as one that nothing runs in, and what was taken out; the same bytes where that is
    nothing.

    Raises:
        PackageError: it cannot be read.
    """
    package = Package(content)
    found = tuple(dict.fromkeys(take_out(package)))
    put_right = declare_presentation(package)
    return (package.content() if found or put_right else content), found


def declare_presentation(package: Package) -> bool:
    """Give the main part of a template, a show or a deck with macros the type of a .pptx file; returns whether it
    had another."""
    if package.content_type(package.presentation) == MAIN_TYPE:
        return False
    package.overrides[package.presentation] = MAIN_TYPE
    return True


def take_out(package: Package) -> Iterator[str]:
    """Remove what runs; yields what it is, and where: ``macros (ppt/vbaProject.bin)``."""
    for owner in sorted({"/", *package.reached()}, key=natural):
        gone: dict[str, str] = {}
        for rid, found in package.rels(owner).items():
            what = what_runs(found.kind, found.target, found.external) or has_macros(package, found.type, found.target)
            if what:
                gone[rid] = f"{what} ({(owner if found.external else found.target).lstrip('/')})"
        for rid in gone:
            del package.rels(owner)[rid]
        yield from dict.fromkeys(gone.values())
        if extension(owner) in XML_ENDINGS:
            yield from clean_part(package, owner, set(gone))


def has_macros(package: Package, kind: str, target: str) -> str:
    """Return ``a workbook with macros`` for an embedded document that has some; '' for others."""
    content = package.parts.get(target, b"") if kind == "package" else b""
    return "an embedded document with macros" if b"vbaProject.bin" in content else ""


def clean_part(package: Package, name: str, gone: set[str]) -> Iterator[str]:
    """Remove the references of a part to relationships that are gone, and actions that run something; yields the
    latter."""
    content = package.parts.get(name, b"")
    acts = may_name(content, b"action")  # the address may be written with references to characters
    if not gone and not acts:
        return
    root = package.xml(name)
    before = len(list(root.iter()))
    actions = [element for element in root.iter(etree.Element) if element.get("action", "").lower().startswith(ACTIONS)]
    for element in actions:
        element.getparent().remove(element)
    if actions:
        yield f"an action that runs a program ({name.lstrip('/')})"
    for element in list(root.iter(etree.Element)):
        for attribute in [key for key, value in element.attrib.items() if key.startswith(R) and value in gone]:
            forget(element, attribute)
    if gone or len(list(root.iter())) != before:
        package.put(name, root)


def forget(element: Any, attribute: str) -> None:
    """Take out a reference: an attribute, or the element that is nothing without it; an object leaves its picture."""
    name = etree.QName(element).localname
    if name == "oleObj":
        leave_picture(element)
    elif name in LINK_ELEMENTS or name in WHOLE:
        element.getparent().remove(element)
    elif name == "media":
        extension_list = element.getparent()
        extension_list.getparent().remove(extension_list)
    elif attribute in element.attrib:
        del element.attrib[attribute]


def leave_picture(element: Any) -> None:
    """Replace the frame of an embedded object by its picture, if it has one."""
    frame = next((up for up in element.iterancestors() if up.tag == f"{P}graphicFrame"), None)
    if frame is None or frame.getparent() is None:
        return
    choice = next((up for up in frame.iterancestors() if up.tag == f"{MC}AlternateContent"), None)
    place = frame if choice is None else choice
    picture = next((found for found in frame.iter(f"{P}pic")), None)
    if picture is not None:
        place.addprevious(picture)
        transform, own = frame.find(f"{P}xfrm"), picture.find(f"{P}spPr/{A}xfrm")
        if transform is not None and own is None and picture.find(f"{P}spPr") is not None:
            transform.tag = f"{A}xfrm"
            picture.find(f"{P}spPr").insert(0, transform)
        identity = frame.find(f"{P}nvGraphicFramePr/{P}cNvPr")
        target = picture.find(f"{P}nvPicPr/{P}cNvPr")
        if identity is not None and target is not None:
            for key in ("id", "name", "descr"):
                if identity.get(key):
                    target.set(key, identity.get(key))
    place.getparent().remove(place)
