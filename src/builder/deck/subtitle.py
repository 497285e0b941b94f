"""The subtitle of a deck: which lecture it is, and which chapters and pages of the printed book it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sphinx.environment import BuildEnvironment

from builder.typeset.page_map import PageMap


def subtitle(number: int, book: str, pages: str, words: Mapping[str, str]) -> str:
    """``Lecture 2 · Chapters 3 and 4, pages 31–48``; ``number`` is 0 where decks are no lectures, '' is left out."""
    in_book = ", ".join(part for part in (book, pages) if part)
    parts = [f"{words['lecture']} {number}" if number else "", in_book[:1].upper() + in_book[1:]]
    return " · ".join(part for part in parts if part)


def chapters(documents: Sequence[str], title: str, env: BuildEnvironment, words: Mapping[str, str]) -> str:
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
            titles.append(env.titles[docname].astext())
    named = (numbered(kind, dict.fromkeys(found), words) for kind, found in numbers.items())
    return ", ".join([text for text in named if text] + [text for text in dict.fromkeys(titles) if text != title])


PLURAL = {"chapter": "chapters", "appendix": "appendices"}


def numbered(kind: str, numbers: Iterable[str], words: Mapping[str, str]) -> str:
    """``Chapters 1, 4 and 2``; '' for none."""
    *most, last = [*numbers] or [""]
    if not most:
        return f"{words[kind]} {last}" if last else ""
    return f"{words[PLURAL[kind]]} {', '.join(most)} {words['and']} {last}"


def pages_of(labels: Iterable[str], page_map: PageMap, words: Mapping[str, str]) -> str:
    """``pages 1–8, 31``, in the order of the deck; '' for what is not in the printed book."""
    spans = page_map.spans(labels)
    listed = ", ".join(first if first == last else f"{first}–{last}" for first, last in spans)
    is_one = len(spans) == 1 and spans[0][0] == spans[0][1]
    return f"{words['page' if is_one else 'pages']} {listed}" if listed else ""
