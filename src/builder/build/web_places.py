"""The web book and what it offers to download, into their places."""

from __future__ import annotations

from pathlib import Path

from builder.build.places import Placing
from builder.build.report import Output
from builder.build.request import Request
from builder.store.published import DOWNLOADS, Published, published_in


def publish(request: Request) -> list[str]:
    """Bring the web book to what Sphinx wrote, file by file, each replaced whole; returns the files that changed or
    went.

    Files that somebody else put there stay.
    """
    made, target = request.work / "html", request.output / "html"
    sources = {target / path.relative_to(made): path for path in sorted(made.rglob("*")) if is_published(path, made)}
    with Placing(published_in(request.output)) as placing:
        changed = placing.copy(sources)
        downloads = {
            path for path in map(placing.published.file, placing.published.names("html")) if is_download(path, target)
        }
        changed += placing.remove_all_but("html", sources.keys() | downloads)
    return [path.relative_to(target).as_posix() for path in changed]


def is_published(path: Path, made: Path) -> bool:
    """True for what of Sphinx's folder belongs into the web book."""
    return path.is_file() and path.relative_to(made).parts[0] != ".doctrees" and path.name != ".buildinfo.bak"


def publish_folder(published: Published, made: Path, target: Path) -> None:
    """Bring the files of a folder to what another holds; files that somebody else put there stay."""
    sources = {target / path.relative_to(made): path for path in sorted(made.rglob("*")) if path.is_file()}
    with Placing(published) as placing:
        placing.copy(sources)
        placing.remove_all_but(published.name(target), sources)


def is_download(path: Path, target: Path) -> bool:
    """True for a copy of the PDF or a deck that the web book offers."""
    return path.parent == target / DOWNLOADS and path.suffix in (".pdf", ".pptx")


def publish_pages(request: Request) -> list[str]:
    """Bring pages and pictures of the web book to what Sphinx wrote, before its other files are finished; returns those
    that changed.
    """
    made, target = request.work / "html", request.output / "html"
    paths = sorted([*made.rglob("*.html"), *(made / "_images").glob("*")])
    with Placing(published_in(request.output)) as placing:
        changed = placing.copy({target / path.relative_to(made): path for path in paths})
    return [path.relative_to(target).as_posix() for path in changed]


def offer_downloads(request: Request, outputs: list[Output], *, whole: bool) -> None:
    """Copies of the PDF and the decks inside the web book, where its pages link to them.

    Unless the outputs are ``whole``, the last copies of those that could not be made stay.
    """
    made, target = request.work / "html", request.output / "html"
    paths = [
        path
        for output in outputs
        if output.kind != "html"
        for path in (Path(output.path), Path(output.path).with_suffix(".pdf"))
    ]
    sources = {target / DOWNLOADS / path.name: path for path in paths if path.is_file()}
    with Placing(published_in(request.output)) as placing:
        placing.copy(sources)
        if whole and not request.deck:
            written = {target / path.relative_to(made) for path in (made / DOWNLOADS).rglob("*")}
            placing.remove_all_but(f"html/{DOWNLOADS}", sources.keys() | written)
