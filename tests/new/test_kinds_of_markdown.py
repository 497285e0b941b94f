"""What books and notes of other tools write in their kinds of Markdown, and what becomes of it."""

# One case stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.commands.cli import main
from builder.commands.new.converted import convert

WRITTEN = {
    ("mdBook", '```admonish warning title="Look out"\nWords.\n```'): ":::{admonition} Look out\n:class: warning\n\nWords.\n:::",
    ("mdBook", "~~~admonish tip\nWords.\n~~~"): ":::{tip}\n\nWords.\n:::",
    ("mdBook", '```admonish info "Old", collapsible=true\nWords.\n```'): ":::{admonition} Old\n:class: note dropdown",
    ("mdBook", "> [!TIP]\n> Words.\n> > inner"): ":::{tip}\n\nWords.\n> inner\n:::",
    ("mdBook", "`> [!TIP]` \\\\( x^2 \\\\)\n\n\\\\[ y \\\\]"): "`> [!TIP]` $x^2$\n\n$$\ny\n$$",
    ("mdBook", "```rust\n# hidden\n## shown\n```"): "```rust\n# shown\n```",
    ("mdBook", "```mermaid\ngraph TD; A-->B\n```"): "```{mermaid}\ngraph TD; A-->B\n```",
    ("mdBook", "## A {#here}\n\nx"): "(here)=\n# A\n",
    ("mdBook", "\\{{#include as-it-is}}"): "{{#include as-it-is}}",
    ("Markdown", "> [!warning]- Folded\n> words"): ":::{admonition} Folded\n:class: warning dropdown\n\nwords\n:::",
    ("Markdown", "[[Note]] [[note|shown]] [[Note#A part]] ![[hill.png|100]]"): '[Note](<Note.md>) [shown](<Note.md>) [Note, A part](<Note.md#a-part>) ![](<hill.png>){width="100px"}',
    ("Markdown", "==marked== `==code==`"): "**marked** `==code==`",
    ("Markdown", "---\ntitle: A title\n---\n\nwords"): "# A title\n\nwords",
    ("Markdown", '+++\ntitle = "Of Hugo"\n+++\n\nwords'): "# Of Hugo\n\nwords",
    ("Markdown", '{{< figure src="hill.png" caption="A hill" >}}'): ":::{figure} hill.png\n\nA hill\n:::",
    ("Markdown", "{{< youtube abc >}} [b]({{< ref \"b.md\" >}})"): "<https://www.youtube.com/watch?v=abc> [b](b.md)",
    ("Markdown", "{% highlight ruby %}\nx\n{% endhighlight %}"): "```ruby\nx\n```",
    ("Markdown", "![h]({{ site.baseurl }}/hill.png)"): "![h](hill.png)",
    ("MkDocs", '!!! warning "Look out"\n    Words.\n\n    - item\n\nAfter.'): ":::{admonition} Look out\n:class: warning\n\nWords.\n\n- item\n:::\n\nAfter.",
    ("MkDocs", "??? question\n    Folded.\n\n    !!! tip\n        Inner.\n"): "::::{admonition} Question\n:class: note dropdown\n\nFolded.\n\n:::{tip}\n\nInner.\n:::\n::::",
    ("MkDocs", "- a\n\n    !!! note inline end\n        In a list.\n"): "- a\n\n    :::{note}\n\n    In a list.\n    :::",
    ("MkDocs", '=== "Python"\n    ```py\n    x\n    ```\n\n=== "R"\n    y\n\nAfter.'): "::::{tab-set}\n:::{tab-item} Python\n```py\nx\n```\n:::\n:::{tab-item} R\ny\n:::\n::::\n\nAfter.",
    ("MkDocs", "```\n!!! note\n    is code\n```"): "```\n!!! note\n    is code\n```",
    ("MkDocs", "/// details | More\nWords.\n///"): ":::{admonition} More\n:class: note dropdown\n\nWords.\n:::",
    ("MkDocs", '``` py title="a.py" linenums="1" hl_lines="2-3 5"\nx\n```'): "```{code-block} py\n:caption: a.py\n:linenos:\n:emphasize-lines: 2-3,5\n\nx\n```",
    ("MkDocs", "``` { .yaml .annotate }\nx\n```"): "```yaml\nx\n```",
    ("MkDocs", "``` .sh\nx\n```"): "```sh\nx\n```",
    ("MkDocs", "```{r}\nx\n```"): "```{r}\nx\n```",
    ("MkDocs", '![A hill](hill.png){ width="300" align=left loading=lazy }'): "![A hill](hill.png){width=300px}",
    ("MkDocs", '![A hill](hill.png){: style="width:50%" }'): "![A hill](hill.png){width=50%}",
    ("MkDocs", "# A {: #here }\n\n## B { data-toc-label='b' }"): "(here)=\n# A\n\n## B\n",
    ("MkDocs", '<figure markdown="span">\n  ![A hill](hill.png){ width="30%" }\n  <figcaption>The *hill*</figcaption>\n</figure>'): ":::{figure} hill.png\n:alt: A hill\n:width: 30%\n\nThe *hill*\n:::",
    ("MkDocs", "![A hill](hill.png)\n/// caption\nThe hill\n///"): ":::{figure} hill.png\n:alt: A hill\n\nThe hill\n:::",
    ("MkDocs", '<div class="grid" markdown>\n\nA <b>word</b>\n\n</div>\n<div>\nb\n</div>'): "A <b>word</b>\n\n<div>\nb\n</div>",
    ("MkDocs", "Press ++ctrl+alt+del++, H~2~O and $a~b~c$, A^T^, `^x^`[^1]\n\n[^1]: Note."): "Press {kbd}`Ctrl+Alt+Del`, H{sub}`2`O and $a~b~c$, A{sup}`T`, `^x^`[^1]\n\n[^1]: Note.",
    ("MkDocs", "A \\(a_{i}\\) and\n\n\\[ b \\]\n\n[TOC]"): "A $a_{i}$ and\n\n$$\nb\n$$",
    ("MkDocs", "`#!python range(3)` and ==marked=="): "`range(3)` and **marked**",
    ("MkDocs", '--8<-- "part.md:here"'): "Only this.",
    ("MkDocs", "A $\\frac{ a }{ b }$ {: .center } of { x } {{ y }}\n\n\\[ c^{ 2 } \\]"): "A $\\frac{ a }{ b }$ of { x } {{ y }}\n\n$$\nc^{ 2 }\n$$",
    ("MkDocs", "````md\n``` { .yaml .copy }\n`#!py x`\n```\n````\n\n```a``` `#!py y`"): "````md\n``` { .yaml .copy }\n`#!py x`\n```\n````\n\n```a``` `y`",
    ("MkDocs", '=== "A"\n\n=== "B"\n    x'): "::::{tab-set}\n:::{tab-item} A\n%\n:::\n:::{tab-item} B\nx\n:::\n::::",
    ("MkDocs", "<details markdown>\n<summary>More</summary>\n*A* word.\n</details>"): ":::{admonition} More\n:class: note dropdown\n\n*A* word.\n:::",
    ("MkDocs", "[a][x]\n\n[x]: https://a.org\n[X]: https://b.org\n\n```\n[x]: c\n```"): "[a][x]\n\n[X]: https://b.org\n\n```\n[x]: c\n```",
    ("MkDocs", "{++new++}{--old--} {~~a~>b~~} {==c==}{>>why<<}"): "new b c",
    ("Markdown", "[x](b.ipynb#The-Bad:-One) [y](https://a.org/b.ipynb#The-Bad)"): "[x](b.ipynb#the-bad-one) [y](https://a.org/b.ipynb#The-Bad)",
    ("Markdown", "{% hint style=\"warning\" %}\nMind *it*.\n{% endhint %}\n\nAfter."): ":::{warning}\n\nMind *it*.\n:::\n",
    ("Markdown", '{% tabs %}\n{% tab title="R" %}\nx\n{% endtab %}\n\n{% tab title="C" %}\ny\n{% endtab %}\n{% endtabs %}'): "::::{tab-set}\n:::{tab-item} R\nx\n:::\n:::{tab-item} C\ny\n:::\n::::",
    ("Markdown", '{% code title="a.py" lineNumbers="true" %}\n```python\nx\n```\n{% endcode %}'): "```{code-block} python\n:caption: a.py\n\nx\n```",
    ("Markdown", '{% embed url="https://a.org/film" %}\nThe film\n{% endembed %} {% file src="a.csv" %}'): "[The film](<https://a.org/film>) [a.csv](<a.csv>)",
    ("MkDocs", "Words."): "# Of the navigation\n\nWords.",
    ("bookdown", "\\begin{equation}\na = b (\\#eq:sum)\n\\end{equation}\n\nSee \\@ref(eq:sum)."): "$$\na = b\n$$ (eq:sum)",
    ("bookdown", "\\begin{align*}\na &= b\n\\end{align*}"): "\\begin{align*}\na &= b\n\\end{align*}",
    ("bookdown", '```{theorem, line, name="Line"}\nStraight.\n```'): ":::{prf:theorem} Line\n:label: thm:line\n\nStraight.\n:::",
    ("bookdown", "::: {.lemma #l}\nStraight.\n:::"): ":::{prf:lemma}\n:label: lem:l",
    ("bookdown", '(ref:cap) A *long* caption.\n\n```{r hill, fig.cap="(ref:cap)"}\nknitr::include_graphics("hill.png")\n```'): "A *long* caption.\n:::",
    ("bookdown", "`r if (knitr::is_html_output()) '# References {-}'`"): "# References",
    ("bookdown", "A \\(a_{i}\\) and\n\n\\[ \\frac{a}{b} \\]"): "A $a_{i}$ and\n\n$$\n\\frac{a}{b}\n$$",
    ("bookdown", "\\index{maps!old@\\texttt{old}}\\index{seas|see {maps}}\nWords."): "```{index} single: maps; old\n```\n\n```{index} see: seas; maps\n```\n\nWords.",
    ("bookdown", "````{verbatim}\n```{r, echo=FALSE}\nknitr::include_graphics('a.png')\n```\n````"): "````\n```{r, echo=FALSE}\nknitr::include_graphics('a.png')\n```\n````",
    ("bookdown", "```{r, eval=FALSE}\nknitr::include_graphics('a.png')\n```"): "```r\nknitr::include_graphics('a.png')\n```",
    ("mdBook", '## <a id="hill"></a> Hills\n\n<a name="dale"></a>\n## Dales'): "(hill)=\n# Hills\n\n(dale)=\n# Dales",
    ("mdBook", "``` rust,ignore\nx\n```\n\n```should_panic\nx\n```"): "```rust\nx\n```\n\n```rust\nx\n```",
    ("Quarto", "{{< var moon >}} {{< meta edition >}} {{< var deep.er >}}"): "Luna second 3",
    ("Quarto", "A\n\n. . .\n\nB"): "A\n\nB",
    ("Quarto", "| a |\n|---|\n| $|z| > 1$ |"): "$\\vert z\\vert  > 1$",
    ("Quarto", "> Words.\\"): "> Words.\n",
    ("Quarto", "![A hill](hill)"): ":::{figure} hill.png\n",
    ("Quarto", "::: {#fig-a}\n```{mermaid}\ngraph TD;\n```\n\nA graph\n:::"): "```{mermaid}\n:caption: A graph\n:name: fig-a\ngraph TD;\n```",
    ("Quarto", "::: {#tbl-a}\n```{r}\nkable(x)\n```\nThe caption\n:::"): ":::{table} The caption\n:name: tbl-a\n\n| `tbl-a` |",
    ("Quarto", "::: {#fig-a}\n```{r}\n#| label: fig-b\nplot(x)\n```\nThe caption\n:::"): "(fig-a)=\n\n:::{figure} fig-b.png\n:name: fig-b\n",
    ("Quarto", "```{=html}\n<p>a</p>\n\n    <p>b</p>\n```"): "```{raw} html\n<p>a</p>\n\n    <p>b</p>\n```",
}  # fmt: skip
"""Tool and what its author writes → what stands in the MyST."""

TOLD = {
    ("Markdown", "[[Nowhere]]"): "Links that lead to nothing in the folder: `[[Nowhere]]`",
    ("Markdown", "![[Note]]"): "Documents that were shown in others are links here",
    ("Markdown", "{{< strange >}}"): "left out: `{{< strange >}}`",
    ("Markdown", "{% include x.html %}"): "left out: `{% include x.html %}`",
    ("Markdown", "words\n{: .note }"): "left out: `{: .note }`",
    ("Markdown", "---\ndraft: true\n---\n\n# A"): "Front matter without use here: draft",
    ("mdBook", "{{#include a\0b.md}}"): "Included files that cannot be read",
    ("MkDocs", '--8<-- "../out.md"'): "Included files that cannot be read: `../out.md`",
    (
        "MkDocs",
        "::: package.module\n    options:\n      x: 1\n\nWords.",
    ): "mkdocstrings documents is left out: name it with autodoc: `package.module`",
    ("MkDocs", "*[HTML]: A language\n\nHTML"): "Abbreviations are left out: `HTML`",
    ("MkDocs", ":material-account: Who"): "Icons are left out: `:material-account:`",
    ("MkDocs", "Fine :smile:"): "Emoji by their names: write the signs: `:smile:`",
    ("MkDocs", "A { .red }"): "Attributes are left out: `{ .red }`",
    ("Quarto", "{{< var nothing >}}"): "left out: `{{< var nothing >}}`",
}
"""The same → what a person is told."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the cases name."""
    files = {
        "Note.md": "# Note\n", "hill.png": "", "_quarto.yml": "edition: second\n", "_variables.yml": "moon: Luna\ndeep: {er: 3}\n",
        ".obsidian/app.json": "{}", "part.md": "No.\n<!-- --8<-- [start:here] -->\nOnly this.\n<!-- --8<-- [end:here] -->\nNo.\n",
        "mkdocs.yml": "docs_dir: .\nnav: [{Of the navigation: chapter.md}]\nmarkdown_extensions: [pymdownx.arithmatex, pymdownx.critic, pymdownx.keys, pymdownx.caret, pymdownx.tilde, pymdownx.emoji: {emoji_index: !!python/name:material.emoji }]\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("tool", "text"), WRITTEN)
def test_it_becomes_myst(folder: Path, tool: str, text: str) -> None:
    converted = convert(tool, folder / "chapter.md", f"{text}\n", frozenset(), folder)
    assert WRITTEN[tool, text] in converted.text
    assert not any("left out" in told or "leads to" in told for told in map(str, converted.look_at))


def test_brackets_are_no_formulas_where_a_site_of_mkdocs_has_none(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("docs_dir: .\n", encoding="utf-8")
    text = "# A\n\nSee \\[1\\] and \\(2\\).\n"
    assert convert("MkDocs", tmp_path / "chapter.md", text, frozenset(), tmp_path).text == text


@pytest.mark.parametrize(("tool", "text"), TOLD)
def test_what_has_no_counterpart_is_told(folder: Path, tool: str, text: str) -> None:
    told = convert(tool, folder / "chapter.md", f"{text}\n", frozenset(), folder).look_at
    assert any(TOLD[tool, text] in one for one in map(str, told))


def test_settings_and_documents_that_are_not_taken_over_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        "q/_quarto.yml": "project: {type: book}\nbook:\n  title: T\n  favicon: x.png\n  chapters: [index.qmd, a.qmd]\nexecute: {echo: false}\n",
        "q/index.qmd": "Words.\n", "q/a.qmd": "# A\n\nw\n", "q/lost.qmd": "# Lost\n",
        "j/_config.yml": "theme: minima\n", "j/a.md": "---\ntitle: A\n---\n\nw\n", "j/_posts/b.md": "# B\n",
        "w/_quarto.yml": "website:\n  title: W\t\n  favicon: x.png\n  sidebar:\n    contents:\n    - {section: Rows, contents: [b.qmd, {href: a.qmd}]}\n    - c.qmd\n",
        "w/index.qmd": "# W\n", "w/a.qmd": "# A\n", "w/b.qmd": "# B\n", "w/c.qmd": "# C\n", "w/d.qmd": "# D\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    listed = {}
    for name in "qjw":
        assert main(["new", f"new-{name}", "--from", name]) == 0
        listed[name] = (tmp_path / f"new-{name}/LOOK-AT.md").read_text(encoding="utf-8")
    assert "## Settings without use here\n\n- _quarto.yml: book.favicon, execute\n" in listed["q"]
    assert "- lost.qmd" in listed["q"]
    assert (tmp_path / "new-q/book/preface.md").read_text(encoding="utf-8").startswith("# Preface\n")
    assert "- _posts/b.md" in listed["j"]
    contents = (tmp_path / "new-w/book/index.md").read_text(encoding="utf-8")
    assert re.findall(r":caption: (\w+)|^(\w)$", contents, re.MULTILINE) == [
        ("Rows", ""), *(("", name) for name in "bacd"),
    ]  # fmt: skip
