"""Templates as other programs have saved them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pptx.oxml.ns import qn
from theirs import drawn, place, reader, with_change

from builder.build import books as _builder  # noqa: F401  (which imports the rest in its order)
from builder.pptx.template.writable import opened


def test_how_far_the_sample_text_of_a_template_was_shrunk_is_forgotten() -> None:
    """LibreOffice moved all that stands behind bullets where a master had been saved with a text at 8 %."""

    def shrunk(presentation: Any) -> None:
        master = presentation.slide_master
        for shape, kept in (
            (place(master, "body"), "8000"),
            (drawn(presentation, (10, 10, 90, 30), "Own words"), "70000"),
        ):
            body = shape._element.find(f".//{qn('a:bodyPr')}")
            for child in list(body):
                body.remove(child)
            fit = body.makeelement(qn("a:normAutofit"), {"fontScale": kept, "lnSpcReduction": "20000"})
            body.append(fit)

    [master] = opened(with_change(shrunk)).slide_masters
    scales = {fit.get("fontScale") for fit in master.element.iter(qn("a:normAutofit"))}
    assert "8000" not in scales
    assert "70000" in scales, "words of the template's own were shrunk so"


def test_a_template_that_names_no_size_of_its_slides_has_that_of_powerpoint(tmp_path: Path) -> None:
    def without_size(presentation: Any) -> None:
        presentation.element.remove(presentation.element.find(qn("p:sldSz")))

    geometry = reader(tmp_path)(without_size).geometry
    assert (geometry.width, geometry.height) == (720, 540)
