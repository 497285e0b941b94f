"""What joins which slide."""

from __future__ import annotations

import pytest
from pptx.oxml.ns import qn

from conftest import CONF, PROSE, SVG, Book, bullets, notes, titles

FIGURE = "```{figure} picture.svg\n:name: fig\n:alt: A bar\n:class: slide\n\nThe caption\n```\n"


def texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_marked_figure_comes_with_its_number_and_caption(book: Book) -> None:
    book.write("picture.svg", SVG)
    result = book.build(f"# One\n\nText.\n\n{FIGURE}")
    assert result.status == 0, result.errors
    slide = result.deck().slides[1]
    assert "Figure 1.1 · The caption" in texts(slide)
    picture = next(shape for shape in slide.shapes if shape.name == "Picture")
    assert picture._element.xpath(".//p:cNvPr")[0].get("descr") == "A bar"


def test_slide_only_figure_takes_no_number_of_the_book(book: Book) -> None:
    book.write("picture.svg", SVG)
    inside = FIGURE.replace(":name: fig\n", "").replace(":class: slide\n", "").replace("```", "~~~")
    result = book.build(f"# One\n\n```{{slide}} Own\n{inside}```\n\n{FIGURE}")
    [only] = list(result.deck().slides)[1:]
    assert {"The caption", "Figure 1.1 · The caption"} <= set(texts(only))
    assert "Figure 1.2" not in (result.folder / "_build/html/chapter.html").read_text()


def test_a_slide_never_reaches_into_a_subsection(book: Book) -> None:
    deck = book.build("# One\n\n[a]{.point}\n\n## Two\n\n[b]{.point}\n\n## Three\n\nplain\n").deck()
    assert titles(deck)[1:] == ["One", "Two"]
    assert [bullets(slide) for slide in list(deck.slides)[1:]] == [[(1, "A")], [(1, "B")]]


def test_backup_slide_is_hidden_at_the_end(book: Book) -> None:
    deck = book.build("# One\n\n{.slide .backup}\n## Answer\n\n[x]{.point}\n\n## Two\n\n[y]{.point}\n").deck()
    assert titles(deck)[1:] == ["Two", "Answer"]
    assert [slide._element.get("show") for slide in deck.slides] == [None, None, "0"]


def test_heading_with_nothing_marked_gives_a_section_slide(book: Book) -> None:
    deck = book.build("# One\n\n{.slide}\n## Two\n\nplain\n").deck()
    assert deck.slides[1].slide_layout.name == "Section Header"
    assert "1.1" in texts(deck.slides[1])


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[`code` first.]{.point}", [(1, "code first")]),
        ("[see {ref}`there`]{.point}\n\n(there)=\n## Other", [(1, "See Other")]),
        ("[with a note[^n]]{.point}\n\n[^n]: x", [(1, "With a note")]),
    ],
)
def test_what_becomes_of_a_point(book: Book, source: str, shown: list[tuple[int, str]]) -> None:
    result = book.build(f"# One\n\n{source}\n")
    assert result.status == 0, result.errors
    assert bullets(result.deck().slides[1]) == shown


def test_link_to_a_section_with_a_slide_jumps_there(book: Book) -> None:
    result = book.build("# One\n\n[see {ref}`there` now]{.point}\n\n(there)=\n## Other\n\n[x]{.point}\n")
    slide = result.deck().slides[1]
    link = slide._element.xpath(".//a:hlinkClick")[0]
    assert link.get("action") == "ppaction://hlinksldjump"


def test_outline_mode_for_an_unannotated_chapter(book: Book) -> None:
    chapter = (
        f"# One\n\nWords.\n\n{PROSE}## Two\n\n- a pinch of salt\n- b sharp\n\n### Three\n\n```python\nx = 1\n```\n\n"
        "> What somebody has said of it once.\n\n## Empty\n\nOnly text.\n"
    )
    deck = book.build(chapter).deck()
    assert titles(deck) == ["One", "Two", "Three"]
    assert bullets(deck.slides[1]) == [(1, "A pinch of salt"), (1, "B sharp")]


SHORT = "# One\n\nWords of it.\n\n## Two\n\nFirst.\n\n- a\n\nLast.\n"


def boxes(deck) -> list[list[str]]:
    """The words of all boxes of text on each slide."""
    return [[shape.text_frame.text for shape in slide.shapes if shape.name == "Text"] for slide in deck.slides]


def test_paragraphs_of_a_short_chapter_stand_on_its_slides(book: Book) -> None:
    assert boxes(book.build(SHORT, "--to", "pptx").deck())[1:] == [["Words of it."], ["First.", "a", "Last."]]


def test_what_stands_before_the_first_heading_is_on_the_first_slide(book: Book) -> None:
    deck = book.build(f"Before.\n\n- in front\n\n{SHORT}", "--to", "pptx").deck()
    assert [text for slide in boxes(deck) for text in slide][:3] == ["Before.", "in front", "Words of it."]


def test_what_is_too_deep_for_a_slide_has_none(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write("builder_slide_level = 3\n")
    items = "- a\n- b\n- c\n- d\n\n"
    chapter = f"# One\n\n## Two\n\n{items}### Three\n\n{items}#### Four\n\n{items}"
    assert titles(book.build(chapter, "--to", "pptx").deck()) == ["One", "Two", "Three"]


def test_an_opening_that_shows_more_is_followed_by_it(book: Book) -> None:
    body = "```{slide}\n:layout: section\n:minutes: 3\n```\n\n{.slide}\n- a\n\n```{notes}\nSay it.\n```\n"
    deck = book.build(f"# One\n\n{{.slide}}\n## Two\n\n{body}", "--to", "pptx").deck()
    assert titles(deck)[1:] == ["Two", "Two"]
    assert deck.slides[1].slide_layout.name != deck.slides[2].slide_layout.name
    assert boxes(deck)[-1] == ["a"]
    assert "Say it." in notes(deck.slides[2])


def test_order_on_the_slide_is_the_order_of_the_source(book: Book) -> None:
    result = book.build(
        "# One\n\n[a]{.point}\n\n{.slide}\n> Said.\n\n[b]{.point}\n\n```{math}\n:class: slide\nx^2\n```\n\n"
        "[c]{.point}\n"
    )
    names = [shape.name for shape in result.deck().slides[1].shapes if shape.name in ("Text", "Quotation")]
    assert names == ["Text", "Quotation", "Text", "Text"]


def test_quotation_marks_in_a_slides_own_title_are_those_of_print(book: Book) -> None:
    result = book.build('# One\n\n```{slide} What "destroyed" means -- and *does not*\nText\n```\n')
    assert titles(result.deck())[1] == "What “destroyed” means – and does not"


def test_short_points_and_events_have_the_quotation_marks_of_print(book: Book) -> None:
    book.write("years.csv", "date,event\n1936,Amar's turn\n")
    result = book.build(
        "# Chapter\n\n{.slide}\n## One\n\n{point}`Long words <The state's \"count\">`.\n\n```{timeline} years.csv\n"
        ":class: slide\nYears\n```\n",
        "--to", "pptx,html",
    )  # fmt: skip
    assert result.status == 0, result.errors
    assert bullets(result.deck().slides[1]) == [(1, "The state’s “count”")]
    assert "Amar’s turn" in "".join(item.text or "" for item in result.deck().slides[1]._element.iter(qn("a:t")))
    assert "Amar’s turn" in (result.folder / "_build/html/chapter.html").read_text(encoding="utf-8")


def test_a_section_that_holds_nothing_for_a_reader_has_no_slide(book: Book) -> None:
    """In a chapter without marks: a list of sources, or an empty section."""
    book.write("works.bib", "@book{king, author = {King}, title = {Ocean of Milk}, year = {2019}, publisher = {C}}\n")
    book.write("conf.py", CONF + 'extensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["works.bib"]\n')
    result = book.build(
        "# One\n\n## Two\n\n- A line {cite}`king`\n\n## Talked about\n\nOnly words.\n\n## Sources\n\n"
        "```{bibliography}\n```\n\n## Empty\n",
        "--to", "pptx",
    )  # fmt: skip
    assert [title for title in titles(result.deck()) if title] == ["One", "Two", "Talked about", "References"]


HEADINGS = """# Sea

{.slide}
## Tides

Words [of tides]{.point}.

{.point}
### Spring

Text [a large tide]{.subpoint}.

```{notes}
Say it.
```

{.point .next-slide}
### Neap

Text [a small tide]{.subpoint}.
"""


def test_a_heading_that_is_a_point_joins_the_slide_before_it(book: Book) -> None:
    result = book.build(HEADINGS, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    slides = list(result.deck().slides)[1:]
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["Tides", "Tides"]
    assert [bullets(slide) for slide in slides] == [
        [(1, "Of tides"), (1, "Spring"), (2, "A large tide")],
        [(1, "Neap"), (2, "A small tide")],
    ]
    runs = [run for slide in slides for shape in slide.shapes if shape.has_text_frame and shape.is_placeholder
            for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]  # fmt: skip
    assert [run.text for run in runs if run.font.bold] == ["Spring", "Neap"], "headings of what stands below them"
    assert "Say it." in notes(slides[0])


def test_a_further_slide_begins_above_a_paragraph_in_which_nothing_is_marked(book: Book) -> None:
    chapter = "# Sea\n\n## Tides\n\n[High]{.point}.\n\n{.next-slide}\nNothing.\n\n[Low]{.point}.\n"
    slides = list(book.build(chapter, "--to", "pptx").deck().slides)[1:]
    assert [bullets(slide) for slide in slides] == [[(1, "High")], [(1, "Low")]]


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("numbered-slides", ["Tides (1/2)", "It is low", "Tides (2/2)", "Waves"]),
        ("slide", ["Tides", "It is low", "Tides", "Waves"]),
    ],
)
def test_slides_of_one_title_are_counted_where_their_heading_asks_for_it(
    book: Book, mark: str, shown: list[str]
) -> None:
    rows = "[High]{.point}\n\n{.next-slide}\n[It is low]{.assertion}. [Mud]{.point}\n\n{.next-slide}\n[Neap]{.point}"
    result = book.build(f"# Sea\n\n{{.{mark}}}\n## Tides\n\n{rows}\n\n{{.{mark}}}\n## Waves\n\n[Long]{{.point}}\n")
    assert titles(result.deck())[1:] == shown
    assert ("has no effect: the section has one slide of its title" in result.errors) == (mark != "slide")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Tides", [f"Tides ({number}/5)" for number in range(1, 6)]),
    ],
)
def test_slides_that_are_too_long_are_counted_with_the_others_of_their_title(
    book: Book, title: str, shown: list[str]
) -> None:
    tables = "\n".join(f"- A line of high water number {number}, in the port and at sea" for number in range(26))
    rows = f"[High]{{.point}}\n\n{{.slide .next-slide}}\n{tables}\n\n{{.next-slide}}\n[Neap]{{.point}}"
    result = book.build(f"# Sea\n\n{{.numbered-slides}}\n## {title}\n\n{rows}\n", "--to", "pptx")
    assert titles(result.deck())[1:] == shown
    assert result.errors == ""


def test_notes_on_a_further_slide_that_shows_nothing_stand_on_the_slide_before_it(book: Book) -> None:
    notes_below = "```{notes}\nSay it.\n```\n"
    result = book.build(
        f"# Sea\n\n## Tides\n\n[High]{{.point}}.\n\n{{.next-slide}}\nNothing.\n\n{notes_below}\n"
        f"## Waves\n\n{notes_below}\n{{.slide .next-slide}}\n- Low\n",
        "--to",
        "pptx",
    )
    assert result.errors == ""
    slides = list(result.deck().slides)[1:]
    assert [bullets(slide) for slide in slides] == [[(1, "High")], [(1, "Low")]]
    assert all("Say it." in notes(slide) for slide in slides)


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        ("{.point}\n# Sea\n\n[Words]{.point}.\n", "'point' has no effect on the first heading"),
        ("# Sea\n\n{.slide .point}\n## Tides\n\n[Words]{.point}.\n", "'slide' has no effect beside 'point'"),
        (
            "# Sea\n\n[Words]{.point}.\n\n{.point}\n## Tides\n\n```{slide}\n:layout: columns\n```\n\n[More]{.point}.\n",
            "these options have no effect: the heading above them is a point",
        ),
    ],
)
def test_what_such_a_heading_leaves_without_effect_is_told(book: Book, chapter: str, said: str) -> None:
    assert said in book.build(chapter, "--to", "pptx").errors
