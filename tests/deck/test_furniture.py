"""What a deck has round its slides: agenda, openings, where we are, works cited, how it moves."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re

import pytest
from pptx.oxml.ns import qn
from tests.conftest import CONF, Book, bullets, notes, titles

from builder.deck.surroundings import shortened

BIB = """@book{king, author = {King, Matthew W.}, title = {Ocean of Milk}, year = {2019}, publisher = {Columbia}}
@book{baabar, author = {Baabar, B. and Kaplonski, C.}, title = {Twentieth Century}, year = {1999}, publisher = {White Horse}}
"""


def chapter(title: str, *sections: str) -> str:
    body = "".join(
        f"\n{{.slide}}\n## {name}\n\n[One of {name}]{{.point}}.\n\n{{.slide}}\n### More of {name}\n\n[Two]{{.point}}.\n"
        for name in sections
    )
    return f"# {title}\n\nText.\n{body}"


def test_a_deck_of_a_chapter_lists_its_sections_each_a_link(book: Book) -> None:
    result = book.build(chapter("Chapter", "First", "Second", "Third", "Fourth"), "--to", "pptx")
    assert result.status == 0, result.errors
    deck = result.deck()
    agenda = deck.slides[1]
    assert agenda.shapes.title.text_frame.text == "Overview"
    assert bullets(agenda) == [(1, "1.1 First"), (1, "1.2 Second"), (1, "1.3 Third"), (1, "1.4 Fourth")]
    links = [run.find(f".//{qn('a:hlinkClick')}") for run in agenda._element.iter(qn("a:r"))]
    targets = [agenda.part.rels[link.get(qn("r:id"))].target_part.slide for link in links if link is not None]
    assert [slide.shapes.title.text_frame.text for slide in targets] == ["First", "Second", "Third", "Fourth"]


def test_an_agenda_of_many_sections_stands_in_two_columns(book: Book) -> None:
    names = [f"Part {letter}" for letter in "ABCDEFGHIJKLM"]
    deck = book.build(chapter("Chapter", *names), "--to", "pptx").deck()
    assert titles(deck)[1:3] == ["Overview", "Part A"]
    text = [shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame]
    assert "1.1 – 1.7" in " ".join(text)
    assert "1.8 – 1.13" in " ".join(text)
    assert [name for name in names if not any(f"{name}" in words for words in text)] == []


def test_an_agenda_of_long_sections_goes_on_with_the_next_ones(book: Book) -> None:
    names = [
        f"{letter} section with a title that is long enough for two lines of a column" for letter in "ABCDEFGHIJKLMNOP"
    ]
    deck = book.build(chapter("Chapter", *names), "--to", "pptx").deck()
    assert titles(deck)[1:4] == ["Overview (1/2)", "Overview (2/2)", names[0]]
    shown = "\n".join(
        shape.text_frame.text for slide in list(deck.slides)[1:3] for shape in slide.shapes if shape.has_text_frame
    )
    assert "".join(re.findall(r"1\.\d+ (\w) section", shown)) == "ABCDEFGHIJKLMNOP"


def automatic(*names: str) -> str:
    """Sections of some slides each, of a document without numbers."""
    marked = "\n{{.slide}}\n## {0}\n\n[One]{{.point}}.\n\n{{.slide}}\n### More of it\n\n[Two]{{.point}}.\n"
    return "".join(marked.format(name) for name in names)


def test_an_agenda_names_neither_the_deck_nor_a_part_twice(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\n```\n")
    names = ("First", "Example", "Second", "example", "The Sea", "Third")
    deck = book.build(f"# The sea\n{automatic(*names)}", "--to", "pptx").deck()
    assert bullets(deck.slides[1]) == [(1, "First"), (1, "Example"), (1, "Second"), (1, "Third")]


def test_an_agenda_of_pages_does_not_name_the_page_that_the_deck_is_titled_by(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\n```\n")
    names = ["Tides", "Moons", "Ports", "Ships"]
    for name in names:
        book.write(f"{name}.md", f"# {name}\n{automatic('Of ' + name)}")
    tree = "\n```{toctree}\n" + "\n".join(names) + "\n```\n"
    deck = book.build(f"# The sea\n{automatic('First')}{tree}", "--to", "pptx").deck()
    assert bullets(deck.slides[1]) == [(1, name) for name in names]


def test_parts_with_numbers_are_all_in_the_agenda(book: Book) -> None:
    deck = book.build(chapter("Sea", "First", "Sea", "Third", "Third"), "--to", "pptx").deck()
    assert [text for _level, text in bullets(deck.slides[1])] == ["1.1 First", "1.2 Sea", "1.3 Third", "1.4 Third"]


def test_spans_of_years_are_not_broken_in_agenda_and_openings(book: Book) -> None:
    book.write("conf.py", CONF + 'builder_deck = {"sections": "sections"}\n')
    result = book.build(chapter("Chapter", "The order, 1939--1952", "Second", "Third", "Fourth"), "--to", "pptx")
    assert result.status == 0, result.errors
    assert bullets(result.deck().slides[1])[0] == (1, "1.1 The order, 1939\u2060–\u20601952")
    assert "The order, 1939\u2060–\u20601952" in titles(result.deck())


def test_a_short_deck_has_no_agenda(book: Book) -> None:
    assert titles(book.build(chapter("Chapter", "First", "Second"), "--to", "pptx").deck())[1] == "First"


def test_where_we_are_is_a_strip_whose_pieces_lead_to_the_parts(book: Book) -> None:
    deck = book.build(chapter("Chapter", "First", "Second", "Third"), "--to", "pptx").deck()
    strips = [shape for slide in deck.slides for shape in slide.shapes if shape.name == "Where we are"]
    words = [strip._element.nvGrpSpPr.cNvPr.get("descr") for strip in strips]
    assert words == [f"{n}/3: 1.{n} {name}" for n, name in enumerate(("First", "Second", "Third"), 1) for _ in range(2)]
    clicks = [shape._element.find(f".//{qn('a:hlinkClick')}") for shape in strips[1].shapes]
    assert [click is not None for click in clicks] == [True, True, True]


def test_two_chapters_are_opened_by_a_slide_each_and_stand_in_columns(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nsecond\n```\n")
    book.write("second.md", chapter("Later", "Third", "Fourth"))
    book.write(
        "slides/lectures.toml", '[[lecture]]\nname = "both"\ntitle = "Both"\ndocuments = ["chapter", "second"]\n'
    )
    deck = book.build(chapter("Earlier", "First", "Second"), "--to", "pptx").deck("both")
    assert titles(deck)[:4] == ["Both", "Overview", "Earlier", "First"]
    assert "Later" in titles(deck)
    text = [shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame]
    assert "1 Earlier" in text
    assert "1.1 First\n1.2 Second" in text
    assert "Lecture 1 · Both" in [shape.text_frame.text for shape in deck.slides[3].placeholders]


def test_what_another_slide_is_titled_by_already_has_no_opening(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nsecond\nthird\n```\n")
    book.write("second.md", "{.slide}\n# Short\n\n[All of it]{.point}.\n")
    book.write("third.md", chapter("Later", "Third"))
    lecture = '[[lecture]]\nname = "all"\ntitle = "Earlier"\ndocuments = ["chapter", "second", "third"]\n'
    book.write("slides/lectures.toml", lecture)
    deck = book.build(chapter("Earlier", "First"), "--to", "pptx").deck("all")
    assert titles(deck) == ["Earlier", "First", "More of First", "Short", "Later", "Third", "More of Third"]


@pytest.mark.parametrize(("pages", "opened"), [(("Third",), False), (("Third", "Fourth", "Fifth"), True)])
def test_pages_of_a_chapter_are_opened_by_slides_where_they_have_four_on_average(
    book: Book, pages: tuple[str, ...], opened: bool
) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\n```\n")
    book.write("second.md", chapter("Later", *pages))
    first = chapter("Earlier", "First", "Second") + "\n```{toctree}\nsecond\n```\n"
    assert ("Later" in titles(book.build(first, "--to", "pptx").deck())) == opened


def test_an_opening_that_the_author_marked_is_not_made_twice(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nsecond\n```\n")
    book.write("second.md", chapter("Later", "Third"))
    book.write(
        "slides/lectures.toml", '[[lecture]]\nname = "both"\ntitle = "Both"\ndocuments = ["chapter", "second"]\n'
    )
    deck = book.build("{.slide}\n" + chapter("Earlier", "First"), "--to", "pptx").deck("both")
    assert titles(deck).count("Earlier") == 1


@pytest.mark.parametrize(
    ("style", "text", "mark"), [("label", "Kin19", "King 2019"), ("author_year", "King, 2019", "King, 2019")]
)
def test_works_cited_close_the_deck_and_stand_in_the_notes(book: Book, style: str, text: str, mark: str) -> None:
    book.write("conf.py", CONF.replace('["myst_parser"]', '["myst_parser", "sphinxcontrib.bibtex"]'))
    book.write("refs.bib", BIB)
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(f'bibtex_bibfiles = ["refs.bib"]\nbibtex_reference_style = "{style}"\n')
    source = (
        "# Chapter\n\n{.slide}\n## First\n\n[Milk is deep {cite}`king`]{.point}, says {cite:t}`baabar`.\n\n"
        "## Sources\n\n```{bibliography}\n:style: alpha\n```\n"
    )
    result = book.build(source, "--to", "pptx")
    assert result.status == 0, result.errors
    deck = result.deck()
    assert bullets(deck.slides[1]) == [(1, f"Milk is deep [{mark}]")]
    entries = [line for line in notes(deck.slides[1]) if "Ocean of Milk" in line or "Twentieth" in line]
    assert len(entries) == 2
    closing = deck.slides[-1]
    assert closing.shapes.title.text_frame.text == "References"
    shown = [words for _level, words in bullets(closing)]
    assert any("Ocean of Milk" in words for words in shown)
    assert shown[0].startswith("[") == (style == "label"), text


def test_a_list_of_works_that_is_marked_is_on_its_slide_and_on_no_other(book: Book) -> None:
    conf = CONF.replace('["myst_parser"]', '["myst_parser", "sphinxcontrib.bibtex"]')
    book.write("conf.py", f'{conf}bibtex_bibfiles = ["refs.bib"]\n')
    book.write("refs.bib", BIB)
    listed = "{.slide}\n```{bibliography}\n:all:\n:style: alpha\n```\n"
    cited = "[Deep {cite}`king`]{.point}, {cite}`baabar`."
    deck = book.build(f"# Chapter\n\n## Milk\n\n{cited}\n\n{{.slide}}\n## Sources\n\n{listed}", "--to", "pptx").deck()
    assert titles(deck) == ["Chapter", "Milk", "Sources"]
    shown = [words for _level, words in bullets(deck.slides[-1])]
    assert [("[Kin19]" in words, "Ocean of Milk" in words) for words in shown].count((True, True)) == 1
    assert len(shown) == BIB.count("@")


def test_a_work_with_more_words_than_a_slide_should_have_is_there_by_its_beginning_and_whole_in_the_notes(
    book: Book,
) -> None:
    words = " ".join(f"word{number}" for number in range(146))
    book.write("chapter.rst", f"Sea\n===\n\nTides are waves [CIT02]_.\n\n.. [CIT02] A *body* of {words}.\n")
    slide = list(book.build(None, "--to", "pptx").deck().slides)[-1]
    shown = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "A body of word0" in shown
    assert re.search(r"word\d+ …", shown)
    assert len(shown.split()) < 60
    assert "word145" in slide.notes_slide.notes_text_frame.text


def test_a_citation_that_stands_in_its_document_is_on_the_last_slide_and_in_the_notes(book: Book) -> None:
    cited = ".. [CIT02] A *body* of words.\n\n   More of it.\n\n   ::\n\n      and code\n\n.. [NOT03] Not cited.\n"
    book.write("second.rst", f"Second\n======\n\n.. rst-class:: slide\n\nAs [CIT02]_ has it.\n\n{cited}")
    book.write("index.md", "# Root\n\n```{toctree}\nsecond\n```\n")
    deck = book.build("---\norphan: true\n---\n# One\n", "--to", "pptx").deck("second")
    entry = "[CIT02] A body of words. More of it. and code"
    assert bullets(deck.slides[-1]) == [(1, entry)]
    assert entry in notes(deck.slides[1])


def test_transitions_and_lists_that_appear_point_by_point(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"transition": "morph", "incremental": True}\n')
    source = (
        "# Chapter\n\n## First\n\n```{slide}\n```\n\n{.slide}\n- one\n- two\n\n## Second\n\n```{slide}\n:reveal: "
        "nothing\n```\n\n"
        "{.slide}\n- one\n- two\n"
    )
    deck = book.build(source, "--to", "pptx").deck()
    first, second = (slide._element for slide in list(deck.slides)[1:3])
    order = [child.tag.rpartition("}")[2] for child in first]
    assert order.index("AlternateContent") < order.index("timing")
    assert len(re.findall("clickEffect", str([n.attrib for n in first.iter(qn("p:cTn"))]))) == 2
    assert second.find(qn("p:timing")) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("agenda = 3", "agenda must be true or false, not 3."),
        ('transition = "spin"', "transition is 'spin'; write one of 'none', 'fade'"),
        ('sections = "all"', "sections is 'all'; write one of 'auto', 'chapters', 'sections', 'none'."),
    ],
)
def test_what_a_deck_cannot_be_is_said_with_its_line(book: Book, given: str, words: str) -> None:
    book.write("slides/lectures.toml", f'[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n{given}\n')
    result = book.build("# Chapter\n\n{.slide}\n## A\n\n[x]{.point}\n", "--to", "pptx")
    assert result.status == 1
    assert f"lectures.toml:5: ERROR: {words}" in result.errors


def test_floors_are_the_authors(book: Book) -> None:
    lines = "".join(f"- A point of several words, number {number} of them\n" for number in range(16))
    source = f"# Chapter\n\n## Section\n\n{{.slide}}\n{lines}"
    assert titles(book.build(source, "--to", "pptx").deck())[1:] == ["Section (1/2)", "Section (2/2)"]
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"body_floor": 12}\n')
    assert titles(book.build(source, "--to", "pptx").deck())[1:] == ["Section"]


def test_first_sentences_are_points_by_option(book: Book) -> None:
    source = (
        "# Chapter\n\n## Section\n\nDr. K. Smith came in *April* 1932. He left soon.\n\nA second paragraph? Yes.\n\n"
        "One sentence only, e.g. this\n"
    )
    assert titles(book.build(source, "--to", "pptx").deck()) == ["Chapter", "Section"]
    with (book.folder / "conf.py").open("a") as conf:
        conf.write("builder_first_sentences = True\n")
    slide = book.build(source, "--to", "pptx").deck().slides[1]
    assert bullets(slide) == [
        (1, "Dr. K. Smith came in April 1932"), (1, "A second paragraph?"), (1, "One sentence only, e.g. this"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Costs", "Costs"),
        ("The Crown against the Commissioners, " * 3, "The Crown against the Commissioners, The Crown against the Commissioners, The Crown…"),
        ("a" * 91, "a" * 90 + "…"),
        ("案" * 46, "案" * 45 + "…"),
    ],
)  # fmt: skip
def test_a_long_name_of_a_section_is_cut_above_titles_and_at_the_foot(title: str, line: str) -> None:
    assert shortened(title) == line
