"""How a command ends: its exit status, and what goes wrong as a message."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from builder.commands.streams import is_unread

FINE, SOURCE_HAS_ERRORS, WRONG_CALL, CONFLICTS, INTERRUPTED, NOBODY_READS = 0, 1, 2, 3, 130, 141
"""Exit statuses; argparse itself ends a wrong call. The last two are those of a shell for Ctrl+C and for
``builder build | head -1``.
"""

MEANINGS = {
    FINE: "all is done; warnings may have been reported",
    SOURCE_HAS_ERRORS: "something that is marked or declared could not be made as it should be; the rest is published",
    WRONG_CALL: "the command was called wrongly; nothing is done",
    CONFLICTS: "all is written, and somebody should look at a deck: an edit by hand and the sources disagree",
    INTERRUPTED: "stopped by Ctrl+C; the files of the last good build stay",
    NOBODY_READS: "whoever read the output has stopped reading, as `head -1` does",
}
"""What each status says to the one who called."""


def guarded(debug: bool, command: Callable[[], int]) -> int:
    """Run a command, and turn what goes wrong into a message and a status; with ``debug`` it is raised."""
    from sphinx.errors import SphinxError

    from builder.errors import AuthorError

    try:
        status = command()
        return NOBODY_READS if is_unread() else status
    except (AuthorError, SphinxError) as error:
        if debug:
            raise
        thrown = getattr(error, "orig_exc", None)  # by a handler of one of Sphinx's events
        print(f"builder: {of_a_full_disk(thrown) or error}{module_meant(thrown)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("builder: stopped; the files of the last good build stay as they were", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if debug:
            raise
        if message := of_a_full_disk(error):
            print(f"builder: {message}", file=sys.stderr)
            return SOURCE_HAS_ERRORS
        whose = "This is a bug of the builder" if raised_here(error) else "It was raised by the project or an extension"
        print(f"builder: {type(error).__name__}: {error}\n{whose}; --debug shows where.", file=sys.stderr)
    return SOURCE_HAS_ERRORS


def of_a_full_disk(error: BaseException | None) -> str:
    """What to say of a disk that takes no more; '' for any other error."""
    from builder.store.files import NO_MORE, not_written

    if not isinstance(error, OSError) or error.errno not in NO_MORE:
        return ""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{not_written(error)}"


def module_meant(error: BaseException | None) -> str:
    """What to do about an extension of ``conf.py`` that is no module; '' for any other error."""
    from importlib.metadata import packages_distributions

    from builder.errors import asked

    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return ""
    question = asked(error.name.replace("-", "_"), packages_distributions())
    return f".{question or ' Install it, or take it out of the extensions in conf.py.'}"


def raised_here(error: BaseException) -> bool:
    """True if ``error`` comes out of the builder's own code."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and Path(__file__).parents[1] in Path(trace.tb_frame.f_code.co_filename).parents
