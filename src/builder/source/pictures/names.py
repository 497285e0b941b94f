"""Pictures of a resolved document: which files they are, and where they stand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx.transforms import SphinxTransform


def is_remote(uri: str) -> bool:
    """True for an address on the web or data in the address itself."""
    return "://" in uri or uri.startswith(("data:", "//"))


def without_work_folder(uri: str) -> str:
    """What to call a picture: one that a cell of a notebook has drawn lies in a folder that is no author's, and is
    called by its file.
    """
    return PurePosixPath(uri).name if "jupyter_execute" in PurePosixPath(uri).parts else uri


def file_in(address: str) -> str:
    """The file that an address names, without what is asked of it and the place in it."""
    return address.partition("?")[0].partition("#")[0]


def source_file(uri: str, docname: str, srcdir: Path, static: Iterable[Path]) -> str:
    """The path below ``srcdir`` (or from it) of a picture that raw HTML names, '' when there is no such file."""
    address = file_in(uri)
    for name in dict.fromkeys((unquote(address), address)):  # a browser takes `%20` for a space
        for candidate in candidates(PurePosixPath(name), srcdir / PurePosixPath(docname).parent, srcdir, static):
            if os.path.isfile(candidate):  # which takes a name that no file can have
                try:
                    return candidate.resolve().relative_to(srcdir.resolve()).as_posix()
                except ValueError:
                    return str(candidate.resolve())
    return ""


def candidates(path: PurePosixPath, folder: Path, srcdir: Path, static: Iterable[Path]) -> Iterator[Path]:
    """Where a file may lie that raw HTML of a document in ``folder`` names."""
    folders = [folder, srcdir]
    if "_static" in path.parts:
        inner = PurePosixPath(*path.parts[path.parts.index("_static") + 1 :])
        folders += [each.parent / "_static" for each in static]
        yield from (each / inner for each in static)
    yield from (each / str(path).lstrip("/") for each in folders)


class QuotedNames(SphinxTransform):
    """Write names of pictures as their files have them where Markdown has them as in an address (``%C3%B6``)."""

    default_priority = 211

    def apply(self, **kwargs: Any) -> None:
        for image in self.document.findall(nodes.image):
            uri = image.get("uri", "")
            if "%" not in uri or is_remote(uri):
                continue
            file, plain = (Path(self.env.relfn2path(name, self.env.docname)[1]) for name in (uri, unquote(uri)))
            if not os.path.isfile(file) and os.path.isfile(plain):
                image["uri"] = unquote(uri)


def in_line(image: nodes.Element) -> bool:
    """True if a picture stands in a line of text: an icon, a badge."""
    parent = image.parent
    if not isinstance(parent, nodes.TextElement):
        return False
    block: nodes.Node = parent
    while isinstance(block, nodes.Inline | nodes.reference) and block.parent is not None:
        block = block.parent
    if not isinstance(block, nodes.TextElement):
        return False
    return any(text.strip() for text in block.findall(nodes.Text))  # `astext` would have descriptions of pictures


def words_of_link(image: nodes.image) -> str:
    """What can be said instead of a picture that is a link of its own, such as a badge: its description, else the host
    that the link leads to; '' of other pictures.
    """
    link = image.parent
    if not isinstance(link, nodes.reference) or len(link) > 1 or in_line(image):
        return ""
    if isinstance(link.parent, nodes.figure):
        return ""
    return str(image.get("alt") or urlsplit(link.get("refuri", "")).hostname or "")


def put_words(image: nodes.image, words: str) -> None:
    """Put words in the place of a picture in a link, which stands in a paragraph then."""
    link = image.parent
    assert isinstance(link, nodes.reference)
    link.children = []
    link += nodes.Text(words)
    if not isinstance(link.parent, nodes.TextElement):
        paragraph = nodes.paragraph(classes=[*link["classes"], *image["classes"]])
        paragraph.source, paragraph.line = image.source or link.source, image.line or link.line
        link.replace_self(paragraph)
        paragraph += link
