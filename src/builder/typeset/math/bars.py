"""Bars of formulas as one says them: those that enclose grow, others have signs of their own for what they mean there:
a condition, what a set is made of, divisibility, or where something is evaluated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.classes import CLASSES

GIVEN, SUCH, DIVIDES, BAR = "⍿", "⍭", "⫮", "∣"
AT, FROM, TO = "⎹", "⎸", "⎺"
"""Signs that have the words for a bar, and for the places at which something is evaluated, in `signs`."""
_SIDES = {"|": (r"\left|", r"\right|"), r"\|": (r"\left\|", r"\right\|")}
_SAME = {r"\vert": "|", r"\Vert": r"\|"}
_TOKEN = re.compile(
    r"\\(?:left|right|middle)(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\.|\S)|\\[bB]igg?[lrm]?\s*\||\\[a-zA-Z]+|\\.|\s+|.",
    re.DOTALL,
)
_OPENING = {"(": "(", "[": "[", r"\{": "{", r"\lbrace": "{", r"\langle": "<", "{": "group"}
_CLOSING = (")", "]", r"\}", r"\rbrace", r"\rangle", "}")
_FREE = {r"\,", r"\;", r"\:", r"\!", r"\ ", r"\quad", r"\qquad", "^", "_"}
_DEPENDING = (r"\perp", r"\sim", "⫫")
"""What stands before a bar that is a condition."""


@dataclass(slots=True)
class _Frame:
    """What stands between two brackets: which they are, and its bars that may enclose, by their places."""

    opened: str = ""
    follows_atom: bool = False
    is_of_law: bool = False
    opening: dict[str, list[int]] = field(default_factory=dict)
    lone: dict[str, list[int]] = field(default_factory=dict)


def with_meant_bars(latex: str) -> str:
    """``latex`` with each bar as what it means where it stands."""
    tokens = _TOKEN.findall(_evaluated(latex))
    frames = [_Frame()]
    for place, token in enumerate(tokens):
        frame = frames[-1]
        bar = _SAME.get(token, token)
        if bar in _SIDES:
            _take_bar(frame, tokens, place, bar)
        elif token == r"\mid" or (token.startswith(r"\middle") and token[-1] == "|"):
            tokens[place] = f"{_meaning(frame)} "
            frame.follows_atom = False
        elif token in _OPENING or token.startswith(r"\left"):
            frames.append(_Frame(_OPENING.get(token.removeprefix(r"\left").strip(), "")))
        elif token in ("&", r"\\"):
            _end(frame, tokens)
            frames[-1] = _Frame(frame.opened)
        elif token in _CLOSING or token.startswith(r"\right"):
            _end(frames.pop() if len(frames) > 1 else frame, tokens)
            frames[-1].follows_atom = True
        elif not (token.isspace() or token in _FREE):
            kind = CLASSES.get(token.removeprefix("\\"), "normal")
            frame.follows_atom = kind in ("normal", "closing", "inner")
            frame.is_of_law = frame.is_of_law or token in _DEPENDING
    for frame in frames:
        _end(frame, tokens)
    return "".join(tokens)


def _take_bar(frame: _Frame, tokens: list[str], place: int, bar: str) -> None:
    """A bar: the end of what one before it opens, the beginning of something, or one by itself."""
    if frame.follows_atom and frame.opening.get(bar):
        tokens[frame.opening[bar].pop()], tokens[place] = _SIDES[bar]
    elif not frame.follows_atom:
        frame.opening.setdefault(bar, []).append(place)
    else:
        frame.lone.setdefault(bar, []).append(place)


def _end(frame: _Frame, tokens: list[str]) -> None:
    """The bars of a frame by themselves: two that enclose, or what they mean there."""
    for bar, places in frame.lone.items():
        if len(places) % 2 == 0 and frame.opened != "<":
            for first, last in zip(places[::2], places[1::2], strict=True):
                tokens[first], tokens[last] = _SIDES[bar]
            continue
        for place in places:
            tokens[place] = (
                f"{_meaning(frame) if bar == '|' and frame.opened else BAR} " if bar == "|" else tokens[place]
            )
    for place in frame.opening.get("|", []):
        tokens[place] = f"{BAR} "


def _meaning(frame: _Frame) -> str:
    if frame.opened in ("(", "["):
        return GIVEN
    if frame.opened in ("{", "<"):
        return SUCH if frame.opened == "{" else BAR
    return GIVEN if frame.is_of_law else DIVIDES


# --- where something is evaluated

_AT = re.compile(
    r"\\right\s*(?:\||\\r?vert(?![a-zA-Z]))\s*(?=_)|\\[bB]igg?[lrm]?\s*\|\s*(?=_)|(?<![\\{(\[|\s=+])\|\s*(?=_)"
)
_LEFT = re.compile(r"\\left\s*\.")
_SCRIPT = re.compile(r"\s*([_^])\s*")
_ATOM = re.compile(r"\\[a-zA-Z]+|\S")


def _evaluated(latex: str) -> str:
    r"""``latex`` with the bars that have a script below them, and nothing that they end, as words for that."""
    position = 0
    while match := _AT.search(latex, position):
        start = _begun(latex, match)
        if start is None:
            position = match.end()
            continue
        scripts, end = _scripts(latex, match.end())
        below, above = scripts.get("_", ""), scripts.get("^", "")
        words = rf"\;{FROM}\;{{{below}}}\;{TO}\;{{{above}}}" if above else rf"\;{AT}\;{{{below}}}"
        latex = latex[: start[0]] + latex[start[1] : match.start()] + words + latex[end:]
        position = start[0]
    return latex


def _begun(latex: str, match: re.Match[str]) -> tuple[int, int] | None:
    r"""Where the ``\left.`` of a bar stands, or nothing where it needs none; None for a bar that encloses."""
    if not match[0].startswith(r"\right"):
        return (
            None if latex.count("|", 0, match.start()) % 2 and not match[0].startswith("\\") else (match.start(),) * 2
        )
    depth = 0
    for side in reversed(list(re.finditer(r"\\(left|right)(?![a-zA-Z])", latex[: match.start()]))):
        depth += 1 if side[1] == "right" else -1
        if depth < 0:
            found = _LEFT.match(latex, side.start())
            return found.span() if found else None
    return None


def _scripts(latex: str, position: int) -> tuple[dict[str, str], int]:
    """The scripts at a place, and the place behind them."""
    found: dict[str, str] = {}
    while (match := _SCRIPT.match(latex, position)) and match[1] not in found:
        if latex.startswith("{", match.end()):
            end = matching_brace(latex, match.end())
            found[match[1]], position = latex[match.end() + 1 : end], end + 1
        else:
            atom = _ATOM.match(latex, match.end())
            found[match[1]], position = (atom[0], atom.end()) if atom else ("", len(latex))
    return found, position
