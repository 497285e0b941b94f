"""The PDF files of a book's fascicles, bound to one: pages, bookmarks, structure tree, targets and metadata in common.

Most of the file is copied from the `Sheets` of the fascicles; what is written anew are the few objects in which all
meet. Sources: ISO 32000-1, sections 7.5.4 and 7.5.8 (cross-reference table and stream), 7.7.3 (page tree), 7.9.6 and
7.9.7 (name and number trees), 12.3.3 (outline), 12.4.2 (page labels), 14.7 (logical structure).
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from roman_numerals import RomanNumeral

from builder.book.binding.pdf_values import Ref, read, string_token, write
from builder.book.binding.sheets import STREAM, Sheets, stream, written

CATALOG, PAGES, OUTLINE, STRUCTURE, DOCUMENT, METADATA, INFO, TARGETS, LABELS, JOINTS, TABLE = range(1, 12)
FIRST_BLOCK = 16
"""Where the numbers of the first fascicle begin, after those of what all have in common."""
ROW = struct.Struct(">BIH")
"""A row of a cross-reference stream: kind of object, place of it or number of its object stream, index in that."""
FREE = (0, 0, 65535)
TARGET_ABOVE = 10.0
"""Points between the top of the window and a target, as Typst has it."""
_DOCUMENT = re.compile(rb"/S/Document/P \d+ 0 R")


@dataclass(frozen=True, slots=True)
class Target:
    """A place that links may lead to: its folio, page (from 0), points from the left and from the top, and whether it
    is to be found by name.
    """

    name: str
    folio: str
    page: int
    x: float
    y: float
    is_named: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A fascicle as its pages are counted, and whether a blank page stands before them.

    ``first_folio`` is the folio of page ``arabic_from`` (from 0); before that page folios are roman ones, and with -1
    on all.
    """

    pages: int
    blank_before: bool
    arabic_from: int
    first_folio: int

    def arabic(self, page: int) -> int:
        """The folio of a page, -1 for the blank one before; 0 or less where it is a roman one."""
        return self.first_folio + page - self.arabic_from if self.arabic_from >= 0 else 0

    def bound(self, sheets: Sheets, targets: Sequence[Target]) -> Bound:
        """The fascicle as it is bound."""
        return Bound(self.pages, self.blank_before, self.arabic_from, self.first_folio, sheets, targets)


@dataclass(frozen=True, slots=True)
class Bound(Counted):
    """A fascicle as it is bound: its sheets, and the targets on them."""

    sheets: Sheets
    targets: Sequence[Target]


def based(every: Iterable[Sheets]) -> list[Sheets]:
    """The sheets of a book with the numbers that they have in it."""
    found = []
    base = FIRST_BLOCK
    for sheets in every:
        moved = sheets.moved(base)
        found.append(moved)
        base = moved.end
    return found


def bind(fascicles: Sequence[Bound]) -> bytes:
    """The PDF of a book of fascicles with the numbers that `based` gives."""
    first = fascicles[0].sheets
    meeting: dict[int, bytes] = {}
    kids = []
    parts, keys, ids = [], [], []
    for fascicle in fascicles:
        sheets = fascicle.sheets
        if fascicle.blank_before:
            kids.append(Ref(sheets.blank_page))
            blank = b"<</Type/Page/Parent %d 0 R/Resources<<>>/MediaBox%b/Tabs/S>>"
            meeting[sheets.blank_page] = blank % (PAGES, sheets.media_box)
        kids.append(Ref(sheets.page_tree))
        node = {b"Type": b"/Pages", b"Parent": Ref(PAGES), b"Count": len(sheets.pages)}
        meeting[sheets.page_tree] = write(node | {b"Kids": [Ref(number) for number, _ in sheets.pages]})
        meeting[sheets.document[0]] = _DOCUMENT.sub(b"/S/Part/P %d 0 R" % DOCUMENT, sheets.document[1], count=1)
        parts.append(Ref(sheets.document[0]))
        if sheets.keys:
            keys.append(Ref(sheets.structure))
            meeting[sheets.structure] = write(leaf(b"Nums", sheets.keys))
        if sheets.ids:
            ids.append(Ref(sheets.id_tree))
            meeting[sheets.id_tree] = write(leaf(b"Names", sheets.ids))
    count = sum(len(fascicle.sheets.pages) + fascicle.blank_before for fascicle in fascicles)
    meeting[PAGES] = write({b"Type": b"/Pages", b"Count": count, b"Kids": kids})
    tree = {b"Type": b"/StructTreeRoot", b"RoleMap": read(first.roles), b"K": [Ref(DOCUMENT)]}
    tree |= {b"ParentTree": {b"Kids": keys}} if keys else {}
    tree |= {b"IDTree": {b"Kids": ids}} if ids else {}
    meeting[STRUCTURE] = write(tree | {b"ParentTreeNextKey": fascicles[-1].sheets.end})
    meeting[DOCUMENT] = write({b"Type": b"/StructElem", b"S": b"/Document", b"P": Ref(STRUCTURE), b"K": parts})
    meeting[TARGETS] = write({b"Names": target_names(fascicles)})
    meeting[LABELS] = write({b"Nums": page_labels(fascicles)})
    about: dict[bytes, object] = {b"Root": Ref(CATALOG), b"ID": []}
    if first.info:
        meeting[INFO] = first.info
        about[b"Info"] = Ref(INFO)
    catalog = read(first.catalog) | {
        b"Pages": Ref(PAGES), b"Metadata": Ref(METADATA), b"PageLabels": Ref(LABELS), b"StructTreeRoot": Ref(STRUCTURE),
        b"Names": {b"Dests": Ref(TARGETS)},
    }  # fmt: skip
    catalog.pop(b"Outlines", None)
    if any(fascicle.sheets.bookmarks for fascicle in fascicles):
        catalog[b"Outlines"] = Ref(OUTLINE)
        meeting |= outline(fascicles)
    meeting[CATALOG] = write(catalog)
    content = hashlib.sha256()
    for fascicle in fascicles:
        content.update(fascicle.sheets.body)
    for text in meeting.values():
        content.update(text)
    instance = base64.b64encode(content.digest()[:16])
    meeting[METADATA] = metadata(first.metadata, count, instance)
    whole = re.search(rb"<xmpMM:DocumentID>(.*?)</xmpMM:DocumentID>", first.metadata)
    about[b"ID"] = [string_token(whole[1] if whole else instance), string_token(instance)]
    return file_of(fascicles, meeting, about)


def outline(fascicles: Sequence[Bound]) -> dict[int, bytes]:
    """The bookmarks of a book: the outermost ones of its fascicles, each with those beside it, and their root."""
    items = [item for fascicle in fascicles for item in fascicle.sheets.bookmarks]
    numbers = [number for number, _ in items]
    count = sum(fascicle.sheets.bookmark_count for fascicle in fascicles)
    root = {b"Type": b"/Outlines", b"First": Ref(numbers[0]), b"Last": Ref(numbers[-1]), b"Count": count}
    found = {OUTLINE: write(root)}
    for (number, text), before, after in zip(items, [0, *numbers[:-1]], [*numbers[1:], 0], strict=True):
        item = {key: value for key, value in read(text).items() if key not in (b"Prev", b"Next")}
        beside = {key: Ref(other) for key, other in ((b"Prev", before), (b"Next", after)) if other}
        found[number] = write(item | {b"Parent": Ref(OUTLINE)} | beside)
    return found


def file_of(fascicles: Sequence[Bound], meeting: Mapping[int, bytes], trailer: dict[bytes, Any]) -> bytes:
    """The file of a book: header, the bodies of its fascicles, the objects in which they meet, cross-references,
    trailer.
    """
    every = [fascicle.sheets for fascicle in fascicles]
    packed = any(sheets.packs for sheets in every)
    body, starts, packs = written(meeting, [JOINTS] if packed else [], zlib.Z_BEST_SPEED)
    out = bytearray(every[0].head)
    rows = [FREE] * every[-1].end
    for part, part_starts, part_packs in [
        *((sheets.body, sheets.starts, sheets.packs) for sheets in every), (body, starts, packs),
    ]:  # fmt: skip
        for number, start in part_starts:
            rows[number] = 1, len(out) + start, 0
        for number, held in part_packs:
            for index, item in enumerate(held):
                rows[item] = 2, number, index
        out += part
    table = len(out)
    if packed:
        rows[TABLE] = 1, table, 0
        content = b"".join(starmap(ROW.pack, rows))
        about = {b"Type": b"/XRef", b"Size": len(rows), b"W": [1, 4, 2]}
        out += b"%d 0 obj\n%b\nendobj\n" % (TABLE, stream(about | trailer, content, zlib.Z_BEST_SPEED))
    else:
        lines = (b"%010d %05d %b \n" % (place, index, b"fn"[kind : kind + 1]) for kind, place, index in rows)
        out += b"xref\n0 %d\n%btrailer\n%b\n" % (len(rows), b"".join(lines), write({b"Size": len(rows)} | trailer))
    out += b"startxref\n%d\n%%%%EOF" % table
    return bytes(out)


def leaf(kind: bytes, entries: Sequence[tuple[int | bytes, int]]) -> dict[bytes, object]:
    """A leaf of a name or number tree."""
    ordered = sorted(entries)
    flat = [item for key, number in ordered for item in (key, Ref(number))]
    return {b"Limits": [ordered[0][0], ordered[-1][0]], kind: flat}


def target_names(fascicles: Sequence[Bound]) -> list[object]:
    """The names of the targets that links lead to, and of those to be found by name, in order, each with its place."""
    wanted = set().union(*(fascicle.sheets.links for fascicle in fascicles))
    places: dict[bytes, list[object]] = {}
    for fascicle in fascicles:
        for target in fascicle.targets:
            if target.is_named or target.name in wanted:
                number, height = fascicle.sheets.pages[target.page]
                place = [Ref(number), b"/XYZ", target.x, height - max(target.y - TARGET_ABOVE, 0.0), 0]
                places.setdefault(target.name.encode(), place)
    return [item for name in sorted(places) for item in (string_token(name), places[name])]


def without_target(fascicles: Sequence[Bound]) -> list[str]:
    """Names that links lead to, and that no fascicle has."""
    names = {target.name for fascicle in fascicles for target in fascicle.targets}
    return sorted(set().union(*(fascicle.sheets.links for fascicle in fascicles)) - names)


def counted_pages(fascicles: Sequence[Counted]) -> list[tuple[bytes, int]]:
    """Return how each page of a book is counted, blank ones too (section 12.4.2): the style of its folio, and its
    number.
    """
    pages: list[tuple[bytes, int]] = []
    for fascicle in fascicles:
        for page in range(-fascicle.blank_before, fascicle.pages):
            folio = fascicle.arabic(page)
            pages.append((b"/D", folio) if folio > 0 else (b"/r", len(pages) + 1))
    return pages


def page_folios(fascicles: Sequence[Counted]) -> list[str]:
    """The folio of each page of a book, as text."""
    return [
        str(number) if style == b"/D" else RomanNumeral(number).to_lowercase()
        for style, number in counted_pages(fascicles)
    ]


def page_labels(fascicles: Sequence[Bound]) -> list[object]:
    """Return where the folios begin anew, and how they are counted."""
    pages = counted_pages(fascicles)
    found: list[object] = []
    for index, (style, number) in enumerate(pages):
        if not index or pages[index - 1] != (style, number - 1):
            found += [index, {b"S": style, b"St": number}]
    return found


def metadata(packet: bytes, pages: int, instance: bytes) -> bytes:
    """The XMP packet of a fascicle as that of a book."""
    content = packet.partition(STREAM)[2].removesuffix(b"\nendstream")
    content = re.sub(rb"(?<=<xmpTPg:NPages>)\d+", b"%d" % pages, content)
    content = re.sub(rb"(?<=<xmpMM:InstanceID>)[^<]*", lambda _: instance, content)
    head = {b"Type": b"/Metadata", b"Subtype": b"/XML", b"Length": len(content)}
    return write(head) + b"\nstream\n" + content + b"\nendstream"
