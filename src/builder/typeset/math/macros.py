"""LaTeX macros of a project, expanded before formulas are converted.

They come from MathJax's configuration, from ``latex_elements['preamble']``, and from definitions within formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from builder.store.limits import FORMULA_LETTERS, FORMULA_MACROS
from builder.typeset.math.braces import matching_brace
from builder.typeset.math.declared import DECLARATION, PHYSICS, with_declared, without_declarations

DEPTH = 50
"""Expansions of one formula after which a macro is taken to call itself."""

_DEFINITION = re.compile(
    r"(?:\\(?:global|long|outer)\s*)*\\(?P<command>newcommand|renewcommand|providecommand|DeclareMathOperator|"
    r"DeclareRobustCommand|DeclarePairedDelimiters?(?:XPP|X)?|[gex]?def|let)(?![a-zA-Z])(?P<star>\*?)\s*"
)
_NAME = re.compile(r"\{?\s*\\(?P<name>[a-zA-Z]+|.)\s*\}?")
_CALL = re.compile(r"\\(?P<name>[a-zA-Z]+|[^a-zA-Z\s])")
_PLACE = re.compile(r"#([1-9])")
_BODY = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_ENVIRONMENT = re.compile(
    rf"\\(?:re)?newenvironment\*?\s*\{{([a-zA-Z]+\*?)\}}((?:\[[^\]]*\])*)\s*{_BODY}\s*{_BODY}", re.DOTALL
)
_DEFINES = re.compile("|".join((_DEFINITION.pattern, r"\\(?:re)?newenvironment(?![a-zA-Z])", DECLARATION.pattern)))
_OF_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([a-zA-Z]+\*?)\}")
_SIZE = re.compile(r"\s*(?:\*|\[[^\]]*\])")
"""What has a paired delimiter (mathtools) grow with what it encloses, or to a size."""
_NAME_AT_END = re.compile(r"\\[a-zA-Z]+$")


def _environment_macro(end: str, name: str) -> str:
    """The name of the macro for one end of an environment, which no author can write."""
    return f"environment{end}{name.replace('*', 'starred')}"


def _as_two_macros(match: re.Match[str]) -> str:
    """The definition of an environment as those of what begins and what ends it."""
    begin, end = (_environment_macro(one, match[1]) for one in ("begin", "end"))
    return rf"\newcommand{{\{begin}}}{match[2]}{{{match[3]}}}\newcommand{{\{end}}}{{{match[4]}}}"


class ExpansionError(ValueError):
    """Macros that expand to more than a formula can be; the message names the limit."""


@dataclass(frozen=True, slots=True)
class Macro:
    """The definition of a macro: ``body`` with ``#1`` to ``#9``, its number of arguments, the first one's default, and
    the body where a star or a size in brackets stands behind its name, '' for none.

    ``between`` are the signs before the first argument and behind each, of one that plain TeX defines with such.
    """

    body: str
    arguments: int = 0
    default: str | None = None
    growing: str = ""
    between: tuple[str, ...] = ()

    def called(self, latex: str, position: int) -> tuple[Macro, int]:
        """The macro that is called at its name's end in ``latex``, and where its arguments begin."""
        size = _SIZE.match(latex, position) if self.growing else None
        return (replace(self, body=self.growing), size.end()) if size is not None else (self, position)

    def length(self, values: list[str]) -> int:
        """Return how many letters it has with these arguments, at most."""
        return len(self.body) + sum(len(values[int(place) - 1]) for place in _PLACE.findall(self.body))


@dataclass(slots=True)
class Macros:
    """Macros by name, without the backslash, and what else formulas declare."""

    known: dict[str, Macro] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)

    def define(self, latex: str) -> str:
        """Take the definitions out of ``latex`` and keep them; returns the rest."""
        latex, found = without_declarations(_ENVIRONMENT.sub(_as_two_macros, latex))
        self.declared |= found
        out, position = [], 0
        while match := _DEFINITION.search(latex, position):
            parsed = _parse_definition(latex, match)
            if parsed is None:
                out.append(latex[position : match.end()])
                position = match.end()
                continue
            name, macro, end = parsed
            if match["command"] != "providecommand" or name not in self.known:
                self.known[name] = macro
            out.append(latex[position : match.start()])
            position = end
        return "".join(out) + latex[position:]

    def expand(self, latex: str) -> str:
        """``latex`` with all defined macros expanded.

        Raises:
            ExpansionError: that is longer than a formula may be, or takes more uses of macros.
        """
        if not self.known:
            return with_declared(latex, self.declared)
        latex, uses = _OF_ENVIRONMENT.sub(self._called, latex), 0
        for _ in range(DEPTH):
            expanded, used = self._once(latex)
            if not used:
                break
            latex, uses = expanded, uses + used
            if uses > FORMULA_MACROS.most:
                raise ExpansionError(f"it has more than {FORMULA_MACROS}")
        return with_declared(latex, self.declared)

    def _called(self, match: re.Match[str]) -> str:
        r"""``\begin`` or ``\end`` of an environment that is defined, as the call of its macro."""
        name = _environment_macro(match[1], match[2])
        return f"\\{name} " if name in self.known else match[0]

    def _once(self, latex: str) -> tuple[str, int]:
        """``latex`` with each macro in it expanded once, and how many there were."""
        out, position, written, used = [], 0, 0, 0
        while match := _CALL.search(latex, position):
            macro = self.known.get(match["name"])
            if macro is None:
                out.append(latex[position : match.end()])
                position = match.end()
                continue
            used += 1
            out.append(latex[position : match.start()])
            macro, position = macro.called(latex, match.end())
            values, position = _arguments(latex, position, macro)
            written += macro.length(values)
            if written > FORMULA_LETTERS.most:
                raise ExpansionError(f"its macros expand to more than {FORMULA_LETTERS}")
            parts = _PLACE.split(macro.body)  # texts, and between them the numbers of arguments
            out.append(joined(values[int(part) - 1] if at % 2 else part for at, part in enumerate(parts)))
        return joined([*out, latex[position:]]), used


def joined(parts: Iterable[str]) -> str:
    """``parts`` of a formula one behind the other; no letter that begins one lengthens the name that ends another."""
    out: list[str] = []
    for part in parts:
        if out and part[:1].isalpha() and _NAME_AT_END.search(out[-1]):
            out.append(" ")
        if part:
            out.append(part)
    return "".join(out)


def _arguments(latex: str, position: int, macro: Macro) -> tuple[list[str], int]:
    if any(macro.between):
        return _delimited(latex, position, macro.between)
    values = []
    for index in range(macro.arguments):
        start = _skip_space(latex, position)
        if index == 0 and macro.default is not None:
            if latex[start : start + 1] == "[" and "]" in latex[start:]:
                end = latex.index("]", start)
                values.append(latex[start + 1 : end])
                position = end + 1
            else:
                values.append(macro.default)
            continue
        value, position = _token(latex, start)
        values.append(value)
    return values + [""] * (9 - len(values)), position


def _delimited(latex: str, position: int, between: tuple[str, ...]) -> tuple[list[str], int]:
    """The arguments between signs; all that is left for one whose sign does not follow."""
    position = _skip_space(latex, position)
    position += len(between[0]) * latex.startswith(between[0], position)
    values = []
    for sign in between[1:]:
        if not sign:
            value, position = _token(latex, _skip_space(latex, position))
        else:
            end = _found(latex, sign, position)
            value, position = latex[position:end], end + len(sign)
        values.append(value)
    return values + [""] * (9 - len(values)), min(position, len(latex))


def _found(latex: str, sign: str, position: int) -> int:
    """Where ``sign`` stands next outside of braces; the end where it does not."""
    while position < len(latex) and not latex.startswith(sign, position):
        position = matching_brace(latex, position) + 1 if latex[position] == "{" else position + 1
    return min(position, len(latex))


def _token(latex: str, position: int) -> tuple[str, int]:
    """A group without its braces, a command, or one character; and the place behind it."""
    if latex[position : position + 1] == "{":
        end = matching_brace(latex, position)
        return latex[position + 1 : end], end + 1
    match = _CALL.match(latex, position)
    if match:
        return match[0], match.end()
    return latex[position : position + 1], position + 1


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _parse_definition(latex: str, match: re.Match[str]) -> tuple[str, Macro, int] | None:
    name = _NAME.match(latex, match.end())
    if not name:
        return None
    position = _skip_space(latex, name.end())
    count, default = 0, None
    if match["command"] == "let":
        found = re.compile(r"\s*=?\s*(\\[a-zA-Z]+|\\.|\S)").match(latex, name.end())
        return (name["name"], Macro(found[1]), found.end()) if found else None
    if match["command"].endswith("def"):
        brace = latex.find("{", position)
        if brace < 0:
            return None
        signs = tuple(sign.strip() for sign in re.split(r"#[1-9]", latex[position:brace]))
        body, end = _token(latex, brace)
        return name["name"], Macro(body, min(len(signs) - 1, 9), between=signs if any(signs) else ()), end
    else:
        while latex[position : position + 1] == "[" and "]" in latex[position:]:
            end = latex.index("]", position)
            inside = latex[position + 1 : end]
            if inside.isdigit() and count == 0:
                count = min(int(inside), 9)
            else:
                default = inside
            position = _skip_space(latex, end + 1)
    body, end = _token(latex, position)
    if match["command"].startswith("DeclarePaired"):
        return name["name"], *_paired_delimiter(latex, match["command"], body, count or 1, end)
    if match["command"] == "DeclareMathOperator":
        body = rf"\operatorname{match['star']}{{{body}}}"
    return name["name"], Macro(body, count, default), end


def _paired_delimiter(latex: str, command: str, opened: str, count: int, position: int) -> tuple[Macro, int]:
    """A macro of ``\\DeclarePairedDelimiter``, and of the one that has a body behind both delimiters, and its end."""
    before, behind = "", ""
    has_sides = command.endswith("XPP")
    if has_sides:
        before = opened
        opened, position = _token(latex, _skip_space(latex, position))
    closed, end = _token(latex, _skip_space(latex, position))
    if has_sides:
        behind, end = _token(latex, _skip_space(latex, end))
    inside, start = "#1", _skip_space(latex, end)
    if "X" in command and latex.startswith("{", start):
        inside, end = _token(latex, start)
    fixed, grown = inside.replace(r"\delimsize", ""), inside.replace(r"\delimsize", r"\middle")
    growing = rf"{before}\left{opened} {grown} \right{closed}{behind}"
    return Macro(f"{before}{opened} {fixed} {closed}{behind}", count, None, growing), end


def configured(config: Any) -> Macros:
    """The macros of a project's configuration."""
    macros = Macros()
    elements = getattr(config, "latex_elements", None) or {}
    macros.define(str(elements.get("preamble", "")))
    if any(_loads_physics(getattr(config, option, None)) for option in ("mathjax3_config", "mathjax4_config")):
        macros.define(_OF_PHYSICS)
        macros.declared[PHYSICS] = "loaded"
    for option in ("mathjax_config", "mathjax2_config", "mathjax3_config", "mathjax4_config"):
        for name, value in _mathjax(getattr(config, option, None)):
            parts = [value] if isinstance(value, str) else list(value)
            if parts and isinstance(parts[0], str):
                count = int(parts[1]) if len(parts) > 1 else 0
                macros.known[name] = Macro(parts[0], count, str(parts[2]) if len(parts) > 2 else None)
    return macros


_OF_PHYSICS = r"""
\newcommand{\div}{\divergence}
\newcommand{\Re}{\operatorname{Re}}
\newcommand{\Im}{\operatorname{Im}}
\newcommand{\braket}{\innerproduct}
"""
"""Commands that mean something else where MathJax has the package physics."""


def _loads_physics(options: Any) -> bool:
    """True if MathJax is configured to know the package physics."""
    tex, loader = ((options.get(name) or {}) if isinstance(options, Mapping) else {} for name in ("tex", "loader"))
    asked = f"{tex.get('packages', '')} {loader.get('load', '')}"
    return re.search(r"\bphysics\b", asked) is not None


def _mathjax(options: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(options, Mapping):
        return
    for section in ("tex", "TeX"):
        found = options.get(section)
        if isinstance(found, Mapping) and isinstance(found.get("macros", found.get("Macros")), Mapping):
            yield from found.get("macros", found.get("Macros")).items()


def defined_in(formulas: Iterable[str], macros: Macros) -> None:
    """Keep the definitions that stand in formulas themselves."""
    for latex in formulas:
        if len(latex) <= FORMULA_LETTERS.most and _DEFINES.search(latex):
            macros.define(latex)


def numbers_environments(config: Any) -> bool:
    """True if MathJax is configured to number AMS environments (``tags: 'ams'`` or ``'all'``)."""
    return bool(_tags(config) & {"ams", "all"})


def numbers_displays(config: Any) -> bool:
    """True if MathJax is configured to number all displayed formulas (``tags: 'all'``)."""
    return "all" in _tags(config)


def _tags(config: Any) -> set[str]:
    """How MathJax is configured to number formulas."""
    given = (getattr(config, option, None) for option in ("mathjax3_config", "mathjax4_config"))
    found = (options.get("tex") for options in given if isinstance(options, Mapping))
    return {str(tex.get("tags")) for tex in found if isinstance(tex, Mapping)}
