"""A table in three versions.

Its rows are matched by their texts, so that they may move, come and go beside changed cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from builder.merge.align import Matching, aligned, likeness, merged_order
from builder.merge.conflicts import Conflict
from builder.merge.text import visible_text, words
from builder.pptx.package.namespaces import A

MergeText = Callable[[str, Any, Any, Any], None]
"""Merges three text bodies into the second; the first argument names the object."""


@dataclass
class RowMerger:
    """Merges the rows of a table into those of ``mine``."""

    name: str
    base: Any
    mine: Any
    theirs: Any
    adopt: Callable[[Any], Any]
    text: MergeText
    conflicts: list[Conflict] = field(default_factory=list)

    def merge(self) -> bool:
        """Merge cell by cell; returns false, with nothing changed, where columns came or went or cells span rows."""
        tables = [table_of(frame) for frame in (self.base, self.mine, self.theirs)]
        if len({columns_of(table) for table in tables}) != 1 or any(spans_rows(table) for table in tables):
            return False
        old, own, new = (table.findall(f"{A}tr") for table in tables)
        to_mine, to_theirs = align_rows(old, own), align_rows(old, new)
        from_mine = {m: b for b, m in to_mine.items()}
        from_theirs = {n: b for b, n in to_theirs.items()}
        result: dict[Any, Any] = {}
        for m, row in enumerate(own):
            b = from_mine.get(m)
            if b is None or self.stays(m, old[b], row, new[to_theirs[b]] if b in to_theirs else None):
                result["mine", m] = row
        fresh_texts = {texts_of(row) for m, row in enumerate(own) if m not in from_mine}
        for n, row in enumerate(new):
            b = from_theirs.get(n)
            if b is None and texts_of(row) not in fresh_texts:
                result["theirs", n] = self.adopt(row)
            elif b is not None and b not in to_mine and texts_of(old[b]) != texts_of(row):
                self.conflicts.append(Conflict(self.name, "", shown(row)))
        names = {b: ("mine", m) for b, m in to_mine.items()}
        order = merged_order(
            [names.get(b, ("base", b)) for b in range(len(old))],
            [("mine", m) for m in range(len(own))],
            [
                names.get(from_theirs[n], ("base", from_theirs[n])) if n in from_theirs else ("theirs", n)
                for n in range(len(new))
            ],
            set(result),
        )
        write_rows(tables[1], [result[name] for name in order])
        return True

    def stays(self, m: int, base: Any, mine: Any, theirs: Any) -> bool:
        """Merge a row of the base that ``mine`` has; returns false where the sources dropped it and nobody changed
        it."""
        if theirs is None:
            if texts_of(base) == texts_of(mine):
                return False
            self.conflicts.append(Conflict(self.name, shown(mine), ""))
            return True
        cells = (row.findall(f"{A}tc") for row in (base, mine, theirs))
        for column, versions in enumerate(zip(*cells, strict=True), start=1):
            self.text(f"{self.name}, row {m + 1}, column {column}", *(cell.find(f"{A}txBody") for cell in versions))
        return True


def table_of(frame: Any) -> Any:
    """Return ``a:tbl`` of an object."""
    return frame.find(f".//{A}tbl")


def columns_of(table: Any) -> tuple[int, ...]:
    """Return how many columns a table has, and how many cells the rows have; each once."""
    counts = {len(row.findall(f"{A}tc")) for row in table.findall(f"{A}tr")}
    return len(table.findall(f"{A}tblGrid/{A}gridCol")), *sorted(counts)


def spans_rows(table: Any) -> bool:
    """Return whether a cell stands in several rows, which may not be moved singly then."""
    return any(cell.get("rowSpan", "1") != "1" or cell.get("vMerge") in ("1", "true") for cell in table.iter(f"{A}tc"))


def texts_of(row: Any) -> tuple[str, ...]:
    """Return the visible text of each cell of a row."""
    return tuple(" ".join(map(visible_text, cell.iter(f"{A}p"))) for cell in row.findall(f"{A}tc"))


def shown(row: Any) -> str:
    """Return a row for people."""
    return " | ".join(texts_of(row))


def align_rows(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Return index in ``old`` → index in ``new`` of the same rows."""
    return aligned(old, new, Matching(texts_of, row_likeness, by_place=True))


def row_likeness(a: Any, b: Any) -> float:
    """Return how many words two rows have in common: 0 to 1."""
    return likeness(*(words(" ".join(texts_of(row))) for row in (a, b)))


def write_rows(table: Any, rows: list[Any]) -> None:
    """Put rows in place of those of a table, which keeps one at least."""
    old = table.findall(f"{A}tr")
    place = table.index(old[0]) if old else len(table)
    for row in old:
        table.remove(row)
    for row in reversed(rows or old[:1]):
        table.insert(place, row)
