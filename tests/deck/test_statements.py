"""Theorems, proofs, exercises, listings: they have the names on slides that they have in the book."""

from __future__ import annotations

import pikepdf
import pytest

from conftest import CONF, Book
from slide_texts import texts_of

EXTENSIONS = CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_proof", "sphinx_exercise"]')


def boxes(book: Book, chapter: str, *, conf: str = EXTENSIONS) -> list[str]:
    """The texts of all boxes on the last slide of an automatic deck."""
    book.write("conf.py", conf)
    result = book.build(f"# Chapter\n\n## Section\n\n{chapter}", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    return texts_of(result.deck().slides[-1], "Box")


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("```{prf:theorem} Squeeze\nText.\n```", "Theorem 1.1 (Squeeze)"),
        ("```{prf:definition}\nText.\n```", "Definition 1.1"),
        ("```{prf:lemma} Of *two*\n:nonumber:\nText.\n```", "Lemma (Of two)"),
        ("```{prf:algorithm} Summing $x$\nText.\n```", "Algorithm 1.1 (Summing x)"),
        ("```{exercise} A limit\n:label: a\nText.\n```", "Exercise 1.1 (A limit)"),
        ("```{exercise}\nText.\n```", "Exercise 1.1"),
        ("```{exercise} Free\n:nonumber:\nText.\n```", "Exercise (Free)"),
    ],
)
def test_a_statement_has_kind_number_and_name_as_in_the_book(book: Book, source: str, title: str) -> None:
    assert boxes(book, source) == [f"{title}\nText."]


def test_a_marked_statement_has_its_name_too(book: Book) -> None:
    assert boxes(book, "```{prf:axiom} Of choice\n:class: slide\nText.\n```") == ["Axiom 1.1 (Of choice)\nText."]


def test_kinds_that_count_together_have_the_numbers_of_the_web(book: Book) -> None:
    conf = EXTENSIONS + 'prf_realtyp_to_countertyp = {"lemma": "theorem"}\n'
    both = "```{prf:theorem}\nOne.\n```\n\n```{prf:lemma}\nTwo.\n```\n"
    assert boxes(book, both, conf=conf) == ["Theorem 1.1\nOne.", "Lemma 1.2\nTwo."]


@pytest.mark.parametrize(
    "source", ["```{exercise}\n```", "```{exercise-start}\n```\n\nText.\n\n```{exercise-end}\n```"]
)
def test_an_exercise_without_words_of_its_own_is_read(book: Book, source: str) -> None:
    book.write("conf.py", EXTENSIONS)
    result = book.build(f"# Chapter\n\n## Section\n\nWords.\n\n{source}", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")


def test_a_proof_is_one_box_that_opens_with_the_word(book: Book) -> None:
    assert boxes(book, "```{prf:proof}\nMultiply.\n```") == ["Proof. Multiply."]


def test_a_statement_of_another_language_is_named_in_it(book: Book) -> None:
    conf = EXTENSIONS + 'language = "fr"\n'
    assert boxes(book, "```{prf:theorem}\nTexte.\n```", conf=conf) == ["Théorème 1.1\nTexte."]


@pytest.mark.parametrize("mark", ["", ":class: slide\n"])
def test_a_listing_has_its_number_and_caption(book: Book, mark: str) -> None:
    book.write("conf.py", CONF)
    listing = f"```{{code-block}} python\n:name: hello\n:caption: Saying *hello*\n{mark}\nprint('Hello')\n```\n"
    result = book.build(f"# Chapter\n\n## Section\n\n{listing}", "--to", "pptx")
    slide = result.deck().slides[-1]
    assert texts_of(slide, "Code") == ["print('Hello')"]
    assert texts_of(slide, "Caption") == ["Listing 1.1 · Saying hello"]


@pytest.mark.parametrize(
    ("formula", "number"),
    [
        ("$$ x = y $$ (eq)", ["(1.1)"]),
        ("$$ x = y \\tag{2.3} $$", ["(2.3)"]),
        ("$$ x = y \\tag*{Ohm} $$", ["Ohm"]),
        ("$$\\begin{align} a &= b \\tag{A} \\\\ c &= d \\tag{B} \\end{align}$$", ["(A)", "(B)"]),
        ("$$ x = y $$", []),
    ],
)
def test_a_formula_has_its_number_or_its_tags(book: Book, formula: str, number: list[str]) -> None:
    result = book.build(f"# Chapter\n\n## Section\n\n{formula}\n", "--to", "pptx")
    assert texts_of(result.deck().slides[-1], "Equation number") == number


DESIGN = CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_design"]') + 'suppress_warnings = ["design"]\n'
CARD = "````{card} Its title\nThe header\n^^^\nThe body.\n+++\nThe footer\n````"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "````{tab-set}\n```{tab-item} Python\nOne.\n```\n```{tab-item} R\nTwo.\n```\n````",
            ["Python\nOne.", "R\nTwo."],
        ),
        ("```{dropdown} More of *it*\nHidden.\n```", ["More of it\nHidden."]),
        ("```{dropdown}\nHidden.\n```", ["Hidden."]),
        (CARD, ["Its title\nThe header\nThe body.\nThe footer"]),
        ("```{card}\nThe header\n^^^\nThe body.\n```", ["The header\nThe body."]),
        (
            "````{grid} 2\n```{grid-item-card} A\nOne.\n```\n```{grid-item-card} B\nTwo.\n```\n````",
            ["A\nOne.", "B\nTwo."],
        ),
    ],
)
def test_what_folds_on_the_web_stands_open_under_its_title(book: Book, source: str, shown: list[str]) -> None:
    assert boxes(book, source, conf=DESIGN) == shown


@pytest.mark.parametrize(
    ("extension", "source"),
    [
        ("sphinx_tabs.tabs", "````{tabs}\n```{tab} Python\nOne.\n```\n```{tab} R\nTwo.\n```\n````"),
        ("sphinx_inline_tabs", "```{tab} Python\nOne.\n```\n```{tab} R\nTwo.\n```"),
    ],
)
def test_tabs_have_their_labels(book: Book, extension: str, source: str) -> None:
    conf = CONF.replace('["myst_parser"]', f'["myst_parser", "{extension}"]')
    assert boxes(book, source, conf=conf) == ["Python\nOne.", "R\nTwo."]
    printed = book.build(None, "--to", "pdf").typst()
    assert printed.index("Python") < printed.index("One.") < printed.index("R]") < printed.index("Two.")


def test_a_card_that_is_a_link_has_it_on_its_title_and_no_words_of_it(book: Book) -> None:
    source = "```{card} Shop\n:link: https://example.org/shop\nBuy.\n```"
    assert boxes(book, source, conf=DESIGN) == ["Shop\nBuy."]
    slide = book.build(None, "--to", "pptx").deck().slides[-1]
    assert [rel.target_ref for rel in slide.part.rels.values() if rel.is_external] == ["https://example.org/shop"]


def test_the_code_of_a_tab_stands_below_its_label(book: Book) -> None:
    source = "````{tab-set-code}\n```python\nprint(1)\n```\n```r\nprint(2)\n```\n````"
    book.write("conf.py", DESIGN)
    slide = book.build(f"# Chapter\n\n## Section\n\n{source}", "--to", "pptx").deck().slides[-1]
    shown = [shape.text_frame.text for shape in slide.shapes if shape.name in ("Box", "Code")]
    assert shown == ["PYTHON", "print(1)", "R", "print(2)"]


def test_no_words_lead_to_an_answer_without_a_label(book: Book) -> None:
    """An empty label was that of all words without a link: the whole PDF of the deck was one."""
    book.write("conf.py", EXTENSIONS)
    exercise = "```{exercise}\n:class: slide\nText.\n```\n\n"
    answer = "```{admonition} Answer\n:class: slide dropdown\nWords.\n```\n"
    result = book.build(f"# Chapter\n\n{{.slide}}\n## One\n\n{exercise}{answer}", "--to", "pptx")
    with pikepdf.open(book.folder / "_build/slides/chapter.pdf") as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
    assert (result.errors, links) == ("", [])


def test_a_link_that_is_struck_through_has_one_line(book: Book) -> None:
    """PDF/UA takes no words that are underlined and struck through."""
    book.write("conf.py", CONF + "myst_enable_extensions += ['strikethrough']\n")
    result = book.build(
        "# Chapter\n\n{.slide}\n## One\n\n{.slide}\n- Some [~~struck words~~](https://a.example)\n", "--to", "pptx"
    )
    assert "PDF/UA" not in result.errors
