"""What is told of a fault: known to commands that need nothing of Sphinx."""

from __future__ import annotations

import re
from dataclasses import dataclass

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
"""Colours of a terminal."""
OTHER = "other"
"""The kind of a warning that has no type."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The message on one fault: ``severity`` is ``warning`` or ``error``, ``kind`` its type as ``suppress_warnings``
    names it.

    ``place`` is ``FILE:LINE`` from the folder of the settings, '' where none is known.
    """

    severity: str
    kind: str
    place: str
    message: str
