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
from builder.deck.kinds import KINDS, Kind
from builder.deck.model import Block
from builder.deck.split import split_at, split_points
from builder.deck.words import words_of

from kinds_of_block import SMALL, random_blocks


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


@pytest.mark.parametrize("cls", [cls for cls, kind in KINDS.items() if kind.split], ids=lambda cls: cls.__name__)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_is_split_loses_no_word_and_has_its_label_once(cls: type, folder: Path, data: st.DataObject) -> None:
    whole = replace(data.draw(random_blocks(folder)[cls]), label="doc:a")  # type: ignore[type-var]
    for point in split_points(whole):
        first, second = split_at(whole, point)
        assert (first.label, second.label) == ("doc:a", "")
        assert set(words_of(whole)) == {*words_of(first), *words_of(second)}
