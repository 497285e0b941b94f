"""Inline nodes → runs: what becomes of a point's text on the slide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx import addnodes

from builder.deck.lines import split_runs
from builder.deck.model import Run, Runs, joined, plain
from builder.source.annotations.vocabulary import SPAN_COLOURS, point
from builder.source.icons import is_icon_of_a_set, name_of_icon, sign_of
from builder.source.resolved import REFERENCE_MARK

STYLE: dict[type[nodes.Element], dict[str, Any]] = {
    nodes.emphasis: {"italic": True},
    nodes.strong: {"bold": True},
    nodes.literal: {"code": True},
    nodes.subscript: {"sub": True},
    nodes.superscript: {"sup": True},
    nodes.title_reference: {"italic": True},
    addnodes.literal_emphasis: {"italic": True},
    addnodes.literal_strong: {"bold": True},
}
CLASS_STYLE: dict[str, dict[str, Any]] = {
    "strike": {"strike": True},
    "smallcaps": {"smallcaps": True},
    "underline": {"underline": True},
    "lit": {"lit": True},
}
DROPPED = (addnodes.index, nodes.target, nodes.comment, nodes.raw, nodes.system_message)
CLOSING = ".,;:"
CODE = Run("", code=True)
"""The look of literal text."""
LAST_BREAK = re.compile(r"(?:^|(?<=[\s.,;!?)]))\\$")
"""The backslash of a line break behind the last line of a text, which breaks nothing."""


def runs_of(children: Iterable[nodes.Node], docname: str, style: Run | None = None, *, notes: bool = False) -> Runs:
    """Runs of inline nodes, with single spaces; marks of footnotes stand among them with ``notes``, else not."""
    found = _runs(children, docname, style or Run(""))
    return tidy(found if notes else [run for run in found if not run.note])


def _runs(children: Iterable[nodes.Node], docname: str, style: Run) -> list[Run]:
    found: list[Run] = []
    for node in children:
        if isinstance(node, nodes.Text):
            found.append(replace(style, text=re.sub(r"[ \t\r\n]+", " ", node.astext())))
        elif isinstance(node, nodes.footnote_reference):
            found.append(Run(node.astext(), sup=True, note=f"{docname}:{node.get('refid', '')}"))
        elif isinstance(node, DROPPED):
            continue
        elif is_icon_of_a_set(node):
            found.append(replace(style, text=sign_of(name_of_icon(node))))
        elif isinstance(node, nodes.math):
            found.append(replace(style, text=node.get("words", node.astext()), math=node.astext()))
        elif isinstance(node, nodes.image):
            found.append(replace(style, text=node.get("alt", "")))
        elif isinstance(node, nodes.Element):
            found += _runs(node.children, docname, _styled(style, node, docname))
    return found


def _styled(style: Run, node: nodes.Element, docname: str) -> Run:
    for cls, change in STYLE.items():
        if isinstance(node, cls):
            style = replace(style, **change)
    for name in node["classes"]:
        if name in CLASS_STYLE:
            style = replace(style, **CLASS_STYLE[name])
        if name in SPAN_COLOURS:
            style = replace(style, colour=SPAN_COLOURS[name])
    language = node.get("lang") or next((name[5:] for name in node["classes"] if name.startswith("lang-")), "")
    if language:
        style = replace(style, lang=language)
    if isinstance(node, nodes.reference):
        style = replace(style, link=link_of(node, docname))
    return style


def literal_lines(node: nodes.Element, docname: str, style: Run | None = None) -> list[Runs]:
    """The lines of literal text with markup in it, with their spaces."""
    lines: list[list[Run]] = [[]]
    for child in node.children:
        inside: list[Runs] = []
        if isinstance(child, nodes.Text):
            inside = [(replace(style or CODE, text=line),) if line else () for line in child.astext().split("\n")]
        elif isinstance(child, nodes.Element) and not isinstance(child, (*DROPPED, nodes.footnote_reference)):
            inside = literal_lines(child, docname, _styled(style or CODE, child, docname))
        for number, runs in enumerate(inside):
            lines += [[]] if number else []
            lines[-1] += runs
    return [tuple(line) for line in lines]


def hard_lines(node: nodes.Element) -> list[list[nodes.Node]]:
    """The inline nodes of a paragraph, parted where its author breaks the line."""
    lines: list[list[nodes.Node]] = [[]]
    for child in node.children:
        if isinstance(child, nodes.inline) and "line-break" in child["classes"]:
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def link_of(node: nodes.Element, docname: str) -> str:
    """Address of an external link, or ``#docname:id`` of a place in the book."""
    uri = node.get("refuri", "")
    if uri.startswith(REFERENCE_MARK):
        target, _, identifier = uri[1:].partition("#")
        return f"#{target}:{identifier}"
    if node.get("refid") or uri.startswith("#"):
        return f"#{docname}:{node.get('refid') or uri[1:]}"
    return uri if uri.startswith(("http:", "https:", "mailto:")) else ""


def title_runs(children: Iterable[nodes.Node], docname: str) -> Runs:
    """Runs of a heading, without what headings do not show: weight and links."""
    return joined(replace(run, bold=False, link="") for run in runs_of(children, docname))


def tidy(found: list[Run]) -> Runs:
    """Join equal neighbours, fold spaces across runs and strip both ends, with a line break behind the last line."""
    ends_in_space = True
    out: list[Run] = []
    for run in joined(found):
        text = run.text if run.code or run.math else re.sub(r" {2,}", " ", run.text)
        if ends_in_space and not run.code:
            text = text.lstrip(" ")
        if text:
            out.append(replace(run, text=text))
            ends_in_space = text.endswith(" ")
    while out and not out[-1].code:
        stripped = out[-1].text.rstrip(" ")
        stripped = stripped if out[-1].math else LAST_BREAK.sub("", stripped).rstrip(" ")
        if stripped:
            out[-1] = replace(out[-1], text=stripped)
            break
        out.pop()
    return tuple(out)


def mark_runs(node: nodes.Element, docname: str, *, verbatim: bool) -> Runs:
    """Runs of a mark: the short words of a ``point`` where it has them; capital first, no closing mark."""
    runs = runs_of(shown_of(node).children, docname)
    return runs if verbatim else as_bullet(runs)


def shown_of(mark: nodes.Element) -> nodes.Element:
    """The node whose words a mark puts on the slide: the short form of a ``point`` that has one, else the mark."""
    short: nodes.Element | None = mark.get("short") if isinstance(mark, point) else None
    return mark if short is None else short


LETTERS = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){2,}$")
"""An abbreviation of letters at the end, which its full stop belongs to: *z.B.*"""


def as_bullet(runs: Runs) -> Runs:
    """First letter a capital (not in code, math or a word in mixed case); a closing ``. , ; :`` dropped."""
    changed = list(runs)
    while changed:
        last = changed[-1]
        if last.code or last.math:
            break
        text = last.text.rstrip()
        if text.endswith(tuple(CLOSING)) and not (text.endswith(("...", "etc.", "ca.")) or LETTERS.search(text)):
            text = text[:-1].rstrip()
        if text:
            changed[-1] = replace(last, text=text)
            break
        changed.pop()
    if changed and not changed[0].code and not changed[0].math:
        changed[0] = replace(changed[0], text=capital(changed[0].text))
    return tuple(changed)


def capital(text: str) -> str:
    """``text`` with a capital first letter, unless its first word is in mixed case (``iPhone``) or the sign of an item
    (``a)``).
    """
    word = re.match(r"\w*", text)
    if not text or not text[0].islower() or text[1:2] == ")" or (word and any(map(str.isupper, word.group()))):
        return text
    return text[0].upper() + text[1:]


def text_of(node: nodes.Element, docname: str) -> str:
    """Plain text of a paragraph for the notes: no footnote marks, formulas in Unicode."""
    return plain(runs_of(node.children, docname))


def labels_in(node: nodes.Element, docname: str) -> list[str]:
    """Labels in the book that the links of a paragraph lead to."""
    links = (link_of(reference, docname) for reference in node.findall(nodes.reference))
    return [link[1:] for link in links if link.startswith("#")]


SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)]*\s+(?=[^\W\d_a-zа-я])")
"""Where a sentence ends: behind a mark and before a capital."""


def first_sentence(runs: Runs) -> Runs:
    """The first sentence of a paragraph; a stop behind a single letter or a short word with a capital ends none."""
    end = next(sentence_ends(plain(runs)), 0)
    return tidy(list(split_runs(runs, [end])[0])) if end else runs


def sentence_ends(text: str) -> Iterator[int]:
    """Yield where the next sentence begins behind each but the last one."""
    for match in SENTENCE_END.finditer(text):
        last = text[: match.start()].rpartition(" ")[2].strip("(")
        if not re.fullmatch(r"\w\.|[A-ZА-Я]\w{1,3}\.|(e\.g|i\.e|cf|vol|no|pp?)\.", last):
            yield match.end()
