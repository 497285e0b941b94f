"""All that can stand in a book, in all that can hold it: its words and pictures are on its slide and page, in order."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docutils import nodes
from matrix import CONTAINERS, CONTENTS, Case, case

from builder.deck.handlers import HANDLERS

from conftest import PNG, Book, Result, titles

EXTENSIONS = """
extensions += ["sphinx_design", "sphinx_proof", "sphinx_exercise"]
myst_enable_extensions += ["fieldlist", "html_admonition"]
sys.path.insert(0, TOOLS)
extensions += ["mark_everything"]
"""
TOOLS = Path(__file__).parent.parent.parent / "tools"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
QUICK = ("item of level 2", "cell", "admonition")
"""The containers that are always tried, the others by `make test-slow`."""
ELSEWHERE = {
    "chart": "drawn from a file", "timeline": "drawn from a file", "place_map": "drawn from a file",
    "graphviz": "drawn by a program", "mermaid": "drawn by a program", "inheritance_diagram": "drawn by a program",
    "topic": "stands straight in a section", "sidebar": "stands straight in a section",
    "columns": "columns", "column": "columns",
    "slide": "an annotation", "slide_figure": "an annotation", "speaker_notes": "a container, tried when all are",
    "footnote": "a container, tried when all are", "transition": "shows nothing",
    "svg_drawing": "made of raw HTML after the doctree is written, tried as drawing in HTML",
    "citation": "shown in the list of works", "meta": "for search engines", "system_message": "an error",
    "exercise_node": "its package makes an exercise_enumerable_node of it",
    "unenumerable_node": "its package makes other nodes of it",
    "TabContainer": "sphinx-inline-tabs, see test_statements.py", "SphinxTabsPanel": "sphinx-tabs, see there",
    "SphinxTabsTablist": "sphinx-tabs, see there",
}  # fmt: skip
"""Class of a node that slides show and the matrix does not → why."""


def chapter_of(cases: list[Case]) -> str:
    """A chapter with a section for each case, everything marked; notes stand below a slide."""
    sections = ["# Chapter\n\n(there)=\n## There\n"]
    for one in cases:
        sections.append(f"## {one.content} in {one.container}\n\n{one.myst}\n")
    return "\n".join(sections)


def text_of(slide: Any) -> str:
    """All words of a slide and its notes as they follow each other, those of formulas too."""
    roots = [slide.shapes._spTree]
    if slide.has_notes_slide:
        roots.append(slide.notes_slide.notes_text_frame._txBody)
    return "".join("".join(pieces(root)) for root in roots)


def pieces(element: Any) -> Iterator[str]:
    """Yield the texts in an element, without those for programs that lack something."""
    if element.tag in (MATH, DRAWING):
        yield element.text or ""
    for child in element:
        if child.tag != FALLBACK:
            yield from pieces(child)


def in_order(words: tuple[str, ...], text: str) -> list[str]:
    """Those of ``words`` that are not in ``text`` behind those before them."""
    place, lost = 0, []
    for word in words:
        found = text.find(word, place)
        if found < 0:
            lost.append(word)
        else:
            place = found + len(word)
    return lost


def printed(result: Result) -> str:
    """The words of the printed book, unbroken."""
    pages = pypdfium2.PdfDocument(result.pdf)
    return re.sub(r"[\s\u00ad\x02\ufffe]", "", "".join(page.get_textpage().get_text_range() for page in pages)).lower()


def faults(book: Book, containers: list[str], contents: list[str]) -> list[str]:
    """What of the cases is not on its slide or in print, with the cases' names."""
    cases = [case(c, k, n) for n, (c, k) in enumerate((c, k) for c in containers for k in contents)]
    book.write("conf.py", (book.folder / "conf.py").read_text() + f"import sys\nTOOLS = {str(TOOLS)!r}" + EXTENSIONS)
    book.write("pic.png", PNG)
    result = book.build(chapter_of(cases), "--to", "pptx,pdf")
    shown: dict[str, str] = {}
    pictures: dict[str, int] = {}
    for title, slide in zip(titles(result.deck()), result.deck().slides, strict=True):
        name = re.sub(r" \(\d+/\d+\)$", "", title)
        shown[name] = shown.get(name, "") + text_of(slide)
        pictures[name] = pictures.get(name, 0) + len(list(slide.shapes._spTree.iter("{*}pic")))
    pages = printed(result)
    found = []
    for one in cases:
        name = f"{one.content} in {one.container}"
        text = shown.get(name, "")
        if lost := in_order(one.words, text) + [word for word in one.captions if word not in text]:
            found.append(f"{name}: slide lacks {lost} of {one.words}")
        if one.pictures > pictures.get(name, 0) and one.container not in ("notes", "footnote"):
            found.append(f"{name}: slide lacks a picture")
        if lost := [word for word in one.words + one.captions if word not in pages and one.container != "notes"]:
            found.append(f"{name}: print lacks {lost}")
    return found


@pytest.mark.slow
def test_words_and_pictures_in_containers_are_on_their_slide_in_order_and_in_print(book: Book) -> None:
    assert faults(book, list(QUICK), list(CONTENTS)) == []
    names = {cls.__name__ for node in doctree_of(book).findall() for cls in type(node).__mro__}
    assert sorted(HANDLERS.keys() - names - ELSEWHERE.keys()) == []


def test_a_rubric_at_the_end_of_a_footnote_is_printed(book: Book) -> None:
    assert faults(book, ["footnote"], ["rubric"]) == []


@pytest.mark.slow
def test_they_are_in_all_containers(book: Book) -> None:
    assert faults(book, [name for name in CONTAINERS if name not in QUICK], list(CONTENTS)) == []


def doctree_of(book: Book) -> nodes.document:
    """The chapter as Sphinx has read it."""
    content = (book.folder / "_build/.work/doctrees/chapter.doctree").read_bytes()
    doctree: nodes.document = pickle.loads(content)
    return doctree
