"""A photograph from a camera has more pixels than a page or a slide can show; print and slides show a smaller copy."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
from PIL import Image, ImageCms, ImageDraw

from builder.build import books as _builder  # noqa: F401  (which imports the rest in its order)
from builder.source.pictures.resampled import share_kept
from builder.source.pictures.usable import found

from conftest import Book, Result

CAMERA = (4000, 3000)
ON_A_PAGE = (2481, 1861)
"""8.27 inches with 300 dots each."""
CHAPTER = "# One\n\n```{{figure}} p.{ending}\n:alt: A river\n:class: slide\n{options}\n\nThe river in spring.\n```\n"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def photograph(size: tuple[int, int] = CAMERA, kind: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((size[0] // 8, size[1] // 8), 60).convert("RGB")
    noise.resize(size).save(out, kind, **how)
    return out.getvalue()


def in_deck(result: Result) -> list[tuple[int, int]]:
    parts = zipfile.ZipFile(io.BytesIO(result.pptx()))
    pictures = [parts.read(name) for name in parts.namelist() if name.startswith("ppt/media/")]
    return [Image.open(io.BytesIO(picture)).size for picture in pictures]


def in_print(result: Result) -> list[tuple[int, int]]:
    pages = pypdfium2.PdfDocument(result.pdf)
    return [
        item.get_px_size() for page in pages for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    ]


def test_a_photograph_has_three_hundred_dots_an_inch_in_print_and_on_slides(book: Book) -> None:
    content = photograph()
    book.write("p.jpg", content)
    result = book.build(CHAPTER.format(ending="jpg", options=""))
    assert result.errors == ""
    assert ON_A_PAGE in in_deck(result)
    assert CAMERA not in in_deck(result)
    assert in_print(result) == [ON_A_PAGE]
    assert (book.folder / "_build/html/_images/p.jpg").read_bytes() == content, "the web book links to all of it"


@pytest.mark.parametrize("options", ["", ":scale: 10"])
def test_all_pixels_stay_on_request_and_where_a_size_is_counted_in_them(options: str, book: Book) -> None:
    book.write("p.jpg", photograph())
    if not options:
        book.write("conf.py", (book.folder / "conf.py").read_text() + "\nbuilder_picture_dpi = 0\n")
    assert in_print(book.build(CHAPTER.format(ending="jpg", options=options))) == [CAMERA]


def test_another_number_of_dots_makes_print_and_slides_again(book: Book) -> None:
    book.write("p.jpg", photograph())
    before = (book.folder / "conf.py").read_text()
    assert in_print(book.build(CHAPTER.format(ending="jpg", options=""))) == [ON_A_PAGE]
    book.write("conf.py", f"{before}\nbuilder_picture_dpi = 150\n")
    result = book.build()
    assert in_print(result) == [(1240, 930)]
    assert (1240, 930) in in_deck(result)


@pytest.mark.parametrize(
    ("size", "kind", "dpi", "kept"),
    [
        (CAMERA, "jpg", 300, 2481 / 4000),
        ((3000, 4000), "jpg", 300, 2481 / 3000),
        ((2600, 1700), "jpg", 300, 1.0),  # hardly more than the page has
        ((1200, 800), "jpg", 300, 1.0),
        (CAMERA, "png", 300, 1.0),  # lines and letters are printed finer
        ((10_000, 7_500), "png", 300, 4962 / 10_000),
        ((12_000, 3_000), "jpg", 300, 2933 / 12_000),  # a slide is wider than the page
        (CAMERA, "jpg", 0, 1.0),
        ((10_000, 10_000), "jpg", 0, 0.4**0.5),
    ],
)
def test_share_of_its_sides_that_a_picture_keeps(size: tuple[int, int], kind: str, dpi: int, kept: float) -> None:
    assert share_kept(size, kind, dpi) == pytest.approx(kept, rel=0.001)


@pytest.mark.parametrize(("width", "stays"), [(7000, True), (9000, False)])
def test_a_drawing_of_few_colours_that_would_take_more_room_stays_unless_it_is_huge(width: int, stays: bool) -> None:
    drawing = Image.new("1", (width, 5000), 1)
    draw = ImageDraw.Draw(drawing)
    for at in range(0, width, 300):
        draw.line([(at, 0), (width - at, 5000)], width=3)
    out = io.BytesIO()
    drawing.save(out, "PNG", optimize=True)
    assert (found(out.getvalue(), ".png", 300)[1] == b"") is stays


@pytest.mark.parametrize("turned", [False, True])
def test_a_smaller_copy_keeps_its_profile_and_its_side_up(turned: bool) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    outcome, content = found(photograph(icc_profile=PROFILE, exif=exif), ".jpg", 300)
    picture = Image.open(io.BytesIO(content))
    assert outcome.ending == ".jpg"
    assert picture.size == ((1861, 2481) if turned else ON_A_PAGE)
    assert picture.info["icc_profile"] == PROFILE


def test_a_turned_photograph_of_few_pixels_keeps_its_profile() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    _, content = found(photograph((400, 300), icc_profile=PROFILE, exif=exif), ".jpg", 300)
    assert Image.open(io.BytesIO(content)).info["icc_profile"] == PROFILE
