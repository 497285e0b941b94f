"""Writes docs/options.md from the declarations in builder.source.config."""

from __future__ import annotations

from pathlib import Path

from builder.source.option_table import OPTIONS, Option

TARGET = Path(__file__).parent.parent / "docs/options.md"


TRUTH, NUMBER, LIST = "`True` or `False`", "number", "list"
WORDS = {str: "text", bool: TRUTH, int: NUMBER, float: NUMBER, list: LIST, tuple: LIST, dict: "table"}
"""Type of Python → what an author calls it."""
HEAD = """# Options of conf.py

Each is a line of `conf.py`, as `builder_preset = "novel"`.
A *table* is written `{"key": "value"}`, a *list* `["one", "two"]`.
"""


def page() -> str:
    """The reference page of all options."""
    rows = [f"| `{option.name}` | `{option.default!r}` | {values_of(option)} | {option.help} |" for option in OPTIONS]
    return "\n".join([HEAD, "| name | default | values | what it is |", "|---|---|---|---|", *rows, ""])


def values_of(option: Option) -> str:
    """What may be written for an option: one of a few words, or a value of a type."""
    if option.choices:
        return ", ".join(f"`{choice!r}`" for choice in option.choices)
    return ", ".join(dict.fromkeys(WORDS[kind] for kind in option.types))


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
