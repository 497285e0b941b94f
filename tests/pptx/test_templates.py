"""Templates that nobody here made: their layouts and ids stay, what Keynote refuses goes."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pptx
import pytest
from PIL import Image
from pptx import Presentation

from builder.deck.geometry import Area, Look, TextLook
from builder.errors import NOWHERE
from builder.pptx.package.conform import problems
from builder.pptx.template import reading
from builder.pptx.template.paint import hidden_share, is_even_at
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.contrast import contrast

from conftest import Book, bullets, notes, titles
from pdf_text import pages_of

DEFAULT = Path(pptx.__file__).parent / "templates/default.pptx"
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'
CHAPTER = """# One

[First point]{.point} and [second]{.point}

```{notes}
Say this.
```

{.slide}
| a | b |
|---|---|
| 1 | 2 |

{.slide}
## Two

```{slide} Three
:layout: comparison

**Left**
: one

**Right**
: two
```
"""


def test_template_of_the_library(book: Book) -> None:
    book.write("slides/theirs.pptx", DEFAULT.read_bytes())
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    deck = result.deck("one")
    assert titles(deck) == ["One", "One", "Two", "Three"]
    assert bullets(deck.slides[1]) == [(1, "First point"), (1, "second".capitalize())]
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    assert problems(result.pptx("one")) == []


def test_its_parts_are_kept_but_for_printer_settings(book: Book) -> None:
    book.write("slides/theirs.pptx", DEFAULT.read_bytes())
    book.write("slides/lectures.toml", LECTURE)
    made = zipfile.ZipFile(io.BytesIO(book.build(CHAPTER).pptx("one")))
    theirs = zipfile.ZipFile(DEFAULT)
    assert any("printerSettings" in name for name in theirs.namelist())
    assert not any("printerSettings" in name for name in made.namelist())
    for name in theirs.namelist():
        if name.startswith(("ppt/slideLayouts/slideLayout", "ppt/theme/theme1")):
            assert name in made.namelist()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The template of the library with other words in one part."""
    source, out = zipfile.ZipFile(DEFAULT), io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            assert name != part or old in data
            copy.writestr(name, data.replace(old, new) if name == part else data)
    return out.getvalue()


def test_potx_is_taken_as_a_template(book: Book) -> None:
    deck, template = b"presentationml.presentation.main+xml", b"presentationml.template.main+xml"
    book.write("slides/theirs.potx", changed("[Content_Types].xml", deck, template))
    book.write("slides/lectures.toml", LECTURE.replace(".pptx", ".potx"))
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    assert problems(result.pptx("one")) == []


@pytest.mark.parametrize(
    ("standard", "other"),
    [
        (b"package/2006/relationships/metadata", b"officedocument/2006/relationships/metadata"),
        (b"officeDocument/2006/relationships/extended", b"package/2006/relationships/metadata/extended"),
    ],
    ids=["core", "of the application, as pandoc has it"],
)
def test_properties_of_the_file_that_are_named_otherwise_are_its_properties(
    book: Book, standard: bytes, other: bytes
) -> None:
    book.write("slides/theirs.pptx", changed("_rels/.rels", standard, other))
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    assert result.deck("one").core_properties.title == "One"
    assert problems(result.pptx("one")) == []


def test_small_text_of_a_template_has_its_size(book: Book) -> None:
    book.write("slides/theirs.pptx", changed("ppt/slideMasters/slideMaster1.xml", b'sz="3200"', b'sz="1800"'))
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors


def test_the_same_slide_in_two_decks_has_a_creation_id_of_its_own(book: Book) -> None:
    book.write(
        "slides/lectures.toml",
        LECTURE.replace('template = "theirs.pptx"\n', "") * 1
        + LECTURE.replace('"one"', '"two"').replace('template = "theirs.pptx"\n', ""),
    )
    result = book.build(CHAPTER)
    ids = [
        {
            element.get("val")
            for slide in result.deck(name).slides
            for element in slide._element.iter("{*}creationId")
            if element.get("val")
        }
        for name in ("one", "two")
    ]
    assert ids[0]
    assert not ids[0] & ids[1]


PAIRS = [
    ("dk1", "lt1", "text"), ("dk1", "lt2", "text in boxes"), ("lt1", "accent1", "titles of decks and heads of tables"),
    ("lt2", "accent1", "the book's name"), ("accent1", "lt2", "numbers of sections"), ("accent1", "lt1", "headings of columns"),
    ("accent2", "lt1", "headings of columns"), ("accent6", "lt1", "captions and feet"), ("accent6", "lt2", "feet of section slides"),
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(path.stem for path in BUILT_IN.glob("*.pptx")))
def test_built_in_templates_can_be_read(name: str) -> None:
    template = read_template(BUILT_IN / f"{name}.pptx", NOWHERE)
    colours = template.colours
    poor = {what: contrast(colours[text], colours[ground]) for text, ground, what in PAIRS}
    assert {what: ratio for what, ratio in poor.items() if ratio < 4.5} == {}
    assert template.geometry.inherits
    assert template.geometry.lacking == frozenset()


CODE = "# One\n\n```python\ndef f(x):\n    return 'a string', 42  # a comment\n```\n"


@pytest.mark.parametrize(("name", "ground"), [("plain", "#f4efeb"), ("seminar", "#edf3f1"), ("dark", "#232a32")])
def test_code_can_be_read_on_the_ground_of_each_template(book: Book, name: str, ground: str) -> None:
    book.write("slides/lectures.toml", LECTURE.replace("theirs.pptx", name))
    result = book.build(CODE)
    assert result.errors == ""
    slides = zipfile.ZipFile(io.BytesIO(result.pptx("one"))).read("ppt/slides/slide2.xml").decode()
    colours = set(re.findall(r'srgbClr val="([0-9A-F]{6})"', slides))
    assert len(colours) > 2
    assert [colour for colour in colours if contrast(f"#{colour.lower()}", ground) < 4.5] == []
    assert problems(result.pptx("one")) == []


def test_formulas_are_drawn_in_the_colour_of_the_text(book: Book) -> None:
    book.write("slides/lectures.toml", LECTURE.replace("theirs.pptx", "dark"))
    made = zipfile.ZipFile(io.BytesIO(book.build("# One\n\n$$x = \\frac{1}{2}$$\n").pptx("one")))
    name = next(name for name in made.namelist() if name.startswith("ppt/media/") and name.endswith(".png"))
    picture = Image.open(io.BytesIO(made.read(name))).convert("RGBA")
    darkest = min(sum(pixel[:3]) for pixel in picture.getdata() if pixel[3] > 200)
    assert darkest > 600


def with_slides(*words: str) -> bytes:
    """The library's template with slides of its own, the first with notes."""
    presentation = Presentation(io.BytesIO(DEFAULT.read_bytes()))
    for word in words:
        slide = presentation.slides.add_slide(presentation.slide_layouts[0])
        slide.shapes.title.text_frame.text = word
        slide.notes_slide.notes_text_frame.text = f"notes of {word}"
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("drop", ["One", "First"]),
        ("front", ["Cover", "House rules", "Thanks", "One", "First"]),
        ("back", ["One", "First", "Cover", "House rules", "Thanks"]),
        ("around", ["Cover", "One", "First", "House rules", "Thanks"]),
    ],
)
def test_slides_of_the_template_are_dropped_or_stand_round_the_deck(
    book: Book, where: str, expected: list[str]
) -> None:
    book.write("slides/theirs.pptx", with_slides("Cover", "House rules", "Thanks"))
    book.write("slides/lectures.toml", f'{LECTURE}template_slides = "{where}"\n')
    with (book.folder / "conf.py").open("a") as conf:
        conf.write("builder_slide_references = True\n")
    result = book.build(
        "# Chapter\n\n{.slide}\n## First\n\n[A point]{.point}\n\n```{notes}\nSay it.\n```\n", "--to", "pdf,pptx"
    )
    assert result.status == 0, result.errors
    deck = result.deck("one")
    assert titles(deck) == expected
    assert problems(result.pptx("one")) == []
    place = expected.index("First")
    assert notes(deck.slides[place])[0] == "Say it."
    if where != "drop":
        assert notes(deck.slides[expected.index("Cover")]) == ["notes of Cover"]
    assert f"slide {place + 1}" in " ".join(pages_of(result.pdf)).replace("\n", " ")


@pytest.mark.parametrize("template", sorted(BUILT_IN.glob("*.pptx")), ids=lambda path: path.stem)
def test_the_shapes_of_each_layout_and_master_have_ids_of_their_own(template: Path) -> None:
    with zipfile.ZipFile(template) as package:
        for name in package.namelist():
            if re.match(r"ppt/slide(Layout|Master)s/[^/]+\.xml", name):
                ids = re.findall(r'<p:cNvPr id="(\d+)"', package.read(name).decode())
                assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize("name", sorted(path.stem for path in BUILT_IN.glob("*.pptx")))
def test_no_rule_runs_through_titles_of_two_lines(name: str) -> None:
    """The line by hand of `chalk` ran through the second one."""
    geometry = read_template(BUILT_IN / f"{name}.pptx", NOWHERE).geometry
    rules = [one for one in geometry.look("content").occupied if one.height < 12]
    assert [one for one in rules if geometry.title.y < one.y < geometry.title.bottom - 1] == []


def test_template_that_was_read_before_is_read_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = tmp_path / "theirs.pptx", tmp_path / "cache"
    path.write_bytes(DEFAULT.read_bytes())
    first = read_template(path, NOWHERE, cache=cache)

    opened: list[Path] = []
    read = reading._read
    monkeypatch.setattr(reading, "_read", lambda file, from_right: (opened.append(file), read(file, from_right))[1])
    reading._remembered.cache_clear()  # as in the next process
    assert read_template(path, NOWHERE, cache=cache) == first
    assert not opened

    path.write_bytes((BUILT_IN / "course.pptx").read_bytes())
    changed = read_template(path, NOWHERE, cache=cache)
    assert changed == read_template(path, NOWHERE) != first
    reading._remembered.cache_clear()
    next(cache.iterdir()).write_bytes(b"damaged")
    assert read_template(path, NOWHERE, cache=cache) == changed
    assert len(opened) == 3, "the changed one for the cache, without a cache, and where that is damaged"


def test_share_of_a_place_that_swallows_letters_counts_pixels() -> None:
    half = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="100" height="100" fill="#101010"/></svg>'
    place = TextLook(Area(50, 0, 100, 100))
    look = Look("#ffffff", half, "", {"title": place})
    assert hidden_share(look, place, (200, 100)) == pytest.approx(0.5, abs=0.03)
    assert not is_even_at(look, place.area, (200, 100))
    assert is_even_at(look, Area(0, 0, 90, 100), (200, 100))
    assert is_even_at(look, Area(0, 0, 102, 100), (200, 100)), "a sliver is no part of the ground"
