"""What a slide shows of a marked block: all of it, a cell's code or what it gives, some lines of code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docutils import nodes

from builder.deck.captions import with_short_caption
from builder.errors import warn

PARTS = {"slide-code": ("cell_code_source",), "slide-result": ("cell_code_output",)}
"""Tag of a cell → which of its parts (``nb_element``) a slide shows."""
NAME_OF_OBJECT = r"(?:<[A-Za-z_][\w.]*(?: object\b| at 0x| size \d|Subplot\b|:)[^\n<>]*>|Text\((?:(?!Text\()[^\n])*?\))"
ECHO = re.compile(
    rf"(?:Out\[\d+\]:\s*)?(?:{NAME_OF_OBJECT}|[\[(](?:{NAME_OF_OBJECT}[,\s]*)+[\])]"
    rf"|array\(\[[\s\[]*{NAME_OF_OBJECT}.*dtype=object\)|\(array\(.*<[\w.]+ object of \d+ artists>\))",
    re.DOTALL,
)
"""The name of an object that a cell gives beside what it draws."""
SETS_LIMITS = re.compile(r"(?<![A-Za-z])(?:axis|[xyz]lim)\([^\n]*\)\s*(?:#[^\n]*)?$")
"""A last line of code that gives the limits of axes."""
NUMBER = r"(?:np\.float64\()?-?[\d.]+(?:e[+-]?\d+)?\)?"
LIMITS = re.compile(rf"(?:Out\[\d+\]:\s*)?\({NUMBER}(?:,\s*{NUMBER})+\)")
"""What it gives: numbers in a bracket."""
PICTURE = "slide-picture"
"""Class of a figure, or a paragraph with a picture, of which a slide shows that and little of its words."""
LINES = re.compile(r"lines-(\d+)(?:-(\d+))?")


def parts_of_cells() -> tuple[str, ...]:
    """The tags that put a part of a cell on a slide."""
    return tuple(PARTS)


def shows_picture_alone(node: nodes.Element, classes: Sequence[str]) -> bool:
    """True for a figure of which a slide shows only the picture with a short caption, and for a paragraph of which it
    shows only the pictures.
    """
    is_paragraph = isinstance(node, nodes.paragraph) and next(node.findall(nodes.image), None) is not None
    return (is_paragraph or isinstance(node, nodes.figure)) and PICTURE in classes and "slide" not in classes


def shown_part(node: nodes.Element, classes: Sequence[str], language: str) -> nodes.Element:
    """What a slide shows of a block that has ``classes``: a copy of it that lacks the rest, or the block itself; never
    the names of objects that a cell gives beside its picture, nor its warnings, which stand in the notes.
    """
    if shows_picture_alone(node, classes):
        return with_short_caption(node, language)
    wanted = [part for name in classes for part in PARTS.get(name, ())]
    spans = [(int(match[1]), int(match[2] or match[1])) for name in classes if (match := LINES.fullmatch(name))]
    if (not wanted or "slide" in classes) and not spans and not echoes(node):
        return node
    copy = node.deepcopy()
    copy.parent = node.parent
    for echo in echoes(copy):
        echo.parent.remove(echo)
    if wanted and "slide" not in classes:
        for child in [child for child in copy.children if isinstance(child, nodes.Element)]:
            if child.get("nb_element") not in wanted:
                copy.remove(child)
    if spans:
        keep_lines(copy, spans)
    return copy


def echoes(node: nodes.Element) -> list[nodes.literal_block]:
    """The outputs of a cell that draws something which are only the name of an object or the limits of its axes, or a
    warning.
    """
    if node.get("nb_element") != "cell_code" or next(node.findall(nodes.image), None) is None:
        return []
    outputs = [part for part in node.findall(nodes.container) if part.get("nb_element") == "cell_code_output"]
    texts = [text for part in outputs for text in part.findall(nodes.literal_block)]
    code = next((part.astext() for part in node.children if part not in outputs), "")
    return [one for one in texts if is_warning(one) or is_echo(one.astext()) or are_limits(one.astext(), code)]


def noted_warnings(node: nodes.Element, classes: Sequence[str]) -> list[nodes.literal_block]:
    """What a cell that draws something wrote as its warnings, where a slide shows its results."""
    return [] if "slide-code" in classes else [text for text in echoes(node) if is_warning(text)]


def is_warning(output: nodes.Element) -> bool:
    """True for what a cell wrote to its stream of errors."""
    return "stderr" in output["classes"]


def is_echo(output: str) -> bool:
    """True for what a cell gives where that is only the name of an object."""
    return ECHO.fullmatch(output.strip()) is not None


def are_limits(output: str, code: str) -> bool:
    """True for what a cell gives whose last line sets the limits of axes: these."""
    return SETS_LIMITS.search(code) is not None and LIMITS.fullmatch(output.strip()) is not None


def keep_lines(node: nodes.Element, spans: Sequence[tuple[int, int]]) -> None:
    """Cut the first code in a block to its lines in ``spans``, counted from 1."""
    code = next(node.findall(lambda one: isinstance(one, nodes.literal_block | nodes.doctest_block)), None)
    if not isinstance(code, nodes.Element):
        warn("this block has no lines of code to choose from; the slide shows it whole.", node, "lines")
        return
    lines = code.astext().rstrip("\n").split("\n")
    chosen = [line for first, last in spans for line in lines[first - 1 : last]]
    if not any(line.strip() for line in chosen):
        message = f"this code has {len(lines)} lines, none of those that are named; the slide shows it whole."
        warn(message, node, "lines")
        return
    text = without_margin(chosen)
    code.children = []
    code += nodes.Text(text)
    code.rawsource = text


def without_margin(lines: Sequence[str]) -> str:
    """Lines of code without the indentation that all of them have."""
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[margin:] for line in lines)
