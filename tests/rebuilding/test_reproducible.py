"""Builds give the same bytes wherever, whenever and however they are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Book
from whole_book import outputs, same

REPRODUCIBLE = {"SOURCE_DATE_EPOCH": "1700000000"}


def built_in(folder: Path, sources: Path, **environment: str) -> dict[str, bytes]:
    """All outputs of a build of a copy of ``sources``, in a process of its own."""
    shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("_build"))
    subprocess.run(
        [sys.executable, "-m", "builder", "build", "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
        env=os.environ | REPRODUCIBLE | environment,
    )  # fmt: skip
    return outputs(folder / "_build")


@pytest.mark.slow
def test_two_folders_locales_time_zones_hash_seeds_and_process_counts(
    whole: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = built_in(
        tmp_path / "one", whole.folder, PYTHONHASHSEED="1", TZ="Asia/Ulaanbaatar", LC_ALL="C", LANG="C"
    )
    other = built_in(
        tmp_path / "another place" / "ü", whole.folder, PYTHONHASHSEED="4242", TZ="America/Lima", LC_ALL="C.UTF-8"
    )
    same(other, one)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", REPRODUCIBLE["SOURCE_DATE_EPOCH"])
    assert whole.build(None).status == 0  # this process has threads, so all is made in it
    same(outputs(whole.folder / "_build"), one)


@pytest.mark.slow
def test_no_output_names_the_machine(whole: Book, tmp_path: Path) -> None:
    made = built_in(tmp_path / "secret-folder-name", whole.folder)
    for name, content in made.items():
        assert b"secret-folder-name" not in content, name
        assert os.fsencode(str(Path.home())) not in content or str(Path.home()) in ("/", "/root"), name
