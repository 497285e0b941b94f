"""Documents that are read in several processes are a book like one that is read in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from builds import build
from hypothesis import given
from hypothesis import strategies as st

from builder.source.reading_apart import shared

from conftest import PNG

CONF = """
import os
from pathlib import Path
from docutils.parsers.rst import Directive
extensions = ["myst_parser", {extensions}]
myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "dollarmath"]
bibtex_bibfiles = ["works.bib"]
numfig = True
gathered = []


class Stone(Directive):
    def run(self):
        raise ValueError("over a stone")


def setup(app):
    app.add_directive("stone", Stone)
    app.connect("env-merge-info", lambda *_: Path("joined").touch())
    {gathering}
"""
CHAPTER = """(at-{n})=
# Chapter {n}

See {{ref}}`at-{other}`, {{numref}}`picture-{other}`, {{eq}}`sum-{other}`, {{term}}`word {other}`.[^note]

[^note]: Of {n}, as {{cite:t}}`a{n}` says.

```{{glossary}}
word {n}
  What it is.
```

```{{index}} entry {n}
```

```{{figure}} dot.png
---
name: picture-{n}
alt: A dot
---
Dot {n}
```

```{{math}}
:label: sum-{n}
a + {n}
```

\\begin{{equation}}
b + {n}
\\end{{equation}}

[One point of {n}, {{ref}}`at-{other}`]{{.point}}

:::{{exercise}}
Reckon {n}.
:::
"""
COUNT = 9
EXTENSIONS = '"sphinxcontrib.bibtex", "sphinx_exercise"'
STONE = "\n```{stone}\n```\n"


def book(folder: Path, extensions: str = EXTENSIONS, gathering: str = "pass") -> Path:
    """A book of chapters that refer to each other, of which a directive stumbles over the fifth."""
    folder.mkdir()
    chapters = {n: CHAPTER.format(n=n, other=(n * 4) % COUNT + 1) for n in range(1, COUNT + 1)}
    chapters[5] += STONE
    works = "".join(f"@book{{a{n}, author = {{Ada {n}}}, title = {{T}}, year = {{1999}}}}\n" for n in chapters)
    names = "\n".join(f"c{n}" for n in chapters)
    files = {
        "conf.py": CONF.format(extensions=extensions, gathering=gathering),
        "works.bib": works,
        "index.md": f"# Book\n\n```{{toctree}}\n{names}\n```\n\n```{{bibliography}}\n```\n",
        **{f"c{n}.md": text for n, text in chapters.items()},
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "dot.png").write_bytes(PNG)
    return folder


def results(output: Path) -> dict[str, bytes]:
    """The files that a build made, by their paths."""
    files = (path for kind in ("html", "pdf", "slides") for path in (output / kind).rglob("*") if path.is_file())
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


ONE_PROCESSOR = 'os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}) if hasattr(os, "sched_setaffinity") else None'


def test_the_book_is_that_of_one_process_byte_by_byte(tmp_path: Path) -> None:
    several, one = tmp_path / "several", tmp_path / "one"
    said = []
    for folder, gathering in ((several, "pass"), (one, ONE_PROCESSOR)):
        status, words = build(book(folder, gathering=gathering), folder / "_build")
        assert status == 1, words
        said.append(words.replace(str(folder), ""))
    assert (several / "joined").exists()
    assert not (one / "joined").exists()
    assert results(several / "_build") == results(one / "_build")
    assert said[0].count("over a stone") == said[1].count("over a stone") == 1


GATHER = """
    def note(app, doctree):
        gathered.append(app.env.docname)
    app.connect("doctree-read", note)
    app.connect("env-updated", lambda *_: Path("gathered").write_text(" ".join(sorted(gathered))) and None)"""
SILENT = """
    import sys, types
    module = types.ModuleType("silent")
    module.setup = lambda app: None
    sys.modules["silent"] = module
    app.setup_extension("silent")"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extensions", "gathering", "seen"),
    [
        (EXTENSIONS, GATHER, lambda folder, _said: "c1 c2 c3" in (folder / "gathered").read_text()),
        (EXTENSIONS, SILENT, lambda folder, _said: not (folder / "joined").exists()),
        (EXTENSIONS + ', "sphinx_proof"', "pass", lambda folder, _said: not (folder / "joined").exists()),
    ],
    ids=["settings that gather", "an extension that says nothing", "a domain that cannot"],
)
def test_where_it_might_be_another_book_one_process_reads(
    tmp_path: Path, extensions: str, gathering: str, seen: object
) -> None:
    folder = book(tmp_path / "a book", extensions, gathering)
    _status, said = build(folder, folder / "_build")
    assert (folder / "_build" / "html" / "c9.html").exists(), said
    assert callable(seen)
    assert seen(folder, said), said


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=60), st.integers(2, 12))
def test_shares_hold_each_document_once_and_in_order(sizes: list[int], count: int) -> None:
    shares = shared(sizes, count)
    assert [number for share in shares for number in share] == list(range(len(sizes)))
    assert all(shares)
    assert len(shares) <= count
