"""How full slides are: `python tools/measure_decks.py DECK.pptx ...` prints a row for each deck, and one for all.

A content slide is one that opens nothing: no title, section, agenda or list of works. Its words are those of its body,
tables and captions, without its title, its foot and what is code.
"""

from __future__ import annotations

import re
import statistics
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn

import builder.typeset

FEW = 6
MANY = 80
OPENINGS = ("Title Slide", "Section Header", "Title")
FURNITURE = ("title", "ctrTitle", "ftr", "sldNum", "dt")
AROUND = re.compile(r"agenda|works|references|progress|^section$", re.IGNORECASE)
WORDS = Path(builder.typeset.__file__).parent / "words"
WORKS = {tomllib.loads(path.read_text("utf-8"))["references"] for path in WORDS.glob("*.toml")}
"""Titles of a list of works, in all languages."""
COUNTED = re.compile(r" \(\d+/\d+\)$")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
JUMP = qn("a:hlinkClick")
MONO = re.compile(r"Mono|Courier|Consolas|Code")


@dataclass(frozen=True)
class Content:
    """What a content slide holds."""

    title: str
    words: int
    has_code: bool
    has_picture: bool
    has_more: bool
    """True for a table, a chart or a formula."""

    @property
    def is_code_alone(self) -> bool:
        """True for a slide of code and nothing else."""
        return self.has_code and not (self.words or self.has_picture or self.has_more)

    @property
    def is_empty(self) -> bool:
        """True for one of a few words that shows no picture."""
        return self.words < FEW and not self.has_picture


def contents(deck: Path) -> Iterator[Content]:
    """Yield the content slides of a deck."""
    for slide in Presentation(str(deck)).slides:
        if slide.slide_layout.name in OPENINGS or slide._element.get("show") == "0" or is_agenda(slide):
            continue
        title = slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""
        if COUNTED.sub("", title) in WORKS:
            continue
        found = content_of(title, slide.shapes._spTree)
        if found.words or found.has_code or found.has_picture or found.has_more:
            yield found


def is_agenda(slide: Any) -> bool:
    """True for a slide of links to other slides and nothing else."""
    shapes = [shape for shape in slide.shapes if shape.has_text_frame and shape != slide.shapes.title]
    paragraphs = [one._p for shape in shapes if not is_around(shape._element) for one in shape.text_frame.paragraphs]
    texts = [one for one in paragraphs if one.findall(qn("a:r"))]
    return bool(texts) and all(any(True for _ in one.iter(JUMP)) for one in texts)


def content_of(title: str, tree: Any) -> Content:
    """What a slide holds in its shapes, those in groups and those that need a newer program among them."""
    words, has_code = 0, False
    for shape in tree.iter(qn("p:sp")):
        if is_around(shape) or is_fallback(shape):
            continue
        if is_code(shape):
            has_code = True
        else:
            words += words_in(shape)
    tables = [one for one in tree.iter(qn("a:tbl")) if not is_fallback(one)]
    words += sum(map(words_in, tables))
    has_picture = any(True for _ in tree.iter(qn("p:pic")))
    has_more = bool(tables) or any(True for _ in tree.iter(FORMULA, qn("c:chart")))
    return Content(title, words, has_code, has_picture, has_more)


def is_fallback(element: Any) -> bool:
    """True for what stands a second time for older programs."""
    return next(element.iterancestors(FALLBACK), None) is not None


def is_around(shape: Any) -> bool:
    """True for a title, what stands at the foot, and what stands round the slides."""
    kind = next((one.get("type", "") for one in shape.iter(qn("p:ph"))), "")
    return kind in FURNITURE or bool(AROUND.search(shape.find(f".//{qn('p:cNvPr')}").get("name")))


def words_in(shape: Any) -> int:
    """Return how many words the paragraphs of a shape or table have; a formula is one."""
    found = 0
    for paragraph in shape.iter(qn("a:p")):
        found += count("".join(text.text or "" for text in paragraph.iter(qn("a:t"))))
        found += sum(1 for _ in paragraph.iter(FORMULA))
    return found


def is_code(shape: Any) -> bool:
    """True for a shape with words, all in a face of one width."""
    runs = [run for run in shape.iter(qn("a:r")) if (run.findtext(qn("a:t")) or "").strip()]
    faces = [next((face.get("typeface", "") for face in run.iter(qn("a:latin"))), "") for run in runs]
    return bool(faces) and all(MONO.search(face) for face in faces)


def count(text: str) -> int:
    """Return how many words a text has; two letters of a script without spaces are one."""
    wide = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", text))
    return len(re.findall(r"\S*\w\S*", re.sub(r"[\u3040-\u30ff\u3400-\u9fff]", " ", text))) + -(-wide // 2)


def row(name: str, slides: list[Content]) -> str:
    """A line of the table."""
    if not slides:
        return f"{name:40} no content slides"
    words = [slide.words for slide in slides]
    code = sum(slide.is_code_alone for slide in slides) / len(slides)
    few = sum(slide.is_empty for slide in slides) / len(slides)
    many = sum(count > MANY for count in words)
    median = statistics.median(words)
    return f"{name[:40]:40} {len(slides):5} {code:7.1%} {few:8.1%} {median:7.0f} {many:6} {max(words):6}"


def main(paths: list[Path]) -> None:
    """Print the table."""
    print(f"{'deck':40} {'slides':>5} {'code':>7} {'few':>8} {'median':>7} {'over':>6} {'most':>6}")
    every: list[Content] = []
    for path in paths:
        found = list(contents(path))
        every += found
        print(row(path.stem, found))
        for slide in found:
            if slide.is_code_alone or slide.is_empty or slide.words > MANY:
                print(f"    {slide.words:3} words: {slide.title}")
    print(row("all", every))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
