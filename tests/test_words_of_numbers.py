"""The words beside numbers of figures: the author's, or those of the language."""

from __future__ import annotations

import pytest

from conftest import CONF, Book


@pytest.mark.parametrize(
    ("conf", "word"),
    [
        ("", "Fig. 1.1"),
        ("language = 'mn'", "Зураг 1.1"),
        ("language = 'mn'\nbuilder_words = {'figure': 'Зураг № {}'}", "Зураг № 1.1"),
        ("builder_words = {'figure': 'Picture {}'}", "Picture 1.1"),
        ("builder_words = {'figure': 'Picture {}'}\nnumfig_format = {'figure': 'Plate %s'}", "Plate 1.1"),
    ],
)
def test_the_word_of_a_figure_is_the_author_s_or_that_of_the_language(book: Book, conf: str, word: str) -> None:
    lines = [line for line in CONF.splitlines() if not line.startswith("numfig_format")]
    book.write("conf.py", "\n".join([*lines, conf]))
    book.write("a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>')
    book.build("# One\n\n```{figure} a.svg\n:alt: A\n\nA caption\n```\n", "--to", "html")
    assert word in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
