"""Formulas of automatic decks below the sentences that lead to them, and sentences that say nothing on a slide."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from lxml import etree
from pptx.slide import Slide
from unmarked import FILLING, decks, shown, uncounted

from builder.deck.suggestions.chunks import Chunk, slides_of
from builder.deck.suggestions.code import lines_that_matter

from conftest import Book, titles

LAWS = """# Sea

## Tides

The height of the tide is given by

$$
{first}
$$ (eq-height)

The speed of the tide is given by

$$
{second}
$$ (eq-speed)

The force of the tide is given by

$$
{third}
$$ (eq-force)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "slides"),
    [
        ("h = A", 1),
        (r"\begin{equation} h = A \end{equation}", 1),
        (r"\begin{aligned} h &= A \\ \end{aligned}", 1),
        (r"\begin{aligned} h &= A \\ &= B \\ &= C \end{aligned}", 2),
    ],
)
def test_formulas_of_three_lines_in_all_share_a_slide_each_below_its_sentence(
    book: Book, first: str, slides: int
) -> None:
    chapter = LAWS.format(first=first, second="v = B", third="F = C") + f"\n## Filled\n\n{FILLING}\n"
    before, _applied, _after = decks(book, "en", "chapter.md", chapter)
    deck = before.deck()
    assert [uncounted(title) for title in titles(deck)].count("Tides") == slides
    leads = [
        paragraph.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        if "given by" in paragraph.text
    ]
    assert leads == [f"The {name} of the tide is given by" for name in ("height", "speed", "force")]


EXAMPLE = """# Sea

## Tides

The height of the tide is given by

$$
h = A
$$

{lead}

$$
h = 7
$$ (eq-seven)

This can be written as

$$
7 = h
$$ (eq-written)
"""


@pytest.mark.parametrize(
    ("lead", "shown", "formulas"),
    [
        ("Here is an example of its use", None, 1),
        ("A spring tide has a height of its own. Here is an example", "A spring tide has a height of its own", 3),
        ("The " + "very " * 30 + "high tide is", None, 2),
        ("The height of a spring tide is", "The height of a spring tide is", 3),
    ],
)
def test_no_formula_stands_below_words_that_only_lead_to_an_example_nor_goes_on_from_one_left_out(
    book: Book, lead: str, shown: str | None, formulas: int
) -> None:
    book.write("chapter.md", EXAMPLE.format(lead=lead) + f"\n## Filled\n\n{FILLING}\n")
    patch = book.call("suggest").out
    assert len(re.findall(r"^\+\{(?:\.next-slide )?\.slide[^}]*\}\n \$\$", patch, re.MULTILINE)) == formulas
    assert "[Here" not in patch
    assert shown is None or f"[{shown}" in patch


@pytest.mark.parametrize(
    "piece",
    [
        "Tides of the harbour are listed at https://tides.example.org for all ports.",
        "import tides as td",
        "TODO: the main tide of the sea is described.",
        "The main tide of the sea is known [@tide2019].",
        "Imagine that the main tide of the sea is high.",
        "The second main tide of the sea is high.",
        "In the harbour, this tide is the main wave of the sea.",
        "`read(tide)` `write(tide)` `move(tide, height)` `close(tide)`.",
        "read_tides, write_tides and tides of the harbour)",
        "We will see. The main tide of the sea is known to all as either",
    ],
)
def test_an_address_and_a_piece_of_code_are_no_points(book: Book, piece: str) -> None:
    section = f"# Sea\n\n## Tides\n\nThe tide is the main wave of the sea.\n\n{piece}\n\n## Filled\n\n{FILLING}\n"
    assert shown(book, section)["Tides"][:2] == ["The tide is the main wave of the sea", "Sea"]


def test_what_goes_on_behind_a_formula_is_no_point(book: Book) -> None:
    formula = "The height of the tide is given by\n\n$$\nh = A\n$$\n\nis the main law of the tide."
    below = "A gauge is the main help of the port."
    points = shown(book, f"# Sea\n\n## Tides\n\n{formula}\n\n{below}\n\n## Filled\n\n{FILLING}\n")["Tides"]
    assert "A gauge is the main help of the port" in points
    assert not any("main law" in point for point in points)


def test_a_section_with_one_short_formula_has_points_of_its_text_too(book: Book) -> None:
    formula = "The height of the tide is given by\n\n$$\nh = A\n$$"
    text = "Any gauge does.\n\nAny port does. Sailors of the coast talk at length with people of the harbour office."
    points = shown(book, f"# Sea\n\n## Tides\n\n{formula}\n\n{text}\n\n## Filled\n\n{FILLING}\n")["Tides"]
    assert "The height of the tide is given by" in points
    assert "Sailors of the coast talk at length with people of the harbour office" in points


@pytest.mark.parametrize(("words", "room", "slides"), [(12, 0, 1), (20, 0, 2), (12, 1, 1), (17, 3, 2)])
def test_a_slide_of_few_words_that_leaves_room_joins_the_one_before(words: int, room: int, slides: int) -> None:
    text = Chunk(nodes.paragraph(), (), words=28, points=2)
    few = Chunk(nodes.paragraph(), (), words=words, points=2, visuals=room)
    assert len(slides_of([text, few])) == slides


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("from sea import (tide,\n    wave)\n\nread(tide)", (4, 4)),
        ("from sea import (tide,\n    wave)", None),
        (">>> from sea import tide\n...\n>>> read(tide)", (3, 3)),
        (">>> from sea import tide\n>>> %psource tide", None),
        ("HTML(filename='style.html')\nread(tide)", (2, 2)),
        ("# the tide (of the sea\nread(tide)", (2, 2)),
        ("heights = read(\n    tide)\nplt.plot(heights,\n    color=blue)", (1, 2)),
    ],
)
def test_lines_that_go_on_with_set_up_do_not_matter(code: str, lines: tuple[int, int] | None) -> None:
    assert lines_that_matter(code, ()) == lines


@pytest.mark.parametrize(
    ("code", "names", "lines"),
    [
        ("@gauge\ndef read(port):\n    return port", ("read",), (1, 3)),
        ("@gauge\ndef read():\n    pass\n\n\n@gauge\ndef other():\n    pass", ("read",), (1, 3)),
        ("@gauge\ndef read():\n    pass\n\n\n@gauge\ndef other():\n    pass", ("gauge",), (1, 8)),
        ("def read():\n    pass\n\n\n@gauge\ndef other():\n" + 9 * "    pass\n", ("read", "gauge"), (1, 2)),
        ("read(\n    port,\n)\nother()", ("read",), (1, 3)),
        ("while (read()) {\n    wait();\n}\nother();", ("read",), (1, 3)),
        ("ask(\n  port,\n  read = 1\n)\nother()", ("read",), (1, 4)),
        ("ask(port,\n    read=1,\n    to=')')\nother()", ("read",), (1, 3)),
        ("read(port)\n\ngauge = ask(\n" + 9 * "  port,\n" + ")", ("read", "gauge"), (1, 1)),
        ("ask(\n" + 12 * "  port,\n" + "  read = 1\n)", ("read",), None),
        ("if (port)\n{\n    read();\n}\nother();", ("port",), (1, 4)),
        ("if (port)\n{\n    wait();\n}\nelse\n{\n    read();\n}\nother();", ("else",), (1, 8)),
        ("if port:\n    wait()\nelse:\n    read()\nother()", ("else",), (1, 4)),
        ("try {\n  read();\n} catch (e) {\n  wait();\n}\nother();", ("catch",), (1, 5)),
    ],
)
def test_lines_that_the_text_talks_of_are_whole_statements(
    code: str, names: tuple[str, ...], lines: tuple[int, int] | None
) -> None:
    rest = "\n" + "\n".join(f"wait({number})" for number in range(12))
    assert lines_that_matter(code + rest, names) == lines


@pytest.mark.parametrize("lines", [2, 30])
def test_code_stands_below_the_item_that_leads_to_it_or_neither_is_shown(book: Book, lines: int) -> None:
    code = "\n".join(f"gauge.read({n})" for n in range(lines))
    step = f"3. Read it twice a day:\n\n```python\n{code}\n```"
    steps = f"1. Open the port.\n2. Ask the pilot.\n\nThe tide is the main wave.\n\n{step}"
    chapter = f"# Sea\n\n## Tides\n\n{steps}\n\n## Filled\n\n{FILLING}\n"
    before, _applied, _after = decks(book, "en", "chapter.md", chapter)
    found = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in before.deck().slides
    ]
    with_item = [texts for texts in found if any("Read it twice" in text for text in texts)]
    assert len(with_item) == (lines == 2)
    assert all(any("gauge.read(1)" in text for text in texts) for texts in with_item)


@pytest.mark.parametrize("below", ["where we have also set\n\n$$\nA = B\n$$", "where the port is high."])
def test_words_below_a_formula_that_lead_to_another_one_do_not_stand_with_it(book: Book, below: str) -> None:
    text = f"The height of the tide is known from the law\n\n$$\nh(t) = A\n$$\n\n{below}"
    points = shown(book, f"# Sea\n\n## Tides\n\n{text}\n")["Tides"]
    assert "The height of the tide is known from the law" in points
    assert any(point.startswith("Where") for point in points) == ("port" in below)


def test_words_that_go_on_behind_code_lead_to_no_list(book: Book) -> None:
    code, items = "```python\ntide\n```", "- height of it\n- hour of it\n- port of it"
    text = f"The main tide is an object called\n\n{code}\n\nis a table of the sea with these:\n\n{items}"
    points = shown(book, f"# Sea\n\n## Tides\n\n{text}\n\nA gauge is the main help of the port.\n")["Tides"]
    assert not any(point.startswith(("Is a table", "is a table", "Height", "height")) for point in points)


def test_a_reason_behind_another_one_is_no_clause_of_its_own(book: Book) -> None:
    text = "Because the main gauge of the port needs to know how much of the sea there is, since the tide is its law."
    points = shown(book, f"# Sea\n\n## Tides\n\n{text} A gauge is the main help of the port.\n")["Tides"]
    assert not any("Since the tide" in point for point in points)


@pytest.mark.parametrize(("lines", "stop", "gap"), [(2, "", "\n"), (2, ".", "\n"), (30, "", "\n"), (2, "", "")])
def test_code_between_steps_stands_below_its_step_or_neither_is_shown(
    book: Book, lines: int, stop: str, gap: str
) -> None:
    """A list that code interrupts is one of single items each time; no mark can stand right below an item."""
    code = "\n".join(f"gauge.read({n})" for n in range(lines))
    steps = "".join(
        f"1. {step}{stop}\n{gap}```python\n{code}\n```\n" for step in ("Open the gauge", "Then read the gauge")
    )
    chapter = f"# Sea\n\n## Tides\n\nThe tide is the main wave.\n\n{steps}\n## Filled\n\n{FILLING}\n"
    slides = decks(book, "en", "chapter.md", chapter)[0].deck().slides
    texts = ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
    for step in ("Open the gauge", "Then read the gauge"):
        assert [("gauge.read(1)" in text) for text in texts if step in text] == [True] * (lines == 2 and gap == "\n")


def test_bold_words_that_several_paragraphs_begin_with_are_no_point_by_themselves(book: Book) -> None:
    long = "stand where nobody who goes by the harbour in the morning sees them, and where the ships that come at night"
    terms = ("Key idea", "Gauge", "Key idea")
    text = "\n\n".join(f"**{term}.** The {n} {long} {long} find them again." for n, term in enumerate(terms))
    points = [
        point.rstrip(".") for point in shown(book, f"# Sea\n\n## Tides\n\n{text}\n\n## Filled\n\n{FILLING}\n")["Tides"]
    ]
    assert "Gauge" in points
    assert "Key idea" not in points


def test_two_that_begin_in_one_paragraph_leave_no_heading_alone(book: Book) -> None:
    found = shown(
        book,
        "# Series\n\n## What is a series?\n\n"
        "In this library, series are objects that can contain one or more elements (like a list).\n"
        "They are a single column, are ordered, and can be indexed by their labels.\n"
        "You can create a series using the function. For example, to create the series `region` as shown\n"
        "in {ref}`the picture <fig-a>`, you can write the following.\n\n"
        '```python\nimport pandas as pd\n\nregion = pd.Series(["Toronto", "Montreal", "Vancouver"])\nregion\n```\n\n'
        "```{figure} map.svg\n:name: fig-a\n:alt: A column\n\nExample of a series.\n```\n",
    )
    assert "To create the series region" in " ".join(found["What is a series?"])


def formulas_on(slide: Slide) -> int:
    """How many formulas stand on a slide by themselves: each as Office math, and as a picture."""
    return etree.tostring(slide._element).count(b'name="Equation"') // 2


def test_a_formula_between_single_dollar_signs_on_lines_of_its_own_is_one_like_others(book: Book) -> None:
    formula = "The height of the tide is defined as\n\n$\nh(t) = A\n$\n\nwhere $A$ is how high it is."
    deck = decks(book, "en", "chapter.md", f"# Sea\n\n## Tides\n\n{formula}\n\n## Filled\n\n{FILLING}\n")[0].deck()
    assert "The height of the tide is defined as" in "".join(s.text for s in deck.slides[1].shapes if s.has_text_frame)
    assert formulas_on(deck.slides[1]) == 1


def test_a_formula_below_the_item_of_a_list_stands_on_its_slide(book: Book) -> None:
    """Also where no blank line parts the list from the words above it."""
    items = (
        "Tides have two laws, and each of them has a name:\n1. The height is known from the moon as:\n\n$$\nh = A\n$$"
    )
    items += "\n\n2. The speed is known from the shore as:\n\n$$\nv = B\n$$\n"
    deck = decks(book, "en", "chapter.md", f"# Sea\n\n## Tides\n\n{items}\n## Filled\n\n{FILLING}\n")[0].deck()
    assert sum(map(formulas_on, deck.slides)) == 2


def test_what_readers_of_the_web_page_are_to_click_is_no_point(book: Book) -> None:
    text = "Click the rocket to run the code of this page. The tide follows the moon with a delay of some hours."
    points = shown(book, f"# Sea\n\n## Tides\n\n{text}\n")["Tides"]
    assert any("follows the moon" in point for point in points)
    assert not any("rocket" in point for point in points)


def test_a_page_in_a_frame_is_on_no_slide_that_nobody_marked(book: Book) -> None:
    frame = '<iframe src="_static/tides.html" aria-label="Tides of a year"></iframe>'
    points = shown(book, f"# Sea\n\n## Tides\n\nThe tide follows the moon with a delay.\n\n{frame}\n")["Tides"]
    assert not any("tides.html" in point for point in points)


def test_words_that_lead_to_a_list_stay_with_it_in_notes_for_slides(book: Book) -> None:
    """Also where both have more words than other blocks that share a slide, and further ones follow."""
    lead = f"{'Many words lead to what this chapter shows. ' * 4}You will learn the following:"
    items = "\n".join(
        f"- Formulate program {name} of a problem in words, and solve it" for name in ("one", "two", "three")
    )
    more = "Parts of this chapter are optional, as is said at the top of each page."
    deck = book.build(f"# Sea\n\n{lead}\n\n{items}\n\n{more}\n", "--to", "pptx").deck()
    first = " ".join(shape.text for shape in deck.slides[1].shapes if shape.has_text_frame)
    assert "You will learn the following" in first
    assert "program three" in first
    assert "optional" not in first


def test_a_table_below_words_that_end_with_dollar_signs_is_marked_behind_a_blank_line(book: Book) -> None:
    words = "The height of the tide is known to all:\n$$\nh = A\n$$\n"
    applied = decks(book, "en", "chapter.md", f"# Sea\n\n## Tides\n\n{words}| a | b |\n|---|---|\n| 1 | 2 |\n")[1]
    assert applied.status == 0
    assert "$$\n\n{.slide}\n| a |" in (book.folder / "chapter.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("below", "led_to"),
    [
        ("1. The pilot reads the gauge.\n   2. The port writes it down.", "The pilot reads the gauge"),
        ("The pilot reads the gauge.", "The pilot reads the gauge"),
        ("```python\n   read()\n   ```", None),
    ],
    ids=["numbered items", "a paragraph", "code"],
)
def test_an_item_that_ends_with_a_colon_has_what_it_leads_to_or_is_no_point(
    book: Book, below: str, led_to: str | None
) -> None:
    long = "The {} is read at night. Nobody else in the whole of the old harbour knows of it in the morning."
    items = f"- In each hour of the night:\n\n   {below}\n" + "".join(
        f"- {long.format(n)}\n" for n in ("log", "map", "bell")
    )
    chapter = f"# Sea\n\n## Tides\n\n{items}\n## Filled\n\n{FILLING}\n"
    slides = decks(book, "en", "chapter.md", chapter)[0].deck().slides
    bodies = [shape.text_frame for slide in slides for shape in slide.shapes if shape.has_text_frame]
    points = [paragraph.text.rstrip(".:") for body in bodies for paragraph in body.paragraphs]
    assert ("In each hour of the night" in points) == (led_to is not None)
    assert led_to is None or points[points.index("In each hour of the night") + 1] == led_to


CALLS = """# Sea

## Tides

The height is found by `height`:

```python
{first}
```

The speed is found by `speed`:

```python
speed(h)
```

{box}
"""
NOTE = "```{{note}}\n{words}\n```"
WORDS = "An important example of the tide is in the files of the port"


@pytest.mark.parametrize(
    ("first", "box", "slides"),
    [
        ("height(moon)", "", 1),
        ("height(moon)", NOTE.format(words=f"{WORDS}."), 1),
        ("height(moon)", NOTE.format(words=f"{WORDS}, {WORDS.lower()}, {WORDS.lower()}."), 2),
        ("\n".join(f"height({n})" for n in range(8)), "", 2),
    ],
    ids=["two calls", "and a short note", "and a long note", "long code"],
)
def test_code_and_boxes_of_few_lines_share_a_slide_each_below_its_sentence(
    book: Book, first: str, box: str, slides: int
) -> None:
    chapter = CALLS.format(first=first, box=box) + f"\n## Filled\n\n{FILLING}\n"
    before, _applied, _after = decks(book, "en", "chapter.md", chapter)
    deck = before.deck()
    assert [uncounted(title) for title in titles(deck)].count("Tides") == slides
    texts = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert ("important example" in texts) == bool(box)


@pytest.mark.parametrize(
    ("above", "between", "formulas"),
    [
        ("The height and the speed of the tide are given by", "", 2),
        ("High tide", "can be written with the speed of the wave as", 0),
        ("High tide", "the height of the wave can be written with its speed as", 1),
        ("The height of the tide is given by", "and can be written with the speed of the wave as", 2),
    ],
    ids=["of one sentence", "goes on from one left out", "names what it is of", "goes on from one shown"],
)
def test_a_formula_stands_below_another_that_belongs_to_it_and_not_without_that(
    book: Book, above: str, between: str, formulas: int
) -> None:
    text = f"{above}\n\n$$\nh = A.\n$$\n\n{between}\n\n$$\nv = B\n$$"
    book.write("chapter.md", f"# Sea\n\n## Tides\n\n{text}\n\n## Filled\n\n{FILLING}\n")
    assert len(re.findall(r"^\+\{[^}]*\.slide[^}]*\}\n \$\$", book.call("suggest").out, re.MULTILINE)) == formulas


@pytest.mark.parametrize(
    ("hint", "lead"),
    [
        ("The tide of the port is read with `read_tides`. (Hint: use `read_tides` of the port.)",
         "The tide of the port is read with read_tides"),
        ("(Hint: use `read_tides` of the port.)", None),
    ],
)  # fmt: skip
def test_no_hint_in_brackets_leads_to_code(book: Book, hint: str, lead: str | None) -> None:
    points = shown(book, f"# Sea\n\n## Tides\n\n{hint}\n\n```python\nread_tides(3)\n```\n\nA port is a place of ships.")
    assert not any("Hint" in point for point in points["Tides"])
    assert ("read_tides(3)" in points["Tides"]) is (lead is not None)
    assert lead is None or lead in points["Tides"]
