"""Fences of Markdown, followed line by line: what a line stands in (CommonMark 0.31, 4.5; MyST's colon fences)."""

from __future__ import annotations

import re
from typing import NamedTuple

FENCE = re.compile(r"^(?P<indent>\s*)(?P<signs>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
DIRECTIVE = re.compile(r"\{(?P<name>[\w:.-]+)\}")
EVAL_RST = "eval-rst"
OF_CODE = (
    "code",
    "code-block",
    "code-cell",
    "sourcecode",
    "prompt",
    "parsed-literal",
    "raw",
    "math",
    "mermaid",
    "graphviz",
    EVAL_RST,
)
"""Directives in which nothing is read as Markdown."""


class Fence(NamedTuple):
    """The line that opens a fence: its signs, what stands behind them, and how far it is indented."""

    signs: str
    info: str
    indent: int = 0

    @property
    def directive(self) -> str:
        """The name of the directive that it opens, '' for none."""
        found = DIRECTIVE.match(self.info.strip())
        return found["name"] if found else ""

    @property
    def is_verbatim(self) -> bool:
        """True for a block of code, whether a directive opens it or not."""
        return self.directive in OF_CODE or (self.signs[0] in "`~" and not self.info.strip().startswith("{"))


class Fences:
    """The fences that are open, the innermost last, after the lines that were taken."""

    def __init__(self) -> None:
        self.open: list[Fence] = []

    @property
    def are_verbatim(self) -> bool:
        """True in a block of code, where nothing is read as Markdown."""
        return any(fence.is_verbatim for fence in self.open)

    def take(self, line: str) -> Fence | None:
        """Take the next line; returns the fence that it opens, None for any other line. In code nothing opens."""
        found = FENCE.match(line)
        if found is None:
            return None
        if not found["info"].strip():
            closed = next((i for i, fence in enumerate(self.open) if is_closed(fence, found)), None)
            if closed is not None:
                del self.open[closed:]
                return None
        if self.are_verbatim:
            return None
        self.open.append(Fence(found["signs"], found["info"], len(found["indent"])))
        return self.open[-1]


MOST_INDENT = 3
"""Spaces by which a closing fence may stand further in than its opening one; further in, it belongs to another block.
"""


def is_closed(fence: Fence, closing: re.Match[str]) -> bool:
    """Return whether a line of signs alone closes a fence."""
    return closing["signs"].startswith(fence.signs) and len(closing["indent"]) - fence.indent <= MOST_INDENT
