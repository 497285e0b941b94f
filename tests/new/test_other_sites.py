"""Sites of MkDocs, GitBook and docsify, and plain folders, become books: their order, their parts, their first page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from builder.commands.cli import main

SITE = {
    "mkdocs.yml": """\
site_name: Of stones
site_author: A. Name
theme: {name: material, language: de, palette: {scheme: slate}}
extra_javascript: [x.js]
plugins: [search, macros]
markdown_extensions: [attr_list, {pymdownx.emoji: {emoji_index: !!python/name:material.emoji.twemoji }}]
nav:
  - Start: index.md
  - Rocks:
    - Granite: rocks/granite.md
    - Old ones:
      - rocks/gneiss.md
    - rocks/basalt.md
  - Elsewhere: https://example.org/
  - Outside: ../../secret.md
""",
    "docs/index.md": "# Welcome\n\nWords on [granite](rocks/granite.md#grains).\n",
    "docs/rocks/granite.md": '## Grains {: #grains }\n\n!!! note "Hard"\n    It is hard.\n\n[Home](../index.md)\n',
    "docs/rocks/gneiss.md": "# Gneiss\n\nWords.\n",
    "docs/rocks/basalt.md": "# Basalt\n\nWords.\n",
    "docs/rocks/lost.md": "# Lost\n\nWords.\n",
    "../secret.md": "# Secret\n",
}


def lay(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def listed(book: Path) -> list[tuple[str, ...]]:
    """The parts of a book that was taken over: the caption of each, and its documents."""
    text = (book / "book/index.md").read_text(encoding="utf-8")
    found = []
    for part in re.findall(r"```\{toctree\}\n(.*?)\n```", text, re.DOTALL):
        caption = re.search(r":caption: (.*)", part)
        found.append((caption[1] if caption else "", *part.partition("\n\n")[2].split("\n")))
    return found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_site_of_mkdocs_has_the_parts_of_its_navigation(here: Path) -> None:
    lay(here / "site", SITE)
    assert main(["new", "book", "--from", "site"]) == 0
    assert listed(here / "book") == [
        ("", "preface"),
        ("Rocks", "rocks/granite"),
        ("Old ones", "rocks/gneiss"),
        ("Rocks", "rocks/basalt"),
    ]
    granite = (here / "book/book/rocks/granite.md").read_text(encoding="utf-8")
    assert granite.startswith(
        "# Granite\n\n(grains)=\n## Grains\n\n:::{admonition} Hard\n:class: note\n\nIt is hard.\n:::"
    )
    assert "[Home](../preface.md)" in granite
    conf = (here / "book/conf.py").read_text(encoding="utf-8")
    assert 'project = "Of stones"' in conf
    assert 'author = "A. Name"' in conf
    assert 'language = "de"' in conf
    look_at = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert "- mkdocs.yml: extra_javascript, plugins.macros\n" in look_at
    assert "- rocks/lost.md" in look_at
    assert "Secret" not in "".join(path.read_text() for path in (here / "book/book").rglob("*.md"))


def test_a_site_of_mkdocs_builds_without_a_warning(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(here / "site", SITE)
    assert main(["new", "book", "--from", "site"]) == 0
    assert main(["build", "book", "-W", "-o", "out"]) == 0, capsys.readouterr().err
    assert (here / "out/pdf/of-stones.pdf").is_file() or list((here / "out/pdf").glob("*.pdf"))


def test_files_that_documents_link_to_are_copied_and_no_others(here: Path) -> None:
    files = {"docs/index.md": "# One\n\n[code](code/a.py) [b](../secret.py) [no](none.py)\n", "docs/other.py": "no"}
    lay(here / "site", {"mkdocs.yml": "site_name: S\n", "docs/code/a.py": "a = 1\n", "secret.py": "no", **files})
    assert main(["new", "book", "--from", "site"]) == 0
    assert [path.name for path in (here / "book/book").rglob("*.py")] == ["a.py"]
    assert (here / "book/book/code/a.py").read_text(encoding="utf-8") == "a = 1\n"


def test_a_site_of_mkdocs_without_navigation_has_its_folders_as_parts(here: Path) -> None:
    lay(here / "site", SITE | {"mkdocs.yml": "site_name: Of stones\n", "docs/10.md": "# Ten\n", "docs/2.md": "# Two\n"})
    assert main(["new", "book", "--from", "site"]) == 0
    assert listed(here / "book") == [
        ("", "preface"),
        ("", "2", "10"),
        ("Rocks", "rocks/basalt", "rocks/gneiss", "rocks/granite", "rocks/lost"),
    ]


@pytest.mark.parametrize("summary", ["SUMMARY.md", "docs/_sidebar.md"])
def test_a_summary_orders_a_folder(here: Path, summary: str) -> None:
    folder = Path(summary).parent
    lay(
        here / "site",
        {
            summary: "# Table of contents\n\n* [Start](README.md)\n\n## Rocks\n\n"
            "* [Basalt](b.md)\n  * [Old](/c.md)\n* [Ash](a.md)\n* Young ones\n  * [Tuff](d.md)\n* [Clay](e.md)\n",
            **{f"{folder}/{name}.md": f"# {name.capitalize()}\n\nWords.\n" for name in ("README", "a", "b", "c", "e")},
            f"{folder}/d.md": "Without a heading.\n",
        },
    )
    assert main(["new", "book", "--from", "site"]) == 0
    assert listed(here / "book") == [("", "preface"), ("Rocks", "b", "a"), ("Young ones", "d"), ("Rocks", "e")]
    assert (here / "book/book/d.md").read_text(encoding="utf-8").startswith("# Tuff\n\nWithout")
    assert "```{toctree}\n:hidden:\n\nc\n```" in (here / "book/book/b.md").read_text(encoding="utf-8")


def test_documents_of_a_folder_stand_as_one_counts_and_folders_of_one_document_together(here: Path) -> None:
    names = ("day1/day1", "day10/day10", "day2/day2", "04-how-to/a", "04-how-to/b", "z")
    lay(here / "notes", {f"{name}.md": f"# {name}\n\nWords.\n" for name in names})
    assert main(["new", "book", "--from", "notes"]) == 0
    assert listed(here / "book") == [
        ("", "z", "day1/day1", "day2/day2", "day10/day10"),
        ("How to", "04-how-to/a", "04-how-to/b"),
    ]


def test_chapters_whose_headings_have_numbers_of_their_own_get_none(here: Path) -> None:
    lay(
        here / "old",
        {"a.md": "# Chapter 1: Stones\n\n## 1.1 Hard\n\nWords.\n\n## 1.2 Soft\n\nWords.\n\n## More\n\nWords.\n"},
    )
    lay(here / "new", {"a.md": "# Stones\n\n## 3 hard ones\n\nWords.\n\n## 2019\n\nWords.\n"})
    for name, numbered in (("old", False), ("new", True)):
        assert main(["new", f"book-{name}", "--from", name]) == 0
        assert (":numbered:" in (here / f"book-{name}/book/index.md").read_text(encoding="utf-8")) is numbered


def test_a_folder_of_notebooks_becomes_a_book(here: Path) -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# Ten\n", "\n", "Words."]}]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    lay(
        here / "notes",
        {"10.0-ten.ipynb": notebook, "2.0-two.ipynb": notebook.replace("Ten", "Two"), "Draft.ipynb": notebook},
    )
    assert main(["new", "book", "--from", "notes"]) == 0
    assert listed(here / "book") == [("", "2.0-two", "10.0-ten", "Draft")]
    assert "myst_nb" in (here / "book/conf.py").read_text(encoding="utf-8")


def test_a_site_of_mkdocs_has_no_files_of_other_folders(here: Path) -> None:
    nav = "site_name: Stones\nnav: [index.md, ../README.md, ../../secret.md, link.md, " + "a" * 300 + ".md]\n"
    words = "# Stones\n\nWords.\n"
    lay(
        here / "site",
        {"mkdocs.yml": nav, "docs/index.md": words, "README.md": "# Of the site\n", "../secret.md": "# No\n"},
    )
    (here / "site/docs/link.md").symlink_to(here / "secret.md")
    assert main(["new", "book", "--from", "site"]) == 0
    assert "Of the site" not in (here / "book/README.md").read_text(encoding="utf-8")
    look_at = (here / "book/LOOK-AT.md").read_text(encoding="utf-8")
    assert "outside of the folder" in look_at
    assert all(name in look_at for name in ("../README.md", "../../secret.md", "link.md", "aaa.md"))
    assert not [path for path in (here / "book").rglob("*.md") if "# No" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("settings", "message"),
    [("docs_dir: ../other", "name a folder that holds both"), ("nav: &a [{Again: *a}]", "a section stands in itself")],
)
def test_settings_of_mkdocs_that_lead_nowhere_are_told(
    here: Path, capsys: pytest.CaptureFixture[str], settings: str, message: str
) -> None:
    lay(
        here,
        {
            "site/mkdocs.yml": f"site_name: Stones\nplugins: 3\n{settings}\n",
            "site/docs/a.md": "# A\n",
            "other/a.md": "# A\n",
        },
    )
    assert main(["new", "book", "--from", "site"]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("part", "shown"),
    [(":2:3", "two three"), ("::1", "one"), (":3", "three four"), (":1:1,4:4", "one four"), (":here", "two"),
     (":lost", "(see a.txt)"), (":\u00b2", "(see a.txt)")],
)  # fmt: skip
def test_a_part_of_a_file_is_included_in_a_document_of_mkdocs(here: Path, part: str, shown: str) -> None:
    text = "one\ntwo\nthree\nfour\n" if part != ":here" else "# --8<-- [start:here]\ntwo\n# --8<-- [end:here]\n"
    document = f'# A\n\n--8<-- "a.txt{part}"\n\n--8<-- "{"b" * 300}"\n\n--8<-- "docs/index.md"\n'
    lay(here / "site", {"mkdocs.yml": "site_name: Stones\n", "a.txt": text, "docs/index.md": document})
    assert main(["new", "book", "--from", "site"]) == 0
    written = (here / "book/book/preface.md").read_text(encoding="utf-8").split("\n\n")
    assert " ".join(written[1].split()) == shown
    assert written[3].strip() == "(see docs/index.md)"  # it stands in itself


def test_a_site_of_mkdocs_without_its_folder_or_nested_without_end_is_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(here / "gone", {"mkdocs.yml": "site_name: Gone\ndocs_dir: pages\n"})
    lay(here / "deep", {"mkdocs.yml": "nav: " + "[" * 5000 + "]" * 5000 + "\n", "docs/a.md": "# A\n"})
    assert main(["new", "book", "--from", "gone"]) == 1
    assert "mkdocs.yml: there is no folder 'pages', in which its documents are" in capsys.readouterr().err
    assert main(["new", "book", "--from", "deep"]) == 1
    assert "mkdocs.yml: this is nested too deeply" in capsys.readouterr().err


def test_a_language_that_is_none_does_not_keep_a_site_from_being_taken_over(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(here / "site", SITE | {"mkdocs.yml": "site_name: Stones\ntheme: {name: material, language: sh}\n"})
    assert main(["new", "book", "--from", "site"]) == 0
    assert "name the language 'sh', which is none that is known here" in capsys.readouterr().out
    assert 'language = "en"' in (here / "book/conf.py").read_text(encoding="utf-8")
