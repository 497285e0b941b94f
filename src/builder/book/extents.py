"""Where in a document's Typst text each block begins and ends: asked for when Typst cannot set something, to find the
block.

While a document is translated with `Extents`, marks stand round its blocks; they are taken out before the marks of
`places`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes

from builder.errors import Source, source_of

_MARK = re.compile("\x0e(\\d+)([\x0f\x10])")
_ANY = re.compile("\x0e\\d+[\x0f\x10]|\x02\\d+\x03")


@dataclass(frozen=True, slots=True)
class BlockExtent:
    """A block: its ``number`` among the elements of its document, its name and source, and where its text stands
    (``start`` to ``end``).
    """

    number: int
    name: str
    source: Source
    start: int
    end: int
    depth: int


@dataclass(slots=True)
class Extents:
    """The blocks of one document, in the order in which they begin."""

    found: list[BlockExtent] = field(default_factory=list)
    _numbers: dict[int, tuple[int, nodes.Element]] = field(default_factory=dict)

    def number(self, doctree: nodes.document) -> None:
        """Number the elements of the document that is translated next."""
        self._numbers = {id(node): (number, node) for number, node in elements_of(doctree)}

    def around(self, text: str, node: nodes.Element) -> str:
        """``text`` with marks round what of it is not white, when ``node`` is a block."""
        known = self._numbers.get(id(node))
        inner = text.strip()
        if known is None or not inner or isinstance(node.parent, nodes.TextElement):
            return text
        start = text.index(inner)
        return f"{text[:start]}\x0e{known[0]}\x0f{inner}\x0e{known[0]}\x10{text[start + len(inner) :]}"

    def take_out(self, text: str) -> str:
        """The text without these marks; where they were is noted, counted without any marks."""
        by_number = dict(self._numbers.values())
        out: list[str] = []
        open_at: dict[int, int] = {}
        shown = position = 0
        for match in _ANY.finditer(text):
            shown += match.start() - position
            out.append(text[position : match.start()])
            position = match.end()
            own = _MARK.fullmatch(match[0])
            if own is None:
                out.append(match[0])
            elif own[2] == "\x0f":
                open_at[int(own[1])] = shown
            elif int(own[1]) in open_at:
                number = int(own[1])
                node = by_number[number]
                start = open_at.pop(number)
                self.found.append(
                    BlockExtent(number, node.tagname.replace("_", " "), source_of(node), start, shown, depth_of(node))
                )
        out.append(text[position:])
        self.found.sort(key=lambda extent: (extent.start, extent.depth))
        return "".join(out)

    def at(self, offset: int, besides: frozenset[int]) -> BlockExtent | None:
        """The innermost block that holds an offset and none of ``besides``, which did not help."""
        aside = [extent for extent in self.found if extent.number in besides]
        holding = [
            extent
            for extent in self.found
            if extent.start <= offset < extent.end
            and not any(other.depth >= extent.depth and other.start <= offset < other.end for other in aside)
        ]
        return max(holding, key=lambda extent: extent.depth, default=None)

    def below(self, outer: BlockExtent | None) -> list[BlockExtent]:
        """The blocks straight below one, or, for None, the outermost blocks that are no sections."""
        inside = [
            extent
            for extent in self.found
            if (
                extent.name != "section"
                if outer is None
                else outer.start <= extent.start and extent.end <= outer.end and extent.depth > outer.depth
            )
        ]
        return [
            extent
            for extent in inside
            if not any(
                other.depth < extent.depth and other.start <= extent.start and extent.end <= other.end
                for other in inside
            )
        ]


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a document is translated to find a block that Typst cannot set: the elements of ``aside``, numbered in
    document order, are shown by their words alone, and ``extents`` records where the markup of each block begins and
    ends.
    """

    aside: frozenset[int] = frozenset()
    extents: Extents | None = None


FIRST_ATTEMPT = Attempt()


def elements_of(doctree: nodes.document) -> Iterator[tuple[int, nodes.Element]]:
    """The elements of a document, numbered in their order."""
    return enumerate(doctree.findall(nodes.Element))


def depth_of(node: nodes.Node) -> int:
    """Return how many elements stand round a node."""
    depth = 0
    while node.parent is not None:
        node, depth = node.parent, depth + 1
    return depth
