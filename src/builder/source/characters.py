"""Where an author's sources have characters that no output can hold: each is warned of with its line."""

from __future__ import annotations

import re

from sphinx.application import Sphinx

from builder.errors import Source, warn
from builder.store.text import FORBIDDEN

_HALF = re.compile(
    r"(?<!\\)((?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
_LINE_END = re.compile("\r\n|\r|\n")


def setup(app: Sphinx) -> None:
    """Look at each source when it is read."""
    app.connect("source-read", replace_halves)
    app.connect("source-read", warn_of_characters)


def replace_halves(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put the replacement character for halves of characters that the JSON of a notebook may hold and no encoding has,
    and warn.
    """
    path = str(app.env.doc2path(docname))
    if path.endswith(".ipynb") and _HALF.search(content[0]):
        content[0] = _HALF.sub(r"\1\\ufffd", content[0])
        warn(
            "this notebook has halves of characters (surrogates), which no output can show; delete them.",
            Source(path),
            "character",
        )


def warn_of_characters(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn, for each line of a source, of characters that no output can show: what comes along when text is copied from
    slides or a PDF.
    """
    if FORBIDDEN.search(content[0]) is None:
        return
    path = str(app.env.doc2path(docname))
    for number, line in enumerate(_LINE_END.split(content[0]), start=1):
        if found := dict.fromkeys(FORBIDDEN.findall(line)):
            names = ", ".join(f"U+{ord(character):04X}" for character in found)
            what = "this character" if len(found) == 1 else "these characters"
            warn(
                f"no output can show {what}: {names}; delete {'it' if len(found) == 1 else 'them'}.",
                Source(path, number),
                "character",
            )
