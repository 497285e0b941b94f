"""Annotations that the parser would lose in silence are found in the source text and named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx.application import Sphinx

from builder.errors import Source, warn
from builder.source.fences import Fences

BLOCK_MARK = re.compile(r"^\s*\{[^}`]*\.slide\b[^}]*\}\s*$")
INLINE_MARK = re.compile(r"\]\{[^}]*\.(?:sub)*point\b[^}]*\}")
INFO_MARK = re.compile(r"^\s*[^\s{].*\{[^}]*\.slide\b[^}]*\}")
"""A mark behind the language of a block of code."""
DROPPED = "this {.slide} is dropped: "
TITLE = re.compile(r"\btitle\s*=")


def dropped_marks(text: str) -> Iterator[tuple[int, str]]:
    """Line (from 1) and advice for each ``{.slide}`` line that MyST-Parser 5 does not attach to a block."""
    lines = text.splitlines()
    fences = Fences()
    for number, line in enumerate(lines, start=1):
        is_code = fences.are_verbatim
        fence = fences.take(line)
        if fence and INFO_MARK.search(fence.info):
            yield number, f"{DROPPED}behind a fence it has no effect; put it on a line of its own above."
        if is_code:
            continue
        if BLOCK_MARK.match(line) and TITLE.search(line):
            yield number, "the title among these attributes has no effect; write a ```{slide} with ':title:' below."
        elif BLOCK_MARK.match(line):
            advice = _advice(next((below for below in lines[number:] if below.strip()), ""))
            if advice:
                yield number, f"{DROPPED}{advice}"


def _advice(below: str) -> str:
    below = below.strip()
    if re.match(r"^\([^)]+\)=$", below):
        return "above a target it has no effect; put it between the target and the heading."
    if not below or below.startswith("%") or below.startswith("+++"):
        return "nothing stands below it that could go on a slide; put it right above a heading or a block."
    return ""


def check_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn about lost block marks, and about marks in a project whose MyST does not read attributes."""
    path = str(app.env.doc2path(docname))
    if not path.endswith(".md") or (".slide" not in content[0] and "point}" not in content[0]):
        return
    enabled = set(getattr(app.config, "myst_enable_extensions", ()))
    for pattern, extension in ((BLOCK_MARK, "attrs_block"), (INLINE_MARK, "attrs_inline")):
        if extension in enabled:
            continue
        for number, line in enumerate(content[0].splitlines(), start=1):
            if pattern.search(line):
                advice = f"this annotation is not read: add '{extension}' to myst_enable_extensions in conf.py."
                warn(advice, Source(path, number), "dropped")
                break
    for number, advice in dropped_marks(content[0]):
        warn(advice, Source(path, number), "dropped")
