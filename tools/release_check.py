"""Is this tree one that can be released? Builds sdist and wheel, and holds them against what an index, Windows and a
clean environment ask: ``make release-check``.

Each line is a check; a problem ends with status 1. A version of Python that is not on the machine, and that uv cannot
bring, is skipped with its reason.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from builder.source.portable_names import refusal, same_but_for_case

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
UNRELEASED = "## Unreleased"
NOT_RELEASED = re.compile(r"(^|/)(__pycache__|_build|\.\w*_cache|\.venv|\.git)/")
"""What no archive holds: caches, outputs, environments."""


def main() -> int:
    """Run every check; returns the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        wheel, sdist = build_archives(Path(folder) / "dist")
        problems = [*changelog_problems(), *index_problems(wheel, sdist)]
        for archive in (wheel, sdist):
            names = names_in(archive)
            print(f"{archive.name}: {len(names)} files, {archive.stat().st_size / 1e6:.1f} MB")
            problems += [f"{archive.name}: {problem}" for problem in name_problems(names)]
        for version in oldest_and_newest():
            problems += installed_problems(wheel, version, Path(folder) / f"python {version}")
    for problem in problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    return int(bool(problems))


def build_archives(folder: Path) -> tuple[Path, Path]:
    """Return the wheel and the sdist of this tree, the wheel built from the sdist as on an index."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder), cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=unpacked)
    (wheel,) = folder.glob("*.whl")
    return wheel, sdist


def changelog_problems() -> Iterator[str]:
    """What the changelog lacks for a release of this version."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## {re.escape(PROJECT['version'])}\b", text, re.MULTILINE):
        yield f"CHANGELOG.md has no section {PROJECT['version']}"
    elif UNRELEASED in text:
        print(f"CHANGELOG.md has changes since {PROJECT['version']}: a release gets a new version and its date")


def index_problems(*archives: Path) -> Iterator[str]:
    """What a package index would refuse or show badly."""
    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *map(str, archives)], capture_output=True, text=True
    )
    print(f"twine check: {'passed' if not done.returncode else 'failed'}")
    if done.returncode:
        yield f"twine check: {' '.join((done.stdout + done.stderr).split())}"


def names_in(archive: Path) -> list[str]:
    """Return the names of the files in a wheel or an sdist."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.namelist()
    with tarfile.open(archive) as sdist:
        return [member.name for member in sdist.getmembers() if member.isfile()]


def name_problems(names: list[str]) -> Iterator[str]:
    """Names that Windows refuses or takes for one, and those of what should not be released."""
    yield from (f"{name}: {reason}" for name in names if (reason := refusal(name)))
    yield from (f"{name}: {reason}" for name, reason in same_but_for_case(names).items())
    yield from (f"{name}: is no part of a release" for name in names if NOT_RELEASED.search(name))


def oldest_and_newest() -> tuple[str, str]:
    """Return the versions of Python that the project names first and last."""
    versions = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    return versions[0], versions[-1]


def installed_problems(wheel: Path, version: str, place: Path) -> Iterator[str]:
    """What goes wrong when the wheel is installed into an empty environment and makes a new project."""
    python = python_of(version)
    if python is None:
        print(f"Python {version}: skipped, since it is not on this machine and uv cannot bring it")
        return
    run(python, "-m", "venv", str(place / "venv"))
    programs = place / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    steps = (
        (str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)),
        (str(programs / "builder"), "new", "project", "--kind", "course"),
        (str(programs / "builder"), "build", "-q", "-W", "project"),
    )
    for step in steps:
        done = subprocess.run(step, cwd=place, capture_output=True, text=True)
        if done.returncode:
            yield f"Python {version}: {' '.join(step[1:4])}: {done.stderr.strip()[-2000:]}"
            return
    print(f"Python {version}: installed from the wheel; a new project is built without a warning")


def python_of(version: str) -> str | None:
    """Return a program of a version of Python: this one, one on the path or of pyenv, or one that uv brings; None for
    none.
    """
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return sys.executable
    found = [shutil.which(f"python{version}"), *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    if (uv := shutil.which("uv")) and not any(map(is_whole, found)):
        subprocess.run([uv, "python", "install", version], capture_output=True)
        found.append(subprocess.run([uv, "python", "find", version], capture_output=True, text=True).stdout.strip())
    return next((program for program in found if program and is_whole(program)), None)


def is_whole(program: str | None) -> bool:
    """True for a Python that runs, which a shim on the path may not."""
    return bool(program) and not subprocess.run([str(program), "-c", "import venv"], capture_output=True).returncode


def run(*command: str, cwd: Path | None = None) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
