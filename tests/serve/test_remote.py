"""A phone that turns slides: after the code is typed, and never before."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import pytest
from browser import PROGRAM, Browser
from builds import Command
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from builder.build.request import Request
from builder.commands.serve.building import News
from builder.commands.serve.podium import Projected
from builder.commands.serve.remote import PairingCode, Remote
from builder.commands.serve.site import Site
from builder.errors import AuthorError

from conftest import Book

PHONE, COMPUTER = "http://192.168.1.5:9000", "http://127.0.0.1:8765"


def by(address: str) -> dict[str, str]:
    """The headers of a socket that a page at an address opens."""
    return {"origin": address, "host": address.removeprefix("http://")}


class Room:
    """A site, the application for phones, and what stands in the terminal."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        request = Request(folder, folder, folder / "_build")
        (request.work).mkdir(parents=True)
        (request.work / "slides.json").write_text('[{"name": "a", "title": "A", "slides": []}]', encoding="utf-8")
        self.site = Site(request, lambda: News("built"))
        self.remote = Remote(self.site, "192.168.1.5", self.said.append)
        self.phone = TestClient(self.remote.application, base_url=PHONE)
        self.computer = TestClient(self.site.application, base_url=COMPUTER)

    def typed(self, digits: str) -> int:
        return self.phone.post("/code", headers={"X-Builder-Code": digits}).status_code

    @property
    def code(self) -> str:
        return re.findall(r"\d{6}$", self.said[-1])[0]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_nothing_is_shown_before_the_code_is_typed(room: Room) -> None:
    assert room.phone.get("/").status_code == 200
    for path in ("/decks.json", "/slides/a/1.png"):
        assert room.phone.get(path).status_code == 403, path
    with pytest.raises(WebSocketDisconnect), room.phone.websocket_connect("/turns", headers=by(PHONE)):
        pass
    assert room.typed("") == room.typed("x") == 403
    assert room.typed(room.code) == 204
    assert room.phone.get("/decks.json").json()["decks"][0]["name"] == "a"


def test_a_phone_has_nothing_but_slides(room: Room) -> None:
    room.typed(room.code)
    for path in ("/index.html", "/-/decks.json", "/-/events", "/-/files/a.pptx", "/-/build", "/-/static/serve.js"):
        assert room.phone.get(path).status_code == 404, path


def test_a_code_is_good_for_one_phone(room: Room) -> None:
    first = room.code
    assert room.typed(first) == 204
    assert room.code != first
    assert room.typed(first) == 403


def test_after_five_wrong_codes_a_minute_passes_and_the_code_is_another() -> None:
    said: list[str] = []
    now = [0.0]
    code = PairingCode(said.append, lambda: now[0])
    first = code.digits
    wrong = "000000" if first != "000000" else "111111"
    assert [code.accepts(wrong) for _ in range(5)] == [False] * 5
    assert code.digits != first
    assert said[-1].endswith(code.digits)
    assert not code.accepts(code.digits), "the minute is not over"
    now[0] = 61.0
    assert not code.accepts(first)
    assert code.accepts(code.digits)


def test_codes_are_random_and_of_six_digits() -> None:
    codes = {PairingCode(lambda _: None).digits for _ in range(50)}
    assert len(codes) > 45
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)


@pytest.mark.parametrize("origin", ["http://evil.example", "", "null", "http://192.168.1.5:1"])
def test_pages_of_others_open_no_socket_of_a_phone(room: Room, origin: str) -> None:
    room.typed(room.code)
    for client, path, address in ((room.phone, "/turns", PHONE), (room.computer, "/-/podium", COMPUTER)):
        headers = by(address) | {"origin": origin}
        with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(path, headers=headers):
            pass
        assert refused.value.code == 1008, path


def test_other_hosts_are_no_address_of_the_remote(room: Room) -> None:
    assert room.phone.get("/", headers={"host": "evil.example"}).status_code == 400


def test_what_a_window_says_that_it_may_not_ends_it_and_nothing_else(room: Room) -> None:
    for said in ("[", "[]", "{}", '{"deck": 1}', '{"deck": "a", "number": "x"}', "x" * 2000):
        with room.computer.websocket_connect("/-/podium", headers=by(COMPUTER)) as window:
            window.send_text(said)
            with pytest.raises(WebSocketDisconnect):
                window.receive_json()
    assert room.site.podium.showing == Projected()
    assert room.site.podium.windows == []


@pytest.mark.slow
@pytest.mark.skipif(not PROGRAM or sys.platform == "win32", reason="no chromium is installed here")
def test_a_phone_turns_the_slides_of_the_presenter(whole: Book, tmp_path: Path) -> None:
    """A real server with both sockets; the phone and the computer are two tabs."""
    server = Command(whole.folder, "serve", "--port", "0", "--no-open", "--remote", "127.0.0.1")
    computer = server.line(r"serving at (http://127\.0\.0\.1:\d+/)")[1]
    phone = server.line(r"turns slides at (http://127\.0\.0\.1:\d+/)")[1]
    code = server.line(r"the code for a phone is (\d{6})")[1]
    server.line("built in")
    browser = Browser(tmp_path / "profile")
    try:
        presenter, remote = browser.tab(), browser.tab()
        presenter.go(f"{computer}-/present/a")
        presenter.wait("document.getElementById('now')?.naturalWidth")
        remote.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
        remote.go(phone)
        remote.wait("document.getElementById('code')")
        for digits, shown in (("12", "This is not the code"), (code, "Lecture A, 1 of")):
            remote.ask(
                f"document.getElementById('code').value = '{digits}'; document.querySelector('form button').click()"
            )
            remote.wait(f"document.body.innerText.includes('{shown}')")
        for _ in range(2):
            remote.ask("document.querySelector('[data-action=forward]').click()")
        presenter.wait("document.getElementById('count').textContent.startsWith('3 of')")
        remote.wait("document.body.innerText.includes('Say it slowly.') && document.getElementById('now').naturalWidth")
        assert remote.ask("document.documentElement.scrollWidth") == 390
        remote.picture(tmp_path / "phone.png")
        remote.call("Emulation.setDeviceMetricsOverride", width=844, height=390, deviceScaleFactor=1, mobile=True)
        bottom = "document.getElementById('now').getBoundingClientRect().bottom"
        remote.wait(f"{bottom} <= document.querySelector('footer').getBoundingClientRect().top")
        remote.ask("document.querySelector('[data-action=black]').click()")
        presenter.wait("document.body.classList.contains('black')")
        remote.go(f"{phone}one.html")
        remote.wait("document.body.innerText.includes('Not Found')")
    finally:
        browser.close()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


def test_an_address_that_is_none_of_this_machine() -> None:
    from builder.commands.serve.run import listen

    with pytest.raises(AuthorError, match=r"nothing can listen at 192\.0\.2\.1"):
        listen(None, "192.0.2.1")
