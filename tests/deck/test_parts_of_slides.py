"""What is too long for a slide is divided into as few parts as need be, at the largest type, of about one length."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from builder.deck.blocks import Box, Code, Equation, Text
from builder.deck.flow import Flow, NoPartitionError
from builder.deck.model import Block, Paragraph, Run, plain
from builder.deck.split import content_of
from builder.errors import Source

HERE = Source("chapter.md", 7)


def points(count: int) -> Text:
    return Text(tuple(Paragraph((Run(f"point {number}"),), 1, "", HERE) for number in range(count)), HERE)


def lines(text: str) -> Code:
    return Code(tuple((Run(line, code=True),) for line in text.split("\n")), "text", HERE)


def height(block: Block) -> float:
    """Ten points, or ten lines, fill a slide at full size."""
    if isinstance(block, Text):
        return sum(0.1 for paragraph in block.paragraphs)
    if isinstance(block, Code):
        return 0.1 * len(block.lines)
    return {Equation: 0.3, Box: 0.4}[type(block)]


def weight(blocks: Sequence[Block], scale: float) -> float:
    return sum(map(height, blocks)) * scale


def fits(blocks: Sequence[Block], scale: float, share: float) -> bool:
    return weight(blocks, scale) <= share + 1e-9


def flow(*blocks: Block, scales: Sequence[float] = (1.0,)) -> Flow:
    return Flow(content_of(blocks), scales, fits, weight, lambda _blocks, _scale: False)


def parts_of(flowing: Flow) -> list[tuple[float, list[Block]]]:
    """The scale and the blocks of each part."""
    return [(scale, part) for scale, series in flowing.runs() for part in series]


def lengths(*blocks: Block, scales: Sequence[float] = (1.0,)) -> tuple[float, list[int]]:
    """The scale, and how many tenths of a slide at full size each part takes."""
    parts = parts_of(flow(*blocks, scales=scales))
    [scale] = {scale for scale, _ in parts}
    return scale, [round(10 * weight(part, 1.0)) for _, part in parts]


@pytest.mark.parametrize(
    ("count", "scales", "expected"),
    [
        (10, (1.0, 0.8, 0.5), (1.0, [10])),  # all fits at the largest
        (12, (1.0, 0.8, 0.5), (0.8, [12])),  # smaller rather than divided
        (18, (1.0, 0.8, 0.5), (0.5, [18])),
        (20, (1.0, 0.9, 0.8), (1.0, [10, 10])),  # not smaller where that spares no part
        (21, (1.0, 0.9, 0.8), (0.9, [11, 10])),
        (25, (1.0, 0.8, 0.5), (0.5, [13, 12])),
        (24, (1.0,), (1.0, [8, 8, 8])),  # not 10, 10, 4
        (25, (1.0,), (1.0, [9, 8, 8])),
        (11, (1.0,), (1.0, [6, 5])),
        (61, (1.0,), (1.0, [9, 9, 9, 9, 9, 8, 8])),
    ],
)
def test_as_few_parts_as_at_the_smallest_type_then_the_largest_type_then_one_length(
    count: int, scales: Sequence[float], expected: tuple[float, list[int]]
) -> None:
    scale, parts = lengths(points(count), scales=scales)
    assert (scale, sorted(parts, reverse=True)) == expected


def test_nothing_is_lost_and_the_order_stays() -> None:
    found = parts_of(flow(points(14), Equation("x", "x", (), 1.0, 1.0, HERE), points(9)))
    parts = [part for _, part in found]
    texts = [block for part in parts for block in part if isinstance(block, Text)]
    words = [plain(paragraph.runs) for block in texts for paragraph in block.paragraphs]
    assert words == [f"point {number}" for number in (*range(14), *range(9))]
    assert sum(isinstance(block, Equation) for part in parts for block in part) == 1


def test_what_cannot_be_divided_and_fits_nowhere_is_named_by_its_place() -> None:
    with pytest.raises(NoPartitionError) as first:
        parts_of(flow(Box((), points(30).paragraphs, HERE), scales=(4.0, 3.0)))
    assert first.value.first == 0
    with pytest.raises(NoPartitionError) as later:
        parts_of(flow(points(3), Box((), points(1).paragraphs, HERE), scales=(3.0,)))
    assert later.value.first == 3
    assert later.value.args == (3,)


def test_what_fits_at_a_smaller_type_only_is_set_at_that() -> None:
    assert lengths(Box((), points(1).paragraphs, HERE), scales=(3.0, 2.5)) == (2.5, [4])


def test_what_is_divided_has_one_size_and_what_follows_has_its_own() -> None:
    box = Box((Run("Note"),), points(1).paragraphs, HERE)
    found = parts_of(flow(box, points(3), scales=(3.0, 2.0)))
    assert [(scale, *map(type, part)) for scale, part in found] == [(2.0, Box), (3.0, Text)]
    assert {scale for scale, _ in parts_of(flow(box, points(9), scales=(3.0, 2.0)))} == {2.0}


def test_points_of_which_some_stand_with_a_formula_have_sizes_of_their_own() -> None:
    """Two points stood in 16 pt on an empty slide, since the third and its formula needed that."""
    formula = Equation("x", "x", (), 4.0, 2.0, HERE)
    found = parts_of(flow(points(12), formula, scales=(1.4, 1.0)))
    assert [(scale, *map(type, part)) for scale, part in found] == [(1.0, Text), (1.4, Text, Equation)]


def test_blocks_are_rather_divided_between_than_inside() -> None:
    """A blank line of code is a better place than another line, though the part is less full."""
    code = lines("\n".join(["a = 1"] * 7 + [""] + ["b = 2"] * 6))
    parts = [part for _, part in parts_of(flow(code))]
    codes = [[plain(line) for line in part[0].lines] for part in parts if isinstance(part[0], Code)]
    assert codes == [["a = 1"] * 7, ["b = 2"] * 6]


def test_a_box_does_not_stand_alone_where_it_can_stand_with_what_it_is_about() -> None:
    box = Box((Run("Note"),), points(1).paragraphs, HERE)
    parts = [part for _, part in parts_of(flow(points(10), box))]
    assert len(parts) == 2
    assert [type(block) for block in parts[1]] == [Text, Box]


def test_a_part_that_is_as_full_as_another_costs_the_same() -> None:
    one = flow(points(20))
    assert one.cost([10, 20], 1.0) == pytest.approx(2.0)
    assert one.cost([5, 20], 1.0) == pytest.approx(0.25 + 2.25)
    assert one.cost([20], 1.0, 10) == pytest.approx(1.0)
    assert one.cost([19, 20], 1.0) == pytest.approx(1.9**2 + 0.4 + 0.01), "a last point that is alone is a poor break"


def test_a_box_that_stands_alone_costs_half_a_slide_unless_it_is_first() -> None:
    box = Box((Run("Note"),), points(1).paragraphs, HERE)
    last = flow(points(4), box)
    end = last.content.end
    assert last.cost([end - 1, end], 1.0) == pytest.approx(0.16 + 0.16 + 0.5)
    alone = flow(box)
    assert alone.cost([1], 1.0) == pytest.approx(0.16)


def test_a_slide_is_filled_to_a_share_of_its_height() -> None:
    one = flow(points(20))
    assert [b - a for a, b in pairwise((0, *one.filled(1.0, 0.5)))] == [5, 5, 5, 5]
    assert one.is_enough(1.0, 0.5, 4)
    assert not one.is_enough(1.0, 0.5, 3)
    assert not one.is_enough(1.0, 0.05, 99)
    assert one.filled_at(11.0) is None
    assert one.part_fits(0, 10, 1.0)
    assert not one.part_fits(0, 11, 1.0)
    assert one.part_weight(5, 10, 0.5) == pytest.approx(0.25)


def test_ends_move_no_further_than_three_places_and_only_where_that_costs_less() -> None:
    one = flow(points(16))
    assert one.improved([10, 16], 1.0) == [8, 16]
    assert one.improved([8, 16], 1.0) == [8, 16]
    assert flow(points(17)).improved([9, 17], 1.0) == [9, 17], "as near as may be where two cost the same"
    assert flow(points(20), scales=(0.5,)).improved([15, 20], 0.5) == [12, 20]


def test_a_part_ends_rather_at_a_good_place_than_full() -> None:
    """Another line of code than a blank one costs a fifth of a slide."""
    near = flow(lines("\n".join(["a"] * 17 + [""] + ["b"] * 15)))
    assert near.best_end(0, 20, 0.5) == 17
    far = flow(lines("\n".join(["a"] * 15 + [""] + ["b"] * 17)))
    assert far.best_end(0, 20, 0.5) == 20
    assert far.best_end(0, far.content.end, 1.0) == far.content.end
    assert flow(points(20)).best_end(0, 10, 1.0) == 10
