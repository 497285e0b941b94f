"""Nothing stands in quotation marks that nobody said, and no old wording of a corrected fact is left, in the sources of
the book.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from quotations import FACTS, facts_of, is_in, marked, old_wordings, plain, set_apart, table, unknown
from test_facts import Paragraph, cells, is_table, paragraphs

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder in ("book", "book/tables", "book/data", "slides")
    for path in sorted((ROOT / folder).glob("*"))
    if path.suffix in (".md", ".csv", ".toml")
]
NOT_SHOWN = re.compile(
    r"^(?:% facts|:unit)[^\n]*$|```\{index\}.*?```|\{cite:\w+\}`[^`]*`|\{[.#][^}\n]*\}|^:\w+: \S+$",
    re.MULTILINE | re.DOTALL,
)
MARKED_WORDS = re.compile(r"\[([^\[\]]*)\]\{\.[^}\n]*\}")
POINT = re.compile(r"\{(?:point|subpoint)\}`([^`<]*?)\s*<([^`]*)>`")


def shown(text: str) -> str:
    """The text without its marks."""
    return NOT_SHOWN.sub("", MARKED_WORDS.sub(r"\1", text))


def blocks(path: Path) -> list[str]:
    """What a reader sees as one paragraph: text between blank lines, short forms of points, cells of a table."""
    if path.suffix == ".csv":
        return cells(path)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        return list(re.findall(r'= "(.*)"$', text, re.MULTILINE))
    text = shown(text)
    short = [match[2] for match in POINT.finditer(text)]
    return [*re.split(r"\n\s*\n", POINT.sub(r"\1", text)), *short]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_what_stands_in_quotation_marks_was_said_or_is_set_apart(path: Path) -> None:
    for block in blocks(path):
        assert block.count('"') % 2 == 0, f"a quotation mark without its other: {block[:80]}"
        assert unknown(block) == [], "add it to quotations.csv with its speaker, or take the marks away"
        quoted = [line.removeprefix("> ").strip() for line in block.splitlines() if line.startswith("> ")]
        assert not quoted or facts_of(" ".join(quoted)), f"a block quotation of nobody: {' '.join(quoted)[:80]}"


@pytest.mark.parametrize("paragraph", paragraphs(), ids=str)
def test_a_paragraph_names_the_fact_of_what_it_quotes(paragraph: Paragraph) -> None:
    text = POINT.sub(r"\1", shown(paragraph.text))
    named = {name for name in paragraph.facts if not is_table(name)}
    for words in marked(text):
        if plain(words).casefold() not in set_apart():
            assert facts_of(words) & named, f"no fact of this paragraph has the words: {words}"


def test_each_quotation_is_listed_with_who_where_and_the_fact_that_holds_it() -> None:
    known = {row["id"]: row for row in [*table("facts.csv"), *table("disputes.csv")]}
    for row in table("quotations.csv"):
        assert all(row[name] for name in ("text", "speaker", "date", "translation", "place", "fact")), row["id"]
        fact = plain(" ".join(known[row["fact"]].values()))
        held = is_in(plain(row["text"]), fact) or row["source"] == "SEED"
        assert held, f"{row['id']} is not in {row['fact']}"


def test_words_set_apart_have_a_reason_and_are_used() -> None:
    used = {plain(words).casefold() for path in SOURCES for block in blocks(path) for words in marked(block)}
    for row in table("set-apart.csv"):
        assert row["reason"]
        assert plain(row["words"]).casefold() in used, f"nothing sets apart: {row['words']}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_old_wording_of_a_corrected_fact_is_left(path: Path) -> None:
    assert old_wordings(path.read_text(encoding="utf-8")) == []


def test_old_wordings_name_facts_that_exist() -> None:
    known = {row["id"] for row in [*table("facts.csv"), *table("disputes.csv")]}
    for row in table(str(ROOT / "tests" / "old-wordings.csv")):
        assert row["fact"] in known, row
        assert row["why"]


def test_every_source_of_a_fact_is_in_the_register() -> None:
    keys = {row["key"] for row in table("sources.csv")}
    for row in table("facts.csv"):
        assert set(row["sources"].split()) <= keys, row["id"]
    assert FACTS.is_dir()


def test_how_the_book_was_made_names_the_nine_errors() -> None:
    part = (ROOT / "book" / "how-made.md").read_text(encoding="utf-8").split("## What was corrected")[1].split("## ")[0]
    errors = re.findall(r"^\d\. (.+)$", part, re.MULTILINE)
    named = ("366", "fallen", "221", "29,800", "pipe", "Selenge", "undated", "21,000", "advisers")
    assert len(errors) == len(named)
    assert all(word in error for word, error in zip(named, errors, strict=True))
