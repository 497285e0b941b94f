"""Parts of a deck besides its slides: pictures, films, sounds, formulas and charts, and what each slide refers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from builder.deck.blocks import Chart, Media
from builder.deck.pages.pictures import as_png, plain_still, svg_to_png
from builder.pptx.charts import chart_part

RELATIONSHIPS = {"video": RT.VIDEO, "audio": RT.AUDIO}
CONTENT_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/x-wav",
    ".png": CT.PNG,
    ".jpg": CT.JPEG,
    ".jpeg": CT.JPEG,
    ".svg": "image/svg+xml",
}
SVG_BLIP = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{rid}"/></a:ext></a:extLst>'
)


@dataclass(slots=True)
class DeckParts:
    """Media and charts of one deck, each named by a counter; pictures used twice are one part.

    ``taken`` are the names of the template's own parts; ``ink`` is the colour ``RRGGBB`` of text in charts, '' where it
    is the theme's.
    """

    package: Any
    formulas: dict[tuple[str, float], bytes]
    taken: frozenset[str]
    media: dict[tuple[str, int], Part] = field(default_factory=dict)
    images: int = 0
    ink: str = ""
    charts: int = 0

    def image(self, key: tuple[str, int], extension: str, make: Callable[[], bytes]) -> Part:
        """The media part for ``key``, created on first use."""
        if key not in self.media:
            self.images = self.free(self.images, f"/ppt/media/image{{}}{extension}")
            name = PackURI(f"/ppt/media/image{self.images}{extension}")
            self.media[key] = Part(name, CONTENT_TYPES[extension], self.package, make())
        return self.media[key]

    def free(self, last: int, *names: str) -> int:
        """The first number above ``last`` for which the template has no part of these names (``{}`` is the number)."""
        number = last + 1
        while any(name.format(number) in self.taken for name in names):
            number += 1
        return number


@dataclass(slots=True)
class SlideParts:
    """Parts that one slide refers to (see `builder.pptx.shapes.Parts`)."""

    deck: DeckParts
    slide: Part
    slides: list[Part]

    def picture(self, path: str, width: float) -> str:
        """``a:blip`` for a picture file: an SVG has a PNG beside it, GIF and WebP become PNG."""
        kind = Path(path).suffix.lower()
        if kind == ".svg":
            pixels = min(max(round(width / 72 * 200), 200), 2600)
            raster = self._relate(self.deck.image((path, pixels), ".png", lambda: svg_to_png(path, pixels)))
            vector = self._relate(self.deck.image((path, 0), ".svg", Path(path).read_bytes))
            return f'<a:blip r:embed="{raster}">{SVG_BLIP.format(rid=vector)}</a:blip>'
        if kind in (".png", ".jpg", ".jpeg"):
            return f'<a:blip r:embed="{self._relate(self.deck.image((path, 0), kind, Path(path).read_bytes))}"/>'
        return f'<a:blip r:embed="{self._relate(self.deck.image((path, 0), ".png", lambda: as_png(path)))}"/>'

    def media(self, block: Media) -> tuple[str, str]:
        """The file of a film or sound."""
        suffix = Path(block.path).suffix.lower()
        part = self.deck.image((block.path, 0), suffix, Path(block.path).read_bytes)
        return self.slide.rels.get_or_add(RELATIONSHIPS[block.kind], part), self.slide.rels.get_or_add(RT.MEDIA, part)

    def still(self, block: Media, width: float) -> str:
        """The still of a film."""
        if block.poster:
            return self.picture(block.poster, width)
        size = block.width_px, block.height_px
        still = self.deck.image((f"still {block.kind}", 0), ".png", lambda: plain_still(size))
        return f'<a:blip r:embed="{self._relate(still)}"/>'

    def formula(self, latex: str, size: float) -> str:
        """A PNG of a formula."""
        return self._relate(self.deck.image((latex, round(size * 10)), ".png", lambda: self.deck.formulas[latex, size]))

    def chart(self, block: Chart, size: float) -> str:
        """A chart part of its own."""
        self.deck.charts = self.deck.free(
            self.deck.charts, "/ppt/charts/chart{}.xml", "/ppt/embeddings/Microsoft_Excel_Sheet{}.xlsx"
        )
        part = chart_part(block.data, self.deck.package, self.deck.charts, size)
        if self.deck.ink:
            for colour in part.chart.element.iter(qn("a:schemeClr")):
                if colour.get("val") == "tx1":
                    colour.tag = qn("a:srgbClr")
                    colour.set("val", self.deck.ink)
        return self.slide.rels.get_or_add(RT.CHART, part)

    def jump(self, index: int) -> str:
        """A slide of the deck."""
        target = self.slides[index]
        return "" if target is self.slide else self.slide.relate_to(target, RT.SLIDE)

    def _relate(self, part: Part) -> str:
        return self.slide.relate_to(part, RT.IMAGE)
