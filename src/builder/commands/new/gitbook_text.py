"""Tags of GitBook as MyST: hints, tabs, titles of code (https://gitbook.com/docs/creating-content/blocks)."""

from __future__ import annotations

import re

from builder.commands.new.boxes import box
from builder.commands.new.indented_blocks import tab_set

KINDS = {"info": "note", "success": "tip", "working": "note", "alert": "warning"}
"""Style of a hint → the kind of its box; others are called as ours."""
HINT = re.compile(
    r"\{%-?\s*hint\b[^%\n]*?style\s*=\s*[\"'](?P<style>\w+)[\"'][^%\n]*%\}(?P<body>.*?)\{%-?\s*endhint\s*-?%\}",
    re.DOTALL,
)
TABS = re.compile(r"\{%-?\s*tabs\s*-?%\}(?P<body>.*?)\{%-?\s*endtabs\s*-?%\}", re.DOTALL)
TAB = re.compile(
    r"\{%-?\s*tab\s+title\s*=\s*[\"'](?P<title>[^\"']*)[\"'][^%\n]*%\}(?P<body>.*?)\{%-?\s*endtab\s*-?%\}", re.DOTALL
)
CODE = re.compile(
    r"\{%-?\s*code\b(?P<given>[^%\n]*)%\}\s*(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>\S*)[^\n]*\n"
    r"(?P<code>.*?)(?P=fence)\s*\{%-?\s*endcode\s*-?%\}",
    re.DOTALL,
)
TITLE = re.compile(r"title\s*=\s*[\"']([^\"']*)[\"']")
EMBED = re.compile(
    r"\{%-?\s*(?:embed|file)\b[^%\n]*?(?:url|src)\s*=\s*[\"'](?P<address>[^\"']+)[\"'][^%\n]*%\}"
    r"(?:(?P<words>(?:(?!\{%).)*?)\{%-?\s*end(?:embed|file)\s*-?%\})?",
    re.DOTALL,
)
REFERENCE = re.compile(r"\{%-?\s*(?:end)?content-ref\b[^%\n]*%\}[ \t]*\n?")


def with_blocks_of_gitbook(text: str) -> str:
    """Return a text whose tags of GitBook are boxes, tabs, code with a title, and links."""
    if "{%" not in text:
        return text
    text = REFERENCE.sub("", EMBED.sub(embedded, CODE.sub(code, text)))
    return TABS.sub(tabs, HINT.sub(hint, text))


def hint(found: re.Match[str]) -> str:
    """Return a box, set off by empty lines."""
    style = found["style"].lower()
    return f"\n{box(KINDS.get(style, style), '', found['body'].strip())}\n"


def tabs(found: re.Match[str]) -> str:
    """Return the tabs of a group side by side."""
    return f"\n{tab_set([(tab['title'], tab['body']) for tab in TAB.finditer(found['body'])])}\n"


def code(found: re.Match[str]) -> str:
    """Return code with its title."""
    title, fence = TITLE.search(found["given"]), found["fence"]
    if title is None:
        return f"{fence}{found['language']}\n{found['code']}{fence}"
    return f"{fence}{{code-block}} {found['language'] or 'text'}\n:caption: {title[1]}\n\n{found['code']}{fence}"


def embedded(found: re.Match[str]) -> str:
    """Return a link to what is shown, with its words."""
    words, address = (found["words"] or "").strip(), found["address"]
    return f"[{words}](<{address}>)" if words else f"<{address}>" if "://" in address else f"[{address}](<{address}>)"
