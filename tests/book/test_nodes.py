"""Every node that the usual extensions can leave in a doctree has an entry; docs/nodes.md says what print
makes of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tools"))
from make_nodes_page import TARGET, node_classes, page, treatment


def test_every_node_has_an_entry() -> None:
    classes = node_classes()
    assert len(classes) > 200
    assert [name for name in classes if not treatment(name)] == []


def test_the_page_of_nodes_is_the_registry() -> None:
    assert TARGET.read_text(encoding="utf-8") == page()
