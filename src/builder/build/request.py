"""The request of a call: which outputs of which project, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from builder.store.published import WORK

TARGETS = ("html", "pdf", "pptx")


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. ``deck`` '' builds all decks; ``fresh_decks`` moves those that were changed by hand aside;
    ``edition`` '' is the whole book; ``template`` is that of decks whose lecture names none, '' the project's own.
    """

    source: Path
    config: Path
    output: Path
    targets: tuple[str, ...] = TARGETS
    deck: str = ""
    warnings_are_errors: bool = False
    quiet: bool = False
    debug: bool = False
    fresh_decks: bool = False
    edition: str = ""
    template: str = ""

    @property
    def work(self) -> Path:
        """The folder of intermediate files."""
        return self.output / WORK

    def of_edition(self, name: str) -> Request:
        """The same for an edition, in a folder of its own below the output folder; '' is the whole book."""
        return replace(self, edition=name, output=self.output / name) if name else self
