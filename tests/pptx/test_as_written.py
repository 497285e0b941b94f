"""What is written into decks lays text out alike in PowerPoint, LibreOffice and Google Slides."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pptx
import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from builder.commands.cli import main
from builder.pptx.template.reading import BUILT_IN

from conftest import Book

DEFAULT = Path(pptx.__file__).parent / "templates/default.pptx"
SINK = Path(__file__).parent.parent / "books/kitchen-sink"
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "{}"\n'
CHAPTER = """# One

{.slide}
- A point
  - Below it
    - And below that

{.slide}
| a | b |
|---|---|
| 1 | 2 |

```{slide} Code, and a box
~~~python
print("a line of code that is longer than its slide is wide, so that it is set smaller than other code", 1, 2, 3, 4)
~~~

:::{note}
Words in a box
:::
```

```{slide} Two columns
:layout: comparison

**Left**
: one

**Right**
: two
```

```{slide} Many points
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a line of the slide
- a formula $x^2$
```

```{slide} A formula
$$ E = mc^2 $$ (energy)
```
"""


def parts_of(deck: bytes) -> dict[str, etree._Element]:
    """The slides and charts of a deck, parsed."""
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        names = [name for name in archive.namelist() if name.startswith(("ppt/slides/slide", "ppt/charts/chart"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def faults_in(deck: bytes) -> list[str]:
    """What in a deck one program shows otherwise than another."""
    found = []
    for name, root in parts_of(deck).items():
        sizes = [size for size in root.xpath("//@sz") if size.isdigit() and int(size) % 100]
        found += [f"{name}: a size of {size}" for size in sizes]
        if name.startswith("ppt/slides/"):
            found += [f"{name}: wrap" for body in root.iter(qn("a:bodyPr")) if body.get("wrap") == "none"]
            found += [f"{name}: exact lines" for _ in root.iterfind(f".//{qn('a:lnSpc')}/{qn('a:spcPts')}")]
            found += [f"{name}: scaled" for fit in root.iter(qn("a:normAutofit")) if fit.attrib]
    return found


def fractional(template: Path) -> bytes:
    """A template all of whose sizes have fractions."""
    presentation = Presentation(str(template))
    for part in [presentation.slide_master, *presentation.slide_layouts]:
        for sized in part._element.iterfind(".//*[@sz]"):
            if sized.get("sz").isdigit():
                sized.set("sz", str(int(sized.get("sz")) - 50))
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(path.stem for path in BUILT_IN.glob("*.pptx")))
def test_built_in_templates_have_whole_points(name: str) -> None:
    with zipfile.ZipFile(BUILT_IN / f"{name}.pptx") as archive:
        roots = [etree.fromstring(archive.read(part)) for part in archive.namelist() if part.endswith(".xml")]
    assert [size for root in roots for size in root.xpath("//@sz") if size.isdigit() and int(size) % 100] == []


@pytest.mark.parametrize("template", ["plain", "seminar", "dark", "theirs.pptx", "fractional.pptx"])
def test_sizes_are_whole_points_in_every_template(book: Book, template: str) -> None:
    book.write("slides/theirs.pptx", DEFAULT.read_bytes())
    book.write("slides/fractional.pptx", fractional(BUILT_IN / "plain.pptx"))
    book.write("slides/lectures.toml", LECTURE.format(template))
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    assert faults_in(result.pptx("one")) == []


def test_a_fractional_size_of_a_template_is_written_as_powerpoint_paints_it(book: Book) -> None:
    book.write("slides/fractional.pptx", fractional(BUILT_IN / "plain.pptx"))
    book.write("slides/lectures.toml", LECTURE.format("fractional.pptx"))
    points = "- A point\n  - Below it\n" * 5  # so many that type does not grow
    result = book.build(f"# One\n\n## Title\n\n{{.slide}}\n{points}", "--to", "pptx")
    slide = result.deck("one").slides[1]
    sizes = [run.font.size.pt for paragraph in slide.placeholders[1].text_frame.paragraphs for run in paragraph.runs]
    assert sizes == [22, 20] * 5
    assert slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt == 32


@pytest.mark.slow
def test_sizes_are_whole_points_in_a_book_that_has_everything(tmp_path: Path) -> None:
    shutil.copytree(SINK, tmp_path / "book")
    assert main(["build", str(tmp_path / "book"), "-q", "--to", "pptx", "-o", str(tmp_path / "out")]) == 0
    decks = list((tmp_path / "out/slides").glob("*.pptx"))
    assert decks
    assert [fault for deck in decks for fault in faults_in(deck.read_bytes())] == []
