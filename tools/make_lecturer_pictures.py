"""Writes docs/lecturers/: what becomes of edits by hand, as LibreOffice shows the decks before and after.

Run it after a change of merging or of what slides look like: ``python tools/make_lecturer_pictures.py``. Needs
LibreOffice, pdftoppm and Chromium.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from make_picture import CHROMIUM, with_our_fonts
from PIL import Image, ImageChops
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from builder.pptx.package.package import Package

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs/lecturers"
SHOWN = (
    "By 1928 a talk with a Japanese ambassador could end a career",
    "Each of five words counts different people",
    "A share means nothing without its base",
)
STYLE = """
body { margin: 24px; font: 17px/1.4 "Liberation Sans", sans-serif; color: #222; background: #fff; width: WIDTHpx }
h2 { font-size: 17px; margin: 0 0 8px; color: #7a2a25 }
.grid { display: grid; grid-template-columns: repeat(COLUMNS, 1fr); gap: 18px 20px; align-items: start }
img { width: 100%; border: 1px solid #bbb; display: block }
p { margin: 6px 0 0; font-size: 15px }
.comment { border: 1px solid #ccc; border-left: 5px solid #7a2a25; padding: 12px 14px; background: #faf7f3 }
.comment b { display: block; margin-bottom: 4px }
pre { font: 14px/1.5 "DejaVu Sans Mono", monospace; background: #f6f4f1; border: 1px solid #ddd; padding: 12px 14px; margin: 0; white-space: pre-wrap }
.minus { color: #9b1c1c } .plus { color: #17663a }
"""


def slide(deck: Any, title: str) -> Any:
    return next(item for item in deck.slides if item.shapes.title is not None and item.shapes.title.text_frame.text == title)  # fmt: skip


def replace(item: Any, old: str, new: str) -> None:
    """Change words on a slide, in the run that has them."""
    for shape in item.shapes:
        for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
            for run in paragraph.runs:
                run.text = run.text.replace(old, new)


def note(item: Any, text: str, left: float, top: float) -> None:
    """A yellow box."""
    box = item.shapes.add_textbox(Inches(left), Inches(top), Inches(3.6), Inches(0.6))
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor(0xFF, 0xE5, 0x8F)
    box.text_frame.text = text
    box.text_frame.paragraphs[0].runs[0].font.size = Pt(20)


def by_hand(deck: Any) -> None:
    """What a lecturer does to three slides."""
    replace(
        slide(deck, SHOWN[0]),
        "Dambadorj had met the Japanese ambassador",
        "Dambadorj, the leader, had met the Japanese ambassador",
    )
    counts = slide(deck, SHOWN[1])
    for shape in counts.shapes:
        if shape.shape_type == 13 or (shape.has_text_frame and shape.text_frame.text.startswith("Figure")):
            shape.left, shape.top = shape.left, shape.top + Inches(0.3)
    note(counts, "Ask the back rows first", 1.4, 5.6)
    chart = next(shape.chart for shape in slide(deck, SHOWN[2]).shapes if shape.has_chart)
    for series in chart.plots[0].series:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor(0x2F, 0x5D, 0x62)


def in_the_sources(book: Path) -> None:
    """What the author does meanwhile to the same slides."""
    for name, old, new in (
        ("02-lamas", "<The leaders of the party's right were removed,", "<The party's right was removed,"),
        ("01-counting", "Five counts: each is a different set of people", "Five counts, five sets of people"),
        ("01-counting", "[Mongolia had roughly 745,000 people in September 1937]", "[Mongolia had 745,000 people, roughly, in September 1937]"),
    ):  # fmt: skip
        chapter = book / f"book/{name}.md"
        text = chapter.read_text(encoding="utf-8")
        assert old in text, old
        chapter.write_text(text.replace(old, new), encoding="utf-8")


def builder(book: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", *arguments], cwd=book, check=False, capture_output=True, text=True
    )


class Deck:
    """The first lecture in a copy of the project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = folder / "book"
        shutil.copytree(ROOT, self.book, ignore=shutil.ignore_patterns("_build", ".*", "tests"))
        self.path = self.book / "_build/slides/lecture-1.pptx"
        self.build()

    def build(self) -> None:
        built = builder(self.book, "build", "-q", "--to", "pptx", "--deck", "lecture-1")
        assert built.returncode in (0, 3), built.stderr

    def edit(self, make: Callable[[Any], None]) -> None:
        deck = Presentation(self.path)
        make(deck)
        deck.save(self.path)

    def pictures(self, name: str) -> dict[str, Path]:
        """Title of each slide → its picture, as LibreOffice shows it."""
        out = self.folder / name
        out.mkdir()
        office = ["soffice", f"-env:UserInstallation=file://{self.folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(out)]  # fmt: skip
        subprocess.run([*office, str(self.path)], check=True, capture_output=True, env=with_our_fonts(self.folder))
        subprocess.run(["pdftoppm", "-r", "80", "-png", str(out / "lecture-1.pdf"), str(out / "p")], check=True)
        pages = sorted(out.glob("p-*.png"))
        shown = [item for item in Presentation(self.path).slides if item._element.get("show") != "0"]
        titles = [item.shapes.title.text_frame.text for item in shown]
        return dict(zip(titles, pages, strict=True))


def screenshot(body: str, target: Path, width: int, columns: int, folder: Path) -> None:
    """A page of HTML as a picture without its empty end."""
    page = folder / "page.html"
    style = STYLE.replace("WIDTH", str(width)).replace("COLUMNS", str(columns))
    page.write_text(f"<meta charset=utf-8><style>{style}</style>{body}", encoding="utf-8")
    shot = folder / "shot.png"
    chromium = [part for part in CHROMIUM if not part.startswith("--window-size")]
    subprocess.run(
        [*chromium, f"--window-size={width + 48},1600", f"--user-data-dir={folder}/chromium", f"--screenshot={shot}", page.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    image = Image.open(shot).convert("RGB")
    white = Image.new("RGB", image.size, "#fff")
    box = ImageChops.difference(image, white).getbbox()
    assert box is not None
    target.parent.mkdir(exist_ok=True)
    image.crop((0, 0, image.width, box[3] + 24)).quantize(128).save(target, optimize=True)


def edits(folder: Path) -> None:
    """Three slides as built, as left, and after the next build."""
    deck = Deck(folder)
    versions = [deck.pictures("built")]
    deck.edit(by_hand)
    versions.append(deck.pictures("left"))
    in_the_sources(deck.book)
    deck.build()
    versions.append(deck.pictures("merged"))
    heads = ("As it was built", "As the lecturer left it", "After the next build")
    captions = (
        ("", "another second point", "the lecturer’s second point, the book’s new first one"),
        ("", "the figure moved, a box added", "both stay; the book’s new caption"),
        ("", "another colour", "the colour stays; the book’s new point"),
    )
    cells = "".join(f"<h2>{head}</h2>" for head in heads)
    for title, texts in zip(SHOWN, captions, strict=True):
        for pictures, text in zip(versions, texts, strict=True):
            cells += f"<div><img src='{pictures[title].as_uri()}'><p>{text}</p></div>"
    screenshot(f"<div class=grid>{cells}</div>", OUT / "edits.png", 1500, 3, folder)


def conflict(folder: Path) -> None:
    """A slide whose sentence was changed on both sides, with the comment on it."""
    deck = Deck(folder)
    deck.edit(by_hand)
    chapter = deck.book / "book/02-lamas.md"
    text = chapter.read_text(encoding="utf-8")
    assert "<Dambadorj had met the Japanese" in text
    chapter.write_text(text.replace("<Dambadorj had met the Japanese", "<Dambadorj had talked with the Japanese"), encoding="utf-8")  # fmt: skip
    deck.build()
    package = Package(deck.path.read_bytes())
    part = next(name for name in package.parts if "/comments/comment" in name)
    said = "".join(package.xml(part).itertext()).strip()
    body = (
        f"<div class=grid style='grid-template-columns: 2fr 1fr'><img src='{deck.pictures('c')[SHOWN[0]].as_uri()}'>"
        f"<div class=comment><b>Book deck builder</b>{html.escape(said)}</div></div>"
    )
    screenshot(body, OUT / "conflict.png", 1200, 2, folder)


def pull(folder: Path) -> None:
    """A slide as a lecturer left it, and what goes back into the sources."""
    deck = Deck(folder)
    deck.edit(by_hand)
    pulled = builder(deck.book, "pull", "_build/slides/lecture-1.pptx")
    lines = []
    for line in pulled.stdout.splitlines():
        kind = "minus" if line.startswith("-") else "plus" if line.startswith("+") else ""
        lines.append(f"<span class='{kind}'>{html.escape(line)}</span>")
    said = html.escape(pulled.stderr.strip())
    body = (
        f"<div class=grid><img src='{deck.pictures('p')[SHOWN[0]].as_uri()}'>"
        f"<pre>$ builder pull _build/slides/lecture-1.pptx\n{chr(10).join(lines)}\n{said}</pre></div>"
    )
    screenshot(body, OUT / "pull.png", 1500, 2, folder)


def main() -> None:
    for make in (edits, conflict, pull):
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder))


if __name__ == "__main__":
    main()
