"""The manual in docs/ is a book of the builder's own making."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pptx import Presentation

from builder.charts.data import CHART_TYPES
from builder.commands.cli import main, parser
from builder.deck.lectures import KEYS
from builder.deck.model import LAYOUTS
from builder.errors import AuthorError
from builder.source.annotations.classes import EDITIONS, PLACES, TAGS
from builder.source.annotations.directives import FREE, OWN
from builder.source.annotations.slide import REVEALS

from pdf_text import pages_of

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.slow
def test_the_manual_is_made_without_a_warning_and_has_each_page_on_the_web_and_in_print_and_one_deck(
    tmp_path: Path,
) -> None:
    copy, out = tmp_path / "share/doc", tmp_path / "an output"
    shutil.copytree(DOCS, copy, ignore=shutil.ignore_patterns("_build", "__pycache__"))
    assert main(["build", "-q", "-W", "-o", str(out), str(copy)]) == 0
    assert [deck.stem for deck in (out / "slides").glob("*.pptx")] == ["builder-in-ten-minutes"]
    (pdf,) = (out / "pdf").glob("*.pdf")
    printed = "".join("".join(pages_of(pdf)).split())
    for source in DOCS.rglob("*.md"):
        name = source.relative_to(DOCS).with_suffix("")
        if "_build" in source.parts or (name.parts[0] == "gallery" and len(name.parts) > 2):
            continue
        assert (out / "html" / name).with_suffix(".html").is_file(), name
        title = re.sub(r"[`*]", "", source.read_text(encoding="utf-8").split("\n")[0].lstrip("# "))
        assert "".join(title.split()) in printed, title


def test_the_wheel_has_the_manual() -> None:
    settings = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    shared = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared["docs"] == "share/doc/book-deck-builder"


GALLERY = sorted(conf.parent for conf in DOCS.glob("gallery/*/conf.py"))


def test_the_gallery_has_a_page_for_each_of_its_books() -> None:
    listed = (DOCS / "gallery/index.md").read_text(encoding="utf-8")
    assert len(GALLERY) == 12
    for project in GALLERY:
        page = project.with_suffix(".md").read_text(encoding="utf-8")
        assert f"({project.name}.md)" in listed
        for picture in re.findall(r"\]\((pictures/[^)]+)\)", page):
            assert (DOCS / "gallery" / picture).is_file(), picture


@pytest.mark.slow
@pytest.mark.parametrize("project", GALLERY, ids=lambda path: path.name)
def test_each_book_of_the_gallery_is_made_without_a_warning(project: Path, tmp_path: Path) -> None:
    """In a copy, and in a process of its own: autodoc imports modules of the project."""
    book = tmp_path / project.name
    shutil.copytree(project, book, ignore=shutil.ignore_patterns("_build", "__pycache__"))
    made = subprocess.run(
        [sys.executable, "-m", "builder", "build", "-q", "-W", "--json"], cwd=book, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert list((book / "_build/pdf").glob("*.pdf"))
    decks = list((book / "_build/slides").glob("*.pptx"))
    assert decks
    assert all(len(Presentation(str(deck)).slides) > 1 for deck in decks)
    assert (book / "_build/html/index.html").is_file()


def test_the_deck_shows_what_was_measured() -> None:
    """What docs/performance.md has is in docs/why/cost.csv, and the sentence above the chart holds of it."""
    measured = (DOCS / "performance.md").read_text(encoding="utf-8")
    with (DOCS / "why/cost.csv").open(encoding="utf-8") as file:
        shown = {record["project"]: record["times"] for record in csv.DictReader(file)}
    for project, times in shown.items():
        row = next(line for line in measured.splitlines() if line.startswith(f"| {project} |"))
        assert row.split("|")[3].split()[0].strip("*") == times
    assert (min(shown.values()), max(shown.values())) == ("1.15", "2.30")


SHOWN = re.compile(r"`(builder [^`\n]+)`|^[ $]*(builder [a-z][^\n]*)$", re.MULTILINE)
"""A command of the builder, in a line of text or of a terminal."""
NAMED_ALONE = ("builder check --template", "builder new --from", "builder COMMAND --help")
PAGES = [path for path in sorted(DOCS.rglob("*.md")) if "_build" not in path.parts]


def test_each_command_that_the_manual_shows_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    found = 0
    for page in [*PAGES, DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"]:
        for inline, typed in SHOWN.findall(page.read_text(encoding="utf-8")):
            command = (inline or typed).strip()
            if "…" in command or command in NAMED_ALONE or len(command.split()) == 2:
                continue
            found += 1
            arguments = [word for word in shlex.split(command, comments=True)[1:] if word not in ("|", "head", "-1")]
            try:
                parser().parse_args(arguments)
            except (SystemExit, AuthorError) as error:
                pytest.fail(f"{page.name}: {command}: {error} {capsys.readouterr().err}")
    assert found > 40


def test_files_that_the_manual_names_are_there() -> None:
    """Those of the repository, which a reader may want to open."""
    named = re.compile(r"`((?:tests|tools|editors|docs|book|src/builder)/[\w./-]+\.\w+)`")
    for page in [*PAGES, DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"]:
        for name in named.findall(page.read_text(encoding="utf-8")):
            is_example = "LANGUAGE" in name or name in OF_EXAMPLES
            rooms = (DOCS.parent, DOCS.parent / "src/builder")
            assert is_example or any((room / name).exists() for room in rooms), f"{page.name}: {name}"


OF_EXAMPLES = ("book/03-trial.md",)


def test_the_readme_counts_the_book_as_it_is() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    numbers = {6: "six", 7: "seven", 12: "twelve"}
    chapters = len(list((DOCS.parent / "book").glob("[0-9][0-9]-*.md")))
    appendices = len(list((DOCS.parent / "book").glob("[a-z]-*.md")))
    lectures = len(tomllib.loads((DOCS.parent / "slides/lectures.toml").read_text(encoding="utf-8"))["lecture"])
    counted = f"{numbers[chapters]} chapters, {numbers[appendices]} appendices and {numbers[lectures]} lectures"
    assert counted in " ".join(readme.split())


REFERENCE = ("annotations", "charts", "lectures", "editions", "howto/notebooks")
"""The pages on which an author looks a mark or a key up."""


def written() -> Iterator[str]:
    """Whatever an author can write for our sake, as the code knows it."""
    for name, directive in (OWN | FREE).items():
        yield f"{{{name}}}"
        yield from (f":{option}:" for option in directive.option_spec or {} if option not in OF_ALL)
    yield from (name for name in PLACES if name not in EDITIONS and not name.startswith("sd-text-"))
    yield from (*TAGS, *CHART_TYPES, *REVEALS, *LAYOUTS, *KEYS)


OF_ALL = ("class", "name", "alt")
"""Options of every directive, which stand in a sentence about all."""


def test_each_directive_option_class_layout_and_key_stands_in_the_reference() -> None:
    pages = "".join((DOCS / f"{name}.md").read_text(encoding="utf-8") for name in REFERENCE)
    missing = [name for name in written() if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", pages)]
    assert missing == []
