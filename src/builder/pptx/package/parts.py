"""An Office package as bytes → its parts, unpacked and parsed within limits (ISO/IEC 29500-2).

Every reader of decks and templates begins here.

What is no package, or more than any program writes, is a `PackageError`.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from builder.errors import AuthorError, Source, shortened
from builder.store.limits import (
    FILE_BYTES,
    FILM_RATIO,
    LARGE_BYTES,
    LARGE_NODES,
    PARTS,
    PICTURE_BYTES,
    SLIDE_BYTES,
    SLIDE_NODES,
    XML_BYTES,
    XML_DEPTH,
    XML_NODES,
    Limit,
)

CONTENT_TYPES_PART = "/[Content_Types].xml"
LARGE = {"chartSpace", "presentation", "Types", "Relationships", "Properties"}
"""Roots of the parts that grow with a deck or with its data."""
FILMS = {"mp4", "m4v", "mov", "avi", "wmv", "mpg", "mpeg", "webm", "mkv", "mp3", "m4a", "aac", "ogg", "wma", "wav"}
XML_ENDINGS = ("xml", "rels", "vml")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (XML_DEPTH.most + 1)})")
_OPENING = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""How XML in UTF-8 or UTF-16 begins (ISO/IEC 29500-2, 8.1.4 allows no other encoding)."""
_ENCODING = re.compile(rb"\A[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_ENTRY = b"PK\x01\x02"
"""How each entry of a zip's directory begins (APPNOTE 4.3.12)."""
_LENGTHS = 26
"""Where the header of an entry has the lengths of its name and of its extra field (APPNOTE 4.3.7)."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


STRICT = b"http://purl.oclc.org/ooxml/"
"""How names begin in a package that is saved as Strict Open XML."""


class PackageError(AuthorError):
    """A package that is not read; the message names the part and what is wrong with it."""


def open_parts(content: bytes) -> PackageParts:
    """Return the parts of a package.

    Raises:
        PackageError: it is no package, has more or larger parts than the limits allow, or parts that leave it or
          share a name.
    """
    if len(content) > FILE_BYTES.most:
        raise PackageError(f"it is larger than {FILE_BYTES}.")
    if what := other_form(content):
        raise PackageError(f"it is not a .pptx file: it is {what}.")
    if content.count(_ENTRY) > PARTS.most:
        raise PackageError(f"it has more than {PARTS}.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, UnicodeError):
        raise PackageError("it is not a .pptx file: it is no zip file, or a piece of one.") from None
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    check_entries(entries)
    parts = PackageParts(archive, entries)
    if CONTENT_TYPES_PART not in parts:
        raise PackageError("it is not a .pptx file: it is a zip file without [Content_Types].xml.")
    if STRICT in parts.get("/_rels/.rels", b""):
        message = "it is saved as Strict Open XML, whose names are others; save it as PowerPoint Presentation (.pptx)."
        raise PackageError(message)
    return parts


def is_whole(content: bytes) -> bool:
    """Return whether a file has the directory of a zip at its end, so that no program is writing it any more."""
    return zipfile.is_zipfile(io.BytesIO(content))


def checksums(content: bytes) -> list[tuple[str, int]]:
    """Return names and CRC-32 of the parts of a package as its directory has them, sorted; none for what is no zip."""
    try:
        return sorted((entry.filename, entry.CRC) for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile:
        return []


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a deck or template on disk.

    Raises:
        PackageError: there is no such file, it is no ordinary file, or larger than the limit.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise PackageError("it is a folder." if path.is_dir() else "it is no ordinary file.")
        if found.st_size > FILE_BYTES.most:
            raise PackageError(f"it is larger than {FILE_BYTES}.")
        return path.read_bytes()
    except OSError as error:
        raise PackageError(f"{error.strerror}.") from None


def other_form(content: bytes) -> str:
    """Return what a file is that is no zip file, in words; '' for one that may be a zip file."""
    if not content:
        return "empty"
    if content.startswith(b"PK"):
        return ""
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "protected by a password, or in the old form of .ppt; save it as .pptx without a password"
    if content.startswith(b"%PDF"):
        return "a PDF"
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)", content[:200], re.IGNORECASE):
        return "a page of the web or XML, perhaps an error that came instead of the file; download it again"
    return ""


def check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what would fill memory, leave its folder or be read in two ways.

    Raises:
        PackageError: there is such a part.
    """
    if len(entries) > PARTS.most:
        raise PackageError(f"it has more than {PARTS}.")
    names: set[str] = set()
    unpacked = xml = 0
    for entry in entries:
        name = entry.filename
        is_xml = extension(name) in XML_ENDINGS
        unpacked += entry.file_size
        xml += entry.file_size * is_xml
        if name.startswith("/") or ".." in re.split(r"[/\\]", name) or re.match(r"[A-Za-z]:", name):
            raise PackageError(f"it holds a path that leaves it ({name}); it is refused.")
        if name.casefold() in names:
            raise PackageError(f"it holds {name} twice; it is refused.")
        names.add(name.casefold())
        if entry.flag_bits & _ENCRYPTED:
            raise PackageError(f"{name} is encrypted; save it without a password.")
        if entry.compress_type not in _METHODS:
            raise PackageError(f"{name} is packed in a way that office programs do not read.")
        if extension(name) not in FILMS:
            refuse_larger(name, entry.file_size, LARGE_BYTES if is_xml else PICTURE_BYTES)
        elif entry.file_size > max(PICTURE_BYTES.most, entry.compress_size * FILM_RATIO.most):
            raise PackageError(f"{name} unpacks to more than {FILM_RATIO}; it is refused.")
    refuse_larger("all XML in it", xml, XML_BYTES)
    refuse_larger("it", unpacked, FILE_BYTES)


def refuse_larger(name: str, size: int, limit: Limit) -> None:
    """Refuse a part that unpacks to more than a limit.

    Raises:
        PackageError: it does.
    """
    if size > limit.most:
        raise PackageError(f"{name} unpacks to {max(size // 1_000_000, 1):,} MB, and {limit} is the most that is read.")


class PackageParts(MutableMapping[str, bytes]):
    """Parts by name (``/ppt/slides/slide1.xml``) in the order of the file, unpacked when somebody asks for them."""

    def __init__(self, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._parts: dict[str, bytes | zipfile.ZipInfo] = {f"/{entry.filename}": entry for entry in entries}
        self._nodes = 0

    def __getitem__(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            PackageError: it cannot be unpacked, or the XML read so far is more than the limits allow.
        """
        found = self._parts[name]
        if isinstance(found, zipfile.ZipInfo):
            found = self._parts[name] = self._unpacked(found)
            if extension(name) in XML_ENDINGS:
                self._nodes += nodes_in(found)
                if self._nodes > XML_NODES.most:
                    raise PackageError(f"all XML in it has more than {XML_NODES}.")
        return found

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry, at most as many as its directory entry gives."""
        try:
            with self._archive.open(entry) as stream:
                return stream.read(entry.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ) as error:
            raise PackageError(f"{entry.filename} is damaged ({error}).") from None

    def deflated(self, name: str) -> bytes:
        """Return the bytes of a part as its file has them (RFC 1951); nothing for one that is not deflated there, or
        unpacked already.
        """
        entry = self._parts[name]
        if not isinstance(entry, zipfile.ZipInfo) or entry.compress_type != zipfile.ZIP_DEFLATED:
            return b""
        assert self._archive.fp is not None
        self._archive.fp.seek(entry.header_offset + _LENGTHS)
        lengths = self._archive.fp.read(4)
        before = _LENGTHS + 4 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        self._archive.fp.seek(entry.header_offset + before)
        return self._archive.fp.read(entry.compress_size)

    def __setitem__(self, name: str, content: bytes) -> None:
        self._parts[name] = content

    def __delitem__(self, name: str) -> None:
        del self._parts[name]

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def nodes_in(content: bytes) -> int:
    """Return how many elements and attributes XML has, at most; closing tags count, as their characters do."""
    return content.count(b"<") + content.count(b"=")


def may_name(content: bytes, word: bytes) -> bool:
    """Return whether XML can have elements or attributes of a name; true for UTF-16, which has zeros in it."""
    return word in content or b"\0" in content


def parsed(content: bytes, name: str = "a part") -> Any:
    """Return the root of a stranger's XML: nothing is fetched, no entity is expanded, nothing is read beyond the
    limits.

    Raises:
        PackageError: it is no well-formed XML, declares a document type, or has more elements or levels than the
          limits allow.
    """
    name = name.lstrip("/")
    declared = _ENCODING.match(content[:200])
    if not content.lstrip().startswith(_OPENING) or (declared and declared[1].lower() not in _ENCODINGS):
        raise PackageError(f"{name} is no XML in UTF-8 or UTF-16.")
    if b"<!DOCTYPE" in content:
        raise PackageError(f"{name} declares XML entities or a document type, which no program writes; it is refused.")
    nodes = nodes_in(content)
    refuse_larger(name, len(content), LARGE_BYTES)
    if nodes > LARGE_NODES.most:
        raise PackageError(f"{name} has more than {LARGE_NODES}.")
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        what = (
            f"has more than {XML_DEPTH} of elements"
            if "depth" in str(error)
            else f"is no well-formed XML ({error.msg})"
        )
        raise PackageError(f"{name} {what}.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError(f"{name} declares XML entities or a document type, which no program writes; it is refused.")
    if etree.QName(root).localname not in LARGE:
        refuse_larger(name, len(content), SLIDE_BYTES)
        if nodes > SLIDE_NODES.most:
            raise PackageError(f"{name} has more than {SLIDE_NODES}.")
    if _TOO_DEEP(root):
        raise PackageError(f"{name} has more than {XML_DEPTH} of elements.")
    return root


def check_all(parts: Mapping[str, bytes]) -> None:
    """Unpack and parse every part of XML, for those who hand a package on to a library.

    Raises:
        PackageError: one of them cannot be read, or is beyond the limits.
    """
    for name in parts:
        if extension(name) in ("xml", "rels"):
            parsed(parts[name], name)


def extension(name: str) -> str:
    """Return what follows the last point of a part's name, ``png``; '' for a name without one.

    ``.rels`` ends in ``rels``.
    """
    _stem, point, ending = name.rpartition("/")[2].rpartition(".")
    return ending.lower() if point else ""


@contextmanager
def unreadable(what: str, source: Source | None = None) -> Iterator[None]:
    """Report any exception in the block as ``what`` (a deck, a template) that cannot be read: it may be built as
    nobody foresaw.

    Raises:
        AuthorError: the block raised an exception.
    """
    try:
        yield
    except PackageError as error:
        raise AuthorError(f"{what} cannot be read: {error.message}", source) from error
    except AuthorError:
        raise
    except Exception as error:
        reason = shortened(f"{type(error).__name__}: {error}")
        if isinstance(error, KeyError) and str(error.args[0] if error.args else "").startswith("/"):
            reason = f"it lacks the part {error.args[0]}"
        message = (
            f"{what} cannot be read: it is not built as a .pptx file is ({reason}); open it in PowerPoint and save"
        )
        raise AuthorError(f"{message} it anew.", source) from error
