"""Times a shelf of small books: one worker, two workers, and one of the books by ``builder build``.

``tools/bench_small_books.py BOOKS ROUNDS`` prints seconds, and seconds of a processor, of whole commands: medians of
the rounds, in each of which all three follow each other.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONF = 'project = "Book {}"\nextensions = ["myst_parser"]\nhtml_theme = "alabaster"\n'
SHELF = '[results]\nfolder = "out"\n\n[house]\noutputs = ["html"]\n\n[[book]]\nsource = "books/*"\n'


def write_shelf(folder: Path, books: int) -> None:
    """Write a shelf of so many books of one page."""
    for number in range(books):
        book = folder / f"books/b{number:04}"
        book.mkdir(parents=True)
        (book / "conf.py").write_text(CONF.format(number), encoding="utf-8")
        (book / "index.md").write_text(f"# Book {number}\n\nA sentence.\n", encoding="utf-8")
    (folder / "shelf.toml").write_text(SHELF, encoding="utf-8")


def timed(folder: Path, *arguments: str) -> tuple[float, float]:
    """Seconds of a call of ``builder`` in a folder without results, and those of a processor of all its processes."""
    for name in ("out", "_build"):
        shutil.rmtree(folder / name, ignore_errors=True)
    before, begun = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "builder", *arguments], cwd=folder, check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, used


def main(books: int, rounds: int) -> None:
    """Print the medians."""
    calls = {
        "one worker": ("shelf", "-q", "--workers", "1"),
        "two workers": ("shelf", "-q", "--workers", "2"),
        "one book by hand": ("build", "-q", "--to", "html", "books/b0000"),
    }
    with tempfile.TemporaryDirectory() as name:
        write_shelf(Path(name), books)
        found = [{label: timed(Path(name), *call) for label, call in calls.items()} for _ in range(rounds)]
    medians = {
        label: [statistics.median(times) for times in zip(*(one[label] for one in found), strict=True)]
        for label in calls
    }
    for label, (seconds, used) in medians.items():
        print(f"{label}: {seconds:.1f} s, {used:.1f} s of a processor")
    one, two, hand = (medians[label] for label in calls)
    print(
        f"two workers are {one[0] / two[0]:.2f} times as fast as one, {books * hand[0] / two[0]:.1f} times as by hand"
    )
    print(f"a book takes {two[1] / books:.2f} s of a processor, by hand {hand[1]:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
