"""Every class of the annotation language above every kind of block: it has an effect there, or it is told that it has
none.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.commands.cli import main
from builder.source.annotations.classes import PLACES, WITH_NUMBERS

from conftest import CONF, PNG

BLOCKS = {
    "heading": "## A heading\n\nwords",
    "paragraph": "A paragraph of words.",
    "picture in a paragraph": "![x](a.png)",
    "quotation": "> words of others",
    "code": "```python\nx = 1\n```",
    "list": "- a\n- b",
    "numbered list": "1. a\n2. b",
    "tasks": "- [ ] a\n- [x] b",
    "definition list": "term\n: definition",
    "fields": ":a: b\n:c: d",
    "table": "| a | b |\n|---|---|\n| c | d |",
    "table of a directive": "```{list-table} Title\n* - a\n  - b\n* - c\n  - d\n```",
    "figure": "```{figure} a.png\n:alt: x\n\nCaption.\n```",
    "image": "```{image} a.png\n:alt: x\n```",
    "code of a directive": "```{code-block} python\n:caption: Title\n\nx = 1\n```",
    "box": "```{note}\nwords\n```",
    "formula": "$$\na = b\n$$",
    "formula of a directive": "```{math}\na = b\n```",
    "aligned formula": "\\begin{align}\na &= b\n\\end{align}",
    "dropdown": "```{dropdown} Title\nwords\n```",
    "tabs": "````{tab-set}\n```{tab-item} A\nwords\n```\n````",
    "grid": "````{grid} 2\n```{grid-item}\nwords\n```\n````",
    "columns": "````{columns}\n```{column} A\nx\n```\n```{column} B\ny\n```\n````",
    "chart": "```{chart} a.csv\n:type: bar\n:x: a\n:y: b\n:alt: x\n```",
    "glossary": "```{glossary}\nword\n: definition\n```",
    "HTML": "<div>words</div>",
    "footnote": "[^1]: the note\n\nwords[^1]",
    "line": "---",
    "slide": "```{slide} Title\nwords\n```",
    "notes": "```{notes}\nsay this\n```",
    "target": "(a-name)=\nwords",
}
"""Kind of a block → its source."""
CLASSES = [*PLACES, *(example for _pattern, _places, example in WITH_NUMBERS.values())]
SHOWN = {*BLOCKS} - {"footnote", "line", "slide", "notes", "target"}
"""Blocks that a slide can show."""
EVERY = {*BLOCKS}
EFFECTS: dict[str, set[str]] = {
    "slide": SHOWN,
    # what holds a picture, or what a directive made of files and words, is shown as with `slide`
    "slide-picture": SHOWN - {
        "heading", "quotation", "paragraph", "code", "list", "numbered list", "tasks", "definition list", "table",
        "table of a directive", "fields",
    },
    "next-slide": EVERY - {"slide", "target", "heading"},
    "numbered-slides": set(),
    "unlisted": {"heading"},
    "point": {"heading"},
    "statement": {"paragraph"},
    "assertion": {"paragraph"},
    "question": {"paragraph"},
    "quotation": {"quotation"},
    "student": EVERY,
    "teacher": EVERY,
    # sphinx-design has styles for these, which pages show where MyST-Parser keeps the class
    **{
        name: {
            "heading", "paragraph", "picture in a paragraph", "quotation", "code", "list", "numbered list", "tasks",
            "definition list", "fields", "table",
        }
        for name in PLACES if name.startswith("sd-")
    },
}  # fmt: skip
"""Class → the blocks on which it has an effect, alone; all other pairs are told of."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """Class and block → what is said at that block; a document for each class has all blocks."""
    folder = tmp_path_factory.mktemp("matrix")
    conf = CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_design"]')
    conf = conf.replace('"dollarmath"]', '"dollarmath", "amsmath", "fieldlist", "tasklist"]')
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    (folder / "index.md").write_text("# All\n\n```{toctree}\n:glob:\n\nmark*\n```\n", encoding="utf-8")
    (folder / "a.csv").write_text("a,b\nx,1\ny,2\n", encoding="utf-8")
    (folder / "a.png").write_bytes(PNG)
    begins: dict[tuple[int, int], tuple[str, str]] = {}
    for number, name in enumerate(CLASSES):
        lines = [f"# Marks {number}", "", "Words before.", ""]
        for kind, source in BLOCKS.items():
            written = source.replace("[^1]", f"[^{number}]").replace("a-name", f"name-{number}")
            lines += [f"# On {kind}", "", "Words before.", "", f"{{.{name}}}"]
            begins[number, len(lines)] = name, kind
            lines += [*written.split("\n"), "", "Words behind.", ""]
        (folder / f"mark{number}.md").write_text("\n".join(lines), encoding="utf-8")
    return dict(by_block(faults_in(folder), begins))


def faults_in(folder: Path) -> list[dict[str, str]]:
    """The messages of a check."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(["check", "--json", str(folder), "-o", str(folder / "_build")])
    faults: list[dict[str, str]] = json.loads(out.getvalue())["faults"]
    return faults


def by_block(
    faults: list[dict[str, str]], begins: dict[tuple[int, int], tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Class and block → the messages that name the class between that block's mark and its end."""
    for (number, line), pair in begins.items():
        reach = range(line, line + BLOCKS[pair[1]].count("\n") + 2)
        places = {f"mark{number}.md:{one}" for one in reach}
        yield pair, "\n".join(fault["message"] for fault in faults if fault["place"] in places)


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_has_an_effect_on_a_block_or_is_told_of(told: dict[tuple[str, str], str], name: str) -> None:
    silent = {kind for kind in BLOCKS if not told[name, kind]}
    assert silent == EFFECTS.get(name, set())
