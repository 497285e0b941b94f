"""What is released: names that every system takes, nothing that is no part of it, and what an index asks.

`make release-check` also installs it with the oldest and the newest Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import release_check  # noqa: E402


@pytest.mark.slow
def test_wheel_and_sdist_are_taken_by_an_index_and_by_windows(tmp_path: Path) -> None:
    archives = release_check.build_archives(tmp_path)
    assert list(release_check.index_problems(*archives)) == []
    for archive in archives:
        names = release_check.names_in(archive)
        assert len(names) > 500
        assert list(release_check.name_problems(names)) == []


def test_names_that_should_not_be_released_are_problems() -> None:
    names = [
        "src/a.py",
        "src/A.py",
        "docs/aux.md",
        "x/__pycache__/a.pyc",
        ".ruff_cache/1",
        "docs/_build/html/index.html",
    ]
    problems = list(release_check.name_problems(names))
    assert [problem.partition(":")[0] for problem in problems] == ["docs/aux.md", "src/A.py", *names[3:]]


def test_the_changelog_has_the_version_and_pythons_are_those_of_the_project() -> None:
    assert list(release_check.changelog_problems()) == []
    assert release_check.oldest_and_newest() == ("3.11", "3.13")
