"""Of each kind of block a small one, and random ones. A new kind is entered here; then all tests of kinds try it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from builder.charts.data import ChartData, Event, Series
from builder.deck.blocks import (
    Box,
    Cell,
    Chart,
    Code,
    Column,
    Columns,
    Diagram,
    DiagramEdge,
    DiagramNode,
    Dots,
    Equation,
    Indented,
    Media,
    Panel,
    Picture,
    PictureGrid,
    Quote,
    Table,
    Text,
    Timeline,
)
from builder.deck.blocks.indented import indented
from builder.deck.model import Block, Caption, Paragraph, Run
from builder.errors import NOWHERE, Source

from conftest import PNG

HERE = Source("chapter.md", 7)
PARAGRAPHS = (Paragraph((Run("Words of it"),), 1, "", HERE),)
TEXT = Text(PARAGRAPHS, HERE)
NODE = DiagramNode(50, 20, 80, 30, "rect", ("Words of it",))
SMALL: dict[type, Block] = {
    type(block): block
    for block in (
        TEXT,
        Table(((Cell(((Run("Words"),),)), Cell(((Run("of it"),),))),), 2, 1, None, "A table", HERE),
        Picture("a.png", "Words of it", 400, 200, None, HERE),
        Media("a.mp4", "video", "", "Words of it", 1280, 720, HERE),
        Chart(ChartData("bar", ("Words of it",), (Series("s", (1.0,)),), "x"), "Words of it: 1", None, HERE),
        Code(((Run("Words of it", code=True),),), "text", HERE),
        Quote(((Run("Words of it"),),), (), HERE),
        Box((Run("Note"),), PARAGRAPHS, HERE),
        Equation("a", "a", (), 1, 1, HERE),
        Columns((Column((Run("Words"),), (TEXT,)), Column((Run("of it"),), (TEXT,))), HERE),
        Timeline((Event("1937", "Words of it"), Event("1938", "More")), "A timeline", None, HERE),
        Diagram((NODE,), (), 100, 40, 16, "Words of it", None, HERE),
        PictureGrid((Picture("a.png", "Words of it", 400, 200, None, HERE),) * 2, ((Run("Words of it"),), ()), HERE),
        Dots(2, 3, "Words of it", HERE),
        Panel((Run("Note"),), (TEXT,), HERE),
        Indented(Code(((Run("Words of it", code=True),),), "text", HERE), 1, HERE),
    )
}

LETTERS = "abc ÄЖ漢ש&<>\"' -/\u00a0\u200b\x01\ud7ff𝔘"
WORDS = st.text(LETTERS, max_size=80)
RUNS = st.lists(
    st.builds(Run, WORDS, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), sup=st.booleans(),
              smallcaps=st.booleans(), link=st.sampled_from(["", "https://example.org/?a=1&b=2", "#doc:one"])),
    max_size=4,
).map(tuple)  # fmt: skip
PARAGRAPH = st.builds(
    Paragraph, RUNS, st.integers(0, 9), st.sampled_from(["", "", "3.", "b)", "(iv)"]), st.just(NOWHERE), st.just(False)
).map(lambda p: p if p.number != "(iv)" else Paragraph(p.runs, p.level or 1, p.number, NOWHERE, True))
CAPTION = st.none() | st.builds(Caption, st.sampled_from(["", "Figure 1.1"]), RUNS)
SOURCE = st.just(NOWHERE)
A = st.just("a")
SIDE = st.integers(1, 3000)
SHAPE = st.sampled_from(["rect", "roundRect", "ellipse", "diamond", "none"])


def in_folder(block: Block, folder: Path) -> Block:
    """A small block whose pictures are files in ``folder``."""
    (folder / "a.png").write_bytes(PNG)
    if isinstance(block, PictureGrid):
        pictures = tuple(replace(one, path=str(folder / "a.png")) for one in block.pictures)
        return replace(block, pictures=pictures)
    return replace(block, path=str(folder / "a.png")) if isinstance(block, Picture | Media) else block


def several(one: st.SearchStrategy[Any], most: int, least: int = 1) -> st.SearchStrategy[Any]:
    """Tuples of ``least`` to ``most`` of something."""
    return st.lists(one, min_size=least, max_size=most).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, rows = draw(st.integers(1, 7)), draw(st.integers(1, 14))
    cells = tuple(tuple(Cell(draw(several(RUNS, 2))) for _ in range(columns)) for _ in range(rows))
    return Table(cells, columns, draw(st.integers(0, 1)), draw(CAPTION), "A table", NOWHERE)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from(["bar", "column", "line", "range", "stacked-bar", "area", "pie"]))
    count = draw(st.integers(1, 8))
    values = st.lists(st.floats(0.1, 1e6), min_size=count, max_size=count).map(tuple)
    series = [Series(f"s{n}", draw(values)) for n in range(2 if kind == "range" else 1)]
    names = draw(st.lists(WORDS.filter(str.strip), min_size=count, max_size=count))
    return Chart(ChartData(kind, tuple(names), tuple(series), "x"), "A chart", draw(CAPTION), NOWHERE)


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    node = st.builds(
        DiagramNode, st.floats(0, 900), st.floats(0, 500), st.floats(1, 300), st.floats(1, 100), SHAPE,
        several(WORDS, 3), st.sampled_from(["", "a3261e"]),
    )  # fmt: skip
    nodes = draw(several(node, 5))
    point = st.tuples(st.floats(0, 900), st.floats(0, 500))
    index = st.integers(0, len(nodes) - 1)
    edge = st.builds(DiagramEdge, index, index, several(point, 4, 4), WORDS, point, st.booleans(), st.booleans())
    edges = draw(several(edge, 4, 0))
    return Diagram(
        nodes, edges, draw(st.floats(20, 900)), draw(st.floats(20, 500)), 16, "A graph", draw(CAPTION), NOWHERE
    )


def random_blocks(folder: Path) -> dict[type, st.SearchStrategy[Block]]:
    """Class of a block → random ones, valid as handlers make them; files that they show are written to ``folder``."""
    (folder / "a.png").write_bytes(PNG)
    (folder / "a.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    picture, film = str(folder / "a.png"), str(folder / "a.mp4")
    text = st.builds(Text, several(PARAGRAPH, 3), SOURCE)
    line = st.tuples(st.builds(Run, WORDS, code=st.just(True)))
    still = st.sampled_from(["", picture])
    numbers = st.lists(st.tuples(st.just("(1)"), st.floats(0, 1)), max_size=2).map(tuple)
    pictures = st.builds(Picture, st.just(picture), WORDS, SIDE, SIDE, CAPTION, SOURCE)
    code = st.builds(Code, several(line, 20), st.just(""), SOURCE)
    column = st.builds(Column, RUNS, several(st.one_of(text, pictures, code), 3, 0))
    of_kind = {
        Text: st.builds(Text, several(PARAGRAPH, 12), SOURCE),
        Table: tables(),
        Picture: pictures,
        Media: st.builds(Media, st.just(film), st.just("video"), still, WORDS, SIDE, SIDE, SOURCE),
        Chart: charts(),
        Code: code,
        Quote: st.builds(Quote, several(RUNS, 2), RUNS, SOURCE, portrait=st.none() | pictures),
        Box: st.builds(Box, RUNS, several(PARAGRAPH, 3), SOURCE),
        Equation: st.builds(Equation, A, A, numbers, st.floats(0.1, 60), st.floats(0.1, 9), SOURCE),
        Columns: st.builds(Columns, several(column, 3, 2), SOURCE),
        Timeline: st.builds(Timeline, several(st.builds(Event, WORDS, WORDS), 5), st.just("T"), CAPTION, SOURCE),
        PictureGrid: st.builds(PictureGrid, several(pictures, 6, 2), st.just(()), SOURCE),
        Dots: st.builds(Dots, st.integers(1, 9), st.integers(9, 200), WORDS, SOURCE),
        Diagram: diagrams(),
    }  # fmt: skip
    any_block = st.one_of(*of_kind.values())
    of_kind[Panel] = st.builds(Panel, RUNS, several(any_block, 4), SOURCE, is_quoted=st.booleans())
    return {**of_kind, Indented: st.builds(indented, st.one_of(*of_kind.values()), st.integers(1, 9))}
