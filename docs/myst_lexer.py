"""Colours of MyST for this manual, whose subject are its marks; Pygments takes the fences of directives for code."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Generic, Keyword, Name, Punctuation, String, Text


class MystLexer(RegexLexer):
    """Headings, directives with their options, roles and lines of attributes."""

    name = "MyST"
    aliases: ClassVar = ["myst"]
    tokens: ClassVar = {
        "root": [
            (r"^#+ .*\n", Generic.Subheading),
            (r"^([`:]{3,} ?)(\{[\w-]+\})(.*\n)", bygroups(Punctuation, Name.Function, String)),
            (r"^[`:]{3,}.*\n", Punctuation),
            (r"^:[\w-]+:", Name.Attribute),
            (r"\{\.[^}\n]*\}", Keyword),
            (r"(\{[\w:-]+\})(`[^`\n]*`)", bygroups(Name.Function, String)),
            (r"`[^`\n]*`", String),
            (r"[^#`:{\n]+|.|\n", Text),
        ]
    }
