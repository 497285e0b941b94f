"""Each message once, at the place as the author names it, and in good English."""

from __future__ import annotations

import io
import json
import logging
import re
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, cast

import pytest
from builds import Command

from builder.build.request import Request
from builder.build.session import Session
from builder.build.wording import counted
from builder.source import suggested_names

from conftest import Book

MISSING = "# One\n\nSee {ref}`nolabel`, {doc}`nope` and [there](nodoc.md).\n\n{.slide}\n## Two\n\n- A point\n"


def messages(errors: str, folder: str) -> list[str]:
    """Lines of warnings and errors without the book's folder and colours."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", errors).replace(f"{folder}/", "")
    return [line for line in plain.splitlines() if "WARNING: " in line or "ERROR: " in line]


def test_web_book_print_and_decks_report_a_missing_reference_once(book: Book) -> None:
    result = book.build(MISSING)
    found = messages(result.errors, str(book.folder))
    assert sorted(line.split(" [")[0] for line in found) == [
        "chapter.md:3: WARNING: 'myst' cross-reference target not found: 'nodoc.md'",
        "chapter.md:3: WARNING: undefined label: 'nolabel'",
        "chapter.md:3: WARNING: unknown document: 'nope'",
    ]
    report = json.loads((book.folder / "_build/report.json").read_text())
    assert [(fault["place"], fault["message"]) for fault in report["faults"]] == [
        ("chapter.md:3", line.split("WARNING: ")[1].split(" [")[0]) for line in found
    ]
    assert sum(report["warnings"].values()) == 3


def test_warnings_that_withhold_a_book_are_not_called_errors_alone(book: Book) -> None:
    result = book.build("# One\n\nSee {ref}`nolabel`.\n", "--to", "html", "-W")
    assert "builder: there were warnings or errors, see above; nothing was published" in result.errors


def test_what_was_reported_is_reported_again_by_the_next_build_and_only_once(book: Book) -> None:
    first = book.build(MISSING + "\n{.slide}\n- <!-- nothing yet -->\n")
    again = book.build(MISSING + "\n{.slide}\n- <!-- nothing yet -->\n\nMore.\n")
    assert sorted(messages(first.errors, str(book.folder))) == sorted(messages(again.errors, str(book.folder)))
    assert len(messages(again.errors, str(book.folder))) == 4


def test_a_heading_of_another_document_is_suggested_where_a_link_names_it_as_jupyter_does(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write("myst_heading_anchors = 3\n")
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nother\n```\n")
    book.write("other.md", "# Other\n\n## The bad: One\n\nWords.\n")
    result = book.build("# One\n\n[there](other.md#The-bad:-One)\n", "--to", "html")
    assert "'The-bad:-One'; did you mean '#the-bad-one'?" in result.errors


def in_a_process(*call: str, folder: Path) -> str:
    """What a call of the command says, in a process of its own: the parsers of Markdown and of notebooks take each
    other's place.
    """
    command = Command(folder, *call)
    command.wait()
    return command.said


NEARLY = """# One

(spring-tide)=
## Spring tide

{ref}`spring-tides`, {numref}`sping-tide`, [](#spring-tid), {doc}`chaptr`, [](chapte.md)

```{figur} x.png
```

```{note}
:nam: x

words
```

```pyhton
x = 1
```
"""


def test_a_name_that_is_not_there_comes_with_the_one_that_was_meant(book: Book) -> None:
    found = "\n".join(messages(book.build(NEARLY).errors, str(book.folder)))
    for wrong, right in {
        "spring-tides": "spring-tide", "sping-tide": "spring-tide", "spring-tid": "spring-tide", "chaptr": "chapter",
        "chapte.md": "chapter.md", "figur": "figure", "nam": "name", "pyhton": "python",
    }.items():  # fmt: skip
        assert re.search(rf"chapter\.md:\d+: .*'{re.escape(wrong)}'.*; did you mean '{re.escape(right)}'\?", found), (
            wrong
        )
    assert found.count("did you mean") == 8


def test_a_message_with_a_path_for_a_document_has_that_path(book: Book) -> None:
    said = book.build("# One\n\n```{code-block} python\n:emphasize-lines: 5-9\n\nx = 1\n```\n").errors
    assert "chapter.md:3: WARNING: line number spec is out of range" in said


def test_a_process_that_stays_says_a_warning_once_until_it_is_mended(book: Book) -> None:
    faulty = "# One\n\nSee {ref}`nolabel`.\n"
    said, counts = [], []
    request = Request(book.folder, book.folder, book.folder / "_build", ("html",), quiet=True)
    with redirect_stderr(io.StringIO()) as errors, Session(request, stays=True) as session:
        for text in (faulty, f"# One\n\nAbove.\n{faulty[5:]}", "# One\n", faulty):
            book.write("chapter.md", text)
            counts.append(len(session.build().faults))
            said.append(errors.getvalue().count("nolabel"))
    assert said == [1, 1, 1, 2]
    assert counts == [1, 1, 0, 1]


def notebook(*cells: str) -> str:
    made = [{"cell_type": "markdown", "id": f"c{n}", "metadata": {}, "source": cell} for n, cell in enumerate(cells)]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.slow
def test_a_place_in_a_notebook_is_its_cell_and_line(book: Book) -> None:  # MyST-NB counts lines from 2
    conf = (book.folder / "conf.py").read_text().replace('"myst_parser"', '"myst_nb"')
    book.write("conf.py", f'{conf}nb_execution_mode = "off"\n')
    book.write(
        "chapter.ipynb", notebook("# One\n\nWords.", "## Two\n\n{.slide}\n- A point", "## Three\n\nSee {ref}`nolabel`.")
    )
    built = in_a_process("build", "-q", folder=book.folder)
    assert [line.split(": ")[0] for line in messages(built, str(book.folder))] == ["chapter.ipynb:cell 3:4"]
    report = json.loads((book.folder / "_build/report.json").read_text())
    assert [fault["place"] for fault in report["faults"]] == ["chapter.ipynb:cell 3:4"]
    checked = in_a_process("check", folder=book.folder)
    assert "no slide: Three (chapter.ipynb:cell 3:2)" in checked


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 slides"), (1, "1 slide"), (2, "2 slides"), (1200, "1,200 slides"), (1.2, "1 slide")]
)
def test_one_is_singular(number: float, words: str) -> None:
    assert counted(number, "slide") == words


def test_outputs_are_counted_in_good_english(book: Book) -> None:
    book.write("index.md", "# Root\n\nA [point]{.point}.\n")
    result = book.build(None)
    lines = dict(line.split(maxsplit=1) for line in result.out.splitlines() if line.startswith("_build"))
    assert lines["_build/html/index.html"].startswith("1 page ")
    checked = book.call("check")
    assert re.search(r"\b1 (pages|decks|slides|warnings)\b", checked.out) is None


def test_a_name_that_is_like_no_other_comes_with_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(suggested_names.KNOWN, "myst.directive_unknown", lambda _app: ["glue:", "note", "prf:theorem"])
    for wrong, right in (("translation-graph", ""), ("theorm", "prf:theorem"), ("nota", "note")):
        message = f"Unknown directive type: '{wrong}'"
        assert suggested_names.name_meant(cast("Any", None), "myst.directive_unknown", message) == right


def test_two_places_with_one_label_are_told_in_a_sentence() -> None:
    said = logging.makeLogRecord({"msg": 'Duplicate ID: "odd" used by <section ids="odd"> and <figure ids="odd">'})
    suggested_names.of_labels(said, said.getMessage())
    assert said.getMessage().startswith("two places here have the label 'odd'")


def test_the_type_of_a_warning_stands_behind_it_once(book: Book) -> None:
    """MyST-NB writes the type of its own messages behind them, and so does Sphinx."""
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(
            "from sphinx.util import logging\n\ndef setup(app):\n"
            "    app.connect('env-before-read-docs', lambda *_: logging.getLogger('odd').warning(\n"
            "        'an odd stone [stones.odd]', type='stones', subtype='odd'))\n"
        )
    result = book.build("# One\n", "--to", "html")
    (line,) = messages(result.errors, str(book.folder))
    assert line.endswith("an odd stone [stones.odd]")
    (fault,) = json.loads((book.folder / "_build/report.json").read_text())["faults"]
    assert (fault["kind"], fault["message"]) == ("stones.odd", "an odd stone")


@pytest.mark.parametrize("to", ["html,pdf", "pdf"])
def test_a_picture_that_many_pages_lack_is_told_once_with_their_number(book: Book, to: str) -> None:
    shown = "![Stones](https://example.org/stones.png)\n"
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nother\n```\n")
    book.write("other.md", f"# Other\n\n{shown}\nWords.\n\n{shown}")
    result = book.build(f"# One\n\n{shown}", "--to", to)
    (line,) = messages(result.errors, str(book.folder))
    assert line.startswith("chapter.md:3: WARNING: the picture 'https://example.org/stones.png' is on the web")
    assert line.endswith("name it here; the same at 2 more places: other.md:3, other.md:7 [builder.picture]")
    report = json.loads((book.folder / "_build/report.json").read_text())
    assert [fault["place"] for fault in report["faults"]] == ["chapter.md:3", "other.md:3", "other.md:7"]
    assert book.call("build", str(book.folder), "--to", to, "-W").status == 1


def test_inventories_that_cannot_be_reached_are_told_once_with_what_to_do(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write("extensions += ['sphinx.ext.intersphinx']\nintersphinx_mapping = {\n")
        conf.write("".join(f"  '{name}': ('http://127.0.0.1:9/{name}', None),\n" for name in "abcde") + "}\n")
    result = book.build("# One\n", "--to", "html")
    (line,) = messages(result.errors, str(book.folder))
    assert "5 inventories of other projects (intersphinx_mapping) cannot be reached" in line
    assert "http://127.0.0.1:9/a/objects.inv, " in line
    assert "intersphinx_timeout = 5" in line
    report = json.loads((book.folder / "_build/report.json").read_text())
    assert sum("not fetchable" in fault["message"] for fault in report["faults"]) == 5


def test_a_name_that_nobody_knows_is_told_once_for_all_places(book: Book) -> None:
    result = book.build("# One\n\n{stone:of}`A` and {stone:of}`B`\n\n{stone:of}`C`\n", "--to", "html")
    (line,) = messages(result.errors, str(book.folder))
    assert line.startswith('chapter.md:3: WARNING: Unknown interpreted text role "stone:of"')
    assert line.endswith("; the same at 1 more place: chapter.md:5 [myst.role_unknown]")
