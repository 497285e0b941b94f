"""Citations by author and year, and the list of sources in one alphabet (`builder.source.citing`)."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re

from conftest import CONF, Book, Result
from pdf_text import pages_of

WORKS = r"""
@book{lee, author = {Lee, Ann and van der Berg, Bo}, title = {Herds}, address = {Oslo}, publisher = {Press}, year = {2001}, isbn = {0-19-852663-6}}
@article{first, author = {Amar, Oyun}, title = {First}, journal = {Steppe}, volume = {9}, number = {2}, pages = {1--8}, year = {2008}}
@misc{second, author = {Amar, Oyun}, title = {Second}, howpublished = {Web page}, year = {2008}, note = {Read in part}}
@misc{undated, author = {Zaya, B.}, title = {Undated}}
@misc{page, key = {Wikipedia: Genden}, title = {Peljidiin Genden}, note = {Read}}
@misc{other, key = {Wikipedia: Genden and others}, title = {Genden}}
@misc{news, key = {The News}, title = {(Notice of the day)}, howpublished = {In Mongolian}, year = {2019}}
@book{made, editor = {Cox, Ida}, translator = {Ray, Tom}, title = {Lives}, year = {1990}}
@incollection{part, author = {Dorj, E.}, editor = {Cox, Ida}, title = {Tents}, booktitle = {Lives}, pages = {10--15}, year = {1990}}
"""
SOURCE = """# Chapter

A first paragraph.



Of two works {cite:p}`first,second`. As {cite:t}`lee` say and {cite:t}`page` has. Of none {cite:p}`undated` and {cite:p}`page,other,news,made,part`.

## Sources

```{bibliography}
```
"""


def made(book: Book, options: str = "", works: str = WORKS) -> Result:
    """The book with all works cited."""
    conf = CONF.replace('["myst_parser"]', '["myst_parser", "sphinxcontrib.bibtex", "builder.source.citing"]')
    conf += 'bibtex_bibfiles = ["works.bib"]\nbibtex_reference_style = "author_year_round"\n'
    book.write("conf.py", f'{conf}bibtex_default_style = "one_alphabet"\n{options}')
    book.write("works.bib", works)
    result = book.build(SOURCE, "--to", "html,pdf")
    assert result.status == 0, result.errors
    return result


def built(book: Book, options: str = "") -> tuple[str, str]:
    """The words of the page and of the printed book."""
    result = made(book, options)
    page = (book.folder / "_build" / "html" / "chapter.html").read_text(encoding="utf-8")
    return close(re.sub(r"<[^>]+>", "", page)), close(" ".join(pages_of(result.pdf)))


def close(text: str) -> str:
    """Text with single spaces, and none at brackets and stops, where links end."""
    return re.sub(r"(?<=\() | (?=[),;.])", "", re.sub(r"\s+", " ", text))


def test_works_that_would_look_alike_have_letters_and_no_year_is_made_up(book: Book) -> None:
    for text in built(book):
        assert "Of two works (Amar 2008a; Amar 2008b)." in text
        assert "As Lee and van der Berg (2001) say and Wikipedia: Genden has." in text
        assert "Of none (Zaya n.d.) and" in text
        assert "(Cox 1990; Dorj 1990; The News 2019; Wikipedia: Genden; Wikipedia: Genden and others)" in text


def test_the_list_is_one_alphabet_with_surnames_first_and_no_field_twice(book: Book) -> None:
    for text in built(book):
        entries = [
            "Amar, Oyun. 2008a. “First”. Steppe 9(2): 1–8.",
            "Amar, Oyun. 2008b. “Second”. Web page. Read in part.",
            "Cox, Ida (ed.). 1990. Lives. Translated by Tom Ray.",
            "Dorj, E. 1990. “Tents”. In Lives, 10–15. Edited by Ida Cox.",
            "Lee, Ann and Bo van der Berg. 2001. Herds. Oslo: Press. ISBN 0-19-852663-6.",
            "The News. 2019. [Notice of the day]. In Mongolian.",
            "Wikipedia: Genden. “Peljidiin Genden”. Read.",
            "Wikipedia: Genden and others.",
            "Zaya, B. n.d. “Undated”.",
        ]
        places = [text.find(entry) for entry in entries]
        assert -1 not in places, [entry for entry, place in zip(entries, places, strict=True) if place < 0]
        assert places == sorted(places)


def test_words_of_citations_are_in_the_language_of_the_book_or_its_authors_own(book: Book) -> None:
    for text in built(book, 'language = "de"\nbuilder_words = {"translated_by": "Deutsch von {}"}\n'):
        assert "As Lee und van der Berg (2001) say" in text
        assert "Of none (Zaya o. J.) and" in text
        assert "Cox, Ida (Hrsg.). 1990. Lives. Deutsch von Tom Ray." in text


def test_a_work_of_a_kind_that_nobody_knows_is_listed_as_any_other(book: Book) -> None:
    result = made(book, works=WORKS.replace("@misc{undated", "@msic{undated"))
    assert re.search(r"Zaya, B\. n\.d\. .?Undated", close(" ".join(pages_of(result.pdf))))
    assert "'undated' is of a kind that is not known, '@msic', and is listed as '@misc'. Did you" in result.errors
