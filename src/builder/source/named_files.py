"""Files that a document shows and that Sphinx does not note: those that raw HTML names, pictures of which the source
leaves the ending open.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from builder.source.pictures.names import is_remote, source_file
from builder.source.readings import other_files

NAMED_IN_HTML = re.compile(r"""\b(?:src|poster|data)\s*=\s*["']?([^"'\s>]+)""")


def setup(app: Sphinx) -> None:
    """Note the files that documents name, when pictures have been looked for."""
    app.connect("doctree-read", note_files, priority=900)


def note_files(app: Sphinx, doctree: nodes.document) -> None:
    """Note pictures of which the source leaves the ending open, and the files that raw HTML names."""
    env, srcdir = app.env, Path(app.srcdir)
    found = [str(srcdir / image["uri"]) for image in doctree.findall(nodes.image) if image["uri"].endswith(".*")]
    static = [Path(app.confdir) / name for name in app.config.html_static_path]
    for raw in doctree.findall(nodes.raw):
        for uri in NAMED_IN_HTML.findall(raw.astext()) if "html" in raw.get("format", "") else ():
            if is_remote(uri):
                continue
            path = source_file(uri, env.docname, srcdir, static)
            if path:
                env.note_dependency(path)
            else:
                found += [str(folder / uri) for folder in (Path(env.doc2path(env.docname)).parent, srcdir)]
    other_files(env)[env.docname] = found
