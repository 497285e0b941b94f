"""The Sphinx application of a project: with our extension, and with a builder that writes the web book or only
reads.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from builder.source import gathered, readings
from builder.source.broken_settings import check_setup
from builder.source.decoding import tolerate_bibliographies
from builder.source.defaults import fill_in
from builder.source.internals import assets_of
from builder.source.languages import TellsItsLanguage
from builder.source.made_from import values_given
from builder.source.messages import Once, WarningCounter, pass_each_once
from builder.source.mistyped_options import take_as_meant
from builder.source.not_installed import DoesWithout
from builder.source.reading_apart import ReadsApart, may_be_read_apart
from builder.source.stumbling import KeepsOn
from builder.source.unreadable import ReadsTheRest
from builder.web import page_templates
from builder.web.builder import set_up, web_builder


class ReadingBuilder(ReadsApart, ReadsTheRest, StandaloneHTMLBuilder):  # type: ignore[misc]
    """Reads as the web book's builder does, and writes nothing.

    Some extensions make other doctrees for other builders, and doctrees stay for the next build, so all are read as for
    the web.
    """

    epilog = ""

    def get_outdated_docs(self) -> Iterator[str]:
        """Begin to read, under the name of the web book's builder; returns what that would write."""
        self.name, self.format = "html", "html"  # type: ignore[misc]
        return super().get_outdated_docs()

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing is written."""

    def copy_assets(self) -> None:
        """Nothing is written."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Nothing is written."""

    def finish(self) -> None:
        """Reading is over: what extensions do to pages when a build ends must not look for any."""
        self.name, self.format = "reading", "reading"  # type: ignore[misc]
        # Themes such as furo write a style sheet there when a build ends, whichever its builder is.
        (Path(self.outdir) / "_static").mkdir(parents=True, exist_ok=True)


class Project(DoesWithout, KeepsOn, TellsItsLanguage, Sphinx):
    """A Sphinx application that has our extension without the project naming it, and reads only; ``given`` is a digest
    of what its ``conf.py`` gave, before extensions filled it in. ``counter`` counts warnings from the first
    extension on.
    """

    given: str | None = None
    once: Once

    def __init__(self, *folders: Any, counter: WarningCounter | None = None, **options: Any) -> None:
        self.counter = counter
        super().__init__(*folders, **options)
        self.assets = [list(assets) for assets in assets_of(self)]
        """The scripts and style sheets of all pages, as extensions set them up."""

    def setup_extension(self, extname: str) -> None:
        """Set up an extension, after what is garbage is collected if it looks at each object of the process:
        sphinx_external_toc cannot look at a reference to what is gone, such as a connection of `builder serve`.
        """
        if self.given is None:
            self.given = values_given(self)
            self.once = pass_each_once(self)
            gathered.setup(self)
            if self.counter is not None:
                self.counter.listen(self.config)
            take_as_meant(self)
        if extname == "sphinx_external_toc":
            gc.collect()
        super().setup_extension(extname)

    def preload_builder(self, name: str) -> None:
        """Set up our extension; Sphinx calls this after the project's own ones are loaded."""
        take_as_meant(self)
        check_setup(self)
        fill_in(self)
        self.setup_extension("builder")
        readings.setup(self)
        page_templates.setup(self)
        super().preload_builder(name)

    def is_parallel_allowed(self, typ: str) -> bool:
        """Return whether documents may be read in several processes; pages are written in one."""
        return typ == "read" and may_be_read_apart(self)

    def create_builder(self, name: str) -> Builder:
        """A builder that reads only."""
        return ReadingBuilder(self, self.env)


class WebProject(Project):
    """A project of which a web book is built, beside the printed ``books`` and ``decks`` that its pages link to."""

    def __init__(self, *folders: Any, books: bool, decks: bool, **options: Any) -> None:
        self.books, self.decks = books, decks
        super().__init__(*folders, **options)

    def preload_builder(self, name: str) -> None:
        """Set up the web book as well."""
        super().preload_builder(name)
        set_up(self, books=self.books, decks=self.decks)

    def create_builder(self, name: str) -> Builder:
        """A builder that writes the web book."""
        builder: Builder = web_builder(self.registry.builders[name])(self, self.env)
        return builder


def set_up_again(app: Project) -> None:
    """Read what extensions read from files when they are set up, for the next build of a process that stays up:
    bibliographies; have chapters counted from the first again, and forget scripts and style sheets of single pages:
    an extension that adds them to the application has them on all pages of the next build.
    """
    count_again(app)
    for assets, as_set_up in zip(assets_of(app), app.assets, strict=True):
        assets[:] = as_set_up
    if "cite" in app.env.domains and "bibtex_bibfiles" in app.config:
        from sphinxcontrib.bibtex.bibfile import process_bibdata

        tolerate_bibliographies(app, app.config)
        files = [(Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles]
        domain: Any = app.env.get_domain("cite")
        domain.data["bibdata"] = process_bibdata(domain.bibdata, files, app.config.bibtex_encoding)


def count_again(app: Sphinx) -> None:
    """Have sphinx_external_toc count from nothing: it goes on where the build before ended, and the first of twenty
    chapters was the twenty-first.
    """
    for listener in app.events.listeners["env-get-updated"]:
        collector = getattr(listener.handler, "__self__", None)
        if type(collector).__name__ == "TocTreeCollectorWithStyles":
            counts = [name for name in vars(collector) if name.endswith("_count")]
            vars(collector).update(dict.fromkeys(counts, 0))
