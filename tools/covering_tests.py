"""Which tests run a line of the package, as coverage saw it with a context for each test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from coverage import CoverageData

MOST = 120
"""Tests that are tried for a line that more of them run: those that run least of each test module, in turn."""


def measure(folder: Path) -> None:
    """Run the quick tests of a copy of the repository under coverage, into its file ``.coverage``."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-m", "not slow"]
    command += ["-p", "no:cacheprovider", "--cov", "--cov-context=test", "--cov-report="]
    subprocess.run(command, cwd=folder, env=environment, check=False)


class CoveringTests:
    """The tests behind each line of the package, from what ``measure`` wrote in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = CoverageData(basename=str(folder / ".coverage"))
        self._data.read()

    @cached_property
    def _of_modules(self) -> dict[str, list[str]]:
        """Test module → its tests: what a fixture runs is seen by each of them."""
        found: dict[str, list[str]] = defaultdict(list)
        for context in sorted(self._data.measured_contexts()):
            if context.endswith("|run"):
                test = context.removesuffix("|run")
                found[test.partition("::")[0]].append(test)
        return found

    @cached_property
    def _costs(self) -> Counter[str]:
        """Test → how many lines of the package it runs."""
        found: Counter[str] = Counter()
        for file in self._data.measured_files():
            for contexts in self._data.contexts_by_lineno(file).values():
                found.update(context.partition("|")[0] for context in contexts)
        return found

    def of(self, path: Path, line: int) -> list[str]:
        """The tests that run a line, those first that run least, and the test modules that name its module."""
        return [*self._running(path, line), *self._naming(path)]

    def _naming(self, path: Path) -> list[str]:
        """Test modules that name a module of the package."""
        name = ".".join(path.relative_to("src").with_suffix("").parts).encode()
        found = sorted((self._folder / "tests").rglob("test_*.py"))
        return [one.relative_to(self._folder).as_posix() for one in found if name in one.read_bytes()]

    def _running(self, path: Path, line: int) -> list[str]:
        """The tests that run a line in their own process, those first that run least."""
        contexts = self._data.contexts_by_lineno(str(self._folder / path)).get(line, [])
        found = set()
        for context in filter(None, contexts):
            test, _, phase = context.partition("|")
            found.update([test] if phase == "run" else self._of_modules[test.partition("::")[0]])
        by_module: dict[str, list[str]] = defaultdict(list)
        for test in sorted(found, key=lambda test: (self._costs[test], test)):
            by_module[test.partition("::")[0]].append(test)
        in_turn = [test for tests in zip_longest(*by_module.values()) for test in tests if test]
        return sorted(in_turn[:MOST], key=lambda test: (self._costs[test], test))
