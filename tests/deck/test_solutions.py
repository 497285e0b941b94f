"""Solutions of exercises: on a slide of their own, hidden, or not at all."""

from __future__ import annotations

import pytest

from conftest import CONF, Book, bullets, titles

TEACHING = CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_exercise", "sphinx_design"]')
MARKED = """# Chapter

{.slide}
## Practice

```{exercise}
:label: ex-one
:class: slide
Do it.
```

```{solution} ex-one
:class: slide
This is how.
```

[What we learnt]{.point}.
"""
UNMARKED = """# Chapter

## Practice

```{exercise}
:label: ex-one
Do it.
```

```{solution} ex-one
This is how.
```

- What we learnt
"""


def shown(book: Book, *settings: str, lecture: str = "") -> list[tuple[str, bool]]:
    """Title of each slide behind the first, and whether it is hidden."""
    book.write("conf.py", "\n".join([TEACHING, *settings]))
    if lecture:
        table = f'[[lecture]]\nname = "chapter"\ntitle = "Chapter"\ndocuments = ["chapter"]\n{lecture}\n'
        book.write("slides/lectures.toml", table)
    deck = book.build(None, "--to", "pptx").deck()
    hidden = [slide._element.get("show") == "0" for slide in deck.slides]
    return list(zip(titles(deck), hidden, strict=True))[1:]


@pytest.mark.parametrize("source", [MARKED, UNMARKED])
def test_a_solution_follows_its_exercise_on_a_slide_of_its_own(book: Book, source: str) -> None:
    book.write("chapter.md", source)
    assert shown(book) == [("Practice", False), ("Solution to Exercise 1.1", False), ("Practice", False)]


@pytest.mark.parametrize("source", [MARKED, UNMARKED])
@pytest.mark.parametrize(
    ("settings", "lecture"),
    [
        ("builder_solutions = 'hidden'", ""),
        ("builder_deck = {'solutions': 'hidden'}", ""),
        ("", "solutions = 'hidden'"),
    ],
)
def test_solutions_are_hidden_at_the_end(book: Book, source: str, settings: str, lecture: str) -> None:
    book.write("chapter.md", source)
    assert shown(book, settings, lecture=lecture) == [
        ("Practice", False), ("Practice", False), ("Solution to Exercise 1.1", True),
    ]  # fmt: skip


def test_a_lecture_may_have_none_where_others_have_them(book: Book) -> None:
    book.write("chapter.md", MARKED)
    assert shown(book, "builder_solutions = 'hidden'", lecture="solutions = 'none'") == [
        ("Practice", False), ("Practice", False),
    ]  # fmt: skip


def test_points_in_a_solution_are_on_its_slide(book: Book) -> None:
    source = MARKED.replace(":class: slide\nThis is how.", "[This is how]{.point}.")
    book.write("chapter.md", source)
    assert [title for title, _ in shown(book)] == ["Practice", "Solution to Exercise 1.1", "Practice"]
    assert bullets(book.build(None, "--to", "pptx").deck().slides[2]) == [(1, "This is how")]


def test_what_hides_behind_an_exercise_is_its_solution(book: Book) -> None:
    source = MARKED.replace("```{solution} ex-one\n:class: slide\nThis is how.", "```{dropdown} Answer\n[So]{.point}.")
    book.write("chapter.md", source)
    assert [title for title, _ in shown(book)] == ["Practice", "Answer", "Practice"]


@pytest.mark.parametrize("where", ["hidden", "none"])
def test_a_deck_of_nothing_but_solutions_has_a_title(book: Book, where: str) -> None:
    exercise = MARKED.replace("{slide}", "").replace("{.slide}\n", "").partition("[What")[0]
    book.write("chapter.md", exercise.replace(":class: slide\n", "", 1))
    found = shown(book, f"builder_solutions = '{where}'", "builder_deck = {'agenda': True}")
    assert found == ([("Solution to Exercise 1.1", True)] if where == "hidden" else [])
