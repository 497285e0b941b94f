"""Equal values have one key in every process, and other values another: nothing that is cached is stale."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from pybtex.database import Entry, Person
from pybtex.richtext import Tag, Text

from builder.store.keys import Memo, key_of


@dataclass(frozen=True)
class Pair:
    left: object
    right: object


class Single:
    """A value of one attribute, as the library attrs declares it."""

    __attrs_attrs__ = (SimpleNamespace(name="only"),)

    def __init__(self, only: object) -> None:
        self.only = only


class Unknown:
    """Something of a kind that keys know nothing of."""


class Other:
    """The same of another name."""


VALUES: list[Any] = [
    (), ("",), ("", ""), ("a",), ("b",), ("ab",), ("a", "b"), ("b", "a"), (["a", "b"],), (["b", "a"],), ([["a"], "b"],),
    ([["a", "b"]],), ([],), ([[]],), (["a"], "b"), ("1",), (1,), (1.0,), (-1,), (True,), (False,), (None,), ("None",),
    (b"a",), (b"ab",), (b"a", b"b"), ({},), ({"a": 1},), ({"a": 2},), ({"b": 1},), ({"a": 1, "b": 2},),
    ({"a": {"b": 1}},),
    ({"a", "b"},), ({"a"},), ({"a", "c"},), (Pair("a", "b"),), (Pair("b", "a"),), (Pair("a", None),),
    (Single("a"),), (Single("b"),),
    (Unknown(),), (Other(),), (nodes.Text("words"),), (nodes.paragraph("", "words"),), (nodes.title("", "words"),),
    (nodes.paragraph("", "words", ids=["x"]),), (Text("a ", Tag("em", "b")),), (Text("a b"),), (Text("a c"),),
    (Entry("book", [("title", "One")]),), (Entry("book", [("title", "Two")]),), (Entry("misc", [("title", "One")]),),
    (Entry("book", [("title", "One")], {"author": [Person("A. Name")]}),),
]  # fmt: skip


def test_different_values_have_different_keys() -> None:
    keys = [key_of(*value) for value in VALUES]
    assert [(a, b) for (a, one), (b, two) in combinations(zip(VALUES, keys, strict=True), 2) if one == two] == []


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({1: "a", "b": 2}, {"b": 2, 1: "a"}),
        ({"x", "y", "z"}, {"z", "y", "x"}),
        (["a", 1], ("a", 1)),
        (Pair("a", ["b"]), Pair("a", ["b"])),
        (Unknown(), Unknown()),
        (nodes.paragraph("", "words"), nodes.paragraph("", "words")),
        (Entry("book", [("title", "One")]), Entry("book", [("title", "One")])),
    ],
)
def test_equal_values_have_one_key_whatever_their_order(one: object, same: object) -> None:
    assert key_of(one) == key_of(same)


def test_a_key_is_the_same_in_another_process() -> None:
    """Sets have another order there."""
    value = {"names": {"one", "two", "three", "four", "five"}, "number": 1.5, "bytes": b"x"}
    code = f"from builder.store.keys import key_of; print(key_of({value!r}))"
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == key_of(value)


def test_a_key_is_a_digest() -> None:
    assert len(key_of("a")) == 64
    assert int(key_of("a"), 16)


def test_a_memo_gives_what_was_made_from_the_same() -> None:
    memo: Memo[str] = Memo()
    assert memo.get("deck", "key") is None
    assert memo.put("deck", "key", "slides") == "slides"
    assert memo.get("deck", "key") == "slides"
    assert memo.get("deck", "another") is None
    assert memo.get("other", "key") is None
    memo.put("deck", "another", "more slides")
    assert memo.get("deck", "key") is None
    assert memo.get("deck", "another") == "more slides"
