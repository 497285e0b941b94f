"""Typst text → PDF and page map, through the compiler inside the ``typst`` wheel."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, Final

import typst

from builder.typeset import fonts
from builder.typeset.page_map import PageMap

UA: Final = "ua-1"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled book: the PDF, its page map, Typst's reason why it meets no standard, and Typst's warnings."""

    pdf: bytes
    page_map: PageMap
    hindered: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def pages(self) -> int:
        """Number of sheets' sides, front matter included."""
        return self.page_map.pages


def timestamp() -> datetime | None:
    """The time to write into outputs: ``SOURCE_DATE_EPOCH``, else none at all."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else None


def font_book(folders: Sequence[str] = ()) -> typst.Fonts:
    """The fonts in ``folders``, or those that ship with us, looked up once for all compilers."""
    return fonts_in(folders or fonts.typst_font_folders())


def fonts_in(folders: Sequence[str]) -> typst.Fonts:
    """The fonts in ``folders`` and those inside of Typst, looked up once for all compilers."""
    return _font_book(tuple(folders), fonts.font_stamps(folders))


@lru_cache(maxsize=4)
def _font_book(folders: tuple[str, ...], _stamps: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=list(folders))


def make_compiler(main: Path, faces: typst.Fonts) -> typst.Compiler:
    """A compiler that reads only the folder of ``main`` and the fonts that it is given."""
    return typst.Compiler(str(main), root=str(main.parent), font_paths=faces, ignore_system_fonts=True)


def root_of_drive() -> str:
    """The root of the drive that we work on: ``/``, or ``C:\\`` where files have drives."""
    return Path.cwd().anchor


def below_root(path: PurePath) -> str:
    """A file's whole path as Typst writes it below `root_of_drive`: from a slash, with slashes."""
    return "/" + path.relative_to(path.anchor).as_posix()


def export(
    make: Callable[[], typst.Compiler], standards: Sequence[str] = (UA,)
) -> tuple[bytes, typst.TypstError | None, tuple[str, ...]]:
    """PDF bytes that satisfy ``standards``, or tagged only, with the error, where the content forbids it; warnings.

    Raises:
        typst.TypstError: the text does not compile at all.
    """
    fixed = int((timestamp() or datetime(1980, 1, 1, tzinfo=UTC)).timestamp())
    hindered: typst.TypstError | None = None
    try:
        pdf, warnings = compiled(make(), pdf_standards=list(standards), timestamp=fixed)
    except typst.TypstError as error:
        if not str(error).startswith("PDF/"):
            raise
        hindered = error
        pdf, warnings = compiled(make(), timestamp=fixed)
    return pdf, hindered, tuple(str(getattr(warning, "diagnostic", warning)) for warning in warnings)


def compiled(compiler: typst.Compiler, **options: Any) -> tuple[bytes, list[Any]]:
    """A PDF and its warnings; a panic inside of Typst is an error like others.

    Raises:
        typst.TypstError: the text does not compile.
    """
    with panics_as_errors():
        pdf, warnings = compiler.compile_with_warnings(**options)
    assert isinstance(pdf, bytes)
    return pdf, list(warnings)


def queried(compiler: typst.Compiler, selector: str) -> str:
    """The value of the one element that a selector names, as JSON.

    Raises:
        RuntimeError: the text does not compile.
    """
    with panics_as_errors():
        return str(compiler.query(selector, field="value", one=True))


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raise a `typst.TypstError` for a panic inside of Typst, which Python has as no `Exception`."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise typst.TypstError(f"Typst itself failed: {error}", "") from None


def diagnostic(error: typst.TypstError) -> str:
    """The message of Typst for an error, with its hints and trace."""
    return str(getattr(error, "diagnostic", "") or error)
