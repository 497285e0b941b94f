"""Formulas → runs of text, as programs show them that know no Office math."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.deck.model import Run, Runs
from builder.typeset.math.formulas import Formulas


def without_math(runs: Runs) -> Runs:
    """``runs`` with the line of Unicode of each formula."""
    return tuple(replace(run, math="", italic=True) if run.math else run for run in runs)


def as_text(runs: Runs, formulas: Formulas) -> Runs:
    """``runs`` with formulas as text, in which what stands below and above the line does so."""
    return tuple(part for run in runs for part in (scripted(run, formulas) if run.math else (run,)))


def scripted(run: Run, formulas: Formulas) -> Iterator[Run]:
    """Yield the parts of a formula as text."""
    parts = formulas.in_scripts(run.math) if run.text == formulas.text(run.math) else [(run.text, "")]
    for words, mark in parts:
        yield replace(run, math="", italic=True, text=words, sub=mark == "_", sup=mark == "^")
