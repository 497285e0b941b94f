"""Finds the few of many things that spoil what all of them would make together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def spoiling(items: Sequence[T], works: Callable[[Sequence[T]], bool]) -> list[T]:
    """Those of ``items`` that do not work alone, found by halves: with few of them in many, in few tries."""
    if not items or works(items):
        return []
    if len(items) == 1:
        return list(items)
    half = len(items) // 2
    return spoiling(items[:half], works) + spoiling(items[half:], works)
