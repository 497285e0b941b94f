"""A git revision of the sources → its outputs, built once and cached."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

from builder.build.request import Request
from builder.errors import AuthorError
from builder.store.stamps import package_stamp


def git(folder: Path, *arguments: str) -> bytes:
    """The output of a git command in a folder.

    Raises:
        AuthorError: there is no git, no repository, or git refuses.
    """
    if shutil.which("git") is None:
        raise AuthorError(
            "builder diff asks git for the earlier sources; install git, or name the output folder of an earlier build."
        )
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise AuthorError(f"git says: {lines[-1] if lines else 'nothing'}")
    return done.stdout


def commit_of(folder: Path, revision: str) -> str:
    """The commit that a revision names.

    Raises:
        AuthorError: it names none.
    """
    try:
        return (
            git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            .decode()
            .strip()
        )
    except AuthorError as error:
        if str(error) == "git says: nothing":
            raise AuthorError(f"'{revision}' is no revision that git knows, and no output folder of a build.") from None
        raise


def built(request: Request, revision: str) -> Path:
    """The output folder of a revision; built when it was not yet, by this version of the builder.

    Raises:
        AuthorError: there is no such revision, or nothing can be made of its sources.
    """
    from builder.build.session import run

    commit = commit_of(request.config, revision)
    made_by = hashlib.sha256(package_stamp().encode()).hexdigest()[:8]
    outputs = request.work / "revisions" / f"{commit[:16]}-{made_by}"
    if (outputs / "report.json").is_file():
        return outputs
    top = Path(git(request.config, "rev-parse", "--show-toplevel").decode().rstrip("\n")).resolve()
    print(f"builder: building {revision} ({commit[:9]}) to compare with", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        with tarfile.open(fileobj=io.BytesIO(git(top, "archive", "--format=tar", commit))) as archive:
            archive.extractall(folder, filter="data")
        then = replace(
            request, source=folder / request.source.resolve().relative_to(top),
            config=folder / request.config.resolve().relative_to(top), output=outputs, quiet=True,
        )  # fmt: skip
        if not then.source.is_dir():
            raise AuthorError(f"{revision} has no folder {request.source.resolve().relative_to(top)}.")
        if not run(then).outputs:
            shutil.rmtree(outputs, ignore_errors=True)
            raise AuthorError(
                f"nothing could be made of the sources of {revision}, so there is nothing to compare with; see above."
            )
    return outputs
