"""Fonts for the characters of a book that its own faces lack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.book.settings import Settings
from builder.book.text import BookText
from builder.errors import Source, warn
from builder.store.keys import key_of
from builder.store.processes import apart
from builder.store.records import read_pickle, write_pickle
from builder.store.stamps import package_stamp
from builder.typeset import fonts
from builder.typeset.scripts import OF_TYPST, FontFamily, advice, beyond_latin, fallbacks, how_to_get, missing_from

SHOWN_CHARACTERS = 12
"""How many characters a warning shows."""
SHOWN_CODES = 5
"""How many of them it names by their codes."""


@dataclass(frozen=True, slots=True)
class Faces:
    """Families for the characters that the faces of a book lack, and the characters that no font here has."""

    families: list[FontFamily]
    left: set[str]


def fallback_fonts(text: BookText, cache: Path, *, stays: bool = False) -> list[FontFamily]:
    """Families for the characters that the faces of a book lack; warns of characters that no font here has.

    The file ``cache`` has those of the last build. Typst is asked in a process of its own unless this one ``stays``.
    """
    settings, documents = text.settings, text.documents
    used = set(beyond_latin("".join(settings.words.values())))
    used = used.union(*(document.characters for document in documents.values()))
    version = (
        f"{package_stamp()} {key_of(used, settings.families(), str(settings.font_folder), stamps_of_fonts(settings))}"
    )
    found = read_pickle(cache, version)
    if not isinstance(found, Faces):
        found = looked_up(settings, used) if stays else apart(partial(looked_up, settings, used))
        write_pickle(cache, found, version)
    for package, characters in advice(found.left):
        showing = (name for name, document in documents.items() if document.characters & set(characters))
        source = next((Source(text.surroundings.files[name]) for name in showing), text.surroundings.conf)
        codes = ", ".join(f"U+{ord(character):04X}" for character in characters[:SHOWN_CODES])
        shown = f"{characters[:SHOWN_CHARACTERS]}{' …' if len(characters) > SHOWN_CHARACTERS else ''}"
        warn(
            f"no font here has the characters {shown} ({codes}{', …' if len(characters) > SHOWN_CODES else ''}); "
            f"{how_to_get(package)}.",
            source,
            "font",
        )
    return found.families


def looked_up(settings: Settings, used: set[str]) -> Faces:
    """What a book needs besides its own faces to show the characters that are ``used`` in it."""
    folders = folders_of(settings)
    *faces, code_face = settings.families()
    found, left = fallbacks(missing_from(used, faces, folders), settings.font_folder)
    return Faces(found, missing_from(left, [code_face, OF_TYPST], folders))


def stamps_of_fonts(settings: Settings) -> tuple[str, ...]:
    """A stamp of each file in the folders of a book's fonts."""
    return fonts.font_stamps(folders_of(settings))


def folders_of(settings: Settings) -> tuple[str, ...]:
    """The folders of a book's fonts."""
    return tuple(fonts.typst_font_folders(settings.font_folder, settings.font_packages))
