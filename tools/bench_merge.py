"""Merging a deck in which the sources changed every slide, against the whole build of the new deck, in one run.

The hand's edit is a word in the notes and a box: on each tenth slide, and on each; the sources change the first point
of all.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench_run import run
from bench_slides import generate
from pptx import Presentation
from pptx.util import Inches

from builder.merge.decks import merge

STEPS = (10, 1)


def edit_by_hand(path: Path, out: Path, step: int) -> None:
    """A box and a word more on each ``step``-th slide."""
    deck = Presentation(path)
    for slide in list(deck.slides)[::step]:
        slide.shapes.add_textbox(Inches(8), Inches(6), Inches(2), Inches(0.5)).text_frame.text = "Ask the room"
        if slide.has_notes_slide:
            slide.notes_slide.notes_text_frame.paragraphs[0].runs[0].text += " Then wait."
    deck.save(out)


def merging(base: bytes, mine: bytes, theirs: bytes, runs: int) -> float:
    """Seconds of a merge, the median, in a process that did nothing else."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        merged = merge(base, mine, theirs)
        times.append(time.perf_counter() - started)
        assert not merged.conflicts
    return statistics.median(times)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--slides", type=int, nargs="*", default=[100, 200, 400, 800])
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    builder = [sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"]
    print(
        "| slides | build of the deck | merging, a tenth by hand | share | merging, all by hand | share |\n"
        "|---:|---:|---:|---:|---:|---:|"
    )
    for slides in given.slides:
        folder = Path(tempfile.mkdtemp()) / "deck"
        generate(folder, slides)
        run(builder, folder)
        deck = folder / "_build/slides/chapter.pptx"
        base = deck.read_bytes()
        for step in STEPS:
            edit_by_hand(deck, folder.parent / f"left{step}.pptx", step)
        chapter = folder / "chapter.md"
        chapter.write_text(chapter.read_text().replace("The first thing to say", "The very first thing to say"))
        built = run(builder, folder)
        theirs = deck.read_bytes()
        shown = []
        for step in STEPS:
            with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
                mine = (folder.parent / f"left{step}.pptx").read_bytes()
                seconds = fresh.submit(merging, base, mine, theirs, given.runs).result()
            shown += [f"{seconds:.2f} s", f"{seconds / built.seconds:.0%}"]
        print(f"| {slides} | {built.seconds:.1f} s | {' | '.join(shown)} |", flush=True)
        shutil.rmtree(folder.parent)


if __name__ == "__main__":
    main()
