"""The same annotations from reStructuredText."""

from __future__ import annotations

from conftest import Book, bullets, notes, titles

CHAPTER = """
One
===

.. slide::
   :name: first

Some :point:`words of the prose` and :point:`long words <short ones>`; below :subpoint:`a detail`.

.. notes::

   Say this.

.. slide:: Own slide

   .. code-block:: python

      print("x")

.. rst-class:: slide

- a
- b
"""


def test_directives_and_roles(book: Book) -> None:
    book.write("chapter.rst", CHAPTER)
    result = book.build()
    assert result.status == 0, result.errors
    assert result.errors == ""
    deck = result.deck()
    assert titles(deck) == ["One", "One", "Own slide"]
    assert bullets(deck.slides[1]) == [(1, "Words of the prose"), (1, "Short ones"), (2, "A detail")]
    assert notes(deck.slides[1])[0] == "Say this."
    assert bullets(deck.slides[2]) == [(1, "a"), (1, "b")]
    page = (result.folder / "_build/html/chapter.html").read_text()
    assert "words of the prose" in page
    assert "short ones" not in page
