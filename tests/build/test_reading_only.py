"""A book without a web book: what themes do to its style sheets when a build ends does no harm."""

from __future__ import annotations

from pathlib import Path

from builder.commands.cli import main

CONF = """
from pathlib import Path

project = "A book"
extensions = ["myst_parser"]


def style(app, exception):
    (Path(app.builder.outdir) / "_static" / "pygments.css").write_text("")


def setup(app):
    app.connect("build-finished", style)
"""


def test_a_theme_that_writes_a_style_sheet_when_a_build_ends(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("# A book\n\nWords.\n", encoding="utf-8")
    assert main(["build", "-q", "--to", "pdf", "-o", str(tmp_path / "out"), str(tmp_path)]) == 0
    assert list((tmp_path / "out" / "pdf").glob("*.pdf"))
