"""Writes docs/diff.png: what `builder diff` shows of a chapter with some words changed, beside the build of ROOT.

Run it after a change of that page or of what slides look like, and after `make`:
``python tools/make_diff_picture.py``. Needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from make_picture import CHROMIUM
from PIL import Image

ROOT = Path(__file__).parent.parent
DOCUMENT = "book/06-machine.md"
CHANGES = {
    "Nothing in them looks, by itself,": "None of it looks, by itself,",
    "<May 1936: high officials may be detained": "<In May 1936 high officials could be detained",
}
"""Words of the chapter → what stands for them: in a paragraph, and in one whose point is on a slide."""
SIZE = 1500, 1200


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "book"
        shutil.copytree(ROOT, book, ignore=shutil.ignore_patterns("_build", ".*", "tests"))
        document = book / DOCUMENT
        text = document.read_text(encoding="utf-8")
        for before, after in CHANGES.items():
            assert before in text, before
            text = text.replace(before, after, 1)
        document.write_text(text, encoding="utf-8")
        (Path(name) / "last-week").symlink_to(ROOT)
        for command in (["build", "-q"], ["diff", "../last-week/_build"]):
            subprocess.run([sys.executable, "-m", "builder", *command], cwd=book, check=True)
        shot, page = Path(name) / "shot.png", book / "_build/diff/index.html"
        window = f"--window-size={SIZE[0]},{SIZE[1]}"
        profile = f"--user-data-dir={name}/chromium"
        subprocess.run(
            [*CHROMIUM, window, profile, f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True
        )
        Image.open(shot).convert("RGB").quantize(96).save(ROOT / "docs/diff.png", optimize=True)


if __name__ == "__main__":
    main()
