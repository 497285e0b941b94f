"""The package's rooms, as ARCHITECTURE.md draws them, and names that stand once in all of them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/builder"
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
OUTSIDE = {"__init__.py", "__main__.py", "py.typed", "__pycache__"}


def test_the_map_has_every_room_once_and_in_the_order_of_imports() -> None:
    drawn = re.findall(r"^\| `([a-z_]+)(?:/|\.py)` \|", MAP, re.MULTILINE)
    assert sorted(drawn) == sorted(path.stem for path in PACKAGE.iterdir() if path.name not in OUTSIDE)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (layers,) = re.findall(r"^layers = \[(.*)\]$", settings, re.MULTILINE)
    assert drawn == re.findall(r"\w+", layers)[::-1]


def test_the_map_is_read_in_minutes() -> None:
    assert len(MAP.split()) < 1500


def test_files_that_the_map_names_are_there() -> None:
    named = set(re.findall(r"`([a-z_]+/[a-z_/]*(?:\.py)?)`", MAP))
    folders = (ROOT, PACKAGE, *(path for path in PACKAGE.iterdir() if path.is_dir()))
    assert [name for name in sorted(named) if not any((folder / name).exists() for folder in folders)] == []


def test_no_two_classes_have_one_name() -> None:
    places = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(PACKAGE).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
