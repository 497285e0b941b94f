"""Merging a deck in which every slide was changed by hand and in the sources, against the whole build of the new deck, in one run.

The hand's edit is a word in the notes and a box on each slide; the sources change the first point of each.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench_run import run
from bench_slides import generate
from pptx import Presentation
from pptx.util import Inches

from builder.merge.decks import merge


def edit_by_hand(path: Path, out: Path) -> None:
    """A box and a word more on each slide."""
    deck = Presentation(path)
    for slide in deck.slides:
        slide.shapes.add_textbox(Inches(8), Inches(6), Inches(2), Inches(0.5)).text_frame.text = "Ask the room"
        if slide.has_notes_slide:
            slide.notes_slide.notes_text_frame.paragraphs[0].runs[0].text += " Then wait."
    deck.save(out)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--slides", type=int, nargs="*", default=[100, 200, 400, 800])
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    builder = [sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"]
    print(
        "| slides, all changed | build of the deck | merging | share | against half as many |\n|---:|---:|---:|---:|---:|"
    )
    last = 0.0
    for slides in given.slides:
        folder = Path(tempfile.mkdtemp()) / "deck"
        generate(folder, slides)
        run(builder, folder)
        deck, left = folder / "_build/slides/chapter.pptx", folder.parent / "left.pptx"
        base = deck.read_bytes()
        edit_by_hand(deck, left)
        chapter = folder / "chapter.md"
        chapter.write_text(chapter.read_text().replace("The first thing to say", "The very first thing to say"))
        built = run(builder, folder)
        mine, theirs = left.read_bytes(), deck.read_bytes()
        times = []
        for _ in range(given.runs):
            started = time.perf_counter()
            merged = merge(base, mine, theirs)
            times.append(time.perf_counter() - started)
            assert not merged.conflicts
        seconds = statistics.median(times)
        growth = f"{seconds / last:.2f}" if last else ""
        print(f"| {slides} | {built.seconds:.1f} s | {seconds:.2f} s | {seconds / built.seconds:.0%} | {growth} |", flush=True)  # fmt: skip
        last = seconds
        shutil.rmtree(folder.parent)


if __name__ == "__main__":
    main()
