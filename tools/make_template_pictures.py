"""Writes docs/templates/: six slides of the first lecture in each template of this project, as LibreOffice shows them.

Run it after a change of a template or of what slides look like: ``python tools/make_template_pictures.py``. Needs
LibreOffice and pdftoppm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
SHOWN = (
    "Names and numbers",
    "Overview",
    "Counting and naming",
    "Estimates of the executed",
    "What each number counts",
    "A share needs its base",
)
COLUMNS, WIDTH, GAP = 3, 520, 8


def deck(template: str, folder: Path) -> Path:
    """The first lecture in a template, as PDF from LibreOffice."""
    book = folder / template
    shutil.copytree(ROOT, book, ignore=shutil.ignore_patterns("_build", ".*", "tests"))
    lectures = book / "slides/lectures.toml"
    lectures.write_text(lectures.read_text().replace("minutes = 50", f'minutes = 50\ntemplate = "{template}"'))
    subprocess.run([sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"], cwd=book, check=True)
    office = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(book),
    ]
    subprocess.run([*office, str(book / "_build/slides/lecture-1.pptx")], check=True, capture_output=True)
    return book / "lecture-1.pdf"


def picture(pdf: Path, target: Path) -> None:
    """The shown slides side by side."""
    titles = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    tops = [[line.strip() for line in text.splitlines() if line.strip()][:2] for text in titles]
    numbers = [next(number for number, top in enumerate(tops) if title in top) for title in SHOWN]
    subprocess.run(
        ["pdftoppm", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "-png", str(pdf), str(pdf.with_suffix(""))],
        check=True,
    )
    pages = sorted(pdf.parent.glob("lecture-1-*.png"))
    images = [Image.open(pages[number]) for number in numbers]
    height = images[0].height
    rows = -(-len(images) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), "#9a9a9a")
    for index, image in enumerate(images):
        sheet.paste(image, (GAP + index % COLUMNS * (WIDTH + GAP), GAP + index // COLUMNS * (height + GAP)))
    sheet.quantize(128).save(target, optimize=True)


def main() -> None:
    """All templates."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((ROOT / "src/builder/pptx/templates").glob("*.pptx")):
            picture(deck(path.stem, Path(folder)), ROOT / f"docs/templates/{path.stem}.png")


if __name__ == "__main__":
    main()
