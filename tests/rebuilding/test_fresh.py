"""What a build takes for an input, and what it makes of intermediate files that are not as it left them."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import Staying
from test_anything import Anything, CleanBuilds, harm, outputs
from whole_book import same

from builder.build.request import Request
from builder.build.session import Listeners, Session
from builder.store import seal, stamps
from builder.store.records import read_json, read_pickle, write_json, write_pickle
from builder.store.stamps import digest, stamp

from conftest import CONF, Book


class Project(Anything):
    """The small project, whose rules a test calls one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.begin()


@pytest.fixture
def project() -> Iterator[Project]:
    found = Project()
    found.equals_a_clean_build()
    yield found
    found.teardown()


EDITED = ("two.md", "part.md", "code.py", "figure.png", "raw.png", "logo.png", "works.bib", "data/rows.csv", "conf.py", "words.py", "static/own.css", "templates/layout.html", "slides/own.pptx", "print/look.typ", "fonts/face.ttf")  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("how", ["older", "same time"])
def test_a_file_that_is_replaced_by_an_older_one_is_seen(project: Project, how: str) -> None:
    for name in EDITED:
        project.edit(name, 1, how)
    project.equals_a_clean_build()


def test_a_file_that_is_only_touched_is_not_read_again(book: Book) -> None:
    book.write(
        "conf.py",
        f"{CONF}def setup(app):\n    app.connect('source-read', lambda app, name, text: print('reads', name))\n",
    )
    assert "reads chapter" in book.build("# One\n\nText.\n").out
    os.utime(book.folder / "chapter.md")
    assert "reads" not in book.build().out


def test_a_function_of_conf_is_an_input_and_a_comment_is_none(book: Book) -> None:
    code = (
        "def setup(app):\n    app.connect('source-read', lambda app, name, text: "
        "text.append(text.pop().replace('WORD', 'first')))\n"
    )
    book.write("conf.py", CONF + code)
    page = book.folder / "_build/html/chapter.html"
    assert book.build("# One\n\nA WORD.\n", "--to", "html").status == 0
    assert "A first." in page.read_text()
    book.write("conf.py", CONF + code.replace("first", "other"))
    assert book.build(None, "--to", "html").status == 0
    assert "A other." in page.read_text()
    env = book.folder / "_build/.work/doctrees/environment.pickle"
    before = env.stat().st_mtime_ns
    book.write("conf.py", f"# A comment.\n{CONF}{code.replace('first', 'other')}")
    assert book.build(None, "--to", "html").status == 0
    assert env.stat().st_mtime_ns == before


def test_pages_name_the_checksum_of_a_style_sheet_that_changed(book: Book) -> None:
    book.write("conf.py", f"{CONF}html_static_path = ['static']\nhtml_css_files = ['own.css']\n")
    book.write("static/own.css", "p { color: red }\n")
    book.build("# One\n", "--to", "html")
    page = book.folder / "_build/html/chapter.html"
    before = page.read_text()
    book.write("static/own.css", "p { color: tan }\n")
    book.build(None, "--to", "html")
    assert page.read_text() != before


DOT = """#!/bin/sh
for option; do case $option in -o*) out=${option#-o};; -T*) kind=${option#-T};; esac; done
[ -n "$out" ] || out=/dev/stdout
cat >/dev/null
echo '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>WORD</title><rect width="20" height="20"/></svg>' >"$out"
"""
"""What draws the same for any graph, as Graphviz is called."""


@pytest.mark.skipif(os.name == "nt", reason="the program that draws is a script of a shell")
def test_a_drawing_is_made_again_when_the_program_that_draws_is_another(book: Book) -> None:
    program = book.folder / "draws"

    def install(version: str) -> None:
        book.write("draws", DOT.replace("WORD", version))
        program.chmod(0o755)

    book.write(
        "conf.py",
        f"{CONF}extensions += ['sphinx.ext.graphviz']\ngraphviz_dot = {str(program)!r}\ngraphviz_output_format = 'svg'\n",
    )
    install("first")
    book.build("# One\n\n```{graphviz}\ndigraph { a -> b }\n```\n", "--to", "html", "--to", "pdf")
    install("second")
    book.build(None, "--to", "html", "--to", "pdf")
    web, print_ = (
        [svg.read_text() for svg in book.folder.glob(f"_build/{place}")]
        for place in ("html/_images/graphviz-*.svg", ".work/doctrees/drawings/*.svg")
    )
    assert len(web) == 1
    assert "second" in web[0]
    assert any("second" in svg for svg in print_)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "a folder", "deleted", "emptied", "zeroed at the same time", "garbage"])
def test_intermediate_files_that_are_damaged_are_made_again(book: Book, damage: str) -> None:
    book.build("# One\n\n{.slide}\n## A\n\n[A point]{.point} and $a$.\n")
    clean = outputs(book.folder / "_build")
    files = [path for path in (book.folder / "_build/.work").rglob("*") if path.is_file() and is_sealed(path, book)]
    assert len(files) > 20
    for path in files:
        harm(path, damage)
    result = book.build(None)
    assert result.status == 0
    assert "not as a whole build left it in" in result.errors
    assert "Traceback" not in result.errors
    same(outputs(book.folder / "_build"), clean)
    assert "not as a whole build left it" not in book.build(None).errors


def is_sealed(path: Path, book: Book) -> bool:
    return path.relative_to(book.folder / "_build/.work").as_posix() in set(
        seal.intermediate(book.folder / "_build/.work")
    )


@pytest.mark.parametrize("name", ["seal.json", "digests.json", "lock"])
@pytest.mark.parametrize("damage", ["deleted", "cut", "garbage", "a folder"])
def test_what_says_how_files_were_may_be_damaged_too(book: Book, name: str, damage: str) -> None:
    book.build("# One\n\nText.\n", "--to", "html")
    clean = outputs(book.folder / "_build")
    harm(book.folder / "_build/.work" / name, damage)
    assert book.build(None, "--to", "html").status == 0
    same(outputs(book.folder / "_build"), clean)


def test_what_is_known_of_files_is_of_those_of_one_project(book: Book, tmp_path: Path) -> None:
    other = tmp_path / "other"
    book.build("# One\n\nText.\n", "--to", "html", "-o", str(other))
    book.build(None, "--to", "html")
    known = read_json(book.folder / "_build/.work/digests.json")["files"]
    assert known
    assert not any(name.startswith(str(other)) for name in known)


@pytest.mark.parametrize("content", [{"index.md": [1, 2, 3, 4, "digest", True]}, {"files": {}}, ["a"], "a", None])
def test_records_of_another_version_are_no_records(book: Book, content: object) -> None:
    book.build("# One\n\nText.\n", "--to", "html")
    for name in ("seal.json", "digests.json"):
        write_json(book.folder / "_build/.work" / name, content)
    result = book.build(None, "--to", "html")
    assert result.status == 0, result.errors


def test_other_packages_make_all_anew(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.build("# One\n\nText.\n", "--to", "html")
    env = book.folder / "_build/.work/doctrees/environment.pickle"
    before = env.stat().st_mtime_ns
    book.build(None, "--to", "html")
    assert env.stat().st_mtime_ns == before
    monkeypatch.setattr(stamps, "installed", lambda: {"some_theme-2.0.dist-info"})
    stamps.package_stamp.cache_clear()
    try:
        assert book.build(None, "--to", "html").status == 0
        assert env.stat().st_mtime_ns > before
    finally:
        stamps.package_stamp.cache_clear()


@pytest.mark.slow
def test_a_process_that_stays_sees_what_another_one_built(project: Project) -> None:
    staying = Staying(project.folder, project.output)
    try:
        assert staying.build()[0] == 0
        project.edit("code.py", 1, "written")
        project.equals_a_clean_build()  # by a process of its own
        project.edit("code.py", 0, "older")
        assert staying.build()[0] == 0
        same(outputs(project.output), CleanBuilds.of(project.sources())[1])
    finally:
        staying.end()


@pytest.mark.slow
def test_a_process_that_stays_compares_a_source_and_its_copy_again(project: Project) -> None:
    """Python's ``filecmp`` remembers what was alike by size and time."""
    staying = Staying(project.folder, project.output)
    try:
        for step in ("first", "all pages are written again", "replaced"):
            if step == "all pages are written again":
                project.edit("templates/layout.html", 1, "newer")
            if step == "replaced":
                for name, which in (("index.md", 2), ("data/rows.csv", 1)):
                    project.edit(name, which, "same time")
            assert staying.build()[0] == 0
        same(outputs(project.output), CleanBuilds.of(project.sources())[1])
    finally:
        staying.end()


AT_WORK = """
def fill_in(app, env, docnames):
    app.config.of_mine.setdefault("look", "plain")
    app.add_js_file(None, body="of all pages")


def add(app, name, template, context, doctree):
    app.add_js_file(None, body=f"of {name}")


def theme(app, config):
    config.templates_path.append("look")


def setup(app):
    app.add_config_value("of_mine", {}, "html")
    app.connect("config-inited", theme)
    app.connect("env-before-read-docs", fill_in)
    app.connect("html-page-context", add)
"""
"""What extensions and themes do while a build runs: fill in their options, add scripts to pages and folders to lists."""


def test_what_extensions_do_at_work_is_no_other_setting_to_a_process_that_stays(book: Book) -> None:
    conf = f"{CONF}extensions.append('sphinxcontrib.bibtex')\nbibtex_bibfiles = ['a.bib']\n{AT_WORK}"
    book.write("conf.py", conf)
    book.write("look/own.html", "")
    book.write("a.bib", "@book{able, author = {Able, A.}, title = {Words}, year = 2001, publisher = {P}}\n")
    book.write("index.md", "# Book\n\n```{toctree}\nchapter\ncited\n```\n")
    book.write("cited.md", "# Cited\n\n{cite}`able`\n\n```{bibliography}\n```\n")
    book.write("chapter.md", "# One\n\nA word.\n")
    request = Request(book.folder, book.folder, book.folder / "_build", quiet=True)
    changed: list[str] = []
    with Session(request, stays=True, listeners=Listeners(pages=changed.extend)) as session:
        session.build()
        app = session.app
        for word in ("another", "more"):
            changed.clear()
            book.write("chapter.md", f"# One\n\nA word, {word}.\n")
            assert not session.build().status
            assert {name for name in changed if name.endswith(".html")} == {"chapter.html"}
        assert session.app is app
        edited = outputs(request.output)
        book.write("conf.py", f"{conf}\n\ndef other():\n    pass\n")
        session.build()
        assert session.app is not app
        assert session.app is not None
        assert session.app.config.templates_path == ["look"]
    book.write("conf.py", conf)
    shutil.rmtree(request.output)
    assert book.build().status == 0
    same(edited, outputs(request.output))


def test_the_words_of_a_language_go_with_it(book: Book) -> None:
    """Sphinx keeps the translations of an application for the next one of the process."""
    chapter = "# One\n\n(deep)=\n## Deep\n\nSee {numref}`deep`.\n"
    for language, words in (("de", "Abschnitt 1.1"), ("en", "Section 1.1"), ("fr", "Section 1.1")):
        book.write("conf.py", f'{CONF}language = "{language}"\n')
        assert book.build(chapter, "--to", "html").status == 0
        assert words in (book.folder / "_build/html/chapter.html").read_text()


def test_the_words_of_a_domain_go_with_the_language_too(book: Book) -> None:
    """Sphinx translates those of its domains where they are imported, once a process."""
    source = "# One\n\n```{eval-rst}\n.. py:function:: greet(name, times)\n\n   :param name: whom\n   :param times: often\n```\n"
    for language, words in (("he", "פרמטרים"), ("en", "Parameters")):
        book.write("conf.py", f'{CONF}language = "{language}"\n')
        assert book.build(source, "--to", "html").status == 0
        assert words in (book.folder / "_build/html/chapter.html").read_text()


# --- one way to know a file


def test_a_digest_follows_the_content_whatever_the_times_say(tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"first")
    os.utime(file, (1_500_000_000, 1_500_000_000))
    known = digest(file)
    other.write_bytes(b"third")
    os.utime(other, (1_500_000_000, 1_500_000_000))
    os.replace(other, file)
    assert digest(file) != known
    file.write_bytes(b"first")
    os.utime(file, (1_500_000_000, 1_500_000_000))
    assert digest(file) == known
    assert stamp(tmp_path / "none") == stamps.MISSING
    assert stamp(tmp_path) == stamps.FOLDER


def test_a_record_is_what_was_written_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "record"
    write_pickle(file, {"a": 1}, "one")
    assert read_pickle(file, "one") == {"a": 1}
    assert read_pickle(file, "two") is None
    for damage in ("cut", "zeroed", "appended to", "garbage", "emptied"):
        write_json(file, ["some", "words"])
        assert read_json(file) == ["some", "words"]
        harm(file, damage)
        assert read_json(file) is None


# --- what is warned of is an error with -W, whether it was warned of before

LOST = "# One\n\nSee {numref}`nowhere`.\n"


def test_warnings_are_errors_again_although_nothing_changed(book: Book) -> None:
    for _ in range(2):
        result = book.build(LOST, "-W")
        assert result.status == 1
        assert "nowhere" in result.errors
        assert not (book.folder / "_build/html/chapter.html").exists()


def test_what_was_only_warned_of_is_an_error_of_the_next_build(book: Book) -> None:
    assert book.build(LOST).status == 0
    assert book.build(LOST, "-W").status == 1
    assert book.build("# One\n\nSee nothing.\n", "-W").status == 0
    env = book.folder / "_build/.work/doctrees/environment.pickle"
    before = env.stat().st_mtime_ns
    assert book.build(None, "-W").status == 0
    assert env.stat().st_mtime_ns == before


def test_the_search_finds_an_entry_in_the_order_of_the_pages_after_an_edit(book: Book) -> None:
    names = [f"page-{number}" for number in range(8)]
    book.write("index.md", "# Root\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
    for name in names:
        book.write(f"{name}.md", f"# {name}\n\n{{index}}`Fern` and moss.\n")
    search = book.folder / "_build/html/searchindex.js"
    assert book.build("---\norphan: true\n---\n# One\n\nText.\n", "--to", "html").status == 0
    whole = search.read_text()
    assert '"fern"' in whole
    for name in (names[3], names[6]):
        book.write(f"{name}.md", f"# {name}\n\n{{index}}`Fern` and moss, and moss.\n")
        assert book.call("build", "--to", "html").status == 0
        assert search.read_text() == whole
