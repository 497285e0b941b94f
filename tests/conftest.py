"""Small books in, outputs out: what the tests share."""

from __future__ import annotations

import contextlib
import functools
import io
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import browser
import pytest
import sphinx.builders.html
import sphinx.theming
import sphinx.util.docutils
from docutils.frontend import Values
from filelock import FileLock
from pptx import Presentation
from sphinx.util.docutils import _get_settings

from builder.commands.cli import main

CONF = """
project = "A small book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser"]
html_theme = "alabaster"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
numfig = True
numfig_format = {"figure": "Figure %s", "table": "Table %s"}
builder_deck = {"template": "plain"}
"""
"""Options of a small project. Its decks are in Arial, so that the sizes that tests know are those of one template; the
theme of its pages is one with few files to copy.
"""
INDEX = "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n"
NEW = {"conf.py": CONF, "index.md": INDEX}
"""The files of a new book."""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000004000000020802000000f0caea340000001249444154789c63acd252658001"
    "2606240000137b00cd4fd28fb40000000049454e44ae426082"
)
"""A picture of 4 × 2 pixels."""
PROSE = "word " * 400 + "\n\n"
"""A paragraph that makes a chapter a text, of which automatic slides do not show paragraphs."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#7a2a25"/></svg>'


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave most cases of a matrix to `make test-slow` where each case builds or merges: two of them, or a twelfth,
    spread over the matrix, are tried by `make test`.
    """
    matrices: dict[tuple[object, str], list[pytest.Function]] = {}
    for item in items:
        is_case = isinstance(item, pytest.Function) and hasattr(item, "callspec")
        if is_case and COSTLY.intersection(item.fixturenames) and not item.get_closest_marker("slow"):
            matrices.setdefault((item.module, item.originalname), []).append(item)
    for cases in matrices.values():
        count = max(2, len(cases) // 12)
        tried = {round(number * (len(cases) - 1) / (count - 1)) for number in range(count)}
        for number, case in enumerate(cases):
            if number not in tried:
                case.add_marker(pytest.mark.slow)


COSTLY = {"book", "course", "decks", "here"}
"""Fixtures of tests that take tenths of a second in each case."""


SOAKING = os.environ.get("EXAMPLES") == "all"
"""Whether random tests search on, as `make soak` has them; else long ones try the same few examples each time."""


def examples(count: int) -> int:
    """How many random examples a test tries: a quarter of ``count``, all with EXAMPLES=all, as `make soak` has it."""
    return count if SOAKING else max(count // 4, 1)


class Unsynced(sqlite3.Connection):
    """A database that does not wait for the disk."""

    def __init__(self, *place: Any, **options: Any) -> None:
        super().__init__(*place, **options)
        self.execute("PRAGMA synchronous = OFF")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests wait for programs and for the disk."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    # No outputs of tests have to outlive a power cut, and each build waits for the disk.
    os.fsync = lambda _file: None
    sqlite3.connect = functools.partial(sqlite3.connect, factory=Unsynced)
    # Packages stay as they are, and each build looks for themes in all of them.
    sphinx.theming.entry_points = functools.cache(sphinx.theming.entry_points)
    # So do the settings of parsers and writers, which each build asks for five times.
    sphinx.util.docutils._get_settings = sphinx.builders.html._get_settings = settings
    # Sphinx says six hundred things in each build that nobody asks for.
    logging.disable(logging.DEBUG)


def settings(*components: Any, defaults: dict[str, Any], read_config_files: bool = False) -> Values:
    """Settings as Sphinx has them, found once for parsers, writers and defaults that are alike."""
    key = components, repr(sorted(defaults.items())), read_config_files
    if key not in SETTINGS:
        SETTINGS[key] = _get_settings(*components, defaults=defaults, read_config_files=read_config_files)
    return Values({name: value for name, value in vars(SETTINGS[key]).items() if name != "record_dependencies"})


SETTINGS: dict[object, Values] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew, to be reviewed as a diff")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with a golden file, or write it with --regenerate."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--regenerate"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@dataclass
class Result:
    """What a call of the command did."""

    status: int
    errors: str
    out: str
    folder: Path

    def deck(self, name: str = "chapter") -> Presentation:
        return Presentation(io.BytesIO((self.folder / "_build" / "slides" / f"{name}.pptx").read_bytes()))

    def pptx(self, name: str = "chapter") -> bytes:
        return (self.folder / "_build" / "slides" / f"{name}.pptx").read_bytes()

    def typst(self, name: str = "chapter") -> str:
        return next((self.folder / "_build/.work/typstpdf/typst").glob(f"*/doc-{name}.typ")).read_text(encoding="utf-8")

    @property
    def pdf(self) -> Path:
        return next((self.folder / "_build" / "pdf").glob("*.pdf"))


class Book:
    """A book in a temporary folder; `build` runs the command on it."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture
        self.first_folder = folder
        for name, content in NEW.items():
            self.write(name, content)

    def is_new(self) -> bool:
        """True as long as nothing but the first files is in the book."""
        there = {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}
        first = {name: content.encode() for name, content in NEW.items()}
        return there == first and len(list(self.folder.iterdir())) == len(NEW)

    def begin(self, name: str, fill: Callable[[], None]) -> None:
        """Move to a place that the tests of a process share, and put back what ``fill`` wrote and built there when it
        was called for the first of them.
        """
        shared = self.first_folder.parent.parent / name
        filled, here = shared / "filled", shared / "here"
        shutil.rmtree(here, ignore_errors=True)
        self.folder = here / self.first_folder.name
        if filled.is_dir():
            shutil.copytree(filled, self.folder)
        else:
            self.folder.mkdir(parents=True)
            fill()
            shutil.copytree(self.folder, filled)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def call(self, *arguments: str) -> Result:
        """Run the command in the book's folder."""
        self.capture.readouterr()
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            status = main(arguments)
        finally:
            os.chdir(before)
        captured = self.capture.readouterr()
        return Result(status, captured.err, captured.out, self.folder)

    def build(self, chapter: str | None = None, *options: str) -> Result:
        if chapter is not None:
            self.write("chapter.md", chapter)
        return self.call("build", "-q", *options)


def built_once(folder: Path, files: dict[str, str | bytes], *options: str) -> Result:
    """Build a small project for all tests of a module, which look at what was made and change nothing."""
    for name, content in {**NEW, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with contextlib.chdir(folder):
        status = main(["build", "-q", *options])
    assert status == 0
    return Result(status, "", "", folder)


@pytest.fixture
def book(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Book:
    folder = tmp_path / "a book"
    folder.mkdir()
    return Book(folder, capfd)


@pytest.fixture
def whole(book: Book) -> Book:
    """A book in which everything depends on something else."""
    from whole_book import FILES

    for name, content in FILES.items():
        book.write(name, content)
    return book


Once = Callable[[str, Callable[[Path], None]], Path]
"""Name of a folder, and what fills it → the folder, filled by the first of the processes that ask for it."""


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """What takes long is made once for all processes that run tests."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        place, done = shared / "once" / name, shared / "once" / f"{name}.done"
        place.parent.mkdir(exist_ok=True)
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
                fill(place)
                done.touch()
        return place

    return folder


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    if not browser.PROGRAM:
        pytest.skip("no Chromium is installed here")
    found = browser.Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


def titles(deck: Presentation) -> list[str]:
    return [slide.shapes.title.text_frame.text if slide.shapes.title is not None else "" for slide in deck.slides]


def bullets(slide) -> list[tuple[int, str]]:
    """(level, text) of each paragraph in the body placeholder."""
    body = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 1)
    return [(paragraph.level + 1, paragraph.text) for paragraph in body.text_frame.paragraphs]


def notes(slide) -> list[str]:
    return slide.notes_slide.notes_text_frame.text.split("\n") if slide.has_notes_slide else []
