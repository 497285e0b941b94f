"""A build with nothing to do ends before Sphinx sets anything up, and whatever may have changed is seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest

from conftest import CONF, Book, Result

OUTER = f"""import os, sys
sys.path.insert(0, "../outer")
import outer
{CONF}
release = os.environ.get("RELEASE", "1")
builder_fonts = "../fonts"


def setup(app):
    app.connect("source-read", lambda app, name, text: text.append(outer.WORD))
"""
CHAPTER = "# One\n\n## Part\n\n[A point]{.point} of $a$.\n"


@pytest.fixture
def built(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book that takes a module, fonts and a variable of the environment from outside of its folder."""
    monkeypatch.delitem(sys.modules, "outer", raising=False)
    for name, content in {
        "../outer/outer.py": "WORD = 'a word'\n",
        "../fonts/about.txt": "none",
        "conf.py": OUTER,
        "aside.txt": "words",
    }.items():
        book.write(name, content)
    assert book.build(CHAPTER).status == 0
    return book


def looked(result: Result) -> bool:
    """True if Sphinx was set up."""
    return "Running Sphinx" in result.out


def rewritten(name: str, old: str, new: str) -> Callable[[Book], None]:
    """Replace a file by one of the same size that is older than the build."""

    def change(book: Book) -> None:
        path = book.folder / name
        path.write_text(path.read_text().replace(old, new))
        os.utime(path, (1, 1))

    return change


def damaged(pattern: str) -> Callable[[Book], None]:
    """Overwrite the first file that matches."""
    return lambda book: next(book.folder.glob(pattern)).write_bytes(b"damage")


def a_folder_at(name: str) -> Callable[[Book], object]:
    def change(book: Book) -> None:
        (book.folder / name).unlink()
        book.write(f"{name}/x", "")

    return change


CHANGES: dict[str, Callable[[Book], object]] = {
    "a word, older and of the same size": rewritten("chapter.md", "Part", "Tart"),
    "a file more": lambda book: book.write("other.txt", "words"),
    "a file less": lambda book: (book.folder / "aside.txt").unlink(),
    "a comment of conf.py": lambda book: book.write("conf.py", f"{OUTER}# more\n"),
    "a module elsewhere": rewritten("../outer/outer.py", "word", "ford"),
    "a font elsewhere": lambda book: book.write("../fonts/more.txt", "words"),
    "a page": damaged("_build/html/chapter.html"),
    "a deck": damaged("_build/slides/*.pptx"),
    "the report": damaged("_build/report.json"),
    "an intermediate file": damaged("_build/.work/doctrees/chapter.doctree"),
    "the record itself": damaged("_build/.work/made-from.json"),
    "the record is a folder": a_folder_at("_build/.work/made-from.json"),
}


def test_nothing_changed_is_known_without_sphinx(built: Book) -> None:
    first = (built.folder / "_build/report.json").read_text()
    again = built.call("build")
    assert not looked(again)
    assert again.status == 0
    assert "nothing had changed" in again.out
    assert again.out.count("unchanged") == 3
    report = (built.folder / "_build/report.json").read_text()
    assert report.count('"unchanged": true') == 3
    assert report.partition('"warnings"')[2] == first.partition('"warnings"')[2]
    assert not looked(built.call("build"))


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_seen(built: Book, change: str) -> None:
    CHANGES[change](built)
    assert looked(built.call("build"))
    assert not looked(built.call("build"))


def test_what_conf_py_takes_from_its_surroundings_is_seen(built: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELEASE", "2")
    assert looked(built.call("build"))


def test_other_packages_and_other_outputs_are_seen(built: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked(built.call("build", "--to", "html"))
    assert looked(built.call("build"))
    monkeypatch.setattr("builder.build.up_to_date.package_stamp", lambda: "others")
    assert looked(built.call("build"))


def test_a_file_that_was_saved_while_the_build_ran_is_not_taken_for_read(book: Book) -> None:
    saving = "\n\ndef setup(app):\n    app.connect('doctree-resolved', lambda *_: open('chapter.md', 'a').write(' '))\n"
    book.write("conf.py", CONF + saving)
    book.build(CHAPTER)
    assert looked(book.call("build"))


def test_handlers_of_known_extensions_with_arguments_of_their_own_decide_nothing(book: Book) -> None:
    book.write("conf.py", CONF + 'extensions = ["sphinx_design"]\n')
    book.build(CHAPTER, "--to", "html")
    assert not looked(book.call("build", "--to", "html"))


def test_a_project_that_decides_at_each_build_is_asked_each_time(book: Book) -> None:
    book.write("conf.py", f"{CONF}\n\ndef setup(app):\n    app.connect('builder-inited', lambda app: None)\n")
    book.build(CHAPTER)
    assert looked(book.call("build"))


def test_warnings_of_each_build_are_said_and_dash_w_hears_those_of_reading(book: Book) -> None:
    book.write("conf.py", f'{CONF}\nhtml_theme_options = {{"no such option": 1}}\n')
    first = book.build(f"{CHAPTER}\n{{ref}}`nowhere`\n")
    again = book.call("build")
    assert "no such option" in first.errors
    assert "nowhere" in first.errors
    assert not looked(again)
    assert again.errors == next(line for line in first.errors.splitlines(keepends=True) if "no such option" in line)
    assert book.call("build", "-W").status == 1


def test_outputs_of_others_beside_the_sources_do_not_matter(built: Book) -> None:
    built.write("_plain/html/.buildinfo", "")
    built.write(".git/index", "")
    assert looked(built.call("build")) is False
    built.write("_plain/html/index.html", "words")
    built.write(".git/index", "more")
    assert looked(built.call("build")) is False


def test_a_link_that_leads_back_ends(built: Book) -> None:
    (built.folder / "again").symlink_to(built.folder, target_is_directory=True)
    built.write("conf.py", f"{OUTER}exclude_patterns = ['again']\n")
    assert looked(built.call("build"))
    assert not looked(built.call("build"))
