"""What the server answers, and what it refuses."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import itertools
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from whole_book import FILES

from builder.build.request import Request
from builder.build.session import run
from builder.commands.serve.building import News, ReportedProblem
from builder.commands.serve.run import listen
from builder.commands.serve.site import Site
from builder.errors import AuthorError

from conftest import Book

ADDRESS = "http://127.0.0.1:8765"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is built once: what the server is asked changes nothing in it."""
    folder = tmp_path_factory.mktemp("site")
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert run(Request(folder, folder, folder / "_build", quiet=True)).status == 0
    return folder


@pytest.fixture
def client(project: Path) -> TestClient:
    request = Request(project, project, project / "_build")
    news = News("built", 1.5, problems=(ReportedProblem("warning", "one.md:3", "something"),))
    return TestClient(Site(request, lambda: news).application, base_url=ADDRESS, follow_redirects=False)


@pytest.mark.slow
def test_pages_are_those_of_the_web_book_with_a_script(client: TestClient) -> None:
    page = client.get("/one.html")
    assert page.status_code == 200
    assert "A sentence that is a bullet" in page.text
    assert '<script src="/-/static/serve.js" data-version=' in page.text
    assert client.get("/").text == client.get("/index.html").text
    assert page.headers["cache-control"] == "no-store"
    assert client.get("/nowhere.html").status_code == 404


def test_assets_scripts_pdf_and_decks_are_files(client: TestClient) -> None:
    page = client.get("/one.html").text
    picture = re.search(r'src="(_images/[^"]+)"', page)
    assert picture
    assert client.get(f"/{picture[1]}").status_code == 200
    assert "builder-problems" in client.get("/-/static/serve.js").text
    assert client.get("/-/pdf/abook.pdf").content.startswith(b"%PDF")
    assert client.get("/-/files/a.pptx").content.startswith(b"PK")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "192.168.1.2:8765"])
def test_other_hosts_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/one.html", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "localhost"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/one.html", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2fconf.py", "/%2e%2e/%2e%2e/conf.py", "/_images/..%2f..%2f..%2fconf.py", "/-/static/..%2fsite.py", "/-/static/%2e%2e%2fsite.py",
        "/-/files/..%2f..%2fconf.py", "/-/pdf/..%2f..%2fconf.pdf", "/-/slides/..%2f..%2fconf/1.png", "/%00", "/etc/passwd", "//etc/passwd",
    ],
)  # fmt: skip
def test_nothing_outside_the_outputs_is_read(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404), answer.text[:200]


def test_a_link_that_leads_out_is_not_followed(client: TestClient, project: Path) -> None:
    (project / "_build/html/out.html").symlink_to(project / "conf.py")
    assert client.get("/out.html").status_code == 404


def test_slides_are_told_and_shown_as_pictures(client: TestClient) -> None:
    told = client.get("/-/decks.json").json()
    assert told["books"] == ["abook.pdf"]
    deck = next(deck for deck in told["decks"] if deck["name"] == "a")
    slide = next(slide for slide in deck["slides"] if slide["title"] == "Begin")
    assert slide["document"] == "one"
    assert slide["anchor"] == "begin"
    assert "Say it slowly." in slide["notes"]
    number = deck["slides"].index(slide) + 1
    image = Image.open(BytesIO(client.get(f"/-/slides/a/{number}.png?width=640").content))
    assert image.size == (640, 360)
    assert Image.open(BytesIO(client.get("/-/slides/a/1.png?width=99999999").content)).width == 2400
    assert client.get("/-/slides/a/1.png?width=x").status_code == 400
    assert client.get("/-/slides/a/99.png").status_code == 404
    assert client.get("/-/slides/z/1.png").status_code == 404
    assert client.get("/-/present/a").status_code == 200
    assert client.get("/-/present/z").status_code == 404


def test_news_goes_to_pages_of_this_origin_only(client: TestClient) -> None:
    with client.websocket_connect("/-/events", headers={"origin": ADDRESS, "host": "127.0.0.1:8765"}) as socket:
        news = socket.receive_json()
        assert news["type"] == "built"
        assert news["problems"] == [{"kind": "warning", "place": "one.md:3", "message": "something"}]
    for origin in ("http://evil.example", "", "http://127.0.0.1:9999", "null"):
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect("/-/events", headers={"origin": origin, "host": "127.0.0.1:8765"}),
        ):
            pass


def test_before_the_first_build_a_page_waits(whole: Book) -> None:
    request = Request(whole.folder, whole.folder, whole.folder / "_build")
    client = TestClient(Site(request, lambda: News("building")).application, base_url=ADDRESS)
    assert "The book is being built" in client.get("/").text


def test_pages_of_other_origins_get_nothing(client: TestClient) -> None:
    kinds = [
        ("no-cors", "script"),
        ("no-cors", "image"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("navigate", "object"),
    ]
    paths = ["/searchindex.js", "/", "/one.html", "/-/slides/a/1.png", "/-/decks.json", "/-/files/a.pptx"]
    for site, (mode, kind), path in itertools.product(("cross-site", "same-site"), kinds, paths):
        answer = client.get(path, headers={"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": kind})
        assert answer.status_code == 403, (site, mode, kind, path)
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_link_to_a_page_may_be_followed(client: TestClient) -> None:
    visit = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/one.html", headers=visit).status_code == 200
    assert client.post("/-/build", headers=visit).status_code == 403
    for site in ("same-origin", "none"):
        asked = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}
        assert client.get("/searchindex.js", headers=asked).status_code == 200


def test_no_other_origin_may_read_or_frame_an_answer(client: TestClient) -> None:
    for path in (
        "/one.html",
        "/nowhere.html",
        "/-/decks.json",
        "/searchindex.js",
        "/-/slides/a/1.png",
        "/-/static/serve.js",
    ):
        headers = client.get(path).headers
        assert headers["cross-origin-resource-policy"] == "same-origin", path
        assert headers["content-security-policy"] == "frame-ancestors 'self'", path
        assert headers["x-frame-options"] == "SAMEORIGIN", path
        assert headers["x-content-type-options"] == "nosniff", path


ODD = [
    f"/{'a' * 5000}", f"/{'a' * 300}", f"/{'a/' * 900}", "/%00.html", "/one.html%00", "/a%ff%fe", "/%C3%28", "/one.html/x", "/%2e%2e%2f",
    f"/-/slides/a/{'9' * 1500}.png", "/-/slides/a/0.png", "/-/slides/%00/1.png", "/-/show/%ff", "/-/static/%00", f"/-/static/{'s' * 300}", f"/-/pdf/{'p' * 300}.pdf",
    f"/-/files/{'f' * 300}", "/-/", "/-/nothing", "/con.html", "/a:b.html", "/\\..\\conf.py", "/%F0%9F%92%A9",
]  # fmt: skip


def test_any_path_gives_no_page_at_worst(client: TestClient) -> None:
    assert {path[:40]: status for path in ODD if (status := client.get(path).status_code) not in (307, 400, 404)} == {}


def test_odd_widths_of_pictures(client: TestClient) -> None:
    for width in ("-5", "0", "1e9", "9" * 1500, "%00", "٣", "", "NaN"):
        assert client.get(f"/-/slides/a/1.png?width={width}").status_code in (200, 400, 404), width
    pictures = [client.get(f"/-/slides/a/1.png?width={width}").content for width in (601, 620, 633, 640)]
    assert {Image.open(BytesIO(picture)).width for picture in pictures} == {640}


def test_wrong_tokens_and_methods_are_refused(client: TestClient) -> None:
    for token in (b"\xe9", b"", b"x" * 1000, b"\xff\xfe"):
        assert client.post("/-/build", headers={b"x-builder-token": token}).status_code == 403, token
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "BREW"):
        assert client.request(method, "/one.html").status_code == 405, method


def test_the_usual_port_or_any_that_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr("builder.commands.serve.run.USUAL_PORT", port)
        with listen(None) as other:
            assert other.getsockname()[1] != port
        with pytest.raises(AuthorError, match="is in use"):
            listen(port)
