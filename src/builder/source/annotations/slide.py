"""The ``slide`` and ``notes`` directives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxSmartQuotes, SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.docutils import SphinxDirective

from builder.errors import NOWHERE, AuthorError, Source, asked, report_error, warn
from builder.source.annotations import vocabulary


@dataclass(frozen=True, slots=True)
class SlideOptions:
    """Options of one ``slide`` directive as written; empty values were not given. ``minutes`` 0: not given."""

    name: str = ""
    title: str = ""
    layout: str = ""
    reveal: str = ""
    minutes: float = 0
    background: str = ""
    classes: tuple[str, ...] = ()
    decks: tuple[str, ...] = ()
    source: Source = NOWHERE


OPTIONS = ("name", "title", "layout", "reveal", "minutes", "background", "class", "decks")
WITH_VALUE = ("name", "title", "layout", "decks")
"""Options of which an empty value means nothing; those that have rules for their values say so themselves."""


class AnyOption(dict[str, Callable[[str], Any]]):
    """Takes every option as text, so that the directive itself can say what is wrong with one."""

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return directives.unchanged

    def __bool__(self) -> bool:
        return True


def name_list(argument: str) -> tuple[str, ...]:
    """``a, b c`` → ``("a", "b", "c")``."""
    return tuple((argument or "").replace(",", " ").split())


def read_options(given: dict[str, str], source: Source) -> tuple[SlideOptions, list[AuthorError]]:
    """Options of a slide directive, and an error for each that is unknown or has a wrong value."""
    errors = []
    known = ", ".join(f":{name}:" for name in OPTIONS)
    for name in given:
        if name not in OPTIONS:
            errors.append(
                AuthorError(f"a slide has no option ':{name}:'; known are {known}.{asked(name, OPTIONS)}", source)
            )
    text = {name: (value or "").strip() for name, value in given.items()}
    for name in WITH_VALUE:
        if text.get(name) == "":
            warn(f"':{name}:' is empty and has no effect; write what it is, or take it away.", source, "slip")
    minutes = 0.0
    if "minutes" in text:
        try:
            minutes = float(text["minutes"])
        except ValueError:
            minutes = -1
        if not 0 < minutes < 1000:
            errors.append(AuthorError(f":minutes: must be a number above 0, not '{text['minutes']}'.", source))
            minutes = 0.0
    background = text.get("background", "")
    if background and not BACKGROUND.match(background):
        message = f":background: must be a theme colour (accent1, dk2, lt2, ...) or six hex digits, not '{background}'."
        errors.append(AuthorError(message, source))
        background = ""
    reveal = (text["reveal"] or "all") if "reveal" in text else ""
    if reveal not in ("", *REVEALS):
        errors.append(
            AuthorError(
                f":reveal: is empty or one of {', '.join(REVEALS)}, not '{reveal}'.{asked(reveal, REVEALS)}", source
            )
        )
        reveal = ""
    options = SlideOptions(
        name=text.get("name", ""),
        title=text.get("title", ""),
        layout=text.get("layout", ""),
        reveal=reveal,
        minutes=minutes,
        background=background.lstrip("#"),
        classes=name_list(text.get("class", "")),
        decks=name_list(text.get("decks", "")),
        source=source,
    )
    return options, errors


REVEALS = ("all", "lists", "nothing", "dim", "replace", "lines")
"""What a slide shows step by step; ``:reveal:`` alone is everything. What was shown is dimmed or replaced by what comes
next; of code the lines that are emphasized are lit one group after the other."""

BACKGROUND = re.compile(r"^(#?[0-9a-fA-F]{6}|accent[1-6]|dk[12]|lt[12])$")


class SlideDirective(SphinxDirective):
    """Without a title: options of the section's slide. With one: a slide of its own."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = AnyOption()

    def run(self) -> list[nodes.Node]:
        source = Source(*self.get_source_info())
        options, errors = read_options(self.options, source)
        title = self.arguments[0] if self.arguments else options.title
        node = vocabulary.slide(title=title, options=options, is_own=bool(self.arguments))
        node.source, node.line = source.path, source.line
        if title:
            inline, messages = self.parse_inline(title, lineno=self.lineno)
            words = vocabulary.slide_title(title, "", *inline)
            words.source, words.line = source.path, source.line
            node += [words, *messages]
        if self.arguments and options.title:
            errors.append(AuthorError("this slide has two titles; take ':title:' away, or the other one.", source))
        if self.content and not self.arguments:
            message = "slide-only content needs a slide of its own; give this slide directive a title."
            errors.append(AuthorError(message, source))
        if not (self.arguments or self.options or self.content):
            message = "this ```{slide} has neither title nor options, and shows nothing; write ```{slide} Title."
            warn(message, source, "slip")
        if self.content:
            node += self.parse_content_to_nodes()
            unnumber(node)
        for error in errors:
            report_error(self.env._app, error)
            self.env.note_reread()
        return [node]


class QuestionDirective(SlideDirective):
    """A slide of its own that asks the room; what stands in it are answers to choose from, and notes."""

    optional_arguments = 0
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.options.setdefault("layout", "question")
        return super().run()


class TitleOfSlide(SphinxTransform):
    """Takes the titles of slides out of their content, when they are translated."""

    default_priority = Locale.default_priority + 1

    def apply(self, **_kwargs: Any) -> None:
        for title in list(self.document.findall(vocabulary.slide_title)):
            slide = title.parent
            slide.remove(title)
            slide["title_nodes"] = nodes.inline("", "", *title.children)


class AsInText(SphinxTransform):
    """Quotation marks and dashes in what is no part of the document's text become as they are in it.

    Titles of slides, short forms of points, events of timelines.
    """

    default_priority = SphinxSmartQuotes.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        for node in self.document.findall(vocabulary.slide):
            if node.get("title_nodes"):
                node["title_nodes"] = nodes.inline("", "", *self.typographic(*node["title_nodes"].children))
        for point in self.document.findall(vocabulary.point):
            if point.get("short"):
                point["short"] = nodes.inline("", "", *self.typographic(*point["short"].children))
        for timeline in self.document.findall(vocabulary.timeline):
            timeline["events"] = tuple(replace(event, text=self.words(event.text)) for event in timeline["events"])

    def typographic(self, *inline: nodes.Node) -> list[nodes.Node]:
        """Inline nodes as the text of a paragraph has them."""
        holder, text = self.document.copy(), nodes.paragraph("", "", *inline)
        holder += text
        SphinxSmartQuotes(holder, None).apply()
        return list(text.children)

    def words(self, text: str) -> str:
        """Plain words as the text of a paragraph has them."""
        return "".join(node.astext() for node in self.typographic(nodes.Text(text)))


class NotesDirective(SphinxDirective):
    """Speaker notes of the current slide."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        node = vocabulary.speaker_notes()
        self.set_source_info(node)
        node += self.parse_content_to_nodes()
        return [node]


def unnumber(slide: vocabulary.slide) -> None:
    """Hide slide-only figures and titled tables from Sphinx, which would number them as the book's."""
    for node in list(slide.findall(lambda n: isinstance(n, nodes.figure | nodes.table))):
        assert isinstance(node, nodes.Element)
        if isinstance(node, nodes.figure) or any(isinstance(child, nodes.title) for child in node.children):
            hidden = vocabulary.slide_figure("", **{"of": node.tagname})
            hidden.attributes.update({key: value for key, value in node.attributes.items() if key != "of"})
            hidden["of"] = node.tagname
            hidden.source, hidden.line = node.source, node.line
            hidden += node.children
            node.replace_self(hidden)
