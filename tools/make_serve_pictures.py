"""Writes docs/serve.png and docs/presenter.png: a chapter beside its slide, and the presenter view, as `builder serve`
shows them.

Run it after a change of these pages or of what slides look like: ``python tools/make_serve_pictures.py``. Needs
Chromium.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import Browser  # noqa: E402 - it stands with the tests

PORT = 8791
SIZE = 1500, 860
TOGGLE = "[...document.querySelectorAll('button')].find(one => one.textContent === 'Slides')"
SECTION = "document.getElementById('a-death-at-taiga')"
SHOWN = {
    "serve": (
        "06-machine.html#a-death-at-taiga", TOGGLE, f"{TOGGLE}.click(), {SECTION}.scrollIntoView(), 0",
        "document.querySelector('#builder-slides img')?.alt.includes('marshal')",
    ),
    "presenter": (
        "-/present/lecture-3#17", "document.body", "0", "document.querySelector('img[src*=\"/17.png\"]')?.naturalWidth"
    ),
}  # fmt: skip
"""Picture → the address that it shows, what is there first, what is then done, and what is there when it is whole."""
PATIENCE = 600
"""Seconds that the first build takes at most."""


def wait(address: str) -> None:
    """Return when an address answers with a page."""
    for _ in range(PATIENCE):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(1)
    raise TimeoutError(address)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "book"
        shutil.copytree(ROOT, book, ignore=shutil.ignore_patterns("_build", ".*", "tests"))
        base = f"http://127.0.0.1:{PORT}/"
        command = [sys.executable, "-m", "builder", "serve", "--port", str(PORT), "--no-open"]
        server = subprocess.Popen(command, cwd=book, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        browser = Browser(folder / "chromium", *SIZE)
        try:
            wait(f"{base}-/slides/lecture-3/17.png")
            for shown, (path, first, action, whole) in SHOWN.items():
                wait(base + path.partition("#")[0])
                tab = browser.tab()
                tab.go(base + path)
                tab.wait(first)
                tab.ask(action)
                tab.wait(whole)
                time.sleep(2)  # pictures are drawn after they are there
                tab.picture(folder / "shot.png")
                image = Image.open(io.BytesIO((folder / "shot.png").read_bytes())).convert("RGB")
                image.quantize(128).save(ROOT / f"docs/{shown}.png", optimize=True)
        finally:
            browser.close()
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
