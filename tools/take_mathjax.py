"""Take the files of MathJax that the web book shows formulas with, from its packages on the npm registry.

``python tools/take_mathjax.py 4.1.3`` replaces those in ``src/builder/web/offline/mathjax``, but for ``start.js``. Left
out are the fonts as SVG, other inputs, and MathJax's own speech, whose rules alone are as large as all that is taken:
the book says its formulas itself.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

TARGET = Path(__file__).parents[1] / "src/builder/web/offline/mathjax"
FONT = "mathjax-newcm-font"
CHEMISTRY = "mathjax-mhchem-font-extension"
TAKEN = {
    "mathjax": {
        "LICENSE": "LICENSE",
        "tex-mml-chtml.js": "tex-mml-chtml.js",
        "input/tex/extensions": "input/tex/extensions",
        "a11y/assistive-mml.js": "a11y/assistive-mml.js",
    },
    f"@mathjax/{FONT}": {"chtml/woff2": f"fonts/{FONT}/chtml/woff2", "chtml/dynamic": f"fonts/{FONT}/chtml/dynamic"},
    f"@mathjax/{CHEMISTRY}": {"chtml": f"fonts/{CHEMISTRY}/chtml", "chtml.js": f"fonts/{CHEMISTRY}/chtml.js"},
}
"""Package → its files and folders, and where they lie here."""


def take(package: str, version: str, folder: Path) -> None:
    """Copy what is taken of a package, which npm brings into ``folder``."""
    command = ["npm", "pack", "--silent", f"{package}@{version}"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
    unpacked = folder / Path(name).stem
    with tarfile.open(folder / name) as archive:
        archive.extractall(unpacked, filter="data")
    for source, target in TAKEN[package].items():
        found, place = unpacked / "package" / source, TARGET / target
        place.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(found, place)
        else:
            shutil.copyfile(found, place)


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        for one in TAKEN:
            take(one, sys.argv[1], Path(scratch))
