"""Commands of the package physics, which MathJax knows too, → plain LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.typeset.math.braces import matching_brace

Write = Callable[[list[str], str, bool], str]
"""From arguments, an option and whether there is a star to LaTeX."""


def _derivative(sign: str) -> Write:
    def write(given: list[str], option: str, star: bool) -> str:
        power = f"^{{{option}}}" if option else ""
        if star and len(given) < 3:
            of = f" {given[0]}" if len(given) == 2 else ""
            return f"{{{sign}{power}{of}/{sign} {given[-1]}{power}}}"
        if len(given) == 1:
            return rf"\frac{{{sign}{power}}}{{{sign} {given[0]}{power}}}"
        if len(given) == 3:
            return rf"\frac{{{sign}^{{2}} {given[0]}}}{{{sign} {given[1]}\,{sign} {given[2]}}}"
        return rf"\frac{{{sign}{power} {given[0]}}}{{{sign} {given[1]}{power}}}"

    return write


def _between(opened: str, closed: str) -> Write:
    return lambda given, _option, star: (
        f"{opened}{given[0]}{closed}" if star else rf"\left{opened} {given[0]} \right{closed}"
    )


def _letters(command: str) -> Write:
    return lambda given, _option, _star: rf"{command}{{{given[0]}}}"


def _pair(opened: str, closed: str) -> Write:
    return lambda given, _option, _star: rf"\left{opened} {given[0]}, {given[1]} \right{closed}"


def _expectation(given: list[str], _option: str, _star: bool) -> str:
    if len(given) == 2:
        return rf"\left\langle {given[1]} \middle| {given[0]} \middle| {given[1]} \right\rangle"
    return rf"\left\langle {given[0]} \right\rangle"


def _element(given: list[str], _option: str, _star: bool) -> str:
    return rf"\left\langle {given[0]} \middle| {given[1]} \middle| {given[2]} \right\rangle"


def _differential(given: list[str], option: str, _star: bool) -> str:
    power = f"^{{{option}}}" if option else ""
    return rf"\mathop{{}}\!\mathrm{{d}}{power} {given[0]}" if given else r"\mathrm{d}"


def _braket(given: list[str], _option: str, _star: bool) -> str:
    return rf"\left\langle {given[0]} \middle| {given[-1]} \right\rangle"


def _dyad(given: list[str], _option: str, _star: bool) -> str:
    return rf"\left| {given[0]} \right\rangle\!\left\langle {given[-1]} \right|"


def _evaluated(given: list[str], _option: str, _star: bool) -> str:
    return rf"\left. {given[0]} \right|"


def _named(word: str) -> Write:
    return lambda _given, _option, _star: rf"\operatorname{{{word}}}"


def _before(letters: str) -> Write:
    return lambda given, _option, _star: f"{letters}{{{given[0]}}}"


def _variation(given: list[str], option: str, _star: bool) -> str:
    power = f"^{{{option}}}" if option else ""
    return rf"\delta{power} {given[0]}" if given else rf"\delta{power} "


def _word(word: str) -> Write:
    return lambda _given, _option, _star: rf"\quad\text{{{word}}}\quad "


FUNCTIONS = {
    "asin": "asin", "acos": "acos", "atan": "atan", "csch": "csch", "arccsc": "arccsc", "acsc": "acsc", "sech": "sech",
    "arcsec": "arcsec", "asec": "asec", "arccot": "arccot", "acot": "acot", "trace": "tr", "Trace": "Tr",
    "Residue": "Res", "Probability": "Pr", "sine": "sin", "hypsine": "sinh", "arcsine": "arcsin", "asine": "asin",
    "cosine": "cos", "hypcosine": "cosh", "arccosine": "arccos", "acosine": "acos", "tangent": "tan",
    "hyptangent": "tanh", "arctangent": "arctan", "atangent": "atan", "cosecant": "csc", "hypcosecant": "csch",
    "arccosecant": "arccsc", "acosecant": "acsc", "secant": "sec", "hypsecant": "sech", "arcsecant": "arcsec",
    "asecant": "asec", "cotangent": "cot", "hypcotangent": "coth", "arccotangent": "arccot", "acotangent": "acot",
    "exponential": "exp", "logarithm": "log", "naturallogarithm": "ln", "determinant": "det",
}  # fmt: skip
"""Functions that the package adds → their names."""
WORDS = (
    "if", "then", "else", "otherwise", "unless", "given", "using", "assume", "since", "let", "for", "all", "even",
    "odd", "integer", "and", "or", "as", "in",
)  # fmt: skip
"""Words that stand between formulas, each a command behind a ``q``."""


COMMANDS: dict[str, tuple[int, int, Write]] = {
    "dv": (1, 2, _derivative(r"\mathrm{d}")), "derivative": (1, 2, _derivative(r"\mathrm{d}")),
    "pdv": (1, 3, _derivative(r"\partial ")), "partialderivative": (1, 3, _derivative(r"\partial ")),
    "pderivative": (1, 3, _derivative(r"\partial ")), "fderivative": (1, 2, _derivative(r"\delta ")),
    "diffd": (0, 0, lambda _g, _o, _s: r"\mathrm{d}"),
    "fdv": (1, 2, _derivative(r"\delta ")), "dd": (0, 1, _differential), "abs": (1, 1, _between("|", "|")),
    "absolutevalue": (1, 1, _between("|", "|")), "norm": (1, 1, _between(r"\|", r"\|")),
    "order": (1, 1, lambda given, _o, _s: rf"\mathcal{{O}}\left( {given[0]} \right)"),
    "comm": (2, 2, _pair("[", "]")), "commutator": (2, 2, _pair("[", "]")), "acomm": (2, 2, _pair(r"\{", r"\}")),
    "anticommutator": (2, 2, _pair(r"\{", r"\}")), "pb": (2, 2, _pair(r"\{", r"\}")),
    "poissonbracket": (2, 2, _pair(r"\{", r"\}")), "vb": (1, 1, _letters(r"\mathbf")),
    "vectorbold": (1, 1, _letters(r"\mathbf")), "va": (1, 1, lambda given, _o, _s: rf"\vec{{\mathbf{{{given[0]}}}}}"),
    "vectorarrow": (1, 1, lambda given, _o, _s: rf"\vec{{\mathbf{{{given[0]}}}}}"),
    "vectorunit": (1, 1, lambda given, _o, _s: rf"\hat{{\mathbf{{{given[0]}}}}}"),
    "vu": (1, 1, lambda given, _o, _s: rf"\hat{{\mathbf{{{given[0]}}}}}"),
    "vdot": (0, 0, lambda _g, _o, _s: r"\cdot "), "cross": (0, 0, lambda _g, _o, _s: r"\times "),
    "cp": (0, 0, lambda _g, _o, _s: r"\times "), "grad": (0, 0, lambda _g, _o, _s: r"\boldsymbol{\nabla}"),
    "curl": (0, 0, lambda _g, _o, _s: r"\boldsymbol{\nabla}\times "),
    "laplacian": (0, 0, lambda _g, _o, _s: r"\nabla^{2}"),
    "expval": (1, 2, _expectation), "ev": (1, 2, _expectation), "expectationvalue": (1, 2, _expectation),
    "mel": (3, 3, _element), "matrixel": (3, 3, _element), "matrixelement": (3, 3, _element),
    "ip": (1, 2, _braket), "innerproduct": (1, 2, _braket), "dyad": (1, 2, _dyad), "outerproduct": (1, 2, _dyad),
    "ketbra": (1, 2, _dyad), "eval": (1, 1, _evaluated),
    "qqtext": (1, 1, lambda given, _o, _s: rf"\quad\text{{{given[0]}}}\quad "),
    "qq": (1, 1, lambda given, _o, _s: rf"\quad\text{{{given[0]}}}\quad "),
    "tr": (0, 0, lambda _g, _o, _s: r"\operatorname{tr}"),
    "Tr": (0, 0, lambda _g, _o, _s: r"\operatorname{Tr}"), "rank": (0, 0, lambda _g, _o, _s: r"\operatorname{rank}"),
    "erf": (0, 0, lambda _g, _o, _s: r"\operatorname{erf}"), "Res": (0, 0, lambda _g, _o, _s: r"\operatorname{Res}"),
    "imat": (1, 1, lambda given, _o, _s: _grid(given[0], lambda x, y: "1" if x == y else "0")),
    "dmat": (1, 1, lambda given, _o, _s: _diagonal(given[0].split(","))),
    "xmat": (3, 3, lambda given, _o, star: _filled(*given[:3], star=star)),
    "zmat": (2, 2, lambda given, _o, _s: _filled("0", *given[:2], star=False)),
    "op": (1, 2, _dyad), "pv": (1, 1, _before(r"\mathcal{P}")), "principalvalue": (1, 1, _before(r"\mathcal{P}")),
    "PV": (1, 1, _before(r"\mathrm{P.V.}")), "flatfrac": (2, 2, lambda given, _o, _s: f"{given[0]}/{given[1]}"),
    "evaluated": (1, 1, _evaluated), "pmat": (1, 1, lambda given, _o, _s: _pauli(given[0])),
    "paulimatrix": (1, 1, lambda given, _o, _s: _pauli(given[0])),
    "admat": (1, 1, lambda given, _o, _s: _diagonal(given[0].split(","), rising=True)),
    "antidiagonalmatrix": (1, 1, lambda given, _o, _s: _diagonal(given[0].split(","), rising=True)),
    "diagonalmatrix": (1, 1, lambda given, _o, _s: _diagonal(given[0].split(","))),
    "identitymatrix": (1, 1, lambda given, _o, _s: _grid(given[0], lambda x, y: "1" if x == y else "0")),
    "xmatrix": (3, 3, lambda given, _o, star: _filled(*given[:3], star=star)),
    "zeromatrix": (2, 2, lambda given, _o, _s: _filled("0", *given[:2], star=False)),
    "vnabla": (0, 0, lambda _g, _o, _s: r"\boldsymbol{\nabla}"),
    **{name: (0, 0, _named(shown)) for name, shown in FUNCTIONS.items()},
    "var": (0, 1, _variation), "variation": (0, 1, _variation), "differential": (0, 1, _differential),
    "functionalderivative": (1, 2, _derivative(r"\delta ")),
    "gradient": (0, 0, lambda _g, _o, _s: r"\boldsymbol{\nabla}"),
    "divergence": (0, 0, lambda _g, _o, _s: r"\boldsymbol{\nabla}\cdot "),
    "qcc": (0, 0, lambda _g, _o, _s: r"\quad\text{c.c.}\quad "),
    "qcomma": (0, 0, lambda _g, _o, _s: r",\quad "), "qc": (0, 0, lambda _g, _o, _s: r",\quad "),
    **{f"q{word}": (0, 0, _word(word)) for word in WORDS},
}  # fmt: skip
"""A command without its backslash → how many arguments it takes, at least and at most, and what writes it."""
_COMMAND = re.compile(
    rf"\\({'|'.join(sorted(COMMANDS, key=len, reverse=True))}"
    r"|qty|quantity|pqty|bqty|Bqty|vqty|s?mqty|(?:small)?matrixquantity|s?[pbvP]mqty|s?mdet|matrixdeterminant)"
    r"(?![a-zA-Z])(\*{0,2})"
)
_TWO_OF_BRAKET = re.compile(r"\\braket(?=\*|\s*\{[^{}]*\}\s*\{)")
_FIXED = re.compile(r"\\(bra|ket)\*")
_POWER = re.compile(
    r"\\(a?(?:sin|cos|tan|csc|sec|cot)h?|arc(?:sin|cos|tan|csc|sec|cot)|log|ln|exp)\s*\[\s*(-?\d+)\s*\]\s*(?=\()"
)
"""A function to a power that stands in brackets before its argument."""
_SIZED = re.compile(r"\s*\\([bB]igg?)(?![a-zA-Z])\s*(?=\{)")
_OPEN_BAR = re.compile(r"\\eval(?:uated)?\s*([(\[])([^|]*)\|")
"""A bracket that opens at what is evaluated between limits, and ends with a bar."""
_BRACKETS = {"(": ")", "[": "]", "|": "|"}
_FENCED = {
    "pqty": ("(", ")"), "bqty": ("[", "]"), "Bqty": (r"\{", r"\}"), "vqty": ("|", "|"), "mqty": ("", ""),
    "smqty": ("", ""), "matrixquantity": ("", ""), "smallmatrixquantity": ("", ""), "pmqty": ("(", ")"),
    "Pmqty": (r"\lgroup", r"\rgroup"), "bmqty": ("[", "]"), "vmqty": ("|", "|"), "spmqty": ("(", ")"),
    "sPmqty": (r"\lgroup", r"\rgroup"), "sbmqty": ("[", "]"), "svmqty": ("|", "|"), "mdet": ("|", "|"),
    "smdet": ("|", "|"), "matrixdeterminant": ("|", "|"),
}  # fmt: skip
"""A command of a quantity or a matrix → its brackets where braces stand behind it."""
_SMALL = ("smqty", "smdet", "smallmatrixquantity", "spmqty", "sPmqty", "sbmqty", "svmqty")
MATRICES = (
    *_SMALL, "mqty", "matrixquantity", "pmqty", "Pmqty", "bmqty", "vmqty", "mdet", "matrixdeterminant",
)  # fmt: skip


def _filled(entry: str, rows: str, columns: str, *, star: bool) -> str:
    """A matrix of one entry, with a star with its row and column below it."""
    return _grid(rows, lambda x, y: rf"{entry}_{{{y + 1}{x + 1}}}" if star else entry, columns)


def _diagonal(entries: list[str], *, rising: bool = False) -> str:
    """A matrix of entries on its falling or rising diagonal."""
    last = len(entries) - 1
    return _grid(str(len(entries)), lambda x, y: entries[y].strip() if x == (last - y if rising else y) else "")


_PAULI = {
    "0": r"1 & 0 \\ 0 & 1", "1": r"0 & 1 \\ 1 & 0", "2": r"0 & -i \\ i & 0", "3": r"1 & 0 \\ 0 & -1",
    "x": r"0 & 1 \\ 1 & 0", "y": r"0 & -i \\ i & 0", "z": r"1 & 0 \\ 0 & -1",
}  # fmt: skip


def _pauli(number: str) -> str:
    return rf"\begin{{matrix}}{_PAULI.get(number.strip(), number)}\end{{matrix}}"


def _grid(rows: str, entry: Callable[[int, int], str], columns: str = "") -> str:
    """A matrix of at most ten rows and columns, whose entries come from their column and row."""
    height, width = (min(int(size), 10) if size.strip().isdigit() else 1 for size in (rows, columns or rows))
    lines = (" & ".join(entry(x, y) for x in range(width)) for y in range(height))
    return r"\begin{matrix}" + r" \\ ".join(lines) + r"\end{matrix}"


def with_powers(latex: str) -> str:
    """``latex`` with powers of functions behind their names, where the package is loaded."""
    return _POWER.sub(r"\\\1^{\2}", latex)


def physics(latex: str) -> str:
    """``latex`` with the commands of the package as plain ones; those within each other too."""
    latex = _FIXED.sub(r"\\\1", latex)
    latex = _OPEN_BAR.sub(r"\\left\1 \2 \\right|", _TWO_OF_BRAKET.sub(r"\\ip", latex))
    for _ in range(20):
        match = _COMMAND.search(latex)
        if match is None:
            break
        body, end = _call(latex, match)
        latex = latex[: match.start()] + body + latex[end:]
    return latex


def _call(latex: str, match: re.Match[str]) -> tuple[str, int]:
    name, position = match[1], match.end()
    sized = _SIZED.match(latex, position) if name in _FENCED or name in _SIZED_FENCES else None
    if sized is not None:
        return _of_size(latex, name, sized)
    if name not in COMMANDS:
        return _quantity(latex, name, position)
    least, most, write = COMMANDS[name]
    option, position = _option(latex, position) if most else ("", position)
    given: list[str] = []
    while len(given) < most:
        start = position + len(latex[position:]) - len(latex[position:].lstrip())
        if latex.startswith("{", start):
            end = matching_brace(latex, start)
            given.append(latex[start + 1 : end])
            position = end + 1
        elif len(given) < least:
            token = re.compile(r"\\[a-zA-Z]+|\\.|\S").match(latex, start)
            given.append(token[0] if token else "")
            position = token.end() if token else len(latex)
        else:
            break
    return write(given, option, bool(match[2])), position


def _option(latex: str, position: int) -> tuple[str, int]:
    found = re.compile(r"\s*\[([^\]]*)\]").match(latex, position)
    return (found[1], found.end()) if found else ("", position)


def _quantity(latex: str, name: str, position: int) -> tuple[str, int]:
    r"""``\qty(...)``: brackets that grow; ``\mqty(...)``: a matrix in them."""
    opened = latex[position : position + 1]
    if opened == "{":
        end = matching_brace(latex, position)
        before, behind = _FENCED.get(name, (r"\{", r"\}"))
        return _fenced(before, _inside(name, latex[position + 1 : end]), behind), end + 1
    starred = latex.startswith("*", position - 1) and name in MATRICES
    closed = _BRACKETS.get(opened, "")
    depth = 0
    for place in range(position + 1, len(latex)):
        if depth == 0 and closed and latex[place] == closed:
            pair = (r"\lgroup", r"\rgroup") if starred and opened == "(" else (opened, closed)
            return _fenced(pair[0], _inside(name, latex[position + 1 : place]), pair[1]), place + 1
        depth += {opened: 1, closed: -1, "{": 1, "}": -1}.get(latex[place], 0)
    return "", position


_SIZED_FENCES = {
    "qty": (r"\{", r"\}"), "quantity": (r"\{", r"\}"), "abs": ("|", "|"), "absolutevalue": ("|", "|"),
    "norm": (r"\|", r"\|"), "order": ("(", ")"),
}  # fmt: skip
"""Commands whose brackets have the size that stands before what they enclose."""


def _of_size(latex: str, name: str, sized: re.Match[str]) -> tuple[str, int]:
    """Brackets of a given size round what follows it."""
    before, behind = _SIZED_FENCES.get(name) or _FENCED[name]
    end = matching_brace(latex, sized.end())
    letters = r"\mathcal{O}" if name == "order" else ""
    body = latex[sized.end() + 1 : end]
    return rf"{letters}\{sized[1]}l{before} {body} \{sized[1]}r{behind} ", end + 1


def _inside(name: str, body: str) -> str:
    """What stands between the brackets of a quantity: a matrix, for a command of one."""
    if name not in MATRICES:
        return body
    kind = "smallmatrix" if name in _SMALL else "matrix"
    return rf"\begin{{{kind}}}{body}\end{{{kind}}}"


def _fenced(before: str, body: str, behind: str) -> str:
    return rf"\left{before} {body} \right{behind}" if before else f"{{{body}}}"
