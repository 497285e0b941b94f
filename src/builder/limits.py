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
FILE_BYTES = Limit("a deck or template as a file", 2_000 * MEGA, "bytes")
PARTS = Limit("a deck or template", 50_000, "parts")
ALL_BYTES = Limit("all parts of a deck or template, unpacked", 2_000 * MEGA, "bytes")
XML_BYTES = Limit("all XML of a deck or template, unpacked", 200 * MEGA, "bytes")
XML_ELEMENTS = Limit("all XML of a deck or template", 4_000_000, "elements")
SLIDE_BYTES = Limit("the XML of a slide, its notes, a layout, a master or a theme", 5 * MEGA, "bytes")
CHART_BYTES = Limit("the XML of a chart or of another part", 20 * MEGA, "bytes")
SLIDE_ELEMENTS = Limit("a slide, its notes, a layout, a master or a theme", 50_000, "elements")
CHART_ELEMENTS = Limit("a chart or another part of XML", 500_000, "elements")
XML_DEPTH = Limit("elements within one another in a deck or template", 128, "levels")
PICTURE_BYTES = Limit("a picture of a template, unpacked", 100 * MEGA, "bytes")

# formulas
FORMULA_LETTERS = Limit("a formula, when its macros are expanded", 20_000, "letters")
FORMULA_MACROS = Limit("a formula", 5_000, "uses of macros")
FORMULA_DEPTH = Limit("groups and environments within one another in a formula", 30, "levels")
FORMULA_SCRIPTS = Limit("scripts of scripts in a formula", 6, "levels")
PANDOC_SECONDS = Limit("the conversion of the new formulas of a book", 60, "seconds")
