"""What becomes of nodes on slides, family by family."""

from __future__ import annotations

from conftest import PNG, SVG, Book, titles


def words(book: Book, chapter: str) -> str:
    """The words of all shapes on the last slide of a chapter without a fault."""
    result = book.build(chapter, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    return " | ".join(shape.text_frame.text for shape in result.deck().slides[-1].shapes if shape.has_text_frame)


def test_a_picture_that_is_a_link_has_the_caption_of_its_figure(book: Book) -> None:
    book.write("a.png", PNG)
    figure = "```{figure} a.png\n:target: https://example.org\n:class: slide\n:alt: A\n\nWords below it\n```\n"
    assert "Words below it" in words(book, f"# Chapter\n\n## Section\n\n{figure}")


KINDS = """\
# Chapter

{.slide}
## Literal

```{parsed-literal}
:class: slide
some **bold** and *slanted*
  indented  twice
```

{.slide}
## Names

```{list-table}
:class: slide
:stub-columns: 1

* - name
  - value
```

{.slide}
## Columns

{.slide}
```{hlist}
:columns: 2
- one
- two
- three
```

{.slide}
## Drawn ![map](map.svg)

Words.

{.slide}
## Choices

{.slide}
<select><option>east</option><option>west</option></select>

{.slide}
## Ordered

{.slide}
<ol start="3" type="a"><li>third</li><li>fourth</li></ol>

{.slide}
<fieldset><legend>Legend</legend>words of it</fieldset>

{.slide}
## Countdown

{.slide}
<ol reversed><li>triple</li><li value="7">septuple</li><li>sextuple</li></ol>

{.slide}
## Faces

{.slide}
| Name | Face | Words |
|---|---|---|
| Ann | ![a](map.svg) | one |
| Bob | ![b](map.svg) | two |

{.slide}
## Boxed

{.slide}
```{note}
Words.

> <!-- nothing -->
```

{.slide}
## Terms

{.slide}
![map](map.svg)
: What it shows
"""


def test_each_kind_looks_on_slides_as_on_its_page(book: Book) -> None:
    book.write("map.svg", SVG.replace("0 0 40 20", "0 0 400 200"))
    result = book.build(KINDS, "--to", "pptx")
    slides = dict(zip(titles(result.deck()), result.deck().slides, strict=True))
    code = next(shape for shape in slides["Literal"].shapes if "bold" in shape.text_frame.text)
    runs = [run for paragraph in code.text_frame.paragraphs for run in paragraph.runs]
    assert {run.text: (run.font.bold, run.font.italic) for run in runs}["bold"] == (True, None)
    assert "".join(run.text for run in runs) == "some bold and slanted  indented  twice"
    [table] = [shape.table for shape in slides["Names"].shapes if shape.has_table]
    assert [cell.text_frame.paragraphs[0].runs[0].font.bold for cell in table.rows[0].cells] == [True, None]
    lists = [shape.text_frame.text for shape in slides["Columns"].shapes if shape.has_text_frame]
    assert [text for text in lists if "one" in text or "three" in text] == ["one\ntwo", "three"]
    assert [shape.shape_type for shape in slides["Drawn map"].shapes if shape.shape_type == 13] == [13]
    choices = [shape.text_frame.text for shape in slides["Choices"].shapes if shape.has_text_frame]
    assert "east west" in [text.strip() for text in choices]
    third = next(one for one in slides["Ordered"].shapes if one.has_text_frame and "third" in one.text_frame.text)
    marks = [mark.attrib for mark in third._element.iter("{*}buAutoNum")]
    assert marks == [{"type": "alphaLcPeriod", "startAt": number} for number in "34"]
    assert "Legend words of it" in [one.text_frame.text for one in slides["Ordered"].shapes if one.has_text_frame]
    counted = next(one for one in slides["Countdown"].shapes if one.has_text_frame and "triple" in one.text_frame.text)
    assert [mark.get("startAt") for mark in counted._element.iter("{*}buAutoNum")] == ["3", "7", "6"]
    below = [one.text_frame.text for one in slides["Faces"].shapes if one.name.startswith("Caption")]
    assert below == ["Ann", "Bob"]
    assert not [one.name for one in slides["Boxed"].shapes if one.name.startswith("Quot")]
    assert [shape.shape_type for shape in slides["Terms"].shapes if shape.shape_type == 13] == [13]


GALLERY = """\
# Chapter

{.slide}
## Both

{.slide}
| West | East |
|---|---|
| ![w](map.svg) | ![e](map.svg) |
| the *old* side | the new side |

{.slide}
## Named

{.slide}
| Name | Map |
|---|---|
| Alpha | ![w](map.svg) |
"""


def test_a_table_of_pictures_beside_each_other_is_columns_with_their_words(book: Book) -> None:
    book.write("map.svg", SVG.replace("0 0 40 20", "0 0 400 200"))
    both, named = list(book.build(GALLERY, "--to", "pptx").deck().slides)[-2:]
    west, east = sorted((shape.left, shape.top) for shape in both.shapes if shape.shape_type == 13)
    words = {shape.text_frame.text: shape for shape in both.shapes if shape.has_text_frame}
    assert [words[text].left for text in ("West", "the old side")] == [west[0]] * 2
    assert [words[text].left for text in ("East", "the new side")] == [east[0]] * 2
    assert words["West"].top < west[1] < words["the old side"].top
    assert [shape.has_table for shape in named.shapes].count(True) == 1


def test_markup_for_the_web_in_a_heading_is_shown_nowhere(book: Book) -> None:
    deck = book.build('# <i data-name="boxes"></i> Parts\n\n{.slide}\n## Two\n\nWords.\n', "--to", "pptx").deck()
    assert [
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if "<i" in str(shape.has_text_frame and shape.text_frame.text)
    ] == []
    assert titles(deck)[0] == "Parts"
