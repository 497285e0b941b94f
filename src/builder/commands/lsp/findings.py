"""Warnings and errors of a project by file and line: ``builder check --json`` in a process of its own."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.commands.lsp.names import ProjectFiles

PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+)(?::.*)?")


@dataclass(frozen=True, slots=True)
class Finding:
    """A warning or an error; ``line`` counts from 1, 0 is the whole file."""

    path: Path
    line: int
    severity: str
    kind: str
    message: str


async def findings_of(project: ProjectFiles) -> list[Finding]:
    """Have a project checked; returns what was found. A check that gives no JSON is itself one finding."""
    check = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "builder", "check", "--json", str(project.source), "-c", str(project.config),
        "-o", str(project.output),
        cwd=project.config, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        answer, errors = await check.communicate()
    except asyncio.CancelledError:
        check.kill()
        raise
    try:
        return read_findings(json.loads(answer), project)
    except ValueError:
        said = errors.decode(errors="replace").strip().splitlines() or ["the check gave no answer"]
        return [Finding(settings(project), 0, "error", "builder.check", said[-1])]


def read_findings(checked: Mapping[str, Any], project: ProjectFiles) -> list[Finding]:
    """Return the faults of a check; those without a place stand in the file of the settings."""
    folder = Path(checked["folder"])
    found = []
    for fault in checked["faults"]:
        match = PLACE.fullmatch(fault["place"])
        name, line = (match["file"], int(match["line"])) if match else (fault["place"], 0)
        path = folder / name if name else settings(project)
        found.append(Finding(path, line, fault["severity"], fault["kind"], fault["message"]))
    return found


def settings(project: ProjectFiles) -> Path:
    """Return the file of a project's settings."""
    files = ("conf.py", "_config.yml", "myst.yml")
    return next((path for name in files if (path := project.config / name).is_file()), project.config / files[0])
