"""The formulas of corpus.txt."""

from __future__ import annotations

from pathlib import Path

_LINES = (Path(__file__).parent / "corpus.txt").read_text(encoding="utf-8").splitlines()
CORPUS = [line for line in _LINES if line and line[0] not in "%#"]
