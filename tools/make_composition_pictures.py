"""Writes docs/composition.png: a slide for each rule of docs/composition.md, as the PDF of a deck shows it.

Run it after a change of the rules: ``python tools/make_composition_pictures.py``. Needs pdftoppm.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

OUT = Path(__file__).parent.parent / "docs/composition.png"
CONF = 'project = "Composition"\nauthor = "A"\nbuilder_deck = {"agenda": False, "progress": False}\n'
WIDE, COLUMNS, GAP = 460, 3, 14
SLIDES = """# Compositions

{.slide}
## Two to four points

{.slide}
- Began in April 1932 at one monastery
- Herders, officials and many members of the ruling party joined
- Put down with tanks, armoured cars and aircraft

{.slide}
## More points

{.slide}
- Private trade and transport were banned
- Herders were forced into collectives
- Nobles lost their property
- Monasteries were loaded with taxes
- Herds fell by a third
- The course was disowned

{.slide}
## A sentence alone

{.slide}
An arrest, a sentence and an execution are three different counts, and never share an axis.

{.slide}
## A small table, its row lit

{.slide}
| Number | What is counted |
|---:|---|
| 20,099 | sentenced to death |
| [20,474]{.lit} | rehabilitated |
| 29,800 | executed |

{.slide}
## A timeline to scale

```{timeline} days.csv
:class: slide
:alt: Four days of August 1937.
```

{.slide}
## More events, in two rows

```{timeline} years.csv
:class: slide
:alt: Nine years.
```

{.slide}
## A formula and its letters

:::{math}
:class: slide
\\frac{E}{N} = \\frac{20\\,000}{745\\,000}
:::

{.slide}
- $E$: people executed, at the least
- $N$: people counted in 1937

{.slide}
## Code and its result

```{code-block} python
:class: slide
:emphasize-lines: 2
prior = 0.2
post = prior * 0.9
post /= post + 0.4
```

```{code-block} text
:class: slide
0.31
```

{.slide}
## Two figures

```{chart} numbers.csv
:class: slide
:type: column
:x: year
:y: a
:alt: A
```

```{chart} numbers.csv
:class: slide
:type: line
:x: year
:y: b
:alt: B
```

{.slide}
## Three to six pictures

```{figure} wide.jpg
:class: slide
:alt: A
Museum, 1996
```

```{figure} tall.jpg
:class: slide
:alt: B
Monument
```

```{figure} wide.jpg
:class: slide
:alt: C
Day of remembrance
```

{.slide}
## A tall photograph

{.slide}
- About 20,000 convicted
- About 18,000 executed
- The rest sent home, or into the army

```{image} tall.jpg
:class: slide
:alt: A photograph
```

{.slide}
## A picture and its caption

{.slide}
- Monasteries closed by the end of 1938

```{figure} map.png
:class: slide
:alt: A map

Monasteries by district

Open in 1936 are dots, closed by the end of 1938 are rings; those of which nothing is known are left out, as are
the seven that were moved in the years before that.
```

{.slide}
## Narrow tables

{.slide}
| Year | Arrests |
|---|---:|
| 1937 | 10,728 |
| 1938 | 8,124 |
| 1939 | 2,310 |

{.slide}
| District | Lamas |
|---|---:|
| North | 1,204 |
| South | 3,310 |
| West | 988 |

{.slide}
## The only point

{.slide}
- A point that is alone has no bullet

{.slide}
## A quotation alone

{.slide}
> In some cases, even whole monasteries were moved.
"""
FILES = {
    "days.csv": "date,event\n13 August 1937,Moscow decides to send troops\n24 August 1937,The delegation arrives\n"
    "25 August 1937,An invitation is written\n28 August 1937,Columns cross the border\n",
    "years.csv": "date,event\n" + "".join(f"{1921 + 2 * number},What happened in that year\n" for number in range(9)),
    "numbers.csv": "year,a,b\n1936,3,8\n1937,9,5\n1938,6,4\n",
}


def photograph(width: int, height: int) -> Image.Image:
    """A stand-in for a photograph: hills in a haze."""
    chance = random.Random(width)
    image = Image.new("RGB", (width, height), "#d9d2c5")
    draw = ImageDraw.Draw(image)
    for number, colour in enumerate(("#b9b2a3", "#96907f", "#6f6a5b")):
        base = height * (0.45 + 0.17 * number)
        ridge = [(x, base + chance.uniform(-0.06, 0.06) * height) for x in range(0, width + 60, 60)]
        draw.polygon([(0, height), *ridge, (width, height)], fill=colour)
    return image.filter(ImageFilter.GaussianBlur(2))


def slides_of(folder: Path) -> list[Image.Image]:
    """Build the deck in a folder and return its slides without the title."""
    for name, text in {"conf.py": CONF, "index.md": SLIDES, **FILES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    photograph(900, 600).save(folder / "wide.jpg")
    photograph(600, 800).save(folder / "tall.jpg")
    photograph(720, 640).save(folder / "map.png")
    subprocess.run(
        [sys.executable, "-m", "builder", "build", str(folder), "-q", "--to", "pptx", "-o", str(folder / "out")],
        check=True,
    )
    pdf = next((folder / "out/slides").glob("*.pdf"))
    subprocess.run(
        ["pdftoppm", "-png", "-scale-to-x", str(WIDE), "-scale-to-y", "-1", pdf, folder / "page"], check=True
    )
    return [Image.open(page).convert("RGB") for page in sorted(folder.glob("page*.png"))][1:]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        slides = slides_of(Path(folder))
    height = slides[0].height
    rows = -(-len(slides) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDE + GAP) + GAP, rows * (height + GAP) + GAP), "#8a8a8a")
    for number, slide in enumerate(slides):
        row, column = divmod(number, COLUMNS)
        sheet.paste(slide, (GAP + column * (WIDE + GAP), GAP + row * (height + GAP)))
    sheet.quantize(128).save(OUT, optimize=True)


if __name__ == "__main__":
    main()
