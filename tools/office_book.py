"""A book of many kinds of slide with the words of the repository's own chapters, for `check_in_office.py`: some 300
slides.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONF = (
    'project = "Office"\nauthor = "A"\nextensions = ["myst_parser"]\n'
    'myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]\nnumfig = True\n'
)


def sentences() -> list[str]:
    """Plain sentences of the chapters."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "book").glob("0*.md")))
    text = re.sub(r"(?m)^(%|:|```|\{|\||#).*$", "", text)
    text = re.sub(r"\{[^}]*\}(`[^`]*`)?|[\[\]*`$_\\<>|]", "", text)
    found = (re.sub(r"\s+", " ", sentence).strip() for sentence in re.split(r"(?<=[.?!])\s", text))
    return [sentence for sentence in found if 20 < len(sentence) < 220 and sentence[0].isalpha()]


def styled(words: str, chance: random.Random) -> str:
    """Some words in bold, italics, code, or raised."""
    parts = words.split(" ")
    for index, part in enumerate(parts):
        style = chance.choice(["", "", "", "", "", "", "", "**", "*", "`"]) if part.isalpha() else ""
        parts[index] = f"{style}{part}{style}"
    return " ".join(parts)


def slide(number: int, chance: random.Random, stock: list[str]) -> str:
    """One slide of a kind."""

    def some(count: int) -> list[str]:
        return [styled(words, chance) for words in chance.sample(stock, count)]

    kind = number % 7
    title = chance.choice(stock)[:60].rsplit(" ", 1)[0]
    head = f"## {title}\n\n"
    if kind in (0, 1, 2):
        lines = [
            f"{'  ' if index and chance.random() < 0.3 else ''}- {words}"
            for index, words in enumerate(some(chance.randint(2, 9)))
        ]
        return head + "\n".join(lines) + "\n"
    if kind == 3:
        rows = (
            "".join(f"| {a[:40]} | {b[:70]} |\n" for a, b in zip(some(4), some(4), strict=True))
            .replace("*", "")
            .replace("`", "")
        )
        return f"{head}| What | How |\n|---|---|\n{rows}"
    if kind == 4:
        return f"{head}> {' '.join(some(2))}\n\n```{{note}}\n{some(1)[0]}\n```\n"
    if kind == 5:
        return f"{head}{some(1)[0]}\n\n1. {some(1)[0]}\n2. {some(1)[0]}\n3. $a^2 + b^2$ and {some(1)[0]}\n"
    left, right = some(2)
    return f"{head}```{{slide}} {title}\n:layout: comparison\n\nLeft\n: - {left}\n\nRight\n: - {right}\n```\n"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    chance, stock = random.Random(1937), sentences()
    (folder / "conf.py").write_text(CONF)
    names = []
    for chapter in range(6):
        slides = [slide(number, chance, stock) for number in range(50)]
        name = f"chapter-{chapter + 1}"
        names.append(name)
        (folder / f"{name}.md").write_text(
            f"# Chapter {chapter + 1}\n\n" + "\n".join(s for s in slides if "{slide}" not in s)
        )
        own = "\n".join(s for s in slides if "{slide}" in s)
        (folder / f"{name}b.md").write_text(f"# More of {chapter + 1}\n\n{own}")
        names.append(f"{name}b")
    (folder / "index.md").write_text("# Root\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")


if __name__ == "__main__":
    main()
