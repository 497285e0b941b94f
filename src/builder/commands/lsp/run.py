"""Runs ``builder lsp``."""

from __future__ import annotations

from builder.commands.outcome import FINE
from builder.errors import AuthorError

EXTRA = "pip install 'book-deck-builder[editors]'"


def run_lsp() -> int:
    """Speak the Language Server Protocol on standard input and output until the editor ends it; returns the exit
    status.

    Raises:
        AuthorError: pygls is not installed.
    """
    try:
        from builder.commands.lsp.server import server
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        raise AuthorError(f"the language server needs pygls; install it: {EXTRA}") from None
    server().start_io()
    return FINE
