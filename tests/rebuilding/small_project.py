"""A project that is small, and in which every kind of input has two or more contents that show in its outputs."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image

from builder.pptx.template.reading import BUILT_IN
from builder.typeset.fonts import font_file

CONF = """
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import words

project = "Small"
author = "A. Author"
copyright = "2026, A. Author"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath"]
bibtex_bibfiles = ["works.bib"]
numfig = True
html_theme = "basic"
html_static_path = ["static"]
html_css_files = ["own.css"]
html_logo = "logo.png"
templates_path = ["templates"]
exclude_patterns = ["_build", "part.md"]
builder_template = "print/look.typ"
builder_fonts = "fonts"
builder_body_font = "Test Face"


def handle(app, docname, source):
    source[0] = source[0].replace("WORD", "a word of conf.py").replace("OTHER", words.other())


def setup(app):
    app.connect("source-read", handle)
"""
INDEX = "# Small\n\n```{toctree}\n:numbered:\n\none\ntwo\n```\n"
ONE = """(one)=
# First

{.slide}
## Begin

[A point of it]{.point}, WORD and OTHER, as {cite:p}`able` says, and {numref}`figure`; see {ref}`two`. $a + b$

```{figure} figure.png
:name: figure
:alt: A box
:class: slide

A box
```

```{include} part.md
```
"""
TWO = """(two)=
# Second

{.slide}
## Numbers

```{chart} data/rows.csv
:x: year
:y: count
:alt: Bars
:class: slide

Bars
```

```{csv-table} Rows
:file: data/rows.csv
:header-rows: 1
```

```{literalinclude} code.py
```

<img src="raw.png" alt="raw">

{download}`rows <data/rows.csv>`

```{bibliography}
```
"""
LECTURES = '[[lecture]]\nname = "a"\ntitle = "Lecture A"\ndocuments = ["one", "two"]\ntemplate = "own.pptx"\n'
BIB = "@book{able, author = {Able, Ann}, title = {A Title}, publisher = {P}, year = {1999}}\n"
LAYOUT = '{%% extends "!layout.html" %%}{%% block footer %%}%s{%% endblock %%}\n'


def box(colour: str) -> bytes:
    """A picture of one colour, of the same size for all."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(out, "BMP")
    content = io.BytesIO()
    Image.open(io.BytesIO(out.getvalue())).save(content, "PNG", compress_level=0)
    return content.getvalue()


@cache
def face(wider: int) -> bytes:
    """A font that is found in the author's folder only, with letters set wider by so many units."""
    with TTFont(font_file("Arimo")) as font:
        for record in font["name"].names:
            if record.nameID in (1, 4, 6, 16):
                record.string = "TestFace" if record.nameID == 6 else "Test Face"
        for letter in "eton":
            name = font.getBestCmap()[ord(letter)]
            font["hmtx"][name] = (font["hmtx"][name][0] + wider, font["hmtx"][name][1])
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


@cache
def contents() -> dict[str, list[bytes]]:
    """Name of each file → what it may hold, the first as the project begins."""
    texts = {
        "conf.py": [CONF, CONF.replace("a word of conf", "another of conf"), CONF.replace('"Small"', '"Tiny!"'), f"{CONF}# seen\n", CONF.replace('html_theme = "basic"', 'html_theme = "basic"\nlanguage = "de"\nhtml_theme_options = {"nosidebar": True}')],
        "words.py": ["def other():\n    return 'one'\n", "def other():\n    return 'two'\n"],
        "index.md": [INDEX, INDEX.replace("one\ntwo", "two\none"), INDEX.replace("# Small", "# Large")],
        "one.md": [ONE, ONE.replace("A point of it", "A piece of it"), ONE.replace("# First", "# Prime"), ONE.replace("## Begin", "## Before\n\nWords.\n\n{.slide}\n## Begin"), ONE.replace(":class: slide\n", "")],
        "two.md": [TWO, TWO.replace("## Numbers", "## Figures"), TWO.replace("<img", "Text.\n\n<img")],
        "part.md": ["Words of a part.\n", "Terms of a part.\n"],
        "code.py": ["first = 1\n", "third = 3\n"],
        "data/rows.csv": ["year,count\n1937,10\n1938,20\n", "year,count\n1937,10\n1938,31\n", "year,count\n1937,10\n"
                                                                                              "1938,20\n1939,5\n"],
        "works.bib": [BIB, BIB.replace("1999", "2001"), BIB.replace("A Title", "B Title")],
        "slides/lectures.toml": [LECTURES, LECTURES.replace("Lecture A", "Lecture B"), LECTURES.replace('"one", "two"', '"two"')],
        "print/look.typ": ["", "#let unused = 1\n", '#let heading-colour = rgb("#123456")\n'],
        "static/own.css": ["p { color: red }\n", "p { color: tan }\n"],
        "templates/layout.html": [LAYOUT % "one", LAYOUT % "two"],
    }  # fmt: skip
    found = {name: [text.encode() for text in several] for name, several in texts.items()}
    for name in ("figure.png", "raw.png", "logo.png"):
        found[name] = [box("#884400"), box("#004488")]
    found["fonts/face.ttf"] = [face(0), face(80)]
    found["slides/own.pptx"] = [(BUILT_IN / f"{name}.pptx").read_bytes() for name in ("plain", "seminar")]
    return found


MAY_GO = ("raw.png", "part.md", "code.py", "static/own.css", "templates/layout.html")
"""Files without which the project is built all the same, with warnings."""
MAY_COME = {
    "new.md": b"# New\n\n{.slide}\n## Now\n\n[A new point]{.point} of it.\n",
    "static/more.css": b"b { color: red }\n",
    "print/more.typ": b"",
    "two.txt": b"Nothing.\n",
}
"""Files that nothing names."""


def write_project(folder: Path) -> None:
    """The project as it begins."""
    for name, several in contents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(several[0])
