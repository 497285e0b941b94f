"""What a node shows and its blocks do not: words, formulas and pictures. Nothing is left out of a slide in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from docutils import nodes
from sphinx import addnodes

from builder.deck.blocks import Equation, Media, Picture
from builder.deck.furniture import runs_in
from builder.deck.handlers.dropped import UNSHOWN
from builder.deck.inline import LAST_BREAK
from builder.deck.kinds import kind_of, with_inner
from builder.deck.model import Block
from builder.deck.words import INK
from builder.errors import shortened, source_of, warn
from builder.source.annotations.vocabulary import chart, place_map, speaker_notes, timeline
from builder.source.html import BOXES
from builder.source.icons import is_drawn_alone, is_icon_of_a_set, loss_of_icon, name_of_icon, sign_of
from builder.source.signatures import lines_of_signature, plain_signature
from builder.typeset.math.linear import linear
from builder.typeset.terminal import as_shown

UNSEEN = (*UNSHOWN, nodes.footnote_reference, speaker_notes, chart, timeline, place_map)
"""Nodes without words of their own on the slide: what shows nothing there, what stands at its foot, what is drawn."""
ELSEWHERE = ("SphinxTabsTablist", "PassthroughTextElement")
"""Classes of nodes that repeat words of others, or stand above them unseen."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a node that nothing else stands among, without their spaces."""

    words: str
    squeezed: str
    node: nodes.Element


def warn_of_losses(node: nodes.Element, blocks: Sequence[Block]) -> None:
    """Warn of each stretch of words, formula and picture of ``node`` that ``blocks`` do not show."""
    shown = shown_by(blocks)
    for stretch in lost_words(list(stretches(node)), shown):
        message = f"these words are left out of the slide: '{shortened(stretch.words)}'."
        warn(message, source_of(stretch.node), "left_out")
    formulas = Counter(block.latex for block in with_inner(blocks) if isinstance(block, Equation))
    formulas += Counter(run.math for run in runs_in(tuple(blocks)) if run.math)
    for formula in seen(node, nodes.math | nodes.math_block):
        if not formulas[formula.astext()] and squeezed(linear(formula.astext())):
            message = f"this formula is left out of the slide: '{shortened(formula.astext())}'."
            warn(message, source_of(formula), "left_out")
        formulas[formula.astext()] -= 1
    warn_of_lost_icons(node)
    for picture in lost_pictures(node, blocks, shown):
        name = PurePath(picture.get("named") or picture["uri"]).name
        warn(f"the picture '{name}' is left out of the slide.", source_of(picture), "left_out")


def warn_of_lost_icons(node: nodes.Element) -> None:
    """Warn of each icon in ``node`` that looks like no character and stands among words, which hold no pictures."""
    for icon in seen(node, nodes.Element):
        name = name_of_icon(icon) if is_icon_of_a_set(icon) else ""
        if name and not sign_of(name) and not is_drawn_alone(icon):
            warn(loss_of_icon(name, "the slide"), source_of(icon), "left_out")


def lost_pictures(node: nodes.Element, blocks: Sequence[Block], shown: str) -> Iterator[nodes.Element]:
    """Yield the pictures in ``node`` that ``blocks`` do not show, and of which the words ``shown`` by these do not have
    the alternative text.
    """
    files = [file for block in with_inner(blocks) if isinstance(block, Picture | Media) for file in files_of(block)]
    for image in seen(node, nodes.image):
        name = PurePath(image["uri"]).name
        found = next((file for file in files if PurePath(file).name == name), None)
        if found is not None:
            files.remove(found)
        elif not (image.get("alt") and squeezed(image["alt"]) in shown):
            yield image


def files_of(block: Picture | Media) -> tuple[str, ...]:
    """The files that a picture or film shows."""
    return kind_of(block).files(block)


def seen(node: nodes.Element, kinds: type | object) -> Iterator[nodes.Element]:
    """Yield the nodes of some classes in ``node`` that are not inside of what is unseen."""
    if isinstance(node, UNSEEN) or type(node).__name__ in ELSEWHERE:
        return
    if isinstance(node, kinds):  # type: ignore[arg-type]
        yield node
    for child in node.children:
        if isinstance(child, nodes.Element):
            yield from seen(child, kinds)


# --- words


def stretches(node: nodes.Element) -> Iterator[Passage]:
    """Yield the stretches of words in ``node``."""
    for owner, group in groupby(pieces(node, node), key=lambda piece: piece[1]):
        words = LAST_BREAK.sub("", "".join(text for text, _owner in group))
        if owner is not None and squeezed(words):
            yield Passage(" ".join(words.split()), squeezed(words), owner)


def pieces(node: nodes.Element, owner: nodes.Element) -> Iterator[tuple[str, nodes.Element | None]]:
    """Yield texts in ``node`` with the block that they stand in; one of no block between two stretches."""
    if isinstance(node, (*UNSEEN, nodes.math, nodes.math_block, nodes.image)) or type(node).__name__ in ELSEWHERE:
        yield "", None
        return
    if isinstance(node, nodes.literal_block | nodes.doctest_block | addnodes.desc_signature):
        for line in lines_of(node):
            yield from ((line, node), ("", None))
        return
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child.astext(), owner
        elif is_icon_of_a_set(child):
            yield "" if is_drawn_alone(child) else sign_of(name_of_icon(child)), owner
        elif isinstance(child, nodes.Inline) and isinstance(child, nodes.Element):
            yield from pieces(child, owner)
        elif isinstance(child, nodes.Element):
            yield "", None
            yield from pieces(child, child)
            yield "", None


def lines_of(node: nodes.Element) -> list[str]:
    """The lines of a block of code and of a signature, as they are shown."""
    if isinstance(node, addnodes.desc_signature):
        return [plain_signature(line) for line in lines_of_signature(node)]
    return as_shown(node.astext()).split("\n")


def squeezed(text: str) -> str:
    """``text`` without spaces and other characters that show nothing."""
    return "".join("".join(text.split()).translate(GONE).split())


GONE = dict.fromkeys(map(ord, (*INK, *"".join(BOXES))))
"""Characters without a look of their own, and the boxes of tasks, which are bullets."""


def shown_by(blocks: Iterable[Block]) -> str:
    """All words that ``blocks`` show, in their order, without spaces."""
    shown = tuple(blocks)
    drawn = (word for block in with_inner(shown) for word in words_beside_runs(block))
    return squeezed("".join("\0" if run.math else run.text for run in runs_in(shown)) + "\0" + "\0".join(drawn))


def words_beside_runs(block: Block) -> Iterator[str]:
    """Yield the words that a block draws, and all of one that has no runs, as kinds of other packages may be."""
    kind = kind_of(block)
    yield from kind.drawn_words(block)
    if next(runs_in(block), None) is None:
        yield from kind.words(block)


def lost_words(wanted: Sequence[Passage], shown: str) -> list[Passage]:
    """Those of the ``wanted`` stretches that are not in what is ``shown``, in their order.

    Most often all are there in their order. Else each takes its place in ``shown``, the longest first, so that a short
    one is not found in a longer one.
    """
    place = 0
    for stretch in wanted:
        place = shown.find(stretch.squeezed, place)
        if place < 0:
            break
        place += len(stretch.squeezed)
    if place >= 0:
        return []
    lost = []
    for stretch in sorted(wanted, key=lambda one: -len(one.squeezed)):
        if stretch.squeezed in shown:
            shown = shown.replace(stretch.squeezed, "\0", 1)
        else:
            lost.append(stretch)
    return [stretch for stretch in wanted if stretch in lost]
