"""What an edition lacks is in no file of it, and all else is as in the other one: numbers above all."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import Command
from pptx import Presentation

from conftest import CONF, SVG, Book, notes, titles
from pdf_text import pages_of

TEACHING = CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_exercise", "sphinx_proof", "sphinx_design"]')
SECRET = "xyzzy"
CHAPTER = """# Chapter

Words [xyzzyspan]{.teacher}, and {teacher}`xyzzyrole` here.[^a]

[^a]: An open note.

````{edition} teacher
Xyzzyblock with a note[^b].

```{figure} xyzzy.svg
:name: fig-secret
Xyzzycaption
```

```{chart} xyzzy.csv
:type: bar
:x: who
:y: many
:class: slide
:alt: Xyzzybars
Xyzzychart
```

{download}`xyzzy.csv`
````

[^b]: Xyzzynote

```{figure} open.svg
:name: fig-open
The open figure
```

{.teacher .slide}
## Xyzzysection

Xyzzytext, [a xyzzypoint]{.point}.

### Xyzzydeeper

Text {index}`xyzzyindexed <xyzzyentry>`.

```{glossary}
xyzzyterm
: Xyzzydefinition
```

```{prf:theorem} Xyzzytheorem
:label: th-secret
Xyzzyclaim.
```

(sec-open)=
## Open

```{exercise} An exercise
:label: ex-one
Do it.
```

````{solution} ex-one
:label: sol-one
:class: slide
Xyzzysolution

$$ xyzzy = y $$ (eq-secret)
````

$$ z = 1 $$ (eq-open)

```{prf:theorem} Open
:label: th-open
A claim.
```

```{exercise}
:label: ex-two
Do two.
```

```{dropdown} Xyzzyanswer
Xyzzyhidden
```

{.slide .backup}
## Slide [xyzzytitle]{.teacher}

[A point [xyzzyin]{.teacher}]{.point} and [xyzzypoint]{.point .teacher}.

```{notes}
Xyzzynotes
```

```{slide} Own [xyzzywords]{.teacher}
Shown to all

{.teacher}
Xyzzyparagraph
```

```{slide} Xyzzyslide
:class: teacher
Xyzzycontent
```

{.teacher}
- xyzzyitem

| a | b |
|---|---|
| [xyzzycell]{.teacher} | open |
"""
OTHER = """# Other

See {numref}`fig-open`, {eq}`eq-open`, {ref}`sec-open`, {ref}`ex-two` and {prf:ref}`th-open`.
"""


@pytest.fixture
def course(book: Book) -> Book:
    book.write("conf.py", TEACHING)
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nother\n```\n")
    book.write("open.svg", SVG)
    book.write("xyzzy.svg", SVG.replace("7a2a25", "7a2a26"))
    book.write("xyzzy.csv", "who,many\nxyzzyone,4\nxyzzytwo,5\n")
    book.write("other.md", OTHER)
    return book


def texts_in(content: bytes, name: str) -> Iterator[str]:
    """All text in a file, and in the files that are packed in it."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for inner in packed.namelist():
                yield inner
                yield from texts_in(packed.read(inner), inner)
    elif name.endswith(".inv"):
        yield zlib.decompress(content.split(b"\n", 4)[4]).decode()
    else:
        yield content.decode("utf-8", errors="ignore")


def files_with(word: str, folder: Path) -> set[str]:
    """The outputs below a folder that hold a word, or have it in their names."""
    found = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.startswith(("html/", "pdf/", "slides/")):  # beside them is the report for authors
            texts = [name, *texts_in(path.read_bytes(), path.name)]
            if path.suffix == ".pdf":
                texts += pages_of(path)
            if any(word in text.lower() for text in texts):
                found.add(name)
    return found


@pytest.mark.slow
def test_nothing_of_the_teachers_is_in_any_file_of_the_students(course: Book) -> None:
    result = course.build(CHAPTER, "--edition", "student", "--edition", "teacher")
    assert result.status == 0, result.errors
    built = course.folder / "_build"
    assert files_with(SECRET, built / "student") == set()
    assert {"html/chapter.html", "html/searchindex.js", "pdf/asmallbook.pdf", "slides/chapter.pptx"} <= files_with(
        SECRET, built / "teacher"
    )
    page = (built / "teacher/html/chapter.html").read_text().lower()
    marked = ("span", "role", "block", "note", "caption", "section", "deeper", "term", "solution", "hidden", "claim")
    assert [part for part in marked if f"{SECRET}{part}" not in page] == []


@pytest.mark.slow
def test_numbers_are_the_same_in_both(course: Book) -> None:
    course.build(CHAPTER, "--to", "html,pdf", "--edition", "student", "--edition", "teacher")
    pages = [
        re.sub(r"<[^>]+>", "", (course.folder / f"_build/{edition}/html/other.html").read_text())
        for edition in ("student", "teacher")
    ]
    for page in pages:
        assert "See Figure 1.3, (1.2), Open, Exercise 1.2 and Theorem 1.2." in " ".join(page.split())
    printed = " ".join(pages_of(course.folder / "_build/student/pdf/asmallbook.pdf"))
    assert "1.2 Open" in printed
    assert "Figure 1.3" in printed


def test_slides_of_a_student_have_no_notes_of_the_teacher(course: Book) -> None:
    source = "# Chapter\n\n{.slide}\n## One\n\n[A point]{.point}.\n\n```{notes}\nAsk them.\n```\n"
    course.build(source, "--to", "pptx", "--edition", "student", "--edition", "teacher")
    decks = {
        edition: Presentation(course.folder / f"_build/{edition}/slides/chapter.pptx")
        for edition in ("student", "teacher")
    }
    assert titles(decks["student"]) == titles(decks["teacher"]) == ["Chapter", "One"]
    assert "Ask them." in notes(decks["teacher"].slides[1])
    assert [line for line in notes(decks["student"].slides[1]) if "Ask" in line] == []


def test_without_an_edition_everything_is_there(course: Book) -> None:
    result = course.build(f"{CHAPTER}\n\n{{.student}}\nFor students.\n", "--to", "html")
    page = (result.folder / "_build/html/chapter.html").read_text()
    assert "Xyzzyblock" in page
    assert "Xyzzysolution" in page
    assert "For students." in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("{numref}`fig-secret`", "Figure 1.1"),
        ("{numref}`The figure <fig-secret>`", "The figure"),
        ("{eq}`eq-secret`", "(1.1)"),
        ("{ref}`sol-one`", "…"),
        ("{ref}`its solution <sol-one>`", "its solution"),
        ("{term}`xyzzyterm`", "…"),
    ],
)
def test_a_reference_to_what_is_not_there_is_told_with_its_line(course: Book, reference: str, shown: str) -> None:
    course.write("other.md", f"# Other\n\nSee {reference} there.\n")
    result = course.build(CHAPTER, "--to", "html", "--edition", "student")
    assert "other.md:3: WARNING: the student's edition lacks what" in result.errors
    page = re.sub(r"<[^>]+>", "", (course.folder / "_build/student/html/other.html").read_text())
    assert f"See {shown} there." in page
    course.build(CHAPTER, "--to", "html", "--edition", "teacher")
    assert "lacks what" not in course.build(None, "--to", "html", "--edition", "teacher").errors


def test_marks_of_restructuredtext(course: Book) -> None:
    course.write("index.rst", "Root\n====\n\n.. toctree::\n\n   page\n")
    (course.folder / "index.md").unlink()
    course.write(
        "page.rst",
        "Page\n====\n\n.. edition:: teacher\n\n   For teachers.\n\n.. rst-class:: student\n\nFor students.\n\n"
        "For :teacher:`these` :student:`those` all.\n\n.. only:: teacher and html\n\n   On their web.\n",
    )
    course.build(None, "--to", "html", "--edition", "student", "--edition", "teacher")
    text = {
        edition: re.sub(r"<[^>]+>", "", (course.folder / f"_build/{edition}/html/page.html").read_text())
        for edition in ("student", "teacher")
    }
    assert "For students." in text["student"]
    assert "For those all." in text["student"]
    assert "For teachers." not in text["student"]
    assert "On their web." not in text["student"]
    assert "For teachers." in text["teacher"]
    assert "For these all." in text["teacher"]
    assert "On their web." in text["teacher"]
    assert "For students." not in text["teacher"]


def test_an_edition_that_is_none_is_an_error_with_its_line(course: Book) -> None:
    result = course.build("# Chapter\n\n```{edition} parents\nText.\n```\n", "--to", "html")
    assert result.status == 1
    assert "chapter.md:3: ERROR: there is no edition 'parents'; write one of student, teacher." in result.errors


@pytest.mark.slow
def test_an_edit_gives_what_a_clean_build_gives(course: Book) -> None:
    """A mark that comes or goes changes references in other documents too."""
    course.write("other.md", "# Other\n\nSee {numref}`fig-open`, {ref}`sec-open`.\n")
    course.build(CHAPTER, "--to", "html,pptx", "--edition", "student")
    edited = CHAPTER.replace("(sec-open)=\n", "(sec-open)=\n{.teacher}\n")
    assert "lacks what 'sec-open'" in course.build(edited, "--to", "html,pptx", "--edition", "student").errors
    page = course.folder / "_build/student/html/other.html"
    assert "See Figure 1.3, Section 1.2." in re.sub(r"<[^>]+>", "", page.read_text())
    course.build(CHAPTER, "--to", "html,pptx", "--edition", "student")
    assert "See Figure 1.3, Open." in re.sub(r"<[^>]+>", "", page.read_text())


def test_clean_takes_the_editions_too(course: Book) -> None:
    course.build(CHAPTER, "--to", "html", "--edition", "student")
    course.call("clean")
    assert not (course.folder / "_build").exists()


@pytest.mark.parametrize("edition", ["student", "teacher"])
def test_a_slide_of_a_section_may_be_of_one_edition_alone(course: Book, edition: str) -> None:
    source = "# Chapter\n\n## One\n\n```{slide}\n:class: teacher\n```\n\n[A]{.point}.\n\n## Two\n\n[B]{.point}.\n"
    course.build(source, "--to", "pptx", "--edition", edition)
    deck = Presentation(course.folder / f"_build/{edition}/slides/chapter.pptx")
    assert titles(deck)[1:] == (["One", "Two"] if edition == "teacher" else ["Two"])


def test_words_around_what_goes_close_up(course: Book) -> None:
    source = (
        "# Chapter\n\nOne [two]{.teacher}, three [four]{.teacher} five [six]{.teacher}.\n\n- one\n- [two]{.teacher}\n"
    )
    course.build(source, "--to", "html", "--edition", "student")
    page = (course.folder / "_build/student/html/chapter.html").read_text()
    assert "<p>One, three five.</p>" in page
    assert page.count("<li><p>") == 1


@pytest.mark.parametrize(
    "marked",
    [
        "{.teacher}\n:::{note}\nXyzzy\n:::",
        "{.teacher}\n$$ xyzzy = 1 $$",
        "{.teacher}\n$$ xyzzy = 1 $$ (eq-one)",
        "{.teacher}\n```python\nxyzzy\n```",
        "{.teacher}\n```{code-block} python\n:caption: Xyzzy\nxyzzy\n```",
        "```{code-block} python\n:caption: Xyzzy\n:class: teacher\nxyzzy\n```",
        "{.teacher}\n(place)=\n## Xyzzy\n\nText",
        "{.teacher}\n% a comment\nXyzzy",
        "{.teacher}\n(place)=\nXyzzy",
        "{.teacher}\n> Xyzzy",
        "{.teacher}\n| xyzzy | b |\n|---|---|\n| 1 | 2 |",
        "{.teacher}\n<p>xyzzy</p>",
        "{.teacher}\nxyzzy\n: Meaning",
        "{.teacher}\n1. xyzzy",
        "{.teacher}\n```{include} xyzzy.txt\n```",
        "{.teacher}\n```{figure} xyzzy.svg\nXyzzy\n```",
        "```{figure} xyzzy.svg\n:class: teacher\nXyzzy\n```",
        "```{list-table} Xyzzy\n:class: teacher\n* - xyzzy\n```",
        "```{math}\n:class: teacher\nxyzzy\n```",
        "```{image} xyzzy.svg\n:class: teacher\n```",
        "Seen `xyzzy`{.teacher} and [xyzzy](http://x.org){.teacher} and ![xyzzy](xyzzy.svg){.teacher}.",
        "- one\n- [xyzzy]{.teacher}",
        "```{edition} teacher\n- xyzzy\n\n      xyzzy\n```",
        "````{edition} teacher\n```{py:function} xyzzy(x)\nXyzzy\n```\n```{envvar} XYZZY\n```\n````",
        "````{edition} teacher\n```{c:function} int xyzzy(int x)\nXyzzy\n```\n```{cpp:class} xyzzy\n```\n````",
    ],
)
def test_whatever_is_marked_goes(course: Book, marked: str) -> None:
    course.write("xyzzy.txt", "Xyzzy\n")
    result = course.build(f"# Chapter\n\nBefore.\n\n{marked}\n", "--to", "html", "--edition", "student")
    assert result.status == 0, result.errors
    assert files_with(SECRET, course.folder / "_build/student") == set()
    assert "Before." in (course.folder / "_build/student/html/chapter.html").read_text()
    course.build(None, "--to", "html", "--edition", "teacher")
    assert "html/chapter.html" in files_with(SECRET, course.folder / "_build/teacher")


@pytest.mark.parametrize(
    "source",
    [
        "Words **xyzzy**{.teacher}.",
        "A formula $xyzzy${.teacher}.",
        "{.teacher}\n```{include} xyzzy.md\n```",
    ],
)
def test_a_mark_that_cannot_be_obeyed_stops_the_edition(course: Book, source: str) -> None:
    course.write("xyzzy.md", "## A heading\n\nxyzzy\n")
    result = course.build(f"# Chapter\n\n{source}\n", "--to", "html", "--edition", "student")
    assert result.status == 1
    assert "chapter.md:" in result.errors
    assert not (course.folder / "_build/student/html").exists()


@pytest.mark.slow
def test_cells_of_a_notebook(course: Book) -> None:
    course.write("conf.py", TEACHING.replace('["myst_parser"', '["myst_nb"') + "nb_execution_mode = 'off'\n")
    course.write("other.md", "# Other\n")
    cells = "".join(
        f"```{{code-cell}}\n:tags: [{tag}]\n{code} = 1\n```\n\n"
        for tag, code in (("hide-cell", "xyzzyanswer"), ("hide-cell", "shown"), ("teacher", "xyzzy"), ("other", "open"))
    ).replace("shown", "xyzzyagain")
    head = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python}\n---\n"
    source = f"{head}# Chapter\n\n```{{exercise}}\n:label: ex\nDo it.\n```\n\n{cells}"
    course.write("chapter.md", source)
    command = Command(course.folder, "build", "-q", "--edition", "student")  # MyST-NB stays where it was loaded
    assert command.wait() == 0, command.said
    assert files_with(SECRET, course.folder / "_build/student") == set()
    assert "open" in (course.folder / "_build/student/html/chapter.html").read_text()
