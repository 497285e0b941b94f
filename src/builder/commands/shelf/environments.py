"""The packages that a book asks for, in an environment of its own: made by uv, kept by the digest of what is asked for.

It holds what the builder's own environment has not, at versions that go with it. Only wheels are taken, a file of
requirements has no option by which a folder is installed as it stands, and uv reads no settings of the book, so that
nothing of a stranger's runs before the walls stand.
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

LISTS = (".txt", ".in")
"""Endings of files that list packages; uv would build what others describe."""
NAMES_A_LIST = ("-r", "--requirement", "--requirements", "-c", "--constraint", "--constraints")
OPTIONS = (
    "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-index", "--pre", "--prefer-binary", "--hash",
)  # fmt: skip
"""Options that such a file may have; another (-e, --no-binary) would run programs of the book outside the walls."""
MAKING = 1800
"""Seconds that uv may take."""


def python_for(requirements: Path | None, packages: Sequence[str] = ()) -> Path:
    """The Python of the environment for a file of requirements, and packages beside; it is made where it is not there.

    Raises:
        AuthorError: there is no such file, no uv, or no set of packages that goes with the builder's.
    """
    asked = [text.encode() for text in packages]
    if requirements is not None:
        lists = checked_lists(requirements, requirements.parent.resolve())
        asked += [path.read_bytes() for path in [*lists, *sorted(requirements.parent.glob("*.whl"))]]
    folder = cache_folder() / "environments" / key_of(asked, package_stamp())[:32]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not (folder / "whole").exists():
            make(folder, requirements, packages)
            (folder / "whole").touch()
    return python_in(folder)


def checked_lists(requirements: Path, base: Path) -> list[Path]:
    """A file of requirements and those that it names, all in one folder or below it.

    Raises:
        AuthorError: there is no such file, or it holds what could run a program of the book while it is installed.
    """
    if not requirements.is_file():
        raise AuthorError(f"the book has no file {requirements.name}, which 'requirements' names.")
    if requirements.suffix not in LISTS:
        raise AuthorError(f"{requirements.name} is no list of packages; those end in {' or '.join(LISTS)}.")
    if not requirements.resolve().is_relative_to(base):
        raise AuthorError(f"{requirements.name} is not in the folder {base.name} of the book.")
    found = [requirements]
    try:
        lines = requirements.read_text(encoding="utf-8-sig").splitlines()
    except ValueError:
        raise AuthorError(f"{requirements.name} is not in UTF-8.") from None
    for number, line in enumerate(lines, start=1):
        option, _, value = line.strip().replace("=", " ", 1).partition(" ")
        if option.startswith("-") and option not in (*NAMES_A_LIST, *OPTIONS):
            where = f"{requirements.name}:{number}"
            raise AuthorError(f"{where}: a list of packages of a book cannot have '{option}'; name some with wheels.")
        if option in NAMES_A_LIST:
            found += checked_lists(requirements.parent / value.partition(" #")[0].strip(), base)
    return found


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
    lists = (word for file in files for word in ("--requirement", str(file)))
    uv(  # where the file is, since paths in it begin there
        files[-1].parent, "pip", "install", "-q", "--python", str(python_in(folder)), "--only-binary", ":all:",
        "--no-config", "--constraint", str(bounds), *lists,
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
