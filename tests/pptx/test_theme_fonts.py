"""Theme fonts are measured and drawn with themselves, or with a font of the same metrics, from packages or the author's
folder.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from builder.pptx.template.reading import BUILT_IN
from builder.typeset import fonts
from builder.typeset.measure import face

from conftest import CONF, Book

CHAPTER = "# One\n\n{.slide}\n## A section\n\n[Some words that stand on a slide]{.point}.\n"
LECTURES = '[[lecture]]\nname = "chapter"\ntitle = "T"\ndocuments = ["chapter"]\ntemplate = "own.pptx"\n'


def template(minor: str, major: str) -> bytes:
    """Our template with other theme fonts, the major one for titles."""
    out = io.BytesIO()
    with zipfile.ZipFile(BUILT_IN / "plain.pptx") as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("ppt/theme/theme"):
                for kind, font in ((b"minor", minor), (b"major", major)):
                    content = content.replace(
                        b'<a:%bFont><a:latin typeface="Arial"' % kind,
                        b'<a:%bFont><a:latin typeface="%b"' % (kind, font.encode()),
                    )
            if name.startswith("ppt/slideMasters/slideMaster"):
                head, title, rest = content.partition(b"<p:titleStyle>")
                content = head + title + rest.replace(b"+mn-lt", b"+mj-lt", 1)
            changed.writestr(name, content)
    return out.getvalue()


def font_named(family: str, wider: int = 0) -> bytes:
    """A font of that name, whose letters are so many units wider than Arimo's."""
    font = TTFont(fonts.font_file("Arimo"))
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    for glyph, (advance, bearing) in font["hmtx"].metrics.items():
        font["hmtx"].metrics[glyph] = (advance + wider, bearing)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def fonts_in(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as opened:
        return {
            str(font.BaseFont).partition("+")[2]
            for page in opened.pages
            for font in page.Resources.get("/Font", {}).values()
        }


def build(book: Book, minor: str, major: str, own: dict[str, bytes], *options: str):
    book.write("slides/own.pptx", template(minor, major))
    book.write("slides/lectures.toml", LECTURES)
    for name, content in own.items():
        book.write(f"faces/{name}", content)
    book.write("conf.py", CONF + ('builder_fonts = "faces"\n' if own else ""))
    return book.build(CHAPTER, "--to", "pptx", *options)


def test_a_font_that_is_not_here_is_named_with_what_would_mend_it(book: Book) -> None:
    result = build(book, "Calibri", "Calibri", {})
    assert result.status == 0
    assert "the theme's font 'Calibri' is not here: its text is measured with Arimo" in result.errors
    assert "or Carlito, which has the same metrics, into the folder that builder_fonts names" in result.errors
    assert result.errors.count("'Calibri' is not here") == 1
    assert {name.partition("-")[0] for name in fonts_in(book.folder / "_build/slides/chapter.pdf")} == {"Arimo"}


def test_what_is_said_of_a_template_of_all_decks_is_said_once(book: Book) -> None:
    """It stands where the template is chosen, and not at each lecture."""
    book.write("own.pptx", template("Calibri", "Calibri"))
    book.write("conf.py", f'{CONF}\nbuilder_deck = {{"template": "../own.pptx"}}\n')
    book.write(
        "slides/lectures.toml",
        "".join(f'[[lecture]]\nname = "{name}"\ntitle = "Lecture {name}"\ndocuments = ["chapter"]\n' for name in "abc"),
    )
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.errors.count("'Calibri' is not here") == 1
    assert "conf.py:" in result.errors


@pytest.mark.parametrize("family", ["Calibri", "Carlito"])
def test_a_font_of_the_author_s_folder_or_one_of_its_metrics_is_measured_and_drawn(book: Book, family: str) -> None:
    result = build(book, "Calibri", "Calibri", {"one.ttf": font_named(family, 300)})
    assert result.status == 0, result.errors
    assert "is not here" not in result.errors
    assert family in fonts_in(book.folder / "_build/slides/chapter.pdf")
    assert face("Calibri").width("words", 10) > face("Arial").width("words", 10) + 5


def test_titles_have_a_font_of_their_own(book: Book) -> None:
    result = build(book, "Arial", "Georgia", {"head.ttf": font_named("Gelasio", 10)})
    assert result.status == 0, result.errors
    assert fonts_in(book.folder / "_build/slides/chapter.pdf") >= {"Gelasio"}
    assert "is not here" not in result.errors


def test_fonts_of_one_project_are_not_found_in_the_next(book: Book) -> None:
    build(book, "Calibri", "Calibri", {"one.ttf": font_named("Carlito"), "broken.ttf": b"no font"})
    assert fonts.is_measurable("Calibri")
    book.write("conf.py", CONF)
    assert "'Calibri' is not here" in book.build(CHAPTER + "\nMore.\n", "--to", "pptx").errors
    assert not fonts.is_measurable("Calibri")
