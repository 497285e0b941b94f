"""Decks as strangers may send them: broken in transit, written by other programs, or made to do harm."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

SLIDE = "ppt/slides/slide2.xml"
SLIDE_RELS = "ppt/slides/_rels/slide2.xml.rels"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
BILLION = (
    b'<!DOCTYPE x [<!ENTITY a '
    b'"aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>"
)  # fmt: skip
Parts = dict[str, bytes]


def parts_of(deck: bytes) -> Parts:
    archive = zipfile.ZipFile(io.BytesIO(deck))
    return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(deck: bytes, name: str, content: bytes) -> bytes:
    return packed(parts_of(deck) | {name: content})


def edited(deck: bytes, name: str, old: str, new: str) -> bytes:
    """The deck with a pattern replaced once in a part."""
    text, count = re.subn(old, lambda _match: new, parts_of(deck)[name].decode(), count=1, flags=re.DOTALL)
    assert count
    return with_part(deck, name, text.encode())


def in_slide(deck: bytes, xml: str) -> bytes:
    return edited(deck, SLIDE, "</p:spTree>", f"{xml}</p:spTree>")


def related(
    deck: bytes, name: str, kind: str, target: str, *, external: bool = False, base: str = RELATIONSHIP
) -> bytes:
    """The deck with a further relationship, ``rId900``."""
    mode = ' TargetMode="External"' if external else ""
    return edited(
        deck,
        name,
        "</Relationships>",
        f'<Relationship Id="rId900" Type="{base}/{kind}" Target="{target}"{mode}/></Relationships>',
    )


def lying(deck: bytes) -> bytes:
    """A part of 60 MB whose size is said to be 10 bytes."""
    out = with_part(deck, SLIDE, b"<a/>" + b" " * 60_000_000)
    size = (60_000_004).to_bytes(4, "little")
    return out.replace(size, (10).to_bytes(4, "little"))


def encrypted(deck: bytes) -> bytes:
    return re.sub(rb"(PK\x01\x02.{4})..", lambda match: match[1] + b"\x01\x00", deck, flags=re.DOTALL)


def twice(deck: bytes) -> bytes:
    out = io.BytesIO(deck)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SLIDE, b"<other/>")
    return out.getvalue()


BEYOND: dict[str, Callable[[bytes], bytes]] = {
    "a slide of 99 MB": lambda deck: in_slide(deck, "<p:sp/>" * 14_000_000),
    "a slide of 6 MB": lambda deck: in_slide(deck, f"<!--{'x' * 6_000_000}-->"),
    "a slide of many elements": lambda deck: in_slide(deck, "<p:sp/>" * 300_000),
    "a slide of many attributes": lambda deck: in_slide(deck, f"<p:sp {' '.join(f'a{n}={chr(34) * 2}' for n in range(300_000))}/>"),
    "a slide of many levels": lambda deck: in_slide(deck, "<p:grpSp>" * 110 + "</p:grpSp>" * 110),
    "a slide of 100,000 levels": lambda deck: in_slide(deck, "<p:grpSp>" * 100_000 + "</p:grpSp>" * 100_000),
    "a theme of 99 MB": lambda deck: with_part(deck, "ppt/theme/theme1.xml", b"<a>" + b"<b/>" * 24_000_000 + b"</a>"),
    "relationships of 99 MB": lambda deck: with_part(deck, SLIDE_RELS, b"<a>" + b"<b/>" * 24_000_000 + b"</a>"),
    "content types of 99 MB": lambda deck: with_part(deck, "[Content_Types].xml", b"<Types>" + b"<b/>" * 24_000_000 + b"</Types>"),
    "many slides of 19 MB": lambda deck: packed(parts_of(deck) | {f"ppt/slides/x{n}.xml": b" " * 19_000_000 for n in range(8)}),
    "a picture of 120 MB": lambda deck: with_part(deck, "ppt/media/x.png", bytes(120_000_000)),
    "a film of 300 MB of nothing": lambda deck: with_part(deck, "ppt/media/x.mp4", bytes(300_000_000)),
    "a part larger than it says": lying,
    "entities": lambda deck: edited(deck, SLIDE, "<p:sld ", BILLION.decode() + "<p:sld "),
    "a document type behind a long comment": lambda deck: edited(deck, SLIDE, "<p:sld ", f"<!--{'x' * 9000}--><!DOCTYPE p:sld><p:sld "),
    "entities in UTF-16": lambda deck: with_part(deck, SLIDE, '<!DOCTYPE a [<!ENTITY b '
                                                              '"c">]><a>&b;</a>'.encode("utf-16")),
    "an encoding that nobody reads": lambda deck: with_part(deck, SLIDE, b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-'),
    "an absolute name": lambda deck: with_part(deck, "/etc/passwd", b"x"),
    "a name that leaves": lambda deck: with_part(deck, "ppt/../../../x.xml", b"<a/>"),
    "a name of a drive": lambda deck: with_part(deck, "C:/x.xml", b"<a/>"),
    "a name that leaves, with backslashes": lambda deck: with_part(deck, "ppt\\..\\..\\x.xml", b"<a/>"),
    "a name twice": twice,
    "a name twice, in capitals": lambda deck: with_part(deck, SLIDE.upper(), b"<a/>"),
    "encrypted": encrypted,
    "OLE2": lambda _deck: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "a page of the web": lambda _deck: b"<!DOCTYPE html><html><body>404</body></html>",
    "PDF": lambda _deck: b"%PDF-1.7\n",
    "empty": lambda _deck: b"",
    "half of it": lambda deck: deck[: len(deck) // 2],
    "text": lambda _deck: b"not a zip",
    "another zip": lambda _deck: packed({"a.txt": b"a"}),
    "no content types": lambda deck: packed({name: content for name, content in parts_of(deck).items() if name != "[Content_Types].xml"}),
    "too many parts": lambda deck: packed(parts_of(deck) | {f"x/{n}.bin": b"" for n in range(61_000)}),
    "content types that are no XML": lambda deck: with_part(deck, "[Content_Types].xml", b"<Types"),
}  # fmt: skip
"""What no program writes: refused by all that read decks."""

OTHERWISE: dict[str, Callable[[bytes], bytes]] = {
    "no relationships of the package": lambda deck: packed({n: c for n, c in parts_of(deck).items() if n != "_rels/.rels"}),
    "no list of slides": lambda deck: packed({n: c for n, c in parts_of(deck).items() if n != "ppt/presentation.xml"}),
    "a list of slides that is something else": lambda deck: with_part(deck, "ppt/presentation.xml", b"<other/>"),
    "a slide that is something else": lambda deck: with_part(deck, SLIDE, b"<other/>"),
    "a slide that is no XML": lambda deck: with_part(deck, SLIDE, b"<p:sld"),
    "a slide of nothing": lambda deck: with_part(deck, SLIDE, b""),
    "no slide": lambda deck: packed({n: c for n, c in parts_of(deck).items() if n != SLIDE}),
    "no master": lambda deck: packed({n: c for n, c in parts_of(deck).items() if "slideMaster1.xml" not in n}),
    "no layouts": lambda deck: packed({n: c for n, c in parts_of(deck).items() if "slideLayout" not in n}),
    "no themes": lambda deck: packed({n: c for n, c in parts_of(deck).items() if "theme" not in n}),
    "no relationships at all": lambda deck: packed({n: c for n, c in parts_of(deck).items() if not n.endswith(".rels")}),
    "wrong content types": lambda deck: with_part(deck, "[Content_Types].xml", parts_of(deck)["[Content_Types].xml"].replace(b"slide+xml", b"theme+xml")),
    "a slide that is its own layout": lambda deck: edited(deck, SLIDE_RELS, r"\.\./slideLayouts/slideLayout\d+\.xml", "slide2.xml"),
    "relationships in a circle": lambda deck: related(deck, SLIDE_RELS, "slide", "slide2.xml"),
    "a relationship to nothing": lambda deck: related(deck, SLIDE_RELS, "image", "../media/none.png"),
    "a relationship that leaves": lambda deck: related(deck, SLIDE_RELS, "image", "../../../../../etc/passwd"),
    "a relationship without a target": lambda deck: edited(deck, SLIDE_RELS, r' Target="[^"]*"', ""),
    "a relationship without a type": lambda deck: edited(deck, SLIDE_RELS, r' Type="[^"]*"', ""),
    "sizes that are no numbers": lambda deck: edited(deck, "ppt/presentation.xml", r'cx="\d+"', 'cx="NaN"'),
    "sizes beyond all numbers": lambda deck: edited(deck, "ppt/presentation.xml", r'cx="\d+"', f'cx="{"9" * 5000}"'),
    "no size": lambda deck: edited(deck, "ppt/presentation.xml", r"<p:sldSz[^>]*/>", ""),
    "ids that are no numbers": lambda deck: edited(deck, "ppt/presentation.xml", r'<p:sldId id="\d+"', '<p:sldId id="x"'),
    "a picture that is none": lambda deck: with_part(deck, "ppt/media/image1.png", b"x"),
    "groups in groups": lambda deck: in_slide(deck, "<p:grpSp><p:nvGrpSpPr/><p:grpSpPr/>" * 60 + "</p:grpSp>" * 60),
    "ten thousand shapes": lambda deck: in_slide(deck, '<p:sp><p:nvSpPr><p:cNvPr id="9" '
                                                       'name="x"/></p:nvSpPr></p:sp>' * 10_000),
    "a paragraph of 900,000 letters": lambda deck: edited(deck, SLIDE, r"<a:t>[^<]*</a:t>", f"<a:t>{'long ' * 180_000}</a:t>"),
    "five thousand paragraphs": lambda deck: edited(deck, SLIDE, r"</a:p>", "</a:p>" + "<a:p><a:r><a:t>one more</a:t></a:r></a:p>" * 5000),
    "a text without text": lambda deck: edited(deck, SLIDE, r"<a:t>[^<]*</a:t>", ""),
    "namespaces gone": lambda deck: with_part(deck, SLIDE, re.sub(rb"</?[a-z0-9]+:", lambda m: m[0].split(b":")[0][: 1 + m[0].startswith(b"</")], parts_of(deck)[SLIDE])),
}  # fmt: skip
"""What another program may write, or a disk may leave: read as far as it goes, or refused."""


def damaged(deck: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Decks with bytes flipped, ends cut off, parts dropped and swapped, at random."""
    chance = random.Random(seed)
    parts = parts_of(deck)
    for _ in range(count):
        kind = chance.randrange(5)
        if kind == 0:
            yield deck[: chance.randrange(len(deck))]
        elif kind == 1:
            content = bytearray(deck)
            for _ in range(chance.randrange(1, 20)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            yield bytes(content)
        elif kind == 2:
            gone = set(chance.sample(sorted(parts), chance.randrange(1, 4)))
            yield packed({name: content for name, content in parts.items() if name not in gone})
        elif kind == 3:
            one, other = chance.sample(sorted(parts), 2)
            yield packed(parts | {one: parts[other], other: parts[one]})
        else:
            name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
            yield packed(parts | {name: torn(parts[name], chance)})


def torn(xml: bytes, chance: random.Random) -> bytes:
    """Well-formed XML with elements, attributes and values gone or changed."""
    pieces = re.findall(rb"<[^>]*>|[^<]+", xml)
    for _ in range(chance.randrange(1, 6)):
        index = chance.randrange(len(pieces))
        piece = pieces[index]
        if chance.random() < 0.5:
            pieces[index] = re.sub(rb' [A-Za-z:]+="[^"]*"', b"", piece, count=chance.randrange(1, 3))
        elif piece.endswith(b"/>"):
            pieces[index] = b""
        else:
            pieces[index] = re.sub(
                rb'="[^"]*"', chance.choice([b'="-1"', b'="x"', b'=""', b'="99999999999999"']), piece, count=1
            )
    return b"".join(pieces)
