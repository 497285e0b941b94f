"""Shelves of small books."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.commands.cli import main

CONF = 'project = "{name}"\nextensions = ["myst_parser"]\nhtml_theme = "alabaster"\n'


@dataclass
class Shelved:
    """What a call of ``builder shelf`` did; ``errors`` without what it says of a machine that has no bubblewrap."""

    status: int
    out: str
    errors: str


class Books:
    """A folder with books and a ``shelf.toml``."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture

    def write(self, name: str, content: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def add(self, name: str, text: str = "A sentence.", conf: str = "") -> Path:
        """A book of one page."""
        self.write(f"{name}/conf.py", CONF.format(name=name) + conf)
        self.write(f"{name}/index.md", f"# Book {name}\n\n{text}\n")
        return self.folder / name

    def shelf(self, books: str, results: str = 'folder = "out"') -> None:
        self.write("shelf.toml", f"[results]\n{results}\n\n[house]\noutputs = ['html']\n\n{books}")

    def call(self, *options: str) -> Shelved:
        self.capture.readouterr()
        status = main(["shelf", str(self.folder / "shelf.toml"), *options])
        found = self.capture.readouterr()
        told = [line for line in found.err.splitlines(keepends=True) if " this machine keeps from books " not in line]
        return Shelved(status, found.out, "".join(told))

    def page(self, name: str) -> str:
        return (self.folder / f"out/{name}/html/index.html").read_text(encoding="utf-8")


@pytest.fixture
def books(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Books:
    monkeypatch.setattr("builder.commands.shelf.sources.cache_folder", own := lambda: tmp_path / "cache")
    monkeypatch.setattr("builder.commands.shelf.run.cache_folder", own)
    return Books(tmp_path, capfd)
