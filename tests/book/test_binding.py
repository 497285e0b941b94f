"""A book is set chapter by chapter and bound: readers see one book, and a PDF reader one sound file."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.book.binding.pdf_values import Ref, read, string_bytes, string_token, text_token, write

from conftest import CONF, Book
from pdf_text import pages_of

INDEX = """# A book

```{toctree}
:caption: The first part (of two)
:numbered:
one
two
```
```{toctree}
:caption: The second part
:numbered:
three
appendix
```
"""
TABLE = "\n```{list-table} Table of %s\n:name: tab-%s\n:header-rows: 1\n\n* - Head\n  - Number\n* - Row\n  - 1\n```\n"
FILES = {
    "conf.py": CONF + 'numfig = True\nbuilder_appendices = ["appendix"]\n',
    "index.md": INDEX,
    "one.md": "(one)=\n# One (1)\n\nTo {ref}`three` and {numref}`tab-three`.[^n] "
              "{index}`apples`\n\n[^n]: A note.\n" + TABLE % ("one", "one"),
    "two.md": "# Two\n\n" + "Words of the second chapter fill its pages.\n\n" * 120 + "{index}`apples`\n",
    "three.md": "(three)=\n# Three 'quoted' — with ü\n\nBack to {ref}`one`.\n" + TABLE % ("three", "three"),
    "appendix.md": "# Supplement\n\nAt the end. {index}`pears`\n",
}  # fmt: skip


@pytest.fixture
def parts(book: Book) -> Book:
    for name, content in FILES.items():
        book.write(name, content)
    return book


def objects(node: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """Every object that can be reached."""
    if isinstance(node, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
        if node.is_indirect:
            if node.objgen in seen:
                return
            seen.add(node.objgen)
        yield node
        values = node.values() if not isinstance(node, pikepdf.Array) else list(node)
        for value in values:
            yield from objects(value, seen)


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def test_readers_see_one_book(parts: Book) -> None:
    """The same pages as when the book is set in one piece, which a template that looks over the whole book asks for."""
    divided = parts.build(None, "--to", "pdf")
    assert divided.status == 0, divided.errors
    pages = pages_of(divided.pdf)
    with pikepdf.open(divided.pdf) as pdf:
        titles, labels = bookmarks(pdf), [page.label for page in pdf.pages]
    parts.write("own.typ", "// locate( what is elsewhere\n")
    parts.write("conf.py", FILES["conf.py"] + 'builder_template = "own.typ"\n')
    whole = parts.build(None, "--to", "pdf")
    assert whole.status == 0, whole.errors
    assert pages_of(whole.pdf) == pages
    with pikepdf.open(whole.pdf) as pdf:
        assert bookmarks(pdf) == titles
        assert [page.label for page in pdf.pages] == labels
    assert len(list((parts.folder / "_build/.work").rglob("fascicles/*/*.pickle"))) == 1


def opened(path: Path) -> dict[str, str]:
    """Title of a chapter → the folio of the page that it opens."""
    with pikepdf.open(path) as pdf:
        labels = [page.label for page in pdf.pages]
    chapters = zip(labels, pages_of(path), strict=True)
    return {
        title: label
        for label, page in chapters
        for title in ("One", "Two", "Three", "Supplement")
        if re.search(rf"(CHAPTER|APPENDIX) \w {title}", page)
    }


def test_the_lists_at_both_ends_name_pages_of_every_chapter(parts: Book) -> None:
    result = parts.build(None, "--to", "pdf")
    pages = pages_of(result.pdf)
    folio = opened(result.pdf)
    contents = next(page for page in pages if page.strip().startswith("Contents"))
    assert "THE FIRST PART (OF TWO)" in contents
    assert re.search(rf"One \(1\)\W+{folio['One']}\b", contents)
    assert re.search(rf"with ü\W+{folio['Three']}\b", contents)
    assert "APPENDIX A Supplement" in " ".join(pages)
    assert "Table of three" in next(page for page in pages if page.strip().startswith("Tables"))
    index = pages[-1]
    assert index.strip().startswith("Index")
    apples = index.split("apples, ")[1].split(" P")[0].strip()
    assert apples.split(",")[0].strip() == folio["One"]
    assert len(apples.split(",")) == 2


def test_chapters_open_on_rectos_and_folios_count_the_blank_pages(parts: Book) -> None:
    result = parts.build(None, "--to", "pdf")
    pages = pages_of(result.pdf)
    with pikepdf.open(result.pdf) as pdf:
        labels = [page.label for page in pdf.pages]
    opened = [i for i, page in enumerate(pages) if "CHAPTER" in page or page.strip().startswith("Index")]
    assert len(opened) == 4
    assert all(i % 2 == 0 for i in opened)
    main = labels.index("1")
    assert labels[main:] == [str(n) for n in range(1, len(labels) - main + 1)]
    assert [label for label in labels[:main] if not set(label) <= set("ivxl")] == []


def test_a_chapter_that_grows_moves_those_behind_it(parts: Book, tmp_path: Path) -> None:
    parts.build(None, "--to", "pdf")
    parts.write("one.md", FILES["one.md"] + "\nMany more words stand here now.\n" * 150)
    second = parts.build(None, "--to", "pdf")
    assert second.status == 0
    fresh = parts.build(None, "--to", "pdf", "-o", str(tmp_path / "fresh"))
    assert fresh.status == 0
    assert next((tmp_path / "fresh/pdf").iterdir()).read_bytes() == second.pdf.read_bytes()


def test_references_name_the_pages_of_other_chapters(parts: Book) -> None:
    parts.write("conf.py", FILES["conf.py"] + "builder_page_references = True\n")
    result = parts.build(None, "--to", "pdf")
    assert result.status == 0, result.errors
    pages = pages_of(result.pdf)
    three = opened(result.pdf)["Three"]
    assert f"(page {three})" in " ".join(pages)


def test_every_link_leads_somewhere_and_says_where(parts: Book) -> None:
    result = parts.build(None, "--to", "pdf")
    with pikepdf.open(result.pdf) as pdf:
        targets = pikepdf.NameTree(pdf.Root.Names.Dests)
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        assert len(links) > 12
        for link in links:
            assert "/A" not in link
            assert isinstance(link.Dest, pikepdf.Array) or str(link.Dest) in targets
            assert str(link.Contents).strip()
        pages = {page.objgen for page in pdf.pages}
        assert all(targets[name][0].objgen in pages for name in targets)
        assert "one:one" in targets
        by_name = {str(link.Dest): str(link.Contents) for link in links}
        assert by_name["three:three"] == "Three ‘quoted’ — with ü"


def test_the_file_is_sound(parts: Book) -> None:
    """Each page and link has its place in the structure tree; nothing is lost or there twice (ISO 32000-1, 14.7)."""
    result = parts.build(None, "--to", "pdf")
    with pikepdf.open(result.pdf) as pdf:
        assert pdf.check_pdf_syntax() == []
        tree = pdf.Root.StructTreeRoot
        above = pikepdf.NumberTree(tree.ParentTree)
        keys = [page.StructParents for page in pdf.pages if "/StructParents" in page]
        keys += [link.StructParent for page in pdf.pages for link in page.get("/Annots", [])]
        assert sorted(keys) == sorted(set(keys)) == sorted(above.keys())
        assert len(tree.K) == 1
        assert [str(part.S) for part in tree.K[0].K] == ["/Part"] * 6
        assert all(tree.K[0] == part.P for part in tree.K[0].K)
        seen: set[tuple[int, int]] = set()
        reached = list(objects(pdf.trailer.Root, seen))
        elements = [
            item for item in reached if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
        ids = [bytes(element.ID) for element in elements if "/ID" in element]
        assert len(ids) == len(set(ids)) == 5
        assert sorted(ids) == sorted(key.encode() for key in pikepdf.NameTree(tree.IDTree))
        # What is not reached: dictionaries that only the file itself needs.
        loose = {
            str(item.get("/Type", ""))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and item.objgen not in seen
        }
        assert loose <= {"/XRef", "/ObjStm", ""}


@pytest.mark.parametrize(
    ("standard", "version", "packs"), [("a-1a", b"1.4", False), ("a-2a", b"1.7", True), ("a-4", b"2.0", True)]
)
def test_every_version_of_the_format_is_bound(parts: Book, standard: str, version: bytes, packs: bool) -> None:
    """Before version 1.5 there are no object streams (ISO 32000-1, 7.5.7), from 2.0 on no information dictionary."""
    parts.write("conf.py", FILES["conf.py"] + f"builder_pdf_standards = [{standard!r}]\n")
    result = parts.build(None, "--to", "pdf")
    assert result.status == 0, result.errors
    content = result.pdf.read_bytes()
    assert content.startswith(b"%PDF-" + version)
    assert (b"/ObjStm" in content) == packs
    with pikepdf.open(result.pdf) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(bookmarks(pdf)) > 4
        assert len(pdf.Root.OutputIntents) == 1 if standard != "a-4" else "/Info" not in pdf.trailer


def test_an_author_s_template_replaces_functions(parts: Book) -> None:
    parts.write("own.typ", "#let subtitle(body) = [Own: #body]\n#let rubric(body) = [OWN RUBRIC #body]\n")
    parts.write("conf.py", FILES["conf.py"] + 'builder_template = "own.typ"\n')
    parts.write("one.md", "# One\n\n```{rubric} Here\n```\n")
    result = parts.build(None, "--to", "pdf")
    assert result.status == 0, result.errors
    assert "OWN RUBRIC Here" in " ".join(pages_of(result.pdf))


VALUES = st.recursive(
    st.integers(1, 10**6).map(Ref) | st.integers(-999, 999).map(lambda n: b"%d" % n) | st.binary(max_size=12).map(string_token) | st.just(b"true"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([b"Type", b"K", b"A.b-c"]), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
def test_values_are_read_as_they_are_written(value: object) -> None:
    assert read(write(value)) == value
    assert read(write(value) + b"\nendobj") == value


@given(st.binary(max_size=40))
def test_strings_are_read_as_they_are_written(content: bytes) -> None:
    token = string_token(content)
    assert string_bytes(token) == content
    assert bytes(pikepdf.Object.parse(token)) == content


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_text_strings_are_what_a_reader_shows(text: str) -> None:
    assert str(pikepdf.Object.parse(text_token(text))) == text


def test_a_link_to_what_is_not_in_the_book_is_named(parts: Book) -> None:
    parts.write("one.md", '# One\n\n```{raw} typst\n#ref-to("two:nothing")[gone]\n```\n')
    result = parts.build(None, "--to", "pdf")
    assert result.status == 0
    assert "a link leads to 'two:nothing', which is not in the book" in result.errors
