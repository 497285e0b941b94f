"""Steps of a notebook on automatic slides, with what the cells below them draw."""

from __future__ import annotations

import base64
import json
import subprocess
import sys

import pytest
from unmarked import FILLING, uncounted

from conftest import PNG, Book, Result, titles

PICTURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": base64.b64encode(PNG).decode()}}


def cell(name: str, source: str, outputs: list[dict[str, object]] | None = None) -> dict[str, object]:
    """A cell of code, or of text where it has no outputs."""
    found: dict[str, object] = {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
    is_code = {"cell_type": "code", "outputs": outputs, "execution_count": 1}
    return found if outputs is None else found | is_code


@pytest.mark.parametrize("between", [(), ("height = 3",)], ids=["right below", "below code that no slide shows"])
def test_what_a_step_draws_is_on_its_slide(book: Book, between: tuple[str, ...]) -> None:
    pytest.importorskip("myst_nb")
    cells = [cell("top", "# Sea\n\n## Tides")]
    for number in (1, 2):
        cells.append(cell(f"step-{number}", f"{number}) Draw the main tide {number} of the port."))
        cells += [cell(f"set-{number}-{at}", source, []) for at, source in enumerate(between)]
        cells.append(cell(f"plot-{number}", f"plot({number})", [PICTURE]))
    cells.append(cell("end", f"## Filled\n\n{FILLING}"))
    book.write("conf.py", 'project = "A"\nextensions = ["myst_nb"]\nnb_execution_mode = "off"\n')
    book.write("chapter.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    subprocess.run([sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"], cwd=book.folder, check=True)
    deck = Result(0, "", "", book.folder).deck()
    slides = [slide for title, slide in zip(titles(deck), deck.slides, strict=True) if uncounted(title) == "Tides"]
    assert len(slides) == 2
    for number, slide in enumerate(slides, 1):
        assert f"Draw the main tide {number}" in "".join(
            one.text_frame.text for one in slide.shapes if one.has_text_frame
        )
        assert any(one.shape_type == 13 for one in slide.shapes), "its picture"


def test_the_list_that_an_item_leads_to_is_on_its_slide_or_with_it_on_none(book: Book) -> None:
    filler = "A gauge is an important help of the port and of all the ships that come by the main tide of the sea."
    ideas = "\n".join(f"- a port with the gauge {at} of the sea and its ships by day" for at in range(3))
    told = f"{filler} {filler.replace('gauge', 'pilot')}"
    told += f"\n\n1) Measure the tides of more ports, such as:\n\n{ideas}"
    deck = book.build(f"# Sea\n\n## Tides\n\n{told}\n\n## Filled\n\n{FILLING}\n", "--to", "pptx").deck()
    seen = ["\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame) for slide in deck.slides]
    assert [("such as" in words) for words in seen] == [("the gauge 2" in words) for words in seen]
    assert any("such as" in words for words in seen)
