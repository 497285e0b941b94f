"""Text as files hold it: what is in UTF-8 and what is not, and the characters that XML and with it every output can
hold.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from builder.errors import AuthorError, Source

MARKS_OF_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


def clean(text: str) -> str:
    """``text`` with the replacement character for what XML 1.0 cannot hold (section 2.2)."""
    return FORBIDDEN.sub("\ufffd", text)


def escaped(text: str) -> str:
    """``text`` as content of an XML element; characters that XML 1.0 cannot hold become the replacement character."""
    return escape(clean(text))


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without its mark.

    Raises:
        AuthorError: it is in another encoding; its source is the file and line.
        OSError: it cannot be read.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise AuthorError(
            f"this file {wrong(content, error)}; save it as UTF-8.", place(path, content, error)
        ) from None


def toml_in(text: str, path: Path) -> dict[str, Any]:
    """The tables of the ``text`` of a TOML file.

    Raises:
        AuthorError: it is not TOML, or nested too deep; its source is the file, and the line where one is known.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = int(match[1]) if (match := re.search(r"line (\d+)", str(error))) else 0
        raise AuthorError(f"this is not TOML: {error}.", Source(str(path), line)) from None
    except RecursionError:
        raise AuthorError("this has lists or tables nested too deep to be read.", Source(str(path))) from None


def place(path: Path, content: bytes, error: UnicodeDecodeError) -> Source:
    """The line of a file at which it stops being UTF-8."""
    return Source(str(path), 1 if is_utf16(content) else line_of(content, error))


def line_of(content: bytes, error: UnicodeDecodeError) -> int:
    """The line of the byte that is no UTF-8."""
    return content.count(b"\n", 0, offset_of(content, error)) + 1


def offset_of(content: bytes, error: UnicodeDecodeError) -> int:
    """The byte of a file that is no UTF-8; where a mark was left out before decoding, it is counted."""
    mark = (
        codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) and not error.object.startswith(codecs.BOM_UTF8) else b""
    )
    return error.start + len(mark)


def wrong(content: bytes, error: UnicodeDecodeError) -> str:
    """Return how a message describes a file in another encoding: ``is not UTF-8 (byte 0xE9 at offset 11, in line 2); it
    seems to be …``.
    """
    if is_utf16(content):
        return "is in UTF-16, and not in UTF-8"
    offset = offset_of(content, error)
    where = f"byte 0x{content[offset]:02X} at offset {offset}, in line {line_of(content, error)}"
    return f"is not UTF-8 text ({where}); it seems to be in Windows-1252, Latin-1 or another old encoding"


def is_utf16(content: bytes) -> bool:
    """True for UTF-16, by its mark or by the zero bytes of Latin letters."""
    head = content[:400]
    return content.startswith(MARKS_OF_UTF16) or head.count(0) > len(head) // 3
