"""Typst text → PDF and page map, through the compiler inside the ``typst`` wheel."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

import typst

from builder import fonts

UA: Final = "ua-1"


@dataclass(frozen=True, slots=True)
class PageMap:
    """Label (``docname:id``) → printed folio, as text (``xii``, ``31``), and the number of pages in all."""

    folios: Mapping[str, str]
    pages: int

    def folio(self, label: str) -> str:
        """The folio that ``label`` stands on, '' when it is not in the book."""
        return self.folios.get(label, "")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled book: the PDF, its page map, and the error that keeps it from the standards asked for, if any."""

    pdf: bytes
    page_map: PageMap
    hindered: typst.TypstError | None
    warnings: tuple[str, ...]

    @property
    def pages(self) -> int:
        """Number of sheets' sides, front matter included."""
        return self.page_map.pages


def timestamp() -> datetime | None:
    """The time to write into outputs: ``SOURCE_DATE_EPOCH``, else none at all."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else None


def make_compiler(main: Path, font_folders: list[str] | None = None) -> typst.Compiler:
    """A compiler that reads only the folder of ``main`` and the fonts that ship with us."""
    return typst.Compiler(
        str(main),
        root=str(main.parent),
        font_paths=font_folders or fonts.typst_font_folders(),
        ignore_system_fonts=True,
    )


def export(
    make: Callable[[], typst.Compiler], standards: Sequence[str] = (UA,)
) -> tuple[bytes, typst.TypstError | None, tuple[str, ...]]:
    """PDF bytes that satisfy ``standards``, or tagged only, with the error, when the content does not allow it; warnings.

    Raises:
        typst.TypstError: the text does not compile at all.
    """
    fixed = int((timestamp() or datetime(1980, 1, 1, tzinfo=UTC)).timestamp())
    hindered: typst.TypstError | None = None
    try:
        pdf, warnings = make().compile_with_warnings(pdf_standards=cast(Any, list(standards)), timestamp=fixed)
    except typst.TypstError as error:
        if not str(error).startswith("PDF/"):
            raise
        hindered = error
        pdf, warnings = make().compile_with_warnings(timestamp=fixed)
    assert isinstance(pdf, bytes)
    return pdf, hindered, tuple(str(getattr(warning, "diagnostic", warning)) for warning in warnings)


def compile_book(compiler: typst.Compiler, standards: Sequence[str]) -> Compiled:
    """Compile a book and ask it for its page map.

    Raises:
        typst.TypstError: the text does not compile.
    """
    pdf, hindered, warnings = export(lambda: compiler, standards)
    found = compiler.query("<page-map>", field="value", one=True)
    return Compiled(pdf, _page_map(found), hindered, warnings)


def _page_map(found: object) -> PageMap:
    if isinstance(found, str):
        found = json.loads(found)
    assert isinstance(found, dict)
    return PageMap(dict(found["labels"]), int(found["pages"]))
