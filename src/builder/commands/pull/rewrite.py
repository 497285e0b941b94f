"""A text of a source as it is shown, and as it shall be → what to write into the source.

Markup that is not touched survives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from builder.commands.pull.source_texts import Kind, Segment, SourceText
from builder.merge.text import WORD

ALIKE = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”„]', "“": '["“”„]', "”": '["“”„]'}
"""Quotation marks, which print makes typographic."""
DASHES = {"—": "(?:—|---)", "–": "(?:–|--)", "…": r"(?:…|\.\.\.)"}
SPECIAL = re.compile(r"[\\`*\[\]<$]|~~|\{(?=[\w{.#])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
"""What MyST would take for markup."""
EMPHASIS = re.compile(r"(?:\*+|_+|`+|~~)\Z")
AT_END = ".,;:"
"""What goes from the end of a point on a slide."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``text`` in place of what stands from ``start`` to ``end`` of a file."""

    start: int
    end: int
    text: str

    def meets(self, other: Replacement) -> bool:
        """Return whether both change the same characters, or put words at one place."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


class ComputedError(Exception):
    """The change touches what the source computes: a number, a reference, a formula."""


def placed(segments: tuple[Segment, ...], text: str) -> list[tuple[int, int]] | None:
    """Return from where to where in ``text`` each segment is shown; None where the segments do not show it.

    A point begins with a capital on its slide, and has no stop at its end.
    """
    pattern: list[str] = []
    last = len(segments) - 1
    while last > 0 and not segments[last].computed and segments[last].text.isspace():
        last -= 1
    for index, segment in enumerate(segments):
        if segment.computed:
            pattern.append("(.*?)")
        elif segment.text.isspace():
            pattern.append(r"(\s+)" if 0 < index <= last else r"(\s*)")
        else:
            char = DASHES.get(segment.text) or ALIKE.get(segment.text) or re.escape(segment.text)
            if index == 0 and segment.text.islower():
                char = (
                    f"[{re.escape(segment.text)}{re.escape(segment.text.upper())}]"
                    if len(segment.text.upper()) == 1
                    else char
                )
            pattern.append(f"({char})" + ("?" if index == last and segment.text in AT_END else ""))
    match = re.fullmatch("".join(pattern), text, re.DOTALL)
    if match is None:
        return None
    spans: list[tuple[int, int]] = []
    for number in range(1, len(segments) + 1):
        start, end = match.span(number)
        spans.append((start, end) if start >= 0 else (len(text), len(text)))
    return spans


def rewritten(source_text: SourceText, old: str, new: str) -> list[Replacement] | None:
    """Return what to replace so that a text that shows ``old`` shows ``new``; None if it does not show ``old``.

    Raises:
        ComputedError: the change touches what is computed.
    """
    spans = placed(source_text.segments, old)
    if spans is None:
        return None
    if source_text.kind == "csv" and re.search(rf'["\n{re.escape(source_text.delimiter)}]', new):
        whole = escaped(new, "quoted")
        return [Replacement(source_text.segments[0].start, source_text.segments[-1].end, f'"{whole}"')]
    found: list[Replacement] = []
    a, b = WORD.findall(old), WORD.findall(new)
    starts_a, starts_b = offsets(a), offsets(b)
    for tag, i, end_i, j, end_j in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            words = new[starts_b[j] : starts_b[end_j]]
            found += replaced(source_text, spans, (starts_a[i], starts_a[end_i]), words, old)
    return found


def offsets(words: list[str]) -> list[int]:
    """Return where each word begins, and the end of the last."""
    found = [0]
    for word in words:
        found.append(found[-1] + len(word))
    return found


def replaced(
    source_text: SourceText, spans: list[tuple[int, int]], changed: tuple[int, int], words: str, old: str
) -> list[Replacement]:
    """Return what puts ``words`` in place of the ``changed`` part of the text that is shown."""
    start, end = changed
    segments = source_text.segments
    touched = [index for index, (first, last) in enumerate(spans) if first < end and last > start]
    if any(segments[index].computed for index in touched):
        raise ComputedError
    if touched and start == 0 and old[:1] != segments[touched[0]].text and not words[1:2].isupper():
        words = words[:1].lower() + words[1:]  # the slide has made a capital of it
    text = escaped(words, source_text.kind)
    if not touched:
        return [insertion(source_text, spans, start, text)]
    ranges: list[list[int]] = []
    for index in touched:
        segment = segments[index]
        if ranges and ranges[-1][1] == segment.start:
            ranges[-1][1] = segment.end
        else:
            ranges.append([segment.start, segment.end])
    return [Replacement(first, last, "" if number else text) for number, (first, last) in enumerate(ranges)]


def insertion(source_text: SourceText, spans: list[tuple[int, int]], at: int, text: str) -> Replacement:
    """Return what inserts words between two characters that stay: behind the first of them, inside of its markup."""
    before = [index for index, (first, last) in enumerate(spans) if last <= at and last > first]
    after = [index for index, (first, last) in enumerate(spans) if first >= at and last > first]
    if before:
        place = source_text.segments[before[-1]].end
    elif after:
        place = source_text.segments[after[0]].start
    else:
        raise ComputedError
    return Replacement(place, place, text)


def escaped(text: str, kind: Kind) -> str:
    """Return words as they are written in a source, so that they are shown as they are.

    Raises:
        ComputedError: they cannot be written there.
    """
    if kind in ("markdown", "cell"):
        text = SPECIAL.sub(r"\\\g<0>", text)
        return text.replace("|", r"\|") if kind == "cell" else text
    if kind == "role" and re.search(r"[`<>]", text):
        raise ComputedError
    if kind in ("option", "toml") and re.search(r'["\\]', text):
        raise ComputedError
    return text.replace('"', '""') if kind == "quoted" else text


def applied(text: str, replacements: Iterable[Replacement]) -> str:
    """Return ``text`` with all replacements; signs of emphasis round nothing go."""
    for found in sorted(replacements, key=lambda item: (item.start, item.end), reverse=True):
        before, after = text[: found.start], text[found.end :]
        emphasis = EMPHASIS.search(before) if not found.text else None
        if emphasis and after.startswith(emphasis[0]):
            before, after = before[: emphasis.start()], after[len(emphasis[0]) :]
        text = before + found.text + after
    return text
