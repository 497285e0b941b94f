"""A fault in one block costs that block: in its planning, its measure and in both writers the deck is made, and the
message has the line.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pptx import Presentation

from builder.deck import substitutes
from builder.deck.blocks import (
    Quote,
    Text,
)
from builder.deck.fit import Fitter
from builder.deck.handlers import HANDLERS
from builder.deck.kinds import KINDS
from builder.deck.lines import Typeface
from builder.deck.model import Block, Deck, Notes, Paragraph, Run, Slide
from builder.deck.pages.papers import papers
from builder.deck.words import words_of
from builder.errors import NOWHERE, AuthorError
from builder.pptx.package.conform import problems
from builder.pptx.template.reading import BUILT_IN, Template, read_template
from builder.pptx.write import write_deck
from builder.typeset.math.formulas import Formulas

from conftest import PNG, Book
from kinds_of_block import HERE, SMALL, in_folder
from pdf_text import pages_of

TYPEFACE = Typeface("Arial", Formulas())


def template() -> Template:
    return read_template(BUILT_IN / "plain.pptx", NOWHERE)


def deck_of(block: Block) -> Deck:
    slides = (slide("One", block), slide("Two", Text((Paragraph((Run("A sound point"),), 1),), HERE)))
    return Deck("d", "Title", "Book", "Author", "en-US", slides)


def slide(title: str, block: Block) -> Slide:
    return Slide(f"d/{title}", (Run(title),), "", (block,), Notes(), None, HERE)


def made(deck: Deck, folder: Path) -> tuple[str, str, list[AuthorError]]:
    """The words of a deck's .pptx and of its PDF, and what was reported."""
    fitted, errors = Fitter(template().geometry, TYPEFACE).deck(deck)
    content, of_writing = write_deck(fitted, template(), TYPEFACE)
    assert problems(content) == []
    xml = "".join(one.part.blob.decode() for one in Presentation(io.BytesIO(content)).slides)
    files, of_papers = papers(fitted, template().geometry, template().colours, TYPEFACE)
    (folder / "deck.pdf").write_bytes(files[".pdf"])
    return xml, " ".join(pages_of(folder / "deck.pdf")), [*errors, *of_writing, *of_papers]


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("phase", ["measure", "pptx", "page"])
def test_a_fault_in_one_block_costs_that_block(
    phase: str, cls: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise ZeroDivisionError("put in by hand")

    block = SMALL[cls]
    block = in_folder(block, tmp_path)
    part = (
        only_for(block, getattr(KINDS[Text], phase)) if cls is Text else fails
    )  # or the sound point would be broken, too
    monkeypatch.setattr(KINDS[cls], phase, part)
    xml, pdf, errors = made(deck_of(block), tmp_path)
    assert "A sound point" in xml
    assert "A sound point" in pdf
    shown = {"measure": xml + pdf, "pptx": xml, "page": pdf}[phase]
    assert re.search(r"Words|\ba\b", re.sub(r"<[^>]+>", " ", shown)), shown
    assert [str(error).partition(": ")[0] for error in errors] == ["chapter.md:7"]
    assert "ZeroDivisionError: put in by hand" in str(errors[0])
    assert substitutes.name_of(block) in str(errors[0])


def only_for(block: Block, usual):
    """A handler that fails on one block only."""

    def handler(*given: object) -> object:
        blocks = [getattr(one, "block", one) for one in given]
        if any(isinstance(one, type(block)) and words_of(one) == words_of(block) for one in blocks):
            raise ZeroDivisionError("put in by hand")
        return usual(*given)

    return handler


def test_what_typst_refuses_is_found_among_many_slides_and_has_a_substitute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = SMALL[Quote]
    sound = [slide(f"Slide {n}", Text((Paragraph((Run(f"point {n}"),), 1),), HERE)) for n in range(9)]
    deck = Deck("d", "Title", "Book", "Author", "en-US", (*sound[:4], slide("Quoted", quote), *sound[4:]))
    monkeypatch.setattr(KINDS[Quote], "page", lambda *_given: "#nothing-of-this-name")
    xml, pdf, errors = made(deck, tmp_path)
    assert all(f"point {n}" in pdf for n in range(9))
    assert "Quoted Words of it" in pdf
    assert "Quotation" in xml
    assert [str(error).partition(" cannot")[0] for error in errors] == ["chapter.md:7: the quote"]


def test_a_block_that_is_no_xml_has_a_substitute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KINDS[Quote], "pptx", lambda *_given: "<a:p>&nbsp;</a:q>")
    xml, pdf, errors = made(deck_of(SMALL[Quote]), tmp_path)
    assert "Words of it" in xml
    assert "Words of it" in pdf
    assert [str(error).partition(" cannot")[0] for error in errors] == ["chapter.md:7: the quote"]


@pytest.mark.parametrize(
    ("function", "what"),
    [
        ("builder.pptx.write.write_foot", "this slide"),
        ("builder.pptx.write.timing", "this slide"),
        ("builder.pptx.write.notes_of", "the notes of this slide"),
        ("builder.pptx.write.list_sections", "the list of this deck's sections"),
        ("builder.deck.pages.typst.PageWriter.footer", "this slide"),
        ("builder.deck.pages.typst.PageWriter.panel", "the quote"),
    ],
)
def test_a_fault_outside_of_blocks_costs_no_deck(
    function: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    module, _, name = function.rpartition(".")
    usual = pytest.importorskip(module.removesuffix(".PageWriter"))
    usual = getattr(getattr(usual, "PageWriter", None) if module.endswith(".PageWriter") else usual, name)

    def fails_once(*given: object, **named: object) -> object:
        calls.append(name)
        if len(calls) == 1:
            raise ZeroDivisionError("put in by hand")
        return usual(*given, **named)

    monkeypatch.setattr(function, fails_once)
    xml, pdf, errors = made(deck_of(SMALL[Quote]), tmp_path)
    assert "Words of it" in xml
    assert "Words of it" in pdf
    assert "A sound point" in xml
    assert "A sound point" in pdf
    assert [str(error).partition(" cannot")[0] for error in errors] == [f"chapter.md:7: {what}"]


CHAPTER = """# Chapter

{.slide}
## Part

A [sound point]{.point} here.

"""
PLANNED = {
    "bullet_list": "- Words of it\n- More\n",
    "definition_list": "Term\n: Words of it\n",
    "table": "| Words | of it |\n|---|---|\n| a | b |\n",
    "literal_block": "```python\nWords_of_it = 1\n```\n",
    "block_quote": "> Words of it\n",
    "math_block": "```{math}\n:class: slide\nWords\n```\n",
    "Admonition": "```{note}\n:class: slide\nWords of it\n```\n",
    "figure": "```{figure} a.png\n:class: slide\n:alt: Words of it\n\nCaption\n```\n",
    "field_list": ":Words: of it\n",
}


@pytest.mark.parametrize("node", PLANNED)
def test_a_fault_in_planning_a_block_costs_that_block(node: str, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise ZeroDivisionError("put in by hand")

    book.write("a.png", PNG)
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('\nmyst_enable_extensions.append("fieldlist")\n')
    monkeypatch.setitem(HANDLERS, node, fails)
    mark = "" if ":class:" in PLANNED[node] else "{.slide}\n"
    result = book.build(f"{CHAPTER}{mark}{PLANNED[node]}", "--to", "pptx")
    words = re.sub(r"<[^>]+>", " ", result.deck().slides[-1].part.blob.decode())
    assert result.status == 1
    assert "Sound point" in words
    assert "Words" in words
    assert f"chapter.md:{9 if mark else 8}: ERROR: the " in result.errors
    assert "ZeroDivisionError: put in by hand" in result.errors
    assert "Traceback" not in result.errors


def test_debug_shows_where_a_fault_is(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "block_quote", lambda *_given: 1 / 0)
    result = book.build(f"{CHAPTER}{{.slide}}\n> Words of it\n", "--to", "pptx", "--debug")
    assert "Traceback" in result.errors
    assert "test_barriers.py" in result.errors
