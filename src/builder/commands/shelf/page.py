"""How the books of a shelf stand → a web page, with a search over the headings of all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from builder.build.wording import counted
from builder.commands.shelf.standing import ShownOutput, Standing
from builder.commands.shelf.storage import Storage

TEMPLATE = Path(__file__).with_name("page.html")
PAGE, HEADINGS = "index.html", "headings.js"
"""Files in the folder of results."""
COLUMNS = {
    "Book": "", "State": "", "Web": "falls", "Print": "falls", "Slides": "falls", "Warnings": "falls",
    "Minutes": "falls", "Since a day": "falls", "Messages": "",
}  # fmt: skip
"""Head of a column → ``falls`` where the most comes first when one sorts by it."""
KINDS = ("html", "pdf", "pptx")
"""Kinds of outputs, as their columns stand."""
FIRST = ("failed", "to build", "built", "unchanged")
"""States, as their rows stand."""
LINKED = 3
"""Decks of a book that have a link each; of more, their folder has one."""


def write_page(found: Sequence[Standing], folder: Storage) -> None:
    """Write the page and the headings that it searches, which a browser loads when somebody searches."""
    headings = {one.name: [place for record in one.records for place in record["headings"]] for one in found}
    text = json.dumps(headings, ensure_ascii=False, separators=(",", ":"))
    folder.write(HEADINGS, f"const headings = {text};\n".encode())
    folder.write(PAGE, page(found).encode())


def page(found: Sequence[Standing]) -> str:
    """The page, as HTML; books that failed come first."""
    rows = sorted(found, key=lambda one: (FIRST.index(one.state), one.name))
    parts = {
        "summary": summary(found),
        "filters": "".join(filters(found)),
        "heads": "".join(
            f"<th{' data-falls=1' if falls else ''}><button>{head}</button></th>" for head, falls in COLUMNS.items()
        ),
        "rows": "\n".join(map(row, rows)),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace(f"{{{{{name}}}}}", part)
    return text


def summary(found: Sequence[Standing]) -> str:
    """What all books hold together, and when that was so."""
    made = [one for standing in found for one in standing.made()]
    pages = sum(one.amount for one in made if one.kind == "pdf")
    slides = sum(one.amount for one in made if one.kind == "pptx")
    parts = [counted(len(found), "book"), f"{counted(pages, 'page')} in print", counted(slides, "slide")]
    return f"{', '.join(parts)}; {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def kinds_of(one: Standing) -> list[str]:
    """The kinds of rows that a book's is one of: its state, and whether it has warnings or changed since a day."""
    return [one.state.replace(" ", "-"), *(["warned"] if one.warnings else []), *(["changed"] if one.since else [])]


def filters(found: Sequence[Standing]) -> list[str]:
    """Buttons that show rows of one kind only."""
    kinds = [kind for one in found for kind in kinds_of(one)]
    labels = {"warned": "with warnings", "changed": "new or changed since the day before"}
    names = {state.replace(" ", "-"): state for state in FIRST} | labels
    buttons = [("", "all", len(found)), *((kind, label, kinds.count(kind)) for kind, label in names.items())]
    return [
        f'<button value="{kind}" aria-pressed="{"false" if kind else "true"}">{count:,} {label}</button>'
        for kind, label, count in buttons
        if count
    ]


def row(one: Standing) -> str:
    """The row of a book."""
    made = one.made()
    cells = [escape(one.name), keyed(FIRST.index(one.state), escape(one.state))]
    for kind in KINDS:
        of_kind = [item for item in made if item.kind == kind]
        cells.append(keyed(sum(item.amount for item in of_kind), outputs(one.name, of_kind)))
    cells += [str(one.warnings or ""), f"{one.minutes:.1f}" if one.records else "", escape(one.since), details(one)]
    shown = (cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells)
    return f'<tr class="{" ".join(kinds_of(one))}">{"".join(shown)}</tr>'


def keyed(key: int, content: str) -> str:
    """A cell by whose key its column is sorted."""
    return f'<td data-key="{key}">{content}</td>'


def outputs(name: str, made: Sequence[ShownOutput]) -> str:
    """Links to outputs of one kind, with what they hold."""
    if len(made) > LINKED:
        folder = made[0].path.rpartition("/")[0]
        total = counted(sum(item.amount for item in made), "slide")
        return f'<a href="{escape(f"{name}/{folder}/")}">{len(made)} decks</a>, {total}'
    return "<br>".join(f'<a href="{escape(f"{name}/{item.path}")}">{escape(item.shown)}</a>' for item in made)


def details(one: Standing) -> str:
    """Why a book failed, its warnings and what checks found, folded."""
    told = [fault for record in one.records for fault in record["faults"]]
    faults = [": ".join(filter(None, (fault["place"], fault["message"]))) for fault in told]
    checks = [line for record in one.records for line in record["checks"]]
    lines = [line for line in (*one.reason.splitlines(), *faults, *checks) if line]
    if not lines:
        return ""
    rest = "".join(f"<div>{escape(line)}</div>" for line in lines[1:])
    return f"<details><summary>{escape(lines[0])}</summary>{rest}</details>" if rest else escape(lines[0])
