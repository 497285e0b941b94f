"""Lists as bullets: plain, numbered, of definitions and of fields."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from roman_numerals import RomanNumeral
from sphinx import addnodes

from builder.deck.blocks import Column, Columns, Text
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.inline import runs_of
from builder.deck.model import Block, Paragraph, Run
from builder.deck.natural_columns import MOST
from builder.deck.nesting import below, headed, joined, labelled, opened
from builder.errors import source_of
from builder.source.pictures.names import in_line

NUMBERED: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "loweralpha": lambda n: letters(n).lower(),
    "upperalpha": lambda n: letters(n),
    "lowerroman": lambda n: RomanNumeral(n).to_lowercase(),
    "upperroman": lambda n: RomanNumeral(n).to_uppercase(),
}


@shows(nodes.bullet_list, nodes.enumerated_list)
def item_list(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Bullets, level by level; items of a numbered list with their numbers; what is no text below its item."""
    found: list[Block] = []
    number = node.get("start", 1)
    for child in elements(node):
        if not isinstance(child, nodes.list_item):
            found += below(context.blocks(child), 1)
            continue
        mark = ""
        if isinstance(node, nodes.enumerated_list):
            number = child.get("value", number)
            kind = NUMBERED.get(node.get("enumtype", "arabic"), str)
            mark = node.get("prefix", "") + (kind if number > 0 else str)(number) + node.get("suffix", ".")
            number += 1
        head = Paragraph((), 1, mark, source_of(child), "roman" in node.get("enumtype", ""))
        found += opened(below(context.children(child), 1), head)
    return labelled(joined(found), context.label(node))


def letters(number: int) -> str:
    """``1`` → ``A``, ``27`` → ``AA``."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


@shows(addnodes.hlist)
def list_in_columns(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Its columns side by side; one list where they are more than four."""
    lists = [found for child in elements(node) if (found := context.children(child))]
    if 2 <= len(lists) <= MOST:
        return [Columns(tuple(Column((), tuple(found)) for found in lists), source_of(node), context.label(node))]
    return joined([block for found in lists for block in found])


@shows(nodes.definition_list)
def definition_list(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Each term in bold as a bullet, its definition one level below."""
    found: list[Block] = []
    for item in elements(node):
        for term, classifiers in terms_of(item):
            runs = [*runs_of(term.children, context.docname, Run("", bold=True), notes=True)]
            for classifier in classifiers:
                runs += [Run(" : "), *runs_of(classifier.children, context.docname, Run("", italic=True))]
            found.append(Text((Paragraph(tuple(runs), 1, "", source_of(term)),), source_of(term)))
            pictures = (picture for picture in term.findall(nodes.image) if not in_line(picture))
            found += below((block for picture in pictures for block in context.blocks(picture)), 1)
        found += defined(context, item, nodes.definition)
    return labelled(joined(found), context.label(node))


def terms_of(item: nodes.Element) -> list[tuple[nodes.Element, list[nodes.Element]]]:
    """The terms of a definition, each with its classifiers."""
    found: list[tuple[nodes.Element, list[nodes.Element]]] = []
    for child in elements(item):
        if isinstance(child, nodes.term):
            found.append((child, []))
        elif isinstance(child, nodes.classifier) and found:
            found[-1][1].append(child)
    return found


def defined(context: BlockContext, item: nodes.Element, kind: type[nodes.Element]) -> list[Block]:
    """Return what stands below a term: all that ``item`` holds in nodes of class ``kind``."""
    inside = [block for child in elements(item) if isinstance(child, kind) for block in context.children(child)]
    return opened(below(inside, 2), Paragraph((), 2))


@shows(nodes.option_list)
def option_list(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Each option in code as a bullet, its description one level below."""
    found: list[Block] = []
    for item in elements(node):
        options = ", ".join(option.astext() for option in item.findall(nodes.option))
        found.append(Text((Paragraph((Run(options, code=True),), 1, "", source_of(item)),), source_of(item)))
        found += defined(context, item, nodes.description)
    return labelled(joined(found), context.label(node))


def columns_of(context: BlockContext, node: nodes.Element) -> Columns:
    """A definition list as columns side by side: the term is the heading."""
    found = []
    for item in elements(node):
        heading = next((context.runs(child) for child in item.children if isinstance(child, nodes.term)), ())
        definitions = (child for child in item.children if isinstance(child, nodes.definition))
        found.append(Column(heading, tuple(block for child in definitions for block in context.children(child))))
    return Columns(tuple(found), source_of(node), context.label(node))


@shows(nodes.field_list)
def field_list(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Each field: its name in bold, and its text, in the line when that is short, else below."""
    found: list[Block] = []
    for field in elements(node):
        if not isinstance(field, nodes.field):
            found += context.blocks(field)
            continue
        name, body = elements(field)[:2]
        head = runs_of([*name.children, nodes.Text(":")], context.docname, Run("", bold=True))
        found += headed(head, joined(context.children(body)), source_of(field))
    return labelled(joined(found), context.label(node))
