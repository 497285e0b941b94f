"""Text → Typst, in one place: markup text, string literals, labels and calls."""

from __future__ import annotations

import re

_MARKUP = str.maketrans(
    {char: f"\\{char}" for char in "\\#$*_`<>@=-+/[]~'\"{}();:|^&!"} | {"\n": " ", "\u00a0": "~", "\u00ad": "-?"}
)
_STRING = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "\t": "\\t"})
_ENUM_AT_START = re.compile(r"^(\s*\d+)\.")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


_LONG_WORD = re.compile(r"[^\s\u200b]{15,}")
_BREAK_AFTER = re.compile(r"(?<=[/._=&?:,+@;|])(?=[\w(\[{<%-])|(?<=[a-z])(?=[A-Z][a-z])|(?<=[\])}>])(?=\w)")
_UNBROKEN = re.compile(r"[^\u200b-]{30}(?=[^\u200b-]{6})")


def breakable(text: str) -> str:
    """``text`` with zero-width spaces where a long address, path or name may be broken."""

    def mend(match: re.Match[str]) -> str:
        return _UNBROKEN.sub("\\g<0>\u200b", _BREAK_AFTER.sub("\u200b", match[0]))

    return _LONG_WORD.sub(mend, text) if len(text) > 14 else text


def markup(text: str) -> str:
    """``text`` as Typst markup that shows exactly these characters; line breaks become spaces."""
    return _ENUM_AT_START.sub(r"\1\\.", _UNPRINTABLE.sub("", breakable(text)).translate(_MARKUP))


def code(text: str) -> str:
    """``text`` as code in a line of text."""
    return f"#raw({string(breakable(text))});"


def string(text: str) -> str:
    """``text`` as a Typst string literal, quotes included."""
    return f'"{_UNPRINTABLE.sub("", text).translate(_STRING)}"'


def call(function: str, *bodies: str, **arguments: str) -> str:
    """``#function(key: value, ...)[body]...;`` with values that are Typst already.

    The closing semicolon keeps what follows, a bracket or a full stop, from joining the call.
    Underscores of argument names become hyphens, as Typst names them.
    """
    given = ", ".join(f"{name.strip('_').replace('_', '-')}: {value}" for name, value in arguments.items())
    return (
        f"#{function}" + (f"({given})" if given or not bodies else "") + "".join(f"[{body}]" for body in bodies) + ";"
    )


def array(items: list[str]) -> str:
    """A Typst array of values that are Typst already."""
    return f"({', '.join(items)},)" if items else "()"
