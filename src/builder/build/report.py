"""What a build did: lines for people, and report.json for machines."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from builder import __version__
from builder.source.faults import Fault
from builder.store.files import seen_from

PACKAGES = ("sphinx", "myst-parser", "typst", "python-pptx", "docutils")


@dataclass(frozen=True, slots=True)
class Output:
    """One output. ``amount`` is what it has (``166 pages``); ``unchanged`` when it did not need building.

    Of a deck: ``conflicts`` are texts that were changed by hand and in the sources, ``deleted`` titles of slides that
    somebody deleted.
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


@dataclass(slots=True)
class Prints:
    """What the printing process sends back."""

    outputs: list[Output] = field(default_factory=list)
    warnings: dict[str, int] = field(default_factory=dict)
    warning_count: int = 0
    unwritten: str = ""
    """Which output the system would not write; '' when it wrote all."""
    placing: dict[str, int] = field(default_factory=dict)
    """Warnings of what happened when outputs were put in their places: the next build does not repeat them, and ``-W``
    withholds nothing.
    """
    faults: list[Fault] = field(default_factory=list)
    status: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


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
        """Return what report.json in ``folder`` says; its paths are relative to that."""
        content: dict[str, Any] = {
            "builder": __version__,
            "versions": versions(),
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
        return text_of(content)


def text_of(content: dict[str, Any]) -> bytes:
    """The text of report.json."""
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"


def unchanged_content(content: bytes, seconds: float) -> bytes:
    """Return what report.json says when nothing that it reported has changed, which took so many ``seconds`` to
    know.
    """
    report = json.loads(content)
    report["seconds"] = {"all": round(seconds, 3)}
    for output in report["outputs"]:
        output |= {"seconds": 0.0, "unchanged": True, "conflicts": [], "deleted": []}
    return text_of(report)


def outputs_in(content: bytes, folder: Path) -> list[Output]:
    """The outputs that report.json in ``folder`` names."""
    found = []
    for output in json.loads(content)["outputs"]:
        lists: dict[str, Any] = {name: tuple(value) for name, value in output.items() if isinstance(value, list)}
        found.append(Output(**{**output, **lists, "path": str(folder / output["path"])}))
    return found


@cache
def versions() -> dict[str, str]:
    """The versions of the packages that most depends on, as they were when this process first asked."""
    return {name: metadata.version(name) for name in PACKAGES}
