"""Names of files that only some systems take: a book is written on one machine, and built and presented on another.

Source: Microsoft, "Naming Files, Paths, and Namespaces".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from builder.errors import Source, warn

if TYPE_CHECKING:  # who asks of a name alone does not wait for Sphinx
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)
"""A name that Windows takes for a device, whatever its ending."""
REFUSED = re.compile(r'[<>:"\\|?*\x00-\x1f]')
"""A character that Windows refuses in a name."""
LONGEST = 240
"""Letters that the path of a file may have below the project: Windows takes 260 in all, and the project
lies somewhere.
"""


def setup(app: Sphinx) -> None:
    """Look at the names of a project when it has been read."""
    app.connect("env-updated", warn_of_names)


def warn_of_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each source, picture and download of the project whose name is refused somewhere, or differs from
    another's in case only.
    """
    sources = [str(env.doc2path(docname, base=False)) for docname in env.found_docs]
    names = sorted({PurePosixPath(Path(name)).as_posix() for name in [*sources, *env.images, *env.dlfiles]})
    reasons = {name: refusal(name) for name in names} | same_but_for_case(names)
    for name, reason in reasons.items():
        if reason and not name.startswith(("/", "../")):
            warn(f"{reason}; give it another name.", Source(str(Path(app.srcdir) / name)), "portable_name")


def refusal(name: str) -> str:
    """Why Windows does not take the path of a file below a project, with ``/`` between folders; '' where it does."""
    for part in name.split("/"):
        if DEVICE.match(part):
            return f"Windows takes the name '{part}' for a device"
        if found := REFUSED.search(part):
            shown = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
            return f"Windows refuses a name with '{shown}'"
        if part.endswith((".", " ")) and part not in (".", ".."):
            return f"Windows drops the {'full stop' if part.endswith('.') else 'space'} that the name '{part}' ends in"
    if len(name) > LONGEST:
        return f"this path has {len(name)} letters, and Windows takes about {LONGEST} below the folder of a project"
    return ""


def same_but_for_case(names: Iterable[str]) -> dict[str, str]:
    """Name → what is wrong, for each of ``names`` that a file system which does not tell upper from lower case takes
    for an earlier one.
    """
    first: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for name in names:
        key = unicodedata.normalize("NFC", name).casefold()
        other = first.setdefault(key, name)
        if other != name:
            reasons[name] = f"Windows and macOS take this file and {PurePosixPath(other).name} for one"
    return reasons
