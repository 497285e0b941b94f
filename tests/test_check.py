"""``builder check`` reads and reports, and measures the margins of the pages that it makes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from builder.book.margins import TextBlock, overruns
from builder.commands.cli import main

from conftest import Book

WIDE = "\\mathrm{" + "wide" * 60 + "}"


def checked(book: Book, capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Status, output and messages of a check."""
    capfd.readouterr()
    status = main(["check", str(book.folder), "-o", str(book.folder / "_build"), "-q"])
    captured = capfd.readouterr()
    return status, captured.out, captured.err


def test_a_clean_project_has_nothing_to_mend(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n")
    book.write("chapter.md", "# A chapter\n\nSome words.\n\n- A point\n")
    status, out, errors = checked(book, capfd)
    assert (status, errors) == (0, "")
    assert "pages and 1 deck" in out
    assert "nothing to mend" in out
    assert {path.name for path in (book.folder / "_build").iterdir()} == {".work"}


def test_faults_are_printed_for_machines(book: Book) -> None:
    book.write(
        "chapter.md", f"# A chapter\n\n{{.slide}}\n## A\n\n[x]{{.points}}\n\nThe formula ${WIDE}$ is too wide.\n"
    )
    result = book.call("check", "--json")
    found = json.loads(result.out)
    assert found["folder"] == str(book.folder.resolve())
    assert [(fault["severity"], fault["kind"], fault["place"]) for fault in found["faults"]] == [
        ("warning", "builder.slip", "chapter.md:6"),
        ("warning", "builder.margin", "chapter.md:8"),
    ]
    assert (found["decks"], result.status, result.errors) == (1, 1, "")


def test_what_was_warned_of_is_told_by_every_check(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    book.write("chapter.md", "# A chapter\n\n```{nothing}\n```\n\n```{include} part.txt\n```\n")
    book.write("part.txt", "See {ref}`nowhere`.\n")
    for _ in range(2):
        status, out, errors = checked(book, capfd)
        assert "2 warnings" in out
        assert "chapter.md:3: WARNING: Unknown directive type: 'nothing'" in errors
        assert "undefined label: 'nowhere'" in errors
        assert status == 1
    book.write("chapter.md", "# A chapter\n\nWords.\n")
    assert checked(book, capfd)[::2] == (0, "")


def test_what_was_warned_of_in_a_docstring_is_told_by_every_check(
    book: Book, capfd: pytest.CaptureFixture[str]
) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(f"import sys\nsys.path.insert(0, {str(book.folder)!r})\nextensions.append('sphinx.ext.autodoc')\n")
    book.write("counted_stones.py", '"""Rows."""\n\n\ndef count():\n    """Count `nowhere <`_ stones."""\n')
    book.write("chapter.md", "# A chapter\n\n```{eval-rst}\n.. autofunction:: counted_stones.count\n```\n")
    for _ in range(2):
        status, _out, errors = checked(book, capfd)
        assert "docstring of counted_stones.count" in errors
        assert status == 1


def test_a_build_says_where_warnings_stand_until_they_are_mended(book: Book) -> None:
    """Sphinx says nothing again of what it does not read again."""
    book.write("chapter.md", "# A chapter\n\n```{nothing}\n```\n")
    for _ in range(2):
        said = book.call("build", str(book.folder)).out
        assert said.endswith("warnings stand in 1 document (chapter); builder check says all of them again\n")
    book.write("other.md", "---\norphan: true\n---\n\n# Another\n")
    assert "warnings stand" in book.call("build", str(book.folder)).out
    book.write("chapter.md", "# A chapter\n\nWords.\n")
    assert "warnings stand" not in book.call("build", str(book.folder)).out


OF_PAGES = "# A chapter\n\n```{code-block} jsn\nx = 1\n```\n\n```{code-block} json\n{1: ?}\n```\n"


def test_what_pages_were_warned_of_when_they_were_written_is_told_by_every_check(
    book: Book, capfd: pytest.CaptureFixture[str]
) -> None:
    book.write("chapter.md", OF_PAGES)
    said = book.call("build", str(book.folder))
    assert said.out.endswith("warnings stand in 1 document (chapter); builder check says all of them again\n")
    for _ in range(2):
        status, out, errors = checked(book, capfd)
        assert "2 warnings" in out
        assert "chapter.md:3: WARNING: Pygments lexer name 'jsn' is not known; did you mean 'json'?" in errors
        assert "chapter.md:7: WARNING: this code is not of the language 'json'" in errors
        assert status == 1
    book.write("chapter.md", "# A chapter\n\nWords.\n")
    assert checked(book, capfd)[::2] == (0, "")
    book.call("build", str(book.folder))
    assert checked(book, capfd)[::2] == (0, "")


def test_an_option_that_a_theme_does_not_have_is_told_by_every_check(
    book: Book, capfd: pytest.CaptureFixture[str]
) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write("html_theme_options = {'stones': 1}\n")
    book.build("# A chapter\n")
    status, out, errors = checked(book, capfd)
    assert "unsupported theme option 'stones'" in errors
    assert "1 warning" in out
    assert status == 1


def test_what_was_held_back_is_told_when_suppress_warnings_no_longer_names_it(book: Book) -> None:
    """And what it names from now on stands in no document any more."""
    settings = (book.folder / "conf.py").read_text()
    book.write("chapter.md", f"{OF_PAGES}\nSee {{ref}}`nowhere`.\n")
    for suppressed, warned in (("['ref', 'misc']", 0), ("[]", 3), ("['misc']", 1)):
        book.write("conf.py", f"{settings}suppress_warnings = {suppressed}\n")
        result = book.call("build", str(book.folder))
        assert result.errors.count("WARNING") == warned, suppressed
        assert ("warnings stand" in result.out) == bool(warned)
    assert book.call("build", str(book.folder), "-W").status == 1
    book.write("conf.py", f"{settings}suppress_warnings = ['misc', 'ref']\n")
    assert book.call("build", str(book.folder), "-W").status == 0


def test_a_project_that_cannot_be_read_is_a_fault_for_machines(book: Book) -> None:
    book.write("conf.py", "extensions = [")
    result = book.call("check", "--json")
    (fault,) = json.loads(result.out)["faults"]
    assert fault["severity"] == "error"
    assert (fault["place"], fault["message"]) == ("conf.py:1", "this is not Python: '[' was never closed.")
    assert result.status == 1


def test_a_line_in_the_margin_is_named_with_page_file_and_line(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n")
    book.write("chapter.md", f"# A chapter\n\nSome words.\n\nThe formula ${WIDE}$ is too wide.\n")
    status, out, errors = checked(book, capfd)
    assert status == 1
    assert "chapter.md:5: WARNING:" in errors
    assert "into the margin of page 1;" in errors
    assert "wider than the slide" in errors
    assert "2 warnings" in out


def test_what_has_no_words_in_the_margin_is_named_with_its_section(
    book: Book, capfd: pytest.CaptureFixture[str]
) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n")
    book.write("chapter.md", f"# A chapter\n\n$$\n{'x' * 150}\n$$\n")
    _, _, errors = checked(book, capfd)
    assert re.search(r"chapter\.md:1: WARNING: the line that ends “.*” runs \d+ pt into the margin of page 1;", errors)


SUM = " + ".join(rf"\sum_{{k=0}}^{{n}} {letter}_k x^k" for letter in "abcdefg")


@pytest.mark.parametrize(
    "formula",
    [
        f"f(x) = {SUM} = y",
        f"f(x) = {SUM} + {SUM} = y",
        rf"\begin{{aligned}} f(x) &= {SUM} + {SUM} \\ y &= 1 \end{{aligned}}",
        rf"\begin{{align}} f(x) &= {SUM} + {SUM} \tag{{a}} \\ y &= 1 \tag{{b}} \end{{align}}",
    ],
    ids=["shrunk", "broken", "aligned", "rows with tags"],
)
def test_wide_formulas_stay_on_the_page(formula: str, book: Book, tmp_path: Path) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n\nchapter\n```\n")
    book.write("chapter.md", f"# A chapter\n\n$$\n{formula}\n$$\n")
    result = book.build(None, "--to", "pdf")
    mm = 72 / 25.4
    assert list(overruns(result.pdf.read_bytes(), TextBlock(22 * mm, 30 * mm, 25 * mm, 30 * mm, two_sided=True))) == []
    assert ("#h(40em/18)" in result.typst()) is (r"\begin" in formula)  # rows that go on stand in


def test_errors_of_the_sources_are_told_as_by_a_build(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n\nchapter\n```\n")
    book.write("chapter.md", "# A chapter\n\n```{slide}\n:nonsense: 1\n```\n")
    status, _, errors = checked(book, capfd)
    assert status == 1
    assert "chapter.md:3" in errors
    assert "Traceback" not in errors


LECTURES = """
[[lecture]]
name = "one"
title = "A lecture"
documents = ["chapter"]
minutes = 20
"""


def test_a_deck_is_measured_against_its_length_and_its_chapter(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    book.write("slides/lectures.toml", LECTURES)
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n")
    book.write(
        "chapter.md",
        "# A chapter\n\n## First\n\n```{slide} Opening\n:minutes: 5\n\n- A point\n```\n\n## Second\n\nWords.\n\n### "
        "Below\n\nWords.\n\n"
        "{.slide}\n## Third\n\n- A point\n",
    )
    status, out, errors = checked(book, capfd)
    assert (status, errors) == (0, "")
    assert "one: 3 slides, about 6 of 20 minutes\n  about 14 minutes too short by its slides\n" in out
    assert "  no slide: Second (" in out
    assert "chapter.md:11)" in out
    assert "Below" not in out


@pytest.mark.parametrize(
    ("chapter", "minutes"),
    [
        ("".join(f"```{{slide}} Slide {n}\n- A point\n```\n\n" for n in range(10)), 20),
        ("".join(f"{{.slide}}\n### Part {n}\n\n[A point]{{.point}}\n\n" for n in range(5)), 10),
        ("".join(f"### Part {n}\n\n- A point\n- B\n- C\n- D\n\n" for n in range(5)), 10),
        ("```{slide} Long\n" + "- A point of some words\n" * 30 + "```\n", 2),
    ],
    ids=["own slides", "marked sections", "automatic slides", "a slide that was split"],
)
def test_a_slide_is_shown_for_two_minutes(
    book: Book, capfd: pytest.CaptureFixture[str], chapter: str, minutes: int
) -> None:
    book.write("chapter.md", f"# A chapter\n\n{chapter.replace('###', '##')}")
    status, out, errors = checked(book, capfd)
    assert (status, errors) == (0, "")
    assert re.search(rf"chapter: \d+ slides, about {minutes} minutes", out)


def test_long_names_in_the_index_are_broken(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    name = "a_package_with_a_long_name.and_a_module_below_it.AndAClassOfManyWords.and_its_method"
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n")
    book.write("chapter.md", f"# A chapter\n\n```{{index}} single: {name}\n```\n\nSome words.\n")
    assert checked(book, capfd)[0] == 0


@pytest.mark.parametrize(("page", "edges"), [(0, (20.0, 370.0)), (1, (30.0, 380.0))], ids=["recto", "verso"])
def test_the_text_block_changes_sides(page: int, edges: tuple[float, float]) -> None:
    assert TextBlock(20, 30, 10, 10, two_sided=True).edges(page, 400) == edges
    assert TextBlock(20, 30, 10, 10, two_sided=False).edges(page, 400) == (20.0, 370.0)
