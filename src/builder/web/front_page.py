"""What a web server looks for in the web book's folder: ``index.html``, and for GitHub Pages ``.nojekyll``.

Without that file GitHub serves no folder whose name begins with an underscore, as ``_static`` does
(https://github.blog/news-insights/the-library/bypassing-jekyll-on-github-pages/).
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

BEHIND_THE_SWEEP = 900
"""Priority behind the removal of pages that nobody wants: ``index.html`` may have been one."""
INDEX = "index"
PAGE = """<!DOCTYPE html>
<meta charset="utf-8">
<meta name="generator" content="book-deck-builder front page">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<title>{title}</title>
<a href="{address}">{title}</a>
"""
MARK = PAGE.partition("\n<meta http-equiv")[0]
"""What a page begins with that was written here."""


def write_front_page(app: Sphinx, error: Exception | None) -> None:
    """Write both files, the page only where neither a document nor the project has one: it leads to the first document.

    ``error`` is what the build ended with.
    """
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    (folder / ".nojekyll").touch()
    page = folder / "index.html"
    if INDEX in app.env.found_docs or (page.is_file() and not is_ours(page)):
        return
    builder: Any = app.builder
    address = escape(builder.get_target_uri(app.config.root_doc))
    title = escape(app.config.html_title or app.config.project)
    page.write_text(PAGE.format(address=address, title=title), encoding="utf-8", newline="\n")


def is_ours(page: Path) -> bool:
    """True for a front page that was written here."""
    return page.read_text(encoding="utf-8", errors="replace").startswith(MARK)


def listen(app: Sphinx) -> None:
    """Have the folder of the web book of ``app`` be one that any server shows."""
    app.connect("build-finished", write_front_page, priority=BEHIND_THE_SWEEP)
