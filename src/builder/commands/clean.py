"""``builder clean``: what the builder made goes, and nothing else."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from builder.build.ledger import Ledger
from builder.build.places import SET_ASIDE, Placing, recover
from builder.build.wording import counted
from builder.commands.outcome import FINE
from builder.source.edition_names import EDITIONS
from builder.store.lock import one_at_a_time
from builder.store.published import MANIFEST, WORK, published_in


def run_clean(output: Path) -> int:
    """Clean an output folder and print what went and what stayed; returns the exit status."""
    folders = [output.resolve() / edition for edition in EDITIONS]
    found = [clean(folder) for folder in (*folders, output.resolve())]
    with suppress(OSError):  # it was never there, or holds something
        output.rmdir()
    removed, left = ([path for one in found for path in one[place]] for place in (0, 1))
    print(
        f"removed {counted(len(removed), 'file or folder', 'files and folders')} from {output}"
        if removed
        else f"nothing of the builder's in {output}"
    )
    for path in left:
        print(f"kept {path.name}: the builder did not make it, or it was changed by hand")
    return FINE


def clean(output: Path) -> tuple[list[Path], list[Path]]:
    """Remove what the builder made in ``output``; returns what was removed and what stays.

    Files that the builder did not make, or that were changed since, stay; of edited decks also what the next build
    needs to merge them.
    """
    work = output / WORK
    if not work.is_dir():
        return [], []
    ledger = Ledger(work / "doctrees" / "decks.json", output / "slides")
    with one_at_a_time(work):
        recover(output)
        edited = {name for name in ledger.remembered() if ledger.is_edited(Path(name).stem)}
        with Placing(published_in(output)) as placing:
            ours = [placing.published.file(name) for name in placing.published.names("")]
            decks = {output / "slides" / name for name in edited}
            removed = [path for path in ours if path not in decks and placing.remove(path)]
        ledger.write({name: record for name, record in ledger.remembered().items() if name in edited})
        ledger.bases.keep_only({Path(name).stem for name in edited})
        needed = {ledger.path, *map(ledger.base, edited), ledger.bases.path} if edited else set()
        known = {work / MANIFEST} if edited or placing.published.files else set()
        empty(work, needed | known | {work / SET_ASIDE, work / "lock"})
    if not known and not (work / SET_ASIDE).exists():
        shutil.rmtree(work)
        removed.append(work)
    folders = [output / name for name in ("slides", "pdf", "html", "diff")]
    left = sorted(
        {path for folder in folders[:2] for path in folder.glob("*")} | {path for path in ours if path.exists()}
    )
    for folder in (*folders, output):
        if folder.is_dir() and not folder.is_symlink():
            with suppress(OSError):  # it holds something
                folder.rmdir()
    return removed, left


def empty(folder: Path, needed: set[Path]) -> None:
    """Remove all in a folder but certain files and folders, and the folders that hold them."""
    for path in folder.iterdir():
        if path in needed:
            continue
        if any(path in other.parents for other in needed):
            empty(path, needed)
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
