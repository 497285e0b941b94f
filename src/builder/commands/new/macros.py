"""Macros that the text of a book defines for its formulas, as pandoc and Quarto know them: Sphinx has them in its
settings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from builder.commands.new.boxes import CODE
from builder.store.text import text_of
from builder.typeset.math.macros import Macro, Macros

INCLUDED = re.compile(r"\{\{<\s*include\s+(?P<file>[^\s>]+\.(?:tex|sty|latex))\s*>\}\}")
"""A file of LaTeX that a document of Quarto includes."""
FORMULA = re.compile(r"\$\$.*?\$\$|(?<!\$)\$[^$\n]+\$", re.DOTALL)


def macros_of(documents: Iterable[Path], root: Path) -> Macros:
    """The macros that documents define in their text, or in files below ``root`` that they include."""
    macros = Macros()
    for document in documents:
        text = CODE.sub("\n", text_of(document))
        for found in INCLUDED.finditer(text):
            file = (document.parent / found["file"]).resolve()
            if file.is_file() and file.is_relative_to(root.resolve()):
                macros.define(text_of(file))
        macros.define(FORMULA.sub(" ", text))
    return macros


def as_setting(macros: Macros) -> str:
    """The line of conf.py by which MathJax and the builder know macros; '' for none."""
    known = {name: value_of(macro) for name, macro in macros.known.items() if not macro.between}
    return f"\nmathjax3_config = {json.dumps({'tex': {'macros': known}}, ensure_ascii=False)}" if known else ""


def value_of(macro: Macro) -> str | list[str | int]:
    """A macro as MathJax has it: its body, with the number of its arguments and the default of the first."""
    if not macro.arguments:
        return macro.body
    return [macro.body, macro.arguments, *([] if macro.default is None else [macro.default])]
