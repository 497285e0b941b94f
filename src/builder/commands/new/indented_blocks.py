"""Blocks of Python-Markdown whose content is indented (boxes, folded boxes, tabs), and PyMdown's blocks between
``///``, as MyST.
"""

from __future__ import annotations

import re

from builder.commands.new.boxes import box
from builder.commands.new.marked_code import FENCE, head_of_code, without_language

OPENS = re.compile(r"^(?P<indent>[ \t]*)(?P<kind>!!!|\?\?\?\+?|===[!+]?)[ \t]+(?P<head>\S[^\n]*)$")
SLASHES = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>/{3,})[ \t]*(?P<kind>[\w-]+)[ \t]*(?:\|[ \t]*(?P<title>.*))?$")
HEAD = re.compile(r'^(?P<kind>[\w-]+)[^"]*(?:"(?P<title>(?:[^"\\]|\\.)*)")?')
DETAILS = re.compile(r"^(?P<indent>[ \t]*)<details\b(?P<given>[^>\n]*\bmarkdown\b[^>\n]*)>(?P<rest>[^\n]*)$")
"""What HTML folds away where it holds Markdown."""
SUMMARY = re.compile(r"\s*<summary\b[^>]*>(?P<title>.*?)</summary>", re.DOTALL)
DEPTH = 4
"""Spaces that the content of a block has more than its head."""


def with_blocks(text: str) -> str:
    """Return a text whose indented blocks are directives, and the heads of code MyST's; code itself is left alone."""
    lines = text.expandtabs(DEPTH).split("\n") if re.search(r"^ *\t", text, re.MULTILINE) else text.split("\n")
    found: list[str] = []
    tabs: list[tuple[str, str]] = []
    last = {line.strip(): number for number, line in enumerate(lines) if line.lstrip().startswith("///")}
    fence, place = "", 0
    while place < len(lines):
        line = lines[place]
        place += 1
        opens, slashes = (None, None) if fence else (OPENS.match(line), SLASHES.match(line))
        if opens and opens["kind"].startswith("==="):
            body, place = indented(lines, place, len(opens["indent"]) + DEPTH)
            tabs.append((opens["head"].strip().strip("\"'"), with_blocks(body)))
            if not follows_a_tab(lines, place, opens["indent"]):
                found += shifted(tab_set(tabs), opens["indent"])
                tabs = []
        elif opens:
            body, place = indented(lines, place, len(opens["indent"]) + DEPTH)
            found += shifted(box_of(opens["kind"], opens["head"], with_blocks(body)), opens["indent"])
        elif slashes and last.get(slashes["fence"], 0) >= place:
            closing = next(number for number in range(place, len(lines)) if lines[number].strip() == slashes["fence"])
            body = "\n".join(lines[place:closing])
            found += shifted(block_of(slashes["kind"], slashes["title"] or "", with_blocks(body)), slashes["indent"])
            place = closing + 1
        elif not fence and (details := DETAILS.match(line)) and (end := end_of_details(lines, place)) is not None:
            body = "\n".join([details["rest"], *lines[place:end]])
            found += shifted(folded(body, is_folded="open" not in details["given"]), details["indent"])
            place = end + 1
        else:
            mark = FENCE.match(line)
            if fence:
                found.append(line)
                fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
            elif mark:
                found.append(head_of_code(mark))
                fence = mark["fence"]
            else:
                found.append(without_language(line))
    return "\n".join(found)


def indented(lines: list[str], place: int, depth: int) -> tuple[str, int]:
    """Return the text that is indented by ``depth`` from a line on, and where the rest begins."""
    end = last = place
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * depth)):
        end += 1
        last = end if lines[end - 1].strip() else last
    return "\n".join(line[depth:] for line in lines[place:last]), last


def follows_a_tab(lines: list[str], place: int, indent: str) -> bool:
    """Return whether the next line that is not empty opens a tab beside the last one."""
    following = next((OPENS.match(line) for line in lines[place:] if line.strip()), None)
    return following is not None and following["kind"] in ("===", "===+") and following["indent"] == indent


def end_of_details(lines: list[str], place: int) -> int | None:
    """Return the line that ends what HTML folds away from a line on, with all that is folded in it; None for none."""
    depth = 1
    for number in range(place, len(lines)):
        depth += lines[number].count("<details") - lines[number].count("</details>")
        if not depth:
            return number if lines[number].strip() == "</details>" else None
    return None


def folded(body: str, *, is_folded: bool) -> str:
    """Return what HTML folds away as a box with its summary."""
    summary = SUMMARY.match(body)
    title = " ".join(summary["title"].split()) if summary else ""
    return box("note", title or "Details", with_blocks(body[summary.end() :] if summary else body), is_folded=is_folded)


def box_of(mark: str, head: str, body: str) -> str:
    """Return a box with its head as Python-Markdown writes it."""
    given = HEAD.match(head)
    kind, title = (given["kind"], given["title"] or "") if given else ("note", head.strip('"'))
    return box(kind, title.replace('\\"', '"'), body, is_folded=mark == "???")


def block_of(kind: str, title: str, body: str) -> str:
    """Return a block of PyMdown's: a box, a folded one, or its content alone."""
    if kind in ("html", "define", "caption", "figure-caption", "table-caption"):
        return body
    if kind == "details":
        return box("note", title, body, is_folded=True)
    if kind == "tab":
        return tab_set([(title, body)])
    return box("note" if kind == "admonition" else kind, title, body)


def tab_set(tabs: list[tuple[str, str]]) -> str:
    """Return tabs with their titles, side by side; an empty one holds a comment: a directive needs content."""
    inner = max((len(mark) for _, body in tabs for mark in re.findall(r":{3,}", body)), default=2) + 1
    items = [f"{':' * inner}{{tab-item}} {title}\n{body.strip(chr(10)) or '%'}\n{':' * inner}" for title, body in tabs]
    outer = ":" * (inner + 1)
    return "\n".join([f"{outer}{{tab-set}}", *items, outer, ""])


def shifted(text: str, indent: str) -> list[str]:
    """Return the lines of a block, which an empty line sets off, as far in as its head was."""
    return ["", *(indent + line if line else "" for line in text.rstrip("\n").split("\n")), ""]
