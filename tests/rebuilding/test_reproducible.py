"""Builds give the same bytes wherever, whenever and however they are made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation
from whole_book import outputs, same

from builder.book.binding.batches import BATCH

from conftest import Book

REPRODUCIBLE = {"SOURCE_DATE_EPOCH": "1700000000"}


def built_in(folder: Path, sources: Path, **environment: str) -> dict[str, bytes]:
    """All outputs of a build of a copy of ``sources``, in a process of its own."""
    shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("_build"))
    subprocess.run(
        [sys.executable, "-m", "builder", "build", "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
        env=os.environ | REPRODUCIBLE | environment,
    )  # fmt: skip
    return outputs(folder / "_build")


def enlarge(book: Book) -> None:
    """Give a book more chapters than one process sets, and as many documents as several share."""
    names = [f"more{number}" for number in range(BATCH)]
    text = (book.folder / "index.md").read_text()
    book.write("index.md", text.replace("three\n", "\n".join(["three", *names, ""]), 1))
    for name in names:
        book.write(
            f"{name}.md",
            f"# {name}\n\n## Part\n\n[A point]{{.point}} of {{ref}}`one`[^a].\n\n[^a]: $a$ as in {{ref}}`deep`.\n",
        )


@pytest.mark.slow
def test_two_folders_locales_time_zones_hash_seeds_and_process_counts(
    whole: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enlarge(whole)
    one = built_in(tmp_path / "one", whole.folder, PYTHONHASHSEED="1", TZ="Asia/Ulaanbaatar", LC_ALL="C", LANG="C")
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


def checked(book: Book, *options: str) -> tuple[int, str, str]:
    result = book.call("check", *options)
    return result.status, result.out, result.errors


@pytest.mark.slow
def test_check_reproduce_says_what_differs(whole: Book) -> None:
    status, _, errors = checked(whole, "--reproduce")
    assert status == 1
    assert "run 'builder build' first" in errors
    assert whole.build(None).status == 0
    status, out, _ = checked(whole, "--reproduce")
    assert status == 0, out
    assert "files are what the sources give, byte for byte" in out
    page = whole.folder / "_build/html/one.html"
    page.write_text(page.read_text(encoding="utf-8") + "<!-- x -->", encoding="utf-8")
    deck = whole.folder / "_build/slides/a.pptx"
    changed = Presentation(str(deck))
    changed.slides[1].shapes.title.text_frame.text = "Another title"
    changed.save(str(deck))
    status, out, _ = checked(whole, "--reproduce")
    assert status == 1
    assert "html/one.html is not what the sources give\n" in out
    assert "slides/a.pptx is not what the sources give: " in out
    assert "slide2.xml" in out


@pytest.mark.slow
def test_the_report_has_hashes_of_what_went_in_and_came_out(whole: Book) -> None:
    assert whole.build(None).status == 0
    report = json.loads((whole.folder / "_build/report.json").read_text(encoding="utf-8"))
    hashes = report["sha256"]
    assert {"one.md", "data/rows.csv", "works.bib", "picture.svg", "conf.py", "slides/lectures.toml"} <= set(
        hashes["inputs"]
    )
    content = (whole.folder / "_build/slides/a.pptx").read_bytes()
    assert hashes["outputs"]["slides/a.pptx"] == hashlib.sha256(content).hexdigest()
    assert "html/one.html" in hashes["outputs"]
