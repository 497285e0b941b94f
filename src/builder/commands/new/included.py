"""Files that a document includes, which lie in the project that it is of."""

from __future__ import annotations

from pathlib import Path

from builder.commands.new.remarks import Remark
from builder.errors import AuthorError
from builder.store.text import text_of

MOST_DEPTH = 5
"""How deep files may include each other."""


def text_included(path: Path, project: Path, above: tuple[Path, ...]) -> str:
    """Return the text of a file of a project; ``above`` are the files that it is to stand in, with all links followed.

    Raises:
        OSError: it is not there, lies outside, stands in itself, or too deep.
        ValueError: no file can have this name.
        AuthorError: it cannot be read as text.
    """
    real = path.resolve()
    if real in above or len(above) > MOST_DEPTH or not real.is_relative_to(project.resolve()):
        raise OSError(str(path))
    return text_of(real)


NOT_INCLUDED = (OSError, ValueError, AuthorError)
"""What is raised where a file cannot be included."""


def not_included(call: str) -> Remark:
    """Return what a person must look at where a file cannot be included as a document asks."""
    return Remark("Included files that cannot be read", f"`{call}`")
