"""Fonts for the characters of a book that its own faces lack."""

from __future__ import annotations

from builder.book.text import BookText
from builder.errors import Source, warn
from builder.typeset import fonts
from builder.typeset.scripts import FontFamily, advice, fallbacks, missing_from

SHOWN_CHARACTERS = 12
"""How many characters a warning shows."""
SHOWN_CODES = 5
"""How many of them it names by their codes."""


def fallback_fonts(text: BookText) -> list[FontFamily]:
    """Families for the characters that the faces of a book lack; warns of characters that no font here has."""
    settings, documents = text.settings, text.documents
    folders = tuple(fonts.typst_font_folders(settings.font_folder, settings.font_packages))
    used = set().union(*(document.characters for document in documents.values()))
    *faces, code_face = settings.families()
    found, left = fallbacks(missing_from(used, faces, folders), settings.font_folder)
    for package, characters in advice(missing_from(left, [code_face], folders)):
        docname = next(name for name, document in documents.items() if document.characters & set(characters))
        codes = ", ".join(f"U+{ord(character):04X}" for character in characters[:SHOWN_CODES])
        shown = f"{characters[:SHOWN_CHARACTERS]}{' …' if len(characters) > SHOWN_CHARACTERS else ''}"
        warn(
            f"no font here has the characters {shown} ({codes}{', …' if len(characters) > SHOWN_CODES else ''}); "
            f"run 'pip install {package}', or put a font that has them into the folder that builder_fonts names.",
            Source(text.surroundings.files[docname]),
            "font",
        )
    return found
