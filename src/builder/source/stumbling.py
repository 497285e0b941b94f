"""Handlers of events and transforms, of extensions or of ``conf.py``, that stumble when all is read: each costs what it
would have done there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from inspect import unwrap
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from docutils.transforms import Transform
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import NoUri

from builder.errors import AuthorError, Source, described, report_error, source_of
from builder.source.unreadable import ends_build

OF_DOCUMENTS: dict[str, Callable[..., str]] = {
    "doctree-resolved": lambda _doctree, docname: docname,
    "html-page-context": lambda pagename, *_of_page: pagename,
    "missing-reference": lambda _env, node, _content: node.get("refdoc", ""),
}
"""Event of writing a document → the name of the document, from the arguments of its handlers."""
OF_BOOKS = (
    "config-inited",
    "builder-inited",
    "env-get-outdated",
    "env-updated",
    "html-collect-pages",
    "build-finished",
)
"""Events of a whole book, whose handlers give a list or nothing."""
OUR_OWN = ("builder", "docutils", "sphinx")
"""Packages whose transforms are no extensions."""


class Stumbles:
    """What stumbled in a build: each handler and transform is told once, with the first document."""

    def __init__(self) -> None:
        self.told: set[str] = set()
        self.documents: set[str] = set()
        self.of_set_up: list[AuthorError] = []
        """What stumbled before the first build began, which is told when each begins."""
        self.has_begun = False

    def begin(self, app: Sphinx, *_of_event: object) -> None:
        """A build begins, in which everything is told again."""
        self.told.clear()
        self.documents.clear()
        self.has_begun = True
        for error in self.of_set_up:
            report_error(app, error)

    def note(self, app: Sphinx, error: Exception, what: str, docname: str, node: nodes.Element | None = None) -> None:
        """Report what stumbled over a document, or over ``node`` in it.

        Raises:
            Exception: the error itself, where it says that an address is not there, that nothing may be built, or that
                the disk is full.
        """
        if isinstance(error, NoUri) or ends_build(error):
            raise error
        self.documents.add(docname)
        self.report(app, error, what, source_of(node) if node else source_of_page(app, docname))

    def note_in_book(self, app: Sphinx, error: Exception, what: str, code: Callable[..., Any]) -> None:
        """Report what stumbled over the book, whose code may stand in the project.

        Raises:
            Exception: the error itself, where it says that nothing may be built, or that the disk is full.
        """
        if ends_build(error):
            raise error
        self.report(app, error, what, source_of_code(app, code))

    def report(self, app: Sphinx, error: Exception, what: str, source: Source) -> None:
        """Report an error, once in a build for each handler and transform."""
        if what not in self.told:
            self.told.add(what)
            message = f"{what} ends with {described(error, 'a fault of what raises it')} All else is made without it."
            told = AuthorError(message, source)
            if self.has_begun:
                report_error(app, told)
            else:
                self.of_set_up.append(told)


def source_of_page(app: Sphinx, docname: str) -> Source:
    """The file of a document; nowhere for a page that is none."""
    return Source(str(app.env.doc2path(docname)) if docname in app.env.found_docs else "")


def source_of_code(app: Sphinx, code: Callable[..., Any]) -> Source:
    """Where a function of the project stands; nowhere for one of an installed extension."""
    compiled = getattr(unwrap(code), "__code__", None)
    if compiled is None or not Path(compiled.co_filename).is_relative_to(app.confdir):
        return Source("")
    return Source(compiled.co_filename, compiled.co_firstlineno)


class KeepsOn:
    """What makes an application go on where a handler or a transform stumbles; it stands before Sphinx's own class."""

    def __init__(self, *folders: Any, **options: Any) -> None:
        self.stumbles = Stumbles()
        super().__init__(*folders, **options)
        self.connect("env-before-read-docs", self.stumbles.begin)

    def connect(self, event: str, callback: Callable[..., Any], priority: int = 500) -> int:
        """Connect a handler, which may stumble over a document, or over the book if it is an extension's."""
        if event in OF_DOCUMENTS:
            callback = self.tolerated(event, callback)
        elif event in OF_BOOKS and package_of(callback) != "builder":
            callback = self.tolerated_in_book(event, callback)
        return super().connect(event, callback, priority)  # type: ignore[misc, no-any-return]

    def tolerated(self, event: str, callback: Callable[..., Any]) -> Callable[..., Any]:
        """Return a handler that answers nothing where ``callback`` stumbles."""
        what = named_handler(event, callback)

        @wraps(callback)
        def handle(app: Sphinx, *arguments: Any) -> Any:
            try:
                return callback(app, *arguments)
            except Exception as error:
                node = next((one for one in arguments if isinstance(one, addnodes.pending_xref)), None)
                self.stumbles.note(app, error, what, OF_DOCUMENTS[event](*arguments), node)
                return None

        return handle

    def tolerated_in_book(self, event: str, callback: Callable[..., Any]) -> Callable[..., Any]:
        """Return a handler that gives what ``callback`` gives until it stumbles."""
        what = named_handler(event, callback)

        def given(answer: Iterable[Any]) -> Iterator[Any]:
            try:
                yield from answer
            except Exception as error:
                self.stumbles.note_in_book(cast("Sphinx", self), error, what, callback)

        @wraps(callback)
        def handle(app: Sphinx, *arguments: Any) -> Iterator[Any]:
            try:
                return given(callback(app, *arguments) or ())
            except Exception as error:
                self.stumbles.note_in_book(app, error, what, callback)
                return iter(())

        return handle

    def add_post_transform(self, transform: type[Transform]) -> None:
        """Register a transform, which may stumble over a document if it is an extension's."""
        if package_of(transform) not in OUR_OWN:
            transform = self.tolerated_transform(transform)
        super().add_post_transform(transform)  # type: ignore[misc]

    def tolerated_transform(self, transform: type[Transform]) -> type[Transform]:
        """Return a transform that leaves a document where ``transform`` stumbles over it."""
        what, usual = f"the transform '{transform.__qualname__}'", cast("Any", transform)

        def apply(one: Any, **options: Any) -> None:
            try:
                usual.apply(one, **options)
            except Exception as error:
                self.stumbles.note(cast("Sphinx", self), error, what, one.document.settings.env.docname)

        named = {
            "__module__": transform.__module__,
            "__qualname__": transform.__qualname__,
            "__doc__": transform.__doc__,
        }
        return type(transform.__name__, (transform,), {**named, "apply": apply})


def named_handler(event: str, callback: Callable[..., Any]) -> str:
    """A handler, in words."""
    return f"the handler '{getattr(callback, '__qualname__', callback)}' of the event '{event}'"


def package_of(code: Any) -> str:
    """The package in whose modules a function or class stands; nothing for an object of neither kind."""
    return str(getattr(code, "__module__", None) or "").partition(".")[0]


def stumbled_over(app: Sphinx) -> set[str]:
    """The documents over which something has stumbled in this build, which the next one makes again."""
    return app.stumbles.documents if isinstance(app, KeepsOn) else set()
