"""The subtitle of a deck: which lecture it is, and which chapters and pages of the printed book it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sphinx.environment import BuildEnvironment

from builder.source.titles import title_of_document
from builder.typeset.page_map import PageMap
from builder.typeset.wording import Words, numbered, spans_of


def subtitle(number: Sequence[str], book: str, pages: str, words: Words) -> str:
    """``Lecture 2 · Chapters 3 and 4, pages 31–48``; ``number`` is empty where decks are no lectures."""
    in_book = words["comma"].join(part for part in (book, pages) if part)
    parts = [numbered("lecture", number, words), in_book[:1].upper() + in_book[1:]]
    return " · ".join(part for part in parts if part)


def chapters(documents: Sequence[str], title: str, env: BuildEnvironment, words: Words) -> str:
    """``Chapters 3 and 4``, with appendices by their letters, and chapters without a number by their titles.

    ``documents`` are names of documents in the order of the deck, ``title`` is that of the deck, which is not repeated.
    """
    numbers: dict[str, list[str]] = {"chapter": [], "appendix": []}
    titles: list[str] = []
    below = {child for docname in documents for child in env.toctree_includes.get(docname, ())}
    for docname in documents:
        number = (env.toc_secnumbers.get(docname, {}).get("") or (None,))[0]
        if number is not None:
            numbers["chapter" if isinstance(number, int) else "appendix"].append(str(number))
        elif docname not in below:
            titles.append(title_of_document(env, docname))
    named = (numbered(kind, dict.fromkeys(found), words) for kind, found in numbers.items())
    parts = [text for text in named if text] + [text for text in dict.fromkeys(titles) if text not in ("", title)]
    return words["comma"].join(parts)


def pages_of(labels: Iterable[str], page_map: PageMap, words: Words) -> str:
    """``pages 1–8, 31``, in the order of the deck; '' for what is not in the printed book."""
    return spans_of("page", page_map.spans(labels), words)
