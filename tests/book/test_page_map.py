"""Which pages sections and documents take, and how stretches of pages are drawn together."""

from __future__ import annotations

from builder.deck.subtitle import pages_of, subtitle
from builder.typeset.page_map import Heading, PageMap, Stretch, joined, stretches_of, with_floats
from builder.typeset.wording import fixed_words

EN = fixed_words("en", {})


def book(blank: tuple[int, ...] = (), **stretches: tuple[int, int]) -> PageMap:
    """A book of twenty pages whose folios begin at 1; keyword: first and last page from 0."""
    printed = {page: str(page + 1) for page in range(20) if page not in blank}
    return PageMap({}, 20, printed, {name: Stretch(*pages) for name, pages in stretches.items()})


def test_a_section_ends_before_the_next_one_of_its_level_or_above() -> None:
    headings = [
        Heading("one:one", 1, 0, 0),
        Heading("one:a", 2, 1, 1),
        Heading("one:a-below", 3, 2, 2),
        Heading("one:b", 2, 5, 4),  # opens its page
        Heading("", 1, 7, 6),  # a heading that no label names
        Heading("two:c", 2, 8, 8),
    ]
    assert stretches_of(headings, 9) == {
        "one:": Stretch(0, 8),
        "one:one": Stretch(0, 6),
        "one:a": Stretch(1, 4),
        "one:a-below": Stretch(2, 4),
        "one:b": Stretch(5, 6),
        "two:": Stretch(8, 9),
        "two:c": Stretch(8, 9),
    }


def test_a_float_behind_its_section_belongs_to_it() -> None:
    found = with_floats({"one:a": Stretch(1, 2), "one:": Stretch(0, 5)}, [(4, ("one:", "one:a"))])
    assert found == {"one:a": Stretch(1, 4), "one:": Stretch(0, 5)}


def test_stretches_that_follow_each_other_are_one_over_a_blank_page() -> None:
    map_ = book((7,), one=(0, 6), two=(8, 12), four=(15, 17))
    assert map_.spans(["one", "two", "four"]) == [("1", "13"), ("16", "18")]
    assert map_.spans(["one", "four", "two"]) == [("1", "7"), ("16", "18"), ("9", "13")]
    assert map_.spans(["two", "one"]) == [("9", "13"), ("1", "7")]
    assert map_.spans(["one", "gone", "one"]) == [("1", "7")]


def test_sections_of_one_page_share_it() -> None:
    map_ = book(a=(2, 3), b=(3, 3), c=(3, 5), d=(3, 3))
    assert map_.spans(["a", "b", "c"]) == [("3", "6")]
    assert pages_of(["b", "d"], map_, EN) == "page 4"
    assert pages_of(["c"], map_, EN) == "pages 4–6"
    assert pages_of(["gone"], map_, EN) == ""


def test_pages_of_two_books_never_follow_each_other() -> None:
    both = joined([book(one=(18, 19), shared=(0, 0)), book(two=(0, 3), shared=(5, 5))])
    assert both.spans(["one", "two"]) == [("19", "20"), ("1", "4")]
    assert both.spans(["shared"]) == [("1", "1")]
    assert both.pages == 40


def test_a_subtitle_has_what_there_is() -> None:
    assert subtitle((), "", "pages 1–4", EN) == "Pages 1–4"
    assert subtitle(["2"], "", "", EN) == "Lecture 2"
