"""Embeds of mystmd: what has a label stands once more where ``![](#label)``, ``{embed}`` or a figure names it.

A place is known when a document is read, and filled when it is resolved, since what it shows may be read later.
Reference: https://mystmd.org/guide/embed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import fully_normalize_name, make_id
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from builder.errors import warn
from builder.source.annotations.marks import strip_annotations
from builder.source.numbers import NUMBER_OF, BookNumbers
from builder.store.limits import EMBED_DEPTH, EMBEDDED_NODES

LABELS = re.compile(
    r"^[ \t]*(?:\((?P<target>[^)\n]+)\)=|:(?:label|name):[ \t]*(?P<option>\S+)|#\|[ \t]*label:[ \t]*(?P<cell>\S+)"
    r"|label:[ \t]*(?P<page>\S+))|\$\$[ \t]*\((?P<behind>[^)\s]+)\)[ \t]*$|\\label\{(?P<inside>[^}\s]+)\}"
    r"|\{[^{}\n#]*#(?P<attribute>[\w:.-]+)[^{}\n]*\}",
    re.MULTILINE,
)
"""Where a source gives something a label."""
OF_CELL = re.compile(r"^#\|[ \t]*label:[ \t]*(?P<label>\S+)[ \t]*\n?", re.MULTILINE)
NAMED = re.compile(r"!\[[^\]]{0,999}\]\(#(?P<picture>[^()\s]+)\)|\{(?:embed|figure)\}[ \t]*#?(?P<named>[^\s}]+)")


class embedded(nodes.General, nodes.Element):
    """The place of what has the label ``label`` in the document ``docname``, which is set when its own is read."""


class Embed(SphinxDirective):
    """Shows what has a label once more."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("remove-input", "remove-output", "name", "label"), directives.unchanged),
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """Return the place of it."""
        place = embedded(label=self.arguments[0].removeprefix("#"), classes=self.options.get("class", []))
        self.set_source_info(place)
        return [place]


class PicturesOfLabels(SphinxTransform):
    """Puts the place of an embed where a picture of a label stands: behind its paragraph, where that has words."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        for image in list(self.document.findall(nodes.image)):
            above = image.parent
            if not image["uri"].startswith("#"):
                continue
            place = embedded(label=image["uri"][1:], classes=image["classes"])
            place.source, place.line = above.source or image.source, above.line or image.line
            if not isinstance(above, nodes.paragraph):
                above.replace(image, place)
            elif above.children == [image]:
                place["classes"] += above["classes"]
                above.replace_self(place)
            else:
                above.remove(image)
                above.parent.insert(above.parent.index(above) + 1, place)


class ShowEmbedded(SphinxPostTransform):
    """Fills the places of embeds, before all else is resolved."""

    default_priority = 0

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        self.count = self.copied = 0
        self.trees: dict[str, nodes.document] = {}
        for place in list(self.document.findall(embedded)):
            self.fill(place, (self.env.docname,))

    def fill(self, place: embedded, above: tuple[str, ...]) -> None:
        """Put what a place names there, or its label where that is not to be found. ``above`` are what it stands in."""
        tree, label = self.tree_of(place), place["label"]
        found = element_with(label, tree)
        if found is None and label == place.get("of_page"):
            found = tree
        reason = "nothing has this label" if found is None else self.refusal(label, above)
        if found is None or reason:
            warn(f"#{label} cannot be shown here: {reason}.", place, "mystmd")
            place.replace_self(nodes.paragraph("", "", nodes.literal("", f"#{label}", classes=place["classes"])))
            return
        body = nodes.Element("", *(node.deepcopy() for node in shown_of(found)))
        for note in footnotes_of(body, tree):
            body += note.deepcopy()
        self.count += 1
        self.copied += sum(1 for _ in body.findall())
        name_numbers(body, place.get("docname") or self.env.docname)
        self.make_own(body, f"embedded-{self.count}-", place.get("docname") or self.env.docname)
        for inner in list(body.findall(embedded)):
            self.fill(inner, (*above, label))
        if isinstance(place.parent, nodes.figure):  # which has a number of its own
            pictures = list(body.findall(nodes.image))
            place.parent.replace(place, pictures or body.children)
            return
        for child in body.children[:1]:
            if isinstance(child, nodes.Element):
                child["classes"] += place["classes"]
        place.parent.replace(place, body.children)

    def tree_of(self, place: embedded) -> nodes.document:
        """The document, as it was read, in which stands what a place names."""
        name = place.get("docname")
        if name and name not in self.trees:
            self.trees[name] = self.env.get_doctree(name)
        return self.trees[name] if name else self.document

    def refusal(self, label: str, above: tuple[str, ...]) -> str:
        """Why what has a label is not shown within what stands ``above`` it; '' where it is."""
        if label in above:
            return "it holds this place itself"
        if len(above) > EMBED_DEPTH.most:
            return f"there are more than {EMBED_DEPTH} of embeds"
        return f"the page shows more than {EMBEDDED_NODES} in embeds" if self.copied > EMBEDDED_NODES.most else ""

    def make_own(self, body: nodes.Element, prefix: str, docname: str) -> None:
        """Give copied content ids of its own, without labels, numbers, entries of the index and marks for slides."""
        strip_annotations(body)
        for made in [one for one in body.findall(nodes.Element) if is_list_of_book(one)]:
            at = made.parent.index(made)
            if at and isinstance(made.parent[at - 1], nodes.rubric):
                del made.parent[at - 1]
            made.parent.remove(made)
        own = {name for node in body.findall(nodes.Element) for name in node["ids"]}
        for node in list(body.findall(nodes.Element)):
            if isinstance(node, addnodes.index | nodes.target) and not node.children:
                node.parent.remove(node)
                continue
            node["names"] = []
            node["ids"] = [prefix + name for name in node["ids"]]
            if isinstance(node, nodes.math_block):
                node["ids"], node["number"], node["label"] = [], None, None
            if "backrefs" in node:
                node["backrefs"] = [prefix + name for name in node["backrefs"]]
            if "refdoc" in node:
                node["refdoc"] = self.env.docname
            if node.get("refid") in own:
                node["refid"] = prefix + node["refid"]
            elif "refid" in node and docname != self.env.docname:
                builder = self.env._app.builder
                node["refuri"] = f"{builder.get_relative_uri(self.env.docname, docname)}#{node.attributes.pop('refid')}"


class NumbersOfEmbedded(SphinxPostTransform):
    """Writes the number of the one that is shown once more into its caption; Sphinx numbers what its ids name."""

    default_priority = 1
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        for node in [one for one in self.document.findall(nodes.Element) if NUMBER_OF in one]:
            number = BookNumbers(self.env).of_float(self.env.docname, node, kind_of(node))
            caption = next((child for child in node.children if isinstance(child, nodes.caption | nodes.title)), None)
            if number and caption is not None:
                caption.insert(0, nodes.inline("", f"{number} ", classes=["caption-number"]))


def name_numbers(body: nodes.Element, docname: str) -> None:
    """Note of each figure and table in copied content where the one stands whose number it has."""
    for node in body.findall(nodes.Element):
        if node["ids"] and kind_of(node):
            node[NUMBER_OF] = (docname, node["ids"])


def kind_of(node: nodes.Node) -> str:
    """Return what Sphinx counts an element as; '' for what has no number of its own."""
    if isinstance(node, nodes.figure):
        return "figure"
    if isinstance(node, nodes.table):
        return "table"
    return "code-block" if isinstance(node, nodes.container) and "literal-block-wrapper" in node["classes"] else ""


def element_with(label: str, tree: nodes.document) -> nodes.Element | None:
    """The first element that has a label: as its name, that of a formula, of a cell of a notebook, or its id."""
    name, ids = fully_normalize_name(label), {label, make_id(label)}
    for node in tree.findall(nodes.Element):
        if isinstance(node, nodes.target | addnodes.index | embedded):
            continue
        given = node.get("cell_metadata")
        of_cell = (given.get("label"), given.get("name")) if isinstance(given, Mapping) else ()
        if name in node.get("names", ()) or label in (node.get("label"), *of_cell) or ids & {*node.get("ids", ())}:
            return node
    return None


def is_list_of_book(node: nodes.Element) -> bool:
    """Return whether an element is a list of works or of pages, which a book has once."""
    return isinstance(node, addnodes.toctree) or type(node).__name__ == "bibliography"


def shown_of(found: nodes.Element) -> list[nodes.Node]:
    """What an embed shows: the words of a document or section, the results of a cell, else the element itself."""
    if isinstance(found, nodes.document):
        return [part for child in found.children for part in words_of(child)]
    if isinstance(found, nodes.section):
        return [part for child in found.children[1:] for part in words_of(child)]
    if "cell" in found["classes"] and "cell_metadata" in found:
        results = [child for child in found.children if "cell_output" in child["classes"]]  # type: ignore[index]
        return [part for result in results for part in result.children] or [found]
    return [found]


def words_of(node: nodes.Node) -> Iterator[nodes.Node]:
    """A block, or those of a section, whose title stands above them as words in bold, unless it is the page's."""
    if not isinstance(node, nodes.section):
        yield node
        return
    if not isinstance(node.parent, nodes.document):
        yield nodes.rubric("", "", *(part.deepcopy() for part in node[0].children))
    for child in node.children[1:]:
        yield from words_of(child)


def footnotes_of(body: nodes.Element, tree: nodes.document) -> list[nodes.footnote]:
    """The footnotes of a document that copied content refers to and does not hold."""
    held = {name for note in body.findall(nodes.footnote) for name in note["ids"]}
    missing = {note.get("refid") for note in body.findall(nodes.footnote_reference)} - held
    return [note for note in tree.findall(nodes.footnote) if missing & set(note["ids"])]


def find_places(doctree: nodes.document, homes: Mapping[str, str], pages: Mapping[str, str]) -> None:
    """Note for each embed of a document in which one what it names stands; name those of what stands in none."""
    for place in doctree.findall(embedded):
        label = place["label"]
        if label in homes:
            place["docname"] = homes[label]
        if label in pages:
            place["of_page"] = label


def labels_in(source: str) -> Iterator[str]:
    """The labels that a source gives."""
    return (found[found.lastgroup or 0] for found in LABELS.finditer(source))


def labels_embedded(source: str) -> Iterator[str]:
    """The labels of what a source shows once more."""
    return (found["picture"] or found["named"] for found in NAMED.finditer(source))


def texts_of(notebook: str) -> str:
    """The sources of the cells of a notebook; none of one that cannot be read."""
    try:
        return "\n".join("".join(cell["source"]) for cell in json.loads(notebook)["cells"])
    except (ValueError, TypeError, LookupError, RecursionError):
        return ""


def add_embeds(app: Sphinx) -> None:
    """Register what embeds are made of."""
    app.add_directive("embed", Embed, override=True)
    app.add_transform(PicturesOfLabels)
    app.add_post_transform(ShowEmbedded)
    app.add_post_transform(NumbersOfEmbedded)
