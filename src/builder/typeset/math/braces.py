"""Where a group in braces ends."""

from __future__ import annotations


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
