"""The mark of a build in a deck: a custom property (ISO/IEC 29500-1, 22.3), which office programs save again."""

from __future__ import annotations

from typing import Any

from lxml import etree

PART = "/docProps/custom.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
NAME = "Book deck build"
COPY = "Book deck copy"
"""A deck that was published with edits by hand has this mark as well, which tells it from others of its build."""
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
TYPES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set that a user's own properties are in."""
FIRST_ID = 2
EMPTY = f'<Properties xmlns="{CUSTOM[1:-1]}" xmlns:vt="{TYPES[1:-1]}"/>'.encode()


def read_mark(root: Any, name: str) -> str:
    """A mark among custom properties; '' for none."""
    for found in root.iterfind(f"{CUSTOM}property"):
        if found.get("name") == name:
            return "".join(found.itertext()).strip()
    return ""


def set_mark(root: Any, name: str, mark: str) -> None:
    """Write a mark among custom properties."""
    own = next((found for found in root.iterfind(f"{CUSTOM}property") if found.get("name") == name), None)
    if own is None:
        numbers = [int(found.get("pid", FIRST_ID)) for found in root.iterfind(f"{CUSTOM}property")]
        own = etree.SubElement(root, f"{CUSTOM}property", fmtid=FORMAT, name=name)
        own.set("pid", str(max([FIRST_ID - 1, *numbers]) + 1))
    for value in list(own):
        own.remove(value)
    etree.SubElement(own, f"{TYPES}lpwstr").text = mark
