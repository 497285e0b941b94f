"""Icons of sphinx-design and of web fonts: characters among words, pictures alone, warnings where neither can be."""

from __future__ import annotations

import pytest

from conftest import SVG, Book, bullets, titles

CHAPTER = """\
# Chapter

{.slide}
## {octicon}`book` Rules

{.slide}
- {octicon}`rocket` Start, {fas}`check` done, {material-regular}`close` not, <i class="fa fa-star"></i> best
- We are on {fab}`github` <i class="fas fa-spinner fa-spin"></i> and stay

{.slide}
## Alone

{.slide}
{octicon}`mark-github;4em`

{.slide}
## Cells

{.slide}
| Feature | There |
|---|---|
| Fast | {octicon}`check` |
| Small | {fas}`times` |
"""


def test_icons_are_characters_or_pictures_or_warned_of(book: Book) -> None:
    book.write("conf.py", (book.folder / "conf.py").read_text() + 'extensions += ["sphinx_design"]\n')
    result = book.build(CHAPTER, "--to", "pptx")
    words, alone, cells = list(result.deck().slides)[1:]
    assert titles(result.deck())[1] == "📖 Rules"
    assert [text for _level, text in bullets(words)] == [
        "🚀 Start, ✓ done, ✗ not, ★ best",
        "We are on and stay",
    ]
    [picture] = [shape for shape in alone.shapes if shape.shape_type == 13]
    assert (picture.height.pt, picture._element.nvPicPr.cNvPr.get("descr")) == (48, "mark github")
    [table] = [shape.table for shape in cells.shapes if shape.has_table]
    assert [row.cells[1].text for row in table.rows] == ["There", "✓", "✗"]
    lost = [line for line in result.errors.splitlines() if "left out of the slide" in line]
    assert [(line.split("chapter.md:")[1].split(":")[0], line.split("'")[1]) for line in lost] == [
        ("8", "github"),
        ("8", "spinner"),
    ]


PROFILE = """# Chapter

{.slide}
## Section

```{article-info}
:avatar: face.svg
:avatar-alt: The author.
:author: Ann Bee
```

{.slide}
![A face.](face.svg){.sd-avatar-md}
"""


def test_portraits_have_the_size_of_web_pages(book: Book) -> None:
    book.write("conf.py", (book.folder / "conf.py").read_text() + 'extensions += ["sphinx_design"]\n')
    book.write("face.svg", SVG)
    result = book.build(PROFILE, "--to", "pdf,pptx")
    assert result.errors == ""
    [picture] = [shape for shape in result.deck().slides[1].shapes if shape.name.startswith("Picture")]
    assert picture.width.pt == pytest.approx(60 * 22 / 12)
