"""The order of the printed book, read off the toctrees: front matter, parts, chapters, back matter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

GENERATED = ("genindex", "modindex", "search", "self")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the book. ``depth`` 0 is a chapter; ``part`` opens before it when not ''.

    ``within`` is the document whose text goes on behind it, where the toctree that names it stands in the middle of a
    page, and '' for all others: they follow the document before them.
    """

    docname: str
    depth: int
    part: str = ""
    numbered: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class BookOrder:
    """Documents in printing order. Folios are roman in ``front`` and arabic in ``main``."""

    front: tuple[Entry, ...]
    main: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.front + self.main

    def set_within(self, docname: str) -> frozenset[str]:
        """The documents that stand in the middle of another."""
        return frozenset(entry.docname for entry in self.entries if entry.within == docname)

    @property
    def documents(self) -> frozenset[str]:
        return frozenset(entry.docname for entry in self.entries)


def has_print_content(doctree: nodes.document) -> bool:
    """True if a root document holds more than a title, toctrees and links for the web."""
    for node in doctree.findall(nodes.TextElement):
        inside_toctree = _inside(node, addnodes.toctree | nodes.title | nodes.comment | addnodes.only)
        if (
            not inside_toctree
            and not isinstance(node, nodes.title | nodes.comment | nodes.target)
            and node.astext().strip()
        ):
            return True
    return any(not _inside(image, addnodes.only) for image in doctree.findall(nodes.image))


def _inside(node: nodes.Node, kinds: object) -> bool:
    current: nodes.Node | None = node
    while current is not None:
        if isinstance(current, kinds):  # type: ignore[arg-type]
            return True
        current = current.parent
    return False


def book_order(env: BuildEnvironment, root: str) -> BookOrder:
    """Order of all documents below ``root``.

    Unnumbered documents before the first numbered chapter are front matter; without any numbered
    chapter only the root document's own text is.
    """
    seen = {root}
    entries: list[Entry] = []
    root_tree = env.get_doctree(root)
    for toctree in root_tree.findall(addnodes.toctree):
        part = toctree.get("caption") or ""
        for docname in toctree["includefiles"]:
            if docname in seen or docname in GENERATED or docname not in env.found_docs:
                continue
            added = _below(env, docname, 0, seen, stands_within=False)
            entries.append(Entry(docname, 0, part, bool(env.toc_secnumbers.get(docname, {}).get(""))))
            entries.extend(added)
            part = ""
    first = next((index for index, entry in enumerate(entries) if entry.numbered), 0)
    front, main = entries[:first], entries[first:]
    if has_print_content(root_tree) or not entries:
        front = [Entry(root, 0), *front] if entries else []
        main = main or [Entry(root, 0)]
    if front and main and main[0].part == "" and front[-1].part:
        front = [replace(entry, part="") for entry in front]
    return BookOrder(tuple(front), tuple(main))


def _below(env: BuildEnvironment, docname: str, depth: int, seen: set[str], *, stands_within: bool) -> list[Entry]:
    """The documents in the toctrees of a document, and in theirs; in its text where it ``stands_within`` another itself
    or goes on behind them.
    """
    seen.add(docname)
    found: list[Entry] = []
    children = [name for name in env.toctree_includes.get(docname, ()) if name not in GENERATED]
    within = stands_within or (bool(children) and goes_on(env.get_doctree(docname)))
    for child in children:
        if child in seen or child not in env.found_docs:
            continue
        below = _below(env, child, depth + 1, seen, stands_within=within)
        found.append(Entry(child, depth + 1, within=docname if within else ""))
        found.extend(below)
    return found


def goes_on(doctree: nodes.document) -> bool:
    """True if text or a picture follows the first toctree of a document that names others."""
    is_behind = False
    for node in doctree.findall():
        if isinstance(node, addnodes.toctree):
            is_behind = is_behind or bool(node["includefiles"])
        elif is_behind and not _inside(node, UNSEEN) and (isinstance(node, nodes.image) or is_text(node)):
            return True
    return False


def is_text(node: nodes.Node) -> bool:
    """True for text that can be seen."""
    return isinstance(node, nodes.Text) and bool(node.strip())


UNSEEN = nodes.footnote | nodes.citation | nodes.comment | nodes.substitution_definition | addnodes.toctree
"""What stands at its own place in a book, or nowhere."""
