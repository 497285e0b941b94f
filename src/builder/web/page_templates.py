"""Templates of web pages, compiled once: Jinja compiles those of a theme anew in each process, which takes longer than
a small book.
"""

from __future__ import annotations

import hashlib
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
from builder.store.files import write_whole
from builder.store.records import remove_folder, signature, signed_content
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
        parts = (versions(), self.premises(), name or "", filename or "", source)
        key = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
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
            parts = [
                *sorted(self.environment.extensions),
                *(f"{name} {code_of(functions[name])}" for name in sorted(functions)),
            ]
            self.digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return self.digest


def code_of(function: Any) -> str:
    """What tells a function from another one, in each process."""
    code = getattr(function, "__code__", None)
    name = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', type(function).__qualname__)}"
    return f"{name} {hashlib.sha256(marshal.dumps(code)).hexdigest() if code is not None else ''}"


@lru_cache(maxsize=1)
def versions() -> str:
    """What compiled templates depend on beside their sources."""
    return f"{sys.version} {metadata.version('jinja2')}"


def stored_code(key: str) -> CodeType | None:
    """The code that another process stored; None where there is none, or something damaged."""
    content = signed_content(folder() / key, versions())
    return marshal.loads(content) if content else None


def store(key: str, code: CodeType) -> CodeType:
    """Store code for other processes, where that can be written; returns it."""
    content = marshal.dumps(code)
    path = folder() / key
    with suppress(AuthorError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_folder(path)
        write_whole(path, signature(content, versions()) + content)
        remove_oldest(path.parent)
    return code


def remove_oldest(folder: Path) -> None:
    """Remove half of the stored code when it has become too much, the oldest first."""
    found = [path for path in folder.iterdir() if path.is_file()]
    if len(found) > MOST:
        for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)[: MOST // 2]:
            path.unlink(missing_ok=True)


def folder() -> Path:
    """The folder of compiled templates, for all books of a person."""
    return cache_folder() / "templates"
