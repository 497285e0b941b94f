"""The printed book against LaTeX, and against itself at four sizes: part of `make bench`.

All figures are of whole processes on sources that are read already, but for those of a process that stays up, which
times one build after another in it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench_book import generate, generate_api
from bench_run import Figure, median, run

LATEX = ("latexmk", "pdflatex")


def middle(folder: Path) -> Path:
    """The document in the middle of a book."""
    documents = sorted([*folder.glob("chapter-*.md"), *folder.glob("part*.rst")])
    return documents[len(documents) // 2]


def edit(path: Path) -> None:
    """Put a word into a sentence in the middle of a document."""
    text = path.read_text(encoding="utf-8")
    places = [match.start() + 1 for match in re.finditer(r"[a-z]\. [A-Z]", text)]
    place = places[len(places) // 2]
    path.write_text(f"{text[:place]} again{text[place:]}", encoding="utf-8")


def sphinx(builder: str, doctrees: str, output: str) -> list[str]:
    return [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-d", doctrees, ".", output]


def both(first: Figure, second: Figure) -> Figure:
    """Two processes, one after the other."""
    return Figure(first.seconds + second.seconds, max(first.megabytes, second.megabytes))


def latex(folder: Path, runs: int) -> dict[str, Figure]:
    """Writing and compiling through LaTeX: from nothing, and after one edit."""
    write = sphinx("latex", "_latex/doctrees", "_latex/tex")
    compile_ = ["latexmk", "-pdf", "-silent", "-interaction=nonstopmode", "generatedbook.tex"]
    found: dict[str, list[Figure]] = {"cold": [], "one edit": []}
    for _ in range(runs):
        shutil.rmtree(folder / "_latex", ignore_errors=True)
        run(sphinx("dummy", "_latex/doctrees", "_latex/none"), folder)
        written = run(write, folder)
        if not (folder / "_latex/tex/generatedbook.tex").exists():
            next((folder / "_latex/tex").glob("*.tex")).rename(folder / "_latex/tex/generatedbook.tex")
        found["cold"].append(both(written, run(compile_, folder / "_latex/tex")))
        edit(middle(folder))
        written = run(write, folder)
        found["one edit"].append(both(written, run(compile_, folder / "_latex/tex")))
    return {name: median(figures) for name, figures in found.items()}


def ours(folder: Path, runs: int) -> dict[str, Figure]:
    """The same through the builder."""
    build = [sys.executable, "-m", "builder", "build", "--to", "pdf", "-q"]
    found: dict[str, list[Figure]] = {"cold": [], "one edit": []}
    for _ in range(runs):
        shutil.rmtree(folder / "_build", ignore_errors=True)
        run(build, folder)
        shutil.rmtree(folder / "_build/.work/typstpdf")
        (folder / "_build/.work/prints.json").unlink()
        found["cold"].append(run(build, folder))
        edit(middle(folder))
        found["one edit"].append(run(build, folder))
    return {name: median(figures) for name, figures in found.items()}


def staying(folder: Path, runs: int) -> tuple[float, int]:
    """Median seconds of a build after one edit in a process that stays up, and the pages of the book."""
    from builder.build.request import Request
    from builder.build.session import Session
    from builder.commands.serve.building import without_garbage_collection

    request = Request(folder, folder, folder / "_build", ("pdf",), quiet=True)
    seconds = []
    with Session(request, stays=True) as session:
        report = session.build()
        for _ in range(runs + 1):
            edit(middle(folder))
            with without_garbage_collection():
                started = time.perf_counter()
                report = session.build()
                seconds.append(time.perf_counter() - started)
    return sorted(seconds[1:])[runs // 2], int(report.outputs[0].amount.split()[0])


def against_latex(folder: Path, what: str, words: int, runs: int) -> None:
    """A table of both ways on one book."""
    mine = ours(folder, runs)
    stays, pages = staying(folder, 3)
    theirs = latex(folder, runs)
    print(f"\n{what}, {words:,} words, {pages} pages by the builder\n")
    print("| step | LaTeX | builder | times as fast | memory of the builder |\n|---|---:|---:|---:|---:|")
    for step in ("cold", "one edit"):
        ratio = theirs[step].seconds / mine[step].seconds
        print(
            f"| {step}, from the shell | {theirs[step].seconds:.1f} s | {mine[step].seconds:.1f} s | {ratio:.1f} | "
            f"{mine[step].megabytes:,.0f} MB |"
        )
    print(
        f"| one edit, in a process that stays up | {theirs['one edit'].seconds:.1f} s | {stays:.2f} s | "
        f"{theirs['one edit'].seconds / stays:.1f} | |",
        flush=True,
    )


def by_size(base: Path, sizes: list[int]) -> None:
    """Seconds and memory of the printed book at several sizes, each beside the one before."""
    print("\n| chapters | pages | seconds | against half the size | memory | after one edit, staying up |")
    print("|---:|---:|---:|---:|---:|---:|")
    before = 0.0
    for chapters in sizes:
        folder = base / f"size-{chapters}"
        generate(folder, chapters, plain=True)
        figure = ours(folder, 1)["cold"]
        stays, pages = staying_apart(folder)
        ratio = f"{figure.seconds / before:.2f}" if before else ""
        print(
            f"| {chapters} | {pages} | {figure.seconds:.1f} s | {ratio} | {figure.megabytes:,.0f} MB | {stays:.2f} s |",
            flush=True,
        )
        before = figure.seconds
        shutil.rmtree(folder)


def staying_apart(folder: Path) -> tuple[float, int]:
    """`staying` in a process of its own, since the layout memory of a process is shared by all its books."""
    import subprocess

    code = (
        "import sys; from pathlib import Path; from bench_print import staying; print(*staying(Path(sys.argv[1]), 3))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    seconds, pages = done.stdout.split()[-2:]
    return float(seconds), int(pages)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--chapters", type=int, default=42, help="of the book that LaTeX sets too")
    arguments.add_argument("--modules", type=int, default=25, help="of the API reference that LaTeX sets too")
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--sizes", type=int, nargs="*", default=[20, 40, 80, 160])
    given = arguments.parse_args()
    base = Path(tempfile.mkdtemp())
    missing = [name for name in LATEX if shutil.which(name) is None]
    if missing:
        print(
            f"skipped: {', '.join(missing)} not found; install latexmk and TeX Live (on Debian: latexmk, "
            "texlive-latex-extra)"
        )
    else:
        folder = base / "prose"
        against_latex(folder, "Prose", generate(folder, given.chapters, plain=True), given.runs)
        folder = base / "api"
        against_latex(folder, "API reference", generate_api(folder, given.modules), given.runs)
    if given.sizes:
        by_size(base, given.sizes)
    shutil.rmtree(base)


if __name__ == "__main__":
    main()
