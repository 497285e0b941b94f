"""LaTeX formulas → Typst and OMML, in one batch by pandoc (its texmath), cached by formula.

Both come from one run each over all formulas that are not known yet, so a book costs two processes.
"""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from builder.store.limits import FORMULA_DEPTH, FORMULA_LETTERS, FORMULA_SCRIPTS, PANDOC_SECONDS
from builder.store.records import read_pickle, write_pickle
from builder.store.stamps import package_stamp
from builder.typeset.math import setting
from builder.typeset.math.diagrams import without_diagrams
from builder.typeset.math.environments import GAP_ROW
from builder.typeset.math.latex import as_typst, for_office
from builder.typeset.math.letters import dress, without_marks
from builder.typeset.math.linear import in_scripts, linear
from builder.typeset.math.macros import ExpansionError, Macros
from builder.typeset.math.mathtools import with_texts_between
from builder.typeset.math.meaning import may_break
from builder.typeset.math.office import OMML_NAMESPACE, repaired
from builder.typeset.math.rows import with_equations_in_rows
from builder.typeset.math.setting import refused, sizes
from builder.typeset.math.spans import has_rules, has_spans
from builder.typeset.math.speech import spoken
from builder.typeset.math.texts import without_comments
from builder.typeset.math.verbatim import restored, top_level
from builder.typeset.pandoc import run_pandoc

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NESTING = re.compile(
    r"(?P<open>\\begin\s*\{[^}]*\}|\\left(?![a-zA-Z])\s*\\?.|[{(\[])|(?P<close>\\end\s*\{[^}]*\}|\\right(?![a-zA-Z])\s*\\?.|[})\]])"
    r"|(?P<scripts>(?:[\^_]\s*)+)|\\[a-zA-Z]+|(?P<letter>\\.|\S)",
    re.DOTALL,
)
NOTHING = "#h(0em)"
"""What Typst sets for a formula, or a cell of one, that shows nothing."""
_DOLLARS = re.compile(r"^\$\s?(?P<body>.*?)\s?\$$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula. ``typst`` is the inside of ``$...$``; ``omml`` an ``m:oMath`` element; both '' when not convertible.

    The sizes are in em of its text size. ``is_pictured`` is true where Office math lacks some of it, so that a slide
    shows its picture.
    """

    latex: str
    typst: str
    omml: str
    width_em: float = 0
    height_em: float = 0
    depth_em: float = 0
    problem: str = ""
    is_pictured: bool = False

    @property
    def in_line(self) -> str:
        """``typst`` for a place in a line of text, where rows are a grid."""
        rows = top_level(self.typst, "\\ ")
        if len(rows) == 1:
            return self.typst
        shown = [row for row in rows if not row.strip().startswith(GAP_ROW)]
        cells = ("&".join(f"display({cell.strip() or NOTHING})" for cell in top_level(row, "&")) for row in shown)
        return f"mat(delim: #none, column-gap: #0em, row-gap: #0.5em, {'; '.join(cells)})"


@dataclass(slots=True)
class Formulas:
    """All formulas of a book, by their LaTeX text; ``language`` is the book's."""

    known: dict[str, Formula] = field(default_factory=dict)
    macros: Macros = field(default_factory=Macros)
    language: str = "en"

    def __getitem__(self, latex: str) -> Formula:
        plain = self.plain(latex)
        if plain not in self.known:
            self.add([latex])
        return self.known[plain]

    def plain(self, latex: str) -> str:
        """``latex`` without the macros of the project; for one that is too much, its problem is recorded."""
        latex = without_comments(latex)
        problem = too_much(latex)
        try:
            expanded = latex if problem else self.macros.expand(self.macros.define(latex))
            plain = latex if problem else simplified(expanded)
            problem = problem or too_much(plain)
        except ExpansionError as error:
            plain, problem = latex, str(error)
        if problem:
            plain = plain[: FORMULA_LETTERS.most]
            self.known[plain] = Formula(plain, "", "", problem=problem)
        return plain

    def text(self, latex: str) -> str:
        """A formula in one line of Unicode."""
        return linear(self.plain(latex))

    def in_scripts(self, latex: str) -> list[tuple[str, str]]:
        """The parts of that line, each with ``_`` or ``^`` where it stands below or above the others."""
        return in_scripts(self.plain(latex))

    def may_break(self, latex: str) -> bool:
        """True for a formula in text that lines may end in."""
        return may_break(self.plain(latex))

    def spoken(self, latex: str) -> str:
        """Return how one says a formula in the book's language; a space for one that shows nothing, since a PDF for
        all readers takes no formula without words.
        """
        return spoken(self.plain(latex), self.language) or " "

    def add(self, formulas: Iterable[str]) -> bool:
        """Convert the formulas that are not cached; returns whether there were any."""
        new = self.unknown(formulas)
        self.take(convert(new))
        return bool(new)

    def unknown(self, formulas: Iterable[str]) -> list[str]:
        """The formulas that are not cached, without the macros of the project."""
        return sorted({self.plain(latex) for latex in formulas} - self.known.keys())

    def keep(self, formulas: Iterable[str]) -> None:
        """Forget all formulas but these."""
        wanted = {self.plain(latex) for latex in formulas}
        self.known = {plain: formula for plain, formula in self.known.items() if plain in wanted}

    def take(self, converted: Iterable[Formula]) -> None:
        """Cache formulas that were converted."""
        self.known.update((formula.latex, formula) for formula in converted)


def load(path: Path) -> Formulas:
    """Formulas cached by an earlier build; none when the file is missing or from another version."""
    return Formulas(read_pickle(path, package_stamp()) or {})


def save(formulas: Formulas, path: Path) -> None:
    """Cache ``formulas`` for the next build."""
    write_pickle(path, formulas.known, package_stamp())


@lru_cache(maxsize=4096)
def simplified(latex: str) -> str:
    """A formula in what pandoc knows; each is asked for by the book, its slides and the words for those who hear it."""
    return with_texts_between(without_diagrams(with_equations_in_rows(latex)))


@lru_cache(maxsize=4096)
def too_much(latex: str) -> str:
    """Why a formula is not given to pandoc (it is so long, or nested so deep, that it would take too long), or ''."""
    if len(latex) > FORMULA_LETTERS.most:
        return f"it is longer than {FORMULA_LETTERS}"
    scripts, pending = (
        [0],
        [0],
    )  # of each open group: the scripts it stands in, and whether a script waits for its group
    for match in _NESTING.finditer(latex):
        if match["scripts"]:
            pending[-1] = len(match["scripts"].replace(" ", ""))
        elif match["close"]:
            if len(scripts) > 1:
                scripts.pop()
                pending.pop()
        elif match["open"]:
            is_group = match["open"].startswith(("{", "\\"))
            scripts.append(scripts[-1] + pending[-1] * is_group)
            pending.append(0)
        elif match["letter"]:
            pending[-1] = 0
        if scripts[-1] + pending[-1] > FORMULA_SCRIPTS.most:
            return f"it has scripts of scripts over more than {FORMULA_SCRIPTS}"
        if len(scripts) > FORMULA_DEPTH.most:
            return f"it is nested over more than {FORMULA_DEPTH}"
    return ""


def convert(formulas: list[str]) -> list[Formula]:
    """Typst and OMML for each formula, or the ``problem``; one that a program fails on spoils no other."""
    if not formulas:
        return []
    try:
        return converted(formulas)
    except Exception:
        if len(formulas) == 1:
            return [Formula(formulas[0], "", "", problem=f"pandoc does not convert it within {PANDOC_SECONDS}")]
        half = len(formulas) // 2
        return convert(formulas[:half]) + convert(formulas[half:])


def converted(formulas: list[str]) -> list[Formula]:
    """Typst and OMML for each formula, all from one run of pandoc for each form.

    Raises:
        subprocess.TimeoutExpired, subprocess.CalledProcessError, etree.XMLSyntaxError: pandoc does not end, fails, or
            writes what is nested too deep.
    """
    prepared = [for_office(latex) for latex in formulas]
    document = _pandoc_document(prepared)
    typst_texts, problems = _typst_of(formulas, prepared)
    omml = _to_omml(document, len(formulas))
    measured = sizes(typst_texts)
    return [
        Formula(
            latex,
            body,
            office if body and not has_spans(latex) else "",
            size.width,
            size.height,
            size.depth,
            problem,
            has_spans(latex) or has_rules(latex),
        )
        for latex, body, office, size, problem in zip(formulas, typst_texts, omml, measured, problems, strict=True)
    ]


def _typst_of(formulas: list[str], plain: list[str]) -> tuple[list[str], list[str]]:
    """Typst text and problem of each formula.

    One that fails with its spaces and classes is set from its ``plain`` LaTeX.
    """
    texts, problems = _set([as_typst(latex) for latex in formulas])
    failed = [index for index, text in enumerate(texts) if not text]
    if failed:
        again, reasons = _set([without_marks(plain[index]) for index in failed])
        for index, text, reason in zip(failed, again, reasons, strict=True):
            texts[index], problems[index] = text, reason
    return texts, problems


def _set(prepared: list[str]) -> tuple[list[str], list[str]]:
    """Typst text of each prepared formula, '' with a problem for one that pandoc or Typst refuses."""
    texts, problems = _to_typst(_pandoc_document(prepared), prepared)
    for index in refused(texts):
        texts[index], problems[index] = "", "Typst cannot set it"
    return texts, problems


def _pandoc_document(formulas: list[str]) -> bytes:
    blocks = [{"t": "Para", "c": [{"t": "Math", "c": [{"t": "DisplayMath"}, latex or r"\,"]}]} for latex in formulas]
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}).encode()


def _run_pandoc(document: bytes, *arguments: str) -> tuple[bytes, str]:
    return run_pandoc(document, "--from", "json", *arguments, seconds=PANDOC_SECONDS.most)


def _to_typst(document: bytes, formulas: list[str]) -> tuple[list[str], list[str]]:
    """Typst text and problem of each formula. A failing one comes back as escaped text, not as ``$...$``."""
    out, errors = _run_pandoc(document, "--to", "typst", "--wrap", "none")
    texts = [part.strip() for part in re.split(r"\n\s*\n", out.decode().strip())]
    if len(texts) != len(formulas):
        return _one_by_one(formulas)
    reasons = re.findall(r"Could not convert TeX math .*?(?=\[WARNING\]|\Z)", errors, re.DOTALL)
    results, problems = [], []
    for text in texts:
        match = _DOLLARS.match(text) if not text.startswith(r"\$") else None
        results.append(restored(renamed(match["body"])) or NOTHING if match else "")
        problems.append("" if match else _reason(reasons.pop(0) if reasons else errors))
    return results, problems


_RENAMED = {
    "sect": "inter", "section": "§", "natural": "♮", "bracket.l.double": "⟦", "bracket.r.double": "⟧",
    **{
        f"{name}.circle": f"{name}.o"
        for name in ("times", "minus", "dot", "plus", "convolve", "ast", "dash", "compose")
    },
}  # fmt: skip
"""Names of symbols that pandoc writes and Typst has given up since, or that the printed book's template has for others
→ what is written instead."""
_NAME = re.compile(rf'"(?:\\.|[^"\\])*"|(?<![a-zA-Z\d.])({"|".join(map(re.escape, _RENAMED))})(?![a-zA-Z\d])')


def renamed(typst_text: str) -> str:
    """A formula with the names of symbols that Typst has now, texts in it as they are."""
    return _NAME.sub(lambda match: _RENAMED[match[1]] if match[1] else match[0], typst_text)


def _one_by_one(formulas: list[str]) -> tuple[list[str], list[str]]:
    if len(formulas) == 1:
        return [""], ["it is empty or has a blank line"]
    results, problems = [], []
    for latex in formulas:
        texts, reasons = _to_typst(_pandoc_document([latex]), [latex])
        results += texts
        problems += reasons
    return results, problems


def _reason(warning: str) -> str:
    lines = [line.strip() for line in warning.splitlines() if "unexpected" in line]
    return lines[0] if lines else "it is not LaTeX math that can be converted"


def _to_omml(document: bytes, count: int) -> list[str]:
    """The ``m:oMath`` of each formula; '' for none, and for one nested deeper than office programs read."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "formulas.docx"
        _run_pandoc(document, "--to", "docx", "--output", str(target))
        archive = zipfile.ZipFile(BytesIO(target.read_bytes()))
        content = archive.read("word/document.xml")
    body = etree.fromstring(content, etree.XMLParser(huge_tree=True, resolve_entities=False))
    paragraphs = body.findall(f".//{{{WORD_NAMESPACE}}}body/{{{WORD_NAMESPACE}}}p")
    found = [paragraph.find(f".//{{{OMML_NAMESPACE}}}oMath") for paragraph in paragraphs]
    return [_office_text(math) for math in found[:count]] + [""] * (count - len(found))


def _office_text(math: Any) -> str:
    """An ``m:oMath`` as text; '' for none, and for one that is nested too deep to be read again."""
    if math is None:
        return ""
    math.tail = None
    dress(math)
    repaired(math)
    etree.cleanup_namespaces(math)
    text = etree.tostring(math, encoding="unicode")
    try:
        etree.fromstring(f"{'<x>' * ROUND_A_FORMULA}{text}{'</x>' * ROUND_A_FORMULA}")
    except etree.XMLSyntaxError:
        return ""
    return text


ROUND_A_FORMULA = 24
"""Elements that a formula stands in on a slide, at most."""


def pictures(
    wanted: Iterable[tuple[str, float]], formulas: Formulas, colour: str = "#000000", faces: Sequence[Path] = ()
) -> dict[tuple[str, float], bytes]:
    """A PNG of each formula at its size in points, in ``colour`` on nothing, from one run of Typst; ``faces`` are files
    of fonts for letters that those of formulas lack.

    A formula that Typst cannot draw has none.
    """
    keys = [key for key in dict.fromkeys(wanted) if formulas[key[0]].typst]
    drawn = setting.pictures([(formulas[latex].typst, size) for latex, size in keys], colour, faces)
    found = {(latex, size): drawn.get((formulas[latex].typst, size)) for latex, size in keys}
    return {key: picture for key, picture in found.items() if picture is not None}
