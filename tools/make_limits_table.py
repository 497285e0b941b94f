"""Writes the table of limits in docs/security.md from builder.store.limits."""

from __future__ import annotations

import re
from pathlib import Path

from builder.store.limits import table

TARGET = Path(__file__).parent.parent / "docs/security.md"


def page(text: str) -> str:
    """The page with the table as it is now."""
    rows = "\n".join(table())
    return re.sub(
        r"(<!-- limits -->\n).*?(<!-- end -->)",
        lambda match: f"{match[1]}\n{rows}\n\n{match[2]}",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    TARGET.write_text(page(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
