"""Slides of nodes by family; importing this package registers all handlers."""

from builder.deck.conversion import HANDLERS, BlockContext, handler_of, shows
from builder.deck.handlers import (  # noqa: F401
    admonitions,
    code,
    columns,
    design,
    dropped,
    figures,
    lists,
    math,
    paragraphs,
    statements,
    tables,
)
from builder.deck.handlers.admonitions import boxed

__all__ = ["HANDLERS", "BlockContext", "boxed", "handler_of", "shows"]
