"""Every node that the usual extensions can leave in a doctree has an entry; docs/nodes.md says what print
makes of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from builder.deck.handlers import HANDLERS

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tools"))
from make_nodes_page import TARGET, node_classes, page, treatment


def test_every_node_has_an_entry() -> None:
    classes = node_classes()
    assert len(classes) > 200
    assert [name for name in classes if not treatment(name)] == []


def test_every_handler_of_slides_says_what_it_shows() -> None:
    assert [name for name, handler in HANDLERS.items() if not handler.__doc__] == []


def test_the_page_of_nodes_is_the_registry() -> None:
    assert TARGET.read_text(encoding="utf-8") == page()
