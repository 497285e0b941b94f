"""Cards as mystmd has them: with a label, and with a link that may be left empty."""

from __future__ import annotations

from typing import Any, ClassVar

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
    from sphinx_design.grids import GridItemCardDirective

    for name, usual in (("card", CardDirective), ("grid-item-card", GridItemCardDirective)):
        app.add_directive(name, labelled(usual), override=True)


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
