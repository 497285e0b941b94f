"""``:reveal:``: what appears at each click, in the order that it is read."""

from __future__ import annotations

from pptx.oxml.ns import qn

from conftest import PNG, Book

SLIDE = "# Chapter\n\n## Section\n\n```{slide} Step by step\n:reveal: %s\n\n%s\n```\n"
POINTS = "- First\n  - first below\n  - second below\n    - deeper\n- Second\n- Third\n  - third below\n"


def clicks(slide) -> list[tuple[str, list[str]]]:
    """What each click shows: the name of a shape, and the paragraphs of it, none where all of it appears."""
    shapes = {str(shape.shape_id): shape for shape in slide.shapes}
    found = []
    for target in slide._element.iter(qn("p:spTgt")):
        shape = shapes[target.get("spid")]
        span = target.find(f"{qn('p:txEl')}/{qn('p:pRg')}")
        paragraphs = [paragraph.text for paragraph in shape.text_frame.paragraphs] if span is not None else []
        first, last = (int(span.get("st")), int(span.get("end"))) if span is not None else (0, -1)
        found.append((shape.name, paragraphs[first : last + 1]))
    return found


def test_sub_points_come_with_their_point_in_order(book: Book) -> None:
    slide = book.build(SLIDE % ("", POINTS), "--to", "pptx").deck().slides[1]
    assert [shown for _, shown in clicks(slide)] == [
        ["First", "first below", "second below", "deeper"],
        ["Second"],
        ["Third", "third below"],
    ]
    orders = [node.get("nodeType") for node in slide._element.iter(qn("p:cTn")) if node.get("presetID")]
    assert orders == ["clickEffect"] * 3
    built = slide._element.find(f".//{qn('p:bldP')}")
    assert built.get("build") == "p"


def test_every_paragraph_of_a_list_appears_once(book: Book) -> None:
    slide = book.build(SLIDE % ("", POINTS), "--to", "pptx").deck().slides[1]
    body = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 1)
    revealed = [paragraph for _, shown in clicks(slide) for paragraph in shown]
    assert revealed == [paragraph.text for paragraph in body.text_frame.paragraphs]


def test_blocks_appear_as_they_stand(book: Book) -> None:
    book.write("pic.png", PNG)
    slide = book.build(SLIDE % ("", POINTS + "\n![A field](pic.png)\n"), "--to", "pptx").deck().slides[1]
    shown = clicks(slide)
    assert len(shown) == 4
    assert shown[-1][1] == []
    assert "First" in shown[0][1]


def test_nothing_or_lists_alone_may_be_asked_for(book: Book) -> None:
    book.write("pic.png", PNG)
    picture = "\n![A field](pic.png)\n"
    slides = {}
    for what in ("nothing", "lists"):
        slides[what] = book.build(SLIDE % (what, POINTS + picture), "--to", "pptx").deck().slides[1]
    assert clicks(slides["nothing"]) == []
    assert [len(shown) for _, shown in clicks(slides["lists"])] == [4, 1, 2]
