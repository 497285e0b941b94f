"""What a build did: lines for people, and report.json for machines."""

from __future__ import annotations

import json
import logging as python_logging
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from sphinx.util.logging import SafeEncodingWriter, WarningStreamHandler, is_suppressed_warning

from builder import __version__
from builder.files import NO_MORE, seen_from

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
"""Colours of a terminal."""

OTHER = "other"
"""The kind of a warning that has no type."""

PACKAGES = ("sphinx", "myst-parser", "typst", "python-pptx", "docutils")


@dataclass(frozen=True, slots=True)
class Output:
    """One output. ``amount`` is what it has (``166 pages``); ``unchanged`` when it did not need building.

    Of a deck: ``conflicts`` are texts that were changed by hand and in the sources, ``deleted`` titles of slides that somebody deleted.
    """

    kind: str
    path: str
    amount: str
    seconds: float
    unchanged: bool = False
    actions: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    def line(self, base: Path) -> str:
        """``_build/pdf/book.pdf   166 pages   2.1 s``."""
        shown = seen_from(self.path, base)
        time = "unchanged" if self.unchanged else f"{self.seconds:.1f} s"
        return f"{shown:<44} {self.amount:<12} {time}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What was said of one fault: ``severity`` is ``warning`` or ``error``, ``kind`` its type as ``suppress_warnings`` names it.

    ``place`` is ``FILE:LINE`` from the folder of the settings, '' where none is known.
    """

    severity: str
    kind: str
    place: str
    message: str


@dataclass(slots=True)
class Prints:
    """What the printing process sends back."""

    outputs: list[Output] = field(default_factory=list)
    warnings: dict[str, int] = field(default_factory=dict)
    warning_count: int = 0
    unwritten: str = ""
    """Which output the system would not write; '' when it wrote all."""
    placing: dict[str, int] = field(default_factory=dict)
    """Warnings of what happened when outputs were put in their places: the next build does not repeat them, and ``-W`` withholds nothing."""
    faults: list[Fault] = field(default_factory=list)
    status: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


class WarningCounter(WarningStreamHandler):
    """Counts warnings by type while a build runs, and notes each with its place.

    ``unwritten`` is the last warning of Sphinx's that the system would not write a file, '' when there was none: Sphinx goes on
    without what it could not write. It is of Sphinx's own kind of handler, so that warnings which Sphinx holds back while it reads come once.
    """

    def __init__(self) -> None:
        super().__init__(SafeEncodingWriter(sys.stderr))
        self.setLevel(python_logging.WARNING)
        self.counts: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.folder = Path()
        """The folder that places are named from."""
        self.suppressed: Sequence[str] = ()
        """The project's ``suppress_warnings``."""
        self.unwritten = ""

    def begin(self) -> None:
        """Forget what the last build in this process reported."""
        self.counts.clear()
        self.faults.clear()
        self.unwritten = ""

    def emit(self, record: python_logging.LogRecord) -> None:
        arguments = record.args if isinstance(record.args, tuple) else ()
        if any(isinstance(argument, OSError) and argument.errno in NO_MORE for argument in arguments):
            self.unwritten = record.getMessage()
        if getattr(record, "repeated", False):
            return
        kind, subtype = getattr(record, "type", "") or OTHER, getattr(record, "subtype", "")
        name = f"{kind}.{subtype}" if subtype else kind
        self.counts[name] += 1
        if not is_suppressed_warning(kind, subtype or "", self.suppressed):
            severity = "error" if record.levelno >= python_logging.ERROR else "warning"
            place = ESCAPES.sub("", str(getattr(record, "location", None) or "")).replace(f"{self.folder}{os.sep}", "")
            message = ESCAPES.sub("", python_logging.LogRecord.getMessage(record)).removesuffix(f" [{name}]")
            self.faults.append(Fault(severity, name, place, message))


@dataclass(slots=True)
class Report:
    """Everything that report.json holds; without ``outputs`` nothing was published."""

    outputs: list[Output] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    status: int = 0
    inputs: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def content(self, folder: Path) -> bytes:
        """What report.json in ``folder`` says; its paths are relative to that."""
        content: dict[str, Any] = {
            "builder": __version__,
            "versions": {name: metadata.version(name) for name in PACKAGES},
            "status": self.status,
            "seconds": {key: round(value, 3) for key, value in self.seconds.items()},
            "outputs": [
                {
                    **asdict(output),
                    "path": seen_from(output.path, folder),
                    "seconds": round(output.seconds, 3),
                }
                for output in self.outputs
            ],
            "warnings": dict(sorted(self.warnings.items())),
            "faults": [asdict(fault) for fault in self.faults],
            "sha256": {"inputs": self.inputs, "outputs": self.hashes},
        }
        return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"
