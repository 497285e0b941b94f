"""Which office program has a deck open, by the lock file that it puts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

UTF16_AT = 55
"""Where in PowerPoint's lock file the length of its user's name stands, and the name in UTF-16 behind it; the same in
the system's code page stands at 0.

Source: what LibreOffice found out of it, svl/source/misc/msodocumentlockfile.cxx.
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A program that has a deck open, its user ('' where that is not known), and the lock file that shows it."""

    program: str
    user: str
    lock: Path

    def __str__(self) -> str:
        return f"{self.program} (by {self.user})" if self.user else self.program


def opened_in(deck: Path) -> Opened | None:
    """The program that has a deck open; None where no lock file says so."""
    for lock, program, user_of in (
        (deck.with_name(f".~lock.{deck.name}#"), "LibreOffice", user_of_libreoffice),
        (deck.with_name(f"~${deck.name}"), "PowerPoint", user_of_powerpoint),
    ):
        try:
            if lock.is_file():
                return Opened(program, " ".join(user_of(lock.read_bytes()).split()), lock)
        except PermissionError:  # PowerPoint lets nobody read it
            return Opened(program, "", lock)
        except OSError:
            continue  # it was closed just now
    return None


def user_of_libreoffice(content: bytes) -> str:
    """``name,login,host,date,profile;``: the name that its user gave, or else the login."""
    fields = content.decode("utf-8", "replace").split(";")[0].split(",")
    return next((field for field in fields[:2] if field.strip()), "")


def user_of_powerpoint(content: bytes) -> str:
    """The name that its user gave, see `UTF16_AT`."""
    length = int.from_bytes(content[UTF16_AT : UTF16_AT + 2], "little")
    wide = content[UTF16_AT + 2 : UTF16_AT + 2 + 2 * length]
    if length and len(wide) == 2 * length:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    return content[1 : 1 + content[0]].decode("latin-1") if content else ""
