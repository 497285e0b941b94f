"""The mark that stands for a picture that cannot be shown: a quiet frame with its description and its name, one drawing
for print and slides.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from builder.charts.canvas import Style, wrap
from builder.store.text import escaped

LOOK = Style(width=480, size=15, slack=1.1)
NAME = Style(width=480, size=11.5, slack=1.1)
LINES, HEIGHT, INSET = 3, 150, 34
LONGEST = 62
"""Characters of a name that are shown."""


def mark(alt: str, name: str) -> str:
    """The mark of a picture as SVG: what it shows, as far as its author says, and the name of its file or
    its address.
    """
    lines = wrap(" ".join(alt.split()), LOOK.width - 2 * INSET, LOOK) if alt else []
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]
    shown = short_name(" ".join(name.split()))
    pitch = LOOK.size * 1.4
    top = HEIGHT / 2 - (len(lines) * pitch + NAME.size) / 2 + LOOK.size * 0.85 + 9
    words = "".join(text(escaped(line), top + index * pitch, LOOK, LOOK.ink) for index, line in enumerate(lines))
    words += text(escaped(shown), top + len(lines) * pitch + 3, NAME, LOOK.grey)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LOOK.width}" height="{HEIGHT}" viewBox="0 '
        f'0 {LOOK.width} {HEIGHT}" '
        f'font-family="{LOOK.font}, sans-serif"><rect x="1" y="1" width="{LOOK.width - 2}" '
        f'height="{HEIGHT - 2}" rx="4" '
        f'fill="#f7f6f4" stroke="{LOOK.grey}" stroke-width="1" stroke-dasharray="5 4"/>'
        f'<g transform="translate({LOOK.width / 2 - 13} 12)" fill="none" stroke="{LOOK.grey}" stroke-width="1.2">'
        '<rect width="26" height="19" rx="2"/><circle cx="8" cy="6.5" r="2.2"/><path d="M1 16 L9 10 '
        'L14 14 L19 8 L25 15"/></g>'
        f"{words}</svg>"
    )


def text(words: str, y: float, look: Style, colour: str) -> str:
    """A line in the middle of the frame."""
    return (
        f'<text x="{LOOK.width / 2}" y="{y:.1f}" text-anchor="middle" font-size="{look.size}" '
        f'fill="{colour}">{words}</text>'
    )


def file_in_short(name: str) -> str:
    """The name of a file without its folders, which may lie elsewhere on another machine; see `short_name`."""
    return short_name(name if name.startswith("data:") else PurePosixPath(name).name)


def short_name(name: str) -> str:
    """A name, or its beginning and end when it is long; of what an address holds in itself only its kind."""
    if name.startswith("data:"):
        name = re.split("[;,]", name, maxsplit=1)[0] + ":…"
    if len(name) <= LONGEST:
        return name
    end = PurePosixPath(name).name[-(LONGEST // 2) :]
    return f"{name[: LONGEST - len(end) - 1]}…{end}"
