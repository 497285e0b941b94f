"""Writes docs/serve.png and docs/presenter.png: a chapter beside its slide, and the presenter view, as `builder serve`
shows them.

Run it after a change of these pages or of what slides look like: ``python tools/make_serve_pictures.py``. Needs
Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from make_picture import CHROMIUM
from PIL import Image

ROOT = Path(__file__).parent.parent
PORT = 8791
SIZE = 1500, 773
ADDRESSES = {"serve": "06-machine.html#a-death-at-taiga", "presenter": "-/present/lecture-3#17"}
"""Picture → what it shows: the section of a chapter whose slide stands beside it, a slide of a deck."""
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


def picture(address: str, target: Path, folder: Path) -> None:
    """Write what a browser shows at an address, once all of its requests are answered."""
    shot = folder / "shot.png"
    browser = [part for part in CHROMIUM if not part.startswith("--window-size")]
    wishes = [f"--window-size={SIZE[0]},{SIZE[1]}", "--virtual-time-budget=8000", f"--user-data-dir={folder}/chromium"]
    command = [*browser, *wishes, f"--screenshot={shot}", address]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    Image.open(shot).convert("RGB").quantize(128).save(target, optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "book"
        shutil.copytree(ROOT, book, ignore=shutil.ignore_patterns("_build", ".*", "tests"))
        base = f"http://127.0.0.1:{PORT}/"
        command = [sys.executable, "-m", "builder", "serve", "--port", str(PORT), "--no-open"]
        server = subprocess.Popen(command, cwd=book, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait(f"{base}-/slides/lecture-3/17.png")
            for shown, path in ADDRESSES.items():
                wait(base + path.partition("#")[0])
                picture(base + path, ROOT / f"docs/{shown}.png", folder)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
