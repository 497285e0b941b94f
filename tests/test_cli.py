"""The command: calls, statuses, what it makes and what it cleans."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from builder.commands.cli import main

from conftest import INDEX, Book


@pytest.mark.parametrize(
    "call", [["bild"], ["build", "--fast"], ["build", "--to", "docx"], ["build", "/nowhere/at/all"]]
)
def test_wrong_call_is_status_2_with_help(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(call)
    assert stop.value.code == 2
    assert "usage: builder" in capsys.readouterr().err


def test_bare_build_takes_conf_and_book_folder(book: Book) -> None:
    (book.folder / "index.md").unlink()
    book.write("book/index.md", INDEX)
    book.write("book/chapter.md", "# One\n\n[x]{.point}\n")
    result = book.build()
    assert result.status == 0
    assert (book.folder / "_build/html/chapter.html").exists()


def test_outputs_are_named_in_one_option_or_in_several(book: Book) -> None:
    assert book.build("# One\n\n[x]{.point}\n", "--to", "html", "--to", "pdf").status == 0
    assert sorted(path.name for path in (book.folder / "_build").iterdir() if path.is_dir()) == [".work", "html", "pdf"]


def test_last_lines_name_each_output(book: Book) -> None:
    lines = book.build("# One\n\n[x]{.point}\n").out.strip().splitlines()
    assert [line.split()[0] for line in lines] == [
        "_build/html/index.html",
        "_build/pdf/asmallbook.pdf",
        "_build/slides/chapter.pptx",
    ]
    assert "slides" in lines[2]
    assert "pages" in lines[1]


def test_only_what_is_asked_for(book: Book) -> None:
    result = book.build("# One\n\n[x]{.point}\n", "--to", "pdf")
    assert result.pdf.exists()
    assert not (book.folder / "_build/html").exists()
    assert not list((book.folder / "_build/slides").glob("*.pptx"))


def test_nothing_changed_is_not_made_again(book: Book) -> None:
    first = book.build("# One\n\n[x]{.point}\n")
    stamp = first.pdf.stat().st_mtime_ns
    second = book.build()
    assert second.status == 0
    assert second.pdf.stat().st_mtime_ns == stamp
    assert "unchanged" in second.out
    third = book.build("# One\n\n[y]{.point}\n")
    assert third.pdf.stat().st_mtime_ns != stamp


def test_report_says_what_was_made(book: Book) -> None:
    book.build("# One\n\n[x]{.point}\n\n{.slide}\n")
    report = json.loads((book.folder / "_build/report.json").read_text())
    assert report["status"] == 0
    assert [output["kind"] for output in report["outputs"]] == ["html", "pdf", "pptx"]
    assert report["warnings"] == {"builder.dropped": 1}
    assert set(report["versions"]) >= {"sphinx", "typst", "python-pptx"}


def test_web_pages_link_to_deck_and_pdf(book: Book) -> None:
    book.build("# One\n\n[x]{.point}\n")
    page = (book.folder / "_build/html/chapter.html").read_text()
    for name in ("chapter.pptx", "chapter.pdf", "asmallbook.pdf"):
        assert f'href="downloads/{name}"' in page
        assert (book.folder / "_build/html/downloads" / name).exists()


def test_clean_removes_what_was_made_and_keeps_the_rest(book: Book) -> None:
    result = book.build("# One\n\n[x]{.point}\n")
    mine = book.write("_build/slides/mine.pptx", b"mine")
    deck = book.folder / "_build/slides/chapter.pptx"
    deck.write_bytes(deck.read_bytes() + b" ")
    assert main(["clean", "-o", str(book.folder / "_build")]) == 0
    assert mine.exists()
    assert deck.exists()
    assert not result.pdf.exists() if (book.folder / "_build/pdf").exists() else True
    assert not (book.folder / "_build/html").exists()
    assert main(["clean", "-o", str(book.folder)]) == 0
    assert (book.folder / "conf.py").exists()


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["typstpdf", "pptx"])
def test_plain_sphinx_build_has_the_builders(book: Book, builder: str) -> None:
    conf = (book.folder / "conf.py").read_text().replace('["myst_parser"]', '["builder", "myst_parser"]')
    book.write("conf.py", conf)
    book.write("chapter.md", "# One\n\n[x]{.point}\n")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, ".", "out"],
        cwd=book.folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (book.folder / "out").iterdir()}
    assert names >= ({"asmallbook.pdf"} if builder == "typstpdf" else {"chapter.pptx", "chapter.pdf"})


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "text", "latex", "epub", "man"])
def test_other_builders_keep_working(book: Book, builder: str) -> None:
    conf = (book.folder / "conf.py").read_text().replace('["myst_parser"]', '["builder", "myst_parser"]')
    book.write("conf.py", conf)
    book.write("data.csv", "a,b\nx,1\n")
    chart = "```{chart} data.csv\n:x: a\n:y: b\n:class: slide\n\nCaption\n```\n"
    book.write(
        "chapter.md",
        f"# One\n\n[x]{{.point}} and {{point}}`y <z>`\n\n```{{slide}} Own\nbody\n```\n\n"
        f"```{{notes}}\nn\n```\n\n{chart}",
    )
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", builder, ".", "out"],
        cwd=book.folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_own_deck_for_each_chapter_without_annotations(book: Book) -> None:
    result = book.build("# One\n\nText.\n\n## Two\n\n- a\n- b\n")
    deck = result.deck()
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == ["One", "One", "Two"]
    assert Path(result.folder / "_build/slides/chapter.pdf").read_bytes().startswith(b"%PDF")


def test_reference_page_of_options_is_the_declarations() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
    from make_options_page import TARGET, page

    assert TARGET.read_text(encoding="utf-8") == page()


def test_reference_page_of_commands_is_the_parser() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
    from make_commands_page import TARGET, page

    assert TARGET.read_text(encoding="utf-8") == page()


def test_clean_stays_in_its_folder(book: Book) -> None:
    book.build("# One\n\n[x]{.point}\n")
    outside = book.write("precious.pdf", b"mine")
    state = book.folder / "_build/.work/prints.json"
    content = json.loads(state.read_text())
    content["outputs"].append(["pdf", str(outside), "1 pages", []])
    state.write_text(json.dumps(content))
    assert main(["clean", "-o", str(book.folder / "_build")]) == 0
    assert outside.read_bytes() == b"mine"


@pytest.mark.slow
def test_an_extension_that_fails_while_writing_leaves_the_last_good_files(book: Book) -> None:
    first = book.build("# One\n\n[x]{.point}\n")
    before = first.pptx(), first.pdf.read_bytes()
    conf = (book.folder / "conf.py").read_text()
    book.write(
        "conf.py",
        conf + "\ndef fail(*_):\n    raise ValueError('no page today')\n\ndef setup(app):\n    "
        "app.connect('builder-inited', lambda app: setattr(app.builder, 'write_genindex', fail))\n",
    )
    book.write("chapter.md", "# One\n\n[y]{.point}\n")
    done = subprocess.run(
        [sys.executable, "-m", "builder", "build", "-q"], cwd=book.folder, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "no page today" in done.stderr
    assert "Traceback" not in done.stderr
    assert (first.pptx(), first.pdf.read_bytes()) == before


def test_clean_leaves_nothing_of_a_build_that_nobody_touched(book: Book) -> None:
    assert book.build("# One\n\n{.slide}\n## A\n\n[x]{.point}\n").status == 0
    assert (book.folder / "_build/slides/chapter.pptx").is_file()
    result = book.call("clean")
    assert result.status == 0
    assert "kept" not in result.out
    assert not (book.folder / "_build").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="shells of Windows know no such pipe")
@pytest.mark.parametrize("command", ["build --to html", "--help"])
def test_nobody_reads_to_the_end(book: Book, command: str) -> None:
    book.write("chapter.md", "# One\n")
    call = f'"{sys.executable}" -m builder {command} | head -1'
    done = subprocess.run(["sh", "-c", call], cwd=book.folder, capture_output=True, text=True)
    assert "BrokenPipe" not in done.stderr
    assert "bug" not in done.stderr


def test_the_report_is_printed_for_machines(book: Book) -> None:
    book.write("chapter.md", "# One\n\n{.slide}\n## A\n\n[x]{.points}\n")
    result = book.call("build", "--json")
    report = json.loads(result.out)
    assert [output["kind"] for output in report["outputs"]] == ["html", "pdf", "pptx"]
    assert [fault["place"] for fault in report["faults"]] == ["chapter.md:6"]
    assert (result.status, result.errors) == (0, "")


def test_a_wrong_call_is_told_in_words_where_json_is_asked_for_too(book: Book) -> None:
    result = book.call("build", "--json", "--deck", "nine")
    assert "there is no deck 'nine'" in result.errors + result.out


HEAVY = {"sphinx", "docutils", "typst", "pptx", "lxml", "bs4", "PIL", "numpy", "fontTools", "hashlib", "inspect"}
"""Modules that the arguments must not import; the last two stand for what is slow in the standard library."""


def imported(folder: Path, *call: str) -> set[str]:
    """The modules that a call imports."""
    command = [sys.executable, "-X", "importtime", "-m", "builder", *call]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, env=surroundings)
    return {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}


@pytest.mark.parametrize("call", [[], ["--help"], ["--version"], ["build", "--help"]])
def test_help_waits_for_no_library(call: list[str], tmp_path: Path) -> None:
    names = {name.partition(".")[0] for name in imported(tmp_path, *call)}
    assert names & HEAVY == set()
    assert "argparse" in names


@pytest.mark.slow
def test_build_with_nothing_to_do_loads_neither_books_nor_decks(book: Book) -> None:
    assert book.build("# One\n\n[x]{.point}\n").status == 0
    assert "builder.build.printing" not in imported(book.folder, "build")
    (book.folder / "chapter.md").touch()
    names = imported(book.folder, "build")
    assert names & {"pptx", "xlsxwriter", "builder.build.flow", "builder.pptx.write", "builder.book.printed"} == set()
    assert "builder.build.printing" in names
