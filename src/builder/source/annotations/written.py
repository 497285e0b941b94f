"""The source of a document, and where marks can be written into it: for words, blocks, headings and cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from docutils import nodes

from builder.source.annotations.inline_source import WrittenText, shown_text, written_text

NEAR = 40
"""How many lines from where it is recorded a paragraph is looked for."""
OPENINGS = {
    "myst": re.compile(r"\s*(?:[`~:]{3,}\s*\{|[`~]{3,}|\$\$|\\begin\{|[-*+] |\d+[.)] |>|\||!\[|<)"),
    "rest": re.compile(r"\s*(?:\.\. [\w:+-]+::|[-*+•] |\(?\w{1,4}[.)] |[+=]{2,}|\S)"),
}
"""How blocks of a language begin that a line above can mark."""
INDENTED = re.compile(r" {4}|\t")
"""Code without a fence."""
SPACE = " \t\r\n"
"""What Markdown takes for space at the ends of lines."""
FREE = re.compile(r"<!--(?:(?!-->).)*-->|\{[^`]*\}|\([^)]*\)=|[`~:]{3,}|\$\$|#{1,6} .*")
"""What may stand right above a line of attributes in MyST: another, a target, the end of a block, a heading."""
EXPLICIT = re.compile(r"(\s*)\.\. ")
"""The beginning of explicit markup in reStructuredText, and how far in that stands."""
REST_PLAIN = (
    nodes.paragraph, nodes.definition_list, nodes.line_block, nodes.bullet_list,
    nodes.enumerated_list, nodes.option_list, nodes.field_list,
)  # fmt: skip
"""What no directive of reStructuredText makes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: a line (from 0) and a column."""

    line: int
    column: int


@dataclass
class WrittenDocument:
    """``text`` of a document's own file, or of one that it includes, in a ``language``: myst, rest, or '' where nothing
    can be written: a notebook.

    Without a language, marks can stand wherever the doctree has a place for them.
    """

    path: Path
    text: str
    language: str
    included: dict[Path, WrittenDocument] = field(default_factory=dict)
    """Files of the project that this document includes, once each, and into which marks can be written as into it."""
    shift: int = 0
    """How many lines below where they are recorded its nodes stand: docutils counts from where an excerpt begins."""
    _texts: dict[int, tuple[nodes.Element, WrittenText | None]] = field(default_factory=dict)
    _is_own: dict[str, bool] = field(default_factory=dict)
    """Names of files that nodes were read from → whether this is the file."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.split("\n")

    def holds(self, node: nodes.Element) -> bool:
        """True for a node that was read from this file, and not from one that it includes."""
        source = file_of(node)
        if source and source not in self._is_own:
            self._is_own[source] = Path(source).resolve() == self.path
        return not source or self._is_own[source]

    def of(self, node: nodes.Element) -> WrittenDocument:
        """The file that a node is marked in: one that is included, or this one."""
        source = self.included and file_of(node)
        return self.included.get(Path(source), self) if source else self

    def paragraph(self, node: nodes.TextElement) -> WrittenText | None:
        """The text of a paragraph with the places for marks in its source; None where none can be written."""
        if (part := self.of(node)) is not self:
            return part.paragraph(node)
        if id(node) not in self._texts:
            self._texts[id(node)] = (node, self._paragraph(node))
        return self._texts[id(node)][1]

    def _paragraph(self, node: nodes.TextElement) -> WrittenText | None:
        if not self.language or node.get("translated"):
            return shown_text(node)
        if self.spots(node) is None:
            return None
        return written_text(node, is_rest=self.language == "rest")

    def spots(self, node: nodes.Element) -> list[Spot] | None:
        """Where the lines of a paragraph's source begin in the file; None where they are not found, or twice."""
        raws = [line.strip() for line in node.rawsource.rstrip().split("\n")]
        if not node.line or not self.holds(node) or not raws[0]:
            return None
        expected = node.line - 1 + self.shift
        nearest = sorted(range(max(0, expected - NEAR), expected + NEAR), key=lambda at: abs(at - expected))
        for first in nearest:
            if all(self.ends_with(first + number, raw) for number, raw in enumerate(raws)):
                starts = [Spot(first + n, len(self.lines[first + n].rstrip()) - len(raw)) for n, raw in enumerate(raws)]
                prefix = self.lines[first][: starts[0].column]
                return starts if not any(map(str.isalnum, re.sub(r"^\s*\(?\w{1,4}[.)]\s", "", prefix))) else None
        return None

    def ends_with(self, number: int, raw: str) -> bool:
        """True if a line of the file ends with a line of a paragraph's source."""
        return 0 <= number < len(self.lines) and self.lines[number].rstrip().endswith(raw)

    def can_mark_block(self, node: nodes.Element) -> bool:
        """True if a line of attributes can be written above a block, or a tag into a cell."""
        part = self.of(node)
        if is_cell(node):
            return part.can_mark_cell(node)
        return not part.language or part.line_of_block(node) is not None

    def line_of_block(self, node: nodes.Element) -> int | None:
        """The line of the file (from 0) at which a block begins; None where it is not known."""
        if isinstance(node, nodes.paragraph) and node.rawsource:
            spots = self.spots(node)
            return spots[0].line if spots and self.is_alone(spots[0]) else None
        begins = (node.get("begins") or first_line_of(node) or 0) + self.shift_at(node)
        if node.get("follows_html") or not self.holds(node) or not 0 < begins <= len(self.lines):
            return None
        line = self.opening(node, begins - 1)
        if line is None or not self.begins_block(node, line):
            return None
        return line if line == 0 or self.is_free(line) or self.ends_paragraph(node) else None

    def shift_at(self, node: nodes.Element) -> int:
        """How many lines below where it is recorded a block of MyST stands, as the words before it do: in a notebook of
        text, lines are counted from a cell whose blank lines are gone.
        """
        is_straight = isinstance(node.parent, nodes.section | nodes.document)
        shift = self.shift
        place = node.parent.index(node) if self.language == "myst" and is_straight else 0
        for before in reversed(node.parent.children[:place]):
            if isinstance(before, nodes.Element) and is_cell(before):
                return shift
            if isinstance(before, nodes.title | nodes.paragraph) and before.line:
                line = self.line_of_words(before)
                return line + 1 - before.line if line is not None else shift
        return shift

    def line_of_words(self, node: nodes.TextElement) -> int | None:
        """The line (from 0) at which a heading or a paragraph stands; None where it is not found."""
        if isinstance(node, nodes.title):
            return self.line_of_heading(node.parent)
        spots = self.spots(node) if node.rawsource else None
        return spots[0].line if spots else None

    def ends_paragraph(self, node: nodes.Element) -> bool:
        """True for a block of MyST that stands right below the words of a paragraph; a blank line above it changes
        nothing.
        """
        if self.language != "myst" or not isinstance(node.parent, nodes.section | nodes.document):
            return False
        place = node.parent.index(node)
        return place > 0 and isinstance(node.parent.children[place - 1], nodes.paragraph)

    def begins_block(self, node: nodes.Element, line: int) -> bool:
        """True if a line looks like the first one of a block."""
        if self.language == "myst" and isinstance(node, nodes.definition_list):
            return any(re.match(r"\s*: ", below) for below in self.lines[line + 1 : line + 3])
        if self.language == "myst" and isinstance(node, nodes.literal_block) and INDENTED.match(self.lines[line]):
            return True
        return OPENINGS[self.language].match(self.lines[line]) is not None

    def opening(self, node: nodes.Element, line: int) -> int | None:
        """The line with which a block opens that has ``line`` in it; None where it is not known."""
        if self.language == "rest" and has_twin(node):
            return None
        if self.language != "rest" or isinstance(node, REST_PLAIN):
            return line
        if isinstance(node, nodes.block_quote):
            return self.opening_of_quote(node, line)
        for number in range(line, -1, -1):
            text = self.lines[number]
            if re.match(r"\.\. [\w:+-]+::", text):
                return number
            if text[:1].strip() and number < line:
                break
        is_marked_up = isinstance(node, nodes.literal_block | nodes.doctest_block)
        return None if is_marked_up else self.first_of_paragraph(line)

    def opening_of_quote(self, node: nodes.Element, line: int) -> int | None:
        """The line of the directive that makes a quotation of reStructuredText, else of its first words; None for one
        that stands in something else.
        """
        for number in range(line, -1, -1):
            if re.match(r"\.\. [\w:+-]+::", self.lines[number]):
                return number
            if self.lines[number][:1].strip():
                break
        return self.first_of_paragraph(line) if isinstance(node.parent, nodes.section) else None

    def is_indented_quote(self, node: nodes.Element, line: int) -> bool:
        """True for a quotation that its indentation makes, which an empty comment parts from what marks it."""
        return self.language == "rest" and isinstance(node, nodes.block_quote) and self.lines[line][:1].isspace()

    def first_of_paragraph(self, line: int) -> int:
        """The first line of those without a blank one between them that ``line`` is among."""
        while line and not self.is_blank(line - 1):
            line -= 1
        return line

    def is_blank(self, line: int) -> bool:
        """True for a line that parts blocks: for MyST it holds spaces and tabs at most, and no wide or fixed ones."""
        return not self.lines[line].strip(None if self.language == "rest" else SPACE)

    def is_alone(self, spot: Spot) -> bool:
        """True if only space stands before a place in its line."""
        return not self.lines[spot.line][: spot.column].strip() and self.is_free(spot.line)

    def is_free(self, line: int) -> bool:
        """True if a line of attributes may stand above a line: a blank one does, or another line of attributes; in
        reStructuredText also a target, or what else is explicit markup, right above a directive.
        """
        if line == 0 or self.is_blank(line - 1):
            return True
        above = self.lines[line - 1]
        if self.language == "myst":
            return FREE.fullmatch(above.strip()) is not None
        margins = [match[1] for match in map(EXPLICIT.match, (above, self.lines[line])) if match]
        return len(margins) == 2 and margins[0] == margins[1]

    def line_of_heading(self, section: nodes.Element) -> int | None:
        """The line of the file (from 0) above which a heading is marked; None where it is not known."""
        title = next((child for child in section.children if isinstance(child, nodes.title)), None)
        if title is None or not title.line or not self.holds(title):
            return None
        line = title.line - 1 + self.shift
        return self.rest_heading(line, title) if self.language == "rest" else self.myst_heading(line, title)

    def myst_heading(self, line: int, title: nodes.Element) -> int | None:
        """The line of a heading of MyST, where it is recorded or beside that: in a notebook of text it is one less."""
        raw = title.rawsource.strip()
        for number in (line, line - 1, line + 1):
            text, under = (self.lines[at].strip() if 0 <= at < len(self.lines) else "" for at in (number, number + 1))
            is_there = number == line or (raw and raw in text)
            if is_there and (text.startswith("#") or (text and re.fullmatch(r"=+|-+", under))):
                return number
        return None

    def rest_heading(self, line: int, title: nodes.Element) -> int | None:
        """The line of a heading of reStructuredText, or of the line over it."""
        raw = title.rawsource.strip()
        for number in (line, line - 1, line + 1):
            if raw and 0 <= number < len(self.lines) and self.lines[number].strip() == raw:
                over, under = (
                    self.lines[at].rstrip() if 0 <= at < len(self.lines) else "" for at in (number - 1, number + 1)
                )
                return number - 1 if over == under and re.fullmatch(r"([^\w\s])\1*", over) else number
        return None

    def can_mark_heading(self, section: nodes.Element) -> bool:
        """True if a heading can be marked."""
        part = self.of(section)
        return not part.language or part.line_of_heading(section) is not None

    def line_of_cell(self, cell: nodes.Element) -> int | None:
        """The line (from 0) with which a cell of code opens; None where it is not known."""
        if not cell.line or not self.holds(cell):
            return None
        recorded = cell.line + self.shift
        for number in range(min(recorded, len(self.lines)) - 1, max(-1, recorded - 30), -1):
            if re.match(r"\s*[`~:]{3,}\s*\{code-cell\}", self.lines[number]):
                return number
        return None

    def can_mark_cell(self, cell: nodes.Element) -> bool:
        """True if a cell can be given tags."""
        part = self.of(cell)
        return not part.language or part.line_of_cell(cell) is not None


def is_cell(node: nodes.Element) -> bool:
    """True for a cell of code, which is marked by its tags."""
    return bool(node.get("nb_element") == "cell_code")


def has_twin(node: nodes.Element) -> bool:
    """True for one of several blocks that one directive made, as HTML with two films: a mark above is for all."""
    around = node.parent.children if node.parent is not None else ()
    lines = [one.line for one in around if one is not node and isinstance(one, nodes.Element) and one.line]
    return node.line in lines


def first_line_of(node: nodes.Element) -> int:
    """The first line that a node, or one in it, was read from; 0 where none is known."""
    lines = [one.line for one in (node, *node.findall(nodes.Element)) if one.line]
    return node.line or min(lines, default=0)


def file_of(node: nodes.Element) -> str:
    """The path of the file that a node was read from; '' where it is not known."""
    one: nodes.Element | None = node
    while one is not None and not one.source:
        one = one.parent
    return str(one.source) if one is not None and one.source else ""


LANGUAGES = {".md": "myst", ".rst": "rest", ".txt": "rest"}
"""Endings of documents → their language."""


def written_document(path: Path) -> WrittenDocument:
    """The source of a document; without a language where marks cannot be written into it."""
    return written_file(path, LANGUAGES.get(path.suffix, ""))


def with_included(
    document: WrittenDocument, paragraphs: Iterable[nodes.TextElement], parts_among: Callable[[set[Path]], set[Path]]
) -> WrittenDocument:
    """Return a document, of these ``paragraphs``, with the files that are its parts among those that it includes.

    One that is included twice has no place for the marks of either.
    """
    texts: dict[str, Counter[tuple[int | None, str]]] = {}
    for node in paragraphs if document.language else ():
        source = file_of(node)
        if source and not document.holds(node):
            texts.setdefault(source, Counter())[node.line, node.rawsource] += 1
    once = {Path(source) for source, found in texts.items() if max(found.values()) == 1}
    for path in parts_among(once) if once else ():
        language = {".md": "myst", ".rst": "rest"}.get(path.suffix, document.language)
        file = written_file(path, language)
        if file.language == document.language:  # which it has not where it cannot be read
            document.included[path] = replace(file, shift=shift_of(file.lines, texts[str(path)]))
    return document


def shift_of(lines: Sequence[str], texts: Iterable[tuple[int | None, str]]) -> int:
    """How many lines below where they are recorded paragraphs stand in the file that an excerpt is from: as most that
    are there once do.
    """
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        places.setdefault(line.strip(), []).append(number)
    found = ((places.get(raw.strip().partition("\n")[0].strip(), []), line) for line, raw in texts if line)
    shifts = Counter(at[0] - line for at, line in found if len(at) == 1)
    return shifts.most_common(1)[0][0] if shifts else 0


def written_file(path: Path, language: str) -> WrittenDocument:
    """A file in a language; without one where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig") if language else ""
    except (OSError, UnicodeDecodeError):
        language, text = "", ""
    return WrittenDocument(path.resolve(), text, language)
