"""What stands below a point of an automatic slide, what is cut from one, and which slides go since they say little."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from docutils import nodes
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.slide import Slide
from unmarked import FILLING, decks, shown, uncounted

from builder.deck.suggestions.chunks import Chunk, slides_of
from builder.deck.suggestions.marks import TextMark

from conftest import Book, Result, titles

GAUGE = "A gauge is the main help of the port."
POINT = GAUGE[:-1]
PICTURE = MSO_SHAPE_TYPE.PICTURE
NAMES_OF_OFFICES = ("office", "captain", "keeper", "pilot", "master", "clerk")


def points_of(book: Book, text: str) -> list[str]:
    """The points of a section with this text."""
    return shown(book, f"# Sea\n\n## Tides\n\n{text}\n")["Tides"]


@pytest.mark.parametrize(
    "goes_on",
    [
        "It follows the moon.",
        "For example, the moon is near.",
        "Sailors do this with care.",
        "However, it is slow.",
        "Other waves of the lakes do not.",
    ],
)
def test_a_sentence_that_goes_on_from_another_stands_below_that_and_nowhere_else(book: Book, goes_on: str) -> None:
    word = goes_on.split()[-1][:-1]
    points = points_of(book, f"The tide is a wave of the sea. {goes_on}\n\nWe will see waves. {goes_on}\n\n{GAUGE}")
    assert points[0] == "The tide is a wave of the sea"
    assert points[1].endswith(word)
    assert points[2] == POINT
    assert sum(point.endswith(word) for point in points) == 1


def test_the_sentence_that_another_goes_on_from_stands_above_the_formula_that_this_leads_to(book: Book) -> None:
    text = "The tide is made by the moon at sea. It has a height given by\n\n$$\nh = A\n$$"
    points = points_of(book, f"{GAUGE}\n\nA port is an important place of gauges.\n\n{text}\n\n## Ports\n\n{GAUGE}")
    assert points.index("The tide is made by the moon at sea") + 1 == points.index("It has a height given by")


@pytest.mark.parametrize("above", [GAUGE, "Tides are of two kinds:"])
def test_a_short_list_shares_its_slide_with_other_points(book: Book, above: str) -> None:
    text = f"{above}\n\n- by night\n- by day\n\nA port is an important place of gauges."
    points = points_of(book, text)
    assert points[:4] == [above[:-1], "By night", "By day", "A port is an important place of gauges"]


@pytest.mark.parametrize(
    "items",
    [
        "- Film: https://films.example.org/tides\n- See https://tides.example.org/example",
        "- Airy, G. (1845). An example of tides.\n- Laplace, P. (1799). Second example.",
    ],
)
def test_a_list_of_addresses_or_works_is_on_no_slide(book: Book, items: str) -> None:
    points = points_of(book, f"{GAUGE}\n\nThe main works are:\n\n{items}")
    assert points[0] == POINT
    assert not any("example" in point or "(1" in point for point in points)


@pytest.mark.parametrize(
    ("sentence", "point"),
    [
        ("Although the ferry of the island goes to the far bank by night, the old bridge is the main way of all.",
         "The old bridge is the main way of all"),
        ("When the ferry of the island goes to the far bank by night, the old bridge is the main way of all.", None),
        ("Although the ferry of the island goes to the far bank by night, it is not the main way of all.", None),
        ("The old bridge is the main way of the town, and it leads all of its people to the far bank by night.",
         "The old bridge is the main way of the town"),
        ("The old bridge is known for two main things of the old town: stones, lamps and people who fish by night.",
         None),
        ("When the old bridge is read by men of the town – such as sailors of old – then the town says it is a way.",
         None),
        ("The old bridge of the town – such as it stands – is known by men of the town as the main way to the bank.",
         None),
        ("In this section we will see that the old bridge is the main way of all.",
         "The old bridge is the main way of all"),
        ("The old bridge is the main way of the whole town, such as it stands.",
         "The old bridge is the main way of the whole town"),
        ("The old bridge is the main way of the whole town, however.",
         "The old bridge is the main way of the whole town"),
        ("The old bridge is the main way of the whole town, and the ferry is for men of the port.",
         "The old bridge is the main way of the whole town"),
        ("The old bridge is the main way of the whole town because men of the port have made it so.",
         "The old bridge is the main way of the whole town"),
        ("The old bridge is the only way of the town because men of the port have made it so.", None),
        ("The old bridge is the main way of the whole town—men of the port have made it so, as all know.",
         "The old bridge is the main way of the whole town"),
        ("The old bridge is the main way of the town, and the ferry was later a way.", None),
        ("The old bridge is the main way of the town, the port, and the bank of all.", None),
        ("The old bridge must be read by all men of the town in order to go by night.", None),
        ("The old bridge is the main way of the town (or a wall of it).", None),
        ("The old bridge is the main way (as a rule), such as it stands now.",
         "The old bridge is the main way (as a rule)"),
        ("The old bridge is a way of the town, which is a wall.", None),
        ("The old bridge is the main way of the whole town (WT).", None),
        ("The old bridge is the main way of the whole town, such as some say.", None),
        ("The old bridge is the main way of the town for all; a man of the port says that this is a tale.", None),
    ],
)  # fmt: skip
def test_a_long_sentence_is_cut_where_the_rest_says_the_same(book: Book, sentence: str, point: str | None) -> None:
    points = points_of(book, f"{sentence}\n\n{GAUGE}")
    assert POINT in points
    assert [one for one in points if "old bridge" in one or "main way" in one] == [point or sentence[:-1]]


@pytest.mark.parametrize(("term", "is_shown"), [("Springs", True), ("Q", False)])
def test_a_long_sentence_is_shown_by_the_term_that_it_begins_with_and_by_no_letter(
    book: Book, term: str, is_shown: bool
) -> None:
    words = " ".join(f"tide{n}" for n in range(30))
    points = points_of(book, f"**{term}:** The main {words} rise at sea.\n\n{GAUGE}")
    assert any(point.rstrip(":") == term for point in points) == is_shown


def test_a_series_is_not_cut_before_its_last_part(book: Book) -> None:
    sentence = "The keeper reads the main gauge, writes the height down, and then calls the port by wire"
    assert sentence in points_of(book, f"{sentence}.\n\nThe sea is large and fine.")


def test_nothing_is_cut_in_a_language_whose_qualifications_are_not_known(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('language = "fi"\n')
    sentence = "Silta on kaupungin vanha tie, jota kaikki sen asukkaat kulkevat yhdessä rannalle (ja takaisin kotiin)"
    assert sentence in points_of(book, f"{sentence}.\n\nMeri on suuri ja kaunis asia.")


def test_a_section_that_says_little_before_those_in_it_shares_its_slide_with_them(book: Book) -> None:
    parts = (
        "### Gauge\n\nThe gauge is the main help of the port.\n\n### Storm\n\nA storm is a wind that moves the sea.\n\n"
    )
    chapter = f"# Sea\n\n## Ports\n\nA port is the main place of ships.\n\n{parts}## Filled\n\n{FILLING}\n"
    before, _applied, _after = decks(book, "en", "chapter.md", chapter)
    slides = [texts_of(slide) for slide in before.deck().slides]
    found = next(texts for texts in slides if texts[0] == "Ports")
    assert "A port is the main place of ships\nGauge\nThe gauge is the main help" in "\n".join(found[1:])


def test_a_slide_has_four_short_points_rather_than_two_long_ones(book: Book) -> None:
    long = [f"The {n} storm took boats and people of the port and of all the far islands of the sea" for n in "AB"]
    short = [f"The gauge of port {n} is a main help" for n in "ABCD"]
    text = "\n\n".join(f"{one}." for one in (long[0], *short[:2], long[1], *short[2:]))
    points = points_of(book, text)
    assert [point for point in points if point in long + short] == short


def test_a_comment_above_each_paragraph_keeps_no_slide_from_ending(book: Book) -> None:
    text = "\n\n".join(f"<!-- p{n} -->\nA gauge of the year {n} is the main help of the port." for n in range(24))
    chapter = f"# Sea\n\n## Tides\n\n{text}\n\n## Filled\n\n{FILLING}\n"
    before, _applied, _after = decks(book, "en", "chapter.md", chapter)
    slides = ["\n".join(texts_of(slide)).count("A gauge") for slide in before.deck().slides]
    assert sum(number > 0 for number in slides) > 1
    assert max(slides) <= 6


def test_of_neighbours_with_two_points_each_one_slide_shows_what_it_holds(book: Book) -> None:
    names = ("Gauge", "Storm")
    more = "The {} of the port is known to all men of the far sea and of the bank by the name of it."
    parts = "".join(
        f"### {name}\n\nThe {name.lower()} is the main help of all.\n\n{more.format(name.lower())}\n\n"
        for name in names
    )
    found = shown(book, f"# Sea\n\n## Ports\n\n{parts}## Tides\n\n{FILLING}\n")
    assert [line for line in found["Ports"] if line in names] == list(names)
    assert all(f"The {name.lower()} is the main help of all" in found["Ports"] for name in names)


def test_two_slides_of_two_points_are_one_without_the_weakest(book: Book) -> None:
    paragraphs = [Chunk(nodes.paragraph(), (), words=12, points=1, score=score) for score in (3.0, 2.0, 1.0, 4.0)]
    found = slides_of([with_marks(one, 1) for one in paragraphs])
    assert [(slide.points, slide.words, slide.score) for slide in found] == [(3, 36, 4.0)]


def test_a_sentence_that_begins_with_the_picture_stands_beside_it(book: Book) -> None:
    figure = "```{figure} map.svg\nPorts\n```"
    text = f"{GAUGE}\n\nThe storm came late, as sailors say.\n\n{figure}\n\nThe plot shows each port of the coast."
    assert "The plot shows each port of the coast" in points_of(book, text)
    assert "The plot shows each port of the coast" not in points_of(book, text.replace(figure, ""))


@pytest.mark.parametrize(("heading", "is_shown"), [("Links and Further Reading", False), ("Links and Tides", True)])
def test_a_section_of_sources_has_no_slide_where_its_heading_names_several(
    book: Book, heading: str, is_shown: bool
) -> None:
    found = shown(book, f"# Sea\n\n## Tides\n\n{GAUGE}\n\n## {heading}\n\nThe sea is the main subject of books.\n")
    assert any(heading in [title, *lines] for title, lines in found.items()) == is_shown


def test_a_question_alone_has_no_slide(book: Book) -> None:
    found = shown(book, f"# Sea\n\n## Tides\n\n{GAUGE}\n\n## Ports\n\nWhat does the port of the island mean?\n")
    assert "Ports" not in found


@pytest.mark.parametrize(("score", "slides"), [(1.0, 1), (3.0, 2)])
def test_a_slide_of_one_point_goes_where_its_section_has_others_unless_it_carries_much(
    score: float, slides: int
) -> None:
    mark = Chunk(nodes.paragraph(), (), words=36, points=3, score=2.0)
    lonely = Chunk(nodes.paragraph(), (), words=18, points=1, score=score)
    found = slides_of([mark, with_marks(lonely, 1)])
    assert len(found) == slides
    assert len(slides_of([with_marks(lonely, 1)])) == 1
    assert len(slides_of([with_marks(replace(lonely, words=5), 1)])) == slides - 1


def with_marks(chunk: Chunk, number: int) -> Chunk:
    """A chunk of so many points and no block."""
    return Chunk(chunk.first, (TextMark(nodes.paragraph(), 0, 1),) * number, chunk.words, chunk.points, 0, chunk.score)


def test_neighbours_with_little_to_say_share_a_slide_with_their_headings_as_points(book: Book) -> None:
    thin = [
        "The gauge is the main help of the port.",
        "A storm is a wind that moves the sea.",
        "The pilot is the main help of a ship.",
    ]
    parts = "".join(f"### {name}\n\n{text}\n\n" for name, text in zip(("Gauge", "Storm", "Pilot"), thin, strict=True))
    found = shown(book, f"# Sea\n\n## Ports\n\n{parts}## Tides\n\n{GAUGE}\n")
    assert [line for line in found["Ports"] if line in ("Gauge", "Storm", "Pilot")] == ["Gauge", "Storm", "Pilot"]
    assert "Gauge" not in found


@pytest.mark.slow
def test_sections_of_notes_share_a_slide_where_each_is_a_point_or_two(book: Book) -> None:
    """What leads to them alone stands on none."""
    parts = ("Spring\n\n- Highest tide\n  - With the new moon", "Neap\n\n- Lowest tide", "Storm\n\n- Wind and sea")
    chapter = "# Sea\n\n## Tides\n\nTides are one of these:\n\n" + "\n\n".join(f"### {part}" for part in parts)
    before, _applied, _after = decks(book, "en", "chapter.md", f"{chapter}\n\n### Ports\n\n- 1\n- 2\n- 3\n- 4\n")
    found = [texts_of(slide)[:2] for slide in before.deck().slides]
    points = ["Spring", "Highest tide", "With the new moon", "Neap", "Lowest tide", "Storm", "Wind and sea"]
    assert ["Tides", "\n".join(points)] in found
    assert not any("one of these" in text for texts in found for text in texts)


NOTES = {"Roots": ["Water"], "Trunk": ["Bark", "Wood", "Rings", "Pith"], "Leaves": ["Light"], "Fruit": ["Sun", "Rain"]}


def test_lists_of_a_few_short_words_share_slides_about_as_many_on_each(book: Book) -> None:
    """Each had a slide of its own, as soon as one of two neighbours had four points."""
    parts = "".join(f"## {name}\n\n" + "".join(f"- {one}\n" for one in items) for name, items in NOTES.items())
    before, _applied, _after = decks(book, "en", "chapter.md", f"# Trees\n\n{parts}## Uses\n\n1. Shade\n")
    lines = [line for name, items in NOTES.items() for line in (name, *items)]
    found = [texts_of(slide)[1] for slide in before.deck().slides]
    assert found[1:4] == ["\n".join(lines[:7]), "\n".join(lines[7:]), "Shade"]


@pytest.mark.parametrize(("words", "slides"), [(44, 2), (48, 3)])
def test_a_few_last_words_of_notes_stay_with_what_is_above_them(book: Book, words: int, slides: int) -> None:
    blocks = [" ".join(f"{name}{n}" for n in range(count)) for name, count in (("a", 44), ("b", 44), ("c", words - 41))]
    text = "\n\n".join(f"> {block}." for block in blocks)
    deck = book.build(f"# Sea\n\n## Tides\n\n{text}\n", "--to", "pptx").deck()
    assert [title for title in titles(deck) if "Tides" in title] == [
        f"Tides ({n}/{slides})" for n in range(1, slides + 1)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
def test_headings_and_lists_of_a_notebook_of_text_are_marked_where_they_stand(book: Book, gap: str) -> None:
    """The parser of notebooks counts lines from a cell without the blank ones that it begins with: sections shared no
    slides, and the mark of a list stood above its second item.
    """
    pytest.importorskip("myst_nb")
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('extensions = ["myst_nb"]\nnb_execution_mode = "off"\n')
    front = f"---\njupytext:\n  text_representation:\n    format_name: myst\nkernelspec:\n  name: python3\n---\n{gap}"
    parts = "## Spring\n\nA spring tide is the highest of all.\n\n## Neap\n\nA neap tide is the lowest of all.\n\n"
    items = "## Ports\n\nA port has two parts:\n\n1. The quay.\n2. The pier.\n\n"
    decks(book, "en", "chapter.md", f"{front}# Tides\n\n{parts}{items}## Filled\n\n{FILLING}\n")
    text = (book.folder / "chapter.md").read_text(encoding="utf-8")
    assert "{.point}\n## Spring" in text
    assert "{.point}\n## Neap" in text
    assert "{.slide}\n1. The quay." in text


def test_of_a_long_caption_a_slide_shows_the_first_sentence_and_its_notes_have_the_rest(book: Book) -> None:
    words = " ".join(f"word{n}" for n in range(30))
    figure = f"```{{figure}} map.svg\nThe gauges of the port. They {words}.\n\nA legend of the map.\n```"
    chapter = f"# Sea\n\n## Tides\n\n{GAUGE}\n\n{figure}\n\n## Filled\n\n{FILLING}\n"
    _before, applied, after = decks(book, "en", "chapter.md", chapter)
    assert "{.slide-picture}" in applied.out
    slide = next(one for one in after.deck().slides if any("The gauges of" in text for text in texts_of(one)))
    assert not any(word in text for text in texts_of(slide) for word in ("word3", "legend"))
    notes = slide.notes_slide.notes_text_frame.text
    assert "word29" in notes
    assert "A legend of the map" in notes


def test_of_a_long_paragraph_with_a_picture_a_slide_shows_the_picture_and_its_notes_have_the_words(book: Book) -> None:
    words = " ".join(f"word{n}" for n in range(30))
    size = 'width="400" height="300"'
    book.write("port.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size} fill="#246"/></svg>')
    chapter = f"# Sea\n\n## Tides\n\n{GAUGE}\n\nThe {words}.\n![Ports](port.svg)\n\n## Filled\n\n{FILLING}\n"
    _before, applied, after = decks(book, "en", "chapter.md", chapter)
    assert "{.slide-picture}" in applied.out
    slide = next(one for one in after.deck().slides if any(shape.shape_type == PICTURE for shape in one.shapes))
    assert not any("word3" in text for text in texts_of(slide))
    assert "word29" in slide.notes_slide.notes_text_frame.text


def texts_of(slide: Slide) -> list[str]:
    """The texts of the shapes of a slide."""
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_section_of_a_short_document_is_divided_where_a_slide_would_hold_too_many_words(book: Book) -> None:
    lists = ["\n".join(f"- item {n} of the list {name} of many" for n in range(4)) for name in ("one", "two", "three")]
    deck = book.build("# Sea\n\n## Tides\n\n" + "\n\nThe next list is:\n\n".join(lists), "--to", "pptx").deck()
    found = [" ".join(texts_of(slide)) for slide in deck.slides]
    assert [name for text in found for name in ("one", "two", "three") if f"item 3 of the list {name}" in text] == [
        "one", "two", "three",
    ]  # fmt: skip
    assert max(len(text.split()) for text in found) < 60


def test_words_that_lead_to_a_long_list_are_no_slide_of_their_own(book: Book) -> None:
    items = "\n".join(f"{n}. item {n} of a list " + "of many words " * 5 for n in range(1, 5))
    deck = book.build(f"# Sea\n\n## Tides\n\nThe next list is:\n\n{items}\n", "--to", "pptx").deck()
    found = [" ".join(texts_of(slide)) for slide in deck.slides]
    assert not any("The next list is" in text and "item 1" not in text for text in found)
    assert any("item 1 of a list" in text for text in found)


def test_a_long_box_gives_a_sentence_of_each_of_its_paragraphs(book: Book) -> None:
    long = " ".join(f"word{n}" for n in range(30))
    box = f"```{{note}}\nA gauge is a help. It is {long}.\n\nA storm is a wind. It is {long}.\n```"
    assert points_of(book, f"{box}\n\n{GAUGE}")[:2] == ["A gauge is a help", "A storm is a wind"]


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("**Note**\nThe main wave of the sea comes by the port.", "The main wave of the sea comes by the port"),
        ("By the year 480 B.C. Greeks are the main power of the sea.",
         "By the year 480 B.C. Greeks are the main power of the sea"),
        ("The main line is that of the gauge vs. Greenwich in the old port.",
         "The main line is that of the gauge vs. Greenwich in the old port"),
        ("The main file of the port is ../data/txt in the folder.",
         "The main file of the port is ../data/txt in the folder"),
        ("“The storm is the main thing,” said the pilot of the port.", None),
        ("«The storm is the main thing», said the pilot of the port.", None),
        ("By the main year of the port – that is to say, by the time of all the storms and the gales of the sea – "
         "boats went.", None),
        ("The main sum of the port is \\\\frac{a}{b} of the sea.", None),
    ],
)  # fmt: skip
def test_a_sentence_is_whole_and_nobody_says_it(book: Book, text: str, point: str | None) -> None:
    points = points_of(book, f"{text}\n\n{GAUGE} A port is an important place of gauges.")
    assert (point in points) == bool(point)
    assert not any("main" in one for one in points if one not in (point, POINT))


def test_a_long_section_has_more_slides_though_it_has_a_picture(book: Book) -> None:
    more = "\n".join(
        f"Behind it stands filling number {n} that says little about anything at all, alas." for n in range(28)
    )
    text = "\n\n".join(f"The storm of the year {n} took some boats and people of the port. {more}" for n in range(9))
    found = points_of(book, f"```{{figure}} map.svg\nPorts\n```\n\n{text}")
    assert sum(one.startswith("The storm of the year") for one in found) > 4


@pytest.mark.slow
def test_slides_of_a_long_section_without_titles_of_their_own_are_counted(book: Book) -> None:
    more = "\n".join(f"Behind it stands filling number {n} that says little at all, alas." for n in range(28))
    text = "\n\n".join(f"The storm of the year {n} took some boats of the port. {more}" for n in range(12))
    before, _applied, _after = decks(book, "en", "chapter.md", f"# Sea\n\n## Tides\n\n{text}\n\n## Ports\n\n{GAUGE}\n")
    found = [title for title in titles(before.deck()) if title.startswith("Tides")]
    assert len(found) > 2
    assert found == [f"Tides ({number}/{len(found)})" for number in range(1, len(found) + 1)]
    assert "{.slide .numbered-slides}\n## Tides" in (book.folder / "chapter.md").read_text()


@pytest.mark.parametrize(("end", "is_shown"), [(".", True), ("!", False), ("... wait a second.", False), ("…", False)])
def test_calls_and_what_breaks_off_are_points_last(book: Book, end: str, is_shown: bool) -> None:
    others = [f"The {name} of the harbour keeps a record of all the ships of one year." for name in NAMES_OF_OFFICES]
    points = points_of(book, f"{GAUGE}\n\nThe record of the harbour is tidy{end}\n\n" + "\n\n".join(others))
    assert any("tidy" in point for point in points) == is_shown


def test_short_lists_share_slides_with_the_code_that_parts_them(book: Book) -> None:
    tasks = "\n\n```python\nheight = tide(3)\n```\n\n".join(f"{at}) Read gauge {at} once" for at in (1, 2, 3))
    before, _applied, _after = decks(
        book, "en", "chapter.md", f"# Sea\n\n## Tasks\n\n{tasks}\n\n## Filled\n\n{FILLING}\n"
    )
    assert [uncounted(title) for title in titles(before.deck())].count("Tasks") == 2, "not one for each"


@pytest.mark.slow
@pytest.mark.parametrize(("lines", "printed"), [(3, True), (8, False)])
def test_what_a_cell_prints_is_on_the_slide_of_its_code_or_on_none(book: Book, lines: int, printed: bool) -> None:
    pytest.importorskip("myst_nb")
    code = "\n".join(f"height_{at} = tide({at})" for at in range(lines))
    text = "".join(f"gauge {at} of the port\n" for at in range(5))
    output = {"output_type": "stream", "name": "stdout", "text": text}
    told = "# Sea\n\n## Tides\n\nThe main heights of the tide are found with `tide` as follows:"
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": told},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": code, "outputs": [output], "execution_count": 1},
        {"cell_type": "markdown", "id": "c", "metadata": {}, "source": f"## Filled\n\n{FILLING}"},
    ]
    book.write("conf.py", 'project = "A"\nextensions = ["myst_nb"]\nnb_execution_mode = "off"\n')
    book.write("chapter.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    subprocess.run([sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"], cwd=book.folder, check=True)
    deck = Result(0, "", "", book.folder).deck()
    slides = ["\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame) for slide in deck.slides]
    with_code = [text for text in slides if "height_1" in text]
    assert len(with_code) == 1
    assert [text for text in slides if "gauge 1 of" in text] == with_code * printed


def test_the_number_of_an_item_is_no_beginning_of_it(book: Book) -> None:
    long = "say what a gauge is, and with it name all of the words of the sea and of the port which are in this book"
    items = "\n".join(f"- k{n}: I can {long} of its number {n}" for n in range(1, 4))
    points = points_of(book, f"{GAUGE}\n\n{items}")
    assert not any(re.fullmatch(r"k\d", point, re.IGNORECASE) for point in points)


def test_a_chapter_of_code_is_no_notes_for_slides(book: Book) -> None:
    code = "\n".join(f"port{n} = read(gauge{n}, year={n}, name='tide')" for n in range(30))
    source = f"# Sea\n\nThe tide comes.\n\n## Tides\n\n```python\n{code}\n```\n\n## Ports\n\nThe port is old.\n"
    deck = book.build(source, "--to", "pptx").deck()
    assert not any("port7" in text for slide in deck.slides for text in texts_of(slide))
