"""Outputs into place, file by file, and out again: publish, downloads, clean."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

from builder.files import PART, write_whole
from builder.pptx.ledger import Ledger
from builder.report import Output
from builder.request import WORK, Request
from builder.state import last_books
from builder.web import DOWNLOADS


def publish(made: Path, target: Path) -> list[str]:
    """Bring ``target`` to what ``made`` holds, file by file, each replaced whole; returns the files that changed or went."""
    changed = []
    wanted = set()
    for path in sorted(made.rglob("*")):
        relative = path.relative_to(made)
        if path.is_dir() or relative.parts[0] == ".doctrees" or relative.name == ".buildinfo.bak":
            continue
        wanted.add(relative)
        if copy_whole(path, target / relative):
            changed.append(relative.as_posix())
    for path in sorted(target.rglob("*"), reverse=True):
        relative = path.relative_to(target)
        if relative.parts[0] == DOWNLOADS:
            continue
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif relative not in wanted:
            path.unlink()
            changed.append(relative.as_posix())
    return changed


def publish_pages(made: Path, target: Path) -> list[str]:
    """Bring pages and pictures of ``target`` to what ``made`` holds, before its other files are finished; returns those that changed."""
    paths = sorted([*made.rglob("*.html"), *(made / "_images").glob("*")])
    return [path.relative_to(made).as_posix() for path in paths if copy_whole(path, target / path.relative_to(made))]


def copy_whole(source: Path, target: Path) -> bool:
    """Copy a file under a temporary name and move it into place; false when the target has it already."""
    found = source.stat()
    try:
        there = target.stat()
        if there.st_size == found.st_size:
            if there.st_mtime_ns == found.st_mtime_ns:
                return False
            if filecmp.cmp(source, target, shallow=False):
                os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))
                return False
    except OSError:
        target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}{PART}")
    shutil.copy2(source, part)
    os.replace(part, target)
    return True


def offer_downloads(request: Request, outputs: list[Output], *, whole: bool) -> None:
    """Copies of the PDF and the decks inside the web book, where its pages link to them.

    Unless the outputs are ``whole``, the last copies of those that could not be made stay.
    """
    folder = request.output / "html" / DOWNLOADS
    wanted = set()
    for output in outputs:
        if output.kind == "html":
            continue
        for path in (Path(output.path), Path(output.path).with_suffix(".pdf")):
            if path.exists():
                wanted.add(path.name)
                copy_whole(path, folder / path.name)
    if folder.is_dir() and whole and not request.deck:
        for path in folder.iterdir():
            if path.name not in wanted:
                path.unlink()


def clean(output: Path) -> tuple[list[Path], list[Path]]:
    """Remove what the builder made in ``output``; returns what was removed and what was kept.

    Decks that were changed by hand, and files that the builder does not know, stay.
    """
    if not (output / WORK).is_dir():
        return [], []
    slides = output / "slides"
    before = set(slides.glob("*"))
    ledger = Ledger(output / WORK / "doctrees" / "decks.json", slides)
    ledger.sweep({})
    remembered = ledger.remembered()
    bases = {name: ledger.base(name).read_bytes() for name in remembered if ledger.base(name).is_file()}
    kept = sorted(slides.glob("*"))
    removed = sorted(before - set(kept))
    books = [
        path for path in last_books(Request(output, output, output)) if path.resolve().is_relative_to(output.resolve())
    ]
    for path in books:
        path.unlink(missing_ok=True)
    removed += books
    edited = {path.name: bases[path.name] for path in kept if path.name in bases}
    for name in ("html", "diff", WORK):
        if (output / name).is_dir():
            shutil.rmtree(output / name)
            removed.append(output / name)
    if edited:  # what was changed by hand can be merged by the next build
        for name, content in edited.items():
            write_whole(ledger.base(name), content)
        ledger.write({name: remembered[name] for name in edited})
    (output / "report.json").unlink(missing_ok=True)
    for folder in (slides, output / "pdf", output):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return removed, kept
