"""Small faults, one a row: what is written, and what the web page, the printed page and the slide show, what is reported, the exit status.

``docs/faults.md`` is written from this table, and `test_faults.py` builds each row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000004000000020802000000f0caea340000001249444154789c63acd252658001"
    "2606240000137b00cd4fd28fb40000000049454e44ae426082"
)
"""A picture of 4 × 2 pixels."""
FIGURE = "```{{figure}} {0}\n:class: slide\n:alt: A hill\n\nThe hill\n```\n"
"""A figure that is marked for the slide."""
PLAIN = "```{{figure}} {0}\n:alt: A hill\n\nThe hill\n```\n"
"""A figure that is in the book only."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: ``name`` in a few words, the ``source`` below a heading and a sound point, and the ``files`` beside it.

    ``web``, ``page`` and ``slide`` are words for people: what stands in its place. ``shown`` are words that stand on the slide or in the PDF instead,
    ``message`` a part of what is reported, '' where nothing is; ``status`` is the exit status. ``line`` is that of the message, in the chapter.
    """

    name: str
    source: str
    page: str
    slide: str
    web: str = "as the browser shows it"
    message: str = ""
    status: int = 0
    line: int = 8
    on_page: str = ""
    on_slide: str = ""
    files: dict[str, str | bytes] = field(default_factory=dict)


HEAD = "# Chapter\n\n{.slide}\n## Part\n\nA [sound point]{.point} here.\n\n"
"""What stands before the ``source`` of each row."""

FAULTS: tuple[Fault, ...] = (
    Fault(
        "A slide with an option that there is not",
        "```{slide}\n:colour: red\n```\n",
        page="nothing",
        slide="the slide without the option",
        web="nothing",
        message="a slide has no option ':colour:'",
        status=1,
    ),
    Fault(
        "A formula that cannot be set",
        "$$\n\\brokn{a}\n$$\n",
        page="its LaTeX",
        slide="nothing, since it is not marked",
        web="what MathJax shows",
        message="cannot be set, so its source is shown",
        on_page=r"\brokn{a}",
    ),
)
