"""``builder serve`` as people use it: a real process, and a real browser where there is one."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request as Question
from urllib.request import urlopen

import fontpkg
import pytest
from browser import PROGRAM, Browser, Tab
from builds import Command
from watchfiles import Change
from websockets.sync.client import connect

from builder.build.request import Request
from builder.commands.serve.building import Building
from builder.commands.serve.handover import announce, running

from conftest import Book

needs_browser = pytest.mark.skipif(not PROGRAM, reason="no chromium is installed here")


class Served:
    """A running ``builder serve`` and its address."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.process = Command(book.folder, "serve", "--port", "0", "--no-browser")
        self.address = self.process.line(r"http://127\.0\.0\.1:\d+/")[0]
        self.socket = connect(f"{self.address.replace('http', 'ws')}-/events", origin=self.address.rstrip("/"))  # type: ignore[arg-type]
        self.hear("built")

    def hear(self, kind: str) -> dict:
        """The next news of a kind."""
        while True:
            news = json.loads(self.socket.recv(timeout=30))
            if news["type"] == kind:
                return dict(news)

    def page(self, name: str) -> str:
        with urlopen(self.address + name) as answer:
            return str(answer.read().decode())

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.book.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.book.write(name, text.replace(old, new))


@pytest.fixture
def served(whole: Book) -> Iterator[Served]:
    whole.write(
        "two.md",
        (whole.folder / "two.md").read_text(encoding="utf-8")
        + "\n"
        + "A long line of words.\n\n" * 120
        + "## Last\n\nThe end.\n",
    )
    found = Served(whole)
    yield found
    if sys.platform == "win32":  # Ctrl+C goes to the whole terminal there
        found.process.kill()
        return
    found.process.send_signal(signal.SIGINT)
    assert found.process.wait(timeout=20) == 0


@pytest.fixture
def tab(served: Served, tmp_path) -> Iterator[Tab]:
    browser = Browser(tmp_path / "profile")
    yield browser.tab()
    browser.close()


def test_an_edit_is_built_and_told_at_once(served: Served) -> None:
    served.edit("one.md", "and more of it", "and much more of it")
    served.hear("built")
    assert "and much more of it" in served.page("one.html")
    served.edit("data/rows.csv", "1938,20", "1938,77")
    served.hear("built")
    assert "77" in served.page("two.html")
    served.edit("slides/lectures.toml", "Lecture B", "The other lecture")
    served.hear("built")
    assert "The other lecture" in served.page("-/decks.json")
    served.edit("conf.py", '"Ulaanbaatar"', '"Urga"')
    served.hear("built")
    assert "It is Urga." in served.page("two.html")


@pytest.mark.slow
def test_slides_are_shown_before_the_book_is_set(served: Served) -> None:
    def version() -> str:
        return next(deck["version"] for deck in json.loads(served.page("-/decks.json"))["decks"] if deck["name"] == "a")

    served.edit("one.md", "A sentence that is a bullet", "A sentence that is still a bullet")
    served.hear("built")
    whole = version()
    served.edit("one.md", "A sentence that is still a bullet", "A sentence that is a bullet")
    assert served.hear("pages")["changed"] == ["one.html"]
    served.hear("slides")
    early = version()
    assert early != whole
    served.hear("built")
    assert version() == early
    assert not (served.book.folder / "_build/.work/early").exists()
    served.edit("two.md", "The end.", "The very end.")
    assert served.hear("pages")["changed"] == ["two.html"]
    served.hear("built")
    assert version() == early


def test_an_error_is_told_with_its_place_and_the_pages_follow(served: Served) -> None:
    served.edit("three.md", ":minutes: 3", ":minutes: soon")
    news = served.hear("built")
    assert news["status"] == 1
    places = [(problem["kind"], problem["place"]) for problem in news["problems"]]
    assert any(kind == "error" and place.startswith("three.md:") for kind, place in places), news
    assert "Another bullet" in served.page("three.html")
    served.edit("three.md", ":minutes: soon", ":minutes: 4")
    assert served.hear("built")["problems"] == []


def test_the_place_of_a_misspelt_option_is_a_file_and_a_line(served: Served) -> None:
    served.edit("three.md", "# Third\n", "# Third\n\n```{note}\n:clas: x\nWords.\n```\n")
    news = served.hear("built")
    assert [problem["place"] for problem in news["problems"]] == ["three.md:5"], news
    assert "WARNING" not in news["problems"][0]["message"]


@pytest.mark.slow
def test_a_port_that_is_taken_is_said(served: Served, whole: Book) -> None:
    port = served.address.rstrip("/").rsplit(":", 1)[1]
    second = subprocess.run(
        [sys.executable, "-m", "builder", "serve", "--port", port, "--no-browser"], cwd=whole.folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"port {port} is in use; choose another with --port" in second.stderr


@needs_browser
def test_a_page_follows_an_edit_and_keeps_its_place(served: Served, tab: Tab) -> None:
    tab.go(served.address + "two.html")
    tab.wait("document.documentElement.dataset.builder === 'built'")
    tab.ask("document.getElementById('last').scrollIntoView()")
    before = tab.ask("Math.round(document.getElementById('last').getBoundingClientRect().top)")
    assert tab.ask("scrollY") > 500
    served.edit("two.md", "The end.", "The very end.")
    tab.wait(
        "document.body.innerText.includes('The very end.') && document.documentElement.dataset.builder === 'built'"
    )
    after = tab.ask("Math.round(document.getElementById('last').getBoundingClientRect().top)")
    assert abs(after - before) <= 40


@needs_browser
@pytest.mark.slow
def test_text_is_exchanged_where_it_stands(served: Served, tab: Tab) -> None:
    tab.go(served.address + "two.html")
    tab.wait("document.documentElement.dataset.builder === 'built'")
    tab.ask("window.here = true; document.querySelector('article, [role=main]').children[0].id += ''")
    served.edit("two.md", "The end.", "The *very* end.\n\nOne more paragraph.")
    tab.wait("document.body.innerText.includes('One more paragraph.')")
    assert tab.ask("window.here"), "the page was loaded anew"
    assert tab.ask("document.querySelector('.builder-new em').textContent") == "very"
    served.edit("two.md", "\n\nOne more paragraph.", "")
    tab.wait("!document.body.innerText.includes('One more paragraph.')")
    served.edit("one.md", "and more of it", "and much more of it")
    served.hear("built")
    assert tab.ask("window.here"), "what is new is on another page"
    served.edit("two.md", "## Last", "## The last")
    tab.wait("document.body.innerText.includes('The last')")
    tab.wait("!window.here && document.documentElement.dataset.builder === 'built'")


def open_slides(served: Served, tab: Tab) -> None:
    """Show the slides beside the section "Begin"."""
    tab.go(served.address + "one.html")
    tab.wait("document.querySelector('#builder-bar button')")
    tab.ask("document.querySelector('#builder-bar button').click()")
    tab.ask("document.getElementById('begin').scrollIntoView()")


@needs_browser
@pytest.mark.slow
def test_a_slide_beside_the_page_follows_an_edit(served: Served, tab: Tab) -> None:
    open_slides(served, tab)
    before = tab.wait("document.querySelector('#builder-slides img')?.src")
    served.edit("one.md", "A sentence that is a bullet", "A sentence that is still a bullet")
    tab.wait(f"document.querySelector('#builder-slides img')?.src !== '{before}'")


@needs_browser
@pytest.mark.slow
def test_errors_lie_over_the_page_until_they_are_mended(served: Served, tab: Tab) -> None:
    tab.go(served.address + "three.html")
    tab.wait("document.documentElement.dataset.builder === 'built'")
    served.edit("three.md", ":minutes: 3", ":minutes: soon")
    tab.wait("document.querySelector('#builder-problems.errors')")
    words = tab.ask("document.getElementById('builder-problems').innerText")
    assert "three.md:" in words
    assert ":minutes: must be a number" in words
    served.edit("three.md", ":minutes: soon", ":minutes: 4")
    tab.wait("!document.querySelector('#builder-problems')")


@needs_browser
@pytest.mark.slow
def test_a_warning_that_was_closed_stays_away_until_there_is_another(served: Served, tab: Tab) -> None:
    tab.go(served.address + "two.html")
    tab.wait("document.documentElement.dataset.builder === 'built'")
    served.edit("three.md", "Another bullet", "Another {ref}`bullet`")
    tab.wait("document.querySelector('#builder-problems.warnings')")
    assert tab.ask("document.querySelector('#builder-problems strong').innerText") == "1 warning"
    assert tab.ask("document.querySelector('#builder-problems code').innerText").startswith("three.md:")
    tab.ask("document.querySelector('#builder-problems button').click()")
    served.edit("two.md", "The end.", "The very end.")
    tab.wait("document.body.innerText.includes('The very end.')")
    served.hear("built")
    tab.wait("document.documentElement.dataset.builder === 'built'")
    assert not tab.ask("!!document.querySelector('#builder-problems')")
    served.edit("two.md", "The very end.", "The {ref}`end`.")
    tab.wait("document.querySelector('#builder-problems code')?.innerText.startsWith('two.md:')")


@pytest.mark.slow
@needs_browser
def test_a_warning_is_shown_once_and_counted_in_the_bar(served: Served, tab: Tab) -> None:
    """Sphinx reports those of a page at each build that reads it."""
    tab.go(served.address + "two.html")
    tab.wait("document.documentElement.dataset.builder === 'built'")
    served.edit("two.md", "The end.", "The {ref}`end`.")
    tab.wait("document.querySelector('#builder-problems.warnings code')?.innerText.startsWith('two.md:')")
    served.edit("two.md", "The {ref}`end`.", "The {ref}`end`, again.")
    tab.wait("document.body.innerText.includes(', again.') && document.documentElement.dataset.builder === 'built'")
    tab.wait(
        "!document.querySelector('#builder-problems') && document.querySelector('#builder-count')?.innerText === '1 warning'"
    )
    tab.ask("document.getElementById('builder-count').click()")
    tab.wait("document.querySelector('#builder-problems code').innerText.startsWith('two.md:')")


@pytest.mark.slow
@needs_browser
def test_the_last_section_has_its_slides_too(served: Served, tab: Tab) -> None:
    """It is short, and its heading never comes to the top of the window."""
    served.edit("two.md", "## Last\n\nThe end.", "## Before\n\n{point}`So far.`\n\n## Last\n\n{point}`The end.`")
    served.hear("built")
    tab.go(served.address + "two.html")
    tab.wait("document.querySelector('#builder-bar button')")
    tab.ask("document.querySelector('#builder-bar button').click()")
    tab.ask("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    tab.wait("document.querySelector('#builder-slides img')?.alt.endsWith('Last')")
    assert tab.ask("document.getElementById('last').getBoundingClientRect().top") > 120
    heading = "document.getElementById('before').getBoundingClientRect()"
    for step in range(0, 400, 40):  # upwards, until the one before has its turn
        tab.ask(
            f"scrollTo({{ top: document.documentElement.scrollHeight - innerHeight - {step}, behavior: 'instant' }})"
        )
        time.sleep(0.3)
        if tab.ask("document.querySelector('#builder-slides img').alt.endsWith('Before')"):
            break
    else:
        raise AssertionError("the slide of the section before never came")
    assert 0 < tab.ask(f"{heading}.top") < 860


@pytest.mark.slow
@needs_browser
def test_nothing_is_wider_than_a_phone(served: Served, tab: Tab) -> None:
    tab.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
    open_slides(served, tab)
    tab.wait("document.querySelector('#builder-slides img')?.naturalWidth")
    inside = "(box => box.left >= 0 && box.right <= 390 && box.bottom <= 844)(document.querySelector('{}').getBoundingClientRect())"
    assert tab.ask("innerWidth") == 390
    assert tab.ask("document.documentElement.scrollWidth") == 390
    for part in ("#builder-bar", "#builder-slides", "#builder-slides img"):
        assert tab.ask(inside.format(part)), part
    tab.go(served.address + "-/present/a")
    tab.wait("document.getElementById('now')?.naturalWidth")
    assert tab.ask("document.documentElement.scrollWidth") == 390
    for part in ("#now", "#forward", "#clock"):
        assert tab.ask(inside.format(part)), part
    tab.ask("document.getElementById('forward').click()")
    assert tab.ask("document.getElementById('count').textContent").startswith("2 of ")


@needs_browser
@pytest.mark.slow
def test_slides_stand_beside_the_section_that_is_read(served: Served, tab: Tab) -> None:
    open_slides(served, tab)
    caption = tab.wait(
        "document.querySelector('#builder-slides img')?.naturalWidth && "
        "document.querySelector('#builder-slides').innerText"
    )
    assert "Lecture A, slide" in caption


@needs_browser
@pytest.mark.slow
def test_the_room_follows_the_presenter(served: Served, tab: Tab, tmp_path) -> None:
    tab.go(served.address + "-/present/a")
    tab.wait("document.getElementById('now')?.naturalWidth")
    assert tab.ask("document.getElementById('planned').textContent") == "50:00"
    tab.ask(
        "window.room = document.createElement('iframe'); room.src = '/-/show/a'; room.width = 480; "
        "document.body.append(room)"
    )
    tab.wait("room.contentWindow.eval('typeof state !== `undefined` && Boolean(state.deck)')")
    tab.press("ArrowRight")
    tab.press("ArrowRight")
    assert tab.ask("document.getElementById('count').textContent").startswith("3 of ")
    tab.wait("room.contentWindow.eval('state.number') === 3")
    assert "Say it slowly." in " ".join(
        " ".join(slide["notes"])
        for slide in json.loads(served.page("-/decks.json"))["decks"][0]["slides"]
        if slide["notes"]
    )
    tab.press("b")
    tab.wait("room.contentWindow.document.body.classList.contains('black')")
    tab.press("ArrowLeft")
    tab.wait(
        "room.contentWindow.eval('state.number') === 2 && !room.contentWindow.document.body.classList.contains('black')"
    )
    tab.ask("document.getElementById('clock').click()")
    time.sleep(1.2)
    assert tab.wait("document.getElementById('elapsed').textContent !== '0:00'")


def built(book: Book, *options: str) -> tuple[int, str]:
    """The exit status of a build in a process of its own, and what it says."""
    command = Command(book.folder, "build", "-q", *options)
    return command.wait(), command.said


@pytest.mark.slow
def test_a_build_is_handed_to_the_server_and_says_the_same(served: Served, whole: Book) -> None:
    stamp = (whole.folder / "_build/.work/server.json").stat()
    assert stamp.st_mode & 0o077 == 0, "only the owner may read the token"
    served.edit("one.md", "and more of it", "and much more of it")
    status, said = built(whole)
    assert status == 0, said
    assert "_build/html/index.html" in said
    assert "_build/slides/a.pptx" in said
    assert "and much more of it" in (whole.folder / "_build/html/one.html").read_text(encoding="utf-8")
    served.edit("three.md", ":minutes: 3", ":minutes: soon")
    status, said = built(whole)
    assert status == 1
    assert "three.md:" in said
    assert ":minutes: must be a number" in said
    served.edit("three.md", ":minutes: soon", ":minutes: 4")
    assert built(whole)[0] == 0
    served.edit("conf.py", '"Ulaanbaatar"', '"Urga"')
    assert built(whole)[0] == 0
    assert "It is Urga." in (whole.folder / "_build/html/two.html").read_text(encoding="utf-8")


def test_the_server_builds_for_nobody_else(served: Served, whole: Book) -> None:
    with pytest.raises(HTTPError) as refused, urlopen(Question(f"{served.address}-/build", method="POST")):
        pass
    assert refused.value.code == 403
    place = whole.folder / "_build/.work/server.json"
    content = json.loads(place.read_text(encoding="utf-8"))
    for changed in (
        {"source": "/elsewhere"},
        {"stamp": "another version"},
        {"address": "http://example.org/"},
    ):
        place.write_text(json.dumps(content | changed), encoding="utf-8")
        assert built(whole)[0] == 0, "another server is not asked; the build is made here"
    place.write_text("[", encoding="utf-8")
    assert built(whole)[0] == 0


@pytest.mark.slow
def test_a_server_that_is_gone_is_not_asked(whole: Book) -> None:
    """Its word may lie there still, and another program may have its port by now."""
    request = Request(whole.folder, whole.folder, whole.folder / "_build")
    assert whole.build().status == 0
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        lock = announce(request, f"http://127.0.0.1:{silent.getsockname()[1]}/", "token")
        assert running(request) is not None
        lock.release()
        assert running(request) is None
        assert built(whole)[0] == 0


def test_what_the_project_leaves_out_concerns_nobody(whole: Book) -> None:
    building = Building(Request(whole.folder, whole.folder, whole.folder / "_build"), lambda news: None)
    changed = Change.modified
    assert building.concerns(changed, str(whole.folder / "one.md"))
    assert building.concerns(changed, str(whole.folder / "slides/lectures.toml"))
    for left_out in ("_build/html/one.html", ".git/index", "one.md~", "__pycache__/x.pyc", "sub/.hidden/a.md"):
        assert not building.concerns(changed, str(whole.folder / left_out)), left_out


@pytest.mark.slow
def test_who_asks_for_what_is_built_already_is_answered_at_once(whole: Book) -> None:
    heard: list[str] = []
    request = Request(whole.folder, whole.folder, whole.folder / "_build", quiet=True)
    building = Building(request, lambda news: heard.append(news.type))
    thread = threading.Thread(target=building.run)
    thread.start()
    first = building.ask().result(timeout=60)
    assert first.type == "built"
    builds = heard.count("building")
    assert building.ask().result(timeout=60) == first
    assert heard.count("building") == builds
    for change in (
        lambda: whole.write("one.md", (whole.folder / "one.md").read_bytes() + b"\nMore.\n"),
        lambda: whole.write("new.md", "---\norphan: true\n---\n# New\n"),
        (whole.folder / "new.md").unlink,
    ):
        change()
        assert building.ask().result(timeout=60).type == "built"
        assert heard.count("building") > builds
        builds = heard.count("building")
    building.stop()
    thread.join(timeout=60)


@pytest.mark.slow
def test_fonts_of_the_author_that_change_are_read_anew(whole: Book) -> None:
    fonts = sorted(fontpkg.path("arimo").parent.glob("*.ttf")) or [fontpkg.path("arimo")]
    whole.write("fonts/one.ttf", fonts[0].read_bytes())
    whole.write("conf.py", (whole.folder / "conf.py").read_bytes() + b'\nbuilder_fonts = "fonts"\n')
    building = Building(Request(whole.folder, whole.folder, whole.folder / "_build", quiet=True), lambda news: None)
    building.build()
    assert building.last.type == "built"
    before = building.session
    building.build()
    assert building.session is before
    assert building.concerns(Change.modified, str(whole.folder / "fonts/one.ttf"))
    whole.write("fonts/two.ttf", fonts[-1].read_bytes())
    building.build()
    assert building.last.type == "built"
    assert building.session is not before
    building.forget()


@pytest.mark.slow
def test_stopping_ends_whatever_waits(whole: Book) -> None:
    heard: list[str] = []
    building = Building(
        Request(whole.folder, whole.folder, whole.folder / "_build", quiet=True), lambda news: heard.append(news.type)
    )
    building.changed.set()
    building.stop()
    building.changed.set()
    thread = threading.Thread(target=building.run)
    thread.start()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert heard.count("building") == 1
