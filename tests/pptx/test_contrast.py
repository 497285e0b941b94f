"""Every text of every deck can be read on the ground that it stands on: 4.5 to 1, whatever its size."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from contrasts import Shown, texts_of
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.util import Inches

from builder.pptx.template.colours import Colours
from builder.pptx.template.reading import BUILT_IN
from builder.pptx.template.tables import medium_style
from builder.typeset.contrast import LEAST, contrast

from conftest import PNG, Book, Once

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted(path.stem for path in BUILT_IN.glob("*.pptx"))
DEEP = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.SUBTITLE)
"""Placeholders whose text may have points below points."""
DATA = "who,count,other\nA,20,5\nB,30,8\n"
CHAPTER = """# One

```{slide} Points and a note
```

- [A point with `code` and a](#wells) [link](https://example.org){.point}
- [Another]{.point}

{.slide}
## Wells

{.slide}
```{note}
Something else.
```

{.slide}
```python
def f(x: int) -> str:
    return "a string" + str(42)  # a comment
```

```{code-block} python
:class: slide
:emphasize-lines: 1
for year in range(1937, 1940):  # lit
    print("dark")
```

{.slide}
> A quotation.
>
> -- Somebody

{.slide}
| a | b |
|---|---|
| 1 | 2 |
| 3 | 4 |

```{slide} Two sides
:layout: comparison

**Left**
: one

**Right**
: two
```

```{chart} d.csv
:x: who
:y: count, other
:class: slide

A chart
```

```{chart} d.csv
:x: who
:y: count
:type: pie
:class: slide

A pie
```

```{figure} a.png
:alt: A picture
:class: slide

A caption with $x^2$
```

```{slide} Over a picture
:layout: full-bleed

![alt](a.png)
```

$$
x = \\frac{1}{2}
$$ (eq-one)
"""


def poor(deck: bytes) -> list[Shown]:
    """The texts of a deck that cannot be read."""
    return [shown for shown in texts_of(deck) if shown.contrast < LEAST]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_place_of_every_layout_of_ours(name: str) -> None:
    presentation = Presentation(str(BUILT_IN / f"{name}.pptx"))
    for layout in presentation.slide_layouts:
        slide = presentation.slides.add_slide(layout)
        there = {shape.placeholder_format.idx for shape in slide.placeholders}
        for shape in layout.placeholders:
            if shape.placeholder_format.idx not in there:
                slide.shapes._spTree.append(deepcopy(shape._element))
        for shape in slide.placeholders:
            if shape.has_text_frame:
                shape.text_frame.text = "Words"
                deepest = 5 if shape.placeholder_format.type in DEEP else 1
                for level in range(1, deepest):
                    paragraph = shape.text_frame.add_paragraph()
                    paragraph.text, paragraph.level = "Words", level
    out = io.BytesIO()
    presentation.save(out)
    found = texts_of(out.getvalue())
    assert len(found) > 3 * len(presentation.slide_layouts)
    assert [shown for shown in found if shown.contrast < LEAST] == []


@pytest.mark.parametrize("ground", ["dk2", "101010", "lt1"])
@pytest.mark.parametrize("name", ["plain", "dark"])
def test_the_ground_that_a_slide_asks_for(book: Book, name: str, ground: str) -> None:
    """Titles and points were near-black on dark blue."""
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(f"builder_deck = {{'template': '{name}'}}\n")
    result = book.build(f"# One\n\n```{{slide}} Vote!\n:background: {ground}\n\n- One point\n  - below it\n```\n")
    assert result.status == 0, result.errors
    found = texts_of(result.pptx())
    assert {"Vote!", "One point"} <= {shown.text for shown in found}
    assert [shown for shown in found if shown.contrast < LEAST] == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.endswith("4x3")])
def test_every_kind_of_block(book: Book, name: str) -> None:
    book.write("d.csv", DATA)
    book.write("a.png", PNG)
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(f'builder_deck = {{"template": "{name}"}}\n')
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    found = texts_of(result.pptx())
    words = " ".join(shown.text for shown in found)
    assert all(one in words for one in ("Something else.", "A caption with", "(labels of", "Over a picture", "def"))
    assert [shown for shown in found if shown.contrast < LEAST] == []


def build_lectures(folder: Path, *options: str) -> list[Path]:
    """The decks of this repository's lectures."""
    if not (folder / "book").exists():
        for name in ("book", "slides"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "conf.py", folder)
    command = [sys.executable, "-m", "builder", "build", "-q", "--to", "pptx", *options]
    subprocess.run(command, cwd=folder, check=True, timeout=300)
    return sorted((folder / "_build/slides").glob("*.pptx"))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.endswith("4x3")])
def test_the_lectures_of_this_book(once: Once, tmp_path: Path, name: str) -> None:
    read = once("lectures of this book", build_lectures)
    folder = shutil.copytree(read, tmp_path / "a book")
    decks = build_lectures(folder, "--template", name)
    assert len(decks) == 6
    assert {deck.stem: poor(deck.read_bytes()) for deck in decks} == {deck.stem: [] for deck in decks}


def drawn(fill: RGBColor | None, ink: RGBColor, *, on_picture: bool = False) -> list[str]:
    """The texts that are found to be poor on a slide with a box of a fill and an ink."""
    presentation = Presentation(str(BUILT_IN / "plain.pptx"))
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    if on_picture:
        slide.shapes.add_picture(io.BytesIO(PNG), 0, 0, presentation.slide_width, presentation.slide_height)
    box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(2), Inches(3), Inches(4), Inches(1))
    box.text_frame.text = "Words"
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = ink
    box.line.fill.background()
    if fill is None:
        box.fill.background()
    else:
        box.fill.solid()
        box.fill.fore_color.rgb = fill
    out = io.BytesIO()
    presentation.save(out)
    return [shown.text for shown in poor(out.getvalue())]


def test_words_that_cannot_be_read_are_found() -> None:
    grey, dark, white = RGBColor(150, 150, 150), RGBColor(30, 30, 30), RGBColor(255, 255, 255)
    assert drawn(None, grey) == ["Words"], "grey on the ground of the slide"
    assert drawn(dark, grey) == []
    assert drawn(dark, dark) == ["Words"], "on the fill of its box"
    assert drawn(None, white, on_picture=True) == ["Words"], "a picture may be light"
    assert drawn(dark, white, on_picture=True) == []


@pytest.mark.parametrize(
    ("accent", "ink"), [("#4472C4", "FFFFFF"), ("#4F81BD", "000000"), ("#5B9BD5", "000000"), ("#1F3864", "FFFFFF")]
)
def test_heads_of_tables_in_the_usual_style_have_the_contrast_of_text(accent: str, ink: str) -> None:
    look = medium_style(Colours({"dk1": "#000000", "lt1": "#FFFFFF", "accent1": accent}, {}))
    assert (look.head, contrast(f"#{ink}", accent) >= LEAST) == (ink, True)
