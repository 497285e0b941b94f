"""Keys in the front matter of a document that have no effect there, and will have been meant for others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from myst_parser.config.main import MdParserConfig

from builder.source.annotations.source_pieces import SourcePiece
from builder.source.near import nearly

AS_SLIDE = "write {.slide} above a heading, options in a ```{slide}, and decks in lectures.toml"
OURS = ("slide", "edition", "lecture", "notes", "deck", "minutes", "reveal")
"""Words of ours that authors look for in the front matter of a document."""
OF_SPHINX = ("orphan", "tocdepth", "nosearch", "no-search", "nocomments")
"""Keys that have an effect in Sphinx."""
OF_MYST = frozenset(field.name for field in MdParserConfig.get_fields())
"""Settings that a document may have below its key ``myst``."""
TOLD_BY_MYST = ("html_meta", "substitutions")
"""Those of which MyST-Parser itself says so."""
AS_BOOK = "numbers are those of the book, by ':numbered:' of its toctree, or 'numbering' in its myst.yml"
KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?P<value>.*)")
FIELD = re.compile(r":(?P<key>[A-Za-z_][\w-]*):(?:\s|$)")
SLIDE_FORMATS = re.compile(r"\b(?:revealjs|beamer|pptx|slidy|ioslides\w*|xaringan\S*|powerpoint\w*)\b")


def in_front(piece: SourcePiece) -> Iterator[tuple[int, str]]:
    """Yield line and message for each key of the front matter of a document that was meant for another."""
    if piece.cell or not piece.lines or piece.lines[0].rstrip() != "---":
        return
    for number, line in enumerate(piece.lines[1:], start=2):
        if line.rstrip() in ("---", "..."):
            return
        key = KEY.match(line)
        if key and (message := of_key(line.strip(), key["key"], key["value"].strip())):
            yield number, message


def of_key(line: str, name: str, value: str) -> str:
    """Return what is to be said of a key in the front matter; '' for one that is right or of others."""
    if name.startswith("builder_"):
        return f"'{name}' has no effect in a document: it is an option of conf.py."
    if name.removeprefix("myst_") in OF_MYST and name not in TOLD_BY_MYST:
        return f"'{name}' has no effect here; write '{name.removeprefix('myst_')}' below the key 'myst'."
    if name == "marp" or (name in ("format", "output") and SLIDE_FORMATS.search(value)):
        return f"'{line}' is of another tool and has no effect; {AS_SLIDE}."
    if name == "numbering":
        return f"'{name}' has no effect in the front matter; {AS_BOOK}."
    return of_name(name)


def of_name(name: str) -> str:
    """Return what is to be said of a key that is nearly one of ours or of Sphinx's; '' for any other."""
    if nearly(name, OURS):
        return f"'{name}' has no effect in the front matter; {AS_SLIDE}."
    found = nearly(name, OF_SPHINX)
    return f"'{name}' has no effect in the front matter; did you mean '{found}'?" if found not in ("", name) else ""


def in_front_of_restructured(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield line and message for each field at the beginning of a source that was meant for another."""
    for number, line in enumerate(lines, start=1):
        field = FIELD.match(line)
        if field and (message := of_name(field["key"])):
            yield number, message
        if line.strip() and not field and not line.startswith((" ", "\t")):
            return
