"""Cards as mystmd has them: with a label, and with a link that may be left empty; grids of anything."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

MORE = {"name": directives.unchanged, "link": directives.unchanged}
"""What options hold that sphinx-design lacks, or will not have empty."""


def add_cards(app: Sphinx) -> None:
    """Register the cards, where sphinx-design is installed."""
    if "sphinx_design" not in app.extensions:
        return
    from sphinx_design.cards import CardDirective
    from sphinx_design.grids import GridDirective, GridItemCardDirective

    for name, usual in (("card", CardDirective), ("grid-item-card", GridItemCardDirective)):
        app.add_directive(name, labelled(usual), override=True)
    app.add_directive("grid", of_anything(GridDirective), override=True)


def of_anything(usual: Any) -> Any:
    """Return a directive of grids in which each thing is an item."""
    from sphinx_design.shared import create_component, is_component, is_ignorable_child

    class MixedGrid(usual):  # type: ignore[misc]
        def run_with_defaults(self) -> list[nodes.Node]:
            found: list[nodes.Node] = super().run_with_defaults()
            row = cast(nodes.Element, found[0].children[0])
            for child in list(row.children):
                if not (is_ignorable_child(child) or is_component(child, "grid-item")):
                    item = create_component("grid-item", ["sd-col", "sd-d-flex-column"])
                    item.source, item.line = child.source, child.line
                    row.replace(child, item)
                    item += child
            return found

    MixedGrid.__doc__ = usual.__doc__
    return MixedGrid


def labelled(usual: Any) -> Any:
    """Return a directive of cards whose card may have a label."""

    class Labelled(usual):  # type: ignore[misc]
        option_spec: ClassVar[dict[str, Any]] = {**usual.option_spec, **MORE}

        def run_with_defaults(self) -> list[nodes.Node]:
            if not self.options.get("link", "").strip():
                self.options.pop("link", None)
            found: list[nodes.Node] = super().run_with_defaults()
            self.add_name(found[0])
            return found

    Labelled.__doc__ = usual.__doc__
    return Labelled
