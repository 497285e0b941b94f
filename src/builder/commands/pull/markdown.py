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

from builder.commands.pull.source_texts import Kind, Segment, SourceText, characters, csv_texts

MARKS = ("point", "subpoint", "subsubpoint")
LITERAL_ROLES = {
    "abbr", "code", "command", "dfn", "emphasis", "file", "guilabel", "kbd", "literal", "math-text", "menuselection",
    "program", "samp", "strong", "sub", "subscript", "sup", "superscript", "term", "title-reference",
}  # fmt: skip
"""Roles that show their own words."""
OPAQUE = {"math", "toctree", "raw", "eval-rst", "bibliography", "mermaid", "tableofcontents"}
"""Directives whose content is no text of the author's that a slide shows."""
CODE = {"code-block", "code", "sourcecode", "code-cell", "prompt", "parsed-literal", "literalinclude"}
DIRECTIVE = re.compile(r"\{([\w:.+-]+)\}[ \t]*(.*)")
ROLE = re.compile(r"\{([^{}`]+)\}(`+)")
ATTRIBUTES = re.compile(r"\{[^{}`\n]*\}(?!`)")
TITLED = re.compile(r"(.*?)\s*<[^<>]*>\Z", re.DOTALL)
QUOTED = re.compile(r'"([^"\n]*)"')
OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
ATTRIBUTION = re.compile(r'attribution="([^"\n]*)"')
DASHES = {"---": "—", "--": "–", "...": "…"}
"""What Sphinx makes of them in print."""


class UnreadableError(Exception):
    """A text whose characters could not be found again in the file."""


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
                self.add(_Inline(text, places, children).segments(), "markdown", line.number)
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
        inline = _Inline(token.content, places, token.children or [])
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


class _Inline:
    """Reads one text: ``places`` are those of its characters in the file, and of its end."""

    def __init__(self, content: str, places: list[int], tokens: Sequence[Token]) -> None:
        self.content, self.places, self.tokens = content, places, tokens
        self.at = 0
        self.out: list[Segment] = []
        self.parts: list[tuple[list[Segment], Kind]] = []
        self.open: list[int] = []

    def segments(self) -> list[Segment]:
        """Return all characters and computed parts, in order; marked parts of the text are in ``parts``."""
        for token in self.tokens:
            getattr(self, token.type, self.other)(token)
        return self.out

    def seek(self, text: str) -> int:
        """Return the next place of ``text``.

        Raises:
            UnreadableError: there is none."""
        found = self.content.find(text, self.at)
        if found < 0:
            raise UnreadableError
        return found

    def emit(self, text: str, start: int, end: int, *, computed: bool = False) -> None:
        self.out.append(Segment(text, self.places[start], self.places[end], computed))

    def skip_attributes(self) -> None:
        match = ATTRIBUTES.match(self.content, self.at)
        if match:
            self.at = match.end()

    def text(self, token: Token) -> None:
        start = self.seek(token.content)
        index = 0
        while index < len(token.content):
            dashes = next((key for key in DASHES if token.content.startswith(key, index)), "")
            width = len(dashes) or 1
            shown = DASHES.get(dashes, token.content[index])
            self.emit(shown, start + index, start + index + width)
            index += width
        self.at = start + len(token.content)

    def text_special(self, token: Token) -> None:
        start = self.seek(token.markup)
        self.at = start + len(token.markup)
        self.emit(token.content, start, self.at)

    def softbreak(self, _token: Token) -> None:
        start = self.at
        self.at = self.seek("\n") + 1
        self.emit(" ", start, self.at)

    hardbreak = softbreak

    def code_inline(self, token: Token) -> None:
        start = self.seek(token.markup) + len(token.markup)
        flat = self.content.replace("\n", " ")
        found = flat.find(token.content, start)
        if found < 0:
            raise UnreadableError
        for index, char in enumerate(token.content):
            self.emit(char, found + index, found + index + 1)
        self.at = self.content.find(token.markup, found + len(token.content)) + len(token.markup)
        self.skip_attributes()

    def span_open(self, _token: Token) -> None:
        self.at = self.seek("[") + 1
        self.open.append(len(self.out))

    def span_close(self, _token: Token) -> None:
        self.at = self.seek("]") + 1
        self.skip_attributes()
        self.parts.append((self.out[self.open.pop() :], "markdown"))

    def link_open(self, token: Token) -> None:
        if token.markup != "linkify":
            self.at = self.seek("<" if token.markup == "autolink" else "[") + 1

    def link_close(self, token: Token) -> None:
        if token.markup == "linkify":
            return
        if token.markup == "autolink":
            self.at = self.seek(">") + 1
            return
        self.at = self.seek("]") + 1
        following = self.content[self.at : self.at + 1]
        if following == "(":
            self.at = self.closing(self.at)
        elif following == "[":
            self.at = self.seek("]") + 1
        self.skip_attributes()

    def closing(self, start: int) -> int:
        """Return behind the bracket that closes the one at ``start``."""
        depth = 0
        for index in range(start, len(self.content)):
            depth += {"(": 1, ")": -1}.get(self.content[index], 0)
            if depth == 0:
                return index + 1
        raise UnreadableError

    def myst_role(self, _token: Token) -> None:
        match = ROLE.search(self.content, self.at)
        if match is None:
            raise UnreadableError
        start, end = match.end(), self.content.find(match[2], match.end())
        if end < 0:
            raise UnreadableError
        inner, name = self.content[start:end], match[1].rpartition(":")[2]
        titled = TITLED.match(inner)
        first = len(self.out)
        if name in MARKS and titled:
            self.letters(titled[1], start)
            short = inner.rindex("<") + 1
            places = range(start + short, end - 1)
            self.parts.append(
                ([Segment(self.content[i], self.places[i], self.places[i + 1]) for i in places if i < end], "role")
            )
        elif name in (*MARKS, *LITERAL_ROLES) or titled:
            shown = titled[1] if titled else inner
            self.title(re.sub(r"\s+\([^()]*\)\Z", "", shown) if name == "abbr" else shown, start)
            if name in MARKS:
                self.parts.append((self.out[first:], "role"))
        else:
            self.emit(inner, match.start(), end + len(match[2]), computed=True)
        self.at = end + len(match[2])

    def title(self, text: str, start: int) -> None:
        """Read the words of a role, in which numbers and names may be filled in."""
        for match in re.finditer(r"\{(?:number|name)\}|%s|[^{%]+|.", text, re.DOTALL):
            if len(match[0]) > 1 and match[0][0] in "{%":
                self.emit("", start + match.start(), start + match.end(), computed=True)
            else:
                self.letters(match[0], start + match.start())

    def letters(self, text: str, start: int) -> None:
        for index, char in enumerate(text):
            self.emit(" " if char == "\n" else char, start + index, start + index + 1)

    def math_inline(self, token: Token) -> None:
        self.computed(f"{token.markup}{token.content}{token.markup}")

    def substitution_inline(self, _token: Token) -> None:
        self.computed_match(r"\{\{.*?\}\}")

    def footnote_ref(self, _token: Token) -> None:
        self.computed_match(r"\[\^[^\]]*\]")

    def image(self, _token: Token) -> None:
        self.computed_match(r"!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])?")
        self.skip_attributes()

    def html_inline(self, token: Token) -> None:
        self.at = self.seek(token.content) + len(token.content)

    def computed(self, written: str) -> None:
        start = self.seek(written)
        self.at = start + len(written)
        self.emit("", start, self.at, computed=True)

    def computed_match(self, pattern: str) -> None:
        match = re.compile(pattern, re.DOTALL).search(self.content, self.at)
        if match is None:
            raise UnreadableError
        self.at = match.end()
        self.emit("", match.start(), match.end(), computed=True)

    def other(self, token: Token) -> None:
        """Pass over the signs of bold, italics and the like; what a plugin makes is computed."""
        if token.markup and token.nesting:
            self.at = self.seek(token.markup) + len(token.markup)
        elif token.content:
            self.computed(token.content)
