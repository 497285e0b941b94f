"""All that reads Sphinx: options, the annotation language, resolved documents, pictures, numbers; no other room touches
its private members.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOM = Path(__file__).parent
IN_DOCTREES = (
    "annotations/*.py",
    "chapters.py",
    "decoding.py",
    "editions/*.py",
    "formulas_in_links.py",
    "links_to_files.py",
    "sought.py",
    "unknown.py",
    "statements.py",
    "outlines.py",
    "pictures/attachments.py",
    "../charts/data.py",
    "../charts/map_data.py",
    "../charts/tables.py",
)
"""Files of what makes the nodes and entries of ours that stay in doctrees and in the environment."""


def env_version() -> int:
    """A number for what we leave in doctrees and the environment: all is read anew when the code changes
    that makes it.
    """
    import hashlib

    files = sorted(file for pattern in IN_DOCTREES for file in ROOM.glob(pattern))
    return int.from_bytes(hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()[:4], "big")


def setup(app: "Sphinx") -> None:
    """Register options, directives, roles and transforms, and what is noted while documents are read."""
    from builder.source import (
        annotations,
        appendices,
        chapters,
        characters,
        circles,
        config,
        decoding,
        editions,
        equations,
        formulas,
        formulas_in_links,
        html,
        idle_settings,
        languages,
        links_to_files,
        named_files,
        notebooks,
        numbers,
        object_order,
        old_contents,
        ordinary_files,
        portable_names,
        same_names,
        sought,
        titles,
        transforms,
        unknown,
    )
    from builder.source.pictures.attachments import Attachments
    from builder.source.pictures.names import QuotedNames
    from builder.typeset.scripts import use_fonts

    config.add_options(app)
    idle_settings.setup(app)
    app.add_transform(Attachments)
    app.add_transform(QuotedNames)
    annotations.setup(app)
    editions.setup(app)
    appendices.setup(app)
    chapters.setup(app)
    app.connect("config-inited", use_fonts)
    html.setup(app)
    transforms.setup(app)
    equations.setup(app)
    formulas.setup(app)
    formulas_in_links.setup(app)
    named_files.setup(app)
    characters.setup(app)
    circles.setup(app)
    decoding.setup(app)
    notebooks.setup(app)
    old_contents.setup(app)
    languages.setup(app)
    links_to_files.setup(app)
    portable_names.setup(app)
    sought.setup(app)
    unknown.setup(app)
    ordinary_files.setup(app)
    titles.setup(app)
    numbers.setup(app)
    object_order.setup(app)
    same_names.setup(app)
