"""The logo of a deck: the file that its author names → a picture for the title slide."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image

from builder.build.project import ReadProject, lecture_source
from builder.deck.blocks import Picture
from builder.deck.lectures import Lecture
from builder.deck.pages.pictures import picture_size, svg_to_png
from builder.errors import AuthorError
from builder.source.pictures.convert import UnusableError
from builder.source.pictures.usable import usable
from builder.typeset.contrast import contrast

SEEN = 2.0
"""Least contrast with its ground of the part of a logo that stands out most."""
PART = 0.15
"""What share of a logo's pixels that part has."""
SMALL = 64
"""Pixels that the longer side of a logo has when its colours are looked at."""
VISIBLE = 128
"""Opacity, of 255, from which a pixel counts."""


def logo_files(lecture: Lecture, confdir: Path, lectures: str) -> tuple[Path, ...]:
    """The files that may be the logo of a lecture, beside ``lectures.toml`` and ``conf.py``, the likelier first."""
    name = lecture.style.logo
    return ((confdir / lectures).parent / name, confdir / name) if name else ()


def logo_file(project: ReadProject, lecture: Lecture) -> Path | None:
    """The file of a lecture's logo, None where none is named."""
    paths = logo_files(lecture, project.confdir, project.config.builder_lectures)
    return next((path for path in paths if path.is_file()), paths[-1] if paths else None)


def logo_of(project: ReadProject, lecture: Lecture) -> Picture | None:
    """The picture of a deck's logo; None where none is named, or, which is reported, where it cannot be shown."""
    path, source = logo_file(project, lecture), lecture_source(project, lecture)
    if path is None:
        return None
    try:
        shown = Path(usable(path, project.resolver.converted_pictures).path)
    except UnusableError as error:
        project.resolver.report(AuthorError(f"the logo '{lecture.style.logo}' {error}", source))
        return None
    width, height = picture_size(shown, lecture.style.logo, source)
    words = lecture.style.institution or lecture.style.author or str(project.config.author) or lecture.title
    return Picture(str(shown), words, width, height, None, source)


def is_seen_on(logo: Picture, ground: str) -> bool:
    """True if a part of the logo stands out from a ``ground`` of the colour ``#rrggbb``."""
    path = logo.path
    file = io.BytesIO(svg_to_png(path, SMALL)) if path.lower().endswith(".svg") else Path(path)
    with Image.open(file) as opened:
        image = opened.convert("RGBA")
    image.thumbnail((SMALL, SMALL))
    pixels: list[Any] = list(image.getdata())
    pixels = [pixel for pixel in pixels if pixel[3] >= VISIBLE]
    found = sorted((contrast("#{:02x}{:02x}{:02x}".format(*pixel), ground) for pixel in pixels), reverse=True)
    return not found or found[int(len(found) * PART)] >= SEEN
