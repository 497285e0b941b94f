"""``builder build``: outputs from the sources, a line for each."""

from __future__ import annotations

import sys
from pathlib import Path

from builder.build.request import Request
from builder.build.wording import counted
from builder.commands.outcome import CONFLICTS, FINE, SOURCE_HAS_ERRORS
from builder.commands.serve.handover import handed_over


def run_build(request: Request) -> int:
    """Build, here or in the server that is up in the same folder, and print a line for each output; returns the exit
    status.
    """
    found = handed_over(request)
    if found is None:
        from builder.build.session import run

        report = run(request)
        found = report.status, report.outputs
    status, outputs = found
    if not request.quiet:
        print()
    for output in outputs:
        print(output.line(Path.cwd()))
    if status:
        end = "all else was made" if outputs else "nothing was published"
        print(f"builder: there were errors, see above; {end}", file=sys.stderr)
        return SOURCE_HAS_ERRORS
    conflicts = sum(len(output.conflicts) for output in outputs)
    if conflicts:
        edits = counted(
            conflicts, "edit by hand and in the sources conflicts", "edits by hand and in the sources conflict"
        )
        print(f"builder: {edits}; the decks have comments there", file=sys.stderr)
    return CONFLICTS if conflicts else FINE
