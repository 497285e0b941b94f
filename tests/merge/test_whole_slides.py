"""A slide that is new in the book is whole in a deck whose layouts a program wrote anew: place, styles, bullets, styles
of tables.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import copy
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lecture import change, lecture
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from builder.merge.table_styles import take_table_styles
from builder.pptx.package.conform import problems
from builder.pptx.package.package import Package

from conftest import Book, titles

DECK = "_build/slides/a.pptx"
NEW = (
    "{.slide}\n## A new finding\n\n[It is new]{.point}. [And more of it]{.subpoint}.\n\n{.slide}\n| a | b |\n"
    "|---|---|\n| 1 | 2 |\n\n{.slide}\n## Last words"
)


def as_libreoffice(content: bytes) -> bytes:
    """A deck with what LibreOffice leaves of it: places and styles on the slides, layouts of its own without places for
    text, no styles of tables.
    """
    deck = Presentation(io.BytesIO(content))
    for slide in deck.slides:
        for shape in slide.placeholders:
            shape.left, shape.top, shape.width, shape.height = shape.left, shape.top, shape.width, shape.height
    for layout in deck.slide_layouts:
        layout._element.cSld.set("name", "Blank Slide")
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    for rid in [rid for rid, found in deck.part.rels.items() if found.reltype.endswith("/tableStyles")]:
        deck.part.drop_rel(rid)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def slide(deck: Any, title: str) -> Any:
    return next(
        item for item in deck.slides if item.shapes.title is not None and item.shapes.title.text_frame.text == title
    )


def styles(shape: Any) -> Any:
    return shape._element.txBody.find(qn("a:lstStyle"))


@pytest.mark.slow
def test_what_its_layout_does_not_give_is_written_on_a_new_slide(book: Book) -> None:
    built = lecture(book)
    book.write(DECK, as_libreoffice(built))
    change(book, "{.slide}\n## Last words", NEW)
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    assert book.build(None, "--to", "pptx", "-o", "clean").status == 0
    clean = slide(Presentation(book.folder / "clean/slides/a.pptx"), "A new finding")
    merged = slide(result.deck("a"), "A new finding")
    for own, shape in zip(merged.placeholders, clean.placeholders, strict=True):
        assert own._element.spPr.find(qn("a:xfrm")) is not None
        assert (own.left, own.top, own.width, own.height) == (shape.left, shape.top, shape.width, shape.height)
    title, text, footer = (
        next(item for item in merged.placeholders if item.name == name) for name in ("Title", "Text", "Footer")
    )
    assert styles(title).find(qn("a:lvl1pPr")).find(qn("a:defRPr")).get("b") == "1"
    first, second = (styles(text).find(qn(f"a:lvl{level}pPr")) for level in (1, 2))
    assert first.find(qn("a:buChar")).get("char") == "•"
    assert second.find(qn("a:buChar")).get("char") != "•"
    assert int(first.get("indent")) < 0
    assert int(second.find(qn("a:defRPr")).get("sz")) < int(first.find(qn("a:defRPr")).get("sz"))
    assert styles(footer).find(qn("a:lvl1pPr")).find(qn("a:defRPr")).get("sz") == "1100"
    assert b"+mn" not in b"".join(etree.tostring(styles(shape)) for shape in merged.placeholders)
    assert problems(result.pptx("a")) == []
    with zipfile.ZipFile(io.BytesIO(result.pptx("a"))) as archive:
        used = {found for name in archive.namelist() if name.startswith("ppt/slides/slide") for found in re.findall(r"<a:tableStyleId>(.*?)<", archive.read(name).decode())}  # fmt: skip
        assert used
        assert all(found in archive.read("ppt/tableStyles.xml").decode() for found in used)


def test_an_object_that_is_new_on_a_slide_is_whole_as_well(book: Book) -> None:
    """The slide had a figure, and now it has a point besides."""
    book.write(DECK, as_libreoffice(lecture(book)))
    change(book, "A field in the north\n```", "A field in the north\n```\n\n[A point that is new]{.point}.")
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    shape = next(item for item in slide(result.deck("a"), "Picture").placeholders if "A point that is new" in item.text_frame.text)  # fmt: skip
    assert shape._element.spPr.find(qn("a:xfrm")) is not None
    assert styles(shape).find(qn("a:lvl1pPr")).find(qn("a:buChar")).get("char") == "•"


def test_where_the_layout_has_the_place_nothing_is_written(book: Book) -> None:
    """What was moved on the layout by hand holds for new slides."""
    built = lecture(book)
    deck = Presentation(io.BytesIO(built))
    for layout in deck.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.type == 1:
                shape.left, shape.top, shape.width, shape.height = 1, 2, 3000000, 400000
    deck.save(book.folder / DECK)
    change(book, "{.slide}\n## Last words", NEW)
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    title = slide(result.deck("a"), "A new finding").shapes.title
    assert title._element.spPr.find(qn("a:xfrm")) is None
    assert (title.left, title.top) == (1, 2)


@pytest.mark.slow
def test_a_deck_that_libreoffice_saved(book: Book, tmp_path: Path) -> None:
    """Its new slide has bullets, a bold title and the footer at the left, in LibreOffice's own eyes."""
    import shutil
    import subprocess

    if not shutil.which("soffice"):
        pytest.skip("there is no LibreOffice")
    lecture(book)
    convert = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run([*convert, "pptx:Impress MS PowerPoint 2007 XML", "--outdir", str(tmp_path), str(book.folder / DECK)], check=True, capture_output=True)  # fmt: skip
    book.write(DECK, (tmp_path / "a.pptx").read_bytes())
    change(book, "{.slide}\n## Last words", NEW)
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    assert "A new finding" in titles(result.deck("a"))
    subprocess.run(
        [*convert, "pdf", "--outdir", str(tmp_path), str(book.folder / DECK)], check=True, capture_output=True
    )
    import pypdfium2

    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[titles(result.deck("a")).index("A new finding")]
    text = page.get_textpage().get_text_range()
    assert re.search(r"•\s*It is new", text)
    assert re.search(r"[–-]\s*And more of it", text)


def test_styles_of_tables_that_only_the_book_has_are_added_once(book: Book) -> None:
    content = lecture(book)
    theirs, mine = Package(content), Package(content)
    (part,) = theirs.related(theirs.presentation, "tableStyles")
    known = [style.get("styleId") for style in mine.xml(part)]
    root = theirs.xml(part)
    root.append(copy.deepcopy(root[0]))
    root[-1].set("styleId", "{NEW}")
    theirs.put(part, root)
    for _ in range(2):
        take_table_styles(theirs, mine)
        assert [style.get("styleId") for style in mine.xml(part)] == [*known, "{NEW}"]


def test_a_text_that_only_the_book_changed_keeps_the_id_that_animations_name(book: Book) -> None:
    built = Presentation(io.BytesIO(lecture(book)))
    ids = {item.name: item.shape_id for item in slide(built, "Bullets").placeholders}
    slide(built, "Bullets").shapes.add_textbox(0, 0, 1000000, 500000).text_frame.text = "By hand"
    built.save(book.folder / DECK)
    change(book, "about grain", "about rice")
    merged = slide(book.build(None, "--to", "pptx").deck("a"), "Bullets")
    assert "about rice" in "".join(item.text_frame.text for item in merged.placeholders)
    assert "By hand" in [item.text_frame.text for item in merged.shapes if item.has_text_frame]
    assert {item.name: item.shape_id for item in merged.placeholders} == ids
