"""Writes the JSON schema of lectures.toml, which editors load, from the code that reads it and docs/lectures.md:

``builder new`` puts it into each project (https://json-schema.org/draft/2020-12).
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from builder.deck.lectures import KEYS
from builder.deck.model import DeckStyle
from builder.deck.style import CHOICES, LEAST_FLOOR, MOST_FLOOR

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/builder/commands/new/samples/every/dot-vscode/lectures.schema.json"
ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<words>[^|]+) \|", re.MULTILINE)
OWN: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$", "description": "the name of its files"},
    "title": {"type": "string", "description": "the title on its first slide"},
    "documents": {
        "type": "array",
        "items": {"type": "string"},
        "minItems": 1,
        "description": "chapters, as 02-lamas, or sections of them, as 02-lamas#label",
    },
    "minutes": {"type": "number", "exclusiveMinimum": 0, "description": "how long it is planned to be"},
    "start": {"type": "string", "description": "when it begins, as 10:15: notes say the time of day then"},
    "subtitle": {"type": "string", "description": "words of your own below the title"},
}
"""What a lecture has that is no option of a deck."""


def schema() -> dict[str, Any]:
    """Return the schema: tables ``lecture`` with the keys that are read."""
    words = {
        row["key"]: row["words"].strip()
        for row in ROW.finditer((ROOT / "docs/lectures.md").read_text(encoding="utf-8"))
    }
    properties = dict(OWN)
    for item in fields(DeckStyle):
        properties[item.name] = kind_of(item.name, item.default) | {"description": words[item.name]}
        properties[item.name]["default"] = item.default
    assert properties.keys() == KEYS, properties.keys() ^ KEYS
    lecture = {
        "type": "object",
        "properties": properties,
        "required": ["name", "title", "documents"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lectures of a book",
        "type": "object",
        "properties": {"lecture": {"type": "array", "items": lecture}},
        "additionalProperties": False,
    }


def kind_of(name: str, default: object) -> dict[str, Any]:
    """Return the type of an option of a deck, and what it may be."""
    if name in CHOICES:
        return {"enum": list(CHOICES[name])}
    if name.endswith("_floor"):
        return {"type": "number", "minimum": LEAST_FLOOR, "maximum": MOST_FLOOR}
    if isinstance(default, bool):
        return {"type": "boolean"}
    return {"type": "string"}


def content() -> str:
    """Return the text of the file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(content(), encoding="utf-8")
