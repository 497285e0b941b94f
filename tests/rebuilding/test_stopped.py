"""A build that is killed at any moment leaves whole outputs, and the next one is right; two at once take turns."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from whole_book import FILES, outputs, same

from conftest import Book

EDITED = {
    "one.md": str(FILES["one.md"]).replace("and more of it", "and much more of it").replace("# First", "# The first"),
    "data/rows.csv": "year,count\n1937,11\n1938,22\n",
    "works.bib": str(FILES["works.bib"]).replace("1999", "2002"),
    "slides/lectures.toml": str(FILES["slides/lectures.toml"]).replace("Lecture B", "The second lecture"),
}


def write_version(book: Book, edited: bool) -> None:
    for name in EDITED:
        book.write(name, EDITED[name] if edited else FILES[name])


def assert_whole(folder: Path) -> None:
    for path in folder.rglob("*"):
        if ".work" in path.parts or path.name.startswith("."):
            continue
        if path.suffix == ".html":
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>"), path
        elif path.suffix == ".pptx":
            assert zipfile.ZipFile(path).testzip() is None
        elif path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                assert len(pdf.pages)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_ten_builds_that_are_killed(whole: Book, seed: int) -> None:
    chance = random.Random(seed)
    clean = {}
    for edited in (True, False):
        write_version(whole, edited)
        out = whole.folder.parent / f"clean-{edited}"
        assert whole.build(None, "-o", str(out)).status == 0
        clean[edited] = outputs(out)
    started = time.perf_counter()
    assert whole.build(None).status == 0
    longest = time.perf_counter() - started + 1.5
    for number in range(10):
        edited = number % 2 == 0
        write_version(whole, edited)
        process = subprocess.Popen(
            [sys.executable, "-m", "builder", "build", "-q"], cwd=whole.folder, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.3, longest))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert_whole(whole.folder / "_build")
        result = whole.build(None)
        assert result.status == 0, result.errors
        same(outputs(whole.folder / "_build"), clean[edited])


def test_a_second_build_waits_for_the_first(whole: Book) -> None:
    assert whole.build(None).status == 0
    holds = f"from filelock import FileLock; lock = FileLock({str(whole.folder / '_build/.work/lock')!r}); lock.acquire(); print(1, flush=True); import time; time.sleep(1.5)"
    holder = subprocess.Popen([sys.executable, "-c", holds], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    started = time.perf_counter()
    result = whole.build(None)
    holder.wait()
    assert result.status == 0
    assert time.perf_counter() - started >= 1.0
    assert "another build is at work in" in result.errors
    assert "waiting for it" in result.errors


def test_a_lock_of_a_dead_process_is_no_lock(whole: Book) -> None:
    assert whole.build(None).status == 0
    assert (whole.folder / "_build/.work").is_dir()
    code = f"import os; from filelock import FileLock; lock = FileLock({str(whole.folder / '_build/.work/lock')!r}); lock.acquire(); os._exit(1)"
    subprocess.run([sys.executable, "-c", code], check=False)
    assert "another build" not in whole.build(None).errors
