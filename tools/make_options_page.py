"""Writes docs/options.md from the declarations in builder.source.config."""

from __future__ import annotations

from pathlib import Path

from builder.source.config import OPTIONS

TARGET = Path(__file__).parent.parent / "docs/options.md"


def page() -> str:
    """The reference page of all options."""
    rows = [
        f"| `{option.name}` | `{option.default!r}` | {', '.join(kind.__name__ for kind in option.types)} | "
        f"{option.help} |"
        for option in OPTIONS
    ]
    return "\n".join(
        ["# Options of conf.py", "", "| name | default | type | what it is |", "|---|---|---|---|", *rows, ""]
    )


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
