"""Messages that many places share, told once with their number: report.json and ``--json`` have each of them."""

from __future__ import annotations

import logging as python_logging
import re
from logging import LogRecord

from sphinx.application import Sphinx
from sphinx.util.logging import WarningStreamHandler

from builder.errors import first_names

ALIKE = (
    "builder.picture",
    "builder.diagram",
    "builder.notebook",
    "myst.directive_unknown",
    "myst.role_unknown",
    "mystnb.exec",
)
"""Types of messages that say the same wherever one thing is shown or lacks: a picture, a module, an extension."""
INTERSPHINX = "sphinx.sphinx.ext.intersphinx"
"""The logger that says which inventories of other projects cannot be reached."""
ADDRESS = re.compile(r"inventory '(?P<address>[^']+)' not fetchable")
TYPE = re.compile(r" \[[\w.-]+\]$")
"""The type behind a message."""
SHOWN = 3
"""How many places or addresses a message names."""
LAST = 900


class Gathered(python_logging.Filter):
    """Holds back messages that may come again elsewhere, until `tell` has ``handler`` write one for all that are alike.

    It stands behind all other filters of a handler, which count each message.
    """

    def __init__(self, handler: WarningStreamHandler) -> None:
        super().__init__()
        self.handler = handler
        self.held: dict[str, list[LogRecord]] = {}

    def filter(self, record: LogRecord) -> bool:
        """False for a message that is held back."""
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        is_inventory = record.name == INTERSPHINX and ADDRESS.search(record.getMessage()) is not None
        if not is_inventory and kind not in ALIKE:
            return True
        self.held.setdefault(INTERSPHINX if is_inventory else LogRecord.getMessage(record), []).append(record)
        return False

    def tell(self) -> None:
        """Write what is held back."""
        held, self.held = self.held, {}
        for key, records in held.items():
            first = records[0]
            if len(records) > 1:
                message = of_inventories(records) if key == INTERSPHINX else of_places(records)
                first.msg, first.args = message, ()
            self.handler.emit(first)


def of_places(records: list[LogRecord]) -> str:
    """One message for those of one text at several places; the type stands at the end as before."""
    message = LogRecord.getMessage(records[0])
    kind = match[0] if (match := TYPE.search(message)) else ""
    others = [str(place) for record in records[1:] if (place := getattr(record, "location", None))]
    count = len(records) - 1
    where = f"{count} more place{'s' if count > 1 else ''}: {first_names(others, SHOWN)}"
    return f"{message.removesuffix(kind).rstrip('.')}; the same at {where}{kind}"


def of_inventories(records: list[LogRecord]) -> str:
    """One message for all inventories that cannot be reached."""
    found = [ADDRESS.search(record.getMessage()) for record in records]
    addresses = sorted(match["address"] for match in found if match)
    return (
        f"{len(records)} inventories of other projects (intersphinx_mapping) cannot be reached, so links into them are "
        f"words only: {first_names(addresses, SHOWN)}. Without a network nothing else can be done; with a slow one, "
        "intersphinx_timeout = 5 in conf.py waits no longer than five seconds for each. report.json has the reasons."
    )


def tell_gathered(*_of_event: object) -> None:
    """Write the messages that were held back up to now."""
    for handler in python_logging.getLogger("sphinx").handlers:
        for item in handler.filters:
            if isinstance(item, Gathered):
                item.tell()


def setup(app: Sphinx) -> None:
    """Write what was held back when all is set up, and when a build ends."""
    app.connect("builder-inited", tell_gathered, priority=LAST)
    app.connect("build-finished", tell_gathered, priority=LAST)
