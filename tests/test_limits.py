"""Every limit is in the manual, as it is in the code."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from builder.store.limits import table

from conftest import Book


def test_the_page_on_security_names_every_limit() -> None:
    page = (Path(__file__).parent.parent / "docs/security.md").read_text(encoding="utf-8")
    assert "\n".join(table()) in page, "make pages"


BEYOND = {
    "html": ("# One\n\n" + "<div>" * 5000 + "deep" + "</div>" * 5000 + "\n\nAfter it.\n", {}, "chapter.md:3: WARNING: "
                                                                                              "this HTML has more than 200 levels"),
    "data": ("# One\n\n```{chart} d.csv\n:x: a\n:y: "
             "b\n\nC\n```\n\nAfter it.\n", {"d.csv": "a,b\n" + "x,1\n" * 6_000_000}, "chapter.md:3: ERROR: the data "
                                                                                     "file 'd.csv' is larger than 20 MB"),
    "events": ("# One\n\n```{timeline} "
               "d.csv\n\nC\n```\n\nAfter it.\n", {"d.csv": "date,event\n" + "1930,Something\n" * 2_000}, "'d.csv' has 2,000 events, and a timeline can show 1,000"),
    "rows": ("# One\n\n```{chart} d.csv\n:x: a\n:y: b\n:type: "
             "line\n\nC\n```\n\nAfter it.\n", {"d.csv": "a,b\n" + "x,1\n" * 100_000}, "has 100,000 rows, and a chart "
                                                                                      "of type 'line' can show 10,000"),
    "toml": ("# One\n\nAfter it.\n", {"slides/lectures.toml": "x = " + "[" * 5000 + "]" * 5000}, "lectures.toml"),
    "svg": ("# One\n\n```{figure} a.svg\n:alt: x\n:class: "
            "slide\n\nC\n```\n\nAfter it.\n", {"a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 '
                                                        f'9">{"<g>" * 5000}{"</g>" * 5000}</svg>'}, "chapter.md:3: ERROR: the picture 'a.svg' is an SVG file that cannot be read: Excessive depth"),
    "front matter": ("---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghij")) + "---\n# One\n\nAfter it.\n", {}, "is too large to render"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BEYOND)
def test_what_is_beyond_a_limit_is_told_and_all_else_is_made(kind: str, book: Book) -> None:
    chapter, files, said = BEYOND[kind]
    for name, content in files.items():
        book.write(name, content)
    result = book.build(chapter)
    assert said in result.errors
    assert "bug" not in result.errors
    assert "After it." in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert result.pdf.exists()


@pytest.mark.parametrize("path", ["../../../../../../etc/passwd", "/../../../../../../etc/passwd"])
@pytest.mark.parametrize("kind", ["chart", "timeline", "map"])
def test_data_outside_of_the_project_is_not_read(path: str, kind: str, book: Book) -> None:
    options = {"chart": ":x: a\n:y: b\n"}.get(kind, "")
    result = book.build(f"# One\n\n```{{{kind}}} {path}\n{options}\nC\n```\n\nAfter it.\n", "--to", "html")
    assert result.status == 1
    assert "outside" in result.errors
    assert "root:" not in result.errors
