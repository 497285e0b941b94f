"""The printed book: what a reader sees of a few lines of MyST."""

from __future__ import annotations

import re

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.typeset.escape import markup, string

from conftest import CONF, SVG, Book, examples
from pdf_text import pages_of

PRINT = """(one)=
# First chapter

Opening words of the first chapter stand here. A note.[^a] See {ref}`two`, {numref}`fig` and {numref}`tab`.[^a]

[^a]: The note itself.

```{index} single: apples; green
```
```{index} see: fruit; apples
```

```{figure} picture.svg
:name: fig
:alt: A red bar

A caption
```

```{list-table} A table
:name: tab
:header-rows: 1

* - Name
  - Value
* - a
  - 1
```

(two)=
## A section

Some $x^2$ and *emphasis*, **strong**, `code`, "quoted" text -- done.

{attribution="Somebody"}
> A quotation.

:::{note}
In a box.
:::

```python
print("hello")
```

Term
: Its meaning.
"""


@pytest.fixture
def printed(book: Book):
    book.write("picture.svg", SVG)
    book.write("preface.md", "# Preface\n\nBefore the chapters.\n")
    book.write("index.md", "# Root\n\n```{toctree}\npreface\n```\n\n```{toctree}\n:numbered:\nchapter\nsecond\n```\n")
    book.write("second.md", "# Second chapter\n\nMore text. {ref}`one`\n")
    result = book.build(PRINT)
    assert result.status == 0, result.errors
    assert result.errors == ""
    return result


def test_front_matter_is_roman_and_chapters_open_on_the_right(printed) -> None:
    with pikepdf.open(printed.pdf) as pdf:
        numbers = list(pdf.Root.PageLabels.Nums)
        styles = {int(numbers[i]): str(numbers[i + 1].get("/S", "")) for i in range(0, len(numbers), 2)}
        assert next(iter(styles.values())) == "/r"
        assert "/D" in styles.values()
    pages = pages_of(printed.pdf)
    for opening in ("Opening words", "More text", "Before the chapters"):
        index = next(i for i, text in enumerate(pages) if opening.lower() in text.lower())
        assert index % 2 == 0, opening


def test_pdf_is_accessible_and_described(printed) -> None:
    with pikepdf.open(printed.pdf) as pdf:
        metadata = pdf.open_metadata()
        assert metadata.get("pdfuaid:part") == "1"
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.MarkInfo.Marked
        assert metadata["dc:title"] == "A small book"
        outline = [str(item.title) for item in pdf.open_outline().root]
    assert any("First chapter" in title for title in outline)


def test_numbers_are_those_of_the_web_book(printed) -> None:
    text = " ".join(pages_of(printed.pdf))
    page = (printed.folder / "_build/html/chapter.html").read_text()
    for words in ("Figure 1.1", "Table 1.1"):
        assert words in text
        assert words in page


def test_footnote_is_at_the_foot_once_and_marked_twice(printed) -> None:
    typst = printed.typst()
    assert typst.count("#fn(") == 1
    assert typst.count("#fn-again(") == 1
    assert " ".join(pages_of(printed.pdf)).count("The note itself") == 1


def test_index_has_page_numbers_and_see_also(printed) -> None:
    pages = pages_of(printed.pdf)
    index = next(text for text in reversed(pages) if "apples" in text)
    assert "green, 1" in index
    assert "fruit" in index
    assert "see apples" in index


def test_pages_of_an_entry_of_the_index_stand_in_their_order(book: Book) -> None:
    pages = "\n\n".join(["word " * 400] * 3)
    text = f"# One\n\n```{{index}} apples\n```\nFirst.\n\n{pages}\n\n```{{glossary}}\napples\n  A fruit.\n```\n"
    result = book.build(text)
    assert result.status == 0, result.errors
    index = next(text for text in reversed(pages_of(result.pdf)) if "Index" in text)
    assert (found := re.search(r"apples, (\d+)\s*, (\d+)", index)), index
    assert int(found[1]) < int(found[2])


def test_lists_of_contents_figures_and_tables(printed) -> None:
    pages = pages_of(printed.pdf)
    contents = next(text for text in pages if "Contents" in text)
    assert "First chapter" in contents
    assert "A section" in contents
    assert any("Figures" in text and "A caption" in text for text in pages)
    assert any("Tables" in text and "A table" in text for text in pages)


def test_an_unlisted_heading_is_left_out_of_the_contents_and_stays_a_bookmark(book: Book) -> None:
    result = book.build("# One\n\n## Two\n\ntext\n\n{.unlisted}\n## Three\n\ntext\n")
    assert result.status == 0, result.errors
    contents = next(text for text in pages_of(result.pdf) if text.strip().startswith("Contents"))
    assert "Two" in contents
    assert "Three" not in contents
    with pikepdf.open(result.pdf) as pdf, pdf.open_outline() as outline:
        assert any("Three" in str(item.title) for chapter in outline.root for item in chapter.children)


def test_the_source_of_a_quotation_does_not_open_a_page(book: Book) -> None:
    pieces = [
        f'{"word " * (7 * number % 90 + 5)}\n\n{{attribution="Somebody"}}\n> {"said " * 20}\n' for number in range(90)
    ]
    result = book.build("# One\n\n" + "\n".join(pieces))
    assert result.status == 0, result.errors
    openings = [" ".join(text.split()[:6]) for text in pages_of(result.pdf)]
    assert sum("Somebody" in text for text in pages_of(result.pdf)) > 5
    assert [words for words in openings if "Somebody" in words] == []


@pytest.mark.slow
def test_contents_in_two_columns_have_all_entries_on_fewer_pages(book: Book) -> None:
    sections = "".join(f"## Section {number}\n\ntext\n\n" for number in range(60))
    lengths = []
    for columns in (1, 2):
        book.write("conf.py", CONF + f"builder_contents_columns = {columns}\n")
        result = book.build(f"# One\n\n{sections}")
        assert result.status == 0, result.errors
        pages = pages_of(result.pdf)
        opens = next(number for number, text in enumerate(pages) if text.strip().startswith("Contents"))
        ends = next(number for number, text in enumerate(pages) if number > opens and "CHAPTER 1" in text)
        contents = " ".join(pages[opens:ends])
        assert all(f"Section {number}" in contents for number in range(60))
        lengths.append(sum("Section" in text for text in pages[opens:ends]))
    assert lengths[1] < lengths[0]


def test_sections_below_the_numbered_depth_have_no_number(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered: 2\n\nchapter\n```\n")
    result = book.build("# One\n\n## Two\n\n### Three\n\n{.slide}\n#### Four\n\n[Text]{.point}.\n")
    assert result.status == 0, result.errors
    assert "1.1 Two" in " ".join(" ".join(pages_of(result.pdf)).split())
    assert "1.1.1" not in "".join(pages_of(result.pdf))


@pytest.mark.slow
def test_a_short_table_is_not_broken_over_pages(book: Book) -> None:
    table = "| Year | Count |\n|---|---|\n" + "".join(f"| {year} | {year} souls |\n" for year in range(1936, 1940))
    stands = set()
    for lines in range(12, 30, 2):
        result = book.build("# Chapter\n\n" + "Line.\n\n" * lines + table, "--to", "pdf")
        assert result.status == 0, result.errors
        (page,) = [number for number, text in enumerate(pages_of(result.pdf)) if "souls" in text]
        stands.add(page)
    assert len(stands) == 2, "it stood at the foot of one page and at the head of the next"


@pytest.mark.slow
def test_long_table_repeats_its_head(book: Book) -> None:
    rows = "\n".join(f"| row {n} | {n} |" for n in range(150))
    result = book.build(f"# One\n\n| Unusual head | Number |\n|---|---|\n{rows}\n")
    assert sum("Unusual head" in text for text in pages_of(result.pdf)) >= 3


def test_picture_without_alternative_text_is_named(book: Book) -> None:
    book.write("picture.svg", SVG)
    errors = book.build("# One\n\n![](picture.svg)\n").errors
    assert "chapter.md:3" in errors
    assert "'picture.svg' has no alternative text" in errors


def test_a_handler_of_ones_own_takes_three_lines(book: Book) -> None:
    book.write(
        "boxes.py",
        "from docutils import nodes\nfrom docutils.parsers.rst import Directive\n"
        "from builder.typeset.escape import call\nfrom builder.book.translate import renders\n"
        "class shout(nodes.General, nodes.Element): pass\n"
        "class Shout(Directive):\n    has_content = True\n    def run(self):\n        return [shout('', "
        "nodes.paragraph('', self.content[0]))]\n"
        "@renders(shout)\ndef shouted(t, node):\n    return call('upper', t.children(node))\n"
        "def setup(app):\n    app.add_node(shout, html=(lambda s, n: None, lambda s, n: None))\n    "
        "app.add_directive('shout', Shout)\n",
    )
    conf = (book.folder / "conf.py").read_text()
    book.write("conf.py", f'import sys\nsys.path.insert(0, {str(book.folder)!r})\n{conf}\nextensions.append("boxes")\n')
    result = book.build("# One\n\n```{shout}\nhear me\n```\n")
    assert result.errors == ""
    assert "HEAR ME" in " ".join(pages_of(result.pdf))


@pytest.mark.slow
@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8))
def test_any_text_is_escaped_so_that_it_compiles(texts: list[str]) -> None:
    import typst

    source = "\n\n".join(f"a{markup(text)}b #let x = {string(text)}; c" for text in texts)
    assert typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)


def test_documents_of_like_names_in_folders_are_both_printed(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\npart/one\npart-one\n```\n")
    book.write("part/one.md", "# Below\n\nWords in the folder.\n")
    book.write("part-one.md", "# Beside\n\nWords beside it.\n")
    result = book.build()
    text = " ".join(pages_of(result.pdf))
    assert [result.deck(name).slides[0].shapes.title.text_frame.text for name in ("part-one", "part-one-2")] == [
        "Below",
        "Beside",
    ]
    assert "words in the folder" in text.lower()
    assert "words beside it" in text.lower()


def test_a_console_keeps_its_last_line(book: Book) -> None:
    result = book.build("# One\n\n```console\n$ tool --help\nOptions:\n  --help  Shown and gone.\n```\n", "--to", "pdf")
    assert "Shown and gone" in " ".join(pages_of(result.pdf))


def test_links_and_notes_in_a_repeated_head_do_not_hinder_accessibility(book: Book) -> None:
    rows = "\n".join(f"| a {number} | b |" for number in range(60))
    head = "|---|---|\n" + rows
    text = f"# One\n\n| [A link](https://example.org/x) | B |\n{head}\n\n| A[^f] | B |\n{head}\n\n[^f]: A note.\n"
    result = book.build(text, "--to", "pdf")
    assert "hinders" not in result.errors
    assert " ".join(pages_of(result.pdf)).count("A link") == 2  # the head again on the second page


def test_long_lines_of_code_break_behind_a_space(book: Book) -> None:
    words = " ".join(["wordnumber"] * 30)
    result = book.build(f"# One\n\n```text\n{words}\n```\n", "--to", "pdf")
    lines = [
        line
        for page in pypdfium2.PdfDocument(result.pdf)
        for line in page.get_textpage().get_text_range().split("\r\n")
    ]
    code = [line for line in lines if "wordnumber" in line]
    assert len(code) > 3
    assert all(line.strip(" ↪").split(" ")[-1] == "wordnumber" for line in code)
    assert all(line.startswith("↪") for line in code[1:])


def test_an_arrow_is_no_picture_where_the_book_has_emoji(book: Book) -> None:
    result = book.build("# One\n\nA face 🎉 and an arrow ↪ in the text.\n", "--to", "pdf")
    with pikepdf.open(result.pdf) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
    assert any("DejaVuSansMono" in name for name in fonts), fonts


@pytest.mark.parametrize(
    "word",
    [
        "aaaaaaaaaaaaaaaaaaaa[a](b)caaaaaaawaaaaaa",
        "inter[nation](https://x.org)alization",
        "inter*[nation](https://x.org)*alization",
    ],
)
def test_a_link_inside_of_a_word_does_not_break_the_setting(book: Book, word: str) -> None:
    """Typst 0.15 stopped with an internal error when the word was hyphenated before it."""
    lines = "".join(
        f"{'a ' * count}{word} follows here, and more words than one line holds at this measure\n\n"
        for count in range(40)
    )
    result = book.build(f"# One\n\n{lines}\n", "--to", "pdf")
    assert result.status == 0, result.errors


def test_lines_may_still_break_before_links_between_words_and_ideographs(book: Book) -> None:
    text = "Two words, [a link](https://x.org), (b)[c](https://x.org), \u4e2d\u6587[\u4e2d\u6587](https://x.org)."
    assert "\u2060" not in book.build(f"# One\n\n{text}\n", "--to", "pdf").typst()


def test_a_picture_before_the_title_of_a_chapter_stands_below_it(book: Book) -> None:
    book.write("picture.svg", SVG)
    result = book.build("![A field](picture.svg)\n\n# One\n\nWords.\n\n## Two\n\nMore.\n", "--to", "pdf")
    assert result.status == 0, result.errors
    text = result.typst()
    assert text.index("#section(level: 1") < text.index("picture.svg") < text.index("Words.")


@pytest.mark.parametrize("length", range(36, 60, 3))
def test_the_folio_of_an_entry_is_never_left_alone(book: Book, length: int) -> None:
    book.write("picture.svg", SVG)
    caption = ("words and more of them " * 9)[: length * 2].strip()
    result = book.build(f"# One\n\n```{{figure}} picture.svg\n:alt: A field\n\n{caption}\n```\n", "--to", "pdf")
    listed = next(text for text in pages_of(result.pdf) if text.lstrip().startswith("Figures"))
    last = [line for line in listed.splitlines() if line.strip()]
    assert not any(line.strip().isdigit() for line in last[1:-1]), listed


def test_the_list_of_figures_shows_the_first_sentence_of_a_long_caption(book: Book) -> None:
    book.write("a.svg", SVG)
    long = "Waves at St. Olaf *by night*. The lamp of the pier stands to the left of them. " + 20 * "They were high. "
    result = book.build(f"# Sea\n\n```{{figure}} a.svg\n:alt: a\n{long}\n```\n", "--to", "pdf")
    pages = [" ".join(text.split()) for text in pages_of(result.pdf)]
    (listed,) = [text for text in pages if text.startswith("Figures")]
    assert "Waves at St. Olaf by night" in listed
    assert "lamp" not in listed
    assert any("The lamp of the pier" in text for text in pages)


def test_a_rule_that_parts_nothing_is_not_printed(book: Book) -> None:
    """At the beginning of a document it stood on a page of its own."""
    source = "<!-- a comment -->\n\n---\n\n# One\n\nWords before.\n\n---\n\nWords behind.\n\n---\n"
    result = book.build(source, "--to", "pdf")
    assert result.status == 0, result.errors
    text = "".join("".join(pages_of(result.pdf)).split())
    assert text.count("***") == 1
    assert "before.***Words" in text
