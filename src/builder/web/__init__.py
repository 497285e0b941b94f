"""The web book beside Sphinx's own pages: links, style, templates compiled once, and which pages an edit
reaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register what is done to pages, whoever builds them."""
    from builder.web import formulas, links

    formulas.setup(app)
    links.setup(app)
