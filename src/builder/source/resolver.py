"""The builder by which Sphinx resolves documents for print and slides while the web book's builder is the application's
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.gathered import tell_gathered
from builder.source.internals import change_tags, use_builder
from builder.source.outlines import remembered_outlines
from builder.source.remembered import remembered_objects, remembered_plugins
from builder.source.resolved import ResolvedBuilder

PRINT_TAGS = (
    "typst", "format_typst", "typstpdf", "builder_typstpdf", "pptx", "format_pptx", "builder_pptx", "latex",
)  # fmt: skip
"""Tags that are true for print and slides; ``latex`` is, since what a project has set aside for its PDF is meant for
this one.
"""


class Resolver(ResolvedBuilder):
    """Resolves documents, and writes nothing; ``folder`` is its output folder, for extensions that ask for one."""

    name = "typstpdf"
    format = "typst"

    def __init__(self, app: Sphinx, env: BuildEnvironment, folder: Path) -> None:
        super().__init__(app, env)
        self.outdir = folder


def make_resolver(app: Sphinx, folder: Path) -> Resolver:
    """A resolver on the environment of ``app``; the tags stay those of the application's own builder, see
    `resolving_with`.
    """
    known = set(app.tags)
    resolver = Resolver(app, app.env, folder)
    resolver.init()
    change_tags(app, set(app.tags) - known, ())
    return resolver


@contextmanager
def resolving_with(app: Sphinx, resolver: Resolver) -> Iterator[None]:
    """While the block runs, ``only`` directives and transforms see ``resolver`` in the place of the web builder."""
    web, known = app.builder, set(app.tags)
    use_builder(app, resolver)
    change_tags(app, known & {"html", "format_html", "builder_html"}, PRINT_TAGS)
    try:
        yield
    finally:
        use_builder(app, web)
        change_tags(app, set(PRINT_TAGS) - known, known)
        tell_gathered()


@contextmanager
def remembered_lookups(env: BuildEnvironment) -> Iterator[None]:
    """While the block runs, what Sphinx and its extensions look up again for each reference is looked up once."""
    with ExitStack() as stack:
        stack.enter_context(remembered_plugins())
        stack.enter_context(remembered_objects(env))
        stack.enter_context(remembered_outlines())
        yield
