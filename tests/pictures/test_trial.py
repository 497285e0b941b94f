"""A drawing that could ask for any amount of time is tried out in a process of its own, which has a limit."""

from __future__ import annotations

import pytest
from lxml import etree

from builder.build import books as _builder  # noqa: F401  (which imports the rest in its order)
from builder.source.pictures import drawings
from builder.source.pictures.convert import UnusableError
from builder.source.pictures.trial import could_be_endless, problem_of
from builder.store.limits import Limit

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">{}</svg>'
BLURS = "<feGaussianBlur stdDeviation='20'/>" * 2000
BLURRED = f'<filter id="f">{BLURS}</filter><rect width="90" height="90" filter="url(#f)"/>'
COSTLY = [
    BLURRED,
    '<style>rect { filter: blur(9px) }</style><rect width="9" height="9"/>',
    '<rect width="9" height="9" style="filter: blur(9px)"/>',
    '<image width="9" height="9" href="data:image/png;base64,AAAA"/>',
    f"<text>{'word ' * 3000}</text>",
]
CHEAP = [
    '<rect width="9" height="9"/>',
    "<text>word</text>",
    '<g style="fill: red"/>',
    "<style>rect { fill: red }</style>",
]


@pytest.mark.parametrize("drawing", COSTLY)
def test_what_could_take_any_time_is_tried_out(drawing: str) -> None:
    assert could_be_endless(etree.fromstring(DRAWING.format(drawing)))


@pytest.mark.parametrize("drawing", CHEAP)
def test_what_takes_no_time_is_not(drawing: str) -> None:
    assert not could_be_endless(etree.fromstring(DRAWING.format(drawing)))


@pytest.mark.slow
def test_what_takes_too_long_cannot_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "SVG_SECONDS", Limit("drawing", 2, "seconds"))
    with pytest.raises(UnusableError, match="takes more than 2 seconds to be drawn"):
        drawings.checked_svg(DRAWING.format(BLURRED).encode())


@pytest.mark.slow
def test_what_is_drawn_in_time_has_no_problem() -> None:
    assert problem_of(DRAWING.format(BLURRED.replace(BLURS, "<feGaussianBlur stdDeviation='2'/>")), 20) == ""
