"""Speaker notes: structured text, whole, and where they belong."""

from __future__ import annotations

import pypdfium2
import pytest

from conftest import CONF, PNG, PROSE, Book, notes, titles

HEAD = "# Chapter\n\n{.slide}\n## Section\n\n"
ALL = CONF.replace('"deflist"', '"deflist", "fieldlist"').replace('["myst_parser"]', '["myst_parser", "sphinx_proof"]')


def lines(book: Book, content: str) -> list[str]:
    """The lines of the notes of a slide, without the place in the book."""
    book.write("conf.py", ALL)
    result = book.build(f"{HEAD}`````{{notes}}\n{content}\n`````\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    return notes(result.deck().slides[1])[:-1]


NESTED = "1. run\n\n   ```sh\n   demo\n   stop\n   ```\n\n   then wait\n2. so\n\n   $$x = 1$$"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("One\nparagraph.\n\nAnother.", ["One paragraph.", "Another."]),
        ("1. a\n2. b\n   - c\n   - d\n3. e", ["1. a", "2. b", "    • c", "    • d", "3. e"]),
        ("- a\n- b", ["• a", "• b"]),
        ("```sh\ndemo --gas air\n\n  demo --stop\n```", ["demo --gas air", "", "  demo --stop"]),
        (NESTED, ["1. run", "    demo", "    stop", "    then wait", "2. so", "    x = 1"]),
        ("| m | what |\n|---|---|\n| 5 | piston |\n| 9 | |", ["m | what", "5 | piston", "9 | "]),
        ("{attribution=\"Joule\"}\n> Quote *it*.", ["“Quote it.”", "— Joule"]),
        ("One line\\\nand another", ["One line", "and another"]),
        ("Term\n: What it is", ["• Term", "    • What it is"]),
        (":field: its text", ["field: its text"]),
        (":::{note}\nBeware.\n:::", ["Note", "Beware."]),
        (":::{prf:theorem} Squeeze\nText.\n:::", ["Theorem 1.1 (Squeeze)", "Text."]),
        ("Say $\\Delta U = \\frac{1}{2}$.", ["Say ΔU = 1/2."]),
        ("$$\\Delta U = Q - W$$", ["ΔU = Q − W"]),
        ("```{math}\n:label: eq\nx = 1\n```", ["x = 1  (1.1)"]),
        ("Water[^w]\n\n[^w]: *Wet*.", ["Water", "1 Wet."]),
        (":::{rubric} Heading\n:::", ["Heading"]),
    ],
)  # fmt: skip
def test_notes_keep_their_structure(book: Book, content: str, shown: list[str]) -> None:
    assert lines(book, content) == shown


def test_notes_expand_macros_of_the_project(book: Book) -> None:
    conf = ALL + 'mathjax3_config = {"tex": {"macros": {"E": r"\\operatorname{E}"}}}\n'
    result_of = HEAD + "```{notes}\nThe mean $\\E x$.\n```\n"
    book.write("conf.py", conf)
    assert notes(book.build(result_of, "--to", "pptx").deck().slides[1])[0] == "The mean E x."


def test_a_picture_in_notes_is_named_with_a_warning(book: Book) -> None:
    book.write("a.png", PNG)
    result = book.build(f"{HEAD}```{{notes}}\n![A bar](a.png)\n```\n", "--to", "pptx")
    assert "A bar" in notes(result.deck().slides[1])[0]
    assert "chapter.md:7: WARNING: notes show no pictures" in result.errors


def test_notes_pages_have_the_same_lines(book: Book) -> None:
    book.write(
        "slides/lectures.toml", '[[lecture]]\nname = "d"\ntitle = "D"\ndocuments = ["chapter"]\nnotes_pages = true\n'
    )
    content = "1. one\n   - two\n\n```sh\n- a  = b\n```\n"
    assert book.build(f"{HEAD}````{{notes}}\n{content}\n````\n", "--to", "pptx").status == 0
    pdf = pypdfium2.PdfDocument(book.folder / "_build" / "slides" / "d-notes.pdf")
    words = pdf[1].get_textpage().get_text_bounded().replace("\xa0", " ").split("\r\n")
    assert [line for line in words if line in ("1. one", "• two", "- a  = b")] == ["1. one", "• two", "- a  = b"]


CHAPTER = (
    f"# Chapter\n\nIntroduction.\n\n{PROSE}"
    + "## One\n\n- sticks\n- stones\n- bones\n\n{}## Two\n\n- hits\n- misses\n- draws\n\n### Deep\n\nText.\n"
)
NOTE = "```{notes}\nSay hello.\n```\n\n"


def test_a_note_alone_leaves_the_automatic_slides_and_stands_on_the_one_of_its_section(book: Book) -> None:
    without = titles(book.build(CHAPTER.format(""), "--to", "pptx").deck())
    deck = book.build(CHAPTER.format(NOTE), "--to", "pptx").deck()
    assert titles(deck) == without == ["Chapter", "One", "Two"]
    assert ["Say hello." in notes(slide) for slide in deck.slides] == [False, True, False]


def test_a_note_of_a_section_that_joins_a_slide_stands_on_that(book: Book) -> None:
    thin = CHAPTER.replace("- stones\n- bones\n", "").replace("- misses\n- draws\n", "")
    thin = thin.replace("- sticks", "- sticks and stones").replace("- hits", "- hits and misses")
    without = titles(book.build(thin.format(""), "--to", "pptx").deck())
    deck = book.build(thin.format(NOTE), "--to", "pptx").deck()
    assert titles(deck) == without == ["Chapter", "Chapter"]
    assert "Say hello." in notes(deck.slides[1])


def test_an_option_alone_counts_for_the_automatic_slide_of_its_section(book: Book) -> None:
    deck = book.build(CHAPTER.format("```{slide}\n:name: named\n:reveal: all\n```\n\n"), "--to", "pptx").deck()
    assert titles(deck) == ["Chapter", "One", "Two"]
    assert (
        next(deck.slides[1]._element.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}timing"), None)
        is not None
    )


def test_a_section_of_nothing_but_a_note_has_a_slide(book: Book) -> None:
    deck = book.build(CHAPTER.format("").replace("Text.\n", NOTE), "--to", "pptx").deck()
    assert notes(deck.slides[list(titles(deck)).index("Deep")])[0] == "Say hello."


def test_a_note_in_a_deep_section_has_a_slide(book: Book) -> None:
    deck = book.build(CHAPTER.format("") + f"\n#### Deeper\n\n{NOTE}", "--to", "pptx").deck()
    assert [titles(deck)[n] for n, slide in enumerate(deck.slides) if "Say hello." in notes(slide)] == ["Deeper"]


def test_a_note_without_a_slide_in_an_annotated_chapter_is_warned_of(book: Book) -> None:
    result = book.build(f"# Chapter\n\n## One\n\n[a]{{.point}}\n\n## Two\n\n{NOTE}", "--to", "pptx")
    assert "chapter.md:7: WARNING: these notes have no slide" in result.errors


def test_a_note_inside_of_a_box_is_a_note(book: Book) -> None:
    box = "````{tip}\nShown.\n\n```{notes}\nSay hello.\n```\n````\n"
    for head in ("", ":class: slide\n"):
        chapter = f"# Chapter\n\n## One\n\n{box.replace('{tip}', '{tip}' + chr(10) + head.strip()) if head else box}"
        slide = book.build(chapter, "--to", "pptx").deck().slides[-1]
        assert next(s.text_frame.text for s in slide.shapes if s.name == "Box") == "Tip\nShown."
        assert notes(slide)[0] == "Say hello."


def test_an_automatic_deck_of_one_chapter_opens_once(book: Book) -> None:
    chapter = f"(top)=\n# Chapter\n\nIntroduction.\n\n{PROSE}## One\n\n- see {{ref}}`top` for more\n"
    deck = book.build(chapter, "--to", "pptx").deck()
    assert titles(deck) == ["Chapter", "One"]
    assert deck.slides[0].part in [rel.target_part for rel in deck.slides[1].part.rels.values()]


EXERCISES = """# Chapter

## Exercises

```{exercise} First
:label: ex
Find it.
```

```{solution} ex
:label: answer
Here it is.

- point
```

```{exercise}
:label: other
Again.
```

- See {ref}`answer`
"""


def test_a_solution_follows_on_a_slide_of_its_own(book: Book) -> None:
    book.write("conf.py", CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_exercise"]'))
    deck = book.build(EXERCISES, "--to", "pptx").deck()
    assert titles(deck)[1:] == ["Exercises", "Solution to Exercise 1.1 (First)", "Exercises"]
    assert not deck.slides[2].shapes.title._element.xpath(".//a:hlinkClick")
    shown = ["\n".join(s.text_frame.text for s in slide.shapes if s.name in ("Box", "Text")) for slide in deck.slides][
        1:
    ]
    assert shown == [
        "Exercise 1.1 (First)\nFind it.",
        "Here it is.\npoint",
        "Exercise 1.2\nAgain.\nSee Solution to Exercise 1.1 (First)",
    ]
    assert deck.slides[2].part in [rel.target_part for rel in deck.slides[3].part.rels.values()]


@pytest.mark.parametrize(
    ("hidden", "title"),
    [
        ("```{dropdown} Answer\nHere it is.\n```", "Answer"),
        ("```{admonition} Answer\n:class: dropdown\nHere it is.\n```", "Answer"),
        ("```{toggle}\nHere it is.\n```", "Exercises"),
    ],
)
def test_what_the_web_hides_behind_an_exercise_follows_on_a_slide_of_its_own(
    book: Book, hidden: str, title: str
) -> None:
    extensions = '["myst_parser", "sphinx_exercise", "sphinx_design", "sphinx_togglebutton"]'
    book.write("conf.py", CONF.replace('["myst_parser"]', extensions))
    chapter = f"# Chapter\n\n{PROSE}## Exercises\n\n```{{exercise}}\nFind it.\n```\n\n{hidden}\n"
    deck = book.build(chapter, "--to", "pptx").deck()
    assert titles(deck)[-2:] == (
        ["Exercises (1/2)", "Exercises (2/2)"] if title == "Exercises" else ["Exercises", title]
    )
    assert [shape.text_frame.text for shape in deck.slides[-1].shapes if shape.name == "Text"] == ["Here it is."]
