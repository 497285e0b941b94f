"""A build that is killed at any moment leaves whole outputs, and the next one is right; two at once take turns."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from whole_book import FILES, outputs, same

from builder.store.lock import one_at_a_time

from conftest import CONF, Book

EDITED = {
    "one.md": str(FILES["one.md"]).replace("and more of it", "and much more of it").replace("# First", "# The first"),
    "data/rows.csv": "year,count\n1937,11\n1938,22\n",
    "works.bib": str(FILES["works.bib"]).replace("1999", "2002"),
    "slides/lectures.toml": str(FILES["slides/lectures.toml"]).replace("Lecture B", "The second lecture"),
}


def plain(text: str) -> str:
    """Messages without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


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


def published(folder: Path) -> dict[str, bytes]:
    """Everything that people see of a build."""
    files = (path for place in ("html", "pdf", "slides") for path in (folder / place).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
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
        process.kill()
        process.wait()
        assert_whole(whole.folder / "_build")
        result = whole.build(None)
        assert result.status == 0, result.errors
        same(outputs(whole.folder / "_build"), clean[edited])


@pytest.mark.slow
def test_a_second_build_waits_for_the_first(whole: Book) -> None:
    assert whole.build(None).status == 0
    holds = (
        f"from filelock import FileLock; lock = FileLock({str(whole.folder / '_build/.work/lock')!r}); "
        "lock.acquire(); print(1, flush=True); import time; time.sleep(1.5)"
    )
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


@pytest.mark.slow
def test_a_lock_of_a_dead_process_is_no_lock(whole: Book) -> None:
    assert whole.build(None).status == 0
    assert (whole.folder / "_build/.work").is_dir()
    code = (
        f"import os; from filelock import FileLock; lock = FileLock({str(whole.folder / '_build/.work/lock')!r}); "
        "lock.acquire(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert "another build" not in whole.build(None).errors


def with_files_of_at_most(book: Book, kilobytes: int, *options: str) -> subprocess.CompletedProcess[str]:
    """Build where the system writes no file larger than that, as it would on a disk that is full."""

    import resource  # not there on Windows

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    return subprocess.run(
        [sys.executable, "-m", "builder", "build", "-q", *options], cwd=book.folder, preexec_fn=limit, capture_output=True, text=True
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system knows no limit for files")
@pytest.mark.parametrize("kilobytes", [26, 1, 8, 16, 45])
def test_a_full_disk_leaves_the_last_good_outputs(whole: Book, kilobytes: int) -> None:
    write_version(whole, True)
    clean = whole.folder.parent / "clean"
    assert whole.build(None, "-o", str(clean)).status == 0
    write_version(whole, False)
    assert whole.build(None).status == 0
    before = published(whole.folder / "_build")
    write_version(whole, True)
    result = with_files_of_at_most(whole, kilobytes)
    assert result.returncode == 1
    assert "File too large; make room, or choose another output folder with -o." in result.stderr
    assert "Traceback" not in result.stderr
    assert published(whole.folder / "_build") == before
    assert whole.build(None).status == 0
    same(outputs(whole.folder / "_build"), outputs(clean))


def test_a_disk_that_is_full_where_an_extension_writes(book: Book) -> None:
    full = "def full(*_):\n    raise OSError(28, 'No space left on device', 'x.css')\n\n\n"
    book.write("conf.py", f"{CONF}{full}def setup(app):\n    app.connect('write-started', full)\n")
    result = book.build("# One\n\nWords.\n")
    assert result.status == 1
    assert "x.css: No space left on device; make room, or choose another output folder with -o." in result.errors
    assert "Handler" not in result.errors


@pytest.mark.slow
def test_half_a_page_is_not_published(book: Book) -> None:
    grows = (
        "\n\ndef grow(app, page, template, context, doctree):\n    if 'longer' in context.get('body', ''):\n      "
        "  context['body'] *= 2000\n\n\n"
    )
    book.write("conf.py", f"{CONF}{grows}def setup(app):\n    app.connect('html-page-context', grow)\n")
    assert book.build("# One\n\nMany words stand here.\n", "--to", "html").status == 0
    page = book.folder / "_build/html/chapter.html"
    before = page.read_bytes()
    book.write("chapter.md", "# One\n\nThis page is longer.\n")
    result = with_files_of_at_most(book, 70, "--to", "html")
    assert result.returncode == 1, result.stderr
    assert "error writing file" in result.stderr
    assert "the files of the last good build stay as they were" in result.stderr
    assert page.read_bytes() == before


@pytest.mark.slow
def test_what_is_in_the_way_of_an_output_is_said(whole: Book) -> None:
    (whole.folder / "_build/pdf/abook.pdf/x").mkdir(parents=True)
    result = whole.build(None)
    assert result.status == 1
    assert "abook.pdf: Is a directory" in result.errors
    assert "Traceback" not in result.errors
    assert not (whole.folder / "_build/html/index.html").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may write everywhere is never refused")
def test_an_output_folder_that_may_not_be_written(whole: Book) -> None:
    assert whole.build(None).status == 0
    before = published(whole.folder / "_build")
    write_version(whole, True)
    (whole.folder / "_build/slides").chmod(0o500)
    result = whole.build(None)
    (whole.folder / "_build/slides").chmod(0o700)
    assert result.status == 1
    assert "Permission denied" in result.errors
    assert published(whole.folder / "_build") == before


@pytest.mark.slow
def test_a_file_that_is_saved_while_it_is_read_is_read_again(whole: Book) -> None:
    old = str(FILES["one.md"])
    saves = (
        "from pathlib import Path\n\n\ndef save(app, docname, source):\n    path = Path(app.srcdir) / 'one.md'\n"
        "    if docname == 'one' and 'much more' not in path.read_text():\n"
        "        path.write_text(path.read_text().replace('and more of it', 'and much more of it'))\n\n\n"
        "def setup(app):\n    app.connect('source-read', save)\n"
    )
    whole.write("conf.py", str(FILES["conf.py"]) + saves)
    result = whole.build(None)
    assert result.status == 0
    assert "one.md:1: WARNING: this file was saved while it was read; build again to have all of it." in plain(
        result.errors
    )
    page = whole.folder / "_build/html/one.html"
    assert "and more of it" in page.read_text(encoding="utf-8")
    assert old != (whole.folder / "one.md").read_text()
    again = whole.build(None)
    assert "saved while" not in again.errors
    assert "and much more of it" in page.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_what_a_killed_build_has_forked_is_waited_for(book: Book) -> None:
    """The process that prints outlives its parent for a moment, and may still write intermediate files."""
    work = book.folder / "_build/.work"
    work.mkdir(parents=True)
    orphan = (
        f"import os, signal, sys, time\nfrom pathlib import Path\nfrom builder.store.lock import one_at_a_time\n"
        f"with one_at_a_time(Path({str(work)!r})):\n    if os.fork() == 0:\n        time.sleep(2)\n        "
        "os._exit(0)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", orphan], check=False)
    with one_at_a_time(work):
        assert time.perf_counter() - started >= 2
    assert "another build is at work" in book.capture.readouterr().err
