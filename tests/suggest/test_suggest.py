"""Chapters that nobody marked: what their decks show, and that the marks of `builder suggest` say the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from unmarked import FILLING, decks, shown, uncounted

from builder.commands.pull.project import ProjectCopy
from builder.commands.suggest import run
from builder.deck.suggestions.cues import cues_of

from conftest import SVG, Book, Result, bullets, titles


def words_of(deck: Any) -> str:
    """All that stands on slides."""
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(shape.text_frame.text for shape in shapes)


ENGLISH = """# Tides

The tide is the rise and fall of the sea. *Spring tides* are the highest ones, since moon and sun then pull together.
We will come to storms later. However, the wind matters as well.

```{figure} map.svg
:name: fig-map

Where the gauges stand
```

{numref}`fig-map` shows the gauges. It was drawn by hand.

## Height

The height of a tide depends on the moon, which is nearer in some months. The height is given by

$$
h = A \\cos(\\omega t)
$$ (eq-height)

where $A$ is the amplitude and $t$ the time.

Gauges are read in three ways:

- by eye
- by a float
- by `radar`

About 40 gauges are read every hour, and not fewer than ten of them by a float that was built before the war.

```python
import numpy as np
heights = [gauge.read() for gauge in gauges]
```

## Glossary

Tide
: The sea.
"""
GERMAN = """# Gezeiten

Die Gezeiten sind das Steigen und Fallen des Meeres. Eine *Springflut* heißt die höchste Flut, weil der Mond hilft.
Am 3. Oktober 1932 wurde der Pegel z. B. dreimal gelesen. Dies war neu. Außerdem ist der Wind wichtig für die Höhe.
"""
RUSSIAN = """# Приливы

Приливом называется подъём воды в море. Однако **отлив** важен тоже. В 1932 г. уровень измеряли три раза в день.
Это было ново. Высота прилива зависит от Луны, потому что она ближе.
"""
MONGOLIAN = """# Түрлэг

Далайн усны түвшин нэмэгдэхийг түрлэг гэж нэрлэдэг. Түрлэгийн өндөр нь сарнаас хамаарах тул чухал юм.
Энэ нь шинэ байв. Салхи мөн адил **нөлөөлдөг** гэдгийг судлаачид 1932 онд тогтоожээ.
"""
JAPANESE = """# 潮汐

潮汐とは海面の高さが変わる現象である。満潮は月の引力が強いときに**最も高く**なる。これは新しい。
高さは観測所で一時間ごとに測定され、記録は重要な資料として保存される。
"""
REST = """Tides
=====

The tide is the rise and fall of the sea. *Spring tides* are the highest ones, since moon and sun then pull together.
The sea is read with ``gauge.read()`` in every port of the island.

.. figure:: map.svg
   :name: fig-map

   Where the gauges stand

Height
------

The height of a tide is given by

.. math::
   :label: eq-height

   h = A \\cos(t)

Gauges are read in three ways:

* by eye
* by a float
* by radar
"""
QUOTED = """Tides
=====

The tide is the rise and fall of the sea. Its rule is best said by a sailor:

    *The sea waits for no man, and for no woman.* (A sailor of the north)

.. _fig-gauges:
.. figure:: map.svg

   Where the gauges stand

The harbour is the main place of gauges.

.. epigraph::

   Who reads no gauge must wait on the quay.
"""
LONG = {
    "english": ("en", "chapter.md", ENGLISH),
    "german": ("de", "chapter.md", GERMAN),
    "russian": ("ru", "chapter.md", RUSSIAN),
    "mongolian": ("mn", "chapter.md", MONGOLIAN),
    "japanese": ("ja", "chapter.md", JAPANESE),
    "rest": ("en", "chapter.rst", REST),
    "quoted": ("en", "chapter.rst", QUOTED),
    "crlf": ("en", "chapter.md", ENGLISH.replace("\n", "\r\n")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("is_long", [False, True])
def test_the_deck_is_the_same_before_and_after_the_marks_are_written(book: Book, name: str, is_long: bool) -> None:
    language, path, chapter = LONG[name]
    more = f"\n\n{FILLING}\n" if is_long else ""
    whole = chapter + (more.replace("\n", "\r\n") if "\r" in chapter else more)
    before, applied, after = decks(book, language, path, whole)
    text = (book.folder / path).read_text(encoding="utf-8")
    assert ("rst-class:: slide" if path.endswith(".rst") else "{.slide}") in text
    assert "decks are as they were" in applied.errors
    assert re.sub(r":\d+:", "", after.errors) == re.sub(r":\d+:", "", before.errors)
    assert book.call("suggest").out == ""


@pytest.mark.parametrize(
    ("name", "directive"),
    [("chapter.md", "```{include} parts/rows.txt\n```"), ("chapter.rst", ".. include:: parts/rows.txt")],
)
def test_what_a_chapter_includes_is_shown_and_marked_in_its_own_file(book: Book, name: str, directive: str) -> None:
    heading = "## Rows" if name.endswith(".md") else "Rows\n----"
    part = f"{heading}\n\nA row of stones is a sum that grows by one. Each row is longer than the last one.\n"
    book.write("parts/rows.txt", part)
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('exclude_patterns = ["_build", "parts"]\n')
    top = "# Sums" if name.endswith(".md") else "Sums\n===="
    before, applied, _ = decks(book, "en", name, f"{top}\n\n{directive}\n\n{FILLING}\n")
    assert "A row of stones is a sum that grows by one" in words_of(before.deck())
    mark = "{.slide}\n## Rows" if name.endswith(".md") else ".. rst-class:: slide\n\nRows\n----"
    assert (book.folder / "parts/rows.txt").read_text().startswith(mark)
    assert "parts/rows.txt" in applied.errors


@pytest.mark.parametrize("options", ["   :start-after: BEGIN", "   :start-line: 12"])
def test_an_excerpt_of_restructuredtext_is_marked_in_its_lines(book: Book, options: str) -> None:
    """docutils counts its lines from where it begins."""
    words = "A tide is a rise of the sea that the moon causes twice a day."
    end = "The moon is the main cause of the tides on every coast."
    part = f"Tides\n-----\n\n{words}\n\n- Rise of the sea\n- Fall of the sea\n- Rest of the sea\n\n{end}\n"
    head = "\n\n".join(["Notes", "of", "those", "who", "wrote", ".. BEGIN"])
    (book.folder / "parts").mkdir()
    (book.folder / "parts/rows.txt").write_bytes(f"{head}\n\n{part}".replace("\n", "\r\n").encode())
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('exclude_patterns = ["_build", "parts"]\n')
    directive = f".. include:: parts/rows.txt\n{options}"
    chapter = f"Sums\n====\n\n{words}\n\n- One sea\n- Two seas\n\n{end}\n\n{directive}\n"
    _, applied, _ = decks(book, "en", "chapter.rst", chapter)
    assert "parts/rows.txt" in applied.errors
    written = (book.folder / "parts/rows.txt").read_bytes().decode()
    assert ".. rst-class:: slide\r\n\r\nTides\r\n-----" in written
    assert ".. rst-class:: slide\r\n\r\n- Rise of the sea\r\n- Fall" in written
    assert "\n" not in written.replace("\r\n", "")


def test_what_is_included_twice_has_no_place_for_marks(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('exclude_patterns = ["_build", "parts"]\n')
    book.write("parts/rows.txt", "A row of stones is a sum that grows by one.\n")
    part = "```{include} parts/rows.txt\n```"
    before, _, _ = decks(book, "en", "chapter.md", f"# Sums\n\n## One\n\n{part}\n\n## Two\n\n{part}\n\n{FILLING}\n")
    assert "A row of stones" not in words_of(before.deck())
    assert (book.folder / "parts/rows.txt").read_text() == "A row of stones is a sum that grows by one.\n"


def test_an_included_file_that_is_not_utf_8_has_no_place_for_marks(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('exclude_patterns = ["_build", "parts"]\n')
    (book.folder / "parts").mkdir()
    (book.folder / "parts/rows.md").write_bytes("A row of stones is a sum, says Gauß.\n".encode("latin-1"))
    part = "```{include} parts/rows.md\n:encoding: latin-1\n```"
    before, _, _ = decks(book, "en", "chapter.md", f"# Sums\n\n{part}\n\n{FILLING}\n")
    assert "A row of stones" not in words_of(before.deck())


@pytest.mark.parametrize(
    "others", [{"parts/rows.md": ""}, {"other.md": "# Other\n\n```{include} parts/rows.md\n```\n"}]
)
def test_what_is_a_document_or_a_part_of_another_has_no_place_for_marks(book: Book, others: dict[str, str]) -> None:
    if "other.md" in others:
        with (book.folder / "conf.py").open("a") as conf:
            conf.write('exclude_patterns = ["_build", "parts"]\n')
    part = "# Rows\n\nA row of stones is a sum that grows by one. It is true, and has a proof without words.\n"
    for name, text in ({"parts/rows.md": part} | {name: text or part for name, text in others.items()}).items():
        book.write(name, text)
    book.write(
        "index.md", "# Book\n\n```{toctree}\nchapter\n" + ("" if "other.md" in others else "parts/rows\n") + "```\n"
    )
    chapter = f"# Sums\n\n```{{include}} parts/rows.md\n```\n\n{FILLING}\n"
    before, applied, _ = decks(book, "en", "chapter.md", chapter)
    assert "A row of stones" not in words_of(before.deck())
    assert ("rows: other documents include it" in applied.errors) == ("other.md" not in others)
    assert (book.folder / "parts/rows.md").read_text() == part


def test_a_heading_between_two_lines_is_marked_above_both_however_short_they_are(book: Book) -> None:
    book.write("chapter.rst", f"{QUOTED}\n**\n It\n**\n\n{FILLING}\n")
    assert book.call("suggest", "--apply").status == 0
    assert "\n.. rst-class:: slide\n\n**\n It\n**\n" in (book.folder / "chapter.rst").read_text()


def test_a_line_of_wide_spaces_is_no_blank_one_for_marks(book: Book) -> None:
    wide = "\u2003\n"
    source = f"# Sea\n\n## Tides\n\nA tide is the rise of water.\n\n{wide}## Ports\n\n- A quay\n- A crane\n{wide}"
    _before, applied, _after = decks(book, "en", "chapter.md", f"{source}\n## Gales\n\n{FILLING}\n")
    assert "another one" not in applied.errors
    assert f"{wide}\n{{.point}}\n## Ports" in (book.folder / "chapter.md").read_text()


def test_a_quotation_by_its_indentation_and_a_figure_right_below_its_target_are_shown(book: Book) -> None:
    book.write("map.svg", SVG)
    book.write("chapter.rst", f"{QUOTED}\nFilled\n------\n\n{FILLING}\n")
    assert book.call("suggest", "--apply").status == 0
    text = (book.folder / "chapter.rst").read_text()
    assert "\n.. rst-class:: slide\n\n..\n\n    *The sea waits" in text
    assert "\n.. _fig-gauges:\n.. rst-class:: slide next-slide\n\n.. figure:: map.svg\n" in text


def test_pictures_that_one_directive_makes_are_not_marked_since_a_mark_above_is_for_all(book: Book) -> None:
    pictures = ".. raw:: html\n\n   <p><img src='map.svg' alt='One'></p>\n\n   <p><img src='map.svg' alt='Two'></p>\n"
    _before, applied, _after = decks(book, "en", "chapter.rst", f"{REST}\n{pictures}\n{FILLING}\n")
    text = (book.folder / "chapter.rst").read_text()
    assert ".. rst-class:: slide\n\n.. raw::" not in text
    assert "decks are as they were" in applied.errors


def test_what_an_english_chapter_shows(book: Book) -> None:
    found = shown(book, ENGLISH)
    assert "The tide is the rise and fall of the sea" in found["Tides"]
    assert "Spring tides are the highest ones, since moon and sun then pull together" in found["Tides"]
    assert "Figure 1.1 shows the gauges" in found["Tides"]
    assert not any("We will" in point or point.startswith("It was") for point in found["Tides"])
    assert "The height is given by" in found["Height"]
    assert "Glossary" not in found


def test_what_is_cut_away_holds_no_number_and_no_qualification(book: Book) -> None:
    points = shown(
        book,
        "# One\n\n## Two\n\nThe bridge is called a viaduct, which was built by 300 men. The bridge is the main way, "
        "although not in winter.\n\nThe bridge is important, which everybody in the village knows well enough by now "
        "since the day on which the mayor opened it with a speech (a long one).\n",
    )["Two"]
    assert "The bridge is called a viaduct, which was built by 300 men" in points
    assert "The bridge is the main way, although not in winter" in points
    assert "The bridge is important" in points


@pytest.mark.parametrize(
    ("language", "lost"),
    [
        ("en", " (excluding the steps of guests)"), ("en", ", which critics dispute"), ("en", ", which experts argue"),
        ("en", " (apart from ferries)"), ("en", " (plus fees)"),
        ("de", " (ausgenommen sind Boote)"), ("de", ", wobei Zeugen das bestreiten"),
    ],
)  # fmt: skip
def test_exceptions_and_disputes_are_qualifications(language: str, lost: str) -> None:
    assert cues_of(language).qualifiers.search(lost)


@pytest.mark.parametrize(
    "sentence",
    ["What we'll derive", "What we’ll derive", "As the next figure illustrates", "I start by plotting the function"],
)
def test_what_tells_of_the_lecture_is_known_with_any_apostrophe(sentence: str) -> None:
    assert cues_of("en").narration.search(sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "You get the idea."), ("en", "Let’s move on to the tides."), ("es", "¡Pasemos a las mareas!"),
        ("es", "Exploremos su uso."), ("ru", "Начнем с приливов."), ("fr", "Passons aux marées."),
        ("nl", "Aan de slag."),
    ],
)  # fmt: skip
def test_what_moves_on_is_no_statement(language: str, sentence: str) -> None:
    assert cues_of(language).narration.search(sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Planets move on elliptical orbits."), ("en", "If enough of the voters abstain, the vote is void."),
        ("de", "Das Stück hatte viel Erfolg."), ("de", "Die Zahl wuchs weiter mit hoher Rate."),
        ("es", "Ella mira el cielo."), ("ru", "Они поехали в Москву."), ("fr", "Nous observons une hausse."),
        ("nl", "Hij wordt gezien als de vader van de natuurkunde."), ("nl", "Hij keerde later terug naar Nederland."),
        ("nl", "In de mijn werd het verdrag besproken."), ("nl", "Later in de eeuw had het stuk veel succes."),
        ("vi", "Mỗi nước có luật của mình."), ("vi", "Mô hình sẽ học các tham số."), ("vi", "Quyển sách ở trên bàn."),
    ],
)  # fmt: skip
def test_ordinary_sentences_do_not_tell_of_the_text(language: str, sentence: str) -> None:
    assert not cues_of(language).narration.search(sentence)


@pytest.mark.parametrize("sentence", ["Hình vuông có bốn cạnh.", "Hình học là toán.", "Bảng chữ cái có 29 chữ."])
def test_a_word_of_several_syllables_is_no_reference_to_a_figure(sentence: str) -> None:
    cues = cues_of("vi")
    assert not any(one.match(sentence) for one in (cues.pointing, cues.remote, cues.pictured))
    assert all(one.match("Hình 12.3 cho thấy đồ thị.") for one in (cues.pointing, cues.remote, cues.pictured))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The height of the tide is given by."), ("de", "Die Höhe ist gegeben durch."),
        ("es", "La altura está dada por:"), ("nl", "De hoogte wordt gegeven door."),
    ],
)  # fmt: skip
def test_what_gives_a_formula_leads_to_it(language: str, sentence: str) -> None:
    assert cues_of(language).leads(sentence)


OTHERS = [
    ("de", "Im nächsten Kapitel geht es um Stürme.", "Hierbei hilft der Mond.", "Die Flut folgt dem Mond."),
    ("fr", "Nous verrons les tempêtes.", "Ceux-ci sont rares.", "La marée suit la lune."),
    ("es", "La siguiente figura lo explica.", "Asimismo hay viento.", "La marea sigue a la luna."),
    ("pt", "No próximo capítulo falamos de tempestades.", "Nesse caso há vento.", "A maré segue a lua."),
    ("it", "Come abbiamo visto, il mare sale.", "Quest'ultimo è raro.", "La marea segue la luna."),
    ("ru", "В следующей главе речь о бурях.", "Поэтому вода уходит.", "Прилив выше зимой, а вода холоднее."),
    ("mn", "Дараагийн бүлэгт шуургыг үзнэ.", "Ингэж ус татарна.", "Далайн түрлэг сарыг дагадаг."),
    ("nl", "In het volgende hoofdstuk gaat het over stormen.", "Hierbij helpt de maan.", "Het tij volgt de maan."),
    ("vi", "Trong chương sau, ta nói về bão.", "Vì vậy nước rút.", "Thủy triều theo mặt trăng."),
    ("ja", "次の図は潮位を示す。", "そのため水が引く。", "潮は月に従う。"),
    ("zh", "下一章讲风暴。", "此外还有风。", "潮汐跟随月亮，八成以上来自月球。"),
]


@pytest.mark.parametrize(("language", "narrating", "leaning", "plain"), OTHERS, ids=[row[0] for row in OTHERS])
def test_what_tells_of_the_text_or_leans_on_another_is_known_in_each_language(
    language: str, narrating: str, leaning: str, plain: str
) -> None:
    cues = cues_of(language)
    assert cues.narration.search(narrating)
    assert cues.pointing.match(leaning)
    assert not cues.narration.search(plain)
    assert not cues.pointing.match(plain)


def test_an_article_that_is_also_a_pronoun_keeps_no_sentence_from_being_a_title() -> None:
    untitled = cues_of("de").untitled
    assert untitled.search("Es hält das Wasser")
    assert not untitled.search("Das Wehr hält das Wasser")


def test_a_long_sentence_is_shown_by_its_clause(book: Book) -> None:
    points = shown(book, "# One\n\n## Two\n\nThe old bridge is the main way, because the ferry goes to the far bank.\n")
    assert "The old bridge is the main way" in points["Two"]


@pytest.mark.parametrize(
    "leaning",
    [
        "The licence is CC BY-NC-ND, the main one of the tide.",
        "Equation {eq}`eq-height` is the main law of the sea.",
        "The law {eq}`eq-height` is the main law of the sea.",
        "In this case the tide is the main thing.",
        "Where the tide is high, it is the main thing.",
        "The right plot is the main thing of the tide.",
        "In 1992 it was the main thing of all.",
        "In the port, it is the main thing of all.",
    ],
)
def test_a_sentence_that_leans_on_what_is_not_shown_is_no_point(book: Book, leaning: str) -> None:
    section = f"## Law of tides\n\nThe tide is a wave.\n\n{leaning}\n\n## Height\n"
    points = shown(book, ENGLISH.replace("## Height\n", section))["Law of tides"]
    assert "The tide is a wave" in points
    assert not any("the main" in point for point in points)


def test_a_formula_in_a_sentence_is_one_word_of_its_point(book: Book) -> None:
    sentence = f"The sum of tides is called $s = {' + '.join('abcdefghijklmnopqrstuvwxyz')}$ at sea."
    book.write("chapter.md", f"# One\n\n## Two\n\n{sentence}\n\n## Filled\n\n{FILLING}\n")
    assert f"+[{sentence}]{{.point}}" in book.call("suggest").out


def test_a_sentence_that_leads_to_a_formula_is_no_point_without_it(book: Book) -> None:
    code = "```python\nimport numpy as np\n```"
    section = f"## Law of tides\n\nThe tide is a wave.\n\nThe height is the main of\n\n{code}\n\n## Glossary"
    chapter = ENGLISH.replace("## Glossary", section)
    assert not any("the main of" in point for point in shown(book, chapter)["Law of tides"])


def test_what_changed_in_a_version_is_no_box_of_a_slide(book: Book) -> None:
    change = "```{versionadded} 1.3\nThe tide may be read by radar in all ports.\n```"
    section = f"## Law\n\nThe tide is a wave.\n\n{change}\n\n## Glossary"
    points = [one for points in shown(book, ENGLISH.replace("## Glossary", section)).values() for one in points]
    assert "The tide is a wave" in points
    assert not any("radar" in point for point in points)


LONG_SECTION = """# Sea

## Tides

The tide is the main wave of the sea. Every port of the island knows the hours of it by heart.

```{{figure}} map.svg
Ports
```

{sentence}

```{{figure}} map.svg
Gauges
```
"""
PORTS = "The harbour of the north has the best gauge. It was paid for by the port and by all of its ships in that year."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (PORTS, "The harbour of the north has the best gauge"),
        ("*Spring tides* come at full moon. " + PORTS[45:], "Spring tides come at full moon"),
        ("It is the best gauge of the north.", "Tides"),
        ("The harbour makes that rule the best gauge.", "Tides"),
        ("The height $h$ is the main of the gauge.", "Tides"),
        ("The gauge of the north, which the port and all of its ships paid for, is the best of the sea.", "Tides"),
    ],
)
@pytest.mark.parametrize("ending", ["md", "rst"])
def test_the_sentence_of_a_picture_titles_a_further_slide(book: Book, sentence: str, title: str, ending: str) -> None:
    chapter = LONG_SECTION.format(sentence=sentence) + f"\n## Filled\n\n{FILLING}\n"
    if ending == "rst":
        chapter = in_rest(chapter)
    before, _applied, _after = decks(book, "en", f"chapter.{ending}", chapter)
    tides = [slide for slide in before.deck().slides if any(shape.shape_type == 13 for shape in slide.shapes)]
    assert [uncounted(slide.shapes.title.text) for slide in tides] == ["Tides", title]
    text = (book.folder / f"chapter.{ending}").read_text()
    assert ("{.assertion}" in text or ":assertion:`" in text) == (title != "Tides")


def in_rest(chapter: str) -> str:
    """The same chapter in reStructuredText."""
    chapter = re.sub(r"^# (.*)", r"\1\n=====================", chapter, flags=re.MULTILINE)
    chapter = re.sub(r"^## (.*)", r"\1\n---------------------", chapter, flags=re.MULTILINE)
    chapter = re.sub(r"```\{figure\} (.*)\n(.*)\n```", r".. figure:: \1\n\n   \2", chapter)
    return re.sub(r"\$(\w)\$", r":math:`\1`", chapter)


def test_a_further_slide_of_text_is_titled_by_the_sentence_that_begins_its_paragraph(book: Book) -> None:
    aside = " It was seen by us on that day, and we will come to it in the next chapter, where it is read again" * 2
    places = ("harbour", "wall", "light", "ferry", "market", "bridge", "river", "school")
    text = "\n\n".join(f"The {place} is called the main place of tides.{aside}." for place in places)
    deck = book.build(f"# Sea\n\n## Tides\n\n{text}\n\n## Filled\n\n{FILLING}\n", "--to", "pptx").deck()
    assert titles(deck)[1:3] == ["Tides", "The market is called the main place of tides"]
    shown = [shape.text_frame.text for shape in deck.slides[2].shapes if shape.has_text_frame]
    assert not any("market" in words for words in shown if words != titles(deck)[2])
    assert any(f"The {place}" in words for words in shown for place in places[5:])


LISTED = "# Sea\n\n## Tides\n\nGauges are read in three ways:\n\n{}\n\n" + f"## Filled\n\n{FILLING}\n"


@pytest.mark.parametrize("ending", ["", "\\"], ids=["plain", "line break behind the last line"])
def test_the_items_of_a_list_stand_below_the_sentence_that_leads_to_them(book: Book, ending: str) -> None:
    items = f"- by eye{ending}\n- by `radar` at night{ending}\n- by **float**"
    before, _applied, _after = decks(book, "en", "chapter.md", LISTED.format(items))
    shown = bullets(before.deck().slides[1])
    assert shown == [(1, "Gauges are read in three ways"), (2, "By eye"), (2, "By radar at night"), (2, "By float")]


@pytest.mark.parametrize(
    "items", ["1. by eye\n2. by radar\n3. by float", "- by eye\n- by radar\n\n  at night\n- by float"]
)
def test_a_list_with_numbers_or_with_more_than_a_text_in_an_item_stays_a_block(book: Book, items: str) -> None:
    book.write("chapter.md", LISTED.format(items))
    assert "subpoint" not in book.call("suggest").out
    assert f"+{{.slide}}\n {items[:9]}" in book.call("suggest").out


def test_a_note_or_an_option_alone_leaves_the_rest_as_it_is(book: Book) -> None:
    without = shown(book, ENGLISH)
    note = "```{notes}\nSay hello.\n```\n\nThe height of a tide"
    assert shown(book, ENGLISH.replace("The height of a tide", note, 1)) == without


def test_a_chapter_with_a_mark_shows_marked_sections_only_unless_it_is_asked_for(book: Book) -> None:
    chapter = ENGLISH.replace("The tide is the rise and fall of the sea.", "[The tide]{.point} rises.")
    assert set(shown(book, chapter)) == {"Tides"}
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_plan = "outline"\n')
    found = shown(book, chapter)
    assert "The tide" in found["Tides"]
    assert "The height is given by" in found["Height"]


def test_the_patch_is_shown_and_nothing_is_written(book: Book) -> None:
    book.write("map.svg", SVG)
    book.write("chapter.md", ENGLISH)
    result = book.call("suggest", "chapter.md")
    assert book.call("suggest", ".").out == result.out
    assert "+{.slide}\n # Tides\n" in result.out
    assert "chapter: 2 slides" in result.errors or "chapter: 3 slides" in result.errors
    assert "--apply writes it" in result.errors
    assert (book.folder / "chapter.md").read_text() == ENGLISH


def test_what_myst_lacks_is_asked_for(book: Book) -> None:
    conf = (book.folder / "conf.py").read_text().replace('"attrs_block", ', "")
    book.write("conf.py", conf)
    book.write("map.svg", SVG)
    book.write("chapter.md", ENGLISH)
    result = book.call("suggest", "--apply")
    assert result.status != 0
    assert 'add "attrs_block" to myst_enable_extensions' in result.errors
    assert (book.folder / "chapter.md").read_text() == ENGLISH


@pytest.mark.slow
def test_a_notebook_has_the_deck_and_cannot_be_written(book: Book) -> None:
    pytest.importorskip("myst_nb")
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": GERMAN + FILLING}]
    book.write("conf.py", 'project = "A"\nextensions = ["myst_nb"]\nnb_execution_mode = "off"\nlanguage = "de"\n')
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    book.write("chapter.ipynb", json.dumps(notebook))
    command = [sys.executable, "-m", "builder"]
    done = subprocess.run(
        [*command, "suggest", "--apply"], cwd=book.folder, capture_output=True, text=True, check=False
    )
    assert "a notebook cannot be written into" in done.stderr
    assert done.stdout == ""
    subprocess.run([*command, "build", "-q", "--to", "pptx"], cwd=book.folder, check=True, capture_output=True)
    deck = Result(0, "", "", book.folder).deck()
    points = [text for slide in list(deck.slides)[1:] for _level, text in bullets(slide)]
    assert "Eine Springflut heißt die höchste Flut, weil der Mond hilft" in points


def test_a_bold_term_is_no_point_by_itself_where_little_follows_it_or_it_is_a_number(book: Book) -> None:
    text = "# One\n\n## Methods\n\n**Authors**: *Anna Berg*\n\n**Powell:** Almost a gradient approach.\n\n"
    text += "The simplex works without one.\n\n**1.** Combine the pictures that were taken of the nine patients in the "
    text += (
        "first of the two rooms that were shown above into one array with more dimensions than each of them has:\n\n"
    )
    points = [point.rstrip(":.") for point in shown(book, f"{text}~~~python\nx = 1\n~~~\n")["Methods"]]
    assert not {"Authors", "1"} & {*points}
    assert "Powell: Almost a gradient approach" in points


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "badge"),
    [
        ("chapter.md", "[![Launch it](https://example.org/badge.svg)](https://example.org/launch)\n"),
        ("chapter.rst", ".. image:: https://example.org/badge.svg\n   :target: https://example.org/launch\n"),
    ],
)
def test_badges_are_the_same_words_before_and_after(book: Book, name: str, badge: str) -> None:
    heading = "# Sea\n\n" if name.endswith(".md") else "Sea\n===\n\n"
    before, _applied, _after = decks(book, "en", name, f"{heading}{badge}\nThe sea is a body of water.\n")
    frames = [shape.text_frame for slide in before.deck().slides for shape in slide.shapes if shape.has_text_frame]
    texts = [paragraph.text for frame in frames for paragraph in frame.paragraphs]
    assert "Launch it" in texts or "example.org" in texts


def write_two_chapters(book: Book) -> None:
    book.write("index.md", "# Book\n\n```{toctree}\nchapter\nother\n```\n")
    book.write("chapter.md", f"# Sea\n\n{FILLING}\n")
    book.write("other.md", f"# Land\n\n{FILLING}\n")


def test_a_document_that_marks_give_errors_keeps_only_itself_from_them(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_two_chapters(book)
    whole = ProjectCopy.read

    def read(project: ProjectCopy, texts: dict[Path, str], make: Callable[[Any], Any]) -> Any:
        return None if any(path.name == "other.md" for path in texts) else whole(project, texts, make)

    monkeypatch.setattr(ProjectCopy, "read", read)
    found = book.call("suggest", "--apply")
    assert found.status == 3
    assert "the deck other would be another one" in found.errors
    assert "written into chapter.md; their decks are as they were" in found.errors


def test_a_picture_that_is_not_there_is_on_no_automatic_slide(book: Book) -> None:
    """Marked for a slide it would be an error."""
    picture = "![A tide](https://example.org/tide.png)\n*The tide of May*"
    decks(book, "en", "chapter.md", f"# Sea\n\n## Tides\n\n{picture}\n\nThe sea rises twice a day.\n")
    text = (book.folder / "chapter.md").read_text()
    assert "{.slide}\n## Tides\n\n![A tide]" in text


def test_a_deck_that_would_be_another_one_keeps_only_its_own_documents_from_marks(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_two_chapters(book)
    read = []

    def contents(_project: object, names: Sequence[str], texts: dict[Path, str]) -> dict[str, bytes]:
        read.append(len(texts))
        return {name: b"another" if texts and name == "other" else b"deck" for name in names}

    monkeypatch.setattr(run, "contents", contents)
    found = book.call("suggest", "--apply")
    assert found.status == 3
    assert read == [0, 2, 1]  # once as they are, once with all marks, once with those that remain
    assert "the deck other would be another one" in found.errors
    assert "written into chapter.md; their decks are as they were" in found.errors
    assert "{.slide}" in (book.folder / "chapter.md").read_text()
    assert "{.slide}" not in (book.folder / "other.md").read_text()
