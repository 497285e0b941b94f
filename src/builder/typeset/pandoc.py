"""One run of pandoc, which comes with a package of Python."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

import pypandoc

NO_VARIABLES: Mapping[str, str] = {}


def run_pandoc(
    document: bytes, *arguments: str, seconds: float, variables: Mapping[str, str] = NO_VARIABLES
) -> tuple[bytes, str]:
    """Return what pandoc writes of a document, and what it says; ``variables`` are added to the environment.

    Raises:
        subprocess.TimeoutExpired, subprocess.CalledProcessError: it takes longer, or fails.
    """
    command = [pypandoc.get_pandoc_path(), *arguments]
    done = subprocess.run(
        command, input=document, capture_output=True, check=True, timeout=seconds, env={**os.environ, **variables}
    )
    return done.stdout, done.stderr.decode(errors="replace")
