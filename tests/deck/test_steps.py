"""Steps: uncover, dim, replace, light lines of code; in the deck, in a PDF with a page for each."""

from __future__ import annotations

import pytest
from pptx.oxml.ns import qn
from starlette.testclient import TestClient

from builder.build.request import Request
from builder.commands.serve.building import News
from builder.commands.serve.site import Site
from builder.pptx.package.conform import problems

from conftest import PNG, Book
from pdf_text import pages_of

SLIDE = "# Chapter\n\n## Section\n\n```{slide} Step by step\n:reveal: %s\n\n%s\n```\n"
POINTS = "- First\n  - below\n- Second\n- Third\n"
CODE = """# Chapter

## Section

````{slide} The loop
:reveal: lines

```{code-block} python
:emphasize-lines: 1,3-4
a = 1
b = 2
for x in a:
    print(x)
```
````
"""


def built(book: Book, source: str):
    book.write(
        "slides/lectures.toml", '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\nsteps = true\n'
    )
    result = book.build(source, "--to", "pptx")
    assert result.status == 0, result.errors
    assert problems(result.pptx("one")) == []
    return result


def effects(slide) -> list[tuple[str, list[str]]]:
    """For each click, what it shows, and what becomes of that at the next."""
    found = []
    for click in slide._element.iter(qn("p:cTn")):
        if click.get("presetID"):
            span = click.find(f".//{qn('p:pRg')}")
            shown = f"{span.get('st')}-{span.get('end')}" if span is not None else ""
            after = [name.text for sub in click.iter(qn("p:subTnLst")) for name in sub.iter(qn("p:attrName"))]
            found.append((shown, after))
    return found


@pytest.mark.parametrize(("reveal", "after"), [("dim", "ppt_c"), ("replace", "style.visibility"), ("all", None)])
def test_points_that_were_shown_are_dimmed_or_hidden_at_the_next_click(book: Book, reveal: str, after: str) -> None:
    slide = built(book, SLIDE % (reveal, POINTS)).deck("one").slides[1]
    left = [after] if after else []
    assert effects(slide) == [("0-1", left), ("2-2", left), ("3-3", [])]


def test_lines_of_code_are_lit_group_by_group(book: Book) -> None:
    slide = built(book, CODE).deck("one").slides[1]
    bands = [shape.shape_id for shape in slide.shapes if shape.name == "Lit line"]
    targets = [int(node.get("spid")) for node in slide._element.iter(qn("p:spTgt"))]
    assert list(dict.fromkeys(targets)) == bands
    kinds = [node.get("nodeType") for node in slide._element.iter(qn("p:cTn")) if node.get("presetID")]
    assert kinds == ["clickEffect", "clickEffect", "withEffect"]


def steps_of(book: Book, source: str) -> list[str]:
    """What is read on each page of the steps of the second slide."""
    result = built(book, source)
    pages = pages_of(result.folder / "_build/slides/one-steps.pdf")[1:]
    return [" ".join(word for word in ("First", "below", "Second", "Third") if word in page) for page in pages]


@pytest.mark.parametrize(
    ("reveal", "pages"),
    [
        ("all", ["", "First below", "First below Second", "First below Second Third"]),
        ("dim", ["", "First below", "First below Second", "First below Second Third"]),
        ("replace", ["", "First below", "Second", "Third"]),
        ("nothing", ["First below Second Third"]),
    ],
)
def test_the_pdf_of_steps_has_a_page_for_each(book: Book, reveal: str, pages: list[str]) -> None:
    assert steps_of(book, SLIDE % (reveal, POINTS)) == pages


def test_only_points_step_where_lists_are_asked_for(book: Book) -> None:
    book.write("pic.png", PNG)
    source = SLIDE % ("lists", POINTS + "\n![A field](pic.png)\n")
    assert steps_of(book, source) == ["", "First below", "First below Second", "First below Second Third"]


def test_the_pdf_of_the_deck_has_a_page_for_each_slide(book: Book) -> None:
    result = built(book, SLIDE % ("all", POINTS))
    assert len(pages_of(result.folder / "_build/slides/one.pdf")) == 2
    assert len(pages_of(result.folder / "_build/slides/one-steps.pdf")) == 5


def test_without_the_option_there_is_no_such_pdf(book: Book) -> None:
    built(book, SLIDE % ("all", POINTS))
    book.write("slides/lectures.toml", '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n')
    result = book.build(None, "--to", "pptx")
    assert not (result.folder / "_build/slides/one-steps.pdf").exists()


def test_the_presenter_is_shown_a_picture_after_each_click(book: Book) -> None:
    result = built(book, SLIDE % ("all", POINTS))
    site = Site(Request(book.folder, book.folder, result.folder / "_build"), lambda: News("built"))
    client = TestClient(site.application, base_url="http://127.0.0.1:8765")
    [deck] = client.get("/-/decks.json").json()["decks"]
    assert [slide["steps"] for slide in deck["slides"]] == [0, 3]
    pictures = [client.get(f"/-/slides/one/2.png?step={step}").content for step in range(4)]
    assert len(set(pictures)) == 4
    assert pictures[3] == client.get("/-/slides/one/2.png").content
    assert client.get("/-/slides/one/2.png?step=9").content == pictures[3]
    assert client.get("/-/slides/one/9.png?step=1").status_code == 404
    assert client.get("/-/slides/one/2.png?step=x").status_code == 400


def test_lines_that_are_to_be_lit_and_are_not_there_are_told(book: Book) -> None:
    result = book.build(SLIDE % ("lines", POINTS), "--to", "pptx")
    assert (
        "chapter.md:5: WARNING: ':reveal: lines' has no effect: no code of this slide has lines to light"
        in result.errors
    )
    assert "has no effect" not in book.build(CODE, "--to", "pptx").errors
