"""A ``conf.py`` that is no Python, or that raises: what is wrong with it, with its line, in place of a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from builder.errors import AuthorError, Source, in_one_line
from builder.store.text import text_of

NAMED_ANEW = {
    "add_javascript": "add_js_file", "add_stylesheet": "add_css_file",
    "override_domain": "add_domain with override=True",
}  # fmt: skip
"""Methods that applications of Sphinx had, and what to write for them."""


@contextmanager
def settings_in_one_line(folder: Path) -> Iterator[None]:
    """Raise what Sphinx says of the ``conf.py`` in ``folder`` as an error that has its line.

    Raises:
        AuthorError: ``conf.py`` cannot be run, or is not in UTF-8.
    """
    try:
        yield
    except ConfigError as error:
        cause = error.__cause__
        conf = folder / "conf.py"
        if isinstance(cause, SyntaxError):
            text_of(conf)  # which raises where another encoding is the reason
            place = Source(str(cause.filename or conf), cause.lineno or 0)
            raise AuthorError(f"this is not Python: {cause.msg}.", place) from error
        if not isinstance(cause, Exception):
            raise
        raise raised_in(conf, cause) from error
    except Exception as error:
        conf = folder / "conf.py"
        if isinstance(error, AuthorError) or not line_in(conf, error):
            raise
        raise raised_in(conf, error) from error  # by its setup()


def raised_in(conf: Path, error: Exception) -> AuthorError:
    """The report of what the settings raise."""
    remedy = "install that module, or take the line out" if isinstance(error, ImportError) else "mend it"
    message = f"this line of the settings raises {in_one_line(error)}; {remedy}."
    if isinstance(error, AttributeError) and isinstance(error.obj, Sphinx):
        now = NAMED_ANEW.get(str(error.name))
        remedy = f"write {now} for it" if now else "take the line out, or write what its manual has for it"
        message = f"this line of the settings uses '{error.name}', which Sphinx does not have any more; {remedy}."
    return AuthorError(message, Source(str(conf), line_in(conf, error)))


def line_in(conf: Path, error: Exception) -> int:
    """The line of a file that was run when an error was raised, 0 where it was in none."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == conf]
    return (lines[-1] or 0) if lines else 0
