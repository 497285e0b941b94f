"""Where a group in braces ends."""

from __future__ import annotations

import re

_ENDS = re.compile(r"\\(?:end|right)(?![a-zA-Z])")


def matching_brace(text: str, start: int) -> int:
    """Place of the brace that closes the one at ``start``; the end of the text when it is missing."""
    depth, position = 0, start
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position
        position += 1
    return len(text)


def group_end(text: str, position: int) -> int:
    """Return where the group that ``position`` stands in ends: at its brace, a cell's or row's end, or the end of the
    text.
    """
    depth = 0
    while position < len(text):
        if text[position] == "\\":
            if depth == 0 and (text.startswith("\\\\", position) or _ENDS.match(text, position)):
                break
            position += 2
            continue
        if text[position] == "&" and depth == 0:
            break
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth < 0:
            break
        position += 1
    return min(position, len(text))
