"""Boxes, diagrams, formulas and headings of Markdown's kinds (GitHub, Obsidian, mdbook-admonish) as MyST."""

from __future__ import annotations

import re
from collections.abc import Callable

CODE = re.compile(
    r"^[ \t]*+(?P<fence>`{3,}+(?=[^`\n]*$)|~{3,}+)[^\n]*\n.*?(?:^[ \t]*+(?P=fence)[`~]*[ \t]*$|\Z)|`[^`\n]+`",
    re.MULTILINE | re.DOTALL,
)
"""Code in a line, or in a block, which ends with the text where nothing closes it."""
ALERT = re.compile(
    r"^[ ]{0,3}>[ ]?\[!(?P<kind>\w+)\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)\n?(?P<body>(?:^[ ]{0,3}>[^\n]*\n?)*)",
    re.MULTILINE,
)
"""A quotation that is a box on GitHub, and one with a title or folded in Obsidian."""
QUOTED = re.compile(r"^[ ]{0,3}>[ ]?", re.MULTILINE)
ADMONISH = re.compile(
    r"^(?P<fence>[ \t]*(?:`{3,}|~{3,}))[ \t]*admonish\b(?P<given>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
GIVEN = re.compile(r'(?<!\w)(?P<name>\w+)[ ]*=[ ]*"?(?P<value>[^",]*)"?')
MERMAID = re.compile(r"^(?P<fence>[ \t]*(?:`{3,}|~{3,}))[ \t]*mermaid[^\n]*$", re.MULTILINE)
HEADING = re.compile(r"^(?P<heading>#{1,6}[ \t]+[^\n]*?)[ \t]*\{#(?P<label>[^\s}]+)[^}\n]*\}[ \t]*$", re.MULTILINE)
ANCHOR = re.compile(
    r"^(?P<heading>#{1,6}[ \t]+)?[ \t]*<a[ \t]+(?:id|name)=[\"'](?P<label>[^\s\"']+)[\"'][ \t]*>[ \t]*</a>[ \t]*"
    r"(?P<rest>(?(heading)[^\n]*|$))",
    re.MULTILINE,
)
"""An empty anchor of HTML, on a line of its own or at the beginning of a heading."""
KINDS = {
    "abstract": "note", "summary": "note", "tldr": "note", "info": "note", "todo": "note", "example": "note",
    "question": "note", "faq": "note", "help": "note", "quote": "note", "cite": "note", "success": "tip",
    "check": "tip", "done": "tip", "failure": "danger", "fail": "danger", "missing": "danger", "bug": "danger",
}  # fmt: skip
"""Kind of a box elsewhere → ours; others are called as ours."""
OURS = ("note", "tip", "hint", "important", "warning", "caution", "attention", "danger", "error")


def outside(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """Return a text that is changed but for what is to be ``kept`` as it is."""
    parts: list[str] = []
    end = 0
    for found in kept.finditer(text):
        parts += [change(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, change(text[end:])])


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text that is changed where it is no code."""
    return outside(CODE, text, change)


def formula(found: re.Match[str]) -> str:
    """Return a formula between dollars: one that was found ``inline``, or ``display``ed."""
    inline = found["inline"]
    return f"${inline.strip()}$" if inline else f"$$\n{found['display'].strip()}\n$$"


TAG = re.compile(r"^[ \t]*</?[A-Za-z][^\n]*>[ \t]*\n(?=:{3,}|\Z)", re.MULTILINE)
"""A line of HTML right above code or a directive: CommonMark goes on with HTML to the next blank line."""


def below_tags(part: str) -> str:
    """Return a text without code in which a blank line parts HTML from the code or the directive below it."""
    return TAG.sub("\\g<0>\n", part)


def box(kind: str, title: str, body: str, *, is_folded: bool = False) -> str:
    """Return a box; its fence has more colons than any in it."""
    known = kind.lower()
    named = known if known in OURS else KINDS.get(known, "note")
    inner = max((len(found) for found in re.findall(r":{3,}", body)), default=2)
    fence = ":" * (inner + 1)
    if not title and (known not in OURS or is_folded):
        title = known.capitalize()
    classes = f"{named} dropdown" if is_folded else named
    head = f"{fence}{{admonition}} {title}\n:class: {classes}\n" if title else f"{fence}{{{named}}}\n"
    return f"{head}\n{body.strip(chr(10))}\n{fence}\n"


def with_alerts(text: str) -> str:
    """Return a text whose quotations that begin with ``[!NOTE]`` are boxes."""

    def alert(found: re.Match[str]) -> str:
        body = with_alerts(QUOTED.sub("", found["body"]))
        return box(found["kind"], found["title"].strip(), body, is_folded=found["fold"] == "-") + "\n"

    return ALERT.sub(alert, text)


def with_admonish(text: str) -> str:
    """Return a text whose blocks of mdbook-admonish are boxes."""

    def admonish(found: re.Match[str]) -> str:
        given = found["given"].strip()
        options = {item["name"]: item["value"].strip() for item in GIVEN.finditer(given)}
        quoted = re.search(r'(?<!=)\s"([^"]*)"', f" {given}")
        kind = re.match(r"([A-Za-z]+)(?![\w=])(?!\s*=)", given)
        title = options.get("title", quoted[1] if quoted and "title" not in options else "")
        folded = options.get("collapsible") == "true"
        return box(kind[1] if kind else "note", title, found["body"], is_folded=folded)

    return ADMONISH.sub(admonish, text)


def with_diagrams(text: str) -> str:
    """Return a text whose code in Mermaid's language is drawn."""
    return MERMAID.sub(r"\g<fence>{mermaid}", text)


def with_labels(text: str) -> str:
    """Return a text whose headings and anchors have their labels on a line above them."""

    def label(found: re.Match[str]) -> str:
        heading = f"\n{found['heading']}{found['rest']}" if found["heading"] else ""
        return f"({found['label']})={heading}"

    return outside_code(text, lambda part: HEADING.sub(r"(\g<label>)=\n\g<heading>", ANCHOR.sub(label, part)))
