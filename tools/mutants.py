"""Puts small faults into chosen modules, one at a time, and prints those that no test notices.

    python tools/mutants.py [MODULE...]        modules of the table below; all of them without any

Each module runs with the tests that are about it, in a copy of the repository's code, by mutmut. tests/mutants.md says
which survivors were looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = {
    "deck/split.py": ("tests/deck/test_split.py",),
    "deck/flow.py": ("tests/deck/test_parts_of_slides.py",),
    "deck/blocks/tables.py": ("tests/deck/test_table_columns.py",),
    "merge/align.py": ("tests/merge/test_align.py",),
    "merge/text.py": ("tests/merge/test_merged_text.py",),
    "source/numbers.py": ("tests/test_numbers.py",),
    "commands/pull/source_texts.py": ("tests/merge/test_source_texts.py", "tests/merge/test_rewrite.py"),
    "build/wording.py": ("tests/test_wording.py",),
    "store/keys.py": ("tests/store/test_keys.py",),
}
"""Module of the package → the tests that must notice faults in it."""
PROFILE = """
from hypothesis import HealthCheck, settings

settings.register_profile("mutants", max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("mutants")
"""
"""For tests of properties, which run once for each fault, and slower."""


def copied(module: str, folder: Path) -> None:
    """Copy the code and tests into a folder, with settings of mutmut for one module."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("src", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    with (folder / "tests/conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(PROFILE)
    settings = re.sub(r"(?m)^filterwarnings.*$", "", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    selection = ", ".join(f'"{test}"' for test in TESTS[module])
    settings += f"""
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/builder/{module}"]
pytest_add_cli_args = ["-x", "-p", "no:cacheprovider", "-W", "ignore"]
pytest_add_cli_args_test_selection = [{selection}]
use_git_change_detection = false
track_dependencies = false
"""
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")


def survivors(module: str) -> tuple[int, list[str]]:
    """How many faults were tried in a module, and those that no test noticed, each as a diff."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(module, folder)
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

        def mutmut(*arguments: str) -> str:
            command = [sys.executable, "-m", "mutmut", *arguments]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
            if done.returncode:
                sys.exit(f"{module}: mutmut {arguments[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
            return done.stdout

        mutmut("run", "--max-children", "2")
        lines = [
            line.strip().rsplit(": ", 1) for line in mutmut("results", "--all", "true").splitlines() if ": " in line
        ]
        left = [key for key, outcome in lines if outcome in ("survived", "no tests", "suspicious")]
        return len(lines), [mutmut("show", key) for key in left]


def main(*modules: str) -> None:
    """Print for each module how many faults were noticed, and the others."""
    for module in modules or TESTS:
        tried, left = survivors(module)
        print(f"# {module}: {tried - len(left)} of {tried} noticed\n", *left, sep="\n", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
