"""Documents that are nothing but openings, which nothing closes, are taken over in the time that their length asks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from builder.commands.new.boxes import CODE
from builder.commands.new.converted import convert
from builder.commands.new.indented_blocks import with_blocks
from builder.commands.new.links_to_headings import with_links_to_headings

LONG = 60_000
"""Letters of a document: where each opening is looked for to the end of the text, it takes minutes."""
OPENINGS = (
    "[", "![[", "`", "~", "~~~ a\n", "```a=\n", " ", "\t", "a", "-", "\\(", "\\[", "{:", "](#", "/// note\n", "!!! a\n",
    '=== "a"\n', "$", "{{<highlight a>}}", "{%highlight a%}", "--8<--\n", "# a ",
    "{++", "{~~a~>", "{>>", "\\begin{a}", "<details markdown>\n",
)  # fmt: skip


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_long_document_of_openings_takes_no_longer_than_its_length(tmp_path: Path, opening: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Long\nmarkdown_extensions: [pymdownx.caret]\n", encoding="utf-8")
    text = f"# Long\n\n{opening * (LONG // len(opening))}\n"
    began = time.process_time()
    convert("MkDocs", tmp_path / "a.md", text, frozenset())
    assert time.process_time() - began < 15


def test_code_that_nothing_closes_is_code_to_the_end() -> None:
    found = CODE.search("Words `here`.\n\n```python\nx = 1\n\n``\n")
    assert found is not None
    assert found[0] == "`here`"
    assert CODE.sub("", "Words.\n\n```python\nx = 1\n\n``\n") == "Words.\n\n"
    assert CODE.sub("", "```code``` in a line\n\nWords.\n\n```\nx\n```\n") == "```` in a line\n\nWords.\n\n\n"


def test_blocks_between_slashes_end_where_their_slashes_stand_again() -> None:
    text = with_blocks("/// note | A\nFirst.\n///\n\n/// tip\nSecond.\n///\n\n/// note\nNot closed.\n")
    assert text.count("{admonition} A") == 1
    assert text.count("{tip}") == 1
    assert "/// note\nNot closed." in text


def test_links_lead_to_headings_whose_words_end_with_a_sign() -> None:
    assert with_links_to_headings("# In C# and F#\n\n[x](#In-C#-and-F#)\n\n## B ##\n\n[y](#B)\n", []) == (
        "# In C# and F#\n\n[x](#in-c-and-f)\n\n## B ##\n\n[y](#b)\n"
    )
