"""Typst text → PDF and page map, through the compiler inside the ``typst`` wheel."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typst

from builder import fonts

UA: Final = "ua-1"
_FIRST_PROBLEM = re.compile(r"^(?P<file>[^\s:]+\.typ):(?P<line>\d+)", re.MULTILINE)


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
    """A compiled book: the PDF, its page map, and why it is not PDF/UA-1 ('' when it is)."""

    pdf: bytes
    page_map: PageMap
    not_accessible: str
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


def export(make: Callable[[], typst.Compiler]) -> tuple[bytes, str, tuple[str, ...]]:
    """PDF bytes as PDF/UA-1, or tagged only, with the reason, when the content does not allow it.

    Raises:
        typst.TypstError: the text does not compile at all.
    """
    fixed = timestamp() or datetime(1980, 1, 1, tzinfo=UTC)
    try:
        pdf, warnings = make().compile_with_warnings(pdf_standards=[UA], timestamp=int(fixed.timestamp()))
        reason = ""
    except typst.TypstError as error:
        reason = str(error)
        pdf, warnings = make().compile_with_warnings(timestamp=int(fixed.timestamp()))
    assert isinstance(pdf, bytes)
    return pdf, reason, tuple(str(warning) for warning in warnings)


def compile_book(main: Path) -> Compiled:
    """Compile ``main`` and ask it for its page map.

    Raises:
        typst.TypstError: the text does not compile.
    """
    compiler = make_compiler(main)
    pdf, reason, warnings = export(lambda: compiler)
    found = compiler.query("<page-map>", field="value", one=True)
    return Compiled(pdf, _page_map(found), reason, warnings)


def _page_map(found: object) -> PageMap:
    if isinstance(found, str):
        found = json.loads(found)
    assert isinstance(found, dict)
    return PageMap(dict(found["labels"]), int(found["pages"]))


def place_of(error: str) -> tuple[str, int]:
    """File and line in the Typst text that an error names; ('', 0) when none."""
    match = _FIRST_PROBLEM.search(error)
    return (match["file"], int(match["line"])) if match else ("", 0)
