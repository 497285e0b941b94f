"""What a process that stays holds after many edits: what the project is now, and nothing of what it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = """
project = "A book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_proof"]
myst_enable_extensions = ["dollarmath"]
bibtex_bibfiles = ["works.bib"]
html_theme = "alabaster"
"""
WORKS = "@misc{{good, author={{B. Good}}, title={{A good work {}}}, year=2002}}\n"
TEXT = "# One\n\nAs {{cite}}`good` says in {{doc}}`index`, $a_{}$.\n\n```{{bibliography}}\n```\n"
EDITED = """
import gc, json, sys
from collections import Counter
from pathlib import Path

from sphinx import locale

from builder.build.request import Request
from builder.commands.serve.building import Building
from builder.typeset.math.formulas import load

name, edits = sys.argv[1], sys.argv[2:]
here = Path.cwd()
building = Building(Request(here, here, here / "_build", quiet=True), lambda _news: None)

def catalogues(translations):
    return 1 + catalogues(translations._fallback) if getattr(translations, "_fallback", None) else 1

def held():
    building.build()
    assert building.last.type == "built", building.last.problems
    building.session.rest()
    kinds = Counter(type(found).__name__ for found in gc.get_objects())
    return {
        "environments": kinds["BuildEnvironment"],
        "works": kinds["Entry"],
        "listeners": sum(map(len, building.session.app.events.listeners.values())),
        "catalogues": max(map(catalogues, locale.translators.values())),
        "formulas": list(load(next(Path("_build").rglob("formulas.pickle"))).known),
    }

first = held()
for edit in edits:
    Path(name).write_text(edit)
    last = held()
print(json.dumps([first, last]))
building.forget()
"""
"""A program that builds in the folder where it is called, writes each of some texts into a file and builds again;
it prints what is held at first and at last.
"""
EDITS = {
    "conf.py": [f"{SETTINGS}html_short_title = '{number}'\n" for number in range(3)],
    "works.bib": [WORKS.format(number) for number in range(3)],
    "index.md": [TEXT.format(number) for number in range(3)],
}


@pytest.mark.parametrize("name", EDITS)
def test_nothing_is_held_of_what_the_project_was(tmp_path: Path, name: str) -> None:
    for path, content in {"conf.py": SETTINGS, "works.bib": WORKS.format(9), "index.md": TEXT.format(9)}.items():
        (tmp_path / path).write_text(content)
    program = [sys.executable, "-c", EDITED, name, *EDITS[name]]
    made = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    first, last = json.loads(made.stdout.splitlines()[-1])
    assert (first["environments"], first["works"], first["formulas"]) == (1, 1, ["a_9"])
    assert last == first | {"formulas": ["a_2"] if name == "index.md" else ["a_9"]}
