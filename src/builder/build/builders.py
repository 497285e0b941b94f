"""The Sphinx builders ``typstpdf`` and ``pptx``, for ``sphinx-build -b``: the flow, with outputs in a folder of their
own. The flow is imported when it runs, since every build registers them.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from docutils import nodes
from sphinx.locale import __

from builder.build.ledger import Ledger
from builder.build.places import placed
from builder.source.resolved import ResolvedBuilder
from builder.store.published import Published


class WholeBuilder(ResolvedBuilder):
    """A builder that makes all of its outputs at once; a subclass does so in `write_documents`."""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not used: outputs are written whole."""

    def finish(self) -> None:
        """Everything is written by `write_documents`."""

    @property
    def published(self) -> Published:
        """The manifest of the outputs, beside the doctrees."""
        return Published(Path(self.doctreedir) / f"published-{self.name}.json", Path(self.outdir))


class TypstBuilder(WholeBuilder):
    """Writes ``NAME.pdf`` for each book, and its Typst text below ``typst/``."""

    name = "typstpdf"
    format = "typst"
    epilog = __("The printed book is in %(outdir)s.")

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the PDFs; the last good one of a book that cannot be made stays."""
        from builder.build.books import BookFolders
        from builder.build.flow import Memory, make, plan
        from builder.build.project import read_project
        from builder.build.publishing import publishable

        outdir = Path(self.outdir)
        memory = Memory(BookFolders(outdir))
        planned = plan(read_project(self, with_lectures=False), (), memory)
        made = make(planned, Ledger(Path(self.doctreedir) / "decks.json", outdir), memory)
        pdfs = {outdir / f"{name}.pdf": content for name, content in publishable(made.books).items()}
        with placed(self.published, pdfs):
            pass


class PptxBuilder(WholeBuilder):
    """Writes ``DECK.pptx`` and ``DECK.pdf`` for each lecture."""

    name = "pptx"
    format = "pptx"
    epilog = __("The decks are in %(outdir)s.")

    def write_documents(self, docnames: Set[str]) -> None:
        """Make every deck that is declared, with the pages of the books, and put all in their places."""
        from builder.build.books import BookFolders
        from builder.build.flow import Memory, make, plan
        from builder.build.project import read_project
        from builder.build.publishing import put_decks

        published, doctreedir = self.published, Path(self.doctreedir)
        memory = Memory(BookFolders(doctreedir / "typstpdf"))
        project = read_project(self, with_lectures=True)
        planned = plan(project, project.lectures, memory, wants_pdf=False)
        ledger = Ledger(doctreedir / "decks.json", Path(self.outdir), frozenset(published.damaged()))
        put_decks(project, ledger, make(planned, ledger, memory).decks, published)
