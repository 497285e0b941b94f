"""Works that stand in several lists of a project: told once, and only where a citation cannot know which is meant.

The citation extension warns at each work that a second list has, and at each label that a second work has. A project
whose pages list their own works has hundreds of them and no fault: a citation leads to the list of its own page.
"""

from __future__ import annotations

import logging as python_logging
from collections import defaultdict
from collections.abc import Iterator
from logging import LogRecord
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)
REPORTS = "sphinx.sphinxcontrib.bibtex.domain"
"""The logger of the citation extension."""
REPEATED = ("duplicate_citation", "duplicate_local_citation", "duplicate_label")
BEHIND = 501
"""Priority behind the citation extension, which then knows what stands in each list."""


class Doubt(NamedTuple):
    """A work, or a label, that may be one or another: its kind, its name, its page, and the line, of a list, or the id
    of a citation there.
    """

    kind: str
    name: str
    docname: str
    at: int | str


class EachRepeated(python_logging.Filter):
    """Holds back what the extension says of each work by itself."""

    def filter(self, record: LogRecord) -> bool:
        """Return false for that."""
        return getattr(record, "subtype", "") not in REPEATED


ONE_BY_ONE = EachRepeated()


def gather(app: Sphinx, config: Config) -> None:
    """Tell of works in several lists when all is read, where the project has the citation extension."""
    if "bibtex_bibfiles" not in config:
        return
    python_logging.getLogger(REPORTS).addFilter(ONE_BY_ONE)
    app.connect("env-updated", tell, priority=BEHIND)


def tell(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn once of each kind of doubt, at the first."""
    found: dict[str, dict[str, Doubt]] = defaultdict(dict)
    for doubt in doubts(env.get_domain("cite")):
        found[doubt.kind].setdefault(doubt.name, doubt)
    for kind, by_name in found.items():
        first, *others = by_name.values()
        more = f" (and {len(others)} more)" if others else ""
        logger.warning(SAID[kind], first.name, more, location=place_of(first, env), type="bibtex", subtype=kind)


def place_of(doubt: Doubt, env: BuildEnvironment) -> tuple[str, int] | nodes.Node:
    """Return the place of a list, or the citation itself, whose line the extension does not note."""
    if isinstance(doubt.at, int):
        return doubt.docname, doubt.at
    page = env.get_doctree(doubt.docname)
    return next((node for node in page.findall(addnodes.pending_xref) if doubt.at in node["ids"]), page)


SAID = {
    "duplicate_local_citation": "the work '%s'%s stands in two lists of this page, and citations lead to the last; "
    "write ':filter:' below {bibliography} so that each list has its own works, or give one a ':keyprefix:'.",
    "duplicate_citation": "the work '%s'%s stands in the lists of several other pages, and this citation leads to the "
    "last of them; give this page a {bibliography} with ':filter: docname in docnames', or each list a ':keyprefix:', "
    "which stands before its keys in citations.",
    "duplicate_label": "the label '%s'%s stands for two works that this page cites; give one of their lists a "
    "':labelprefix:', or the page one {bibliography} with ':filter: docname in docnames'.",
}
"""Kind of a doubt → what is said of it."""


def doubts(domain: Any) -> Iterator[Doubt]:
    """The works and labels that a reader, or a citation, cannot tell apart."""
    lists = [one for one in domain.citations if domain.bibliographies[one.bibliography_key].list_ == "citation"]
    yield from of_one_page(domain, lists)
    pages: dict[str, set[str]] = defaultdict(set)
    shown: dict[tuple[str, str], Any] = {}
    """Page, or '' for any, and key → the work with its label."""
    for one in lists:
        pages[one.key].add(one.bibliography_key.docname)
        shown[one.bibliography_key.docname, one.key] = shown["", one.key] = one.formatted_entry
    labels: dict[tuple[str, str], str] = {}
    """Page and label → the work that it stands for there."""
    for reference in domain.citation_refs:
        page, at = reference.docname, reference.citation_ref_id
        for key in (target.key for target in reference.targets):
            if page not in pages[key] and len(pages[key]) > 1:
                yield Doubt("duplicate_citation", key, page, at)
            work = shown.get((page, key)) or shown.get(("", key))
            if work and labels.setdefault((page, work.label), work.key) != work.key:
                yield Doubt("duplicate_label", work.label, page, at)


def of_one_page(domain: Any, lists: list[Any]) -> Iterator[Doubt]:
    """The works that stand in two lists of one page."""
    known: set[tuple[str, str]] = set()
    for one in lists:
        page = one.bibliography_key.docname
        if (page, one.key) in known:
            yield Doubt("duplicate_local_citation", one.key, page, domain.bibliographies[one.bibliography_key].line)
        known.add((page, one.key))
