"""A generated book for the benchmarks: chapters with figures, tables, formulas, notes, citations and index entries."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "as",
    "was",
    "with",
    "be",
    "by",
    "on",
    "not",
    "he",
    "his",
    "but",
    "at",
    "are",
    "this",
    "have",
    "from",
    "or",
    "had",
    "an",
    "they",
    "which",
    "one",
    "you",
    "were",
    "all",
    "her",
    "she",
    "there",
    "would",
    "their",
    "we",
    "him",
    "been",
    "has",
    "when",
    "who",
    "will",
    "no",
    "more",
    "if",
    "out",
    "so",
    "up",
    "said",
    "what",
    "its",
    "about",
    "than",
    "into",
    "them",
    "can",
    "only",
    "other",
    "time",
    "new",
    "some",
    "could",
    "these",
    "two",
    "may",
    "first",
    "then",
    "do",
    "any",
    "like",
    "my",
    "now",
    "over",
    "such",
    "our",
    "man",
    "me",
    "even",
    "most",
    "made",
    "after",
    "also",
    "did",
    "many",
    "off",
    "before",
    "must",
    "well",
    "back",
    "through",
    "years",
    "where",
    "much",
    "your",
    "way",
    "down",
    "should",
    "because",
    "long",
    "each",
    "just",
    "state",
    "people",
    "country",
    "history",
    "record",
    "number",
    "chapter",
    "measure",
    "source",
    "archive",
    "reading",
    "author",
    "method",
    "result",
]


def sentence(random_: random.Random, words: int) -> str:
    text = " ".join(random_.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + "."


def paragraph(random_: random.Random, words: int, mark: bool = False) -> str:
    parts = []
    while words > 0:
        length = random_.randint(9, 24)
        parts.append(sentence(random_, length))
        words -= length
    if mark:
        parts[0] = f"[{sentence(random_, 9)[:-1]}]{{.point}}."
    return " ".join(parts)


def chapter(number: int, random_: random.Random) -> str:
    """About 4,150 words and 10 slides, with figures, tables, formulas, citations and index entries."""
    out = [f"(ch-{number})=", "{.slide}", f"# Chapter about measure {number}", "", paragraph(random_, 110), ""]
    for section in range(1, 10):
        out += [f"(ch-{number}-{section})=", "{.slide}", f"## Section {section} of chapter {number}", ""]
        out += [f"```{{index}} single: entry {number}-{section}; sub {section}", "```", ""]
        for index in range(6):
            text = paragraph(random_, 61, mark=index < 4)
            if index == 1:
                text += f" See {{numref}}`fig-{number}-{section}` and {{cite:p}}`work{random_.randint(1, 80)}`."
            if index == 2:
                text += f" With $x_{{{section}}}^2 + {number}$ it holds.[^n{section}]"
            if index == 3 and number > 1:
                text += f" Compare {{ref}}`ch-{number - 1}-{section}`."
            out += [text, ""]
        out += [f"[^n{section}]: {sentence(random_, 12)}", ""]
        if section % 3 == 1:
            out += [
                f"```{{figure}} figure.svg\n:name: fig-{number}-{section}\n:alt: Three bars.\n:class: slide\n\n"
                f"{sentence(random_, 8)}\n```",
                "",
            ]
        elif section % 3 == 2:
            out += [
                f"```{{chart}} data.csv\n:x: label\n:y: value\n:name: fig-{number}-{section}\n:alt: Bars.\n:class: "
                f"slide\n\n{sentence(random_, 8)}\n```",
                "",
            ]
        else:
            out += [
                f"```{{figure}} figure.svg\n:name: fig-{number}-{section}\n:alt: Three bars.\n\n"
                f"{sentence(random_, 8)}\n```",
                "",
            ]
            out += ["{.slide}", "| Name | Value |", "|:-----|------:|"]
            out += [f"| {random_.choice(WORDS)} {row} | {random_.randint(1, 9999)} |" for row in range(6)]
            out += [
                "",
                f"$$\n\\frac{{a_{{{section}}} + {number}}}{{b}} = \\sum_{{i=1}}^{{{section}}} c_i\n$$ "
                f"(eq-{number}-{section})",
                "",
            ]
    return "\n".join(out)


def for_any_tool(text: str) -> str:
    """A chapter without what only the builder has: charts become pictures, marks go."""
    text = re.sub(r"```\{chart\} data\.csv\n:x: label\n:y: value", "```{figure} figure.png", text)
    text = text.replace("figure.svg", "figure.png").replace("{.slide}\n", "").replace(":class: slide\n", "")
    return re.sub(r"\[([^]]*)\]\{\.point\}", r"\1", text)


def write_documents(folder: Path, names: Iterable[str], suffix: str, texts: Iterable[str]) -> int:
    """Write a document of each name; returns the number of their words."""
    words = 0
    for name, text in zip(names, texts, strict=True):
        words += len(text.split())
        (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    return words


def generate(folder: Path, chapters: int, *, plain: bool = False) -> int:
    """Write the book; returns its number of words. A ``plain`` one is for any tool that builds Sphinx projects."""
    random_ = random.Random(chapters)
    folder.mkdir(parents=True)
    names = [f"chapter-{number:02d}" for number in range(1, chapters + 1)]
    texts = [chapter(number, random_) for number in range(1, chapters + 1)]
    words = write_documents(folder, names, ".md", map(for_any_tool, texts) if plain else texts)
    toc = "\n".join(names)
    (folder / "index.md").write_text(
        f"# A generated book\n\n```{{toctree}}\n:numbered:\n\n{toc}\nsources\n```\n", encoding="utf-8"
    )
    (folder / "sources.md").write_text("# Sources\n\n```{bibliography}\n```\n", encoding="utf-8")
    entries = [
        f"@book{{work{n},\n author = {{Author{n}, Some}},\n title = {{Work {n}}},\n publisher = {{Press}},\n year = "
        f"{{{1920 + n}}}\n}}"
        for n in range(1, 81)
    ]
    (folder / "works.bib").write_text("\n".join(entries), encoding="utf-8")
    (folder / "data.csv").write_text("label,value\none,4\ntwo,9\nthree,2\nfour,6\n", encoding="utf-8")
    bars = "".join(
        f'<rect x="{20 + 60 * i}" y="{90 - 20 * i}" width="40" height="{20 + 20 * i}" fill="#7a2a25"/>'
        for i in range(3)
    )
    (folder / "figure.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 120" width="220" height="120">{bars}</svg>',
        encoding="utf-8",
    )
    picture = Image.new("RGB", (440, 240), "white")
    for i in range(3):
        picture.paste("#7a2a25", (40 + 120 * i, 180 - 40 * i, 120 + 120 * i, 220))
    picture.save(folder / "figure.png")
    own = [] if plain else ["builder"]
    (folder / "conf.py").write_text(
        'project = "A generated book"\nauthor = "Nobody"\nextensions = '
        f"{[*own, 'myst_parser', 'sphinxcontrib.bibtex']}\n"
        'myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath"]\nnumfig = True\n'
        'bibtex_bibfiles = ["works.bib"]\nbibtex_reference_style = "author_year"\nhtml_theme = "sphinx_book_theme"\n'
        'exclude_patterns = ["_plain", "_latex"]\n',  # the outputs of what we are compared with
        encoding="utf-8",
    )
    return words


def api_module(number: int, random_: random.Random) -> str:
    """A page of an API reference: classes with methods, fields, examples, tables and references to other pages."""
    name = f"library.part{number:02d}"
    title = f"``{name}``: {sentence(random_, 4)[:-1]}"
    out = [title, "=" * len(title), "", f".. py:module:: {name}", "", paragraph(random_, 60), ""]
    for index in range(1, 9):
        heading = f"Class {index} of part {number}"
        out += [heading, "-" * len(heading), "", f".. py:class:: Class{index}(source, *, limit=10, strict=False)", ""]
        out += [f"   {paragraph(random_, 40)}", ""]
        for method in range(1, 7):
            other = f"~library.part{random_.randint(1, max(number - 1, 1)):02d}.Class{random_.randint(1, 8)}"
            out += [
                f"   .. py:method:: method_{method}(first: str, second: int = {method}, options: dict[str, bool] = "
                "None) -> list[str]",
                "",
                f"      {paragraph(random_, 30)} See :py:class:`{other}` and :py:meth:`method_{method % 6 + 1}`.",
                "",
                f"      :param str first: {sentence(random_, 9)}",
                f"      :param int second: {sentence(random_, 12)}",
                f"      :returns: {sentence(random_, 8)}",
                f"      :raises ValueError: {sentence(random_, 7)}",
                "",
            ]
            if method % 3 == 0:
                out += [
                    "      .. code-block:: python",
                    "",
                    f"         found = Class{index}(open('{random_.choice(WORDS)}.txt'), limit={method})",
                    f"         for line in found.method_{method}('{random_.choice(WORDS)}', second={index}):",
                    "             print(line.upper())  # as it was read",
                    "",
                ]
        out += [
            ".. list-table::",
            "   :header-rows: 1",
            "",
            "   * - Option",
            "     - Meaning",
        ]
        for _ in range(4):
            out += [f"   * - ``{random_.choice(WORDS)}_{random_.choice(WORDS)}``", f"     - {sentence(random_, 8)}"]
        out.append("")
    return "\n".join(out)


def generate_api(folder: Path, modules: int) -> int:
    """Write the API reference of a library that is not there; returns its number of words."""
    random_ = random.Random(modules)
    folder.mkdir(parents=True)
    names = [f"part{number:02d}" for number in range(1, modules + 1)]
    texts = (api_module(number, random_) for number in range(1, modules + 1))
    words = write_documents(folder, names, ".rst", texts)
    toc = "\n   ".join(names)
    (folder / "index.rst").write_text(
        f"A generated book\n================\n\n.. toctree::\n   :numbered:\n\n   {toc}\n", encoding="utf-8"
    )
    (folder / "conf.py").write_text(
        'project = "A generated book"\nauthor = "Nobody"\nextensions = []\n', encoding="utf-8"
    )
    return words
