"""Chapters are set by several processes in turn, so that what Typst has of them in memory does not grow with a book."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from builder.book.binding.batches import BATCH, LARGEST, batches
from builder.book.fascicles import Fascicle
from builder.book.translate import TypstDocument


def chapter(name: str, text: str = "", pictures: tuple[str, ...] = ()) -> Fascicle:
    document = TypstDocument(name, text, images={picture: picture for picture in pictures})
    return Fascicle(name, (document,), "", lambda _folios: "")


@pytest.fixture
def images(tmp_path: Path) -> Path:
    Image.new("1", (5000, 4000)).save(tmp_path / "large.png")
    Image.new("1", (5000, 4000)).save(tmp_path / "other.png")
    Image.new("1", (50, 40)).save(tmp_path / "small.png")
    (tmp_path / "drawing.svg").write_text("<svg/>")
    return tmp_path


@pytest.mark.parametrize(
    ("chapters", "sizes"),
    [
        ([chapter("a")] * (2 * BATCH + 6), [BATCH, BATCH, 6]),
        ([chapter("a", "x" * (2 * LARGEST // 5))] * 5, [2, 2, 1]),
        ([chapter("a"), chapter("b", "x" * 2 * LARGEST), chapter("c"), chapter("d")], [1, 1, 2]),
        ([chapter("a", pictures=("large.png",))] * 5, [2, 2, 1]),  # of 20 million pixels each
        ([chapter("a", pictures=("large.png", "other.png"))] * 2, [1, 1]),
        ([chapter("a", pictures=("small.png", "drawing.svg", "none.png"))] * 5, [5]),
        ([], [0]),
    ],
)
def test_how_many_chapters_a_process_sets(chapters: list[Fascicle], sizes: list[int], images: Path) -> None:
    found = batches(chapters, images)
    assert [len(batch) for batch in found] == sizes
    assert [chapter for batch in found for chapter in batch] == chapters
