"""Texts of a MyST document, character by character: which characters of the file each shows."""

from __future__ import annotations

import pytest
from myst_parser.config.main import MdParserConfig

from builder.commands.pull.markdown import markdown_texts, parser_for
from builder.commands.pull.source_texts import SourceText

PARSER = parser_for(
    MdParserConfig(enable_extensions={"attrs_inline", "attrs_block", "colon_fence", "dollarmath", "deflist"})
)


def shown(file: str, text: SourceText) -> str:
    """The file, with dots for all that a text does not show."""
    kept = {at for part in text.segments if not part.computed for at in range(part.start, part.end)}
    return "".join(char if at in kept else "·" for at, char in enumerate(file))


@pytest.mark.parametrize(
    ("file", "texts"),
    [
        ("one *one* one", [("one ·one· one", "markdown")]),
        ("`one` and ``o`n`e`` one", [("·one· and ··o`n`e·· one", "markdown")]),
        ("`a`{.x} a", [("·a····· a", "markdown")]),
        ("[a]{.a}a", [("·a·····a", "markdown"), ("·a······", "markdown")]),
        ("[one]{.point} one ] one", [("·one········· one ] one", "markdown"), ("·one···················", "markdown")]),
        (
            "[in [a]{.number} b]{.point} b",
            [
                ("·in ·a·········· b········· b", "markdown"),
                ("·····a·······················", "markdown"),
                ("·in ·a·········· b···········", "markdown"),
                ("·in ·a·········· b········· b", "markdown"),
                ("················ b········· b", "markdown"),
            ],
        ),
        ("[one](one) one", [("·one······ one", "markdown")]),
        ("[one][one] one\n\n[one]: http://x", [("·one······ one·················", "markdown")]),
        ("<https://one.org> one.org", [("·https://one.org· one.org", "markdown")]),
        ("![one](one.png) one", [("··············· one", "markdown")]),
        ("one\\\none", [("one\\\none", "markdown")]),
        ("one\none", [("one\none", "markdown")]),
        ("a\\*a * a", [("a\\*a * a", "markdown")]),
        ("a -- b... --- c", [("a -- b... --- c", "markdown")]),
        ("{term}`one` one {ref}`one <two>` two", [("·······one· one ······one······· two", "markdown")]),
        ("$x$ x", [("··· x", "markdown")]),
        ("# one one", [("··one one", "markdown")]),
        ("> one\n> one", [("··one\n> one", "markdown")]),
        (
            "| a | a |\n|---|---|\n| *a* | a |",
            [
                ("··a····························", "cell"),
                ("······a························", "cell"),
                ("·······················a·······", "cell"),
                ("····························a··", "cell"),
            ],
        ),
        (
            "```{figure} a.png\n:alt: one\n:name: one\n\none\n\none two\n```",
            [
                ("············a.png·······································", "markdown"),
                ("········································one·············", "markdown"),
                ("·············································one two····", "markdown"),
            ],
        ),
        (
            "```{note} a\n:class: a\n\n*a* a\n```",
            [("··········a·····················", "markdown"), ("························a· a····", "markdown")],
        ),
        (
            "```{figure} a.png\n---\nalt: one\nname: one\n---\none\n```",
            [
                ("············a.png···································", "markdown"),
                ("·············································one····", "markdown"),
            ],
        ),
        (
            "```{list-table} a\n:caption: a b\n* - a\n  - a\n```",
            [
                ("················a······························", "markdown"),
                ("····························a b················", "option"),
                ("····································a··········", "cell"),
                ("··········································a····", "cell"),
            ],
        ),
        (
            "```python\na = a\n\na = a\n```",
            [("··········a = a···········", "code"), ("·················a = a····", "code")],
        ),
        (":::{note}\nOne\n:::", [("··········One····", "markdown")]),
        ("one\n: one", [("one······", "markdown"), ("······one", "markdown")]),
        ("[^1]: one\n\none[^1]", [("······one·········", "markdown"), ("···········one····", "markdown")]),
        (
            '{.slide attribution="one, one"}\n> one',
            [
                ("··································one", "markdown"),
                ("·····················one, one········", "option"),
            ],
        ),
    ],
)
def test_each_text_has_the_places_of_its_characters(file: str, texts: list[tuple[str, str]]) -> None:
    assert [(shown(file, text), text.kind) for text in markdown_texts(file, PARSER)] == texts


def test_dashes_and_dots_are_shown_as_in_print() -> None:
    [text] = markdown_texts("a -- b... --- c", PARSER)
    assert text.shown == "a – b… — c"
    assert [(part.start, part.end) for part in text.segments if part.text in "–…—"] == [(2, 4), (6, 9), (10, 13)]
