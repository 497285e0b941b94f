"""The works that the book cites: surnames first, no field twice, and no year missing but where a note says why."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE = ROOT / "book" / "references.bib"
UNDATED = re.compile(r"undated|not (?:displayed|shown|dated)|Read\b|read\b|Known by")
"""What a note says of a work without a year: that its page shows none, or which part of it was read."""


@cache
def works() -> dict[str, dict[str, str]]:
    """Key of each work → its fields, with its kind as ``kind``."""
    text = FILE.read_text(encoding="utf-8")
    return {
        key: {"kind": kind, **dict(re.findall(r"^  (\w+) = \{(.*)\},?$", body, re.MULTILINE))}
        for kind, key, body in re.findall(r"^@(\w+)\{(\w+),\n(.*?)^\}$", text, re.MULTILINE | re.DOTALL)
    }


def sources() -> str:
    """The text of all documents of the book."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "book").glob("*.md")))


@pytest.mark.parametrize("key", works())
def test_a_work_says_how_far_it_was_read_and_names_no_field_twice(key: str) -> None:
    work = works()[key]
    text = FILE.read_text(encoding="utf-8")
    names = re.findall(r"^  (\w+) = ", re.search(rf"@\w+\{{{key},\n(.*?)\n\}}", text, re.DOTALL)[1], re.MULTILINE)
    assert len(names) == len(set(names))
    assert UNDATED.search(work["note"]), "say how far it was read, and if its page shows no year"
    assert "key" in work or "author" in work, "a work is cited under a name"
    year = work.get("year", "")
    assert not year or year not in work["title"], "the year stands in the title as well"
    assert "'" not in "".join(value for name, value in work.items() if name != "url"), "an apostrophe is ’"


@pytest.mark.parametrize("key", [key for key, work in works().items() if "author" in work])
def test_authors_stand_with_the_surname_first(key: str) -> None:
    for name in works()[key]["author"].split(" and "):
        assert "," in name or name in ("Baabar", "{Diluv Khutagt}"), name


@pytest.mark.parametrize("key", [key for key, work in works().items() if "author" in work and "year" not in work])
def test_only_a_work_whose_year_cannot_be_known_has_none(key: str) -> None:
    """Of a work with an author *n.d.* is printed, so the note says that its page shows no year."""
    assert re.search(r"undated|year not|not shown|In Mongolian", works()[key]["note"]), works()[key]["note"]


def test_each_work_is_cited_and_each_cited_work_is_there() -> None:
    groups = [re.sub(r"\{.*?\}", "", group) for group in re.findall(r"\{cite:\w+\}`([^`]*)`", sources())]
    cited = {key.strip() for group in groups for key in group.split(",")}
    assert cited == set(works())
