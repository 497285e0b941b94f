"""`make profile`: where a cold build of all outputs spends its time, by py-spy over all of its processes.

For each folder (the book of this repository where none is named) a flame graph goes into ``profiles/``, for
https://www.speedscope.app, which works offline too; the share of each step is printed. A sample counts for the
innermost frame that belongs to a step.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

STEPS = (
    ("imports", ("importlib._bootstrap",)),
    ("reading (Sphinx and extensions)", ("Builder.read", "Builder.read_doc")),
    ("resolving for print and slides", ("resolved_document",)),
    ("formulas", ("converted_apart", "formulas.py")),
    ("translating to Typst", ("builder/book/translate.py", "Edition.translate")),
    ("suggesting marks", ("builder/deck/suggestions/",)),
    ("planning slides", ("Planner.plan",)),
    ("fitting slides", ("builder/build/fitting.py",)),
    ("setting the book (Typst)", ("builder/book/binding/",)),
    ("papers of decks (Typst)", ("builder/deck/pages/papers.py",)),
    ("writing .pptx", ("builder/pptx/write.py",)),
    ("remembering decks", ("builder/merge/bases.py",)),
    ("putting outputs in their places", ("builder/build/publishing.py", "builder/build/web_places.py")),
    ("writing the web book (Sphinx)", ("Builder.write", "Builder.finish", "StandaloneHTMLBuilder")),
)
"""Step → words of the frames by which it is known."""


def step_of(stack: list[str]) -> str:
    """The step of a stack of frames, innermost last."""
    for frame in reversed(stack):
        for step, words in STEPS:
            if any(word in frame for word in words):
                return step
    return "else"


def shares(profile: Path) -> list[tuple[str, float]]:
    """The steps of a profile with their shares of all samples, the largest first."""
    content = json.loads(profile.read_text(encoding="utf-8"))
    frames = [f"{frame['name']} {frame.get('file', '')}" for frame in content["shared"]["frames"]]
    counts: Counter[str] = Counter()
    for process in content["profiles"]:
        for stack, weight in zip(process["samples"], process["weights"], strict=True):
            counts[step_of([frames[number] for number in stack])] += weight
    return [(step, count / counts.total()) for step, count in counts.most_common()]


def record(folder: Path, profile: Path) -> None:
    """A profile of a cold build of all outputs of the book in a folder."""
    found = shutil.which("py-spy", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        sys.exit("py-spy is not here; run 'make lock' and 'make', or pip install py-spy.")
    with tempfile.TemporaryDirectory() as output:
        spy = [found, "record", "--subprocesses", "--format", "speedscope"]
        build = [sys.executable, "-m", "builder", "build", "-q", "-o", output]
        command = [*spy, "--rate", "100", "--output", str(profile.resolve()), "--", *build]
        usual = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}  # as installed
        subprocess.run(command, cwd=folder, env=usual, check=True, capture_output=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="*", type=Path, default=[Path()])
    profiles = Path("profiles")
    profiles.mkdir(exist_ok=True)
    for folder in arguments.parse_args().folders:
        whole = folder.resolve()
        profile = profiles / f"{whole.parent.name}-{whole.name}.speedscope.json"
        record(folder, profile)
        print(f"\n{profile}")
        for step, share in shares(profile):
            print(f"{share:6.1%}  {step}")


if __name__ == "__main__":
    main()
