"""Slips that the parser only calls unknown, or of which it leaves nothing: they are found in the source, with what was
meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sphinx.application import Sphinx

from builder.errors import warn
from builder.source.annotations.classes import TAGS
from builder.source.annotations.directives import NAMES
from builder.source.annotations.dropped import dropped_marks
from builder.source.annotations.restructured import as_restructured, lines_of_text, slips_in_rest
from builder.source.annotations.slips_in_lines import BOXES, slips_in_lines
from builder.source.annotations.slips_of_others import is_jupyter_slide, slips_of_others
from builder.source.annotations.slips_of_signs import slips_of_signs
from builder.source.annotations.source_pieces import SourcePiece, pieces_of
from builder.source.fences import EVAL_RST, Fence, Fences
from builder.source.mystmd import is_mystmd
from builder.source.near import nearly

FENCED = re.compile(r"^\s*(?:`{3,}|~{3,}|:{3,})\s*\{(?P<name>\.?[\w-]+)[^}\n]*\}")
DOTTED = re.compile(r"^\s*\.\.\s*(?P<name>[\w-]+) ?::(?=\s|$)")
JUPYTER = (
    "the slide types of Jupyter (Slide, Fragment, Notes) have no effect; write {.slide} above a heading, and give "
    "cells of code the tag 'slide'."
)
"""What is said once of a document."""

Slip = tuple[int, str]
"""Line, and what is said of it."""


def check_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Before a document is read: warn of slips in its source."""
    of_jupyter = False
    of_second_book = is_mystmd(Path(app.srcdir))
    untitled = () if of_second_book else BOXES
    for piece in pieces_of(app, docname, content[0]):
        signs = () if of_second_book else slips_of_signs(piece, getattr(app.config, "myst_enable_extensions", ()))
        of_myst = chain(slips_of_others(piece), slips_in_lines(piece, untitled), signs)
        others = of_myst if piece.is_myst else slips_in_rest(piece.lines)
        for line, message in chain(slips_in(piece), others):
            warn(message if piece.is_myst else as_restructured(message), piece.source(line), "slip")
        if not of_jupyter and (line := is_jupyter_slide(piece)):
            of_jupyter = True
            warn(JUPYTER, piece.source(line), "slip")
        for line, message in dropped_marks(piece.lines) if piece.is_myst else ():
            warn(message, piece.source(line), "dropped")


def slips_in(piece: SourcePiece) -> Iterator[Slip]:
    """Yield the slips of a piece in their order, those of whole pieces last."""
    fences = Fences()
    opened: list[tuple[Fence, int]] = []
    for number, line in enumerate(piece.lines, start=1) if piece.is_myst else lines_of_text(piece.lines):
        is_myst = piece.is_myst and not (fences.open and fences.open[-1].directive == EVAL_RST)
        is_code = is_myst and fences.are_verbatim
        if piece.is_myst and (fence := fences.take(line)):
            opened.append((fence, number))
        if not is_code and (message := of_dotted_in_myst(line) if is_myst else of_fence_in_rest(line)):
            yield number, message
    for fence, number in opened:
        if any(fence is one for one in fences.open) and (not fence.info.strip() or fence.directive in NAMES):
            message = "this fence is not closed, so all below belongs to it; the outer of two fences has more signs."
            yield number, message
    for tag in piece.tags:
        if nearly(tag, TAGS):
            message = (
                f"the tag '{tag}' has no effect on a cell of Markdown; write {{.slide}} above its heading or block."
            )
            yield 1, message


def of_dotted_in_myst(line: str) -> str:
    """Return what is to be said of a directive in reStructuredText that stands in MyST, where it is printed."""
    match = DOTTED.match(line)
    if match is None:
        return ""
    if match["name"] in ("class", "rst-class"):
        return f"'{match[0].strip()}' is reStructuredText, and is printed; write {{.slide}} above the block."
    if match["name"] in NAMES:
        return f"'{match[0].strip()}' is reStructuredText, and is printed; write ```{{{match['name']}}}."
    return ""


def of_fence_in_rest(line: str) -> str:
    """Return what is to be said of a fence of MyST in reStructuredText, where it is printed."""
    match = FENCED.match(line)
    if match is None or match["name"] not in NAMES:
        return ""
    return (
        f"'{match[0].strip()}' is MyST, and is printed; write '.. {match['name']}::' with its content indented below."
    )
