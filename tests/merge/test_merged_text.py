"""One text in three versions: as built, as a hand left it, and as the sources have it now."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from builder.merge.text import Char, Difference, TextMerger, changes, chars, matched, plain, visible_text

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(*runs: str | tuple[str, str], level: int = 0, numbered: bool = False, more: str = "") -> Any:
    """A paragraph of runs: words, or words with the attributes of their formatting."""
    number = "<a:buAutoNum/>" if numbered else ""
    xml = f'<a:p xmlns:a="{DRAWING}" xmlns:r="{OFFICE}"><a:pPr lvl="{level}">{number}</a:pPr>'
    for item in runs:
        words, look = (item, "") if isinstance(item, str) else item
        inner = "" if not look.startswith("<") else look
        xml += f"<a:r><a:rPr {'' if inner else look}>{inner}</a:rPr><a:t>{words}</a:t></a:r>"
    return etree.fromstring(f"{xml}{more}</a:p>")


def merger(base: list[Any], mine: list[Any], theirs: list[Any], **options: Any) -> TextMerger:
    return TextMerger(base, mine, theirs, lambda element: element, **options)


def looks(element: Any) -> list[tuple[str, dict[str, str]]]:
    """The runs of a paragraph: words and attributes."""
    return [
        (run.findtext(f"{{{DRAWING}}}t"), dict(run.find(f"{{{DRAWING}}}rPr").attrib))
        for run in element.iterfind(f"{{{DRAWING}}}r")
    ]


def merged(base: list[str], mine: list[str], theirs: list[str]) -> tuple[list[str], list[Difference]]:
    """The words of merged paragraphs, and what could not be merged."""
    found = merger(*([paragraph(text) for text in version] for version in (base, mine, theirs)))
    return [plain(one) for one in found.merged()], found.differences


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "result"),
    [
        (["grain is dear"], ["grain is cheap"], ["grain is dear"], ["grain is cheap"]),
        (["grain is dear"], ["grain is dear"], ["grain is cheap"], ["grain is cheap"]),
        (["grain is dear"], ["grain is cheap"], ["grain is cheap"], ["grain is cheap"]),
        (["one"], ["one", "two"], ["one"], ["one", "two"]),
        (["one"], ["one"], ["one", "two"], ["one", "two"]),
        (["one"], ["one", "two"], ["one", "two"], ["one", "two"]),
        (["one", "two"], ["two"], ["one", "two"], ["two"]),
        (["one", "two"], ["one", "two"], ["two"], ["two"]),
        (["one", "two"], ["two", "one"], ["one", "two"], ["two", "one"]),
        (["one", "two"], ["one", "two"], ["two", "one"], ["two", "one"]),
    ],
)
def test_what_one_side_changed_is_there(base: list[str], mine: list[str], theirs: list[str], result: list[str]) -> None:
    assert merged(base, mine, theirs) == (result, [])


def test_what_both_changed_stays_as_the_hand_has_it_and_is_a_difference() -> None:
    assert merged(["grain is dear now"], ["grain is cheap now"], ["grain is scarce now"]) == (
        ["grain is cheap now"],
        [Difference("grain is cheap now", "grain is scarce now")],
    )


def test_more_changes_of_the_sources_hold_those_of_the_hand() -> None:
    assert merged(["one two three four"], ["one 2 three four"], ["one 2 three 4"]) == (["one 2 three 4"], [])


def test_what_was_deleted_on_one_side_and_changed_on_the_other_is_a_difference() -> None:
    assert merged(["one", "grain is dear"], ["one"], ["one", "grain is cheap"]) == (
        ["one"],
        [Difference("", "grain is cheap")],
    )
    assert merged(["one", "grain is dear"], ["one", "grain is cheap"], ["one"]) == (
        ["one", "grain is cheap"],
        [Difference("grain is cheap", "")],
    )


def test_a_paragraph_that_the_sources_moved_to_another_slide_is_not_there_twice() -> None:
    versions = [paragraph("grain is dear")], [paragraph("grain is cheap")], []
    found = merger(*versions, is_in_sources=lambda text: text == "grain is cheap")
    assert (found.merged(), found.differences) == ([], [])


def test_formatting_by_hand_keeps_a_paragraph_that_the_sources_drop() -> None:
    found = merger(
        [paragraph("one"), paragraph("two")], [paragraph("one"), paragraph(("two", 'sz="2000"'))], [paragraph("one")]
    )
    assert [plain(one) for one in found.merged()] == ["one", "two"]
    assert found.differences == [Difference("two", "")]


def test_words_of_the_sources_take_the_formatting_that_a_hand_gave() -> None:
    found = merger([paragraph("grain is dear")], [paragraph(("grain is dear", 'b="1"'))], [paragraph("rice is dear")])
    assert looks(found.merged()[0]) == [("rice is dear", {"b": "1"})]


def test_new_words_take_the_formatting_of_those_that_they_replace_or_follow() -> None:
    base, mine = paragraph("grain is dear"), paragraph(("grain", 'b="1"'), " is dear")
    [one] = merger([base], [mine], [paragraph("rice is dear")]).merged()
    assert looks(one) == [("rice", {"b": "1"}), (" is dear", {})]
    [one] = merger([base], [mine], [paragraph("grain, too, is dear")]).merged()
    assert looks(one) == [("grain, too,", {"b": "1"}), (" is dear", {})]


def test_what_the_sources_made_bold_or_italic_is_so_and_the_rest_stays() -> None:
    base, mine = paragraph("grain is dear"), paragraph(("grain is dear", 'u="sng"'))
    [one] = merger([base], [mine], [paragraph(("grain", 'b="1"'), " is dear")]).merged()
    assert looks(one) == [("grain", {"u": "sng", "b": "1"}), (" is dear", {"u": "sng"})]


def test_what_the_sources_made_plain_again_is_plain() -> None:
    base, mine = paragraph(("grain is dear", 'b="1"')), paragraph(("grain is dear", 'b="1" u="sng"'))
    [one] = merger([base], [mine], [paragraph("grain is dear")]).merged()
    assert looks(one) == [("grain is dear", {"b": "0", "u": "sng"})]


def test_a_size_by_hand_stays_and_one_of_the_deck_follows() -> None:
    base, theirs = paragraph(("grain is dear", 'sz="2400"')), paragraph(("rice is dear", 'sz="2000"'))
    [one] = merger([base], [paragraph(("grain is dear", 'sz="3000"'))], [theirs]).merged()
    assert looks(one) == [("rice is dear", {"sz": "3000"})]
    [one] = merger([base], [paragraph(("grain is dear", 'sz="2400" b="1"'))], [theirs]).merged()
    assert looks(one) == [("rice is dear", {"sz": "2000", "b": "1"})]
    [one] = merger([base], [paragraph(("grain is dear", 'sz="2400" b="1"'))], [paragraph("rice is dear")]).merged()
    assert looks(one) == [("rice is dear", {"b": "1"})]


LINK = '<a:hlinkClick r:id="rId1"/>'


def test_links_come_and_go_with_the_sources() -> None:
    plain_one, linked = paragraph("grain is dear"), paragraph(("grain is dear", LINK))
    by_hand = paragraph(("grain is dear", "<a:solidFill/><a:extLst/>"))
    [one] = merger([plain_one], [by_hand], [linked]).merged()
    [look] = one.iter(f"{{{DRAWING}}}rPr")
    assert [etree.QName(item).localname for item in look] == ["solidFill", "hlinkClick", "extLst"]
    [one] = merger([linked], [paragraph(("grain is dear", "<a:solidFill/>" + LINK))], [plain_one]).merged()
    [look] = one.iter(f"{{{DRAWING}}}rPr")
    assert [etree.QName(item).localname for item in look] == ["solidFill"]


def test_a_new_paragraph_is_formatted_as_its_like_beside_it_where_a_program_wrote_all_anew() -> None:
    base = [paragraph("one"), paragraph("two", level=1)]
    mine = [paragraph(("one", 'spc="10"')), paragraph(("two", 'spc="20"'), level=1)]
    found = merger(base, mine, [*base, paragraph("three", level=1), paragraph("four", numbered=True)])
    one, two, three, four = found.merged()
    assert [looks(item) for item in (one, two, three)] == [
        [("one", {"spc": "10"})], [("two", {"spc": "20"})], [("three", {"spc": "20"})],
    ]  # fmt: skip
    assert looks(four) == [("four", {})], "nothing beside it is numbered"


def test_a_new_paragraph_is_that_of_the_sources_where_the_program_writes_as_we_do() -> None:
    base = [paragraph("one"), paragraph("two")]
    mine = [paragraph("one"), paragraph(("two", 'b="1"'))]
    assert looks(merger(base, mine, [*base, paragraph(("three", 'i="1"'))]).merged()[2]) == [("three", {"i": "1"})]


@pytest.mark.parametrize(
    ("look", "name", "value"),
    [
        ('b="1"', "b", "1"), ('b="true"', "b", "1"), ('b="0"', "b", ""), ('b="false"', "b", ""), ("", "b", ""),
        ('u="none"', "u", ""), ('u="sng"', "u", "sng"), ('sz="2000"', "sz", "2000"),
    ],
)  # fmt: skip
def test_a_value_that_means_nothing_is_none(look: str, name: str, value: str) -> None:
    assert chars(paragraph(("a", look)))[0].style(name) == value
    assert Char("a", None).style(name) == ""


BREAK = "<a:br><a:rPr/></a:br><a:r><a:t>below</a:t></a:r>"
FIELD = '<a:fld type="slidenum"><a:t>3</a:t></a:fld>'


def test_breaks_and_fields_stand_for_a_sign_each() -> None:
    assert plain(paragraph("above", more=BREAK)) == "above\vbelow"
    assert plain(paragraph("page ", more=FIELD)) == "page \ufffc"
    assert visible_text(paragraph("page  ", more=FIELD)) == "page 3"
    assert visible_text(paragraph("a\u2060b  c")) == "ab c"


def test_breaks_and_fields_stay_where_words_change_and_words_before_the_end_mark() -> None:
    more = f'{BREAK}{FIELD}<a:endParaRPr lang="en"/>'
    base, mine = paragraph("grain ", more=more), paragraph(("grain ", 'b="1"'), more=more)
    [one] = merger([base], [mine], [paragraph("rice ", more=more)]).merged()
    assert [etree.QName(item).localname for item in one] == ["pPr", "r", "br", "r", "fld", "endParaRPr"]
    assert plain(one) == "rice \vbelow\ufffc"


def test_a_formula_that_a_program_could_not_read_is_that_of_the_sources() -> None:
    formula = f'<m:oMath xmlns:m="{DRAWING.replace("drawingml", "officeDocument").replace("main", "math")}"/>'
    base, mine = paragraph("so ", more=formula), paragraph("so")
    theirs = paragraph(("so ", 'b="1"'), more=formula)
    [one] = merger([base], [mine], [theirs]).merged()
    assert looks(one) == [("so ", {"b": "1"})]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("one two", "one two", set()),
        ("one two", "one three", {(2, 3, "three")}),
        ("one", "one two", {(1, 1, " two")}),
        ("“one” – two", '"one" -- two', set()),
        ("a title (1/2)", "a title (2/3)", set()),
    ],
)
def test_changes_of_a_paragraph_are_places_and_new_words(old: str, new: str, found: set[tuple[int, int, str]]) -> None:
    assert changes(paragraph(old), paragraph(new)) == found


@pytest.mark.parametrize(
    ("old", "new", "same", "before"),
    [
        ("", "", {}, []),
        ("", "ab", {}, [0, 0]),
        ("ab c", "ab c", {0: 0, 1: 1, 2: 2, 3: 3}, [0, 0, 0, 0]),
        ("ab c", "ab d", {0: 0, 1: 1, 2: 2}, [0, 0, 0, 3]),
        ("ab", "ab c", {0: 0, 1: 1}, [0, 0, 1, 1]),
        ("ab c", "c", {0: 3}, [3]),
    ],
)
def test_characters_of_common_words_are_matched(old: str, new: str, same: dict[int, int], before: list[int]) -> None:
    assert matched(old, new) == (same, before)
