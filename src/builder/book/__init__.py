"""The printed book: resolved document → Typst; fascicles set and bound."""

from __future__ import annotations

from builder.book.translate import renders
from builder.typeset.escape import call, markup, string

__all__ = ["call", "markup", "renders", "string"]
