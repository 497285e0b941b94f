"""Directives and roles that raise while a document is read: each costs itself, and its source stands in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst.directives.tables import RSTTable
from sphinx.util.docutils import sphinx_domains

from builder.errors import AuthorError, EndingError, Source, described

OF_PARSERS = ("docutils.", "myst_parser.mocking")
"""What the names of modules begin with whose exceptions tell a parser what to do."""


@contextmanager
def raising_costs_itself() -> Iterator[list[AuthorError]]:
    """While the block runs, directives and roles that raise leave their source; yields what there is to report."""
    problems: list[AuthorError] = []
    usual_directive, usual_role = sphinx_domains.directive, sphinx_domains.role

    def directive(self: sphinx_domains, name: str, *lookup: Any) -> Any:
        found, messages = usual_directive(self, name, *lookup)
        is_class = isinstance(found, type) and found.run is not RSTTable.run  # of which MyST asks whose run it has
        return (tolerated_directive(found, problems) if is_class else found), messages

    def role(self: sphinx_domains, name: str, *lookup: Any) -> Any:
        found, messages = usual_role(self, name, *lookup)
        return (tolerated_role(found, problems) if found is not None else None), messages

    dispatcher: Any = sphinx_domains
    dispatcher.directive, dispatcher.role = directive, role
    try:
        yield problems
    finally:
        dispatcher.directive, dispatcher.role = usual_directive, usual_role


def tolerated_directive(usual: Any, problems: list[AuthorError]) -> Any:
    """A directive that leaves its source where ``usual`` raises."""

    def run(self: Any) -> list[nodes.Node]:
        try:
            found: list[nodes.Node] = usual.run(self)
        except Exception as error:
            if is_passed_on(error):
                raise
            source = Source(self.state_machine.get_source_and_line(self.lineno)[0] or "", self.lineno)
            problems.append(problem(f"the directive '{self.name}'", error, source))
            return [nodes.literal_block(self.block_text, self.block_text, language="text")]
        return found

    return type(usual.__name__, (usual,), {"__module__": usual.__module__, "__doc__": usual.__doc__, "run": run})


def tolerated_role(usual: Any, problems: list[AuthorError]) -> Any:
    """A role that leaves its source where ``usual`` raises."""

    def run(name: str, rawtext: str, text: str, lineno: int, inliner: Any, *more: Any, **options: Any) -> Any:
        try:
            return usual(name, rawtext, text, lineno, inliner, *more, **options)
        except Exception as error:
            if is_passed_on(error):
                raise
            source = Source(inliner.reporter.get_source_and_line(lineno)[0] or "", lineno)
            problems.append(problem(f"the role '{name}'", error, source))
            return [nodes.literal(rawtext, rawtext)], []

    return run


def is_passed_on(error: Exception) -> bool:
    """True for an error that is a parser's own, or that costs more than the place where it was raised."""
    return isinstance(error, EndingError | RecursionError | OSError) or type(error).__module__.startswith(OF_PARSERS)


def problem(what: str, error: Exception, source: Source) -> AuthorError:
    """What to report of a directive or a role that raised an error."""
    if isinstance(error, AuthorError):
        return error
    why = described(error, "a fault of what reads it, or in what it reads")
    return AuthorError(f"{what} cannot be read, so its source stands in its place. {why}", source)
