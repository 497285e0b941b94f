"""Decks are valid against the schema of Office files, whatever stands on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from conftest import CONF, PNG, SVG, Book

pytestmark = pytest.mark.slow

EVERYTHING = """# Chapter

## Text

{.slide}
- one *italic* **bold** `code` H~2~O [red]{.red} <https://example.org>
  - two[^a]
- العربية and 日本語

[^a]: A note.

## Numbers

{.slide}
3. three
4. four

## A table

{.slide}
| a | b |
|---|---|
| 1 | 2 |

## Quotation

{.slide}
> Words of somebody.

## Code

{.slide}
```python
def f(x):
    return "text"  # a comment
```

```{slide} Own
:layout: comparison
:reveal:
:background: lt2

Left
: - what was said

Right
: - what was found
```

```{slide} A picture
:layout: full-bleed

![A field](pic.png)
```

```{slide} A drawing

![A field](pic.svg)
```

```{note}
:class: slide
A box.
```

<video src="film.mp4" title="A film"></video>

## Charts

"""
KINDS = ("bar", "stacked-bar", "column", "stacked-column", "line", "area", "scatter", "range")


def findings(path: Path) -> list[str]:
    """What the validator finds, but for text properties in formulas, which PowerPoint itself writes (``a:rPr`` in
    ``m:r``).
    """
    result = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(path)
    return [
        f"{error.part_uri}: {error.description} at {error.path}"
        for error in result.errors
        if not (error.node == "rPr" and "oMath" in (error.path or ""))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("template", ["course", "plain", "gallery", "seminar", "chalk", "hall", "dark", "course-4x3"])
def test_everything_is_valid(book: Book, template: str) -> None:
    book.write("conf.py", CONF.replace('"colon_fence"', '"colon_fence", "strikethrough", "html_image"'))
    book.write("pic.png", PNG)
    book.write("pic.svg", SVG)
    book.write("film.mp4", b"\x00" * 64)
    book.write("d.csv", "x,a,b\n1,10,5\n2,14,7\n")
    book.write("bounds.csv", "x,a,b\n1,10,\n2,,7\n3,5,9\n")
    book.write(
        "slides/lectures.toml",
        '[[lecture]]\nname = "all"\ntitle = "All"\ndocuments = ["chapter"]\ntemplate = '
        f'"{template}"\ntransition = "morph"\n',
    )
    charts = "".join(
        f"## {kind}\n\n```{{chart}} d.csv\n:type: {kind}\n:x: x\n:y: a, b\n:class: slide\n\nA {kind}\n```\n\n"
        for kind in KINDS
    )
    charts += "## Bounds\n\n```{chart} bounds.csv\n:type: range\n:x: x\n:y: a, b\n:class: slide\n\nBounds\n```\n"
    result = book.build(EVERYTHING + charts, "--to", "pptx")
    assert result.status == 0, result.errors
    assert findings(book.folder / "_build/slides/all.pptx") == []
