"""The key of a cached value: one digest of all that the value was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

from docutils import nodes

T = TypeVar("T")


def key_of(*parts: object) -> str:
    """A digest of values, as hexadecimal digits: the same for equal values in every process."""
    digest = hashlib.sha256()
    for part in parts:
        feed(digest, part)
    return digest.hexdigest()


def feed(digest: Any, value: object) -> None:
    """Add a value to a digest; mappings and sets count without their order, objects of unknown kinds by the name of
    their class.
    """
    if isinstance(value, nodes.Node):
        value = value.pformat()
    if isinstance(value, bytes):
        digest.update(b"%d:" % len(value) + value)
    elif isinstance(value, str | int | float | bool | None):
        digest.update(repr(value).encode())
    else:
        feed_parts(digest, value)
    digest.update(b"\x1e")


def feed_parts(digest: Any, value: object) -> None:
    """Add a value that has parts to a digest, part by part."""
    if isinstance(value, Mapping):
        digest.update(b"{")
        for name in sorted(value, key=repr):
            feed(digest, name)
            feed(digest, value[name])
    elif isinstance(value, Set):
        feed(digest, sorted(map(repr, value)))
    elif isinstance(value, list | tuple):
        digest.update(b"[")
        for item in value:
            feed(digest, item)
    elif is_dataclass(value) or hasattr(value, "__attrs_attrs__"):
        names = [f.name for f in fields(value)] if is_dataclass(value) else [a.name for a in value.__attrs_attrs__]
        feed(digest, [getattr(value, name) for name in names])
    elif type(value).__module__.startswith("pybtex."):
        feed(digest, vars(value))
    else:
        digest.update(type(value).__name__.encode())


class Memo(Generic[T]):
    """The last value of each name with its key, in the memory of a process that builds again and again."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[str, T]] = {}

    def get(self, name: str, key: str) -> T | None:
        """The value of a name; None where it was made from something else."""
        known = self._values.get(name)
        return known[1] if known is not None and known[0] == key else None

    def put(self, name: str, key: str, value: T) -> T:
        """Note a value in the place of the last one of its name; returns it."""
        self._values[name] = key, value
        return value
