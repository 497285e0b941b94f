"""Annotations that the parser would lose in silence are found in the source text and named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from sphinx.application import Sphinx

from builder.errors import warn
from builder.source.annotations.slide import OPTIONS
from builder.source.annotations.source_pieces import pieces_of
from builder.source.fences import Fences

BLOCK_MARK = re.compile(r"^\s*\{[^}`]*\.slide\b[^}]*\}\s*$")
OTHER_MARK = re.compile(
    r"^\s*\{\s*\.(?P<name>next-slide|statement|assertion|quotation|unlisted|teacher|student)\s*\}\s*$"
)
"""A mark besides ``{.slide}`` that stands above what it is for."""
INLINE_MARK = re.compile(r"\]\{[^}]*\.(?:sub)*point\b[^}]*\}")
INFO_MARK = re.compile(r"^\s*[^\s{].*\{[^}]*\.slide\b[^}]*\}")
"""A mark behind the language of a block of code."""
BEGINS_BLOCK = re.compile(r"\s*(?:#|`{3}|~{3}|:{3}|[{(<%]|\+{3}|-{3}|\$\$)")
"""What no words go on behind."""
DROPPED = "this {.slide} is dropped: "
ABOVE_COMMENT = "above a comment it has no effect; put the comment above it."
OPTION = re.compile(rf"\b(?P<name>{'|'.join(sorted({*OPTIONS} - {'class'}))})\s*=")
"""An option among attributes."""


def dropped_marks(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Line (from 1) and advice for each ``{.slide}`` line that MyST-Parser 5 does not attach to a block."""
    fences = Fences()
    for number, line in enumerate(lines, start=1):
        is_code = fences.are_verbatim
        fence = fences.take(line)
        if fence and INFO_MARK.search(fence.info):
            yield number, f"{DROPPED}behind a fence it has no effect; put it on a line of its own above."
        if is_code:
            continue
        if BLOCK_MARK.match(line) and (option := OPTION.search(line)):
            name = option["name"]
            yield (
                number,
                f"the {name} among these attributes has no effect; write a ```{{slide}} with ':{name}:' below.",
            )
        elif BLOCK_MARK.match(line) and not goes_on(lines[: number - 1]):
            advice = _advice(first_of(lines[number:]))
            if advice:
                yield number, f"{DROPPED}{advice}"
        elif other := OTHER_MARK.match(line):
            below = first_of(lines[number:])
            advice = ABOVE_COMMENT if is_comment(below) else "" if below else "nothing stands below it."
            if advice:
                yield number, f"this {{.{other['name']}}} is dropped: {advice}"


def goes_on(above: Sequence[str]) -> bool:
    """True where a line goes on with the words above it, so that it is printed."""
    return bool(above and above[-1].strip()) and BEGINS_BLOCK.match(above[-1]) is None


def first_of(lines: Sequence[str]) -> str:
    """The first line with words, without spaces round it; '' for none."""
    return next((line.strip() for line in lines if line.strip()), "")


def is_comment(line: str) -> bool:
    """True for a line that begins a comment of MyST or of HTML."""
    return line.startswith(("%", "<!--"))


def _advice(below: str) -> str:
    if re.match(r"^\([^)]+\)=$", below):
        return "above a target it has no effect; put it between the target and the heading."
    if re.match(r"^\[[^\]]+\]:\s", below):
        return "above the address of a link, or a footnote, it has no effect; put it above a heading or a block."
    if is_comment(below):
        return ABOVE_COMMENT
    if not below or below.startswith("+++"):
        return "nothing stands below it that could go on a slide; put it right above a heading or a block."
    return ""


def check_extensions(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn once for each document about marks in a project whose MyST does not read attributes."""
    enabled = set(getattr(app.config, "myst_enable_extensions", ()))
    wanted = [(BLOCK_MARK, "attrs_block"), (INLINE_MARK, "attrs_inline")]
    missing = [(pattern, extension) for pattern, extension in wanted if extension not in enabled]
    pieces = [piece for piece in pieces_of(app, docname, content[0]) if piece.is_myst] if missing else []
    for pattern, extension in missing:
        found = (
            piece.source(number)
            for piece in pieces
            for number, line in enumerate(piece.lines, start=1)
            if pattern.search(line)
        )
        for place in islice(found, 1):
            warn(
                f"this annotation is not read: add '{extension}' to myst_enable_extensions in conf.py.",
                place,
                "dropped",
            )
