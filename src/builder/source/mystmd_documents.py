"""Documents of a mystmd project, each changed when it is read to what MyST-Parser and the extensions read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from builder.errors import Source, warn
from builder.source.config import words_of_project
from builder.source.fences import Fences
from builder.source.jupyter_book import JupyterBook
from builder.source.mystmd import texts_at
from builder.source.mystmd_embeds import OF_CELL, find_places, labels_embedded, labels_in, texts_of
from builder.source.mystmd_marks import add_marks, explain
from builder.source.mystmd_numbers import numbers_of_their_own
from builder.source.mystmd_text import (
    FIRST_LEVEL,
    FRONT_CLASS,
    FRONT_MATTER,
    back_matter,
    label_of_page,
    parts_not_shown,
    rewritten,
    roles_of_labels,
    settings_of_page,
    unnamed_projects,
)
from builder.store.text import text_of
from builder.typeset.wording import Words


def rewrite(book: JupyterBook, app: Sphinx) -> None:
    """Have documents read with the toctrees of ``book``, and with labels and citations as MyST-Parser writes them."""
    works = {key for name in book.options.get("bibtex_bibfiles", ()) for key in keys_in(Path(app.confdir) / name)}
    roles: dict[str, str] = {}
    pages: dict[str, str] = {}
    homes: dict[str, str] = {}

    def as_read(text: str) -> str:
        return rewritten(text, works, roles, book.sites, pages)

    def find_labels(app: Sphinx, _env: object, docnames: list[str]) -> None:
        paths = {name: Path(app.env.doc2path(name)) for name in sorted(app.env.found_docs)}
        texts = {name: text_of(path) for name, path in paths.items() if path.suffix == ".md"}
        notebooks = {name: texts_of(text_of(path)) for name, path in paths.items() if path.suffix == ".ipynb"}
        name_projects({paths[name]: texts.get(name) or notebooks.get(name, "") for name in docnames}, book.sites)
        homes.update({label: name for name, text in {**notebooks, **texts}.items() for label in labels_in(text)})
        roles.update(pair for text in texts.values() for pair in roles_of_labels(text).items())
        pages.update(labels_of_pages({**notebooks, **texts}, paths))

    def read_source(app: Sphinx, docname: str, content: list[str]) -> None:
        path = str(app.env.doc2path(docname))
        for name in {homes.get(label, docname) for label in labels_embedded(content[0])} - {docname}:
            app.env.note_dependency(str(app.env.doc2path(name)))
        if path.endswith((".md", ".ipynb")):
            settings = settings_of_page(content[0] if path.endswith(".md") else texts_of(content[0]))
            parts = parts_of_page(settings, path, words_of_project(app.config))
            end = book.ends.get(docname, "")
            if path.endswith(".md"):
                for line, message in numbers_of_their_own(content[0]):
                    warn(message, Source(path, line), "mystmd")
                content[0] = as_read(content[0] + parts) + end
            else:
                content[0] = with_texts(content[0], as_read, parts + end)
        elif docname in book.ends:
            message = "the pages below this one are in no contents; put them below a page of Markdown, or a notebook."
            warn(message, Source(path), "jupyter_book")

    def look_again(app: Sphinx, doctree: nodes.document) -> None:
        path = Path(app.env.doc2path(app.env.docname))
        text = text_of(path)
        page = settings_of_page(text if path.suffix == ".md" else texts_of(text))
        find_places(doctree, homes, pages)
        explain(doctree, book.abbreviations | texts_at(page.get("abbreviations")))

    add_marks(app)
    app.connect("doctree-read", look_again)
    app.add_transform(PartsBelowTitle)
    app.add_transform(RulesAtBeginnings)
    app.connect("env-before-read-docs", find_labels)
    app.connect("source-read", read_source)


def labels_of_pages(texts: Mapping[str, str], paths: Mapping[str, Path]) -> dict[str, str]:
    """Return the label of each page that has one in its front matter → its file."""
    return {label: f"/{name}{paths[name].suffix}" for name, text in texts.items() if (label := label_of_page(text))}


def parts_of_page(settings: Mapping[str, Any], path: str, words: Words) -> str:
    """Return what a page has in its front matter for its end, and warn of what stands nowhere."""
    for part in parts_not_shown(settings):
        warn(f"the part '{part}' of the front matter is not shown: write it as a section.", Source(path), "mystmd")
    return back_matter(settings, words)


def name_projects(texts: Mapping[Path, str], sites: Mapping[str, str]) -> None:
    """Warn once of each project that documents link to and that has no address."""
    told: set[str] = set()
    for path, text in texts.items():
        for line, site in unnamed_projects(text, sites):
            if site not in told:
                warn(
                    f"links into '{site}' are words only: 'references' of myst.yml has no project of that name; write "
                    f"its address there, below 'project' ({site}: https://...).",
                    Source(str(path), line if path.suffix == ".md" else 0),
                    "mystmd",
                )
            told.add(site)


def is_of_docutils(topic: nodes.topic) -> bool:
    """True for the abstract that docutils makes of the front matter, where the language is English, and no directive
    does.
    """
    return topic["classes"] == ["abstract"] and isinstance(topic.parent, nodes.document) and not topic.rawsource


class PartsBelowTitle(SphinxTransform):
    """Puts the abstract and other parts of a page's front matter below its title."""

    default_priority = 810  # before `RulesAtBeginnings`

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        page = next(self.document.findall(nodes.section), None)
        for topic in list(self.document.findall(nodes.topic)):
            if is_of_docutils(topic):
                topic.parent.remove(topic)
        parts = [topic for topic in self.document.findall(nodes.topic) if FRONT_CLASS in topic["classes"]]
        if page is None:
            return
        for part in parts:
            part.parent.remove(part)
            part["classes"] = [name for name in part["classes"] if name != FRONT_CLASS]
        at = next((at for at, node in enumerate(page.children) if not isinstance(node, nodes.title | nodes.target)), 1)
        for part in reversed(parts):
            page.insert(at, part)


class RulesAtBeginnings(SphinxTransform):
    """Takes a rule (``---``) away that a document or section begins or ends with: mystmd draws it, docutils warns."""

    default_priority = 820  # before docutils looks where transitions stand, at 830

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        for rule in list(self.document.findall(nodes.transition)):
            above = rule.parent
            at = above.index(rule)
            is_first = all(isinstance(node, (nodes.title, nodes.comment, nodes.target)) for node in above.children[:at])
            if is_first or ends_document(rule):
                above.remove(rule)


def ends_document(node: nodes.Element) -> bool:
    """Return whether nothing follows an element in its document."""
    return node.parent is None or (node.parent[-1] is node and ends_document(node.parent))


WITH_NAMES_OF_CELLS = 5
"""The minor version of notebooks from which on each cell has an ``id``."""


HEADING = re.compile(r"#{1,6}[ \t]")


PYTHON = {"name": "python", "pygments_lexer": "ipython3"}
"""What mystmd takes notebooks for that do not say their language."""


def with_texts(notebook: str, as_read: Callable[[str], str], end: str) -> str:
    """Return a notebook whose cells of Markdown are as they are read here, with one more for its ``end``; one that
    cannot be read stays.
    """
    try:
        found = json.loads(notebook)
        take_front_matter(found["cells"])
        for cell in found["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = as_read("".join(cell["source"]))
            elif found_label := OF_CELL.search("".join(cell["source"])):
                cell["source"] = OF_CELL.sub("", "".join(cell["source"]), count=1)
                cell["metadata"]["label"] = found_label["label"]
        if not {"kernelspec", "language_info"} & set(found["metadata"]):
            found["metadata"]["language_info"] = PYTHON
        if end:
            found["cells"].append({"cell_type": "markdown", "id": "end-of-page", "metadata": {}, "source": end})
            if found.get("nbformat_minor", 0) < WITH_NAMES_OF_CELLS:
                del found["cells"][-1]["id"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return notebook
    return json.dumps(found)


def take_front_matter(cells: list[dict[str, Any]]) -> None:
    """Take the front matter out of the first cell of a notebook, whose lines stay where they are: its title is the
    heading there, unless the notebook has that anyhow, and all others stand a level below it.
    """
    head = FRONT_MATTER.match("".join(cells[0]["source"])) if cells and cells[0]["cell_type"] != "code" else None
    settings = settings_of_page(head[0]) if head else {}
    if not head or not settings:
        return
    cells[0]["source"] = "\n" * head[0].count("\n") + "".join(cells[0]["source"])[head.end() :]
    cells[0]["cell_type"] = "markdown"
    title = f"# {settings.get('title') or ''}".strip()
    texts = {at: "".join(cell["source"]) for at, cell in enumerate(cells) if cell["cell_type"] == "markdown"}
    headings = (line for text in texts.values() for line, is_heading in lines_of(text) if is_heading)
    tops = [line.strip() for line in headings if FIRST_LEVEL.match(line)]
    if title == "#" or tops == [title]:
        return
    for at, text in texts.items() if tops else ():
        cells[at]["source"] = "".join(
            line if not is_heading else "\n" if line.strip() == title else f"#{line}"
            for line, is_heading in lines_of(text)
        )
    cells[0]["source"] = title + cells[0]["source"]


def lines_of(text: str) -> Iterator[tuple[str, bool]]:
    """Each line of a text, and whether it is a heading."""
    fences = Fences()
    for line in text.splitlines(keepends=True):
        is_open = bool(fences.open)
        fences.take(line)
        yield line, not is_open and HEADING.match(line) is not None


def keys_in(path: Path) -> set[str]:
    """Return the keys of the works in a file of BibTeX."""
    return set(re.findall(r"@\w+\s*\{\s*([^,\s]+)\s*,", text_of(path))) if path.is_file() else set()
