"""The kinds of project that ``builder new`` writes, and what each is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A kind of project: what it is, in words; the folders of ``samples`` that its files come from; the kind of printed
    book; extensions of Sphinx beside MyST, and lines of ``conf.py`` for them; the extension that
    reads MyST.
    """

    words: str
    samples: tuple[str, ...]
    preset: str
    extensions: tuple[str, ...] = ()
    settings: str = ""
    parser: str = "myst_parser"


CITES = """
bibtex_bibfiles = ["book/references.bib"]
bibtex_reference_style = "author_year_round"
bibtex_default_style = "one_alphabet"
"""
"""Works cited by author and year."""

DATA = "sums/book/data"
KINDS = {
    "course": ProjectKind("chapters, each with its lecture", ("every", "sums", "course"), "textbook"),
    "textbook": ProjectKind("chapters with exercises, and a lecture", ("every", "sums", "textbook"), "textbook"),
    "thesis": ProjectKind(
        "chapters that cite, and the talk of the defence",
        ("every", "sums", "thesis"),
        "thesis",
        ("builder.source.citing", "sphinxcontrib.bibtex"),
        CITES,
    ),
    "documentation": ProjectKind(
        "first steps and a reference of functions, with an introduction to show",
        ("every", DATA, "documentation"),
        "manual",
    ),
    "talk": ProjectKind("one text and its slides", ("every", DATA, "talk"), "report"),
}
