"""Sentences of the book that have a slide of their own: statements, numbers, questions, assertions, quotations."""

from __future__ import annotations

import pytest
from pptx import Presentation

from conftest import PNG, SVG, Book, bullets, notes, titles

HEAD = "# Chapter\n\n"


def layouts(deck: Presentation) -> list[str]:
    return [slide.slide_layout.name for slide in deck.slides][1:]


def words(slide) -> list[str]:
    """The text of each shape, but for number and foot."""
    shown = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
    return [shape.text_frame.text for shape in shown if shape.name not in ("Footer", "Slide number")]


def decks_of(book: Book, *sections: str) -> Presentation:
    result = book.build(HEAD + "\n\n".join(sections) + "\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, ""), result.errors
    return result.deck()


# --- statements


def test_a_statement_is_the_title_of_a_slide_of_its_own(book: Book) -> None:
    deck = decks_of(book, "## Section", "So [these are **three** counts, and no two are one.]{.statement} More text.")
    [slide] = list(deck.slides)[1:]
    assert slide.slide_layout.name == "Statement"
    assert words(slide) == ["These are three counts, and no two are one."]
    assert [run.text for run in slide.shapes.title.text_frame.paragraphs[0].runs if run.font.bold] == ["three"]
    assert "So these are three counts, and no two are one. More text." in notes(slide)


def test_bold_words_of_a_statement_have_the_accent_that_can_be_read(book: Book) -> None:
    book.write(
        "slides/lectures.toml",
        '[[lecture]]\nname = "dark"\ntitle = "D"\ndocuments = ["chapter"]\ntemplate = "dark"\n',
    )
    result = book.build(f"{HEAD}## Section\n\n[**Bold** words]{{.statement}}\n", "--to", "pptx")
    slide = list(result.deck("dark").slides)[1]
    colours = [run.font.color.rgb if run.font.color.type else None for run in runs_of(slide)]
    assert [str(colour) for colour in colours] == ["F0B35A", "None"]


def runs_of(slide) -> list:
    return slide.shapes.title.text_frame.paragraphs[0].runs


def test_a_paragraph_is_a_statement_in_markdown_and_restructuredtext(book: Book) -> None:
    book.write("other.rst", "Chapter\n=======\n\nOne\n---\n\n.. rst-class:: statement\n\nA sentence.\n")
    book.write("index.md", "# Root\n\n```{toctree}\n\nchapter\nother\n```\n")
    result = book.build(f"{HEAD}## One\n\n{{.statement}}\nA sentence.\n", "--to", "pptx,html")
    assert (result.status, result.errors) == (0, "")
    for name in ("chapter", "other"):
        assert titles(result.deck(name))[1:] == ["A sentence."]
        assert "<p>A sentence.</p>" in (book.folder / f"_build/html/{name}.html").read_text()


def test_what_stands_beside_a_statement_in_its_section_has_slides_before_and_after_it(book: Book) -> None:
    section = "{.slide}\n## Section\n\n[A point]{.point}, [a statement]{.statement}, [a second point]{.point}."
    deck = decks_of(book, section)
    assert titles(deck)[1:] == ["Section", "A statement", "Section"]
    first, _, last = list(deck.slides)[1:]
    assert (bullets(first), bullets(last)) == ([(1, "A point")], [(1, "A second point")])


def test_a_statement_that_opens_a_section_stands_before_its_slide_and_for_it_where_that_is_empty(book: Book) -> None:
    opening = "[A statement.]{.statement} Text with [a point]{.point}."
    deck = decks_of(book, "{.slide}\n## One", opening, "{.slide}\n## Two", "[Another.]{.statement}")
    assert titles(deck)[1:] == ["A statement.", "One", "Another."]


def test_a_statement_stands_before_a_slide_of_its_own_title_that_is_filled_behind_it(book: Book) -> None:
    text = "```{slide} Own title\n```\n\n[A statement.]{.statement} And [a point]{.point}."
    deck = decks_of(book, "## One", text)
    assert titles(deck)[1:] == ["A statement.", "Own title"]
    assert bullets(list(deck.slides)[2]) == [(1, "A point")]


def test_notes_and_minutes_of_a_section_go_to_the_statement_that_stands_for_it(book: Book) -> None:
    options = "```{slide}\n:minutes: 7\n```\n\n```{notes}\nSay it.\n```"
    book.write("slides/lectures.toml", '[[lecture]]\nname = "l"\ntitle = "L"\ndocuments = ["chapter"]\nminutes = 9\n')
    source = f"{HEAD}{{.slide}}\n## One\n\n{options}\n\n[A statement.]{{.statement}}\n"
    book.write("chapter.md", source)
    result = book.call("build", "-q", "--to", "pptx")
    slide = list(result.deck("l").slides)[1]
    assert (titles(result.deck("l"))[1:], notes(slide)[:2]) == (["A statement."], ["0–7 min", "Say it."])
    assert "2 slides, about 7 of 9 minutes" in book.call("check").out


def test_a_statement_that_is_too_long_is_smaller_and_at_the_floor_the_author_reads_it(book: Book) -> None:
    short, long = "A word. " * 36, "Some more words of it. " * 60
    deck = decks_of(book, "## One", f"[{short.strip()}]{{.statement}}")
    assert 28 <= runs_of(list(deck.slides)[1])[0].font.size.pt < 50
    result = book.build(f"{HEAD}## One\n\n[{long.strip()}]{{.statement}}\n", "--to", "pptx")
    assert result.status == 0
    assert "is too long to stand alone at 28 pt; mark fewer words of it. It is cut off there" in result.errors
    assert long.strip() in notes(list(result.deck().slides)[1])


# --- numbers


@pytest.mark.parametrize(
    ("sentence", "number", "counted"),
    [
        ("[36 of 51]{.number} members were killed. More.", ["36", " of 51"], "members were killed"),
        ("They met. [36 of 51]{.number} members were killed. More.", ["36", " of 51"], "members were killed"),
        ("Of all [No. 5. Men]{.number} lived.", ["No. ", "5", ". Men"], "Of all No. 5. Men lived"),
        ("In all [about 20,474 people]{.number} were shot. More.", ["about ", "20,474", " people"],
         "In all about 20,474 people were shot"),
        ("Of them [2.7 %]{.number} were [members of *it*]{.counted}.", ["2.7 %"], "Members of it"),
        ("First. Then {number}`thirty <30>` {counted}`men of the guard <guards>` came.", ["30"], "Guards"),
    ],
)  # fmt: skip
def test_a_number_is_large_with_its_unit_beside_and_what_it_counts_below(
    book: Book, sentence: str, number: list[str], counted: str
) -> None:
    [slide] = list(decks_of(book, "## Section", sentence).slides)[1:]
    assert slide.slide_layout.name == "Big Number"
    runs = runs_of(slide)
    assert [run.text for run in runs] == number
    figures = next(part for part in number if part[0].isdigit())
    if len(runs) > 1:
        large = max(run.font.size for run in runs)
        assert [run.text for run in runs if run.font.size == large] == [figures]
    assert words(slide) == ["".join(number), counted]


def test_so_many_of_so_many_are_dots_that_can_be_counted(book: Book) -> None:
    [slide] = list(decks_of(book, "## Section", "[36 of 51]{.number .dots} members.").slides)[1:]
    group = next(shape for shape in slide.shapes if shape.name == "Dots")
    faded = [dot for dot in group.shapes if dot._element.xpath(".//a:alpha")]
    assert (len(group.shapes), len(faded)) == (51, 15)
    result = book.build(f"{HEAD}## S\n\n[36 men]{{.number .dots}}\n", "--to", "pptx")
    assert "chapter.md:5: WARNING: dots show so many of so many, such as '36 of 51'" in result.errors


def test_dots_and_portraits_stand_at_the_left_where_text_runs_from_the_right(book: Book) -> None:
    book.write("pic.png", PNG)
    conf = (book.folder / "conf.py").read_text()
    book.write("conf.py", conf + 'language = "he"\n')
    quoted = '{.quotation attribution="\u05d0"}\n> \u05d0\u05d1\u05d2\n>\n> ![p](pic.png)'
    number = "[36 \u05de\u05ea\u05d5\u05da 51]{.number .dots} \u05d0\u05d1\u05d2."
    result = book.build(f"{HEAD}## \u05d0\n\n{number}\n\n{quoted}\n", "--to", "pptx")
    counted, said = list(result.deck().slides)[1:]
    for slide, seen in ((counted, "Dots"), (said, "Picture")):
        shape = next(one for one in slide.shapes if one.name == seen)
        title = slide.shapes.title
        assert shape.left + shape.width <= title.left, seen
        assert title.left + title.width <= result.deck().slide_width


# --- questions


def test_a_question_asks_the_room_and_says_how_long_it_takes(book: Book) -> None:
    text = "{.question .minutes-4}\nWho was it?\n\n```{notes}\nNobody knows.\n```"
    [slide] = list(decks_of(book, "## Section", text).slides)[1:]
    assert slide.slide_layout.name == "Question"
    assert words(slide) == ["Who was it?", "4 minutes"]
    assert notes(slide)[:2] == ["0–4 min", "Nobody knows."]


def test_what_is_marked_behind_a_question_of_the_lecturer_has_a_slide_of_its_section(book: Book) -> None:
    deck = decks_of(book, "## Section", "```{question} Who?\n```\n\n[A statement]{.statement} and [a point]{.point}.")
    assert titles(deck)[1:] == ["Who?", "A statement", "Section"]


def test_a_question_of_the_lecturer_is_only_on_the_slide(book: Book) -> None:
    text = "```{question} Which is *true*?\n:minutes: 3\n\n- This\n- That\n\n~~~{notes}\nThat.\n~~~\n```"
    result = book.build(f"{HEAD}## Section\n\n[A point]{{.point}}\n\n{text}\n", "--to", "pptx,html")
    assert (result.status, result.errors) == (0, "")
    slide = list(result.deck().slides)[2]
    assert words(slide) == ["Which is true?", "3 minutes", "This\nThat"]
    assert notes(slide)[:2] == ["2–5 min", "That."]
    assert titles(result.deck())[1:] == ["Section", "Which is true?"]
    assert "Which is" not in (book.folder / "_build/html/chapter.html").read_text()


# --- assertions, titles


def test_an_assertion_is_the_title_of_its_evidence(book: Book) -> None:
    book.write("pic.png", PNG)
    figure = "```{figure} pic.png\n:class: slide\nA map\n```"
    deck = decks_of(
        book, "{.slide}\n## One", "[The rising spread.]{.assertion} See it.", figure, "[It ended.]{.assertion}",
        figure, "[It was over.]{.assertion}",
    )  # fmt: skip
    assert titles(deck)[1:] == ["The rising spread", "It ended", "It was over"]
    pictures = [sum(shape.shape_type == 13 for shape in slide.shapes) for slide in deck.slides]
    assert (pictures[1:], layouts(deck)[-1]) == ([1, 1, 0], "Statement")


def test_a_slide_has_a_title_of_its_own_by_option(book: Book) -> None:
    deck = decks_of(book, "{.slide}\n## Heading", "```{slide}\n:title: Another *title*\n```", "[A point]{.point}")
    assert titles(deck)[1:] == ["Another title"]
    assert [run.font.italic for run in runs_of(list(deck.slides)[1])] == [None, True]


def test_a_title_among_the_attributes_of_a_heading_is_named(book: Book) -> None:
    result = book.build(f'{HEAD}{{.slide title="Other"}}\n## One\n\n[x]{{.point}}\n', "--to", "pptx")
    assert "chapter.md:3: WARNING: the title among these attributes has no effect; write a" in result.errors


def test_two_titles_of_one_slide_are_an_error(book: Book) -> None:
    result = book.build(f"{HEAD}## One\n\n```{{slide}} One\n:title: Two\n```\n", "--to", "html")
    assert "chapter.md:5: ERROR: this slide has two titles; take ':title:' away, or the other one." in result.errors


# --- quotations


def test_a_quotation_stands_alone_with_who_said_it_and_a_portrait(book: Book) -> None:
    book.write("pic.png", PNG)
    quoted = '{.quotation attribution="Stalin"}\n> two powers exist\n>\n> ![Genden](pic.png)'
    [slide] = list(decks_of(book, "## Section", quoted).slides)[1:]
    assert slide.slide_layout.name == "Quote"
    assert words(slide) == ["two powers exist", "Stalin"]
    [picture] = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert slide.shapes.title.left + slide.shapes.title.width <= picture.left


# --- pictures


def pictures(slide) -> list:
    return [shape for shape in slide.shapes if shape.shape_type == 13]


def slide_of(layout: str, body: str) -> str:
    return f"```{{slide}} A title\n:layout: {layout}\n\n{body}\n```"


def test_pictures_of_a_grid_have_one_height_and_stand_under_their_labels(book: Book) -> None:
    book.write("wide.png", PNG)
    book.write("square.svg", SVG.replace("40 20", "20 20"))
    body = "**Before**\n\n![a](wide.png)\n\n**After**\n\n![b](square.svg)"
    [slide] = list(decks_of(book, "## Section", slide_of("before-after", body)).slides)[1:]
    first, second = pictures(slide)
    assert (first.top, first.height) == (second.top, second.height)
    assert first.left + first.width < second.left
    labels = {shape.text_frame.text: shape for shape in slide.shapes if shape.name == "Label"}
    assert [labels[name].left for name in ("Before", "After")] == [first.left, second.left]
    assert all(label.top + label.height <= first.top for label in labels.values())


def test_six_pictures_of_a_grid_are_two_rows(book: Book) -> None:
    book.write("pic.png", PNG)
    [slide] = list(decks_of(book, "## Section", slide_of("grid", "\n\n".join(["![a](pic.png)"] * 6))).slides)[1:]
    assert len({shape.top for shape in pictures(slide)}) == 2
    assert len({shape.height for shape in pictures(slide)}) == 1


@pytest.mark.parametrize(
    ("layout", "body"), [("grid", "words"), ("before-after", "![a](pic.png)"), ("evidence", "words")]
)
def test_a_layout_of_pictures_says_what_it_shows(book: Book, layout: str, body: str) -> None:
    book.write("pic.png", PNG)
    result = book.build(f"{HEAD}## Section\n\n{slide_of(layout, body)}\n", "--to", "pptx")
    assert (result.status, f"chapter.md:5: WARNING: the layout '{layout}' shows" in result.errors) == (0, True)


def test_words_on_a_picture_are_white_on_its_band(book: Book) -> None:
    book.write("pic.png", PNG)
    [slide] = list(decks_of(book, "## Section", slide_of("full-bleed", "![a](pic.png)\n\n- Some words")).slides)[1:]
    band, text = (next(shape for shape in slide.shapes if shape.name == name) for name in ("Band", "Text"))
    assert band.top < slide.shapes.title.top < text.top < band.top + band.height
    assert str(text.text_frame.paragraphs[0].runs[0].font.color.rgb) == "FFFFFF"


def test_titles_and_statements_are_translated(book: Book) -> None:
    conf = (book.folder / "conf.py").read_text()
    book.write("conf.py", conf + 'language = "de"\nlocale_dirs = ["locale"]\ngettext_compact = False\n')
    words = {"Another *title*": "Ein *Titel*", "[A statement.]{.statement}": "[Ein Satz.]{.statement}"}
    messages = "".join(f'msgid "{old}"\nmsgstr "{new}"\n\n' for old, new in words.items())
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    book.write("locale/de/LC_MESSAGES/chapter.po", head + messages)
    slide = "{.slide}\n## One\n\n```{slide}\n:title: Another *title*\n```\n\n[A point]{.point}"
    result = book.build(f"{HEAD}{slide}\n\n[A statement.]{{.statement}}\n", "--to", "pptx")
    assert titles(result.deck())[1:] == ["Ein Titel", "Ein Satz."]
