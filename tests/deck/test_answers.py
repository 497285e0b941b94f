"""Answers to questions that the web folds away: on a slide behind that of the question."""

from __future__ import annotations

import pytest

from conftest import CONF, Book, notes, titles

FOLDED = CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_design", "sphinx_togglebutton"]')
CHAPTER = """# Planets

## {heading}

What is the name of the largest planet in our system?

{folded}
"""
ANSWER = "It is Jupiter, with a mass of 318 Earths."


def slides(book: Book, heading: str, folded: str, language: str = "en") -> list[tuple[str, bool]]:
    """Title of each slide behind the first, and whether it shows the answer."""
    book.write("conf.py", f"{FOLDED}\nlanguage = '{language}'\n")
    book.write("chapter.md", CHAPTER.format(heading=heading, folded=folded))
    deck = book.build(None, "--to", "pptx").deck()
    texts = [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in deck.slides]
    shown = ["Jupiter" in " ".join((*text, *notes(slide))) for text, slide in zip(texts, deck.slides, strict=True)]
    return list(zip(titles(deck), shown, strict=True))[1:]


@pytest.mark.parametrize(
    ("folded", "title"),
    [
        (f"```{{dropdown}} Answer\n{ANSWER}\n```", "Answer"),
        (f"```{{dropdown}} Click to show the solution\n{ANSWER}\n```", "Click to show the solution"),
        (f"```{{admonition}} Solution\n:class: dropdown\n{ANSWER}\n```", "Solution"),
        (f"```{{toggle}}\n{ANSWER}\n```", "Question 2"),
        (f"<details><summary>The <b>answer</b></summary>{ANSWER}</details>", "The answer"),
        (f"<details>\n<summary>Answer</summary>\n\n{ANSWER}\n\n</details>", "Answer"),
        (f"<details>\n\n{ANSWER}\n\n</details>", "Question 2"),
    ],
)
def test_an_answer_follows_the_slide_of_its_question(book: Book, folded: str, title: str) -> None:
    assert slides(book, "Question 2", folded) == [("Question 2", False), (title, True)]


@pytest.mark.parametrize(
    ("heading", "language", "title"),
    [
        ("Frage 1", "de", "Lösung"),
        ("Ejercicio 1", "es", "Respuesta"),
        ("Question 1", "fr", "Réponse"),
        ("Oefening 1", "nl", "Oplossing"),
        ("Câu hỏi 1", "vi", "Đáp án"),
    ],
)
def test_answers_are_known_in_other_languages(book: Book, heading: str, language: str, title: str) -> None:
    found = slides(book, heading, f"```{{dropdown}} {title}\n{ANSWER}\n```", language)
    assert found == [(heading, False), (title, True)]


@pytest.mark.parametrize("title", ["Hint", "Details", "Is there any other answer?"])
def test_a_hint_stays_with_its_question(book: Book, title: str) -> None:
    assert slides(book, "Question 2", f"```{{dropdown}} {title}\n{ANSWER}\n```") == [("Question 2", True)]


def test_what_folds_without_a_title_is_an_answer_only_below_a_question(book: Book) -> None:
    folded = f"```{{toggle}}\n{ANSWER}\n```"
    assert slides(book, "Question marks of science", folded) == [("Question marks of science", True)]


def test_html_that_is_folded_within_html_that_is_folded_stands_in_its_box(book: Book) -> None:
    folded = "<details>\n<summary>Hints</summary>\n<details><summary>One</summary>\n\nIt is *large*.\n\n</details>\n\n"
    source = CHAPTER.format(heading="Question 2", folded=f"{folded}Look again.\n\n</details>\n\n<details>\n\nNo end.")
    slides = book.build(source, "--to", "pptx").deck().slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    words = "\n".join(texts).split("\n")
    shown = ["Hints", "One", "It is large.", "Look again.", "No end."]
    assert [line for line in words if line in shown] == shown
