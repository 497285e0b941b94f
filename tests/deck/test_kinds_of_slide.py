"""``:layout:``: full-bleed pictures, layouts of the template by name, and what is said when there is none."""

from __future__ import annotations

from pptx.oxml.ns import qn

from builder.pptx.package.conform import problems

from conftest import PNG, Book, titles


def slide_with(layout: str, body: str) -> str:
    return f"# Chapter\n\n## Section\n\n```{{slide}} A title\n:layout: {layout}\n\n{body}\n```\n"


def texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_full_bleed_picture_fills_the_slide_and_is_cut_to_its_shape(book: Book) -> None:
    book.write("pic.png", PNG)  # 4 × 2 pixels: wider than the slide
    result = book.build(slide_with("full-bleed", "![A field](pic.png)"), "--to", "pptx")
    assert result.status == 0, result.errors
    deck = result.deck()
    slide = deck.slides[1]
    picture, band, title = slide.shapes
    assert (picture.left, picture.top, picture.width, picture.height) == (0, 0, deck.slide_width, deck.slide_height)
    assert picture.crop_left == picture.crop_right == 0.05556
    assert picture.crop_top == 0
    assert band.top + band.height == deck.slide_height
    assert band.top < title.top < band.top + band.height
    assert titles(deck)[1] == "A title"
    assert problems(result.pptx()) == []


def test_a_full_bleed_slide_with_more_than_a_picture_has_the_usual_layout(book: Book) -> None:
    book.write("pic.png", PNG)
    result = book.build(slide_with("full-bleed", "![A field](pic.png)\n\n- and a point\n\n> and more"), "--to", "pptx")
    assert result.status == 0
    assert "chapter.md:5: WARNING: a full-bleed slide shows one picture and words on it" in result.errors
    assert "and a point" in texts(result.deck().slides[1])


def test_what_a_layout_of_the_template_has_no_room_for_has_the_usual_layout(book: Book) -> None:
    points = "".join(f"- a point of some length, number {n}\n" for n in range(14))
    result = book.build(slide_with("two content", points), "--to", "pptx")
    assert result.status == 0
    assert "chapter.md:5: WARNING: the point 'a point of some length, number 0…' does not fit in the" in result.errors
    assert "number 13" in str([texts(slide) for slide in result.deck().slides])


def test_a_layout_of_the_template_is_asked_for_by_its_name(book: Book) -> None:
    book.write("pic.png", PNG)
    deck = book.build(slide_with("two content", "- left\n\n![Right](pic.png)"), "--to", "pptx").deck()
    slide = deck.slides[1]
    assert slide.slide_layout.name == "Two Content"
    body = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 1)
    picture = next(shape for shape in slide.shapes if shape._element.tag == qn("p:pic"))
    assert body.text_frame.text == "left"
    assert picture.left > body.left + body.width


def test_a_layout_that_is_not_there_lists_those_that_are(book: Book) -> None:
    result = book.build(slide_with("Sidewise", "- left"), "--to", "pptx")
    assert result.status == 1
    assert "chapter.md:5: ERROR: there is no layout 'Sidewise'; write one of title, section, bullets" in result.errors
    assert "'Title Slide', 'Section Header', 'Title and Content', 'Two Content', 'Comparison'" in result.errors


def test_a_picture_alone_in_its_paragraph_is_a_picture(book: Book) -> None:
    book.write("pic.png", PNG)
    deck = book.build("# Chapter\n\n## Section\n\n![A field](pic.png)\n\nText.\n", "--to", "pptx").deck()
    slide = next(slide for slide in deck.slides if slide.shapes.title.text_frame.text == "Section")
    assert any(shape._element.tag == qn("p:pic") for shape in slide.shapes)
