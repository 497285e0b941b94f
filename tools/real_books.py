"""Public books as they are measured: at one revision each, nothing executed, nothing fetched while they build."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from builder.source import jupyter_book

QUIET_CONF = """
from importlib.util import find_spec as _found

intersphinx_mapping = {}
nb_execution_mode = "off"
extensions = [
    name for name in extensions
    if name and (name.startswith("sphinx.") or _found(name.partition(".")[0]) and _found(name))
]
exclude_patterns = [*globals().get("exclude_patterns", []), "_build", "_plain"]
_theme = globals().get("html_theme", "alabaster")
if not (_theme in ("alabaster", "basic", "classic") or globals().get("html_theme_path") or _found(_theme)):
    html_theme, html_theme_options = "sphinx_book_theme", {}
"""
"""What is added to a project's conf.py: extensions and themes that are not installed go, for both who build it."""


class NotHereError(Exception):
    """A book that cannot be had; says why."""


@dataclass(frozen=True)
class RealBook:
    """A book of a public repository; ``sources`` is the folder of its sources in that."""

    name: str
    kind: str
    repository: str
    revision: str
    sources: str


BOOKS = (
    RealBook("attrs", "API manual", "python-attrs/attrs", "26.1.0", "docs"),
    RealBook("flask", "API manual", "pallets/flask", "3.1.3", "docs"),
    RealBook("sphinx", "reStructuredText with much code", "sphinx-doc/sphinx", "v9.0.4", "doc"),
    RealBook(
        "thermo",
        "textbook in notebooks",
        "kyleniemeyer/computational-thermo",
        "751cb1dc55bbd1e9f60f8b64a735c526db92ac89",
        "book",
    ),
    RealBook(
        "econ",
        "textbook in notebooks, with much mathematics",
        "QuantEcon/lecture-python.myst",
        "40e15dc23b712c68268102588d3ffada4c8b8e1f",
        "lectures",
    ),
    RealBook(
        "analytics",
        "textbook with photographs",
        "melaniewalsh/Intro-Cultural-Analytics",
        "f982afd08467a55b5f33d9194211e48c75fcb4f6",
        "book",
    ),
)


def prepared(book: RealBook, copies: Path, into: Path) -> Path:
    """The sources of a book in a folder below ``into``, ready for plain Sphinx as well; taken from the folder of its
    name in ``copies`` where that is there, else fetched.

    Raises:
        NotHereError: it is neither there nor to be fetched.
    """
    folder = into / book.name
    if (copies / book.name).is_dir():
        shutil.copytree(copies / book.name, folder, ignore=shutil.ignore_patterns("_build", "_plain"), symlinks=True)
    else:
        fetch(book, folder)
    sources = folder / book.sources
    if not sources.is_dir():
        raise NotHereError(f"it has no folder {book.sources}")
    settle(sources)
    return sources


def fetch(book: RealBook, folder: Path) -> None:
    """Fetch a book at its revision.

    Raises:
        NotHereError: git cannot.
    """
    folder.mkdir(parents=True)
    address = f"https://github.com/{book.repository}"
    for command in (
        ["init", "-q"],
        ["fetch", "-q", "--depth", "1", address, book.revision],
        ["checkout", "-q", "FETCH_HEAD"],
    ):
        try:
            subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True, timeout=600)
        except (OSError, subprocess.SubprocessError) as error:
            raise NotHereError(f"git {command[0]} of {address} at {book.revision} does not succeed") from error


def settle(sources: Path) -> None:
    """Give a Jupyter Book a conf.py, and have no project execute or fetch anything."""
    conf, config = sources / "conf.py", sources / "_config.yml"
    if config.is_file():
        options = jupyter_book.read(sources).options
        text = "".join(f"{name} = {value!r}\n" for name, value in options.items() if name.isidentifier())
        conf.write_text(f"import sys\n\nsys.path.insert(0, '.')\n{text}", encoding="utf-8")
        config.unlink()
    if QUIET_CONF not in conf.read_text(encoding="utf-8"):
        with conf.open("a", encoding="utf-8") as file:
            file.write(QUIET_CONF)
