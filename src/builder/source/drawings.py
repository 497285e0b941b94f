"""Programs that draw from text, Graphviz and Mermaid: run once for each text, and the drawings cached for the
next build.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from builder.store.files import write_whole
from builder.store.stamps import stamp

SECONDS = 60
"""After so long a drawing program is stopped."""


class DrawingError(Exception):
    """A diagram could not be drawn; the message says why and what to do."""


def run(command: list[str], code: str, what_to_install: str) -> bytes:
    """Output of a drawing program that reads ``code``.

    Raises:
        DrawingError: the program is missing, fails or takes too long.
    """
    if shutil.which(command[0]) is None:
        raise DrawingError(f"the program '{command[0]}' is not there; install {what_to_install}")
    try:
        done = subprocess.run(command, input=code.encode(), capture_output=True, check=True, timeout=SECONDS)
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        raise DrawingError(f"'{command[0]}' says: {lines[0] if lines else 'nothing'}") from None
    except subprocess.TimeoutExpired:
        raise DrawingError(f"'{command[0]}' took more than {SECONDS} seconds") from None
    return done.stdout


def program_file(name: str) -> Path | None:
    """Return the file of a program; None where it is not installed."""
    found = shutil.which(name)
    return Path(found).resolve() if found else None


def drawing_programs(app: Sphinx) -> list[Path]:
    """Return the files of the programs that draw for the extensions of a project, where they are installed."""
    options = {"sphinx.ext.graphviz": "graphviz_dot", "sphinxcontrib.mermaid": "mermaid_cmd"}
    named = (str(getattr(app.config, option, "")) for name, option in options.items() if name in app.extensions)
    return [file for name in named if (file := program_file(name)) is not None]


def cached_drawing(folder: str | Path, key: str, suffix: str) -> Path:
    """The file of a drawing, for this build and the next, in the folder of doctrees.

    ``key`` holds all that it is drawn from, the program itself (`program_stamp`) as well.
    """
    drawings = Path(folder) / "drawings"
    drawings.mkdir(exist_ok=True, parents=True)
    return drawings / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}{suffix}"


def program_stamp(name: str) -> str:
    """Return what changes when another version of a program is installed; '' where there is none."""
    file = program_file(name)
    return stamp(file) if file is not None else ""


def dot_command(config: Any, program: str, *options: str) -> list[str]:
    """The call of Graphviz that the project configures, with ``options`` behind; ``program`` '' is the usual one."""
    return [program or getattr(config, "graphviz_dot", "dot"), *getattr(config, "graphviz_dot_args", ()), *options]


def drawn_by_dot(env: Any, code: str, program: str, suffix: str, *options: str) -> Path:
    """The file with what Graphviz makes of ``code``.

    Raises:
        DrawingError: see `run`.
    """
    command = dot_command(env.config, program, *options)
    file = cached_drawing(env.doctreedir, repr((command, program_stamp(command[0]), code)), suffix)
    if not file.exists():
        write_whole(file, run(command, code, "Graphviz"))
    return file


def mermaid_picture(env: Any, code: str, suffix: str) -> Path:
    """The file with a Mermaid diagram as PDF or PNG: the programme's SVG holds HTML, which neither print nor slides can
    show.

    Raises:
        DrawingError: see `run`.
    """
    program = str(getattr(env.config, "mermaid_cmd", "mmdc"))
    file = cached_drawing(env.doctreedir, repr((program, program_stamp(program), code)), suffix)
    if not file.exists():
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "diagram.mmd", Path(folder) / f"diagram{suffix}"
            source.write_text(code, encoding="utf-8")
            look = ["--pdfFit"] if suffix == ".pdf" else ["--scale", "3"]
            run([program, "-i", str(source), "-o", str(target), *look], "", "mermaid-cli")
            write_whole(file, target.read_bytes())
    return file
