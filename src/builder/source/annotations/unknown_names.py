"""What an author meant by a directive or a role that nobody knows: a name that is nearly one of ours, or one of another
tool that makes slides.
"""

from __future__ import annotations

from builder.source.annotations.classes import PLACES
from builder.source.annotations.directives import NAMES
from builder.source.annotations.vocabulary import MARKS, WORD_MARKS
from builder.source.edition_names import EDITION_DIRECTIVE, EDITIONS
from builder.source.near import nearly

FURTHER = "write {.next-slide} above what goes to a further slide"
STEPS = "a slide is shown step by step by the option ':reveal:' of a ```{slide}"
OPTIONS = "options of a slide stand in a ```{slide} below its heading"
OF_OTHERS = {
    "ifslides": "what stands in a ```{slide} with a title is only on that slide",
    "ifnotslides": "what is not marked is on no slide, so take it away",
    "slideconf": "what decks are like stands in slides/lectures.toml and in builder_deck of conf.py",
    "revealjs-slide": "write a ```{slide}",
    "revealjs-notes": "write ```{notes}",
    **dict.fromkeys(("nextslide", "revealjs-break"), FURTHER),
    **dict.fromkeys(("revealjs-section", "revealjs-vertical"), OPTIONS),
    **dict.fromkeys((".incremental", ".fragment", "incremental", "pause", "fragments", "revealjs-fragments"), STEPS),
}
"""Directive of hieroglyph, sphinx-revealjs or Pandoc → what to write."""


def of_directive(name: str) -> str:
    """Return what was meant by the name of a directive that nobody knows; '' where that is not known."""
    plain = name.lstrip(".")
    if name in OF_OTHERS:
        return f"it is of another tool; {OF_OTHERS[name]}"
    if found := nearly(plain, NAMES):
        return f"did you mean '{found}'?"
    if edition := nearly(plain, EDITIONS):
        return f"did you mean ```{{{EDITION_DIRECTIVE}}} {edition}?"
    if found := nearly(plain, ("backup", *MARKS, "statement", "assertion", "quotation")):
        return f"it is no directive but a mark; write {{.{found}}} above the block, or [words]{{.{found}}}"
    return ""


def of_role(name: str, *, is_restructured: bool) -> str:
    """Return what was meant by the name of a role that nobody knows; '' where that is not known."""
    if name in NAMES:
        return f"it is a directive; write ```{{{name}}}"
    if name in PLACES:
        return (
            f"it is a class; {f'it needs .. role:: {name} above' if is_restructured else f'write [words]{{.{name}}}'}"
        )
    found = nearly(name, (*WORD_MARKS, *EDITIONS))
    return f"did you mean '{found}'?" if found else ""
