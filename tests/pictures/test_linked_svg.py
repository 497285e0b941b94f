"""A drawing of a stranger is shown with what stands in itself: nothing outside of it is read into a book or a deck."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from builder.build import books as _builder  # noqa: F401  (which imports the rest in its order)
from builder.source.pictures.drawings import checked_svg

from conftest import Book

SECRET = (170, 51, 51)
LINKS = ["../private/secret.png", "secret.png", "{folder}/secret.png", "file://{folder}/secret.png", "http://evil.invalid/a.png", "//evil.invalid/a.png", "\\\\srv\\share\\a.png"]  # fmt: skip
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'
    '<defs><rect id="r" width="9" height="9"/></defs>{}</svg>'
)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_a_linked_picture_is_left_out_and_named(link: str, name: str, book: Book) -> None:
    Image.new("RGB", (64, 64), SECRET).save(book.folder / "secret.png")
    link = link.format(folder=book.folder)
    book.write("a.svg", DRAWING.format(f'<image {name}="{link}" width="100" height="100"/>'))
    figure = "# One\n\n```{slide} Only here\n```\n\n```{figure} a.svg\n:alt: x\n:class: slide\n\nC\n```\n"
    result = book.build(figure, "--to", "pdf,pptx")
    assert f"chapter.md:6: WARNING: the picture 'a.svg' has a link to '{link}' in it" in result.errors
    media = zipfile.ZipFile(io.BytesIO(result.pptx()))
    for part in media.namelist():
        if part.startswith("ppt/media/") and part.endswith(".png"):
            with Image.open(io.BytesIO(media.read(part))) as picture:
                colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24)}
            assert SECRET not in colours
        elif part.endswith(".svg"):
            assert link.encode() not in media.read(part)


OUTSIDE = {
    "css": '<style>rect{fill:url(http://evil.invalid/a.svg#b)}</style><rect width="9" height="9"/>',
    "an import": "<style>@import 'http://evil.invalid/a.css';</style>",
    "an attribute": '<rect width="9" height="9" style="fill:url(&quot;../a.svg#b&quot;)"/>',
    "a filter": '<filter id="f"><feImage href="/etc/passwd"/></filter>',
    "a use": '<use href="other.svg#x"/>',
    "a font": "<style>@font-face{font-family:x;src:url('/etc/x.ttf')}</style>",
}


@pytest.mark.parametrize("kind", OUTSIDE)
def test_other_links_of_a_drawing_are_left_out(kind: str) -> None:
    rewritten, remark = checked_svg(DRAWING.format(OUTSIDE[kind]).encode())
    assert rewritten
    assert "is left out" in remark
    assert not any(word in rewritten for word in (b"evil", b"/etc", b"other.svg", b"../a"))


def test_what_stands_in_a_drawing_stays(tmp_path: Path) -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    inside = (
        f'<use href="#r"/><image href="data:image/png;base64,{dot}" width="9" height="9"/><a '
        'href="https://example.org"><rect width="9" height="9"/></a>'
        '<linearGradient id="g"><stop offset="0"/></linearGradient><rect width="9" height="9" style="fill:url(#g)"/>'
    )
    assert checked_svg(DRAWING.format(inside).encode()) == (b"", "")
