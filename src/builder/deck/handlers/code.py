"""Source code in the colours of Pygments."""

from __future__ import annotations

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from pygments.styles import get_style_by_name
from pygments.token import Token, is_token_subtype
from pygments.util import ClassNotFound

from builder.deck.blocks import Code
from builder.deck.conversion import BlockContext, shows
from builder.deck.model import Block, Run, Runs
from builder.errors import source_of

CODE_STYLE = "friendly"


@shows(nodes.literal_block, nodes.doctest_block)
def code(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Code with the colours of Pygments."""
    language = node.get("language", "text")
    text = node.astext().rstrip("\n").expandtabs(4)
    return [Code(tuple(coloured_lines(text, language)), language, source_of(node), context.label(node))]


def coloured_lines(text: str, language: str) -> list[Runs]:
    """``text`` as lines of runs in the colours of Pygments; plain where Pygments has no lexer for the language."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [(Run(line, code=True),) if line else () for line in text.split("\n")]
    style = get_style_by_name(CODE_STYLE)
    lines: list[list[Run]] = [[]]
    for token, value in lexer.get_tokens(text):
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
    return [tuple(line) for line in lines[: len(text.split("\n"))]]
