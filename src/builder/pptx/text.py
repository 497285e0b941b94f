"""Runs and paragraphs → DrawingML text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from roman_numerals import RomanNumeral

from builder.deck.formulas_as_text import scripted
from builder.deck.lines import SPACE_BETWEEN, Typeface, indent_of, marker_of, marker_width, small_size
from builder.deck.model import Paragraph, Run, Runs, points_of
from builder.deck.scripts import EAST_ASIAN, by_script, direction
from builder.pptx.package.namespaces import URIS
from builder.pptx.xml import A14, attribute, emu, solid
from builder.store.text import escaped
from builder.typeset.math.formulas import Formulas
from builder.typeset.math.office import OMML_NAMESPACE
from builder.typeset.measure import whole_points
from builder.typeset.scripts import runs_from_right

CODE_FONT = "Courier New"
MATH_FONT = "Cambria Math"
AS_TEXT = (
    '<a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext>'
)
"""Says that a link has the colour of its run, and not that of the theme (MS-ODRAWXML, 2.3.3)."""


@dataclass(frozen=True, slots=True)
class TextContext:
    """The surroundings of a text: language, formulas, measures, and its links (address → relationship id).

    ``ink`` is the colour of formulas where text has that of its place in the template.
    """

    lang: str
    formulas: Formulas
    typeface: Typeface
    link: Callable[[str], tuple[str, bool] | None]
    math_as_text: bool = False
    ink: str = "tx1"
    link_ink: str = ""
    """The colour of links, ``RRGGBB``, where the theme's own cannot be read on the ground; '' for that of the theme."""


def size_attribute(size: float) -> str:
    """``sz`` with a blank before it, in whole points, at which PowerPoint paints whatever is written; '' for 0."""
    return f' sz="{round(whole_points(size) * 100)}"' if size else ""


def run_properties(run: Run, context: TextContext, size: float = 0, colour: str = "", tag: str = "a:rPr") -> str:
    """``a:rPr`` of a run; ``size`` 0 inherits."""
    attributes = f" lang={attribute(run.lang or context.lang)}"
    if size:
        attributes += size_attribute(small_size(size) if run.small else size)
    for flag, value in (
        (run.bold, ' b="1"'),
        (run.italic, ' i="1"'),
        (run.underline, ' u="sng"'),
        (run.strike, ' strike="sngStrike"'),
    ):
        attributes += value if flag else ""
    if run.smallcaps:
        attributes += ' cap="small"'
    if run.sub or run.sup:
        attributes += f' baseline="{-25000 if run.sub else 30000}"'
    link = context.link(run.link) if run.link else None
    ink = run.colour or (context.link_ink if link is not None else "") or colour
    inside = solid(ink) if ink else ""
    if run.lang[:2] in EAST_ASIAN:
        attributes += f" altLang={attribute(context.lang)}"
    if run.code:
        inside += f'<a:latin typeface="{CODE_FONT}"/><a:cs typeface="{CODE_FONT}"/>'
    if link is not None:
        relationship, inside_deck = link
        action = ' action="ppaction://hlinksldjump"' if inside_deck else ""
        own = f"<a:extLst>{AS_TEXT}</a:extLst>" if context.link_ink else ""
        click = f'<a:hlinkClick r:id="{relationship}"{action}'
        inside += f"{click}>{own}</a:hlinkClick>" if own else f"{click}/>"
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def text_run(run: Run, context: TextContext, size: float = 0, colour: str = "") -> str:
    """``a:r``, or ``a14:m`` for a formula."""
    if run.math:
        formula = context.formulas[run.math]
        if formula.omml and not context.math_as_text:
            math = office_math(formula.omml, size, context.lang, run.colour or colour or context.ink)
            return f'<a14:m xmlns:a14="{A14}">{math}</a14:m>'
        way = from_left if runs_from_right(context.lang) else str
        return "".join(
            plain_run(replace(part, text=way(part.text)), context, size, colour)
            for part in scripted(run, context.formulas)
        )
    return plain_run(run, context, size, colour)


def plain_run(run: Run, context: TextContext, size: float, colour: str) -> str:
    """``a:r`` with the words of a run."""
    return f"<a:r>{run_properties(run, context, size, colour)}<a:t>{escaped(run.text)}</a:t></a:r>"


LEFT_TO_RIGHT = "\u200e"


def from_left(words: str) -> str:
    """``words`` between marks that have signs at their ends run from the left, whatever their line does."""
    return f"{LEFT_TO_RIGHT}{words}{LEFT_TO_RIGHT}"


def office_math(omml: str, size: float = 0, lang: str = "en-US", colour: str = "tx1") -> str:
    """OMML with the math font and a colour set on each run, which PowerPoint needs."""
    root = etree.fromstring(omml)
    for run in root.iter(f"{{{OMML_NAMESPACE}}}r"):
        properties = etree.fromstring(
            f'<a:rPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" lang="{lang}"'
            + size_attribute(size)
            + f'>{solid(colour)}<a:latin typeface="{MATH_FONT}"/>'
            f'<a:ea typeface="{MATH_FONT}"/></a:rPr>'
        )
        own = run.find(f"{{{OMML_NAMESPACE}}}rPr")
        with_looks(properties, run)
        run.insert(0 if own is None else 1, properties)
    return etree.tostring(root, encoding="unicode")


def with_looks(properties: Any, run: Any) -> None:
    """Give properties of text the looks that a run of a formula has by itself: its weight, slant and colour."""
    own = run.find(f"{{{URIS['a']}}}rPr")
    if own is None:
        return
    run.remove(own)
    for name, value in own.attrib.items():
        properties.set(name, value)
    for fill in own:
        properties.replace(properties[0], fill)


@dataclass(frozen=True, slots=True)
class _Format:
    """How a paragraph is set: attributes of ``a:pPr``, its bullet, the room before it in points, the colour of text,
    where it stands (``left``, ``center``, ``right``, ``start``; '' as all text does) and the ``way`` that it runs
    whatever its letters are.
    """

    attributes: str
    bullet: str
    before: float = 0.0
    colour: str = ""
    align: str = ""
    way: str = ""


FLUSH = ' marL="0" indent="0"'
UNLISTED = f"<a:pPr{FLUSH}><a:buNone/></a:pPr>"
"""Of a paragraph that is no item of a list, though its placeholder is one for lists."""


def plain_paragraph(runs: Runs, context: TextContext, size: float = 0, *, colour: str = "", align: str = "") -> str:
    """A paragraph without bullet."""
    return _paragraph(runs, context, size, _Format(FLUSH, "<a:buNone/>", colour=colour, align=align))


def code_paragraph(runs: Runs, context: TextContext, size: float, hang: float = 0.0) -> str:
    """A line of code, which runs from the left whatever its letters are, ``hang`` points further in."""
    return _paragraph(runs, context, size, _Format(f' marL="{emu(hang)}" indent="0"', "<a:buNone/>", way="ltr"))


def _paragraph(runs: Runs, context: TextContext, size: float, look: _Format) -> str:
    spacing = (
        f'<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="{round(look.before * 100)}"/></a:spcBef>'
    )
    attributes = look.attributes + side(look, runs, from_right=runs_from_right(context.lang))
    body = "".join(text_run(run, context, size, look.colour) for run in in_words(by_script(runs, context.lang)))
    end = f"<a:endParaRPr lang={attribute(context.lang)}{size_attribute(size)}/>"
    return f"<a:p><a:pPr{attributes}>{spacing}{look.bullet}</a:pPr>{body}{end}</a:p>"


_WORD_OF_LINK = re.compile(r"\s*\S+\s*")
SHORT_LINK = 16
"""Letters of a link, such as the number of a figure, that need not be broken."""


def in_words(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield ``runs``, long links in their words: LibreOffice breaks no line in a link, but moves it and cuts its words;
    other programs take neighbours that lead to one place as one link.
    """
    for run in runs:
        words = _WORD_OF_LINK.findall(run.text) if run.link and len(run.text) > SHORT_LINK else []
        yield from (replace(run, text=word) for word in words) if words and not run.math else (run,)


def side(look: _Format, runs: Runs, *, from_right: bool) -> str:
    """Attributes of ``a:pPr`` that say where a paragraph begins and which way it runs, in a deck that runs
    ``from_right`` or not; '' where it does as its deck. ``marL`` is measured from where lines begin.
    """
    way = look.way or direction(runs, from_right=from_right)
    begins = {"ltr": "l", "rtl": "r"}[way]
    aligned = {"left": "l", "center": "ctr", "right": "r", "start": begins}.get(look.align, "")
    if way == "rtl" or from_right:
        return f' algn="{aligned or begins}" rtl="{int(way == "rtl")}"'
    return f' algn="{aligned}"' if aligned else ""


def paragraphs(
    items: Iterable[Paragraph],
    context: TextContext,
    size: float,
    *,
    inherited: float = 0.0,
    room: tuple[float, float] = (0.0, 0.0),
) -> str:
    """Bullets and plain paragraphs at a body ``size``.

    In a body placeholder the template's own bullets are ``inherited``, and its sizes at this natural one; elsewhere
    (0), or when scaled, they are written out, since a request to shrink is not obeyed on opening. ``room`` is the
    space in points before the first, for text that follows a heading in its box, and the space before each further
    point of the highest level, besides the usual.
    """
    listed = list(items)
    above, air = room
    points = points_of(listed)
    explicit = not inherited
    marker = marker_width(listed, size, context.typeface)
    out = []
    for index, paragraph in enumerate(listed):
        indent = indent_of(paragraph, size, marker)
        written = indent.size if explicit or size != inherited else 0.0
        before = indent.size * context.typeface.pitch_of(paragraph.runs) * SPACE_BETWEEN if index else above
        before += air if index and index in points else 0.0
        attributes, bullet = "", ""
        way = "rtl" if paragraph.level and runs_from_right(context.lang) else ""
        if paragraph.continues:
            level = f' lvl="{paragraph.level - 1}"' if paragraph.level > 1 else ""
            attributes, bullet = f' marL="{emu(indent.text)}"{level} indent="0"', "<a:buNone/>"
        elif paragraph.level:
            attributes = f' lvl="{paragraph.level - 1}"' if paragraph.level > 1 else ""
            if explicit or written or paragraph.number or paragraph.sign or direction(paragraph.runs) == "rtl":
                attributes = f' marL="{emu(indent.text)}"{attributes} indent="{-emu(indent.text - indent.bullet)}"'
            bullet = _bullet(paragraph, explicit)
        else:
            attributes, bullet = ' marL="0" indent="0"', "<a:buNone/>"
        out.append(_paragraph(paragraph.runs, context, written, _Format(attributes, bullet, before, way=way)))
    return "".join(out)


AS_LARGE = '<a:buSzPct val="100000"/>'
"""Bullets and numbers are as large as their text, whatever a template has for its own."""


def _bullet(paragraph: Paragraph, explicit: bool) -> str:
    if paragraph.number:
        kind, start = _numbering(paragraph.number, roman=paragraph.roman)
        colour = f'<a:buClr><a:schemeClr val="accent1_text"/></a:buClr>{AS_LARGE}<a:buFont typeface="+mj-lt"/>'
        return f'{colour}<a:buAutoNum type="{kind}" startAt="{start}"/>'
    if not (explicit or paragraph.sign):
        return ""
    char, colour = marker_of(paragraph)
    colour = f'<a:buClr><a:schemeClr val="{colour}"/></a:buClr>{AS_LARGE}'
    return f'{colour}<a:buFont typeface="Arial"/><a:buChar char="{char}"/>'


def _numbering(mark: str, *, roman: bool) -> tuple[str, int]:
    """``3.`` → (``arabicPeriod``, 3); ``b)`` → (``alphaLcParenR``, 2); ``(iv)`` → (``romanLcParenBoth``, 4)."""
    body = mark.strip("().")
    suffix = "ParenBoth" if mark.startswith("(") else "ParenR" if mark.endswith(")") else "Period"
    if body.isdigit():
        return f"arabic{suffix}", min(max(int(body), 1), LARGEST_START)
    case = "Lc" if body.islower() else "Uc"
    if roman:
        return f"roman{case}{suffix}", int(RomanNumeral.from_string(body.upper()))
    value = 0
    for letter in body.upper():
        value = value * 26 + ord(letter) - 64
    return f"alpha{case}{suffix}", value


LARGEST_START = 32_767
"""The largest number that a numbered list may begin with (ISO/IEC 29500-1, 20.1.10.76)."""


def has_math(items: Iterable[Runs]) -> bool:
    """True if any of the runs is a formula."""
    return any(run.math for runs in items for run in runs)
