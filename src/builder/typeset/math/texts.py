"""Text within formulas (``\\text{...}``) → strings of Typst, with formulas in them set."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.typeset.escape import string
from builder.typeset.math.braces import matching_brace
from builder.typeset.math.calls import LETTER_SIZES
from builder.typeset.math.verbatim import verbatim

TEXTS = {
    "text": "", "mbox": "", "hbox": "", "textrm": "", "textnormal": "", "textup": "", "textmd": "", "intertext": "",
    "shortintertext": "",
    "textbf": "bold", "textit": "italic", "textsl": "italic", "emph": "italic", "texttt": "mono", "textsf": "sans",
}  # fmt: skip
"""A command of text → the function of Typst for its letters, '' for none."""
_ESCAPED = {
    r"\%": "%", r"\$": "$", r"\#": "#", r"\&": "&", r"\_": "_", r"\{": "{", r"\}": "}", r"\ ": " ", "~": "\u00a0",
    r"\,": "\u2009", "``": "“", "''": "”", "`": "‘", "---": "—", "--": "–", r"\textendash": "–", r"\ldots": "…",
    r"\dots": "…",
    r"\quad": "\u2003", r"\;": "\u2004", r"\:": "\u2005",
}  # fmt: skip
_NAMES = sorted(_ESCAPED, key=len, reverse=True)
_SPECIAL = re.compile("|".join(re.escape(name) + (r"(?![a-zA-Z])" if name[-1].isalpha() else "") for name in _NAMES))


def plain_text(latex: str) -> str | None:
    """Text of LaTeX as characters; None where it holds other commands or groups."""
    found = _SPECIAL.sub(lambda match: _ESCAPED[match[0]], latex)
    rest = _SPECIAL.sub("", latex)
    return None if re.search(r"[\\{}]", rest) else found


def typst_texts(style: str, latex: str, formula: Callable[[str], str]) -> str | None:
    """The strings of a text with the formulas between them, which ``formula`` writes; None where it holds commands."""
    out = []
    for number, part in enumerate(re.split(r"(?<!\\)\$", latex)):
        if number % 2:
            out.append(formula(part))
        elif part:
            text = plain_text(part)
            if text is None:
                return None
            words = string(re.sub(r"[ \t\r\n]+", " ", text))
            out.append(verbatim(f"{style}({words})" if style else words))
    return verbatim(" #h(0em) ").join(out) or verbatim('""')


_SWITCHES = {
    "it": "textit", "itshape": "textit", "em": "textit", "sl": "textit", "bf": "textbf", "bfseries": "textbf",
    "rm": "textrm", "rmfamily": "textrm", "tt": "texttt", "ttfamily": "texttt", "sf": "textsf", "sffamily": "textsf",
}  # fmt: skip
"""A switch of font, which holds to the end of its text → the command that takes that."""
_SWITCH = re.compile(rf"\\({'|'.join(_SWITCHES)})(?![a-zA-Z])\s*")


def without_switches(latex: str) -> str:
    """``latex`` with switches of font in texts as texts in these fonts, before those in formulas are looked at."""
    out, position = [], 0
    while match := _TEXT.search(latex, position):
        end = matching_brace(latex, match.end())
        out.append(latex[position : match.end() + 1])
        body, closing = without_switches(_SIZES.sub("", latex[match.end() + 1 : end])), ""
        while switch := _SWITCH.search(body):
            out.append(rf"{body[: switch.start()]}\{_SWITCHES[switch[1]]}{{")
            body, closing = body[switch.end() :], closing + "}"
        out.append(body + closing)
        position = end
    return "".join(out) + latex[position:]


_SIZES = re.compile(rf"\\(?:{'|'.join(LETTER_SIZES)})(?![a-zA-Z])\s*")
_TEXT = re.compile(rf"\\({'|'.join(TEXTS)})\s*(?=\{{)")
_SCRIPTS = {"textsuperscript": "^", "textsubscript": "_"}
"""A command of text above or below the line → the sign of a script."""
_TEXT_OR_SCRIPT = re.compile(rf"\\({'|'.join((*TEXTS, *_SCRIPTS))})\s*(?=\{{)")


_COMMENT_OR_TEXT = re.compile(rf"(?P<comment>%[^\n]*(?:\n\s*|\Z))|{_TEXT.pattern}|\\.", re.DOTALL)


def without_comments(latex: str) -> str:
    """``latex`` without its comments; a text holds none, in which MathJax shows the sign of percent."""
    out, position, start = [], 0, 0
    while match := _COMMENT_OR_TEXT.search(latex, position):
        position = match.end()
        if match["comment"]:
            out.append(latex[start : match.start()])
            start = position
        elif match[2]:  # the name of a text
            position = matching_brace(latex, position) + 1
    return "".join(out) + latex[start:]


def outside_texts(latex: str, write: Callable[[str], str]) -> str:
    """``latex`` with what ``write`` makes of each part that stands in no text."""
    out, position = [], 0
    while match := _TEXT_OR_SCRIPT.search(latex, position):
        end = matching_brace(latex, match.end()) + 1
        out += [write(latex[position : match.start()]), latex[match.start() : end]]
        position = end
    return "".join(out) + write(latex[position:])


def inside_texts(latex: str, write: Callable[[str], str]) -> str:
    """``latex`` with what ``write`` makes of what stands in each text."""
    out, position = [], 0
    while match := _TEXT_OR_SCRIPT.search(latex, position):
        end = matching_brace(latex, match.end())
        out += [latex[position : match.end() + 1], write(latex[match.end() + 1 : end])]
        position = end
    return "".join(out) + latex[position:]


def flat_texts(latex: str) -> str:
    """``latex`` with texts within texts as texts beside each other, those above and below the line as scripts."""
    out, position = [], 0
    while match := _TEXT_OR_SCRIPT.search(latex, position):
        end = matching_brace(latex, match.end())
        out += [latex[position : match.start()], _pieces(match[1], latex[match.end() + 1 : end])]
        position = end + 1
    return "".join(out) + latex[position:]


def _pieces(command: str, body: str) -> str:
    """A text as texts without groups; formulas in it stay, since their dollars are read with it."""
    if command in _SCRIPTS:
        return f"{{}}{_SCRIPTS[command]}{{{_pieces('text', body)}}}"
    out, position = [], 0
    inside = re.compile(
        rf"\$[^$]*\$|\\(?P<command>{'|'.join((*TEXTS, *_SCRIPTS))})\s*(?=\{{)|\\[a-zA-Z]+|\\.|(?P<group>\{{)", re.DOTALL
    )
    start = 0
    while match := inside.search(body, position):
        if match["command"] is None and match["group"] is None:
            position = match.end()
            continue
        opened = match.end() - 1 if match["group"] else match.end()
        end = matching_brace(body, opened)
        out += [
            _piece(command, body[start : match.start()]),
            _pieces(match["command"] or command, body[opened + 1 : end]),
        ]
        start = position = end + 1
    return "".join(out) + _piece(command, body[start:]) or rf"\{command}{{}}"


def _piece(command: str, body: str) -> str:
    return rf"\{command}{{{body}}}" if body else ""
