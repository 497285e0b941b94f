"""Formulas as Typst sets them: the rules for all, their sizes, those that it refuses, and pictures of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from builder.store.bisecting import spoiling
from builder.typeset.compile import fonts_in, panics_as_errors
from builder.typeset.escape import string
from builder.typeset.fonts import family_name, static_folder

FORMULA_RULES = (
    "#show math.equation.where(block: true): set par(leading: 0.65em)\n#show math.equation: set text(dir: ltr)\n"
)
"""What stands before formulas in each document, so that they are as high there as they were measured, and run from the
left whatever the text does.
"""


@dataclass(frozen=True, slots=True)
class FormulaSize:
    """Size of a formula in em, as Typst sets it in display style, and how far it reaches below the line of its text."""

    width: float = 0
    height: float = 0
    depth: float = 0


def sizes(texts: list[str]) -> list[FormulaSize]:
    """The size of each formula; nothing for '', which cannot be set."""
    bodies = ", ".join(f"($ {text} $, $#math.display(${text}$.body)$)" if text else "([], [])" for text in texts)
    source = (
        f"{FORMULA_RULES}#set text(10pt)\n"
        "#let line(f) = { set par(leading: 0pt); text(top-edge: 999pt, bottom-edge: 0pt, box(f)) }\n"
        "#let deep(f) = measure(line(f)).height - 999pt\n"
        f"#context [#metadata(({bodies},).map(((block, line)) => {{ let s = measure(block); "
        "(s.width.pt() / 10, s.height.pt() / 10, deep(line).pt() / 10) }))<sizes>]"
    )
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True)
    found = compiler.query("<sizes>", field="value", one=True)
    values = json.loads(found) if isinstance(found, str) else found
    measured = (FormulaSize(*map(float, value)) for value in values)
    return [size if text else FormulaSize() for text, size in zip(texts, measured, strict=True)]


def refused(texts: list[str]) -> set[int]:
    """The places of the texts that Typst does not set."""
    present = [index for index, text in enumerate(texts) if text]
    return set(spoiling(present, lambda indices: _compiles([texts[index] for index in indices])))


def _compiles(texts: list[str]) -> bool:
    source = FORMULA_RULES + "\n\n".join(f"$ {text} $" for text in texts)
    try:
        with panics_as_errors():
            typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    except typst.TypstError:
        return False
    return True


def pictures(
    wanted: Sequence[tuple[str, float]], colour: str, faces: Sequence[Path] = ()
) -> dict[tuple[str, float], bytes]:
    """A PNG of each (Typst text, size in points), in ``colour`` on nothing, from one run of Typst; ``faces`` are files
    of fonts for letters that those of formulas lack.

    Those that Typst refuses have none.
    """
    keys = list(dict.fromkeys(wanted))
    look = f'{FORMULA_RULES}#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#set text(rgb("{colour}"))\n'
    names = ", ".join(string(family_name(face)) for face in faces)
    look += f'#show math.equation: set text(font: ("New Computer Modern Math", {names}))\n' if faces else ""
    known = fonts_in([static_folder(face) for face in faces])

    def draw(keys: Sequence[tuple[str, float]]) -> list[bytes]:
        pages = "\n".join(f"#page[#text({size:g}pt)[$ {text} $]]" for text, size in keys)
        with panics_as_errors():
            found = typst.Compiler(f"{look}{pages}".encode(), font_paths=known).compile(format="png", ppi=200)
        return [page for page in (found if isinstance(found, list) else [found]) if page is not None]

    def works(keys: Sequence[tuple[str, float]]) -> bool:
        try:
            draw(keys)
        except typst.TypstError:
            return False
        return True

    try:
        return dict(zip(keys, draw(keys), strict=True)) if keys else {}
    except typst.TypstError:
        broken = spoiling(keys, works)
    return pictures([key for key in keys if key not in broken], colour, faces)
