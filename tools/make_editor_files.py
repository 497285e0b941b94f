"""Writes what the extension for VS Code has of the annotation language, from the code that reads it: its grammars
(their patterns stand in ``tools/editor``) and the schema of lectures.toml.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from builder.commands.lsp import words

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))
EXTENSION = ROOT / "editors/vscode"


def alternatives(names: Iterable[str]) -> str:
    """Return a pattern of any of some names, the longest first, as it stands in JSON."""
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace("\\", "\\\\") for name in longest_first)


def grammar(pattern: Path) -> str:
    """Return a grammar with the names of today."""
    names = {
        "directives": words.DIRECTIVES,
        "options": [option for name in words.DIRECTIVES for option in words.options_of(name)],
        "blocks": words.BLOCK_CLASSES,
        "spans": words.SPAN_CLASSES,
        "roles": words.ROLES,
    }
    text = pattern.read_text(encoding="utf-8")
    for place, found in names.items():
        text = text.replace(f"@@{place}@@", alternatives(found))
    return text


def files() -> dict[Path, str]:
    """Return path → text of each file that is made."""
    import make_schema

    patterns = sorted((ROOT / "tools/editor").glob("*.tmLanguage.json"))
    grammars = {EXTENSION / "syntaxes" / path.name: grammar(path) for path in patterns}
    return grammars | {EXTENSION / "lectures.schema.json": make_schema.content()}


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
