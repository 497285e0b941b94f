"""What reaches the terminal, the browser and report.json: each message once a build, with its place as the author names
it.
"""

from __future__ import annotations

import io
import logging as python_logging
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from logging import LogRecord
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.console import color_terminal, coloron, nocolor
from sphinx.util.logging import (
    SafeEncodingWriter,
    WarningLogRecordTranslator,
    WarningStreamHandler,
    is_suppressed_warning,
)

from builder.errors import NOTEBOOKS, Source, location
from builder.source.config import place_of_option
from builder.source.faults import ESCAPES, OTHER, Fault
from builder.source.gathered import Gathered, tell_gathered
from builder.source.suggested_names import suggest
from builder.store.files import NO_MORE

logger = logging.getLogger(__name__)
SPHINX = "sphinx"
"""The logger that all of Sphinx's and ours report to."""
NOTEBOOK_LINE = re.compile(rf"(?P<path>.*(?:{'|'.join(map(re.escape, NOTEBOOKS))})):(?P<line>\d+)", re.DOTALL)
OF_OPTION = re.compile(
    r"^The config value [`'](?P<name>\w+)'|^(?P<at>html_\w+_path) entry |^(?P<image>logo|favicon) file |"
    r"^unsupported theme option "
)
"""A message on an option, for which Sphinx has no place."""


SAID_AGAIN = re.compile(r"^unknown (?:role|directive) name: ")
"""What Sphinx says without a place, and the parser again with it."""


class WarningCounter(WarningStreamHandler):
    """Counts warnings by type while a build runs, and notes each with its place.

    ``unwritten`` is the last warning of Sphinx's that the system would not write a file, '' when there was none: Sphinx
    goes on without what it could not write. It is of Sphinx's own kind of handler, so that warnings which Sphinx holds
    back while it reads come once.
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
        self.hushed: set[str] = set()
        """The places of warnings that these hold back."""

    def begin(self) -> None:
        """Forget what the last build in this process reported."""
        self.counts.clear()
        self.faults.clear()
        self.unwritten = ""
        self.hushed.clear()

    def listen(self, config: Config) -> None:
        """Count what a project that has these settings is warned of from here on."""
        self.suppressed = config.suppress_warnings
        python_logging.getLogger(SPHINX).addHandler(self)

    def emit(self, record: LogRecord) -> None:
        arguments = record.args if isinstance(record.args, tuple) else ()
        if any(isinstance(argument, OSError) and argument.errno in NO_MORE for argument in arguments):
            self.unwritten = record.getMessage()
        if getattr(record, "repeated", False):
            return
        kind, subtype = getattr(record, "type", "") or OTHER, getattr(record, "subtype", "")
        name = f"{kind}.{subtype}" if subtype else kind
        self.counts[name] += 1
        place = ESCAPES.sub("", str(getattr(record, "location", None) or "")).replace(f"{self.folder}{os.sep}", "")
        if is_suppressed_warning(kind, subtype or "", self.suppressed):
            self.hushed.add(place)
        else:
            severity = "error" if record.levelno >= python_logging.ERROR else "warning"
            message = ESCAPES.sub("", LogRecord.getMessage(record)).removesuffix(f" [{name}]")
            self.faults.append(Fault(severity, name, place, message))


class PlaceTranslator(WarningLogRecordTranslator):
    """Names the place of a warning as an author does: file and line, or cell and line of a notebook."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(app)
        self.app = app

    def filter(self, record: LogRecord) -> bool:
        """Sphinx's own translation of documents and nodes to files and lines, then notebooks."""
        given = getattr(record, "location", None)
        if (
            isinstance(given, tuple) and Path(str(given[0])).is_absolute()
        ):  # a path where Sphinx takes a document's name
            given = record.location = f"{given[0]}:{given[1] or 1}"
        record.msg = without_type(record)
        suggest(self.app, record)
        super().filter(record)  # type: ignore[arg-type]
        if not getattr(record, "location", None) and (found := OF_OPTION.search(LogRecord.getMessage(record))):
            name = (
                found["name"] or found["at"] or (f"html_{found['image']}" if found["image"] else "html_theme_options")
            )
            record.location = location(place_of_option(Path(self.app.confdir), name))
        # Sphinx takes a path without a colon for the name of a document, and adds the suffix of its sources.
        is_path = isinstance(given, str) and Path(given).is_absolute()
        place = str((given if is_path else getattr(record, "location", None)) or "").removesuffix(":")
        if match := NOTEBOOK_LINE.fullmatch(place):
            place = str(Source(match["path"], int(match["line"])))
        record.location = place or None
        return True


def without_type(record: LogRecord) -> Any:
    """The message of a record without the type that some extensions write behind it: Sphinx writes it there, too."""
    kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
    return str(record.msg).removesuffix(f" [{kind}.{subtype}]" if subtype else f" [{kind}]") if kind else record.msg


OF_THE_SAME = {
    "myst.xref_missing": re.compile(r"not found: '(?P<what>[^']+)'"),
    "misc.highlighting_failure": re.compile(r"name '(?P<what>[^']+)' is not known"),
    "myst.directive_comments": re.compile(r"(?P<what>#) comments"),
}
"""Type of a message that a slip brings about, too → what it is about."""


class Once(python_logging.Filter):
    """Lets each message of one place pass once a build, and of one slip what is said of it first; ``repeated`` on a
    record tells other handlers. A warning of a file that has passed in an earlier build of the same process, and stayed
    since, does not pass again.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self.app = app
        self.slips: dict[str, str] = {}
        """Place → what is said of the slips there."""
        self.seen: set[tuple[str | None, str, bool]] = set()
        self.passed: set[tuple[str, str]] = set()
        """Files with messages of earlier builds."""
        self.of_this_build: set[tuple[str, str]] = set()
        self.read: set[str] = set()
        """The files that this build reads."""

    def begin(self) -> None:
        """A build begins: messages of files that the last one read, and on which it had nothing to say, are gone."""
        kept = {one for one in self.passed if one[0] and one[0] not in self.read}
        self.passed = kept | self.of_this_build
        self.seen, self.of_this_build, self.read, self.slips = set(), set(), set(), {}

    def filter(self, record: LogRecord) -> bool:
        """False for a message that has passed."""
        place, message = record.location or "", LogRecord.getMessage(record)  # type: ignore[attr-defined]
        this = (place, message, record.levelno >= python_logging.ERROR)  # a warning may become an error
        is_of_others = SAID_AGAIN.match(message) is not None or self.is_of_slip(record, place, message)
        repeated = record.__dict__["repeated"] = this in self.seen or is_of_others
        self.seen.add(this)
        of_file = place.rpartition(":")[0], message
        self.of_this_build.add(of_file)
        return not repeated and not (of_file in self.passed and record.levelno < python_logging.ERROR)

    def is_of_slip(self, record: LogRecord, place: str, message: str) -> bool:
        """True for a message on what a slip that was told at the same place names; notes the slips."""
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if kind == "builder" and not is_suppressed_warning(kind, subtype, self.app.config.suppress_warnings):
            self.slips[place] = self.slips.get(place, "") + message
        found = OF_THE_SAME[name].search(message) if (name := f"{kind}.{subtype}") in OF_THE_SAME else None
        return found is not None and found["what"] in self.slips.get(place, "")


def colour_terminals_only() -> None:
    """Colour messages where both streams are terminals, unless ``NO_COLOR`` or ``FORCE_COLOR`` says otherwise
    (https://no-color.org, https://force-color.org).
    """
    shown = sys.stdout.isatty() and sys.stderr.isatty() and color_terminal()
    if os.environ.get("FORCE_COLOR") and not os.environ.get("NO_COLOR"):
        coloron()
    elif os.environ.get("NO_COLOR") or not shown:
        nocolor()


def handlers() -> list[WarningStreamHandler]:
    """Sphinx's handlers that write warnings."""
    return [item for item in python_logging.getLogger(SPHINX).handlers if type(item) is WarningStreamHandler]


def pass_each_once(app: Sphinx) -> Once:
    """Put ours in place of Sphinx's own translator of places, and before all else that sees warnings; returns what has
    passed.
    """
    once = Once(app)
    for handler in handlers():
        others = [item for item in handler.filters if not isinstance(item, WarningLogRecordTranslator)]
        handler.filters[:] = [PlaceTranslator(app), once, *others, Gathered(handler)]
    return once


@contextmanager
def without_debug_messages() -> Iterator[None]:
    """While the block runs, no messages of the level of debugging are composed: nobody sees them, and Sphinx composes
    700 of them whenever an application is set up, which took a tenth of the time of a small build.
    """
    before = python_logging.root.manager.disable
    python_logging.disable(max(before, python_logging.DEBUG))
    try:
        yield
    finally:
        python_logging.disable(before)


@contextmanager
def without_notes_to_developers() -> Iterator[None]:
    """While the block runs, nothing is said of what extensions call that a later Sphinx has no more: authors cannot
    change it. Python's own ``PYTHONWARNINGS`` asks for it.
    """
    with warnings.catch_warnings():
        if not os.environ.get("PYTHONWARNINGS"):
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.simplefilter("ignore", PendingDeprecationWarning)
        yield


class LongSettings(python_logging.Filter):
    """Holds back the line of all of MyST's settings, a thousand letters at each build."""

    def filter(self, record: LogRecord) -> bool:
        """Return false for that line."""
        return not (record.levelno == python_logging.INFO and "myst v" in str(record.msg))


@contextmanager
def without_long_settings() -> Iterator[None]:
    """While the block runs, MyST-Parser does not list its settings."""
    logger = python_logging.getLogger("sphinx.myst_parser.sphinx_ext.main")
    held_back = LongSettings()
    logger.addFilter(held_back)
    try:
        yield
    finally:
        logger.removeFilter(held_back)


def log_nothing() -> None:
    """Write no warnings from here on, in a process whose parent reports what it found."""
    for handler in handlers():
        handler.setStream(SafeEncodingWriter(io.StringIO()))


def log_faults(faults: Sequence[Fault], folder: Path) -> None:
    """Report what another process found, with places below ``folder``."""
    for fault in faults:
        kind, _, subtype = fault.kind.partition(".")
        level = python_logging.ERROR if fault.severity == "error" else python_logging.WARNING
        place = str(folder / fault.place) if fault.place else None
        kind = "" if kind == OTHER else kind
        logger.log(level, "%s", fault.message, location=place, type=kind, subtype=subtype)
    tell_gathered()
