"""A book in which everything depends on something else, and the comparison of what two builds made of it."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import SVG

CONF = """
project = "A book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
html_theme = "alabaster"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "substitution"]
myst_substitutions = {"place": "Ulaanbaatar"}
numfig = True
numfig_format = {"figure": "Figure %s", "table": "Table %s", "section": "Section %s"}
math_numfig = True
bibtex_bibfiles = ["works.bib"]
builder_appendices = ["appendix"]
builder_slide_references = True
"""
FILES: dict[str, str | bytes] = {
    "conf.py": CONF,
    "index.md": "# Root\n\n```{toctree}\n:numbered:\n\none\ntwo\nthree\nappendix\n```\n\n"
                "```{toctree}\n\nsources\n```\n",
    "one.md": """(one)=
# First

{.slide}
## Begin

[A sentence that is a bullet]{.point}, and more of it. See {numref}`chapter {number} <two>`, {ref}`two`, {numref}`fig-picture`,
{numref}`tab-rows`, {eq}`law` and {term}`aimag`. As {cite:p}`smith` says.[^note]

[^note]: A note at the foot.

```{index} single: apple; green
```
```{figure} picture.svg
:name: fig-picture
:alt: A rectangle
:class: slide

A rectangle
```

```{notes}
Say it slowly.
```

```{include} part.txt
```
""",
    "two.md": """(two)=
# Second

{.slide}
## Numbers

```{chart} data/rows.csv
:x: year
:y: count
:name: fig-chart
:alt: A chart
:class: slide

A chart
```

```{csv-table} Rows
:file: data/rows.csv
:header-rows: 1
:name: tab-rows
```

```{math}
:label: law
a = b
```

It is {{ place }}. See {doc}`three` and {numref}`deep`.
""",
    "three.md": """(three)=
# Third

```{map} data/places.csv
:outlines: data/land.geojson
:alt: A map
:class: slide

A map
```

(deep)=
## Deep

```{slide} A slide
:name: kept
:minutes: 3
```

[Another bullet]{.point} of {numref}`fig-picture`. See {download}`rows <data/rows.csv>`.

```{literalinclude} code.py
```
""",
    "appendix.md": "(appendix)=\n# Words\n\n```{glossary}\naimag\n  A province.\n```\n\nSee {ref}`one`.\n",
    "sources.md": "# Sources\n\n```{bibliography}\n```\n",
    "part.txt": "An included paragraph, with {index}`pear`.\n",
    "code.py": "print(1)\n",
    "works.bib": "@book{smith, author = {Smith, Ann}, title = {A Title}, publisher = {P}, year = {1999}}\n",
    "data/rows.csv": "year,count\n1937,10\n1938,20\n",
    "data/places.csv": "place,longitude,latitude\nKhovd,91.6,48\n",
    "data/land.geojson": '{"features": [{"properties": {"name": "Land", "focus": true}, "geometry": {"type": '
                         '"Polygon", "coordinates": [[[90, 44], [110, 44], [110, 50], [90, 50], [90, 44]]]}}]}',
    "picture.svg": SVG,
    "slides/lectures.toml": (
        '[[lecture]]\nname = "a"\ntitle = "Lecture A"\ndocuments = ["one", "two"]\nminutes = 50\n\n'
        '[[lecture]]\nname = "b"\ntitle = "Lecture B"\ndocuments = ["three"]\n'
    ),
}  # fmt: skip


def outputs(folder: Path) -> dict[str, bytes]:
    """All outputs, and the Typst text of the printed book, without what names the folder or the time of the build."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_typst = name.startswith(".work/typstpdf/typst") and path.suffix == ".typ"
        if (
            path.is_file()
            and (is_typst or not name.startswith(".work"))
            and path.name not in ("report.json", ".buildinfo")
        ):
            found[name] = path.read_bytes()
    return found


def same(kept: dict[str, bytes], clean: dict[str, bytes]) -> None:
    more, less = sorted(set(kept) - set(clean)), sorted(set(clean) - set(kept))
    assert (more, less) == ([], []), f"more here: {more}, more in the clean build: {less}"
    different = [name for name in kept if kept[name] != clean[name]]
    for name in different[:1]:
        if not name.endswith((".pptx", ".pdf", ".png", ".inv")):
            one, other = (
                re.sub(r">\s*<", ">\n<", text[name].decode(errors="replace")).splitlines() for text in (kept, clean)
            )
            lines = [(a, b) for a, b in zip(one, other, strict=False) if a != b][:3]
            pytest.fail(f"{different}: {lines}")
    assert different == [], different
