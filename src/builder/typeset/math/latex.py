"""Math that MathJax shows and pandoc's reader does not know, rewritten into what it knows.

Plain TeX's fonts, fractions and matrices (The TeXbook, chapters 17 and 22), commands of MathJax and of packages that it
loads by itself, and simple chemistry.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.typeset.math.macros import Macros, matching_brace

KNOWN = r"""
\newcommand{\dbinom}{\binom}
\newcommand{\cfrac}{\dfrac}
\newcommand{\hphantom}[1]{\phantom{#1}}
\newcommand{\vphantom}[1]{}
\newcommand{\smash}[2][]{#2}
\newcommand{\llap}[1]{#1}
\newcommand{\rlap}[1]{#1}
\newcommand{\mathllap}[1]{#1}
\newcommand{\mathrlap}[1]{#1}
\newcommand{\mathclap}[1]{#1}
\newcommand{\bra}[1]{\left\langle #1 \right|}
\newcommand{\ket}[1]{\left| #1 \right\rangle}
\newcommand{\braket}[1]{\left\langle #1 \right\rangle}
\newcommand{\class}[2]{#2}
\newcommand{\cssId}[2]{#2}
\newcommand{\style}[2]{#2}
\newcommand{\href}[2]{#2}
\newcommand{\require}[1]{}
\newcommand{\textcolor}[2]{#2}
\newcommand{\bbox}[2][]{#2}
\newcommand{\fbox}[1]{\boxed{\text{#1}}}
\newcommand{\raisebox}[2]{\text{#2}}
\newcommand{\rule}[2]{}
\newcommand{\textsc}[1]{\text{#1}}
\newcommand{\bigm}{\big}
\newcommand{\Bigm}{\Big}
\newcommand{\biggm}{\bigg}
\newcommand{\Biggm}{\Bigg}
\newcommand{\mathbbm}[1]{\mathbb{#1}}
\newcommand{\mathds}[1]{\mathbb{#1}}
\newcommand{\mathchoice}[4]{#1}
\newcommand{\sideset}[3]{{}#1#3#2}
\newcommand{\prescript}[3]{{}^{#1}_{#2}{#3}}
\newcommand{\varprojlim}{\underleftarrow{\lim}}
\newcommand{\varinjlim}{\underrightarrow{\lim}}
\newcommand{\injlim}{\operatorname{inj\,lim}}
\newcommand{\projlim}{\operatorname{proj\,lim}}
\newcommand{\thicksim}{\sim}
\newcommand{\thickapprox}{\approx}
\newcommand{\shortmid}{\mid}
\newcommand{\shortparallel}{\parallel}
\newcommand{\doublecap}{\Cap}
\newcommand{\doublecup}{\Cup}
\newcommand{\ldotp}{.}
\newcommand{\S}{\text{§}}
\newcommand{\P}{\text{¶}}
\newcommand{\copyright}{\text{©}}
\newcommand{\degree}{{}^{\circ}}
\newcommand{\AA}{\text{Å}}
\newcommand{\small}{}
\newcommand{\large}{}
\newcommand{\Large}{}
\newcommand{\normalsize}{}
\newcommand{\scriptsize}{}
\newcommand{\hfill}{\quad}
\newcommand{\hfil}{\quad}
\newcommand{\strut}{}
\newcommand{\displaylimits}{}
"""

FONTS = {
    "rm": "mathrm", "bf": "mathbf", "it": "mathit", "cal": "mathcal", "tt": "mathtt", "sf": "mathsf", "mit": "mathit",
    "frak": "mathfrak", "Bbb": "mathbb", "scr": "mathscr", "bfseries": "mathbf", "rmfamily": "mathrm",
}  # fmt: skip
"""A switch of plain TeX, which holds to the end of its group → the command that takes the group."""

FRACTIONS = {"over": r"\frac{%s}{%s}", "atop": r"\begin{matrix}%s\\%s\end{matrix}"}
MATRICES = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "cases")

_SWITCH = re.compile(rf"\\({'|'.join(FONTS)})(?![a-zA-Z])\s*")
_FRACTION = re.compile(rf"\\({'|'.join(FRACTIONS)})(?![a-zA-Z])")
_MATRIX = re.compile(rf"\\({'|'.join(MATRICES)})\s*(?=\{{)")
_KERN = re.compile(r"\\m?kern\s*-?[\d.]+\s*(?:pt|em|mu|ex|cm|mm|in)")
_UNICODE = re.compile(
    r"\\unicode(?:\[[^]]*\])?\{\s*x([0-9a-fA-F]{1,6})\s*\}|\\unicode(?:\[[^]]*\])?\{\s*(\d{1,7})\s*\}"
)
_DETERMINANT = re.compile(r"\\(begin|end)\{([vV])matrix\}")
_GROUP_ENDS = re.compile(r"\\(?:end|right)(?![a-zA-Z])")
_CHEMISTRY = re.compile(r"\\ce\s*(?=\{)")


_DOLLARS = re.compile(r"^\s*\$\$(.*)\$\$\s*$", re.DOTALL)
"""Objects that show themselves as LaTeX bring their own signs for a formula, also where one has begun."""


def known_macros() -> Macros:
    """Commands that the reader does not know, as macros."""
    macros = Macros()
    macros.define(KNOWN)
    return macros


def rewritten(latex: str) -> str:
    """``latex`` in the words that pandoc's reader knows."""
    if "\\" not in latex:
        return latex
    latex = _DOLLARS.sub(r"\1", latex)
    text = _groups(_CHEMISTRY, latex, lambda _match, inside: chemistry(inside))
    text = text.replace(r"\*", "*")  # escaped as in prose
    text = re.sub(r"\\cr(?![a-zA-Z])", r"\\\\", text)
    text = _KERN.sub("", text)
    text = _UNICODE.sub(lambda m: rf"\text{{{chr(min(int(m[1], 16) if m[1] else int(m[2]), 0x10FFFF))}}}", text)
    text = _groups(_MATRIX, text, lambda match, inside: rf"\begin{{{match[1]}}}{inside}\end{{{match[1]}}}")
    text = _DETERMINANT.sub(_determinant, text)
    for _ in range(20):
        match = _FRACTION.search(text)
        if match is None:
            break
        text = _fraction(text, match)
    for _ in range(50):
        match = _SWITCH.search(text)
        if match is None:
            break
        end = _group_end(text, match.end())
        text = f"{text[: match.start()]}\\{FONTS[match[1]]}{{{text[match.end() : end]}}}{text[end:]}"
    return re.sub(r"(\\(?:sqrt|[dt]?frac))\{\}", r"\1{\\,}", text)


def _determinant(match: re.Match[str]) -> str:
    bar = "|" if match[2] == "v" else r"\Vert"
    return rf"\left{bar} \begin{{matrix}}" if match[1] == "begin" else rf"\end{{matrix}} \right{bar}"


def _groups(pattern: re.Pattern[str], text: str, replace: Callable[[re.Match[str], str], str]) -> str:
    """``text`` with every match of ``pattern`` and the group in braces behind it replaced."""
    out, position = [], 0
    while match := pattern.search(text, position):
        end = matching_brace(text, match.end())
        out += [text[position : match.start()], replace(match, text[match.end() + 1 : end])]
        position = end + 1
    return "".join(out) + text[position:]


def _fraction(text: str, match: re.Match[str]) -> str:
    start, end = _group_start(text, match.start()), _group_end(text, match.end())
    above, below = text[start : match.start()].strip(), text[match.end() : end].strip()
    return text[:start] + FRACTIONS[match[1]] % (above, below) + text[end:]


def _group_end(text: str, position: int) -> int:
    """Where the group that ``position`` stands in ends: at its brace, a cell's or row's end, or the end of the text."""
    depth = 0
    while position < len(text):
        if text[position] == "\\":
            if depth == 0 and (text.startswith("\\\\", position) or _GROUP_ENDS.match(text, position)):
                break
            position += 2
            continue
        if text[position] == "&" and depth == 0:
            break
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth < 0:
            break
        position += 1
    return min(position, len(text))


def _group_start(text: str, position: int) -> int:
    """Where the group that ``position`` stands in begins: behind its brace, or at the start of the text."""
    depth = 0
    while position > 0:
        previous = text[position - 1]
        if text[position - 2 : position - 1] != "\\":
            depth += {"}": 1, "{": -1}.get(previous, 0)
            if depth < 0 or (previous == "&" and depth == 0):
                break
        position -= 1
    return position


_ARROWS = (
    ("<=>", r"\rightleftharpoons "),
    ("<->", r"\leftrightarrow "),
    ("->", r"\rightarrow "),
    ("<-", r"\leftarrow "),
)


def chemistry(formula: str) -> str:
    """A formula of mhchem: upright letters, subscripts, charges and arrows; nothing beyond."""
    out = []
    for part in re.split(r"(\s*(?:<=>|<->|->|<-)\s*)", formula):
        arrow = next((command for sign, command in _ARROWS if part.strip() == sign), None)
        if arrow is not None:
            out.append(arrow)
            continue
        part = re.sub(r"(?<=[A-Za-z)\]])(\d+)", r"_{\1}", part)
        part = re.sub(r"\^(\d*[+-])", r"^{\1}", part)
        part = re.sub(r"(?<=[A-Za-z0-9)\]}])([+-])(?=\s|$)", r"^{\1}", part)
        out.append(re.sub(r"[A-Z][a-z]?|[a-z]+", r"\\mathrm{\g<0>}", part))
    return "".join(out)
