"""``builder serve`` goes on whatever happens to the sources, ends when it is told to, and talks to nobody but this
machine.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import h11
import pytest
from test_served import Served

from builder.build.request import Request
from builder.commands.serve import handover
from builder.commands.serve.building import Building
from builder.commands.serve.handover import Server, answer_of
from builder.commands.serve.run import concerns_author

from conftest import Book

posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes and signals of this kind")


def test_a_request_that_is_none_is_no_fault_of_the_server() -> None:
    def record(error: Exception) -> logging.LogRecord:
        return logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "Exception", (), (type(error), error, None))

    assert not concerns_author(record(h11.LocalProtocolError("MUST_CLOSE")))
    assert concerns_author(record(ValueError("ours")))


def server_at(port: int) -> Server:
    return Server(f"http://127.0.0.1:{port}/", "the token", 1, "", "", "")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:80@elsewhere.invalid/", "http://127.0.0.1.evil.invalid/", "http://127.0.0.1:80.evil.invalid/", "http://127.0.0.1:1/\\@x", "https://127.0.0.1:1/"],
)  # fmt: skip
def test_an_address_that_only_begins_like_this_machine(address: str) -> None:
    assert handover.HERE.fullmatch(address) is None


def test_a_server_is_asked_directly_whatever_proxy_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.headers["X-Builder-Token"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'   {"type": "built", "problems": [], "outputs": [], "status": 0}')

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.handle_request, daemon=True).start()
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        proxy.listen()
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.delenv("no_proxy", raising=False)
        found = answer_of(server_at(server.server_port))
    server.server_close()
    assert found is not None
    assert found["type"] == "built"
    assert asked == ["the token"]


def test_a_server_without_a_sign_of_life_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "SILENCE", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert answer_of(server_at(silent.getsockname()[1])) is None
    assert answer_of(server_at(silent_port())) is None


def silent_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(holds: object, seconds: float = 15.0) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
@posix
@pytest.mark.parametrize("harm", ["the folder goes and comes back", "a name that is no text"])
def test_watching_begins_anew(tmp_path: Path, harm: str, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "docs"
    source.mkdir()
    building = Building(Request(source, source, tmp_path / "_build"), lambda news: None)
    watching = threading.Thread(target=building.watch, daemon=True)
    watching.start()
    time.sleep(0.3)
    if harm.startswith("the folder"):
        source.rmdir()
        time.sleep(1.2)
        source.mkdir()
    else:
        try:
            Path(os.fsdecode(os.fsencode(source) + b"/caf\xe9.md")).write_text("x", encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes text only")
    assert until(building.changed.is_set)
    time.sleep(0.5)
    building.changed.clear()
    (source / "one.md").write_text("an edit", encoding="utf-8")
    seen = until(building.changed.is_set)
    building.stop()
    watching.join(5)
    assert seen
    assert "builder: " in capfd.readouterr().out


@pytest.mark.slow
@posix
def test_ctrl_c_ends_it_in_the_middle_of_a_build_that_hangs(book: Book) -> None:
    book.write("chapter.md", "# One\n\nWords.\n")
    served = Served(book)
    try:
        book.write(
            "conf.py", (book.folder / "conf.py").read_text(encoding="utf-8") + "\nimport time; time.sleep(600)\n"
        )
        served.hear("building")
        time.sleep(0.5)
        started = time.monotonic()
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=30) == 0
        assert time.monotonic() - started < 15
    finally:
        served.process.kill()


@posix
def test_pipes_and_devices_are_told_and_not_read(book: Book) -> None:
    os.mkfifo(book.folder / "pipe.md")
    os.mkfifo(book.folder / "data.csv")
    (book.folder / "zero.md").symlink_to("/dev/zero")
    result = book.build("# One\n\n```{include} zero.md\n```\n\n```{chart} data.csv\n:x: a\n:y: b\n\nC\n```\n\nWords.\n")
    for words in (
        "pipe.md:1: WARNING: this document is left out: it is a pipe, and reading it may never end",
        "zero.md:1: WARNING: this document is left out: it is a device",
        "chapter.md:3: CRITICAL",
        "the data file 'data.csv' cannot be read: it is a pipe",
    ):
        assert words in result.errors
    assert (book.folder / "_build/html/chapter.html").exists()


@pytest.mark.slow
@posix
def test_a_build_without_standard_streams(book: Book) -> None:
    book.write("chapter.md", "# One\n\nWords.\n")
    command = f'exec "{sys.executable}" -m builder build <&- >&- 2>&-'
    done = subprocess.run(["sh", "-c", command], cwd=book.folder, timeout=120)
    assert done.returncode == 0
    assert book.folder.joinpath("_build/slides/chapter.pptx").exists()
