"""Films on the web, by their address: what print and slides have in their place is a still that is a link, and their
title. Nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import segno
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from builder.charts.canvas import Style, wrap
from builder.errors import source_of
from builder.store.text import escaped

BUILDERS = ("typstpdf", "pptx")
WIDTH, HEIGHT = 640, 360
TITLE = Style(width=WIDTH, size=26, slack=1.1)
HOST = Style(width=WIDTH, size=17, slack=1.1)
INSET, QR = 36, 112
"""Pixels round the words of a drawn still, and the width of its QR code."""
LINES = 3
GROUND, INK, QUIET = "#23262b", "#ffffff", "#c4c8cd"


@dataclass(frozen=True, slots=True)
class Video:
    """A film: where it is watched, on which host, and its title."""

    address: str
    host: str
    title: str


def video_at(address: str, title: str = "") -> Video | None:
    """The film that a frame of a page shows; None where the address is none of a host that is known."""
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
    except ValueError:  # such as http://[
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host, query = parts.hostname.removeprefix("www.").removeprefix("m."), parse_qs(parts.query)
    name = parts.path.rstrip("/").rpartition("/")[2]
    start = next((query[key][0].rstrip("s") for key in ("start", "t") if key in query), "")
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        name = query.get("v", [name])[0]
        since = f"&t={start}s" if start.isdigit() else ""
        found = Video(f"https://www.youtube.com/watch?v={name}{since}", "YouTube", title) if is_name(name) else None
    elif host in ("vimeo.com", "player.vimeo.com"):
        found = Video(f"https://vimeo.com/{name}", "Vimeo", title) if name.isdigit() else None
    elif re.search(r"/(?:videos/embed|w|videos/watch)/[^/]+$", parts.path):  # PeerTube, on any host
        found = Video(f"https://{parts.netloc}/w/{name}", host, title) if is_name(name) else None
    else:
        found = None
    return found


def is_name(name: str) -> bool:
    """True for what may name a film at its host."""
    return bool(re.fullmatch(r"[\w-]{6,40}", name)) and name != "videoseries"


def still_of(video: Video) -> nodes.reference:
    """The still of a film as a link to it."""
    label = video.title or video.host
    image = nodes.image(uri=video.address, alt=f"▶ {label}", candidates={"*": video.address}, video=video)
    return nodes.reference("", "", image, refuri=video.address)


def figure_of(video: Video) -> nodes.figure:
    """The still of a film above its title and its host."""
    words = " · ".join(filter(None, (video.title, video.host)))
    caption = nodes.caption("", "", nodes.reference("", words, refuri=video.address))
    return nodes.figure("", still_of(video), caption, stays=True)


def film_at(address: str, title: str) -> Video | None:
    """The film that a file on the web is; None for a file of the book."""
    parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
    is_on_web = parts.scheme in ("http", "https") and parts.hostname
    return Video(parts.geturl(), str(parts.hostname).removeprefix("www."), title) if is_on_web else None


def played(address: str, label: str, poster: str) -> list[nodes.Node]:
    """A film of the book: its still where it has one, and its words, behind which slides play it."""
    still = nodes.image(uri=poster, alt=label, candidates={"*": poster}, from_html=True)
    words = nodes.inline("", label, played=("video", address, poster), classes=["played"])
    return [still, words] if poster else [words]


def film_of(node: nodes.Element) -> nodes.Element:
    """What a film of sphinxcontrib-video is in print and on slides; its files have paths from the book's folder."""
    address = node["sources"][0][0]
    label = node.get("caption") or node.get("alt") or address.rpartition("/")[2]
    if (video := video_at(address, label) or film_at(address, label)) is not None:
        return figure_of(video)
    return nodes.paragraph("", "", *played(f"/{address}", label, node.get("poster", "")))


class VideosOfDirectives(SphinxPostTransform):
    """Films of sphinxcontrib-youtube become their stills, those of sphinxcontrib-video what raw HTML becomes."""

    default_priority = 4
    builders = BUILDERS

    def run(self, **_kwargs: Any) -> None:
        for node in list(self.document.findall(lambda one: type(one).__name__ in ADDRESSES)):
            assert isinstance(node, nodes.Element)
            address = ADDRESSES[type(node).__name__].format(node["id"], node.get("instance") or "framatube.org")
            video = video_at(address + node.get("url_parameters", ""))
            if video is not None:
                put_in_place(node, figure_of(video), node["classes"])
        for node in films_in(self.document):
            put_in_place(node, film_of(node), node["classes"])


class ClassesOfFilms(SphinxTransform):
    """The classes of a film of sphinxcontrib-video, which keeps them to itself, stand where those of others do."""

    default_priority = 500

    def apply(self, **_kwargs: Any) -> None:
        for node in films_in(self.document):
            node["classes"] += node.get("klass", "").split()


def films_in(document: nodes.Element) -> list[nodes.Element]:
    """The films of sphinxcontrib-video in a document that name a file."""
    return [
        node for node in document.findall(nodes.Element) if type(node).__name__ == "video_node" and node.get("sources")
    ]


def put_in_place(node: nodes.Element, shown: nodes.Element, classes: list[str]) -> None:
    """Put what is shown of a film in its place, with its line and classes."""
    place = source_of(node)
    shown["classes"] += classes
    for part in shown.findall(nodes.Element):
        part.source, part.line = place.path, place.line
    node.replace_self(shown)


ADDRESSES = {
    "youtube": "https://www.youtube.com/embed/{0}",
    "vimeo": "https://player.vimeo.com/video/{0}",
    "peertube": "https://{1}/videos/embed/{0}",
}
"""Class of a node of sphinxcontrib-youtube → the address of its film, from name and host."""


def drawn_still(video: Video) -> str:
    """A still as SVG: a sign to play, title and host, and the address as a QR code for those who hold paper."""
    lines = wrap(video.title or video.address.partition("://")[2], WIDTH - 2 * INSET, TITLE)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]
    words = "".join(
        f'<text x="{INSET}" y="{INSET + TITLE.size + row * TITLE.size * 1.3:.1f}" font-size="{TITLE.size}" '
        f'fill="{INK}">{escaped(line)}</text>'
        for row, line in enumerate(lines)
    )
    x, y = WIDTH / 2, HEIGHT / 2 + 26
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{TITLE.font}, sans-serif"><rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>{words}'
        f'<circle cx="{x}" cy="{y}" r="46" fill="none" stroke="{INK}" stroke-width="5"/>'
        f'<path d="M{x - 15} {y - 24} L{x + 27} {y} L{x - 15} {y + 24} Z" fill="{INK}"/>'
        f'<text x="{INSET}" y="{HEIGHT - INSET}" font-size="{HOST.size}" fill="{QUIET}">{escaped(video.host)}</text>'
        f"{qr_code(video.address, WIDTH - INSET - QR, HEIGHT - INSET - QR)}</svg>"
    )


def qr_code(address: str, x: float, y: float) -> str:
    """A QR code as SVG, on white."""
    code = segno.make(address, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=2)]
    module = QR / len(rows)
    path = "".join(
        f"M{x + column * module:.2f} {y + row * module:.2f}h{module:.2f}v{module:.2f}h-{module:.2f}z"
        for row, cells in enumerate(rows)
        for column, dark in enumerate(cells)
        if dark
    )
    return f'<rect x="{x}" y="{y}" width="{QR}" height="{QR}" fill="#ffffff"/><path d="{path}" fill="#000000"/>'
