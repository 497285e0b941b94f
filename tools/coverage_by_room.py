"""Prints how much of each room of the package the tests run, from coverage's JSON, and fails where it is too little.

python tools/coverage_by_room.py coverage.json [LEAST]
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

LEAST = 90.0
"""Percent of the statements of a room that the tests must run."""


def by_room(report: Path) -> dict[str, tuple[int, int]]:
    """Room → its statements that were run, and all of them."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        parts = Path(name).as_posix().partition("builder/")[2].split("/")
        run, every = found[parts[0]]
        found[parts[0]] = run + file["summary"]["covered_lines"], every + file["summary"]["num_statements"]
    return dict(sorted(found.items()))


def main(report: str, least: str = str(LEAST)) -> int:
    """Print a line for each room; returns 1 where one has less than the least."""
    too_little = 0
    for room, (run, every) in by_room(Path(report)).items():
        share = 100 * run / every if every else 100.0
        mark = "" if share >= float(least) else f"  below {float(least):.0f} %"
        print(f"{room:<12} {run:>6} of {every:>6}  {share:5.1f} %{mark}")
        too_little |= bool(mark)
    return too_little


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
