"""`make bench`: the builder against plain Sphinx on a generated book, in one run, as medians with ratios.

Prints a table of whole-process figures (wall seconds, and the most memory that the processes of a command
held at one time) for a book of 60 chapters and one of 30.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_book import generate
from bench_run import Figure, median, run


def measure(folder: Path, runs: int) -> dict[str, Figure]:
    """Plain HTML and the builder in turn, each cold, with nothing changed, after one edit, and after one while a server
    is up.
    """
    html = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", "_plain/doctrees", ".", "_plain/html"]
    ours = [sys.executable, "-m", "builder", "build", "-q"]
    found: dict[str, list[Figure]] = {f"{name} {step}": [] for name in ("html", "all") for step in STEPS}
    for _ in range(runs):
        for name, command, output in (("html", html, "_plain"), ("all", ours, "_build")):
            shutil.rmtree(folder / output, ignore_errors=True)
            found[f"{name} cold"].append(run(command, folder))
            found[f"{name} unchanged"].append(run(command, folder))
            edit(folder)
            found[f"{name} one edit"].append(run(command, folder))
    with server(folder):
        edit(folder)
        run(ours, folder)  # the first edit brings into memory what the later ones find there
        for _ in range(runs):
            edit(folder)
            found["all one edit, server up"].append(run(ours, folder))
            found["html one edit, server up"].append(run(html, folder))
    return {name: median(figures) for name, figures in found.items()}


STEPS = ("cold", "unchanged", "one edit", "one edit, server up")


def edit(folder: Path) -> None:
    """Add a paragraph to a chapter in the middle of the book."""
    chapters = sorted(folder.glob("chapter-*.md")) or sorted(
        path for path in folder.glob("*.md") if path.name != "index.md"
    )
    with chapters[len(chapters) // 2].open("a", encoding="utf-8") as file:
        file.write("\nOne more paragraph of a few words.\n")


@contextmanager
def server(folder: Path) -> Iterator[None]:
    """`builder serve` in ``folder``, with its first build done."""
    command = [sys.executable, "-m", "builder", "serve", "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "built in" in line:
                break
            if "nothing could be made" in line:
                sys.exit(f"builder serve makes nothing in {folder}")
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--chapters", type=int, nargs="*", default=[30, 60])
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--keep", help="generate the book in this folder and leave it there")
    given = arguments.parse_args()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"{os.cpu_count()} cores, {memory:.0f} GiB; median of {given.runs}; memory is the most of any run, all "
        "processes together\n"
    )
    print("| book | step | plain HTML | web book, PDF and decks | ratio | memory |\n|---|---|---:|---:|---:|---:|")
    cold = {}
    for chapters in given.chapters:
        base = Path(given.keep) if given.keep else Path(tempfile.mkdtemp())
        folder = base / f"book-{chapters}"
        shutil.rmtree(folder, ignore_errors=True)
        words = generate(folder, chapters)
        found = measure(folder, given.runs)
        cold[chapters] = found["all cold"]
        for step in STEPS:
            plain, ours = found[f"html {step}"], found[f"all {step}"]
            label = f"{chapters} chapters, {words:,} words"
            print(
                f"| {label} | {step} | {plain.seconds:.1f} s | {ours.seconds:.1f} s | "
                f"{ours.seconds / plain.seconds:.2f} | {ours.megabytes:,.0f} MB |",
                flush=True,
            )
        if not given.keep:
            shutil.rmtree(base)
    sizes = sorted(cold)
    if len(sizes) > 1:
        small, large = cold[sizes[0]], cold[sizes[-1]]
        print(
            f"\n{sizes[-1] / sizes[0]:.1f} times the chapters: {large.seconds / small.seconds:.2f} times the seconds, "
            f"{large.megabytes / small.megabytes:.2f} times the memory"
        )


if __name__ == "__main__":
    main()
