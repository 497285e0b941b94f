"""What the last build left for the next one, and whether it is still so: intermediate files are sealed when a build
ends.

What is not as it was sealed (damaged, deleted, left by a build that was killed, made by another version or with other
packages) is removed before the next build begins, which makes it again. So whatever reads intermediate files finds what
a whole build wrote, or nothing.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from builder.errors import first_names
from builder.store.records import read_json, write_json
from builder.store.stamps import package_stamp, stamp

SEALED = (
    "doctrees",
    "html",
    "typstpdf",
    "jupyter_execute",
    "plot_directive",
    "prints.json",
    "books.json",
    "slides.json",
)
"""What is sealed in the folder of intermediate files. Extensions put the pictures that they draw beside the
web book.
"""
SEAL = "seal.json"
"""The file that says how all others are."""
OWNED = ("doctrees/decks/", "doctrees/decks.json")
"""What is no intermediate file, since it cannot be made again: how decks were built."""
WEB_MEMORY = "doctrees/web.json"
"""Without it the web book is written anew, into an empty folder."""
WARNED = "doctrees/warned"
"""It is there when something was warned of since all was read anew: Sphinx says nothing again of what it does not read
or write again.
"""
SHOWN = 4
"""How many files a message names."""


def seal(work: Path) -> None:
    """Seal all intermediate files as they are.

    Raises:
        AuthorError: the folder cannot be written.
    """
    files = {name: stamp(work / name) for name in intermediate(work)}
    write_json(work / SEAL, {"made with": package_stamp(), "files": files})


def is_sealed(work: Path) -> bool:
    """True if all intermediate files are as the last whole build left them."""
    return (work / SEAL).exists() and not unsealed(work, sealed_in(work))


def sealed_in(work: Path) -> dict[str, str]:
    """Name of each file that this version sealed → its stamp then."""
    sealed = read_json(work / SEAL)
    return sealed["files"] if isinstance(sealed, dict) and sealed.get("made with") == package_stamp() else {}


def unsealed(work: Path, known: Mapping[str, str]) -> list[str]:
    """The names of intermediate files that are not as they are ``known``, or gone."""
    found = set(intermediate(work))
    return sorted(name for name in found | known.keys() if name not in found or stamp(work / name) != known.get(name))


def remove_unsealed(work: Path) -> None:
    """Remove what is not as the last whole build left it, and say so; the seal is another one then.

    Raises:
        AuthorError: the folder cannot be written.
    """
    known = sealed_in(work)
    wrong = unsealed(work, known)
    if not wrong:
        return
    if any(name.startswith("html/") for name in wrong):
        remove(work / WEB_MEMORY)
    remove_files(work, wrong)
    write_json(
        work / SEAL, {"made with": package_stamp(), "files": {name: known[name] for name in known.keys() - set(wrong)}}
    )
    if known:
        names = first_names(wrong, SHOWN)
        print(f"builder: not as a whole build left it in {work}, so made again: {names}", file=sys.stderr, flush=True)


def note_warned(work: Path, docnames: Iterable[str]) -> None:
    """Note that something was warned of, and in which documents.

    Raises:
        AuthorError: the folder cannot be written.
    """
    write_json(work / WARNED, sorted(docnames))


def warned_in(work: Path) -> set[str]:
    """The documents in which something was warned of."""
    found = read_json(work / WARNED)
    return set(map(str, found)) if isinstance(found, list) else set()


def forget_warned(work: Path) -> None:
    """Remove all intermediate files where something was warned of, so that the next build says all of it again."""
    if (work / WARNED).exists():
        remove_files(work, [*intermediate(work), SEAL])


def intermediate(work: Path) -> Iterator[str]:
    """The intermediate files, relative to their folder."""
    for top in SEALED:
        if (work / top).is_dir() and not (work / top).is_symlink():
            for folder, _, files in os.walk(work / top):
                names = (Path(folder, file).relative_to(work).as_posix() for file in files)
                yield from (name for name in names if not name.startswith(OWNED))
        elif os.path.lexists(work / top):
            yield top


def remove_files(work: Path, names: Iterable[str]) -> None:
    """Remove intermediate files, and the folders that hold nothing then."""
    for name in names:
        remove(work / name)
    for name in SEALED:
        remove_empty_folders(work / name)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def remove_empty_folders(top: Path) -> None:
    """Remove the folders below ``top`` that hold nothing: one may stand where a file is to be written."""
    for folder, _, _ in os.walk(top, topdown=False):
        with suppress(OSError):
            os.rmdir(folder)


def seal_again(work: Path, paths: Iterable[Path]) -> None:
    """Seal these files as they are now, and all others as they were."""
    sealed = read_json(work / SEAL)
    names = [path.relative_to(work).as_posix() for path in paths if path.is_relative_to(work)]
    if sealed is not None and names:
        sealed["files"] |= {name: stamp(work / name) for name in names}
        write_json(work / SEAL, sealed)
