"""``builder doctor``: what is installed, what would be better with what, and which fonts stand in for which."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from builder import __version__
from builder.build.report import PACKAGES
from builder.commands.outcome import FINE
from builder.pptx.template.reading import BUILT_IN
from builder.typeset.fonts import family_name, font_files, is_here, measured_family, not_here, use_own


@dataclass(frozen=True, slots=True)
class Helper:
    """A program or package that is not needed: what is better with it, and how it comes here."""

    name: str
    better: str
    comes: str


PROGRAMS = (
    Helper("git", "'builder diff' compares with an earlier revision", "https://git-scm.com"),
    Helper("dot", "graphs of sphinx.ext.graphviz are drawn", "install Graphviz"),
    Helper("mmdc", "diagrams of Mermaid are drawn in print and on slides", "npm install -g @mermaid-js/mermaid-cli"),
    Helper("soffice", "decks can be looked at without PowerPoint", "install LibreOffice"),
)
MODULES = (
    Helper("myst_nb", "notebooks and Jupyter Books are read", 'pip install "book-deck-builder[jupyter]"'),
    Helper("sphinx_design", "cards, grids and tabs are read", "pip install sphinx-design"),
    Helper("sphinx_proof", "theorems and proofs are read", "pip install sphinx-proof"),
    Helper("sphinx_exercise", "exercises and solutions are read", "pip install sphinx-exercise"),
    Helper("jieba", "Chinese web books can be searched", "pip install jieba"),
)
USUAL_FACES = (
    "Libertinus Serif",
    "Fira Sans",
    "Arial",
    "Calibri",
    "Cambria",
    "Times New Roman",
    "Courier New",
    "Aptos",
)
"""What books and templates name most."""


def run_doctor(fonts: str) -> int:
    """Print what is here; ``fonts`` is a folder with font files, '' for none. Returns the exit status."""
    if fonts:
        use_own(Path(fonts))
    print("\n".join([*here(), "", *helpers(), "", *faces(fonts)]))
    return FINE


def here() -> Iterator[str]:
    """A line for the builder, Python and each package that outputs are made with."""
    python = f"Python {platform.python_version()} ({sys.executable})"
    yield f"builder {__version__}, {python}, {platform.platform(terse=True)}"
    yield ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    yield f"templates: {', '.join(sorted(path.stem for path in BUILT_IN.glob('*.pptx')))}"


def helpers() -> Iterator[str]:
    """A line for each program and package that is not needed: where it is, or what would be better with it."""
    found = {helper: shutil.which(helper.name) for helper in PROGRAMS}
    found |= {helper: "here" if find_spec(helper.name) else None for helper in MODULES}
    for helper, place in found.items():
        yield f"{helper.name:<16} {place or f'not here; with it {helper.better}: {helper.comes}'}"


def faces(fonts: str) -> Iterator[str]:
    """A line for each face that books and templates name most: itself, what has its metrics, or what stands in."""
    yield "Faces: what texts in them are measured and drawn with"
    own = sorted({family_name(path) for path in font_files(Path(fonts))}) if fonts else []
    for family in dict.fromkeys([*own, *USUAL_FACES]):
        yield f"  {family:<18} {reason(family)}"
    yield "More: a package fontpkg-NAME, or files in the folder that builder_fonts names (--fonts looks into one)."


def reason(family: str) -> str:
    """Return what a face is measured and drawn with, and why."""
    if is_here(family.strip().lower()):
        return "itself"
    twin = measured_family(family)
    return f"{twin.title()}, which has the same metrics" if twin else not_here(family).partition(": ")[2]
