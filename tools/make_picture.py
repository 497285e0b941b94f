"""Writes docs/outputs.png: web book, printed book and slides side by side, from the real build.

Needs poppler's pdftoppm and Chromium; run it after `make` when the looks have changed.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import fontpkg
from PIL import Image

from builder.typeset.fonts import FACES

ROOT = Path(__file__).parent.parent
MADE = ROOT / "_build"
WIDTH, HEIGHT, GAP, PAPER = 2100, 900, 30, "#dcd8d4"
CHROMIUM = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--hide-scrollbars", "--window-size=1120,1280",
)  # fmt: skip


def page(pdf: Path, number: int, folder: Path, dpi: int) -> Image.Image:
    target = folder / f"{pdf.stem}-{number}"
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            str(dpi),
            "-f",
            str(number),
            "-l",
            str(number),
            "-singlefile",
            "-png",
            str(pdf),
            str(target),
        ],
        check=True,
    )
    return Image.open(f"{target}.png").convert("RGB")


def with_our_fonts(folder: Path) -> dict[str, str]:
    """The environment in which LibreOffice has the fonts that decks embed, as if they were installed."""
    fonts = folder / "fonts.conf"
    folders = "".join(f"<dir>{path}</dir>" for path in (FACES, fontpkg.path("fira-sans").parent))
    fonts.write_text(f"<fontconfig><include>/etc/fonts/fonts.conf</include>{folders}</fontconfig>")
    return {**os.environ, "FONTCONFIG_FILE": str(fonts)}


def screenshot(html: Path, folder: Path) -> Image.Image:
    target = folder / "web.png"
    subprocess.run(
        [*CHROMIUM, f"--user-data-dir={folder}/chromium", f"--screenshot={target}", html.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return Image.open(target).convert("RGB")


def scaled(image: Image.Image, height: int) -> Image.Image:
    return image.resize((round(image.width * height / image.height), height), Image.Resampling.LANCZOS)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = next((MADE / "pdf").glob("*.pdf"))
        web = scaled(screenshot(MADE / "html/01-counting.html", folder), HEIGHT - 2 * GAP)
        printed = [scaled(page(book, number, folder, 150), (HEIGHT - 3 * GAP) // 2) for number in (13, 14, 18, 19)]
        slides = [
            scaled(page(MADE / "slides" / f"{deck}.pdf", number, folder, 110), (HEIGHT - 5 * GAP) // 4)
            for deck, number in (("lecture-1", 1), ("lecture-1", 7), ("lecture-5", 4), ("lecture-3", 19))
        ]
        spread = printed[0].width
        canvas = Image.new("RGB", (4 * GAP + web.width + 2 * spread + GAP // 2 + slides[0].width, HEIGHT), PAPER)
        canvas.paste(web, (GAP, GAP))
        x = 2 * GAP + web.width
        for index, image in enumerate(printed):
            canvas.paste(image, (x + (index % 2) * (spread + GAP // 2), GAP + (index // 2) * (image.height + GAP)))
        x += 2 * spread + GAP // 2 + GAP
        for index, image in enumerate(slides):
            canvas.paste(image, (x, GAP + index * (image.height + GAP)))
        canvas.quantize(200).save(ROOT / "docs/outputs.png", optimize=True)


if __name__ == "__main__":
    main()
