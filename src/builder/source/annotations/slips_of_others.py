"""What is right in other tools for books and slides, and is printed or dropped here: found in lines of MyST."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.source.annotations.front_matter import AS_SLIDE, in_front
from builder.source.annotations.source_pieces import SourcePiece
from builder.source.annotations.vocabulary import MARKS
from builder.source.fences import Fences
from builder.source.near import nearly

COMMENTS = re.compile(
    r"^\s*<!--\s*(?P<word>_?(?:class|paginate|backgroundColor|backgroundImage|headingDivider)\s*:.*?"
    r"|slide|new slide|pause|stop|end_slide|notes|fit)\s*-->"
)
"""Comments by which Marp, Deckset, presenterm and others divide slides and give them looks."""
CELL = re.compile(r"^\+\+\+\s*\{.*\"slide_type\"")
"""The head of a cell of a notebook in text, with the kind of slide that it is in Jupyter."""
SLIDE_TYPES = ("slide", "subslide", "fragment", "notes")

TWO = re.compile(r"^\s*\{(?P<one>\s*[.#][^{}\n]*)\}\s*\{(?P<other>\s*[.#][^{}\n]*)\}\s*$")
IDENTIFIER = re.compile(
    rf"^\s*\{{#(?P<block>slide|backup|next-slide|unlisted)\}}\s*$|\]\{{#(?P<words>{'|'.join(MARKS)})\}}"
)
IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)\{(?P<given>[^{}\n]*)\}")
GIVEN = re.compile(r"(?P<name>[\w-]+)=(?P<value>\"[^\"]*\"|'[^']*'|[^\s]*)")
OF_IMAGES = ("width", "height", "align", "w", "h", "a")
PLAIN_VALUE = re.compile(r"[\w:-]+|\"[^\"]*\"|'[^']*'")
"""What may stand behind ``=`` among attributes."""
QUESTION = re.compile(r"\{[^{}\n]*\.question\b[^{}\n]*?\bminutes=[\"']?(?P<minutes>\w+)[\"']?[^{}\n]*\}")
QUOTATION = re.compile(r"^\s*\{[^{}\n]*\.quotation\b(?P<given>[^{}\n]*)\}\s*$")

Slip = tuple[int, str]
OF_KRAMDOWN = {
    re.compile(
        r"^\s*\{:\s*toc\s*\}\s*$"
    ): "'{}' of kramdown is printed: a page has its contents at its side by itself; "
    "write ```{{contents}} for one in its text, or take it out.",
    re.compile(r"^\s*\{:\s*[.#][^{}\n]*\}\s*$"): "'{}' of kramdown is printed: write attributes without the colon on "
    "the line above what they belong to, as in {{.slide}}.",
}
"""Line of kramdown (Jekyll) → what is told of the first one in a document."""


def slips_of_others(piece: SourcePiece) -> Iterator[Slip]:
    """Yield line and message for what a piece of MyST has of other tools."""
    yield from in_front(piece)
    yield from of_kramdown(piece)
    fences, text = Fences(), "\n".join(piece.lines)
    for number, line in enumerate(piece.lines, start=1):
        is_code = fences.are_verbatim
        fences.take(line)
        if not is_code:
            yield from ((number, message) for message in (*of_attributes(line), *of_identifiers(line, text)))
            if found := COMMENTS.match(line):
                yield number, f"a comment '{found['word'].strip()}' of another tool has no effect; {AS_SLIDE}."


def of_kramdown(piece: SourcePiece) -> Iterator[Slip]:
    """Yield the first line of each kind that kramdown reads, and MyST prints."""
    fences, found = Fences(), dict.fromkeys(OF_KRAMDOWN, 0)
    for number, line in enumerate(piece.lines, start=1):
        is_code = fences.are_verbatim
        fences.take(line)
        for pattern in OF_KRAMDOWN:
            if not is_code and not found[pattern] and pattern.match(line):
                found[pattern] = number
                yield number, OF_KRAMDOWN[pattern].format(line.strip())


def of_attributes(line: str) -> Iterator[str]:
    """Yield what is to be said of the attributes in a line."""
    if found := TWO.match(line):
        whole = f"{{{found['one'].strip()} {found['other'].strip()}}}"
        yield f"'{line.strip()}' has the effect of its first half alone; write {whole}."
    for image in IMAGE.finditer(line):
        for given in GIVEN.finditer(image["given"]):
            name, value = given["name"], given["value"]
            if not PLAIN_VALUE.fullmatch(value):
                yield f"'{{{image['given']}}}' is printed as it stands; write {name}=\"{value}\", in quotation marks."
            elif name not in OF_IMAGES and (meant := nearly(name, OF_IMAGES)):
                yield f"a picture has no attribute '{name}'; did you mean '{meant}'?"
    for question in QUESTION.finditer(line):
        yield f"the minutes of a question are a class; write .minutes-{question['minutes']}."
    if quotation := QUOTATION.match(line):
        for given in GIVEN.finditer(quotation["given"]):
            if given["name"] != "attribution":
                yield f"a quotation has no attribute '{given['name']}'; write attribution=\"...\"."


def of_identifiers(line: str, text: str) -> Iterator[str]:
    """Yield what is to be said of marks that are written as identifiers, to which nothing in ``text`` refers."""
    for found in IDENTIFIER.finditer(line):
        name = found["block"] or found["words"]
        if text.count(f"#{name}") == 1 and f"`{name}`" not in text:
            yield f"'{{#{name}}}' is a label; write {{.{name}}}, with a dot."


def is_jupyter_slide(piece: SourcePiece) -> int:
    """Return the line at which a piece says what kind of slide it is in Jupyter; 0 where it does not."""
    if piece.slide_type in SLIDE_TYPES:
        return 1
    return next((number for number, line in enumerate(piece.lines, start=1) if CELL.match(line)), 0)
