"""Terminals of Windows have cp1252, pipes too; what programs read stays UTF-8 with line feeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from pptx import Presentation

from conftest import Book

CHAPTER = "# Хэлмэгдүүлэлт → terror\n\n{.slide}\n## Арван гурав\n\n[Ардын цэрэг]{.point} and {ref}`missing`.\n"


def call(book: Book, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process whose streams are those of a terminal on Windows."""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    return subprocess.run(
        [sys.executable, "-m", "builder", *arguments],
        cwd=book.folder,
        capture_output=True,
        env=environment,
        check=False,
    )


@pytest.mark.slow
def test_a_build_shows_escapes_for_what_a_terminal_lacks(book: Book) -> None:
    book.write("slides/lectures.toml", '[[lecture]]\nname = "a"\ntitle = "Лекц"\ndocuments = ["chapter"]\n')
    book.write("chapter.md", CHAPTER)
    for arguments in (["build", "--to", "pptx"], ["check"], ["build", "--to", "pptx", "--deck", "ё"]):
        done = call(book, *arguments)
        assert b"Traceback" not in done.stderr
        assert b"UnicodeEncodeError" not in done.stderr
    assert b"\\u0451" in done.stderr, "the name of the deck that is not there"


@pytest.mark.slow
def test_a_patch_and_json_are_utf_8(book: Book) -> None:
    book.write("chapter.md", CHAPTER.replace(" and {ref}`missing`", ""))
    assert call(book, "build", "-q", "--to", "pptx").returncode == 0
    path = book.folder / "_build/slides/chapter.pptx"
    deck = Presentation(path)
    (run,) = [
        run
        for slide in deck.slides
        for shape in slide.placeholders
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.text == "Ардын цэрэг"
    ]
    run.text = "Ардын цэргүүд"
    deck.save(path)
    patch = call(book, "pull", str(path)).stdout
    assert "+[Ардын цэргүүд]{.point}." in patch.decode("utf-8")
    assert b"\r" not in patch
    subprocess.run(["git", "apply", "-"], input=patch, cwd=book.folder, check=True)
    assert "Ардын цэргүүд" in (book.folder / "chapter.md").read_text(encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=book.folder, check=True)
    subprocess.run(["git", "add", "."], cwd=book.folder, check=True)
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "x"], cwd=book.folder, check=True
    )
    book.write("chapter.md", CHAPTER.replace(" and {ref}`missing`", "").replace("terror", "ужас"))
    done = call(book, "diff", "--json")
    assert "ужас" in json.dumps(json.loads(done.stdout.decode("utf-8")), ensure_ascii=False), done.stderr
