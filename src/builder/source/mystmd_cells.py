"""Code of mystmd that is shown as it is: cells on pages that are no notebooks, and chosen lines of other files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from builder.errors import Source, warn
from builder.source.mystmd_text import INCLUDED_LINES, settings_of_page
from builder.source.notebooks import language_of
from builder.store.text import text_of

RAW = {"raw-tex": "latex", "raw-latex": "latex", "raw-typst": "typst", "raw-html": "html"}
"""Role → the format of its text."""
HIDDEN = {"hide-input": "input", "hide-output": "output", "hide-cell": "all"}
"""Tag of a cell → what MyST-NB folds of it."""


OF_PYTHON = ("python", "python3", "ipython3")
"""Names of the language of Python in cells, where lines may begin with ``!`` and ``%``."""


class CellOfPage(SphinxDirective):
    """A cell of code on a page that is no notebook: its code is shown, and not run."""

    has_content = True
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("label", "name", "caption", "execution", "load"), directives.unchanged),
        "tags": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the cell; none where its tags take its code away."""
        tags = self.options.get("tags", "").strip("[]").replace(",", " ").split()
        if {"remove-cell", "remove-input"} & set(tags):
            return []
        text = "\n".join(self.content)
        language = self.language()
        code = nodes.literal_block(text, text, language=language, classes=["code"])
        given = {**self.options, "tags": tags}
        cell = nodes.container(
            nb_element="cell_code", cell_metadata=given, classes=["cell", *(f"tag_{tag}" for tag in tags)]
        )
        if mode := next((HIDDEN[tag] for tag in tags if tag in HIDDEN), ""):
            cell["hide_mode"] = mode
            cell["prompt_show"], cell["prompt_hide"] = "Show code cell {type}", "Hide code cell {type}"
        cell += nodes.container("", code, nb_element="cell_code_source", classes=["cell_input"])
        for node in (cell, code):
            self.set_source_info(node)
        self.options["name"] = self.options.get("label") or self.options.get("name", "")
        if self.options["name"]:
            self.add_name(cell)
        return [cell]

    def language(self) -> str:
        """The language of the code: the one that is named, that of the page's kernel, or Python."""
        page = settings_of_page(text_of(Path(self.env.doc2path(self.env.docname)))).get("kernelspec")
        kernel = str(page.get("name") or "") if isinstance(page, Mapping) else ""
        named = self.arguments[0] if self.arguments else language_of(kernel) if kernel else "python"
        return "ipython3" if named in OF_PYTHON else named


class LinesOfFile(SphinxDirective):
    """Chosen lines of a file as they would be read here."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"lines": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return what the lines say."""
        _, name = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        source, line = self.get_source_info()
        if not Path(name).is_file():
            warn(f"the file '{self.arguments[0]}' that is to be included is not there.", Source(source, line), "mystmd")
            return []
        lines = text_of(Path(name)).splitlines()
        try:
            numbers = chosen(self.options["lines"], len(lines))
        except ValueError:
            message = f"':lines: {self.options['lines']}' names no lines; write as in ':lines: 1,3-5'."
            warn(message, Source(source, line), "mystmd")
            numbers = list(range(len(lines)))
        return self.parse_text_to_nodes("\n".join(lines[number] for number in numbers))


def chosen(spec: str, count: int) -> list[int]:
    """Return the places of the lines that ``1,3-5,8-`` names, in a file of ``count`` lines.

    Raises:
        ValueError: it names none.
    """
    found: list[int] = []
    for part in spec.split(","):
        first, dash, last = (side.strip() for side in part.partition("-"))
        begin = int(first or 1)
        found += range(begin - 1, min(int(last or count) if dash else begin, count))
    return found


class RawText(SphinxRole):
    """Text for one format, which the others leave out."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the text."""
        return [nodes.raw(self.rawtext, self.text, format=RAW[self.name])], []


def add_cells(app: Sphinx) -> None:
    """Register the directives and roles."""
    app.add_directive("code-cell", CellOfPage, override=True)
    app.add_directive(INCLUDED_LINES, LinesOfFile, override=True)
    for name in RAW:
        app.add_role(name, RawText(), override=True)
