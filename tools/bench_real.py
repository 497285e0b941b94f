"""`make bench`: public books, the builder against plain Sphinx, in one run, as medians with ratios.

Books come from the folders of ``--books DIR`` by their names (see `real_books`), else by git from their repositories;
one that cannot be had is skipped, and the reason printed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from bench import server
from bench_run import Figure, median, run
from real_books import BOOKS, NotHereError, RealBook, prepared

PLAIN = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", "_plain/doctrees", ".", "_plain/html"]
OURS = [sys.executable, "-m", "builder", "build", "-q"]
ROWS = {
    "cold": ("plain cold", "ours cold", 1.25),
    "decks alone, cold": ("plain cold", "decks cold", 1.0),
    "unchanged": ("plain unchanged", "ours unchanged", 0.6),
    "one edit": ("plain edit", "ours edit", 1.5),
    "one edit, server up": ("plain edit", "served edit", 0.5),
}
"""Row of a table → the step of plain Sphinx, ours, and the bar of their ratio."""
RESULTS = ("_plain/html/*.html", "_build/html/*.html", "_build/*/*.pdf", "_build/*/*.pptx")
"""What both must have made before their times say anything."""
LINE = "\nOne more paragraph of a few words.\n"


def measure(sources: Path, runs: int) -> dict[str, Figure]:
    """Each step of both in turn; the figures are medians."""
    found: dict[str, list[Figure]] = {}

    def step(name: str, command: list[str], *, emptied: str = "") -> None:
        if emptied:
            shutil.rmtree(sources / emptied, ignore_errors=True)
        found.setdefault(name, []).append(run(command, sources, may_fail=True))

    for _ in range(runs):
        step("plain cold", PLAIN, emptied="_plain")
        step("decks cold", [*OURS, "--to", "pptx"], emptied="_build")
        step("ours cold", OURS, emptied="_build")
        for result in RESULTS:
            if not any(sources.glob(result)):
                sys.exit(f"{sources.name}: there is no {result} after its cold builds, so there is nothing to compare")
        step("plain unchanged", PLAIN)
        step("ours unchanged", OURS)
        edit(sources)
        step("plain edit", PLAIN)
        step("ours edit", OURS)
    with server(sources):
        edit(sources)
        run(OURS, sources, may_fail=True)  # the first edit brings into memory what the later ones find there
        for _ in range(runs):
            edit(sources)
            step("served edit", OURS)
    return {name: median(figures) for name, figures in found.items()}


def edit(sources: Path) -> None:
    """Add a paragraph to a document in the middle of the book."""
    endings = (".md", ".rst", ".ipynb")
    documents = sorted(
        path
        for path in sources.rglob("*.*")
        if path.suffix in endings and not {"_build", "_plain", "includes", "_templates"} & set(path.parts)
    )
    path = documents[len(documents) // 2]
    if path.suffix != ".ipynb":
        with path.open("a", encoding="utf-8") as file:
            file.write(LINE)
        return
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in reversed(notebook["cells"]) if cell["cell_type"] == "markdown")
    cell["source"] = ["".join(cell["source"]), "\n", LINE]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def print_table(book: RealBook, found: dict[str, Figure]) -> None:
    """The table of a book: seconds on the clock, ratios of these and of the seconds of processor."""
    print(f"\n### {book.name}: {book.kind}\n")
    print("| step | plain HTML | ours | ratio | bar | processor, plain | ours | ratio | memory |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for name, (theirs, ours, bar) in ROWS.items():
        one, two = found[theirs], found[ours]
        processor = f"{one.processor:.1f} s | {two.processor:.1f} s | {two.processor / one.processor:.2f}"
        print(
            f"| {name} | {one.seconds:.1f} s | {two.seconds:.1f} s | {two.seconds / one.seconds:.2f} | {bar} | "
            f"{processor} | {two.megabytes:,.0f} MB |",
            flush=True,
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("names", nargs="*", help="books to measure; all where none is named")
    arguments.add_argument("--books", type=Path, default=Path("no books"), help="folder of copies")
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    for book in BOOKS:
        if given.names and book.name not in given.names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                sources = prepared(book, given.books, Path(folder))
            except NotHereError as error:
                print(f"\n### {book.name}: skipped, since {error}", flush=True)
                continue
            print_table(book, measure(sources, given.runs))


if __name__ == "__main__":
    main()
