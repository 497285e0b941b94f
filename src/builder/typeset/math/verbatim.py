"""Typst text that passes through pandoc's reader and writer unchanged, each character as one of private use.

Pandoc's reader takes such a character as a symbol, and its writer leaves it alone: so what the writer has no words for
(spaces and their sizes, classes, colours, alignments of columns) is written before it and stands in its output.
"""

from __future__ import annotations

import re

_PLANE = 0xF0000
"""Where private use begins that has a place for each character of the basic plane."""
_RUN = re.compile(r"[\U000F0000-\U000FFFFD](?: ?[\U000F0000-\U000FFFFD])*")


def verbatim(typst: str) -> str:
    """``typst`` as LaTeX that pandoc carries into its Typst text."""
    return "".join(chr(_PLANE + ord(character)) if ord(character) < 0xFFFE else character for character in typst)


def restored(text: str) -> str:
    """Typst text from pandoc with what `verbatim` hid in it."""
    return _RUN.sub(lambda run: "".join(chr(ord(c) - _PLANE) for c in run[0] if c != " "), text)


_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\\.|.', re.DOTALL)


def top_level(text: str, mark: str) -> list[str]:
    """Typst text split at ``mark`` where it stands outside of calls and strings; whole where brackets do not match."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token, 0)
        if token == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
        if depth < 0:
            return [text]
    return parts if depth == 0 else [text]
