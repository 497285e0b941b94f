"""MathJax 4 in Node: formulas as MathML and SVG."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("@mathjax/src@4", "@mathjax/mathjax-mhchem-font-extension@4")
SCRIPT = Path(__file__).with_name("mathjax.mjs")
_ERROR = re.compile(r'data-mjx-error="(.*?)"')
_SIZE = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


class NoMathJaxError(Exception):
    """Why there is no MathJax here."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One formula as MathJax sets it; sizes in em of its text, ``error`` '' where it knows all commands."""

    mathml: str
    svg: str
    width_em: float
    error: str


def rendered(formulas: list[str], folder: Path) -> list[Rendered]:
    """Each formula as MathJax sets it, installed into ``folder`` by npm where it is not yet.

    Raises:
        NoMathJaxError: Node or npm is missing, or npm finds no package.
    """
    install(folder)
    shutil.copy(SCRIPT, folder / SCRIPT.name)
    done = subprocess.run(
        ["node", SCRIPT.name], input=json.dumps(formulas).encode(), cwd=folder, capture_output=True, check=True
    )
    return [_rendered(found) for found in json.loads(done.stdout)]


def install(folder: Path) -> None:
    """Install MathJax into a folder."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NoMathJaxError(f"{program} is not installed here")
    if (folder / "node_modules" / "@mathjax" / "src").is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", *PACKAGES], cwd=folder, capture_output=True, check=False
    )
    if done.returncode:
        raise NoMathJaxError(f"npm does not install MathJax: {done.stderr.decode(errors='replace')[-300:]}")


def _rendered(found: dict[str, str]) -> Rendered:
    size = _SIZE.search(found["svg"])
    inside = _ERROR.search(found["mathml"])
    error = found["error"] or (inside[1] if inside else "")
    if not error and re.search(r'<mtext[^>]*mathcolor="red"[^>]*>\\', found["mathml"]):
        error = "a command that it does not know"
    return Rendered(found["mathml"], found["svg"], float(size[1]) / 1000 if size else 0.0, error)
