"""What a build left in its scratch folder → the files and the record of its result.

A book may have written anything there: what is no plain file of that folder is not opened, and no report is trusted.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from builder.commands.shelf.sandbox import Ended
from builder.errors import AuthorError

TELLS = "builder: "
"""How the line begins on which the command says why it ends."""
SHOWN_FAULTS = 20
"""Warnings and errors of a build that the page of the shelf shows."""
SHOWN_OF_FAULT = ("severity", "place", "message")
"""What the page shows of a warning or an error."""
LONGEST = 100_000_000
"""Bytes of the longest report, or index of a search, that is read."""


def record_of(edition: str, ended: Ended, checks: str, output: Path) -> dict[str, Any]:
    """What the page of the shelf says of a result, from the report that the build of an edition left.

    Raises:
        AuthorError: it left none.
    """
    report = read_json(output / edition / "report.json")
    if report is None:
        raise AuthorError(why(ended))
    base = f"{edition}/" if edition else ""
    try:
        outputs = [[str(made["kind"]), f"{base}{made['path']}", str(made["amount"])] for made in report["outputs"]]
        faults = [{key: str(fault[key]) for key in SHOWN_OF_FAULT} for fault in report["faults"]]
        status, warnings = int(report["status"]), sum(map(int, report["warnings"].values()))
    except (LookupError, TypeError, ValueError, AttributeError):
        raise AuthorError("its report.json is none that the builder writes.") from None
    return {
        "edition": edition,
        "status": status,
        "outputs": outputs,
        "headings": [[title, f"{base}html/{path}"] for title, path in headings(output / base / "html")],
        "warnings": warnings,
        "faults": sorted(faults, key=lambda fault: fault["severity"] != "error")[:SHOWN_FAULTS],
        "checks": checks.strip().splitlines()[-SHOWN_FAULTS:],
        "seconds": round(ended.seconds, 1),
        "memory": round(ended.memory),
        "finished": time.time(),
    }


def output_files(folder: Path) -> dict[str, Path]:
    """Name in the folder of the book → file, of all outputs: reports and intermediate files aside."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if is_plain(path) and ".work" not in parts and path.name != "report.json":
            found["/".join(parts)] = path
    return found


def is_plain(path: Path) -> bool:
    """True for a file at its own place, whose path has no link: it may lead anywhere."""
    return path.is_file() and os.path.realpath(path) == str(path)


def text_of(path: Path) -> str:
    """The text of a file; '' where there is no such plain file, or it is longer than any of ours."""
    try:
        return path.read_text(encoding="utf-8") if is_plain(path) and path.stat().st_size < LONGEST else ""
    except (OSError, ValueError):
        return ""


def read_json(path: Path) -> Any:
    """What a file of JSON holds; None where there is none."""
    try:
        return json.loads(text_of(path))
    except (ValueError, RecursionError):
        return None


def headings(web: Path) -> list[tuple[str, str]]:
    """Each heading of a web book, and the address of its section, from the index of its search; none without one."""
    text = text_of(web / "searchindex.js")
    try:
        index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
        pages = [name if name.endswith(".html") else f"{name}.html" for name in index["docnames"]]
        return [
            (str(title), pages[page] + (f"#{anchor}" if anchor else ""))
            for title, places in index["alltitles"].items()
            for page, anchor in places
        ]
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return []


def why(ended: Ended) -> str:
    """Why a build that left no report ended: its last words."""
    if ended.status < 0 or ended.status > 128:
        return f"it was killed (signal {abs(ended.status) & 127})."
    lines = ended.printed.strip().splitlines()
    said = next((number for number in reversed(range(len(lines))) if lines[number].startswith(TELLS)), None)
    words = ended.printed.strip() if said is None else "\n".join(lines[said:]).removeprefix(TELLS)
    if ended.status == 0:
        return "it left no report.json that can be read."
    return words[-1000:] or f"it ended with status {ended.status}."
