"""Opens decks in LibreOffice and compares what it shows with what was measured.

For each deck: LibreOffice makes a PDF; every slide must be there, no word may stand outside the page, and
the words of each slide must be those of our own PDF of the deck. Words whose line is broken elsewhere are
counted and printed. Exit status 1 when a slide is missing, a word is lost or a word leaves the page.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from pptx import Presentation

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


def words_of(pdf: Path) -> list[tuple[float, float, list[tuple[float, float, float, float, str]]]]:
    """(width, height, words with their boxes) of each page."""
    text = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    pages = []
    for width, height, body in PAGE.findall(text):
        words = [(float(a), float(b), float(c), float(d), unescape(word)) for a, b, c, d, word in WORD.findall(body)]
        pages.append((float(width), float(height), words))
    return pages


def bag_in_order(words: list[tuple[float, float, float, float, str]]) -> list[str]:
    """Letters and digits of each word as they follow each other: fonts that stand in split words at times."""
    return re.findall(r"\w+", " ".join(word for *_, word in words))


def first_words(words: list[tuple[float, float, float, float, str]], height: float) -> set[str]:
    """Words that begin a line: nothing stands closely before them at their height."""
    found = set()
    for x, y, _x2, _y2, word in words:
        before = any(abs(other[1] - y) < 3 and -2 < x - other[2] < 14 for other in words)
        if not before and y < height * 0.93:
            found.add(word)
    return found


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


def check(deck: Path, folder: Path) -> bool:
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", str(folder), str(deck)],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    theirs, ours = words_of(folder / f"{deck.stem}.pdf"), words_of(deck.with_suffix(".pdf"))
    texts = slide_texts(deck)
    good = len(theirs) == len(ours)
    if not good:
        print(f"{deck.name}: LibreOffice shows {len(theirs)} slides, ours has {len(ours)}")
    lines = same = 0
    for number, ((width, height, shown), (_w, our_height, expected)) in enumerate(
        zip(theirs, ours, strict=False), start=1
    ):
        for x, y, x2, y2, word in shown:
            if x < -1 or y < -1 or x2 > width + 1 or y2 > height + 1:
                print(f"{deck.name}, slide {number}: '{word}' leaves the slide")
                good = False
        written = set(re.findall(r"\w+", texts[number - 1]))
        everything = "".join(bag_in_order(shown))
        lost = [word for word in written if word not in everything]
        if lost:
            print(f"{deck.name}, slide {number}: LibreOffice does not show {', '.join(lost[:5])}")
            good = False
        mine = {word for word in first_words(expected, our_height) if set(re.findall(r"\w+", word)) & written}
        lines += len(mine)
        same += len(mine & first_words(shown, height))
    print(f"{deck.name}: {len(theirs)} slides; {same} of {lines} lines begin with the word that was measured")
    return good


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = [check(Path(name), Path(folder)) for name in sys.argv[1:]]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
