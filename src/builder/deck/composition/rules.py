"""The table of compositions: what a slide holds → how it is filled. The first rule that suits is followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.deck.arrange import Arranger
from builder.deck.composition.captions_beside import caption_beside
from builder.deck.composition.formulas import formula_on_tint
from builder.deck.composition.growth import grown
from builder.deck.composition.pairs import code_and_result, two_figures
from builder.deck.geometry import Area
from builder.deck.model import Block, Placed

Compose = Callable[[Arranger, Sequence[Block], Area], list[Placed] | None]
"""Places blocks in an area; None where the rule does not suit them."""


@dataclass(frozen=True, slots=True)
class SlideComposition:
    """One rule: its name in docs/composition.md, and the function that follows it."""

    name: str
    compose: Compose


COMPOSITIONS = (
    SlideComposition("a formula", formula_on_tint),
    SlideComposition("code and its result", code_and_result),
    SlideComposition("two figures", two_figures),
    SlideComposition("a picture and its caption", caption_beside),
    SlideComposition("larger type", grown),
)
"""All rules in the order in which they are tried."""


def composed(arranger: Arranger, blocks: Sequence[Block]) -> list[Placed] | None:
    """``blocks`` as the first rule that suits them places them; None where they do not fit in natural type."""
    area = arranger.above_notes(blocks, arranger.geometry.content)
    found = (rule.compose(arranger, blocks, area) for rule in COMPOSITIONS)
    return next((placed for placed in found if placed is not None), None)
