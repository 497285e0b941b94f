"""The text of a paragraph as it is shown, and where its source has it: where a mark can begin and end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

QUOTES = {"'": "'’‘", '"': '"“”„«»', "’": "'’‘", "‘": "'’‘", "“": '"“”„', "”": '"“”„', "„": '"„', "«": '"«', "»": '"»'}
"""Quotation marks, which reading makes typographic."""
WIDE = {"—": ("—", "---"), "–": ("–", "--"), "…": ("…", "...")}
"""What is shown → how it may be written."""
WRITTEN_NOTHING = (addnodes.index, nodes.comment, nodes.system_message)
"""Inline nodes that may stand among words and show nothing."""
ATTRIBUTES = re.compile(r"\{[^{}`\n]*\}")
MYST = (
    re.compile(r"\{[^}\s`]+\}(`+)(?s:.+?)(?<!`)\1(?!`)"),
    re.compile(r"(`+)(?!`)(?s:.+?)(?<!`)\1(?!`)"),
    re.compile(r"\[\^[^\]]+\]"),
    re.compile(r"\$\$(?s:.+?)\$\$|\$(?s:[^$]+?)\$"),
    re.compile(r"\{\{(?s:.+?)\}\}"),
    re.compile(r"<(?:https?:|mailto:)?[^<>\s]+>"),
    re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]]"),
)
REST = (
    re.compile(r":[\w:+.-]+:`(?s:(?:\\.|[^\\])+?)`(?!`)"),
    re.compile(r"``(?s:.+?)``"),
    re.compile(r"`(?s:[^`]+?)`(?::[\w:+.-]+:|_{1,2})?"),
    re.compile(r"\*\*(?s:.+?)\*\*|\*(?s:[^*]+?)\*"),
    re.compile(r"\[[^\]\s]+\]_"),
    re.compile(r"\|[^|]+\|_{0,2}"),
    re.compile(r"[\w-]+__?(?!\w)"),
    re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]]"),
)
SPACE = re.compile(r"[ \t]*\\?\n[ \t]*|\s")
"""A space, or the end of a line."""
NULL = re.compile(r"\\\s")
"""What shows nothing in reStructuredText."""
OPENERS = ("***", "**", "*", "___", "__", "_", "~~")


class UnalignedError(Exception):
    """The source is not understood where it has something."""


@dataclass(slots=True)
class WrittenText:
    """``text`` of a paragraph on one line; offsets in it where words outside of inline markup begin and end, with
    their places in ``raw``.
    """

    raw: str
    is_rest: bool = False
    text: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    plain: list[tuple[int, int]] = field(default_factory=list)
    """From where to where the text stands outside of inline markup."""

    def may_hold(self, start: int, end: int) -> bool:
        """True if a mark may reach from ``start`` to ``end``, and brackets in it close."""
        if start not in self.starts or end not in self.ends:
            return False
        outside = "".join(self.text[max(start, a) : min(end, b)] for a, b in self.plain if a < end and b > start)
        before, last = self.raw[: self.starts[start]][-1:], self.raw[: self.ends[end]]
        is_free = before not in ("!", "]", "\\", "^") and not is_escape(last)
        return balanced(outside) and is_free and self.is_role_text(start, end)

    def is_role_text(self, start: int, end: int) -> bool:
        """True if words can stand in a role of reStructuredText, with their backquotes and backslashes escaped; always
        true in MyST.
        """
        if self.is_rest and self.raw[self.ends[end] :].strip() == ":":
            return False  # the two colons that lead to a literal block must stay together
        return not (self.is_rest and self.raw[: self.ends[end]].endswith(">"))  # what ends so has a short form

    def is_plain(self, start: int, end: int) -> bool:
        """True if no inline markup stands between two offsets."""
        return any(a <= start and end <= b for a, b in self.plain)


def shown_words(node: nodes.Node) -> str:
    """The words of a child of a paragraph on one line; '' for one that shows nothing."""
    return "" if isinstance(node, WRITTEN_NOTHING) else re.sub(r"\s", " ", node.astext())


def length_of(node: nodes.Node) -> int:
    """Return how many letters a child adds to the text of its paragraph."""
    return 0 if isinstance(node, WRITTEN_NOTHING) else len(node.astext())


def is_escape(text: str) -> bool:
    """True if a text ends with a backslash that would escape what is written behind it."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def balanced(text: str) -> bool:
    """True if each square bracket of a text is closed in it."""
    depth = 0
    for char in text:
        depth += {"[": 1, "]": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


def written_text(node: nodes.TextElement, *, is_rest: bool) -> WrittenText | None:
    """The text of a paragraph with its places in ``node.rawsource``; None where that is not understood."""
    found = WrittenText(node.rawsource, is_rest)
    reader = _Alignment(found, rest_end if is_rest else myst_end, is_rest=is_rest)
    try:
        for child in node.children:
            reader.child(child)
        reader.finish()
    except UnalignedError:
        return None
    return found


def shown_text(node: nodes.TextElement) -> WrittenText:
    """The text of a paragraph whose source is not looked at: marks may stand anywhere outside of inline markup."""
    found = WrittenText("")
    for child in node.children:
        start = len(found.text)
        is_text = isinstance(child, nodes.Text)
        found.text += shown_words(child)
        end = len(found.text)
        for index in range(start, end) if is_text else (start,):
            found.starts[index] = index
        for index in range(start + 1, end + 1) if is_text else (end,):
            found.ends[index] = index
        if is_text:
            found.plain.append((start, end))
    return found


@dataclass(slots=True)
class _Alignment:
    found: WrittenText
    end_of: Callable[[str, int, nodes.Element], int]
    is_rest: bool
    at: int = 0

    def child(self, node: nodes.Node) -> None:
        """Read a child of the paragraph."""
        if isinstance(node, nodes.Text):
            self.words(node.astext())
        elif isinstance(node, nodes.Element):
            if isinstance(node, nodes.target | addnodes.index) and not node.astext():
                return  # what a link, or a role like ``pep``, leaves beside the words that it shows
            if isinstance(node, WRITTEN_NOTHING):
                raise UnalignedError
            start = len(self.found.text)
            self.pass_null()
            self.found.starts[start] = self.at
            self.at = self.end_of(self.found.raw, self.at, node)
            self.found.text += shown_words(node)
            self.found.ends[len(self.found.text)] = self.at

    def words(self, text: str) -> None:
        """Read words outside of inline markup."""
        start = len(self.found.text)
        for char in text:
            self.pass_null()
            begin = self.at
            self.letter(char)
            self.found.starts.setdefault(len(self.found.text), begin)
            self.found.text += " " if char.isspace() else char
            self.found.ends[len(self.found.text)] = self.at
        self.found.plain.append((start, len(self.found.text)))

    def letter(self, char: str) -> None:
        """Pass over what shows a character."""
        raw = self.found.raw
        if char.isspace():
            space = SPACE.match(raw, self.at)
            if space is None:
                raise UnalignedError
            self.at = space.end()
            return
        if raw.startswith("\\", self.at) and raw.startswith(char, self.at + 1):
            self.at += 2
            return
        for one in WIDE.get(char, QUOTES.get(char, char)):
            if raw.startswith(one, self.at):
                self.at += len(one)
                return
        raise UnalignedError

    def pass_null(self) -> None:
        """Pass over a backslash and a space, which show nothing in reStructuredText."""
        if self.is_rest and NULL.match(self.found.raw, self.at):
            self.at += 2

    def finish(self) -> None:
        """Check that nothing but an end of reStructuredText (``::``), or space, is left over."""
        rest = self.found.raw[self.at :].strip()
        if rest not in ("", ":", "::"):
            raise UnalignedError


def myst_end(raw: str, start: int, node: nodes.Element) -> int:
    """Return where an inline node of MyST ends.

    Raises:
        UnalignedError: it is not known.
    """
    end = -1
    if isinstance(node, nodes.emphasis | nodes.strong | nodes.inline) and (opener := opener_at(raw, start)):
        end = closing_of(raw, start + len(opener), opener, node)
    elif raw.startswith("[", start) and not raw.startswith("[^", start):
        end = bracket_end(raw, start)
    else:
        end = first_match(MYST, raw, start)
    attributes = ATTRIBUTES.match(raw, end)
    return attributes.end() if attributes else end


def opener_at(raw: str, start: int) -> str:
    """The signs of emphasis at a place, '' where there are none."""
    return next((sign for sign in OPENERS if raw.startswith(sign, start)), "")


def closing_of(raw: str, start: int, opener: str, node: nodes.Element) -> int:
    """Return behind the signs that close what ``opener`` opened: behind the last letters of the node."""
    at = start
    for char in filter(str.isalnum, node.astext()):
        at = raw.find(char, at) + 1
        if at == 0:
            raise UnalignedError
    end = raw.find(opener, at)
    if end < 0 or any(map(str.isalnum, raw[at:end])) or len(raw[start:end]) > 2 * len(node.astext()) + 80:
        raise UnalignedError
    return end + len(opener)


def bracket_end(raw: str, start: int) -> int:
    """Return behind a link, a reference or a span that opens with a square bracket."""
    end = closing_bracket(raw, start, "[]")
    if raw.startswith("(", end):
        return closing_bracket(raw, end, "()")
    if raw.startswith("[", end):
        return closing_bracket(raw, end, "[]")
    return end


def closing_bracket(raw: str, start: int, pair: str) -> int:
    """Return behind the bracket that closes the one at ``start``."""
    depth = 0
    for index in range(start, len(raw)):
        depth += {pair[0]: 1, pair[1]: -1}.get(raw[index], 0)
        if depth == 0:
            return index + 1
    raise UnalignedError


def rest_end(raw: str, start: int, _node: nodes.Element) -> int:
    """Return where an inline node of reStructuredText ends."""
    return first_match(REST, raw, start)


def first_match(patterns: tuple[re.Pattern[str], ...], raw: str, start: int) -> int:
    """Return where the first pattern that stands at ``start`` ends.

    Raises:
        UnalignedError: none does.
    """
    for pattern in patterns:
        match = pattern.match(raw, start)
        if match:
            return match.end()
    raise UnalignedError
