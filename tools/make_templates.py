"""Writes src/builder/pptx/templates/: the deck templates of this project, each for slides of 16:9 and of 4:3.

Run it after a change in tools/deck_templates and commit both: ``python tools/make_templates.py``.
"""

from __future__ import annotations

from pathlib import Path

from deck_templates.dark import Chalk, Dark
from deck_templates.design import NARROW, WIDE
from deck_templates.light import Course, Gallery, Hall, Plain, Seminar
from deck_templates.package import write

TARGET = Path(__file__).parent.parent / "src/builder/pptx/templates"
DESIGNS = (Course, Gallery, Seminar, Chalk, Hall, Dark, Plain)


def main() -> None:
    """All templates."""
    for design in DESIGNS:
        for width, ending in ((WIDE, ""), (NARROW, "-4x3")):
            write(design(width), Plain(width), TARGET / f"{design.name}{ending}.pptx")


if __name__ == "__main__":
    main()
