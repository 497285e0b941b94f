"""HTML that is marked for a slide: what it shows stands there, and an end tag alone costs nothing."""

from __future__ import annotations

from PIL import Image

from conftest import Book
from slide_texts import texts_of

CHAPTER = """# Chapter

{.slide}
## Tools

{.slide}
<details>
<summary>On the desk</summary>

{.slide}
A pen.

{.slide}
</details>

```{index} pens
```

(nothing)=
<!-- what shows nothing may have a label -->

{.slide}
<p>Words in a paragraph</p>
"""


def test_what_marked_html_shows_is_on_the_slide(book: Book) -> None:
    result = book.build(CHAPTER, "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    assert "fault of the builder" not in result.errors
    slide = result.deck().slides[1]
    assert texts_of(slide, "Box") == ["On the desk\nA pen."]  # what the web folds away stands in a box
    assert texts_of(slide, "Text") == ["Words in a paragraph"]


def test_an_anchor_in_a_line_leads_to_its_address(book: Book) -> None:
    source = '# Chapter\n\n{.slide}\n## Links\n\n{.slide}\nSee <a href="https://example.org/x">this *page*</a>.\n'
    slide = book.build(source, "--to", "pptx").deck().slides[-1]
    runs = [run for s in slide.shapes if s.name == "Text" for p in s.text_frame.paragraphs for run in p.runs]
    assert [(run.text, run.hyperlink.address) for run in runs] == [
        ("See ", None),
        ("this ", "https://example.org/x"),
        ("page", "https://example.org/x"),
        (".", None),
    ]


DRAWN = """# Chapter

{.slide}
## Circle

{.slide}
```{raw} html
<svg width="300" height="200" xmlns="http://www.w3.org/2000/svg"><circle cx="100" cy="100" r="80"/></svg>
```

{.slide}
A dot <svg width="12" height="12" xmlns="http://www.w3.org/2000/svg"><circle cx="6" cy="6" r="5"/></svg> in a line.
"""


def test_a_drawing_in_html_is_a_picture_on_its_slide(book: Book) -> None:
    result = book.build(DRAWN, "--to", "pptx")
    assert result.status == 0
    assert (
        result.errors.count("WARNING") == result.errors.count("chapter.md:12: WARNING: the drawing in this line") == 1
    )
    assert [shape.name for shape in result.deck().slides[-1].shapes].count("Picture") == 1


RUBY = """# Chapter

{.slide}
## Kanji

{.slide}
<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>

{.slide}
In a line <ruby>犬<rt>いぬ</rt></ruby> and <ruby>猫<rp>[</rp><rt>ねこ</rt><rp>]</rp></ruby>
"""


def test_readings_stand_in_parentheses_behind_their_words(book: Book) -> None:
    words = texts_of(book.build(RUBY, "--to", "pptx").deck().slides[-1], "Text")
    assert "\n".join(words).split("\n") == ["漢(かん)字(じ)", "In a line 犬(いぬ) and 猫(ねこ)"]


FIGURES = """# Chapter

{.slide}
## Finds

{.slide}
<figure><a href="x"><img src="a.png" alt="A coin"></a><figcaption>Found in <b>1937</b></figcaption></figure>

{.slide}
<table><caption>Weights</caption><tr><th>Coin</th></tr><tr><td>12 g</td></tr></table>
"""


def test_captions_of_html_belong_to_their_pictures_and_tables(book: Book) -> None:
    Image.new("RGB", (40, 30)).save(book.folder / "a.png")
    result = book.build(FIGURES, "--to", "pptx")
    assert result.status == 0, result.errors
    slide = result.deck().slides[1]
    assert texts_of(slide, "Caption") == ["Found in 1937", "Weights"]
    assert texts_of(slide, "Text") == []
