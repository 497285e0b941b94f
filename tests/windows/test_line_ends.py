"""Sources with the line ends of Windows, as git checks them out there, give what they give elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation
from whole_book import FILES, outputs, same

from conftest import Book


def with_returns(folder: Path) -> None:
    """Change the line ends of all text files below a folder."""
    for name, content in FILES.items():
        if isinstance(content, str):
            (folder / name).write_bytes(content.replace("\n", "\r\n").encode())


def seen(folder: Path) -> dict[str, bytes]:
    """Outputs of the builder; copies of the sources are as they are."""
    return {
        name: content.replace(b"\r\n", b"\n") if name.startswith(("html/_sources", "html/_downloads")) else content
        for name, content in outputs(folder).items()
    }


@pytest.mark.slow
def test_outputs_are_those_of_other_line_ends(whole: Book) -> None:
    assert whole.build(None, "-W").status == 0
    before = seen(whole.folder / "_build")
    with_returns(whole.folder)
    assert whole.build(None, "-W", "-o", "_other").status == 0
    same(seen(whole.folder / "_other"), before)


@pytest.mark.slow
def test_what_is_pulled_keeps_the_line_ends(whole: Book) -> None:
    with_returns(whole.folder)
    whole.build()
    path = whole.folder / "_build/slides/a.pptx"
    deck = Presentation(path)
    run = next(
        run
        for slide in deck.slides
        for shape in slide.placeholders
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if "A sentence that is a bullet" in run.text
    )
    run.text = "A sentence that was a bullet"
    deck.save(path)
    assert whole.call("pull", "_build/slides/a.pptx", "--apply").status == 0
    content = (whole.folder / "one.md").read_bytes()
    assert b"[A sentence that was a bullet]{.point}" in content
    assert content.count(b"\n") == content.count(b"\r\n")
