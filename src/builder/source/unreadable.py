"""Documents that cannot be read, since a parser, a directive or a handler of an event stumbles over them: each costs
its own page, which says why, and nothing else.
"""

from __future__ import annotations

import json
import traceback
from pathlib import PurePath
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import get_filetype

from builder.errors import AuthorError, EndingError, Source, described, in_one_line, report_error
from builder.source.notebooks import LACKS, missing_kernel, not_run, notebook
from builder.source.raising import raising_costs_itself
from builder.store.files import NO_MORE


class ReadsTheRest:
    """What makes a builder read all other documents where one cannot be read; it stands before Sphinx's own class."""

    _app: Sphinx
    env: BuildEnvironment

    def read_doc(self, docname: str, **options: Any) -> None:
        """Read a document, or what stands for one that cannot be read; where that cannot be read either, the fault is
        not the document's.
        """
        try:
            super().read_doc(docname, **options)  # type: ignore[misc]
        except Exception as error:
            if ends_build(error):
                raise
            forget(self._app, docname)
            kernel = missing_kernel(thrown_by(error))
            if kernel and self.read_without_running(docname, options, kernel):
                return
            if self.read_without_raising(docname, options):
                return
            stand_in = StandIn(docname, error)
            listener = self._app.connect("source-read", stand_in.replace, priority=1000)
            try:
                super().read_doc(docname, **options)  # type: ignore[misc]
            except Exception:
                raise error from None
            finally:
                self._app.disconnect(listener)
            report_error(self._app, stand_in.problem(self.env))

    def read_without_raising(self, docname: str, options: dict[str, Any]) -> bool:
        """Read a document without the directives and roles that raise; false where it cannot be read so."""
        try:
            with raising_costs_itself() as problems:
                super().read_doc(docname, **options)  # type: ignore[misc]
        except Exception:
            forget(self._app, docname)
            return False
        self.env.reread_always.add(docname)
        for problem in problems:
            report_error(self._app, problem)
        return True

    def read_without_running(self, docname: str, options: dict[str, Any], kernel: str) -> bool:
        """Read a notebook without running its code, since ``kernel`` is missing; false where it cannot be read so."""
        try:
            with not_run(self.env, kernel):
                super().read_doc(docname, **options)  # type: ignore[misc]
        except Exception:
            forget(self._app, docname)
            return False
        self.env.metadata[docname][LACKS] = kernel
        return True


def ends_build(error: BaseException) -> bool:
    """True for an error that costs more than a document: nothing may be built, or the disk takes no more."""
    return isinstance(error, EndingError) or getattr(error, "errno", None) in NO_MORE


def thrown_by(error: Exception) -> Exception:
    """What was raised, if need be by a handler of one of Sphinx's events."""
    thrown: Exception = getattr(error, "orig_exc", None) or error
    return thrown


def forget(app: Sphinx, docname: str) -> None:
    """Forget what was read of a document until it could not be read any further."""
    app.env.ref_context.clear()
    app.emit("env-purge-doc", app.env, docname)
    app.env.clear_doc(docname)


class StandIn:
    """What stands for a document that cannot be read."""

    def __init__(self, docname: str, error: Exception) -> None:
        self.docname = docname
        self.error = error
        self.thrown = thrown_by(error)

    def replace(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Put the reason in place of the document, which is read again by the next build."""
        app.env.note_reread()
        content[0] = page(PurePath(app.env.doc2path(docname)), in_one_line(self.thrown), app)

    def problem(self, env: BuildEnvironment) -> AuthorError:
        """What to report."""
        if isinstance(self.error, AuthorError):
            return self.error
        why = described(self.thrown, "a fault of what reads it")
        message = f"this document cannot be read, which its page says instead. {why}"
        return AuthorError(message, Source(str(env.doc2path(self.docname)), line_of(self.error)))


def page(path: PurePath, reason: str, app: Sphinx) -> str:
    """A document of the kind of ``path`` with its name for a title and a block that holds the reason."""
    if path.suffix != ".ipynb" and get_filetype(app.config.source_suffix, path) == "restructuredtext":
        return f"{path.stem}\n{'=' * len(path.stem.encode())}\n\n::\n\n   {reason}\n"
    text = f"# {path.stem}\n\n~~~~text\n{reason}\n~~~~\n"
    return json.dumps(notebook(text)) if path.suffix == ".ipynb" else text


def line_of(error: Exception) -> int:
    """The line of the outermost directive in which an exception was raised, 0 where there was none."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    run = [frame.f_locals.get("self") for frame in frames if frame.f_code.co_name == "run"]
    lines = [getattr(directive, "lineno", None) for directive in run]
    return next((line for line in lines if isinstance(line, int)), 0)
