"""Pictures on slides: as large as they are asked to be, turned as they say, beside each other, and no icons."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from PIL import Image
from pptx.oxml.ns import qn
from pptx.util import Emu

from builder.deck.blocks import Picture, Text
from builder.deck.blocks.pictures import picture_box
from builder.deck.composition.heights import below_short_title
from builder.deck.fit import Fitter
from builder.deck.lines import Typeface
from builder.deck.model import Block, Caption, FittedSlide, Notes, Paragraph, Run, Slide
from builder.errors import Source
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.math.formulas import Formulas

from conftest import Book

HERE = Source("chapter.md", 7)
GEOMETRY = read_template(BUILT_IN / "plain.pptx", HERE).geometry
AREA = GEOMETRY.content
TITLE = GEOMETRY.sizes.title * Typeface("Arial", Formulas()).pitch
TALLEST = below_short_title(GEOMETRY, [Picture("a.png", "A", 600, 300, None, HERE)], TITLE).content.height
"""How high a picture alone is at most below a title of one line."""


def saved(width: int, height: int, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#7a2a25").save(out, kind, **options)
    return out.getvalue()


def pictures(book: Book, body: str) -> list[tuple[float, float]]:
    """Width and height in points of each picture on the slide that a section of ``body`` gives."""
    result = book.build(f"# Chapter\n\n## Section\n\n{body}\n", "--to", "pptx")
    assert (result.status, "WARNING" in result.errors) == (0, False), result.errors
    shapes = [shape for slide in result.deck().slides for shape in slide.shapes if shape._element.tag == qn("p:pic")]
    return [(round(Emu(shape.width).pt, 1), round(Emu(shape.height).pt, 1)) for shape in shapes]


GROWN = 22 / 12
"""How many times larger the text of a slide is than that of a page."""


@pytest.mark.parametrize(
    ("written", "width"),
    [
        ("```{image} a.png\n:width: 50%\n:alt: A\n```", AREA.width / 2),
        ("```{image} a.png\n:width: 4cm\n:alt: A\n```", 113.4),
        ("```{image} a.png\n:width: 200px\n:alt: A\n```", 150 * GROWN),
        ("```{image} a.png\n:width: 200\n:alt: A\n```", 150 * GROWN),
        ("```{image} a.png\n:height: 75pt\n:alt: A\n```", 150.0),
        ("```{image} a.png\n:scale: 50%\n:alt: A\n```", 225 * GROWN),
        ("```{figure} a.png\n:width: 3in\n:alt: A\n```", 216.0),
        ("![A](a.png){width=4cm}", 113.4),
        ('<img src="a.png" width="200" alt="A">', 150 * GROWN),
        ('<img src="a.png" style="width: 25%" alt="A">', AREA.width / 4),
        ("![A](a.png)", TALLEST * 2),
    ],
)
def test_a_picture_is_as_large_as_its_author_asks(book: Book, written: str, width: float) -> None:
    book.write("a.png", saved(600, 300))
    [(drawn, height)] = pictures(book, written)
    assert drawn == pytest.approx(width, abs=0.2)
    assert height == pytest.approx(drawn / 2, abs=0.2)


def test_a_picture_beside_words_is_a_picture_and_an_icon_is_none(book: Book) -> None:
    book.write("a.png", saved(600, 300))
    book.write("icon.png", saved(24, 24))
    body = "```{slide} Own\nWords ![A hill](a.png) beside it, and ![a sign](icon.png) in the line.\n```"
    assert len(pictures(book, body)) == 1
    slide = list(Book.call(book, "build", "-q", "--to", "pptx").deck().slides)[-1]
    assert "Words beside it, and a sign in the line." in [s.text_frame.text for s in slide.shapes if s.has_text_frame]


def test_a_picture_in_a_point_is_a_picture(book: Book) -> None:
    book.write("tower.png", saved(400, 600))
    body = "[The tower stands ![a tower](tower.png)]{.point}, {point}`as said <![a tower](tower.png)>`."
    assert len(pictures(book, body)) == 2
    text = book.build(None, "--to", "pptx").deck().slides[-1].placeholders[1].text_frame.text
    assert text == "The tower stands"


@pytest.mark.parametrize("name", ["UPPER.PNG", "münze.png", "снимок.JPG", "a b.png"])
def test_pictures_may_have_any_name(book: Book, name: str) -> None:
    book.write(name, saved(600, 300, "JPEG" if name.endswith("JPG") else "PNG"))
    assert len(pictures(book, f"![A](<{name}>)")) == 1


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_stands_upright_however_exif_turns_it(book: Book, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    book.write("a.jpg", saved(600, 300, "JPEG", exif=exif))
    [(width, height)] = pictures(book, "![A](a.jpg)")
    assert (width < height) == (turn >= 5)
    part = next(
        part for part in book.call("build", "-q").deck().part.package.iter_parts() if "/media/" in part.partname
    )
    assert Image.open(io.BytesIO(part.blob)).getexif().get(0x0112, 1) == 1


# --- several


def picture(width: int = 600, height: int = 400, caption: str = "") -> Picture:
    return Picture("a.png", "A", width, height, Caption("", (Run(caption),)) if caption else None, HERE)


def fit(*blocks: Block) -> list[FittedSlide]:
    slide = Slide("key", (Run("Title"),), "", blocks, Notes(), None, HERE)
    return Fitter(GEOMETRY, Typeface("Arial", Formulas())).slide(slide)


@pytest.mark.parametrize("count", range(2, 9))
@pytest.mark.parametrize("size", [(600, 400), (400, 600), (1600, 400)])
@pytest.mark.parametrize("caption", ["", "A caption that may take more lines than one below a narrow picture"])
def test_several_pictures_fill_the_room_and_do_not_touch(count: int, size: tuple[int, int], caption: str) -> None:
    for part in fit(*(picture(*size, caption) for _ in range(count))):
        boxes = [picture_box(placed) for placed in part.placed]
        for (x, y, width, height), placed in zip(boxes, part.placed, strict=True):
            assert x >= AREA.x - 0.1
            assert y >= AREA.y - 0.1
            assert x + width <= AREA.x + AREA.width + 0.1
            assert y + height + placed.caption_height <= AREA.bottom + 0.6
        for a, b in combinations(part.placed, 2):
            across = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
            down = max(a.y, b.y) - min(a.y + a.height, b.y + b.height)
            assert max(across, down) > 15


def test_two_pictures_stand_beside_each_other_and_are_no_thumbnails() -> None:
    [part] = fit(picture(), picture())
    one, two = (picture_box(placed) for placed in part.placed)
    assert one[1] == two[1]
    assert one[2] > AREA.width * 0.45


def test_words_stand_beside_or_above_their_pictures() -> None:
    points = Text(tuple(Paragraph((Run(f"a point {n}"),), 1, "", HERE) for n in range(3)), HERE)
    [part] = fit(points, picture(), picture(400, 600), picture())
    words, *shown = part.placed
    assert all(words.x + words.width <= one.x or words.y + words.height <= one.y for one in shown)
    assert len({one.x for one in shown}) == 3


def test_a_legend_stands_below_its_picture_and_on_its_slide() -> None:
    legend = Text((Paragraph((Run("What is seen there."),), 0, "", HERE),), HERE, type="legend")
    words = Text(tuple(Paragraph((Run("words " * 12),), 0, "", HERE) for _ in range(3)), HERE)
    [beside] = fit(picture(300, 150, caption="A field"), legend, words)
    seen, below, text = beside.placed
    assert (below.x, text.x < seen.x) == (seen.x, True)
    assert below.y >= seen.y + seen.height
    several = fit(words, words, words, picture(caption="A field"), legend, words)
    [part] = [part for part in several if any(isinstance(one, Picture) for one in part.slide.blocks)]
    assert legend in part.slide.blocks


@pytest.mark.parametrize(("size", "width"), [((90, 20), 202.5), ((1, 1), 90.0), ((900, 20), None), ((90, 60), None)])
def test_a_low_picture_of_dots_is_not_drawn_over_the_whole_slide(size: tuple[int, int], width: float | None) -> None:
    [one] = fit(picture(*size))[0].placed
    drawn = picture_box(one)[2]
    assert drawn == width if width is not None else drawn > 400
