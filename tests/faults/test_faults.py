"""One fault costs one block: each row of `table.FAULTS` is built, and all else is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from faults.slides import SLIDE_FAULTS
from faults.table import FAULTS, HEAD, Fault

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tools"))
from conftest import Book, Result
from make_faults_page import TARGET, page

CONF = (
    'myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "html_image"]\n'
)

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed here")


def words_of_slides(result: Result) -> str:
    """The words of all slides of a deck in one line, and what describes their pictures."""
    xml = "".join(slide.part.blob.decode() for slide in result.deck().slides)
    alternatives = re.findall(r' descr="([^"]*)"', xml)
    return " ".join(unescape(" ".join([re.sub(r"<[^>]+>", " ", xml), *alternatives])).split())


def words_of_pages(result: Result) -> str:
    """The text of the printed book in one line."""
    done = subprocess.run(["pdftotext", "-layout", str(result.pdf), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


ROWS = [*FAULTS, *SLIDE_FAULTS]


@pytest.mark.parametrize("fault", [*ROWS[::2], *ROWS[1::2]], ids=lambda fault: fault.name)
def test_one_fault_costs_one_block(book: Book, fault: Fault) -> None:
    book.write("conf.py", (book.folder / "conf.py").read_text() + CONF + fault.conf)
    for name, content in fault.files.items():
        book.write(name, content)
    result = book.build(f"{HEAD}{fault.source}")
    errors = re.sub(r"\x1b\[[0-9;]*m", "", result.errors)
    assert result.status == fault.status, errors
    assert "Traceback" not in errors
    if fault.message:
        assert fault.message in errors
        assert f"{fault.place or f'chapter.md:{fault.line}'}: " in errors
    assert (book.folder / "_build/html/chapter.html").exists()
    assert "Sound point" in words_of_slides(result)
    assert fault.on_slide in words_of_slides(result)
    pages = words_of_pages(result)
    assert "A sound point here." in pages
    assert fault.on_page in pages
    assert Path(book.folder / "_build/slides/chapter.pdf").exists()


def test_the_page_of_faults_is_current() -> None:
    assert TARGET.read_text(encoding="utf-8") == page(), "run make pages"
