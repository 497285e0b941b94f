"""Writes the tables of keys into docs/shelf.md, from their declarations in builder.commands.shelf.keys."""

from __future__ import annotations

import re
from pathlib import Path

from builder.commands.shelf.keys import TABLES

TARGET = Path(__file__).parent.parent / "docs/shelf.md"
PLACE = re.compile(r"(?<=^## Keys\n\n).*?(?=\n\n## )", re.DOTALL | re.MULTILINE)


def page(text: str) -> str:
    """The page with its tables as they are to be."""
    return PLACE.sub(lambda _: tables(), text)


def tables() -> str:
    """A table for each table of ``shelf.toml``; those of ``[house]`` go for ``[[book]]`` as well."""
    of_all = {key.name for key in TABLES["house"]}
    heads = {"results": "`[results]`", "house": "`[house]`, `[[book]]`", "book": "`[[book]]`"}
    return "\n\n".join(
        "\n".join(
            [f"| {heads[name]} | default | what it is |", "|---|---|---|"]
            + [
                f"| `{key.name}` | {shown(key.default)} | {key.help} |"
                for key in keys
                if name != "book" or key.name not in of_all
            ]
        )
        for name, keys in TABLES.items()
    )


def shown(default: object) -> str:
    """A default as TOML has it; '' for what is empty."""
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, float):
        return f"`{default:g}`"
    return f"`{list(default)}`" if isinstance(default, tuple) and default else ""


if __name__ == "__main__":
    TARGET.write_text(page(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
