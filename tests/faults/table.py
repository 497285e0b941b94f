"""Small faults, one a row: what is written, and what the web page, the printed page and the slide show, what is
reported, the exit status.

``docs/faults.md`` is written from this table, and `test_faults.py` builds each row.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field

from faults.drawn_files import NOISE, PNG, picture, png_of

FIGURE = "```{{figure}} {0}\n:class: slide\n:alt: A hill\n\nThe hill\n```\n"
"""A figure that is marked for the slide."""
PLAIN = "```{{figure}} {0}\n:alt: A hill\n\nThe hill\n```\n"
"""A figure that is in the book only."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: ``name`` in a few words, the ``source`` below a heading and a sound point, and the ``files``
    beside it.

    ``web``, ``page`` and ``slide`` are words for people: what stands in its place. ``shown`` are words that stand on
    the slide or in the PDF instead, ``message`` a part of what is reported, '' where nothing is; ``status`` is the exit
    status. ``line`` is that of the message, in the chapter, unless ``place`` is another file and line; ``conf`` is
    added to ``conf.py``.
    """

    name: str
    source: str
    page: str
    slide: str
    web: str = "as the browser shows it"
    message: str = ""
    status: int = 0
    line: int = 8
    on_page: str = ""
    on_slide: str = ""
    files: dict[str, str | bytes] = field(default_factory=dict)
    conf: str = ""
    place: str = ""


def wide_table(columns: int, indent: str) -> str:
    """A pipe table of many columns, each line of it behind an indent."""
    rows = (
        " | ".join(f"column{number}" for number in range(columns)),
        "---|" * columns,
        " | ".join(["1234567890"] * columns),
    )
    return "".join(f"{indent}| {row.rstrip('|')} |\n" for row in rows)


def not_shown(name: str, file: str, content: bytes | str | None, message: str) -> Fault:
    """A picture that is marked and cannot be shown: the mark stands in its place everywhere, and the status is 1."""
    return Fault(
        name, FIGURE.format(file), page="a frame with its description and name", slide="the same frame", web="as the browser shows it",
        message=message, status=1, on_slide="A hill", on_page=f"A hill {file}", files={} if content is None else {file: content},
    )  # fmt: skip


def cut_short(name: str, file: str, content: bytes) -> Fault:
    """A picture of which a part is shown, and that is told."""
    return Fault(
        name, FIGURE.format(file), page="what is there of it", slide="the same", message=f"the picture '{file}' is cut short",
        files={file: content}, on_slide="A hill",
    )  # fmt: skip


def converted(name: str, file: str, content: bytes) -> Fault:
    """A picture that is shown after it was converted; nothing is reported."""
    return Fault(
        name, FIGURE.format(file), page="the picture", slide="the picture", files={file: content}, on_slide="A hill"
    )


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'
KINDS = {"TIFF": "tiff", "BMP": "bmp", "AVIF": "avif", "WEBP": "webp", "ICO": "ico", "GIF": "gif", "JPEG2000": "jp2", "PPM": "ppm"}  # fmt: skip
HEAD = "# Chapter\n\n{.slide}\n## Part\n\nA [sound point]{.point} here.\n\n"
"""What stands before the ``source`` of each row."""

FAULTS: tuple[Fault, ...] = (
    Fault(
        "A slide with an option that there is not",
        "```{slide}\n:colour: red\n```\n",
        page="nothing",
        slide="the slide without the option",
        web="nothing",
        message="a slide has no option ':colour:'",
        status=1,
    ),
    Fault(
        "A formula that cannot be set",
        "$$\n\\brokn{a}\n$$\n",
        page="its LaTeX",
        slide="nothing, since it is not marked",
        web="what MathJax shows",
        message="cannot be set, so its source is shown",
        on_page=r"\brokn{a}",
    ),
    not_shown(
        "A picture that is missing", "nowhere.png", None, "the picture 'nowhere.png' does not exist; paths start at"
    ),
    Fault(
        "A picture whose name is longer than files have",
        FIGURE.format("n" * 300 + ".png"),
        page="a frame with its description and name",
        slide="the same frame",
        web="nothing",
        message="does not exist; paths start at",
        status=1,
        on_slide="A hill",
        on_page="A hill nnn",
    ),
    Fault(
        "A picture that is missing and not marked",
        PLAIN.format("nowhere.png"),
        page="a frame with its description and name",
        slide="nothing, since it is not marked",
        message="the picture 'nowhere.png' does not exist",
        on_page="A hill nowhere.png",
    ),
    Fault(
        "A picture that is named in the wrong case",
        FIGURE.format("hill.png"),
        page="a frame with its description and name",
        slide="the same frame",
        message="the picture 'hill.png' does not exist; write 'Hill.PNG', as the file is named",
        status=1,
        on_slide="A hill",
        on_page="A hill hill.png",
        files={"Hill.PNG": PNG},
    ),
    Fault(
        "A picture that is missing in a line of text",
        "A line ![an icon](nowhere.png) in it.\n",
        page="its description",
        slide="nothing, since it is not marked",
        message="the picture 'nowhere.png' does not exist",
        on_page="A line an icon in it.",
    ),
    not_shown("A file of no bytes", "hill.png", b"", "the picture 'hill.png' is empty (0 bytes)"),
    not_shown(
        "Text that is named as a picture",
        "hill.png",
        "not a picture",
        "the picture 'hill.png' is a text file, and no picture",
    ),
    not_shown(
        "A web page that is named as a picture",
        "hill.png",
        "<!DOCTYPE html><p>404</p>",
        "is a web page (HTML), and no picture",
    ),
    not_shown("A pointer of Git LFS", "hill.png", "version https://git-lfs.github.com/spec/v1\n", "run 'git lfs pull'"),
    not_shown("A picture that is damaged", "hill.png", PNG[:30], "the picture 'hill.png' is damaged"),
    not_shown(
        "A picture of too many pixels",
        "hill.png",
        PNG[:16]
        + b"\0\1\0\0\0\1\0\0"
        + PNG[24:29]
        + zlib.crc32(PNG[12:16] + b"\0\1\0\0\0\1\0\0" + PNG[24:29]).to_bytes(4, "big")
        + PNG[33:],
        "more pixels than can be drawn",
    ),
    not_shown(
        "A kind of picture that nothing draws",
        "hill.heic",
        b"\0\0\0\x18ftypheic" + b"\0" * 40,
        "is of the kind HEIC, which nothing here can draw",
    ),
    not_shown(
        "An SVG that is not well-formed",
        "hill.svg",
        "<svg><rect></svg",
        "is an SVG file that cannot be read: expected '>' in its line 1",
    ),
    not_shown(
        "An SVG whose entities multiply",
        "hill.svg",
        '<!DOCTYPE svg [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
        + "]>"
        + SVG.format("<text>&h;</text>"),
        "is an SVG file that cannot be read",
    ),
    not_shown("A PDF figure that is damaged", "hill.pdf", b"%PDF-1.4\nbroken", "is a PDF file that cannot be drawn"),
    Fault(
        "A picture at a web address",
        FIGURE.format("https://example.org/hill.png"),
        page="a frame with its description and address",
        slide="the same frame",
        message="the picture 'https://example.org/hill.png' is on the web and not in the book",
        status=1,
        on_slide="A hill",
        on_page="A hill https://example.org/hill.png",
    ),
    Fault(
        "A badge: a picture at a web address that is a link of its own",
        "{.slide}\n[![Launch it](https://example.org/badge.svg)](https://example.org/launch)\n",
        page="its description, or the host that it leads to, as a link",
        slide="the same",
        message="the picture 'https://example.org/badge.svg' is on the web and not in the book; save it in the book's folder and name it here. Its link stands in its place, as 'Launch it'.",
        on_page="Launch it",
        on_slide="Launch it",
        line=9,
    ),
    Fault(
        "A picture that is a folder",
        FIGURE.format("hill"),
        page="a frame with its description and name",
        slide="the same frame",
        message="the picture 'hill' is a folder",
        status=1,
        on_slide="A hill",
        on_page="A hill hill",
        files={"hill/readme.txt": "x"},
    ),
    Fault(
        "An SVG with text as HTML in it",
        FIGURE.format("hill.svg"),
        page="the picture without that text",
        slide="the same",
        message="has text as HTML in it (foreignObject)",
        files={
            "hill.svg": SVG.format(
                '<foreignObject width="9" height="9"><p '
                'xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><path d="M0 0L9 9z"/>'
            )
        },
        on_slide="A hill",
    ),
    cut_short("A picture that is cut short", "hill.jpg", NOISE[: len(NOISE) // 2]),
    cut_short("A PNG whose rows are no data", "hill.png", png_of(b"no data")),
    cut_short("A PNG that lacks rows", "hill.png", png_of(zlib.compress(b"\0" * 20))),
    converted("A PNG that is named as a JPEG", "hill.jpg", PNG),
    converted("A JPEG that is named as a PNG", "hill.png", picture("JPEG")),
    *(converted(f"A picture of the kind {kind}", f"hill.{ending}", picture(kind)) for kind, ending in KINDS.items()),
    converted("A PDF figure", "hill.pdf", picture("PDF")),
    converted("A JPEG in the colours of a printing press", "hill.jpg", picture("JPEG", mode="CMYK")),
    converted("A picture of sixteen bits", "hill.png", picture("PNG", mode="I;16")),
    converted("An SVG with scripts", "hill.svg", SVG.format("<script>alert(1)</script><path d='M0 0L9 9z'/>").encode()),
    converted("An SVG in UTF-16", "hill.svg", SVG.format("<path d='M0 0L9 9z'/>").encode("utf-16")),
    converted(
        "An SVG that does not say how large it is",
        "hill.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="40" height="20"/></svg>',
    ),
    Fault(
        "A picture in the address itself",
        "```{image} data:image/png;base64," + base64.b64encode(PNG).decode() + "\n:alt: A hill\n:class: slide\n```\n",
        page="the picture",
        slide="the picture",
        on_slide="A hill",
    ),
    Fault(
        "A picture in the address itself, in HTML",
        '<img src="data:image/png;base64,' + base64.b64encode(PNG).decode() + '" alt="A hill">\n',
        page="the picture",
        slide="nothing, since it is not marked",
    ),
    Fault(
        "A damaged picture in the address itself",
        '<img src="data:image/png;base64,iVBO" alt="A hill">\n\n<img src="data:image/png;base64,iVBOR" alt="A dale">\n',
        page="two quiet frames",
        slide="nothing, since they are not marked",
        message="data:image/png",
    ),
    Fault(
        "A frame with a page of the project",
        '<iframe src="page.html" title="A map"></iframe>\n',
        page="its title and name in a quiet frame",
        slide="nothing, since it is not marked",
        web="the page",
        on_page="A map (page.html)",
        files={"page.html": "<p>x</p>"},
    ),
    Fault(
        "An object that is a PDF file",
        '<object data="plan.pdf"></object>\n',
        page="its first page",
        slide="nothing, since it is not marked",
        web="the file",
        files={"plan.pdf": picture("PDF")},
    ),
    Fault(
        "A picture that is embedded",
        '<embed src="plan.tiff">\n',
        page="the picture",
        slide="nothing, since it is not marked",
        files={"plan.tiff": picture("TIFF")},
    ),
    Fault(
        "An object that is not there",
        '<object data="plan.xyz"></object>\n',
        page="its name in a quiet frame",
        slide="nothing, since it is not marked",
        web="nothing",
        on_page="plan.xyz",
    ),
    *(
        Fault(
            f"A table that is too wide {where}",
            source.format(wide_table(16, indent)),
            page="some columns after the others, each time with the first one",
            slide="nothing, since it is not marked",
            web="the table, which scrolls",
            on_page="column15 1234567890",
        )
        for where, indent, source in (
            ("in the text", "", "{}"),
            ("in a list", "  ", "- item\n\n{}"),
            ("in a note", "", ":::{{note}}\n{}:::\n"),
            ("in a quotation", "> ", "{}"),
            ("in a footnote", "    ", "See.[^a]\n\n[^a]: Note\n\n{}"),
        )
    ),
    *(
        Fault(
            f"A control character in {where}",
            source,
            page="the words without it",
            slide="the words without it",
            web="the words",
            message="no output can show this character",
            line=line,
            on_page=words,
            on_slide=shown,
            files={"hill.png": PNG},
        )
        for where, line, source, words, shown in (
            ("a heading", 8, "## A head\x0bing\n\n{.slide}\n- one\n", "ing", "ing"),
            ("a point", 8, "A [po\x01int]{.point} it is.\n", "it is.", "Po"),
            ("a formula", 8, "Then $a\ufffeb$ it is.\n", "it is.", ""),
            ("code", 10, "```{code-block} python\n:class: slide\na = '\x0c'\n```\n", "a =", "a ="),
            ("a table", 9, "{.slide}\n| a\x0bb |\n|---|\n| c\x1bd |\n", "d", "d"),
            (
                "a caption and a description",
                10,
                FIGURE.format("hill.png").replace("The hill", "The\x0b hill").replace("A hill", "A\x08 hill"),
                "hill",
                "hill",
            ),
            ("the index", 8, "```{index} foo \x02 bar\n```\n\nIt is.\n", "It is.", ""),
        )
    ),
    *(
        Fault(
            f"The option {name}, which cannot be used",
            "It is.\n",
            conf=f"{name} = {value!r}\n",
            page="the book without it",
            slide="no change",
            web="no change",
            message=message,
            status=1,
            place=f"conf.py:{line}",
            on_page="It is.",
        )
        for name, value, message, line in (
            ("builder_accent", "redd", "builder_accent is 'redd'; write a colour as", 12),
            ("builder_body_font", "No Such Font", "which is not installed; run 'pip install fontpkg-no-such-font'", 12),
            ("builder_fonts", "nowhere", "builder_fonts names the folder 'nowhere', which is not there", 12),
            ("builder_template", "nowhere.typ", "builder_template names 'nowhere.typ', which is not there", 12),
            ("builder_trim", "big", "builder_trim is 'big'; write a size", 12),
            ("builder_pdf_standards", ["1.7", "2.0"], "PDF cannot conform to PDF 1.7 and PDF 2.0 at the same time", 12),
            ("builder_margins", {"top": "wide"}, "builder_margins has 'top': 'wide'", 12),
            ("builder_deck", {"transition": "explode"}, "transition is 'explode'", 12),
        )
    ),
    *(
        Fault(
            what,
            "It is.\n",
            conf=conf,
            page="no change",
            slide="no change",
            web=web,
            message=message,
            status=0,
            place="conf.py:12",
            on_page="It is.",
        )
        for what, conf, web, message in (
            (
                "An extension that is not installed",
                'extensions += ["sphinx_nobody"]\n',
                "no change",
                "run 'pip install sphinx-nobody', or take it out of the extensions in conf.py",
            ),
            ("A theme that is not installed", 'html_theme = "nobodys"\n', "the usual theme", "it, or name another one"),
        )
    ),
    Fault(
        "A font file that is none",
        "It is.\n",
        conf="builder_fonts = 'fonts'\n",
        files={"fonts/x.ttf": "no font"},
        page="the book without it",
        slide="no change",
        web="no change",
        message="this is no font file; it is left out",
        place="x.ttf:1",
        on_page="It is.",
    ),
    Fault(
        "A slide with a background that is no colour",
        "```{slide} T\n:background: nonsense\n\n- one\n```\n",
        page="nothing",
        slide="the slide on the usual ground",
        web="nothing",
        message=":background: must be a theme colour",
        status=1,
        on_slide="one",
    ),
)
