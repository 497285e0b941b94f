"""Numbers with their nouns, as messages have them."""

from __future__ import annotations


def counted(number: int | float, noun: str, nouns: str = "") -> str:
    """``1 page``, ``2 pages``, ``1,200 pages``; ``nouns`` is the plural where it does not end in an s more."""
    shown = f"{number:,.0f}"
    return f"{shown} {noun if shown == '1' else nouns or f'{noun}s'}"
