"""What a lecturer changes in a deck stays, what the author changes in the sources follows, and where both did, both are
told.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path

import pytest
from lecture import change, lecture, said
from openxml_audit import FileFormat, OpenXmlValidator
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from builder.pptx.package.conform import problems
from builder.pptx.package.package import Package, Relationship

from conftest import PNG, Book, Result, notes


def open_deck(book: Book) -> Presentation:
    return Presentation(io.BytesIO(path_of(book).read_bytes()))


def path_of(book: Book) -> Path:
    return book.folder / "_build/slides/a.pptx"


def slide(deck: Presentation, title: str):
    return next(
        item for item in deck.slides if item.shapes.title is not None and item.shapes.title.text_frame.text == title
    )


def body(slide):
    return next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 1).text_frame.paragraphs


def words_on(deck: Presentation, title: str) -> list[str]:
    return next(texts for texts, item in zip(said(deck), deck.slides, strict=True) if item == slide(deck, title))


def rebuilt(book: Book, *options: str) -> Result:
    result = book.build(None, "--to", "pptx", *options)
    assert result.status in (0, 3), result.errors
    assert "could not be merged (" not in result.errors
    assert problems(result.pptx("a")) == []
    return result


def test_text_changed_by_hand_stays_and_text_changed_in_the_sources_follows(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path_of(book))
    change(book, "The second bullet says something else", "The second bullet says a new thing")
    change(book, "about grain]{.point}.", "about grain]{.point}. [A fourth one came]{.point}.")
    result = rebuilt(book)
    assert result.status == 0
    assert words_on(result.deck("a"), "Bullets") == [
        "Bullets", "My own words", "The second bullet says a new thing", "The third bullet is about grain", "A fourth one came",
    ]  # fmt: skip


def test_text_changed_in_both_is_a_conflict(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path_of(book))
    change(book, "The first bullet says something plain", "The first bullet says it better")
    result = rebuilt(book)
    assert result.status == 3
    assert "My own words" in words_on(result.deck("a"), "Bullets")
    assert (
        "slide 2 “Bullets”: Text: changed here by hand and in the book. The book now says: The "
        "first bullet says it better" in result.errors
    )
    assert "1 edit by hand and in the sources conflicts" in result.errors
    with zipfile.ZipFile(io.BytesIO(result.pptx("a"))) as archive:
        comments = archive.read("ppt/comments/comment1.xml").decode()
        assert "The book now says: The first bullet says it better" in comments
    report = (book.folder / "_build/report.json").read_text(encoding="utf-8")
    assert "The first bullet says it better" in report
    before = result.pptx("a")
    again = rebuilt(book)
    assert again.status == 0
    assert again.pptx("a") == before, "the same sources change nothing more"


def comments_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("ppt/comments/"))


def test_a_comment_goes_when_its_conflict_is_settled(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path_of(book))
    change(book, "The first bullet says something plain", "The first bullet says it better")
    assert "says it better" in comments_of(rebuilt(book).pptx("a"))
    change(book, "about grain", "about rice")
    assert "says it better" in comments_of(rebuilt(book).pptx("a")), "another edit settles nothing"
    change(book, "The first bullet says it better", "My own words")
    result = rebuilt(book)
    assert result.status == 0
    assert comments_of(result.pptx("a")) == ""


P188 = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
PC = "http://schemas.microsoft.com/office/powerpoint/2013/main/command"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE_2018 = "http://schemas.microsoft.com/office/2018/10/relationships"


def with_a_thread(content: bytes, title: str) -> bytes:
    """A deck with a comment as newer programs write it, on the slide of a title."""
    package = Package(content)
    deck = Presentation(io.BytesIO(content))
    name = str(slide(deck, title).part.partname)
    ann = "{A1B2C3D4-0000-4000-8000-000000000001}"
    package.add(
        "/ppt/authors.xml",
        f'<p188:authorLst xmlns:p188="{P188}"><p188:author id="{ann}" name="Ann" initials="A" userId="ann" '
        'providerId="None"/></p188:authorLst>'.encode(),
        "application/vnd.ms-powerpoint.authors+xml",
    )
    package.add(
        "/ppt/comments/modernComment_100_0.xml",
        f'<p188:cmLst xmlns:p188="{P188}" xmlns:a="{A}"><p188:cm id="{{A1B2C3D4-0000-4000-8000-000000000002}}" '
        f'authorId="{ann}" created="2026-05-01T10:00:00.000">'
        f'<pc:sldMkLst xmlns:pc="{PC}"><pc:docMk/><pc:sldMk cId="1" sldId="257"/></pc:sldMkLst>'
        "<p188:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>Is this "
        "so?</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>".encode(),
        "application/vnd.ms-powerpoint.comments+xml",
    )
    package.relate(package.presentation, Relationship(f"{OFFICE_2018}/authors", "/ppt/authors.xml"))
    package.relate(name, Relationship(f"{OFFICE_2018}/comments", "/ppt/comments/modernComment_100_0.xml"))
    return package.content()


@pytest.mark.slow
@pytest.mark.parametrize("commented", ["Bullets", "Picture"])
def test_a_deck_with_threads_of_comments_gets_ours_as_a_thread(book: Book, commented: str) -> None:
    """On the slide of the conflict or on another: there are no two kinds of comments in one deck, and Ann's stays."""
    path = book.folder / "deck.pptx"
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path)
    path_of(book).write_bytes(with_a_thread(path.read_bytes(), commented))
    change(book, "The first bullet says something plain", "The first bullet says it better")
    result = rebuilt(book)
    said_there = comments_of(result.pptx("a"))
    assert "Is this so?" in said_there
    assert "says it better" in said_there
    assert "<p:cm " not in said_there
    path.write_bytes(result.pptx("a"))
    assert not OpenXmlValidator(FileFormat.OFFICE_2019).validate(path).errors
    change(book, "The first bullet says it better", "My own words")
    settled = comments_of(rebuilt(book).pptx("a"))
    assert "Is this so?" in settled
    assert "says it better" not in settled


def test_words_in_bold_stay_bold_when_the_sentence_changes(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    first = body(slide(deck, "Bullets"))[0]
    first.runs[0].text = "The first bullet "
    bold = first.add_run()
    bold.text = "says something"
    bold.font.bold = True
    first.add_run().text = " plain"
    deck.save(path_of(book))
    change(book, "The first bullet says something plain", "The very first bullet says something plain and true")
    result = rebuilt(book)
    assert result.status == 0, result.errors
    merged = body(slide(result.deck("a"), "Bullets"))[0]
    assert merged.text == "The very first bullet says something plain and true"
    assert [run.text for run in merged.runs if run.font.bold] == ["says something"]


def test_what_was_moved_added_hidden_or_reordered_stays(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    title = slide(deck, "Bullets").shapes.title
    title.left, title.top, title.width, title.height = Emu(1), Emu(2), Inches(8), Inches(1)
    box = slide(deck, "Bullets").shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1))
    box.text_frame.text = "A box of mine"
    slide(deck, "Picture").shapes.add_picture(io.BytesIO(PNG), Inches(1), Inches(1))
    slide(deck, "Table")._element.set("show", "0")
    own = deck.slides.add_slide(slide(deck, "Bullets").slide_layout)
    own.shapes.title.text_frame.text = "A slide of mine"
    listed = deck.slides._sldIdLst
    listed.insert(2, listed[-1])
    deck.save(path_of(book))
    change(book, "## Bullets", "## Bullets and more")
    change(book, "about grain", "about rice")
    change(book, "A field in the north", "A field in the south")
    change(book, "## Table", "## Tables")
    result = rebuilt(book)
    assert result.status == 0, result.errors
    merged = result.deck("a")
    assert [item.shapes.title.text_frame.text for item in merged.slides][1:5] == [
        "Bullets and more",
        "A slide of mine",
        "Picture",
        "Tables",
    ]
    changed = slide(merged, "Bullets and more")
    assert (changed.shapes.title.left, changed.shapes.title.top) == (1, 2)
    assert "A box of mine" in [text for texts in said(merged) for text in texts]
    assert "The third bullet is about rice" in words_on(merged, "Bullets and more")
    assert sum(shape.shape_type == 13 for shape in slide(merged, "Picture").shapes) == 2
    assert any("A field in the south" in text for text in words_on(merged, "Picture"))
    assert slide(merged, "Tables")._element.get("show") == "0"


def test_slides_that_were_deleted_stay_deleted_and_are_listed(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    listed = deck.slides._sldIdLst
    entry = next(
        item for item, found in zip(listed, deck.slides, strict=True) if found.shapes.title.text_frame.text == "Picture"
    )
    deck.part.drop_rel(entry.rId)
    listed.remove(entry)
    deck.save(path_of(book))
    change(book, "about grain", "about rice")
    result = rebuilt(book)
    assert result.status == 0
    assert "Picture" not in [item.shapes.title.text_frame.text for item in result.deck("a").slides]
    assert '"deleted": [\n        "Picture"\n      ]' in (book.folder / "_build/report.json").read_text(
        encoding="utf-8"
    )


def test_new_slides_come_and_slides_that_the_book_drops_go_unless_they_were_edited(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Last words"))[0].runs[0].text = "My own last words"
    deck.save(path_of(book))
    text = (book.folder / "chapter.md").read_text(encoding="utf-8")
    start = text.index("{.slide}\n## Table")
    end = text.index("{.slide}\n## Chart")
    new = "{.slide}\n## A new slide\n\n[New words]{.point}.\n\n"
    book.write("chapter.md", text[:start] + new + text[end : text.index("{.slide}\n## Last words")])
    result = rebuilt(book)
    titles = [item.shapes.title.text_frame.text for item in result.deck("a").slides]
    assert titles == ["A lecture", "Bullets", "Picture", "A new slide", "Chart", "Last words"]
    assert result.status == 3
    assert "“Last words”: Slide: the book does not have this any more. Your version was kept." in result.errors


def test_notes_are_merged_by_paragraph(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    frame = slide(deck, "Bullets").notes_slide.notes_text_frame
    frame.paragraphs[0].runs[0].text = "Say it in my way."
    deck.save(path_of(book))
    change(book, "Then wait.", "Then wait for an answer.")
    result = rebuilt(book)
    assert result.status == 0
    assert notes(slide(result.deck("a"), "Bullets"))[:2] == ["Say it in my way.", "Then wait for an answer."]


def test_tables_are_merged_cell_by_cell_and_charts_follow_their_data(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    table = next(shape for shape in slide(deck, "Table").shapes if shape.has_table).table
    table.cell(1, 1).text_frame.paragraphs[0].runs[0].text = "about ten"
    chart = next(shape for shape in slide(deck, "Chart").shapes if shape.has_chart).chart
    chart.plots[0].series[0].format.fill.solid()
    from pptx.dml.color import RGBColor

    chart.plots[0].series[0].format.fill.fore_color.rgb = RGBColor(1, 2, 3)
    deck.save(path_of(book))
    change(book, "  - twenty", "  - twenty-two")
    change(book, "1938,20", "1938,22", "rows.csv")
    result = rebuilt(book)
    assert result.status == 0, result.errors
    merged = result.deck("a")
    table = next(shape for shape in slide(merged, "Table").shapes if shape.has_table).table
    assert [table.cell(1, 1).text, table.cell(2, 1).text] == ["about ten", "twenty-two"]
    chart = next(shape for shape in slide(merged, "Chart").shapes if shape.has_chart).chart
    assert list(chart.plots[0].series[0].values) == [10, 22, 15]
    assert chart.plots[0].series[0].format.fill.fore_color.rgb == RGBColor(1, 2, 3)


def test_without_hand_edits_a_deck_is_the_one_that_a_fresh_build_makes(book: Book, tmp_path: Path) -> None:
    lecture(book)
    change(book, "about grain", "about rice")
    merged = rebuilt(book)
    assert book.build(None, "--to", "pptx", "-o", str(tmp_path / "fresh")).status == 0
    assert merged.pptx("a") == (tmp_path / "fresh/slides/a.pptx").read_bytes()


def test_fresh_decks_move_the_old_ones_aside(book: Book) -> None:
    built = lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path_of(book))
    edited = path_of(book).read_bytes()
    assert rebuilt(book).pptx("a") == edited
    result = rebuilt(book, "--fresh-decks")
    assert result.pptx("a") == built
    (kept,) = path_of(book).parent.glob("a-edited-*.pptx")
    assert kept.read_bytes() == edited
    assert f"a.pptx has edits by hand: a fresh deck was asked for; your version is kept as {kept.name}" in result.errors


def test_edits_survive_that_the_outputs_are_cleaned(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path_of(book))
    cleaned = book.call("clean")
    assert "kept a.pptx" in cleaned.out
    change(book, "about grain", "about rice")
    result = rebuilt(book)
    assert words_on(result.deck("a"), "Bullets") == [
        "Bullets",
        "My own words",
        "The second bullet says something else",
        "The third bullet is about rice",
    ]


@pytest.mark.slow
def test_a_new_template_is_taken_unless_the_looks_were_changed_by_hand(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path_of(book))
    change(book, 'title = "A lecture"', 'title = "A lecture"\ntemplate = "dark"', "slides/lectures.toml")
    result = rebuilt(book)
    assert result.status == 0
    merged = result.deck("a")
    assert "My own words" in words_on(merged, "Bullets")
    assert theme_of(merged) != theme_of(deck)
    deck = open_deck(book)
    deck.slide_master.shapes[0].text_frame.text = "My university"
    deck.save(path_of(book))
    change(book, 'template = "dark"', 'template = "seminar"', "slides/lectures.toml")
    result = rebuilt(book)
    assert "the template changed, and so did the looks of this deck by hand" in result.errors
    assert "My university" in [
        shape.text_frame.text for shape in result.deck("a").slide_master.shapes if shape.has_text_frame
    ]


def theme_of(deck: Presentation) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    return deck.slide_master.part.part_related_by(kind).blob


@pytest.mark.slow
@pytest.mark.parametrize("size", [6, 7, 8])
def test_a_deck_saved_halfway_is_moved_aside(book: Book, size: int) -> None:
    lecture(book)
    content = path_of(book).read_bytes()
    path_of(book).write_bytes(content[: len(content) * size // 10])
    change(book, "about grain", "about rice")
    result = rebuilt(book)
    assert "it is not a .pptx file" in result.errors
    assert len(list(path_of(book).parent.glob("a-edited-*.pptx"))) == 1


def without_notes(content: bytes, title: str, part: str) -> bytes:
    """A deck from whose slide somebody took the notes: the whole part, the place for text on it, or the words."""
    deck = Presentation(io.BytesIO(content))
    found = slide(deck, title)
    if part == "words":
        found.notes_slide.notes_text_frame.text = ""
    elif part == "place":
        shape = found.notes_slide.notes_placeholder._element
        shape.getparent().remove(shape)
    else:
        rid = next(rid for rid, rel in found.part.rels.items() if rel.reltype.endswith("/notesSlide"))
        found.part.drop_rel(rid)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


@pytest.mark.parametrize("also", ["", "another bullet"])
@pytest.mark.parametrize("part", ["whole", "place", "words"])
def test_notes_that_change_in_the_book_are_told_where_a_hand_removed_them(book: Book, part: str, also: str) -> None:
    """And notes that did not change stay away."""
    built = lecture(book)
    path_of(book).write_bytes(without_notes(built, "Bullets", part))
    change(book, "about grain", "about rice")
    if also:
        change(book, "Then wait.", "Then wait for an answer.\n\nA paragraph more.")
    result = rebuilt(book)
    there = "\n".join([*(notes(slide(result.deck("a"), "Bullets")) if part != "place" else ()), result.errors])
    assert "Say it slowly." not in there
    assert ("Notes: you took this out, and the book now says: Then wait for an answer." in there) == bool(also)
    assert ("A paragraph more." in there) == bool(also)


def test_notes_that_the_book_has_no_more_go_unless_they_were_edited(book: Book) -> None:
    lecture(book)
    change(book, "```{notes}\nSay it slowly.\n\nThen wait.\n```\n", "")
    deck = open_deck(book)
    slide(deck, "Bullets").notes_slide.notes_text_frame.paragraphs[0].runs[0].text = "Say it in my way."
    deck.save(path_of(book))
    result = rebuilt(book)
    there = notes(slide(result.deck("a"), "Bullets"))
    assert "Say it in my way." in there
    assert "Then wait." not in there
    assert "Notes: the book does not have this any more. Your version was kept." in result.errors


def rows_of(deck: Presentation) -> list[list[str]]:
    found = next(
        shape.table for shape in slide(deck, "Table").shapes if getattr(shape, "has_table", False) and shape.has_table
    )
    return [[cell.text for cell in row.cells] for row in found.rows]


def table_rows(deck: Presentation):
    found = next(
        shape.table for shape in slide(deck, "Table").shapes if getattr(shape, "has_table", False) and shape.has_table
    )
    return found._tbl.tr_lst


ROW = "* - 1938\n  - twenty\n"


@pytest.mark.parametrize(
    ("edit", "changes", "rows"),
    [
        ("move", [("  - ten\n", "  - eleven\n")], [["1938", "twenty"], ["1937", "eleven"]]),
        ("move", [(ROW, ROW + "* - 1939\n  - thirty\n")], [["1938", "twenty"], ["1939", "thirty"], ["1937", "ten"]]),
        ("add", [("  - ten\n", "  - eleven\n")], [["1937", "eleven"], ["1938", "twenty"], ["my row", "mine"]]),
        ("add", [(ROW, "")], [["1937", "ten"], ["my row", "mine"]]),
        ("delete", [("  - ten\n", "  - eleven\n")], [["1937", "eleven"]]),
        ("delete", [(ROW, ROW + "* - 1939\n  - thirty\n")], [["1937", "ten"], ["1939", "thirty"]]),
    ],
    ids=["moved and changed", "moved and new", "added and changed", "added and dropped", "deleted and changed", "deleted and new"],
)  # fmt: skip
def test_rows_may_be_moved_added_and_deleted_while_the_book_changes_others(
    book: Book, edit: str, changes: list[tuple[str, str]], rows: list[list[str]]
) -> None:
    lecture(book)
    deck = open_deck(book)
    last = table_rows(deck)[-1]
    if edit == "move":
        table_rows(deck)[1].addprevious(last)
    elif edit == "delete":
        last.getparent().remove(last)
    else:
        fresh = copy.deepcopy(last)
        for text, words in zip(fresh.iter("{*}t"), ("my row", "mine"), strict=True):
            text.text = words
        last.addnext(fresh)
    deck.save(path_of(book))
    for old, new in changes:
        change(book, old, new)
    result = rebuilt(book)
    assert result.status == 0, result.errors
    assert rows_of(result.deck("a"))[1:] == rows
    assert book.call("pull", "_build/slides/a.pptx").out == "", "and no old number goes back into the book"


def test_a_row_that_a_hand_deleted_and_the_book_changed_is_told(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    last = table_rows(deck)[-1]
    last.getparent().remove(last)
    deck.save(path_of(book))
    change(book, "  - twenty\n", "  - twenty-one\n")
    result = rebuilt(book)
    assert result.status == 3
    assert "you took this out, and the book now says: 1938 | twenty-one" in result.errors


def test_a_row_that_a_hand_changed_and_the_book_dropped_stays(book: Book) -> None:
    lecture(book)
    deck = open_deck(book)
    next(list(table_rows(deck)[-1].iter("{*}t"))[1].iter()).text = "about twenty"
    deck.save(path_of(book))
    change(book, ROW, "")
    result = rebuilt(book)
    assert result.status == 3
    assert rows_of(result.deck("a"))[-1] == ["1938", "about twenty"]
    assert "the book does not have this any more" in result.errors


def in_conflict(book: Book) -> None:
    """A bullet that a hand and the book changed, and the build that tells it."""
    lecture(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "My own words"
    deck.save(path_of(book))
    change(book, "The first bullet says something plain", "The first bullet says it better")
    assert "says it better" in comments_of(rebuilt(book).pptx("a"))


def test_a_comment_that_a_lecturer_deleted_does_not_come_again(book: Book) -> None:
    in_conflict(book)
    deck = open_deck(book)
    part = slide(deck, "Bullets").part
    part.drop_rel(next(rid for rid, found in part.rels.items() if found.reltype.endswith("/comments")))
    deck.save(path_of(book))
    change(book, "about grain", "about rice")
    result = rebuilt(book)
    assert result.status == 0
    assert comments_of(result.pptx("a")) == ""
    assert words_on(result.deck("a"), "Bullets")[1] == "My own words"


def test_a_comment_goes_when_the_lecturer_writes_what_the_book_says(book: Book) -> None:
    in_conflict(book)
    deck = open_deck(book)
    body(slide(deck, "Bullets"))[0].runs[0].text = "The first bullet says it better"
    deck.save(path_of(book))
    change(book, "about grain", "about rice")
    result = rebuilt(book)
    assert result.status == 0
    assert comments_of(result.pptx("a")) == ""


@pytest.mark.slow
def test_a_comment_says_what_the_book_says_now(book: Book) -> None:
    """The book changed once more: there is one comment, with its last words."""
    in_conflict(book)
    change(book, "The first bullet says it better", "The first bullet says it best")
    result = rebuilt(book)
    assert result.status == 3
    assert "says it best" in comments_of(result.pptx("a"))
    assert "says it better" not in comments_of(result.pptx("a"))
    change(book, "The first bullet says it best", "The first bullet says something plain")
    assert "says something plain" in comments_of(rebuilt(book).pptx("a")), (
        "the hand's words are not the old ones either"
    )


def test_comments_of_others_are_never_taken_out(book: Book) -> None:
    from hand import comment, comments

    lecture(book)
    deck = open_deck(book)
    comment(deck)
    seen = comments(deck)
    deck.save(path_of(book))
    for old, new in (("about grain", "about rice"), ("that closes the lecture", "that ends it")):
        change(book, old, new)
        assert comments(rebuilt(book).deck("a")) == seen


@pytest.mark.slow
def test_a_slide_that_the_book_dropped_and_has_again_is_not_there_twice(book: Book) -> None:
    """It had stayed since a hand had changed it; where it differs from the book's, that is told."""
    lecture(book)
    text = (book.folder / "chapter.md").read_text(encoding="utf-8")
    deck = open_deck(book)
    body(slide(deck, "Last words"))[0].runs[0].text = "My own last words"
    deck.save(path_of(book))
    book.write("chapter.md", text[: text.index("{.slide}\n## Last words")])
    assert rebuilt(book).status == 3
    book.write("chapter.md", text)
    result = rebuilt(book)
    assert [item.shapes.title.text_frame.text for item in result.deck("a").slides].count("Last words") == 1
    assert "The book now says: A last bullet that closes the lecture" in comments_of(result.pptx("a"))
    assert "does not have this any more" not in comments_of(result.pptx("a"))


def test_a_text_that_a_hand_took_out_of_its_place_is_still_that_of_the_book(book: Book) -> None:
    """Some programs make a box of its own of it."""
    lecture(book)
    deck = open_deck(book)
    text = next(item for item in slide(deck, "Bullets").placeholders if "about grain" in item.text_frame.text)
    text.left, text.top, text.width, text.height = text.left, text.top, text.width, text.height
    place = text._element.find(f".//{qn('p:ph')}")
    place.getparent().remove(place)
    text.text_frame.paragraphs[0].add_run().text = " by hand"
    deck.save(path_of(book))
    change(book, "about grain", "about rice")
    merged = rebuilt(book)
    texts = [item.text_frame.text for item in slide(merged.deck("a"), "Bullets").shapes if item.has_text_frame]
    assert sum("about rice" in one for one in texts) == 1
    assert not any("about grain" in one for one in texts)
    assert sum(" by hand" in one for one in texts) == 1
