"""Every page number that an output shows is that of the finished PDF: floats, lists, references, index, heads,
bookmarks, decks.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest
from finished import Finished, read_finished
from paged_book import LETTERS, SECTIONS, PagedBook
from pptx import Presentation

from builder.commands.diff.outputs import read_places

from conftest import CONF, Book, built_once, notes

pytestmark = pytest.mark.slow

PAGED = PagedBook()


@pytest.fixture(scope="module", params=["in fascicles", "in one piece"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of the book, set both ways: one that an author's template looks over is set in one piece."""
    files = dict(PAGED.files)
    if request.param == "in one piece":
        files["own.typ"] = "// locate( what is elsewhere\n"
        files["conf.py"] += 'builder_template = "own.typ"\n'
    return built_once(tmp_path_factory.mktemp("paged"), files).folder / "_build"


@pytest.fixture(scope="module")
def book(made: Path) -> Finished:
    return read_finished(next((made / "pdf").glob("*.pdf")))


def named(listed: str, word: str) -> str:
    """The folio that a list names behind a word."""
    found = re.search(rf"{word}(?: \S+ ?2 and code)?,? (\d+|[ivxlc]+)\b", listed)
    return found[1] if found else ""


@pytest.mark.parametrize("kind", ["Figures", "Tables"])
def test_lists_name_the_pages_where_captions_stand(book: Finished, kind: str) -> None:
    listed = book.list_text(kind)
    words = [word for word, found in PAGED.captions.items() if found == kind]
    assert len(words) > 4
    assert {word: [named(listed, word)] for word in words} == {word: book.folios_of(rf"\b{word}\b") for word in words}


def test_listings_and_tables_stand_with_their_captions(book: Finished) -> None:
    """A caption above is not left alone at the foot of a page."""
    for word, kind in PAGED.captions.items():
        if kind != "Figures":
            [page] = book.where(rf"\b{word} (?=line|Head|aVery|cell)")
            assert page >= 0


def test_references_name_the_pages_of_what_they_lead_to(book: Finished) -> None:
    """``See Figure 1.1 (page 3)``; without the page where that is the page at hand."""
    assert len(PAGED.references) > 20
    for word, target in PAGED.references.items():
        [page] = book.where(rf"\b{word}\b")
        [stands] = book.where(rf"\b{target}\b", book.main)
        found = re.search(rf"{word} (?:Figure|Table|Listing) [\w.]+(?: \(page (\w+)\))? there", book.texts[page])
        assert found, (word, book.texts[page])
        assert (found[1] or book.folios[page]) == book.folios[stands], (word, target)


def test_the_index_names_the_pages_where_the_words_stand(book: Finished) -> None:
    listed = book.list_text("Index")
    assert len(PAGED.entries) > 60
    assert {word: [named(listed, word)] for word in PAGED.entries} == {
        word: book.folios_of(rf"\b{word}\b") for word in PAGED.entries
    }


def opened(book: Finished, word: str) -> int:
    """The page that a heading stands on."""
    [page] = book.where(rf"\b{word}\b", range(book.matter("Tables").stop, len(book.texts)))
    return page


def test_contents_and_bookmarks_name_the_pages_of_headings(book: Finished) -> None:
    listed = book.list_text("Contents")
    marks = {word: (title, page) for word in PAGED.headings for _, title, page in book.bookmarks if word in title}
    for word, (level, label) in PAGED.headings.items():
        page = opened(book, word)
        assert marks[word][1] == page, word
        if level <= 2:
            assert named(listed, word) == book.folios[page], (word, label)
    titles = [title for _, title, _ in book.bookmarks]
    assert not [title for title in titles if re.match(r"[\dA-Z.]*\d[^\d. ]", title)]
    assert any(re.fullmatch(r"1\.3 H\w+ x² and code", title) for title in titles), titles


def test_running_heads_name_a_section_of_the_page(book: Finished) -> None:
    """On rectos the last section that begins on the page, else the one that goes on from the page before; on versos the
    chapter.
    """
    chapter = section = ""
    levels = {word: level + label.count("/") for word, (level, label) in PAGED.headings.items()}
    opens = {opened(book, word): word for word, level in levels.items() if level == 1}
    below = {word: opened(book, word) for word, level in levels.items() if level == 2}
    checked = 0
    for page in range(min(opens), book.matter("Index").start):
        if page in opens:
            chapter = section = opens[page]
        begun = [word for word, where in below.items() if where == page]
        section = begun[-1] if begun else section
        if page in opens or not book.heads[page]:
            continue
        verso = page % 2 == 1
        shown = re.sub(r" ?\b(\d+|[ivxl]+)$|^(\d+|[ivxl]+)\b ", "", book.heads[page])
        assert book.folios[page] in book.heads[page].split()
        assert (chapter.lower() if verso else section) in shown, (book.folios[page], book.heads[page])
        checked += 1
    assert checked > 20


def stretch(book: Finished, words: list[str]) -> tuple[str, str]:
    """The first and the last folio of the pages on which any of the words stands."""
    shown = range(book.matter("Tables").stop, book.matter("Index").start)
    pages = [page for word in words for page in book.where(rf"\b{word}\b", shown)]
    return book.folios[min(pages)], book.folios[max(pages)]


def words_of(label: str) -> list[str]:
    """The words of a section or document, of its headings, and of what is in it."""
    docname, _, name = label.partition(":")
    text = PAGED.files[f"{docname}.md"]
    assert isinstance(text, str)
    start = text.index(f"({name})=\n") if name else 0
    level = next(level for level, other in PAGED.headings.values() if other == label) if name else 0
    following = (
        re.compile(rf"^#{{1,{level}}} ", re.MULTILINE).search(text, text.index("# ", start) + 2 + level)
        if name
        else None
    )
    part = text[start : text.rindex("\n(", 0, following.start()) if following else len(text)]
    return sorted(set(re.findall(r"\b[HKRWxZ][bcdfgkmnpqrtvwxz]{3}\b", part)))


def subtitle(made: Path, name: str) -> str:
    return " ".join(
        shape.text_frame.text
        for shape in Presentation(str(made / f"slides/{name}.pptx")).slides[0].shapes
        if shape.has_text_frame
    )


@pytest.mark.parametrize(
    ("deck", "before", "labels"),
    [
        ("order", "Lecture 1 · Chapters 1, 4 and 2, pages ", ["one:", "four:", "two:"]),
        ("parts", "Lecture 2 · Chapters 3, 1 and 4, pages ", ["three:three-c", "one:one-b", "four/below:"]),
    ],
)
def test_title_slides_name_the_pages_of_the_parts_of_a_deck(
    made: Path, book: Finished, deck: str, before: str, labels: list[str]
) -> None:
    spans = [stretch(book, words_of(label)) for label in labels]
    assert (
        f"{before}{', '.join(first if first == last else f'{first}–{last}' for first, last in spans)} "
        in f"{subtitle(made, deck)} "
    )


def test_title_slides_name_the_pages_of_every_section(made: Path, book: Finished) -> None:
    found = {}
    for number, name in enumerate(SECTIONS):
        spans = re.search(r"pages? (\w+)(?:–(\w+))?", subtitle(made, f"section-{number}"))
        assert spans, name
        found[name] = spans[1], spans[2] or spans[1]
    assert found == {name: stretch(book, words_of(name.replace("#", ":"))) for name in SECTIONS}


def test_title_slides_name_what_stands_round_the_chapters(made: Path, book: Finished) -> None:
    spans = [stretch(book, words_of(label)) for label in ("preface:", "appendix:", "after:")]
    listed = ", ".join(f"{first}–{last}" for first, last in spans[:1]) + f", {spans[1][0]}–{spans[2][1]}"
    titles = [
        next(word for word, (_, label) in PAGED.headings.items() if label.startswith(name))
        for name in ("preface", "after")
    ]
    assert f"Lecture 3 · Appendix A, {titles[0]}, {titles[1]}, pages {listed}" in subtitle(made, "matter")


def test_notes_of_slides_name_the_pages_of_their_sections(made: Path, book: Finished) -> None:
    checked = 0
    for path in (made / "slides").glob("*.pptx"):
        for slide in Presentation(str(path)).slides:
            for paragraph in notes(slide)[-1:]:
                place = re.fullmatch(r"Book (?:§ [\w.]+ )?(H\w+).*, p\. (\w+)", paragraph)
                assert place, paragraph
                assert place[2] == book.folios[opened(book, place[1])]
                checked += 1
    assert checked > 20


def test_the_margin_names_slides_that_show_the_section(made: Path, book: Finished) -> None:
    """``Lecture 1, slides 3–5`` beside a heading: slides whose notes name that section."""
    checked = 0
    margins = read_finished(book.path, margin=24).margins
    decks = [
        [notes(slide)[-1:] for slide in Presentation(str(made / f"slides/{name}.pptx")).slides]
        for name in ("order", "parts", "matter")
    ]
    for word in PAGED.headings:
        shown = {
            (lecture, number)
            for lecture, slides in enumerate(decks, start=1)
            for number, place in enumerate(slides, start=1)
            if place and re.search(rf"\b{word}\b", place[0])
        }
        text = margins[opened(book, word)]
        for lecture, number in shown:
            listed = re.findall(rf"Lecture {lecture}, slides? ([\d–, ]+)", text)
            numbers = {n for spans in listed for n in numbers_of(spans)}
            assert number in numbers, (word, lecture, number, text)
            checked += 1
    assert checked > 15


def numbers_of(spans: str) -> set[int]:
    """``3, 7–9`` → 3, 7, 8, 9."""
    ends = [[int(end) for end in span.split("–")] for span in spans.replace(" ", "").strip(",").split(",")]
    return {number for span in ends for number in range(span[0], span[-1] + 1)}


def test_links_lead_to_the_pages_where_figures_stand(book: Finished) -> None:
    with pikepdf.open(book.path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        names = {}
        tree = pikepdf.NameTree(pdf.Root.Names.Dests)
        for name, place in tree.items():
            names[str(name)] = pages[place[0].objgen]
    for word in PAGED.captions:
        label = next(name for name in names if name.endswith(f":f{word.lower()}"))
        assert [names[label]] == book.where(rf"\b{word}\b"), word


def test_the_report_and_a_comparison_name_the_same_pages(made: Path, book: Finished) -> None:
    report = json.loads((made / "report.json").read_text(encoding="utf-8"))
    [pdf] = [output for output in report["outputs"] if output["kind"] == "pdf"]
    assert pdf["amount"] == f"{len(book.folios)} pages"
    places, count = read_places(book.path)
    assert count == len(book.folios)
    for heading, folio in places.items():
        words = [word for word in PAGED.headings if word in heading]
        assert all(book.folios[opened(book, word)] == folio for word in words)


def test_a_section_ends_before_a_page_that_the_next_one_opens_with_its_figure(book_of_one: Book) -> None:
    """Chapters of one line more each: in some the second section begins on a new page, and its figure floats above its
    heading.
    """
    chapters = range(14)
    book_of_one.write(
        "index.md", "# Root\n\n```{toctree}\n:numbered:\n" + "".join(f"c{n}\n" for n in chapters) + "```\n"
    )
    book_of_one.write("wide.svg", PAGED.files["h20.svg"])
    lectures = ""
    for n in chapters:
        first = " ".join([f"Xa{LETTERS[n]}q"] * (160 + 10 * n))
        text = (
            f"# H{n}\n\n## A{n}\n\n{first}.\n\n## B{n}\n\nWords.\n\n```{{figure}} wide.svg\n:alt: Bars\n\nF{n}x\n"
            "```\n\nMore.\n"
        )
        book_of_one.write(f"c{n}.md", text)
        lectures += f'[[lecture]]\nname = "c{n}"\ntitle = "T"\ndocuments = ["c{n}#a{n}"]\n'
    book_of_one.write("slides/lectures.toml", lectures)
    result = book_of_one.build()
    assert result.status == 0, result.errors
    book = read_finished(result.pdf)
    above = 0
    for n in chapters:
        first, last = stretch_of(book, f"Xa{LETTERS[n]}q")
        [below] = book.where(rf"\bB{n}\b")
        above += book.folios[below] != last and re.search(rf"F{n}x.*\bB{n}\b", book.texts[below]) is not None
        pages = f"page {first}" if first == last else f"pages {first}–{last}"
        assert subtitle(result.folder / "_build", f"c{n}").endswith(f"{pages} A small book"), n
    assert above > 0, "no figure stands above its heading on a page that it opens"


def stretch_of(book: Finished, word: str) -> tuple[str, str]:
    """The first and the last folio of the pages of the text on which a word stands."""
    folios = book.folios_of(rf"\b{word}\b")
    return folios[0], folios[-1]


@pytest.fixture
def book_of_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Book:
    folder = tmp_path / "a book"
    folder.mkdir()
    made_here = Book(folder, capfd)
    made_here.write("conf.py", CONF + 'builder_trim = "a5"\nbuilder_openings = "next"\n')
    return made_here


def test_title_slides_and_notes_are_in_the_language_of_the_book(book_of_one: Book) -> None:
    conf = (book_of_one.folder / "conf.py").read_text(encoding="utf-8")
    book_of_one.write("conf.py", conf + 'language = "de"\nbuilder_words = {"folio": "Seite"}\n')
    book_of_one.write("index.md", "# Buch\n\n```{toctree}\n:numbered:\n\none\ntwo\n```\n")
    for name in ("one", "two"):
        book_of_one.write(
            f"{name}.md", f"# {name}\n\n{{.slide}}\n## Teil\n\n{{.slide}}\n- Punkt\n\n" + "Wörter der Seite. " * 200
        )
    book_of_one.write("slides/lectures.toml", '[[lecture]]\nname = "v"\ntitle = "T"\ndocuments = ["one", "two"]\n')
    deck = book_of_one.build().deck("v")
    words = [shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame]
    assert "Vorlesung 1 · Kapitel 1 und 2, Seiten 1–6" in words
    assert "Buch § 1.1 Teil, Seite 1" in [line for slide in deck.slides for line in notes(slide)]
