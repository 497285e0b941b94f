"""How much is read of what strangers wrote: every limit stands here, and ``docs/security.md`` shows this table."""

from __future__ import annotations

from dataclasses import dataclass

KILO, MEGA = 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` (bytes, letters, elements, ...) of ``what``."""

    what: str
    most: int
    unit: str

    def __str__(self) -> str:
        """``5 MB``, ``100,000 letters``."""
        if self.unit == "bytes":
            return f"{self.most // MEGA:,} MB"
        return f"{self.most:,} {self.unit}"


# decks and templates (ISO/IEC 29500-2)
FILE_BYTES = Limit("a deck or template as a file, and all its parts unpacked", 2_000 * MEGA, "bytes")
PARTS = Limit("a deck or template", 60_000, "parts")
XML_BYTES = Limit("all XML of a deck or template, unpacked", 120 * MEGA, "bytes")
XML_NODES = Limit("all XML of a deck or template", 8_000_000, "elements and attributes")
SLIDE_BYTES = Limit(
    "the XML of a slide, its notes, a layout, a master, a theme or another small part", 5 * MEGA, "bytes"
)
SLIDE_NODES = Limit(
    "a slide, its notes, a layout, a master, a theme or another small part", 200_000, "elements and attributes"
)
LARGE_BYTES = Limit(
    "the XML of a chart, of the list of slides, of content types and of relationships", 20 * MEGA, "bytes"
)
LARGE_NODES = Limit("a chart, the list of slides, content types and relationships", 600_000, "elements and attributes")
XML_DEPTH = Limit("elements within one another in a deck or template", 100, "levels")
PICTURE_BYTES = Limit("a picture, font, workbook or object in a deck or template, unpacked", 100 * MEGA, "bytes")
THUMBPRINT_PIXELS = Limit("a picture in a returned deck that is compared by what it shows", 30 * MEGA, "pixels")
FILM_RATIO = Limit("a film or sound of more than 100 MB in a deck or template, unpacked", 20, "times its packed size")

# builder pull
PULL_LETTERS = Limit("a text that builder pull takes back", 20_000, "letters")
PULL_EDITS = Limit("edits that one builder pull takes back from a deck", 2_000, "edits")

# data
DATA_BYTES = Limit("the CSV file of a chart, map or timeline", 20 * MEGA, "bytes")
EVENTS = Limit("a timeline", 1_000, "events")

SVG_SECONDS = Limit("the drawing of an SVG with filters, pictures or much text", 20, "seconds")
HTML_DEPTH = Limit("elements within one another in raw HTML, for print", 200, "levels")
EMBED_DEPTH = Limit("embeds of mystmd within one another", 20, "levels")
EMBEDDED_NODES = Limit("what a page of mystmd shows once more by embeds", 30_000, "elements")

# formulas
FORMULA_LETTERS = Limit("a formula, when its macros are expanded", 20_000, "letters")
FORMULA_MACROS = Limit("a formula", 5_000, "uses of macros")
FORMULA_DEPTH = Limit("groups and environments within one another in a formula", 30, "levels")
FORMULA_SCRIPTS = Limit("scripts of scripts in a formula", 6, "levels")
PANDOC_SECONDS = Limit("the conversion of the new formulas of a book", 60, "seconds")

# builder serve
REQUEST_LETTERS = Limit("the path and query of a request to builder serve", 2_000, "letters")
PICTURE_WIDTH = Limit("the picture of a slide that builder serve draws", 2_400, "pixels wide")


def table() -> list[str]:
    """The rows of the table in ``docs/security.md``."""
    found = [limit for limit in globals().values() if isinstance(limit, Limit)]
    return ["| of | at most |", "|---|---|", *(f"| {limit.what} | {limit} |" for limit in found)]
