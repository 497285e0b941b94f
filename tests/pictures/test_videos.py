"""Films on the web, by their address: a still that is a link, and their title; nothing is fetched."""

from __future__ import annotations

import pikepdf
import pytest

from builder.pptx.package.conform import problems
from builder.source.videos import video_at

from conftest import CONF, PNG, SVG, Book
from pdf_text import pages_of

FRAME = '<iframe width="560" src="https://www.youtube.com/embed/dQw4w9WgXcQ?start=12" title="A talk"></iframe>'
WATCHED = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=12s"


def links_of(slide) -> list[str]:
    return sorted({relationship.target_ref for relationship in slide.part.rels.values() if relationship.is_external})


@pytest.mark.parametrize(
    "html", [FRAME, f"<p>{FRAME}</p>", f"{{.slide}}\n{FRAME}", FRAME.replace(" title=", " aria-label=")]
)
def test_its_still_is_a_link_on_the_slide_and_in_print(book: Book, html: str) -> None:
    result = book.build(f"# Chapter\n\n## Section\n\n{html}\n", "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    assert result.errors == ""
    assert problems(result.pptx()) == []
    slide = result.deck().slides[1]
    [still] = [shape for shape in slide.shapes if shape.name == "Picture"]
    assert still._element.nvPicPr.cNvPr.get("descr") == "▶ A talk"
    assert links_of(slide) == [WATCHED]
    with pikepdf.open(result.pdf) as pdf:
        found = {str(one.A.URI) for page in pdf.pages for one in page.get("/Annots", []) if "/A" in one}
    assert WATCHED in found


def test_its_title_stands_below_it_in_the_text(book: Book) -> None:
    result = book.build(f"# Chapter\n\n## Section\n\nBefore.\n\n{FRAME}\n\nBehind.\n", "--to", "pdf,pptx")
    captions = [shape.text_frame.text for shape in result.deck().slides[1].shapes if shape.name == "Caption"]
    assert captions == ["A talk · YouTube"]
    text = " ".join(pages_of(result.pdf))
    assert text.index("Before.") < text.rindex("A talk · YouTube") < text.index("Behind.")


def test_the_web_page_plays_it(book: Book) -> None:
    book.build(f"# Chapter\n\n{FRAME}\n", "--to", "html")
    assert FRAME in (book.folder / "_build/html/chapter.html").read_text()


FILMS = """
from docutils import nodes
from docutils.parsers.rst import Directive


class video_node(nodes.General, nodes.Element):
    pass


class Video(Directive):
    required_arguments = 1
    option_spec = {"caption": str, "class": str}

    def run(self):
        address = self.arguments[0]
        given = {"alt": "", "poster": "", "caption": self.options.get("caption", ""),
                 "klass": self.options.get("class", "")}
        return [video_node(sources=[(address, "video/mp4", "://" in address)], **given)]


def setup(app):
    app.add_node(video_node, html=(lambda *_: None, lambda *_: None))
    app.add_directive("video", Video)
"""
"""Films with the node that sphinxcontrib-video leaves."""


def test_films_of_sphinxcontrib_video(book: Book) -> None:
    book.write("films_of_video.py", FILMS)
    extended = CONF.replace('["myst_parser"]', '["myst_parser", "films_of_video"]')
    book.write("conf.py", f"import sys\nsys.path.insert(0, {str(book.folder)!r})\n{extended}")
    book.write("a.mp4", b"a film")
    marked = "```{{video}} {}\n:caption: {}\n:class: slide\n```\n"
    films = marked.format("a.mp4", "A bridge") + marked.format("https://example.org/b.mp4", "A river")
    result = book.build(f"# Chapter\n\n## Section\n\n{films}\n```{{video}} c.mp4\n```\n", "--to", "pdf,pptx")
    assert result.errors.count("WARNING") == 1
    assert "chapter.md:14: WARNING: the film '/c.mp4' does not exist" in result.errors
    [slide] = list(result.deck().slides)[1:]
    assert any(relationship.reltype.endswith("/video") for relationship in slide.part.rels.values())
    assert "https://example.org/b.mp4" in links_of(slide)
    text = " ".join(pages_of(result.pdf))
    assert text.index("A bridge") < text.index("A river · example.org") < text.index("c.mp4")


@pytest.mark.parametrize(
    ("directive", "address"),
    [
        ("youtube} dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("vimeo} 123456789", "https://vimeo.com/123456789"),
        ("peertube} abcdef12\n:instance: tube.example.org", "https://tube.example.org/w/abcdef12"),
    ],
)
def test_directives_of_films(book: Book, directive: str, address: str) -> None:
    pytest.importorskip("sphinxcontrib.youtube")
    book.write("conf.py", CONF.replace('["myst_parser"]', '["myst_parser", "sphinxcontrib.youtube"]'))
    result = book.build(f"# Chapter\n\n## Section\n\n```{{{directive}\n```\n", "--to", "pptx")
    assert result.status == 0, result.errors
    assert links_of(result.deck().slides[1]) == [address]


def test_an_author_may_have_a_still(book: Book) -> None:
    book.write("conf.py", f"{CONF}builder_video_stills = {{'dQw4w9WgXcQ': 'still.png'}}\n")
    book.write("still.png", PNG)
    source = f"# Chapter\n\n## Section\n\n{FRAME}\n"
    slide = book.build(source, "--to", "pptx").deck().slides[1]
    [still] = [shape for shape in slide.shapes if shape.name == "Picture"]
    assert still.image.blob == PNG
    book.write("still.png", PNG[:20])
    assert "the picture" in book.build(source, "--to", "pptx").errors


@pytest.mark.parametrize(
    ("address", "watched"),
    [
        ("//www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?t=9s", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=9s"),
        ("https://player.vimeo.com/video/76979871?h=1", "https://vimeo.com/76979871"),
        ("https://peer.tube/videos/embed/9c9de5e8-0a1e", "https://peer.tube/w/9c9de5e8-0a1e"),
        ("https://www.youtube.com/embed/videoseries?list=PL1", None),
        ("https://example.org/embed/dQw4w9WgXcQ", None),
        ("film.html", None),
        ("", None),
        ("http://[bad", None),
    ],
)
def test_where_a_frame_is_watched(address: str, watched: str | None) -> None:
    video = video_at(address)
    assert (video.address if video else None) == watched


def test_a_picture_that_is_a_link_is_one_on_the_slide(book: Book) -> None:
    book.write("pic.svg", SVG)
    source = "# Chapter\n\n## Section\n\n```{image} pic.svg\n:target: https://example.org/shop\n:alt: A shop\n```\n"
    assert links_of(book.build(source, "--to", "pptx").deck().slides[1]) == ["https://example.org/shop"]
