"""Whatever pandoc's tests of ``.pptx`` put on slides stands on ours: each kind as a document that nobody annotated.

Kinds are those of the folders of ``test/pptx`` in pandoc, written as one writes them in MyST, with other words. Left
out are pictures behind slides, footers and properties of files, which are options here, and raw XML of Office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pptx import Presentation

from builder.commands.cli import main

from conftest import CONF, PNG


@dataclass(frozen=True)
class Kind:
    """A document, and the words of each of its slides in order; behind ``//`` those in the notes of the slide."""

    source: str
    slides: tuple[str, ...]


FURNITURE = ("Footer", "Slide number", "Section")
TABLE = "| River | Length |\n|-------|-------:|\n| Onon | 818 |\n| Tuul | 704 |\n"
KINDS = {
    "a slide without words": Kind(
        "# Rivers\n\nThey flow.\n\n# \n\n```{notes}\nWait here.\n```\n\n# Lakes\n\nThey lie.\n",
        ("Rivers They flow", "a slide without words // Wait here", "Lakes They lie"),
    ),
    "a space that is not broken, alone": Kind(
        "# Rivers\n\nThey flow.\n\n# Lakes\n\n&nbsp;\n\n# Seas\n\nThey rise.\n",
        ("Rivers They flow", "Seas They rise"),
    ),
    "code, in a heading, a list and columns": Kind(
        "# The `read` call\n\n    at = 0\n\n- Take `one`\n\n      at = 1\n\n  - then `two`\n\n        at = 2\n\n"
        "# Beside\n\n::::{columns}\n:::{column}\n- Instead of `head`\n:::\n:::{column}\n    safe x\n:::\n::::\n",
        ("The read call at 0 Take one at 1 then two at 2", "Beside Instead of head safe x"),
    ),
    "columns of text, a table and a picture": Kind(
        f"# Two\n\n::::{{columns}}\n:::{{column}}\nMeasured here\n\n{TABLE}\nand there\n:::\n"
        ":::{column}\nSeen here\n\n![A bank](a.png)\n\n![A ford](a.png)\n:::\n::::\n",
        ("Two Measured here River Length Onon 818 Tuul 704 and there Seen here",),
    ),
    "columns, one of which is a table": Kind(
        f"# Two\n\n::::{{columns}}\n:::{{column}}\n{TABLE}\nBelow\n:::\n:::{{column}}\nOnly a line\n:::\n::::\n",
        ("Two River Length Onon 818 Tuul 704 Below Only a line",),
    ),
    "one column": Kind(
        "# One\n\n:::{container} column\nA first line.\n\nA second one.\n:::\n", ("One A first line A second one",)
    ),
    "a picture below text": Kind("# A ford\n\nWhere carts cross\n\n![A cart](a.png)\n", ("A ford Where carts cross",)),
    "a picture above text, without a heading": Kind(
        "![A cart](a.png)\n\nWhere carts cross\n", ("a picture above text without a heading Where carts cross",)
    ),
    "text alone": Kind("Nothing but a line\n", ("text alone Nothing but a line",)),
    "notes at the end": Kind(
        "# Witnesses\n\nOne says so.[^1] Another denies it.[^2]\n\n[^1]: A letter.\n\n[^2]: A report.\n",
        ("Witnesses One says so 1 Another denies it 2 1 A letter 2 A report",),
    ),
    "pictures with and without words": Kind(
        "![](a.png)\n\n```{figure} a.png\nThe moon\n```\n\n# One more\n\n```{figure} a.png\nThe sun\n```\n",
        ("One more Figure 1 The moon Figure 2 The sun",),
    ),
    "lists that go on": Kind(
        "# Points\n\n- These\n- stand\n\n# More\n\nFirst a line:\n\n1. one\n2. two\n\nThen a line\n\n- three\n",
        ("Points These stand", "More First a line one two Then a line three"),
    ),
    "styles of letters": Kind(
        "# Letters\n\nSome *slanted*, some **heavy**, ***both***, ~~struck~~, H{sub}`2`O and 2{sup}`nd`.\n",
        ("Letters Some slanted some heavy both struck H2O and 2nd",),
    ),
    "what continues an item": Kind(
        "# Items\n\n- First\n\n  which goes on\n\n- Then:\n\n  - within\n\n# Numbers\n\nBefore.\n\n1. Outer\n\n"
        "   goes on\n\n   1. Inner\n\n      goes on too\n\n   2. Next\n\n2. Last\n\nAfter.\n",
        ("Items First which goes on Then within", "Numbers Before Outer goes on Inner goes on too Next Last After"),
    ),
    "levels of a list": Kind(
        "# Levels\n\n- One\n\n  - two\n\n    - three\n\n  - two again\n\n# Figures\n\n1. Oats\n\n2. Roots\n\n"
        "   a. red\n\n   b. white\n",
        ("Levels One two three two again", "Figures Oats Roots a red b white"),
    ),
    "a heading alone": Kind("# Only this\n\n```{notes}\nSay it.\n```\n", ("Only this // Say it",)),
    "what stands before a heading": Kind(
        "A line before.\n\n# A part\n\n## A section\n\nA third line.\n\n---\n\nA line behind a rule.\n",
        ("A part A line before", "A section A third line A line behind a rule"),
    ),
    "a section with a table": Kind(f"# Part\n\n## There\n\n{TABLE}", ("There River Length Onon 818 Tuul 704",)),
    "notes in a column": Kind(
        "# Two\n\n::::{columns}\n:::{column}\n- left\n\n```{notes}\nInside.\n```\n:::\n:::{column}\nright\n:::\n::::\n"
        "\n```{notes}\nOutside.\n```\n",
        ("Two left right // Inside Outside",),
    ),
    "notes of several kinds": Kind(
        "# Said\n\nSeen.\n\n```{notes}\nHere is *a word*.\n\nNo [link](https://example.org) here.[^n]\n```\n\n"
        "```{notes}\nThe second.\n```\n\n[^n]: Nobody reads this.\n",
        ("Said Seen // Here is a word No link here 1 Nobody reads this The second",),
    ),
    "numbers that go on over slides": Kind(
        "# First\n\n1. One\n2. Two\n\n# Second\n\n3. Three\n", ("First One Two", "Second Three")
    ),
    "bullets round a table": Kind(
        f"# Mixed\n\n- Before\n\n{TABLE}\n- Behind\n", ("Mixed Before River Length Onon 818 Tuul 704 Behind",)
    ),
    "a table with a caption": Kind(
        f"# Measured\n\n```{{table}} In kilometres\n{TABLE}```\n\n{TABLE}",
        ("Measured River Length Onon 818 Tuul 704 Table 1 In kilometres River Length Onon 818 Tuul 704",),
    ),
}


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a chapter for each kind; the folder of its decks."""
    folder = tmp_path_factory.mktemp("kinds")
    conf = CONF.replace('"dollarmath"', '"dollarmath", "strikethrough"')
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    (folder / "a.png").write_bytes(PNG)
    names = [name_of(kind) for kind in KINDS]
    for name, kind in zip(names, KINDS.values(), strict=True):
        (folder / f"{name}.md").write_text(kind.source, encoding="utf-8")
    (folder / "index.md").write_text("# Root\n\n```{toctree}\n" + "\n".join(names) + "\n```\n", encoding="utf-8")
    lectures = (f'[[lecture]]\nname = "{name}"\ntitle = "Land"\ndocuments = ["{name}"]\n' for name in names)
    (folder / "slides").mkdir()  # a page of a few words has no deck that nobody asks for
    (folder / "slides/lectures.toml").write_text("\n".join(lectures), encoding="utf-8")
    assert main(["build", "-q", "--to", "pptx", str(folder), "-o", str(folder / "_build")]) == 0
    return folder / "_build/slides"


def name_of(kind: str) -> str:
    """The name of the chapter of a kind."""
    return re.sub(r"\W+", "-", kind)


def shown(deck: Path) -> Iterator[str]:
    """Yield the words of each slide and of its notes, without where it is printed; a name alone opens a section."""
    for slide in Presentation(deck).slides:
        opens = slide.slide_layout.name in ("Title Slide", "Section Header")
        texts: list[str] = []
        for shape in slide.shapes:
            if shape.has_text_frame and (shape.name == "Title" or not (opens or shape.name in FURNITURE)):
                texts.append(shape.text_frame.text)
            elif shape.has_table:
                texts += (cell.text for row in shape.table.rows for cell in row.cells)
        notes = slide.notes_slide.notes_text_frame.text.split("\n") if slide.has_notes_slide else []
        said = [line for line in notes if not line.startswith("Book ")]
        if said or not opens:
            yield words(" ".join(texts)) + (f" // {words(' '.join(said))}" if said else "")


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_that_pandoc_shows_is_on_a_slide_or_in_its_notes(decks: Path, kind: str) -> None:
    assert tuple(shown(decks / f"{name_of(kind)}.pptx")) == KINDS[kind].slides
