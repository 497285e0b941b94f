"""Opens decks in LibreOffice and compares what it shows with what was measured.

For each deck: LibreOffice makes a PDF, and saves the deck again; every slide must be there, no word may stand outside
the page or the shapes of its slide, and the words of each slide must be those of our own PDF of the deck, and be there in what was saved. Text
boxes whose lines are broken elsewhere are counted and printed, and pictures of both are compared. This is done with the
faces of our templates installed, as they are for programs that take them out of decks; and without them, where no word
may stand on another. Exit status 1 when a slide is missing, a word is lost, leaves the page or its box or stands on
another, or more than 2 % of the boxes have other lines.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import repeat
from pathlib import Path

from lxml import etree
from PIL import Image, ImageChops, ImageFilter, ImageStat
from pptx import Presentation
from pptx.shapes.base import BaseShape
from pptx.shapes.shapetree import SlideShapeFactory

from builder.pptx.package.namespaces import URIS
from builder.typeset.fonts import font_file
from builder.typeset.measure import EMBEDDED

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
IN_FALLBACKS = etree.XPath("//mc:Fallback/*", namespaces=URIS)
"""What programs show that know no Office math."""


Word = tuple[float, float, float, float, str]
"""Left, top, right and bottom in points, and the word."""


def words_of(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """(width, height, words with their boxes) of each page."""
    text = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    pages = []
    for width, height, body in PAGE.findall(text):
        words = [(float(a), float(b), float(c), float(d), unescape(word)) for a, b, c, d, word in WORD.findall(body)]
        pages.append((float(width), float(height), words))
    return pages


def bag_in_order(words: list[Word]) -> list[str]:
    """Letters and digits of each word as they follow each other: fonts that stand in split words at times."""
    return re.findall(r"\w+", " ".join(word for *_, word in words))


def differences(theirs: Path, ours: Path, folder: Path) -> list[float]:
    """How far the pictures of each slide differ, from 0 to 1: the mean of all points, small and blurred, so that edges
    count little.
    """
    pictures = []
    for name, pdf in (("theirs", theirs), ("ours", ours)):
        place = folder / f"{pdf.stem}-{name}"
        place.mkdir(exist_ok=True)
        subprocess.run(
            ["pdftoppm", "-scale-to-x", "240", "-scale-to-y", "-1", "-gray", str(pdf), str(place / "p")], check=True
        )
        pictures.append([Image.open(path).filter(ImageFilter.GaussianBlur(3)) for path in sorted(place.iterdir())])
    return [
        ImageStat.Stat(ImageChops.difference(mine.resize(other.size), other)).mean[0] / 255
        for other, mine in zip(*pictures, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class TextBox:
    """A shape: its box in points, and its text."""

    name: str
    x: float
    y: float
    width: float
    height: float
    text: str = ""


def text_boxes(deck: Path) -> list[list[TextBox]]:
    """The shapes with text of each slide that is shown, but for the foot."""
    found = []
    for slide in Presentation(str(deck)).slides:
        if slide._element.get("show") != "0":
            shapes = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.strip()]
            found.append(
                [
                    TextBox(shape.name, *in_points(shape), shape.text_frame.text)
                    for shape in shapes
                    if shape.name not in ("Footer", "Slide number")
                ]
            )
    return found


def in_points(shape: BaseShape) -> Iterator[float]:
    """Left, top, width and height of a shape."""
    return (value / 12700 for value in (shape.left, shape.top, shape.width, shape.height))


def lines_in(words: list[Word], box: TextBox) -> list[str]:
    """The lines of text in a box, without spaces and bullets: words whose middle is in it, by their height on the
    slide.
    """
    inside = [
        word
        for word in words
        if box.x - 2 <= (word[0] + word[2]) / 2 <= box.x + box.width + 2
        and box.y - 2 <= (word[1] + word[3]) / 2 <= box.y + box.height + 2
    ]
    lines: list[tuple[float, list[Word]]] = []
    for word in sorted(inside, key=lambda word: ((word[1] + word[3]) / 2, word[0])):
        middle = (word[1] + word[3]) / 2
        if lines and abs(lines[-1][0] - middle) < 6:
            lines[-1][1].append(word)
        else:
            lines.append((middle, [word]))
    joined = ("".join(word[4] for word in sorted(line, key=lambda word: word[0])) for _y, line in lines)
    return [letters for line in joined if (letters := re.sub(r"[^\w]", "", line))]


def slide_texts(deck: Path) -> list[str]:
    """The text of the shapes of each slide that is shown; pictures and charts draw their own."""
    found = []
    for slide in Presentation(str(deck)).slides:
        if slide._element.get("show") != "0":
            shapes = [
                shape for shape in slide.shapes if not (shape.is_placeholder and shape.placeholder_format.idx > 9)
            ]
            texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
            texts += [
                cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells
            ]
            found.append(" ".join(texts))
    return found


def converted(deck: Path, kind: str, place: Path, folder: Path, fonts: Path | None) -> None:
    """Have LibreOffice write a deck as a PDF or anew, with a configuration of ``fonts`` or with those of the system."""
    settings = os.environ | ({"FONTCONFIG_FILE": str(fonts)} if fonts is not None else {})
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind, "--outdir", str(place), str(deck)],
        capture_output=True, check=True, timeout=300, env=settings,
    )  # fmt: skip


def with_our_faces(folder: Path) -> Path:
    """Write a configuration of fontconfig (fonts-conf(5)): the system's fonts, and the faces that our templates name."""
    faces = {font_file(name, bold=True).parent for name in EMBEDDED} | {font_file(name).parent for name in EMBEDDED}
    places = "".join(f"<dir>{escape(str(place))}</dir>" for place in sorted(faces))
    path = folder / "fonts.conf"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{places}</fontconfig>\n',
        encoding="utf-8",
    )
    return path


def places_of(deck: Path) -> list[list[TextBox]]:
    """The places of all shapes of each slide that is shown, with those that hold Office math, and of what its layout
    draws.
    """
    found = []
    for slide in Presentation(str(deck)).slides:
        if slide._element.get("show") != "0":
            layout = slide.slide_layout
            drawn = [shape for shape in (*layout.shapes, *layout.slide_master.shapes) if not shape.is_placeholder]
            shapes = [*slide.shapes, *map(SlideShapeFactory, IN_FALLBACKS(slide.element), repeat(slide.shapes)), *drawn]
            places = [(shape.name, shape.left, shape.top, shape.width, shape.height) for shape in shapes]
            found.append(
                [TextBox(name, *(value / 12700 for value in place)) for name, *place in places if None not in place]
            )
    return found


def words_elsewhere(words: list[Word], boxes: list[TextBox]) -> Iterator[str]:
    """Words of a box, of four letters and more, that do not stand in its place, but perhaps in that of another."""
    for box in boxes:
        inside = "".join(word[4] for word in words if stands_in(word, box)).casefold()
        letters = "".join(re.findall(r"[^\W\d_]+", inside))
        for word in sorted(set(re.findall(r"[^\W\d_]{4,}", box.text.casefold()))):
            if word not in letters:
                yield f"'{word}' of {box.name} stands in another place"


def stands_in(word: Word, box: TextBox) -> bool:
    """True if a word stands in a box, but for a third of its height; words have the whole height of their line."""
    x, y, x2, y2, _text = word
    high = (y2 - y) / 3
    is_beside = box.x - 2 <= x and x2 <= box.x + box.width + 2
    return is_beside and box.y - high <= y and y2 <= box.y + box.height + high


def words_outside(words: list[Word], places: list[TextBox]) -> Iterator[str]:
    """Words of which more than a third stands in no shape."""
    for word in words:
        if re.search(r"\w", word[4]) and not any(stands_in(word, box) for box in places):
            yield f"'{word[4]}' stands outside of its box"


def words_on_others(words: list[Word]) -> Iterator[str]:
    """Pairs of words of which one stands on the other by more than a third of its height and a few points."""
    for number, (x, y, x2, y2, word) in enumerate(words):
        for ax, ay, ax2, ay2, other in words[number + 1 :]:
            high, wide = min(y2, ay2) - max(y, ay), min(x2, ax2) - max(x, ax)
            if high > 0.35 * min(y2 - y, ay2 - ay) and wide > 3 and re.search(r"\w", word) and re.search(r"\w", other):
                yield f"'{word}' stands on '{other}'"


def check(deck: Path, folder: Path) -> bool:
    again, bare = folder / "again", folder / "bare"
    fonts = with_our_faces(folder)
    converted(deck, "pdf", folder, folder, fonts)
    converted(deck, "pptx", again, folder, fonts)
    converted(deck, "pdf", bare, folder, None)
    theirs, ours = words_of(folder / f"{deck.stem}.pdf"), words_of(deck.with_suffix(".pdf"))
    texts = slide_texts(deck)
    good = len(theirs) == len(ours)
    if not good:
        print(f"{deck.name}: LibreOffice shows {len(theirs)} slides, ours has {len(ours)}")
    saved = slide_texts(again / deck.name)
    for number, (_width, _height, words) in enumerate(words_of(bare / f"{deck.stem}.pdf"), start=1):
        for fault in words_on_others(words):
            print(f"{deck.name}, slide {number}, without the faces of its template: {fault}")
            good = False
    boxes = same = 0
    shapes, places = text_boxes(deck), places_of(deck)
    for number, (page, (_w, _h, expected)) in enumerate(zip(theirs, ours, strict=False), start=1):
        place = f"{deck.name}, slide {number}"
        found = [*faults(page, texts[number - 1], saved[number - 1]), *words_outside(page[2], places[number - 1])]
        for fault in (*found, *words_elsewhere(page[2], shapes[number - 1])):
            print(f"{place}: {fault}")
            good = False
        for box in shapes[number - 1]:
            mine, office = lines_in(expected, box), lines_in(page[2], box)
            boxes += 1
            same += mine == office
            if mine != office:
                print(f"{place}, {box.name}: lines differ: {first_difference(mine, office)}")
    apart = differences(folder / f"{deck.stem}.pdf", deck.with_suffix(".pdf"), folder)
    for number, share in enumerate(apart, start=1):
        if share > MOST_APART:
            print(f"{deck.name}, slide {number}: the PDF does not look like the deck ({share:.1%} apart)")
            good = False
    print(f"{deck.name}: pictures are {max(apart, default=0):.1%} apart at most")
    print(
        f"{deck.name}: {len(theirs)} slides; {same} of {boxes} text boxes have the lines that were measured "
        f"({same / (boxes or 1):.1%})"
    )
    TOTAL[0] += same
    TOTAL[1] += boxes
    return good


def faults(page: tuple[float, float, list[Word]], text: str, saved: str) -> Iterator[str]:
    """What is wrong with a slide as LibreOffice shows it, and as it saves it, against the text of ours."""
    width, height, shown = page
    for x, y, x2, y2, word in shown:
        if x < -1 or y < -1 or x2 > width + 1 or y2 > height + 1:
            yield f"'{word}' leaves the slide"
    written = set(re.findall(r"\w+", text.casefold()))
    everything = "".join(bag_in_order(shown)).casefold()
    if lost := [word for word in written if word not in everything]:
        yield f"LibreOffice does not show {', '.join(lost[:5])}"
    kept = "".join(re.findall(r"\w+", saved)).casefold()
    if gone := [word for word in written if word not in kept]:
        yield f"saved by LibreOffice it has lost {', '.join(gone[:5])}"


TOTAL = [0, 0]
MOST_APART = 0.05
"""How far the picture of a slide in our PDF may be from LibreOffice's."""
LEAST = 0.98
"""What part of the text boxes must have the lines that were measured."""


def first_difference(mine: list[str], office: list[str]) -> str:
    """The first line that is not the same, ours and theirs."""
    pairs = zip(mine + [""] * len(office), office + [""] * len(mine), strict=False)
    return " / ".join(words[-60:] for words in next((pair for pair in pairs if pair[0] != pair[1]), ("", "")))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = [check(Path(name), Path(folder)) for name in sys.argv[1:]]
    same, boxes = TOTAL
    print(f"all: {same} of {boxes} text boxes ({same / (boxes or 1):.1%}), {LEAST:.0%} wanted")
    return 0 if all(results) and same >= LEAST * boxes else 1


if __name__ == "__main__":
    sys.exit(main())
