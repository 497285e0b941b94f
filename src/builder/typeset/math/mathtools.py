"""What amsmath, mathtools and plain TeX have beside what all sides know → that: cases with text, small matrices,
brackets for a fraction, letters of named alphabets.
"""

from __future__ import annotations

import re

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.rows import split_top

_ENDS = r"(?P<body>(?:(?!\\begin\{).)*?)"
_CASES = re.compile(rf"\\begin\{{(?P<name>d?r?cases)\*\}}{_ENDS}\\end\{{(?P=name)\*\}}", re.DOTALL)
_SMALL = re.compile(r"\\(begin|end)\{([pbBvV])smallmatrix\*?\}(?:\[[lcr]\])?")
_NUMBERED_CASES = re.compile(r"\\begin\{(?:sub)?numcases\}\s*(?=\{)")
_PLACED = re.compile(r"(\\begin\{(?:aligned|alignedat|gathered|split|multlined)\})\s*(?:\[[tbc]\])+")
_WITH_OPTIONS = re.compile(
    r"(\\(?:(?:under|over)bracket|cfrac|framebox|makebox|parbox)|\\(?:raisebox|mmlToken)\s*\{[^{}]*\})"
    r"\s*(?:\[[^\]]*\]\s*)+(?=\{)"
)
_MADE_BOX = re.compile(r"\\mathmakebox(?![a-zA-Z])\s*(?:\[[^\]]*\]\s*)*(?=\{)")
_ALIKE = re.compile(r"\\(begin|end)\{x{1,2}alignat(\*?)\}")
_WITHIN_ROWS = re.compile(r"\\shortvdotswithin\*?\s*\{([^{}]*)\}")
_ENDS_OF_ROWS = re.compile(r"\\MTFlushSpaceBelow(?![a-zA-Z])")
_BETWEEN_LINES = re.compile(r"\\ArrowBetweenLines(?![a-zA-Z])(\*?)\s*(?:\[([^\]]*)\])?")
_GROUP_OF_NAMES = re.compile(r"\\(begin|end|b|e)group(?![a-zA-Z])")
_TOGGLE = re.compile(r"\\toggle\s*(?=\{)")
_OF_TWO = re.compile(r"\\(cancelto|splitd?frac|nicefrac|sfrac)(?![a-zA-Z])\s*(?=\{)")
_GIVEN_DELIMITERS = re.compile(
    r"\\(over|atop|above)withdelims\s*(\\[a-zA-Z]+|\\.|\S)\s*(\\[a-zA-Z]+|\\.|\S)(?:\s*[\d.]+\s*[a-z]{2})?"
)
_FRAMED_ROW = re.compile(r"\\Aboxed\s*(?=\{)")
_DROPPED = re.compile(
    r"\\(?:begin|end)\{(?:subequations|math|displaymath|spreadlines)\}(?:(?<=spreadlines\})\{[^{}]*\})?"
    r"|\\(?:cell|row|column)color\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}(?:\[[^\]]*\])*|\\mathversion\s*\{[^{}]*\}|\\(?:shove(?:left|right)|adjustlimits|cramped|MoveEqLeft|displaybreak|allowbreak)"
    r"(?![a-zA-Z])(?:\s*\[[^\]]*\])?|\\(?:left|up)root\s*\{[^{}]*\}|\\mathtoolsset\s*\{[^{}]*\}"
    r"|\\minCDarrow(?:width|height)\s*\{[^{}]*\}|\\hsize\s*=?\s*[\d.]+\s*[a-z]{2}|\\(?:MTFlushSpaceAbove|"
    r"begingroup(?:Reset|Sandbox))(?![a-zA-Z])"
)
_GROUP = r"\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_EMPTY = re.compile(rf"(\\(?:[dtc]?frac|[dt]?binom)(?:{_GROUP})?)\s*\{{\s*\}}")
_NOT = re.compile(r"\\(?:center)?not(?![a-zA-Z])\s*(?:\\!\s*)*(?:\{(\\[a-zA-Z]+)\})?")
_NEGATED = {
    r"\exists": "∄",
    r"\mid": "∤",
    r"\vert": "∤",
    r"\implies": r"\;⇏\;",
    r"\iff": r"\;⇎\;",
    r"\impliedby": r"\;⇍\;",
}
_NEGATED_WORD = re.compile(rf"\\not({'|'.join(map(re.escape, _NEGATED))})(?![a-zA-Z])")
_ROOT_OF_FRACTION = re.compile(rf"(\\sqrt(?:\[[^\]]*\])?)\s*(\\[dt]?frac{_GROUP}{_GROUP})")
"""A fraction that is the argument of a root without braces: all sides take its numerator alone."""
FENCES = {"p": ("(", ")"), "b": ("[", "]"), "B": (r"\{", r"\}"), "v": ("|", "|"), "V": (r"\|", r"\|")}
"""The letter before ``smallmatrix`` → its brackets."""


def plain_mathtools(latex: str) -> str:
    """``latex`` in commands and environments that all sides know."""
    if "\\" not in latex:
        return latex
    text = _ROOT_OF_FRACTION.sub(r"\1{\2}", with_groups(_DROPPED.sub("", latex)))
    text = _EMPTY.sub(r"\1{\\,}", _EMPTY.sub(r"\1{\\,}", text))
    text = _NEGATED_WORD.sub(lambda match: _NEGATED[match[1]], _NOT.sub(_negation, text))
    text = _PLACED.sub(r"\1", _MADE_BOX.sub("", _WITH_OPTIONS.sub(r"\1", text)))
    text = _BETWEEN_LINES.sub(_arrow_between_lines, _ENDS_OF_ROWS.sub(r"\\\\ ", text))
    text = _WITHIN_ROWS.sub(r"& \\vdots \\\\", _ALIKE.sub(r"\\\1{alignat\2}", text))
    text = with_first_toggled(plain_empheq(text))
    text = _SMALL.sub(_small_matrix, text)
    text = _numbered_cases(_with_growing_bars(text))
    while (found := _CASES.sub(_cases, text)) != text:
        text = found
    text = _boxed_rows(text)
    text = _of_two(text)
    return _with_delimiters(text)


def _arrow_between_lines(match: re.Match[str]) -> str:
    """A row with nothing but an arrow at its left, or at its right with a star."""
    arrow = match[2] or r"\Updownarrow"
    return rf"&& {arrow} \\ " if match[1] else rf"{arrow} && \\ "


def with_groups(text: str) -> str:
    r"""``text`` with ``\begingroup`` and ``\endgroup`` as braces, where these close."""
    found = _GROUP_OF_NAMES.sub(lambda match: "{" if match[1][0] == "b" else "}", text)
    return found if found.count("{") == found.count("}") else _GROUP_OF_NAMES.sub("", text)


def _negation(match: re.Match[str]) -> str:
    """The sign of a negation right before what it is of."""
    behind = match[1] or match.string[match.end() : match.end() + 1]
    return rf"\not{match[1] or (' ' if behind.isalpha() else '')}"


def _small_matrix(match: re.Match[str]) -> str:
    opened, closed = FENCES[match[2]]
    if match[1] == "begin":
        return rf"\left{opened}\begin{{smallmatrix}}"
    return rf"\end{{smallmatrix}}\right{closed}"


def _cases(match: re.Match[str]) -> str:
    return plain_cases(match["name"], match["body"])


def plain_cases(name: str, body: str) -> str:
    """Cases whose second column is text, as cases with text in them."""
    rows = []
    for line in split_top(body, r"\\"):
        first, *others = split_top(line, "&")
        rows.append(" & ".join([first, *(rf"\text{{{other.strip()}}}" for other in others)]))
    lines = r" \\ ".join(rows)
    return rf"\begin{{{name}}}{lines}\end{{{name}}}"


def _numbered_cases(text: str) -> str:
    """``text`` with cases of numbered rows as cases behind what they are of, the second column of which is text."""
    while match := _NUMBERED_CASES.search(text):
        end = matching_brace(text, match.end())
        text = rf"{text[: match.start()]}{text[match.end() + 1 : end]}\begin{{cases*}}{text[end + 1 :]}"
    return re.sub(r"\\end\{(?:sub)?numcases\}", r"\\end{cases*}", text)


def _with_growing_bars(text: str) -> str:
    r"""``text`` with the bars in ``\Braket``, and the first one in ``\Set``, as high as its brackets."""
    position = 0
    while match := _BARRED.search(text, position):
        position = match.end()
        end = matching_brace(text, position)
        parts = split_top(text[position + 1 : end], "|")
        shown = 1 if match[1] == "Set" else len(parts)
        bars = [
            _GROWN if place <= shown and not part.endswith("\\") else "|" for place, part in enumerate(parts[:-1], 1)
        ]
        inside = "".join(part + bar for part, bar in zip(parts, [*bars, ""], strict=True))
        text = text[: position + 1] + inside + text[end:]
    return text


_BARRED = re.compile(r"\\(Braket|Set)\s*(?=\{)")
_GROWN = r"\:\middle|\:"


def _boxed_rows(text: str) -> str:
    """``text`` with rows in frames, which stand where the others are aligned."""
    while match := _FRAMED_ROW.search(text):
        end = matching_brace(text, match.end())
        inside = " ".join(split_top(text[match.end() + 1 : end], "&"))
        text = rf"{text[: match.start()]}&\boxed{{{inside}}}{text[end + 1 :]}"
    return text


def _of_two(text: str) -> str:
    """``text`` with commands of two arguments as plain ones."""
    position = 0
    while match := _OF_TWO.search(text, position):
        first = matching_brace(text, match.end())
        second = re.compile(r"\s*(?=\{)").match(text, first + 1)
        position = match.end()
        if second is None:
            continue
        end = matching_brace(text, second.end())
        one, other = text[match.end() + 1 : first], text[second.end() + 1 : end]
        written = {
            "cancelto": rf"{{\cancel{{{other}}}}}^{{{one}}}",
            "nicefrac": rf"{{{one}/{other}}}",
            "sfrac": rf"{{{one}/{other}}}",
        }.get(match[1], rf"\begin{{gathered}}{one}\\{other}\end{{gathered}}")
        text, position = f"{text[: match.start()]}{written}{text[end + 1 :]}", match.start()
    return text


def with_first_toggled(text: str) -> str:
    """``text`` with the first of the formulas that a reader of web pages can choose from."""
    while match := _TOGGLE.search(text):
        end = matching_brace(text, match.end())
        behind = text.find(r"\endtoggle", end)
        rest = text[behind + len(r"\endtoggle") :] if behind >= 0 else text[end + 1 :]
        text = text[: match.start()] + text[match.end() : end + 1] + rest
    return text


_EMPHEQ = re.compile(r"\\begin\{empheq\}\s*(?:\[(?P<options>[^\]]*)\])?\s*\{(?P<name>[a-z]+\*?)(?:=\d+)?\}")
_SIDE = re.compile(r"(left|right|box)\s*=\s*((?:\{[^{}]*\}|[^,{}])+)")
_EMPHEQ_BRACKETS = {
    "lbrace": r"\{", "rbrace": r"\}", "lbrack": "[", "rbrack": "]", "langle": r"\langle", "rangle": r"\rangle",
    "lparen": "(", "rparen": ")", "lvert": r"\vert", "rvert": r"\vert", "lVert": r"\Vert", "rVert": r"\Vert",
    "lfloor": r"\lfloor", "rfloor": r"\rfloor", "lceil": r"\lceil", "rceil": r"\rceil",
}  # fmt: skip
_BRACKET = re.compile(r"\\empheq(?:big)?(\w+)")


def plain_empheq(text: str) -> str:
    """``text`` with displays that stand in a frame or between brackets (empheq) as rows between these."""
    while match := _EMPHEQ.search(text):
        end = text.find(r"\end{empheq}", match.end())
        end = len(text) if end < 0 else end
        given = {side: words.strip().strip("{}") for side, words in _SIDE.findall(match["options"] or "")}
        inner = "gathered" if match["name"].startswith(("gather", "multline")) else "aligned"
        rows = rf"\begin{{{inner}}}{text[match.end() : end]}\end{{{inner}}}"
        left, right = (_beside(given.get(side, "")) for side in ("left", "right"))
        if left[1] or right[1]:
            rows = rf"{left[0]}\left{left[1] or '.'}{rows}\right{right[1] or '.'}{right[0]}"
        else:
            rows = f"{left[0]}{rows}{right[0]}"
        rows = rf"\boxed{{{rows}}}" if "box" in given else rows
        text = text[: match.start()] + rows + text[end + len(r"\end{empheq}") :]
    return text


def _beside(words: str) -> tuple[str, str]:
    """Return what stands beside rows, without its bracket, and the bracket."""
    bracket = _BRACKET.search(words)
    return _BRACKET.sub("", words), _EMPHEQ_BRACKETS.get(bracket[1], "") if bracket else ""


def with_texts_between(text: str) -> str:
    """``text`` with words between two rows of a display as a row of their own."""
    while match := _BETWEEN_ROWS.search(text):
        end = matching_brace(text, match.end())
        words = rf"\text{{{text[match.end() + 1 : end]}}} \notag\\ "
        text = text[: match.start()] + words + text[end + 1 :]
    return text


_BETWEEN_ROWS = re.compile(r"\\(?:short)?intertext\s*(?=\{)")


def _with_delimiters(text: str) -> str:
    r"""``text`` with ``{a \overwithdelims () b}`` as a fraction in brackets."""
    while match := _GIVEN_DELIMITERS.search(text):
        before, after = text[: match.start()], text[match.end() :]
        start, end = _opening_brace(before) + 1, _closing_brace(after)
        inside = rf"{before[start:]}\{match[1].replace('above', 'over')} {after[:end]}"
        text = rf"{before[:start]}\left{match[2]}{{{inside}}}\right{match[3]}{after[end:]}"
    return text


def _opening_brace(before: str) -> int:
    """Return where the group that ``before`` ends in begins; -1 for none."""
    depth = 0
    for place in range(len(before) - 1, -1, -1):
        if before[place - 1 : place] != "\\":
            depth += {"}": 1, "{": -1}.get(before[place], 0)
            if depth < 0:
                return place
    return -1


def _closing_brace(after: str) -> int:
    """Return where the group that ``after`` begins in ends."""
    return matching_brace("{" + after, 0) - 1
