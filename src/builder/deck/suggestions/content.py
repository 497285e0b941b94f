"""What stands in a section: its blocks in order, and what kind each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes

from builder.deck.conversion import BlockContext, elements
from builder.deck.handlers.design import is_shown_whole
from builder.deck.handlers.math import formula_alone
from builder.deck.handlers.paragraphs import child_with, shows_picture
from builder.deck.suggestions.chunks import WHOLE
from builder.deck.suggestions.cues import Cues
from builder.deck.suggestions.sentences import is_not_run
from builder.source.annotations.written import is_cell
from builder.source.statements import STATEMENTS, is_solution, title_of_statement

NEW_LINE = re.compile(r"\\\\(?!\s*(?:\\end\b|$))")
"""What parts the lines of a formula in LaTeX; behind the last of them it parts nothing."""
CODE_WIDTH = 75
"""Letters of a line of code on a slide."""
LINES_OF_ROOM = 3
"""Lines of code, with one for its panel, that take a third of a slide."""
LETTERS_OF_ROOM = 80
"""Letters of a box that take a third of a slide."""
HEADING_WORDS = 16
"""Words of a paragraph in bold that is a heading."""
KINDS: tuple[tuple[type, str], ...] = (
    (nodes.bullet_list, "list"), (nodes.enumerated_list, "list"), (nodes.definition_list, "definitions"),
    (nodes.figure, "figure"), (nodes.image, "figure"), (nodes.table, "table"), (nodes.math_block, "formula"),
    (nodes.literal_block, "code"), (nodes.doctest_block, "code"), (nodes.block_quote, "quotation"),
    (nodes.Admonition, "box"),
)  # fmt: skip


def kind_of(context: BlockContext, node: nodes.Element) -> str:
    """The kind of a node of a section; '' for one that no slide shows unless it is marked by hand."""
    if isinstance(node, nodes.paragraph):
        if child_with(node, "framed") is not None:  # a slide would only name the page
            return ""
        if shows_picture(context, node):
            return "figure"
        return "text" if is_words(node) else "formula"
    if not isinstance(node, nodes.figure) and any(map(is_not_run, node.findall(nodes.literal))):
        return ""
    if type(node).__name__ in STATEMENTS or is_solution(node):
        return "box"
    if is_cell(node):
        return "cell"
    return kind_by_class(node)


def is_code(node: nodes.Element) -> bool:
    """True for code that stands by itself, and for a cell of a notebook."""
    return is_cell(node) or kind_by_class(node) == "code"


def is_words(node: nodes.Element) -> bool:
    """True for a paragraph, but not for one that holds just a formula."""
    return isinstance(node, nodes.paragraph) and formula_alone(node) is None


def is_bold_heading(node: nodes.Element) -> bool:
    """True for a paragraph of a few words in bold that is no sentence: it stands as a heading does."""
    if not isinstance(node, nodes.paragraph) or not isinstance(node.parent, nodes.section | nodes.container):
        return False
    parts = [child for child in node.children if child.astext().strip(" :：")]
    if len(parts) != 1 or not isinstance(parts[0], nodes.strong):
        return False
    text = parts[0].astext().strip()
    return len(text.split()) <= HEADING_WORDS and not text.endswith((".", "!", "。", "！", ",", ";"))


def is_formula(node: nodes.Element) -> bool:
    """True for a formula that stands by itself."""
    return isinstance(node, nodes.math_block) or formula_alone(node) is not None


def room_of(node: nodes.Element) -> int:
    """The room of a slide that a block takes: a formula, code, a box or a list of few lines leaves some for another."""
    if is_formula(node):
        return min(WHOLE, 1 + len(NEW_LINE.findall(node.astext().strip())))
    if any(True for _ in node.findall(lambda one: isinstance(one, nodes.image | nodes.table))):
        return WHOLE
    listings = list(node.findall(lambda one: isinstance(one, nodes.literal_block | nodes.doctest_block)))
    if isinstance(node, nodes.Admonition) and not listings:
        return min(WHOLE, 1 + len(node.astext()) // LETTERS_OF_ROOM)
    if isinstance(node, nodes.bullet_list | nodes.enumerated_list) and not listings:
        texts = [item.astext() for item in node.findall(nodes.list_item)]
        return min(WHOLE, sum(1 + len(text) // LETTERS_OF_ROOM for text in texts))
    lines = sum(1 + len(line) // CODE_WIDTH for one in listings for line in one.astext().rstrip().split("\n"))
    return min(WHOLE, 1 + (lines + len(listings) - 1) // LINES_OF_ROOM) if listings else WHOLE


def is_passed_through(node: nodes.Element) -> bool:
    """True for a node of which only what stands in it matters."""
    is_plain = type(node) is nodes.container and not node.get("literal_block") and not node.get("nb_element")
    return (is_plain and not is_shown_whole(node)) or isinstance(node, nodes.compound) or is_code_with_result(node)


def is_code_with_result(node: nodes.Element) -> bool:
    """True for a box that holds code and tables or pictures, and no words: both would take two slides."""
    if type(node).__name__ not in STATEMENTS or is_solution(node):
        return False
    kinds = {kind_by_class(one) for one in parts_of(node)}
    return "code" in kinds and bool(kinds & {"table", "figure"}) and kinds <= {"code", "table", "figure", "cell"}


def parts_of(node: nodes.Element) -> list[nodes.Element]:
    """What stands in a box or a container, below its title."""
    found: list[nodes.Element] = []
    for one in elements(node):
        if isinstance(one, nodes.section):  # in which statements hold all that stands below their titles
            found += parts_of(one)
        elif not isinstance(one, nodes.Invisible | nodes.target | nodes.title):
            found.append(one)
    return found


def kind_by_class(node: nodes.Element) -> str:
    """The kind of a block that its class tells; '' for another."""
    if node.get("literal_block"):
        return "code"
    return next((kind for cls, kind in KINDS if isinstance(node, cls)), "")


def flow(content: Sequence[nodes.Element]) -> Iterator[nodes.Element]:
    """The blocks of a section in order, those in plain containers among them."""
    for node in content:
        if is_passed_through(node) and not is_solution(node):
            yield from flow(parts_of(node))
        elif not isinstance(node, nodes.Invisible | nodes.target):
            yield node


def without_drafts(content: Iterable[nodes.Element], cues: Cues) -> list[nodes.Element]:
    """The blocks of a section without those in which its author has noted what is still to be written, of which nobody
    else is told, and names of what no lecture shows, as *References:*; a list goes with the words above it.
    """
    found: list[nodes.Element] = []
    is_above = False
    for node in content:
        is_list = isinstance(node, nodes.bullet_list | nodes.enumerated_list)
        is_above = is_draft(node, cues) or names_skipped(node, cues) or (is_above and is_list)
        if not is_above:
            found.append(node)
    return found


def names_skipped(node: nodes.Element, cues: Cues) -> bool:
    """True for a paragraph that only names what no lecture shows, as the heading of a section does."""
    return isinstance(node, nodes.paragraph) and cues.is_skipped(node.astext())


def is_draft(node: nodes.Element, cues: Cues) -> bool:
    """True for a paragraph that begins so, a box with such a title or beginning, and a ``todo`` of Sphinx."""
    if isinstance(node, nodes.Admonition):
        parts = [child for child in elements(node) if not isinstance(child, nodes.Invisible | nodes.target)]
        return type(node).__name__ == "todo_node" or any(cues.is_draft(part.astext()) for part in parts[:1])
    title = node if isinstance(node, nodes.paragraph) else title_of_statement(node)
    return title is not None and cues.is_draft(title.astext())
