"""The packages that a book asks for, in an environment of its own: made by uv, kept by the digest of what is asked for.

It holds what the builder's own environment has not, at versions that go with it. Only wheels are taken, so that nothing
of a stranger's runs before the walls stand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from filelock import FileLock

from builder.commands.shelf.sources import cache_folder
from builder.errors import AuthorError
from builder.store.keys import key_of
from builder.store.stamps import package_stamp

MAKING = 1800
"""Seconds that uv may take."""


def python_for(requirements: Path | None, packages: Sequence[str] = ()) -> Path:
    """The Python of the environment for a file of requirements, and packages beside; it is made where it is not there.

    Raises:
        AuthorError: there is no such file, no uv, or no set of packages that goes with the builder's.
    """
    asked = [text.encode() for text in packages]
    if requirements is not None:
        if not requirements.is_file():
            raise AuthorError(f"the book has no file {requirements.name}, which 'requirements' names.")
        asked += [path.read_bytes() for path in [requirements, *sorted(requirements.parent.glob("*.whl"))]]
    folder = cache_folder() / "environments" / key_of(asked, package_stamp())[:32]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not (folder / "whole").exists():
            make(folder, requirements, packages)
            (folder / "whole").touch()
    return python_in(folder)


def make(folder: Path, requirements: Path | None, packages: Sequence[str]) -> None:
    """Make the environment for a file of requirements and packages.

    Raises:
        AuthorError: uv is not here, or says that it cannot be.
    """
    shutil.rmtree(folder, ignore_errors=True)
    uv(folder.parent, "venv", "-q", "--python", sys.executable, str(folder))
    bounds, more = folder / "constraints.txt", folder / "packages.txt"
    bounds.write_text("\n".join(own_versions()), encoding="utf-8")
    more.write_text("\n".join(packages), encoding="utf-8")
    files = (more,) if requirements is None else (more, requirements)
    uv(  # where the file is, since paths in it begin there
        files[-1].parent, "pip", "install", "-q", "--python", str(python_in(folder)), "--only-binary", ":all:",
        "--constraint", str(bounds), *(word for file in files for word in ("--requirement", str(file))),
    )  # fmt: skip
    own = Path(sysconfig.get_paths()["purelib"])
    site = next(folder.glob("lib/python*/site-packages"), folder / "Lib/site-packages")
    (site / "builder_of_the_shelf.pth").write_text(f"import site; site.addsitedir({str(own)!r})\n", encoding="utf-8")


def own_versions() -> list[str]:
    """``NAME==VERSION`` of each package that is installed with the builder, but for itself."""
    found = {item.name: item.version for item in metadata.distributions() if item.name}
    return sorted(f"{name}=={version}" for name, version in found.items() if name != "book-deck-builder")


def python_in(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def program() -> str:
    """Where uv is, '' where it is not."""
    try:
        from uv import find_uv_bin

        return find_uv_bin()
    except (ImportError, FileNotFoundError):
        return shutil.which("uv") or ""


def uv(place: Path, *arguments: str) -> None:
    """Run uv in a folder.

    Raises:
        AuthorError: it is not here, takes too long, or cannot do it.
    """
    if not (found := program()):
        raise AuthorError('books with requirements of their own need uv: pip install "book-deck-builder[shelf]".')
    try:
        done = subprocess.run(
            [found, *arguments], cwd=place, capture_output=True, text=True, encoding="utf-8", timeout=MAKING
        )
    except subprocess.TimeoutExpired:
        raise AuthorError(f"uv took more than {MAKING} seconds to install what the book requires.") from None
    if done.returncode:
        raise AuthorError(
            f"what the book requires cannot be installed: {' '.join(done.stderr.split())} (What the "
            "builder needs itself keeps its version; 'packages' of the book may name others instead of 'requirements'.)"
        )
