"""Films of mystmd: a picture whose file is a film or a sound is played.

Reference: https://mystmd.org/guide/figures#videos.
"""

from __future__ import annotations

from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from builder.source.named_files import FILMS, SOUNDS
from builder.source.pictures.names import is_remote


class FilmsOfPictures(SphinxTransform):
    """Puts a film in the place of a picture whose file is one, with what describes it as its title."""

    default_priority = 500  # before Sphinx collects pictures, when the document has been read

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        for image in list(self.document.findall(nodes.image)):
            ending = PurePosixPath(image["uri"].partition("?")[0]).suffix.lower()
            if ending not in FILMS:
                continue
            place = image.parent if lone_in_paragraph(image) else image
            film = nodes.raw("", played(image, "audio" if ending in SOUNDS else "video"), format="html")
            film["classes"] += [*image["classes"], *(place["classes"] if place is not image else [])]
            film.source, film.line = place.source or image.source, place.line or image.line
            if not is_remote(image["uri"]):
                film["film"] = (image["uri"], self.env.relfn2path(image["uri"], self.env.docname)[0])
                if Path(self.env.srcdir, film["film"][1]).is_file():
                    self.env.dlfiles.add_file(self.env.docname, film["film"][1])
            place.replace_self(film)


class FilmsOfPages(SphinxPostTransform):
    """Has pages name the copy of a film that lies beside them."""

    default_priority = 5
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        page = self.env._app.builder.get_target_uri(self.env.docname)
        copies = {str(file): copy for file, (_documents, copy) in self.env.dlfiles.items()}
        for film in self.document.findall(nodes.raw):
            uri, file = film.get("film", ("", ""))
            if file in copies:
                copy = relative_uri(page, f"_downloads/{copies[file]}")
                film[:] = [nodes.Text(film.astext().replace(f'src="{escape(uri)}"', f'src="{quote(copy)}"'))]


def lone_in_paragraph(image: nodes.image) -> bool:
    """Return whether a picture is all that its paragraph holds."""
    return isinstance(image.parent, nodes.paragraph) and image.parent.children == [image]


def played(image: nodes.image, name: str) -> str:
    """Return the HTML of a film or sound, in the width of its picture."""
    given = {"src": image["uri"], "title": image.get("alt", ""), "width": image.get("width", "")}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in given.items() if value)
    return f"<{name} controls{attributes}></{name}>"
