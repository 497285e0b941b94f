"""A document of mystmd as MyST-Parser and the extensions read it, line by line, so that places in it stay.

References: https://mystmd.org/guide/directives, https://mystmd.org/guide/roles,
https://mystmd.org/guide/glossaries-and-terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.source.fences import Fences

LABEL = re.compile(r"^(?P<indent>\s*):label:")
LABELLED = ("math", "prf:", "proof", "exercise", "solution", "theorem")
"""Directives whose label is called so here too."""
CITED = re.compile(
    r"\[(?P<several>@[\w:./-]+(?:\s*;\s*@[\w:./-]+)*)\]|(?<![\w`@/\[])@(?P<one>[A-Za-z](?:[\w:./-]*\w)?)"
)
CITING = re.compile(r"(?P<role>\{cite(?::\w+)?\}`)(?P<keys>[^`;]*;[^`]*)`")
"""A role that cites several works, between semicolons."""
BUTTON = re.compile(r"\{button\}`(?P<words>[^`<]+?)\s*<(?P<address>[^`>]+)>`")

OTHER_NAMES = {"code": "code-block", "tab": "tab-item"}
"""Directive of mystmd → the one here that takes its options."""
DIRECTIVE = re.compile(r"^(?P<fence>\s*[`:~]{3,}\s*)\{(?P<name>code|tab|proof:(?P<kind>\w+))\}")
FILENAME = re.compile(r"^(?P<indent>\s*):filename:")
CAPTION = re.compile(r"^\s*:(?:caption|filename):")
DEFINITION = re.compile(r"^(?P<indent>\s*): +(?=\S)")


def rewritten(text: str, works: set[str]) -> str:
    """Return a document as it is read here: labels, citations of ``works`` and references, names and options of
    directives, glossaries.
    """
    return "".join(rewritten_lines(text, works))


def rewritten_lines(text: str, works: set[str]) -> Iterator[str]:
    """Each line as it is read here. A definition in a glossary is indented, where mystmd has a colon."""
    fences = Fences()
    captions = 0
    for line in text.splitlines(keepends=True):
        opened = fences.take(line)
        name = "code" if fences.are_verbatim else fences.open[-1].directive if fences.open else ""
        if opened is not None:
            captions = 0
            line = DIRECTIVE.sub(renamed, line)
        captions += bool(CAPTION.match(line))
        if name.startswith("code") and captions == 1:
            line = FILENAME.sub(r"\g<indent>:caption:", line)
        if LABEL.match(line) and name and not name.startswith(LABELLED):
            line = LABEL.sub(r"\g<indent>:name:", line)
        elif not name.startswith("code"):
            line = of_words(line, works)
        yield DEFINITION.sub(r"\g<indent>  ", line) if name == "glossary" else line


def renamed(found: re.Match[str]) -> str:
    """Return the opening of a directive with its name here."""
    name = f"prf:{found['kind']}" if found["kind"] else OTHER_NAMES[found["name"]]
    return f"{found['fence']}{{{name}}}"


def of_words(line: str, works: set[str]) -> str:
    """Return a line of text with its citations, references and buttons as they are written here."""
    line = CITED.sub(lambda found: cited(found, works), line)
    line = CITING.sub(lambda found: f"{found['role']}{','.join(map(str.strip, found['keys'].split(';')))}`", line)
    return BUTTON.sub(r"[\g<words>](\g<address>)", line)


def cited(found: re.Match[str], works: set[str]) -> str:
    """Return a citation of works, or a reference to a label."""
    keys = [key.strip().lstrip("@") for key in (found["several"] or found["one"]).split(";")]
    if all(key in works for key in keys):
        return f"{{cite:{'p' if found['several'] else 't'}}}`{','.join(keys)}`"
    return ", ".join(f"[](#{key})" for key in keys) if found["several"] or "." not in keys[0] else found[0]
