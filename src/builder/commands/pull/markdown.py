"""MyST source → its texts. The parser of the book reads it; here every character gets its place in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from builder.commands.pull.inline_texts import InlineReader, UnreadableError
from builder.commands.pull.source_texts import Kind, Segment, SourceText, characters, csv_texts

OPAQUE = {"math", "toctree", "raw", "eval-rst", "bibliography", "mermaid", "tableofcontents"}
"""Directives whose content is no text of the author's that a slide shows."""
CODE = {"code-block", "code", "sourcecode", "code-cell", "prompt", "parsed-literal", "literalinclude"}
DIRECTIVE = re.compile(r"\{([\w:.+-]+)\}[ \t]*(.*)")
QUOTED = re.compile(r'"([^"\n]*)"')
OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
ATTRIBUTION = re.compile(r'attribution="([^"\n]*)"')


def parser_for(config: MdParserConfig) -> MarkdownIt:
    """Return a parser that reads as the book's does, and leaves the characters as they are written."""
    parser = create_md_parser(config, RendererHTML)
    parser.disable(["smartquotes", "replacements", "text_join"], ignoreInvalid=True)
    return parser


def markdown_texts(text: str, parser: MarkdownIt) -> list[SourceText]:
    """Return all texts of a MyST document, in the order of the file."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    places = enumerate(zip(text.split("\n"), starts, strict=False), 1)
    lines = [_Line(line, start, number) for number, (line, start) in places]
    reader = _Reader(parser)
    reader.blocks(parser.parse(text), lines)
    for match in ATTRIBUTION.finditer(text):
        number = text.count("\n", 0, match.start()) + 1
        reader.found.append(SourceText(tuple(characters(match[1], match.start(1))), "option", number))
    return reader.found


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text, where it begins in the file, and its number there."""

    text: str
    start: int
    number: int


@dataclass
class _Reader:
    parser: MarkdownIt
    found: list[SourceText] = field(default_factory=list)

    def blocks(self, tokens: Sequence[Token], lines: Sequence[_Line], row_depth: int = -1) -> None:
        """Read the blocks of a text; list items at ``row_depth`` are rows of a table."""
        row, depth, after = "", 0, -1
        for token in tokens:
            if token.type == "list_item_open" and token.map:
                if depth == row_depth:
                    row = "\n".join(line.text for line in lines[token.map[0] : token.map[1]])
                depth += 1
            elif token.type == "list_item_close":
                depth -= 1
                row = "" if depth == row_depth else row
            elif token.type in ("tr_open", "tr_close"):
                after = 0 if token.type == "tr_open" else -1
            elif token.type in ("fence", "colon_fence") and token.map:
                self.fence(token, lines)
            elif token.type == "code_block" and token.map:
                self.code(token.content, lines[token.map[0] :])
            elif token.type == "inline" and token.map:
                after = self.inline_block(token, lines, row, after)

    def inline_block(self, token: Token, lines: Sequence[_Line], row: str, after: int) -> int:
        """Read the text of a block; returns where a cell of a pipe table ends in its line (``after`` is -1 outside
        of one)."""
        assert token.map is not None
        with suppress(UnreadableError):
            if after >= 0:
                return self.cell(token, lines[token.map[0]], after)
            self.inline(token, lines, "cell" if row else "markdown", row)
        return after

    def fence(self, token: Token, lines: Sequence[_Line]) -> None:
        """Read a directive, or a block of code."""
        assert token.map is not None
        first = token.map[0]
        match = DIRECTIVE.match(token.info.strip())
        if match is None:
            self.code(token.content, lines[first + 1 :])
            return
        name, argument = match[1], match[2].strip()
        if argument:
            self.argument(argument, lines[first])
        try:
            inner = nested(token.content, lines[first + 1 :])
        except UnreadableError:
            return
        body = self.options(inner)
        if name in CODE:
            self.code("\n".join(line.text for line in body), body)
        elif name == "graphviz":
            self.labels(body)
        elif name == "csv-table":
            for line in body:
                self.found += csv_texts(line.text, line.start, line.number)
        elif name not in OPAQUE:
            content = "\n".join(line.text for line in body)
            self.blocks(self.parser.parse(content), body, 0 if name == "list-table" else -1)

    def argument(self, text: str, line: _Line) -> None:
        """Read the words behind a directive's name."""
        start = line.text.rfind(text)
        if start >= 0:
            children = self.parser.parseInline(text)[0].children or []
            places = list(range(line.start + start, line.start + start + len(text) + 1))
            try:
                self.add(InlineReader(text, places, children).segments(), "markdown", line.number)
            except UnreadableError:
                return

    def options(self, lines: list[_Line]) -> list[_Line]:
        """Take the options of a directive; returns the lines of its body."""
        if lines and lines[0].text.strip() == "---":
            end = next((index for index, line in enumerate(lines[1:], 1) if line.text.strip() == "---"), len(lines) - 1)
            return lines[end + 1 :]
        for index, line in enumerate(lines):
            match = OPTION.match(line.text)
            if match is None:
                return lines[index:]
            if match[1] in ("caption", "title") and match[2].strip():
                self.add(characters(match[2].rstrip(), line.start + match.start(2)), "option", line.number)
        return []

    def code(self, content: str, lines: Sequence[_Line]) -> None:
        """Read lines of code, each as a text."""
        try:
            found = nested(content, lines)
        except UnreadableError:
            return
        for line in found:
            if line.text.strip():
                self.add(characters(line.text, line.start), "code", line.number)

    def labels(self, lines: list[_Line]) -> None:
        """Read the quoted words in a drawing's source."""
        for line in lines:
            for match in QUOTED.finditer(line.text):
                self.add(characters(match[1], line.start + match.start(1)), "option", line.number)

    def inline(self, token: Token, lines: Sequence[_Line], kind: Kind, row: str) -> None:
        """Read a paragraph, heading or term."""
        assert token.map is not None
        places: list[int] = []
        for index, content in enumerate(token.content.split("\n")):
            line = lines[token.map[0] + index]
            end = len(line.text.rstrip())
            column = end - len(content) if line.text[:end].endswith(content) else line.text.find(content)
            if column < 0:
                raise UnreadableError
            places += range(line.start + column, line.start + column + len(content) + 1)
        self.scan(token, places, kind, lines[token.map[0]].number, row)

    def cell(self, token: Token, line: _Line, after: int) -> int:
        """Return a cell of a pipe table; returns where it ends in its line."""
        column = line.text.find(token.content, after)
        if column < 0:
            raise UnreadableError
        end = column + len(token.content)
        places = list(range(line.start + column, line.start + end + 1))
        if token.content:
            self.scan(token, places, "cell", line.number, line.text)
        closing = line.text.find("|", end)
        return closing + 1 if closing >= 0 else end

    def scan(self, token: Token, places: list[int], kind: Kind, line: int, row: str) -> None:
        """Read the characters of an inline token."""
        inline = InlineReader(token.content, places, token.children or [])
        segments = inline.segments()
        self.add(segments, kind, line, row)
        for part, part_kind in inline.parts:
            self.add(part, "cell" if kind == "cell" else part_kind, line, row)

    def add(self, segments: Sequence[Segment], kind: Kind, line: int, row: str = "") -> None:
        if segments:
            self.found.append(SourceText(tuple(segments), kind, line, row))


def nested(content: str, lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines of what stands in a block, with their places in the file."""
    found = []
    texts = content.split("\n")
    for text, line in zip(texts[:-1] if texts[-1] == "" else texts, lines, strict=False):
        column = len(line.text) - len(text)
        if column < 0 or not line.text.endswith(text):
            raise UnreadableError
        found.append(_Line(text, line.start + column, line.number))
    return found
