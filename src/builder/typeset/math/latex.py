"""Math that MathJax shows and pandoc's reader does not know, rewritten into what it knows.

Plain TeX's fonts, fractions and matrices (The TeXbook, chapters 17 and 22), commands of MathJax and of packages that it
loads by itself, and simple chemistry.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.store.text import clean
from builder.typeset.math.chemistry import chemistry, units
from builder.typeset.math.environments import array_style, environment_at, gap_below, paired, rows_in
from builder.typeset.math.for_office import for_pandoc
from builder.typeset.math.for_typst import for_typst
from builder.typeset.math.macros import Macros, matching_brace
from builder.typeset.math.mathtools import plain_mathtools
from builder.typeset.math.physics import physics
from builder.typeset.math.rows import split_top, take_tag
from builder.typeset.math.symbols import with_symbols
from builder.typeset.math.texts import flat_texts, without_switches
from builder.typeset.math.verbatim import verbatim

KNOWN = r"""
\newcommand{\smash}[2][]{#2}
\newcommand{\newline}{\\}
\newcommand{\bra}[1]{\langle{#1}|}
\newcommand{\ket}[1]{|{#1}\rangle}
\newcommand{\braket}[1]{\langle{#1}\rangle}
\newcommand{\Braket}[1]{\left\langle #1 \right\rangle}
\newcommand{\class}[2]{#2}
\newcommand{\cssId}[2]{#2}
\newcommand{\style}[2]{#2}
\newcommand{\href}[2]{#2}
\newcommand{\require}[1]{}
\newcommand{\bbox}[2][]{#2}
\newcommand{\fbox}[1]{\boxed{\text{#1}}}
\newcommand{\framebox}[2][]{\boxed{\text{#2}}}
\newcommand{\raisebox}[2]{\text{#2}}
\newcommand{\mathnormal}[1]{{#1}}
\newcommand{\htmlStyle}[2]{#2}
\newcommand{\htmlClass}[2]{#2}
\newcommand{\htmlId}[2]{#2}
\newcommand{\htmlData}[2]{#2}
\newcommand{\textsc}[1]{\text{#1}}
\newcommand{\mathbbm}[1]{\mathbb{#1}}
\newcommand{\mathds}[1]{\mathbb{#1}}
\newcommand{\mathchoice}[4]{#1}
\newcommand{\injlim}{\operatorname*{inj\,lim}}
\newcommand{\projlim}{\operatorname*{proj\,lim}}
\newcommand{\varprojlim}{\mathop{\underleftarrow{\operatorname{lim}}}}
\newcommand{\varinjlim}{\mathop{\underrightarrow{\operatorname{lim}}}}
\newcommand{\varlimsup}{\mathop{\overline{\operatorname{lim}}}}
\newcommand{\varliminf}{\mathop{\underline{\operatorname{lim}}}}
\newcommand{\iff}{\;⟺\;}
\newcommand{\implies}{\;⟹\;}
\newcommand{\impliedby}{\;⟸\;}
\newcommand{\bmod}{\mathbin{\mathrm{mod}}}
\newcommand{\pmod}[1]{\mspace{18mu}(\mathrm{mod}\mspace{6mu}#1)}
\newcommand{\mod}[1]{\mspace{18mu}\mathrm{mod}\mspace{6mu}#1}
\newcommand{\pod}[1]{\mspace{18mu}(#1)}
\newcommand{\mathstrut}{}
\newcommand{\Bra}[1]{\left\langle #1 \right|}
\newcommand{\Ket}[1]{\left| #1 \right\rangle}
\newcommand{\ketbra}[2]{\left| #1 \right\rangle\left\langle #2 \right|}
\newcommand{\Set}[1]{\left\{\, #1 \,\right\}}
\newcommand{\set}[1]{\{\, #1 \,\}}
\newcommand{\skew}[1]{}
\newcommand{\eqalign}[1]{\begin{aligned}#1\end{aligned}}
\newcommand{\displaylines}[1]{\begin{gathered}#1\end{gathered}}
\newcommand{\slashed}[1]{\not{#1}}
\newcommand{\textsuperscript}[1]{{}^{\text{#1}}}
\newcommand{\textsubscript}[1]{{}_{\text{#1}}}
\newcommand{\operatornamewithlimits}[1]{\operatorname*{#1}}
\newcommand{\strut}{}
\newcommand{\displaylimits}{}
\newcommand{\LaTeX}{\text{LaTeX}}
\newcommand{\TeX}{\text{TeX}}
\newcommand{\symbf}[1]{\mathbf{#1}}
\newcommand{\symup}[1]{\mathrm{#1}}
\newcommand{\symit}[1]{\mathit{#1}}
\newcommand{\symsf}[1]{\mathsf{#1}}
\newcommand{\symtt}[1]{\mathtt{#1}}
\newcommand{\symbb}[1]{\mathbb{#1}}
\newcommand{\symcal}[1]{\mathcal{#1}}
\newcommand{\symscr}[1]{\mathscr{#1}}
\newcommand{\symfrak}[1]{\mathfrak{#1}}
\newcommand{\symbfit}[1]{\boldsymbol{#1}}
\newcommand{\mathup}[1]{\mathrm{#1}}
\newcommand{\mathbfup}[1]{\mathbf{#1}}
\newcommand{\mathbfit}[1]{\boldsymbol{#1}}
\newcommand{\mathsfup}[1]{\mathsf{#1}}
\newcommand{\mathsfit}[1]{\mathsf{#1}}
\newcommand{\mathbfsf}[1]{\boldsymbol{\mathsf{#1}}}
\newcommand{\mathbfsfup}[1]{\boldsymbol{\mathsf{#1}}}
\newcommand{\mathbfsfit}[1]{\boldsymbol{\mathsf{#1}}}
\newcommand{\mathbfcal}[1]{\boldsymbol{\mathcal{#1}}}
\newcommand{\mathbfscr}[1]{\boldsymbol{\mathscr{#1}}}
\newcommand{\mathbffrak}[1]{\boldsymbol{\mathfrak{#1}}}
"""

FOR_OFFICE = r"""
\newcommand{\vphantom}[1]{}
\newcommand{\llap}[1]{#1}
\newcommand{\rlap}[1]{#1}
\newcommand{\mathllap}[1]{#1}
\newcommand{\mathrlap}[1]{#1}
\newcommand{\mathclap}[1]{#1}
\newcommand{\clap}[1]{#1}
\newcommand{\tiny}{}
\newcommand{\huge}{}
\newcommand{\Huge}{}
\newcommand{\LARGE}{}
\newcommand{\footnotesize}{}
\newcommand{\small}{}
\newcommand{\large}{}
\newcommand{\Large}{}
\newcommand{\normalsize}{}
\newcommand{\scriptsize}{}
\newcommand{\dbinom}{\binom}
\newcommand{\cfrac}{\dfrac}
\newcommand{\hphantom}[1]{\phantom{#1}}
\newcommand{\textcolor}[3][]{#3}
\newcommand{\bigm}{\big}
\newcommand{\Bigm}{\Big}
\newcommand{\biggm}{\bigg}
\newcommand{\Biggm}{\Bigg}
\newcommand{\tbinom}{\binom}
\newcommand{\prescript}[3]{{}^{#1}_{#2}{#3}}
\newcommand{\sideset}[3]{{}#1#3#2}
\newcommand{\underleftrightarrow}[1]{\underset{\leftrightarrow}{#1}}
\newcommand{\textnormal}[1]{\text{#1}}
\newcommand{\textup}[1]{\text{#1}}
\newcommand{\textmd}[1]{\text{#1}}
\newcommand{\nobreakspace}{~}
\newcommand{\hdashline}{}
\newcommand{\overunderset}[3]{\overset{#1}{\underset{#2}{#3}}}
\newcommand{\colorbox}[2]{\text{#2}}
\newcommand{\rule}[3][]{}
\newcommand{\fcolorbox}[3]{\boxed{\text{#3}}}
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
_UNICODE = re.compile(
    r"\\unicode(?:\[[^]]*\])?\{\s*x([0-9a-fA-F]{1,6})\s*\}|\\unicode(?:\[[^]]*\])?\{\s*(\d{1,7})\s*\}"
)
_GROUP_ENDS = re.compile(r"\\(?:end|right)(?![a-zA-Z])")
_CHEMISTRY = re.compile(r"\\(ce|pu)\s*(?=\{)")


_LABELS = re.compile(r"\\label\{[^}]*\}|\\nonumber\b|\\notag\b")
_DOLLARS = re.compile(r"^\s*\$\$(.*)\$\$\s*$", re.DOTALL)
"""Objects that show themselves as LaTeX bring their own signs for a formula, also where one has begun."""


def known_macros(definitions: str) -> Macros:
    """Commands that the reader does not know, as macros."""
    macros = Macros()
    macros.define(definitions)
    return macros


def for_office(latex: str) -> str:
    """Formula text as pandoc reads it for Office math: no labels; several lines or columns inside ``aligned``."""
    text = re.sub(r"\n\s*\n", "\n", OFFICE_MACROS.expand(common(latex)))
    text = for_pandoc(text)
    return re.sub(r"\\(begin|end)\{(align|gather|multline|eqnarray|equation|flalign)\*?\}", _inner_environment, text)


def _inner_environment(match: re.Match[str]) -> str:
    if match[2] == "equation":
        return ""
    inner = "gathered" if match[2] in ("gather", "multline") else "aligned"
    return rf"\{match[1]}{{{inner}}}"


def as_typst(latex: str) -> str:
    """Formula text as pandoc reads it for Typst; rows of a whole formula are lines of it, and are not in a grid."""
    text = re.sub(r"\n\s*\n", "\n", common(latex))
    text = re.sub(r"\\(?:begin|end)\{equation\*?\}", "", text).strip()
    found = environment_at(text, 0) if text.startswith(r"\begin") else None
    grid = array_style(found[0], found[1]) if found is not None and found[3] == len(text) else None
    if found is not None and grid is not None and grid.of_lines:
        rows, _rules = rows_in(found[2])
        lines = [
            paired(row, "", for_typst, grid.pair_gap) if grid.pairs else for_typst(" ".join(row.cells)) for row in rows
        ]
        if len(lines) > 1 or grid.pairs:
            gaps = ["" if row is rows[-1] else gap_below(row) for row in rows]
            return verbatim(" \\ ").join(line + gap for line, gap in zip(lines, gaps, strict=True))
    return for_typst(text)


def common(latex: str) -> str:
    """``latex`` without tags, labels and what no writer knows; lines and columns by themselves are ``aligned``."""
    text = plain_mathtools(plain_commands(_LABELS.sub("", take_tag(clean(latex))[1])))
    text = with_symbols(flat_texts(rewritten(without_switches(ALL_MACROS.expand(physics(text)))))).strip()
    text = _EQNARRAY.sub(_two_columns, text)
    if len(split_top(text, r"\\")) > 1 or len(split_top(text, "&")) > 1:
        return rf"\begin{{aligned}}{text}\end{{aligned}}"
    return text


def _two_columns(match: re.Match[str]) -> str:
    """An ``eqnarray`` as aligned at its relations."""
    rows = (split_top(row, "&") for row in split_top(match[1], r"\\"))
    return r"\begin{align}" + r"\\".join("&".join([*row[:1], " ".join(row[1:])]) for row in rows) + r"\end{align}"


_EQNARRAY = re.compile(r"\\begin\{eqnarray\*?\}(.*?)\\end\{eqnarray\*?\}", re.DOTALL)


def plain_commands(latex: str) -> str:
    """``latex`` without commands whose arguments no braces hold together."""
    text = _VERB.sub(lambda match: verbatim_text(match[3].replace(" ", SHOWN_SPACE if match[1] else " ")), latex)
    text = _ROOT.sub(lambda match: rf"\sqrt[{match[1].strip()}]", text)
    text = _BUILDREL.sub(lambda match: rf"\stackrel{{{match[1].strip()}}}", text)
    text = _ABOVE.sub(r"\\over ", _RAISE.sub("", text))
    return _ENCLOSE.sub(lambda match: _ENCLOSED.get(match[1], ""), text)


def verbatim_text(text: str) -> str:
    """``text`` as it stands, in letters of one width."""
    return r"\texttt{" + re.sub(r"([_%$#&{}])", r"\\\1", text.replace("\\", "∖")) + "}"


_VERB = re.compile(r"\\verb(\*?)([^a-zA-Z\s*])(.*?)\2")
SHOWN_SPACE = "␣"
_ROOT = re.compile(r"\\root\b([^\\{}]*|\s*\{[^{}]*\}\s*)\\of(?![a-zA-Z])")
_BUILDREL = re.compile(r"\\buildrel(?![a-zA-Z])(.*?)\\over(?![a-zA-Z])")
_RAISE = re.compile(r"\\(?:raise|lower|moveleft|moveright)\s*[-+]?[\d.]+\s*[a-z]{2}|\\vcenter(?![a-zA-Z])")
_ABOVE = re.compile(r"\\above\s*(?:\{[^{}]*\}|[\d.]+\s*[a-z]{2})")
_ENCLOSE = re.compile(r"\\enclose\s*\{([^{}]*)\}(?:\[[^]]*\])?")
_ENCLOSED = {
    "box": r"\boxed", "roundedbox": r"\boxed", "circle": r"\boxed", "horizontalstrike": r"\cancel",
    "updiagonalstrike": r"\cancel",
    "downdiagonalstrike": r"\bcancel", "updiagonalstrike downdiagonalstrike": r"\xcancel", "top": r"\overline",
    "bottom": r"\underline",
}  # fmt: skip


def rewritten(latex: str) -> str:
    """``latex`` in the words that pandoc's reader knows."""
    if "\\" not in latex:
        return latex
    latex = _DOLLARS.sub(r"\1", latex)
    text = _groups(_CHEMISTRY, latex, lambda match, inside: chemistry(inside) if match[1] == "ce" else units(inside))
    text = text.replace(r"\*", "*")  # escaped as in prose
    text = re.sub(r"\\cr(?![a-zA-Z])", r"\\\\", text)
    text = _UNICODE.sub(lambda m: rf"\text{{{chr(min(int(m[1], 16) if m[1] else int(m[2]), 0x10FFFF))}}}", text)
    text = _groups(_MATRIX, text, lambda match, inside: rf"\begin{{{match[1]}}}{inside}\end{{{match[1]}}}")
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
    return text


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
    """Return where the group that ``position`` stands in ends: at its brace, a cell's or row's end, or the end of the
    text.
    """
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
    """Return where the group that ``position`` stands in begins: behind its brace, or at the start of the text."""
    depth = 0
    while position > 0:
        previous = text[position - 1]
        if text[position - 2 : position - 1] != "\\":
            depth += {"}": 1, "{": -1}.get(previous, 0)
            if depth < 0 or (previous == "&" and depth == 0):
                break
        position -= 1
    return position


ALL_MACROS = known_macros(KNOWN)
OFFICE_MACROS = known_macros(FOR_OFFICE)
