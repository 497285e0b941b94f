"""Names of any letters → names of files in our own folders."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

LONGEST = 150
"""Bytes of a name; most file systems take 255, with an ending and what else a caller puts round it."""
BEGINNING = 12
"""Letters that are left of a longer one, before its digest."""


def file_name(name: str, safe: str = "") -> str:
    """A name of letters that each file system takes, another one for each ``name``: percent-encoded (RFC 3986, 2.1) but
    for what is ``safe``, and where that is long its beginning with a digest.
    """
    quoted = quote(name, safe=safe)
    if len(quoted) <= LONGEST:
        return quoted
    return f"{quote(name[:BEGINNING], safe=safe)}-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
