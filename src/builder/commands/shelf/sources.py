"""Where the source of a book comes from: a folder, or a git repository at a revision; its digest, and a copy of it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs
from filelock import FileLock

from builder.errors import AuthorError
from builder.store.keys import key_of
from builder.store.stamps import stamp

LEFT_OUT = {
    ".git", ".hg", ".svn", ".venv", "_build", "__pycache__", "node_modules", ".ipynb_checkpoints", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".DS_Store", ".shelf",
}  # fmt: skip
"""Names of files and folders that are no part of a source."""
COMMIT = re.compile(r"[0-9a-f]{40}")
GIT = ("git", "-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never", "-c", "core.autocrlf=false")
FETCHING = 1800
"""Seconds that git may take."""


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder, which every worker must see."""

    path: str

    def digest(self) -> str:
        """A digest of its files and links, and of which can be run."""
        return key_of([(name, state) for name, state in sorted(states(Path(self.path)).items())])

    def copy_to(self, target: Path) -> None:
        """Copy it, links as links."""
        shutil.copytree(self.path, target, symlinks=True, ignore=lambda _folder, names: LEFT_OUT & set(names))

    @property
    def name(self) -> str:
        """The name of its folder."""
        return Path(self.path).name


def states(folder: Path) -> dict[str, str]:
    """Path → what its content is, of each file and link of a source."""
    found = {}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in [*files, *(name for name in folders if os.path.islink(os.path.join(place, name)))]:
            path = Path(place, name)
            if name in LEFT_OUT:
                continue
            state = f"link {os.readlink(path)}" if path.is_symlink() else stamp(path)
            found[path.relative_to(folder).as_posix()] = f"{state} {os.access(path, os.X_OK)}"
    return found


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository at a commit."""

    url: str
    commit: str

    def digest(self) -> str:
        """Its commit, which is a digest of all that is in it."""
        return self.commit

    def copy_to(self, target: Path) -> None:
        """Write its files into a folder.

        Raises:
            AuthorError: git is not here, or cannot have the commit.
        """
        clone = cache_folder() / "git" / hashlib.sha256(self.url.encode()).hexdigest()[:20]
        clone.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{clone}.lock"):
            if not (clone / "HEAD").exists():
                git("init", "-q", "--bare", str(clone))
            if not has_commit(clone, self.commit):
                try:
                    git("-C", str(clone), "fetch", "-q", "--depth", "1", self.url, self.commit)
                except AuthorError:  # a server that gives no commit by its name
                    git("-C", str(clone), "fetch", "-q", self.url, "+refs/*:refs/fetched/*")
            if not has_commit(clone, self.commit):
                raise AuthorError(f"{self.url} has no commit {self.commit}.")
        target.mkdir(parents=True)
        index = {"GIT_INDEX_FILE": str(target.parent / "index")}
        places = ("--git-dir", str(clone), "--work-tree", str(target))
        git(*places, "read-tree", self.commit, **index)
        git(*places, "checkout-index", "-a", "-q", **index)

    @property
    def name(self) -> str:
        """The name of the repository."""
        return self.url.rstrip("/").rpartition("/")[2].removesuffix(".git") or "book"


def source_of(path: str, revision: str) -> SourceFolder | Repository:
    """The source of a book; a branch or tag is looked up now.

    Raises:
        AuthorError: there is no such revision.
    """
    return Repository(path, commit_of(path, revision)) if revision else SourceFolder(path)


@cache
def commit_of(url: str, revision: str) -> str:
    """The commit that a revision names now; of a tag with a text of its own the one that it stands on.

    Raises:
        AuthorError: the repository does not answer or has no such revision.
    """
    if COMMIT.fullmatch(revision):
        return revision
    lines = git("ls-remote", url, revision, f"{revision}^{{}}").splitlines()
    found = {name: commit for commit, _, name in (line.partition("\t") for line in lines)}
    for name in (f"refs/tags/{revision}^{{}}", f"refs/tags/{revision}", f"refs/heads/{revision}", revision):
        if name in found:
            return found[name]
    raise AuthorError(f"{url} has no revision '{revision}'; write a branch, a tag or a whole commit.")


def has_commit(clone: Path, commit: str) -> bool:
    """True if a clone holds a commit."""
    found = subprocess.run([*GIT, "-C", clone, "cat-file", "-e", f"{commit}^{{commit}}"], capture_output=True)
    return found.returncode == 0


def git(*arguments: str, **environment: str) -> str:
    """The output of git.

    Raises:
        AuthorError: it is not installed, or something is wrong.
    """
    own = {"GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
    try:
        found = subprocess.run(
            [*GIT, *arguments],
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=FETCHING,
            env={**os.environ, **own, **environment},
        )  # fmt: skip
    except FileNotFoundError:
        raise AuthorError("git is not installed; sources with a 'revision' need it.") from None
    except subprocess.TimeoutExpired:
        raise AuthorError(f"git {arguments[0]} took more than {FETCHING} seconds.") from None
    if found.returncode:
        raise AuthorError(f"git: {' '.join(found.stderr.split()) or 'it failed'}")
    return found.stdout


def cache_folder() -> Path:
    """Where clones, environments and digests of files are kept."""
    return platformdirs.user_cache_path("book-deck-builder-shelf", appauthor=False)
