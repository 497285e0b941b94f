"""Paragraphs in bold that head others, sentences beside pictures, and items of lists on automatic slides."""

from __future__ import annotations

import pytest
from unmarked import FILLING, decks, shown

from builder.deck.suggestions.sentences import PARTED

from conftest import Book, bullets, titles

GAUGE = "A gauge is the main help of the port."
CHAPTER = f"# Sea\n\n## Tides\n\n{{}}\n\n## Filled\n\n{FILLING}\n"
FIGURE = "```{figure} map.svg\n:name: fig-port\nPort.\n```"


@pytest.mark.slow
def test_a_paragraph_in_bold_heads_what_follows_it_or_is_on_no_slide(book: Book) -> None:
    parts = "**Gauge**\n\nA gauge is the main help of the port.\n\n**Pilot**:\n\nThe pilot is the main help of ships."
    tides = f"{parts}\n\n**Nothing below**\n\nWe will see more of all."
    before, _applied, _after = decks(
        book, "en", "chapter.md", f"# Sea\n\n## Tides\n\n{tides}\n\n## Filled\n\n{FILLING}\n"
    )
    deck = before.deck()
    slide = deck.slides[titles(deck).index("Tides")]
    assert [(level, text) for level, text in bullets(slide)] == [
        (1, "Gauge"),
        (2, "A gauge is the main help of the port"),
        (1, "Pilot"),
        (2, "The pilot is the main help of ships"),
    ]


@pytest.mark.slow
def test_a_paragraph_in_bold_is_the_title_of_a_further_slide_that_it_heads(book: Book) -> None:
    items = "\n".join(f"- The {name} of the port is read twice a day by the keeper" for name in ("one", "two", "three"))
    tides = f"{GAUGE}\n\n{FIGURE}\n\n**What is read**:\n\n{items}"
    before, _applied, after = decks(
        book, "en", "chapter.md", f"# Sea\n\n## Tides\n\n{tides}\n\n## Filled\n\n{FILLING}\n"
    )
    assert "What is read" in titles(before.deck())
    assert "[What is read]{.assertion}" in (book.folder / "chapter.md").read_text(encoding="utf-8").replace("**", "")
    assert after.pptx() == before.pptx()


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("Consider the port of {numref}`fig-port`, which is known to all.", False),
        ("It is what all men of the old town call the port.", False),
        ("Table 3: Gauges of the old port.", True),
        ("All men of the old town know the port of {numref}`fig-port`.", True),
    ],
)
def test_a_sentence_that_leans_on_others_stands_beside_no_picture(book: Book, sentence: str, *, stands: bool) -> None:
    points = shown(book, f"# Sea\n\n## Tides\n\n{sentence}\n\n{FIGURE}\n")["Tides"]
    assert any("port of" in point or "old" in point for point in points) == stands


LONG_ITEM = "the keeper of the port reads it twice a day and writes it down for all who come by night, and then some"


@pytest.mark.parametrize(
    ("items", "points"),
    [
        (
            "- **Gauge**: It tells the height of the tide to all men of the port\n- **Pilot**: " + LONG_ITEM * 2,
            ["Gauge: It tells the height of the tide to all men of the port", "Pilot"],
        ),
        (
            f"- **Gauge:**\n  - It tells the height of the tide.\n  - {LONG_ITEM}\n"
            f"- **Pilot:**\n  - He knows the way.\n  - {LONG_ITEM}\n",
            ["Gauge:", "It tells the height of the tide", "Pilot:", "He knows the way"],
        ),
    ],
    ids=["few items have more words", "what stands below a lead"],
)
def test_items_of_a_long_list_say_what_their_slide_has_room_for(book: Book, items: str, points: list[str]) -> None:
    slides = shown(book, f"# Sea\n\n## Tides\n\n{items}\n\n## Ports\n\n{GAUGE}\n")
    found = [point.rstrip(":") for of_slide in slides.values() for point in of_slide]
    first = found.index("Gauge" if "Gauge" in found else points[0])
    assert found[first : first + len(points)] == [point.rstrip(":") for point in points]


@pytest.mark.parametrize(
    "where", ["[Colab](https://colab.research.google.com/x)", "[Binder](https://mybinder.org/v2/x)"]
)
def test_a_box_that_tells_where_a_notebook_runs_is_on_no_slide(book: Book, where: str) -> None:
    box = f"```{{note}}\nThe keeper has all tides of the port in {where}.\n```"
    assert not any("keeper" in point for point in shown(book, f"# Sea\n\n## Tides\n\n{GAUGE}\n\n{box}\n")["Tides"])


def test_years_with_a_dash_between_them_are_not_parted() -> None:
    assert [found[0] for found in PARTED.finditer("The war of 1914—1918 ended—four empires fell.")] == ["—"]
