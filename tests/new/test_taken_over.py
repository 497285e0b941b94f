"""``builder new DIR --from FOLDER``: books of other tools become books of ours; FOLDER stays as it is."""

# One case stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from builder.commands.cli import main
from builder.commands.new.converted import convert

from conftest import PNG

QUARTO = {
    "_quarto.yml": "project:\n  type: book\nlang: en\nbook:\n  title: Stones\n  author: [{name: A. Name}]\n  chapters:\n    - index.qmd\n    - part: Begin\n      chapters: [one.qmd]\n    - two.qmd\n  appendices: [tables.qmd]\nbibliography: works.bib\n",
    "index.qmd": "# Preface {.unnumbered}\n\nWhy this book.\n",
    "one.qmd": "---\ntitle: One\n---\n\n## Rows {#sec-rows}\n\nSee @fig-stones, @tbl-stones and @eq-sum, and [@gauss1801, p. 3].\n\n![Stones](stones.png){#fig-stones width=50%}\n\n$$\n1 + 2 = 3\n$$ {#eq-sum}\n\n| Rows | Stones |\n|-----:|-------:|\n| 2 | 3 |\n\n: Stones {#tbl-stones}\n",
    "two.qmd": "# Two\n\n::: {.callout-tip title=\"Try\"}\nAs in @sec-rows.\n:::\n\n```{python}\n#| echo: true\n1 + 2\n```\n\n{{< include _shared.qmd >}}\n",
    "_shared.qmd": "A shared paragraph.\n",
    "tables.qmd": "# Tables\n\nNumbers.\n",
    "works.bib": "@book{gauss1801, author = {Gauss, Carl Friedrich}, title = {Disquisitiones arithmeticae}, publisher = {Fleischer}, address = {Leipzig}, year = {1801}}\n",
    "stones.png": PNG,
}  # fmt: skip
BOOKDOWN = {
    "index.Rmd": "---\ntitle: \"Stones\"\nauthor: \"A. Name\"\nbibliography: [works.bib]\n---\n\n# Welcome\n\nWhy this book.\n",
    "01-one.Rmd": "# (PART) Begin {-}\n\n# One {#one}\n\nSee Figure \\@ref(fig:stones) and Section \\@ref(many-rows), by @gauss1801.\n\n```{r stones, fig.cap='Stones', echo=FALSE}\nknitr::include_graphics(\"stones.png\")\n```\n\n## Many rows\n\nRows.\n",
    "02-two.Rmd": "# Two\n\n```{r, eval=FALSE}\n# a comment\n1 + 2\n```\n",
    "works.bib": QUARTO["works.bib"],
    "stones.png": PNG,
}  # fmt: skip
MDBOOK = {
    "book.toml": "[book]\ntitle = \"Stones\"\nauthors = [\"A. Name\"]\n",
    "src/SUMMARY.md": "# Summary\n\n- [One](one.md)\n  - [Below](below/it.md)\n\n# Later\n\n- [Two](two.md)\n",
    "src/one.md": "# One\n\n[Two](two.md)\n\n```rust,editable\nfn main() {}\n```\n",
    "src/below/it.md": "# Below\n\nWords.\n",
    "src/two.md": "# Two\n\nStones lie in rows, and a row of them has no end.\n\n## Rows\n\nWords.\n",
}  # fmt: skip
MARKDOWN = {
    "README.md": "# Stones\n\nWhy this book.\n", "01-one.md": "# One\n\nStones lie in rows, and a row of them has no end.\n\n## Rows\n\nWords.\n", "02-two.md": "# Two\n\n![A stone](stones.png)\n",
    "stones.png": PNG,
}  # fmt: skip
BOOKS = {"Quarto": QUARTO, "bookdown": BOOKDOWN, "mdBook": MDBOOK, "Markdown": MARKDOWN}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lay(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.slow
@pytest.mark.parametrize("tool", BOOKS)
def test_a_book_of_another_tool_becomes_a_book_that_builds_without_a_warning(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tool: str
) -> None:
    lay(here / "theirs", BOOKS[tool])
    assert main(["new", "a book", "--from", "theirs"]) == 0
    assert f"from {tool}" in capfd.readouterr().out
    assert {
        path.relative_to(here / "theirs").as_posix() for path in (here / "theirs").rglob("*") if path.is_file()
    } == set(BOOKS[tool])
    monkeypatch.chdir(here / "a book")
    status = main(["build", "-q", "-W"])
    assert (status, capfd.readouterr().err) == (0, "")
    index = (here / "a book/_build/html/index.html").read_text(encoding="utf-8")
    assert "Stones" in index
    assert len(list((here / "a book/_build/slides").glob("*.pptx"))) >= 2


def myst(text: str, tool: str = "Quarto", *referred: str) -> str:
    return (
        convert(tool, Path("chapter.qmd"), f"# T\n\n{text}\n", frozenset(referred)).text.removeprefix("# T\n").strip()
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("See @fig-a and @tbl-b.", "See {numref}`fig-a` and {numref}`tbl-b`."),
        ("By @eq-a in @sec-b.", "By {eq}`eq-a` in {ref}`sec-b`."),
        ("So says @knuth.", "So says {cite:t}`knuth`."),
        ("So [see @knuth, p. 3; @lamport].", "So {cite:p}`{see}knuth{p. 3},lamport`."),
        ("[x](other.qmd#sec-y)", "[x](other.md#sec-y)"),
        ("H~2~O and x^2^", "H{sub}`2`O and x{sup}`2`"),
        ("[words]{.point} stay", "[words]{.point} stay"),
        ("$$\nx\n$$ {#eq-x}", "$$\nx\n$$ (eq-x)"),
        ("::: {#exm-a}\n$$\nx\n$$ {#eq-x}\n:::", ":::{prf:example}\n:label: exm-a\n\n$$\nx\n$$ (eq-x)\n:::"),
        ("\\newcommand{\\R}{\\mathbb{R}}\n\nIn $\\R$.", "In $\\mathbb{R}$."),
        ("{{< include macros.tex >}}\n\nIn $\\R$.", "In $\\R$."),
        ("::: {.callout-note}\nText\n:::", ":::{note}\n\nText\n:::"),
        ("::: {.callout-warning collapse=\"true\"}\n## Mind\nText\n:::", ":::{admonition} Mind\n:class: warning dropdown\n\nText\n:::"),
        ("::: {#thm-a}\n## Euclid\nText\n:::", ":::{prf:theorem} Euclid\n:label: thm-a\n\nText\n:::"),
        ("::: {#thm-a}\n## Euclid’s own\nText\n:::", ":::{prf:theorem} Euclid’s own\n:label: thm-a\n\nText\n:::"),
        ("::: {#thm-a}\nThe sum is\n$$\nx\n$$\nand so on.\n:::", ":::{prf:theorem}\n:label: thm-a\n\nThe sum is\n\n$$\nx\n$$\n\nand so on.\n:::"),
        ("1. The set\n$$\nx\n$$\n2. And more", "1.  The set\n\n    $$\n    x\n    $$\n\n2.  And more"),
        ("::: {.proof}\nText\n:::", ":::{prf:proof}\n\nText\n:::"),
        ("::: {.notes}\nSay it\n:::", ":::{notes}\n\nSay it\n:::"),
        ("::: {#refs}\n:::", ":::{bibliography}\n:::"),
        ("::: {.panel-tabset}\n## R\nA\n\n## Python\nB\n:::", "::::{tab-set}\n\n:::{tab-item} R\n\nA\n:::\n\n:::{tab-item} Python\n\nB\n:::\n::::"),
        ("::: {.columns}\n::: {.column width=\"40%\"}\nA\n:::\n::: {.column}\nB\n:::\n:::", "::::{columns}\n\n:::{column}\n:width: 40\n\nA\n:::\n\n:::{column}\n\nB\n:::\n::::"),
        ("![Cap *em*](a.png){#fig-a width=50%}", ":::{figure} a.png\n:name: fig-a\n:alt: Cap em\n:width: 50%\n\nCap *em*\n:::"),
        ("| a |\n|---|\n| 1 |\n\n: Cap {#tbl-a}", ":::{table} Cap\n:name: tbl-a\n\n| a   |\n|-----|\n| 1   |\n:::"),
        ("```{python}\n#| echo: true\nx = 1\n```", "```python\nx = 1\n```"),
        ("```{r}\n#| label: a\n\n \n# Read\nx = 1\n```", "```r\n# Read\nx = 1\n```"),
        ("```{webr}\n#| exercise: a\nx <- 1\n```", "```r\nx <- 1\n```"),
        ("::: {layout-ncol=2}\n![A](a.png)\n\n![B](b.png)\n:::", ":::::{columns}\n\n::::{column}\n\n:::{figure} a.png\n:alt: A\n\nA\n:::\n::::\n\n::::{column}\n\n:::{figure} b.png\n:alt: B\n\nB\n:::\n::::\n:::::"),
        ("::: {.hint exercise=\"a\"}\nText\n:::", ":::{hint}\n\nText\n:::"),
        ("```{mermaid}\ngraph TD\n```", "```{mermaid}\ngraph TD\n```"),
        ("``` {.python lst-cap=\"Cap\" #lst-a}\nx\n```", "```{code-block} python\n:caption: Cap\n:name: lst-a\n\nx\n```"),
        ("{{< include _a.qmd >}}", "```{include} _a.md\n```"),
        ("{{< pagebreak >}}", ""),
        ("#### Two levels down", "## Two levels down"),
        ("---\n\nA\n\n---\n\nB\n\n---", "A\n\n" + "-" * 72 + "\n\nB"),
        ("[@a, chap. 3, @b] and @a [p. 4]", "{cite:p}`a{chap. 3},b` and {cite:t}`a{p. 4}`"),
        ("[@a {{Theorem 6.3}}]", "{cite:p}`a{Theorem 6.3}`"),
        ("In Figure \\@ref(fig:rows) it", "In Figure {numref}`{number} <fig:rows>` it"),
        ("@Fig-a, @tip-b and [this](@sec-c)", "{numref}`fig-a`, {ref}`Tip <tip-b>` and [this](#sec-c)"),
        ("![A](a.png){#fig-a fig-alt=\"'It' is: so\"}", ":::{figure} a.png\n:name: fig-a\n:alt: '''It'' is: so'\n\nA\n:::"),
        ("::: {#fig-a}\n```{r}\nplot()\n```\n\nCap\n:::", "```r\nplot()\n```\n\n:::{figure} fig-a.png\n:name: fig-a\n:alt: Cap\n\nCap\n:::"),
        ("What it is:\\\n\nmore", "What it is:\n\nmore"),
        ("~~gone~~ {{< kbd Ctrl-C >}}", "<del>gone</del> {kbd}`Ctrl-C`"),
        ("![](a.png){#fig-row-two}", ":::{figure} a.png\n:name: fig-row-two\n:alt: row two\n\n&nbsp;\n:::"),
        ("[![Cap](a.png){#fig-a}](https://a.org)", ":::{figure} a.png\n:name: fig-a\n:alt: Cap\n:target: https://a.org\n\nCap\n:::"),
        ("+---+\n| A |\n+===+\n| - b\n| - c |\n+---+\n".replace("- b\n", "- b |\n").replace("---+", "-----+").replace("===", "=====").replace("A |", "A   |").replace("- b |", "- b |"), ":::{list-table}\n:header-rows: 1\n\n* - A\n* - - b\n    - c\n:::"),
        ("```{r}\n#| label: tbl-a\n#| tbl-cap: Cap\n#| echo: false\nkable(x)\n```", ":::{table} Cap\n:name: tbl-a\n\n| `tbl-a` |\n|---|\n|  |\n:::"),
        ("```{python}\n#| label: fig-a\n#| echo: false\nplot()\n```", ":::{figure} fig-a.png\n:name: fig-a\n:alt: a\n\n&nbsp;\n:::"),
        ("```{dot}\n//| label: fig-a\n//| fig-cap: Cap\ngraph { a }\n```", "```{graphviz}\n:caption: Cap\n:name: fig-a\ngraph { a }\n```"),
        ("::: {.panel-tabset}\n## R\nA\n\n### Deeper\nB\n:::", ":::::{tab-set}\n\n::::{tab-item} R\n\nA\n\n:::{rubric} Deeper\n:::\n\nB\n::::\n:::::"),
        ("::: {.content-hidden when-format=\"html\"}\nA\n:::", ":::{only} not html\n\nA\n:::"),
        ("```{r}\n#| label: fig-a\n#| fig.cap: Cap\n#| fig.alt: What it shows\n#| echo: false\nknitr::include_graphics(\"a.png\")\n```", ":::{figure} a.png\n:name: fig-a\n:alt: What it shows\n\nCap\n:::"),
    ],
)  # fmt: skip
def test_what_quarto_and_pandoc_write_as_myst(written: str, expected: str) -> None:
    assert myst(written) == expected


def test_figures_and_named_sections_of_bookdown_are_referred_to_by_their_numbers_alone() -> None:
    written = myst("See Figure \\@ref(fig:a), Section \\@ref(rows) and \\@ref(rows).", "bookdown")
    assert written == "See Figure {numref}`{number} <fig:a>`, Section {numref}`{number} <rows>` and {ref}`rows`."


def test_a_picture_that_a_cell_drew_has_the_label_by_which_it_is_referred_to() -> None:
    picture = "![Rows](one_files/figure-html/rows-1.png)"
    found = convert("Quarto", Path("one.qmd"), f"# T\n\n{picture}\n", frozenset({"fig:rows"})).text
    assert ":::{figure} one_files/figure-html/rows-1.png\n:name: fig:rows\n" in found
    assert ":name:" not in convert("Quarto", Path("one.qmd"), f"# T\n\n{picture}\n", frozenset()).text


def test_headings_have_the_labels_that_others_refer_to() -> None:
    assert myst("## Many rows\n\n## Few {#few-rows}") == "## Many rows\n\n(few-rows)=\n## Few".replace(
        "(few-rows)=\n", "(few-rows)=\n\n"
    )
    assert "(many-rows)=" in myst("## Many rows", "bookdown", "many-rows")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("```{python}\n#| label: fig-a\n#| fig-cap: A plot\nplot()\n```", "save each picture under this name, beside its document: fig-a.png"),
        ("```{r, echo=FALSE}\n1\n```", "is left out, with what it makes"),
        ("```{python}\n1\n```", "Code that is shown and not run"),
        ("::: {.strange}\nText\n:::", "their content stands without them: .strange"),
        ("```{r}\n#| label: tbl-a\n#| echo: false\nkable(x)\n```", "Tables that code makes, which is not run: write their rows into the document: tbl-a"),
        ("So `r 1 + 1`.", "Code in a line is not run: write its result in its place: `r 1 + 1`"),
        ("::: {.callout-note}\nA\n\n---\n\nB\n:::", "Rules inside of boxes are left out"),
        ("::: {#tbl-a}\n| a |\n|---|\n\n: A {#tbl-b}\n\n| b |\n|---|\n\n: B {#tbl-c}\n\nBoth\n:::", "the caption is a paragraph behind it: tbl-a"),
        ("::: {.content-hidden}\nText\n:::", "What its author hides in all outputs is left out"),
        ("{{< youtube abc >}}", "Shortcodes are left out: `{{< youtube abc >}}`"),
        ("\\newpage{}\n\n```{=latex}\n\\newpage\n```", "Raw text for other outputs is left out: `\\newpage` (latex)"),
    ],
)  # fmt: skip
def test_what_has_no_counterpart_is_listed(written: str, told: str) -> None:
    found = convert("Quarto", Path("chapter.qmd"), f"# T\n\n{written}\n", frozenset())
    assert any(told in str(remark) for remark in found.look_at), found.look_at


def test_the_texts_of_a_notebook_are_converted_and_its_code_stays(here: Path) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Two\n", "\n", "See @fig-a."]},
        {"cell_type": "code", "metadata": {}, "source": ["x = 1"], "outputs": [], "execution_count": 1},
        {"cell_type": "markdown", "metadata": {}, "source": "::: {.callout-note}\nText\n:::"},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    settings = "book:\n  title: T\n  chapters: [index.qmd, two.ipynb]\n"
    lay(here / "theirs", {"_quarto.yml": settings, "index.qmd": "# T\n\nWords.\n", "two.ipynb": json.dumps(notebook)})
    assert main(["new", "book", "--from", "theirs"]) == 0
    found = json.loads((here / "book/book/two.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "".join(found[0]["source"]).endswith("See {numref}`fig-a`.")
    assert found[1] == cells[1]
    assert "".join(found[2]["source"]) == ":::{note}\n\nText\n:::"
    assert "[jupyter]==" in (here / "book/requirements.txt").read_text(encoding="utf-8")
    assert '"myst_nb"' in (here / "book/conf.py").read_text(encoding="utf-8")


def test_the_title_that_quarto_has_stands_above_the_headings_of_its_chapter(here: Path) -> None:
    """In notebooks too, whose first cell has it; what is included joins them."""
    cells = [
        {"cell_type": "raw", "metadata": {}, "source": ["---\n", 'title: "Rows"\n', "jupyter: python3\n", "---"]},
        {"cell_type": "code", "metadata": {}, "source": ["x = 1"], "outputs": [], "execution_count": 1},
        {"cell_type": "markdown", "metadata": {}, "source": "# Long\n\n### Longer\n"},
        {"cell_type": "markdown", "metadata": {}, "source": "## Short\n"},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    chapters = (
        "book:\n  title: T\n  chapters: [index.qmd, one.qmd, same.qmd, two.ipynb]\n  appendices: [untitled.ipynb]\n"
    )
    lay(
        here / "theirs",
        {
            "_quarto.yml": f"project: {{type: book}}\n{chapters}",
            "index.qmd": "# T\n\nWords.\n",
            "one.qmd": "---\ntitle: One\n---\n\n# A\n\n```\n# code\n```\n\n## B\n\n{{< include _part.qmd >}}\n\n{{< include /_part.qmd >}}\n",
            "_part.qmd": "# Part\n\nWords.\n",
            "same.qmd": "---\ntitle: The Same\n---\n\n# The same\n\n## C\n",
            "two.ipynb": json.dumps(notebook),
            "untitled.ipynb": json.dumps({**notebook, "cells": cells[3:], "nbformat_minor": 4}),
        },
    )
    assert main(["new", "book", "--from", "theirs"]) == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (here / "book/book").iterdir()}
    assert re.findall("^#+ .*", written["one.md"], re.MULTILINE) == ["# One", "## A", "# code", "### B"]
    for name in ("_part.md", "/_part.md"):
        assert f"```{{include}} {name}\n:heading-offset: 1\n```" in written["one.md"]
    assert re.findall("^#+ .*", written["same.md"], re.MULTILINE) == ["# The same", "## C"]
    found = ["".join(cell["source"]) for cell in json.loads(written["two.ipynb"])["cells"]]
    assert found == ["# Rows", "x = 1", "## Long\n\n### Longer", "### Short"]
    assert json.loads(written["untitled.ipynb"])["cells"][0]["source"] == ["# Untitled"]
    assert "id" not in json.loads(written["untitled.ipynb"])["cells"][0]  # which that version of notebooks has not
    assert 'builder_appendices = ["untitled"]' in (here / "book/conf.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("---\ntitle: Rows\n---\n\nWords.\n", ["# Rows", "Words."]),
        ("---\nNote: read this\n---\n", ["# Two", "Note: read this"]),
    ],
)
def test_words_in_the_first_cell_of_a_notebook_stay(here: Path, first: str, expected: list[str]) -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": first}]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    settings = "book:\n  title: T\n  chapters: [index.qmd, two.ipynb]\n"
    lay(here / "theirs", {"_quarto.yml": settings, "index.qmd": "# T\n\nWords.\n", "two.ipynb": notebook})
    assert main(["new", "book", "--from", "theirs"]) == 0
    found = json.loads((here / "book/book/two.ipynb").read_text(encoding="utf-8"))["cells"]
    written = ["".join(cell["source"]) for cell in found]
    assert [line for line in expected if not any(line in text for text in written)] == []


def test_what_must_be_looked_at_lies_beside_the_book(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(here / "theirs", {**QUARTO, "one.qmd": "# One\n\n::: {.strange}\nwords\n:::\n"})
    assert main(["new", "book", "--from", "theirs"]) == 0
    assert "LOOK-AT.md: 3 things of 3 kinds" in capsys.readouterr().out
    kind = "Boxes without a counterpart: their content stands without them"
    remarks = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert f"\n- {kind}: 1\n" in remarks
    assert f"\n## {kind}\n\n- one.qmd: .strange\n" in remarks


SYNTAX = "To mark its text, add attrs_block and attrs_inline to myst_enable_extensions in its "
AS_IT_IS = {
    "conf.py": ("Sphinx", {"": "", "myst_enable_extensions = ['colon_fence']": SYNTAX, "x = 'myst, attrs_block, attrs_inline'": ""}),
    "_config.yml": ("Jupyter Book 1", {"title: A\n": SYNTAX}),
    "myst.yml": ("Jupyter Book 2", {"version: 1\n": ""}),
}  # fmt: skip
"""File of settings → the tool, and settings with what is said of marks."""


@pytest.mark.parametrize("name", AS_IT_IS)
def test_what_is_built_as_it_is_is_not_written_anew(here: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    tool, settings = AS_IT_IS[name]
    for text, told in settings.items():
        lay(here / "theirs", {name: text, "_toc.yml": "format: jb-book\nroot: index\n"})
        assert main(["new", "book", "--from", "theirs"]) == 0
        said = capsys.readouterr().out
        assert f"a project of {tool}, which is built as it is" in said
        assert (f"{SYNTAX}{name}." in said) == bool(told)
    assert not (here / "book").exists()


@pytest.mark.parametrize(
    "settings", [{"_bookdown.yml": 'book_filename: "Stones"\n', "index.Rmd": "# Stones\n"}, QUARTO]
)
def test_settings_of_an_authors_own_make_no_jupyter_book_of_another_ones(
    here: Path, settings: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    lay(here / "theirs", {**settings, "_config.yml": "reviewers: [A. Name]\n"})
    assert main(["new", "book", "--from", "theirs"]) == 0
    assert "Jupyter Book" not in capsys.readouterr().out
    assert (here / "book/conf.py").is_file()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"_quarto.yml": "book: [\n"}, "_quarto.yml:2: this is not YAML"),
        ({"book.toml": "[book\n"}, "book.toml: this is not TOML"),
        ({"book.toml": "[book]\n"}, "SUMMARY.md"),
        ({"notes.txt": "x"}, "there is no Markdown"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], words: str
) -> None:
    lay(here / "theirs", files)
    assert main(["new", "book", "--from", "theirs"]) == 1
    assert words in capsys.readouterr().err
    assert not (here / "book").exists()


RUST = {
    "book.toml": "[book]\ntitle = \"Stones\"\n",
    "src/SUMMARY.md": "# Summary\n\n[Foreword](foreword.md)\n\n- [One](one.md)\n  - [Below](below/it.md)\n    - [Deeper](below/deeper.md)\n- [Two](two.md)\n",
    "src/foreword.md": "# Foreword\n\nWords.\n",
    "src/one.md": "## One\n\n```rust,ignore\n# use hidden;\n{{#rustdoc_include ../code/main.rs:here}}\n```\n\n```toml\n{{#include ../code/a.toml:2:3}}\n```\n\n<Listing number=\"1-1\" file-name=\"src/main.rs\" caption=\"A file\">\n\nwords\n\n</Listing>\n\n### Below one\n\n[it](below/it.html#it) [index](below/index.html) [std](../std/io.html)\n\n```\n# no heading\n```\n\n```hbs\n{{x}}\n```\n\n{{#include ../code/nothing.rs}}\n{{#include ../../outside.rs}}\n",
    "src/below/it.md": "# It\n\nWords.\n", "src/below/README.md": "# Index\n", "src/below/deeper.md": "# Deeper\n\nWords.\n", "src/two.md": "# Two\n\nWords.\n",
    "code/main.rs": "fn hidden() {}\n// ANCHOR: here\nfn shown() {}\n// ANCHOR_END: here\n", "code/a.toml": "one = 1\ntwo = 2\nthree = 3\nfour = 4\n",
    "../outside.rs": "fn outside() {}\n",
}  # fmt: skip


def test_an_mdbook_has_its_files_included_and_its_sections_below_their_chapters(here: Path) -> None:
    lay(here / "old", RUST)
    assert main(["new", "book", "--from", "old", "--author", "A. Name"]) == 0
    one = (here / "book/book/one.md").read_text(encoding="utf-8")
    assert one.startswith("# One\n\n```rust\nfn shown() {}\n```\n\n```toml\ntwo = 2\nthree = 3\n```\n")
    assert "Filename: src/main.rs\n\nwords\n\n*Listing 1-1: A file*" in one
    assert (
        "## Below one\n\n[it](below/it.md#it) [index](below/index.html){.external} [std](../std/io.html){.external}"
        in one
    )
    assert "```\n# no heading\n```" in one
    assert "```text\n{{x}}\n```" in one
    assert "outside()" not in one
    assert "```{toctree}\n:hidden:\n\nbelow/it\n```" in one
    assert "```{toctree}\n:hidden:\n\ndeeper\n```" in (here / "book/book/below/it.md").read_text(encoding="utf-8")
    index = (here / "book/book/index.md").read_text(encoding="utf-8")
    assert "```{toctree}\n:hidden:\n\nforeword\n```\n\n```{toctree}\n:hidden:\n:numbered:\n\none\ntwo\n```" in index
    remarks = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert "## Links to pages that are not in the book\n\n- one.md: below/index.html, ../std/io.html\n" in remarks
    assert "nothing here knows its language\n\n- one.md: hbs\n" in remarks
    assert "- Included files that cannot be read: 2\n" in remarks


def test_what_settings_and_references_name_and_is_not_there_is_to_be_looked_at(here: Path) -> None:
    lay(here / "old", BOOKDOWN | {"02-two.Rmd": "# Two\n\nTable \\@ref(tab:made).\n"})
    index = str(BOOKDOWN["index.Rmd"]).replace("[works.bib]", "[works.bib, packages.bib]")
    lay(here / "old", {"index.Rmd": index})
    assert main(["new", "book", "--from", "old"]) == 0
    remarks = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert "code may make them\n\n- packages.bib\n" in remarks
    assert "## References to what is not in the book, or what code makes\n\n- 02-two.Rmd: tab:made\n" in remarks
    assert "packages.bib" not in (here / "book/conf.py").read_text(encoding="utf-8")


def test_links_words_and_formulas_of_a_notebook_are_what_jupyter_shows(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [
        "# Words of a day\n",
        "[there](#Many-Words), [nowhere](#Other), [empty]()\n\n| a |\n|---|\n| \\d |\n",
        "## Many Words\n\n\\begin{align}\na &= b\n\\end{align}\n\n![far](https://example.org/a.png)\n",
    ]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in texts]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    lay(here / "old", {"_quarto.yml": "book:\n  title: Words\n  chapters: [one.ipynb]\n", "one.ipynb": notebook})
    assert main(["new", "book", "--from", "old"]) == 0
    assert "a book of 2 documents" in capsys.readouterr().out
    written = json.loads((here / "book/book/one.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "[there](#many-words)" in "".join(written[1]["source"])
    assert "\\\\d" in "".join(written[1]["source"])
    assert "\\begin{align}\na &= b\n\\end{align}" in "".join(written[2]["source"])
    remarks = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert "Links to headings that are not in the document\n\n- one.ipynb: #Other\n" in remarks
    assert "Links without an address lead nowhere\n\n- one.ipynb\n" in remarks
    assert "- one.ipynb: https://example.org/a.png\n" in remarks


def test_a_label_is_that_of_one_heading_the_one_that_its_author_labelled(here: Path) -> None:
    lay(
        here / "old",
        BOOKDOWN
        | {
            "01-one.Rmd": "# One\n\n## Lists\n\nSee [lists](#lists) and [rows](#rows).\n\n## Rows\n",
            "02-two.Rmd": "# Two\n\n## Lists {#lists}\n\nWords.\n\n## Rows\n",
        },
    )
    assert main(["new", "book", "--from", "old"]) == 0
    one, two = ((here / f"book/book/{name}.md").read_text(encoding="utf-8") for name in ("01-one", "02-two"))
    assert ("(lists)=" in one, "(lists)=\n\n## Lists" in two) == (False, True)
    assert ("(rows)=\n\n## Rows" in one, "(rows)=" in two) == (True, False)


def test_a_first_page_is_not_named_as_a_chapter_but_for_capitals(here: Path) -> None:
    lay(here / "old", BOOKDOWN | {"Preface.Rmd": "# Preface\n\nWords.\n"})
    assert main(["new", "book", "--from", "old"]) == 0
    assert sorted(path.name for path in (here / "book/book").glob("*.md") if "reface" in path.name) == ["Preface.md"]


AWAY = "[a](../std/a.html) [`[b]`][std] [`std`] [std][] [`Std`] [one](one.md) [gone](gone.md)\n\nSee [std]: here.\n\n[std]: ../std/index.html\n[`std`]: ../std/b.html\n"


@pytest.mark.slow
def test_an_mdbook_that_links_out_of_it_and_begins_with_an_index_builds_without_a_warning(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    summary = str(MDBOOK["src/SUMMARY.md"]).replace("# Summary\n", "# Summary\n\n[First words](index.md)\n")
    one = f"# One\n\n### Below\n\n{AWAY}\n```rust, ignore\nfn main() {{}}\n```\n"
    lay(
        here / "theirs",
        MDBOOK
        | {
            "src/SUMMARY.md": summary,
            "src/index.md": "# First words\n",
            "src/one.md": one,
            "src/gone.md": "# No chapter\n",
        },
    )
    assert main(["new", "book", "--from", "theirs"]) == 0
    monkeypatch.chdir(here / "book")
    capfd.readouterr()
    assert (main(["build", "-q", "-W"]), capfd.readouterr().err) == (0, "")
    page = (here / "book/_build/html/one.html").read_text(encoding="utf-8")
    assert [page.count(f'href="../std/{name}.html"') for name in ("a", "index", "b")] == [1, 3, 2]
    assert "First words" in (here / "book/_build/html/preface.html").read_text(encoding="utf-8")
    assert "../std/a.html, gone.md" in (here / "book/LOOK-AT.md").read_text(encoding="utf-8")


def test_what_is_to_be_looked_at_in_several_documents_is_listed_by_kind(here: Path) -> None:
    chapters = {f"{name}.qmd": "# C\n\n```{r}\n1 + 1\n```\n" for name in "abc"}
    lay(here / "old", {"_quarto.yml": "book:\n  title: T\n  chapters: [a.qmd, b.qmd, c.qmd]\n"} | chapters)
    assert main(["new", "book", "--from", "old"]) == 0
    remarks = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert remarks.count("## Code that is shown and not run") == 1
    assert "\n- a.qmd\n- b.qmd\n- c.qmd\n" in remarks


RUN = """# One

::: {#tbl-a .cell tbl-cap='Made'}
```{.r .cell-code}
kable(x)
```

::: {.cell-output-display}
```{=html}
<table>

<tr><th>a</th></tr><tr><td>42</td></tr>
</table>
```
:::
:::

::: {.cell}
::: {.cell-output .cell-output-stdout}

```
[1] 7
```
:::

::: {.cell-output-display}
![Drawn](one_files/figure-html/fig-d-1.png){#fig-d}
:::
:::

See @tbl-a and @fig-d.
"""


@pytest.mark.parametrize("is_current", [True, False])
def test_results_that_quarto_keeps_are_taken_over_where_they_are_of_the_text_as_it_is(
    here: Path, capfd: pytest.CaptureFixture[str], is_current: bool
) -> None:
    source = "# One\n\n```{r}\n#| label: tbl-a\nkable(x)\n```\n\nSee @tbl-a.\n"
    digest = hashlib.md5((source if is_current else "older").encode()).hexdigest()
    lay(
        here / "old",
        {
            "_quarto.yml": "project: {type: book}\nbook:\n  title: B\n  chapters: [below/one.qmd]\n",
            "below/one.qmd": source,
            "_freeze/below/one/execute-results/html.json": json.dumps({"hash": digest, "result": {"markdown": RUN}}),
            "_freeze/below/one/figure-html/fig-d-1.png": PNG,
        },
    )
    assert main(["new", "book", "--from", "old"]) == 0
    if not is_current:
        remarks = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
        assert "## Results in _freeze are older than their document" in remarks
        assert "- below/one.qmd: tbl-a\n" in remarks
        return
    assert not (here / "book/LOOK-AT.md").exists()
    one = (here / "book/book/below/one.md").read_text(encoding="utf-8")
    assert ":::{table} Made\n:name: tbl-a\n" in one
    assert "```text\n[1] 7\n```" in one
    assert (here / "book/book/below/one_files/figure-html/fig-d-1.png").read_bytes() == PNG
    capfd.readouterr()
    made = main(["build", "-q", "-W", "--to", "pdf", "-c", "book", "book/book"])
    assert (made, capfd.readouterr().err) == (0, "")


def test_pictures_of_a_rendered_book_stand_where_its_code_draws_them(here: Path) -> None:
    cells = [
        "```{r}\n#| include: false\nlibrary(x)\n```",
        "```{r}\n#| echo: false\nplot(1)\n```",
        "```{r}\n#| label: fig-b\n#| fig-cap: Labelled\nplot(2)\n```",
        "::: {#fig-c}\n```{r}\nplot(3)\n```\n\nIn a box\n:::",
    ]
    lay(
        here / "old",
        {
            "_quarto.yml": "project: {type: book, output-dir: out}\nbook:\n  title: B\n  chapters: [below/one.qmd]\n",
            "below/one.qmd": "# One\n\n" + "\n\n".join(cells) + "\n",
            **{
                f"out/below/one_files/figure-html/{name}-1.png": PNG
                for name in ("unnamed-chunk-2", "fig-b", "unnamed-chunk-3", "unnamed-chunk-9")
            },
        },
    )
    assert main(["new", "book", "--from", "old"]) == 0
    one = (here / "book/book/below/one.md").read_text(encoding="utf-8")
    folder = "one_files/figure-html"
    assert f"![Plot made by code]({folder}/unnamed-chunk-2-1.png)" in one
    look_at = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert f"- below/one.qmd: {folder}/unnamed-chunk-2-1.png\n" in look_at
    assert f":::{{figure}} {folder}/fig-b-1.png\n:name: fig-b\n" in one
    assert f":::{{figure}} {folder}/unnamed-chunk-3-1.png\n:name: fig-c\n:alt: In a box\n" in one
    copied = sorted(path.name for path in (here / "book/book/below" / folder).iterdir())
    assert copied == ["fig-b-1.png", "unnamed-chunk-2-1.png", "unnamed-chunk-3-1.png"]
    assert "- below/one.qmd: unnamed-chunk-2, fig-b, unnamed-chunk-3\n" in (here / "book/LOOK-AT.md").read_text(
        encoding="utf-8"
    )


def test_a_rendered_bookdown_gives_its_pictures_and_no_copy_of_itself(here: Path) -> None:
    """Its pages lie in a folder that the settings name; files are named in other capitals on other disks."""
    cells = "```{r}\nplot(1, main = 'A row')\n```\n\n```{r, named}\nplot(2)\n```\n\n![x](img/hill.png)\n"
    cells += "\nIn a line ![y](img/a%20lake.png) and ![z](img/not%20there.png) stand.\n"
    cells += "\n```{r}\nplot(3)\n```\n"
    lay(
        here / "old",
        {
            "_bookdown.yml": "output_dir: out\n",
            "index.Rmd": "---\ntitle: B\nlang: de\n---\n\n# First\n\nWords.\n",
            "01-one.Rmd": f"# One\n\n{cells}",
            "img/hill.PNG": PNG,
            "img/a lake.PNG": PNG,
            "out/01-one.md": "# One\n",
            "out/01-one_files/figure-html/unnamed-chunk-1-1.png": PNG,
            "out/01-one_files/figure-html/unnamed-chunk-2-1.png": PNG,
            "out/_main_files/figure-html/named-1.png": PNG,
        },
    )
    assert main(["new", "book", "--from", "old"]) == 0
    one = (here / "book/book/01-one.md").read_text(encoding="utf-8")
    assert "![A row](01-one_files/figure-html/unnamed-chunk-1-1.png)" in one
    assert "![Von Code gezeichnete Abbildung](01-one_files/figure-html/unnamed-chunk-2-1.png)" in one
    assert ":::{figure} img/hill.PNG\n" in one
    assert "In a line ![y](img/a%20lake.PNG) and ![z](img/not%20there.png) stand." in one
    assert not (here / "book/book/out").exists()
    assert "out/" not in (here / "book/LOOK-AT.md").read_text(encoding="utf-8")


def test_a_file_that_is_included_from_the_root_of_the_project_is_taken_over(here: Path) -> None:
    chapters = "book:\n  title: B\n  chapters: [index.qmd, below/one.qmd]\n"
    lay(
        here / "old",
        {
            "_quarto.yml": f"project: {{type: book}}\n{chapters}",
            "index.qmd": "# First\n\nWords.\n",
            "below/one.qmd": "# One\n\n{{< include /parts/_a.qmd >}}\n\n{{< include ../parts/_b.qmd >}}\n",
            "parts/_a.qmd": "::: {.callout-note}\nA\n:::\n",
            "parts/_b.qmd": "::: {.callout-tip}\nB\n:::\n",
        },
    )
    assert main(["new", "book", "--from", "old"]) == 0
    assert ":::{note}" in (here / "book/book/parts/_a.md").read_text(encoding="utf-8")
    assert ":::{tip}" in (here / "book/book/parts/_b.md").read_text(encoding="utf-8")


def test_macros_that_documents_include_are_in_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "old"
    old.mkdir()
    (old / "_quarto.yml").write_text("project: {type: book}\nbook:\n  title: B\n  chapters: [index.qmd, one.qmd]\n")
    (old / "macros.tex").write_text("\\providecommand{\\R}{\\mathbb{R}}\n\\newcommand{\\kl}[2]{K(#1, #2)}\n")
    (old / "index.qmd").write_text("# Preface\n\nWords.\n")
    (old / "one.qmd").write_text("{{< include macros.tex >}}\n\n# One\n\nIn $\\R$ is $\\kl{p}{q}$.\n")
    assert main(["new", "book", "--from", "old"]) == 0
    line = r'mathjax3_config = {"tex": {"macros": {"R": "\\mathbb{R}", "kl": ["K(#1, #2)", 2]}}}'
    assert line in (tmp_path / "book/conf.py").read_text()
    assert not (tmp_path / "book/LOOK-AT.md").exists()
    monkeypatch.chdir(tmp_path / "book")
    assert main(["build", "-W", "--to", "pdf"]) == 0


FRENCH = "La marée est ce que la lune fait de la mer, et elle ne dit pas quand il faut que les navires soient au port. "


@pytest.mark.parametrize(
    ("settings", "words", "asked", "language", "is_told"),
    [
        ("", FRENCH, [], "fr", True),
        ("lang: de\n", FRENCH, [], "de", False),
        ("", FRENCH, ["--language", "it"], "it", False),
        ("", "The tide is what the moon does with the sea, and it is not for us to say when. ", [], "en", False),
    ],
)
def test_a_book_whose_settings_name_no_language_is_taken_over_in_that_of_its_words(
    here: Path, capsys: pytest.CaptureFixture[str], settings: str, words: str, asked: list[str], language: str,
    *, is_told: bool,
) -> None:  # fmt: skip
    lay(
        here / "old",
        {"_quarto.yml": f"project: {{type: website}}\n{settings}", "index.qmd": f"# Mer\n\n{words * 30}\n"},
    )
    assert main(["new", "book", "--from", "old", *asked]) == 0
    assert f'language = "{language}"' in (here / "book/conf.py").read_text(encoding="utf-8")
    assert ("It is written in French, which its settings do not name" in capsys.readouterr().out) is is_told


def test_code_and_boxes_right_below_tags_are_what_they_are(here: Path) -> None:
    cells = "<table>\n<tr>\n<td>\n```{r}\nwait()\n\nstop()\n```\n</td>\n</tr>\n</table>\n\n::: {.callout-tip}\nWait for it.\n:::\n"
    text = f"# Tides\n\n{cells}\n## Waves\n\n```html\n<td>\n```\n"
    lay(here / "old", {"_quarto.yml": "project:\n  type: website\n", "index.qmd": text})
    assert main(["new", "book", "--from", "old"]) == 0
    page = next((here / "book/book").glob("*.md")).read_text(encoding="utf-8")
    assert "<td>\n\n```r\nwait()\n\nstop()\n```\n\n</td>" in page
    assert "</table>\n\n:::{tip}\n" in page
    assert "```html\n<td>\n```" in page


@pytest.mark.parametrize(
    ("render", "taken"),
    [
        ('["*.qmd", "!cards/", "!left.qmd"]', {"one.md", "below/two.md"}),
        ("[one.qmd, below]", {"one.md", "below/two.md"}),
        ("", {"one.md", "below/two.md", "cards/sea.md", "left.md"}),
    ],
)
def test_a_document_that_quarto_is_not_to_render_is_no_chapter(here: Path, render: str, taken: set[str]) -> None:
    names_of_pages = ("one", "below/two", "cards/sea", "left")
    settings = (
        f"project:\n  type: website\n{render and f'  render: {render}'}\nwebsite:\n  navbar:\n    left: [one.qmd]\n"
    )
    lay(here / "old", {"_quarto.yml": settings, **{f"{name}.qmd": "# A title\n\nWords.\n" for name in names_of_pages}})
    assert main(["new", "book", "--from", "old"]) == 0
    pages = {path.relative_to(here / "book/book").as_posix() for path in (here / "book/book").rglob("*.md")}
    assert pages - {"LOOK-AT.md", "index.md"} == taken


def test_an_icon_in_the_title_of_a_quarto_document_is_left_out_and_told(here: Path) -> None:
    page = "---\ntitle: Tides with {{< fa brands r-project >}}\n---\n\nWords.\n"
    lay(here / "old", {"_quarto.yml": "project:\n  type: website\n", "one.qmd": page})
    assert main(["new", "book", "--from", "old"]) == 0
    assert (here / "book/book/one.md").read_text(encoding="utf-8").startswith("# Tides with\n")
    assert "{{< fa brands r-project >}}" in (here / "book/LOOK-AT.md").read_text(encoding="utf-8")


def test_a_tag_that_closes_nothing_closes_no_part_of_the_page(here: Path) -> None:
    rows = "<div>\n<table>\n<tr>\n<td>\n\nHigh\n</td>\n<tr>\n</table>\n</div>\n"
    text = f"# Tides\n\n{rows}\n</div>\n\n<div class='low'>\nLow.\n</div>\n\n```html\n</div>\n```\n"
    lay(here / "old", {"_quarto.yml": "project:\n  type: website\n", "one.qmd": text})
    assert main(["new", "book", "--from", "old"]) == 0
    page = (here / "book/book/one.md").read_text(encoding="utf-8")
    outside = page.replace("```html\n</div>\n```", "")
    assert outside != page
    assert outside.count("</div>") == outside.count("<div")
    assert "Tags that close nothing are left out" in (here / "book/LOOK-AT.md").read_text(encoding="utf-8")


def test_headings_of_parts_in_a_quarto_book_open_parts_as_in_bookdown(here: Path) -> None:
    settings = "project: {type: book}\nbook:\n  title: Stones\n  chapters: [index.qmd, one.qmd, part.qmd, two.qmd, three.qmd]\n"
    files: dict[str, str | bytes] = {
        "_quarto.yml": settings, "index.qmd": "# Preface\n\nWhy.\n", "one.qmd": "# One\n\nWords.\n",
        "part.qmd": "# (PART) Of stones {-}\n", "two.qmd": "# Two\n\nWords.\n",
        "three.qmd": "# (PART\\*) Of wood {-}\n\n# Three\n\n```\n# (PART) in code\n```\n",
    }  # fmt: skip
    lay(here / "theirs", files)
    assert main(["new", "book", "--from", "theirs"]) == 0
    index = next((here / "book").rglob("index.md")).read_text(encoding="utf-8")
    assert "```{toctree}\n:hidden:\n:numbered:\n\none\n```" in index
    assert ":caption: Of stones\n:numbered:\n\ntwo\n```" in index
    assert ":caption: Of wood\n:numbered:\n\nthree\n```" in index
    three = next((here / "book").rglob("three.md")).read_text(encoding="utf-8")
    assert three.startswith("# Three")
    assert "# (PART) in code" in three


def test_a_box_of_a_heading_alone_has_that_for_its_words(here: Path) -> None:
    lay(here / "theirs", QUARTO | {"one.qmd": "# One\n\n::: {.callout-note}\n## Hard *matter* only\n:::\n\nWords.\n"})
    assert main(["new", "book", "--from", "theirs"]) == 0
    assert "{note}\n\nHard *matter* only\n:::" in (here / "book/book/one.md").read_text(encoding="utf-8")
