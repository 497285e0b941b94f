"""A comparison → a web page with the text's changes marked and slides side by side, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

from builder.changes.compare import BlockChange, Comparison, DeckChange, words
from builder.changes.outputs import Build
from builder.files import write_whole
from builder.pdf_pages import page_as_png

WIDTH = 720
STYLE = """
body { font: 17px/1.55 system-ui, sans-serif; color: #1c1c1c; max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #d8d3cf; padding-bottom: .3rem; } h3 { margin: 2rem 0 .5rem; }
.block { margin: .8rem 0; padding-left: .9rem; border-left: 4px solid #b8862f; } .block.new { border-color: #2b6a3a; } .block.gone { border-color: #a3261e; }
del { background: #f8dedb; color: #7d1d16; } ins { background: #dcefdf; color: #1d4d29; text-decoration: none; }
.slides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: .6rem 0 1.6rem; align-items: start; }
.slides img { width: 100%; border: 1px solid #d8d3cf; } figure { margin: 0; } figcaption, .what { color: #5c5650; font-size: .9rem; }
.none { border: 1px dashed #b8b0a8; aspect-ratio: 16 / 9; display: grid; place-items: center; color: #5c5650; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1.2rem .2rem 0; border-bottom: 1px solid #eee9e4; }
.late { color: #a3261e; font-weight: 600; }
"""


def write_page(found: Comparison, before: Build, after: Build, names: tuple[str, str], folder: Path) -> Path:
    """Write ``index.html`` and the pictures of slides into ``folder``, which is emptied before; returns the page."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    parts = [
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>What changed</title><style>{STYLE}</style></head><body>",
        f"<h1>What changed</h1><p>From <strong>{escape(names[0])}</strong> to <strong>{escape(names[1])}</strong>: {escape(found.summary())}.</p>",
        *(["<p>Nothing changed.</p>"] if found.is_empty() else []),
        *text_part(found),
        *deck_part(found, before, after, folder),
        *print_part(found),
        "</body></html>",
    ]
    page = folder / "index.html"
    write_whole(page, "\n".join(parts).encode())
    return page


def text_part(found: Comparison) -> Iterator[str]:
    """The book's text, by document."""
    if found.documents:
        yield "<h2>The text</h2>"
    for document in found.documents:
        note = "" if document.kind == "changed" else f" ({document.kind})"
        yield f"<h3>{escape(document.title)}{note}</h3>"
        yield from map(block, document.blocks)


def block(change: BlockChange) -> str:
    """One block with its words marked."""
    if not change.before:
        return f"<p class='block new'><ins>{escape(change.after)}</ins></p>"
    if not change.after:
        return f"<p class='block gone'><del>{escape(change.before)}</del></p>"
    tags = {"same": "", "gone": "del", "new": "ins"}
    runs = [
        f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" if tags[kind] else escape(text)
        for kind, text in words(change.before, change.after)
    ]
    return f"<p class='block'>{''.join(runs)}</p>"


def deck_part(found: Comparison, before: Build, after: Build, folder: Path) -> Iterator[str]:
    """The decks, each changed slide beside what it was."""
    if found.decks:
        yield "<h2>The slides</h2>"
    for deck in found.decks:
        note = "" if deck.kind == "changed" else f" ({deck.kind})"
        yield f"<h3>{escape(deck.title)}{note}</h3>"
        late = f" <span class='late'>about {deck.too_long:.0f} minutes too long</span>" if deck.too_long else ""
        yield f"<p>About {deck.minutes_before:.0f} minutes before, {deck.minutes_after:.0f} now.{late}</p>"
        yield from slides_of(deck, before, after, folder)


def slides_of(deck: DeckChange, before: Build, after: Build, folder: Path) -> Iterator[str]:
    """Pairs of pictures."""
    for change in deck.slides:
        yield f"<p class='what'>{escape(change.title)}: {', '.join(change.what)}</p><div class='slides'>"
        for build, number, when in ((before, change.before, "before"), (after, change.after, "now")):
            if number:
                name = f"{when}-{deck.name}-{number}.png"
                write_whole(folder / name, page_as_png(build.folder / "slides" / f"{deck.name}.pdf", number, WIDTH))
                yield f"<figure><img src='{escape(name)}' alt='Slide {number}, {when}'><figcaption>{when}: slide {number}</figcaption></figure>"
            else:
                yield f"<div class='none'>not there {when}</div>"
        yield "</div>"


def print_part(found: Comparison) -> Iterator[str]:
    """What stands on other pages of the printed book."""
    if not found.moved:
        return
    yield "<h2>On other pages</h2><table><tr><th>Heading</th><th>Page before</th><th>Page now</th></tr>"
    for item in found.moved:
        yield f"<tr><td>{escape(item.heading)}</td><td>{escape(item.before or '–')}</td><td>{escape(item.after or '–')}</td></tr>"
    yield "</table>"
