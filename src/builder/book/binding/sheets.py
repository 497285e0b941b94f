"""A PDF that Typst wrote for one fascicle, taken apart so that it can be bound with others
(`builder.book.binding.binding`).

Each fascicle keeps its objects, with other numbers. These are given out in blocks, so that those of a fascicle stay
when another one changes a little. What is not a stream goes into object streams, which makes up for the fonts that each
fascicle brings along. References between fascicles are links to ``builder:`` addresses, which become links to named
destinations here (``place-of`` in the template). Sources: ISO 32000-1, sections 7.5.4 (cross-reference table), 7.5.7
(object streams), 12.5.6.5 (link annotations), 14.7.4.4 (parent tree).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from builder.book.binding.pdf_values import (
    HEXADECIMAL,
    STRING,
    Ref,
    read,
    string_bytes,
    string_token,
    text_token,
    write,
)

BLOCK = 64
"""Numbers of objects are given out to fascicles in multiples of so many."""
PACK = 200
"""Most objects in an object stream."""
OBJECT_STREAMS = b"%PDF-1.5"
"""The first version that has them."""
ADDRESS = b"builder:"
STREAM = b">>\nstream\n"
"""What stands between the dictionary of a stream and its content."""

_ID = rb"(?:U\d+x\d+y\d+|Note \d+)\)"
"""What ids of structure elements are like: cells that are heads of others, and footnotes."""
_MOVED = re.compile(
    rb"(?P<id>\(\d{7}(?=" + _ID + rb"))|" + STRING + rb"|(?P<ref>\d+)(?= 0 R)|(?P<key>/StructParents? \d+)", re.DOTALL
)
_BARE_ID = re.compile(rb"(?:(?<=/ID\()|(?<=[\[)]\()|(?<=^\())(?=" + _ID + rb")")
_TOKEN = STRING + rb"|" + HEXADECIMAL
_LINK = re.compile(rb"/A<</Type/Action/S/URI/URI(" + _TOKEN + rb")>>(.*?)/Contents(?:" + _TOKEN + rb")", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheets:
    """A fascicle's PDF, taken apart. All numbers of objects are those of ``base`` and above, and less than ``end``.

    ``body`` has the objects that are copied as they are, ``starts`` where in it each begins, by number; ``packs`` are
    those object streams among them, with the numbers of what they hold. ``pages`` are the numbers of its pages with
    their heights in points, ``bookmarks`` its outermost ones by number, ``keys`` and ``ids`` its entries in the trees
    of the structure, ``links`` the names of the targets that it leads to.
    """

    base: int
    end: int
    body: bytes
    starts: tuple[tuple[int, int], ...]
    packs: tuple[tuple[int, tuple[int, ...]], ...]
    head: bytes
    catalog: bytes
    info: bytes
    metadata: bytes
    pages: tuple[tuple[int, float], ...]
    media_box: bytes
    page_tree: int
    structure: int
    id_tree: int
    document: tuple[int, bytes]
    roles: bytes
    bookmarks: tuple[tuple[int, bytes], ...]
    bookmark_count: int
    keys: tuple[tuple[int, int], ...]
    ids: tuple[tuple[bytes, int], ...]
    links: frozenset[str]

    @property
    def blank_page(self) -> int:
        """The number of a blank page before these."""
        return self.end - 1

    def moved(self, base: int) -> Sheets:
        """The same with other numbers."""
        by = base - self.base
        if not by:
            return self

        def moved(number: int, text: bytes) -> tuple[int, bytes]:
            return number + by, shifted(text, by)

        body, starts, packs = written(
            dict(moved(*item) for item in self.texts()), [number + by for number, _ in self.packs]
        )
        return replace(
            self,
            base=base,
            end=self.end + by,
            body=body,
            starts=starts,
            packs=packs,
            catalog=shifted(self.catalog, by),
            pages=tuple((number + by, height) for number, height in self.pages),
            page_tree=self.page_tree + by,
            structure=self.structure + by,
            id_tree=self.id_tree + by,
            document=moved(*self.document),
            bookmarks=tuple(moved(*item) for item in self.bookmarks),
            keys=tuple((key + by, number + by) for key, number in self.keys),
            ids=tuple((shifted(name, by), number + by) for name, number in self.ids),
        )

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and text of all objects in the body."""
        packs = dict(self.packs)
        ends = [start for _, start in self.starts[1:]]
        for (number, start), end in zip(self.starts, [*ends, len(self.body)], strict=True):
            text = self.body[start:end].partition(b" obj\n")[2].removesuffix(b"\nendobj\n\n")
            if number not in packs:
                yield number, text
                continue
            first = int(read(text)[b"First"])
            content = zlib.decompress(text.partition(STREAM)[2].removesuffix(b"\nendstream"))
            places = [int(place) for place in content[:first].split()[1::2]]
            for held, here, following in zip(packs[number], places, [*places[1:], len(content)], strict=True):
                yield held, content[first + here : first + following].removesuffix(b"\n")


def written(
    texts: Mapping[int, bytes], numbers: Sequence[int], level: int = zlib.Z_DEFAULT_COMPRESSION
) -> tuple[bytes, tuple[tuple[int, int], ...], tuple[tuple[int, tuple[int, ...]], ...]]:
    """Body, starts and packs (see `Sheets`) of objects by number; ``numbers`` are those of the object streams,
    which are compressed at ``level``."""
    body = bytearray()
    starts = []
    packs = []
    loose = {number: text for number, text in texts.items() if STREAM not in text} if numbers else {}
    for number, text in texts.items():
        if number not in loose:
            starts.append((number, len(body)))
            body += b"%d 0 obj\n%b\nendobj\n\n" % (number, text)
    for number, held in zip(numbers, batched(loose, -(-len(loose) // len(numbers)) if loose else 1), strict=False):
        starts.append((number, len(body)))
        packs.append((number, held))
        body += b"%d 0 obj\n%b\nendobj\n\n" % (number, pack([(item, loose[item]) for item in held], level))
    return bytes(body), tuple(starts), tuple(packs)


def pack(held: Sequence[tuple[int, bytes]], level: int) -> bytes:
    """An object stream."""
    head, body = bytearray(), bytearray()
    for number, text in held:
        head += b"%d %d " % (number, len(body))
        body += text + b"\n"
    about = {b"Type": b"/ObjStm", b"N": len(held), b"First": len(head)}
    return stream(about, bytes(head + body), level)


def stream(about: dict[bytes, Any], content: bytes, level: int) -> bytes:
    """A stream, compressed."""
    packed = zlib.compress(content, level)
    return b"%b\nstream\n%b\nendstream" % (
        write(about | {b"Filter": b"/FlateDecode", b"Length": len(packed)}), packed,
    )  # fmt: skip


def batched(items: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Items in groups of ``size``."""
    waiting = iter(items)
    while group := tuple(islice(waiting, size)):
        yield group


def shifted(text: bytes, by: int) -> bytes:
    """An object with ``by`` added to the numbers of what it refers to; what is in its strings and in its stream
    stays.
    """

    def add(match: re.Match[bytes]) -> bytes:
        kind = match.lastgroup
        if kind == "ref":
            return b"%d" % (int(match["ref"]) + by)
        if kind == "key":
            name, _, key = match["key"].partition(b" ")
            return b"%b %d" % (name, int(key) + by)
        if kind == "id":
            return b"(%07d" % (int(match["id"][1:]) + by)
        return match[0]

    words, stream, content = text.partition(STREAM)
    return _MOVED.sub(add, words) + stream + content


def take_apart(pdf: bytes, skipped: int, pages: int) -> Sheets:
    """The ``pages`` pages after the first ``skipped`` of a PDF that Typst wrote, with base 0; its object streams are
    filled when it is moved.
    """
    texts, trailer = objects(pdf)
    catalog = read(texts[trailer[b"Root"].number])
    page_tree = catalog[b"Pages"].number
    kids = read(texts[page_tree])[b"Kids"]
    kept = kids[skipped : skipped + pages]
    info = trailer.get(b"Info")  # none in PDF 2.0
    left_out = {page_tree, trailer[b"Root"].number, catalog[b"Metadata"].number} | ({info.number} if info else set())
    lost_keys = set()
    for page in set(kids) - set(kept):
        about = read(texts[page.number])
        left_out |= {page.number, *(ref.number for ref in [about.get(b"Contents"), *about.get(b"Annots", [])] if ref)}
        lost_keys.add(about.get(b"StructParents"))
    labels = catalog.get(b"PageLabels")
    if labels is not None:
        left_out |= {labels.number, *(item.number for item in read(texts[labels.number])[b"Nums"][1::2])}
    structure = catalog[b"StructTreeRoot"].number
    about = read(texts[structure])
    document = about[b"K"][0].number
    left_out |= {structure, document}
    bookmarks: list[tuple[int, bytes]] = []
    outline = catalog.get(b"Outlines")
    count = 0
    if outline is not None:
        left_out.add(outline.number)
        root = read(texts[outline.number])
        count = int(root.get(b"Count", 0))
        following = root.get(b"First")
        while following is not None:
            bookmarks.append((following.number, texts[following.number]))
            left_out.add(following.number)
            following = read(texts[following.number]).get(b"Next")
    boxes = [read(texts[page.number])[b"MediaBox"] for page in kept]
    nums = about.get(b"ParentTree", {}).get(b"Nums", [])
    names = about.get(b"IDTree", {}).get(b"Names", [])
    links: set[str] = set()
    copied = {}
    for number, text in texts.items():
        if number in left_out:
            continue
        if ADDRESS in text or ADDRESS.hex().encode() in text.lower():
            text = with_target(text, links)
        if b"/ID" in text or b"/Headers" in text:
            text = _BARE_ID.sub(b"0000000", text)
        copied[number] = text
    head = pdf[: pdf.index(b"1 0 obj")]
    size = max(texts) + 1
    loose = sum(STREAM not in text for text in copied.values())
    numbers = range(size, size + -(-loose // PACK)) if head >= OBJECT_STREAMS else ()
    size += len(numbers) + 1
    body, starts, _ = written(copied, [])
    return Sheets(
        base=0,
        end=-(-size // BLOCK) * BLOCK,
        body=body,
        starts=starts,
        packs=tuple((number, ()) for number in numbers),
        head=head,
        catalog=texts[trailer[b"Root"].number],
        info=texts[info.number] if info else b"",
        metadata=texts[catalog[b"Metadata"].number],
        pages=tuple((page.number, float(box[3])) for page, box in zip(kept, boxes, strict=True)),
        media_box=write(boxes[0]),
        page_tree=page_tree,
        structure=structure,
        id_tree=trailer[b"Root"].number,
        document=(document, texts[document]),
        roles=write(about.get(b"RoleMap", {})),
        bookmarks=tuple(bookmarks),
        bookmark_count=count,
        keys=tuple(
            (int(key), value.number) for key, value in zip(nums[::2], nums[1::2], strict=True) if key not in lost_keys
        ),
        ids=tuple(
            (_BARE_ID.sub(b"0000000", name), value.number) for name, value in zip(names[::2], names[1::2], strict=True)
        ),
        links=frozenset(links),
    )


def objects(pdf: bytes) -> tuple[dict[int, bytes], dict[bytes, Ref]]:
    """Number → text of each object of a PDF that Typst wrote, and its trailer."""
    table = int(pdf[pdf.rindex(b"startxref") + 9 :].split(maxsplit=1)[0])
    rows, _, end = pdf[table:].partition(b"trailer")
    count = int(rows.split(maxsplit=3)[2])
    entries = rows[rows.index(b"\n", rows.index(b"\n") + 1) + 1 :]
    places = sorted(
        (int(entries[20 * n : 20 * n + 10]), n) for n in range(count) if entries[20 * n + 17 : 20 * n + 18] == b"n"
    )
    texts = {}
    for (start, number), (stop, _) in zip(places, [*places[1:], (table, 0)], strict=True):
        text = pdf[start:stop].partition(b" obj\n")[2]
        texts[number] = text[: text.rindex(b"\nendobj")]
    return texts, read(end)


def with_target(text: bytes, links: set[str]) -> bytes:
    """A link annotation that leads to a named destination in place of a ``builder:`` address; its name is added to
    ``links``.
    """

    def leads(match: re.Match[bytes]) -> bytes:
        address = string_bytes(match[1])
        if not address.startswith(ADDRESS):
            return match[0]
        name, _, words = address[len(ADDRESS) :].decode().partition("\t")
        links.add(name)
        return b"/Dest%b%b/Contents%b" % (string_token(name.encode()), match[2], text_token(words or name))

    return _LINK.sub(leads, text)
