"""What pictures are called, and what stands for those that cannot be shown."""

from __future__ import annotations

import pytest

from builder.source.named_files import names_in_html
from builder.source.pictures.names import without_work_folder


@pytest.mark.parametrize(
    ("uri", "name"),
    [("_build/.work/jupyter_execute/3f.png", "3f.png"), ("img/a.png", "img/a.png"), ("https://e.org/a.png",) * 2],
)
def test_the_picture_of_a_cell_is_called_by_its_file(uri: str, name: str) -> None:
    assert without_work_folder(uri) == name


def test_scripts_in_raw_html_name_no_files_but_their_own() -> None:
    html = """<img src="a.png"><script src="b.js">x.src='c.png'; a.data="d,e"</script><video poster='f.png'></video>"""
    assert names_in_html(html) == ["a.png", "b.js", "f.png"]
