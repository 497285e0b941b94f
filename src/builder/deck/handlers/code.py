"""Source code in the colours of Pygments."""

from __future__ import annotations

from dataclasses import replace

from docutils import nodes
from pygments.styles import get_style_by_name
from pygments.token import Token, is_token_subtype
from sphinx import addnodes

from builder.deck.blocks import Code
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.inline import literal_lines
from builder.deck.model import Block, Run, Runs
from builder.errors import source_of
from builder.source.listings import grammar_of, has_markup, language_of
from builder.typeset.highlight import tokens_of
from builder.typeset.terminal import as_shown

CODE_STYLE = "friendly"


@shows(nodes.literal_block, nodes.doctest_block)
def code(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Code with the colours of Pygments."""
    language = language_of(node)
    text = as_shown(node.astext()).rstrip("\n").expandtabs(4)
    written = literal_lines(node, context.docname) if has_markup(node) else coloured_lines(text, language)
    lines = tuple(numbered(node, lit(node, written[: text.count("\n") + 1])))
    return [Code(lines, language, source_of(node), context.label(node), context.caption)]


def lit(node: nodes.Element, lines: list[Runs]) -> list[Runs]:
    """The lines of a block of code, lit where its author emphasizes them."""
    chosen = (node.get("highlight_args") or {}).get("hl_lines") or ()
    return [
        tuple(replace(run, lit=True) for run in line) if number in chosen else line
        for number, line in enumerate(lines, start=1)
    ]


def numbered(node: nodes.Element, lines: list[Runs]) -> list[Runs]:
    """The lines of a block of code, with their numbers where its author asks for them."""
    if not node.get("linenos"):
        return lines
    first = (node.get("highlight_args") or {}).get("linenostart", 1)
    width = len(str(first + len(lines) - 1))
    return [(Run(f"{first + index:>{width}}  ", code=True), *line) for index, line in enumerate(lines)]


@shows(addnodes.productionlist)
def grammar(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A grammar in code."""
    lines = tuple(coloured_lines(grammar_of(node), "none"))
    return [Code(lines, "none", source_of(node), context.label(node))]


def listing(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Code with its number and caption, as the book has them."""
    caption, label = context.caption_of(node, "code-block"), context.label(node)
    inside = replace(context, caption=caption, figure=label)
    return [block for child in elements(node) if not isinstance(child, nodes.caption) for block in inside.blocks(child)]


def coloured_lines(text: str, language: str) -> list[Runs]:
    """``text`` as lines of runs in the colours of Pygments; plain where no lexer has all of it."""
    style = get_style_by_name(CODE_STYLE)
    lines: list[list[Run]] = [[]]
    for token, value in tokens_of(text, language):
        while not style.styles_token(token) and token.parent is not None:
            token = token.parent
        look = style.style_for_token(token)
        for index, piece in enumerate(value.split("\n")):
            if index:
                lines.append([])
            if piece:
                colour = look["color"] or "" if not is_token_subtype(token, Token.Text) else ""
                lines[-1].append(
                    Run(piece, code=True, bold=bool(look["bold"]), italic=bool(look["italic"]), colour=colour)
                )
    return [tuple(line) for line in lines]
