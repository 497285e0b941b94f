"""Writes the advance widths of DejaVu Sans, which programs on Linux show in the place of faces that they do not have.

Needs the two font files of https://dejavu-fonts.github.io as arguments: regular and bold.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path(__file__).parent.parent / "src/builder/typeset/faces/dejavu-sans.json"
RANGES = ((0x20, 0x530), (0x1E00, 0x2000), (0x2010, 0x2070), (0x20A0, 0x20C0), (0x2190, 0x2300))
"""Latin, Greek, Cyrillic, punctuation, currencies, arrows and signs of mathematics."""


def advances(path: Path) -> dict[str, int]:
    """Return character → advance in units of the font, of which there are 2048 in an em."""
    with TTFont(path, lazy=True) as font:
        glyphs, widths = font.getBestCmap(), font["hmtx"]
        assert font["head"].unitsPerEm == 2048
        return {
            chr(code): widths[glyphs[code]][0] for first, end in RANGES for code in range(first, end) if code in glyphs
        }


if __name__ == "__main__":
    regular, bold = map(Path, sys.argv[1:])
    content = {"regular": advances(regular), "bold": advances(bold)}
    TARGET.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
