"""How each book of a shelf stands: built, unchanged, failed and why, or not built yet; what changed since a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from builder.commands.shelf.pieces import Order
from builder.commands.shelf.storage import Storage
from builder.commands.shelf.work import BookOutcome

FAILURES = "failures.json"
"""In the folder of results: name → digests and reason of each book that failed last."""
DAYS = "days"
"""Below the folder of results: for each day on which books were built, name → digests at its end."""
UP_TO_DATE = ("built", "shared")


@dataclass(frozen=True, slots=True)
class ShownOutput:
    """An output: its kind, its path in the folder of the book, and what it holds, as ``1,034 pages``."""

    kind: str
    path: str
    shown: str

    @property
    def amount(self) -> int:
        """How many pages or slides it has."""
        number = self.shown.partition(" ")[0].replace(",", "")
        return int(number) if number.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a book stands. ``records`` are those of the results that its folder shows, which may be older than its
    source; ``since`` is ``new`` or ``changed`` where it was not so a day before.
    """

    name: str
    state: str
    reason: str
    since: str
    records: tuple[Mapping[str, Any], ...]

    @property
    def warnings(self) -> int:
        """Warnings of all its editions."""
        return sum(record["warnings"] for record in self.records)

    @property
    def minutes(self) -> float:
        """How long it took to build."""
        return sum(float(record["seconds"]) for record in self.records) / 60

    def made(self) -> list[ShownOutput]:
        """Its outputs, of all editions."""
        return [ShownOutput(kind, path, shown) for record in self.records for kind, path, shown in record["outputs"]]

    @property
    def amounts(self) -> str:
        """``html 9 pages, pdf 12 pages, pptx 34 slides``: what its web book, its printed book and its decks hold."""
        found: dict[str, list[ShownOutput]] = {}
        for one in self.made():
            found.setdefault(one.kind, []).append(one)
        return ", ".join(
            f"{kind} {same[0].shown}"
            if len(same) == 1
            else f"{kind} {sum(one.amount for one in same):,} in {len(same)}"
            for kind, same in found.items()
        )


def standings(
    orders: Iterable[Order],
    shown: Mapping[str, Mapping[str, Any]],
    outcomes: Mapping[str, BookOutcome],
    folder: Storage,
) -> list[Standing]:
    """How each book stands, from what its folder shows and what became of it now or, failing that, last time."""
    failed, before = last_failures(folder), day_before(folder)
    return [standing(order, shown.get(order.book.name, {}), outcomes, failed, before) for order in orders]


def standing(
    order: Order,
    shown: Mapping[str, Any],
    outcomes: Mapping[str, BookOutcome],
    failed: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Sequence[str]] | None,
) -> Standing:
    """How one book stands."""
    name, records = order.book.name, tuple(shown.get("records", ()))
    outcome = outcomes.get(name)
    errors = [fault["message"] for record in records for fault in record["faults"] if fault["severity"] == "error"]
    is_shown = bool(order.pieces) and shown.get("digests") == order.digests
    state, reason = "to build", ""
    if order.fault:
        state, reason = "failed", order.fault
    elif outcome is not None and outcome.state not in UP_TO_DATE:
        state, reason = "failed", outcome.reason
    elif is_shown and any(record["status"] == 1 for record in records):
        state, reason = "failed", errors[0] if errors else "there were errors"
    elif is_shown:
        state = "built" if outcome is not None else "unchanged"
    elif failed.get(name, {}).get("digests") == order.digests:
        state, reason = "failed", failed[name]["reason"]
    since = ""
    if before is not None and shown:
        since = "new" if name not in before else "" if list(before[name]) == shown["digests"] else "changed"
    return Standing(name, state, reason, since, records)


def record_standings(found: Sequence[Standing], orders: Sequence[Order], folder: Storage) -> None:
    """Write which books failed, and how all stand at the end of this day."""
    digests = {order.book.name: order.digests for order in orders}
    failed = {one.name: {"digests": digests[one.name], "reason": one.reason} for one in found if one.state == "failed"}
    folder.write(FAILURES, json.dumps(failed, ensure_ascii=False).encode())
    today = {one.name: [record["digest"] for record in one.records] for one in found if one.records}
    folder.write(f"{DAYS}/{day()}.json", json.dumps(today).encode())


def last_failures(folder: Storage) -> dict[str, dict[str, Any]]:
    """The books that failed last."""
    return dict(json.loads(folder.read(FAILURES) or b"{}"))


def day_before(folder: Storage) -> dict[str, list[str]] | None:
    """How the shelf stood at the end of the last day before this one; None where it has none."""
    days = [name for name in folder.names(DAYS) if name.endswith(".json") and name < f"{day()}.json"]
    content = folder.read(f"{DAYS}/{days[-1]}") if days else None
    return dict(json.loads(content)) if content else None


def day() -> str:
    """The day of now, as ``2026-11-27``."""
    return datetime.now(UTC).date().isoformat()
