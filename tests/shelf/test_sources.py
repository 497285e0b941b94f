"""Where books come from, and where they go: folders, globs, git repositories; paths and addresses."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import fsspec.implementations.local
import fsspec.implementations.memory
import pytest

from builder.commands.shelf.description import read_shelf
from builder.commands.shelf.pieces import order_of
from builder.commands.shelf.results import Results, place, placed
from builder.commands.shelf.storage import Storage
from builder.commands.shelf.work import build_book, scratch_folder
from builder.errors import AuthorError

pytest_plugins = ["shelved"]


def built(books, patience: float = 5):
    """Build a shelf in this process, one book after another; returns name → outcome."""
    shelf = read_shelf(books.folder / "shelf.toml")
    folder, store = Storage(shelf.results, patience), Storage(shelf.store, patience)
    return {book.name: build_book(order_of(book), folder, store) for book in shelf.books}


def git(folder, *arguments: str) -> str:
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *own, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_a_book_is_taken_from_a_repository_as_it_was_at_a_tag(books) -> None:
    folder = books.add("algebra", "The first text.")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    git(folder, "tag", "v1")
    books.add("algebra", "The second text.")
    git(folder, "commit", "-qam", "second")
    books.shelf('[[book]]\nname = "old"\nsource = "algebra"\nrevision = "v1"\n')
    assert built(books)["old"].reason == ""
    assert "The first text" in books.page("old")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_a_revision_that_is_not_there_fails_its_book_and_no_other(books) -> None:
    git(books.add("algebra"), "init", "-q")
    books.add("botany")
    books.shelf('[[book]]\nsource = "algebra"\nrevision = "v9"\n\n[[book]]\nsource = "botany"\n')
    found = books.call("--workers", "1")
    assert found.status == 1
    assert "algebra: " in found.errors
    assert "has no revision 'v9'" in found.errors
    assert "Book botany" in books.page("botany")


@pytest.mark.parametrize("glob", ["press/*", "{folder}/press/*"])
def test_a_glob_is_all_books_that_it_finds(books, glob: str) -> None:
    for name in ("algebra", "botany"):
        books.add(f"press/{name}")
    books.write("press/notes/readme.md", "No book.")
    books.shelf(f'[[book]]\nname = "press-*"\nsource = "{glob.format(folder=books.folder)}"\n')
    shelf = read_shelf(books.folder / "shelf.toml")
    assert [book.name for book in shelf.books] == ["press-algebra", "press-botany"]


@pytest.mark.parametrize("address", ["memory://press", "file://{folder}/elsewhere", "local://{folder}/elsewhere"])
def test_results_go_to_any_storage_of_fsspec(books, address: str) -> None:
    address = address.format(folder=books.folder)
    books.add("algebra")
    books.shelf('[[book]]\nsource = "algebra"\n', f'folder = "{address}"')
    assert built(books)["algebra"].state == "built"
    fs, path = fsspec.core.url_to_fs(address)
    assert b"Book algebra" in fs.cat_file(f"{path}/algebra/html/index.html")
    assert placed(Storage(address, 5), "algebra")
    assert built(books)["algebra"].state == "shared"
    fs.rm(path, recursive=True)


def test_shelves_that_name_one_store_share_results(books) -> None:
    books.add("algebra")
    states = []
    for folder in ("out", "other"):
        books.shelf('[[book]]\nsource = "algebra"\n', f'folder = "{folder}"\nstore = "store"')
        states.append(built(books)["algebra"].state)
    assert states == ["built", "shared"]
    assert (books.folder / "other/algebra/html/index.html").is_file()


def test_outputs_that_a_book_has_no_more_go_from_its_folder(books) -> None:
    books.add("algebra")
    more = books.write("algebra/more.md", "---\norphan: true\n---\n# More\n")
    books.shelf('[[book]]\nsource = "algebra"\n')
    built(books)
    assert (books.folder / "out/algebra/html/more.html").is_file()
    more.unlink()
    built(books)
    assert not (books.folder / "out/algebra/html/more.html").exists()


@pytest.mark.slow
def test_a_conf_py_that_hangs_is_named_with_what_stopped_it(books) -> None:
    books.add("algebra", conf="import time; time.sleep(60)\n")
    books.shelf('[[book]]\nsource = "algebra"\nminutes = 0.05\n')
    outcome = built(books)["algebra"]
    assert (outcome.state, outcome.reason) == ("failed", "it took more than 3 seconds")


def test_storage_that_answers_errors_for_a_while_is_waited_for(books, monkeypatch: pytest.MonkeyPatch) -> None:
    books.add("algebra")
    books.shelf('[[book]]\nsource = "algebra"\n', 'folder = "memory://shaky"')
    calls, whole = [], fsspec.implementations.memory.MemoryFileSystem.pipe_file

    def shaky(self, path, value, **options):
        calls.append(path)
        if len(calls) % 3:
            raise OSError(28, "No space left on device")
        return whole(self, path, value, **options)

    monkeypatch.setattr(fsspec.implementations.memory.MemoryFileSystem, "pipe_file", shaky)
    monkeypatch.setattr("builder.commands.shelf.storage.SHORTEST", 0.001)
    assert built(books)["algebra"].state == "built"
    assert b"Book algebra" in fsspec.filesystem("memory").cat_file("/shaky/algebra/html/index.html")


def test_storage_that_moves_no_file_to_where_another_is_takes_results(books, monkeypatch: pytest.MonkeyPatch) -> None:
    local = fsspec.implementations.local.LocalFileSystem
    move = local.mv

    def refuse(self, path, target, **options):
        if self.exists(target):
            raise RuntimeError("ResourceAlreadyExists")  # no OSError, as libraries of networks have them
        move(self, path, target, **options)

    monkeypatch.setattr(local, "mv", refuse)
    books.add("algebra")
    books.shelf('[[book]]\nsource = "algebra"\n')
    assert built(books)["algebra"].state == "built"
    books.add("algebra", "The second text.")
    assert built(books)["algebra"].state == "built"
    assert "The second text" in books.page("algebra")
    assert list((books.folder / "out").rglob("*.part")) == []


def test_what_a_killed_worker_had_begun_to_write_is_removed(tmp_path: Path) -> None:
    folder, results = Storage(str(tmp_path / "out"), 5), Results(Storage(str(tmp_path / "store"), 5))
    results.storage.write("files/ab/abc", b"page")
    folder.write("algebra/html/index.html.0123abcd.part", b"pa")
    folder.write("algebra/html/own.part", b"a file of the book")
    place(results, folder, "algebra", [{"files": {"html/index.html": "abc"}, "status": 0, "digest": "d"}])
    assert folder.names("algebra/html") == ["index.html", "own.part"]


def test_an_address_of_no_storage_is_told(books) -> None:
    books.add("algebra")
    books.shelf('[[book]]\nsource = "algebra"\n', 'folder = "nowhere://press"')
    assert books.call().errors == "builder: nowhere://press: Protocol not known: nowhere.\n"


def test_storage_that_may_not_be_written_to_is_told_at_once(books, monkeypatch: pytest.MonkeyPatch) -> None:
    books.add("algebra")
    books.shelf('[[book]]\nsource = "algebra"\n', 'folder = "memory://closed"\npatience = 60')

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied", "closed")

    monkeypatch.setattr(fsspec.implementations.memory.MemoryFileSystem, "_open", refuse)
    monkeypatch.setattr(fsspec.implementations.memory.MemoryFileSystem, "pipe_file", refuse)
    begun = time.monotonic()
    assert built(books, patience=60)["algebra"].reason == "closed: Permission denied"
    assert time.monotonic() - begun < 30


def test_a_book_whose_worker_was_killed_while_it_published_is_whole_after_the_next(
    books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.add("algebra", "The first text.")
    books.shelf('[[book]]\nsource = "algebra"\n', 'folder = "memory://killed"')
    built(books)
    books.add("algebra", "The second text.")
    copied, copy = [], Storage.copy

    def killed(self, name, other, target):
        copied.append(target)
        if len(copied) == 2:
            raise KeyboardInterrupt
        copy(self, name, other, target)

    monkeypatch.setattr(Storage, "copy", killed)
    with pytest.raises(KeyboardInterrupt):
        built(books)
    monkeypatch.setattr(Storage, "copy", copy)
    assert built(books)["algebra"].state == "shared"
    fs = fsspec.filesystem("memory")
    shown = placed(Storage("memory://killed", 5), "algebra")
    contents = {name: hashlib.sha256(fs.cat_file(f"/killed/algebra/{name}")).hexdigest() for name in shown["files"]}
    assert contents == shown["files"]
    assert b"The second text" in fs.cat_file("/killed/algebra/html/index.html")


def test_the_claim_of_a_worker_that_was_killed_after_it_stored_its_result_does_not_stay(
    books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.add("algebra")
    books.shelf('[[book]]\nsource = "algebra"\n', 'folder = "memory://let-go"')
    remove = Storage.remove

    def killed(self, name):
        raise KeyboardInterrupt

    monkeypatch.setattr(Storage, "remove", killed)
    with pytest.raises(KeyboardInterrupt):
        built(books)
    monkeypatch.setattr(Storage, "remove", remove)
    left = [name for name in fsspec.filesystem("memory").find("/let-go") if "/claims/" in name]
    assert len(left) == 1
    assert built(books)["algebra"].state == "shared"
    assert left[0] in fsspec.filesystem("memory").find("/let-go"), "its holder lives"
    monkeypatch.setattr("builder.commands.shelf.results.is_gone", lambda holder: True)
    assert built(books)["algebra"].state == "shared"
    assert not any("/claims/" in name for name in fsspec.filesystem("memory").find("/let-go"))


@pytest.mark.parametrize("seconds", [-1000, 1000])
def test_a_claim_of_another_time_counts_no_more(books, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    results = Results(Storage(f"memory://clock{seconds}", 5))
    with results.claimed("digest") as is_mine:
        assert is_mine
        assert results.is_claimed("digest")
        monkeypatch.setattr("builder.commands.shelf.results.time.time", lambda now=time.time: now() + seconds)
        with results.claimed("digest") as is_mine:
            assert is_mine


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[book]]\nsource = "nowhere"\n', "shelf.toml:7: there is no book in nowhere"),
        (
            '[[book]]\nsource = "a"\noutput = []\n',
            "shelf.toml:9: unknown key 'output' in [book]; did you mean 'outputs'",
        ),
        ('[[book]]\nsource = "a"\n\n[[book]]\nname="a"\nsource = "a"\n', "shelf.toml:10: two books are named 'a'"),
        ('[[book]]\nsource = "a"\nminutes = "many"\n', "'minutes' must be a number above 0, not 'many'"),
        ('[[book]]\nsource = "https://example.org/a.git"\n', "needs a 'revision'"),
        ('[[book]]\nsource = "shelf.toml"\n', "shelf.toml:7: there is no book in shelf.toml"),
        (
            '[[book]]\nname = "con"\nsource = "a"\n',
            "cannot have the name 'con': Windows takes the name 'con' for a device",
        ),
        ('[[book]]\nsource = "a"\npackages = ["-e ."]\n', "'packages' names packages, and '-e .' is an option"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_line(books, text: str, message: str) -> None:
    books.add("a")
    books.shelf(text)
    found = books.call()
    assert found.status == 1
    assert message in found.errors


def test_a_full_disk_below_the_folder_for_work_is_told_with_the_variable_that_names_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    free = iter((0, 1 << 30))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=next(free)))
    with pytest.raises(AuthorError, match=f"{tmp_path.name}.* is full; .* TMPDIR"), scratch_folder():
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="Input/output"), scratch_folder():
        raise OSError(errno.EIO, "Input/output error")
