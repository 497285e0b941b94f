"""Slips that the parser only calls unknown, or of which it leaves nothing: they are found in the source, with what was
meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import is_directive_registered, is_role_registered

from builder.errors import warn
from builder.source.annotations.classes import TAGS
from builder.source.annotations.directives import NAMES, OF_PANDOC
from builder.source.annotations.dropped import dropped_marks
from builder.source.annotations.restructured import as_restructured, lines_of_text, slips_in_rest
from builder.source.annotations.slips_in_lines import BOXES, slips_in_lines
from builder.source.annotations.slips_of_others import is_jupyter_slide, slips_of_others
from builder.source.annotations.slips_of_signs import slips_of_signs
from builder.source.annotations.source_pieces import SourcePiece, pieces_of
from builder.source.annotations.vocabulary import MARKS, WORD_MARKS
from builder.source.edition_names import EDITION_DIRECTIVE, EDITIONS
from builder.source.fences import EVAL_RST, Fence, Fences
from builder.source.mystmd import is_mystmd
from builder.source.near import nearly

FENCED = re.compile(r"^\s*(?:`{3,}|~{3,}|:{3,})\s*\{(?P<name>\.?[\w-]+)[^}\n]*\}")
DOTTED = re.compile(r"^\s*\.\.\s*(?P<name>[\w-]+) ?::(?=\s|$)")
ROLE = {True: re.compile(r"\{(?P<name>[A-Za-z][\w-]*)\}`"), False: re.compile(r"(?<!\S):(?P<name>[A-Za-z][\w-]*):`")}
"""A role in MyST, and in reStructuredText."""
OF_OTHER_TOOLS = (".incremental", ".fragment")
"""Classes of other tools' boxes that show a slide step by step."""

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
        if not is_code:
            yield from ((number, message) for check in CHECKS[is_myst] if (message := check(line)))
            yield from ((number, message) for message in of_roles(line, is_myst))
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


def of_fenced(line: str) -> str:
    """Return what is to be said of the directive that a line of MyST opens; '' for one that is right or of others."""
    match = FENCED.match(line)
    name = match["name"] if match else ""
    if not name or name in (*NAMES, *OF_PANDOC) or is_directive_registered(name):
        return ""
    if name in OF_OTHER_TOOLS:
        return f"'{name}' is of another tool; a slide is shown step by step by the option ':reveal:' of ```{{slide}}."
    return of_unknown(name)


def of_unknown(name: str) -> str:
    """Return what was meant by the name of a directive that nobody knows; '' where that is not known."""
    plain = name.lstrip(".")
    if found := nearly(plain, NAMES):
        return f"there is no directive '{name}'; did you mean '{found}'?"
    if edition := nearly(plain, EDITIONS):
        return f"there is no directive '{name}'; did you mean ```{{{EDITION_DIRECTIVE}}} {edition}?"
    if found := nearly(plain, ("backup", *MARKS, "statement", "assertion", "quotation")):
        return f"'{name}' is no directive but a mark; write {{.{found}}} above the block, or [words]{{.{found}}}."
    return ""


def of_dotted(line: str) -> str:
    """Return what is to be said of the directive in a line of reStructuredText; '' for one that is right."""
    match = DOTTED.match(line)
    name = match["name"].lower() if match else ""
    if not name or name in NAMES or is_directive_registered(name):
        return ""
    return of_other_slides(name) or of_unknown(name)


def of_other_slides(name: str) -> str:
    """Return what to write for a directive of another tool that makes slides of reStructuredText."""
    remedy = OF_OTHER_SLIDES.get(name.removeprefix("revealjs-"))
    return f"the directive '{name}' is of another tool; {remedy}." if remedy else ""


OF_OTHER_SLIDES = {
    **dict.fromkeys(("nextslide", "break"), "write {.next-slide} above what goes to a further slide"),
    "ifslides": "what stands in a ```{slide} with a title is only on that slide",
    "ifnotslides": "what is not marked is on no slide, so take it away",
    "slideconf": "what decks are like stands in slides/lectures.toml and in builder_deck of conf.py",
    "slide": "write a ```{slide}",
    **dict.fromkeys(("section", "vertical"), "options of a slide stand in a ```{slide} below its heading"),
    **dict.fromkeys(
        ("fragments", "incremental", "pause"),
        "a slide is shown step by step by the option ':reveal:' of a ```{slide}",
    ),
    "notes": "write ```{notes}",
}
"""Directive of hieroglyph, or of sphinx-revealjs without its prefix → what to write."""


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


def of_roles(line: str, is_myst: bool) -> Iterator[str]:
    """Yield what is to be said of the roles in a line that are nearly ours and that nobody knows."""
    for match in ROLE[is_myst].finditer(line):
        name = match["name"] if is_myst else match["name"].lower()
        found = "" if is_role_registered(name) else nearly(name, (*WORD_MARKS, *EDITIONS))
        if found:
            yield f"there is no role '{name}'; did you mean '{found}'?"


CHECKS: dict[bool, tuple[Callable[[str], str], ...]] = {
    True: (of_fenced, of_dotted_in_myst),
    False: (of_dotted, of_fence_in_rest),
}
"""What is looked for in a line of MyST, and in one of reStructuredText."""
