"""A document of mystmd as MyST-Parser and the extensions read it, line by line, so that places in it stay.

References: https://mystmd.org/guide/directives, https://mystmd.org/guide/roles,
https://mystmd.org/guide/glossaries-and-terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

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


PROOF = re.compile(r"\{(?:prf|proof):\w+\}.*\n(?:[ \t]*:(?!label)[\w-]+:.*\n)*[ \t]*:label:[ \t]*(\S+)")
LINK = re.compile(r"\[(?P<words>[^\[\]`]*)\]\(#(?P<label>[^)\s]+)\)")


def labels_of_proofs(text: str) -> set[str]:
    """Return the labels of theorems, proofs and the like in a document, which have a role of their own here."""
    return set(PROOF.findall(text))


def rewritten(text: str, works: Set[str], proofs: Set[str] = frozenset()) -> str:
    """Return a document as it is read here: labels, citations of ``works`` and references, also to ``proofs``, names
    and options of directives, glossaries.
    """
    return "".join(rewritten_lines(text, works, proofs))


def rewritten_lines(text: str, works: Set[str], proofs: Set[str]) -> Iterator[str]:
    """Each line as it is read here. A definition in a glossary is indented, where mystmd has a colon."""
    fences = Fences()
    captions = 0
    for line in text.splitlines(keepends=True):
        opened = fences.take(line)
        name = (fences.open[-1].directive if fences.open else "") or ("code" if fences.are_verbatim else "")
        if opened is not None:
            captions = 0
            line = DIRECTIVE.sub(renamed, line)
        captions += bool(CAPTION.match(line))
        if name.startswith("code") and captions == 1:
            line = FILENAME.sub(r"\g<indent>:caption:", line)
        if LABEL.match(line) and name and not name.startswith(LABELLED):
            line = LABEL.sub(r"\g<indent>:name:", line)
        elif not name.startswith("code"):
            line = of_words(line, works, proofs)
        yield DEFINITION.sub(r"\g<indent>  ", line) if name == "glossary" else line


def renamed(found: re.Match[str]) -> str:
    """Return the opening of a directive with its name here."""
    name = f"prf:{found['kind']}" if found["kind"] else OTHER_NAMES[found["name"]]
    return f"{found['fence']}{{{name}}}"


def of_words(line: str, works: Set[str], proofs: Set[str]) -> str:
    """Return a line of text with its citations, references and buttons as they are written here."""
    line = CITED.sub(lambda found: cited(found, works), line)
    line = CITING.sub(lambda found: f"{found['role']}{','.join(map(str.strip, found['keys'].split(';')))}`", line)
    line = LINK.sub(lambda found: referred(found) if found["label"] in proofs else found[0], line)
    return BUTTON.sub(r"[\g<words>](\g<address>)", line)


def referred(found: re.Match[str]) -> str:
    """Return the role that refers to a theorem or the like."""
    words, label = found["words"], found["label"]
    return f"{{prf:ref}}`{words} <{label}>`" if words else f"{{prf:ref}}`{label}`"


def cited(found: re.Match[str], works: Set[str]) -> str:
    """Return a citation of works, or a reference to a label."""
    keys = [key.strip().lstrip("@") for key in (found["several"] or found["one"]).split(";")]
    if all(key in works for key in keys):
        return f"{{cite:{'p' if found['several'] else 't'}}}`{','.join(keys)}`"
    return ", ".join(f"[](#{key})" for key in keys) if found["several"] or "." not in keys[0] else found[0]
