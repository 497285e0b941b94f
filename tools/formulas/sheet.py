"""A page of HTML with each formula as MathJax sets it and as we do, those that differ first."""

from __future__ import annotations

from html import escape
from pathlib import Path

import typst

from builder.typeset.math.setting import FORMULA_RULES

STYLE = """
body { font: 14px sans-serif; margin: 24px; }
section { display: grid; grid-template-columns: 24px 1fr 1fr 1fr; gap: 12px; align-items: center; padding: 6px 0; }
section { border-top: 1px solid #ddd; }
code { font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
svg, img { max-width: 100%; }
h2 { margin: 32px 0 8px; }
svg line { stroke: #000; stroke-width: 50px; }
svg rect[data-frame] { stroke: #000; stroke-width: 50px; fill: none; }
svg .mjx-dashed { stroke-dasharray: 140; }
"""
PAGE = f"{FORMULA_RULES}#set page(width: auto, height: auto, margin: 2pt, fill: none)\n#set text(14pt)\n"


def contact_sheet(formulas: list[tuple[str, str, str, str]], folder: Path) -> None:
    """Write index.html with each (verdict, LaTeX, MathJax's SVG, our Typst text), and our pictures beside it."""
    pages = "\n".join(f"#page[$ {text} $]" for *_, text in formulas)
    drawn = typst.compile(f"{PAGE}{pages}".encode(), format="svg", ignore_system_fonts=True)
    pictures = drawn if isinstance(drawn, list) else [drawn]
    (folder / "ours").mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(pictures):
        (folder / "ours" / f"{number}.svg").write_bytes(picture)
    out = [f"<!doctype html><meta charset='utf-8'><title>Formulas</title><style>{STYLE}</style><h1>MathJax and we</h1>"]
    verdicts = dict.fromkeys(
        sorted({verdict for verdict, *_ in formulas}, key=lambda verdict: (verdict == "alike", verdict))
    )
    for verdict in verdicts:
        chosen = [(number, latex, svg) for number, (own, latex, svg, _) in enumerate(formulas) if own == verdict]
        out.append(f"<h2>{escape(verdict)}: {len(chosen)}</h2>")
        out += [
            f"<section><small>{number}</small><code>{escape(latex)}</code><div>{svg}</div>"
            f"<div><img src='ours/{number}.svg'></div></section>"
            for number, latex, svg in chosen
        ]
    (folder / "index.html").write_text("\n".join(out), encoding="utf-8")
