"""The ``slide`` and ``notes`` directives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from builder.annotations import vocabulary as annotations
from builder.errors import AuthorError, Source, report_error


@dataclass(frozen=True, slots=True)
class SlideOptions:
    """Options of one ``slide`` directive as written; empty values were not given. ``minutes`` 0: not given."""

    name: str = ""
    layout: str = ""
    reveal: bool = False
    minutes: float = 0
    background: str = ""
    classes: tuple[str, ...] = ()
    decks: tuple[str, ...] = ()
    source: Source = Source("")


def name_list(argument: str) -> tuple[str, ...]:
    """``a, b c`` → ``("a", "b", "c")``."""
    return tuple(argument.replace(",", " ").split())


def minutes(argument: str) -> float:
    """A number of minutes above 0."""
    value = float(argument)
    if not 0 < value < 1000:
        raise ValueError(f"minutes must be a number above 0, not {argument}")
    return value


class SlideDirective(SphinxDirective):
    """Without a title: options of the section's slide. With one: a slide of its own."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {
        "name": directives.unchanged_required,
        "layout": directives.unchanged_required,
        "reveal": directives.flag,
        "minutes": minutes,
        "background": directives.unchanged_required,
        "class": directives.class_option,
        "decks": name_list,
    }

    def run(self) -> list[nodes.Node]:
        path, line = self.get_source_info()
        given: dict[str, Any] = self.options
        node = annotations.slide(
            title=self.arguments[0] if self.arguments else "",
            options=SlideOptions(
                name=given.get("name", "").strip(),
                layout=given.get("layout", "").strip(),
                reveal="reveal" in given,
                minutes=given.get("minutes", 0),
                background=given.get("background", "").strip(),
                classes=tuple(given.get("class", ())),
                decks=given.get("decks", ()),
                source=Source(path, line),
            ),
        )
        node.source, node.line = path, line
        if self.arguments:
            title, messages = self.parse_inline(self.arguments[0], lineno=self.lineno)
            node["title_nodes"] = nodes.inline("", "", *title)
            node += messages
        if self.content:
            if not self.arguments:
                raise_here = AuthorError(
                    "slide-only content needs a slide of its own; give this slide directive a title.", Source(path, line)
                )
                report_error(self.env._app, raise_here)
            node += self.parse_content_to_nodes()
            unnumber(node)
        return [node]


class NotesDirective(SphinxDirective):
    """Speaker notes of the current slide."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        node = annotations.speaker_notes()
        self.set_source_info(node)
        node += self.parse_content_to_nodes()
        return [node]


def unnumber(slide: annotations.slide) -> None:
    """Hide slide-only figures and titled tables from Sphinx, which would number them as the book's."""
    for node in list(slide.findall(lambda n: isinstance(n, nodes.figure | nodes.table))):
        assert isinstance(node, nodes.Element)
        if isinstance(node, nodes.figure) or any(isinstance(child, nodes.title) for child in node.children):
            hidden = annotations.slide_figure("", **{"of": node.tagname})
            hidden.attributes.update({key: value for key, value in node.attributes.items() if key != "of"})
            hidden["of"] = node.tagname
            hidden.source, hidden.line = node.source, node.line
            hidden += node.children
            node.replace_self(hidden)
