"""The manual in docs/ is a book of the builder's own making."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.commands.cli import main

from pdf_text import pages_of

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.slow
def test_the_manual_is_made_without_a_warning_and_has_each_page_on_the_web_and_in_print(tmp_path: Path) -> None:
    out = tmp_path / "an output"
    assert main(["build", "-q", "-W", "--to", "html,pdf", "-o", str(out), str(DOCS)]) == 0
    (pdf,) = (out / "pdf").glob("*.pdf")
    printed = "".join("".join(pages_of(pdf)).split())
    for source in DOCS.rglob("*.md"):
        if "_build" in source.parts:
            continue
        name = source.relative_to(DOCS).with_suffix("")
        assert (out / "html" / name).with_suffix(".html").is_file(), name
        title = re.sub(r"[`*]", "", source.read_text(encoding="utf-8").split("\n")[0].lstrip("# "))
        assert "".join(title.split()) in printed, title
