"""Puts faults into whole rooms, drawn at random, one at a time, and prints those that no test of the room notices.

    python tools/sampled_faults.py [--count 24] [--seed 1] [--processes 2] [ROOM...]

`tools/mutants.py` tries every fault in chosen modules with the tests that are theirs. Here all tests that are not slow
run once, to see which of them run which line; then each fault meets those that run its line.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from covering_tests import CoveringTests, measure

ROOT = Path(__file__).parents[1]
ROOMS = ("deck", "merge", "commands/pull", "build", "book/binding")
"""Rooms, and folders of rooms, that get faults where none is named."""
COPIED = (
    "src", "tests", "tools", "docs", "book", "slides", "editors", ".github", ".ci", "conf.py", "pyproject.toml",
    "Makefile", "LICENSE", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md",
)  # fmt: skip
"""What the tests read of the repository."""
LONGEST = 600
"""Seconds after which a fault counts as noticed: without it, its tests take a fraction of them."""
OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of a line of a module, and what is put in its place."""

    path: Path
    line: int
    start: int
    end: int
    text: str

    def put_into(self, root: Path) -> str:
        """Write the module with the fault below ``root``; returns the line before and after."""
        lines = (ROOT / self.path).read_bytes().splitlines(keepends=True)
        before = lines[self.line - 1]
        lines[self.line - 1] = before[: self.start] + self.text.encode() + before[self.end :]
        (root / self.path).write_bytes(b"".join(lines))
        return f"{self.path}:{self.line}\n- {before.decode().strip()}\n+ {lines[self.line - 1].decode().strip()}"


def faulty(node: ast.AST) -> ast.AST | None:
    """Another expression in the place of one; None where there is none."""
    match node:
        case ast.Compare(left, [operator], right) if type(operator) in OPPOSITES:
            return ast.Compare(left, [OPPOSITES[type(operator)]()], right)  # type: ignore[list-item]
        case ast.BoolOp(operator, values):
            return ast.BoolOp(OPPOSITES[type(operator)](), values)  # type: ignore[arg-type]
        case ast.BinOp(left, operator, right) if type(operator) in OPPOSITES:
            return ast.BinOp(left, OPPOSITES[type(operator)](), right)  # type: ignore[arg-type]
        case ast.UnaryOp(ast.Not(), operand):
            return operand
        case ast.Constant(value) if isinstance(value, bool):
            return ast.Constant(not value)
        case ast.Constant(value) if isinstance(value, int):
            return ast.Constant(value + 1)
        case ast.IfExp(test, body, other):
            return ast.IfExp(test, other, body)
    return None


def faults_of(path: Path) -> Iterator[Fault]:
    """All faults that a module may get: of expressions on one line inside of functions."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in {inner for function in functions for part in function.body for inner in ast.walk(part)}:
        other = faulty(node)
        if other is not None and isinstance(node, ast.expr) and node.lineno == node.end_lineno:
            yield Fault(path, node.lineno, node.col_offset, node.end_col_offset or 0, f"({ast.unparse(other)})")


def drawn(room: str, count: int, seed: int) -> list[Fault]:
    """Faults of a room at random, the same ones for the same seed."""
    modules = sorted((ROOT / "src/builder" / room).rglob("*.py"))
    found = [fault for module in modules for fault in faults_of(module.relative_to(ROOT))]
    found.sort(key=lambda fault: (fault.path, fault.line, fault.start, fault.end))
    return random.Random(f"{seed} {room}").sample(found, min(count, len(found)))


def is_noticed(fault: Fault, folder: Path, tests: list[str]) -> bool:
    """True if one of the tests fails with the fault that stands in the copy of the code in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not slow", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def copy_repository(folder: Path) -> None:
    """Copy what the tests read of the repository."""
    ignored = shutil.ignore_patterns("__pycache__", "_build", "node_modules")
    for part in COPIED:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=ignored)
        else:
            shutil.copy(source, folder / part)


def try_room(room: str, faults: list[Fault], copies: list[Path], covering: CoveringTests) -> None:
    """Print the faults of a room that no test notices, and how many were; as many at a time as there are copies."""
    free = SimpleQueue[Path]()
    for copy in copies:
        free.put(copy)

    def tried(fault: Fault) -> tuple[str, bool | None]:
        """The fault as text, and whether it was noticed; None where no test runs its line."""
        tests = covering.of(fault.path, fault.line)
        folder = free.get()
        shown = fault.put_into(folder)
        try:
            return shown, is_noticed(fault, folder, tests) if tests else None
        finally:
            shutil.copy(ROOT / fault.path, folder / fault.path)
            free.put(folder)

    noticed = unrun = 0
    with ThreadPoolExecutor(len(copies)) as pool:
        for shown, outcome in pool.map(tried, faults):
            noticed += outcome is True
            unrun += outcome is None
            if not outcome:
                print(shown if outcome is False else f"{shown}\n  (no test runs it in its own process)", flush=True)
    print(f"# {room}: {noticed} of {len(faults)} noticed, {unrun} not run\n", flush=True)


def main() -> None:
    """Print each fault that no test noticed, and how many were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", default=[*ROOMS])
    parser.add_argument("--count", type=int, default=24, help="how many faults, shared by the rooms")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="how many faults are tried at a time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        copies = [Path(name) / str(index) for index in range(given.processes)]
        for copy in copies:
            copy_repository(copy)
        measure(copies[0])
        covering = CoveringTests(copies[0])
        for room in given.rooms:
            try_room(room, drawn(room, -(-given.count // len(given.rooms)), given.seed), copies, covering)


if __name__ == "__main__":
    main()
