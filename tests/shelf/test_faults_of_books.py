"""What a book of strangers does to its folder, to its processes or to its report costs itself, and leaks nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from test_sources import built
from test_walls import needs_a_wall

from builder.commands.shelf import environments, sandbox
from builder.errors import AuthorError

pytest_plugins = ["shelved"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")

LATE = """
import atexit, json, os
def late():
    report = "../../built/report.json"
    if os.path.exists(report):
        os.remove(report)
    {what}
atexit.register(late)
"""
OUT, REPORT = "../../built/html", "../../built/report.json"


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (f"os.symlink({{secret!r}}, {REPORT!r})", "it left no report.json that can be read"),
        (f"os.mkfifo({REPORT!r})", "it left no report.json that can be read"),
        (f"open({REPORT!r}, 'w').write('[' * 100_000)", "it left no report.json that can be read"),
        (
            f"json.dump({{{{'outputs': [3]}}}}, open({REPORT!r}, 'w'))",
            "its report.json is none that the builder writes",
        ),
        ("os.chdir('/'); __import__('shutil').rmtree(os.environ['HOME'] + '/..', True)", "it left no report.json"),
        ("os._exit(0)", "it left no report.json"),
    ],
)
def test_a_report_that_is_none_fails_its_book(books, what: str, reason: str) -> None:
    secret = books.write("secret.json", '{"secret": "of ours"}')
    books.add("algebra", conf=LATE.format(what=what.format(secret=str(secret))))
    books.shelf('[[book]]\nsource = "algebra"\n')
    outcome = built(books)["algebra"]
    assert outcome.state == "failed"
    assert reason in outcome.reason
    assert "of ours" not in outcome.reason


def test_links_among_outputs_are_not_published(books) -> None:
    secret = books.write("elsewhere/secret.txt", "of ours")
    what = f"os.symlink({str(secret)!r}, '{OUT}/leak.txt'); os.symlink({str(secret.parent)!r}, '{OUT}/folder')"
    books.add("algebra", conf=LATE.replace("os.remove(report)", "pass").format(what=what))
    books.shelf('[[book]]\nsource = "algebra"\n')
    assert built(books)["algebra"].state == "built"
    assert (books.folder / "out/algebra/html/index.html").is_file()
    assert [path for path in (books.folder / "out").rglob("*") if path.name in ("leak.txt", "secret.txt")] == []


def test_a_link_in_a_scratch_folder_is_nothing_that_we_write_to(books) -> None:
    precious = books.write("precious.txt", "of ours")
    what = f"[os.symlink({str(precious)!r}, f'../../{{{{name}}}}.txt') for name in ('printed', 'output')]"
    books.add("algebra", conf=LATE.replace("os.remove(report)", "pass").format(what=what))
    books.shelf('[[book]]\nsource = "algebra"\nchecks = true\n')
    assert built(books)["algebra"].state == "built"
    assert precious.read_text(encoding="utf-8") == "of ours"


@needs_a_wall
def test_a_book_that_begins_too_many_processes_is_stopped(books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PROCESSES", 20)
    begins = "import os, time\nfor _ in range(30):\n    if not os.fork(): time.sleep(60)\ntime.sleep(60)\n"
    books.add("algebra", conf=begins)
    books.shelf('[[book]]\nsource = "algebra"\n')
    assert built(books)["algebra"].reason == "it began more than 20 processes"


def test_a_source_may_hold_links_that_lead_round_or_nowhere_and_names_of_any_script(books) -> None:
    folder = books.add("größe 漢字")
    for name, target in (("round", "."), ("one", "two"), ("two", "one"), ("nowhere.md", "/nowhere")):
        os.symlink(target, folder / name)
    books.shelf('[[book]]\nname = "size"\nsource = "größe 漢字"\n')
    assert built(books)["size"].state == "built"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("requirements.txt", "furo\n -e ./package\n", "requirements.txt:2: .* cannot have '-e'"),
        ("requirements.txt", "--editable=./package\n", "cannot have '--editable'"),
        ("requirements.txt", "--no-binary :all:\n", "cannot have '--no-binary'"),
        ("requirements.txt", "-r /etc/passwd\n", "passwd is no list of packages"),
        ("requirements.txt", "-r ../other.txt\n", "other.txt is not in the folder"),
        ("pyproject.toml", "[project]\n", "pyproject.toml is no list of packages"),
    ],
)
def test_a_list_of_packages_runs_nothing_of_the_book(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / "other.txt").write_text("furo\n", encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / name).write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError, match=message):
        environments.python_for(tmp_path / "book" / name)
