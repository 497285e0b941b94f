"""Takes out of a document that is being read what its edition lacks, with all that was noted of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.math import MathDomain
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import make_id

from builder.errors import EndingError, source_of, warn
from builder.source.ancestors import ancestors
from builder.source.edition_names import EDITIONS
from builder.source.editions.gaps import Gaps, gap
from builder.source.editions.marks import edition_block, left_out
from builder.source.editions.references import lacking, told

AFTER_NUMBERS_OF_FOOTNOTES, BEFORE_DOMAINS = 630, 850
FLOWING = (
    nodes.paragraph, nodes.list_item, nodes.bullet_list, nodes.enumerated_list, nodes.block_quote, nodes.line_block,
    nodes.line, nodes.definition, nodes.definition_list_item, nodes.definition_list,
)  # fmt: skip
"""What is nothing without what it holds."""
IN_ATTRIBUTES = ("title_nodes", "short")
"""Attributes of our nodes that hold inline nodes."""


class LeaveOut(SphinxTransform):
    """Leaves out what the edition lacks, after notes are numbered and before Sphinx gathers labels, terms, index
    entries, titles, downloads and pictures; what it has stands as if there were no marks.
    """

    default_priority = BEFORE_DOMAINS - 5

    def apply(self, **_kwargs: Any) -> None:
        edition = self.config.builder_edition
        if edition:
            check_marks(self.document)
            for node in self.document.findall(nodes.Element):
                for holder in (node.get(name) for name in IN_ATTRIBUTES):
                    if isinstance(holder, nodes.Element):
                        take_out(left_out(holder, edition, self.env._app.tags))
            self.leave_out(edition)
        for block in list(self.document.findall(edition_block)):
            block.replace_self(block.children)

    def leave_out(self, edition: str) -> None:
        """Put gaps in the place of what ``edition`` lacks."""
        gone = list(left_out(self.document, edition, self.env._app.tags))
        for node in gone:
            warn_of_documents(node)
        gone += self.notes_of(gone)
        headings = {node.parent.parent: None for node in gone if isinstance(node.parent, nodes.title)}
        gaps = Gaps(self.env, self.document)
        equations = [node for one in gone for node in one.findall(nodes.math_block)]
        ids = ids_in(gone)
        labels = {str(node["label"]) for node in equations if node.get("label")}
        names = {name: name_id for name, name_id in self.document.nameids.items() if name_id in ids}
        for node in gone:
            put_instead(node, gaps.instead_of(node))
        for section in headings:
            self.name_anew(section)
        self.forget(ids, names.keys())
        objects = self.forget_objects(ids, labels)
        kinds = {**gaps.ids}
        lacking(self.env)[self.env.docname] = {
            **{name: kinds.get(name_id or "", ("", "")) for name, name_id in names.items()},
            **{name: kinds.get(name, ("", "")) for name in ids},
            **dict.fromkeys(objects, ("", "")),
            **{label: kinds.get(f"equation-{nodes.make_id(label)}", ("", "displaymath")) for label in labels},
        }
        self.release_references(ids)

    def notes_of(self, gone: list[nodes.Element]) -> list[nodes.Element]:
        """Footnotes and citations that nothing but what goes refers to."""
        notes = [
            node
            for node in self.document.findall(nodes.Element)
            if isinstance(node, nodes.footnote | nodes.citation) and node["backrefs"] and not is_within(node, gone)
        ]
        found: list[nodes.Element] = []
        more = gone
        while more:
            ids = ids_in([*gone, *found])
            more = [note for note in notes if note not in found and ids.issuperset(note["backrefs"])]
            found += more
        return found

    def name_anew(self, section: Any) -> None:
        """Give a section whose title lost words an id, and a name, without them."""
        document, title = self.document, section.next_node(nodes.title)
        implicit = {name: name_id for name, name_id in document.nameids.items() if name_id in section["ids"]}
        for name, old in implicit.items():
            if document.nametypes.get(name) or name not in [*section["names"], *section.get("dupnames", ())]:
                continue
            new = make_id(self.env, document, "", title.astext())
            section["ids"] = [new if one == old else one for one in section["ids"]]
            document.ids[new] = document.ids.pop(old)
            document.nameids[nodes.fully_normalize_name(title.astext())] = new
            del document.nameids[name], document.nametypes[name]
            section["names"] = [one for one in section["names"] if one != name]
            for table in self.slugs():
                for slug in [slug for slug, (_, one, _) in table.items() if one == old]:
                    line = table.pop(slug)[0]
                    table[new] = (line, new, title.astext())

    def slugs(self) -> list[dict[str, Any]]:
        """The headings that MyST refers to by their words."""
        return [getattr(self.document, "myst_slugs", {}), self.env.metadata[self.env.docname].get("myst_slugs", {})]

    def forget(self, ids: set[str], names: Iterable[str]) -> None:
        """Forget ids and names, so that no label is made of them."""
        document = self.document
        for name in list(names):
            document.nameids.pop(name, None)
            document.nametypes.pop(name, None)
        for name in ids:
            document.ids.pop(name, None)
        for node in list(document.findall(nodes.target)):
            if node.get("refid") in ids and node.parent is not None:
                node.parent.remove(node)
        for table in self.slugs():
            for slug in [slug for slug, (_, name, _) in table.items() if name in ids]:
                del table[slug]

    def forget_objects(self, ids: set[str], equations: set[str]) -> set[str]:
        """Forget what directives noted in domains while they were parsed: terms, objects, equations, proofs; returns
        the names of all.
        """
        names: set[str] = set()
        docname = self.env.docname
        tables = [table for domain in self.env.domains.sorted() for table in domain.data.values()]
        tables += [getattr(self.env, name, None) for name in ("proof_list", "sphinx_exercise_registry")]
        for table in tables:
            if isinstance(table, dict):
                for key in [key for key, value in table.items() if is_of(key, value, docname, ids)]:
                    del table[key]
                    names.add(str(key[-1] if isinstance(key, tuple) else key))
        for domain in ("c", "cpp"):
            forget_symbols(self.env.domains[domain].data["root_symbol"], docname, ids)
        math = self.env.domains["math"]
        assert isinstance(math, MathDomain)
        for label in equations:
            math.equations.pop(label, None)
        return names

    def release_references(self, ids: set[str]) -> None:
        """Take the links off words that refer to what is gone, and say so."""
        for node in list(self.document.findall(nodes.reference)):
            if node.get("refid") in ids:
                told(node.astext(), self.config.builder_edition, node)
                node.replace_self(node.children)
        for mark in list(self.document.findall(nodes.footnote_reference)):
            if mark.get("refid") in ids:
                told(mark.astext(), self.config.builder_edition, mark)
                mark.parent.remove(mark)


def check_marks(document: nodes.document) -> None:
    """Look for marks that the parser took for text.

    Raises:
        EndingError: there is one, so what it is to leave out would be in the edition.
    """
    for text in document.findall(nodes.Text):
        mark = UNREAD.search(text)
        if mark is not None and not isinstance(text.parent, nodes.FixedTextElement | nodes.literal | nodes.comment):
            message = (
                f"'{mark[0]}' is not read here: an edition can be marked above a block, and behind words in brackets, "
                "[words]{.teacher}, where myst_enable_extensions has attrs_block and attrs_inline. Nothing is built."
            )
            raise EndingError(message, source_of(text))


UNREAD = re.compile(r"\{[^{}]*\.(?:" + "|".join(EDITIONS) + r")\b[^{}]*\}")
"""A mark of an edition as it is written."""


def warn_of_documents(node: nodes.Element) -> None:
    """Warn of documents that only what is left out names: they are pages all the same."""
    named = [str(name) for toctree in node.findall(addnodes.toctree) for name in toctree["includefiles"]]
    if named:
        warn(
            f"this edition lacks the toctree, and has its documents all the same: {', '.join(named)}; leave them out "
            "in conf.py, with 'if tags.has(...)' and exclude_patterns.",
            node,
            "edition",
        )


def is_of(key: object, value: object, docname: str, ids: set[str]) -> bool:
    """True for what a table holds under a label, or of an id, that this document had."""
    if isinstance(value, dict):
        return value.get("docname") == docname and key in ids
    if not isinstance(value, tuple):
        return False
    parts = {part for part in value if isinstance(part, str)}
    return docname in parts and not ids.isdisjoint(parts)


def forget_symbols(root: Any, docname: str, ids: set[str]) -> None:
    """Forget what was declared in C or C++ under an id of a document, as Sphinx does with whole documents."""
    declared = [symbol for symbol in root.get_all_symbols() if symbol.declaration and symbol.docname == docname]
    gone = [symbol for symbol in declared if symbol.declaration.get_newest_id() in ids]
    for symbol in [inner for one in gone for inner in one.get_all_symbols()]:
        symbol.declaration = symbol.docname = symbol.line = None


def is_within(node: nodes.Node, others: list[nodes.Element]) -> bool:
    """True for a node that stands in one of the others, or is one."""
    return any(one is other for one in (node, *ancestors(node)) for other in others)


def ids_in(gone: Iterable[nodes.Element]) -> set[str]:
    """All ids in nodes."""
    return {name for one in gone for node in one.findall(nodes.Element) for name in node["ids"]}


def take_out(gone: Iterable[nodes.Element]) -> None:
    """Take nodes out."""
    for node in list(gone):
        put_instead(node, [])


def put_instead(node: nodes.Element, gaps: list[nodes.Node]) -> None:
    """Put gaps, or nothing, in the place of a node; with what holds nothing else, and with the space behind words."""
    parent = node.parent
    assert parent is not None
    while isinstance(parent, FLOWING) and all(child is node or isinstance(child, gap) for child in parent.children):
        gaps = [*(child for child in parent.children if child is not node), *gaps]
        node, parent = parent, parent.parent
    place = parent.index(node)
    if isinstance(parent, nodes.TextElement):
        close_up(parent, place)
    parent.remove(node)
    for number, one in enumerate(gaps):
        parent.insert(place + number, one)


def close_up(parent: nodes.TextElement, place: int) -> None:
    """Take the space away before words that go where another follows them, or a mark that wants none before it."""
    before = parent.children[place - 1] if place else None
    after = parent.children[place + 1].astext() if place + 1 < len(parent.children) else ""
    if isinstance(before, nodes.Text) and before.endswith((" ", "\n")) and after[:1] in (" ", "\n", "", *".,;:!?)"):
        parent.replace(before, nodes.Text(before[:-1]))
