"""What the parts of a .pptx must be to each other for it to open everywhere without a repair prompt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builder.pptx.package.active import what_runs
from builder.pptx.package.inspection import MAIN, Inspection, label, rule
from builder.pptx.package.namespaces import P14, P
from builder.pptx.package.parts import CONTENT_TYPES_PART, extension

FIRST_MASTER_ID = 2147483648
LEAST_SIZE, MOST_SIZE = 914_400, 51_206_400
"""The sides of a slide in EMU (ECMA-376 part 1, 19.7.14)."""
TRUE_SIZES = {
    "screen4x3": ("9144000", "6858000"),
    "screen16x9": ("9144000", "5143500"),
    "screen16x10": ("9144000", "5715000"),
}
USUAL_PARTS = (
    "/docProps/app.xml", "/docProps/core.xml", "/ppt/presProps.xml", "/ppt/viewProps.xml", "/ppt/tableStyles.xml",
)  # fmt: skip
MAIN_TYPES = {
    ".pptx": "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ".potx": "vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    ".ppsx": "vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    ".pptm": "vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    ".potm": "vnd.ms-powerpoint.template.macroEnabled.main+xml",
    ".ppsm": "vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
}
"""Ending of a file's name → the type that its main part must have (ECMA-376 part 1, 13.3.6; MS-OFFMACRO2, 2.2)."""

TARGET_TYPES = {
    **{
        kind: f"presentationml.{kind}+xml"
        for kind in ("slide", "slideLayout", "slideMaster", "notesSlide", "notesMaster", "handoutMaster")
    },
    "theme": "officedocument.theme+xml",
    "chart": "drawingml.chart+xml",
    "image": "image/",
}
"""The last word of a relationship's kind → what stands in the type of the part that it leads to."""
FOLLOWED = (
    ("slides", "slideLayout"),
    ("slideLayouts", "slideMaster"),
    ("slideMasters", "theme"),
)
"""Folder of parts → the type of the one relationship that each of them has."""


@rule
def leads_to_its_slides(deck: Inspection) -> Iterator[str]:
    if "/" not in deck.relationships:
        yield "_rels/.rels is missing: no program finds the list of slides"
    elif deck.related("/", "officeDocument") != [MAIN]:
        yield "_rels/.rels does not lead to ppt/presentation.xml"


@rule
def main_type_is_that_of_the_ending(deck: Inspection) -> Iterator[str]:
    main = deck.package.overrides.get(MAIN, "")
    wanted = f"application/{MAIN_TYPES[deck.ending]}"
    if main != wanted:
        other = next((ending for ending, name in MAIN_TYPES.items() if main == f"application/{name}"), "")
        yield f"ppt/presentation.xml has the type {main or 'of no deck'}" + (
            f", which is that of {other}: PowerPoint does not open it as {deck.ending}" if other else f", not {wanted}"
        )


@rule
def nothing_runs(deck: Inspection) -> Iterator[str]:
    for source, entries in deck.relationships.items():
        for entry in entries.values():
            if what := what_runs(entry.kind, entry.target, entry.external):
                place = label(source if entry.external else entry.target)
                yield f"{place}: {what}; programs block it, ask about it or refuse the file"


@rule
def notes_master_declared(deck: Inspection) -> Iterator[str]:
    root = deck.main
    if not deck.related(MAIN, "notesMaster"):
        return
    order = [child.tag for child in root]
    if P + "notesMasterIdLst" not in order:
        yield "presentation.xml has a notes master but no notesMasterIdLst"
    elif not order.index(P + "sldMasterIdLst") < order.index(P + "notesMasterIdLst") < order.index(P + "sldIdLst"):
        yield "notesMasterIdLst must stand between sldMasterIdLst and sldIdLst"


@rule
def size_type_true(deck: Inspection) -> Iterator[str]:
    size = deck.main.find(P + "sldSz")
    kind = size.get("type")
    if kind and TRUE_SIZES.get(kind) != (size.get("cx"), size.get("cy")):
        yield f"sldSz says {kind}, which is not its size"


@rule
def sizes_in_range(deck: Inspection) -> Iterator[str]:
    for tag, least in (("sldSz", LEAST_SIZE), ("notesSz", 1)):
        size = deck.main.find(P + tag)
        if size is None:
            yield f"presentation.xml has no {tag}"
            continue
        given = [size.get(key, "") for key in ("cx", "cy")]
        if not all(number.isdecimal() and least <= int(number) <= MOST_SIZE for number in given):
            yield f"{tag} is {' × '.join(given)} EMU: each side has {least:,} to {MOST_SIZE:,}"


@rule
def no_printer_settings(deck: Inspection) -> Iterator[str]:
    for name in deck.package.entries:
        if "printerSettings" in name:
            yield f"{label(name)} was taken over from a template"


@rule
def content_types_exact(deck: Inspection) -> Iterator[str]:
    package = deck.package
    parts = [name for name in package.entries if name != CONTENT_TYPES_PART]
    for name in package.overrides.keys() - set(parts):
        yield f"[Content_Types].xml names {label(name)}, which does not exist"
    for name in parts:
        if name not in package.overrides and extension(name) not in package.defaults:
            yield f"[Content_Types].xml has no type for {label(name)}"
    for suffix in package.defaults.keys() - {extension(name) for name in parts} - {"xml", "rels"}:
        yield f"[Content_Types].xml has a Default for .{suffix}, which nothing uses"


@rule
def creation_ids_unique(deck: Inspection) -> Iterator[str]:
    for identifier, count in deck.creation_ids.items():
        if count > 1:
            yield f"the creation id {identifier} is used {count} times"


@rule
def relationships_resolve(deck: Inspection) -> Iterator[str]:
    names = set(deck.package.entries)
    for source, entries in deck.relationships.items():
        for identifier, entry in entries.items():
            if not entry.external and entry.target not in names:
                yield f"{label(source)}: {identifier} leads to {label(entry.target)}, which does not exist"


@rule
def relationships_lead_to_their_kind(deck: Inspection) -> Iterator[str]:
    for source, entries in deck.relationships.items():
        for identifier, entry in entries.items():
            wanted = TARGET_TYPES.get(entry.type)
            found = deck.package.content_type(entry.target)
            if wanted and found and not entry.external and wanted not in found:
                leads_to = f"{label(entry.target)} is {found}"
                yield f"{label(source)}: {identifier} is a relationship to a {entry.type}, and {leads_to}"


@rule
def parts_have_what_they_follow(deck: Inspection) -> Iterator[str]:
    for folder, kind in FOLLOWED:
        for name in deck.inside(folder):
            if name in deck.relationships and (count := len(deck.related(name, kind))) != 1:
                yield f"{label(name)} has {count} relationships to a {kind}, not one"


@rule
def list_ids_in_range(deck: Inspection) -> Iterator[str]:
    root = deck.main
    slides = [int(entry.get("id")) for entry in root.iter(P + "sldId")]
    if len(set(slides)) != len(slides) or any(number < 256 for number in slides):
        yield "slide ids must be unique and 256 or more"
    entries = list(root.iter(P + "sldMasterId"))
    for name in deck.inside("slideMasters"):
        entries += deck.package.read(name).iter(P + "sldLayoutId")
    masters = [int(entry.get("id")) for entry in entries if entry.get("id")]  # the schema lets them have none
    if len(set(masters)) != len(masters) or any(number < FIRST_MASTER_ID for number in masters):
        yield f"master and layout ids must be unique across both and {FIRST_MASTER_ID} or more"


@rule
def sections_hold_each_slide_once(deck: Inspection) -> Iterator[str]:
    root = deck.main
    sections = list(root.iter(P14 + "section"))
    slides = [entry.get("id") for entry in root.iter(P + "sldId")]
    held = [entry.get("id") for section in sections for entry in section.iter(P14 + "sldId")]
    if sections and sorted(held) != sorted(slides):
        yield "the sections must hold each slide once, and no other"
    if len({section.get("id") for section in sections}) != len(sections):
        yield "the ids of sections must differ"


@rule
def charts_self_contained(deck: Inspection) -> Iterator[str]:
    used: Counter[str] = Counter()
    for name in deck.inside("slides"):
        used.update(deck.related(name, "chart"))
    for name in deck.inside("charts"):
        sheets = deck.related(name, "package")
        if len(sheets) != 1:
            yield f"{label(name)} has no embedded workbook"
        used.update(sheets)
    for name, count in used.items():
        if count > 1:
            yield f"{label(name)} is shared by {count} parts"


@rule
def usual_parts_present(deck: Inspection) -> Iterator[str]:
    for name in USUAL_PARTS:
        if name not in deck.package.entries:
            yield f"{label(name)} is missing"


@rule
def zip_in_order(deck: Inspection) -> Iterator[str]:
    if deck.package.entries[0] != CONTENT_TYPES_PART:
        yield "[Content_Types].xml must be the first entry"
    for name in deck.package.entries:
        if "\\" in name:
            yield f"{label(name)}: '/' separates folders"
        elif any(segment.strip(".") == "" or segment.endswith(".") for segment in name[1:].split("/")):
            yield f"{label(name)}: a folder or file has no name, or one that ends in a dot"
