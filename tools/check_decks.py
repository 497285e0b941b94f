"""Holds decks against the schema of Office files and against PowerPoint's own way to lay out text.

    python tools/check_decks.py _build/slides/*.pptx

Every part must be valid (openxml-audit), each type size a whole number of points, and no text box, no placeholder and
no row of a table may hold more lines, by the advances that PowerPoint rounds, than there is room for. Text that does
not name its size, and shapes with formulas, are not measured. Exit status 1 when there is a fault, or nothing was
measured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from openxml_audit import FileFormat, OpenXmlValidator
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from builder.deck.lines import Typeface, paint
from builder.deck.model import Run
from builder.typeset import fonts
from builder.typeset.math.formulas import Formulas
from builder.typeset.measure import OFFICE_PITCH, whole_points

EMU = 12700
LEEWAY = 1.5
"""By how many points text may be higher than its box."""
INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}
MARGINS = {"marL": 7.2, "marT": 3.6, "marR": 7.2, "marB": 3.6}
MEASURED = tuple(map(qn, ("a:pPr", "a:r", "a:br", "a:fld", "a:endParaRPr")))
"""What stands in a paragraph that can be measured."""
MONOSPACED = ("Courier New",)


TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


class NotMeasurableError(Exception):
    """Text of which the size, the font or the lines are not known from the slide."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for text: its name, its room in points, and the element that holds its paragraphs.

    ``styles`` are lists of the looks of levels (``a:lvl1pPr`` and so on), the nearest first, which a placeholder has.
    """

    name: str
    width: float
    height: float
    body: Any
    styles: tuple[Any, ...] = ()


@dataclass(slots=True)
class Counts:
    """What was looked at in the decks."""

    places: int = 0
    measured: int = 0
    faults: int = 0


@cache
def typeface(family: str) -> Typeface:
    """The measures of a font.

    Raises:
        NotMeasurableError: neither it nor one with its metrics is here.
    """
    if not fonts.is_measurable(family):
        raise NotMeasurableError(family)
    return Typeface(family, Formulas())


# --- places


def places_of(slide: Any) -> Iterator[Place]:
    """Yield the boxes with text of a slide, in groups too, and the cells of its tables."""
    for shape in shapes_of(slide.shapes):
        if getattr(shape, "has_table", False) and shape.has_table:
            yield from cells_of(shape)
        elif shape.has_text_frame and shape.text_frame.text.strip() and is_broken_into_lines(shape):
            left, top, right, bottom = (inset(shape, name) for name in ("lIns", "tIns", "rIns", "bIns"))
            width, height = shape.width / EMU - left - right, shape.height / EMU - top - bottom
            yield Place(shape.name, width, height, shape.text_frame._txBody, styles_of(shape))


def is_broken_into_lines(shape: Any) -> bool:
    """True for text that runs horizontally and wraps."""
    return find(shape, "vert") in ("", "horz") and find(shape, "wrap") != "none"


def shapes_of(shapes: Any) -> Iterator[Any]:
    """Yield shapes, and those in groups."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from shapes_of(shape.shapes)
        else:
            yield shape


def cells_of(shape: Any) -> Iterator[Place]:
    """Yield the cells of a table that are not covered by others."""
    widths = [column.width / EMU for column in shape.table.columns]
    heights = [row.height / EMU for row in shape.table.rows]
    for y, row in enumerate(shape.table.rows):
        for x, cell in enumerate(row.cells):
            if not cell.is_spanned and cell.text.strip():
                margins = cell._tc.tcPr
                left, top, right, bottom = (
                    int(margins.get(name)) / EMU if margins is not None and margins.get(name) else usual
                    for name, usual in ((name, MARGINS[name]) for name in ("marL", "marT", "marR", "marB"))
                )
                width = sum(widths[x : x + cell.span_width]) - left - right
                height = sum(heights[y : y + cell.span_height]) - top - bottom
                yield Place(f"{shape.name}, row {y + 1}, column {x + 1}", width, height, cell._tc.txBody)


def find(shape: Any, name: str) -> str:
    """An attribute of a shape's body, or of the placeholders that it stands for; '' where none has it."""
    for one in chain(shape):
        body = one._element.find(f".//{qn('a:bodyPr')}")
        if body is not None and body.get(name):
            return str(body.get(name))
    return ""


def chain(shape: Any) -> Iterator[Any]:
    """Yield a shape, and for a placeholder those of layout and master that it takes its looks from."""
    yield shape
    if (base := getattr(shape, "_base_placeholder", None)) is not None:
        yield from chain(base)


def styles_of(shape: Any) -> tuple[Any, ...]:
    """The looks of levels that a placeholder has by itself, by its layout and by its master."""
    if not shape.is_placeholder:
        return ()
    own = (one._element.find(f".//{qn('a:lstStyle')}") for one in chain(shape))
    kind = "titleStyle" if shape.placeholder_format.type in TITLES else "bodyStyle"
    master = shape.part.slide_layout.slide_master.element
    return tuple(style for style in (*own, master.find(f".//{qn(f'p:{kind}')}")) if style is not None)


def inset(shape: Any, name: str) -> float:
    """An inset of a shape in points."""
    return float(found) / EMU if (found := find(shape, name)) else INSETS[name]


# --- text


@dataclass(frozen=True, slots=True)
class Looks:
    """How a paragraph looks: what it says itself, then what its level has in the styles of its place."""

    levels: tuple[Any, ...]

    def number(self, name: str) -> int:
        """An attribute of the paragraph; 0 where nothing has it."""
        return next((int(level.get(name)) for level in self.levels if level.get(name)), 0)

    def of_letters(self, name: str, usual: str = "") -> str:
        """An attribute of its letters by default."""
        defaults = (level.find(qn("a:defRPr")) for level in self.levels)
        return next((one.get(name) for one in defaults if one is not None and one.get(name)), usual)

    def spacing(self, name: str, pitch: float, usual: float) -> float:
        """A spacing in points, of which a share is one of ``pitch``."""
        found = next((one for level in self.levels if (one := level.find(qn(name))) is not None), None)
        if found is None:
            return usual
        value = int(found[0].get("val"))
        return value / 100 if found[0].tag == qn("a:spcPts") else pitch * value / 100_000


def looks_of(paragraph: Any, place: Place) -> Looks:
    """The looks of a paragraph."""
    own = paragraph.find(qn("a:pPr"))
    level = int(own.get("lvl", 0)) + 1 if own is not None else 1
    inherited = (style.find(qn(f"a:lvl{level}pPr")) for style in place.styles)
    return Looks(tuple(one for one in (own, *inherited) if one is not None))


def height_of(place: Place, family: str) -> float:
    """Height of the paragraphs in a place.

    Raises:
        NotMeasurableError: one of them cannot be measured.
    """
    height = 0.0
    for number, paragraph in enumerate(place.body.findall(qn("a:p"))):
        looks = looks_of(paragraph, place)
        pitch, count = lines_in(paragraph, looks, place.width, family)
        height += looks.spacing("a:lnSpc", pitch, pitch) * count
        height += looks.spacing("a:spcBef", pitch, 0.0) if number else 0.0
    return height


def lines_in(paragraph: Any, looks: Looks, width: float, family: str) -> tuple[float, int]:
    """(baseline to baseline, number of lines) of a paragraph.

    Raises:
        NotMeasurableError: see there.
    """
    if any(child.tag not in MEASURED for child in paragraph):
        raise NotMeasurableError("a formula")
    runs, sizes, families = [], set(), set()
    for element in paragraph.iter(qn("a:r"), qn("a:fld")):
        run, size, named = run_of(element, looks, family)
        runs.append(run)
        sizes.add(size)
        families |= {named} - {*MONOSPACED}
    if not runs:
        end = paragraph.find(qn("a:endParaRPr"))
        return OFFICE_PITCH * (int(end.get("sz", 0)) / 100 if end is not None else 0.0), 1
    if len(sizes) > 1 or len(families) > 1:
        raise NotMeasurableError("several sizes or fonts")
    size = whole_points(sizes.pop())
    face = typeface(families.pop() if families else family)
    lines = paint(tuple(runs), width - looks.number("marL") / EMU, size, face).lines
    return OFFICE_PITCH * size, len(lines) + len(paragraph.findall(qn("a:br")))


def run_of(element: Any, looks: Looks, family: str) -> tuple[Run, float, str]:
    """(run, size in points, font) of an ``a:r``; the theme's fonts are both ``family``.

    Raises:
        NotMeasurableError: its size is not known.
    """
    properties = element.find(qn("a:rPr"))
    own = properties.attrib if properties is not None else {}
    latin = properties.find(qn("a:latin")) if properties is not None else None
    size = own.get("sz") or looks.of_letters("sz")
    if not size:
        raise NotMeasurableError("a run without a size")
    named = latin.get("typeface") if latin is not None else "+mn-lt"
    raised = int(own.get("baseline", 0))
    text = element.findtext(qn("a:t")) or ""
    if (own.get("cap") or looks.of_letters("cap")) == "all":
        text = text.upper()
    bold, italic = ((own.get(name) or looks.of_letters(name)) == "1" for name in ("b", "i"))
    run = Run(text, bold, italic, named in MONOSPACED, raised < 0, raised > 0)
    return run, int(size) / 100, family if named.startswith("+m") else named


# --- decks


def faults_of(path: Path, counts: Counts) -> Iterator[str]:
    """Yield what is wrong with a deck."""
    for error in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(path).errors:
        if not (error.node == "rPr" and "oMath" in (error.path or "")):  # PowerPoint itself writes a:rPr in m:r
            yield f"{error.part_uri}: {error.description} at {error.path}"
    deck = Presentation(str(path))
    for number, slide in enumerate(deck.slides, start=1):
        family = theme_font(slide)
        for size in slide.element.iter(qn("a:rPr"), qn("a:endParaRPr")):
            if int(size.get("sz", 0)) % 100:
                yield f"slide {number}: {int(size.get('sz')) / 100:g} pt is no whole number of points"
        for place in places_of(slide):
            counts.places += 1
            try:
                height = height_of(place, family)
            except NotMeasurableError:
                continue
            counts.measured += 1
            if height > place.height + LEEWAY:
                words = "".join(run.text or "" for run in place.body.iter(qn("a:t")))[:50]
                yield f"slide {number}, {place.name}: {height:.0f} pt of text in {place.height:.0f} pt: '{words}'"


def theme_font(slide: Any) -> str:
    """The font of text in the theme of a slide."""
    master = slide.slide_layout.slide_master.part
    theme = next(rel.target_part for rel in master.rels.values() if rel.reltype.endswith("/theme"))
    words = theme.blob.decode("utf-8", "replace").partition("minorFont>")[2]
    return words.partition('typeface="')[2].partition('"')[0]


def main(decks: Sequence[str]) -> int:
    """Print all faults, then how much was measured; returns the exit status."""
    counts = Counts()
    for name in decks:
        for fault in faults_of(Path(name), counts):
            counts.faults += 1
            print(f"{Path(name).name}, {fault}")
    print(f"{counts.faults} faults; {counts.measured} of {counts.places} places for text could be measured")
    return int(bool(counts.faults) or not counts.measured)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
