"""The words of decks against those of the web pages that they are made from.

    python tools/compare_decks.py _build/html _build/slides

Says what part of the words of the pages' main text stands on slides or in their notes, which words are missing most,
and which pages hold such words. Pages that no deck shows are not asked for; formulas and what is no text of a page are
left aside, as in `compare_words.py`. `mark_everything.py` marks a project for it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from compare_words import page_words, plain

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


def pages(html: Path, documents: set[str]) -> dict[str, Counter[str]]:
    """The words of the page of each document."""
    found = {}
    for name in sorted(documents):
        path = html / f"{name}.html"
        words: Counter[str] = Counter()
        for word, count in page_words(path).items():
            words.update(_WORD.findall(plain(word).lower()) * count)
        found[name] = words
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("html", type=Path)
    arguments.add_argument("slides", type=Path)
    arguments.add_argument("--pages", type=int, default=15, help="how many of the pages to list")
    arguments.add_argument("--most", type=int, default=60, help="how many missing words to list")
    given = arguments.parse_args()
    decks = json.loads((given.slides.parent / ".work/slides.json").read_text(encoding="utf-8"))
    documents = {slide["document"] for deck in decks for slide in deck["slides"] if slide["document"]}
    wanted = pages(given.html, documents)
    total = sum(wanted.values(), Counter())
    missing = total - sum((deck_words(path) for path in given.slides.glob("*.pptx")), Counter())
    share = 100 * (1 - missing.total() / max(total.total(), 1))
    print(f"{total.total():,} words on {len(wanted)} pages, {missing.total():,} missing: {share:.2f} % are there")
    print(", ".join(f"{word} ({count})" for word, count in missing.most_common(given.most)))
    lacking = {name: words & missing for name, words in wanted.items()}
    for name, words in sorted(lacking.items(), key=lambda item: -item[1].total())[: given.pages]:
        if words:
            print(f"{name}: {', '.join(f'{word} ({count})' for word, count in words.most_common(12))}")


if __name__ == "__main__":
    main()
