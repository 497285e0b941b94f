"""What HTML plays, or shows in a frame → the nodes that slides and print show of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from docutils import nodes
from lxml import html

from builder.source.pictures.kinds import DRAWN
from builder.source.pictures.names import file_in
from builder.source.videos import Video, video_at

PLAYED = {"iframe": "src", "video": "src", "audio": "src", "embed": "src", "object": "data"}
FRAMES = ("iframe", "embed", "object")
"""What shows a file of the project inside of a page: a picture is printed, of anything else its name stands in a quiet
frame.
"""


def video_in(element: html.HtmlElement, name: str) -> Video | None:
    """The film on the web that a frame shows; None for other elements."""
    return video_at(element.get(PLAYED[name]) or "", title_of_element(element)) if name in FRAMES else None


def played_in(element: html.HtmlElement, name: str) -> list[nodes.Node]:
    """Return what is played on the web: its poster where it has one, and its address."""
    address = element.get(PLAYED[name]) or next((child.get("src") for child in element if child.get("src")), "")
    found: list[nodes.Node] = []
    poster = element.get("poster", "")
    if poster:
        alt = title_of_element(element) or f"Still of {address}"
        found.append(nodes.image(uri=poster, alt=alt, candidates={"*": poster}, from_html=True))
    label = title_of_element(element) or address
    is_local = not address.startswith(("http:", "https:", "//"))
    if name in FRAMES and address and is_local:
        file = file_in(address)
        if PurePosixPath(file).suffix.lower() in DRAWN:
            return [nodes.image(uri=file, alt=label, candidates={"*": file}, from_html=True)]
        words = f"{label} ({address})" if label != address else address
        return [nodes.inline("", words, framed=True)]
    if address and address.startswith(("http:", "https:", "//")):
        address = f"https:{address}" if address.startswith("//") else address
        found.append(nodes.reference("", label.removeprefix("//"), refuri=address))
    elif label:
        found.append(nodes.inline("", label, played=(name, address, poster), classes=["played"]))
    return found


def title_of_element(element: html.HtmlElement) -> str:
    """What an element calls itself, to readers who see or hear it; '' where it has no name."""
    return element.get("title") or element.get("aria-label") or ""
