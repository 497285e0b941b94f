"""A document of mdBook as MyST: CommonMark with files included in double braces, code with lines that are not shown,
and links to pages of HTML (https://rust-lang.github.io/mdBook/format/mdbook.html).
"""

from __future__ import annotations

import re
from pathlib import Path

from builder.commands.new.mdbook import SETTINGS
from builder.errors import AuthorError
from builder.source.fences import Fences
from builder.store.text import text_of

INCLUDE = re.compile(r"\{\{#(?P<kind>include|rustdoc_include|playground|title)\s+(?P<file>[^}\s:]*)(?P<part>[^}]*)\}\}")
ANCHOR = re.compile(r"^.*\bANCHOR(?:_END)?:\s*[\w-]+.*\n?", re.MULTILINE)
LISTING = re.compile(r"<Listing(?P<given>[^>]*)>(?P<shown>.*?)</Listing>", re.DOTALL)
GIVEN = re.compile(r'([\w-]+)="([^"]*)"')
FENCE = re.compile(r"^(?P<before>\s*`{3,})(?P<language>\w+),[\w,=-]+[ \t]*$", re.MULTILINE)
RUST = re.compile(r"(?P<open>^\s*`{3,}rust[^\n]*\n)(?P<code>.*?)(?P<close>^\s*`{3,}[ \t]*$)", re.MULTILINE | re.DOTALL)
NOT_SHOWN = re.compile(r"^[ \t]*#(?:[ \t].*)?\n", re.MULTILINE)
PAGE = re.compile(
    r"(?P<before>\]\(|^\[[^\]\n]+\]:[ \t]*)(?P<page>(?!\w+:|/)[^)\s#]+)\.html(?P<place>#[^)\s]*)?", re.MULTILINE
)
HEADING = re.compile(r"(?P<signs>#{1,6})[ \t]")
MOST_DEPTH = 5
"""How deep files may include each other."""


def of_mdbook(path: Path, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the MyST of a document, and what has to be looked at."""
    look_at: list[str] = []
    root = next((folder for folder in path.parents if (folder / SETTINGS).is_file()), path.parent)
    whole = with_files(text, path.parent, root, look_at, 0)
    whole = LISTING.sub(listing, whole)
    whole = RUST.sub(lambda found: found["open"] + NOT_SHOWN.sub("", found["code"]) + found["close"], whole)
    whole = FENCE.sub(r"\g<before>\g<language>", whole)
    away: list[str] = []
    whole = PAGE.sub(lambda found: link(found, path.parent, away), whole)
    if away:
        look_at.append(f"links to pages that are not in the book: {', '.join(dict.fromkeys(away))}")
    return from_the_top(whole), tuple(look_at)


def from_the_top(text: str) -> str:
    """Return a text whose first heading is one of a document; those below it follow."""
    fences, lines, levels = Fences(), text.split("\n"), {}
    for number, line in enumerate(lines):
        is_code = fences.are_verbatim
        fences.take(line)
        if not is_code and (found := HEADING.match(line)):
            levels[number] = len(found["signs"])
    above = min(levels.values(), default=1) - 1
    for number in levels if above else ():
        lines[number] = lines[number][above:]
    return "\n".join(lines)


def with_files(text: str, folder: Path, root: Path, look_at: list[str], depth: int) -> str:
    """Return a text with the files that it includes, which lie below ``root``; of one that cannot be read its name."""

    def included(found: re.Match[str]) -> str:
        if found["kind"] == "title":
            return ""
        file = folder / found["file"]
        try:
            if depth == MOST_DEPTH or not file.resolve().is_relative_to(root.resolve()):
                raise OSError
            shown = part_of_file(text_of(file), found["part"].split()[0] if found["part"].split() else "")
        except (OSError, AuthorError):
            look_at.append(f"'{found[0]}' includes a file that cannot be read")
            return f"(see {found['file']})"
        shown = with_files(shown, file.parent, root, look_at, depth + 1)
        return f"```rust\n{shown}\n```" if found["kind"] == "playground" else shown

    return INCLUDE.sub(included, text)


def part_of_file(text: str, part: str) -> str:
    """Return the lines of a file that ``part`` names, as ``:2:10``, ``:here`` or '' for all, without marks of
    anchors.
    """
    name, *more = part.removeprefix(":").split(":")
    if name and not name.isdigit():
        found = re.search(
            rf"^[^\n]*\bANCHOR:\s*{re.escape(name)}\b[^\n]*\n(?P<lines>.*?)^[^\n]*\bANCHOR_END:\s*{re.escape(name)}\b",
            text,
            re.MULTILINE | re.DOTALL,
        )
        text = found["lines"] if found else text
    elif part:
        first = int(name or 1)
        last = int(more[0]) if more and more[0].isdigit() else (None if more else first)
        text = "\n".join(text.splitlines()[first - 1 : last])
    return ANCHOR.sub("", text).rstrip("\n")


def listing(found: re.Match[str]) -> str:
    """Return what stands in a listing of the preprocessor of Rust's books, with its file above and its caption
    below.
    """
    given = dict(GIVEN.findall(found["given"]))
    file, number, caption = (given.get(name, "") for name in ("file-name", "number", "caption"))
    above = f"Filename: {file}\n\n" if file else ""
    below = f"\n\n*{f'Listing {number}: ' if number else ''}{caption}*\n" if caption else ""
    return f"{above}{found['shown'].strip(chr(10))}{below}"


def link(found: re.Match[str], folder: Path, away: list[str]) -> str:
    """Return a link to a page as one to the document that it is made from; one to other pages stays, and goes to
    ``away``.
    """
    page = found["page"]
    names = [f"{page}.md", *([f"{page.removesuffix('index')}README.md"] if page.endswith("index") else [])]
    name = next((name for name in names if (folder / name).is_file()), "")
    if not name:
        away.append(f"{page}.html")
        return found[0]
    return f"{found['before']}{name}{found['place'] or ''}"
