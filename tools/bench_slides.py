"""Decks of 400, 800 and 1,600 slides with notes, against pandoc's writer on the same words, whole processes in one run.

Ours reads the sources with Sphinx, sets the printed book (for its page numbers), fits, and writes .pptx and PDF; pandoc
reads Markdown and writes .pptx, without measuring.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import pypandoc
from bench_run import Figure, median, run

CONF = (
    'project = "Slides"\nauthor = "A"\nextensions = ["myst_parser"]\nmyst_enable_extensions = ["attrs_block", '
    '"attrs_inline"]\n'
)
POINTS = (
    "The first thing to say about it is short",
    "A second one, with *emphasis* and `code`",
    "And what follows from both of them",
)
NOTES = "These are words for the person who speaks. They say more than the slide does, and end with a question."


def generate(folder: Path, slides: int) -> None:
    """A chapter for ours and the same as Markdown for pandoc."""
    folder.mkdir(parents=True)
    ours, theirs = ["# Slides\n"], ["% Slides\n"]
    for number in range(1, slides + 1):
        points = "".join(f"- {point}, {number}\n" for point in POINTS)
        ours.append(f"{{.slide}}\n## Slide {number}\n\n{{.slide}}\n{points}\n```{{notes}}\n{NOTES}\n```\n")
        theirs.append(f"## Slide {number}\n\n{points}\n::: notes\n{NOTES}\n:::\n")
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# Root\n\n```{toctree}\nchapter\n```\n")
    (folder / "chapter.md").write_text("\n".join(ours))
    (folder / "theirs.md").write_text("\n".join(theirs))
    (folder / "conf.py").write_text(CONF + 'exclude_patterns = ["theirs.md", "_build"]\n')


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--slides", type=int, nargs="*", default=[400, 800, 1600])
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    builder = [sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"]
    pandoc = [pypandoc.get_pandoc_path(), "theirs.md", "-t", "pptx", "--slide-level=2", "-o", "theirs.pptx"]
    print(
        "| slides | ours, sources read | against half as many | memory | pandoc | pandoc against ours |\n"
        "|---:|---:|---:|---:|---:|---:|"
    )
    last = 0.0
    for slides in given.slides:
        folder = Path(tempfile.mkdtemp()) / "deck"
        generate(folder, slides)
        run(builder, folder)  # reads the sources
        found: dict[str, list[Figure]] = {"ours": [], "pandoc": []}
        for _ in range(given.runs):
            (folder / "_build/slides/chapter.pptx").unlink()
            found["ours"].append(run(builder, folder))
            found["pandoc"].append(run(pandoc, folder))
        ours, theirs = median(found["ours"]), median(found["pandoc"])
        growth = f"{ours.seconds / last:.2f}" if last else ""
        print(
            f"| {slides} | {ours.seconds:.1f} s | {growth} | {ours.megabytes:,.0f} MB | {theirs.seconds:.1f} s | "
            f"{theirs.seconds / ours.seconds:.1f} × |",
            flush=True,
        )
        last = ours.seconds
        shutil.rmtree(folder.parent)


if __name__ == "__main__":
    main()
