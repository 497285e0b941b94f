"""A kind of block is one entry in the table of kinds, which lacks no part."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builder.pptx.write  # noqa: F401 - enters the writers of .pptx files
from builder.deck import blocks
from builder.deck.arrange import Arranger
from builder.deck.blocks import Box, Cell, Chart, Diagram, Dots, Equation, Media, Picture, Table, Text, Timeline
from builder.deck.finish import files_in
from builder.deck.fit import Fitter
from builder.deck.flattened import FLATTEN, flattened
from builder.deck.furniture import words_in
from builder.deck.kinds import KINDS, WHOLE, Kind, with_inner
from builder.deck.lines import Typeface
from builder.deck.model import Block, Deck, Notes, Run, Slide
from builder.deck.pages.papers import papers
from builder.deck.pages.typst import PageWriter
from builder.deck.split import split_at, split_points
from builder.deck.substitutes import substitutes
from builder.deck.words import is_empty, words_of
from builder.errors import NOWHERE
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.math.formulas import Formulas

from conftest import examples
from kinds_of_block import HERE, SMALL, in_folder, random_blocks

TYPEFACE = Typeface("Arial", Formulas())
TEMPLATE = read_template(BUILT_IN / "plain.pptx", NOWHERE)


def block_classes() -> set[type]:
    """All classes of `builder.deck.blocks` that are a `Block`: frozen dataclasses with its fields."""
    modules = [
        importlib.import_module(f"{blocks.__name__}.{found.name}") for found in pkgutil.iter_modules(blocks.__path__)
    ]
    wanted = {name for name, value in vars(Block).items() if isinstance(value, property)}
    return {
        cls
        for module in modules
        for cls in vars(module).values()
        if inspect.isclass(cls) and is_dataclass(cls) and wanted <= {field.name for field in fields(cls)}
    }  # fmt: skip


def test_every_class_of_blocks_has_an_entry_and_is_tried(tmp_path: Path) -> None:
    assert block_classes() == KINDS.keys() == SMALL.keys() == random_blocks(tmp_path).keys()


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
def test_an_entry_lacks_no_part(cls: type) -> None:
    assert cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
    kind = KINDS[cls]
    assert [field.name for field in fields(Kind) if field.name != "split" and getattr(kind, field.name) is None] == []
    assert words_of(SMALL[cls])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.mark.parametrize(
    "cls", [cls for cls, kind in KINDS.items() if kind.split is not WHOLE], ids=lambda cls: cls.__name__
)
@settings(max_examples=examples(30), deadline=None)
@given(data=st.data())
def test_what_is_split_loses_no_word_and_has_its_label_once(cls: type, folder: Path, data: st.DataObject) -> None:
    whole = replace(data.draw(random_blocks(folder)[cls]), label="doc:a")  # type: ignore[type-var]
    for point in split_points(whole):
        first, second = split_at(whole, point)
        assert (first.label, second.label) == ("doc:a", "")
        assert set(words_of(whole)) == {*words_of(first), *words_of(second)}


@pytest.mark.parametrize("cls", FLATTEN, ids=lambda cls: cls.__name__)
@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_what_becomes_paragraphs_in_a_cell_loses_no_picture_of_a_block(
    cls: type, folder: Path, data: st.DataObject
) -> None:
    block = data.draw(random_blocks(folder)[cls])
    shown = list(with_inner(flattened([block]).others))
    assert [inner for inner in with_inner([block]) if isinstance(inner, Picture) and inner not in shown] == []


def deck_of(block: Block) -> Deck:
    """A deck whose one slide shows a block."""
    slide = Slide("d/one", (Run("One"),), "", (block,), Notes(), None, HERE)
    return Deck("d", "Title", "Book", "Author", "en-US", (slide,))


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
def test_a_kind_is_on_a_panel_if_its_page_draws_one(cls: type, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random_blocks(folder)  # writes the files
    drawn = []
    monkeypatch.setattr(PageWriter, "panel", lambda _self, placed: drawn.append(placed.block) or "")
    block = SMALL[cls]
    block = in_folder(block, folder)
    fitted, errors = Fitter(TEMPLATE.geometry, TYPEFACE).deck(deck_of(block))
    files, of_papers = papers(fitted, TEMPLATE.geometry, TEMPLATE.colours, TYPEFACE)
    assert (errors, of_papers, list(files)) == ([], [], [".pdf"])
    assert (block in drawn) == KINDS[cls].on_panel


def test_files_that_a_block_names_are_those_of_its_slide() -> None:
    film = replace(SMALL[Media], poster="still.png")  # type: ignore[type-var]
    shown = {"a.png": SMALL[Picture], "a.mp4": SMALL[Media], "a.mp4 still.png": film}
    assert {" ".join(sorted(files_in(deck_of(block).slides))): block for block in shown.values()} == shown


@pytest.mark.parametrize("cls", sorted(KINDS.keys() - {Picture, Media, Equation, Dots}, key=lambda cls: cls.__name__))
def test_fonts_are_looked_for_by_the_words_on_a_slide(cls: type) -> None:
    assert "Words of it" in " ".join(words_in(deck_of(SMALL[cls])))


def table_of(columns: int) -> Table:
    return Table((tuple(Cell(((Run("a"),),)) for _ in range(columns)),), columns, 0, None, "A table", HERE)


@pytest.mark.parametrize(
    ("visual", "is_beside"),
    [
        (Picture("a.png", "A picture", 400, 300, None, HERE), True),
        (Picture("a.png", "A panorama", 3000, 500, None, HERE), False),
        (table_of(3), True),
        (table_of(4), False),
        (SMALL[Timeline], False),
    ],
    ids=["picture", "panorama", "narrow table", "wide table", "timeline"],
)
def test_what_is_wide_does_not_stand_beside_text(visual: Block, is_beside: bool) -> None:
    arranger = Arranger(TEMPLATE.geometry, TYPEFACE)
    placed = arranger.side_by_side([SMALL[Text], visual], TEMPLATE.geometry.content, arranger.scales)
    assert bool(placed) == is_beside


SEEN = {Picture, Media, Chart, Diagram, Dots}
"""What is seen and not read: its words are an alternative, and it is something without any."""


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
def test_words_stand_for_what_is_read_and_a_frame_for_what_is_seen(cls: type) -> None:
    assert isinstance(substitutes(SMALL[cls])[0], Box if cls in SEEN else Text)


def test_a_picture_without_any_words_is_not_nothing() -> None:
    assert not is_empty(replace(SMALL[Picture], alt="", path=""))  # type: ignore[type-var]
    assert is_empty(Text((), HERE))
