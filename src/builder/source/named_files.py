"""Files that a document shows and that Sphinx does not note: those that raw HTML names, which the web book needs, too,
and pictures of which the source leaves the ending open.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.errors import warn
from builder.source.ancestors import ancestors
from builder.source.annotations.vocabulary import marks_block, slide
from builder.source.by_document import keep_by_document
from builder.source.pictures.names import file_in, is_remote, source_file
from builder.source.readings import other_files
from builder.source.videos import films_in

_CODE = re.compile(r"(<script\b[^>]*>).*?(?:</script>|\Z)", re.DOTALL | re.IGNORECASE)
_NAMED = re.compile(r"""\b(?:src|poster|data)\s*=\s*["']?([^"'\s>]+)""")


def setup(app: Sphinx) -> None:
    """Note the files that documents name, when pictures have been looked for."""
    app.connect("doctree-read", note_files, priority=900)
    keep_by_document(app, other_files)
    keep_by_document(app, files_of_pages)


def files_of_pages(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Document → addresses of files in its raw HTML → their paths below the folder of the sources."""
    files: dict[str, dict[str, str]] = env.__dict__.setdefault("builder_files_of_pages", {})
    return files


def note_files(app: Sphinx, doctree: nodes.document) -> None:
    """Note pictures of which the source leaves the ending open, and the files that raw HTML names."""
    env, srcdir = app.env, Path(app.srcdir)
    found = [str(srcdir / image["uri"]) for image in doctree.findall(nodes.image) if image["uri"].endswith(".*")]
    shown: dict[str, str] = {}
    static = [Path(app.confdir) / name for name in app.config.html_static_path]
    for raw in doctree.findall(nodes.raw):
        for uri in names_in_html(raw.astext()) if "html" in raw.get("format", "") else ():
            if is_remote(uri):
                continue
            path = source_file(uri, env.docname, srcdir, static)
            if path:
                env.note_dependency(path)
                if not path.startswith("..") and not os.path.isabs(path):
                    shown[address_of(uri)] = path
            else:
                name_missing_film(app, raw, uri)
                found += [str(folder / uri) for folder in (Path(env.doc2path(env.docname)).parent, srcdir)]
    for film in films_in(doctree):
        for address, _kind, is_on_web in film["sources"]:
            if not is_on_web and not os.path.isfile(srcdir / address):
                name_missing_film(app, film, f"/{address}")
                found.append(str(srcdir / address))
    other_files(env)[env.docname] = found
    if shown:
        files_of_pages(env)[env.docname] = shown


def address_of(uri: str) -> str:
    """Where a browser seeks a file that HTML names, from the page's folder, or from the book's with a slash."""
    return unquote(file_in(uri))


def names_in_html(html: str) -> list[str]:
    """The files that attributes of raw HTML name; assignments in its scripts name none."""
    return _NAMED.findall(_CODE.sub(r"\1", html))


SOUNDS = (".mp3", ".m4a", ".wav", ".ogg")
FILMS = (".mp4", ".m4v", ".mov", ".webm", ".ogv", *SOUNDS)
"""Endings of films and sounds."""


def name_missing_film(app: Sphinx, raw: nodes.Element, uri: str) -> None:
    """Warn of a film that raw HTML names and that is not there; one that is marked is an error of its slide."""
    file = file_in(uri)
    extra = (Path(app.confdir) / folder / file for folder in app.config.html_extra_path)
    if not file.lower().endswith(FILMS) or any(map(os.path.isfile, extra)):
        return
    if not any(marks_block(one) or isinstance(one, slide) for one in (raw, *ancestors(raw))):
        where = "paths start at the document's folder, or at the book's folder with a leading '/'"
        warn(f"the film '{file}' does not exist; {where}.", raw, "picture")
