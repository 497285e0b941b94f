"""Code → runs in the colours of a Pygments style, with the lexers that the web book uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.style import StyleMeta
from pygments.styles import get_style_by_name
from pygments.token import Error, Token, _TokenType
from pygments.util import ClassNotFound
from sphinx.highlighting import lexer_classes
from sphinx.highlighting import lexers as sphinx_lexers

from builder.typeset.contrast import readable
from builder.typeset.escape import array, string
from builder.typeset.terminal import as_shown

PLAIN_LANGUAGES = {"", "none", "text", "output", "myst-ansi", "ansi"}

Run = tuple[str, str]
"""(key of a style, '' for none; text)."""


@dataclass(frozen=True, slots=True)
class CodeStyle:
    """How one kind of token looks. ``colour`` is ``#rrggbb`` or ''."""

    colour: str = ""
    bold: bool = False
    italic: bool = False


Tokens = tuple[tuple[_TokenType, str], ...]
"""Pieces of code with their kinds."""


class Highlighter:
    """Splits code into lines of runs; notes the styles that were used."""

    def __init__(self, style: str, ground: str = "#f6f1ee", *, colours: bool = True) -> None:
        self.style: StyleMeta = get_style_by_name(style)
        self.ground, self.colours = ground, colours
        self._keys: dict[_TokenType, str] = {}

    def lines(self, code: str, language: str) -> list[list[Run]]:
        """The lines of ``code``, each as runs."""
        lines: list[list[Run]] = [[]]
        for kind, value in tokens_of(as_shown(code).expandtabs(8), language):
            key = self.key(kind)
            for index, part in enumerate(value.split("\n")):
                if index:
                    lines.append([])
                if part:
                    add_run(lines[-1], key, part)
        while len(lines) > 1 and not lines[-1]:
            lines.pop()
        return lines

    def key(self, kind: _TokenType) -> str:
        """Key of the style of a kind of token, '' for plain text."""
        if kind not in self._keys:
            known: Any = kind
            while not self.style.styles_token(known):  # lexers may have kinds of their own
                known = known.parent
            found = self.style.style_for_token(known)
            colour = f"#{found['color']}" if found["color"] and self.colours else ""
            style = CodeStyle(readable(colour, self.ground), bool(found["bold"]), bool(found["italic"]))
            self._keys[kind] = style_key(style)
        return self._keys[kind]


def tokens_of(text: str, language: str) -> Tokens:
    """The tokens of ``text``, which together are all of it; a single plain one where no lexer gives such."""
    return _tokens_of(text, language, sphinx_lexers.get(language) or lexer_classes.get(language))


@lru_cache(maxsize=512)
def _tokens_of(text: str, language: str, _own: object) -> Tokens:
    """See `tokens_of`; a block of code is in the book and on a slide, and looked at before it is chosen for one.

    A lexer of the project's ``_own`` is another in the next project of the process.
    """
    plain: Tokens = ((Token.Text, text),)
    lexer = find_lexer(language)
    if lexer is None:
        return plain
    found = lexer.get_tokens(f"{text}\n")  # lexers of consoles drop a last line that is not ended
    tokens = [(kind, value) for kind, value in found if value]
    if "".join(value for _, value in tokens) != f"{text}\n":
        return plain
    if language == "default" and any(kind is Error for kind, _ in tokens):
        return plain
    *before, (kind, value) = tokens
    return (*before, (kind, value.removesuffix("\n")))


def style_key(style: CodeStyle) -> str:
    """A style as the key by which the template finds it: ``#rrggbb``, with ``b`` and ``i`` behind it."""
    return f"{style.colour}{'b' if style.bold else ''}{'i' if style.italic else ''}"


def add_run(line: list[Run], key: str, text: str) -> None:
    """Add text to a line, to its last run when that looks the same."""
    if line and (line[-1][0] == key or not text.strip()):
        line[-1] = (line[-1][0], line[-1][1] + text)
    else:
        line.append((key, text))


def find_lexer(language: str) -> Lexer | None:
    """Return the lexer that Sphinx takes for a language, that of a project (``add_lexer``) first; None for text without
    colours.
    """
    if language in PLAIN_LANGUAGES:
        return None
    if language in sphinx_lexers:
        return sphinx_lexers[language]
    if language in lexer_classes:
        return lexer_classes[language](stripnl=False, ensurenl=False)
    return lexer_of_pygments(language)


@lru_cache(maxsize=256)
def lexer_of_pygments(language: str) -> Lexer | None:
    """Return the lexer that Pygments has for a language, or None."""
    name = {"default": "python3", "py": "python3", "py3": "python3", "ipython": "ipython3"}.get(language, language)
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def typst_lines(lines: list[list[Run]]) -> str:
    """Lines of runs as a Typst array: a string for a plain line, else an array of strings and (key, text)."""
    return array([_typst_line(line) for line in lines])


def _typst_line(line: list[Run]) -> str:
    if not line:
        return '""'
    if len(line) == 1 and not line[0][0]:
        return string(line[0][1])
    return array([f"({string(key)}, {string(text)})" if key else string(text) for key, text in line])
