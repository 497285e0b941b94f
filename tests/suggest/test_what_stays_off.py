"""What automatic slides leave to the page: notes of the author's to himself, words that lead to what is not there, and
references to nothing.
"""

from __future__ import annotations

import pytest
from docutils import nodes
from unmarked import FILLING, decks, shown

from builder.deck.suggestions.blocks import is_without_picture
from builder.deck.suggestions.chunks import Chunk
from builder.deck.suggestions.cues import cues_of, table
from builder.deck.suggestions.headed import without_last_names
from builder.deck.suggestions.marks import TextMark
from builder.deck.suggestions.scores import Ranking

from conftest import Book, notes, titles

GAUGE = "A gauge is the main help of the port."
SETUP = "```python\nimport sea\nimport tide\n```"
FIGURE = "```{figure} map.svg\n:name: fig-port\nPort.\n```"
LOST = (
    "```{admonition} To Do\nThe lostbox of the main tide.\n```",
    "```{warning}\nTODO: the lostwarning of the main tide.\n```",
    "**To do:** the main lostnote of the tide is to be described.\n\n- the lostlist of the port",
    f"The main lostcode of the tide looks as follows.\n\n{SETUP}",
    "The main lostfigure of the tide is known from {numref}`nowhere`.",
    "The main lostlaw of the tide is known from {eq}`nowhere`.",
    "The main lostwork of the tide is known (see [?]).",
    "Source: the lostsource of the main tide at <https://tides.example.org>.",
)
PIECES = "\n\n".join(LOST)
CHAPTER = f"""# Sea

## Tides

{GAUGE}

{FIGURE}

Photo: the main lostphoto of the port by Ada

Image: what a map of tides shows of the main port.

## Harbours

{PIECES}

A harbour is an important place of ships.

{GAUGE}

## To do

The main lostsection of the sea.

## Filled

{FILLING}
"""


def test_what_is_still_to_be_written_or_leads_to_nothing_is_on_no_slide(book: Book) -> None:
    before, _applied, _after = decks(book, "en", "chapter.md", CHAPTER)
    deck = before.deck()
    seen = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    said = "\n".join(line for slide in deck.slides for line in notes(slide))
    assert "lost" not in seen
    assert "lostbox" not in said
    assert "lostnote" not in said
    assert "A harbour is an important place of ships" in seen
    assert "Image: what a map of tides shows of the main port" in seen  # beside no picture, and without an address
    assert seen.count(GAUGE[:-1]) == 1  # in the first of its two sections


@pytest.mark.parametrize(
    ("words", "is_shown"),
    [
        ("![Port](nowhere.svg)\n\n**Figure 2:** The main lostwave of the tide in the port.", False),
        ("The tide comes.\n\n**Stage 2:** The main lostwave of the tide in the port.", True),
        ("> Wait for the tide.\n\n-Ada L. Lostwave, *The main tide of the port*", False),
        ("> Lostwave, A. L. (1901). *The main tide of the port*. Sea Press, London.", False),
        ("> The main lostwave of the tide is in the port.", True),
        ("**Sources:**\n\n- The main lostwave of the port by Ada\n- The tides by Ada", False),
        ("**Waves:**\n\n- The main lostwave of the port by day\n- The tides by night", True),
        ("The main lostwave of the tide is in the port (tak", False),
        ("The main lostwave of the tide is in the port {#sec-port}.", False),
        ("The main lostwave of the tide is in the port (of 1901).", True),
    ],
)
def test_captions_names_below_quotations_and_what_breaks_off_are_no_points(
    book: Book, words: str, *, is_shown: bool
) -> None:
    chapter = f"# Sea\n\n## Tides\n\n{GAUGE}\n\nA harbour is an important place of ships.\n\n{words}\n\nWaves wait.\n"
    points = shown(book, f"{chapter}\n{GAUGE}\n")["Tides"]
    assert any("lostwave" in point.casefold() for point in points) is is_shown


def test_notes_for_slides_have_no_boxes_of_what_is_still_to_be_written(book: Book) -> None:
    box = "```{admonition} ToDo\nThe lostbox.\n```\n\n% a comment\n\n```{todo}\nThe lostnode.\n```"
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('extensions += ["sphinx.ext.todo"]\ntodo_include_todos = True\n')
    deck = book.build(f"# Sea\n\n## Tides\n\n{box}\n\n{GAUGE}\n\n## Todo\n\nMore lost.\n", "--to", "pptx").deck()
    seen = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert GAUGE in seen
    assert "lost" not in seen
    assert "Todo" not in titles(deck)


LANGUAGES = [
    ("en", "Work: TBD", "TBD", "The output looks like this.", "Image credit: Ada", "The tide goes on as it is."),
    ("de", "Übung", "Baustelle!", "Der Code sieht folgendermaßen aus:", "Bildquelle: Ada", "Die Flut sieht gut aus."),
    ("fr", "Marée", "À faire :", "Le code est le suivant.", "Crédit photo : Ada", "La marée suit la lune."),
    ("es", "Marea", "Por hacer", "El código queda así:", "Fuente: Ada", "La marea sigue a la luna."),
    ("pt", "Maré", "A fazer: a lei", "O código fica assim.", "Fonte: Ada", "A maré segue a lua."),
    ("it", "Marea", "Da completare", "Il codice è il seguente.", "Fonte: Ada", "La marea segue la luna."),
    ("ru", "Прилив", "Доделать", "Код выглядит следующим образом:", "Источник: Ada", "Прилив следует за Луной."),
    ("mn", "Түрлэг", "Хийх зүйл", "Код дараах байдалтай байна.", "Эх сурвалж: Ada", "Түрлэг сарыг дагадаг."),
    ("nl", "Getij", "Nog te doen", "De code ziet er als volgt uit:", "Bron: Ada", "Het tij volgt de maan."),
    ("vi", "Thủy triều", "Chưa viết", "Đoạn mã như sau:", "Nguồn: Ada", "Thủy triều theo mặt trăng."),
    ("ja", "潮汐", "執筆中", "コードは次のとおりである。", "出典：Ada", "潮は月に従う。"),
    ("zh", "潮汐", "待补充：公式", "代码如下：", "图片来源：Ada", "潮汐跟随月亮。"),
]


@pytest.mark.parametrize(("language", "title", "draft", "lead", "credit", "plain"), LANGUAGES)
def test_drafts_leads_and_credits_are_known_in_each_language(
    language: str, title: str, draft: str, lead: str, credit: str, plain: str
) -> None:
    cues = cues_of(language)
    assert [cues.is_draft(text) for text in (draft, "TODO", title, plain)] == [True, True, False, False]
    assert [cues.leads(text) for text in (lead, plain)] == [True, False]
    assert [cues.is_credit(text) for text in (credit, plain)] == [True, False]


@pytest.mark.parametrize(
    ("sentence", "is_shown"),
    [
        ("Dies ist in {numref}`fig-port` als Pegel gezeigt.", False),
        ("Der alte Pegel ist in {numref}`fig-port` gezeigt.", True),
        ("Der alte Pegel lässt sich folgendermaßen darstellen.", False),
        ("Der alte Pegel wird durch\n\n$$\nh = A\n$$\n\nund\n\n$$\nv = B\n$$\n\ngegeben, also durch beide", False),
    ],
)
def test_a_german_sentence_that_leans_on_others_stands_beside_no_picture(
    book: Book, sentence: str, *, is_shown: bool
) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('language = "de"\n')
    points = shown(book, f"# Meer\n\n## Flut\n\n{FIGURE}\n\n{sentence}\n")["Flut"]
    assert any("Pegel" in point for point in points) == is_shown


@pytest.mark.parametrize(
    "title", ["Man spricht deshalb vom Gebiet", "Lassen Sie sich nicht verwirren", "Die anderen Wellen sind lang"]
)
def test_a_german_sentence_that_leans_on_others_titles_no_slide(title: str) -> None:
    cues = cues_of("de")
    assert cues.untitled.search(title) or cues.remote.match(title)


def test_a_slide_does_not_end_with_a_bold_term_alone() -> None:
    marks = []
    for text in ("**Ebb**", "**Flood**"):
        paragraph = nodes.paragraph("", "", nodes.strong("", text.strip("*")), nodes.Text(": long."))
        marks.append(TextMark(paragraph, 0, len(text) - 4))
    plain = TextMark(nodes.paragraph("", "The tide."), 0, 8)
    slides = [
        Chunk(nodes.paragraph(), tuple(some), words=9, points=len(some))
        for some in ((plain, marks[0]), (marks[0], plain), tuple(marks), (marks[0],))
    ]
    assert [slide.points for slide in without_last_names(slides)] == [1, 2, 2, 1]


OF_THE_TEXT = {
    "en": ("The next two sections treat the main tides.", "This guide shows how the main tides work."),
    "de": ("Der Rest dieses Kapitels behandelt die Gezeiten.", "Wie wir oben gesehen haben, steigen Gezeiten."),
    "fr": ("Les deux sections suivantes traitent des marées.", "Comme mentionné précédemment, les marées montent."),
    "es": ("En los capítulos siguientes vuelven las mareas.", "Como se dijo en la sección anterior, suben."),
    "pt": ("O objetivo deste capítulo é descrever as marés.", "Nos próximos capítulos voltam as marés."),
    "it": ("Le due sezioni seguenti trattano delle maree.", "Come accennato in precedenza, le maree salgono."),
    "ru": ("Остальная часть этой главы посвящена приливам.", "Как упоминалось ранее, приливы растут."),
    "mn": ("Энэ бүлэг түрлэгийн тухай юм.", "Дээр дурдсанчлан түрлэг ихэсдэг."),
    "nl": ("De rest van dit hoofdstuk gaat over getijden.", "Zoals we hebben gezien, stijgt het water."),
    "vi": ("Phần còn lại của chương này nói về thủy triều.", "Như đã trình bày, thủy triều dâng."),
    "ja": ("この章は潮汐を扱う。", "前節で述べたように、潮は満ちる。"),
    "zh": ("这一章讨论潮汐。", "如前一节所述，潮水上涨。"),
}


@pytest.mark.parametrize(("language", "text"), [(key, one) for key, texts in OF_THE_TEXT.items() for one in texts])
def test_sentences_about_the_text_itself_are_known_in_all_languages_with_phrases(language: str, text: str) -> None:
    assert set(OF_THE_TEXT) == set(table())
    assert Ranking([], cues_of(language)).tells(text)


@pytest.mark.parametrize(("language", "subject"), [("de", "Die Gezeiten sind wichtig für den Hafen der Stadt."),
                                                   ("es", "Las mareas son importantes para el puerto.")])  # fmt: skip
def test_they_are_no_points(book: Book, language: str, subject: str) -> None:
    about = " ".join(OF_THE_TEXT[language])
    before, _applied, _after = decks(
        book, language, "chapter.md", f"# Meer\n\n## Teil\n\n{subject} {about}\n\n{FILLING}\n"
    )
    seen = "\n".join(
        shape.text_frame.text for slide in before.deck().slides for shape in slide.shapes if shape.has_text_frame
    )
    assert subject[:-1] in seen
    assert not any(text[:-1] in seen for text in OF_THE_TEXT[language])


PORTS = "A tide table should name each port of the sea, public or private, using the {code} mark as is right there."
SEAS = {
    "chapter.md": f"# Sea\n\n## Tides\n\n{PORTS.format(code='`; private`')}\n\n## Filled\n\n{FILLING}\n",
    "chapter.rst": f"Sea\n===\n\nTides\n-----\n\n{PORTS.format(code='``; private``')}\n\nFilled\n------\n\n{FILLING}\n",
}


@pytest.mark.parametrize("name", SEAS)
def test_signs_in_code_part_no_sentence(book: Book, name: str) -> None:
    before, _applied, _after = decks(book, "en", name, SEAS[name])
    shapes = (shape for slide in before.deck().slides for shape in slide.shapes if shape.has_text_frame)
    lines = [paragraph.text for shape in shapes for paragraph in shape.text_frame.paragraphs]
    assert any(line.startswith("A tide table") for line in lines)
    assert not any(line.endswith(("using the", "`")) for line in lines)


def test_errors_that_a_built_document_has_do_not_keep_marks_from_it(book: Book) -> None:
    """A build that has read it says nothing of them again, so that with marks they were taken for new ones."""
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nother\n```\n")
    book.write("other.rst", f"Waves\n=====\n\nWinds\n-----\n\n{GAUGE}\n\n.. nothing-like-it::\n\n{FILLING}\n")
    assert "nothing-like-it" in book.build(f"# Sea\n\n## Tides\n\n{GAUGE}\n\n{FILLING}\n").errors
    applied = book.call("suggest", "--apply")
    assert "would be another" not in applied.errors
    assert "rst-class:: slide" in (book.folder / "other.rst").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["r name(port)", "r port.height", "{r} name(port)", "{python} name(port)"])
def test_code_in_a_line_that_was_to_be_run_is_on_no_slide(book: Book, code: str) -> None:
    lost = f"The main tide of the sea is `{code}` metres high."
    listed = f"The main help of the port is:\n\n- a gauge of `{code}`\n- a pilot\n"
    boxed = f":::{{note}}\nA wave of the main sea is `{code}` metres long.\n:::"
    kept = "The main port has a gauge with `name(port)` of the sea."
    chapter = f"# Sea\n\n## Tides\n\n{kept}\n\n{lost}\n\n{listed}\n{boxed}\n\n## Filled\n\n{FILLING}\n"
    _before, _applied, after = decks(book, "en", "chapter.md", chapter)
    slides = [shape.text_frame.text for slide in after.deck().slides for shape in slide.shapes if shape.has_text_frame]
    assert any("The main port has a gauge" in text for text in slides)
    assert not [text for text in slides if code in text]


def test_a_figure_of_the_name_of_an_object_is_on_no_slide(book: Book) -> None:
    named = nodes.figure("", nodes.literal_block("", "<Axes: xlabel='Tide'>"))
    drawn = nodes.figure("", nodes.image(uri="map.svg"))
    said = nodes.figure("", nodes.literal_block("", "high and low"))
    assert [is_without_picture(one) for one in (named, drawn, said)] == [True, False, False]


@pytest.mark.parametrize(("cell", "is_shown"), [("", False), ("high", True)])
def test_a_table_that_is_still_to_be_filled_is_on_no_slide(book: Book, cell: str, is_shown: bool) -> None:
    table = f":::{{table}} Heights of the main tide\n\n| `tbl-tide` |\n|---|\n| {cell} |\n:::"
    chapter = f"# Sea\n\n## Tides\n\n{GAUGE}\n\n{table}\n\n## Filled\n\n{FILLING}\n"
    before, _applied, _after = decks(book, "en", "chapter.md", chapter)
    assert any(shape.has_table for slide in before.deck().slides for shape in slide.shapes) == is_shown
