"""A fault in a bibliography costs the work that it is in, and is told until it is mended."""

from __future__ import annotations

import pytest

from builder.source.bibliographies import IN_PARTS, lines_of_works

from conftest import Book
from pdf_text import pages_of

CONF = 'extensions = ["sphinxcontrib.bibtex"]\nbibtex_bibfiles = ["works.bib"]\n'
GOOD = "@misc{good, author={B. Good}, title={A good work}, year=2002}\n"


@pytest.mark.parametrize(
    ("fault", "line", "message"),
    [
        ("@misc{bad,\n title={Bad}\n year={2001}\n}\n", 3, "the work 'bad' cannot be read from here on"),
        ("@misc{bad, title={Bad\n}\n", 3, "the work 'bad' cannot be read from here on"),
        (GOOD, 2, "the work 'good' stands in the bibliography a second time"),
        ("@misc{bad, title={Bad}, title={Worse}}\n", 1, "the work 'bad' has 'title' twice"),
        ("@misc{bad,\n title={Bad}, month=wet}\n", 2, "'wet' stands for nothing"),
        ("\n@misc{bad, author={A, B, C, D}}\n", 2, "the name 'A, B, C, D' has too many commas"),
    ],
)
def test_a_fault_in_a_bibliography_costs_one_work(book: Book, fault: str, line: int, message: str) -> None:
    book.write("conf.py", CONF)
    book.write("works.bib", fault + GOOD)
    result = book.build("# One\n\nAs in {cite}`good`.\n\n```{bibliography}\n```\n", "--to", "pdf")
    (told,) = [words for words in result.errors.splitlines() if "builder.bibliography" in words]
    assert f"works.bib:{line}: WARNING: {message}" in told
    if "title={Bad\n" not in fault:  # the brace that is not closed takes in all that is behind it
        assert "A good work" in " ".join(pages_of(result.pdf))


def test_a_comma_too_many_in_a_citation_is_told_and_its_works_are_shown(book: Book) -> None:
    book.write("conf.py", CONF)
    book.write("works.bib", GOOD + GOOD.replace("good", "best"))
    text = "# One\n\nAs in {cite:t}`good,,{see}best{p. 1, 2},`.\n\n```{bibliography}\n```\n"
    result = book.build(text, "--to", "html")
    assert (
        "chapter.md:3: WARNING: this citation has a comma too many; write 'good,{see}best{p. 1, 2}'." in result.errors
    )
    assert len(result.errors.splitlines()) == 1
    page = (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert page.count('class="reference internal" href="#id') == 2


def test_names_may_have_their_parts_by_name(book: Book) -> None:
    book.write("conf.py", CONF)
    names = "family=Hasselt, given=Hado, prefix=van, useprefix=true and Name, Ann and given=Bo, family=Last"
    book.write("works.bib", GOOD.replace("B. Good", names))
    result = book.build("# One\n\nAs in {cite}`good`.\n\n```{bibliography}\n```\n", "--to", "pdf")
    assert "builder.bibliography" not in result.errors
    assert "Hado van Hasselt, Ann Name, and Bo Last" in " ".join(" ".join(pages_of(result.pdf)).split())


def test_it_is_told_until_it_is_mended(book: Book) -> None:
    book.write("conf.py", CONF)
    book.write("works.bib", GOOD + GOOD)
    for words in ("one", "two"):
        assert "a second time" in book.build(f"# One\n\nPage {words}, {{cite}}`good`.\n", "--to", "html").errors
    book.write("works.bib", GOOD)
    assert "a second time" not in book.build("# One\n\nPage three, {cite}`good`.\n", "--to", "html").errors


def test_each_work_of_a_long_bibliography_has_its_line() -> None:
    text = "".join(f"@misc{{w{number},\n note={{{'x' * 300}}},\n}}\n" for number in range(4000))
    assert lines_of_works(text)["w3999"] == [3 * 3999 + 1]


def test_names_in_parts_are_found_in_a_time_of_their_length() -> None:
    assert IN_PARTS.search("family=" + 9000 * " " + "=") is None
    found = IN_PARTS.search("author = {family=van Dyck, given=Anthony Paul and family=Rubens, given=P.}")
    assert found is not None
    assert found[0] == "family=van Dyck, given=Anthony Paul"


OWN = "```{bibliography}\n:style: unsrt\n:filter: docname in docnames\n```\n"
ALL = "```{bibliography}\n:style: unsrt\n```\n"


@pytest.mark.parametrize(
    ("pages", "messages"),
    [
        ((f"{{cite}}`good`\n\n{OWN}", f"{{cite}}`best,good`\n\n{OWN}"), []),
        (
            (f"{{cite}}`good`\n\n{OWN}{OWN}",),
            ["one.md:9: WARNING: the work 'good' stands in two lists of this page, and citations lead to the last;"],
        ),
        (
            ("{cite}`good`\n\n{cite}`best`", ALL, ALL.replace("\n:style: unsrt", "")),
            ["one.md:3: WARNING: the work 'good' (and 1 more) stands in the lists of several other pages,"],
        ),
        (
            ("{cite}`good`\n\n{cite}`best`", f"{{cite}}`good`\n\n{OWN}", f"{{cite}}`best`\n\n{OWN}"),
            ["one.md:5: WARNING: the label '1' stands for two works that this page cites;"],
        ),
    ],
)
def test_works_in_several_lists_are_told_once_where_a_citation_cannot_know_which(
    book: Book, pages: tuple[str, ...], messages: list[str]
) -> None:
    book.write("conf.py", CONF)
    book.write("works.bib", GOOD + GOOD.replace("good", "best"))
    for name, text in zip(("one", "two", "three"), pages, strict=False):
        book.write(f"{name}.md", f"# Page {name}\n\n{text}\n")
    book.write("index.md", "# Index\n\n```{toctree}\n" + "\n".join(("one", "two", "three")[: len(pages)]) + "\n```\n")
    told = book.build(None, "--to", "html").errors.splitlines()
    assert all(message in line for line, message in zip(told, messages, strict=True)), told
