"""Writes docs/options.md from the declarations in builder.source.config."""

from __future__ import annotations

from pathlib import Path

from builder.source.config import OPTIONS, Option

TARGET = Path(__file__).parent.parent / "docs/options.md"


def page() -> str:
    """The reference page of all options."""
    rows = [f"| `{option.name}` | `{option.default!r}` | {values_of(option)} | {option.help} |" for option in OPTIONS]
    return "\n".join(
        ["# Options of conf.py", "", "| name | default | values | what it is |", "|---|---|---|---|", *rows, ""]
    )


def values_of(option: Option) -> str:
    """What may be written for an option: one of a few words, or a value of a type."""
    if option.choices:
        return ", ".join(f"`{choice!r}`" for choice in option.choices)
    return ", ".join(kind.__name__ for kind in option.types)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
