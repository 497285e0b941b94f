"""Writes docs/sentences.png: the slides that a lecturer's sentences, numbers, questions and pictures have.

Run it after a change of what these slides look like: ``python tools/make_sentence_pictures.py``. Needs pdftoppm.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from builder.commands.cli import main

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs/sentences.png"
CONF = """
project = "The book"
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
numfig = True
builder_deck = {"agenda": False, "progress": False, "references": False, "sections": "none"}
"""
CHAPTER = """# Counting

## Three counts

[An arrest, a sentence and an execution are **three different counts**, and never share an axis.]{.statement}

## The committee

[36 of 51]{.number .dots} members of the central committee were killed. Others lived.

## A sentence

{.question .minutes-4}
When is a sentence cowardice, and when is it honesty?

## Two powers

{.quotation attribution="Stalin to Genden, 15 November 1934"}
> in your country, two powers exist side by side: Genden's which is weak, and the lamas', which is strong
>
> ![A portrait](tall.png)

## The rising

[The rising spread over six provinces.]{.assertion} See the picture.

{.slide}
![A map](wide.png)

## Two explanations

:::::{columns}
:class: slide
::::{column} Said then
- Inspired from outside
- Led by feudal lords
::::
::::{column} Found in archives
- A civil war that the left course caused
- No proof of foreign help
::::
:::::

## Ways to remember

```{slide} Four ways to remember
:layout: grid

![A museum](wide.png)

![A monument](tall.png)

![A grave](wide.png)

![A day](tall.png)
```

```{slide} Before and after
:layout: before-after

**1937**

![Before](wide.png)

**1939**

![After](tall.png)
```

```{slide} The monastery stood for two hundred years
:layout: full-bleed

It was pulled down in 1938.

![A monastery](wide.png)
```
"""
COLUMNS, WIDTH, GAP = 3, 420, 12


def draw(path: Path, size: tuple[int, int], colours: tuple[str, str]) -> None:
    """A picture of a hill before the sky."""
    width, height = size
    image = Image.new("RGB", size, colours[0])
    ImageDraw.Draw(image).polygon([(0, height), (width * 0.55, height * 0.35), (width, height)], fill=colours[1])
    image.save(path)


def built(folder: Path) -> Path:
    """The PDF of the example's deck."""
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text("# Root\n\n```{toctree}\n\nchapter\n```\n", encoding="utf-8")
    (folder / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    draw(folder / "wide.png", (800, 500), ("#e4ddd0", "#b5a688"))
    draw(folder / "tall.png", (400, 500), ("#d7dde3", "#8296a6"))
    with contextlib.chdir(folder):
        main(["build", "-q", "--to", "pptx"])
    return folder / "_build/slides/chapter.pdf"


def write_sheet(pdf: Path, target: Path) -> None:
    """Write a sheet of all slides of a deck but its title."""
    folder = pdf.parent
    command = ["pdftoppm", "-f", "2", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "-png", str(pdf), "slide"]
    subprocess.run(command, cwd=folder, check=True)
    slides = [Image.open(path) for path in sorted(folder.glob("slide-*.png"))]
    height = slides[0].height
    rows = -(-len(slides) // COLUMNS)
    size = COLUMNS * WIDTH + (COLUMNS + 1) * GAP, rows * height + (rows + 1) * GAP
    sheet = Image.new("RGB", size, "#8a8a8a")
    for number, slide in enumerate(slides):
        row, column = divmod(number, COLUMNS)
        sheet.paste(slide, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    sheet.quantize(64).save(target, optimize=True)
    print(f"{os.path.relpath(target)}: {target.stat().st_size // 1024} KB, {len(slides)} slides")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        write_sheet(built(Path(name)), TARGET)
