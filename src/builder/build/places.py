"""Outputs into their places: what others made or changed is never overwritten, nor removed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from builder.errors import Source, warn
from builder.store.exchange import OLD, move_to_free, place_of, take_out, take_place
from builder.store.files import part_of, refused, sync, sync_folders, unwanted
from builder.store.published import WORK, Published, State, published_in, sha256_of
from builder.store.stamps import digest, version
from builder.store.text import clean

SET_ASIDE = "set-aside"
"""Folder beside the manifest for other versions of what was made again, each build's in a folder named by its time."""
REPLACED = "replaced"
"""Folder beside the manifest for decks that came out of their places, named with their digests, until the next build: a
program that has one of them open may still write into it.
"""
NAMED = 3
"""How many files a warning names of those that it is about."""


class Placing:
    """Puts files in their places and takes them out; notes in ``published`` what it did, and says at its end what it
    set aside.
    """

    def __init__(self, published: Published) -> None:
        self.published = published
        self.folder = published.path.parent / SET_ASIDE / time.strftime("%Y-%m-%d-%H%M%S")
        self.set_aside: list[Path] = []
        self.emptied: set[Path] = set()

    def __enter__(self) -> Placing:
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        if kind is None:
            self._remove_empty_folders()
            self._say_what_was_set_aside()
            self.published.save()

    # --- in

    def wants(self, path: Path, sha256: str) -> bool:
        """True if ``path`` does not hold that content yet; a file of somebody else's with just that content becomes
        ours.
        """
        state = self.published.state(path)
        if state is State.OURS:
            return self.published.files[self.published.name(path)].sha256 != sha256
        if state is State.MISSING or not path.is_file() or sha256_of(path) != sha256:
            return True
        self.published.confirm(path, sha256)
        return False

    def put(self, part: Path, path: Path, sha256: str, copied_from: Path | None = None) -> None:
        """Move ``part`` to ``path``.

        What was there goes aside, unless it is what we published. Where another program holds it open, the new file
        stands beside it.

        Raises:
            OSError: the folder cannot be written.
        """
        try:
            old = take_place(part, path)
        except PermissionError:
            self.stand_beside(part, path, sha256)
            return
        if old is not None:
            self._judge(old, path)
        self.published.confirm(path, sha256, copied_from)
        self.end_of_waiting(path)

    def copy(self, contents: Mapping[Path, Path]) -> list[Path]:
        """Bring files (the keys) to what others hold, each replaced whole; returns those that changed.

        Raises:
            AuthorError: a file cannot be written.
        """
        wanted = {path: digest(source) for path, source in contents.items() if not self._is_copy(path, source)}
        changed = {path: sha256 for path, sha256 in wanted.items() if self.wants(path, sha256)}
        for path in wanted.keys() - changed.keys():
            self.published.confirm(path, wanted[path], contents[path])
        self.published.intend(changed)
        for path, sha256 in changed.items():
            with refused(path):
                self.clear_way(path)
                with part_of(path, contents[path]) as part:
                    self.put(part, path, sha256, contents[path])
        return list(changed)

    def _is_copy(self, path: Path, source: Path) -> bool:
        """True if ``path`` is what was copied from ``source`` as that is now."""
        record = self.published.files.get(self.published.name(path))
        return (
            record is not None
            and record.copied_from is not None
            and record.copied_from == version(source)
            and self.published.state(path) is State.OURS
        )

    def clear_way(self, path: Path) -> None:
        """Move aside a file that lies where ``path`` needs a folder."""
        for parent in path.parents:
            if parent == self.published.root or parent.is_dir():
                return
            if os.path.lexists(parent):
                if self.published.state(parent) is State.OURS:
                    parent.unlink()
                else:
                    self.move_aside(parent, parent, f"stood where the folder of {path.name} belongs")
                self.published.forget(parent)

    # --- what was there

    def _judge(self, old: Path, path: Path) -> None:
        """Do with what came out of its place what is right for it."""
        state = self.published.state_of(old, path)
        if state is State.OURS:
            with suppress(PermissionError):  # somebody has just opened it: `recover` removes it
                old.unlink()
        elif state is State.FOREIGN:
            self.move_aside(old, path, "was not made by this project")
        elif not self.published.name(path).startswith("html/") and is_somebodys(old):
            self.move_aside(old, path, "was changed since it was built")
        else:
            self._set_aside(old, path)

    def move_aside(self, old: Path, path: Path, why: str) -> Path:
        """Give what lay at ``path``, and is at ``old`` now, a dated name beside it, and say so; returns that."""
        kept = move_to_dated(old, path, "")
        warn(f"{path.name} {why}; it is kept as {kept.name} beside the new one.", Source(str(path)), "set_aside")
        return kept

    def _set_aside(self, old: Path, path: Path) -> None:
        """Keep what lay at ``path`` among intermediate files: a page that was changed, a file that is damaged."""
        kept = self.folder / self.published.name(path)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(old, kept)
        self.set_aside.append(path)

    def _say_what_was_set_aside(self) -> None:
        if self.set_aside:
            names = ", ".join(self.published.name(path) for path in self.set_aside[:NAMED])
            rest = f" and {len(self.set_aside) - NAMED} more" if len(self.set_aside) > NAMED else ""
            was, are = ("was", "is") if len(self.set_aside) == 1 else ("were", "are")
            warn(
                f"{names}{rest} {was} changed or damaged since the last build, and {are} made again; "
                f"what was there is kept in {self.folder}.",
                Source(str(self.set_aside[0])),
                "set_aside",
            )

    def bring_back(self, old: Path) -> None:
        """Move what came out of its place there again if that is empty now, else aside if it is neither ours nor merged
        into what is there.
        """
        path = place_of(old)
        with suppress(FileExistsError):
            move_to_free(old, path)
            return
        merged = self.published.merged.get(self.published.name(path))
        if self.published.state_of(old, path) is State.OURS or (old.is_file() and sha256_of(old) == merged):
            old.unlink()
        else:
            self.move_aside(old, path, "was saved while a build that was stopped replaced it")

    # --- held open by another program

    def stand_beside(self, part: Path, path: Path, sha256: str) -> None:
        """Put ``part`` beside a file that another program holds open, and say so; it takes its place in the next build.

        Raises:
            OSError: the folder cannot be written.
        """
        new = self._free_beside(path)
        with suppress(FileNotFoundError):
            new.unlink()
        move_to_free(part, new)
        self.published.confirm(new, sha256)
        self.published.wait(path, new)
        warn(
            f"{path.name} is open in another program, which does not let it be replaced; the new one is {new.name} "
            f"beside it. Close {path.name} and build again, and it takes its place.",
            Source(str(path)),
            "held_open",
        )

    def _free_beside(self, path: Path) -> Path:
        """The first of ``deck-new.pptx``, ``deck-new-2.pptx``, ... that is not somebody else's."""
        number = 1
        while True:
            new = path.with_name(f"{path.stem}-new{f'-{number}' if number > 1 else ''}{path.suffix}")
            if self.published.state(new) in (State.MISSING, State.OURS):
                return new
            number += 1

    def end_of_waiting(self, path: Path) -> None:
        """Remove what stood beside ``path`` while another program held that open; where that is open now, the next
        build tries again.
        """
        name = self.published.name(path)
        new = self.published.waiting.get(name, "")
        if new:
            self.remove(self.published.file(new))
            if new not in self.published.files:
                del self.published.waiting[name]

    # --- out

    def remove(self, path: Path) -> bool:
        """Remove a file that we published; one that was changed since stays, and that is said. Returns whether it
        went.
        """
        state = self.published.state(path)
        if state is State.OURS:
            try:
                return self._take_out(path)
            except PermissionError:
                warn(
                    f"{path.name} is no longer made, and cannot be removed: is it open in another program?",
                    Source(str(path)),
                    "held_open",
                )
                return False
            except FileNotFoundError:
                state = State.MISSING
        if state is State.CHANGED:
            self._say_that_it_stays(path)
        self.published.forget(path)
        return False

    def _take_out(self, path: Path) -> bool:
        """Remove a file if it is still ours when it is out of its place; else it goes back."""
        old = take_out(path)
        is_ours = self.published.state_of(old, path) is State.OURS
        if is_ours:
            old.unlink()
            self.emptied.update(path.parents)
        else:
            self.bring_back(old)
            self._say_that_it_stays(path)
        self.published.forget(path)
        return is_ours

    def _say_that_it_stays(self, path: Path) -> None:
        warn(
            f"{path.name} is no longer made; it was changed since it was built, and stays.",
            Source(str(path)),
            "set_aside",
        )

    def remove_all_but(self, folder: str, wanted: Collection[Path]) -> list[Path]:
        """Remove what we published below a folder and is not wanted, nor waits to take the place of what is; returns
        what went.
        """
        waiting = {self.published.file(new) for new in self.published.waiting.values()}
        paths = [path for path in map(self.published.file, self.published.names(folder)) if path not in wanted]
        gone = unwanted(paths, wanted)
        for path in set(paths) - set(gone):  # it was renamed in its case, where the file system does not tell it
            self.published.forget(path)
        return [path for path in gone if path not in waiting and self.remove(path)]

    def _remove_empty_folders(self) -> None:
        """Remove folders below the root that are empty now that something of ours went."""
        for folder in sorted(self.emptied, key=lambda folder: len(folder.parts), reverse=True):
            if self.published.root in folder.parents and folder.is_dir() and not folder.is_symlink():
                with suppress(OSError):  # it holds something
                    folder.rmdir()


def move_to_dated(old: Path, path: Path, word: str) -> Path:
    """Move ``old`` to a name like ``path`` with a word and the time of its last change in it; returns that."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S", time.localtime(old.lstat().st_mtime))
    count = 1
    while True:
        kept = path.with_name(f"{path.stem}{word}-{stamp}{f'-{count}' if count > 1 else ''}{path.suffix}")
        try:
            move_to_free(old, kept)
        except FileExistsError:
            count += 1
        else:
            return kept


@contextmanager
def placed(published: Published, contents: Mapping[Path, bytes | Path]) -> Iterator[None]:
    """Files, of these bytes or copies of others, are on the disk under temporary names while the block runs; when it
    ends well they take their places.

    Raises:
        AuthorError: a folder cannot be written; no path is changed then.
    """
    with ExitStack() as stack, Placing(published) as placing:
        parts, digests = {}, {}
        for path, content in contents.items():
            with refused(path):
                placing.clear_way(path)
                parts[path] = stack.enter_context(part_of(path, content))
                sync(parts[path])
                digests[path] = sha256_of(parts[path])
        yield
        wanted = {path: sha256 for path, sha256 in digests.items() if placing.wants(path, sha256)}
        published.intend(wanted)
        for path, sha256 in wanted.items():
            with refused(path):
                placing.put(parts[path], path, sha256)
        sync_folders(contents)


def recover(output: Path) -> None:
    """Bring back what a build that was killed had taken out of its place, where that is not what we published."""
    with Placing(published_in(output)) as placing:
        for old in taken_out(output):
            placing.bring_back(old)
        for old in saved_since_replaced(output):
            name = old.name.rpartition(".")[0]
            placing.move_aside(old, output / "slides" / name, "was saved once more when a build had replaced it")


def taken_out(output: Path) -> list[Path]:
    """What a build that was killed had taken out of its place."""
    below = (old for folder in ("html", "pdf", "slides") for old in (output / folder).rglob(f".*{OLD}"))
    return sorted([*output.glob(f".*{OLD}"), *below])


def saved_since_replaced(output: Path) -> list[Path]:
    """Decks that came out of their places and were saved once more since; the others are removed."""
    left = []
    for old in sorted((output / WORK / REPLACED).glob("*")):
        if sha256_of(old) == old.name.rpartition(".")[2]:
            old.unlink()
        else:
            left.append(old)
    return left


def is_somebodys(path: Path) -> bool:
    """True if what lies in the place of a PDF is a work of somebody's, another PDF or a text, and not what damage left
    of ours.
    """
    if is_readable_pdf(path):
        return True
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not text.startswith("%PDF") and clean(text) == text


def is_readable_pdf(path: Path) -> bool:
    """True if a file is a PDF with pages that need no repair."""
    import pikepdf

    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            return len(pdf.pages) > 0 and not pdf.check_pdf_syntax()
    except (OSError, ValueError, pikepdf.PdfError):
        return False
