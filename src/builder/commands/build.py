"""``builder build``: outputs from the sources, a line for each."""

from __future__ import annotations

import io
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from builder.build.report import Output
from builder.build.request import Request
from builder.build.wording import counted
from builder.commands.outcome import CONFLICTS, FINE, SOURCE_HAS_ERRORS
from builder.commands.serve.handover import handed_over
from builder.commands.streams import write_data
from builder.errors import first_names
from builder.store.files import seen_from
from builder.store.seal import warned_in


def run_build(request: Request) -> int:
    """Build, here or in the server that is up in the same folder, and print a line for each output; returns the exit
    status.
    """
    started = time.perf_counter()
    found = handed_over(request)
    status, outputs = found if found is not None else built(request)
    if not request.quiet:
        print()
    for output in outputs:
        print(output.line(Path.cwd()))
    if outputs and not request.quiet:
        print(summary(outputs, time.perf_counter() - started))
        if warned := sorted(warned_in(request.work)):
            print(where_warnings_stand(warned))
    if status:
        end = "all else was made" if outputs else "nothing was published"
        what = "warnings or errors" if request.warnings_are_errors else "errors"
        print(f"builder: there were {what}, see above; {end}", file=sys.stderr)
        return SOURCE_HAS_ERRORS
    conflicts = sum(len(output.conflicts) for output in outputs)
    if conflicts:
        edits = counted(
            conflicts, "edit by hand and in the sources conflicts", "edits by hand and in the sources conflict"
        )
        print(f"builder: {edits}; the decks have comments there", file=sys.stderr)
    return CONFLICTS if conflicts else FINE


def built(request: Request) -> tuple[int, list[Output]]:
    """Build here, unless there is nothing to do; return the exit status and the outputs."""
    from builder.build.up_to_date import outputs_again  # Sphinx, which takes long to load, and the server has

    outputs = outputs_again(request)
    if outputs is not None:
        return FINE, outputs
    from builder.build.session import run

    report = run(request)
    return report.status, report.outputs


def print_reports(requests: Sequence[Request]) -> int:
    """Build, and print the report of each build as JSON: an object for one, a list for several editions; returns the
    exit status.
    """
    status = FINE
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for request in requests:
            status = max(status, run_build(request))
    reports = [json.loads((request.output / "report.json").read_bytes()) for request in requests]
    write_data(json.dumps(reports[0] if len(reports) == 1 else reports, indent=2, ensure_ascii=False) + "\n")
    return status


def where_warnings_stand(docnames: Sequence[str]) -> str:
    """Return which documents were warned of when they were read last, some by name, and what says it again."""
    names = first_names(docnames, SHOWN)
    return f"warnings stand in {counted(len(docnames), 'document')} ({names}); builder check says all of them again"


SHOWN = 3
"""How many documents a line names."""
KINDS = {"html": ("web book", "web books"), "pdf": ("printed book", "printed books"), "pptx": ("deck", "decks")}
"""Kind of an output → what one and several are called."""


def summary(outputs: Sequence[Output], seconds: float) -> str:
    """Return what was made and how long it took, and what to look at first."""
    made = Counter(output.kind for output in outputs if not output.unchanged)
    parts = [counted(made[kind], *words) for kind, words in KINDS.items() if made[kind]]
    first = next((output for output in outputs if not output.unchanged), outputs[0])
    what = f"{', '.join(parts)} made" if parts else "nothing had changed"
    return f"\n{what} in {seconds:.1f} s; look first at {seen_from(first.path, Path.cwd())}"
