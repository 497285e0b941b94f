"""Pictures that documents of other tools name in part, or in other capitals than their files have."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

from builder.commands.new.boxes import outside_code

PICTURE = re.compile(r"(?P<before>!\[[^\]\n]*\]\(<?|\{(?:figure|image)\} )(?P<name>[^\s)>:]+)(?=[\s)>])")
"""A picture, by a name that may have no ending."""


def with_names_of_pictures(text: str, folder: Path) -> str:
    """Return a document in ``folder`` whose pictures are named as their files: with their ending, which Quarto adds,
    and in the same capitals, which other disks do not tell apart.
    """

    def named(found: re.Match[str]) -> str:
        name = unquote(found["name"])
        there = name if (folder / name).exists() else name_of_file(name, folder)
        if there == name:
            return found[0]
        return f"{found['before']}{there if name == found['name'] else quote(there)}"

    return outside_code(text, lambda part: PICTURE.sub(named, part))


def name_of_file(name: str, folder: Path) -> str:
    """Return how the picture that a document in ``folder`` names is called there; ``name`` where there is none."""
    usual = (f"{name}{ending}" for ending in (".png", ".svg", ".jpg", ".pdf"))
    if found := next((one for one in usual if (folder / one).is_file()), ""):
        return found
    place = folder / name
    beside = sorted(place.parent.iterdir()) if place.parent.is_dir() else []
    alike = next((one.name for one in beside if one.name.casefold() == place.name.casefold()), place.name)
    return f"{name.removesuffix(place.name)}{alike}"
