"""Builds a shelf of public projects and the gallery's books with one command, each project at one commit and with the
packages that it asks for.

``tools/shelf_of_projects.py FOLDER`` writes ``shelf.toml`` there and builds it; ``--from MIRROR`` takes repositories
from ``MIRROR/OWNER+NAME/repo`` and not from where they are at home. What follows is for ``builder shelf``.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.commands.cli import main as builder

ROOT = Path(__file__).resolve().parent.parent
HEAD = '[results]\nfolder = "out"\n\n[house]\nminutes = 20\n'
PALLETS = {"folder": "docs", "packages": ["pallets-sphinx-themes", "sphinxcontrib-log-cabinet", "sphinx-tabs", "flask"]}


@dataclass(frozen=True)
class Project:
    """A public repository at a commit, and the keys of its table."""

    repository: str
    revision: str
    keys: dict[str, Any] = field(default_factory=lambda: {"folder": "docs"})


PROJECTS = (
    Project(
        "python-attrs/attrs",
        "c1dc5dcba16ed827aa6dcad896b41a3afedb4e32",
        {"folder": "docs", "packages": ["furo", "sphinx-notfound-page", "sphinxcontrib-towncrier", "towncrier"]},
    ),
    Project("pallets/click", "2c8cd3ac958a7eb316d67f2d316c27086c4c0369", PALLETS),
    Project("pallets/jinja", "5ef70112a1ff19c05324ff889dd30405b1002044", PALLETS),
    Project("pallets/flask", "2ac89889f4cc330eabd50f295dcef02828522c69", PALLETS),
    Project("psf/requests", "1f6589ec3a1ee910f9a65cc3ceac60b26677bc0e"),
    Project(
        "aio-libs/aiohttp",
        "495e778360d1924da63e16dba0f0d76baf56a56a",
        {"folder": "docs", "packages": ["aiohttp", "aiohttp-theme", "sphinxcontrib-towncrier", "towncrier"]},
    ),
    Project("pypa/packaging", "053c884615f2e83d80705251b447769ec2599653", {"folder": "docs", "packages": ["furo"]}),
    Project(
        "mpmath/mpmath",
        "28e36ca652bf16de7bd5a2cbd07b32b2c8f24e85",
        {"folder": "docs", "packages": ["mpmath", "matplotlib", "sphinxcontrib-autoprogram"]},
    ),
    Project("executablebooks/sphinx-design", "4f66f32e160f16d73dee5eed52cd91984935763f"),
    Project(
        "pypa/packaging.python.org",
        "ab4994857826246587d993862fd4097e36568080",
        {"folder": "source", "packages": ["furo", "sphinx-toolbox", "sphinx-jsonschema"]},
    ),
    Project("kyleniemeyer/computational-thermo", "751cb1dc55bbd1e9f60f8b64a735c526db92ac89", {"folder": "book"}),
    Project(
        "chebil/probability-statistics-jupyter-book",
        "016468f87b13e6521fa8c9629e39d2a98c07b433",
        {},
    ),
)
"""Books of strangers: manuals of interfaces, guides and textbooks, with what their own lists of packages name."""


def address(repository: str, mirror: Path | None) -> str:
    """Where git finds a repository."""
    return str(mirror / repository.replace("/", "+") / "repo") if mirror else f"https://github.com/{repository}"


def table(project: Project, mirror: Path | None) -> str:
    """The table of a project in ``shelf.toml``."""
    name = project.repository.replace("/", "-").lower()
    keys = {"name": name, "source": address(project.repository, mirror), "revision": project.revision, **project.keys}
    return "\n".join(["[[book]]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items())])


def main() -> int:
    """Write the shelf and build it; returns the exit status of ``builder shelf``."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--from", dest="mirror", type=Path)
    given, rest = asked.parse_known_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    gallery = f'[[book]]\nname = "gallery-*"\nsource = {json.dumps(f"{ROOT}/docs/gallery/*")}'
    file = given.folder / "shelf.toml"
    tables = [HEAD, *(table(project, given.mirror) for project in PROJECTS), gallery]
    file.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return builder(["shelf", str(file), *rest])


if __name__ == "__main__":
    sys.exit(main())
