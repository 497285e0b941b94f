"""One text of a document, read character by character: what each shows, and where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from builder.commands.pull.source_texts import Kind, Segment
from builder.deck.inline import sentence_ends
from builder.source.annotations.vocabulary import WORD_MARKS

ATTRIBUTES = re.compile(r"\{[^{}`\n]*\}(?!`)")
ROLE = re.compile(r"\{([^{}`]+)\}(`+)")
TITLED = re.compile(r"(.*?)\s*<[^<>]*>\Z", re.DOTALL)
LITERAL_ROLES = {
    "abbr", "code", "command", "dfn", "emphasis", "file", "guilabel", "kbd", "literal", "math-text", "menuselection",
    "program", "samp", "strong", "sub", "subscript", "sup", "superscript", "term", "title-reference",
}  # fmt: skip
"""Roles that show their own words."""


class UnreadableError(Exception):
    """A text whose characters could not be found again in the file."""


DASHES = {"---": "—", "--": "–", "...": "…"}
"""What Sphinx makes of them in print."""


class InlineReader:
    """Reads one text: ``places`` are those of its characters in the file, and of its end."""

    def __init__(self, content: str, places: list[int], tokens: Sequence[Token]) -> None:
        self.content, self.places, self.tokens = content, places, tokens
        self.at = 0
        self.out: list[Segment] = []
        self.parts: list[tuple[list[Segment], Kind]] = []
        self.numbers: list[tuple[int, int]] = []
        self.open: list[int] = []
        self.opened_with: list[list[str]] = []

    def segments(self) -> list[Segment]:
        """Return all characters and computed parts, in order; marked parts of the text are in ``parts``."""
        for token in self.tokens:
            getattr(self, token.type, self.other)(token)
        for first, last in self.numbers:
            self.parts += ((part, "markdown") for part in self.around(first, last))
        return self.out

    def around(self, first: int, last: int) -> Iterator[list[Segment]]:
        """Yield the sentence round a marked number, and what stands behind the number in it: slides show either."""
        shown = [segment.text[:1] or " " for segment in self.out]
        shown[first] = "A"  # a sentence may begin with the figures
        ends = [0, *sentence_ends("".join(shown)), len(shown)]
        end = next((one for one in ends if one > last), len(shown))
        start = max(one for one in ends if one <= first)
        yield self.out[start:end]
        yield self.out[last:end]

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

    def span_open(self, token: Token) -> None:
        self.at = self.seek("[") + 1
        self.open.append(len(self.out))
        self.opened_with.append(str(token.attrs.get("class", "")).split())

    def span_close(self, _token: Token) -> None:
        self.at = self.seek("]") + 1
        self.skip_attributes()
        first = self.open.pop()
        self.parts.append((self.out[first:], "markdown"))
        if "number" in self.opened_with.pop():
            self.numbers.append((first, len(self.out)))

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
        if name in WORD_MARKS and titled:
            self.letters(titled[1], start)
            short = inner.rindex("<") + 1
            places = range(start + short, end - 1)
            self.parts.append(
                ([Segment(self.content[i], self.places[i], self.places[i + 1]) for i in places if i < end], "role")
            )
        elif name in (*WORD_MARKS, *LITERAL_ROLES) or titled:
            shown = titled[1] if titled else inner
            self.title(re.sub(r"\s+\([^()]*\)\Z", "", shown) if name == "abbr" else shown, start)
            if name in WORD_MARKS:
                self.parts.append((self.out[first:], "role"))
                self.numbers += [(first, len(self.out))] * (name == "number")
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
