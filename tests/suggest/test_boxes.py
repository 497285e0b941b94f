"""Boxes on automatic slides: code with a number below the sentence that speaks of it, and long boxes by sentences."""

from __future__ import annotations

import pytest
from unmarked import shown

from conftest import Book

GAUGE = "A gauge is the main help of the port."
CODE = "tides <- read_tides()\nhead(tides)"
BOX = ":::{{prf:example}}\n:label: exm-read\n\n```r\n{code}\n```\n:::"


def points_of(book: Book, text: str) -> list[str]:
    """The points of a section with this text."""
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('extensions += ["sphinx_proof"]\n')
    return shown(book, f"# Sea\n\n## Tides\n\n{text}\n\n{GAUGE}\n")["Tides"]


@pytest.mark.parametrize(
    ("above", "below", "sentence"),
    [
        ("Let's read what the port measures with `read_tides()`, as seen in {prf:ref}`exm-read`.", "",
         "Let’s read what the port measures with read_tides(), as seen in Example 1.1"),
        ("The function `read_tides()` reads what the port measures. The code is seen in {prf:ref}`exm-read`.", "",
         "The function read_tides() reads what the port measures"),
        ("The port is a place of ships.", "The result of {prf:ref}`exm-read` is a table of what the port measures.",
         "The result of Example 1.1 is a table of what the port measures"),
        ("The function `read_tides()` reads what the port measures and what others measure, though never on days of "
         "storms or fogs, nor on those on which nobody is at the port to read what its gauge shows. "
         "What `head()` gives are the first rows.", "", "What head() gives are the first rows"),
    ],
)  # fmt: skip
def test_code_with_a_number_stands_with_the_sentence_that_speaks_of_it(
    book: Book, above: str, below: str, sentence: str
) -> None:
    box = ["Example 1.1", *CODE.split("\n")]
    points = points_of(book, f"{above}\n\n{BOX.format(code=CODE)}\n\n{below}")
    assert points[:5] == [above.rstrip("."), *box, sentence] if below else points[:4] == [sentence, *box]


@pytest.mark.parametrize(
    "code",
    [CODE, "library(tides)", "\n".join(f"read_tides({n})" for n in range(12))],
    ids=["nobody speaks of it", "set-up", "longer than a slide"],
)
def test_code_with_a_number_is_left_to_the_page(book: Book, code: str) -> None:
    above = "The port is a place of ships." if code == CODE else "Let's use `read_tides()` of {prf:ref}`exm-read`."
    assert not any("(" in point for point in points_of(book, f"{above}\n\n{BOX.format(code=code)}"))


def test_of_a_box_with_code_and_its_result_the_result_is_shown(book: Book) -> None:
    table = "```{table} Tides of the port\n| day | tide |\n|---|---|\n| 1 | high |\n```"
    box = f"::::{{prf:example}}\n:label: exm-read\n\n```r\n{CODE}\n```\n\n{table}\n::::"
    points = points_of(book, f"The port is a place of ships.\n\n{box}")
    assert any("Tides of the port" in point for point in points)
    assert not any("(" in point for point in points)


def test_a_long_definition_gives_a_sentence_of_each_of_its_paragraphs(book: Book) -> None:
    long = " ".join(f"word{n}" for n in range(30))
    box = f"```{{prf:definition}}\nA gauge is a help. It is {long}.\n\nA storm is a wind. It is {long}.\n```"
    assert points_of(book, box)[:2] == ["A gauge is a help", "A storm is a wind"]
