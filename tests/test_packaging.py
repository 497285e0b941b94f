"""What the package says of itself on an index, and that it needs what it declares."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import builder

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ONLY_FOR_TYPES = {"_typeshed"}


def imported(path: Path) -> set[str]:
    """Top-level names of what a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return {name.partition(".")[0] for name in found}


def plain(name: str) -> str:
    """The name of a distribution as indices compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


SHELF = PROJECT["optional-dependencies"]["shelf"]
"""What ``builder shelf`` needs besides."""


def test_every_module_that_is_imported_is_declared() -> None:
    extras = PROJECT["optional-dependencies"]
    needs = [*PROJECT["dependencies"], *SHELF, *extras["editors"], *extras["jupyter"]]
    declared = {plain(re.split(r"[<>=\[ ;]", need)[0]) for need in needs}
    used = set().union(*(imported(path) for path in (ROOT / "src/builder").rglob("*.py")))
    theirs = used - sys.stdlib_module_names - ONLY_FOR_TYPES - {"builder"}
    distributions = metadata.packages_distributions()
    assert "PIL" in theirs
    assert not [name for name in sorted(theirs) if not declared & set(map(plain, distributions.get(name, ())))]


def test_the_version_stands_alike_in_the_package_the_project_and_the_changelog() -> None:
    released = re.findall(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert builder.__version__ == PROJECT["version"] == released[0]


def test_the_package_is_typed() -> None:
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "src/builder/py.typed").is_file()


def test_the_picture_of_the_readme_is_left_out_on_an_index() -> None:
    """Its address means something in the repository alone."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (hook,) = settings["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "![" in readme
    assert "![" not in re.sub(hook["pattern"], hook["replacement"], readme)
