"""The recipes of docs/howto/publishing.md, and those that `builder new` writes: read as their readers do, and their
commands run on a small project as far as one machine can.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.commands.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/howto/publishing.md").read_text(encoding="utf-8")


def recipe(section: str, language: str = "yaml") -> str:
    """The file that a section of the page shows."""
    text = PAGE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)[0]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, in which the test stands; `builder` is on the path, and `pip` need not install anything."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in {"builder": f'exec "{sys.executable}" -m builder "$@"', "pip": "exit 0"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("READTHEDOCS_OUTPUT", str(tmp_path / "read the docs"))
    monkeypatch.chdir(tmp_path)
    assert main(["new", "project", "--kind", "talk"]) == 0
    monkeypatch.chdir("project")
    return tmp_path / "project"


def run(commands: list[str]) -> None:
    """Run commands as a machine that builds does."""
    for command in commands:
        done = subprocess.run(["sh", "-ec", command], capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stderr}"


def is_published(folder: Path) -> bool:
    """Whether a folder is a web book with its downloads."""
    return (folder / "index.html").is_file() and any(folder.glob("downloads/*.pptx"))


def workflow(text: str) -> tuple[list[str], list[dict[str, Any]]]:
    """The commands of a workflow of GitHub, and its steps."""
    steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
    return [step["run"] for step in steps if "run" in step], steps


posix = pytest.mark.skipif(os.name != "posix", reason="recipes are for machines with a shell")


@posix
@pytest.mark.slow
@pytest.mark.parametrize("whose", ["page", "new"])
def test_github_pages(project: Path, whose: str) -> None:
    written = (project / ".github/workflows/book.yml").read_text(encoding="utf-8")
    commands, steps = workflow(written if whose == "new" else recipe("GitHub Pages"))
    run(commands)
    (folder,) = (step["with"]["path"] for step in steps if step.get("uses", "").startswith("actions/upload-pages"))
    assert is_published(project / folder)


def test_the_recipe_of_the_page_is_that_of_a_new_project(project: Path) -> None:
    written = (project / ".github/workflows/book.yml").read_text(encoding="utf-8")
    assert workflow(written)[0] == workflow(recipe("GitHub Pages"))[0]


@posix
@pytest.mark.slow
def test_gitlab_pages(project: Path) -> None:
    job = yaml.safe_load(recipe("GitLab Pages"))["pages"]
    run(job["script"])
    assert is_published(project / job["artifacts"]["paths"][0])


@posix
@pytest.mark.slow
def test_read_the_docs(project: Path) -> None:
    settings = yaml.safe_load(recipe("Read the Docs"))
    assert settings["version"] == 2
    assert {"os", "tools", "commands"} == settings["build"].keys()
    quoted = [re.sub(r"\$\w+\S*", r'"\g<0>"', command) for command in settings["build"]["commands"]]
    run(quoted)  # its folder there has no space
    assert is_published(project.parent / "read the docs/html")


@posix
@pytest.mark.slow
def test_container(project: Path) -> None:
    lines = [line.split(maxsplit=1) for line in recipe("In a container", "dockerfile").splitlines() if line]
    assert [word for word, _rest in lines] == ["FROM", "COPY", "RUN", "WORKDIR", "ENTRYPOINT", "CMD"]
    copied = dict(map(tuple, lines))["COPY"].split()[0]
    assert (project / copied).is_file()
    run([shlex.join([word for name, rest in lines if name in ("ENTRYPOINT", "CMD") for word in json.loads(rest)])])
    assert is_published(project / "_build/html")


@pytest.mark.slow
@posix
def test_before_each_commit(project: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (local,) = yaml.safe_load(recipe("Before each commit"))["repos"][0]["hooks"]
    assert hook["entry"] == local["entry"]
    assert re.search(hook["files"], "book/one.md")
    run([hook["entry"]])
    assert not (project / "_build/html").exists()
    (project / "book/index.md").write_text("# One\n\n{.slide}\n## A\n\n```{chart} none.csv\n```\n", encoding="utf-8")
    assert subprocess.run(shlex.split(hook["entry"]), capture_output=True).returncode == 1
