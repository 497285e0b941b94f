"""The request of a call: which outputs of which project, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder.store.published import WORK

TARGETS = ("html", "pdf", "pptx")


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. ``deck`` '' builds all decks; ``fresh_decks`` moves those that were changed by hand aside."""

    source: Path
    config: Path
    output: Path
    targets: tuple[str, ...] = TARGETS
    deck: str = ""
    warnings_are_errors: bool = False
    quiet: bool = False
    debug: bool = False
    fresh_decks: bool = False

    @property
    def work(self) -> Path:
        """The folder of intermediate files."""
        return self.output / WORK
