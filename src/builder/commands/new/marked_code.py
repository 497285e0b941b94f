"""Code of Python-Markdown, with its options and its language, as MyST."""

from __future__ import annotations

import re

FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<given>.*)$")
"""A line that opens code; of backticks, no others stand behind them."""
CELL = re.compile(r"[{]\w+}")
"""Behind the fence of a directive, and of what is run."""
OPTION = re.compile(r"(?<![\w-])(?P<name>[\w-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s}]+))")
HIGHLIGHTED = re.compile(r"`(?:#!|:::)\w+[ \t]+([^`\n]+)`")
"""Code in a line of words with its language."""


def head_of_code(found: re.Match[str]) -> str:
    """Return the head of code, with its title, numbers and marked lines as options of a directive."""
    if CELL.match(found["given"]) or not re.search(r"[={]|^\.", found["given"]):
        return found[0]
    given = found["given"].strip().strip("{}").strip()
    options = {item["name"]: item["double"] or item["single"] or item["bare"] or "" for item in OPTION.finditer(given)}
    words = OPTION.sub("", given).split()
    language = next((word.lstrip(".") for word in words if word != ".annotate"), "")
    lines = [f":caption: {options['title']}"] if options.get("title") else []
    if options.get("linenums"):
        lines += [":linenos:"] if options["linenums"] in ("1", "true") else [f":lineno-start: {options['linenums']}"]
    lines += [f":emphasize-lines: {','.join(options['hl_lines'].split())}"] if options.get("hl_lines") else []
    indent, fence = found["indent"], found["fence"]
    if not lines or language == "mermaid":
        return f"{indent}{fence}{language}"
    return "\n".join(indent + line for line in (f"{fence}{{code-block}} {language or 'text'}", *lines, ""))


def without_language(line: str) -> str:
    """Return a line of words whose code is without the mark of its language."""
    return HIGHLIGHTED.sub(r"`\1`", line)
