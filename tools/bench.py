"""`make bench`: the builder against plain Sphinx on a generated book, in one run, as medians with ratios.

Prints a table of whole-process figures (wall seconds, and the most memory that the processes of a command
held at one time) for a book of 60 chapters and one of 30.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "as",
    "was",
    "with",
    "be",
    "by",
    "on",
    "not",
    "he",
    "his",
    "but",
    "at",
    "are",
    "this",
    "have",
    "from",
    "or",
    "had",
    "an",
    "they",
    "which",
    "one",
    "you",
    "were",
    "all",
    "her",
    "she",
    "there",
    "would",
    "their",
    "we",
    "him",
    "been",
    "has",
    "when",
    "who",
    "will",
    "no",
    "more",
    "if",
    "out",
    "so",
    "up",
    "said",
    "what",
    "its",
    "about",
    "than",
    "into",
    "them",
    "can",
    "only",
    "other",
    "time",
    "new",
    "some",
    "could",
    "these",
    "two",
    "may",
    "first",
    "then",
    "do",
    "any",
    "like",
    "my",
    "now",
    "over",
    "such",
    "our",
    "man",
    "me",
    "even",
    "most",
    "made",
    "after",
    "also",
    "did",
    "many",
    "off",
    "before",
    "must",
    "well",
    "back",
    "through",
    "years",
    "where",
    "much",
    "your",
    "way",
    "down",
    "should",
    "because",
    "long",
    "each",
    "just",
    "state",
    "people",
    "country",
    "history",
    "record",
    "number",
    "chapter",
    "measure",
    "source",
    "archive",
    "reading",
    "author",
    "method",
    "result",
]


def sentence(random_: random.Random, words: int) -> str:
    text = " ".join(random_.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + "."


def paragraph(random_: random.Random, words: int, mark: bool = False) -> str:
    parts = []
    while words > 0:
        length = random_.randint(9, 24)
        parts.append(sentence(random_, length))
        words -= length
    if mark:
        parts[0] = f"[{sentence(random_, 9)[:-1]}]{{.point}}."
    return " ".join(parts)


def chapter(number: int, random_: random.Random) -> str:
    """About 4,150 words and 10 slides, with figures, tables, formulas, citations and index entries."""
    out = [f"(ch-{number})=", "{.slide}", f"# Chapter about measure {number}", "", paragraph(random_, 110), ""]
    for section in range(1, 10):
        out += [f"(ch-{number}-{section})=", "{.slide}", f"## Section {section} of chapter {number}", ""]
        out += [f"```{{index}} single: entry {number}-{section}; sub {section}", "```", ""]
        for index in range(6):
            text = paragraph(random_, 61, mark=index < 4)
            if index == 1:
                text += f" See {{numref}}`fig-{number}-{section}` and {{cite:p}}`work{random_.randint(1, 80)}`."
            if index == 2:
                text += f" With $x_{{{section}}}^2 + {number}$ it holds.[^n{section}]"
            if index == 3 and number > 1:
                text += f" Compare {{ref}}`ch-{number - 1}-{section}`."
            out += [text, ""]
        out += [f"[^n{section}]: {sentence(random_, 12)}", ""]
        if section % 3 == 1:
            out += [
                f"```{{figure}} figure.svg\n:name: fig-{number}-{section}\n:alt: Three bars.\n:class: slide\n\n{sentence(random_, 8)}\n```",
                "",
            ]
        elif section % 3 == 2:
            out += [
                f"```{{chart}} data.csv\n:x: label\n:y: value\n:name: fig-{number}-{section}\n:alt: Bars.\n:class: slide\n\n{sentence(random_, 8)}\n```",
                "",
            ]
        else:
            out += [
                f"```{{figure}} figure.svg\n:name: fig-{number}-{section}\n:alt: Three bars.\n\n{sentence(random_, 8)}\n```",
                "",
            ]
            out += ["{.slide}", "| Name | Value |", "|:-----|------:|"]
            out += [f"| {random_.choice(WORDS)} {row} | {random_.randint(1, 9999)} |" for row in range(6)]
            out += [
                "",
                f"$$\n\\frac{{a_{{{section}}} + {number}}}{{b}} = \\sum_{{i=1}}^{{{section}}} c_i\n$$ (eq-{number}-{section})",
                "",
            ]
    return "\n".join(out)


def generate(folder: Path, chapters: int) -> int:
    """Write the book; returns its number of words."""
    random_ = random.Random(chapters)
    folder.mkdir(parents=True)
    names = [f"chapter-{number:02d}" for number in range(1, chapters + 1)]
    words = 0
    for number, name in enumerate(names, start=1):
        text = chapter(number, random_)
        words += len(text.split())
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    toc = "\n".join(names)
    (folder / "index.md").write_text(
        f"# A generated book\n\n```{{toctree}}\n:numbered:\n\n{toc}\nsources\n```\n", encoding="utf-8"
    )
    (folder / "sources.md").write_text("# Sources\n\n```{bibliography}\n```\n", encoding="utf-8")
    entries = [
        f"@book{{work{n},\n author = {{Author{n}, Some}},\n title = {{Work {n}}},\n publisher = {{Press}},\n year = {{{1920 + n}}}\n}}"
        for n in range(1, 81)
    ]
    (folder / "works.bib").write_text("\n".join(entries), encoding="utf-8")
    (folder / "data.csv").write_text("label,value\none,4\ntwo,9\nthree,2\nfour,6\n", encoding="utf-8")
    bars = "".join(
        f'<rect x="{20 + 60 * i}" y="{90 - 20 * i}" width="40" height="{20 + 20 * i}" fill="#7a2a25"/>'
        for i in range(3)
    )
    (folder / "figure.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 120" width="220" height="120">{bars}</svg>',
        encoding="utf-8",
    )
    (folder / "conf.py").write_text(
        'project = "A generated book"\nauthor = "Nobody"\nextensions = ["builder", "myst_parser", "sphinxcontrib.bibtex"]\n'
        'myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath"]\nnumfig = True\n'
        'bibtex_bibfiles = ["works.bib"]\nbibtex_reference_style = "author_year"\nhtml_theme = "sphinx_book_theme"\n',
        encoding="utf-8",
    )
    return words


@dataclass(frozen=True)
class Figure:
    seconds: float
    megabytes: float


def resident(pid: int) -> int:
    """Memory in KiB of a process and its children: private pages, and each shared page by its share (PSS)."""
    total = 0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += resident(int(child))
    except (OSError, ValueError):
        pass
    return total


def run(command: list[str], cwd: Path) -> Figure:
    """One run of a command: wall seconds, and the most memory that its processes held at one time."""
    peak = 0
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{errors.decode()[-2000:]}")
    return Figure(seconds, peak / 1024)


def median(figures: list[Figure]) -> Figure:
    return Figure(statistics.median(f.seconds for f in figures), max(f.megabytes for f in figures))


def measure(folder: Path, runs: int) -> dict[str, Figure]:
    """Plain HTML and the builder in turn, each cold and then with nothing changed."""
    html = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", "_plain/doctrees", ".", "_plain/html"]
    ours = [sys.executable, "-m", "builder", "build", "-q"]
    found: dict[str, list[Figure]] = {key: [] for key in ("html cold", "all cold", "html unchanged", "all unchanged")}
    for _ in range(runs):
        for name, command, output in (("html", html, "_plain"), ("all", ours, "_build")):
            shutil.rmtree(folder / output, ignore_errors=True)
            found[f"{name} cold"].append(run(command, folder))
            found[f"{name} unchanged"].append(run(command, folder))
    return {name: median(figures) for name, figures in found.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--chapters", type=int, nargs="*", default=[30, 60])
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--keep", help="generate the book in this folder and leave it there")
    given = arguments.parse_args()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"{os.cpu_count()} cores, {memory:.0f} GiB; median of {given.runs}; memory is the most of any run, all processes together\n"
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
        for step in ("cold", "unchanged"):
            plain, ours = found[f"html {step}"], found[f"all {step}"]
            label = f"{chapters} chapters, {words:,} words"
            print(
                f"| {label} | {step} | {plain.seconds:.1f} s | {ours.seconds:.1f} s | {ours.seconds / plain.seconds:.2f} | {ours.megabytes:,.0f} MB |",
                flush=True,
            )
        if not given.keep:
            shutil.rmtree(base)
    sizes = sorted(cold)
    if len(sizes) > 1:
        small, large = cold[sizes[0]], cold[sizes[-1]]
        print(
            f"\n{sizes[-1] / sizes[0]:.1f} times the chapters: {large.seconds / small.seconds:.2f} times the seconds, {large.megabytes / small.megabytes:.2f} times the memory"
        )


if __name__ == "__main__":
    main()
