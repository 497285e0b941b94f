"""Formulas in the sources of books: Markdown, reStructuredText and notebooks, in folders or in repositories of git."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = (".md", ".rst", ".ipynb", ".txt")
_CODE = re.compile(
    r"(?P<formula>^```\{math\}.*?^```\s*$|:math:`[^`]+`)|^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)\s*$|`[^`\n]+`",
    re.DOTALL | re.MULTILINE,
)
"""Code, which is no formula, and what looks like it and is one."""
_FORMULA = re.compile(
    r"^```\{math\}[^\n]*\n(?P<fence>.*?)^```\s*$"
    r"|^\s*\.\. math::(?P<directive>(?:[^\n]*\n)(?:[ \t]+[^\n]*\n|\s*\n)*)"
    r"|:math:`(?P<role>[^`]+)`"
    r"|(?<!\\)\$\$(?P<display>.+?)(?<!\\)\$\$"
    r"|(?<![\\$\w])\$(?P<line>[^\s$][^$\n]*?)(?<![\s\\])\$(?![\w$])"
    r"|(?P<environment>\\begin\{(?P<name>align|equation|gather|eqnarray|aligned)(?P<star>\*?)\}.*?\\end\{(?P=name)(?P=star)\})",
    re.DOTALL | re.MULTILINE,
)


def sources_of(place: Path) -> Iterator[str]:
    """Text of each source in a folder, or in the newest commit of a repository without a work tree."""
    if (place / "HEAD").is_file():
        listed = _git(place, "ls-tree", "-r", "--name-only", "-z", "HEAD").split("\0")
        for name in sorted(name for name in listed if name.endswith(SUFFIXES)):
            yield _prose(name, _git(place, "show", f"HEAD:{name}"))
    else:
        for path in sorted(path for path in place.rglob("*") if path.suffix in SUFFIXES):
            yield _prose(path.name, path.read_text(encoding="utf-8", errors="replace"))


def _git(place: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "--git-dir", str(place), *arguments], capture_output=True, check=False)
    return done.stdout.decode(errors="replace")


def _prose(name: str, text: str) -> str:
    if not name.endswith(".ipynb"):
        return text
    try:
        cells = json.loads(text).get("cells", [])
    except (ValueError, AttributeError):
        return ""
    return "\n\n".join("".join(cell.get("source", "")) for cell in cells if cell.get("cell_type") == "markdown")


def formulas_of(text: str) -> Iterator[str]:
    """The formulas of a source, without the lines of options of a directive."""
    for match in _FORMULA.finditer(_CODE.sub(lambda code: code["formula"] or "", text)):
        found = next(
            match[name]
            for name in ("fence", "directive", "role", "display", "line", "environment")
            if match[name] is not None
        )
        if match["fence"] is not None or match["directive"] is not None:
            found = re.sub(r"^\s*:[\w-]+:[^\n]*$|^---$", "", found, flags=re.MULTILINE)
        found = re.sub(r"\n\s*\n", "\n", found).strip()
        if found and len(found) < 2_000 and re.search(r"[\\^_=<>+]|^\w$", found):
            yield found


def some_of(places: list[Path], count: int) -> list[str]:
    """So many formulas of all places, spread evenly over each book, no two alike; those that say more come first."""
    share = -(-count // max(len(places), 1))
    chosen: dict[str, None] = {}
    for place in places:
        found = list(dict.fromkeys(formula for text in sources_of(place) for formula in formulas_of(text)))
        telling = [formula for formula in found if len(formula) > 12 and formula not in chosen]
        step = max(len(telling) // share, 1)
        chosen |= dict.fromkeys(telling[::step][:share])
    return list(chosen)[:count]
