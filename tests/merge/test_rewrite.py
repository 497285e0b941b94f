"""Words that were changed on a slide, written into the text of a source: markup stays, and what is written is what is
shown.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myst_parser.config.main import MdParserConfig

from builder.commands.pull.data_cells import in_notation
from builder.commands.pull.markdown import markdown_texts, parser_for
from builder.commands.pull.rewrite import ComputedError, Replacement, applied, rewritten
from builder.commands.pull.source_texts import SourceText, csv_texts

PARSER = parser_for(
    MdParserConfig(enable_extensions={"attrs_inline", "attrs_block", "dollarmath", "deflist", "colon_fence"})
)


def stretches(text: str) -> list[SourceText]:
    return markdown_texts(text, PARSER)


def changed(text: str, old: str, new: str) -> str:
    """``text`` with the first stretch that shows ``old`` made to show ``new``."""
    for stretch in stretches(text):
        found = rewritten(stretch, old, new)
        if found is not None:
            return applied(text, found)
    raise AssertionError("no place shows it")


@pytest.mark.parametrize(
    ("text", "old", "new", "then"),
    [
        ("Some **bold words** here.", "Some bold words here.", "Some bold letters here.", "Some **bold letters** here."),
        ("A [link](http://a.b/c_d) ends.", "A link ends.", "A fine link ends.", "A fine [link](http://a.b/c_d) ends."),
        ("He said \"no\" -- then left...", "He said “no” – then left…", "He said “yes” – then left…", "He said \"yes\" -- then left..."),
        ("# A *head* line #", "A head line", "A heading line", "# A *heading* line #"),
        ("> two\n> lines here", "two lines here", "three lines here", "> three\n> lines here"),
        ("- a\n  - inner item", "inner item", "inner thing", "- a\n  - inner thing"),
        ("word\n: its meaning", "its meaning", "its sense", "word\n: its sense"),
        ("[in the middle,]{.point} and on", "In the middle", "On the middle", "[on the middle,]{.point} and on"),
        ("{point}`a long one <a short one>`", "A short one", "A brief one", "{point}`a long one <a brief one>`"),
        ("{point}`a long one <a short one>`", "a long one", "a long two", "{point}`a long two <a short one>`"),
        ("See {cite:p}`key2001` for it.", "See (Key, 2001) for it.", "Look (Key, 2001) for it.", "Look {cite:p}`key2001` for it."),
        ("In {numref}`chapter {number} <lab>` "
         "too.", "In chapter 3 too.", "In chapter 3 also.", "In {numref}`chapter {number} <lab>` also."),
        ("A note[^1] here.\n\n[^1]: Note.", "A note here.", "A remark here.", "A remark[^1] here.\n\n[^1]: Note."),
        ("```{note}\nBe {kbd}`quick` now.\n```", "Be quick now.", "Be slow now.", "```{note}\nBe {kbd}`slow` now.\n```"),
        (":::{admonition} A title\nBody\n:::", "A title", "Another title", ":::{admonition} Another title\nBody\n:::"),
        ("````{note}\n```{list-table}\n"
         "* - a\n  - b c\n```\n````", "b c", "b d", "````{note}\n```{list-table}\n* - a\n  - b d\n```\n````"),
        ("```python\nx = 1\n```", "x = 1", "x = *2", "```python\nx = *2\n```"),
        ("Tom &amp; Jerry \\* run", "Tom & Jerry * run", "Tom & Jerry * walk", "Tom &amp; Jerry \\* walk"),
    ],
)  # fmt: skip
def test_only_the_words_that_changed_are_written(text: str, old: str, new: str, then: str) -> None:
    assert changed(text, old, new) == then


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("See {cite:p}`key2001` for it.", "See (Key, 2001) for it.", "See (Key, 2002) for it."),
        ("The area $r^2$ is it.", "The area \ufffc is it.", "The area is it."),
        ("{point}`a <b c>`", "b c", "b `c`"),
    ],
)
def test_what_is_computed_or_cannot_be_written_is_refused(text: str, old: str, new: str) -> None:
    with pytest.raises(ComputedError):
        changed(text, old, new)


words = st.text(st.sampled_from("ab *_`[]{}<>$\\|~&;#.,'\"-x1"), min_size=1, max_size=12)


@given(before=st.lists(words, min_size=1, max_size=4), after=st.lists(words, min_size=1, max_size=4))
def test_whatever_is_written_is_shown(before: list[str], after: list[str]) -> None:
    """New words, signs of markup and all, are read again as they were typed."""
    old, new = (" ".join(["start", *" ".join(parts).split(), "end"]) for parts in (["one", "two"], after))
    text = f"*start* one **two** end\n\n{'x ' * len(before)}\n"
    then = changed(text, old, new)
    assert any(rewritten(stretch, new, new) is not None for stretch in stretches(then)), then


cells = st.text(st.sampled_from('ab ,"\n;1'), min_size=1, max_size=8).map(str.strip).filter(bool)


@given(old=cells, new=cells, other=cells)
def test_cells_of_csv(old: str, new: str, other: str) -> None:
    """Quotation marks are put where they must be, and other cells stay."""
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([["head", "x"], [other, old]])
    stretch = list(csv_texts(out.getvalue(), 0, 1))[-1]
    replacements = rewritten(stretch, old, new)
    assert replacements is not None
    assert list(csv.reader(io.StringIO(applied(out.getvalue(), replacements)))) == [["head", "x"], [other, new]]


@pytest.mark.parametrize(
    ("text", "old", "new", "then"),
    [
        ("the NKVD came", "The NKVD came", "An NKVD came", "an NKVD came"),
        ("the NKVD came", "The NKVD came", "USSR forces came", "USSR forces came"),
        ("the NKVD came", "The NKVD came", "NKVD men came", "NKVD men came"),
        ("the NKVD came", "The NKVD came", "It came", "it came"),
        ("the city grew", "The city grew", "UN aid grew", "UN aid grew"),
        ("the city grew", "The city grew", "A grew", "a grew"),
        ("NKVD men came", "NKVD men came", "Some men came", "Some men came"),
        ("Ulaanbaatar grew", "Ulaanbaatar grew", "Urga grew", "Urga grew"),
        ("eBooks grew", "eBooks grew", "Books grew", "Books grew"),
    ],
)  # fmt: skip
def test_the_capital_that_a_slide_made_does_not_go_into_the_book(text: str, old: str, new: str, then: str) -> None:
    """A short form, which is written in capitals, stays as it was typed; so does what was no capital of the slide's."""
    assert changed(f"[{text}]{{.point}} and on", old, new) == f"[{then}]{{.point}} and on"


@pytest.mark.parametrize(
    ("number", "like", "mark", "shown"),
    [
        ("1234567.25", "20", ".", "1234567.25"),
        ("1234567.25", "2,020", ".", "1,234,567.25"),
        ("1234567.25", "2.020,5", ",", "1.234.567,25"),
        ("1234567.25", "2’020", ".", "1’234’567.25"),
        ("-0.5", "−3,1", ",", "−0,5"),
        ("1e+15", "7", ".", "1000000000000000"),
        ("", "7", ".", ""),
    ],
)
def test_a_number_is_written_as_the_one_in_its_place(number: str, like: str, mark: str, shown: str) -> None:
    assert in_notation(number, like, mark) == shown


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((2, 5), (4, 8), True),
        ((2, 5), (5, 8), False),  # beside each other
        ((2, 5), (3, 4), True),
        ((2, 2), (2, 2), True),  # words at one place
        ((2, 2), (3, 3), False),
        ((2, 5), (5, 5), True),  # words right behind what is changed
        ((2, 5), (6, 6), False),
        ((3, 3), (2, 5), True),
    ],
)
def test_changes_of_the_same_characters_meet(one: tuple[int, int], other: tuple[int, int], meet: bool) -> None:
    first, second = Replacement(*one, "x"), Replacement(*other, "y")
    assert first.meets(second) is second.meets(first) is meet
