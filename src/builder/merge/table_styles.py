"""Styles of tables, which a table on a slide names by their id: those of the new deck that the host does not have."""

from __future__ import annotations

from lxml import etree

from builder.pptx.package.namespaces import OFFICE, A
from builder.pptx.package.package import Package, Relationship

KIND = "tableStyles"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.tableStyles+xml"
NAME = "/ppt/tableStyles.xml"


def take_table_styles(source: Package, target: Package) -> None:
    """Add to the table styles of ``target`` those that only ``source`` has; some programs drop the whole part."""
    parts = source.related(source.presentation, KIND)
    if not parts:
        return
    own = next(iter(target.related(target.presentation, KIND)), "")
    if not own:
        own = target.free(NAME)
        target.add(own, source.parts[parts[0]], CONTENT_TYPE)
        target.relate(target.presentation, Relationship(f"{OFFICE}/{KIND}", own))
        return
    root = target.xml(own)
    known = {style.get("styleId") for style in root}
    fresh = [style for style in source.xml(parts[0]).iterchildren(etree.Element) if style.get("styleId") not in known]
    root.extend(style for style in fresh if style.tag == f"{A}tblStyle")
    if fresh:
        target.put(own, root)
