"""Slips of the pen: what is nearly an annotation, and would be printed as it stands or have no effect.

What the parser leaves is looked at here: whatever stands in the text of a document was read as text. What it only calls
unknown is found in the source (`slips_in_sources`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config

from builder.errors import Source, meant, source_of, warn
from builder.source.ancestors import ancestors
from builder.source.annotations import slide, vocabulary
from builder.source.annotations.classes import COMMON
from builder.source.annotations.directives import NAMES
from builder.source.annotations.lost_marks import lost_on_nothing, shows_nothing
from builder.source.annotations.restructured import (
    ENDINGS,
    as_restructured,
    of_restructured,
    of_roles,
)
from builder.source.annotations.slips_in_words import VERBATIM, of_directives, of_markdown, of_others, of_paragraphs
from builder.source.annotations.slips_of_classes import OF_BLOCKS, is_styled, slips_of_classes
from builder.source.annotations.slips_of_slides import slips_of_slides
from builder.source.annotations.vocabulary import MARKS, WORD_MARKS
from builder.source.edition_names import EDITIONS
from builder.source.near import nearly

LEFT_BEHIND = ("slide", "backup", "unlisted", "next-slide", *MARKS, "statement", "assertion", "quotation")
"""Classes whose braces are looked for in the text."""

LEFT_OVER = re.compile(
    r"\{[^{}\n]*\.(?P<word>[A-Za-z][\w-]*)[^{}\n]*\}|^\{\s*(?P<alone>[A-Za-z][\w-]*)\s*\}$|\{\s*\.\s+(?P<apart>[A-Za-z][\w-]*)\s*\}"
    r"|^[(\[｛]\s*[.．]\s*(?P<odd>[A-Za-z][\w-]*)\s*[)\]｝]$",
    re.MULTILINE,
)
"""Marks in braces, or in what is like them on a line of its own."""
CLASS = re.compile(r"[.．]\s*([A-Za-z][\w-]*)")
SPAN = re.compile(r"(?P<words>\[[^\[\]\n]+\])\{(?P<word>[A-Za-z][\w-]*)\}")
"""Words in brackets whose mark has no dot."""
ROLE = re.compile(
    r"(?<!['‘’\"“”„])\{(?P<word>[A-Za-z][\w-]*)\}(?:(?P<quote>['‘’\"“”\[])|\w\w|\s?$)|(?<!\S):(?P<colons>[A-Za-z]+):\s?$"
)
"""A role in front of what is not in backticks."""
COLON_FENCE = re.compile(r"^(?P<signs>:{1,2}\s*(?=\{)|:{3,}\s*)\{?\.?(?P<word>[A-Za-z][\w-]*)")
OPTION = re.compile(r"^:?(?P<name>[A-Za-z-]+):\s*(?P<value>[^\n]*)")
LOST_IN_CODE = re.compile(
    r"^(\{[^{}\n]*\.slide\b[^{}\n]*\}$|(`{3,}|~{3,}|:{3,})\{(?P<directive>[\w-]+)\})", re.MULTILINE
)
COMMENT = re.compile(r"<!--\s*\.(slide|element)\b")

Slip = tuple[nodes.Node | Source, str]
OF_OPTION = "myst_enable_extensions"
FOR_OTHERS = ("pptx", "powerpoint", "revealjs")
"""Formats of raw text that no output of ours is."""


def check_document(app: Sphinx, doctree: nodes.document) -> None:
    """When a document is read: warn of what its author will have meant for a slide, and what is none. What one option
    mends in all places is told at the first.
    """
    told: set[str] = set()
    for where, message in slips(doctree, app.config, is_styled(app)):
        if OF_OPTION in message and message in told:
            continue
        told.add(message)
        place = where if isinstance(where, Source) else place_of_slip(where)
        warn(as_restructured(message) if place.path.endswith(ENDINGS) else message, place, "slip")


def place_of_slip(node: nodes.Node) -> Source:
    """Return the place of a node; of a table, which has none of its own, that of its first words."""
    inside = next(node.findall(lambda one: one.line is not None), node) if isinstance(node, nodes.table) else node
    return source_of(inside)


def slips(doctree: nodes.document, config: Config, has_styles: bool) -> Iterator[Slip]:
    """Each slip of a document, with what it is and what to write; ``has_styles`` says whether classes may be meant for
    styles of the project.
    """
    enabled = {*getattr(config, "myst_enable_extensions", ())}
    for node in doctree.findall():
        if isinstance(node, nodes.Element) and not isinstance(node, nodes.document):
            yield from ((node, message) for message in slips_of_classes(node, has_styles))
            yield from ((node, message) for message in (*slips_of_blocks(node), *of_directives(node)))
            yield from ((node, message) for message in slips_of_slides(node))
            if node["classes"] and shows_nothing(node):
                yield from ((node, message) for _name, message in lost_on_nothing(node["classes"], node))
            others = of_restructured(node) if is_restructured(node) else of_paragraphs(node, enabled)
            yield from ((node, message) for message in others)
        elif isinstance(node, nodes.Text) and not in_verbatim(node):
            text = node.astext()
            others = of_roles(text)
            if not is_restructured(node):
                others = chain(of_others(text, node), of_markdown(text, enabled))
            yield from ((source_of(node.parent), message) for message in (*slips_of_text(node, enabled), *others))


# --- blocks


def slips_of_blocks(node: nodes.Element) -> Iterator[str]:
    """A message for each block that was read as something else than its author meant."""
    if isinstance(node, vocabulary.slide | vocabulary.speaker_notes | nodes.Admonition):
        yield from slips_of_options(node)
    if isinstance(node, nodes.field):
        yield from slips_of_fields(node)
    if isinstance(node, nodes.literal_block) and node.get("is_indented"):
        yield from slips_of_indented_code(node)
    if isinstance(node, nodes.comment | nodes.raw) and COMMENT.search(node.rawsource or node.astext()):
        yield "a comment of reveal.js has no effect; write {.slide} above the heading, and options in a ```{slide}."
    if isinstance(node, nodes.raw):
        yield from slips_of_raw_text(node)
    is_between = isinstance(node.parent, nodes.section | nodes.document)
    if isinstance(node, nodes.paragraph) and is_between and node.astext().strip() in (". . .", "…"):
        yield "'. . .' is no pause here, and is printed; a slide is shown step by step by the option ':reveal:'."
    if isinstance(node, addnodes.desc) and node.get("objtype") == "class" and len(node.children[-1].children) == 0:
        name = node[0].astext().split()[-1]
        if found := nearly(name, ("slide", "backup", "unlisted", "statement", "assertion", "quotation")):
            yield f"'.. class:: {name}' describes a class of Python; write '.. rst-class:: {found}'."


def slips_of_raw_text(node: nodes.raw) -> Iterator[str]:
    """A message for raw text that no output of ours is made of."""
    for name in {*FOR_OTHERS} & {*node.get("format", "").split()}:
        yield f"raw text for '{name}' is in no output; what only slides show stands in a ```{{slide}} Title."


def slips_of_indented_code(node: nodes.literal_block) -> Iterator[str]:
    """A message for each mark or directive that is code, since it is indented."""
    for lost in LOST_IN_CODE.finditer(node.astext()):
        if not lost["directive"] or lost["directive"] in NAMES:
            yield f"'{lost[0]}' is code, since four spaces or a tab stand before it; begin the line with it."


def slips_of_fields(node: nodes.field) -> Iterator[str]:
    """A message for a role at the beginning of a paragraph that became the name of a field."""
    name, words = node[0].astext(), node[1].next_node(nodes.title_reference)
    if name in (*WORD_MARKS, *EDITIONS) and words is not None:
        yield f"':{name}:' names a field here; write :{name}:`words`, in backticks and without a space."


def slips_of_options(node: nodes.Element) -> Iterator[str]:
    """A message for each option of a directive that was read as the beginning of its text."""
    first = next(
        (child for child in node.children if not isinstance(child, nodes.title | vocabulary.slide_title)), None
    )
    if isinstance(first, nodes.field_list):
        given = [(field[0].astext(), field[1].astext()) for field in first.children if isinstance(field, nodes.field)]
    elif isinstance(first, nodes.paragraph):
        given = [
            (found["name"], found["value"]) for line in first.astext().splitlines() if (found := OPTION.match(line))
        ]
    else:
        given = []
    for name, value in given:
        if isinstance(node, vocabulary.slide):
            if meant(name, slide.OPTIONS):
                yield f"'{name}: {value}' is text; an option is a line ':{name}: {value}' right below the opening."
        elif isinstance(node, vocabulary.speaker_notes):
            if meant(name, slide.OPTIONS):
                yield f"'{name}: {value}' is said with the notes, which have no options; give it to a ```{{slide}}."
        elif name == "class" and nearly(value.strip("{.} "), OF_BLOCKS):
            yield f"'class: {value}' is text here; an option is a line ':class: {value}' right below the opening."


# --- text


def slips_of_text(node: nodes.Text, enabled: set[str]) -> Iterator[str]:
    """A message for each mark that stands in the words of a document, and will be printed."""
    text = node.astext()
    fence = COLON_FENCE.match(text) if node.parent.index(node) == 0 else None
    if fence and nearly(fence["word"], (*NAMES, *OF_BLOCKS)):
        wrong = what_is_wrong_with_fence(fence["signs"].strip())
        yield f"'{fence[0].strip()}' is printed as it stands: {wrong}"
    for found in LEFT_OVER.finditer(text):
        names = [found["alone"] or found["apart"] or found["odd"]] if not found["word"] else CLASS.findall(found[0])
        word = next((near for name in names if (near := nearly(name, LEFT_BEHIND))), "")
        if word and not is_named_elsewhere(word, found, enabled, node):
            yield f"'{found[0]}' is printed as it stands; {what_to_write(word, found, node)}"
    for found in SPAN.finditer(text):
        if (word := nearly(found["word"], WORD_MARKS)) and word not in COMMON:
            yield f"'{found[0]}' is printed as it stands; write {found['words']}{{.{word}}}, with a dot."
    for found in ROLE.finditer(text):
        word = found["word"] or found["colons"]
        if (
            word in (*WORD_MARKS, *EDITIONS)
            and (word not in COMMON or found["quote"])
            and stands_before_words(found, node)
        ):
            written = role_of(word, node)
            yield f"'{found[0].strip()}' is printed as it stands; write {written}, in backticks and without a space."


def stands_before_words(found: re.Match[str], node: nodes.Text) -> bool:
    """Return whether what may be a role stands before the words that it is for."""
    if not found[0].rstrip().endswith(("}", ":")):
        return True
    following = node.next_node(descend=False, siblings=True)
    return isinstance(following, nodes.literal | nodes.title_reference | nodes.emphasis)


def what_is_wrong_with_fence(signs: str) -> str:
    """Return why a fence of colons was read as text, and what to write."""
    if len(signs) < len(":::"):
        return "a fence has three colons or more, ':::{slide}'."
    return "add 'colon_fence' to myst_enable_extensions in conf.py, or write a fence of backticks."


def is_named_elsewhere(word: str, found: re.Match[str], enabled: set[str], node: nodes.Text) -> bool:
    """Return whether a mark is right, and is not read because of an extension that is off, which is said once for each
    document (`dropped`).
    """
    if is_restructured(node) or not found["word"]:
        return False
    return found[0] == f"{{.{word}}}" and (
        ("attrs_inline" not in enabled) if word in MARKS else "attrs_block" not in enabled and is_alone(found)
    )


def what_to_write(word: str, found: re.Match[str], node: nodes.Text) -> str:
    """Return what to write instead of a mark that was read as text."""
    if is_restructured(node):
        return (
            f"write {role_of(word, node)}."
            if word in MARKS
            else f"write '.. rst-class:: {word}' above, and a blank line."
        )
    if word in MARKS and "," not in found[0]:
        return (
            f"write [words]{{.{word}}} without a space between them, with 'attrs_inline' among the "
            "myst_enable_extensions of conf.py."
        )
    mark = mark_meant(word, found)
    if "," in found[0] or (is_alone(found) and found[0] != mark and not found["alone"]):
        return f"write {mark}: each class with a dot before it, and spaces between them."
    place = "heading" if isinstance(node.parent, nodes.title) else "block"
    return f"write {mark} on a line of its own above the {place}."


def mark_meant(word: str, found: re.Match[str]) -> str:
    """Return a mark as it is written right; ``word`` is the class that was recognized."""
    written = re.sub(r"(?<=\d),\s*(?=\d)", " .lines-", found[0])
    classes = [nearly(name, LEFT_BEHIND) or name for name in CLASS.findall(written)]
    return "{" + " ".join(f".{name}" for name in classes or [word]) + "}"


def is_alone(found: re.Match[str]) -> bool:
    """Return whether a mark stands on a line of its own."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    return not before.rpartition("\n")[2].strip() and not after.partition("\n")[0].strip()


def role_of(word: str, node: nodes.Text) -> str:
    """Return a role with words, in the language of the source that a text is from."""
    return f":{word}:`words`" if is_restructured(node) else f"{{{word}}}`words`"


def is_restructured(node: nodes.Node) -> bool:
    """Return whether a text or an element is from a source in reStructuredText."""
    return source_of(node).path.endswith(ENDINGS)


def in_verbatim(node: nodes.Node) -> bool:
    """Return whether a text is shown as it was written: code, a formula, HTML."""
    return any(isinstance(above, VERBATIM) for above in ancestors(node))
