"""Forty kinds of edit by hand, made and saved by three kinds of program, against twelve kinds of edit in the sources:
nothing made by hand is lost, and what the sources changed is there or is told.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import functools
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hand import EDITS, HandEdit, made, notes_text, words
from lecture import CHAPTER, FILES, LECTURES
from powerpoint import as_powerpoint
from pptx import Presentation

from builder.merge.decks import Merged, merge
from builder.pptx.package.conform import problems

from conftest import PNG, Once, built_once

CHANGES: dict[str, tuple[dict[str, str | bytes], tuple[str, ...]]] = {
    "text of a bullet": ({"chapter.md": CHAPTER.replace("The first bullet says something plain", "The first bullet is new")}, ("The first bullet is new",)),
    "text of another bullet": ({"chapter.md": CHAPTER.replace("is about grain", "is all about grain and rice")}, ("is all about ", " and rice")),
    "new bullet": ({"chapter.md": CHAPTER.replace("about grain]{.point}.", "about grain]{.point}. [A fourth "
                                                                           "bullet]{.point}.")}, ("A fourth bullet",)),
    "dropped bullet": ({"chapter.md": CHAPTER.replace(" [The second bullet says something else]{.point}.", "")}, ()),
    "title": ({"chapter.md": CHAPTER.replace("## Bullets", "## Renamed")}, ("Renamed",)),
    "new slide": ({"chapter.md": CHAPTER.replace("{.slide}\n## Table", "{.slide}\n## Fresh\n\n[Fresh words]{.point}.\n"
                                                                       "\n{.slide}\n## Table")}, ("Fresh words",)),
    "dropped slide": ({"chapter.md": CHAPTER[: CHAPTER.index("{.slide}\n## Table")] + CHAPTER[CHAPTER.index("{.slide}\n## Chart") :]}, ()),
    "order of slides": (
        {"chapter.md": CHAPTER[: CHAPTER.index("{.slide}\n## Picture")] + CHAPTER[CHAPTER.index("{.slide}\n## Last") :] + "\n"
         + CHAPTER[CHAPTER.index("{.slide}\n## Picture") : CHAPTER.index("{.slide}\n## Last")]}, (),
    ),
    "caption, picture and cell": (
        {"chapter.md": CHAPTER.replace("A field in the north", "A field in the south").replace("  - ten", "  - eleven"), "picture.png": PNG + b"\0"}, ("eleven",),
    ),
    "data": ({"rows.csv": "year,count\n1937,10\n1938,22\n1939,15\n"}, ()),
    "notes": ({"chapter.md": CHAPTER.replace("Say it slowly.", "Say it loudly.")}, ("Say it loudly.",)),
    "template": ({"slides/lectures.toml": LECTURES + 'template = "seminar"\n'}, ()),
}  # fmt: skip


@pytest.fixture(scope="module")
def decks(once: Once) -> dict[str, bytes]:
    """The deck as built, under '', and after each change of the sources."""
    return {
        name: once(f"deck after {name}", deck_with(files)).joinpath("_build/slides/a.pptx").read_bytes()
        for name, (files, _) in {"": ({}, ()), **CHANGES}.items()
    }


def deck_with(changed: dict[str, str | bytes]) -> Callable[[Path], None]:
    """A function that builds the deck in a folder with some of its files changed."""

    def fill(folder: Path) -> None:
        built_once(folder, {**FILES, **changed}, "--to", "pptx")

    return fill


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def everything(content: bytes) -> str:
    """All words of a deck: on slides, in notes and in comments."""
    deck = opened(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        comments = [archive.read(name).decode() for name in archive.namelist() if name.startswith("ppt/comments/")]
    return "\n".join([words(deck), notes_text(deck), *comments])


def check(base: bytes, left: bytes, now: bytes, edit: HandEdit, change: str) -> Merged:
    """Merge, and see that the edit and the change are there."""
    merged = merge(base, left, now)
    before, after = edit.seen(opened(left)), edit.seen(opened(merged.content))
    assert after == before, (
        f"{edit.name} against {change}: {before} was left, {after} is there; {[str(c) for c in merged.conflicts]}"
    )
    text = everything(merged.content)
    for word in CHANGES[change][1]:
        assert word in text or merged.deleted, f"{edit.name} against {change}: '{word}' is neither there nor told"
    assert merge(now, merged.content, now).content == merged.content
    return merged


USUAL = ("text of a bullet", "new slide")
PROGRAMS = ("python-pptx", "PowerPoint", "LibreOffice")


def changes_for(edit: HandEdit, program: str) -> list[str]:
    """The changes that an edit made by a program is merged with: the usual ones and a third of the others, so that each
    edit meets each change by one program, and each program all changes.
    """
    others = [change for change in CHANGES if change not in USUAL]
    first = (EDITS.index(edit) + PROGRAMS.index(program)) % len(PROGRAMS)
    return [*USUAL, *others[first :: len(PROGRAMS)]]


def check_all(decks: dict[str, bytes], left: bytes, edit: HandEdit, changes: Sequence[str]) -> None:
    """Merge with each change; nothing comes in that a schema forbids and that was not there before."""
    known = set(problems(left))
    for change in changes:
        merged = check(decks[""], left, decks[change], edit, change)
        assert set(problems(merged.content)) <= known, change


every_edit = pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)


@every_edit
def test_usual_changes(decks: dict[str, bytes], edit: HandEdit) -> None:
    left = made(decks[""], edit)
    assert edit.seen(opened(left)) != edit.seen(opened(decks[""]))
    check_all(decks, as_powerpoint(left), edit, USUAL)


@pytest.mark.slow
@every_edit
def test_edits_made_with_python_pptx(decks: dict[str, bytes], edit: HandEdit) -> None:
    check_all(decks, made(decks[""], edit), edit, changes_for(edit, "python-pptx"))


@pytest.mark.slow
@every_edit
def test_edits_as_powerpoint_writes_them(decks: dict[str, bytes], edit: HandEdit) -> None:
    check_all(decks, as_powerpoint(made(decks[""], edit)), edit, changes_for(edit, "PowerPoint"))


OFFICE = Path(__file__).parent / "office.py"


@functools.cache
def python_with_uno() -> str:
    """A Python that can talk to LibreOffice; '' where there is none."""
    for name in ("/usr/bin/python3", "python3"):
        if (
            shutil.which("soffice")
            and shutil.which(name)
            and not subprocess.run([name, "-c", "import uno"], capture_output=True, check=False).returncode
        ):
            return name
    return ""


TRIES = 5
"""Now and then LibreOffice saves a deck without the edit that it was told to make, and with it when it is told
again.
"""

UNTOUCHED = "nothing"
"""The job in which LibreOffice only opens the deck and saves it: it rounds places and counts anew as it does so, and
what it changes by itself is no edit.
"""


def is_seen(untouched: Path, left: Path, name: str) -> bool:
    """True if an edit is in the deck that was left, or cannot be."""
    if name in {UNTOUCHED, *LOST_BY_OFFICE}:
        return True
    edit = next(edit for edit in EDITS if edit.name == name)
    return edit.seen(opened(left.read_bytes())) != edit.seen(opened(untouched.read_bytes()))


@pytest.fixture(scope="module")
def office(decks: dict[str, bytes], once: Once) -> dict[str, bytes]:
    """The deck as LibreOffice saves it after each edit; those that it cannot make itself are made before, and saved by
    it.
    """
    if not python_with_uno():
        pytest.skip("there is no LibreOffice with Python's bridge to it (libreoffice-impress, python3-uno)")
    folder = once("decks of LibreOffice", functools.partial(edit_in_office, decks[""]))
    names = [*(edit.name for edit in EDITS), UNTOUCHED]
    return {name: (folder / f"left-{number}.pptx").read_bytes() for number, name in enumerate(names)}


def edit_in_office(base: bytes, folder: Path) -> None:
    """Fill a folder with the deck as LibreOffice saves it after each edit, and after none."""
    jobs = []
    decks = {**{edit.name: made(base, edit) for edit in EDITS}, UNTOUCHED: base}
    for number, (name, deck) in enumerate(decks.items()):
        (folder / f"base-{number}.pptx").write_bytes(base)
        (folder / f"made-{number}.pptx").write_bytes(deck)
        names = {kind: f"{kind}-{number}.pptx" for kind in ("base", "made")}
        jobs.append({"edit": name, **names, "out": f"left-{number}.pptx"})
    untouched = folder / jobs[-1]["out"]
    for _ in range(TRIES):
        (folder / "jobs.json").write_text(json.dumps(jobs))
        subprocess.run([python_with_uno(), str(OFFICE), str(folder)], check=True, timeout=500)
        jobs = [job for job in jobs if not is_seen(untouched, folder / job["out"], job["edit"])]
        if not jobs:
            break


LOST_BY_OFFICE = {"ink", "name of a section", "another layout"}
"""What LibreOffice does not write again when it saves a deck."""


@pytest.mark.slow
@every_edit
def test_edits_made_with_libreoffice(decks: dict[str, bytes], office: dict[str, bytes], edit: HandEdit) -> None:
    left = office[edit.name]
    if edit.seen(opened(left)) == edit.seen(opened(office[UNTOUCHED])):
        assert edit.name in LOST_BY_OFFICE, "the edit is not in the file that LibreOffice saved"
    for change in changes_for(edit, "LibreOffice"):
        check(decks[""], left, decks[change], edit, change)


def test_each_edit_meets_each_change() -> None:
    for edit in EDITS:
        assert {change for program in PROGRAMS for change in changes_for(edit, program)} == set(CHANGES)
