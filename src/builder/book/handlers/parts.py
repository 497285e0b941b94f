"""Nodes that are set by the handler of the node they belong to, or replaced before anything is printed."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from builder.book.translate import HANDLERS, Translator
from builder.source.annotations.vocabulary import Drawing, slide_title
from builder.source.internals import SIGNATURE_PARTS

PARTS: dict[str | type[nodes.Node], str] = {
    nodes.list_item: "its list",
    nodes.definition_list_item: "its definition list",
    nodes.term: "its definition list",
    nodes.classifier: "its definition list",
    nodes.definition: "its definition list",
    nodes.field: "its field list",
    nodes.field_name: "its field list",
    nodes.field_body: "its field list",
    nodes.option_list_item: "its option list",
    nodes.option_group: "its option list",
    nodes.option: "its option list",
    nodes.option_argument: "its option list",
    nodes.description: "its option list",
    nodes.line: "its line block",
    nodes.tgroup: "its table",
    nodes.thead: "its table",
    nodes.tbody: "its table",
    nodes.row: "its table",
    nodes.entry: "its table",
    addnodes.production: "its production list",
    nodes.address: "its field list",
    nodes.author: "its field list",
    nodes.authors: "its field list",
    nodes.contact: "its field list",
    nodes.copyright: "its field list",
    nodes.date: "its field list",
    nodes.organization: "its field list",
    nodes.revision: "its field list",
    nodes.status: "its field list",
    nodes.version: "its field list",
    slide_title: "its slide",
    addnodes.translatable: "what inherits from it",
    Drawing: "what inherits from it",
    addnodes.desc_sig_element: "what inherits from it",
    SIGNATURE_PARTS: "what inherits from it",
}
"""Node → what sets it."""

REPLACED: dict[str | type[nodes.Node], str] = {
    nodes.substitution_reference: "docutils, by the text that it stands for",
    addnodes.pending_xref_condition: "Sphinx, by the reference's text",
    "AliasNode": "the C and C++ domains, by the declaration that it names",
    "PendingGlueReference": "MyST-NB, by the glued output",
    "ExecutionStatsNode": "MyST-NB, by a table",
    "embedded": "the builder, by what has its label",
    "TableOfContentsNode": "sphinx-external-toc, by toctrees",
    "bibliography": "sphinxcontrib-bibtex, by citations",
    "autosummary_toc": "Sphinx, by a toctree",
    "todolist": "Sphinx, by the notes that it gathers",
    "ifconfig": "Sphinx, by its content when the condition holds",
    "exercise_end_node": "sphinx-exercise, with the start of the exercise",
    "solution_start_node": "sphinx-exercise, by one solution from start to end",
    "solution_end_node": "sphinx-exercise, with the start of the solution",
    "exercise_latex_number_reference": "sphinx-exercise, for LaTeX only",
    "dropdown_main": "sphinx-design, for the web only",
    "dropdown_title": "sphinx-design, for the web only",
    "aside_main": "sphinx-design, for the web only",
    "sd_tab_input": "sphinx-design, for the web only",
    "sd_tab_label": "sphinx-design, for the web only",
    "SideNoteNode": "sphinx-book-theme, for the web only; a footnote in print",
    "HideCodeCellNode": "MyST-NB, for the web only",
}
"""Node → who replaces it before printing; one that is still there shows its content."""


def _transparent(treatment: str) -> object:
    def handler(t: Translator, node: nodes.Element) -> str:
        return t.anchors(node) + t.children(node)

    handler.__doc__ = treatment
    return handler


def _register(table: dict[str | type[nodes.Node], str], words: str) -> None:
    for node, detail in table.items():
        name = node if isinstance(node, str) else node.__name__
        HANDLERS[name] = _transparent(words.format(detail))  # type: ignore[assignment]


_register(PARTS, "Set by {}.")
_register(REPLACED, "Replaced before printing by {}.")
