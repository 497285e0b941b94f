"""Writes docs/templates/: eight slides of the first chapter in each template, as LibreOffice shows them,
and the first four of them in 4:3.

Run it after a change of a template or of what slides look like: ``python tools/make_template_pictures.py``. Needs
LibreOffice and pdftoppm. LibreOffice is shown the fonts that the decks embed, as if they were installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from make_picture import with_our_fonts
from PIL import Image

ROOT = Path(__file__).parent.parent
SHOWN = (1, 3, 5, 6, 7, 9, 10, 12)
"""Numbers of the shown slides: title, opening, quotation, points, diagram, statement, two sides, chart or table."""
NARROW = 4
COLUMNS, WIDTH, GAP = 4, 400, 6
COLOURS = 64
LECTURE = """[[lecture]]
name = "{name}"
title = "Names and numbers"
documents = ["01-counting"]
template = "{name}"
"""


def decks(folder: Path) -> list[Path]:
    """The first chapter in all templates, as PDF from LibreOffice."""
    book = folder / "book"
    shutil.copytree(ROOT, book, ignore=shutil.ignore_patterns("_build", ".*", "tests"))
    names = sorted(path.stem for path in (ROOT / "src/builder/pptx/templates").glob("*.pptx"))
    (book / "slides/lectures.toml").write_text("\n".join(LECTURE.format(name=name) for name in names))
    subprocess.run([sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"], cwd=book, check=True)
    office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    made = [str(book / f"_build/slides/{name}.pptx") for name in names]
    environment = with_our_fonts(folder)
    subprocess.run(
        [*office, "--outdir", str(folder), *made], check=True, capture_output=True, env=environment, timeout=500
    )
    return [folder / f"{name}.pdf" for name in names]


def pages(pdf: Path, numbers: tuple[int, ...], width: int) -> list[Image.Image]:
    """Pictures of pages."""
    target = pdf.with_suffix("")
    scale = ["-scale-to-x", str(width), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", *scale, "-png", str(pdf), str(target)], check=True)
    found = sorted(pdf.parent.glob(f"{pdf.stem}-[0-9]*.png"))
    return [Image.open(found[number - 1]) for number in numbers]


def sheet(images: list[Image.Image]) -> Image.Image:
    """Pictures in rows of four."""
    height, rows = images[0].height, -(-len(images) // COLUMNS)
    found = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), "#9a9a9a")
    for index, image in enumerate(images):
        found.paste(image, (GAP + index % COLUMNS * (WIDTH + GAP), GAP + index // COLUMNS * (height + GAP)))
    return found


def main() -> None:
    """All templates."""
    with tempfile.TemporaryDirectory() as folder:
        for pdf in decks(Path(folder)):
            numbers = SHOWN[:NARROW] if pdf.stem.endswith("-4x3") else SHOWN
            image = sheet(pages(pdf, numbers, WIDTH))
            image.quantize(COLOURS).save(ROOT / f"docs/templates/{pdf.stem}.png", optimize=True)


if __name__ == "__main__":
    main()
