"""The words of decks against those of the web pages that they are made from.

    python tools/compare_decks.py _build/html _build/slides

Says for each page what part of the words of its main text stands on the slides of its deck or in their notes, and which
words are missing most. A project is marked for it with `mark_everything.py`; formulas and what is no text of the page
are left aside, as in `compare_words.py`.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from compare_words import GENERATED, page_words, plain

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TEXT = (f"{DRAWING}t", f"{DRAWING}br")
_WORD = re.compile(r"[^\W_]+")
_SHOWN = re.compile(r"ppt/(slides|notesSlides|charts)/[^/]+\.xml")


def deck_words(path: Path) -> Counter[str]:
    """Words on the slides of a deck and in their notes."""
    found: Counter[str] = Counter()
    with ZipFile(path) as package:
        for name in package.namelist():
            if _SHOWN.fullmatch(name):
                root = etree.fromstring(package.read(name))
                for paragraph in root.iter(f"{DRAWING}p"):
                    parts = (" " if item.tag == f"{DRAWING}br" else item.text or "" for item in paragraph.iter(*TEXT))
                    found += Counter(_WORD.findall(plain("".join(parts)).lower()))
                for value in root.iter(f"{CHART}v"):
                    found += Counter(_WORD.findall(plain(value.text or "").lower()))
    return found


def compare(html: Path, slides: Path) -> dict[str, tuple[int, Counter[str]]]:
    """Page → number of its words, and those that its deck lacks, with how often; pages without a deck lack all."""
    found = {}
    for path in sorted(html.rglob("*.html")):
        name = path.relative_to(html).with_suffix("").as_posix()
        if name in GENERATED or name.startswith(("_modules/", "_static/", "_sources/")):
            continue
        wanted: Counter[str] = Counter()
        for word, count in page_words(path).items():
            wanted[plain(word)] += count
        deck = slides / f"{name}.pptx"
        if wanted:
            found[name] = (wanted.total(), wanted - deck_words(deck) if deck.exists() else wanted)
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("html", type=Path)
    arguments.add_argument("slides", type=Path)
    arguments.add_argument("--pages", type=int, default=15, help="how many of the pages that lack most to list")
    given = arguments.parse_args()
    found = compare(given.html, given.slides)
    total, missing = sum(count for count, _ in found.values()), sum(words.total() for _, words in found.values())
    share = 100 * (1 - missing / max(total, 1))
    print(f"{total:,} words on {len(found)} pages, {missing:,} missing: {share:.2f} % are there")
    for name, (count, words) in sorted(found.items(), key=lambda item: -item[1][1].total())[: given.pages]:
        if words:
            some = ", ".join(f"{word} ({number})" for word, number in words.most_common(12))
            print(f"{name}: {words.total():,} of {count:,}: {some}")


if __name__ == "__main__":
    main()
