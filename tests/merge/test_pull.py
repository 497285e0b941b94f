"""``builder pull``: what was changed by hand in a deck goes back into the sources."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hand import body, slide, table
from lecture import CHAPTER, FILES, change, lecture
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from builder.pptx.mark import NAME

from conftest import Book, Result

DECK = "_build/slides/a.pptx"


def edit(book: Book, make: Callable[[Any], None], name: str = DECK) -> None:
    """A hand edit of the built deck."""
    deck = Presentation(book.folder / name)
    make(deck)
    deck.save(book.folder / name)


def pull(book: Book, *options: str) -> Result:
    return book.call("pull", DECK, *options)


def replace(paragraph: Any, old: str, new: str) -> None:
    """Change words in the run that has them."""
    run = next(run for run in paragraph.runs if old in run.text)
    run.text = run.text.replace(old, new)


def source(book: Book, name: str = "chapter.md") -> str:
    return (book.folder / name).read_text(encoding="utf-8")


def first_bullet(deck: Any) -> Any:
    return body(slide(deck, "Bullets")).paragraphs[0]


def cell(deck: Any) -> Any:
    return table(deck).cell(1, 1).text_frame.paragraphs[0]


def caption(deck: Any) -> Any:
    shapes = slide(deck, "Picture").shapes
    return next(shape.text_frame for shape in shapes if shape.has_text_frame and "north" in shape.text_frame.text).paragraphs[0]  # fmt: skip


def notes(deck: Any) -> Any:
    frame = slide(deck, "Bullets").notes_slide.notes_text_frame
    return next(paragraph for paragraph in frame.paragraphs if "slowly" in paragraph.text)


def title(deck: Any) -> Any:
    return slide(deck, "Last words").shapes.title.text_frame.paragraphs[0]


def data(deck: Any, value: float = 25) -> None:
    """Another second number in the chart, as PowerPoint writes it: in the chart and in its workbook."""
    from pptx.chart.data import CategoryChartData

    chart = next(shape.chart for shape in slide(deck, "Chart").shapes if shape.has_chart)
    fresh = CategoryChartData()
    fresh.categories = list(chart.plots[0].categories)
    for series in chart.plots[0].series:
        fresh.add_series(series.name, [series.values[0], value, *series.values[2:]])
    chart.replace_data(fresh)


EDITS: dict[str, tuple[Callable[[Any], None], str, str, str]] = {
    "a point": (lambda deck: replace(first_bullet(deck), "plain", "very clear"), "chapter.md", "something plain]", "something very clear]"),
    "the first word of a point": (lambda deck: replace(first_bullet(deck), "The first", "One"), "chapter.md", "[The first bullet", "[One bullet"),
    "words at the end of a point": (lambda deck: replace(first_bullet(deck), "plain", "plain at last"), "chapter.md", "something plain]", "something plain at last]"),
    "a title": (lambda deck: replace(title(deck), "Last", "Closing"), "chapter.md", "## Last words", "## Closing words"),
    "a cell": (lambda deck: replace(cell(deck), "ten", "eleven"), "chapter.md", "  - ten", "  - eleven"),
    "a caption": (lambda deck: replace(caption(deck), "north", "south"), "chapter.md", "A field in the north", "A field in the south"),
    "the notes": (lambda deck: replace(notes(deck), "slowly", "loudly"), "chapter.md", "Say it slowly.", "Say it loudly."),
    "a value of a chart": (data, "rows.csv", "1938,20", "1938,25"),
    "signs that are markup": (lambda deck: replace(first_bullet(deck), "plain", "*plain* [x] $5 a_b"), "chapter.md", "plain]", "\\*plain\\* \\[x\\] \\$5 a_b]"),
}  # fmt: skip


NOTATIONS = {
    "semicolons": ("year;count\n1937;10\n1938;20\n1939;15\n", 25, "1938;20", "1938;25"),
    "a decimal comma": ("year;count\n1937;10,5\n1938;20,5\n1939;15\n", 1025.25, "1938;20,5", "1938;1025,25"),
    "a decimal comma that another row shows": ("year;count\n1937;10,5\n1938;20\n1939;15\n", 20.75, "1938;20", "1938;20,75"),
    "a decimal comma between commas": ('year,count\n1937,"10,5"\n1938,20\n1939,15\n', 20.75, "1938,20", '1938,"20,75"'),
    "points between thousands": ("year;count\n1937;1.010,5\n1938;2.020\n1939;15\n", 3030.5, "1938;2.020", "1938;3.030,5"),
    "commas between thousands": ('year,count\n1937,10\n1938,"2,020"\n1939,15\n', 3030.5, '1938,"2,020"', '1938,"3,030.5"'),
    "seven digits": ("year,count\n1937,10\n1938,1234567\n1939,15\n", 7654321, "1938,1234567", "1938,7654321"),
    "spaces and a percent sign": ("year\tcount\n1937\t10\n1938\t2 020 %\n1939\t15\n", 3030.5, "1938\t2 020 %", "1938\t3 030.5 %"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTATIONS)
def test_a_value_goes_back_in_the_notation_of_its_file(book: Book, name: str) -> None:
    rows, value, old, new = NOTATIONS[name]
    lecture(book)
    book.write("rows.csv", rows)
    assert book.build(None, "--to", "pptx").status == 0
    edit(book, lambda deck: data(deck, value))
    written = pull(book, "--apply")
    assert "not taken" not in written.out
    assert source(book, "rows.csv") == rows.replace(old, new) != rows


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_goes_back_to_where_the_text_came_from(book: Book, name: str) -> None:
    """It is shown first, then written; a build gives no conflict then, and there is nothing more to take back."""
    make, file, old, new = EDITS[name]
    lecture(book)
    before = source(book, file)
    edit(book, make)
    shown = pull(book)
    assert source(book, file) == before
    assert shown.status == 0, shown.errors
    assert f"+++ b/{file}" in shown.out
    written = pull(book, "--apply")
    assert written.status == 0, written.errors
    assert written.out == shown.out
    assert source(book, file) == before.replace(old, new) != before
    built = book.build(None, "--to", "pptx")
    assert built.status == 0, built.errors
    assert "builder.conflict" not in built.errors
    again = pull(book)
    assert again.out == ""
    assert again.errors == "builder: nothing to take back\n"


MARKUP = (
    "::: {raw} html", "+++", "[^1]: x", "---", "# x", "- ", "> ", "```", "$$", "<!x", "<b>", "(x)=", "{.slide}", "% x", "|", "\\", "&amp;", "1.", "\u00a0",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("words", MARKUP)
def test_words_that_would_be_markup_hinder_no_other_edit(book: Book, words: str) -> None:
    """The only point of a list is written as words, or that edit is listed; the title is taken either way."""
    lecture(book)
    book.write("chapter.md", source(book) + "\n{.slide}\n## Alone\n\n{.slide}\n- onlypoint\n")
    assert book.build(None, "--to", "pptx").status == 0

    def make(deck: Any) -> None:
        replace(title(deck), "Last", "Closing")
        replace(body(slide(deck, "Alone")).paragraphs[0], "onlypoint", words)

    edit(book, make)
    pulled = pull(book, "--apply")
    assert "Traceback" not in pulled.errors
    assert "bug" not in pulled.errors
    assert "## Closing words" in source(book), pulled.errors
    if "not taken:" in pulled.errors or words.isspace():
        assert "- onlypoint" in source(book)
    else:
        built = book.build(None, "--to", "pptx")
        assert built.status == 0, built.errors
        assert words in body(slide(built.deck("a"), "Alone")).text


def test_the_patch_is_one_for_git(book: Book) -> None:
    lecture(book)
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"))
    patch = pull(book).out
    subprocess.run(["git", "apply"], input=patch.encode(), cwd=book.folder, check=True)
    assert "something clear]" in source(book)


def test_formatting_of_the_source_survives(book: Book) -> None:
    """Bold, roles, links, short forms of points and line ends stay as the author wrote them."""
    chapter = CHAPTER.replace(
        "[The first bullet says something plain]{.point}",
        "[the **first** bullet `says` {abbr}`MPR (a republic)` things [with links](https://example.org/a_b) in\ntwo "
        "lines]{.point}",
    ).replace("[The second bullet says something "
              "else]", "{point}`The second bullet goes on and on in the "
                       "book <A short second bullet>`", 1).replace("`{.point}", "`")  # fmt: skip
    lecture(book)
    book.write("chapter.md", "\ufeff" + chapter.replace("\n", "\r\n"))
    assert book.build(None, "--to", "pptx").status == 0

    def make(deck: Any) -> None:
        replace(first_bullet(deck), "The", "A")
        replace(first_bullet(deck), "things", "matters")
        replace(first_bullet(deck), "lines", "rows")
        replace(body(slide(deck, "Bullets")).paragraphs[1], "short", "brief")

    edit(book, make)
    assert pull(book, "--apply").status == 0
    now = (book.folder / "chapter.md").read_bytes().decode()
    assert ("[a **first** bullet `says` {abbr}`MPR (a republic)` matters [with links](https://example.org/a_b) in\r\n"
           "two rows]{.point}") in now  # fmt: skip
    assert "{point}`The second bullet goes on and on in the book <A brief second bullet>`" in now
    assert now.startswith("\ufeff# The chapter\r\n")


@pytest.mark.parametrize("lines", ["", ":start-after: begins\n"])
def test_an_edit_goes_back_into_a_file_that_a_document_includes(lines: str, book: Book) -> None:
    book.write("conf.py", (book.folder / "conf.py").read_text() + 'exclude_patterns = ["_build", "part.md"]\n')
    book.write("part.md", "It begins\n\n{.slide}\n## Part\n\n- [something plain]{.point}\n")
    book.build(f"# One\n\n```{{include}} part.md\n{lines}```\n")
    edit(
        book,
        lambda deck: replace(body(slide(deck, "Part")).paragraphs[0], "plain", "clear"),
        "_build/slides/chapter.pptx",
    )
    result = book.call("pull", "_build/slides/chapter.pptx", "--apply")
    assert result.status == 0, result.errors
    assert source(book, "part.md").endswith("- [something clear]{.point}\n")


def test_what_has_no_place_is_listed_and_stays_in_the_deck(book: Book) -> None:
    def make(deck: Any) -> None:
        deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text_frame.text = "Mine"
        slide(deck, "Picture").shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = "Look here"
        slide(deck, "Last words").shapes.title.left = Inches(3)
        slide(deck, "Last words").shapes.title.top = Inches(1)
        slide(deck, "Last words").shapes.title.width = Inches(4)
        slide(deck, "Last words").shapes.title.height = Inches(1)
        body(slide(deck, "Bullets")).add_paragraph().text = "One more"

    lecture(book)
    edit(book, make)
    found = pull(book)
    assert found.status == 0
    assert found.out == ""
    for sentence in (
        "“Mine” is new",
        "is new, with the text “Look here”",
        "an object was moved, resized or formatted",
        "“One more” in “Text” is new",
    ):
        assert sentence in found.errors


def test_a_source_that_changed_meanwhile_is_not_touched(book: Book) -> None:
    lecture(book)
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"))
    change(book, "says something plain", "says nothing at all")
    before = source(book)
    found = pull(book, "--apply")
    assert found.status == 3
    assert "the sources say something else there now" in found.errors
    assert source(book) == before


def test_a_change_elsewhere_in_the_source_is_no_hindrance(book: Book) -> None:
    lecture(book)
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"))
    change(book, "# The chapter\n", "# The chapter\n\nA new paragraph, and a line more.\n")
    assert pull(book, "--apply").status == 0
    assert "something clear]" in source(book)


def test_numbers_and_references_are_not_written_over(book: Book) -> None:
    lecture(book)
    change(book, "[The first bullet says something plain]", "[As {numref}`fig-picture` says, grain is plain]")
    assert book.build(None, "--to", "pptx").status == 0
    edit(book, lambda deck: replace(first_bullet(deck), "Figure 1.1", "Figure 9"))
    found = pull(book)
    assert found.status == 3
    assert "which the sources compute" in found.errors
    book.build(None, "--to", "pptx", "--fresh-decks")
    edit(book, lambda deck: replace(first_bullet(deck), " is plain", " is clear"))
    assert pull(book, "--apply").status == 0
    assert "[As {numref}`fig-picture` says, grain is clear]" in source(book)


@pytest.mark.slow
def test_words_beside_a_formula(book: Book) -> None:
    def make(deck: Any) -> None:
        for text in slide(deck, "Bullets")._element.iter(qn("a:t")):
            text.text = text.text.replace("is plain", "is clear")

    lecture(book)
    change(book, "[The first bullet says something plain]", "[The number $x^2$ is plain]")
    assert book.build(None, "--to", "pptx").status == 0
    edit(book, make)
    assert pull(book, "--apply").status == 0
    assert "[The number $x^2$ is clear]" in source(book)
    assert book.build(None, "--to", "pptx").status == 0
    assert pull(book).errors == "builder: nothing to take back\n"


def test_the_same_words_twice_are_told_apart(book: Book) -> None:
    """The text that the deck shows is the one that is changed."""
    twice = "\n{.slide}\n## Again\n\n[The same words]{.point}.\n\n{.slide}\n## Once more\n\n[The same words]{.point}.\n"
    lecture(book)
    book.write("chapter.md", CHAPTER + twice)
    assert book.build(None, "--to", "pptx").status == 0
    edit(book, lambda deck: replace(body(slide(deck, "Once more")).paragraphs[0], "same", "other"))
    assert pull(book, "--apply").status == 0
    assert source(book) == CHAPTER + ("\n{.slide}\n## Again\n\n[The same words]{.point}.\n\n{.slide}\n## Once more\n\n"
                                     "[The other words]{.point}.\n")  # fmt: skip


@pytest.mark.slow
def test_cells_that_say_the_same_are_told_apart(book: Book) -> None:
    """In a pipe table, a list of lists and a CSV file: by their row, and by the place in it."""
    lecture(book)
    book.write("numbers.csv", 'Year,Low,High\n1937,"a, b",5\n1938,5,5\n')
    book.write(
        "chapter.md",
        CHAPTER + "\n{.slide}\n## Numbers\n\n```{csv-table}\n:file: numbers.csv\n:header-rows: 1\n:class: slide\n```\n"
        "\n{.slide}\n## Pipes\n\n{.slide}\n| Year | Low | High |\n|---|---|---|\n| 1937 | 5 | 5 |\n| 1938 | 5 | 5 |\n",
    )
    assert book.build(None, "--to", "pptx").status == 0

    def make(deck: Any) -> None:
        for name in ("Numbers", "Pipes"):
            found = next(shape.table for shape in slide(deck, name).shapes if getattr(shape, "has_table", False) and shape.has_table)  # fmt: skip
            replace(found.cell(2, 2).text_frame.paragraphs[0], "5", "6, or 7 | 8")
        replace(table_of(deck, "Numbers").cell(1, 1).text_frame.paragraphs[0], "b", 'c "d"')

    edit(book, make)
    found = pull(book, "--apply")
    assert found.status == 0, found.errors
    assert source(book, "numbers.csv") == 'Year,Low,High\n1937,"a, c ""d""",5\n1938,5,"6, or 7 | 8"\n'
    assert "| 1937 | 5 | 5 |\n| 1938 | 5 | 6, or 7 \\| 8 |" in source(book)


def test_an_event_of_a_timeline_goes_back_into_its_file(book: Book) -> None:
    """On the slide its apostrophe is that of print."""
    lecture(book)
    book.write("years.csv", "date,event\n1936,Amar's first turn\n1939,Amar's last turn\n")
    book.write(
        "chapter.md",
        CHAPTER + "\n{.slide}\n## Years\n\n```{timeline} years.csv\n:class: slide\nYears\n```\n",
    )
    assert book.build(None, "--to", "pptx").status == 0

    def make(deck: Any) -> None:
        group = next(shape for shape in slide(deck, "Years").shapes if shape.name == "Timeline")
        shape = next(found for found in group.shapes if "last" in found.text_frame.text)
        replace(
            next(found for found in shape.text_frame.paragraphs if "last" in found.text),
            "Amar’s last",
            "Amar’s very last",
        )

    edit(book, make)
    found = pull(book, "--apply")
    assert found.status == 0, found.errors
    assert source(book, "years.csv") == "date,event\n1936,Amar's first turn\n1939,Amar's very last turn\n"


def table_of(deck: Any, name: str) -> Any:
    return next(
        shape.table for shape in slide(deck, name).shapes if getattr(shape, "has_table", False) and shape.has_table
    )


def test_two_edits_of_one_paragraph(book: Book) -> None:
    """A point, and the paragraph that it stands in, which is in the notes."""

    def make(deck: Any) -> None:
        replace(first_bullet(deck), "plain", "clear")
        frame = slide(deck, "Bullets").notes_slide.notes_text_frame
        replace(next(p for p in frame.paragraphs if "grain" in p.text), "grain", "wheat")

    lecture(book)
    edit(book, make)
    assert pull(book, "--apply").status == 0
    assert "something clear]" in source(book)
    assert "about wheat]" in source(book)
    built = book.build(None, "--to", "pptx")
    assert built.status == 0, built.errors
    assert pull(book).out == ""


def test_a_slide_that_is_split_by_the_new_words(book: Book) -> None:
    """The edit makes the slide too full: its build splits it, and that is no conflict."""
    lecture(book)
    long = "clear " * 240
    edit(book, lambda deck: replace(first_bullet(deck), "plain", f"plain and {long.strip()}"))
    assert pull(book, "--apply").status == 0
    built = book.build(None, "--to", "pptx")
    assert built.status == 0, built.errors
    assert slide(built.deck("a"), "Bullets (1/2)") is not None
    assert pull(book).errors == "builder: nothing to take back\n"


def test_the_title_of_a_lecture(book: Book) -> None:
    lecture(book)
    edit(book, lambda deck: replace(deck.slides[0].shapes.title.text_frame.paragraphs[0], "lecture", "talk"))
    assert pull(book, "--apply").status == 0
    assert 'title = "A talk"' in source(book, "slides/lectures.toml")
    assert book.build(None, "--to", "pptx").status == 0
    assert pull(book).errors == "builder: nothing to take back\n"


# --- which deck it is


def test_a_deck_that_came_back_by_mail(book: Book) -> None:
    """It may lie anywhere and have any name: its mark tells which it is."""
    lecture(book)
    (book.folder / "Bat's copy.pptx").write_bytes((book.folder / DECK).read_bytes())
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"), "Bat's copy.pptx")
    assert book.call("pull", "Bat's copy.pptx", "--apply").status == 0
    assert "something clear]" in source(book)


def test_a_deck_of_a_build_that_is_forgotten_is_refused_or_compared_with_its_revision(book: Book) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments], cwd=book.folder, check=True, capture_output=True)  # fmt: skip

    lecture(book)
    book.write(".gitignore", "_build\n")
    for arguments in (("init",), ("add", "."), ("commit", "-m", "As sent"), ("tag", "sent")):
        git(*arguments)
    (book.folder / "back.pptx").write_bytes((book.folder / DECK).read_bytes())
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"), "back.pptx")
    (book.folder / "_build/.work/doctrees/decks/earlier.sqlite").unlink()
    change(book, "something else", "something new")
    assert book.build(None, "--to", "pptx").status == 0
    refused = book.call("pull", "back.pptx", "--deck", "a")
    assert refused.status == 1
    assert "its build is not remembered any more" in refused.errors
    assert "name the revision that it was built from: --from REV" in refused.errors
    taken = book.call("pull", "back.pptx", "--deck", "a", "--from", "sent", "--apply")
    assert taken.status == 0, taken.errors
    assert "something clear]" in source(book)
    assert "something new]" in source(book)


def test_the_mark_survives_a_merge(book: Book) -> None:
    """A deck that was merged comes from the newest build."""
    lecture(book)
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"))
    change(book, "something else", "something new")
    assert book.build(None, "--to", "pptx").status == 0
    assert pull(book, "--apply").status == 0
    assert "something clear]" in source(book)


def test_decks_that_cannot_be_pulled(book: Book, tmp_path: Path) -> None:
    """Each is said in a sentence, and ends with status 1."""
    book.write("chapter.md", CHAPTER)
    for name, content in FILES.items():
        book.write(name, content)
    book.write("x.pptx", b"no deck")
    assert "x.pptx cannot be read: it is not a .pptx file" in book.call("pull", "x.pptx").errors
    assert "cannot be read: No such file" in book.call("pull", "y.pptx").errors
    empty = io.BytesIO()
    Presentation().save(empty)
    book.write("x.pptx", empty.getvalue())
    found = book.call("pull", "x.pptx")
    assert found.status == 1
    assert "no deck was built" in found.errors
    lecture(book)
    assert "say which with --deck: a" in book.call("pull", "x.pptx").errors
    assert "there is no deck 'b' among those that were built last: a." in book.call("pull", DECK, "--deck", "b").errors


def test_a_fault_elsewhere_in_the_sources_hinders_no_pull(book: Book) -> None:
    lecture(book)
    change(book, ":x: year", ":x: nothing")
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"))
    found = pull(book)
    assert found.status == 0, found.errors
    assert "clear" in found.out


def test_pulling_changes_nothing_that_the_next_build_needs(book: Book) -> None:
    """What is kept between builds is as it was, though the project was read with other texts."""
    lecture(book)
    edit(book, lambda deck: replace(first_bullet(deck), "plain", "clear"))
    kept = {path: path.read_bytes() for path in (book.folder / "_build").rglob("*") if path.is_file()}
    pull(book)
    assert {path: path.read_bytes() for path in (book.folder / "_build").rglob("*") if path.is_file()} == kept


def test_the_mark_is_a_property_that_people_can_see(book: Book) -> None:
    assert NAME.encode() in next(
        content for name, content in parts(lecture(book)).items() if name == "docProps/custom.xml"
    )


def parts(content: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- decks of earlier builds, and several at once


def copy_of(book: Book, name: str, make: Callable[[Any], None]) -> None:
    """A copy of the deck as it lies there, edited by somebody."""
    (book.folder / name).write_bytes((book.folder / DECK).read_bytes())
    edit(book, make, name)


def test_a_deck_of_an_earlier_build_is_compared_with_that(book: Book) -> None:
    """Only what was done by hand goes back, and what the book changed since stays."""
    lecture(book)
    copy_of(book, "back.pptx", lambda deck: replace(first_bullet(deck), "plain", "clear"))
    change(book, "something else", "something new")
    assert book.build(None, "--to", "pptx").status == 0
    change(book, "about grain", "about rice")
    assert book.build(None, "--to", "pptx").status == 0
    taken = book.call("pull", "back.pptx", "--apply")
    assert taken.status == 0, taken.errors
    text = source(book)
    assert "something clear]" in text
    assert "something new]" in text
    assert "about rice]" in text


@pytest.mark.slow
def test_several_decks_give_one_patch(book: Book) -> None:
    lecture(book)
    copy_of(book, "ann.pptx", lambda deck: replace(first_bullet(deck), "plain", "clear"))
    change(book, "something else", "something new")
    assert book.build(None, "--to", "pptx").status == 0

    def make(deck: Any) -> None:
        replace(cell(deck), "ten", "eleven")
        replace(first_bullet(deck), "plain", "clear")

    copy_of(book, "bat.pptx", make)
    found = book.call("pull", "ann.pptx", "bat.pptx")
    assert found.status == 0, found.errors
    assert found.out.count("+++ b/chapter.md") == 1
    assert "ann.pptx, slide 2, Text: “…says something plain” → “…says something clear”" in found.errors
    written = book.call("pull", "ann.pptx", "bat.pptx", "--apply")
    assert written.out == found.out
    assert "something clear]" in source(book)
    assert "  - eleven" in source(book)


def test_a_text_that_two_hands_changed_differently_is_taken_from_neither(book: Book) -> None:
    """Both are named; other edits of both decks are taken."""

    def ann(deck: Any) -> None:
        replace(first_bullet(deck), "plain", "clear")
        replace(cell(deck), "ten", "eleven")

    def bat(deck: Any) -> None:
        replace(first_bullet(deck), "plain", "obscure")
        replace(title(deck), "Last", "Closing")

    lecture(book)
    copy_of(book, "ann.pptx", ann)
    copy_of(book, "bat.pptx", bat)
    found = book.call("pull", "ann.pptx", "bat.pptx", "--apply")
    assert found.status == 3
    assert ("ann.pptx, slide 2, Text: “…says something plain” → “…says something clear”: bat.pptx has “The first "
           "bullet says something obscure” there") in found.errors  # fmt: skip
    assert ("bat.pptx, slide 2, Text: “…says something plain” → “…says something obscure”: ann.pptx has “The first "
           "bullet says something clear” there") in found.errors  # fmt: skip
    assert "says something plain]" in source(book)
    assert "  - eleven" in source(book)
    assert "## Closing words" in source(book)


def test_words_of_one_place_that_two_hands_changed_on_two_slides(book: Book) -> None:
    """A point, and the paragraph in the notes that it stands in: neither is taken where they differ."""

    def bat(deck: Any) -> None:
        frame = slide(deck, "Bullets").notes_slide.notes_text_frame
        replace(next(p for p in frame.paragraphs if "grain" in p.text), "something plain", "something obscure")

    lecture(book)
    copy_of(book, "ann.pptx", lambda deck: replace(first_bullet(deck), "plain", "clear"))
    copy_of(book, "bat.pptx", bat)
    found = book.call("pull", "ann.pptx", "bat.pptx")
    assert found.status == 3
    assert found.out == ""
    assert "bat.pptx has “" in found.errors
    assert "ann.pptx has “The first bullet says something clear” there" in found.errors


# --- conflicts that are open


def conflict(book: Book, make: Callable[[Any], None], *changed: str) -> None:
    """An edit by hand and one of the sources, and the build that tells their conflict."""
    lecture(book)
    edit(book, make)
    change(book, *changed)
    assert book.build(None, "--to", "pptx").status == 3


@pytest.mark.parametrize(
    ("make", "changed", "says"),
    [
        (lambda deck: replace(first_bullet(deck), "plain", "clear"), ("something plain", "something vague"), "Text: changed here by hand and in the book. The book now says: The first bullet says something vague"),
        (lambda deck: replace(cell(deck), "ten", "eleven"), ("  - ten", "  - nine"), "row 2, column 2: changed here "
                                                                                     "by hand and in the book. The "
                                                                                     "book now says: nine"),
        (lambda deck: replace(caption(deck), "north", "south"), ("in the north", "in the east"), "The book now says: Figure 1.1 · A field in the east"),
        (lambda deck: replace(notes(deck), "slowly", "loudly"), ("Say it slowly.", "Say it twice."), "Notes: changed here by hand and in the book. The book now says: Say it twice."),
        (data, ("1938,20", "1938,21", "rows.csv"), "The book now says: count: 1937 10, 1938 21, 1939 15"),
    ],
    ids=["point", "cell", "caption", "notes", "chart"],
)  # fmt: skip
def test_what_is_in_conflict_does_not_go_back(
    book: Book, make: Callable[[Any], None], changed: tuple[str, ...], says: str
) -> None:
    """Taking it back would revert the author, who has not decided; an edit of something else goes back."""
    conflict(book, make, *changed)
    found = pull(book)
    assert found.status == 3
    assert found.out == ""
    assert "open conflicts, of which nothing is taken" in found.errors
    assert says in found.errors
    edit(book, lambda deck: replace(title(deck), "Last", "Closing"))
    assert "## Closing words" in pull(book).out
    assert len([line for line in pull(book).out.splitlines() if line.startswith("-")]) == 2


def test_a_conflict_that_was_settled_for_the_hand_goes_back(book: Book) -> None:
    """The comment was deleted: the words of the deck are to stand in the book."""
    conflict(book, lambda deck: replace(first_bullet(deck), "plain", "clear"), "something plain", "something vague")

    def settle(deck: Any) -> None:
        part = slide(deck, "Bullets").part
        for rid in [rid for rid, found in part.rels.items() if found.reltype.endswith("/comments")]:
            part.drop_rel(rid)

    edit(book, settle)
    found = pull(book, "--apply")
    assert found.status == 0, found.errors
    assert "says something clear]" in source(book)


def test_a_conflict_that_was_settled_for_the_book_is_none(book: Book) -> None:
    conflict(book, lambda deck: replace(first_bullet(deck), "plain", "clear"), "something plain", "something vague")
    edit(book, lambda deck: replace(first_bullet(deck), "clear", "vague"))
    found = pull(book)
    assert found.status == 0
    assert found.errors == "builder: nothing to take back\n"


# --- texts that were split or joined


def split(paragraph: Any, at: str) -> None:
    """Press Enter before a word."""
    import copy

    new = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(new)
    before, _, after = paragraph.text.partition(at)
    for element, text in ((paragraph._p, before.strip()), (new, at + after)):
        runs = element.findall(qn("a:r"))
        runs[0].find(qn("a:t")).text = text
        for other in runs[1:]:
            element.remove(other)


def join(paragraphs: list[Any], number: int, between: str = " ") -> None:
    """Delete the end of a paragraph, so that the next one goes on in it."""
    first, second = paragraphs[number : number + 2]
    first.runs[0].text = first.text + between + second.text
    for other in first.runs[1:]:
        other._r.getparent().remove(other._r)
    second._p.getparent().remove(second._p)


def bullets_of(deck: Any) -> Any:
    return body(slide(deck, "Bullets")).paragraphs


def to_a_box(deck: Any) -> None:
    """Half of a bullet goes into a box of its own."""
    replace(first_bullet(deck), " says something plain", "")
    box = slide(deck, "Bullets").shapes.add_textbox(0, 0, Inches(2), Inches(1))
    box.text_frame.text = "says something plain"


def split_row(deck: Any) -> None:
    import copy

    rows = table(deck)._tbl.tr_lst
    new = copy.deepcopy(rows[1])
    rows[1].addnext(new)
    next(iter(rows[1].findall(f".//{qn('a:t')}")[1:])).text = "eleven"
    for text, words in zip(new.iter(qn("a:t")), ("", "in May"), strict=True):
        text.text = words


SPLITS: dict[str, Callable[[Any], None]] = {
    "a bullet in two": lambda deck: split(first_bullet(deck), "says"),
    "a bullet in three": lambda deck: (split(first_bullet(deck), "says"), split(bullets_of(deck)[1], "plain")),
    "a bullet in two, and changed": lambda deck: (split(first_bullet(deck), "says"), replace(bullets_of(deck)[1], "something plain", "something very plain")),
    "two bullets joined": lambda deck: join(list(bullets_of(deck)), 0),
    "two bullets joined by a word": lambda deck: join(list(bullets_of(deck)), 1, " and "),
    "notes in two": lambda deck: split(notes(deck), "slowly"),
    "notes joined": lambda deck: join(list(slide(deck, "Bullets").notes_slide.notes_text_frame.paragraphs), 0),
    "a cell in two": lambda deck: split(table(deck).cell(2, 1).text_frame.paragraphs[0], "hundred"),
    "half a bullet in a box": to_a_box,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", SPLITS)
def test_a_text_that_was_split_or_joined_is_never_taken_by_half(book: Book, name: str) -> None:
    """It is listed; an edit of another text is taken."""
    lecture(book)
    change(book, "  - twenty\n", "  - twenty one hundred\n")
    assert book.build(None, "--to", "pptx").status == 0
    edit(book, SPLITS[name])
    found = pull(book)
    assert found.out == ""
    if "not taken" in found.errors:
        assert "it was split in two, or joined with another text" in found.errors
        assert found.status == 3
    edit(book, lambda deck: replace(title(deck), "Last", "Closing"))
    assert "## Closing words" in pull(book, "--apply").out
    built = book.build(None, "--to", "pptx")
    assert built.status == 0, built.errors
    for text in (
        "says something plain",
        "says something else",
        "about grain",
        "slowly",
        "Then wait",
        "twenty one hundred",
    ):
        assert text in source(book)


def test_words_that_went_from_one_bullet_to_the_next_are_taken_together(book: Book) -> None:
    def make(deck: Any) -> None:
        replace(bullets_of(deck)[0], " something plain", "")
        replace(bullets_of(deck)[1], "The second", "Something plain the second")

    lecture(book)
    edit(book, make)
    assert pull(book, "--apply").status == 0
    assert "[The first bullet says]{.point}. [something plain the second bullet" in source(book).replace(
        "Something", "something"
    )


def test_words_that_went_where_they_cannot_be_written_are_not_taken_from_where_they_were(book: Book) -> None:
    """The other bullet is a number that the sources compute."""

    def make(deck: Any) -> None:
        replace(bullets_of(deck)[0], "something plain", "it")
        replace(bullets_of(deck)[1], "Figure 1.1", "Figure something plain")

    lecture(book)
    change(book, "[The second bullet says something else]", "[As {numref}`fig-picture` says]")
    assert book.build(None, "--to", "pptx").status == 0
    edit(book, make)
    found = pull(book)
    assert found.out == ""
    assert "which the sources compute" in found.errors
    assert "words went from it to another text" in found.errors


def test_a_new_bullet_beside_an_edit_is_no_split(book: Book) -> None:
    def make(deck: Any) -> None:
        replace(first_bullet(deck), "plain", "clear")
        body(slide(deck, "Bullets")).add_paragraph().text = "A bullet on harvests of wheat"

    lecture(book)
    edit(book, make)
    assert pull(book, "--apply").status == 0
    assert "something clear]" in source(book)


SENTENCES = """# Chapter

## One

[It was no rising, but a war.]{.statement} More.

## Two

First they met. [36 of 51]{.number} members of the committee were killed. Then more.

## Three

{.question}
Who *was* it?

## Four

{.quotation attribution="Stalin to Genden"}
> two powers exist side by side
"""


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("rising", "revolt", "[It was no revolt, but a war.]{.statement}"),
        ("36", "37", "[37 of 51]{.number}"),
        ("committee", "Central Committee", "members of the Central Committee were killed. Then"),
        ("Who", "What", "What *was* it?"),
        ("powers", "forces", "> two forces exist side by side"),
        ("Genden", "Amar", 'attribution="Stalin to Amar"'),
    ],
)
def test_a_sentence_that_stands_large_on_its_slide(book: Book, old: str, new: str, written: str) -> None:
    assert book.build(SENTENCES, "--to", "pptx").status == 0
    name = "_build/slides/chapter.pptx"

    def change_it(deck: Any) -> None:
        shapes = (shape for one in deck.slides for shape in one.shapes if shape.has_text_frame)
        found = next(shape for shape in shapes if old in shape.text_frame.text)
        replace(found.text_frame.paragraphs[0], old, new)

    edit(book, change_it, name)
    assert book.call("pull", name, "--apply").status == 0
    assert written in source(book)
