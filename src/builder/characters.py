"""Which characters an XML document may hold, and what stands for the others."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """``text`` with the replacement character for what XML 1.0 cannot hold (section 2.2)."""
    return _FORBIDDEN.sub("\ufffd", text)
