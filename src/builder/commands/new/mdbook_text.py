"""A document of mdBook as MyST: CommonMark with files included in double braces, code with lines that are not shown,
and links to pages of HTML (https://rust-lang.github.io/mdBook/format/mdbook.html).
"""

from __future__ import annotations

import re
from pathlib import Path

from builder.commands.new.boxes import formula, outside_code, with_admonish, with_alerts, with_diagrams, with_labels
from builder.commands.new.included import NOT_INCLUDED, not_included, text_included
from builder.commands.new.mdbook import SETTINGS, SUMMARY
from builder.commands.new.remarks import Remark
from builder.store.text import text_of

INCLUDE = re.compile(
    r"(?P<escaped>\\?)\{\{#(?P<kind>include|rustdoc_include|playground|title)\s+(?P<file>[^}\s:]*)(?P<part>[^}]*)\}\}"
)
ANCHOR = re.compile(r"^.*\bANCHOR(?:_END)?:\s*[\w-]+.*\n?", re.MULTILINE)
LISTING = re.compile(r"<Listing(?P<given>[^>]*)>(?P<shown>.*?)</Listing>", re.DOTALL)
GIVEN = re.compile(r'([\w-]+)="([^"]*)"')
FENCE = re.compile(r"^(?P<before>\s*(?:[-*+][ \t]+)?`{3,})[ \t]*(?P<language>\w+),[^`\n]*$", re.MULTILINE)
OF_RUSTDOC = re.compile(
    r"^(?P<before>[ \t]*(?:[-*+][ \t]+)?`{3,})[ \t]*(?:ignore|no_run|should_panic|compile_fail)(?=[ \t,]|$)[^`\n]*$",
    re.MULTILINE,
)
"""Code whose language is Rust, since only words for its tests are given."""
RUST = re.compile(
    r"(?P<open>^\s*`{3,}[ \t]*rust[^\n]*\n)(?P<code>.*?)(?P<close>^\s*`{3,}[ \t]*$)", re.MULTILINE | re.DOTALL
)
NOT_SHOWN = re.compile(r"^[ \t]*#(?:[ \t].*)?\n", re.MULTILINE)
PAGE = re.compile(
    r"(?P<before>\]\(|^\[(?P<name>[^\]\n]+)\]:[ \t]*)(?P<page>(?!\w+:|/)[^)\s#]+)\.(?P<ending>html|md)"
    r"(?P<place>#[^)\s]*)?(?P<after>\))?",
    re.MULTILINE,
)
"""A link to a page, or the address of one that links have by a name."""
EXTERNAL = "{.external}"
"""What says behind a link that it leads out of the book."""


def of_mdbook(path: Path, text: str) -> tuple[str, tuple[Remark, ...]]:
    """Return the MyST of a document, and what has to be looked at."""
    look_at: list[Remark] = []
    root = next((folder for folder in path.parents if (folder / SETTINGS).is_file()), path.parent)
    whole = with_files(text, path.parent, root, look_at, (path.resolve(),))
    whole = LISTING.sub(listing, whole)
    whole = with_labels(with_diagrams(with_alerts(with_admonish(whole))))
    whole = outside_code(whole, lambda part: BRACKETS.sub(formula, part))
    whole = OF_RUSTDOC.sub(r"\g<before>rust", whole)
    whole = RUST.sub(lambda found: found["open"] + shown_lines(found["code"]) + found["close"], whole)
    whole = FENCE.sub(r"\g<before>\g<language>", whole)
    whole, away = with_links(whole, path.parent, chapters_of(path))
    look_at += [Remark("Links to pages that are not in the book", page) for page in away]
    return whole, tuple(look_at)


BRACKETS = re.compile(r"\\\\(?:\((?P<inline>.+?)\\\\\)|\[(?P<display>.+?)\\\\\])", re.DOTALL)
"""A formula as MathJax reads it behind mdBook, with two backslashes."""


def shown_lines(code: str) -> str:
    """Return code of Rust without the lines that a sign hides, and without the sign that shows one of two."""
    return re.sub(r"^([ \t]*)##", r"\1#", NOT_SHOWN.sub("", code), flags=re.MULTILINE)


def with_files(text: str, folder: Path, root: Path, look_at: list[Remark], above: tuple[Path, ...]) -> str:
    """Return a text with the files that it includes, which lie below ``root``; of one that cannot be read its name.
    ``above`` are the files that this text stands in.
    """

    def included(found: re.Match[str]) -> str:
        if found["escaped"]:
            return found[0][1:]
        if found["kind"] == "title":
            return ""
        file = folder / found["file"]
        try:
            part = found["part"].split()[0] if found["part"].split() else ""
            shown = part_of_file(text_included(file, root, above), part)
        except NOT_INCLUDED:
            look_at.append(not_included(found[0]))
            return f"(see {found['file']})"
        shown = with_files(shown, file.parent, root, look_at, (*above, file.resolve()))
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


def chapters_of(path: Path) -> set[Path]:
    """Return the documents of the book that a document is of, which its summary lists."""
    folder = next((folder for folder in path.parents if (folder / SUMMARY).is_file()), path.parent)
    summary = folder / SUMMARY
    listed = re.findall(r"\]\(([^)\n]+\.md)\)", text_of(summary)) if summary.is_file() else []
    return {(folder / name).resolve() for name in listed}


def with_links(text: str, folder: Path, chapters: set[Path]) -> tuple[str, list[str]]:
    """Return a text whose links to pages lead to the documents that these are made from, and the pages that are none of
    the book's ``chapters``: links there are marked as leading out of it.
    """
    away: list[str] = []
    named: list[str] = []

    def link(found: re.Match[str]) -> str:
        page, after = found["page"], found["after"] or ""
        names = [f"{page}.md", *([f"{page.removesuffix('index')}README.md"] if page.endswith("index") else [])]
        name = next((name for name in names if (folder / name).resolve() in chapters), "")
        if name:
            return f"{found['before']}{name}{found['place'] or ''}{after}"
        away.append(f"{page}.{found['ending']}")
        named.extend([found["name"]] if found["name"] else [])
        return found[0] + (EXTERNAL if after else "")

    text = PAGE.sub(link, text)
    for name in dict.fromkeys(named):
        words = re.escape(name)
        text = re.sub(rf"(\[(?:[^\[\]\n`]|`[^`\n]*`)*\]\[{words}\])", rf"\1{EXTERNAL}", text, flags=re.IGNORECASE)
        alone = rf"(?<!\])(?!^\[{words}\]:)\[({words})\](?:\[\]|(?![\[({{]))"
        text = re.sub(alone, rf"[\1][\1]{EXTERNAL}", text, flags=re.IGNORECASE | re.MULTILINE)
    return text, away
