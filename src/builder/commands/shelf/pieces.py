"""A shelf → the pieces of work that it means, each named by the digest of all that goes into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.commands.shelf.description import ShelfBook
from builder.commands.shelf.sources import Repository, SourceFolder, source_of
from builder.errors import AuthorError
from builder.store.keys import key_of
from builder.store.stamps import package_stamp, stamp

FORMAT = "1"
"""Changes when results are put together in another way."""


@dataclass(frozen=True, slots=True)
class EditionBuild:
    """A build: a book in an edition ('' is the whole book).

    ``template`` is the digest of the house's file, '' for none; ``made_with`` stands for the builder and its packages.
    """

    book: ShelfBook
    source: SourceFolder | Repository
    source_digest: str
    edition: str
    template: str
    made_with: str
    digest: str


@dataclass(frozen=True, slots=True)
class Order:
    """A book with its pieces; ``fault`` says why it has none."""

    book: ShelfBook
    pieces: tuple[EditionBuild, ...] = ()
    fault: str = ""

    @property
    def digests(self) -> list[str]:
        """The names of its pieces."""
        return [piece.digest for piece in self.pieces]


def order_of(book: ShelfBook) -> Order:
    """The order of a book; one without pieces where it has a fault, or its repository cannot be asked."""
    if book.fault:
        return Order(book, fault=book.fault)
    try:
        return Order(book, tuple(pieces_of(book)))
    except AuthorError as error:
        return Order(book, fault=str(error))


def pieces_of(book: ShelfBook) -> Iterator[EditionBuild]:
    """The pieces of a book.

    Raises:
        AuthorError: its repository cannot be asked.
    """
    source = source_of(book.path, book.revision)
    content = source.digest()
    template = stamp(Path(book.template)) if Path(book.template).is_absolute() else ""
    for edition in book.editions or ("",):
        name = key_of(
            FORMAT, content, book.folder, book.config, book.requirements, book.packages, book.checks,
            book.limits.network, template or book.template, edition, book.outputs, package_stamp(),
            os.environ.get("SOURCE_DATE_EPOCH", ""),
        )  # fmt: skip
        yield EditionBuild(book, source, content, edition, template, package_stamp(), name)
