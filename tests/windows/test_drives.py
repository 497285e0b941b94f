"""Typst finds pictures where files have drives."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from builder.typeset.compile import below_root, root_of_drive


def test_a_path_on_a_drive_stands_below_its_root() -> None:
    assert below_root(PureWindowsPath(r"C:\my course\slides\a map.png")) == "/my course/slides/a map.png"
    assert below_root(PurePosixPath("/my course/a map.png")) == "/my course/a map.png"


def test_the_root_is_that_of_the_folder_that_we_work_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert root_of_drive() == tmp_path.anchor
