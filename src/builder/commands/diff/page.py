"""A comparison → a web page with the text's changes marked and slides side by side, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from builder.build.wording import counted
from builder.commands.diff.bars import with_bars
from builder.commands.diff.compare import (
    BlockChange,
    Comparison,
    DeckChange,
    SlideChange,
    block_changes,
    without_page,
    words,
)
from builder.commands.diff.outputs import Build
from builder.store.files import write_whole
from builder.typeset.pdf_pages import page_as_png

WIDTH = 720
STYLE = """
body { font: 17px/1.55 system-ui, sans-serif; color: #1c1c1c; max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #d8d3cf; padding-bottom: .3rem; }
h3 { margin: 2rem 0 .5rem; }
.block { margin: .8rem 0; padding-left: .9rem; border-left: 4px solid #b8862f; }
.block.new { border-color: #2b6a3a; } .block.gone { border-color: #a3261e; }
del { background: #f8dedb; color: #7d1d16; } ins { background: #dcefdf; color: #1d4d29; text-decoration: none; }
.slides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: .6rem 0 1.6rem; align-items: start; }
.slides img { width: 100%; border: 1px solid #d8d3cf; }
figure { margin: 0; } figcaption, .what { color: #5c5650; font-size: .9rem; }
.none { border: 1px dashed #b8b0a8; aspect-ratio: 16 / 9; display: grid; place-items: center; color: #5c5650; }
table { border-collapse: collapse; }
td, th { text-align: left; padding: .2rem 1.2rem .2rem 0; border-bottom: 1px solid #eee9e4; }
.late { color: #a3261e; font-weight: 600; }
"""


def write_page(found: Comparison, before: Build, after: Build, names: tuple[str, str], folder: Path) -> list[Path]:
    """Write ``index.html``, the pictures of slides and the books with bars into ``folder``, which is empty; returns the
    page, then the books.
    """
    books = books_with_bars(before, after, folder)
    parts = [
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>What "
        f"changed</title><style>{STYLE}</style></head><body>",
        f"<h1>What changed</h1><p>From <strong>{escape(names[0])}</strong> to <strong>{escape(names[1])}</strong>: "
        f"{escape(found.summary())}.</p>",
        *(["<p>Nothing changed.</p>"] if found.is_empty() else []),
        *book_part(books),
        *text_part(found),
        *deck_part(found, before, after, folder),
        *print_part(found),
        "</body></html>",
    ]
    page = folder / "index.html"
    write_whole(page, "\n".join(parts).encode())
    return [page, *(path for path, _ in books)]


def books_with_bars(before: Build, after: Build, folder: Path) -> list[tuple[Path, int]]:
    """Each printed book that is in both builds, with bars where it changed, and on how many pages; those without any
    are left out.
    """
    old = {path.stem: path for path in before.books}
    if len(before.books) == len(after.books) == 1:
        old = {after.books[0].stem: before.books[0]}  # the project has another title
    found = []
    for path in after.books:
        pages = after.pages_of.get(path.stem)
        if path.stem not in old or pages is None:
            continue
        content, count = with_bars(old[path.stem], path, (before.pages_of.get(old[path.stem].stem, pages), pages))
        if count:
            target = folder / f"{path.stem}-with-bars.pdf"
            write_whole(target, content)
            found.append((target, count))
    return found


def book_part(books: list[tuple[Path, int]]) -> Iterator[str]:
    """Yield where the books with bars lie."""
    for path, count in books:
        many = f"{count} pages have" if count > 1 else "one page has"
        yield (
            f"<p>In print: <a href='{escape(quote(path.name))}'>{escape(path.name)}</a>; {many} bars in the margin. A "
            "line beside "
            "the text: new or changed here. A short red mark: something was taken out here.</p>"
        )


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
        late = f" <span class='late'>about {counted(deck.too_long, 'minute')} too long</span>" if deck.too_long else ""
        yield f"<p>About {counted(deck.minutes_before, 'minute')} before, {deck.minutes_after:.0f} now.{late}</p>"
        yield from slides_of(deck, before, after, folder)


def slides_of(deck: DeckChange, before: Build, after: Build, folder: Path) -> Iterator[str]:
    """Yield what changed on each slide: two pictures where it looks different, the words of its notes, its minutes."""
    for change in deck.slides:
        yield f"<p class='what'>{escape(change.title)}: {', '.join(change.what)}</p>"
        if set(change.what) - {"notes", "minutes"}:
            yield from pictures_of(deck.name, change, before, after, folder)
        if not (change.before and change.after):
            continue
        old, new = (
            build.decks[deck.name].slides[number - 1]
            for build, number in ((before, change.before), (after, change.after))
        )
        if "notes" in change.what:
            yield from map(block, block_changes(tuple(without_page(old.notes)), tuple(without_page(new.notes))))
        if "minutes" in change.what:
            yield f"<p>{old.minutes:.1f} minutes before, {new.minutes:.1f} now.</p>"


def pictures_of(name: str, change: SlideChange, before: Build, after: Build, folder: Path) -> Iterator[str]:
    """A slide as it was beside what it is now."""
    yield "<div class='slides'>"
    for build, number, when in ((before, change.before, "before"), (after, change.after, "now")):
        if number:
            file = f"{when}-{name}-{number}.png"
            write_whole(folder / file, page_as_png(build.folder / "slides" / f"{name}.pdf", number, WIDTH))
            yield (
                f"<figure><img src='{escape(quote(file))}' alt='Slide {number}, {when}'><figcaption>{when}: slide "
                f"{number}</figcaption></figure>"
            )
        else:
            yield f"<div class='none'>not there {when}</div>"
    yield "</div>"


def print_part(found: Comparison) -> Iterator[str]:
    """Yield what stands on other pages of the printed book."""
    if not found.moved:
        return
    yield "<h2>On other pages</h2><table><tr><th>Heading</th><th>Page before</th><th>Page now</th></tr>"
    for item in found.moved:
        cells = (item.heading, item.before or "–", item.after or "–")
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</table>"
