"""Slips of the pen: what is nearly an annotation, and would be printed as it stands or have no effect.

What the parser leaves is looked at, not the source: whatever stands in the text of a document was read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from builder.errors import Source, source_of, warn
from builder.source.ancestors import ancestors
from builder.source.annotations.vocabulary import MARKS, SENTENCE_BLOCKS, SENTENCES

CLASSES = ("slide", "backup", "unlisted", *MARKS)
"""Classes that mean something to us."""
CLASSES_OF_TEXT = tuple(dict.fromkeys((*SENTENCES, *SENTENCE_BLOCKS)))
"""Classes that mean something to us on words, paragraphs and quotations."""
DIRECTIVES = ("slide", "notes", "chart", "timeline", "map", "columns", "column", "question")
"""Directives of ours."""

OF_PANDOC = (".columns", ".column")
"""What Pandoc writes for directives of ours; it is read."""

OTHER_WORDS = {
    "side", "slid", "slice", "slider", "sliders", "glide", "elide", "print", "prints", "paint", "joint", "pint",
    "pointer", "note", "mapping", "nodes", "charm",
}  # fmt: skip
"""Words that are like one of ours by chance: classes and directives of others."""
SYNONYMS = {"bullet": "point", "bullets": "point", "subbullet": "subpoint", "frame": "slide"}
"""What other tools call a mark."""

LEFT_OVER = re.compile(r"\{[^{}\n]*\.(?P<word>[A-Za-z][\w-]*)[^{}\n]*\}|^\{(?P<alone>[A-Za-z][\w-]*)\}$")
COLON_FENCE = re.compile(r"^:{3,}\s*\{?\.?(?P<word>[A-Za-z][\w-]*)")
DIRECTIVE = re.compile(r"^\s*(?:(?:`{3,}|~{3,}|:{3,})\s*\{(?P<fenced>\.?[\w-]+)\}|\.\. (?P<dotted>[\w-]+)::)")
VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw, nodes.comment)
"""What shows its text as it was written."""


def nearly(word: str, known: tuple[str, ...]) -> str:
    """Return which of ``known`` a word is nearly (or which it is, in other letters); '' where it is none, or a word of
    its own.
    """
    plain = re.sub(r"[-_]", "", word.casefold())
    if plain in known:
        return plain
    if plain in OTHER_WORDS:
        return ""
    synonym = SYNONYMS.get(plain, "")
    if synonym in known:
        return synonym
    singular = plain.removesuffix("s")
    if singular in known:
        return singular
    return next((name for name in known if len(name) > len("map") and is_one_slip(plain, name)), "")


def is_one_slip(word: str, name: str) -> bool:
    """Return whether one letter too many, missing or other, or two in the wrong order, part two words."""
    if abs(len(word) - len(name)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, other = word[start:], name[start:]
    swapped = other[1::-1] + other[2:] if len(other) > 1 else ""
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or rest == swapped


def check_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Before a document is read: say which directive is meant by one that is nearly ours, which the parser only calls
    unknown.
    """
    for number, line in enumerate(content[0].splitlines(), start=1):
        match = DIRECTIVE.match(line)
        name = (match["fenced"] or match["dotted"]) if match else ""
        found = nearly(name.lstrip("."), DIRECTIVES) if name else ""
        if found and name.lower() != found and name not in OF_PANDOC:
            place = Source(str(app.env.doc2path(docname)), number)
            warn(f"there is no directive '{name}'; did you mean '{found}'?", place, "slip")


def check_document(_app: Sphinx, doctree: nodes.document) -> None:
    """When a document is read: warn of what its author will have meant for a slide, and what is none."""
    for where, message in slips(doctree):
        warn(message, where, "slip")


def slips(doctree: nodes.document) -> Iterator[tuple[nodes.Node | Source, str]]:
    """Each slip of a document, with what it is and what to write."""
    for node in doctree.findall():
        if isinstance(node, nodes.Element) and not isinstance(node, nodes.document):
            yield from ((node, message) for message in slips_of_classes(node))
        elif isinstance(node, nodes.Text) and not in_verbatim(node):
            yield from ((source_of(node.parent), message) for message in slips_of_text(node))


def slips_of_classes(node: nodes.Element) -> Iterator[str]:
    """A message for each class of a node that is nearly one of ours, or has no effect where it stands."""
    classes: list[str] = node.get("classes", [])
    is_text = isinstance(node, nodes.inline | nodes.paragraph | nodes.block_quote)
    known = (*CLASSES, *CLASSES_OF_TEXT) if is_text else CLASSES
    for name in classes:
        found = nearly(name, known) if name not in known else ""
        if found:
            yield f"the class '{name}' has no effect; did you mean '{found}'?"
    if "backup" in classes and "slide" not in classes and not isinstance(node, nodes.inline):
        yield "'backup' has no effect without 'slide'; write {.slide .backup}."
    if node.get("is_div") and (directive := next((name for name in classes if name in DIRECTIVES[1:]), "")):
        yield f"'::: {directive}' is a box with a class; write ':::{{{directive}}}'."
    if isinstance(node, nodes.literal_block) and str(node.get("language", "")).startswith("{"):
        language = node["language"].strip("{}")
        yield f"'{{{language}' is no language; write that alone behind the fence, and {{.slide}} on the line above."


def slips_of_text(node: nodes.Text) -> Iterator[str]:
    """A message for each mark that stands in the words of a document, and will be printed."""
    text = node.astext()
    fence = COLON_FENCE.match(text) if node.parent.index(node) == 0 else None
    if fence and nearly(fence["word"], (*DIRECTIVES, *CLASSES)):
        yield (
            f"'{fence[0].strip()}' is printed as it stands: add 'colon_fence' to myst_enable_extensions in conf.py, or "
            "write a fence of backticks."
        )
    for found in LEFT_OVER.finditer(text):
        word = nearly(found["word"] or found["alone"], CLASSES)
        if not word:
            continue
        yield f"'{found[0]}' is printed as it stands; {what_to_write(word, found, node)}"


def what_to_write(word: str, found: re.Match[str], node: nodes.Text) -> str:
    """Return what to write instead of a mark that was read as text."""
    if word in MARKS:
        return (
            f"write [words]{{.{word}}} without a space between them, with 'attrs_inline' among the "
            "myst_enable_extensions of conf.py."
        )
    place = "heading" if isinstance(node.parent, nodes.title) else "block"
    mark = found[0].replace(f".{found['word']}", f".{word}") if found["word"] else f"{{.{word}}}"
    return f"write {mark} on a line of its own above the {place}."


def in_verbatim(node: nodes.Node) -> bool:
    """Return whether a text is shown as it was written: code, a formula, HTML."""
    return any(isinstance(above, VERBATIM) for above in ancestors(node))
