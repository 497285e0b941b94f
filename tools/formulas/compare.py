"""Compares our formulas with those of MathJax, which lecturers know: symbols in order, widths, pictures side by side.

    .venv/bin/python tools/formulas/compare.py [FOLDER OR GIT DIRECTORY OF A BOOK ...]

reads tests/formulas/corpus.txt and as many formulas of the books as make up 1,000, and writes into _build/formulas a
contact sheet (index.html) and report.json. Without Node or npm nothing is compared, and that is said.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from books import some_of
from mathjax import NoMathJaxError, Rendered, rendered
from sheet import contact_sheet
from symbols import of_mathml, of_office, of_typst

from builder.typeset.math.formulas import Formula, Formulas
from builder.typeset.math.setting import FORMULA_RULES

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "_build" / "formulas"
CORPUS = ROOT / "tests" / "formulas" / "corpus.txt"
IN_ALL = 1_000
FRACTION_EDGES = 0.25
"""Space in em that MathJax puts beside the rule of a fraction, and Typst does not."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One formula: the symbols in each form, '' where there is none, and what differs."""

    latex: str
    mathjax: str
    typst: str
    office: str
    widths_em: tuple[float, float]
    problem: str
    mathjax_error: str

    @property
    def verdict(self) -> str:
        """In a word, the worst that is to be said."""
        if self.mathjax_error:
            return "not known to MathJax"
        if self.problem:
            return "not set"
        if self.mathjax != self.typst:
            return "other symbols"
        if self.office not in ("", self.mathjax):
            return "other symbols in Office math"
        theirs, ours = self.widths_em
        edges = FRACTION_EDGES * self.latex.count("frac")
        tagged = re.search(r"\\tag|\\label|multline|flalign", self.latex)
        if not tagged and not -0.06 - 0.015 * theirs <= theirs - ours <= edges + 0.06 + 0.015 * theirs:
            return "other width"
        return "alike"


def main(places: list[str]) -> int:
    """Compare; returns 1 when symbols differ in more than one formula of two hundred."""
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line and line[0] not in "%#"]
    asked += some_of([Path(place) for place in places], IN_ALL - len(asked))
    try:
        theirs = rendered(asked, OUT / "mathjax")
    except NoMathJaxError as reason:
        print(f"skipped: {reason}")
        return 0
    ours = converted(asked)
    found = [compared(*one) for one in zip(asked, theirs, ours, trees(ours), strict=True)]
    verdicts = {one.verdict: sum(other.verdict == one.verdict for other in found) for one in found}
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "report.json").write_text(
        json.dumps(
            {"verdicts": verdicts, "formulas": [asdict(one) | {"verdict": one.verdict} for one in found]},
            ensure_ascii=False,
            indent=1,
        ),
        encoding="utf-8",
    )
    contact_sheet(
        [(one.verdict, one.latex, their.svg, our.typst) for one, their, our in zip(found, theirs, ours, strict=True)],
        OUT,
    )
    print(f"{len(found)} formulas: " + ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items())))
    print(f"The contact sheet is {OUT / 'index.html'}.")
    differing = sum(count for verdict, count in verdicts.items() if verdict.startswith("other symbols"))
    return int(differing * 200 > len(found))


def converted(asked: list[str]) -> list[Formula]:
    """Each formula as the builder converts it, with its own macros only."""
    formulas = Formulas()
    plain = [Formulas(formulas.known).plain(latex) for latex in asked]
    formulas.add(plain)
    return [formulas.known[latex] for latex in plain]


def trees(formulas: list[Formula]) -> list[object]:
    """The content of each formula as Typst's compiler reports it, which does not see into what depends on its place."""
    texts = [_LAP.sub(r"\1 ", formula.typst) for formula in formulas]
    source = FORMULA_RULES + "\n".join(f"#metadata($ {text} $)<formula>" for text in texts)
    found = typst.Compiler(source.encode(), ignore_system_fonts=True).query("<formula>", field="value")
    return list(json.loads(found) if isinstance(found, str) else found)


_LAP = re.compile(r"#context \{ let lap\(it\) = [^;]*; lap\(\$(.*?)\$\) \};")


def compared(latex: str, theirs: Rendered, ours: Formula, tree: object) -> Comparison:
    """A formula in all forms."""
    return Comparison(
        latex, "" if theirs.error else of_mathml(theirs.mathml), of_typst(tree), of_office(ours.omml),
        (round(theirs.width_em, 2), round(ours.width_em, 2)), ours.problem, theirs.error,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
