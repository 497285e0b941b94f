"""The sections of a deck's list of slides (MS-PPTX, 2.7.21): every slide is in one."""

from __future__ import annotations

import copy
from typing import Any

from builder.pptx.package.namespaces import P14, P


def sections(presentation: Any) -> list[tuple[str, list[str]]]:
    """Return name and ids of slides of each section."""
    return [
        (section.get("name", ""), [entry.get("id", "") for entry in section.iter(f"{P14}sldId")])
        for section in presentation.iter(f"{P14}section")
    ]


def merge_sections(base: Any, mine: Any, theirs: Any, same: tuple[dict[str, str], dict[str, str]]) -> None:
    """Put each slide of ``mine`` into a section: as the sources have it, unless the sections were changed by hand.

    ``same`` are the ids of slides of ``base``, and of ``theirs``, as they are in ``mine``.
    """
    order = [entry.get("id", "") for entry in mine.iterfind(f"./{P}sldIdLst/{P}sldId")]
    there = set(order)
    built = [(name, [same[0][i] for i in ids if i in same[0]]) for name, ids in sections(base)]
    own = sections(mine)
    common = {i for _, ids in built for i in ids}
    by_hand = [(name, [i for i in ids if i in common]) for name, ids in own] != built
    wanted = own if by_hand else [(name, [same[1][i] for i in ids if i in same[1]]) for name, ids in sections(theirs)]
    listed = next(mine.iter(f"{P14}sectionLst"), None)
    new = next(theirs.iter(f"{P14}sectionLst"), None)
    if listed is None or not wanted:
        return
    section_of = {i: number for number, (_, ids) in enumerate(wanted) for i in ids if i in there}
    members: list[list[str]] = [[] for _ in wanted]
    now = 0
    for i in order:
        now = section_of.get(i, now)
        members[now].append(i)
    templates = (
        list(mine.iter(f"{P14}section")) if by_hand else list(new.iter(f"{P14}section")) if new is not None else []
    )
    fresh = []
    for template, ids in zip(templates, members, strict=True):
        section = copy.deepcopy(template)
        entries = section.find(f"{P14}sldIdLst")
        if entries is None:
            entries = section.makeelement(f"{P14}sldIdLst")
            section.insert(0, entries)
        for entry in list(entries):
            entries.remove(entry)
        entries.extend(entries.makeelement(f"{P14}sldId", {"id": i}) for i in ids)
        fresh.append(section)
    for section in list(listed):
        listed.remove(section)
    listed.extend(fresh)
