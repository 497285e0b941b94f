"""Transforms of a resolved doctree before it is printed or shown on slides.

Web pages get HTML and choose among a notebook's outputs in the reader's browser; paper and slides get nodes.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.changeset import versionlabels
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import parse_data_uri

from builder.errors import warn
from builder.source import html
from builder.source.html_folded import FoldedHtml, is_html
from builder.source.html_played import PLAYED
from builder.source.pictures.marks import short_name
from builder.source.sub_figures import LettersOnPages
from builder.source.videos import ClassesOfFilms, VideosOfDirectives
from builder.store.limits import HTML_DEPTH

PRINTED = ("typstpdf", "pptx")
STATIC_MIME_TYPES = (
    "image/svg+xml", "application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif",
    "text/latex", "text/markdown", "text/html", "text/plain",
)  # fmt: skip
"""Kinds of notebook output in the order in which print wants them; a table in HTML comes before all."""


def setup(app: Sphinx) -> None:
    """Register the transforms of resolved documents."""
    app.add_transform(ClassesOfFilms)
    for transform in (
        Avatars, VideosOfDirectives, ChooseNotebookOutput, FreshCitations, GalleryImages, FoldedHtml,
        RawHtml, EmbeddedPictures,
        TitleFirst, VersionsInWords, LettersOnPages,
    ):  # fmt: skip
        app.add_post_transform(transform)


class ChooseNotebookOutput(SphinxPostTransform):
    """Replace each bundle of a notebook cell's outputs by the one that print shows best."""

    default_priority = 3  # before MyST-NB's own choice at 4
    builders = PRINTED

    def run(self, **kwargs: Any) -> None:
        for bundle in list(self.document.findall(nodes.container)):
            if bundle.get("nb_element") == "mime_bundle" and bundle.parent is not None:
                chosen = best_output([child for child in bundle.children if isinstance(child, nodes.Element)])
                bundle.replace_self(chosen.children if chosen is not None else [])


def best_output(outputs: list[nodes.Element]) -> nodes.Element | None:
    """The container to print of a bundle; None when all is for the screen only."""
    by_type = {output.get("mime_type", ""): output for output in outputs if output.children}
    page = by_type.get("text/html")
    if page is not None:
        text = page.astext()
        if "<table" in text and html.has_content(text):
            return page
        is_for_screen = "<script" in text or ("<input" in text and says_more_than_a_name(by_type.get("text/plain")))
        if is_for_screen or not html.has_content(text):
            del by_type["text/html"]
    return next((by_type[kind] for kind in STATIC_MIME_TYPES if kind in by_type), None)


def tell_of_drawing(raw: nodes.raw, between: list[nodes.Node]) -> None:
    """Warn of a drawing in a line of which paper and slides show nothing, since it has no words; one that the page
    hides from those who hear it is an ornament.
    """
    if not _HIDDEN.search(raw.astext()) and all(
        isinstance(node, nodes.raw) for node in between if node.astext().strip()
    ):
        message = (
            "the drawing in this line is left out of print and slides; give it a <title>, which stands there for it, "
        )
        warn(f"{message}or lines of its own.", raw, "left_out")


_HIDDEN = re.compile(r"""\baria-hidden\s*=\s*["']?true|\bdisplay\s*:\s*none""")


def says_more_than_a_name(output: nodes.Element | None) -> bool:
    """True for plain text that stands for an object by more than its name, as for one that a reader may unfold."""
    return output is not None and not _NAME_OF_OBJECT.fullmatch(output.astext().strip())


_NAME_OF_OBJECT = re.compile(r"<[\w.]+ object\b[^\n<>]*>")


class RawHtml(SphinxPostTransform):
    """Turn raw HTML into nodes."""

    default_priority = 5
    builders = PRINTED

    def run(self, **kwargs: Any) -> None:
        for raw in list(self.document.findall(nodes.raw)):
            if not is_html(raw) or raw not in raw.parent.children:
                continue
            parent = raw.parent
            if isinstance(parent, nodes.TextElement):
                self.inline(raw, parent)
            else:
                if html.is_too_deep(raw.astext()):
                    warn(
                        f"this HTML has more than {HTML_DEPTH} of elements; what stands deeper is left out.",
                        raw,
                        "html",
                    )
                found = html.blocks_of(raw.astext())
                self.replace(raw, stills_of(found) if isinstance(parent, nodes.figure) else found)

    def inline(self, raw: nodes.raw, parent: nodes.TextElement) -> None:
        """A tag within a line: with its end tag it wraps what stands between them."""
        name = html.opened_tag(raw.astext())
        following = parent.children[parent.index(raw) + 1 :]
        end = next(
            (
                node
                for node in following
                if isinstance(node, nodes.raw) and name and html.closed_tag(node.astext()) == name
            ),
            None,
        )
        if end is None:
            self.replace(raw, html.inline_of(raw.astext()))
            return
        between = following[: following.index(end)]
        if name in PLAYED:  # what stands between the tags is only shown where it cannot be played
            whole = "".join(node.astext() for node in (raw, *(n for n in between if isinstance(n, nodes.raw)), end))
            for node in (*between, end):
                parent.remove(node)
            self.replace(raw, html.inline_of(whole))
            return
        if name == "svg":
            tell_of_drawing(raw, between)
        wrapper = html.inline_tag(raw.astext()) or nodes.inline()
        for node in between:
            parent.remove(node)
        parent.remove(end)
        wrapper += html.shown_inside(name, between)
        raw.replace_self(wrapper)

    def replace(self, raw: nodes.raw, found: list[nodes.Node]) -> None:
        for node in found:
            if isinstance(node, nodes.Element):
                node["classes"] += raw["classes"]
            for element in node.findall(nodes.Element):
                element.source, element.line = raw.source or (raw.parent.source if raw.parent else ""), raw.line
        first, *others = [node for node in found if isinstance(node, nodes.Element)] or [nodes.Element()]
        first["classes"] += raw["classes"]
        for node in others:
            node["follows_html"] = True  # a line above the HTML does not mark it
        raw["classes"] = []  # an end tag shows nothing that could have them
        if raw["ids"] and not (found and isinstance(found[0], nodes.Element)):  # a label of what shows nothing
            found = [nodes.target(), *found]
        raw.replace_self(found)


def stills_of(found: list[nodes.Node]) -> list[nodes.Node]:
    """Return what stands in a figure, which has a caption of its own: the stills of films without theirs."""
    return [node.children[0] if isinstance(node, nodes.figure) else node for node in found]


class TitleFirst(SphinxPostTransform):
    """Pictures that stand before the title of a chapter follow it: else they would end the chapter before."""

    default_priority = 900
    builders = ("typstpdf",)

    def run(self, **kwargs: Any) -> None:
        found = next((child for child in self.document.children if isinstance(child, nodes.section)), None)
        before = self.document.children[: self.document.index(found)] if found is not None else []
        pictures = [node for node in before if is_picture(node)]
        if found is None or not isinstance(found.children[0], nodes.title):
            return
        for node in pictures:
            self.document.remove(node)
        found[1:1] = pictures


def is_picture(node: nodes.Node) -> bool:
    """True for a picture, a figure, or a paragraph of nothing but pictures."""
    if isinstance(node, nodes.paragraph):
        return bool(node.children) and all(isinstance(child, nodes.image) for child in node.children)
    return isinstance(node, nodes.image | nodes.figure)


class GalleryImages(SphinxPostTransform):
    """Turn sphinx-gallery's pictures in several resolutions into the one of the highest."""

    default_priority = 5
    builders = PRINTED

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(lambda found: type(found).__name__ == "imgsgnode")):
            assert isinstance(node, nodes.Element)
            uri = finest(node.get("srcset") or "") or node["uri"]
            image = nodes.image(
                uri=uri.lstrip("/"), candidates={"*": uri}, alt=node.get("alt") or "", classes=node["classes"]
            )
            image.source, image.line = node.source, node.line
            node.replace_self(image)


class Avatars(SphinxPostTransform):
    """Gives portraits of sphinx-design, beside an author's name, the size that their class has on web pages."""

    default_priority = 6
    builders = PRINTED

    def run(self, **kwargs: Any) -> None:
        for image in self.document.findall(nodes.image):
            sizes = [AVATARS[name] for name in image["classes"] if name in AVATARS]
            if sizes and not image.get("width"):
                image["width"] = sizes[-1]


AVATARS = {
    "sd-avatar-xs": "16px", "sd-avatar-sm": "48px", "sd-avatar-md": "80px", "sd-avatar-lg": "112px",
    "sd-avatar-xl": "160px",
}  # fmt: skip


class EmbeddedPictures(SphinxPostTransform):
    """Prepare pictures that addresses hold in themselves for Sphinx, which takes them out; damaged ones are named by
    what they are, and are found missing.
    """

    default_priority = 149  # before Sphinx's own transform at 150
    builders = PRINTED

    def run(self, **kwargs: Any) -> None:
        for node in self.document.findall(nodes.image):
            if node["uri"].startswith("data:"):
                node["candidates"] = {"?": "", **node.get("candidates", {})}
                try:
                    parse_data_uri(node["uri"])
                except ValueError:
                    node["uri"] = f"({short_name(node['uri'])})"


def finest(srcset: str) -> str:
    """The address of the highest resolution in a ``srcset`` (``a.png, b.png 2.00x``); '' when it is empty."""
    best, found = -1.0, ""
    for part in srcset.split(","):
        address, _, factor = part.strip().partition(" ")
        number = float(factor.rstrip("x")) if factor.rstrip("x").replace(".", "", 1).isdigit() else 1.0
        if address and number > best:
            best, found = number, address
    return found


class VersionsInWords(SphinxPostTransform):
    """Begin notes on versions with their words where the directive of a project leaves them to the writer of HTML."""

    default_priority = 5
    builders = PRINTED

    def run(self, **kwargs: Any) -> None:
        for node in self.document.findall(addnodes.versionmodified):
            label = versionlabels.get(node.get("type", ""))
            if label is None or any("versionmodified" in inline["classes"] for inline in node.findall(nodes.inline)):
                continue
            words = label % node.get("version", "")
            first = node.children[0] if node.children else None
            if isinstance(first, nodes.paragraph):
                first.insert(0, nodes.inline("", f"{words}: ", classes=["versionmodified"]))
            else:
                said = nodes.paragraph("", "", nodes.inline("", f"{words}.", classes=["versionmodified"]))
                said.source, said.line = node.source, node.line
                node.insert(0, said)


class FreshCitations(SphinxPostTransform):
    """Begin each list of sources anew.

    The citation extension adds the text of an entry to a node that it keeps, so that an entry that is resolved for the
    web and for print in one process, or again after an edit, would say everything twice.
    """

    default_priority = 4  # before the citation extension's own transform at 5

    def run(self, **kwargs: Any) -> None:
        lists = self.env.domaindata.get("cite", {}).get("bibliographies", {})
        for key, found in lists.items():
            if getattr(key, "docname", "") == self.env.docname:
                for name, node in found.citation_nodes.items():
                    found.citation_nodes[name] = node.copy()
