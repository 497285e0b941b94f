"""Templates of web pages, compiled once: Jinja compiles those of a theme anew in each process, which takes longer than
a small book.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment
from sphinx.application import Sphinx

from builder.errors import AuthorError
from builder.store.keys import key_of
from builder.store.records import signed_content, write_signed
from builder.typeset.fonts import cache_folder

MOST = 500
"""How many compiled templates are stored: some themes at several versions."""

_compiled: dict[str, CodeType] = {}
"""Key of each template that this process has compiled or loaded → its code."""


def setup(app: Sphinx) -> None:
    """Have the templates of an application compiled once."""
    app.connect("builder-inited", remember_templates)


def remember_templates(app: Sphinx) -> None:
    """Let the templates of a builder that has any be taken from what was compiled before, by this process
    or another.
    """
    environment = getattr(getattr(app.builder, "templates", None), "environment", None)
    if isinstance(environment, Environment):
        environment.compile = Compiling(environment)  # type: ignore[method-assign, assignment]


class Compiling:
    """What stands in the place of ``Environment.compile``."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.compile = environment.compile
        self.functions: dict[str, Any] = {}
        self.digest = ""

    def __call__(self, source: Any, name: str | None = None, filename: str | None = None, **more: Any) -> Any:
        """See `jinja2.Environment.compile`; a source that is no text, and code that is asked for raw, are compiled."""
        if more or not isinstance(source, str):
            return self.compile(source, name, filename, **more)
        key = key_of(versions(), self.premises(), name, filename, source)
        if key not in _compiled:
            _compiled[key] = stored_code(key) or store(key, self.compile(source, name, filename))
        return _compiled[key]

    def premises(self) -> str:
        """A digest of what Jinja looks at when it compiles: extensions, and filters and tests, which it calls on
        constants.
        """
        functions = {
            **self.environment.filters,
            **{f"is {name}": test for name, test in self.environment.tests.items()},
        }
        if functions != self.functions:
            self.functions = functions
            identities = {name: identity_of(function) for name, function in functions.items()}
            self.digest = key_of(sorted(self.environment.extensions), identities)
        return self.digest


def identity_of(function: Any) -> tuple[str, str, bytes]:
    """Module, name and code of a function, which tell it from another one in each process."""
    code = getattr(function, "__code__", None)
    name = getattr(function, "__qualname__", type(function).__qualname__)
    return getattr(function, "__module__", ""), name, marshal.dumps(code) if code is not None else b""


@lru_cache(maxsize=1)
def versions() -> str:
    """Return what compiled templates depend on beside their sources."""
    return f"{sys.version} {metadata.version('jinja2')}"


def stored_code(key: str) -> CodeType | None:
    """The code that another process stored; None where there is none, or something damaged."""
    content = signed_content(folder() / key, versions())
    return marshal.loads(content) if content else None


def store(key: str, code: CodeType) -> CodeType:
    """Store code for other processes, where that can be written; returns it."""
    path = folder() / key
    with suppress(AuthorError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_signed(path, marshal.dumps(code), versions())
        remove_oldest(path.parent)
    return code


def remove_oldest(folder: Path) -> None:
    """Remove half of the stored code when it has become too much, the oldest first."""
    found = list(folder.iterdir())
    if len(found) > MOST:
        files = [path for path in found if path.is_file()]
        for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)[: MOST // 2]:
            path.unlink(missing_ok=True)


def folder() -> Path:
    """The folder of compiled templates, for all books of a person."""
    return cache_folder() / "templates"
