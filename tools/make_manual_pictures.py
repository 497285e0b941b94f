"""Writes the pictures of docs/tutorial/ and docs/gallery/: pages and slides of what their sources give.

Needs poppler's pdftoppm and Chromium. ``python tools/make_manual_pictures.py [NAME ...]`` takes those of some books of
the gallery, or of the ``tutorial``; without a name all.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from make_picture import page, scaled, screenshot
from PIL import Image, ImageOps
from tutorial import written

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "docs/gallery"
GAP, PAPER = 8, "#bdb9b4"
WEB_WIDTH, PAGE_WIDTH, SLIDE_WIDTH = 1000, 620, 420
FONTS = ("fontpkg_amiri", "pylopdf_fonts_jp")
FIRST_BUILD, LAST_BUILD = 7, 9
"""Before which command of the tutorial the first and the last pictures are taken."""
QUARTER_DAY = 5
"""The slide of the lecture in the tutorial that docs/why.md shows beside its source."""


def built(project: Path, out: Path) -> None:
    """Build the book in ``project`` into ``out``."""
    subprocess.run(
        [sys.executable, "-m", "builder", "build", "-q", "-W", "-c", str(project), "-o", str(out), str(project)],
        check=True,
    )


def sheet(images: list[Image.Image], columns: int) -> Image.Image:
    """Return pictures of one width in rows."""
    rows = [images[first : first + columns] for first in range(0, len(images), columns)]
    width = max(len(row) for row in rows) * (images[0].width + GAP) + GAP
    found = Image.new("RGB", (width, sum(max(one.height for one in row) + GAP for row in rows) + GAP), PAPER)
    top = GAP
    for row in rows:
        for column, image in enumerate(row):
            found.paste(image, (GAP + column * (image.width + GAP), top))
        top += max(image.height for image in row) + GAP
    return found


def wide(image: Image.Image, width: int) -> Image.Image:
    """Return a picture that is ``width`` wide."""
    return scaled(image, round(image.height * width / image.width))


def web(out: Path, name: str, folder: Path) -> Image.Image:
    """Return the top of a web page."""
    return wide(screenshot(out / f"html/{name}.html", folder), WEB_WIDTH)


def show_fonts(folder: Path) -> None:
    """Let the browser find the font packages that print is set with, where the system has none for their scripts."""
    config = folder / "fonts.conf"
    found = "".join(
        f"<dir>{Path(spec.origin).parent}</dir>" for name in FONTS if (spec := find_spec(name)) and spec.origin
    )
    config.write_text(f"<fontconfig><include>/etc/fonts/fonts.conf</include>{found}</fontconfig>")
    os.environ["FONTCONFIG_FILE"] = str(config)


def printed(out: Path, folder: Path, count: int) -> list[Image.Image]:
    """Return the first pages of the text: those that begin with its chapter, as the outline of the PDF has it."""
    (pdf,) = (out / "pdf").glob("*.pdf")
    document = pypdfium2.PdfDocument(pdf)
    first = first_page(document)
    last = min(first + count, len(document))
    return [wide(page(pdf, number + 1, folder, 110), PAGE_WIDTH) for number in range(first, last)]


def first_page(document: pypdfium2.PdfDocument) -> int:
    """Return the index of the page with the folio 1, else of the first page behind the front matter."""
    for index in range(len(document)):
        if document.get_page_label(index) == "1":
            return index
    return 0


def slides(out: Path, folder: Path) -> list[Image.Image]:
    """Return all slides of all decks."""
    found = []
    for pdf in sorted((out / "slides").glob("*.pdf")):
        count = len(pypdfium2.PdfDocument(pdf))
        found += [wide(page(pdf, number, folder, 60), SLIDE_WIDTH) for number in range(1, count + 1)]
    return found


def saved(image: Image.Image, path: Path) -> None:
    """Write a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=72, method=6)


def first_chapter(project: Path) -> str:
    """Return the first document that the contents of a book name."""
    contents = re.search(r"\{toctree\}\n(?::.*\n)*\n*(.+)", (project / "index.md").read_text(encoding="utf-8"))
    return contents[1] if contents else "index"


def gallery(project: Path, folder: Path) -> None:
    """Take the pictures of one book of the gallery."""
    out = folder / "out"
    built(project, out)
    target = GALLERY / "pictures"
    saved(web(out, first_chapter(project), folder), target / f"{project.name}-web.webp")
    saved(sheet(printed(out, folder, 2), 2), target / f"{project.name}-print.webp")
    saved(sheet(slides(out, folder), 3), target / f"{project.name}-slides.webp")


def tutorial(folder: Path) -> None:
    """Take the pictures of the tutorial, after its first build and after its last."""
    target = ROOT / "docs/tutorial"
    for name, until in (("first", FIRST_BUILD), ("last", LAST_BUILD)):
        project, out = folder / name, folder / f"{name}-out"
        written(project, until)
        built(project, out)
        pages = [wide(web(out, "drift", folder), PAGE_WIDTH), *printed(out, folder, 2)]
        saved(sheet(pages, 3), target / f"{name}.webp")
        saved(sheet(slides(out, folder), 3), target / f"{name}-slides.webp")
    quarter_day = wide(page(folder / "last-out/slides/calendar.pdf", QUARTER_DAY, folder, 110), WEB_WIDTH)
    saved(ImageOps.expand(quarter_day, border=3, fill=PAPER), target / "slide.webp")


def main() -> None:
    """All pictures, or those of the books that are named."""
    names = sys.argv[1:] or ["tutorial", *sorted(path.parent.name for path in GALLERY.glob("*/conf.py"))]
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            show_fonts(Path(folder))
            if name == "tutorial":
                tutorial(Path(folder))
            else:
                gallery(GALLERY / name, Path(folder))


if __name__ == "__main__":
    main()
