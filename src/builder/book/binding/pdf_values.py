"""The values of a PDF file as Typst writes them: dictionaries, arrays, references, strings (ISO 32000-1, section 7.3).

No reader of PDF files: it knows what is needed to join files of one writer, whose objects all stand in the open and
whose cross-reference table is one section.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

STRING = rb"\((?:[^()\\]|\\.)*\)"
for _ in range(8):  # parentheses that match need no backslash
    STRING = rb"\((?:[^()\\]|\\.|" + STRING + rb")*\)"
HEXADECIMAL = rb"<[0-9A-Fa-f\s]*>"

_TOKEN = re.compile(
    rb"\s*(?:(?P<open><<|\[)|(?P<close>>>|\])|(?P<ref>\d+) \d+ R|(?P<name>/[^\s()<>\[\]{}/%]*)|(?P<raw>"
    + STRING
    + rb"|"
    + HEXADECIMAL
    + rb"|[^\s()<>\[\]{}/%]+))",
    re.DOTALL,
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Ref(NamedTuple):
    """A reference to an object of generation 0."""

    number: int


def read(text: bytes) -> Any:
    """The value at the beginning of ``text``: dict (names without slash), list, `Ref`, or the bytes of anything
    else.
    """
    stack: list[list[Any]] = [[]]
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            stack.append([])
            continue
        if kind == "close":
            items = stack.pop()
            pairs = zip(items[::2], items[1::2], strict=False)
            value: Any = {key[1:]: item for key, item in pairs} if token["close"] == b">>" else items
        elif kind == "ref":
            value = Ref(int(token["ref"]))
        else:
            value = token[token.lastgroup or 0]
        stack[-1].append(value)
        if len(stack) == 1:
            return value
    raise ValueError(f"no PDF value: {text[:40]!r}")


def write(value: Any) -> bytes:
    """The bytes of a value that `read` gives; numbers may be ints and floats too."""
    if isinstance(value, dict):
        return b"<<" + b"".join(b"/%b %b" % (key, write(item)) for key, item in value.items()) + b">>"
    if isinstance(value, Ref):
        return b"%d 0 R" % value.number
    if isinstance(value, list):
        return b"[" + b" ".join(map(write, value)) + b"]"
    return value if isinstance(value, bytes) else f"{value:.6g}".encode() if isinstance(value, float) else b"%d" % value


def string_bytes(token: bytes) -> bytes:
    """Return what a string, literal or hexadecimal, stands for."""
    if token[:1] == b"<":
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())

    def unescape(match: re.Match[bytes]) -> bytes:
        what = match[1]
        return bytes([int(what, 8) & 255]) if what.isdigit() else _ESCAPES.get(what, what.strip(b"\r\n"))

    return re.sub(rb"\\([0-7]{1,3}|\r\n|.)", unescape, token[1:-1], flags=re.DOTALL)


def string_token(content: bytes) -> bytes:
    """A string with that content."""
    if content.isascii() and content.decode().isprintable():
        return b"(" + re.sub(rb"[()\\]", rb"\\\g<0>", content) + b")"
    return b"<" + content.hex().encode() + b">"


def text_token(text: str) -> bytes:
    """A text string (section 7.9.2.2): printable ASCII as it is, else UTF-16."""
    return string_token(
        text.encode() if text.isascii() and text.isprintable() else b"\xfe\xff" + text.encode("utf-16-be")
    )
