"""Text that programs wrote to a terminal, as the terminal shows it."""

from __future__ import annotations

import re

CONTROL = re.compile(r"\x1b\[[0-9;?]*([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Control sequences of ECMA-48 that end in a letter (5.4), and commands to the terminal (8.3.89): colours, links."""
STEERING = re.compile(r"(\r|\x08|\x1b\[[0-2]?K)")
"""What moves the cursor in its line or erases of it."""


def as_shown(text: str) -> str:
    """``text`` as a terminal leaves it: what was overwritten, erased or only steers it is gone."""
    if not any(mark in text for mark in "\r\x08\x1b"):
        return text
    return "\n".join(_line(line.removesuffix("\r")) for line in text.split("\n"))


def _line(line: str) -> str:
    """One line, in which the cursor may have gone back."""
    shown: list[str] = []
    cursor = 0
    for part in STEERING.split(line):
        if part == "\r":
            cursor = 0
        elif part == "\x08":
            cursor = max(cursor - 1, 0)
        elif STEERING.fullmatch(part):
            shown = _erased(shown, cursor, part[2:-1])
        else:
            words = CONTROL.sub("", part)
            shown += " " * (cursor - len(shown))
            shown[cursor : cursor + len(words)] = words
            cursor += len(words)
    return "".join(shown).rstrip(" ") if STEERING.search(line) else "".join(shown)


def _erased(shown: list[str], cursor: int, extent: str) -> list[str]:
    """A line without what stands behind the cursor (extent 0 or none), before it (1), or at all (2)."""
    if extent == "2":
        return []
    return [" "] * cursor + shown[cursor:] if extent == "1" else shown[:cursor]
