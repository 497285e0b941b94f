"""The slides of the section in which one writes, as the last build made them; ``builder serve`` has them new after each
save.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils.nodes import fully_normalize_name, make_id

from builder.build.deck_report import read
from builder.build.printing import early
from builder.build.request import Request
from builder.commands.lsp.completion import FENCE
from builder.commands.lsp.names import LABEL, ProjectFiles
from builder.typeset.pdf_pages import page_as_png

HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<words>.+?)\s*#*$")
CODE = re.compile(r"^\s*(?P<marks>`{3,}|~{3,})")
MARKUP = re.compile(r"\{[\w:-]+\}(?=`)|[`*_]|\]\([^)]*\)|\]\{[^}]*\}|[\[\]]")
WIDTH = 960
"""Pixels of a picture."""


@dataclass(frozen=True, slots=True)
class ShownSlide:
    """A slide of a section: its deck, number and title, and the PDF that shows it."""

    deck: str
    title: str
    number: int
    slide: str
    pdf: Path

    def picture(self) -> bytes:
        """Return it as PNG.

        Raises:
            OSError, IndexError, PdfiumError: the PDF has no such page.
        """
        return page_as_png(self.pdf, self.number, WIDTH)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the identities that it may have on the web, and the titles of slides written below it."""

    level: int
    anchors: tuple[str, ...]
    titles: tuple[str, ...] = ()


def slides_at(project: ProjectFiles, document: str, lines: Sequence[str]) -> list[ShownSlide]:
    """Return the slides of the section at the end of ``lines``, that of a ``slide`` directive above it first; those of
    the section above where it has none.
    """
    request = Request(project.source, project.config, project.output)
    decks = read(request.work / "slides.json")
    for section in reversed(open_sections(lines)):
        found = [
            ShownSlide(deck["name"], deck["title"], number, slide["title"], pdf_of(request, deck["name"]))
            for deck in decks
            for number, slide in enumerate(deck["slides"], start=1)
            if slide["document"] == document and slide["anchor"] in section.anchors
        ]
        if found:
            last = section.titles[-1] if section.titles else ""
            return sorted(found, key=lambda shown: not last or shown.slide != last)
    return []


def pdf_of(request: Request, deck: str) -> Path:
    """Return the PDF of a deck: the one that a build under way has made before the one in its place."""
    path = early(request.work, deck)
    return path if path.is_file() else request.output / "slides" / f"{deck}.pdf"


def open_sections(lines: Sequence[str]) -> list[Section]:
    """Return the sections in which the last of ``lines`` stands, from the outermost."""
    found: list[Section] = []
    fence = ""
    for number, line in enumerate(lines):
        if match := CODE.match(line):
            if not fence:
                fence = match["marks"]
            elif line.strip() == fence:
                fence = ""
            opened = FENCE.match(line)
            if opened and opened["name"] == "slide" and opened["rest"].strip() and found:
                section = found[-1]
                found[-1] = Section(section.level, section.anchors, (*section.titles, plain(opened["rest"])))
        elif not fence and (heading := HEADING.match(line)):
            level = len(heading["level"])
            found = [section for section in found if section.level < level]
            found.append(Section(level, anchors_of(plain(heading["words"]), lines[:number])))
    return found


def plain(words: str) -> str:
    """Return words without their markup."""
    return MARKUP.sub("", words).strip()


def anchors_of(words: str, above: Sequence[str]) -> tuple[str, ...]:
    """Return the identities of a heading: of its words, and of the labels on the lines right above it."""
    names = [words]
    for line in reversed(above):
        if not line.strip().startswith(("(", "{")):
            break
        names += (next(filter(None, label.groups())) for label in LABEL.finditer(line))
    return tuple(make_id(fully_normalize_name(name)) for name in names)


def content(shown: Sequence[ShownSlide]) -> list[dict[str, Any]]:
    """Return slides as they are sent to editors, without their pictures."""
    return [{"deck": one.deck, "title": one.title, "number": one.number, "slide": one.slide} for one in shown]
