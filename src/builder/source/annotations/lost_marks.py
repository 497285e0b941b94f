"""Classes of ours in a line of attributes above what they can have no effect on, where MyST-Parser drops them: above a
directive, a displayed formula, a footnote, a target or what shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes

from builder.source.annotations.classes import (
    BLOCK,
    CODE,
    OF_MINUTES,
    PLACES,
    how_to_write,
    is_lines,
    is_numbered,
    place_of,
)
from builder.source.annotations.slips_of_classes import slip_of_number
from builder.source.annotations.vocabulary import BLOCK_MARKS, is_sentence_class, is_slide_class, speaker_notes
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.edition_names import EDITIONS

NAMES_OF_BLOCKS: tuple[tuple[type[Any], str], ...] = (
    (nodes.figure, "a figure"),
    (nodes.image, "a picture"),
    (nodes.math_block, "a formula"),
    (nodes.footnote, "a footnote"),
    (nodes.transition, "a line"),
    (nodes.Admonition, "a box"),
)
"""What messages call a block that is no place of its own."""


def name_of_block(node: nodes.Element) -> str:
    """Return what a message calls a block."""
    own = next((name for kind, name in NAMES_OF_BLOCKS if isinstance(node, kind)), BLOCK)
    return place_of(node) or own


def lost_above(classes: Sequence[str], node: nodes.Element) -> Iterator[tuple[str, str]]:
    """Yield each class of ours that stood above a block and has no effect on it, and what is to be said of it.

    Those that a block was given although it has places of its own are told of with the document (`slips`).
    """
    place = place_of(node)
    for name in classes:
        is_given = is_slide_class(name) or is_sentence_class(name)
        if place and is_given:
            continue
        if isinstance(node, slide_node) and is_slide_class(name):
            yield name, f"'{name}' has no effect above a ```{{slide}}, which is one; options stand below it."
        elif isinstance(node, speaker_notes) and name in BLOCK_MARKS:
            yield name, f"'{name}' has no effect above notes, which are of the slide that is open; take it away."
        elif is_lines(name) and has_code(node):
            if "slide" not in classes:
                yield name, f"'{name}' has no effect without 'slide'; write {{.slide .{name}}}."
        elif is_numbered(name):
            yield (
                name,
                f"'{name}' has no effect on {name_of_block(node)}; {OF_LINES if is_lines(name) else OF_MINUTES}.",
            )
        elif name in PLACES and (place or BLOCK) not in PLACES[name]:
            yield name, f"the class '{name}' has no effect on {name_of_block(node)}; {how_to_write(name)}."
        elif message := slip_of_number(name, CODE if has_code(node) else BLOCK, classes):
            yield name, message


NOTHING: tuple[tuple[type[Any], str], ...] = (
    (nodes.compound, "a ```{toctree}"),
    (nodes.transition, "a line"),
    (addnodes.only, "a ```{only}"),
    (addnodes.index, "an ```{index}"),
    (addnodes.highlightlang, "a ```{highlight}"),
    (addnodes.tabular_col_spec, "a ```{tabularcolumns}"),
    (nodes.Invisible, "what shows nothing"),
)
"""What slides show nothing of, and what messages call it; what stands in `only` is taken out of it."""


def shows_nothing(node: nodes.Element) -> bool:
    """Return whether slides show nothing of a block, be it what it may; of what is to be replaced nobody knows."""
    if isinstance(node, nodes.compound):
        return bool(node.children) and all(isinstance(child, addnodes.toctree) for child in node.children)
    return isinstance(node, tuple(kind for kind, _name in NOTHING)) and not isinstance(node, nodes.pending)


def lost_on_nothing(classes: Sequence[str], node: nodes.Element) -> Iterator[tuple[str, str]]:
    """Yield each class of slides above a block that shows nothing, and what is to be said of it."""
    what = next(name for kind, name in NOTHING if isinstance(node, kind))
    remedy = "mark what stands in it" if isinstance(node, addnodes.only) else "put it above a heading or a block"
    kept = (*EDITIONS, "next-slide") if isinstance(node, nodes.transition) else EDITIONS
    for name in classes:
        if is_numbered(name) or (name in PLACES and name not in kept):
            yield name, f"'{name}' has no effect above {what}; {remedy}."


OF_LINES = "write {.slide .lines-3-7} above code"
"""Where lines are chosen."""


def has_code(node: nodes.Element) -> bool:
    """Return whether a block has lines of code to choose from."""
    return any(True for _ in node.findall(nodes.literal_block))


def lost_on_target(classes: Sequence[str], handed_on: Sequence[str]) -> Iterator[str]:
    """Yield a message for each class of ours above a target or a comment, but for those that what stands below is
    given, and ``slide``, which is told of with its line (`dropped`).
    """
    for name in classes:
        if name not in handed_on and name != "slide" and (name in PLACES or is_numbered(name)):
            yield f"'{name}' has no effect above a target or a comment; put it right above the heading or block."
