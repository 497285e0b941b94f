"""Writes docs/faults.md: each kind of fault, what stands in its place, what is reported, and the exit status."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from faults.slides import SLIDE_FAULTS  # noqa: E402 - the tests build these very rows
from faults.table import FAULTS, Fault  # noqa: E402

TARGET = ROOT / "docs" / "faults.md"
HEAD = """# Faults

One fault costs one block. It leaves a mark in its place and a message with file and line, and all else is made and published. The
tests make each of these faults; this page is written from their table.

- The exit status is 0 where something is only warned of, and 1 where something that is marked for a slide, or declared, could not be shown
  as it should be. Outputs are published either way; with `-W` nothing is published once anything is reported.
- Each message is reported once a build (one that many places share, such as a picture that all pages lack, with their number in the terminal), in the terminal, in the browser under `builder serve`, and in `_build/report.json` under `faults`.
- A place is `FILE:LINE`, or `FILE.ipynb:cell N:LINE` in a notebook.
- A fault of the builder itself in one block costs that block, too: its words stand in its place, and `--debug` shows where in the code.
- A document in UTF-16 is read as that, and one in another old encoding with � for what cannot be read; both are reported at each build,
  and so are bibliographies, data files, `lectures.toml` and `_config.yml`, with the byte and line that are no UTF-8. A mark of UTF-8 at the
  beginning of a file hinders nowhere. A document whose own name is not UTF-8 is left out.

"""


def cell(text: str) -> str:
    """A cell of the table."""
    return " ".join(text.split()).replace("|", r"\\|").replace("<", "&lt;")


def costs(fault: Fault) -> tuple[str, ...]:
    """What a fault costs, as cells of its row."""
    message = f"“… {cell(fault.message)} …”" if fault.message else "nothing"
    return cell(fault.web), cell(fault.page), cell(fault.slide), message, str(fault.status)


def joined(names: list[str]) -> str:
    """The names of faults that cost the same, as the first cell of their row: what they begin with stands once."""
    first, *others = names
    words = first.split()
    shared = next((n for n in range(len(words) - 1, 0, -1) if all(name.split()[:n] == words[:n] for name in others)), 0)
    return "; ".join(
        [first, *(" ".join(name.split()[shared:]) if shared > 2 else name[:1].lower() + name[1:] for name in others)]
    )


def page() -> str:
    """The whole page: a row for faults that cost the same."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for fault in (*FAULTS, *SLIDE_FAULTS):
        alike.setdefault(costs(fault), []).append(cell(fault.name))
    rows = [f"| {' | '.join((joined(names), *cells))} |" for cells, names in alike.items()]
    head = "| fault | web page | printed page | slide | what is reported | status |\n|---|---|---|---|---|---|\n"
    return HEAD + head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
