"""How large a picture is by itself, how large its author wants it, and whether it is an icon in a line of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from defusedxml import ElementTree
from docutils import nodes
from PIL import Image

from builder.source.pictures.convert import MOST_PIXELS

Image.MAX_IMAGE_PIXELS = MOST_PIXELS

LENGTH = re.compile(r"\s*(?P<number>\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>[a-z]*|%)\s*", re.IGNORECASE)
POINTS = {
    "": 0.75, "px": 0.75, "pt": 1.0, "pc": 12.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "q": 72 / 101.6,
    "em": 12.0, "rem": 12.0, "ex": 6.0,
}  # fmt: skip
"""Units of CSS → points; an em is that of 16 px, the usual text of a page (CSS Values 3, section 6)."""
PAGE_TEXT = 12.0
"""The usual text of a page, 16 px, in points."""
OF_A_PAGE = ("", "px", "em", "rem", "ex")
"""Units that say how large a picture is beside the text of a page."""
LINE = 21.0
"""Height in points, 28 px, up to which a picture in a paragraph is an icon in its line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The size that an author asks for, 0 where he does not: in points, or as a ``share`` of the width of the text;
    one that is ``beside_text`` is meant beside text of `PAGE_TEXT` points.
    """

    width: float = 0.0
    height: float = 0.0
    share: float = 0.0
    beside_text: bool = False

    def at(self, size: float) -> tuple[float, float]:
        """Width and height in points beside text of a ``size`` in points, 0 where nothing is asked for."""
        factor = size / PAGE_TEXT if self.beside_text else 1.0
        return self.width * factor, self.height * factor


def asked_size(node: nodes.Element, width_px: int) -> Asked:
    """The size that the attributes of a picture ask for; ``width_px`` is its natural width."""
    share = percent(str(node.get("width", "")))
    given = [str(node.get(side, "")) for side in ("width", "height")]
    width, height = map(points, given)
    if node.get("scale") and not (width or height or share):
        return Asked(width_px * POINTS["px"] * float(node["scale"]) / 100, beside_text=True)
    return Asked(width, height, share, any(points(one) and unit(one) in OF_A_PAGE for one in given))


def points(length: str) -> float:
    """A length of docutils, CSS or HTML in points; 0 for a share and for what is no length."""
    match = LENGTH.fullmatch(length)
    return float(match["number"]) * POINTS.get(match["unit"].lower(), 0.0) if match else 0.0


def unit(length: str) -> str:
    """The unit of a length in small letters; '' for none."""
    match = LENGTH.fullmatch(length)
    return match["unit"].lower() if match else ""


def percent(length: str) -> float:
    """A share as a number from 0 to 1; 0 for what is none."""
    match = LENGTH.fullmatch(length)
    return min(float(match["number"]) / 100, 1.0) if match and match["unit"] == "%" else 0.0


def natural_size(path: Path) -> tuple[int, int]:
    """Width and height of a picture file in pixels.

    Raises:
        ValueError, OSError, ElementTree.ParseError, UnidentifiedImageError: it is no picture, or has no size.
    """
    if path.suffix.lower() == ".svg":
        return svg_size(path.read_bytes())
    with Image.open(path) as image:
        image.verify()
        return image.size


def pixels_of(path: Path) -> int:
    """How many pixels a picture file has, without unpacking them; 0 for a drawing and for what is no picture."""
    try:
        with Image.open(path) as image:
            return image.width * image.height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0


def svg_size(content: bytes) -> tuple[int, int]:
    """Size of an SVG from its viewBox, else width and height (SVG 2, 8.2).

    Raises:
        ValueError: it has neither.
    """
    root = ElementTree.fromstring(content)
    box = (root.get("viewBox") or "").replace(",", " ").split()
    if len(box) == 4:
        return round(float(box[2])), round(float(box[3]))
    lengths = [(root.get(name) or "").rstrip("ptxmcin%") for name in ("width", "height")]
    return round(float(lengths[0])), round(float(lengths[1]))


def is_icon(node: nodes.Element, size: tuple[int, int]) -> bool:
    """True for a picture that is no higher than a line of text."""
    width, height = size
    asked = asked_size(node, width)
    drawn = asked.height or asked.width * height / max(width, 1) or (0.0 if asked.share else height * POINTS["px"])
    return 0 < drawn <= LINE
