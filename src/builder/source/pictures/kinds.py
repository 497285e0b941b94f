"""What a file is, by its bytes and not by its ending."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path

START = 4096
"""How many bytes of a file are looked at."""


def _is_svg(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode()
    return re.search(rb"<(?:\w+:)?svg[\s>]", start) is not None and b"<html" not in start[:1000].lower()


def _box(*brands: bytes) -> Callable[[bytes], bool]:
    """Of the container of ISO 14496-12: its first box is ``ftyp`` with one of these brands."""
    return lambda start: start[4:8] == b"ftyp" and any(brand in start[8:40] for brand in brands)


def _opens(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(signatures)


KINDS: dict[str, Callable[[bytes], bool]] = {
    "png": _opens(b"\x89PNG\r\n\x1a\n"),
    "jpg": _opens(b"\xff\xd8\xff"),
    "gif": _opens(b"GIF87a", b"GIF89a"),
    "webp": lambda start: start.startswith(b"RIFF") and start[8:12] == b"WEBP",
    "pdf": lambda start: b"%PDF-" in start[:1024],
    "svg": _is_svg,
    "svgz": _opens(b"\x1f\x8b"),
    "tiff": _opens(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    "bmp": _opens(b"BM"),
    "ico": _opens(b"\0\0\1\0", b"\0\0\2\0"),
    "avif": _box(b"avif", b"avis"),
    "heic": _box(b"heic", b"heix", b"mif1", b"hevc"),
    "jp2": _opens(b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"),
    "jxl": _opens(b"\xff\x0a", b"\0\0\0\x0cJXL "),
    "emf": lambda start: start.startswith(b"\1\0\0\0") and start[40:44] == b" EMF",
    "wmf": _opens(b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0"),
    "eps": _opens(b"%!PS", b"\xc5\xd0\xd3\xc6"),
    "psd": _opens(b"8BPS"),
    "pnm": lambda start: re.match(rb"P[1-7]\s", start) is not None,
    "icns": _opens(b"icns"),
    "qoi": _opens(b"qoif"),
}
"""Kind of picture → what is true of the bytes that such a file opens with; the first that holds counts."""

OTHERS: dict[str, Callable[[bytes], bool]] = {
    "a pointer of Git LFS and not the picture; run 'git lfs pull'": _opens(b"version https://git-lfs.github.com/spec"),
    "a web page (HTML), and no picture": lambda start: (
        re.match(rb"\s*<(?:!doctype html|html|head|body)", start, re.IGNORECASE) is not None
    ),
    "an XML file, and no picture": lambda start: start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"),
    "a ZIP archive or an office document, and no picture": _opens(b"PK\3\4"),
    "a film or sound, and no picture": lambda start: (
        start[4:8] == b"ftyp" or start.startswith((b"\x1aE\xdf\xa3", b"ID3", b"OggS", b"RIFF"))
    ),
    "a text file, and no picture": lambda start: (
        bool(start) and b"\0" not in start and not re.search(rb"[\x01-\x08\x0e-\x1a]", start)
    ),
}
"""What else a file may be whose name says that it is a picture."""

ENDINGS = {"jpg": (".jpg", ".jpeg", ".jpe", ".jfif"), "png": (".png",), "svg": (".svg",)}
"""Kinds that print and slides show as they are → the endings that their files may have."""


def kind_of(start: bytes) -> str:
    """The kind of picture that opens with these bytes, '' when it is none that is known."""
    return next((kind for kind, holds in KINDS.items() if holds(start)), "")


def other_kind_of(start: bytes) -> str:
    """Return what a file is that is no picture, in words that follow 'is'."""
    return next((name for name, holds in OTHERS.items() if holds(start)), "no picture of a kind that is known")


def absence(path: Path) -> str:
    """What to say of a picture that is not there, behind its name."""
    near = near_name(path)
    if near.lower() == path.name.lower():
        return f"does not exist; write '{near}', as the file is named: capital and small letters differ."
    if near:
        return f"does not exist; is '{near}' beside it meant?"
    return "does not exist; paths start at the document's folder, or at the book's folder with a leading '/'."


def near_name(path: Path) -> str:
    """The name of the picture beside a missing one that its author may have meant, '' when there is none."""
    try:
        beside = sorted(other.name for other in path.parent.iterdir() if other.is_file())
    except OSError:
        return ""
    drawn = {name: Path(name).stem.lower() for name in beside if Path(name).suffix.lower() in DRAWN}
    same = [name for name in beside if name.lower() == path.name.lower()]
    stem = [name for name, found in drawn.items() if found == path.stem.lower()]
    stem.sort(key=alike_ending(path), reverse=True)
    near = difflib.get_close_matches(path.stem.lower(), set(drawn.values()), 1, NEAR)
    return next(iter([*same, *stem, *(name for name, found in drawn.items() if found in near)]), "")


def alike_ending(path: Path) -> Callable[[str], float]:
    """Return a function that says how much alike the ending of a name and that of ``path`` are."""
    ending = path.suffix.lower()
    return lambda name: difflib.SequenceMatcher(None, ending, Path(name).suffix.lower()).ratio()


NEAR = 0.75
"""How much alike the names of files must be that one is asked for in the place of the other (`difflib`)."""
DRAWN = {f".{kind}" for kind in KINDS} | {".jpeg", ".tif", ".jpe"}
"""Endings of pictures."""
