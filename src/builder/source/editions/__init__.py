"""The student's and the teacher's edition of a book: what one of them lacks goes while documents are read, so that
nothing made of them can show it; a gap stays where it was counted, so that both editions have the same numbers.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config

from builder.source.edition_names import EDITION_DIRECTIVE, EDITIONS
from builder.source.editions import references
from builder.source.editions.gaps import GapDomain, TakeOutGaps, gap
from builder.source.editions.marks import EditionDirective, EditionRole
from builder.source.editions.removal import LeaveOut


def setup(app: Sphinx) -> None:
    """Register directive, roles, transforms, and what becomes of references."""
    app.add_directive(EDITION_DIRECTIVE, EditionDirective)
    for name in EDITIONS:
        app.add_role(name, EditionRole(name))
    app.add_domain(GapDomain)
    app.add_node(gap)
    app.add_transform(LeaveOut)
    app.add_post_transform(TakeOutGaps)
    app.connect("config-inited", begin)
    references.setup(app)


def begin(app: Sphinx, config: Config) -> None:
    """Let ``only`` directives see the edition, and have no copy of the sources, which hold all editions, on the web."""
    if config.builder_edition:
        app.tags.add(config.builder_edition)
        config["html_copy_source"] = config["html_show_sourcelink"] = False
