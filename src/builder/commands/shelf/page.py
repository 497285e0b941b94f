"""How the books of a shelf stand → a web page, with a search over the headings of all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from builder.commands.shelf.standing import Standing
from builder.commands.shelf.storage import Storage

TEMPLATE = Path(__file__).with_name("page.html")
PAGE, HEADINGS = "index.html", "headings.js"
"""Files in the folder of results."""
FOLDERS = {"html": "web", "pdf": "print", "pptx": "slides"}
"""Kind of an output → the word of the link to it."""


def write_page(found: Sequence[Standing], folder: Storage) -> None:
    """Write the page and the headings that it searches, which a browser loads when somebody searches."""
    headings = [
        [one.name, heading, f"{one.name}/{path}"]
        for one in found
        for record in one.records
        for heading, path in record["headings"]
    ]
    text = json.dumps(headings, ensure_ascii=False)
    folder.write(HEADINGS, f"const headings = {text};\n".encode())
    folder.write(PAGE, page(found).encode())


def page(found: Sequence[Standing]) -> str:
    """The page, as HTML."""
    states = [one.state for one in found]
    summary = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(sorted(states)))
    rows = "\n".join(map(row, found))
    return TEMPLATE.read_text(encoding="utf-8").replace("{{summary}}", summary).replace("{{rows}}", rows)


def row(one: Standing) -> str:
    """The row of a book."""
    links = " ".join(
        f'<a href="{escape(f"{one.name}/{path}")}">{FOLDERS[kind]}</a>'
        for record in one.records
        for kind, path, _ in record["outputs"]
    )
    cells = (
        escape(one.name), escape(one.state), links, escape(one.amounts), str(one.warnings or ""),
        f"{one.minutes:.1f}", escape(one.since), details(one),
    )  # fmt: skip
    return f'<tr class="{one.state.replace(" ", "-")}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def details(one: Standing) -> str:
    """Why a book failed, its warnings and what checks found, folded."""
    faults = [f"{fault['place']}: {fault['message']}" for record in one.records for fault in record["faults"]]
    checks = [line for record in one.records for line in record["checks"]]
    lines = [line for line in (one.reason, *faults, *checks) if line]
    if not lines:
        return ""
    rest = "<br>".join(map(escape, lines[1:]))
    return f"<details><summary>{escape(lines[0])}</summary>{rest}</details>" if rest else escape(lines[0])
