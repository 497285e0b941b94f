"""A ``conf.py`` that is no Python, that raises or that ends the program: what is wrong with it, with its line, in place
of a traceback.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from inspect import signature
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from builder.errors import AuthorError, Source, in_one_line
from builder.source.config import place_of_option
from builder.store.text import text_of

NAMED_ANEW = {
    "add_javascript": "add_js_file", "add_stylesheet": "add_css_file",
    "override_domain": "add_domain with override=True",
}  # fmt: skip
"""Methods that applications of Sphinx had, and what to write for them."""


@contextmanager
def settings_in_one_line(folder: Path) -> Iterator[None]:
    """Raise what Sphinx says of the ``conf.py`` in ``folder``, or what ends the program, as an error that has its line.

    Raises:
        AuthorError: ``conf.py`` cannot be run, or is not in UTF-8.
    """
    conf = folder / "conf.py"
    try:
        yield
    except ConfigError as error:
        cause = error.__cause__
        if isinstance(cause, SyntaxError):
            text_of(conf)  # which raises where another encoding is the reason
            place = Source(str(cause.filename or conf), cause.lineno or 0)
            raise AuthorError(f"this is not Python: {cause.msg}.", place) from error
        if isinstance(cause, Exception | SystemExit):
            raise raised_in(conf, cause) from error
        raise
    except (Exception, SystemExit) as error:  # by its setup()
        if isinstance(error, AuthorError):
            raise
        if isinstance(error, SystemExit) or places_in(conf, error):
            raise raised_in(conf, error) from error
        raise


def raised_in(conf: Path, error: Exception | SystemExit) -> AuthorError:
    """The report of what the settings raise, or a module of the project that they use."""
    places = places_in(conf, error)
    inner = f" in {places[-1]}" if places and places[-1].path != str(conf) else ""
    remedy = "install that module, or take the line out" if isinstance(error, ImportError) else "mend it"
    message = f"this line of the settings raises {in_one_line(error)}{inner}; {remedy}."
    if isinstance(error, SystemExit):
        what = "this line of the settings" if places else "a module that the settings or an extension use"
        message = f"{what} ends the program (exit){inner}, so nothing can be built; take that out."
    elif isinstance(error, AttributeError) and isinstance(error.obj, Sphinx):
        now = NAMED_ANEW.get(str(error.name))
        remedy = f"write {now} for it" if now else "take the line out, or write what its manual has for it"
        message = f"this line of the settings uses '{error.name}', which Sphinx does not have any more; {remedy}."
    lines = [place.line for place in places if place.path == str(conf)]
    return AuthorError(message, Source(str(conf), lines[-1] if lines else 0))


def places_in(conf: Path, error: BaseException) -> list[Source]:
    """The lines of ``conf.py`` and of modules beside and below it that were run when an error was raised, if it was run
    from ``conf.py``.
    """
    frames = [Source(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    own = [place for place in frames if is_own(conf.parent, Path(place.path))]
    return own if any(place.path == str(conf) for place in own) else []


def is_own(folder: Path, path: Path) -> bool:
    """True for a module of a project, and not one that was installed into its folder."""
    return path.is_relative_to(folder) and "site-packages" not in path.parts


def check_setup(app: Sphinx) -> None:
    """Look whether Sphinx can call the ``setup`` of the settings.

    Raises:
        AuthorError: it is no function, or takes another number of arguments.
    """
    setup: Any = app.config.setup
    if setup is None:
        return
    try:
        signature(setup).bind(app)
    except TypeError:
        message = (
            "Sphinx calls setup() of the settings with the application, and this cannot be called so; write "
            "'def setup(app):', or give it another name if it is not for Sphinx."
        )
        raise AuthorError(message, place_of_definition(Path(app.confdir), "setup")) from None
    except ValueError:  # a function whose arguments nobody knows
        return


def place_of_definition(confdir: Path, name: str) -> Source:
    """The line of a project's settings on which a function or value has its name."""
    place = place_of_option(confdir, name)
    with suppress(OSError, UnicodeDecodeError):
        text = Path(place.path).read_text(encoding="utf-8")
        defined = re.search(rf"^[ \t]*def {re.escape(name)}\b", text, re.MULTILINE)
        return Source(place.path, text.count("\n", 0, defined.start()) + 1) if defined else place
    return place
