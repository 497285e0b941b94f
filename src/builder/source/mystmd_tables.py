"""Tables of mystmd with a caption: of any number, written in any way, HTML among them."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from builder.source.html import blocks_of


class CaptionedTables(SphinxDirective):
    """A table with a caption; of several, the first has it."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("name", "label", "align", "width", "widths", "placeholder"), directives.unchanged),
        **dict.fromkeys(("enumerated", "enumerator", "kind"), directives.unchanged),
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """Return what stands in it, with tables for those in HTML."""
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        for raw in list(body.findall(nodes.raw)):
            if "<table" in raw.astext() and raw.get("format") == "html":
                raw.replace_self(blocks_of(raw.astext()))
        first = next(iter(body.findall(nodes.table)), None)
        words, messages = self.caption()
        if first is None:
            return [*([nodes.paragraph("", "", *words)] if words else []), *body.children, *messages]
        if words and not isinstance(first[0], nodes.title):
            first.insert(0, nodes.title("", "", *words))
        first["classes"] += self.options.get("class", [])
        if self.options.get("align") in ("left", "center", "right"):
            first["align"] = self.options["align"]
        self.set_source_info(first)
        self.add_name(first)
        return [*body.children, *messages]

    def caption(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The caption, and what there is to be said of it."""
        if not self.arguments:
            return [], []
        words, messages = self.state.inline_text(self.arguments[0], self.lineno)
        return list(words), list(messages)
