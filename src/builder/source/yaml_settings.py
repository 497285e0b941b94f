"""Settings in YAML, with faults that name file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from builder.errors import AuthorError, Source
from builder.store.text import text_of

TABS_AT_ENDS = re.compile(r"(?<![ \t])( *)\t[ \t]*$", re.MULTILINE)
"""What readers of YAML other than ours pass over."""


class AnyTag(yaml.SafeLoader):  # type: ignore[misc]
    """Reads YAML in which a value that a tag has somebody's own code make is nothing."""


AnyTag.add_multi_constructor("", lambda _loader, _tag, _node: None)


def settings_of(path: Path, loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> dict[str, Any]:
    """Return the settings of a YAML file; none where it is empty.

    Raises:
        AuthorError: it is no YAML, or no mapping.
    """
    content = content_of(path, loader)
    if content is not None and not isinstance(content, dict):
        raise AuthorError("this must be settings, as 'title: My book'.", Source(str(path)))
    return content or {}


def content_of(path: Path, loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> Any:
    """Return what a YAML file holds.

    Raises:
        AuthorError: it is no YAML.
    """
    try:
        return yaml.load(TABS_AT_ENDS.sub(r"\1", text_of(path)), loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Source(str(path), mark.line + 1 if mark is not None else 0)
        raise AuthorError(f"this is not YAML: {getattr(error, 'problem', error)}.", place) from None
    except RecursionError:
        raise AuthorError("this is nested too deeply to be read.", Source(str(path))) from None


def names(value: object) -> str:
    """Return the names of authors, as settings have them: a text, a list, tables with ``name``."""
    if isinstance(value, Mapping):
        given = value.get("name", "")
        return names(given) if not isinstance(given, Mapping) else " ".join(map(str, given.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(filter(None, map(names, value)))
    return " ".join(str(value or "").split())
