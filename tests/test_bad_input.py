"""Bad input: the author is told file, line, what is wrong and what to write; all else is published, and the status is
not 0.
"""

from __future__ import annotations

import io
import json
import re
import zipfile

import pypdfium2
import pytest

from conftest import SVG, Book, Result, notes, titles

HEAD = "# One\n\n"
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n'


def plain(text: str) -> str:
    """Messages without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def reported(book: Book, chapter: str | None, place: str, *words: str, decks: int = 1) -> Result:
    """The build names ``place`` and says ``words``, shows no traceback, and publishes all else: web book, PDF and
    ``decks`` decks.
    """
    result = book.build(chapter)
    errors = plain(result.errors)
    assert result.status == 1, errors
    assert f"{place}: " in errors, errors
    for word in words:
        assert word in errors, errors
    assert "Traceback" not in errors
    output = book.folder / "_build"
    assert (output / "html/chapter.html").exists()
    assert list(output.glob("pdf/*.pdf"))
    assert len(list((output / "slides").glob("*.pptx"))) == decks
    return result


def test_unknown_slide_option(book: Book) -> None:
    reported(
        book,
        f"{HEAD}```{{slide}}\n:colour: red\n```\n\n[x]{{.point}}\n",
        "chapter.md:3",
        "no option ':colour:'",
        ":minutes:",
    )


def test_minutes_that_are_no_number(book: Book) -> None:
    reported(
        book,
        f"{HEAD}```{{slide}}\n:minutes: soon\n```\n\n[x]{{.point}}\n",
        "chapter.md:3",
        ":minutes: must be a number",
    )


def test_unknown_layout(book: Book) -> None:
    reported(
        book, f"{HEAD}```{{slide}} T\n:layout: collage\n```\n", "chapter.md:3", "no layout 'collage'", "comparison"
    )


def test_unknown_deck_in_a_slide(book: Book) -> None:
    book.write("slides/lectures.toml", LECTURE)
    reported(book, f"{HEAD}```{{slide}} T\n:decks: two\n```\n", "chapter.md:3", "no deck 'two'", "the decks are: one")


def test_unknown_deck_in_the_call(book: Book) -> None:
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(f"{HEAD}[x]{{.point}}\n", "--deck", "two")
    assert result.status == 1
    assert "there is no deck 'two'; the decks are: one" in result.errors


def test_two_slides_with_one_name(book: Book) -> None:
    chapter = f"{HEAD}```{{slide}} A\n:name: same\n```\n\n```{{slide}} B\n:name: same\n```\n"
    reported(book, chapter, "chapter.md:7", "'same' is used already, in", "chapter.md:3")


def test_two_option_blocks_for_one_slide(book: Book) -> None:
    chapter = f"{HEAD}```{{slide}}\n:minutes: 1\n```\n\n```{{slide}}\n:minutes: 2\n```\n\n[x]{{.point}}\n"
    reported(book, chapter, "chapter.md:7", "options already, in line 3")


def test_slide_content_without_a_title(book: Book) -> None:
    reported(
        book, f"{HEAD}```{{slide}}\n\nbody\n```\n\n[x]{{.point}}\n", "chapter.md:3", "give this slide directive a title"
    )


CHART = "```{{chart}} data.csv\n:x: year\n:y: {y}\n\nCaption\n```\n"


@pytest.mark.parametrize(
    ("csv", "y", "words"),
    [
        (None, "count", "'data.csv' does not exist"),
        ("date,count\n1937,5\n", "count", "needs a column 'year'; 'data.csv' has: date, count"),
        ("year,count\n1937,many\n", "count", "'many' in column 'count', line 2 of 'data.csv', is not a number"),
        ("year,count\n1937,nan\n", "count", "is not a number"),
        ("year,count\n1937\n", "count", "line 2 of 'data.csv' has not as many cells"),
        ("year,count\n", "count", "has no rows below its head"),
        (b"year,count\n\xff,1\n", "count", "is not UTF-8"),
    ],
)
def test_chart_data(book: Book, csv: str | bytes | None, y: str, words: str) -> None:
    if csv is not None:
        book.write("data.csv", csv)
    reported(book, HEAD + CHART.format(y=y), "chapter.md:3", words)


def test_chart_without_column_option(book: Book) -> None:
    book.write("data.csv", "year,count\n1937,1\n")
    reported(book, f"{HEAD}```{{chart}} data.csv\n:x: year\n\nCaption\n```\n", "chapter.md:3", "needs the option :y:")
    words = "the chart needs the options :x: and :y: with the name of a column; 'data.csv' has year, count."
    reported(book, f"{HEAD}```{{chart}} data.csv\n\nCaption\n```\n", "chapter.md:3", words)


def test_data_outside_the_book(book: Book) -> None:
    book.folder.parent.joinpath("secret.csv").write_text("year,count\n1,2\n")
    reported(
        book,
        f"{HEAD}```{{chart}} ../secret.csv\n:x: year\n:y: count\n\nC\n```\n",
        "chapter.md:3",
        "outside the book's folder",
    )


def test_image_outside_the_project(book: Book) -> None:
    book.folder.parent.parent.joinpath("outside.svg").write_text(SVG)
    result = book.build(f"{HEAD}![x](../../outside.svg)\n")
    assert result.status == 0
    assert "chapter.md:3: WARNING: the picture '../../outside.svg' lies outside the project" in plain(result.errors)
    assert SVG not in "".join(path.read_text() for path in (book.folder / "_build/.work/typstpdf").rglob("*.svg"))


def test_broken_formula_on_a_slide(book: Book) -> None:
    chapter = f"{HEAD}[x]{{.point}}\n\n```{{math}}\n:class: slide\n\\brokn{{a}} \\frac{{\n```\n"
    reported(book, chapter, "chapter.md:5", "cannot be set", "\\brokn")


@pytest.mark.slow
def test_broken_formula_in_the_book_is_shown_and_warned_about(book: Book) -> None:
    result = book.build(f"{HEAD}before $\\brokn{{a}}$ after\n")
    assert result.status == 0
    assert "chapter.md:3: WARNING: the formula '\\brokn{a}' cannot be set" in plain(result.errors)
    assert '#raw("\\\\brokn{a}");' in result.typst()
    assert book.build(None, "-W").status == 1


@pytest.mark.parametrize(
    ("below", "advice"),
    [
        ("% nothing", "above a comment it has no effect"),
        ("(target)=\n## Two", "between the target and the heading"),
    ],
)
def test_mark_that_the_parser_drops(book: Book, below: str, advice: str) -> None:
    result = book.build(f"{HEAD}text\n\n{{.slide}}\n{below}\n")
    errors = plain(result.errors)
    assert "chapter.md:5: WARNING: this {.slide} is dropped" in errors
    assert advice in errors
    assert result.status == 0
    assert book.build(f"{HEAD}text\n\n{{.slide}}\n{below}\n\n", "-W").status == 1


def test_marks_in_a_project_that_does_not_read_attributes(book: Book) -> None:
    book.write("conf.py", 'project = "x"\nextensions = ["myst_parser"]\n')
    errors = plain(book.build(f"{HEAD}a [b]{{.point}} c\n").errors)
    assert "chapter.md:3: WARNING: this annotation is not read: add 'attrs_inline'" in errors


@pytest.mark.parametrize(
    ("toml", "line", "words"),
    [
        (LECTURE.replace("chapter", "chaptre"), 4, "no document 'chaptre'; the book has: chapter"),
        ('[[lecture]\nname = "x"\n', 1, "this is not TOML"),
        ("[[lecture]]\nname = 'x'\ntitle = 'X'\n", 1, "has no 'documents'"),
        (LECTURE.replace("chapter", "chapter#two"), 1, "no section 'two' in 'chapter'; it has: one"),
        (LECTURE + "colour = 'red'\n", 5, "unknown key 'colour'"),
        (LECTURE.replace('"one"', '"One Two"'), 2, "must be small letters"),
        (LECTURE + "\n" + LECTURE, 6, "two lectures are named 'one'"),
        (LECTURE + "minutes = 'long'\n", 5, "minutes must be a number"),
    ],
)
def test_lectures_file(book: Book, toml: str, line: int, words: str) -> None:
    book.write("slides/lectures.toml", toml)
    reported(
        book, f"{HEAD}[x]{{.point}}\n", f"lectures.toml:{line}", words, decks=max(toml.count("[[lecture]]") - 1, 0)
    )


def test_template_that_does_not_exist(book: Book) -> None:
    book.write("slides/lectures.toml", LECTURE + 'template = "ours.pptx"\n')
    reported(book, f"{HEAD}[x]{{.point}}\n", "lectures.toml:1", "no template 'ours.pptx'", "plain", decks=0)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("ppt/big.xml", b"\0" * 60_000_000)
    return out.getvalue()


def strict() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("_rels/.rels", '<x Type="http://purl.oclc.org/ooxml/officeDocument/relationships/a"/>')
    return out.getvalue()


def entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a zip", "is not a .pptx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "protected by a password"),
        (bomb(), "unpacks to 60 MB"),
        (entities(), "declares XML entities"),
        (strict(), "it is saved as Strict Open XML"),
    ],
    ids=["no zip", "encrypted", "zip bomb", "entities", "strict"],
)
def test_template_that_cannot_be_used(book: Book, content: bytes, words: str) -> None:
    book.write("slides/ours.pptx", content)
    book.write("slides/lectures.toml", LECTURE + 'template = "ours.pptx"\n')
    reported(book, f"{HEAD}[x]{{.point}}\n", "lectures.toml:1", "ours.pptx", words, decks=0)


def test_a_bullet_that_is_longer_than_a_slide_goes_on_on_the_next(book: Book) -> None:
    words = " ".join(f"word{number}" for number in range(900))
    result = book.build(f"{HEAD}short\n\n[{words}]{{.point}}\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    shown = [slide.placeholders[1].text_frame.text for slide in list(result.deck().slides)[1:]]
    assert len(shown) > 2
    assert " ".join(shown).lower().split() == words.split()


def test_a_title_that_is_long_is_set_smaller(book: Book) -> None:
    title = "Smith and Others v. The Commissioners of Her Majesty's Revenue and Customs, " * 3
    result = book.build(f"# Law\n\n{{.slide}}\n## {title}\n\n[x]{{.point}}\n", "--to", "pptx")
    assert result.status == 0
    assert "chapter.md:4: WARNING: the title" in result.errors
    assert "is long and stands at 21 pt; shorten it" in " ".join(result.errors.split())
    assert titles(result.deck())[-1].split() == title.replace("'", "’").rstrip(" ").split()


def test_a_long_word_in_a_title_is_broken(book: Book) -> None:
    name = "a.module." * 9 + "with_a_function"
    result = book.build(f"# Code\n\n{{.slide}}\n## `{name}`\n\n[x]{{.point}}\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    page = pypdfium2.PdfDocument(result.folder / "_build/slides/chapter.pdf")[1]
    letters = page.get_textpage()
    assert max(letters.get_charbox(index)[2] for index in range(letters.count_chars())) < page.get_width()


@pytest.mark.slow
def test_title_that_cannot_fit(book: Book) -> None:
    result = book.build(f"# {'word ' * 400}\n\n[x]{{.point}}\n", "--to", "pptx")
    assert result.status == 0
    assert "is too long for its box at 14 pt" in result.errors
    assert "It is cut off there" in result.errors
    assert "stands at" not in result.errors
    [title] = titles(result.deck())[1:]
    assert title.startswith("word word word")
    assert title.endswith("word…")
    assert notes(result.deck().slides[1])[0] == " ".join(["word"] * 400)


@pytest.mark.slow
def test_a_deck_that_is_no_deck_any_more_is_kept(book: Book) -> None:
    book.build(f"{HEAD}[one]{{.point}}\n")
    target = book.folder / "_build/slides/chapter.pptx"
    target.write_bytes(b"not a deck")
    second = book.build(f"{HEAD}[two]{{.point}}\n")
    errors = plain(second.errors)
    assert (
        "chapter.pptx has edits by hand: it cannot be read: it is not a .pptx file: it is no zip file, or a piece of "
        "one; your version is kept as" in errors
    )
    kept = list(target.parent.glob("chapter-edited-*.pptx"))
    assert [path.read_bytes() for path in kept] == [b"not a deck"]
    assert kept[0].name in errors
    assert second.deck().slides[1].shapes.title.text_frame.text == "One"
    third = book.build(f"{HEAD}[three]{{.point}}\n")
    assert "by hand" not in third.errors


def test_output_folder_that_cannot_be_written(book: Book) -> None:
    book.write("blocked", "a file where the folder should be")
    result = book.build(f"{HEAD}text\n", "-o", "blocked/out")
    assert result.status == 1
    assert "cannot be written" in result.errors
    assert "choose another with -o" in result.errors


UNKNOWN_NODE = """
from docutils import nodes
from docutils.parsers.rst import Directive

class gadget(nodes.General, nodes.Element):
    pass

class GadgetDirective(Directive):
    has_content = True
    def run(self):
        node = gadget("", nodes.paragraph("", "words in a gadget"))
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node]

def setup(app):
    app.add_node(gadget, html=(lambda self, node: None, lambda self, node: None))
    app.add_directive("gadget", GadgetDirective)
"""


def test_unknown_node_gives_its_text_and_a_warning(book: Book) -> None:
    book.write("gadgets.py", UNKNOWN_NODE)
    conf = book.folder.joinpath("conf.py").read_text()
    book.write(
        "conf.py", f'import sys\nsys.path.insert(0, {str(book.folder)!r})\n{conf}\nextensions.append("gadgets")\n'
    )
    result = book.build(f"{HEAD}```{{gadget}}\nx\n```\n")
    errors = plain(result.errors)
    assert result.status == 0
    assert (
        "chapter.md:3: WARNING: the printed book has no handler for the node 'gadget' of the extension 'gadgets'"
        in errors
    )
    assert "words in a gadget" in result.typst()


def test_mark_in_a_heading_or_cell_is_warned_about(book: Book) -> None:
    errors = plain(book.build("# One [x]{.point}\n\n[ok]{.point}\n\n| a |\n|---|\n| [b]{.point} |\n").errors)
    assert "chapter.md:1: WARNING: a mark in a heading has no effect" in errors
    assert "a mark in a table cell has no effect" in errors


def test_subpoint_without_point_becomes_a_point(book: Book) -> None:
    result = book.build(f"{HEAD}[x]{{.subpoint}}\n")
    assert "chapter.md:3: WARNING: this subpoint has no point before it" in plain(result.errors)


def test_wrong_option_in_conf(book: Book) -> None:
    conf = book.folder.joinpath("conf.py").read_text()
    book.write("conf.py", conf + 'builder_point_style = "loud"\n')
    reported(book, f"{HEAD}x\n", "conf.py:11", "builder_point_style is 'loud'", "'bullet', 'verbatim'")


def test_with_warnings_as_errors_nothing_is_published(book: Book) -> None:
    first = book.build(f"{HEAD}[one]{{.point}}\n")
    files = (first.pdf, *(book.folder / "_build" / name for name in ("slides/chapter.pptx", "html/chapter.html")))
    before = {path: path.read_bytes() for path in files}
    faulty = f"{HEAD}[one]{{.point}} and more\n\n```{{figure}} none.png\nC\n```\n"
    assert book.build(faulty, "-W").status == 1
    assert {path: path.read_bytes() for path in files} == before
    book.build(faulty)
    assert all(path.read_bytes() != content for path, content in before.items())


def test_a_lecture_with_a_fault_costs_its_deck(book: Book) -> None:
    other = LECTURE.replace("one", "two").replace("chapter", "nowhere")
    book.write("slides/lectures.toml", LECTURE + other)
    reported(book, f"{HEAD}[x]{{.point}}\n", "lectures.toml:8", "no document 'nowhere'", "This deck is not made")


def test_a_fault_in_one_deck_is_reported_again_by_the_next_build(book: Book) -> None:
    chapter = f"{HEAD}```{{slide}} Too much\n:layout: nowhere\n\n- x\n```\n"
    for _ in range(2):
        reported(book, chapter, "chapter.md:3", "there is no layout 'nowhere'")


def test_report_names_the_faults(book: Book) -> None:
    book.build(f"{HEAD}before $\\brokn{{a}}$ after\n\n```{{slide}}\n:colour: red\n```\n\n[x]{{.point}}\n")
    report = json.loads((book.folder / "_build/report.json").read_text())
    assert report["status"] == 1
    faults = {fault["place"]: (fault["severity"], fault["kind"]) for fault in report["faults"]}
    assert faults == {"chapter.md:3": ("warning", "builder.formula"), "chapter.md:5": ("error", "builder.error")}


def test_report_names_the_faults_of_what_did_not_change(book: Book) -> None:
    book.build(f"{HEAD}before $\\brokn{{a}}$ after\n")
    book.build()
    report = json.loads((book.folder / "_build/report.json").read_text())
    assert [output["unchanged"] for output in report["outputs"] if output["kind"] == "pdf"] == [True]
    assert [fault["place"] for fault in report["faults"]] == ["chapter.md:3"]
